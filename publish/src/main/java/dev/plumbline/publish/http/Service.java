package dev.plumbline.publish.http;

import static java.util.Objects.requireNonNull;

import dev.plumbline.publish.PublishFailure;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.report.terminal.TerminalText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One service at one address.
 *
 * <p>Its secret goes to the scheme, host and port of that address and nowhere else: redirects are followed within them
 * and are an error across them. Without encryption nothing is sent but to this machine. A busy service (429, 5xx, and
 * 403 for a limit) is waited for as it asks, by {@code Retry-After}, {@code X-RateLimit-Reset} or {@code
 * RateLimit-Reset}, within the {@link Patience}. A request that would do its work twice is repeated only when it
 * certainly did not do it.
 */
public final class Service {
    private static final int MOST_REDIRECTS = 3;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String name;
    private final URI base;
    private final Optional<Token> token;
    private final Map<String, String> headers;
    private final Patience patience;
    private final Transport transport;
    private Duration waited = Duration.ZERO;

    /**
     * @param name for messages: {@code GitHub}
     * @param base the address that paths begin with
     * @param token is kept out of all messages
     * @param headers sent with every request
     * @throws PublishFailure if the address is neither https nor this machine's
     */
    public Service(String name, URI base, Token token, Map<String, String> headers, Patience patience)
            throws PublishFailure {
        this(name, base, token, headers, patience, Transport.direct(patience.request()));
    }

    /**
     * @param name for messages: {@code GitHub}
     * @param base the address that paths begin with
     * @param token is kept out of all messages
     * @param headers sent with every request
     * @param transport the way there
     * @throws PublishFailure if the address is neither https nor this machine's
     */
    public Service(
            String name, URI base, Token token, Map<String, String> headers, Patience patience, Transport transport)
            throws PublishFailure {
        this(name, base, Optional.of(token), headers, patience, transport);
    }

    private Service(
            String name,
            URI base,
            Optional<Token> token,
            Map<String, String> headers,
            Patience patience,
            Transport transport)
            throws PublishFailure {
        this.name = requireNonNull(name, "name");
        this.base = requireNonNull(base, "base");
        this.token = requireNonNull(token, "token");
        this.headers = new LinkedHashMap<>(headers);
        this.headers.putIfAbsent("User-Agent", "plumbline");
        this.patience = requireNonNull(patience, "patience");
        boolean encrypted = "https".equals(base.getScheme());
        boolean here = "http".equals(base.getScheme()) && THIS_MACHINE.contains(String.valueOf(base.getHost()));
        boolean isSafe = encrypted || here || token.isEmpty();
        if (base.getHost() == null || !isSafe || base.getUserInfo() != null) {
            throw new PublishFailure(name + ": its URL must start with https:// and name a host, or no secret is sent");
        }
        this.transport = requireNonNull(transport, "transport");
    }

    /**
     * A service that is sent no secret, and may be without encryption: one of the own network.
     *
     * @throws PublishFailure if the address names no host, or has a user
     */
    public static Service withoutSecret(String name, URI base, Patience patience) throws PublishFailure {
        return new Service(name, base, Optional.empty(), Map.of(), patience, Transport.direct(patience.request()));
    }

    /** These headers and the ones that go with a bearer token. */
    public static Map<String, String> bearer(Token token, Map<String, String> others) {
        Map<String, String> headers = new LinkedHashMap<>(others);
        headers.put("Authorization", "Bearer " + token.secret());
        return headers;
    }

    /** The header by which GitLab takes a token. */
    public static Map<String, String> privateToken(Token token) {
        return Map.of("PRIVATE-TOKEN", token.secret());
    }

    /** Reads. */
    public JsonValue get(String path) throws PublishFailure, InterruptedException {
        return send("GET", path, Optional.empty(), true);
    }

    /** Makes something new, which sent twice would be there twice. */
    public JsonValue post(String path, Consumer<JsonText> body) throws PublishFailure, InterruptedException {
        return send("POST", path, Optional.of(body), false);
    }

