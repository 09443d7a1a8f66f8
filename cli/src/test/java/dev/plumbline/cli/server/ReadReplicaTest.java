package dev.plumbline.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.Plumb;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.RunningServer;
import dev.plumbline.server.RunningServer.Answer;
import dev.plumbline.server.RunningServer.Client;
import dev.plumbline.server.data.ReadReplica;
import dev.plumbline.store.postgres.BreakablePostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server on two PostgreSQL servers, of which the second follows the first by streaming. */
class ReadReplicaTest {
    private static final String PROJECT = "/api/v1/projects/acme/fast";
    private static final Duration LONGEST_LAG = Duration.ofSeconds(3);

    /** The time within which a replica is left out or in use again. */
    private static final Duration BOUND = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final List<AutoCloseable> used = new ArrayList<>();
    private BreakablePostgres primary;
    private BreakablePostgres replica;
    private RunningServer server;
    private Client root;
    private Client ci;

    @BeforeEach
    void start() throws Exception {
        primary = BreakablePostgres.startPrimary(Files.createDirectory(folder.resolve("primary")));
        used.add(primary);
        replica = primary.replica(Files.createDirectory(folder.resolve("replica")));
        used.add(replica);
        server = server("one");
        root = server.administrator();
        root.post("/api/v1/organisations", "{\"name\":\"acme\"}");
        root.post("/api/v1/organisations/acme/projects", "{\"name\":\"fast\"}");
        ci = server.token(root, "acme/fast", "maintainer");
    }

