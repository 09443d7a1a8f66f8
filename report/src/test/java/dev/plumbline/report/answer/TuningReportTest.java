package dev.plumbline.report.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.calibrate.Sensitivity;
import dev.plumbline.core.calibrate.Tuning;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.core.threshold.ThresholdRule;
import dev.plumbline.report.Examples;
import dev.plumbline.report.Harmless;
import dev.plumbline.report.Schemas;
import dev.plumbline.report.Sensitivities;
import dev.plumbline.report.terminal.TextStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a search for thresholds came to, with numbers that were made up. */
class TuningReportTest {
    private static final SeriesKey SORT = Examples.key("Sort.quick", "time");
    private static final SeriesKey CSV = Examples.key("Csv.read", "time");
    private static final TextStyle WIDE = TextStyle.DEFAULT.withWidth(300);

    private static Tuning.Measured measured(int alarms, int closed, Map<String, Integer> called, Set<String> lasting) {
        return new Tuning.Measured(new Proportion(alarms, 100), new Proportion(closed, 100), 20, 2, called, lasting);
    }

    private static Tuning.Measured measured(int alarms, int closed) {
        return measured(alarms, closed, Map.of(), Set.of());
    }

    private static Tuning.Proposal proposal(SeriesKey key, double margin) {
        return new Tuning.Proposal(
                key, ThresholdRule.ofMargin("tuned", ThresholdRule.Scope.ALL, margin), 0.02, 7, 100, 0.061);
    }

    private static Tuning.TooNoisy noisy(SeriesKey key, boolean hasRule) {
        return new Tuning.TooNoisy(
                key,
                9,
                100,
                0.31,
                0.1,
                hasRule
                        ? Optional.of(new GateRule(
                                "tuned",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                GateRule.Weight.CONFIRMED))
                        : Optional.empty());
    }

    private static Sensitivity known(SeriesKey key, int runs) {
        return Sensitivities.of(key, 0.013, OptionalDouble.of(0.076), runs);
    }

    private static Tuning.Outcome outcome(
            Tuning.Measured after,
            List<Tuning.Proposal> proposals,
            List<Tuning.TooNoisy> noisy,
            Sensitivity... sensitivities) {
        return new Tuning.Outcome(12, 0, 0.05, 42, measured(12, 8), after, proposals, noisy, List.of(sensitivities));
    }

    private static TuningReport.Result result(Tuning.Outcome outcome, boolean written) {
        return new TuningReport.Result(outcome, Map.of(), Set.of(), "plumbline.tuned.yaml", written);
    }

    private static String text(Tuning.Outcome outcome) {
        return TuningReport.text(result(outcome, false), WIDE);
    }

