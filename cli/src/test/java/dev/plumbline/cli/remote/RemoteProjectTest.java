package dev.plumbline.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.AnswerSchema;
import dev.plumbline.cli.CapturedRun;
import dev.plumbline.cli.Plumb;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.server.RunningServer;
import dev.plumbline.server.ScriptedIssuer;
import dev.plumbline.server.identity.IdentitySettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line does with a project on a server that is no command on its history. */
class RemoteProjectTest {
    private static final String PARSER = "/api/v1/projects/acme/parser";

    @TempDir
    private Path folder;

    private Path work;
    private ScriptedIssuer issuer;
    private RunningServer server;
    private RunningServer.Client root;
    private String token;

    @BeforeEach
    void start() throws IOException {
        work = Files.createDirectories(folder.resolve("work"));
        Files.writeString(work.resolve("run.csv"), "benchmark,value,unit\nsort,100,ns\n");
        issuer = new ScriptedIssuer(new RunningServer.MovingClock());
        server = new RunningServer(
                folder.resolve("server"),
                Optional.empty(),
                new IdentitySettings(List.of(), Set.of(issuer.address().toString())),
                Plumb::answer);
        root = server.administrator();
        root.post("/api/v1/organisations", "{\"name\":\"acme\"}");
        root.post("/api/v1/organisations/acme/projects", "{\"name\":\"parser\"}");
        token = token("maintainer");
    }

    @AfterEach
    void stop() {
        server.close();
        issuer.close();
    }

    private String token(String role) {
        return root.post(PARSER + "/tokens", "{\"name\":\"t\",\"role\":\"" + role + "\"}")
                .member("token");
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        variables.put("PLUMBLINE_SERVER", server.address().toString());
        variables.put("PLUMBLINE_PROJECT", "acme/parser");
        variables.put("PLUMBLINE_TOKEN", token);
        variables.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        return variables;
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.of(work, variables(), arguments);
    }

    private CapturedRun typing(String input, String... arguments) {
        return CapturedRun.reading(input, work, variables(), arguments);
    }