    private RunningServer server(String name) throws IOException {
        RunningServer made = new RunningServer(
                folder.resolve(name),
                primary.address(),
                new ReadReplica.Settings(replica.address(), LONGEST_LAG),
                Plumb::answer);
        used.add(made);
        return made;
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

    private static void upload(Client client, int upload) {
        Answer answer = client.send(
                "POST",
                PROJECT + "/runs?name=r.csv&environment=lab&branch=main&commit=" + commit(upload)
                        + "&time=2026-01-01T00:00:" + String.format("%02d", upload) + "Z",
                "benchmark,value,unit\nsort," + (100 + upload % 3) + ",ns\n",
                "Content-Type",
                "application/octet-stream");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static Set<String> commits(Client client) {
        Answer answer = client.get(PROJECT + "/runs?limit=1000");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        Set<String> commits = new TreeSet<>();
        for (JsonValue run : answer.json().get("items").elements()) {
            commits.add(run.get("commit").text().orElseThrow());
        }
        return commits;
    }

    private static Set<String> uploaded(int first, int last) {
        Set<String> commits = new TreeSet<>();
        for (int upload = first; upload <= last; upload++) {
            commits.add(commit(upload));
        }
        return commits;
    }

    private double metric(String name) {
        Matcher matcher = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$")
                .matcher(server.nobody().get("/metrics").text());
        assertThat(matcher.find()).as(name).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    private double fromReplica() {
        return metric("plumbline_history_reads_total{database=\"replica\"}");
    }

    private double fromPrimary() {
        return metric("plumbline_history_reads_total{database=\"primary\"}");
    }

    /** Waits until the server says this of its replica. */
    private void awaitReplica(String words) throws InterruptedException {
        long end = System.nanoTime() + BOUND.toNanos();
        String said = "";
        do {
            assertThat(System.nanoTime())
                    .as("waiting for: " + words + "; last: " + said)
                    .isLessThan(end);
            Thread.sleep(50);
            Answer ready = server.nobody().get("/readyz");
            assertThat(ready.status()).isEqualTo(200);
            said = ready.text();
        } while (!said.contains(words));
    }

    /** Waits until the replica is known to have all that was written. */
    private void awaitSame() throws Exception {
        awaitSame(root);
    }

    /** @param reader somebody who asks the server whose replica is waited for */
    private void awaitSame(Client reader) throws Exception {
        awaitReplica("read replica: in use");
        long written = Long.parseLong(primary.ask("SELECT position FROM plumbline_server.history_position"));
        long end = System.nanoTime() + BOUND.toNanos();
        while (Long.parseLong(replica.ask("SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint"))
                < written) {
            assertThat(System.nanoTime()).as("the replica follows").isLessThan(end);
            Thread.sleep(50);
        }
        for (double before = fromReplica(); fromReplica() <= before; ) {
            assertThat(System.nanoTime()).as("reads go to the replica").isLessThan(end);
            Thread.sleep(50);
            commits(reader);
        }
    }

    @Test
    void reads_go_to_the_replica_and_writes_to_the_primary() throws Exception {
        upload(ci, 1);
        upload(ci, 2);
        awaitSame();
        double before = fromPrimary();

        assertThat(commits(root)).isEqualTo(uploaded(1, 2));
        assertThat(root.get("/p/acme/fast/").status()).isEqualTo(200);
        assertThat(root.get("/p/acme/fast/incidents").status()).isEqualTo(200);

        assertThat(fromReplica()).isGreaterThanOrEqualTo(3);
        assertThat(fromPrimary()).isEqualTo(before);
        assertThat(metric("plumbline_replica_in_use")).isEqualTo(1);
        assertThat(metric("plumbline_replica_lag_seconds")).isLessThan(3.0);

        // what the replica does not show is not seen by who reads there: it is really it that answers
        replica.ask("SELECT pg_wal_replay_pause()");
        upload(ci, 3);
        primary.ask("DELETE FROM plumbline_server.history_position RETURNING project");
        assertThat(commits(root)).isEqualTo(uploaded(1, 2));
    }

    @Test
    void everybody_sees_what_was_recorded_although_the_replica_does_not_have_it_yet() throws Exception {
        upload(ci, 1);
        RunningServer one = server;
        server = server("two");
        Client elsewhere = server.signedIn("root", RunningServer.PASSWORD);
        awaitSame(elsewhere);
        server = one;
        awaitSame();
        replica.ask("SELECT pg_wal_replay_pause()");

        upload(ci, 2);

        assertThat(commits(ci)).isEqualTo(uploaded(1, 2));
        assertThat(commits(root)).isEqualTo(uploaded(1, 2));
        String page = root.get("/p/acme/fast/").text();
        assertThat(page).contains(commit(2).substring(0, 10));

        // as does who asks another server of the same database, which knows of the upload by the database alone
        assertThat(commits(elsewhere)).isEqualTo(uploaded(1, 2));
    }

    @Test
    void a_replica_that_is_too_far_behind_is_left_out_until_it_has_caught_up() throws Exception {
        upload(ci, 1);
        awaitSame();
        replica.ask("SELECT pg_wal_replay_pause()");
        upload(ci, 2);

        awaitReplica("read replica: left out, reads go to the primary: it is");
        assertThat(server.nobody().get("/readyz").text()).startsWith("ready\n").contains("behind, more than 3 s");
        assertThat(metric("plumbline_replica_in_use")).isZero();
        assertThat(metric("plumbline_replica_lag_seconds")).isGreaterThan(3.0);
        assertThat(commits(root)).isEqualTo(uploaded(1, 2));

        replica.ask("SELECT pg_wal_replay_resume()");
        awaitSame();
        double before = fromReplica();
        assertThat(commits(root)).isEqualTo(uploaded(1, 2));
        assertThat(fromReplica()).isGreaterThan(before);
    }

    @Test
    void a_primary_at_which_nothing_is_written_leaves_the_replica_in_use() throws Exception {
        upload(ci, 1);
        awaitSame();

        Thread.sleep(LONGEST_LAG.multipliedBy(2).toMillis());

        assertThat(server.nobody().get("/readyz").text()).contains("read replica: in use");
    }

    @Test
    void no_read_fails_while_the_replica_stops_and_starts_again() throws Exception {
        upload(ci, 1);
        awaitSame();

        replica.stop();
        for (int i = 0; i < 10; i++) {
            assertThat(commits(root)).isEqualTo(uploaded(1, 1));
            assertThat(root.get(PROJECT + "/incidents?days=30").status()).isEqualTo(200);
            assertThat(root.get("/p/acme/fast/").status()).isEqualTo(200);
        }
        awaitReplica("read replica: left out, reads go to the primary: it does not answer");
        upload(ci, 2);
        assertThat(commits(root)).isEqualTo(uploaded(1, 2));

        replica.startAgain();
        awaitSame();
        double before = fromReplica();
        assertThat(commits(root)).isEqualTo(uploaded(1, 2));
        assertThat(fromReplica()).isGreaterThan(before);
    }

    @Test
    void a_read_that_waits_for_a_frozen_replica_is_answered_by_the_primary() throws Exception {
        upload(ci, 1);
        awaitSame();

        replica.freeze();
        long began = System.nanoTime();
        assertThat(commits(root)).isEqualTo(uploaded(1, 1));
        assertThat(root.get(PROJECT + "/incidents?days=30").status()).isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BOUND);
        assertThat(metric("plumbline_replica_failures_total")).isPositive();
        awaitReplica("read replica: left out, reads go to the primary: it does not answer");
    }

    @Test
    void a_replica_that_became_a_primary_is_left_out() throws Exception {
        upload(ci, 1);
        awaitSame();

        replica.ask("SELECT pg_promote()");
        upload(ci, 2);

        awaitReplica("left out, reads go to the primary: it is no replica: it does not follow another server");
        assertThat(commits(root)).isEqualTo(uploaded(1, 2));
    }

    @Test
    void every_reading_route_is_answered_by_the_replica_alone() throws Exception {
        for (int upload = 1; upload <= 8; upload++) {
            upload(ci, upload);
        }
        awaitSame();
        String series = root.get(PROJECT + "/series")
                .json()
                .get("items")
                .elements()
                .get(0)
                .get("series")
                .text()
                .orElseThrow();
        String run = root.get(PROJECT + "/runs")
                .json()
                .get("items")
                .elements()
                .get(0)
                .get("id")
                .text()
                .orElseThrow();
        double before = fromPrimary();
        for (String path : List.of(
                "/runs",
                "/runs/" + run,
                "/runs/" + run + "/originals",
                "/series",
                "/series/" + series,
                "/series/" + series + "/points",
                "/series/" + series + "/chart.svg",
                "/badge.svg",
                "/incidents",
                "/incidents?days=3",
                "/triage",
                "/acceptances",
                "/baselines",
                "/thresholds/sort",
                "/benchmarks",
                "/benchmarks/sort",
                "/comparison?base=" + commit(1) + "&candidate=" + commit(2))) {
            Answer answer = root.get(PROJECT + path);
            assertThat(answer.status()).as(path + ": " + answer.text()).isEqualTo(200);
        }
        for (String page : List.of("", "incidents", "checks/" + run, "benchmarks", "benchmarks/sort")) {
            Answer answer = root.get("/p/acme/fast/" + page);
            assertThat(answer.status()).as(page + ": " + answer.text()).isIn(200, 404);
        }

        assertThat(fromPrimary()).isEqualTo(before);
        assertThat(metric("plumbline_replica_failures_total")).isZero();
    }
}
