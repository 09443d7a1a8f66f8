package dev.plumbline.publish;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.publish.http.Patience;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A service on this machine: answers as a script says or as its subclass does, and keeps every request. */
public abstract class FakeService implements Closeable {
    /** The fixed time of {@link #patience}. */
    public static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private final HttpServer server;
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Duration> pauses = new ArrayList<>();
    private final Deque<Scripted> script = new ArrayDeque<>();

    /** What came. */
    public record Request(String method, URI address, Map<String, String> headers, String body) {}

    /** What goes back. */
    public record Answer(int status, Map<String, String> headers, String body) {
        public static Answer of(int status, String body) {
            return new Answer(status, Map.of(), body);
        }
    }

    private record Scripted(String start, Answer answer) {}

    @SuppressWarnings("this-escape") // nobody knows the address before the constructor is done
    protected FakeService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers a request for which the script says nothing. */
    protected abstract Answer answer(Request request);

    public final URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next request that begins so, {@code POST /repos}, is answered so. */
    public final FakeService next(String start, Answer answer) {
        script.add(new Scripted(start, answer));
        return this;
    }

    public final List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The requests as {@code METHOD /path}. */
    public final List<String> calls() {
        return requests().stream()
                .map(request -> request.method() + " " + request.address().getPath())
                .toList();
    }

    /** Waits for nothing and keeps how long it should have waited. */
    public final Patience patience() {
        return new Patience(
                5, Duration.ofMinutes(2), Duration.ofSeconds(10), Clock.fixed(NOW, ZoneOffset.UTC), pauses::add);
    }

    public final List<Duration> pauses() {
        return pauses;
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        requests.add(request);
        String call = request.method() + " " + request.address();
        Answer answer = null;
        for (Scripted scripted : script) {
            if (call.startsWith(scripted.start)) {
                script.remove(scripted);
                answer = scripted.answer;
                break;
            }
        }
        answer = answer == null ? answer(request) : answer;
        byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
        answer.headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public final void close() {
        server.stop(0);
    }
}
