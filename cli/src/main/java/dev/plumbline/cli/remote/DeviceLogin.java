package dev.plumbline.cli.remote;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.WrongRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A token that a person gives on a page of the server, from a browser on any machine. */
final class DeviceLogin {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final String CLIENT = "plumb";
    private static final long LONGEST_SECONDS = 1_800;
    private static final long LONGEST_INTERVAL = 60;

    /** The time by which polling slows down for a server that asks for it, or cannot be reached. */
    private static final long SLOWER_SECONDS = 5;

    private final URI server;
    private final OauthClient client = new OauthClient();

    DeviceLogin(URI server) {
        this.server = requireNonNull(server, "server");
    }

    /** @param scope the role and the project, as people read it */
    record Given(String token, String scope) {}

    /**
     * Asks, and waits for what a person gives.
     *
     * @param project the one that they are offered first
     * @param print shows the user what to do, one line at a time
     * @throws WrongRequest if they refuse or take too long
     */
    Given token(Optional<String> project, Consumer<String> print) throws IOException {
        Map<String, String> question = new HashMap<>();
        question.put("client_id", CLIENT);
        project.ifPresent(name -> question.put("audience", name));
        OauthClient.Answer begun = client.post(URI.create(server + "/api/v1/oauth/device"), question);
        Optional<String> device = begun.text("device_code");
        if (!begun.isGood() || device.isEmpty()) {
            throw new WrongRequest(server + " lets no program in by a page (" + begun.reason()
                    + "); make a token in the settings of the project, and keep it with plumb login --token-stdin");
        }
        print.accept("open " + begun.shown("verification_uri_complete"));
        print.accept("or open " + begun.shown("verification_uri") + " and type " + begun.shown("user_code"));
        long left = Math.min(LONGEST_SECONDS, number(begun, "expires_in", LONGEST_SECONDS));
        long interval = Math.min(LONGEST_INTERVAL, number(begun, "interval", SLOWER_SECONDS));
        print.accept("waiting for your answer there, for " + Math.max(1, left / 60) + " min");
        while (left > 0) {
            sleep(interval);
            left -= interval;
            Optional<OauthClient.Answer> answer = poll(device.get());
            String error = answer.flatMap(one -> one.text("error")).orElse("");
            if (answer.filter(OauthClient.Answer::isGood).isPresent()) {
                return new Given(
                        Credentials.checked(answer.get().text("access_token").orElse("")),
                        answer.get().shown("scope"));
            }
            switch (error) {
                case "authorization_pending" -> {}
                case "access_denied" -> throw new WrongRequest(answer.get().reason());
                case "expired_token" -> left = 0;
                default -> interval = Math.min(LONGEST_INTERVAL, interval + SLOWER_SECONDS);
            }
        }
        throw new WrongRequest("no answer in time; begin again with plumb login");
    }

    private static long number(OauthClient.Answer answer, String member, long otherwise) {
        return Math.max(1, answer.json().get(member).integer().orElse(otherwise));
    }

    /** Empty where the server is not reached: it may be the next time. */
    private Optional<OauthClient.Answer> poll(String device) throws InterruptedIOException {
        try {
            return Optional.of(client.post(
                    URI.create(server + "/api/v1/oauth/token"),
                    Map.of("grant_type", GRANT, "device_code", device, "client_id", CLIENT)));
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void sleep(long seconds) throws InterruptedIOException {
        try {
            Thread.sleep(1_000 * seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for an answer on the page");
        }
    }
}
