package dev.plumbline.publish.http;

import dev.plumbline.publish.PublishFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Java's own client. */
final class DirectTransport implements Transport {
    private final HttpClient client;

    DirectTransport(Duration connect) {
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connect)
                .build();
    }

    @Override
    public Response send(Request request) throws IOException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.address())
                .timeout(request.longest())
                .method(
                        request.method(),
                        request.body()
                                .map(HttpRequest.BodyPublishers::ofString)
                                .orElseGet(HttpRequest.BodyPublishers::noBody));
        if (request.body().isPresent()) {
            builder.header("Content-Type", "application/json");
        }
        request.headers().forEach(builder::header);
        HttpResponse<InputStream> response = client.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new PublishFailure("the answer has more than " + (MOST_BYTES >> 20) + " MiB");
            }
            Map<String, String> headers = new HashMap<>();
            response.headers()
                    .map()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            return new Response(response.statusCode(), headers, bytes);
        }
    }
}
