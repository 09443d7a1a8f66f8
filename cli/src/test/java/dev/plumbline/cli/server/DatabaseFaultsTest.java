package dev.plumbline.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.Plumb;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.RunningServer;
import dev.plumbline.server.RunningServer.Answer;
import dev.plumbline.server.RunningServer.Client;
import dev.plumbline.store.postgres.BreakablePostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server does while PostgreSQL is in trouble, and afterwards. */
class DatabaseFaultsTest {
    private static final String PROJECT = "/api/v1/projects/acme/fast";
    private static final int BENCHMARKS = 20;

    /** The longest that anybody waits for the answer that there is none. */
    private static final Duration BOUND = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final List<AutoCloseable> used = new ArrayList<>();
    private BreakablePostgres postgres;
    private RunningServer server;
    private Client root;
    private Client ci;

    private void start(Path where) throws IOException {
        postgres = BreakablePostgres.start(where);
        used.add(postgres);
        server = new RunningServer(folder.resolve("one"), Optional.of(postgres.address()), Plumb::answer);
        used.add(server);
        root = server.administrator();
        root.post("/api/v1/organisations", "{\"name\":\"acme\"}");
        root.post("/api/v1/organisations/acme/projects", "{\"name\":\"fast\"}");
        ci = server.token(root, "acme/fast", "maintainer");
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = used.size() - 1; i >= 0; i--) {
            used.get(i).close();
        }
    }

    private static String commit(int upload) {
        return String.format("%040x", 0xabcdef00L + upload);
    }

    private static Answer upload(Client client, int upload, int benchmarks) {
        StringBuilder csv = new StringBuilder("benchmark,value,unit\n");
        for (int i = 0; i < benchmarks; i++) {
            csv.append("bench").append(i).append(',').append(1000 + upload).append(".5,ns\n");
        }
        return client.send(
                "POST",
                PROJECT + "/runs?name=r.csv&environment=lab&branch=main&commit=" + commit(upload)
                        + "&time=2026-01-01T00:00:" + String.format("%02d", upload % 60) + "Z",
                csv.toString(),
                "Content-Type",
                "application/octet-stream",
                "Idempotency-Key",
                "upload-number-" + upload);
    }

    private static void assertNoAnswer(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
        assertThat(answer.member("detail")).contains("does not answer").contains("try again");
    }

    /** No answer of the database; or one that is on its way when the same request comes again. */
    private static void assertLater(Answer answer) {
        if (answer.status() == 409) {
            assertThat(answer.member("detail")).contains("the same request is still running; ask again");
        } else {
            assertNoAnswer(answer);
        }
    }

    private static Set<String> commits(Client client) {
        Set<String> commits = new TreeSet<>();
        for (JsonValue run :
                client.get(PROJECT + "/runs?limit=1000").json().get("items").elements()) {
            assertThat(commits.add(run.get("commit").text().orElseThrow())).isTrue();
        }
        return commits;
    }

    /** Every run that there is has all of its points. */
    private static void assertWhole(Client client, int runs) {
        assertThat(commits(client)).hasSize(runs);
        long points = 0;
        for (JsonValue series :
                client.get(PROJECT + "/series?limit=1000").json().get("items").elements()) {
            points += client.get(
                            PROJECT + "/series/" + series.get("series").text().orElseThrow())
                    .json()
                    .get("points")
                    .integer()
                    .orElseThrow();
        }
        assertThat(points).isEqualTo((long) runs * BENCHMARKS);
    }

    private void awaitReady(int status) throws InterruptedException {
        long end = System.nanoTime() + BOUND.toNanos();
        while (server.nobody().get("/readyz").status() != status) {
            assertThat(System.nanoTime()).as("waiting for /readyz " + status).isLessThan(end);
            Thread.sleep(50);
        }
        assertThat(server.nobody().get("/healthz").status()).isEqualTo(200);
    }

    @Test
    void a_restart_in_the_middle_of_uploads_costs_sending_some_again_and_no_result() throws Exception {
        start(folder);
        int uploads = 80;
        Set<String> acknowledged = new ConcurrentSkipListSet<>();
        Queue<Answer> refused = new ConcurrentLinkedQueue<>();
        ExecutorService clients = Executors.newFixedThreadPool(4);
        for (int i = 0; i < uploads; i++) {
            int upload = i;
            clients.execute(() -> {
                for (Answer answer = upload(ci, upload, BENCHMARKS);
                        answer.status() != 200;
                        answer = upload(ci, upload, BENCHMARKS)) {
                    refused.add(answer);
                    try {
                        Thread.sleep(200);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return;
                    }
                }
                acknowledged.add(commit(upload));
            });
        }
        clients.shutdown();
        while (acknowledged.size() < 20) {
            assertThat(clients.awaitTermination(20, TimeUnit.MILLISECONDS)).isFalse();
        }
        postgres.stop();
        assertNoAnswer(upload(ci, 1, BENCHMARKS));
        awaitReady(503);
        postgres.startAgain();
        awaitReady(200);

        assertThat(clients.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
        assertThat(refused).isNotEmpty().allSatisfy(DatabaseFaultsTest::assertLater);
        assertThat(acknowledged).hasSize(uploads);
        assertWhole(ci, uploads);
    }

    @Test
    void a_database_that_says_nothing_is_given_up_soon_and_used_again_when_it_speaks() throws Exception {
        start(folder);
        assertThat(upload(ci, 0, BENCHMARKS).status()).isEqualTo(200);
        // the one that is under way when it stops, and those that come then
        CompletableFuture<Answer> underWay = CompletableFuture.supplyAsync(() -> upload(ci, 1, 50_000));
        Thread.sleep(300);
        postgres.freeze();
        long frozen = System.nanoTime();
        List<CompletableFuture<Answer>> all = new ArrayList<>(List.of(underWay));
        for (int i = 2; i < 12; i++) {
            int upload = i;
            all.add(CompletableFuture.supplyAsync(() -> upload(ci, upload, BENCHMARKS)));
        }
        all.add(CompletableFuture.supplyAsync(() -> ci.get(PROJECT + "/series")));
        for (CompletableFuture<Answer> one : all) {
            assertNoAnswer(one.get());
        }
        assertThat(Duration.ofNanos(System.nanoTime() - frozen)).isLessThan(BOUND);

        awaitReady(503);
        long later = System.nanoTime();
        assertNoAnswer(upload(ci, 2, BENCHMARKS));
        assertThat(root.send("GET", "/p/acme/fast/", "", "Accept", "text/html").status())
                .isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - later)).isLessThan(Duration.ofSeconds(2));

        postgres.thaw();
        awaitReady(200);
        for (int i = 2; i < 12; i++) {
            assertThat(upload(ci, i, BENCHMARKS).status()).isEqualTo(200);
        }
        assertWhole(ci, 11);
    }

    @Test
    void a_database_without_a_free_connection_is_no_reason_to_wait_and_no_reason_to_stop() throws Exception {
        start(folder);
        assertThat(upload(ci, 0, BENCHMARKS).status()).isEqualTo(200);
        List<Connection> others = postgres.takeAllConnections();
        try {
            assertNoAnswer(upload(ci, 1, BENCHMARKS));
            assertNoAnswer(ci.get(PROJECT + "/series"));
            assertThat(server.nobody().get("/healthz").status()).isEqualTo(200);
        } finally {
            for (Connection other : others) {
                close(other);
            }
        }
        awaitReady(200);
        assertThat(upload(ci, 1, BENCHMARKS).status()).isEqualTo(200);
        assertWhole(ci, 2);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_full_disk_of_the_database_loses_nothing_and_stops_nothing_for_good() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        Assumptions.assumeTrue(
                isDone("mount", "-t", "tmpfs", "-o", "size=160m,mode=0777", "tmpfs", small.toString()),
                "only root may mount a small disk");
        used.add(() -> assertThat(isDone("umount", "-l", small.toString())).isTrue());
        start(small);
        assertThat(upload(ci, 0, BENCHMARKS).status()).isEqualTo(200);
        Path ballast = small.resolve("ballast");
        fill(ballast);

        int refused = 0;
        for (int i = 1; i < 8; i++) {
            Answer answer = upload(ci, i, 50_000);
            assertNoAnswer(answer);
            refused++;
        }
        assertThat(refused).isEqualTo(7);
        assertThat(server.nobody().get("/healthz").status()).isEqualTo(200);

        Files.delete(ballast);
        awaitReady(200);
        for (int i = 1; i < 4; i++) {
            assertThat(upload(ci, i + 20, BENCHMARKS).status()).isEqualTo(200);
        }
        assertWhole(ci, 4);
    }

    private static void fill(Path file) throws IOException {
        byte[] piece = new byte[1 << 12];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("space");
        }
    }

    private static boolean isDone(String... line) throws IOException {
        try {
            return new ProcessBuilder(line).redirectErrorStream(true).start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Test
    void two_servers_on_one_database_record_beside_each_other_and_know_the_same() throws Exception {
        start(folder);
        try (RunningServer second =
                new RunningServer(folder.resolve("two"), Optional.of(postgres.address()), Plumb::answer)) {
            Client ciThere = second.token(second.signedIn("root", RunningServer.PASSWORD), "acme/fast", "maintainer");
            int uploads = 24;
            List<CompletableFuture<Answer>> all = new ArrayList<>();
            for (int i = 0; i < uploads; i++) {
                int upload = i;
                // some come to both, under keys of two callers
                all.add(CompletableFuture.supplyAsync(
                        () -> upload(upload % 2 == 0 ? ci : ciThere, upload, BENCHMARKS)));
                if (upload % 3 == 0) {
                    all.add(CompletableFuture.supplyAsync(
                            () -> upload(upload % 2 == 0 ? ciThere : ci, upload, BENCHMARKS)));
                }
            }
            for (CompletableFuture<Answer> one : all) {
                assertThat(one.get().status()).isEqualTo(200);
            }
            assertWhole(ci, uploads);
            assertWhole(ciThere, uploads);
        }
        assertThat(upload(ci, 0, BENCHMARKS).status()).isEqualTo(200);
    }

    @Test
    void a_clock_that_jumps_keeps_nobody_from_recording_and_ends_what_would_have_ended() throws Exception {
        start(folder);
        assertThat(upload(ci, 0, BENCHMARKS).status()).isEqualTo(200);

        server.clock.pass(Duration.ofHours(-30));
        assertThat(upload(ci, 1, BENCHMARKS).status()).isEqualTo(200);
        assertThat(upload(ci, 0, BENCHMARKS).header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(root.get("/account").status()).isEqualTo(200);
        server.keepHouse();

        server.clock.pass(Duration.ofHours(33));
        assertThat(upload(ci, 2, BENCHMARKS).status()).isEqualTo(200);
        server.keepHouse();
        assertWhole(ci, 3);

        server.clock.pass(Duration.ofDays(400));
        assertThat(upload(ci, 3, BENCHMARKS).status()).isEqualTo(401); // the token has expired
        server.clock.pass(Duration.ofDays(-400));
        assertThat(upload(ci, 3, BENCHMARKS).status()).isEqualTo(200);
        assertWhole(ci, 4);
    }
}
