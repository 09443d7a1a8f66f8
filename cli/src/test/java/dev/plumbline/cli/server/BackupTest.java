package dev.plumbline.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.AnswerSchema;
import dev.plumbline.cli.CapturedRun;
import dev.plumbline.cli.Plumb;
import dev.plumbline.server.RunningServer;
import dev.plumbline.server.RunningServer.Answer;
import dev.plumbline.server.RunningServer.Client;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a server's folder, made while it is written to, and the way back. */
class BackupTest {
    private static final String FAST = "/api/v1/projects/acme/fast";
    private static final int BENCHMARKS = 6;
    private static final int HEALTHY = 10;

    @TempDir
    private Path folder;

    private RunningServer server;
    private Client root;
    private Client ci;

    @BeforeEach
    void start() throws IOException {
        server = new RunningServer(folder.resolve("data"), Optional.empty(), Plumb::answer);
        root = server.administrator();
        root.post("/api/v1/organisations", "{\"name\":\"acme\"}");
        root.post("/api/v1/organisations/acme/projects", "{\"name\":\"fast\"}");
        ci = server.token(root, "acme/fast", "contributor");
        for (int i = 0; i < HEALTHY; i++) {
            assertThat(record(server, ci, i, 1)).isEqualTo(200);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static int record(RunningServer server, Client ci, int commit, double slower) {
        Random random = new Random(commit);
        StringBuilder csv = new StringBuilder("benchmark,value,unit\n");
        for (int i = 0; i < BENCHMARKS; i++) {
            double value = (100 + i) * (1 + 0.01 * random.nextGaussian()) * (i == 3 ? slower : 1);
            csv.append(String.format(Locale.ROOT, "bench%d,%.4f,ns%n", i, value));
        }
        server.clock.pass(Duration.ofMinutes(10));
        return ci.send(
                        "POST",
                        FAST + "/runs?environment=lab&branch=main&name=r.csv&commit="
                                + String.format("%040x", 0xabcdef00L + commit),
                        csv.toString())
                .status();
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }

    private CapturedRun backup(String name) {
        return plumb("server", "backup", name, "--data", "data");
    }

    private static List<String> runs(Answer answer) {
        return answer.json().get("items").elements().stream()
                .map(run -> run.get("commit").text().orElseThrow())
                .toList();
    }

    @Test
    void a_backup_of_a_server_that_is_written_to_is_whole_and_says_what_the_server_said() throws Exception {
        record(server, ci, HEALTHY, 1.4);
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger recorded = new AtomicInteger(HEALTHY + 1);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            while (!isOver.get()) {
                assertThat(record(server, ci, recorded.get(), 1.4)).isEqualTo(200);
                recorded.incrementAndGet();
            }
        });
        int before = recorded.get();
        CapturedRun made = backup("copy");
        while (recorded.get() <= before) {
            Thread.onSpinWait(); // one run more than in the backup, so that the two differ
        }
        isOver.set(true);
        writer.get();
        assertThat(made.exitCode()).as(made.err()).isZero();

        CapturedRun restored = plumb("server", "restore", "copy", "again");

        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(restored.out())
                .contains("Every file has its digest", "acme/fast: ", " runs, the same: FAIL", "plumb serve --data");
        String third = plumb("server", "restore", "copy", "third", "--json").out();
        AnswerSchema.assertFits(third);
        assertThat(third)
                .contains("\"schema\": \"plumbline-restore/1\"", "\"into\": \"third\"", "\"name\": \"acme/fast\"");
        List<String> here = runs(root.get(FAST + "/runs?limit=1000"));
        try (RunningServer again = new RunningServer(folder.resolve("again"), Optional.empty(), Plumb::answer)) {
            again.clock.pass(Duration.ofDays(1));
            Client same = again.signedIn("root", RunningServer.PASSWORD);
            List<String> there = runs(same.get(FAST + "/runs?limit=1000"));
            assertThat(there.size()).isBetween(before, here.size());
            assertThat(here.subList(0, there.size())).isEqualTo(there);
            assertThat(restored.out()).contains("acme/fast: " + there.size() + " runs");
            assertThat(same.get(FAST + "/tokens").text()).contains("contributor of CI");
            String digest = same.get(FAST + "/originals?limit=1")
                    .json()
                    .get("items")
                    .elements()
                    .get(0)
                    .get("digest")
                    .text()
                    .orElseThrow();
            assertThat(same.get(FAST + "/originals/" + digest + "/content").text())
                    .isEqualTo(
                            root.get(FAST + "/originals/" + digest + "/content").text())
                    .startsWith("benchmark,value,unit");
            assertThat(record(again, same, 5_000, 1.4)).isEqualTo(200);
        }
    }

