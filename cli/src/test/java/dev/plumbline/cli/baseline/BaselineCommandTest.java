package dev.plumbline.cli.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plumbline.cli.CapturedRun;
import dev.plumbline.cli.option.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Baselines, acceptances and pruning as a shell sees them. */
class BaselineCommandTest {
    private static final String HOSTILE = "a/../b\\\"c;\u001b[31m\u00e9";

    @TempDir
    private Path folder;

    private CapturedRun plumb(String... arguments) {
        CapturedRun run = CapturedRun.of(folder, arguments);
        assertThat(run.err()).doesNotContain("\tat ", "internal error");
        assertThat(run.out()).doesNotContain("\u001b");
        return run;
    }

    private JsonNode json(String... arguments) {
        CapturedRun run = plumb(arguments);
        assertThat(run.err()).isEmpty();
        return JsonMapper.builder().build().readTree(run.out());
    }

    private String results(String name, int from, int to, double factor) throws IOException {
        StringBuilder text = new StringBuilder("benchmark,value,unit,commit,commit_time,environment\n");
        for (int i = from; i < to; i++) {
            double value = factor * (100 + 0.1 * (i * 7 % 11));
            String row = String.format(Locale.ROOT, ",%s,ms,c%d,2026-01-%02dT00:00:00Z,lab%n", value, i, i + 1);
            text.append("decode").append(row);
            text.append('"').append(HOSTILE.replace("\"", "\"\"")).append('"').append(row);
        }
        return Files.writeString(folder.resolve(name), text.toString()).toString();
    }

    @BeforeEach
    void twentyRuns() throws IOException {
        plumb("record", results("history.csv", 0, 20, 1));
    }

    @Test
    void every_command_answers_in_text_and_in_json() throws IOException {
        assertThat(plumb("baseline", "establish", "--by", "ann", "--reason", "first")
                        .out())
                .contains("version 1", "2 new");
        plumb("record", results("more.csv", 20, 25, 1));
        assertThat(json("baseline", "establish", "--by", "ann", "--json")
                        .path("isNew")
                        .asBoolean())
                .isTrue();
        for (List<String> command : List.of(
                List.of("list"),
                List.of("show"),
                List.of("show", "decode"),
                List.of("show", "decode", "--verbose"),
                List.of("versions", "--days", "90"),
                List.of("diff"),
                List.of("validate"),
                List.of("rollback", "1", "--reason", "back"),
                List.of("reset", "decode", "--reason", "gone"),
                List.of("export"),
                List.of("import", "--as", "copy"))) {
            String[] text =
                    Stream.concat(Stream.of("baseline"), command.stream()).toArray(String[]::new);
            CapturedRun run = plumb(text);
            assertThat(run.exitCode()).as(String.join(" ", text) + run.err()).isZero();
            assertThat(run.out()).isNotBlank();
            if (!command.get(0).equals("rollback") && !command.get(0).equals("reset")) {
                String[] asJson =
                        Stream.concat(Stream.of(text), Stream.of("--json")).toArray(String[]::new);
                assertThat(json(asJson).path("schema").asString()).startsWith("plumbline-");
            }
        }
    }

