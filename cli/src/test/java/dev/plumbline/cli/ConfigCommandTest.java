package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.ConfigurationFile;
import dev.plumbline.pipeline.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigCommandTest {
    private static final Path DOCS = Path.of("..", "docs");

    @TempDir
    private Path folder;

    private void configure(String text) throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), text);
    }

    private static JsonNode setting(JsonNode answer, String key) {
        return answer.get("settings")
                .valueStream()
                .filter(setting -> setting.get("key").asString().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void every_setting_is_shown_with_where_it_comes_from() throws IOException {
        configure("branch: develop\npolicy:\n  margin: 4 %\n  confidence: 99 %\n");
        CapturedRun run = CapturedRun.of(folder, "config", "--margin", "3%", "--store", "x.db");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().toList())
                .anyMatch(line -> line.matches("branch +develop +plumbline\\.yaml:1:9"))
                .anyMatch(line -> line.matches("store +x\\.db +--store"))
                .anyMatch(line -> line.matches("policy\\.margin +3 % +--margin"))
                .anyMatch(line -> line.matches("policy\\.confidence +99 % +plumbline\\.yaml:4:15"))
                .anyMatch(line -> line.matches("gate\\.block-at +major +default"));
    }

    @Test
    void settings_are_numbers_for_programs() throws IOException {
        configure("policy: {margin: 4 %}\n");
        JsonNode answer = JsonMapper.builder()
                .build()
                .readTree(CapturedRun.of(folder, "config", "--json").out());

        assertThat(answer.get("schema").asString()).isEqualTo("plumbline-settings/1");
        assertThat(answer.get("file").asString())
                .isEqualTo(folder.resolve("plumbline.yaml").toString());
        assertThat(setting(answer, "policy.margin").get("value").asDouble()).isEqualTo(0.04);
        assertThat(setting(answer, "policy.margin").get("origin").asString()).isEqualTo("plumbline.yaml:1:18");
        assertThat(setting(answer, "gate.block-at").get("value").asString()).isEqualTo("major");
        assertThat(setting(answer, "branch").get("value").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check x.csv",
                "record x.csv",
                "compare x.csv x.csv",
                "history",
                "explain x",
                "calibrate",
                "config"
            })
    void a_mistake_stops_every_command_before_it_does_anything(String command) throws IOException {
        configure("policy:\n  treshold: 2 %\ngate: {block-at: mayor}\n");
        Files.writeString(folder.resolve("x.csv"), "benchmark,value,unit\na,1,ms\n");
        CapturedRun run = CapturedRun.of(folder, command.split(" "));

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo("plumb: plumbline.yaml:2:3: unknown key \"treshold\" in policy\nplumb:"
                        + " plumbline.yaml:3:18: gate.block-at: \"mayor\" must be one of any, minor, major,"
                        + " critical; did you mean \"major\"?\n");
        assertThat(folder.resolve(".plumbline")).doesNotExist();
    }

    @Test
    void a_history_outside_of_the_repository_is_written_only_where_an_option_names_it() throws IOException {
        Path repository =
                Files.createDirectories(folder.resolve("repository/.git")).getParent();
        Files.writeString(repository.resolve("plumbline.yaml"), "store: ../other.db\n");
        String result = Files.writeString(folder.resolve("one.csv"), "benchmark,value,unit\na,1,ms\n")
                .toString();

        CapturedRun refused = CapturedRun.of(repository, "record", result);
        CapturedRun asked = CapturedRun.of(repository, "record", result, "--store", "../mine.db");

        assertThat(refused.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(refused.err()).startsWith("plumb: plumbline.yaml:1:8: store: \"../other.db\" lies outside");
        assertThat(folder.resolve("other.db")).doesNotExist();
        assertThat(asked.exitCode()).as(asked.err()).isZero();
        assertThat(folder.resolve("mine.db")).exists();
    }

    @Test
    void the_file_decides_where_no_option_does() throws IOException {
        StringBuilder history = new StringBuilder("benchmark,value,unit,commit,commit_time\n");
        for (int i = 0; i < 20; i++) {
            history.append(String.format(
                    Locale.ROOT, "a,%s,ms,c%d,2026-01-%02dT00:00:00Z%n", 100 + 0.1 * (i * 7 % 11), i, i + 1));
        }
        Files.writeString(folder.resolve("old.csv"), history);
        Files.writeString(
                folder.resolve("new.csv"),
                "benchmark,value,unit,commit,commit_time\na,107,ms,n,2026-01-30T00:00:00Z\n");
        Files.createDirectories(folder.resolve("below"));
        Files.createDirectories(folder.resolve(".git"));
        configure("store: deep/runs.db\nenvironment: lab\ngate: {block-at: critical}\n");

        assertThat(CapturedRun.of(folder, "record", folder.resolve("old.csv").toString())
                        .exitCode())
                .isZero();
        assertThat(folder.resolve("deep/runs.db")).exists();
        CapturedRun open = CapturedRun.of(
                folder.resolve("below"), "check", folder.resolve("new.csv").toString());
        assertThat(open.exitCode()).as(open.out() + open.err()).isZero();
        assertThat(open.out()).contains("in environment lab", "PASS", "1 major regression in this change");
        CapturedRun closed = CapturedRun.of(
                folder.resolve("below"), "check", folder.resolve("new.csv").toString(), "--block-at", "major");
        assertThat(closed.exitCode()).as(closed.out() + closed.err()).isEqualTo(ExitCode.CLOSED);
    }

    @Test
    void a_dry_run_shows_what_would_be_read_and_stores_nothing() throws IOException {
        configure("""
            mappings:
              mine:
                files: "*.out"
                benchmark: $.case
                parameters: {threads: $.threads}
                commit: $.rev
                metrics: {unit: ms, value: $.ms}
            """);
        Files.writeString(folder.resolve("a.out"), "case,threads,rev,ms\nencode,4,abc,12.5\nencode,8,abc,x\n");
        CapturedRun run = CapturedRun.of(
                folder, "record", "--dry-run", folder.resolve("a.out").toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("encode {threads=4}", "12.5 ms", "abc", "would be read: 1 measurement in 1 run");
        assertThat(run.err()).contains("a.out:3: benchmark \"encode {threads=8}\"", "is no finite number");
        assertThat(folder.resolve(".plumbline")).doesNotExist();

        Files.move(folder.resolve("a.out"), folder.resolve("a.txt"));
        String moved = folder.resolve("a.txt").toString();
        assertThat(CapturedRun.of(folder, "record", moved).exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(CapturedRun.of(folder, "record", moved, "--mapping", "mine").out())
                .startsWith("recorded 1 measurement in 1 run");
        assertThat(CapturedRun.of(folder, "check", moved, "--mapping", "yours").err())
                .startsWith("plumb: unknown mapping 'yours'; the configuration has mine");
        assertThat(CapturedRun.of(folder, "compare", moved, moved, "--mapping", "mine", "--as", "text")
                        .out())
                .contains("encode {threads=4} time");
        assertThat(CapturedRun.of(folder, "analyze", moved, "--mapping", "mine").exitCode())
                .isZero();
    }

    @Test
    void the_schema_in_the_documentation_knows_every_key_and_no_other() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(DOCS.resolve("configuration.schema.json")), InputFormat.JSON);
        String document = Files.readString(DOCS.resolve("configuration.md"));
        String example =
                document.substring(document.indexOf("```yaml") + 7, document.indexOf("```\n\nThe section `mappings`"));
        String mappings =
                document.substring(document.indexOf("```yaml\nmappings") + 7, document.indexOf("```\n\n| written"));

        assertThat(schema.validate(example, InputFormat.YAML))
                .as("the documentation's example")
                .isEmpty();
        assertThat(schema.validate(mappings, InputFormat.YAML))
                .as("the documentation's mapping")
                .isEmpty();
        String gate = document.substring(document.indexOf("```yaml\ngate:") + 7, document.indexOf("```\n\nA rule in"));
        assertThat(schema.validate(gate, InputFormat.YAML))
                .as("the documentation's rules and budgets")
                .isEmpty();
        configure(gate);
        assertThat(ConfigurationFile.read(folder.resolve("plumbline.yaml"), folder)
                        .gate()
                        .rules())
                .hasSize(2);
        String measuring = Files.readString(DOCS.resolve("measuring.md"));
        String suites = measuring.substring(
                measuring.indexOf("```yaml\nsuites") + 7, measuring.indexOf("```\n\n`plumb run startup"));
        assertThat(schema.validate(suites, InputFormat.YAML))
                .as("the documentation's suites")
                .isEmpty();
        assertThat(schema.validate("suites: {one: {shell: a, jmh: b}}", InputFormat.YAML))
                .isNotEmpty();
        configure(suites);
        assertThat(ConfigurationFile.read(folder.resolve("plumbline.yaml"), folder)
                        .suites())
                .hasSize(4);
        configure(mappings);
        assertThat(ConfigurationFile.read(folder.resolve("plumbline.yaml"), folder)
                        .mappings()
                        .all())
                .hasSize(1);
        configure(example);
        Configuration read = ConfigurationFile.read(folder.resolve("plumbline.yaml"), folder);
        assertThat(read.settings())
                .as("the example names every setting, at its default")
                .allSatisfy(setting -> assertThat(setting.origin().toString()).startsWith("plumbline.yaml:"));
        assertThat(read.policy().policy())
                .isEqualTo(Configuration.DEFAULT.policy().policy());
        assertThat(read.gate().policy(Policy.DEFAULT))
                .isEqualTo(Configuration.DEFAULT.gate().policy(Policy.DEFAULT));
        for (Setting<?> setting : read.settings()) {
            String last = setting.key().substring(setting.key().lastIndexOf('.') + 1);
            assertThat(document).as("the documentation").contains(last);
        }
        assertThat(schema.validate("polic: 3", InputFormat.YAML)).isNotEmpty();
        assertThat(schema.validate("policy: {margin: 3}", InputFormat.YAML))
                .extracting(Error::getInstanceLocation)
                .isNotEmpty();
        assertThat(schema.validate("gate: {block-at: huge}", InputFormat.YAML)).isNotEmpty();
    }

    @Test
    void rules_for_some_series_are_told_the_tuned_ones_too() throws IOException {
        Files.createDirectories(folder.resolve("plumbline"));
        Files.writeString(
                folder.resolve("plumbline/tuned.yaml"),
                "thresholds:\n  - {benchmark: wild, metric: time, margin: 8.3 %}\n");
        Files.writeString(folder.resolve("plumbline.yaml"), """
            thresholds:
              - {kind: latency, floor: 50 ns}
              - {benchmark: b*, severities: {minor: 5 %, major: 10 %, critical: 20 %}}
            """);

        CapturedRun run = CapturedRun.of(folder, "config");

        assertThat(run.out().replaceAll("\\s+", " "))
                .containsSubsequence(
                        " the default of memory: kind memory, margin 10 %",
                        " plumbline/tuned.yaml:2:5: benchmark wild, metric time, margin 8.3 %",
                        " plumbline.yaml:2:5: kind latency, floor 50 ns",
                        " plumbline.yaml:3:5: benchmark b*, severities minor 5 %, major 10 %, critical 20 %");
        assertThat(CapturedRun.of(folder, "config", "--json").out())
                .contains("\"value\": \"benchmark wild, metric time, margin 8.3 %\"");
    }

    @Test
    void weights_and_budgets_of_the_gate_are_told_the_tuned_ones_and_those_of_options_too() throws IOException {
        Files.createDirectories(folder.resolve("plumbline"));
        Files.writeString(
                folder.resolve("plumbline/tuned.yaml"),
                "gate:\n  rules:\n    - {benchmark: jumpy, metric: time, weight: confirmed}\n");
        configure("""
            gate:
              rules:
                - {benchmark: "Api.*", weight: critical}
              budgets:
                - {metric: p99, at-most: 200 ms}
            """);

        CapturedRun run = CapturedRun.of(folder, "config", "--muted", "*Sort*");

        assertThat(run.out().replaceAll("\\s+", " "))
                .containsSubsequence(
                        " gate weights of some series; the last match wins",
                        " plumbline/tuned.yaml:3:7: benchmark jumpy, metric time, weight confirmed",
                        " plumbline.yaml:3:7: benchmark Api.*, weight critical",
                        " --muted: benchmark *Sort*, weight muted",
                        " budgets; all of them apply",
                        " plumbline.yaml:5:7: metric p99, at-most 200 ms");
        JsonNode answer = JsonMapper.builder()
                .build()
                .readTree(CapturedRun.of(folder, "config", "--json").out());
        assertThat(setting(answer, "gate.rules").get("origin").asString()).isEqualTo("plumbline/tuned.yaml:3:7");
        assertThat(setting(answer, "gate.budgets").get("value").asString()).isEqualTo("metric p99, at-most 200 ms");
    }
}