    @Test
    void a_folder_that_has_something_or_a_running_server_in_it_is_refused() throws IOException {
        assertThat(backup("copy").exitCode()).isZero();

        assertThat(plumb("server", "restore", "copy", "data").err()).contains("is in use by another running server");
        Files.createDirectories(folder.resolve("other"));
        Files.writeString(folder.resolve("other/notes.txt"), "mine");
        CapturedRun refused = plumb("server", "restore", "copy", "other");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("there is something in", "other");
        assertThat(Files.readString(folder.resolve("other/notes.txt"))).isEqualTo("mine");
        assertThat(backup("copy").err()).contains("there is something in", "copy");
        assertThat(backup("data/copy").err()).contains("must not be inside the folder that it copies");
        assertThat(plumb("server", "backup", "x", "--data", "nowhere").err())
                .contains("there is no folder", "nowhere", "--data");
        assertThat(plumb("server", "restore", "other", "y").err()).contains("the backup is incomplete", "backup.json");
    }

    @Test
    void a_damaged_backup_is_refused_with_the_name_of_the_file() throws IOException {
        assertThat(backup("copy").exitCode()).isZero();
        Path copy = folder.resolve("copy");
        Path history;
        try (Stream<Path> files = Files.walk(copy)) {
            history = files.filter(file -> file.endsWith("history.db"))
                    .findFirst()
                    .orElseThrow();
        }
        for (Path file : List.of(copy.resolve("server.db"), history)) {
            try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                bytes.seek(bytes.length() / 2);
                int was = bytes.read();
                bytes.seek(bytes.length() / 2);
                bytes.write(was ^ 1);
                assertRefused(file + ": the file is damaged");
                bytes.seek(bytes.length() / 2);
                bytes.write(was);
            }
        }
        Path other = copy.resolve("projects/zzz.txt");
        Files.writeString(other, "x");
        assertRefused(other + ": the file is not part of the backup");
        Files.delete(other);

        Path away = folder.resolve("away");
        Files.move(history, away);
        assertRefused(history + ": the file is missing in the backup");
        Files.move(away, history);

        Path manifest = copy.resolve("backup.json");
        String list = Files.readString(manifest);
        Files.writeString(manifest, list.replace("\"runs\": 10", "\"runs\": 11"));
        assertRefused(manifest + ": the backup's list of files is damaged");
        Files.writeString(manifest, list.substring(0, list.length() / 2));
        assertRefused(manifest + ": the backup's list of files is damaged");
        Files.writeString(manifest, list.replace("server.db", "../data/server.db"));
        assertRefused(manifest + ": the backup's list of files is damaged");

        Files.writeString(manifest, list, StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(plumb("server", "restore", "copy", "again").exitCode()).isZero();
    }

    private void assertRefused(String words) {
        CapturedRun refused = plumb("server", "restore", "copy", "again");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains(words);
        assertThat(folder.resolve("again")).doesNotExist();
    }

    @Test
    void with_postgresql_it_says_what_copies_the_database() {
        CapturedRun made = plumb(
                "server", "backup", "files", "--data", "data", "--database", "postgresql://ann@db.example.com/perf");

        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(made.out()).contains("pg_dump --format=custom", "db.example.com/perf", "pg_restore");
        String answer = plumb(
                        "server",
                        "backup",
                        "more",
                        "--data",
                        "data",
                        "--database",
                        "postgresql://ann@db.example.com/perf",
                        "--json")
                .out();
        AnswerSchema.assertFits(answer);
        assertThat(answer)
                .contains("\"schema\": \"plumbline-backup/1\"", "\"to\": \"more\"", "\"databaseLeftOut\": \"")
                .contains("db.example.com/perf")
                .doesNotContain("pg_dump");
        assertThat(folder.resolve("files/backup.json")).content().contains("\"hasDatabase\": false");
    }
}