    /** Sends a body with an idempotent method. */
    public JsonValue put(String method, String path, Consumer<JsonText> body)
            throws PublishFailure, InterruptedException {
        return send(method, path, Optional.of(body), true);
    }

    /** Makes something new of a body that is written already, as one that is signed. */
    public JsonValue post(String path, String json) throws PublishFailure, InterruptedException {
        return sendText("POST", path, Optional.of(json), false);
    }

    /** Sends a body that is written already with a method that is idempotent there. */
    public JsonValue put(String method, String path, String json) throws PublishFailure, InterruptedException {
        return sendText(method, path, Optional.of(json), true);
    }

    /** The response. */
    private record Answer(int status, Map<String, String> headers, byte[] bytes) {
        boolean isRedirect() {
            return status == 301 || status == 302 || status == 307 || status == 308;
        }

        /** The service's own words about what is wrong; not longer than a line. */
        String stated() {
            JsonValue json = json();
            String word = new String(bytes, 0, Math.min(bytes.length, 60), StandardCharsets.US_ASCII);
            StringBuilder words = new StringBuilder(json.get("message")
                    .text()
                    .or(() -> json.get("error").text())
                    .orElse(word.matches("[a-z_]+") ? word : "")); // Slack answers invalid_payload, no_service …
            for (JsonValue error : json.get("errors").elements()) {
                error.text().or(() -> error.get("message").text()).ifPresent(text -> words.append("; ")
                        .append(text));
            }
            return TerminalText.shorten(TerminalText.escape(words.toString()), 300, "…");
        }

        JsonValue json() {
            try {
                return JsonValue.read(new ByteArrayInputStream(bytes));
            } catch (IOException e) {
                return JsonValue.NOTHING; // some answers are a word or nothing
            }
        }
    }

    private JsonValue send(String method, String path, Optional<Consumer<JsonText>> body, boolean repeatable)
            throws PublishFailure, InterruptedException {
        return sendText(method, path, body.map(Service::written), repeatable);
    }

    private JsonValue sendText(String method, String path, Optional<String> text, boolean repeatable)
            throws PublishFailure, InterruptedException {
        URI address = URI.create(base + path);
        int attempt = 1;
        int redirects = 0;
        while (true) {
            Answer answer;
            try {
                answer = exchange(method, address, text);
            } catch (PublishFailure e) {
                throw e;
            } catch (IOException e) {
                if (attempt < patience.attempts() && (repeatable || e instanceof ConnectException)) {
                    pause(backoff(attempt++));
                    continue;
                }
                throw new PublishFailure(
                        name + " cannot be reached (" + e.getClass().getSimpleName() + ")"
                                + (repeatable || e instanceof ConnectException
                                        ? ""
                                        : "; it is unknown whether the request was processed"));
            }
            if (answer.status >= 200 && answer.status < 300) {
                return answer.json();
            }
            if (answer.isRedirect()) {
                address = redirected(address, answer.headers, ++redirects);
                continue;
            }
            String whole = answer.stated();
            String stated = token.map(one -> one.hiddenIn(whole)).orElse(whole);
            Optional<Duration> limit = limit(answer, stated, attempt);
            if (attempt < patience.attempts() && limit.isPresent()) {
                pause(limit.get());
                attempt++;
            } else if (attempt < patience.attempts() && answer.status >= 500 && repeatable) {
                pause(backoff(attempt++));
            } else {
                throw refusal(method, answer.status, stated, limit);
            }
        }
    }

    private Answer exchange(String method, URI address, Optional<String> body)
            throws IOException, InterruptedException {
        try {
            Transport.Response response =
                    transport.send(new Transport.Request(method, address, headers, body, patience.request()));
            return new Answer(response.status(), response.headers(), response.body());
        } catch (PublishFailure e) {
            throw new PublishFailure(name + ": " + e.getMessage());
        }
    }

