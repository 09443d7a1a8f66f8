package dev.plumbline.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where requests go, and how long. */
class OutgoingTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch ended = new CountDownLatch(1);
    private HttpServer http;

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                ended.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        http.start();
    }

    @AfterEach
    void stop() {
        ended.countDown();
        http.stop(0);
        threads.shutdownNow();
    }

    @Test
    void an_answer_that_does_not_end_is_given_up_in_time() {
        URI address = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/");
        long began = System.nanoTime();

        assertThatThrownBy(() -> new Outgoing(Duration.ofMillis(300)).get(address, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gave no complete answer in 300 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://idp.example.org/",
                "http://127.0.0.1.example.org/",
                "http://user@localhost/",
                "https://user:password@idp.example.org/",
                "https://idp.example.org/#there",
                "ftp://localhost/",
                "file:///etc/passwd",
                "https:///nowhere",
                "/relative"
            })
    void other_addresses_than_https_or_of_this_machine_are_asked_for_nothing(String address) {
        assertThat(Outgoing.isSafe(URI.create(address))).isFalse();
        assertThatThrownBy(() -> new Outgoing().get(URI.create(address), Map.of()))
                .hasMessageContaining("is neither an https address nor on this machine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://idp.example.org/x?y", "http://localhost:1/", "http://[::1]:1/", "http://127.0.0.1/"})
    void https_and_this_machine_are_good(String address) {
        assertThat(Outgoing.isSafe(URI.create(address))).isTrue();
    }
}
