package dev.plumbline.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.gate.Budget;
import dev.plumbline.core.gate.FixedRule;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.Roles;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.pipeline.config.yaml.Mistake;
import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
    private static final String FULL = """
        branch: develop
        environment: "ci-linux"
        store: history/runs.db
        policy:
          margin: 3 %
          severities: {minor: 3%, major: 0.06, critical: 12 %}
          confidence: 99 %
          suite-error-rate: 0.01
          minimum-runs: 8
        gate:
          block-at: critical
          on-suspect: hold
          on-inconclusive: close
          on-new: hold
          on-incomparable: hold
          on-copied: hold
          on-missing: PASS
          on-too-good: pass
          too-good: 10
          grace: 12
          confirm: "./bench {benchmarks}"
          confirm-runs: 3
          confirm-timeout: 90 s
          rules:
            - {benchmark: "Api.*", weight: critical}
            - {metric: gc.*, weight: Advisory}
          budgets:
            - benchmark: Api.*
              metric: p99
              at-most: 200 ms
            - {at-least: 10 ops/s, at-most: 1e6 ops/s}
          rule: fixed
          fixed-change: 5 %
          fixed-deviations: 2
          fixed-runs: 10
        baseline:
          use: release
          name: release
          window: 60 d
          runs: 50
          minimum-runs: 12
          widest-interval: 5 %
          hold-runs: 8
          maximum-age: 30 d
          maximum-revisions: 100
        history:
          keep: 365 d
          keep-runs: 20
        cumulative: release
        reruns: latest
        project: parser
        server: none
        on-unreachable: fail
        """;

    @TempDir
    private Path folder;

    private Configuration read(String text) throws IOException {
        return ConfigurationFile.read(Files.writeString(folder.resolve("plumbline.yaml"), text), folder);
    }

    private List<String> mistakes(String text) {
        WrongConfiguration wrong = catchThrowableOfType(WrongConfiguration.class, () -> read(text));
        assertThat(wrong).as(text).isNotNull();
        assertThat(wrong.getMessage())
                .isEqualTo(wrong.mistakes().stream().map(Mistake::toString).collect(Collectors.joining("\n")));
        return wrong.mistakes().stream().map(Mistake::toString).toList();
    }

    @Test
    void roles_of_metrics_follow_those_of_the_tools_and_what_is_wrong_is_told_with_its_place() throws IOException {
        Configuration read = read("""
            metrics:
              - metric: gc.count
                role: primary
              - benchmark: "Api.*"
                metric: "*"
                role: Context
            gate:
              budgets:
                - {metric: gc.time, at-most: 5 ms}
            """);
        SeriesKey count = new SeriesKey(Benchmark.of("sort"), "gc.count", "here", "main");
        SeriesKey time = new SeriesKey(Benchmark.of("sort"), "gc.time", "here", "main");
        SeriesKey rate = new SeriesKey(Benchmark.of("sort"), "gc.alloc.rate", "here", "main");
        SeriesKey api = new SeriesKey(Benchmark.of("Api.get"), "time", "here", "main");

        Map<SeriesKey, Roles.Decision> roles = read.roles().among(List.of(count, time, rate, api));
        assertThat(roles.get(count).role()).isEqualTo(Role.PRIMARY);
        assertThat(roles.get(count).rule().orElseThrow().name()).isEqualTo("plumbline.yaml:2:5");
        assertThat(roles.get(time).role()).as("a budget asks of it").isEqualTo(Role.SECONDARY);
        assertThat(roles.get(rate).role()).isEqualTo(Role.CONTEXT);
        assertThat(roles.get(api).role()).isEqualTo(Role.CONTEXT);
        assertThat(read.thresholds(read.policy()).roles()).isEqualTo(read.roles());
        assertThat(mistakes("metrics:\n  - metric: a\n    role: main\n"))
                .singleElement()
                .asString()
                .contains("plumbline.yaml:3:11", "primary", "secondary", "context");
        assertThat(mistakes("metrics:\n  - role: primary\n"))
                .singleElement()
                .asString()
                .contains("metric");
    }

    @Test
    void without_a_file_everything_is_at_its_default() throws IOException {
        Configuration none = ConfigurationFile.find(folder, folder);

        assertThat(none).isSameAs(Configuration.DEFAULT);
        assertThat(none.policy().policy()).isEqualTo(Policy.DEFAULT);
        assertThat(none.gate().policy(Policy.DEFAULT)).isEqualTo(GatePolicy.DEFAULT);
        assertThat(none.storeFile()).isEmpty();
        assertThat(none.settings())
                .allSatisfy(setting -> assertThat(setting.origin()).isEqualTo(new Origin.Default()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing yet\n", "---\n", "{}", "~"})
    void a_file_that_says_nothing_changes_nothing(String text) throws IOException {
        assertThat(read(text).settings())
                .hasSameSizeAs(Configuration.DEFAULT.settings())
                .allSatisfy(setting -> assertThat(setting.origin()).isEqualTo(new Origin.Default()));
    }

    private static Optional<NamePattern> pattern(String text) {
        return Optional.of(new NamePattern(text));
    }

    private static Budget budget(Budget.Side side, double limit) {
        return new Budget("plumbline.yaml:31:7", Optional.empty(), Optional.empty(), side, limit, Unit.of("ops/s"));
    }

    @Test
    void mistakes_in_rules_and_budgets_of_the_gate_are_told_where_they_stand() throws IOException {
        assertThat(mistakes("""
            gate:
              grace: -1
              rules:
                - weight: critcal
                  benchmark: a
                - weight: muted
                - benchmark: b
              budgets:
                - at-most: fast
                - metric: time
                - at-moste: 3 ms
                  at-least: 1 ms
            """))
                .containsExactly(
                        "plumbline.yaml:2:10: gate.grace: \"-1\" is not a whole number from 0 to 100000",
                        "plumbline.yaml:4:15: gate.rules[1].weight: \"critcal\" must be one of critical, normal,"
                                + " confirmed, advisory, muted; did you mean \"critical\"?",
                        "plumbline.yaml:6:7: gate.rules[2] needs the key \"benchmark\" or \"metric\"; \"*\" means all",
                        "plumbline.yaml:7:7: gate.rules[3] needs the key \"weight\"",
                        "plumbline.yaml:9:16: gate.budgets[1].at-most: \"fast\": a limit is a number and a unit: 200"
                                + " ms, 1.5 GiB, 1000 ops/s",
                        "plumbline.yaml:10:7: gate.budgets[2] needs the key \"at-most\" or \"at-least\"",
                        "plumbline.yaml:11:7: unknown key \"at-moste\" in gate.budgets[3]; did you mean \"at-most\"?");
    }

    @Test
    void a_budget_that_nothing_can_meet_is_a_mistake() throws IOException {
        assertThat(mistakes("""
            gate:
              budgets:
                - {at-most: 99 ms, at-least: 0.15 s}
                - {at-most: 5, at-least: 5}
                - {at-most: 1 ms, at-least: 5 MB}
            """))
                .containsExactly(
                        "plumbline.yaml:3:24: gate.budgets[1]: no value is at least 0.15 s and at most" + " 99 ms");
    }

    @Test
    void the_history_s_file_lies_in_the_folder_of_the_configuration_links_followed() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path project = Files.createDirectory(folder.resolve("project"));
        Path file = project.resolve("plumbline.yaml");
        Files.createSymbolicLink(project.resolve("out"), elsewhere);
        Files.createSymbolicLink(project.resolve("dangling.db"), elsewhere.resolve("new.db"));
        Files.createSymbolicLink(project.resolve("in"), Files.createDirectory(project.resolve("deep")));

        for (String outside : List.of(
                "../x.db",
                "../project2/x.db",
                "deep/../../x.db",
                "new/../../x.db",
                "out/x.db",
                "out/new/x.db",
                "in/../../x.db",
                "dangling.db",
                elsewhere.resolve("x.db").toString())) {
            Files.writeString(file, "branch: a\nstore: " + outside + "\n");
            Configuration read = ConfigurationFile.read(file, project);

            assertThatThrownBy(read::storeFile)
                    .as(outside)
                    .isInstanceOf(WrongConfiguration.class)
                    .hasMessage("plumbline.yaml:2:8: store: \"" + outside
                            + "\" lies outside the folder of this file; name a file inside, or use --store FILE");
        }
        for (String inside : List.of("x.db", "new/x.db", "new/../x.db", "in/x.db", "../project/x.db")) {
            Files.writeString(file, "store: " + inside + "\n");

            assertThat(ConfigurationFile.read(file, project).storeFile()).contains(project.resolve(inside));
        }
    }

    @Test
    void every_key_is_read_and_knows_its_place() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), FULL);
        Configuration read = ConfigurationFile.find(folder, folder);

        assertThat(read.branch().value()).contains("develop");
        assertThat(read.environment().value()).contains("ci-linux");
        assertThat(read.storeFile()).contains(folder.resolve("history/runs.db"));
        assertThat(read.project().value()).contains("parser");
        assertThat(read.policy().policy()).isEqualTo(new Policy(0.03, new Severities(0.03, 0.06, 0.12), 0.99, 0.01, 8));
        assertThat(read.gate().policy(Policy.DEFAULT))
                .isEqualTo(new GatePolicy(
                                Severity.CRITICAL,
                                GatePolicy.Effect.HOLD,
                                GatePolicy.Effect.CLOSE,
                                GatePolicy.Effect.HOLD,
                                GatePolicy.Effect.PASS,
                                GatePolicy.Effect.PASS,
                                10,
                                12,
                                List.of(
                                        new GateRule(
                                                "plumbline.yaml:25:7",
                                                pattern("Api.*"),
                                                Optional.empty(),
                                                GateRule.Weight.CRITICAL),
                                        new GateRule(
                                                "plumbline.yaml:26:7",
                                                Optional.empty(),
                                                pattern("gc.*"),
                                                GateRule.Weight.ADVISORY)),
                                List.of(
                                        new Budget(
                                                "plumbline.yaml:28:7",
                                                pattern("Api.*"),
                                                pattern("p99"),
                                                Budget.Side.AT_MOST,
                                                200,
                                                Unit.of("ms")),
                                        budget(Budget.Side.AT_MOST, 1e6),
                                        budget(Budget.Side.AT_LEAST, 10)))
                        .withFixed(Optional.of(new FixedRule(FixedRule.Kind.SHARE, 0.05, 10))));
        assertThat(read.gate().confirming().line()).contains("./bench {benchmarks}");
        assertThat(read.gate().confirming().runs().value()).isEqualTo(3);
        assertThat(read.gate().confirming().timeout().value()).isEqualTo(Duration.ofSeconds(90));
        assertThat(read.settings())
                .allSatisfy(setting -> assertThat(setting.origin()).isInstanceOf(Origin.File.class));
        assertThat(read.policy().margin().origin()).hasToString("plumbline.yaml:5:11");
        assertThat(read.policy().major().origin()).hasToString("plumbline.yaml:6:34");
        assertThat(read.policy().minor().key()).isEqualTo("policy.severities.minor");
        assertThat(read.policy().minor().shown()).isEqualTo("3 %");
        assertThat(read.gate().of(GateSetting.ON_MISSING).shown()).isEqualTo("pass");
    }

    @Test
    void what_an_option_says_wins() throws IOException {
        PolicySection section = read(FULL).policy().unless(Optional.of(0.05), Optional.empty(), Optional.of(20));

        assertThat(section.policy().margin()).isEqualTo(0.05);
        assertThat(section.policy().confidence()).isEqualTo(0.99);
        assertThat(section.policy().minimumRuns()).isEqualTo(20);
        assertThat(section.margin().origin()).hasToString("--margin");
        assertThat(section.confidence().origin()).hasToString("plumbline.yaml:7:15");
    }

    @Test
    void all_mistakes_are_told_in_the_order_of_their_places() {
        assertThat(mistakes("""
            brunch: main
            policy:
              margn: 2 %
              confidence: 5
              minimum-runs: many
              minimum-runs: 4
            gate:
              block-at: majr
              on-missing: [close]
              too-good:
            something: else
            """))
                .containsExactly(
                        "plumbline.yaml:1:1: unknown key \"brunch\"; did you mean \"branch\"?",
                        "plumbline.yaml:3:3: unknown key \"margn\" in policy; did you mean \"margin\"?",
                        "plumbline.yaml:4:15: policy.confidence: \"5\" is not a percentage; write 5 % or 0.05",
                        "plumbline.yaml:5:17: policy.minimum-runs: \"many\" is not a whole number from 3 to 100000",
                        "plumbline.yaml:6:3: the key \"minimum-runs\" is already in line 5",
                        "plumbline.yaml:8:13: gate.block-at: \"majr\" must be one of any, minor, major,"
                                + " critical; did you mean \"major\"?",
                        "plumbline.yaml:9:15: gate.on-missing must be a single value, not a list",
                        "plumbline.yaml:10:12: gate.too-good has no value; remove the key or give it one",
                        "plumbline.yaml:11:1: unknown key \"something\"");
    }

    @Test
    void severities_that_do_not_rise_contradict_each_other() {
        assertThat(mistakes("policy:\n  severities:\n    major: 20 %\n"))
                .containsExactly(
                        "plumbline.yaml:3:5: severities must increase: major (20 %, plumbline.yaml:3:12) must be"
                                + " below critical (10 %, default)");
        assertThat(mistakes("policy:\n  severities:\n    minor: 6 %\n    major: 4 %\n"))
                .containsExactly("plumbline.yaml:4:5: severities must increase: minor (6 %, plumbline.yaml:3:12)"
                        + " must be below major (4 %, plumbline.yaml:4:12)");
        assertThat(mistakes("policy:\n  severities:\n    minor: 30 %\n    major: 20 %\n"))
                .containsExactly(
                        "plumbline.yaml:4:5: severities must increase: minor (30 %, plumbline.yaml:3:12) must be"
                                + " below major (20 %, plumbline.yaml:4:12)");
    }

    @Test
    void a_severity_that_cannot_be_read_contradicts_nothing() {
        assertThat(mistakes("policy:\n  severities:\n    minor: 6 %\n    major: 8\n    critical: 7 %\n"))
                .containsExactly("plumbline.yaml:4:12: policy.severities.major: \"8\" is not a percentage; write 8 % or"
                        + " 0.08");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        - a                        | 1:1: a configuration must be a map of keys, not a list
        just words                 | 1:1: a configuration must be a map of keys, not one value
        policy: 3                  | 1:9: policy must be a map of keys, not one value
        store: "a\\0b"             | 1:8: store: "a\\u0000b" is longer than 1000 characters or has control
        branch: ""                 | 1:9: branch: the text is blank
        branch: !!str main         | 1:9: tags such as "tag:yaml.org,2002:str" are not supported
        branch: *main              | 1:9: no anchor above is named &main
        ? [a, b]: c                | 1:3: a key must be one word, not a list
        policy: {margin: 2         | 1:9: this { is never closed with }; the line is "policy: {margin: 2"
        branch: [a, b              | 1:9: this [ is never closed with ]; the line is "branch: [a, b"
        branch: [a, b}             | 1:14: missing comma between entries, or missing ]
        branch: "main              | 1:9: this quote is never closed; the line is
        a: b: c                    | 1:5: second ": " in one value, or the line is indented too far
        branch: @main              | 1:9: a value cannot start with this character; quote it
        branch: "a" b              | 1:13: not a key of the map above: wrong indentation, or text after
        a: 1\\n b: 2               | 2:3: second ": " in one value, or the line is indented too far
        a:\\n  b: 1\\n c: 2        | 3:2: not a key of the map above: wrong indentation
        a:\\n\\tb: 1               | 2:1: found a tab; indent with spaces; the line is "\\tb: 1"
        a: 1\\nb\\nc: 2            | 2:1: missing colon and space after the key, as in "margin: 2 %"
        a: - b                     | 1:4: a list cannot start here; put each "- entry" on its own line
        """)
    void a_wrong_form_is_told_with_its_place(String text, String expected) {
        String lines = text.replace("\\n", "\n").replace("\\t", "\t");
        assertThat(mistakes(lines).get(0))
                .startsWith("plumbline.yaml:" + expected)
                .doesNotContain("<", "scalar", "token", "mapping");
    }

    @Test
    void mistakes_in_a_mapping_are_told_with_their_places() {
        assertThat(mistakes("""
            mappings:
              one:
                files: ["a", "[b"]
                records: runs
                benchmark: $name
                parameter: {a: b}
                metrics:
                  - {unit: ms}
                  - {value: $.a, mean: $.b}
                  - {values: $.a, count: $.n}
                  - {value: $.a, better: up}
                  - {mean: $.a, center: mean, percentiles: {high: $.p}}
              two:
                benchmark: $.name
                time-format: 'HH:mm'
              three:
                benchmark: name
                time-format: 'bad'
                metrics: {value: time_secs}
            """))
                .containsExactly(
                        "plumbline.yaml:3:18: mappings.one.files: \"[b\": not a pattern of file names: Missing ']",
                        "plumbline.yaml:4:14: mappings.one.records: \"runs\": a path begins with $, as in $.runs[*]",
                        "plumbline.yaml:5:16: mappings.one.benchmark: \"$name\": a path goes on with .name, [\"name\"],"
                                + " [0] or [*], not with \"name\"",
                        "plumbline.yaml:6:5: unknown key \"parameter\" in mappings.one; did you mean \"parameters\"?",
                        "plumbline.yaml:8:9: mappings.one.metrics[1] needs one of the keys value, values, mean, median",
                        "plumbline.yaml:9:9: mappings.one.metrics[2] needs one of the keys value, values, mean, median,"
                                + " not value and mean",
                        "plumbline.yaml:10:10: mappings.one.metrics[3].values are raw values; leave out the"
                                + " summary",
                        "plumbline.yaml:11:22: mappings.one.metrics[4].better must be lower, higher or a path",
                        "plumbline.yaml:12:21: mappings.one.metrics[5].center is for raw values",
                        "plumbline.yaml:12:35: mappings.one.metrics[5].percentiles needs keys from 0 to 100",
                        "plumbline.yaml:14:5: mappings.two needs the key \"metrics\"",
                        "plumbline.yaml:15:18: mappings.two.time-format: \"HH:mm\": a time pattern needs year,"
                                + " month and day, such as yyyyMMdd_HHmmss",
                        "plumbline.yaml:18:18: mappings.three.time-format: \"bad\": no pattern of times: Unknown"
                                + " pattern letter: b",
                        "plumbline.yaml:19:22: mappings.three.metrics[1].value: \"time_secs\": not a number; a"
                                + " path begins with $, as in $.samples");
    }

    @Test
    void a_second_document_and_strange_characters_are_told() {
        assertThat(mistakes("branch: a\n---\nbranch: b\n"))
                .containsExactly("plumbline.yaml:2:1: a second document starts here; a configuration has only one");
        assertThat(mistakes("branch: a\nstore: x\u0007\n"))
                .containsExactly("plumbline.yaml:2:9: the file contains a character that YAML does not allow");
    }

    @Test
    void aliases_work_and_columns_count_characters() throws IOException {
        Configuration read =
                read("gate: {on-suspect: &what \"\\u0068old\", on-missing: *what}\npolicy: {margin: 1 %} # 𝒳\n");

        assertThat(read.gate().policy(Policy.DEFAULT).onMissing()).isEqualTo(GatePolicy.Effect.HOLD);
        assertThat(mistakes("{𝒳: 1}")).containsExactly("plumbline.yaml:1:2: unknown key \"\\ud835\\udcb3\"");
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void a_bomb_of_aliases_is_refused_while_it_is_small() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            String previous = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [" + (previous + ", ").repeat(9) + previous + "]\n");
        }
        assertThat(mistakes(bomb.toString())).singleElement().asString().contains("more than 200000 values");
        assertThat(mistakes("a: &a [*a]")).singleElement().asString().contains("no anchor above is named &a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "a: &b ", "!", "|", "\"", "'", "%", ": ", "*a ", "\n ", "{", ","})
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void a_long_file_of_one_sign_ends_in_a_mistake(String sign) {
        WrongConfiguration wrong = catchThrowableOfType(
                WrongConfiguration.class, () -> read("policy: " + sign.repeat(100_000 / sign.length())));

        assertThat(wrong == null ? "accepted" : wrong.getMessage()).as(sign).matches("(?s)accepted|plumbline.yaml:.*");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void whatever_a_file_holds_it_is_read_or_refused_with_a_place() throws IOException {
        long seed = 20260101;
        Random random = new Random(seed);
        byte[] full = FULL.getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("plumbline.yaml");
        for (int round = 0; round < 500; round++) {
            byte[] bytes = full.clone();
            for (int change = 0; change < 1 + random.nextInt(4); change++) {
                bytes[random.nextInt(bytes.length)] = (byte)
                        (random.nextInt(4) == 0
                                ? random.nextInt(256)
                                : "{}[]:,-&*!|>'\"%@?# \n\t~a1".charAt(random.nextInt(24)));
            }
            Files.write(file, bytes);
            try {
                ConfigurationFile.read(file, folder);
            } catch (WrongConfiguration e) {
                assertThat(e.getMessage())
                        .as("seed %d, round %d", seed, round)
                        .matches("(?s)plumbline.yaml:\\d+:\\d+: .*");
            }
        }
    }

    @Test
    void what_is_no_configuration_file_is_refused() throws IOException {
        Files.writeString(folder.resolve("plumbline.yml"), "branch: main\n");
        assertThatThrownBy(() -> ConfigurationFile.find(folder, folder))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("name it plumbline.yaml");
        assertThatThrownBy(() -> ConfigurationFile.read(folder.resolve("absent.yaml"), folder))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> ConfigurationFile.read(folder, folder))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is a folder");

        Path latin = Files.write(folder.resolve("latin.yaml"), "branch: Zweig-ä".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ConfigurationFile.read(latin, folder))
                .hasMessage("latin.yaml:1:1: the file is not UTF-8;" + " convert it");
        Path large = Files.writeString(folder.resolve("large.yaml"), "# ".repeat(1 << 20));
        assertThatThrownBy(() -> ConfigurationFile.read(large, folder))
                .hasMessage("large.yaml:1:1: the file is larger than 1 MiB");
    }

    @ParameterizedTest
    @CsvSource({
        "30 d,P30D,30 d",
        "12h,PT12H,12 h",
        "90 min,PT90M,90 min",
        "14 d,P14D,2 w",
        "0 s,PT0S,0 s",
        "90s,PT90S,90 s"
    })
    void lengths_of_time_are_read_and_written(String text, Duration duration, String written) {
        assertThat(Kind.duration().read(text)).isEqualTo(duration);
        assertThat(Kind.duration().write(duration)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "d", "-1 d", "1.5 h", "3 months", "9999999 d", "1 D"})
    void what_is_no_length_of_time_is_refused(String text) {
        assertThatThrownBy(() -> Kind.duration().read(text)).hasMessageContaining("is not a duration");
    }

    @ParameterizedTest
    @CsvSource({
        "2 %,0.02,2 %",
        "2%,0.02,2 %",
        "0.02,0.02,2 %",
        "0,0,0 %",
        ".5,0.5,50 %",
        "1e-3,0.001,0.1 %",
        "99.95 %,0.9995,99.95 %"
    })
    void shares_are_read_and_written(String text, double share, String written) {
        assertThat(Kind.share().read(text)).isEqualTo(share);
        assertThat(Kind.share().write(share)).isEqualTo(written);
    }

    @Test
    void a_share_that_lacks_its_sign_is_proposed_in_the_digits_it_was_written_in() {
        assertThatThrownBy(() -> Kind.share().read("99.9"))
                .hasMessage("\"99.9\" is not a percentage; write 99.9 % or 0.999");
    }

    @Test
    void a_negative_limit_is_called_that() {
        assertThat(mistakes("gate:\n  budgets:\n    - at-most: -5 ms\n"))
                .containsExactly("plumbline.yaml:3:16: gate.budgets[1].at-most: \"-5 ms\": a limit is not negative");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "100 %", "-1 %", "NaN", "0x1p-3", "1d", "", "%", "1e999", "1e-9999", "2 % %", "0,02"})
    void what_is_no_share_is_refused(String text) {
        assertThatThrownBy(() -> Kind.share().read(text))
                .hasMessageContaining("is not a percentage; write 2 % or" + " 0.02");
    }

    @Test
    void reads_the_rules_of_thresholds_in_order_and_options_win() throws IOException {
        Configuration read = read("""
            policy: {margin: 3 %}
            thresholds:
              - benchmark: "Sort.*"
                kind: latency
                margin: 4 %
                severities: {minor: 4 %, major: 8 %, critical: 16 %}
                floor: [50 ns]
                minimum-runs: 12
              - environment: ci-*
                floor: 1 us
            """);
        SeriesKey sort = new SeriesKey(Benchmark.of("Sort.quick"), "time", "ci-linux", "main");
        SeriesKey other = new SeriesKey(Benchmark.of("Search"), "rss", "lab", "main");

        Thresholds thresholds = read.thresholds(read.policy());

        assertThat(thresholds.of(sort, Unit.of("ns")))
                .isEqualTo(new Policy(0.04, new Severities(0.04, 0.08, 0.16), 0.95, 0.05, 12, 1000));
        assertThat(thresholds.of(other, Unit.of("MiB")).margin()).isEqualTo(0.10);
        assertThat(thresholds.of(other, Unit.of("ms")).margin()).isEqualTo(0.03);
        assertThat(thresholds
                        .resolve(sort, Unit.of("ns"))
                        .decisions()
                        .get(0)
                        .winner()
                        .orElseThrow()
                        .rule()
                        .name())
                .isEqualTo("plumbline.yaml:3:5");
        Thresholds withOption =
                read.thresholds(read.policy().unless(Optional.of(0.2), Optional.empty(), Optional.of(30)));
        assertThat(withOption.of(sort, Unit.of("ns")).margin()).isEqualTo(0.2);
        assertThat(withOption.of(sort, Unit.of("ns")).minimumRuns()).isEqualTo(30);
        assertThat(withOption.of(sort, Unit.of("ns")).severities().major()).isEqualTo(0.08);
    }

    @Test
    void tells_of_rules_of_thresholds_that_contradict_or_say_nothing() {
        assertThat(mistakes("""
            thresholds:
              - {benchmark: a, margin: 4 %}
              - {benchmark: a, margin: 5 %}
              - {benchmark: b}
              - {kind: memory, floor: 3 ns}
              - {severities: {minor: 5 %, major: 4 %, critical: 9 %}}
              - {metric: m, severities: {minor: 1 %, major: 4 %}}
              - {kind: speed, margin: 4 %}
              - {marign: 4 %, minimum-runs: 5}
              - {floor: [1 ns, 1 us]}
            """))
                .containsExactly(
                        "plumbline.yaml:3:20: thresholds[2] sets margin for benchmark a, and so does the rule at"
                                + " plumbline.yaml:2:5; remove one of them",
                        "plumbline.yaml:4:5: thresholds[3] sets nothing; it needs margin, severities, floor or"
                                + " minimum-runs",
                        "plumbline.yaml:5:20: thresholds[4].floor: 3 ns is not an amount of the kind memory",
                        "plumbline.yaml:6:18: thresholds[5].severities: severities must increase: minor < major"
                                + " < critical",
                        "plumbline.yaml:7:29: thresholds[6].severities needs the key \"critical\"",
                        "plumbline.yaml:8:12: thresholds[7].kind: \"speed\" must be one of latency, throughput,"
                                + " memory, loss, work, counter",
                        "plumbline.yaml:9:6: unknown key \"marign\" in thresholds[8]; did you mean \"margin\"?",
                        "plumbline.yaml:10:6: thresholds[9].floor: two floors for the same kind of unit");
    }
}