    private static String written(Consumer<JsonText> body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            JsonText.line(out, json -> json.object(() -> body.accept(json)));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private URI redirected(URI from, Map<String, String> headers, int redirects) throws PublishFailure {
        URI to;
        try {
            to = from.resolve(headers.getOrDefault("location", ""));
        } catch (IllegalArgumentException e) {
            throw new PublishFailure(name + " redirects without a target");
        }
        if (redirects > MOST_REDIRECTS) {
            throw new PublishFailure(name + " redirects too often");
        }
        boolean same = base.getScheme().equals(to.getScheme())
                && base.getHost().equalsIgnoreCase(String.valueOf(to.getHost()))
                && base.getPort() == to.getPort();
        if (!same) {
            throw new PublishFailure(name + " redirects to another host, "
                    + TerminalText.shorten(TerminalText.escape(String.valueOf(to.getHost())), 100, "…")
                    + "; the secret was not sent there");
        }
        return to;
    }

    /**
     * The time that a limit asks to wait; empty when the answer is not about one. GitHub answers 403 to both its
     * limits, and to what is not allowed.
     */
    private Optional<Duration> limit(Answer answer, String stated, int attempt) {
        OptionalLong after = seconds(answer.headers, "retry-after");
        boolean spent = seconds(answer.headers, "x-ratelimit-remaining").equals(OptionalLong.of(0));
        boolean secondary = stated.toLowerCase(Locale.ROOT).contains("secondary rate limit");
        boolean limited = answer.status == 429
                || answer.status == 403 && (after.isPresent() || spent || secondary)
                || answer.status == 503 && after.isPresent();
        if (!limited) {
            return Optional.empty();
        }
        if (after.isPresent()) {
            return Optional.of(Duration.ofSeconds(after.getAsLong()));
        }
        OptionalLong reset = seconds(answer.headers, "x-ratelimit-reset");
        reset = reset.isPresent() ? reset : seconds(answer.headers, "ratelimit-reset");
        if (spent && reset.isPresent() || answer.status == 429 && reset.isPresent()) {
            Duration left = Duration.between(patience.clock().instant(), Instant.ofEpochSecond(reset.getAsLong()));
            return Optional.of(left.isNegative() ? Duration.ofSeconds(1) : left.plusSeconds(1));
        }
        // GitHub asks for at least a minute where it gives no other limit
        return Optional.of(secondary ? Duration.ofMinutes(1) : backoff(attempt));
    }

    private static OptionalLong seconds(Map<String, String> headers, String header) {
        String text = headers.getOrDefault(header, "").strip();
        return text.matches("[0-9]{1,10}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static Duration backoff(int attempt) {
        return Duration.ofSeconds(1L << Math.min(attempt - 1, 5));
    }

    private void pause(Duration length) throws PublishFailure, InterruptedException {
        Duration all = waited.plus(length);
        if (all.compareTo(patience.longest()) > 0) {
            throw new PublishFailure(name + " asks to wait until "
                    + MINUTE.format(patience.clock().instant().plus(length))
                    + " UTC, longer than plumb waits; publish again then");
        }
        waited = all;
        patience.pause().of(length);
    }

    private Refusal refusal(String method, int status, String stated, Optional<Duration> limit) {
        String words = stated.isEmpty() ? "" : ": " + stated;
        String what =
                switch (status) {
                    case 401 -> " rejects the token; it is unknown or has expired (401)";
                    case 403 -> limit.isPresent() ? " limits the request rate (403)" : " denies permission (403)";
                    case 404 -> " finds nothing there, or the token lacks access (404)";
                    case 413 -> " rejects the request as too large (413)";
                    case 422 -> " rejects the request as invalid (422)";
                    case 429 -> " limits the request rate (429)";
                    default ->
                        status >= 500 && method.equals("POST")
                                ? " failed (" + status + "); it is unknown whether the request was processed"
                                : " failed (" + status + ")";
                };
        return new Refusal(status, stated, name + what + words);
    }
}
