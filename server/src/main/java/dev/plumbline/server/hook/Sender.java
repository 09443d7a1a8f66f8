package dev.plumbline.server.hook;

import static java.util.Objects.requireNonNull;

import dev.plumbline.publish.http.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends messages over HTTP/1.1, each on a connection of its own to the one address that was permitted.
 *
 * <p>Java's client asks for the addresses of a name itself, after the check, and another answer would lead elsewhere.
 * What is needed of HTTP for messages is one request and the first line of its answer: nothing is followed and no body
 * is read. Requests of {@link PermittedTransport} get the whole answer.
 */
final class Sender implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("plumbline.server");

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration WHOLE = Duration.ofSeconds(10);

    private final Destinations destinations;
    private final SSLSocketFactory tls;
    private final Duration whole;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "plumbline-webhook-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    Sender(Destinations destinations) {
        this(destinations, (SSLSocketFactory) SSLSocketFactory.getDefault(), WHOLE);
    }

    /** @param whole how long a connection may last, from its beginning */
    Sender(Destinations destinations, Duration whole) {
        this(destinations, (SSLSocketFactory) SSLSocketFactory.getDefault(), whole);
    }

    /** @param whole how long a connection may last, from its beginning */
    Sender(Destinations destinations, SSLSocketFactory tls, Duration whole) {
        this.destinations = requireNonNull(destinations, "destinations");
        this.tls = requireNonNull(tls, "tls");
        this.whole = requireNonNull(whole, "whole");
    }

    /**
     * Posts a JSON document; answers with the status.
     *
     * @param headers of the program's own making
     * @throws IOException if there is no answer, with a message for who made the webhook
     */
    int post(URI address, String body, Map<String, String> headers) throws IOException {
        return exchange("POST", address, Optional.of(body), headers, HttpAnswer::status);
    }

    /**
     * Sends a request; answers with all that comes back.
     *
     * @param headers of the program's own making
     * @param mostBytes of the answer's body
     * @throws IOException if there is no answer, with a message for who chose the address
     */
    Transport.Response exchange(
            String method, URI address, Optional<String> body, Map<String, String> headers, int mostBytes)
            throws IOException {
        return exchange(method, address, body, headers, in -> HttpAnswer.whole(in, mostBytes));
    }

    /** Reads an answer. */
    private interface Reading<T> {
        T from(InputStream in) throws IOException;
    }

    private <T> T exchange(
            String method, URI address, Optional<String> body, Map<String, String> headers, Reading<T> reading)
            throws IOException {
        InetAddress host = destinations.resolved(address);
        Socket socket = new Socket();
        // known before the socket is closed, which wakes whoever reads from it
        AtomicBoolean isTooLate = new AtomicBoolean();
        Future<?> deadline = deadlines.schedule(
                () -> {
                    isTooLate.set(true);
                    close(socket);
                },
                whole.toMillis(),
                TimeUnit.MILLISECONDS);
        try (socket) {
            socket.connect(new InetSocketAddress(host, Destinations.port(address)), (int) CONNECT.toMillis());
            try (Socket stream = Destinations.isPlain(address) ? socket : secured(socket, address)) {
                stream.getOutputStream().write(request(method, address, body, headers));
                stream.getOutputStream().flush();
                return reading.from(stream.getInputStream());
            }
        } catch (IOException e) {
            throw new IOException(
                    isTooLate.get() ? "no answer within " + whole.toSeconds() + " s" : "no answer: " + words(e), e);
        } finally {
            deadline.cancel(false);
        }
    }

    private static String words(IOException failure) {
        String words = String.valueOf(failure.getMessage()).replaceAll("[^ -~]", " ");
        return words.length() > 200 ? words.substring(0, 200) : words;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "closing a connection that took too long", e);
        }
    }

    private SSLSocket secured(Socket socket, URI address) throws IOException {
        String host = address.getHost().replaceAll("[\\[\\]]", "");
        SSLSocket secured = (SSLSocket) tls.createSocket(socket, host, Destinations.port(address), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static byte[] request(String method, URI address, Optional<String> body, Map<String, String> headers) {
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        StringBuilder head = new StringBuilder(method + " " + path + query + " HTTP/1.1\r\n");
        header(head, "Host", address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort()));
        if (headers.keySet().stream().noneMatch("User-Agent"::equalsIgnoreCase)) {
            header(head, "User-Agent", "Plumbline");
        }
        byte[] content = body.orElse("").getBytes(StandardCharsets.UTF_8);
        if (body.isPresent()) {
            header(head, "Content-Type", "application/json");
            header(head, "Content-Length", Integer.toString(content.length));
        }
        header(head, "Connection", "close");
        headers.forEach((name, value) -> header(head, name, value));
        head.append("\r\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static void header(StringBuilder head, String name, String value) {
        if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("the header " + name + " contains a line break");
        }
        head.append(name).append(": ").append(value).append("\r\n");
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
    }
}
