package dev.plumbline.server.hook;

import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.http.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;

/**
 * Requests of the server itself to a service whose address users chose. The same rules hold as for messages: its
 * addresses have to be permitted, and the connection goes to one of these.
 */
public final class PermittedTransport implements Transport, AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final Destinations destinations;
    private final Sender sender;

    public PermittedTransport(Destinations destinations) {
        this.destinations = destinations;
        sender = new Sender(destinations, LONGEST);
    }

    @Override
    public Response send(Request request) throws PublishFailure {
        try {
            return sender.exchange(request.method(), request.address(), request.body(), request.headers(), MOST_BYTES);
        } catch (IOException e) {
            throw new PublishFailure(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The one address that another program may connect to in place of a host.
     *
     * @throws PublishFailure if it may not
     */
    public InetAddress permitted(URI address) throws PublishFailure {
        try {
            return destinations.resolved(address);
        } catch (IOException e) {
            throw new PublishFailure(String.valueOf(e.getMessage()));
        }
    }

    /** The port of an address, whether or not it names one. */
    public static int port(URI address) {
        return Destinations.port(address);
    }

    @Override
    public void close() {
        sender.close();
    }
}
