package dev.plumbline.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.Plumb;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.RunningServer;
import dev.plumbline.server.RunningServer.Answer;
import dev.plumbline.server.RunningServer.Client;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.Rewriting;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.naming.Aliases;
import dev.plumbline.store.postgres.OpenConnections;
import dev.plumbline.store.sql.Preparation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Original result files, wherever people and histories are kept. */
class OriginalsTest extends ServedProject {

    private void again() throws IOException {
        server.close();
        Duration passed = Duration.between(new RunningServer.MovingClock().instant(), server.clock.instant());
        server = new RunningServer(folder, database(), Plumb::answer);
        server.clock.pass(passed);
        root = server.signedIn("root", RunningServer.PASSWORD);
    }

    private static String csv(double... values) {
        StringBuilder csv = new StringBuilder("benchmark,value,unit\n");
        for (int i = 0; i < values.length; i++) {
            csv.append(String.format(Locale.ROOT, "bench%d,%s,ns%n", i, values[i]));
        }
        return csv.toString();
    }

    private Answer upload(String what, int commit, String body) {
        server.clock.pass(Duration.ofMinutes(10));
        return ci.send(
                "POST",
                FAST + "/" + what + "?environment=lab&branch=main&name=r%20x.csv&commit="
                        + String.format("%040x", 0xabcdef00L + commit),
                body);
    }

