package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings as one document, out of one repository and into another. */
class SettingsExchangeTest {
    private static final String CONFIGURATION = """
        # what we agreed on in May
        branch: develop

        policy:            # kept to the letter
          margin: 3 %
        # the rules
        thresholds:
          - benchmark: "a: \\"b\\" # c\\\\*"
            margin: 4 %
            floor: [50 ns, 4 KiB]
          - {kind: memory, severities: {minor: 5 %, major: 10 %, critical: 20 %}, minimum-runs: 12}

        # the gate
        gate:
          too-good: 7.5
          rules: [{benchmark: "a*", environment: ci, weight: confirmed}, {metric: gc, weight: muted}]
          budgets: [{metric: p99, at-most: 200 ms, at-least: 1 ms}]
        """;

    @TempDir
    private Path folder;

    private CapturedRun plumb(String directory, String... arguments) {
        return CapturedRun.of(folder.resolve(directory), arguments);
    }

    private Path directory(String name, String configuration) throws IOException {
        Path directory = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(directory.resolve(".git"));
        if (!configuration.isEmpty()) {
            Files.writeString(directory.resolve("plumbline.yaml"), configuration);
        }
        return directory;
    }

    @Test
    void what_is_exported_is_imported_elsewhere_and_exported_alike() throws IOException {
        Path here = directory("here", CONFIGURATION);
        Path there = directory("there", "# ours\nbranch: trunk\n\nreruns: best # so\n");
        for (boolean json : new boolean[] {false, true}) {
            String file =
                    there.resolve(json ? "settings.json" : "settings.yaml").toString();
            CapturedRun exported = json
                    ? plumb("here", "threshold", "export", file, "--json")
                    : plumb("here", "threshold", "export", file);
            assertThat(exported.exitCode()).as(exported.err()).isZero();
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(Path.of("..", "docs", "configuration.schema.json")), InputFormat.JSON);
            assertThat(schema.validate(Files.readString(Path.of(file)), json ? InputFormat.JSON : InputFormat.YAML))
                    .isEmpty();
        }

        CapturedRun dry = plumb("there", "threshold", "import", "settings.json");
        assertThat(dry.out())
                .contains("policy.margin: 2 %, then 3 %", "reruns: best, then pool", "apply it with --write")
                .contains("gate.rules: no entries, then 2 entries", "gate.budgets: no entries, then 2 entries");
        assertThat(there.resolve("plumbline.yaml")).hasContent("# ours\nbranch: trunk\n\nreruns: best # so\n");

        CapturedRun written = plumb("there", "threshold", "import", "settings.json", "--write");
        assertThat(written.exitCode()).as(written.err()).isZero();
        assertThat(Files.readString(there.resolve("plumbline.yaml")))
                .startsWith("# ours\nbranch: trunk\n\nreruns: pool\n");
        assertThat(plumb("there", "threshold", "export").out())
                .isEqualTo(plumb("here", "threshold", "export").out());
        assertThat(plumb("there", "threshold", "import", "settings.yaml", "--write")
                        .out())
                .contains("nothing to change");
        assertThat(plumb(
                                "here",
                                "threshold",
                                "import",
                                there.resolve("settings.yaml").toString(),
                                "--write")
                        .out())
                .contains("nothing to change");
        assertThat(here.resolve("plumbline.yaml")).hasContent(CONFIGURATION);
    }

    @Test
    void sections_without_a_difference_keep_comments_and_order() throws IOException {
        Path here = directory("here", CONFIGURATION);
        Files.writeString(here.resolve("new.yaml"), "gate: {block-at: minor}\n");

        assertThat(plumb("here", "threshold", "import", "new.yaml", "--write").exitCode())
                .isZero();

        assertThat(Files.readString(here.resolve("plumbline.yaml")))
                .startsWith(CONFIGURATION.substring(0, CONFIGURATION.indexOf("gate:")))
                .endsWith("""
                    gate:
                      too-good: 7.5
                      rules:
                        - benchmark: "a*"
                          environment: ci
                          weight: confirmed
                        - metric: gc
                          weight: muted
                      budgets:
                        - metric: p99
                          at-most: 200 ms
                        - metric: p99
                          at-least: 1 ms
                      block-at: minor
                    """);
    }

    @Test
    void mistakes_are_told_with_line_and_column_and_nothing_changes() throws IOException {
        Path here = directory("here", CONFIGURATION);
        Files.writeString(here.resolve("wrong.yaml"), """
            branch: main
            policy:
              margni: 3 %
              severities: {minor: 5 %, major: 4 %}
            thresholds:
              - {benchmark: a, margin: 3 %}
              - {benchmark: a, margin: 4 %}
              - {kind: latency, floor: 4 KiB}
            gate: {confirm: "a stranger's command"}
            """);

        CapturedRun run = plumb("here", "threshold", "import", "wrong.yaml", "--write");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("wrong.yaml:1:1: \"branch\" is not a judging setting")
                .contains("wrong.yaml:3:3: unknown key \"margni\"", "did you mean \"margin\"?")
                .contains("wrong.yaml:4:28: severities must increase")
                .contains("wrong.yaml:7:20: thresholds[2] sets margin for benchmark a, and so does the rule at")
                .contains("wrong.yaml:8:21: thresholds[3].floor: 4 KiB is not an amount of the kind latency")
                .contains("wrong.yaml:9:17: \"gate.confirm\" is a command and cannot be imported");
        assertThat(here.resolve("plumbline.yaml")).hasContent(CONFIGURATION);
        assertThat(plumb("here", "threshold", "import", "nothing.yaml").exitCode())
                .isEqualTo(2);
        Files.writeString(here.resolve("plumbline.yaml"), "{policy: {margin: 3 %}}\n");
        Files.writeString(here.resolve("new.yaml"), "gate: {block-at: minor}\n");
        assertThat(plumb("here", "threshold", "import", "new.yaml", "--write").err())
                .contains("plumbline.yaml:1:2: sections can only be replaced if each key starts a line");
    }
}
