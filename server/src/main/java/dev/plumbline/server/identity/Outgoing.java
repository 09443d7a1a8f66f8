package dev.plumbline.server.identity;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests to issuers: over TLS, or to this machine; of limited time and size, and never redirected. */
final class Outgoing {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration WHOLE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 512 << 10;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final Duration whole;

    Outgoing() {
        this(WHOLE);
    }

    /** @param whole how long an answer may take, to its last byte */
    Outgoing(Duration whole) {
        this.whole = requireNonNull(whole, "whole");
    }

    /** The response, in UTF-8. */
    record Answer(int status, String body) {}

    /** Whether the connection is protected from eavesdropping. */
    static boolean isSafe(URI address) {
        return address.getHost() != null
                && address.getRawUserInfo() == null
                && address.getRawFragment() == null
                && ("https".equals(address.getScheme())
                        || "http".equals(address.getScheme()) && THIS_MACHINE.contains(address.getHost()));
    }

    Answer get(URI address, Map<String, String> headers) throws IOException {
        return send(address, request(address, headers).GET());
    }

    /** @param form encoded */
    Answer post(URI address, String form, Map<String, String> headers) throws IOException {
        return send(
                address,
                request(address, headers)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private static HttpRequest.Builder request(URI address, Map<String, String> headers) throws IOException {
        if (!isSafe(address)) {
            throw new IOException(address + " is neither an https address nor on this machine");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Accept", "application/json");
        headers.forEach(request::header);
        return request;
    }

    private Answer send(URI address, HttpRequest.Builder request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> coming =
                client.sendAsync(request.build(), response -> new Limited(MOST_BYTES));
        try {
            HttpResponse<byte[]> response = coming.get(whole.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw new IOException(address + " gave no complete answer in " + whole.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(address + " gives no answer: " + e.getCause(), e);
        } catch (InterruptedException e) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + address);
        }
    }

    /** A body that fails where it is larger than permitted. */
    private static final class Limited implements HttpResponse.BodySubscriber<byte[]> {
        private final int most;
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.Subscription subscription;

        Limited(int most) {
            this.most = most;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return whole;
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
            begun.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> pieces) {
            for (ByteBuffer piece : pieces) {
                if (bytes.size() + piece.remaining() > most) {
                    subscription.cancel();
                    whole.completeExceptionally(new IOException("the answer has more than " + most + " bytes"));
                    return;
                }
                byte[] next = new byte[piece.remaining()];
                piece.get(next);
                bytes.write(next, 0, next.length);
            }
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(bytes.toByteArray());
        }
    }
}
