package dev.plumbline.server.hook;

import static java.util.Objects.requireNonNull;

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
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends messages over HTTP/1.1, each on a connection of its own to the one address that was permitted.
 *
 * <p>Java's client asks for the addresses of a name itself, after the check, and another answer would lead elsewhere.
 * What is needed of HTTP is one request and the first line of its answer: nothing is followed and no body is read.
 */
final class Sender implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("plumbline.server");

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration WHOLE = Duration.ofSeconds(10);
    private static final int MOST_HEAD = 16 << 10;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9]\\d\\d)(?: .*)?");

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
                stream.getOutputStream().write(request(address, body, headers));
                stream.getOutputStream().flush();
                return status(stream.getInputStream());
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

    private static byte[] request(URI address, String body, Map<String, String> headers) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        StringBuilder head = new StringBuilder("POST " + path + query + " HTTP/1.1\r\n");
        header(head, "Host", address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort()));
        header(head, "User-Agent", "Plumbline");
        header(head, "Content-Type", "application/json");
        header(head, "Content-Length", Integer.toString(content.length));
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

    /** The first status that is not provisional. */
    private static int status(InputStream in) throws IOException {
        int left = MOST_HEAD;
        while (true) {
            String first = line(in, left);
            left -= first.length();
            Matcher matcher = STATUS.matcher(first);
            if (!matcher.matches()) {
                throw new IOException("the answer is not HTTP/1.1");
            }
            int status = Integer.parseInt(matcher.group(1));
            if (status >= 200) {
                return status;
            }
            for (String header = line(in, left); !header.isEmpty(); header = line(in, left)) {
                left -= header.length();
            }
        }
    }

    private static String line(InputStream in, int most) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the answer is cut off");
            }
            if (line.length() >= most) {
                throw new IOException("the header of the answer is too long");
            }
            line.append((char) next);
        }
        return line.toString().replaceFirst("\r$", "");
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
    }
}
