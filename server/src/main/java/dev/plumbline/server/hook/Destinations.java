package dev.plumbline.server.hook;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The allowed addresses of messages: public addresses over TLS, and networks that the operator names. The creator of a
 * webhook chooses an address, and the server may have access to networks that the creator has not: so a name is
 * resolved once, each of its addresses has to be permitted, and the connection is made to one of these.
 */
public final class Destinations {
    private static final int LONGEST = 1_000;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Smaller ones are those of other services, as mail. */
    private static final int FREE_PORTS = 1_024;

    private static final int MOST_PORT = 65_535;

    /** The addresses that no public server has (IANA's registries of special-purpose addresses). */
    private static final List<Network> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20")
            .map(Network::parse)
            .toList();

    /** All public addresses of version 6, and none that maps one of version 4. */
    private static final Network PUBLIC_6 = Network.parse("2000::/3");

    private final List<Network> own;
    private final Resolver resolver;

    /** Resolves the addresses of a name. */
    @FunctionalInterface
    public interface Resolver {
        List<InetAddress> addresses(String host) throws UnknownHostException;
    }

    /** @param own networks of the operator's that may be reached, too, and over plain HTTP */
    public Destinations(List<Network> own) {
        this(own, host -> List.of(InetAddress.getAllByName(host)));
    }

    Destinations(List<Network> own, Resolver resolver) {
        this.own = List.copyOf(own);
        this.resolver = requireNonNull(resolver, "resolver");
    }

    /**
     * An address as messages are sent to it.
     *
     * @throws IllegalArgumentException if it cannot be one; the message says why
     */
    public URI checked(String text) {
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the address is invalid; it must have the form https://HOST/PATH", e);
        }
        boolean isPlain = "http".equals(address.getScheme());
        if (!isPlain && !"https".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException("the address must have the form https://HOST/PATH");
        }
        if (isPlain && own.isEmpty()) {
            throw new IllegalArgumentException(
                    "the address must begin with https://, so that messages are" + " encrypted");
        }
        if (text.length() > LONGEST || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("the address has " + LONGEST + " characters of ASCII at most");
        }
        if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException("the address must not contain a user or a part after #");
        }
        if (!address.getHost().matches("[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]")) {
            throw new IllegalArgumentException("the host of the address must be a name or an IP address");
        }
        if (address.getPort() == 0 || address.getPort() > MOST_PORT) {
            throw new IllegalArgumentException("the port of the address must be a number from 1 to " + MOST_PORT);
        }
        return address;
    }

    static boolean isPlain(URI address) {
        return "http".equals(address.getScheme());
    }

    static int port(URI address) {
        return address.getPort() < 0 ? isPlain(address) ? HTTP : HTTPS : address.getPort();
    }

    /**
     * The one address that a connection is made to.
     *
     * @throws IOException if there is none, or one of them may not be reached; the message names the rule
     */
    InetAddress resolved(URI address) throws IOException {
        List<InetAddress> all;
        try {
            all = resolver.addresses(address.getHost().replaceAll("[\\[\\]]", ""));
        } catch (UnknownHostException e) {
            throw new IOException("the host is unknown", e);
        }
        if (all.isEmpty()) {
            throw new IOException("the host is unknown");
        }
        for (InetAddress one : all) {
            boolean isOwn = own.stream().anyMatch(network -> network.contains(one));
            if (!isOwn && !isPublic(one)) {
                throw new IOException("the host is in a private network; the operator of the server can allow"
                        + " it with --webhook-network");
            }
            if (!isOwn && isPlain(address)) {
                throw new IOException("the address must begin with https://");
            }
            if (!isOwn && port(address) != HTTPS && port(address) < FREE_PORTS) {
                throw new IOException("the port must be 443, or " + FREE_PORTS + " and above");
            }
        }
        return all.get(0);
    }

    static boolean isPublic(InetAddress address) {
        return (address instanceof Inet4Address || PUBLIC_6.contains(address))
                && SPECIAL.stream().noneMatch(network -> network.contains(address));
    }
}
