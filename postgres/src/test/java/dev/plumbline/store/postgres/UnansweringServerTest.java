package dev.plumbline.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.store.StoreUnavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Servers that take connections, and say nothing. */
class UnansweringServerTest {
    private static PostgresAddress at(int port) {
        return PostgresAddress.parse(
                "postgresql://somebody@127.0.0.1:" + port + "/perf?connect_timeout=1", Optional.empty());
    }

    @Test
    void whoever_connects_waits_no_longer_than_the_address_says() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            long began = System.nanoTime();

            assertThatThrownBy(() -> new PostgresConnections(at(silent.getLocalPort()), Map.of()).open())
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("127.0.0.1:" + silent.getLocalPort());
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(9));
        }
    }

    @Test
    void connections_that_are_given_up_end_what_waits_for_them_and_closed_ones_are_forgotten() throws Exception {
        OpenConnections open = new OpenConnections();
        PostgresConnections connections = new PostgresConnections(TestServer.project("given-up"), Map.of(), open);
        connections.open().close();
        Connection waiting = connections.open();
        CompletableFuture<String> failure = CompletableFuture.supplyAsync(() -> {
            try (Statement statement = waiting.createStatement()) {
                statement.execute("SELECT pg_sleep(60)");
                return "none";
            } catch (SQLException e) {
                return e.getSQLState();
            }
        });
        Thread.sleep(300);

        open.giveUp();

        assertThat(failure).succeedsWithin(Duration.ofSeconds(10)).asString().startsWith("08");
        try (Connection next = connections.open();
                Statement statement = next.createStatement()) {
            assertThat(statement.execute("SELECT 1")).isTrue();
        }
    }
}
