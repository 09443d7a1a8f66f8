package dev.plumbline.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.hook.Network;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits count by address: nobody may choose their own by writing a header. */
class PeerAddressTest {
    private final PeerAddress peers =
            new PeerAddress(List.of(Network.parse("10.42.0.0/16"), Network.parse("fd00:42::/32")));

    private String of(String peer, String forwarded) {
        return peers.of(peer, Optional.of(forwarded));
    }

    @Test
    void a_proxy_is_believed_and_nobody_else() {
        assertThat(of("10.42.7.1", "203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(of("fd00:42::7", "2001:db8::9")).isEqualTo("2001:db8::9");
        assertThat(of("10.43.7.1", "203.0.113.9")).isEqualTo("10.43.7.1");
        assertThat(of("fd00:43::7", "203.0.113.9")).isEqualTo("fd00:43::7");
        assertThat(peers.of("10.42.7.1", Optional.empty())).isEqualTo("10.42.7.1");
        assertThat(new PeerAddress(List.of()).of("10.42.7.1", Optional.of("203.0.113.9")))
                .isEqualTo("10.42.7.1");
    }

    @Test
    void what_stands_before_the_last_proxies_is_what_a_caller_wrote() {
        assertThat(of("10.42.7.1", "198.51.100.1, 203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(of("10.42.7.1", "198.51.100.1, 203.0.113.9, 10.42.0.3, fd00:42::1"))
                .isEqualTo("203.0.113.9");
        assertThat(of("10.42.7.1", "10.42.0.4,10.42.0.3")).isEqualTo("10.42.0.4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "unknown",
                "localhost",
                "999.1.1.1",
                "1.2.3.4:80",
                "127.1",
                "a:b:c:d:e:f:g:h",
                ":",
                "fe80::1%eth0",
                "203.0.113.9\u0000"
            })
    void what_is_no_address_counts_as_the_proxy(String forwarded) {
        assertThat(of("10.42.7.1", forwarded)).isEqualTo("10.42.7.1");
    }
}
