package dev.plumbline.server.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where messages may go: whoever makes a webhook must not reach what the server reaches and they do not. */
class DestinationsTest {
    private static final List<Network> NONE = List.of();

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Destinations resolving(List<Network> own, String... addresses) {
        return new Destinations(own, host -> List.of(addresses).stream()
                .map(DestinationsTest::address)
                .toList());
    }

    @Test
    void addresses_that_are_not_public_are_refused_in_every_form() {
        Destinations real = new Destinations(NONE);
        for (String host : List.of(
                "127.0.0.1",
                "127.1",
                "2130706433",
                "017700000001",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "[::]",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[fe80::1]",
                "[fec0::1]",
                "[fc00::1]",
                "[fd12:3456::1]",
                "[ff02::1]",
                "[64:ff9b::7f00:1]",
                "[64:ff9b::a00:1]",
                "[2002:7f00:1::]",
                "[2001:0:7f00:1::]",
                "[2001:db8::1]",
                "[100::1]",
                "localhost")) {
            assertThatThrownBy(() -> real.resolved(real.checked("https://" + host + "/")))
                    .as(host)
                    .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
        }
    }

    @Test
    void public_addresses_are_reached_over_tls_at_free_ports() throws IOException {
        Destinations destinations = resolving(NONE, "93.184.216.34");
        for (String text : List.of(
                "https://example.org",
                "https://example.org:443/x?y=1",
                "https://example.org:8443/",
                "https://[2606:2800:220::1]/")) {
            URI address = destinations.checked(text);
            assertThat(destinations.resolved(address)).isEqualTo(address("93.184.216.34"));
        }
        assertThat(resolving(NONE, "2606:2800:220::1").resolved(URI.create("https://x.org/")))
                .isEqualTo(address("2606:2800:220::1"));
        for (String text : List.of("https://example.org:22/", "https://example.org:25/", "https://example.org:80/")) {
            assertThatThrownBy(() -> destinations.resolved(destinations.checked(text)))
                    .as(text)
                    .hasMessage("the port must be 443, or 1024 and above");
        }
    }

    @Test
    void one_private_address_among_those_of_a_name_is_enough_to_refuse_it() {
        Destinations destinations = resolving(NONE, "93.184.216.34", "10.0.0.1");
        assertThatThrownBy(() -> destinations.resolved(URI.create("https://example.org/")))
                .hasMessage("the host is in a private network; the operator of the server can allow it with"
                        + " --webhook-network");
        assertThatThrownBy(() -> resolving(NONE).resolved(URI.create("https://example.org/")))
                .hasMessage("the host is unknown");
    }

    @Test
    void networks_of_the_operators_are_reached_and_their_neighbours_are_not() throws IOException {
        List<Network> own = List.of(Network.parse("10.1.0.0/16"), Network.parse("fd00:1::/32"));
        assertThat(resolving(own, "10.1.255.9").resolved(URI.create("http://ci:80/")))
                .isEqualTo(address("10.1.255.9"));
        assertThat(resolving(own, "fd00:1::5").resolved(URI.create("http://ci:25/")))
                .isEqualTo(address("fd00:1::5"));
        for (String other : List.of("10.2.0.1", "10.0.255.255", "fd00:2::5", "127.0.0.1")) {
            assertThatThrownBy(() -> resolving(own, other).resolved(URI.create("https://ci/")))
                    .as(other)
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> resolving(own, "93.184.216.34").resolved(URI.create("http://example.org/")))
                .hasMessage("the address must begin with https://");
    }

    @Test
    void what_is_no_address_is_refused_with_a_reason() {
        Destinations destinations = new Destinations(NONE);
        for (String text : List.of(
                "",
                "example.org",
                "/path",
                "ftp://example.org/",
                "file:///etc/passwd",
                "gopher://example.org/",
                "http://example.org/",
                "https://",
                "https:///path",
                "https://user:secret@example.org/",
                "https://example.org/#part",
                "https://example.org:0/",
                "https://example.org:65536/",
                "https://example.org:99999999999/",
                "https://example.org/\r\nX-Header: 1",
                "https://example.org/a b",
                "https://example.org/\u00e4",
                "https://ex\u00e4mple.org/",
                "https://exa_mple.org/",
                "https://example.org\\@10.0.0.1/",
                "https://[fe80::1%25eth0]/",
                "https://example.org/" + "x".repeat(1_000))) {
            assertThatThrownBy(() -> destinations.checked(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("the (address|host|port).*");
        }
    }

    @Test
    void what_is_no_network_is_refused() {
        for (String text : List.of(
                "",
                "10.0.0.0/33",
                "10.0.0/8",
                "localhost",
                "example.org/8",
                "::/129",
                "10.0.0.0/",
                "a",
                "1.2.3.999/8",
                "10.0.0.0/-1")) {
            assertThatThrownBy(() -> Network.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not a network");
        }
        assertThat(Network.parse("10.0.0.7").contains(address("10.0.0.7"))).isTrue();
        assertThat(Network.parse("10.0.0.7").contains(address("10.0.0.6"))).isFalse();
        assertThat(Network.parse("0.0.0.0/0").contains(address("::1"))).isFalse();
    }
}