    private void record() {
        CapturedRun run = plumb("record", "run.csv", "--commit", "a".repeat(40), "--environment", "lab");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    // ---- result files as they came

    @Test
    void a_kept_file_is_listed_downloaded_to_the_byte_and_read_again() throws IOException {
        record();

        CapturedRun list = plumb("originals", "list");
        assertThat(list.exitCode()).as(list.err()).isZero();
        assertThat(list.out()).contains("digest", "run.csv", " 33 ");
        String digest =
                list.out().lines().skip(1).findFirst().orElseThrow().strip().split(" ")[0];
        assertThat(digest).hasSize(12);

        CapturedRun got = plumb("originals", "get", digest, "-o", "again.csv");
        assertThat(got.exitCode()).as(got.err()).isZero();
        assertThat(work.resolve("again.csv")).hasSameBinaryContentAs(work.resolve("run.csv"));
        String original =
                plumb("originals", "get", digest, "-o", "third.csv", "--json").out();
        AnswerSchema.assertFits(original);
        assertThat(original)
                .contains("\"schema\": \"plumbline-original/1\"", "\"digest\": \"" + digest, "\"file\": \"third.csv\"");
        CapturedRun exists = plumb("originals", "get", digest, "-o", "again.csv");
        assertThat(exists.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(exists.err()).contains("again.csv exists");

        String run = root.get(PARSER + "/runs")
                .json()
                .get("items")
                .elements()
                .get(0)
                .get("id")
                .text()
                .orElseThrow();
        CapturedRun ofRun = plumb("originals", "list", "--run", run.substring(0, 8));
        assertThat(ofRun.out()).as(ofRun.err()).contains("plumbline-csv", digest);
        assertThat(plumb("originals", "list", "--json").out()).contains("\"bytes\"", "\"runs\"");
        CapturedRun same = plumb("originals", "reread", run.substring(0, 8));
        assertThat(same.exitCode()).as(same.err()).isZero();
        assertThat(same.out()).isEqualTo("1 run read again, 0 would change\n");
        assertThat(plumb("originals", "reread", "--all", "--yes").out()).isEqualTo("1 run read again, 0 changed\n");
        String reread = plumb("originals", "reread", "--all", "--json").out();
        AnswerSchema.assertFits(reread);
        assertThat(reread.replaceAll("\\s", ""))
                .isEqualTo("{\"schema\":\"plumbline-reread/1\",\"done\":false,\"read\":1,\"failed\":0,\"changed\":[]}");
    }

    @Test
    void what_cannot_be_found_or_read_says_what_to_do() {
        record();
        for (List<String> wrong : List.of(
                List.of("originals", "get", "ffffffff", "-o", "x"),
                List.of("originals", "get", "../secret", "-o", "x"),
                List.of("originals", "list", "--run", "ffffffff"),
                List.of("originals", "reread", "zz"),
                List.of("originals", "reread"),
                List.of("originals", "list", "--limit", "0"),
                List.of("originals"))) {
            CapturedRun run = plumb(wrong.toArray(String[]::new));
            assertThat(run.exitCode()).as(wrong.toString()).isEqualTo(ExitCode.WRONG);
            assertThat(run.err()).as(wrong.toString()).startsWith("plumb: ").doesNotContain("Exception");
        }
        CapturedRun other = plumb("originals", "reread", "--all", "--yes", "--format", "jmh-json");
        assertThat(other.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(other.err()).contains("run.csv");
        assertThat(other.out()).contains("1 could not be read");
        token = token("viewer");
        CapturedRun refused = plumb("originals", "reread", "--all", "--yes");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(refused.err()).contains("needs the right to decide");
    }

    // ---- whose jobs record without a secret

    @Test
    void rules_are_added_listed_and_removed_by_a_person() {
        String[] add = {
            "trust",
            "add",
            "--issuer",
            issuer.address().toString(),
            "--claim",
            "repository=acme/parser",
            "--claim",
            "ref=refs/heads/main",
            "--minutes",
            "30",
            "--account",
            "root",
            "--password-stdin"
        };
        CapturedRun added = typing(RunningServer.PASSWORD + "\n", add);
        assertThat(added.exitCode()).as(added.err()).isZero();
        String id = added.out().split(" ")[1];

        CapturedRun list = typing(RunningServer.PASSWORD, "trust", "list", "--account", "root", "--password-stdin");
        assertThat(list.out()).contains(id, "ref=refs/heads/main", "repository=acme/parser", "issuer");
        assertThat(typing(RunningServer.PASSWORD, "trust", "list", "--json", "--account", "root", "--password-stdin")
                        .out())
                .contains("\"repository\"", "\"acme/parser\"", issuer.address().toString(), "30", "\"root\"");

        CapturedRun unknown = typing(
                RunningServer.PASSWORD, "trust", "remove", "abcdefgh2345", "--account", "root", "--password-stdin");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(unknown.err()).contains("has no rule abcdefgh2345");
        CapturedRun removed =
                typing(RunningServer.PASSWORD, "trust", "remove", id, "--account", "root", "--password-stdin");
        assertThat(removed.exitCode()).as(removed.err()).isZero();
        assertThat(root.get(PARSER + "/trust-rules").json().get("items").elements())
                .isEmpty();

        List<String> asJson = new ArrayList<>(List.of(add));
        asJson.add("--json");
        String rule =
                typing(RunningServer.PASSWORD, asJson.toArray(String[]::new)).out();
        assertThat(rule).contains("\"schema\": \"plumbline-trust/1\"", "\"repository\": \"acme/parser\"");
        AnswerSchema.assertFits(rule);
        String other = rule.replaceAll("(?s).*\"id\": \"([a-z2-7]+)\".*", "$1");
        String without = typing(
                        RunningServer.PASSWORD,
                        "trust",
                        "remove",
                        other,
                        "--account",
                        "root",
                        "--password-stdin",
                        "--json")
                .out();
        AnswerSchema.assertFits(without);
        assertThat(without).contains("\"removed\": \"" + other + "\"");
    }

    @Test
    void an_owner_s_token_lists_rules_and_no_token_makes_one() {
        token = token("owner");
        CapturedRun list = plumb("trust", "list");
        assertThat(list.exitCode()).as(list.err()).isZero();
        assertThat(list.out()).contains("no rule");
        CapturedRun add = plumb("trust", "add", "--issuer", "github", "--claim", "repository=acme/parser");
        assertThat(add.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(add.err()).contains("--account NAME", "/p/acme/parser/settings");
        token = token("maintainer");
        assertThat(plumb("trust", "list").err()).contains("needs the right to administer");
    }

    @Test
    void a_wrong_password_a_bad_rule_and_an_unknown_service_are_errors_of_one_line() {
        CapturedRun wrong = typing("no", "trust", "list", "--account", "root", "--password-stdin");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(wrong.err().lines()).hasSize(1);
        assertThat(wrong.err()).contains("does not know this account with this password");
        CapturedRun everything = typing(
                RunningServer.PASSWORD,
                "trust",
                "add",
                "--issuer",
                issuer.address().toString(),
                "--claim",
                "repository=*",
                "--account",
                "root",
                "--password-stdin");
        assertThat(everything.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(everything.err().lines()).hasSize(1);
        CapturedRun other = typing(
                RunningServer.PASSWORD,
                "trust",
                "add",
                "--issuer",
                "gitlab",
                "--claim",
                "project_path=acme/parser",
                "--account",
                "root",
                "--password-stdin");
        assertThat(other.err()).contains("the issuer must be one of");
    }

    // ---- what is measured here

    private List<String> benchmarks() {
        return root.get(PARSER + "/series").json().get("items").elements().stream()
                .map(series -> series.get("benchmark").text().orElseThrow())
                .toList();
    }

    private CapturedRun measure() {
        return plumb("run", "-q", "-r", "3", "--min-time", "0s", "--", "true");
    }

    @Test
    void what_is_measured_is_recorded_on_the_server_with_the_same_output() throws IOException {
        CapturedRun local = CapturedRun.of(
                Files.createDirectories(folder.resolve("local")),
                "run",
                "-q",
                "-r",
                "3",
                "--min-time",
                "0s",
                "--",
                "true");

        CapturedRun run = measure();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("added to the history");
        assertThat(shape(run.out())).isEqualTo(shape(local.out()));
        assertThat(benchmarks()).contains("true");
        assertThat(work.resolve(".plumbline/history.db")).doesNotExist();
        assertThat(plumb("originals", "list").out()).contains("standard input");
    }

    /** The first words of every line: the numbers differ from one measuring to the next. */
    private static List<String> shape(String out) {
        return out.lines()
                .map(line -> line.startsWith("added") ? line : line.strip().split(" +")[0])
                .toList();
    }

    @Test
    void a_server_that_is_down_loses_nothing_and_sync_sends_it() throws IOException {
        Map<String, String> variables = variables();
        server.close();

        CapturedRun down = CapturedRun.of(work, variables, "run", "-q", "-r", "3", "--min-time", "0s", "--", "true");

        assertThat(down.exitCode()).as(down.err()).isZero();
        assertThat(down.err()).contains("cannot be reached", "the results are not lost", "plumb sync");
        assertThat(down.out()).doesNotContain("added to the history");
        server = new RunningServer(folder.resolve("server"), Optional.empty(), Plumb::answer);
        root = server.signedIn("root", RunningServer.PASSWORD);
        CapturedRun sent = plumb("sync", "--json");
        assertThat(sent.exitCode()).as(sent.err() + sent.out()).isZero();
        AnswerSchema.assertFits(sent.out());
        assertThat(sent.out()).contains("\"schema\": \"plumbline-sync/1\"", "\"exitCode\": 0", "\"rejected\": null");
        assertThat(plumb("sync").out()).isEqualTo("nothing is waiting to be sent\n");
        assertThat(benchmarks()).contains("true");
    }

    @Test
    void a_project_that_the_server_does_not_have_is_named() {
        Map<String, String> other = variables();
        other.put("PLUMBLINE_PROJECT", "acme/none");

        CapturedRun run = CapturedRun.of(work, other, "originals", "get", "0123456789ab", "--output", "original");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(run.err()).contains("there is no project acme/none").doesNotContain("or you have no access\n");
    }

    @Test
    void a_token_that_is_not_known_is_reported_before_anything_is_measured() {
        token = "plb_unknown";
        CapturedRun run = plumb("run", "-q", "-r", "3", "--", "sh", "-c", "touch measured");
        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(run.err()).contains("does not know the token");
        assertThat(work.resolve("measured")).doesNotExist();
    }

    @Test
    void results_that_the_server_refuses_are_kept_in_a_file_that_record_sends() throws IOException {
        String good = token;
        token = token("viewer");
        CapturedRun run = measure();
        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(run.err())
                .contains("needs the right to record", "send them with plumb record .plumbline/unsent/run-");
        assertThat(run.out()).doesNotContain("added to the history");

        Path file;
        try (Stream<Path> all = Files.list(work.resolve(".plumbline/unsent"))) {
            file = all.findFirst().orElseThrow();
        }
        token = good;
        CapturedRun sent = plumb("record", work.relativize(file).toString());
        assertThat(sent.exitCode()).as(sent.err()).isZero();
        assertThat(benchmarks()).contains("true");
        assertThat(Files.readString(work.resolve(".plumbline/.gitignore"), StandardCharsets.UTF_8))
                .isEqualTo("*\n");
    }

    @Test
    void no_record_and_store_keep_what_is_measured_away_from_the_server() {
        assertThat(plumb("run", "-q", "-r", "3", "--min-time", "0s", "--no-record", "--", "true")
                        .exitCode())
                .isZero();
        assertThat(plumb("run", "-q", "-r", "3", "--min-time", "0s", "--store", "own.db", "--", "true")
                        .exitCode())
                .isZero();
        assertThat(work.resolve("own.db")).exists();
        assertThat(benchmarks()).isEmpty();
    }

    // ---- what other services kept

    private static Path export(String name) {
        return Path.of("..", "ingest", "src", "test", "resources").resolve(name).toAbsolutePath();
    }

    private List<String> commits() {
        return root.get(PARSER + "/runs").json().get("items").elements().stream()
                .map(run -> run.get("commit").text().orElseThrow())
                .toList();
    }

    @Test
    void an_export_is_recorded_with_its_commits_by_the_command_line_and_by_programs_alike() throws IOException {
        Path reports = Files.copy(export("bencher-export/reports.json"), work.resolve("bencher.json"));
        CapturedRun recorded = plumb("record", "bencher.json");
        assertThat(recorded.exitCode()).as(recorded.err()).isZero();
        assertThat(recorded.out()).contains("in 2 runs");
        assertThat(commits()).containsExactly("a".repeat(40), "b".repeat(40));

        RunningServer.Client ci = server.withToken(token("recorder"));
        RunningServer.Answer again =
                ci.send("POST", PARSER + "/runs?commits=file&name=bencher.json", Files.readString(reports));
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json().get("runs").elements())
                .allMatch(run -> !run.get("new").isTrue());
        RunningServer.Answer horreum = ci.send(
                "POST",
                PARSER + "/runs?commits=file&name=horreum.json",
                Files.readString(export("horreum/test-and-labels.json")));
        assertThat(horreum.status()).as(horreum.text()).isEqualTo(200);
        assertThat(commits()).contains("c".repeat(40), "d".repeat(40));
        assertThat(plumb("originals", "list").out()).contains("bencher.json", "horreum.json");
        assertThat(plumb("originals", "reread", "--all").out()).isEqualTo("4 runs read again, 0 would change\n");
        CapturedRun history = plumb("history", "parse::large");
        assertThat(history.exitCode()).as(history.err()).isZero();
    }

    @Test
    void an_upload_has_a_commit_or_says_that_the_file_has() {
        RunningServer.Client ci = server.withToken(token("recorder"));
        String csv = "benchmark,value,unit\nsort,100,ns\n";
        for (String wrong : List.of("", "?commits=none", "?commits=file&commit=abc", "?commits=file&branch=main")) {
            assertThat(ci.send("POST", PARSER + "/runs" + wrong, csv).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(ci.send("POST", PARSER + "/checks?commits=file", csv).status())
                .isEqualTo(400);
        assertThat(ci.send("POST", PARSER + "/runs?commits=file", csv).status()).isEqualTo(200);
        assertThat(commits()).containsExactly("");
    }
}