    @Test
    void exported_files_follow_their_schema_and_have_safe_names() throws IOException {
        plumb("baseline", "establish", "--by", "ann");
        assertThat(plumb("baseline", "export").exitCode()).isZero();
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("..", "docs", "baseline-schema.json")), InputFormat.JSON);
        List<Path> files;
        try (Stream<Path> below = Files.walk(folder.resolve("plumbline/baselines"))) {
            files = below.filter(Files::isRegularFile).toList();
        }

        assertThat(files).hasSize(3);
        for (Path file : files) {
            assertThat(file.getFileName().toString()).matches("[A-Za-z0-9._-]+");
            assertThat(schema.validate(Files.readString(file), InputFormat.JSON))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    private CapturedRun importWith(String file, String from, String to) throws IOException {
        plumb("baseline", "export", "bad");
        Path changed = folder.resolve("bad").resolve(file);
        if (file.equals("models")) {
            try (Stream<Path> models = Files.list(changed)) {
                changed = models.filter(path -> path.getFileName().toString().startsWith("decode"))
                        .findFirst()
                        .orElseThrow();
            }
        }
        String text = Files.readString(changed);
        assertThat(text).contains(from);
        Files.writeString(changed, text.replaceFirst(java.util.regex.Pattern.quote(from), to));
        return plumb("baseline", "import", "bad", "--as", "copy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "registry.json | \"version\": 1 | \"version\": \"x\" | registry.json:6:16: \"version\" is no number: x",
                "registry.json | \"version\": 1 | \"version\": 1.5 | registry.json:6:16: \"version\" is no whole"
                        + " number: 1.5",
                "registry.json | \"version\": 1 | \"version\": -4 | registry.json:5:11: versions count from 1, not -4",
                "registry.json | \"ESTABLISHED\" | \"SIDEWAYS\" | registry.json:4:13: \"change\" must be one of"
                        + " ESTABLISHED",
                "registry.json | \"models\": | \"modls\": | registry.json:1:1: has no \"models\"",
                "models | \"better\": \"LOWER\" | \"better\": \"SIDE\" | :14:15: \"better\" must be one of"
                        + " LOWER, HIGHER: SIDE",
                "models | \"anomaly\":false | \"anomaly\":\"perhaps\" | \"anomaly\" is no truth value: perhaps",
                "models | \"value\":100.0 | \"value\":\"100.0\" | \"value\" is no number: 100.0",
                "models | \"time\":\"2026 | \"time\":\"anno 2026 | \"time\" is not a time such as"
                        + " 2026-01-31T12:00:00Z",
                "models | \"runs\": [ | \"rans\": [ | :5:18: has no \"runs\"",
            })
    void files_that_cannot_be_are_refused_with_their_place(String file, String from, String to, String message)
            throws IOException {
        plumb("baseline", "establish", "--by", "ann");

        CapturedRun run = importWith(file, from, to);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(plumb("baseline", "versions", "--name", "copy").exitCode()).isEqualTo(2);
    }

    @Test
    void show_and_validate_take_a_name_a_version_a_folder_or_a_benchmark() throws IOException {
        plumb("baseline", "establish", "--by", "ann");
        plumb("baseline", "export", "base");
        for (String command : List.of("show", "validate")) {
            for (String source : List.of("default", "default@1", "base", "decode", "dec*")) {
                CapturedRun run = plumb("baseline", command, source, "--json");
                JsonNode baselines =
                        JsonMapper.builder().build().readTree(run.out()).path("baselines");
                assertThat(run.exitCode())
                        .as(command + " " + source + run.err())
                        .isZero();
                assertThat(baselines.size()).as(command + " " + source).isEqualTo(source.startsWith("dec") ? 1 : 2);
            }
            assertThat(plumb("baseline", command, "decoda").err())
                    .as(command)
                    .contains("no baselines and no benchmark in the history are named decoda; did you mean decode");
            assertThat(plumb("baseline", command, "default@9").err()).contains("have no version 9");
        }
    }

    @Test
    void of_context_metrics_no_baseline_is_made() throws IOException {
        plumb("record", results("history.csv", 0, 20, 1), "--store", "context.db");
        Files.writeString(folder.resolve("plumbline.yaml"), "metrics:\n  - {metric: \"*\", role: context}\n");

        CapturedRun run = plumb("baseline", "establish", "--store", "context.db");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(run.err()).contains("no series to establish a baseline for");
    }

    @Test
    void establishing_says_where_none_of_the_baselines_can_be_trusted() throws IOException {
        plumb("record", results("few.csv", 0, 3, 1), "--store", "few.db");

        CapturedRun run = plumb("baseline", "establish", "--by", "ann", "--store", "few.db");

        assertThat(run.exitCode()).isEqualTo(ExitCode.CLOSED);
        assertThat(run.err())
                .contains(
                        "the version was created anyway; use --force to exit with 0",
                        "plumb: none of the 2 baselines can be trusted yet\n  failed: runs 2\n  the first one: ",
                        "3 runs, at least 10 are needed",
                        "\n  to fix it: ",
                        "\n  plumb baseline validate shows all details\n");
        CapturedRun again = plumb("baseline", "establish", "--by", "ann", "--store", "few.db");
        assertThat(again.exitCode()).isEqualTo(ExitCode.CLOSED);
        assertThat(again.err())
                .contains("the version stays as it was", "none of the 2 baselines can be trusted yet")
                .doesNotContain("created anyway");
        CapturedRun forced = plumb("baseline", "establish", "--name", "other", "--store", "few.db", "--force");
        assertThat(forced.exitCode()).isZero();
        assertThat(forced.err()).contains("can be trusted yet").doesNotContain("created anyway");
        CapturedRun enough = plumb("baseline", "establish", "--by", "ann");
        assertThat(enough.exitCode()).isZero();
        assertThat(enough.err()).isEmpty();
    }

    @Test
    void an_import_goes_by_the_name_that_is_given() throws IOException {
        plumb("baseline", "establish", "--by", "ann");
        plumb("baseline", "export", "files");

        assertThat(plumb("baseline", "import", "files", "--name", "release").exitCode())
                .isZero();

        assertThat(plumb("baseline", "list").out()).contains("release", "default");
        assertThat(plumb("baseline", "import", "files", "--name", "a", "--as", "b")
                        .err())
                .contains("--as and --name");
    }

    @Test
    void a_check_against_files_needs_no_history() throws IOException {
        plumb("baseline", "establish", "--by", "ann");
        plumb("baseline", "export", "base");
        String slower = results("slower.csv", 22, 23, 1.2);

        CapturedRun run = plumb("check", slower, "--baseline", "base", "--store", "none/history.db");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("baselines default, version 1 (from files)");
        assertThat(folder.resolve("none")).doesNotExist();
        assertThat(plumb("check", results("ok.csv", 22, 23, 1), "--baseline", "base", "--store", "none/history.db")
                        .exitCode())
                .isZero();
    }

    @Test
    void a_regression_is_accepted_listed_and_revoked() throws IOException {
        assertThat(plumb("check", results("slower.csv", 22, 23, 1.2)).exitCode())
                .isEqualTo(1);
        assertThat(plumb("accept", "decode").err()).contains("--reason");
        CapturedRun accepted =
                plumb("accept", "decode", "--reason", "agreed", "--by", "ann", "--until", "2026-06-30", "--write");
        JsonNode list = json("accept", "--list", "--json").path("acceptances");

        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        assertThat(list.size()).isEqualTo(1);
        String id = list.get(0).path("id").asString();
        assertThat(folder.resolve("plumbline/acceptances.yaml")).content().contains("- id: \"" + id + '"');
        assertThat(plumb("accept", "--list").out()).contains("2026-06-30 ").doesNotContain("2026-06-30 00:00");
        assertThat(plumb("accept", "--revoke", id, "--by", "bob").out()).contains("revoked");
        assertThat(plumb("baseline", "accept", "--list").out()).contains("revoked");
        assertThat(plumb("accept", "nothing", "--reason", "x").exitCode()).isEqualTo(2);
    }

    @Test
    void what_is_accepted_may_be_named_as_for_explain_and_is_accepted_once() throws IOException {
        String report = plumb("check", results("slower.csv", 22, 23, 1.2), "--as", "json")
                .out();
        double reported = JsonMapper.builder()
                .build()
                .readTree(report)
                .path("findings")
                .valueStream()
                .filter(finding -> finding.path("benchmark").asString().equals("decode"))
                .mapToDouble(
                        finding -> finding.path("effect").path("relativeChange").asDouble())
                .findFirst()
                .orElseThrow();

        assertThat(plumb("accept", "dexode", "--reason", "x").err()).contains("did you mean decode?");
        assertThat(plumb("accept", "*cod*", "--reason", "agreed", "--by", "ann", "--until", "2026-06-30")
                        .exitCode())
                .isZero();
        JsonNode list = json("accept", "--list", "--json").path("acceptances");
        assertThat(list.size()).isEqualTo(1);
        assertThat(list.get(0).path("relativeChange").asDouble())
                .isEqualTo(reported)
                .isBetween(0.15, 0.25);
        assertThat(plumb("accept", "a*", "--reason", "x", "--until", "2026-06-30T12:30:00Z")
                        .out())
                .contains("2026-06-30 12:30 UTC");
        CapturedRun again = plumb("accept", "decod", "--reason", "agreed");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("decod is accepted already, by ann on ", ", until 2026-06-30 (");
    }

    @Test
    void pruning_tells_first_and_then_does() {
        CapturedRun ends = plumb("prune", "--days", "20", "--keep-runs", "0");
        assertThat(ends.out())
                .contains("would delete 6 runs", "kept: 5 old runs with which a level of a series begins or ends");
        CapturedRun dry = plumb("prune", "--days", "20", "--keep-runs", "0", "--level-runs", "0");
        assertThat(dry.out()).contains("would delete 11 runs", "--yes");
        assertThat(json("prune", "--days", "20", "--keep-runs", "0", "--level-runs", "0", "--yes", "--json")
                        .path("runs")
                        .asInt())
                .isEqualTo(11);
        assertThat(plumb("prune", "--days", "20", "--keep-runs", "0").out()).contains("would delete 0 runs");
    }

    @Test
    void a_run_that_should_not_have_been_recorded_is_removed_by_its_commit() throws Exception {
        int runs = json("prune", "--days", "0", "--keep-runs", "0", "--json")
                .path("runs")
                .asInt();
        String commit = "feedbeef00112233445566778899aabbccddeeff";
        String result = folder.resolve("wrong.csv").toString();
        Files.writeString(folder.resolve("wrong.csv"), """
                benchmark,metric,unit,better,value,commit,branch,commit_time
                decode,time,ms,lower,900,%s,main,2026-12-30T10:00:00Z
                """.formatted(commit));
        assertThat(plumb("record", result).exitCode()).isZero();

        CapturedRun dry = plumb("prune", "--run", "feedbeef");
        assertThat(dry.out()).contains("feedbeef00 on main", "would delete 1 run, with 1 measurement", "--yes");
        assertThat(plumb("prune", "--run", "feedbeef", "--yes").out()).contains("deleted 1 run, with 1 measurement");
        assertThat(json("prune", "--days", "0", "--keep-runs", "0", "--json")
                        .path("runs")
                        .asInt())
                .isEqualTo(runs);
        CapturedRun unknown = plumb("prune", "--run", "feedbeef", "--yes");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("no run or commit \"feedbeef\" in the history");
        assertThat(plumb("prune", "--run", "feedbeef", "--days", "3").err()).contains("leave out --days");
    }

    @Test
    void wrong_use_is_told() {
        assertThat(plumb("baseline").exitCode()).isEqualTo(2);
        assertThat(plumb("baseline", "show").exitCode()).isEqualTo(2);
        assertThat(plumb("baseline", "establish", "--name", "a/b").exitCode()).isEqualTo(2);
        assertThat(plumb("baseline", "reset").exitCode()).isEqualTo(2);
        assertThat(plumb("baseline", "import", "nowhere").err()).contains("nowhere");
        assertThat(plumb("check", folder.resolve("history.csv").toString(), "--baseline", "nowhere")
                        .err())
                .contains("no baselines named \"nowhere\"");
        assertThat(plumb("accept", "x", "--reason", "y", "--until", "tomorrow").exitCode())
                .isEqualTo(2);
    }
}