    private static JsonNode json(TuningReport.Result result) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            TuningReport.writeJson(result, out);
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        String text = out.toString(StandardCharsets.UTF_8);
        Schemas.assertValid("thresholds-schema.json", text);
        return JsonMapper.builder().build().readTree(text);
    }

    @ParameterizedTest(name = "{0} left out")
    @CsvSource({"0, ''", "1, ', 1 left out (too short, or too many)'"})
    void where_nothing_was_replayed_that_is_all(int leftOut, String words) {
        Tuning.Measured none =
                new Tuning.Measured(new Proportion(0, 0), new Proportion(0, 0), 0, 0, Map.of(), Set.of());
        TuningReport.Result result =
                result(new Tuning.Outcome(0, leftOut, 0.05, 42, none, none, List.of(), List.of(), List.of()), false);

        assertThat(TuningReport.text(result, WIDE)).isEqualTo("0 series replayed" + words + "\n");
        JsonNode json = json(result);
        assertThat(json.path("before").has("falseAlarms")).isFalse();
        assertThat(json.path("leftOut").asInt()).isEqualTo(leftOut);
    }

    @Test
    void both_questions_have_their_answers_before_and_after() {
        Map<String, Integer> called = new LinkedHashMap<>();
        called.put("00112233445566778899aabbccddeef1", 2);
        called.put("00112233445566778899aabbccddeef2", 1);
        String text = text(new Tuning.Outcome(
                12,
                3,
                0.05,
                42,
                measured(12, 5, called, Set.of("00112233445566778899aabbccddeef2")),
                measured(4, 0),
                List.of(),
                List.of(),
                List.of(known(SORT, 1), known(CSV, 3))));

        assertThat(text).startsWith("12 series replayed, 3 left out (too short, or too many)\n\n");
        assertThat(text.lines())
                .anyMatch(
                        line -> line.matches("healthy runs that fail the gate +5\\.0 % \\(2\\.2 to 11\\.2 %\\) +0\\.0 %"
                                + " \\(0\\.0 to 3\\.7 %\\)"))
                .anyMatch(line -> line.matches("healthy runs that report a regression +12\\.0 % .* +4\\.0 % .*"))
                .anyMatch(line -> line.matches("your newest 20 runs that fail the gate +2 +2"))
                .anyMatch(line -> line.matches("your newest 20 runs that report a regression +2 +0"));
        assertThat(text)
                .contains("1 of these runs reported only regressions that have lasted since")
                .contains("1 of 2 series detect a change of 5 % with one run, 2 with three runs per commit, 2 with"
                        + " twenty\n");
    }

    @Test
    void nothing_is_proposed_where_the_target_is_met() {
        assertThat(text(outcome(measured(4, 4), List.of(), List.of(), known(SORT, 1))))
                .contains("fewer than 5 % of healthy runs fail the gate: nothing to change\n")
                .endsWith("\nnothing was written\n")
                .doesNotContain("Proposed", "No threshold detects", "have lasted since");
    }

    @Test
    void at_the_target_it_is_not_met() {
        assertThat(text(outcome(measured(5, 5), List.of(), List.of(), known(SORT, 1))))
                .contains("no setting that still detects critical changes brings the gate's false-positive rate below"
                        + " 5 %\n")
                .doesNotContain("nothing to change");
    }

    @Test
    void a_margin_has_what_it_was_and_why_it_is_proposed() {
        assertThat(text(outcome(measured(1, 1), List.of(proposal(SORT, 0.07)), List.of(), known(SORT, 3))))
                .contains(
                        "Proposed margins (1)\n  Sort.quick time: 7 % instead of 2 %; reported in 7 of 100 healthy runs,"
                                + " by up to 6.1 %\n    minimum detectable change: 7.6 % with 1 run, 5 % with 3 runs per commit\n")
                .endsWith("\nnothing was written; add these rules with --write to plumbline.tuned.yaml\n")
                .doesNotContain("No threshold detects", "does not bring");
    }

    @Test
    void a_rule_that_takes_precedence_has_its_place() {
        TuningReport.Result result = new TuningReport.Result(
                outcome(measured(1, 1), List.of(proposal(SORT, 0.07), proposal(CSV, 0.03)), List.of()),
                Map.of(CSV, "plumbline.yaml:12:5"),
                Set.of(),
                "plumbline.tuned.yaml",
                true);
        String text = TuningReport.text(result, WIDE);

        assertThat(text.lines().filter(line -> line.contains("takes precedence")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("  Csv.read time: 3 % instead of 2 %;")
                        .endsWith("; the rule at plumbline.yaml:12:5 takes precedence; change it there"));
        assertThat(text).contains("Proposed margins (2)\n").endsWith("\nwrote plumbline.tuned.yaml\n");
        JsonNode proposals = json(result).path("proposals");
        assertThat(proposals.path(0).path("overruledBy").isNull()).isTrue();
        assertThat(proposals.path(1).path("overruledBy").asString()).isEqualTo("plumbline.yaml:12:5");
    }

    @Test
    void a_series_that_is_too_noisy_for_a_margin_gets_a_weight() {
        TuningReport.Result result = new TuningReport.Result(
                outcome(measured(1, 1), List.of(), List.of(noisy(SORT, true), noisy(CSV, false))),
                Map.of(),
                Set.of(),
                "plumbline.tuned.yaml",
                false);

        assertThat(TuningReport.text(result, WIDE))
                .contains("A margin would hide critical changes here; a second run decides instead (2)\n")
                .contains("  Sort.quick time: weight confirmed; reported in 9 of 100 healthy runs, by up to 31.0 %;"
                        + " critical changes begin at 10 %\n")
                .contains("  Csv.read time: its weight already keeps a single run from failing the gate; reported")
                .contains("with the weight \"confirmed\"")
                .endsWith("; add these rules with --write to plumbline.tuned.yaml\n");
        JsonNode noisy = json(result).path("tooNoisy");
        assertThat(noisy.path(0).path("weight").asString()).isEqualTo("confirmed");
        assertThat(noisy.path(1).path("weight").isNull()).isTrue();
        assertThat(noisy.path(0).path("critical").asDouble()).isEqualTo(0.1);
    }

    @Test
    void a_weight_that_another_rule_overrules_has_no_effect_until_that_is_changed() {
        TuningReport.Result result = new TuningReport.Result(
                outcome(measured(1, 1), List.of(proposal(CSV, 0.04)), List.of(noisy(SORT, true))),
                Map.of(),
                Set.of(SORT),
                "plumbline.tuned.yaml",
                false);

        assertThat(TuningReport.text(result, WIDE))
                .contains("\n\nA margin would hide critical changes here; a second run decides instead (1)\n")
                .contains("Sort.quick time: weight confirmed is proposed, but a rule in gate.rules or an option takes"
                        + " precedence; reported");
        assertThat(json(result).path("tooNoisy").path(0).path("overruled").asBoolean())
                .isTrue();
    }

    @Test
    void without_rules_to_write_nothing_is_offered() {
        assertThat(text(outcome(measured(1, 1), List.of(), List.of(noisy(SORT, false)))))
                .endsWith("\nnothing was written\n");
    }

    @Test
    void proposals_that_do_not_reach_the_target_say_what_is_left_to_do() {
        assertThat(text(outcome(measured(9, 8), List.of(proposal(SORT, 0.07)), List.of())))
                .contains("this does not bring the gate's false-positive rate below 5 %; \"weight: advisory\"")
                .doesNotContain("still reported");
        assertThat(text(outcome(measured(9, 1), List.of(proposal(SORT, 0.07)), List.of())))
                .contains("regressions are still reported in more than 5 % of healthy runs, without failing the gate\n")
                .doesNotContain("does not bring");
    }

    @Test
    void series_that_no_rule_helps_have_their_noise_and_the_runs_they_need() {
        String text = text(outcome(
                measured(1, 1),
                List.of(proposal(SORT, 0.07)),
                List.of(),
                known(SORT, 3),
                known(CSV, 4),
                known(Examples.key("Fast.one", "time"), 1),
                Sensitivities.of(Examples.key("Wild.one", "time"), 0.8, OptionalDouble.empty(), 0)));

        assertThat(text)
                .contains("No threshold detects 5 % with one run here; use more runs per commit or quieter hardware"
                        + " (2)\n")
                .contains("1 of 4 series detect a change of 5 % with one run, 2 with three runs per commit, 3 with"
                        + " twenty\n");
        assertThat(text.lines())
                .anyMatch(line -> line.matches("Csv\\.read +time +1\\.3 % +7\\.6 % +4"))
                .anyMatch(line -> line.matches("Wild\\.one +time +80\\.0 % +nothing +more than 20"))
                .noneMatch(line -> line.matches("(Sort\\.quick|Fast\\.one) +time +1\\.3 %.*"));
    }

    @ParameterizedTest(name = "{0} series, verbose: {1}")
    @CsvSource({"20, false, 20", "21, false, 20", "30, false, 20", "30, true, 30"})
    void of_many_such_series_twenty_are_shown_and_all_where_asked(int series, boolean verbose, int shown) {
        Sensitivity[] all = IntStream.range(0, series)
                .mapToObj(i -> known(Examples.key("Bench%02d".formatted(i), "time"), 4))
                .toArray(Sensitivity[]::new);
        String text = TuningReport.text(
                result(outcome(measured(1, 1), List.of(), List.of(), all), false), WIDE.withVerbose(verbose));

        assertThat(text.lines().filter(line -> line.startsWith("Bench"))).hasSize(shown);
        assertThat(text).contains("quieter hardware (" + series + ")\n");
        assertThat(text.contains("and " + (series - shown) + " more; list all with -v\n"))
                .isEqualTo(shown < series);
    }

    @Test
    void a_program_gets_every_number_of_the_search() {
        Map<String, Integer> called = new LinkedHashMap<>();
        called.put("00112233445566778899aabbccddeef1", 2);
        JsonNode json = json(result(
                new Tuning.Outcome(
                        12,
                        3,
                        0.05,
                        42,
                        measured(12, 5, called, called.keySet()),
                        measured(4, 0),
                        List.of(proposal(SORT, 0.07)),
                        List.of(),
                        List.of(known(SORT, 3))),
                true));

        assertThat(json.path("schema").asString()).isEqualTo("plumbline-tuning/1");
        assertThat(json.path("seed").asInt()).isEqualTo(42);
        assertThat(json.path("series").asInt()).isEqualTo(12);
        assertThat(json.path("target").asDouble()).isEqualTo(0.05);
        assertThat(json.path("met").asBoolean()).isTrue();
        assertThat(json.path("before").path("falseAlarms").path("hits").asInt()).isEqualTo(12);
        assertThat(json.path("before").path("closed").path("hits").asInt()).isEqualTo(5);
        assertThat(json.path("after").path("closed").path("hits").asInt()).isZero();
        assertThat(json.path("before").path("runsClosed").asInt()).isEqualTo(2);
        JsonNode first = json.path("before").path("called").path(0);
        assertThat(first.path("run").asString()).isEqualTo("00112233445566778899aabbccddeef1");
        assertThat(first.path("regressions").asInt()).isEqualTo(2);
        assertThat(first.path("lasting").asBoolean()).isTrue();
        JsonNode proposal = json.path("proposals").path(0);
        assertThat(proposal.path("series").asString()).isEqualTo(SORT.id());
        assertThat(proposal.path("margin").asDouble()).isEqualTo(0.07);
        assertThat(proposal.path("before").asDouble()).isEqualTo(0.02);
        assertThat(proposal.path("largest").asDouble()).isEqualTo(0.061);
        assertThat(json.path("sensitivities").path(0).path("words").asString())
                .isEqualTo("minimum detectable change: 7.6 % with 1 run, 5 % with 3 runs per commit");
        assertThat(json.path("file").asString()).isEqualTo("plumbline.tuned.yaml");
        assertThat(json.path("written").asBoolean()).isTrue();
    }

    private static Stream<String> hostile() {
        return Examples.HOSTILE.stream().map(name -> name.substring(0, Math.min(1_000, name.length())));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void names_and_places_do_not_act_on_a_terminal_and_make_a_document(String name) {
        SeriesKey one = Examples.key("a" + name, "m" + name);
        SeriesKey two = Examples.key("b" + name, "m" + name);
        SeriesKey three = Examples.key("c" + name, "m" + name);
        TuningReport.Result result = new TuningReport.Result(
                outcome(
                        measured(9, 8),
                        List.of(proposal(one, 0.07)),
                        List.of(noisy(two, true)),
                        known(one, 3),
                        known(two, 3),
                        known(three, 4)),
                Map.of(one, name),
                Set.of(two),
                "f" + name,
                true);

        for (TextStyle style : Harmless.STYLES) {
            Harmless.assertHarmless(TuningReport.text(result, style), style);
        }
        assertThat(json(result).path("file").asString()).hasSameSizeAs("f" + name);
    }
}
