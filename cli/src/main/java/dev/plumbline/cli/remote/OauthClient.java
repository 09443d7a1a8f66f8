package dev.plumbline.cli.remote;

import dev.plumbline.pipeline.Version;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.report.terminal.TerminalText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Small questions about tokens: answered in little time, with little text, and never from elsewhere. */
final class OauthClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int MOST_BYTES = 256 << 10;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    /**
     * The response.
     *
     * @param json nothing where it is none
     */
    record Answer(int status, JsonValue json) {
        boolean isGood() {
            return status == 200;
        }

        /** A member as it is sent on, such as a token. */
        Optional<String> text(String member) {
            return json.get(member).text();
        }

        /** A member as people read it. */
        String shown(String member) {
            return TerminalText.shorten(TerminalText.escape(text(member).orElse("")), 500, "…");
        }

        /** The reason of an error, in a line. */
        String reason() {
            String message = shown("error_description").isEmpty() ? shown("detail") : shown("error_description");
            return message.isEmpty() ? "HTTP " + status : message;
        }
    }

    Answer post(URI address, Map<String, String> form) throws IOException {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Answer get(URI address, String token) throws IOException {
        return send(HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Answer send(HttpRequest.Builder builder) throws IOException {
        HttpRequest request = builder.timeout(ANSWER)
                .header("Accept", "application/json")
                .header("User-Agent", "plumbline/" + Version.TEXT)
                .build();
        URI address = request.uri();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            byte[] bytes;
            try (InputStream body = response.body()) {
                bytes = body.readNBytes(MOST_BYTES);
            }
            return new Answer(response.statusCode(), json(bytes));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + address.getHost());
        } catch (IOException e) {
            throw new ServerUnreachable(address.getScheme() + "://" + address.getAuthority() + " cannot be reached", e);
        }
    }

    private static JsonValue json(byte[] bytes) {
        try {
            return JsonValue.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            return JsonValue.NOTHING; // such as the page of a proxy
        }
    }
}