    private String record(int commit, String body) {
        Answer answer = upload("runs", commit, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return run(answer);
    }

    private static String run(Answer recorded) {
        return recorded.json().get("runs").elements().get(0).get("id").text().orElseThrow();
    }

    private List<JsonValue> items(String path) {
        Answer answer = root.get(FAST + path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("items").elements();
    }

    private JsonValue only(String path) {
        assertThat(items(path)).as(path).hasSize(1);
        return items(path).get(0);
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The folder of the only project. */
    private Path project() throws IOException {
        try (Stream<Path> projects = Files.list(folder.resolve("projects"))) {
            return projects.findFirst().orElseThrow();
        }
    }

    private List<String> files() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> all = Files.walk(project().resolve("originals"))) {
            all.filter(Files::isRegularFile)
                    .forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }

    @Test
    void a_recorded_file_is_kept_as_it_came_and_known_by_its_run() throws Exception {
        String body = csv(100, 200) + "\u00e4,1,ns\r\n";
        String id = record(1, body);

        JsonValue file = only("/runs/" + id + "/originals");

        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(file.get("name").text()).contains("results/r x.csv");
        assertThat(file.get("format").text()).contains("plumbline-csv");
        assertThat(file.get("bytes").integer()).hasValue(bytes.length);
        assertThat(file.get("digest").text()).contains(digest(bytes));
        assertThat(file.get("reader").text().orElse("")).isNotEmpty();
        Answer content = root.get(FAST + "/originals/" + digest(bytes) + "/content");
        assertThat(content.response().body()).isEqualTo(bytes);
        assertThat(content.header("Content-Type")).startsWith("application/octet-stream");
        assertThat(content.header("Content-Length")).isEqualTo(Integer.toString(bytes.length));
        assertThat(root.get(FAST + "/originals/" + digest(bytes))
                        .json()
                        .get("runs")
                        .elements()
                        .get(0)
                        .text())
                .contains(id);
        assertThat(files()).containsExactly(digest(bytes) + ".zst");
    }

    @Test
    void checks_and_packed_files_are_kept_too_and_a_dry_run_keeps_nothing() throws Exception {
        assertThat(upload("checks", 1, csv(100)).status()).isEqualTo(200);
        assertThat(only("/originals").get("digest").text()).contains(digest(csv(100).getBytes(StandardCharsets.UTF_8)));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(csv(300).getBytes(StandardCharsets.UTF_8));
        }
        Answer answer = ci.upload(
                FAST + "/runs?environment=lab&branch=main&name=r.csv.gz&commit=" + "a".repeat(40),
                packed.toByteArray(),
                "identity");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(only("/runs/" + run(answer) + "/originals").get("digest").text())
                .contains(digest(packed.toByteArray()));

        upload("checks", 3, csv(101));
        int before = items("/originals").size();
        Answer dry = ci.send(
                "POST", FAST + "/checks?dry-run=true&environment=lab&branch=main&commit=" + "b".repeat(40), csv(102));
        assertThat(dry.status()).as(dry.text()).isEqualTo(200);
        assertThat(items("/originals")).hasSize(before);
        assertThat(files()).hasSize(before);
    }

    @Test
    void the_same_bytes_are_kept_once_and_what_brings_nothing_new_not_again() throws Exception {
        String one = record(1, csv(100));
        String two = record(2, csv(100));
        assertThat(upload("runs", 2, csv(100)).status()).isEqualTo(200);
        assertThat(upload("runs", 2, csv(100) + "\n").status()).isEqualTo(200);

        assertThat(one).isNotEqualTo(two);
        JsonValue file = only("/originals");
        assertThat(file.get("runs").integer()).hasValue(2);
        assertThat(files()).hasSize(1);
        assertThat(only("/runs/" + one + "/originals").get("digest").text())
                .isEqualTo(only("/runs/" + two + "/originals").get("digest").text());
    }

    @Test
    void files_are_for_who_has_a_role_also_in_a_public_project() {
        String id = record(1, csv(100));
        String digest = only("/originals").get("digest").text().orElseThrow();
        root.send("PATCH", FAST, "{\"visibility\":\"public\"}");
        Client viewer = server.member(root, "acme", "vic", "viewer");
        root.post("/api/v1/organisations", "{\"name\":\"other\"}");
        Client stranger = server.member(root, "other", "sam", "owner");

        for (String path : List.of(
                "/originals",
                "/originals/" + digest,
                "/originals/" + digest + "/content",
                "/runs/" + id + "/originals")) {
            assertThat(viewer.get(FAST + path).status()).as(path).isEqualTo(200);
            assertThat(server.nobody().get(FAST + path).status()).as(path).isEqualTo(401);
            assertThat(stranger.get(FAST + path).status()).as(path).isEqualTo(403);
            assertThat(ci.get(FAST + path).status()).as(path).isEqualTo(403);
        }
        Client reviewer = server.member(root, "acme", "rita", "reviewer");
        Client contributor = server.member(root, "acme", "carl", "contributor");
        for (Client client : List.of(viewer, reviewer, contributor, stranger, ci)) {
            assertThat(client.post(FAST + "/runs/" + id + "/reread", "{\"dryRun\":true}")
                            .status())
                    .isEqualTo(403);
        }
        assertThat(root.get(FAST + "/originals/" + "0".repeat(64)).status()).isEqualTo(404);
        assertThat(root.get(FAST + "/runs/" + "0".repeat(32) + "/originals").status())
                .isEqualTo(404);
    }

    // ---- read again

    private StoreLocation history() throws IOException {
        String id = project().getFileName().toString();
        return database()
                .<StoreLocation>map(address ->
                        new StoreLocation.OnServer(address.ofProject("p_" + id), Map.of(), new OpenConnections()))
                .orElse(new StoreLocation.InFile(project().resolve("history.db")));
    }

    /** Makes the history say what a reader found that knew less. */
    private void storedBefore(String run, Object... namesAndValues) throws IOException {
        Preparation preparation = new Preparation();
        try (RunStore store = history().open(Aliases.NONE, Reruns.POOL);
                Rewriting rewriting = store.rewrite(run)) {
            for (int i = 0; i < namesAndValues.length; i += 2) {
                rewriting.accept(preparation.prepare(new Measurement(
                        Benchmark.of((String) namesAndValues[i]),
                        new Metric("value", Unit.of("ns"), Better.LOWER),
                        Sample.Summary.of((double) namesAndValues[i + 1]))));
            }
            rewriting.finish(true);
        }
    }

    private List<String> benchmarks() {
        return items("/series").stream()
                .map(series -> series.get("benchmark").text().orElseThrow())
                .toList();
    }

    private Answer reread(Client client, String run, String body) {
        return client.post(FAST + "/runs/" + run + "/reread", body);
    }

    @Test
    void a_dry_run_says_what_today_s_reader_finds_and_reading_again_stores_it() throws Exception {
        String id = record(1, csv(100, 200));
        String metric = items("/series").get(0).get("metric").text().orElseThrow();
        storedBefore(id, "bench0", 90.0, "old", 1.0);
        List<String> before = benchmarks();
        Client mia = server.member(root, "acme", "mia", "maintainer");

        Answer dry = reread(mia, id, "{}");

        assertThat(dry.status()).as(dry.text()).isEqualTo(200);
        assertThat(dry.json().get("dryRun").isTrue()).isTrue();
        assertThat(dry.json().get("isChanged").isTrue()).isTrue();
        assertThat(benchmarks()).isEqualTo(before);

        Answer done = reread(mia, id, "{\"dryRun\":false}");

        assertThat(done.status()).as(done.text()).isEqualTo(200);
        for (String count : List.of("added", "changed", "sample", "removed", "kept", "measurements")) {
            assertThat(done.json().get(count).integer())
                    .as(count)
                    .isEqualTo(dry.json().get(count).integer());
        }
        assertThat(done.json().get("added").integer().orElseThrow()).isPositive();
        assertThat(benchmarks()).containsExactly("bench0", "bench1");
        assertThat(items("/series").get(0).get("metric").text()).contains(metric);
        assertThat(root.get("/api/v1/organisations/acme/audit?limit=1000").text())
                .contains("run.reread", "acme/fast: run " + id);
        Answer nothing = reread(mia, id, "{\"dryRun\":false}");
        assertThat(nothing.json().get("isChanged").isFalse()).isTrue();
        assertThat(record(1, csv(100, 200))).isEqualTo(id);
        assertThat(items("/runs")).hasSize(1);
    }

    @Test
    void what_cannot_be_read_again_says_why_and_changes_nothing() throws Exception {
        String id = record(1, csv(100, 200));
        for (String body : List.of("{\"dryRun\":\"no\"}", "{\"format\":\"nonsense\"}", "{\"really\":true}")) {
            assertThat(reread(root, id, body).status()).as(body).isEqualTo(400);
        }
        Answer other = reread(root, id, "{\"dryRun\":false,\"format\":\"jmh-json\"}");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.member("detail")).contains("results/r x.csv");
        assertThat(benchmarks()).containsExactly("bench0", "bench1");

        Path file;
        try (Stream<Path> all = Files.list(project().resolve("originals"))) {
            file = all.filter(one -> one.toString().endsWith(".zst"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.delete(file);
        Answer gone = reread(root, id, "{\"dryRun\":false}");
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.member("detail")).contains("this server does not have the file");
        assertThat(root.get(FAST + "/originals/" + file.getFileName().toString().replace(".zst", "") + "/content")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void each_run_of_a_file_of_many_is_read_again_alone() throws Exception {
        StringBuilder csv = new StringBuilder("benchmark,value,unit,time\n");
        for (int i = 0; i < 5; i++) {
            csv.append("bench,")
                    .append(100 + i)
                    .append(",ns,2026-05-0")
                    .append(i + 1)
                    .append("T00:00:00Z\n");
        }
        Answer recorded = upload("runs", 1, csv.toString());
        assertThat(recorded.status()).as(recorded.text()).isEqualTo(200);
        List<String> ids = recorded.json().get("runs").elements().stream()
                .map(one -> one.get("id").text().orElseThrow())
                .toList();
        assertThat(ids).hasSizeGreaterThan(1);
        String second = ids.get(1);
        storedBefore(second, "bench", 7.0);

        Answer done = reread(root, second, "{\"dryRun\":false}");

        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(done.json().get("measurements").integer()).hasValue(1);
        List<Double> values = new ArrayList<>();
        for (JsonValue series : items("/series")) {
            items("/series/" + series.get("series").text().orElseThrow() + "/points")
                    .forEach(point -> values.add(point.get("value").number().orElseThrow()));
        }
        assertThat(values).containsExactlyInAnyOrder(100.0, 101.0, 102.0, 103.0, 104.0);
    }

    // ---- for how long

    private void night() {
        server.clock.pass(Duration.ofDays(1));
        root = server.signedIn("root", RunningServer.PASSWORD);
        server.keepHouse();
    }

    @Test
    void files_go_after_the_days_that_the_project_says_with_a_preview() throws Exception {
        assertThat(root.get(FAST + "/retention").json().get("originalDays").integer())
                .hasValue(90);
        record(1, csv(100));
        night();
        night();
        record(2, csv(200));
        Answer set = root.send("PUT", FAST + "/retention", "{\"originalDays\":1}");
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        assertThat(set.json().get("originalDays").integer()).hasValue(1);

        JsonValue preview = root.get(FAST + "/retention/originals").json();
        assertThat(preview.get("kept").get("files").integer()).hasValue(2);
        assertThat(preview.get("deleted").get("files").integer()).hasValue(1);
        assertThat(files()).hasSize(2);

        server.clock.pass(Duration.ofHours(15));
        root = server.signedIn("root", RunningServer.PASSWORD);
        server.keepHouse();

        assertThat(only("/originals").get("digest").text()).contains(digest(csv(200).getBytes(StandardCharsets.UTF_8)));
        assertThat(files()).hasSize(1);
        assertThat(items("/runs")).hasSize(2);
        assertThat(root.send("PUT", FAST + "/retention", "{\"runDays\":1000}")
                        .json()
                        .get("originalDays")
                        .integer())
                .hasValue(1);
        for (String wrong : List.of("-1", "36501", "\"x\"")) {
            assertThat(root.send("PUT", FAST + "/retention", "{\"originalDays\":" + wrong + "}")
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        String audit = root.get("/api/v1/organisations/acme/audit?limit=1000").text();
        assertThat(audit).contains("originals.set", "kept for 1 day", "originals.expire", "1 file");
    }

    @Test
    void a_project_that_wants_none_keeps_none() throws Exception {
        record(1, csv(100));
        root.send("PUT", FAST + "/retention", "{\"originalDays\":0}");
        record(2, csv(200));
        assertThat(items("/originals")).hasSize(1);
        night();
        assertThat(items("/originals")).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void a_file_goes_with_its_last_run() throws Exception {
        String one = record(1, csv(100));
        record(2, csv(100));
        try (RunStore store = history().open(Aliases.NONE, Reruns.POOL)) {
            store.remove(List.of(one), true);
        }
        night();
        assertThat(only("/originals").get("runs").integer()).hasValue(1);
        try (RunStore store = history().open(Aliases.NONE, Reruns.POOL)) {
            store.remove(
                    items("/runs").stream()
                            .map(run -> run.get("id").text().orElseThrow())
                            .toList(),
                    true);
        }
        night();
        assertThat(items("/originals")).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void what_a_killed_server_left_behind_is_deleted_at_the_next_start() throws Exception {
        record(1, csv(100));
        Path originals = project().resolve("originals");
        Files.writeString(originals.resolve("f".repeat(64) + ".zst"), "moved, and the row was not written");
        Files.writeString(originals.resolve("part-incoming").resolve("half"), "half");
        assertThat(items("/originals")).hasSize(1);

        again();

        assertThat(files()).containsExactly(digest(csv(100).getBytes(StandardCharsets.UTF_8)) + ".zst");
        assertThat(items("/originals")).hasSize(1);
    }

    @Test
    void a_file_that_was_not_kept_when_its_run_was_recorded_is_kept_when_it_is_sent_again() throws Exception {
        root.send("PUT", FAST + "/retention", "{\"originalDays\":0}");
        String id = record(1, csv(100));
        root.send("PUT", FAST + "/retention", "{\"originalDays\":90}");
        assertThat(items("/runs/" + id + "/originals")).isEmpty();
        assertThat(reread(root, id, "{}").status()).isEqualTo(404);

        assertThat(record(1, csv(100))).isEqualTo(id);

        assertThat(items("/runs/" + id + "/originals")).hasSize(1);
    }

    @Test
    void the_list_is_read_in_pages() {
        for (int i = 0; i < 5; i++) {
            record(i, csv(100 + i));
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonValue page = root.get(FAST + "/originals?limit=2" + cursor).json();
            page.get("items")
                    .elements()
                    .forEach(one -> seen.add(one.get("digest").text().orElseThrow()));
            cursor = page.get("next").text().map(next -> "&cursor=" + next).orElse("");
        } while (!cursor.isEmpty());
        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
        assertThat(seen.get(0)).isEqualTo(digest(csv(104).getBytes(StandardCharsets.UTF_8)));
        assertThat(root.get(FAST + "/originals?cursor=x").status()).isEqualTo(400);
    }
}
