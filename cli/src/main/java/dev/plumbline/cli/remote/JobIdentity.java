package dev.plumbline.cli.remote;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.WrongRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The word of a CI service for the job that runs, which a server takes in exchange for a token of its own: no secret is
 * kept anywhere.
 */
final class JobIdentity {
    /** The variable in which GitLab gives a job its token, by the key id_tokens. */
    static final String ID_TOKEN = "PLUMBLINE_ID_TOKEN";

    private static final String GITHUB_ADDRESS = "ACTIONS_ID_TOKEN_REQUEST_URL";
    private static final String GITHUB_TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /** The status of a request without sufficient rights. */
    private static final int UNAUTHORIZED = 401;

    private final Map<String, String> variables;
    private final OauthClient client = new OauthClient();

    JobIdentity(Map<String, String> variables) {
        this.variables = requireNonNull(variables, "variables");
    }

    private Optional<String> set(String variable) {
        return Optional.ofNullable(variables.get(variable)).filter(text -> !text.isBlank());
    }

    /** Whether a CI service vouches for this job. */
    boolean isThere() {
        return set(ID_TOKEN).isPresent()
                || set(GITHUB_ADDRESS).isPresent() && set(GITHUB_TOKEN).isPresent();
    }

    /**
     * A token for a project, of the server.
     *
     * @throws ServerUnreachable if the CI service or the server gives no answer
     * @throws ServerRefusal if the server does not trust the job; the message says why
     */
    String token(URI server, String project) throws IOException {
        OauthClient.Answer answer = client.post(
                URI.create(server + "/api/v1/oauth/token"),
                Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:token-exchange",
                        "subject_token_type",
                        "urn:ietf:params:oauth:token-type:id_token",
                        "subject_token",
                        idToken(server),
                        "audience",
                        project));
        if (answer.status() >= 500) {
            throw new ServerUnreachable(server + " cannot work now: " + answer.reason());
        }
        if (!answer.isGood()) {
            throw new ServerRefusal(
                    UNAUTHORIZED,
                    server + " gives this job no token for " + project + ": " + answer.reason()
                            + "; an owner of the project makes a rule in its settings, or set PLUMBLINE_TOKEN");
        }
        return Credentials.checked(answer.text("access_token").orElse(""));
    }

    private String idToken(URI server) throws IOException {
        Optional<String> given = set(ID_TOKEN);
        if (given.isPresent()) {
            return given.get().strip();
        }
        URI address = githubAddress(server);
        OauthClient.Answer answer = client.get(address, set(GITHUB_TOKEN).orElseThrow());
        return answer.text("value")
                .filter(text -> answer.isGood())
                .orElseThrow(() ->
                        new ServerUnreachable("GitHub gives this job no ID token (HTTP " + answer.status() + ")"));
    }

    private URI githubAddress(URI server) throws WrongRequest {
        String text = set(GITHUB_ADDRESS).orElseThrow();
        try {
            URI address = URI.create(
                    text + (text.contains("?") ? "&" : "?") + "audience=" + OauthClient.encoded(server.toString()));
            boolean isSafe = "https".equals(address.getScheme())
                    || "http".equals(address.getScheme()) && THIS_MACHINE.contains(String.valueOf(address.getHost()));
            if (isSafe && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        throw new WrongRequest(GITHUB_ADDRESS + " is no https address");
    }
}
