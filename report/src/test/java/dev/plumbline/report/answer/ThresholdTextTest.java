package dev.plumbline.report.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.calibrate.Sensitivity;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.core.threshold.MetricKind;
import dev.plumbline.core.threshold.ThresholdRule;
import dev.plumbline.report.Examples;
import dev.plumbline.report.Harmless;
import dev.plumbline.report.Sensitivities;
import dev.plumbline.report.terminal.TextStyle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ThresholdTextTest {
    private static final SeriesKey SORT = Examples.key("Sort.quick", Map.of("n", "10"), "time");
    private static final TextStyle WIDE = TextStyle.DEFAULT.withWidth(200);

    private static ThresholdRule margin(String place, double margin) {
        return ThresholdRule.ofMargin(place, ThresholdRule.Scope.ALL, margin);
    }

    private static Sensitivity known(double noise, double detectable) {
        return Sensitivities.of(SORT, noise, OptionalDouble.of(detectable), 1);
    }

    private static String text(Sensitivity sensitivity, ThresholdRule... rules) {
        return ThresholdText.of(Sensitivities.resolved(SORT, rules), 30, Optional.of(sensitivity), WIDE);
    }

    @Test
    void a_series_has_its_names_and_each_threshold_the_place_it_comes_from() {
        assertThat(ThresholdText.of(Sensitivities.resolved(SORT), 0, Optional.empty(), WIDE))
                .isEqualTo("""
                        Sort.quick {n=10} time (kind latency) in 0a1b2c3d4e5f on main
                        The history has 0 runs; the minimum detectable change needs at least 5 runs

                        margin        2 % from default
                        severities    minor 2 %, major 5 %, critical 10 % from default
                        floor         none from default
                        minimum-runs  5 from default
                        """);
    }

    @Test
    void a_list_begins_with_the_middle_and_the_largest_detectable_change() {
        List<ThresholdText.Row> rows = Stream.of(0.05, 0.20, 0.02)
                .map(detectable -> new ThresholdText.Row(SORT, 30, Optional.of(known(0.01, detectable))))
                .toList();

        assertThat(ThresholdText.list(rows, WIDE))
                .startsWith("""
                        Minimum detectable change with one run: 5.0 % (median of 3 series)
                        Largest: 20.0 % for Sort.quick {n=10} time
                        """)
                .contains("≥ 2.0 %")
                .endsWith("rules and details: -v, or the name of one benchmark\n");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 runs", "1, 1 run", "4, 4 runs"})
    void a_history_that_is_too_short_has_its_length_and_what_it_needs(int runs, String counted) {
        ThresholdRule rule = new ThresholdRule(
                "plumbline.yaml:3:5",
                ThresholdRule.Scope.ALL,
                OptionalDouble.empty(),
                Optional.empty(),
                List.of(),
                OptionalInt.of(12));

        assertThat(ThresholdText.of(Sensitivities.resolved(SORT, rule), runs, Optional.empty(), WIDE))
                .contains("The history has " + counted + "; the minimum detectable change needs at least 12 runs\n")
                .contains("minimum-runs  12 from plumbline.yaml:3:5, every series\n")
                .doesNotContain("Noise", "Detection rate");
    }

    @Test
    void the_rule_that_won_comes_first_and_those_it_beat_behind_it_the_strongest_first() {
        ThresholdRule ofKind =
                ThresholdRule.ofMargin("plumbline.yaml:9:3", ThresholdRule.Scope.of(MetricKind.LATENCY), 0.04);

        assertThat(text(known(0.01, 0.05), margin("plumbline.yaml:3:3", 0.03), ofKind, margin("--margin", 0.1)))
                .contains("margin        10 % from --margin, every series; over 4 % from plumbline.yaml:9:3, 3 % from"
                        + " plumbline.yaml:3:3\n");
        assertThat(text(known(0.01, 0.05), margin("plumbline.yaml:3:3", 0.03), ofKind))
                .contains("margin        4 % from plumbline.yaml:9:3, kind latency; over 3 % from"
                        + " plumbline.yaml:3:3\n");
    }

    @Test
    void what_can_be_detected_comes_with_the_noise_and_the_suite() {
        assertThat(text(known(0.013, 0.05)))
                .contains("\nMinimum detectable change: 5 % with 1 run\n")
                .contains("\nNoise 1.3 % over 30 runs; suite of 12 series\n")
                .doesNotContain("× the noise");
    }

    @Test
    void where_no_size_is_detected_the_sentence_begins_with_a_capital_letter() {
        assertThat(text(Sensitivities.of(SORT, 0.5, OptionalDouble.empty(), 0)))
                .contains("\nNo change of any size is detected reliably with 1 run; 5 % with more than 20 runs per"
                        + " commit")
                .contains("\nNoise 50.0 % over 30 runs");
    }

    @ParameterizedTest(name = "noise {0}, detectable {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0.01 | 0.04 | ''",
                "0.01 | 0.041 | 4",
                "0.01 | 0.076 | 8",
                "0.0001 | 0.02 | 200",
            })
    void a_change_much_larger_than_the_noise_is_explained(double noise, double detectable, String times) {
        String text = text(known(noise, detectable));

        if (times.isEmpty()) {
            assertThat(text).doesNotContain("× the noise");
        } else {
            assertThat(text)
                    .contains(times + " × the noise: the limit allows for chance changes in 12 series, and the noise is"
                            + " estimated from only 30 runs.");
        }
    }

    @Test
    void the_change_of_a_series_that_never_moved_is_no_multiple_of_its_noise() {
        assertThat(text(known(0, 0.02)))
                .contains("Minimum detectable change: 2 % with 1 run\n", "Noise 0.0 % over 30 runs")
                .doesNotContain("× the noise");
    }

    @Test
    void one_run_and_one_series_are_no_plural() {
        assertThat(text(Sensitivities.in(known(0.01, 0.05), 1, 1)))
                .contains("Noise 1.0 % over 1 run; suite of 1 series\n")
                .contains("chance changes in 1 series, and the noise is estimated from only 1 run. More runs");
    }

    @Test
    void replayed_runs_have_both_rates_with_their_intervals_and_a_table() {
        Sensitivity known = Sensitivities.replayed(
                known(0.013, 0.05),
                Sensitivities.replay(100, Optional.of(new Proportion(95, 100)), OptionalDouble.of(0.075)));
        String text = text(known);

        assertThat(text)
                .contains("\nFalse-positive rate 5.0 % (2.2 to 11.2 %), suspects 0.0 % (0.0 to 3.7 %): 100 replayed"
                        + " healthy runs\n")
                .contains("\nDetection rate 95.0 % (88.8 to 97.8 %): regressions of 5.0 % injected into the next run of"
                        + " this history\n")
                .endsWith("\nOne run there detects 99 % of changes of 7.5 % and more\n");
        assertThat(text.lines())
                .anyMatch(line -> line.matches(" *size +1 run +5 runs +95 % interval +mean delay"))
                .anyMatch(line -> line.matches(" *2\\.5 % +0 % +5 % +2 % to 11 %"))
                .anyMatch(line -> line.matches(" *10 % +95 % +100 % +96 % to 100 % +1\\.[23]"));
    }

    @Test
    void where_one_run_misses_even_the_largest_changes_no_size_is_named() {
        assertThat(text(Sensitivities.replayed(
                        known(0.013, 0.05),
                        Sensitivities.replay(1, Optional.of(new Proportion(1, 1)), OptionalDouble.empty()))))
                .contains(": 1 replayed healthy run\n")
                .endsWith("\nOne run there does not reliably detect any change up to 100 %\n");
    }

    @Test
    void nothing_replayed_has_no_rate() {
        assertThat(text(Sensitivities.replayed(
                        known(0.013, 0.05),
                        Sensitivities.replay(0, Optional.of(new Proportion(0, 0)), OptionalDouble.empty()))))
                .contains("False-positive rate unknown, suspects unknown: 0 replayed healthy runs\n")
                .contains("Detection rate unknown: regressions of 5.0 %")
                .doesNotContain("NaN");
    }

    @Test
    void at_a_level_of_zero_any_other_value_is_a_change_and_there_is_no_table() {
        assertThat(text(Sensitivities.replayed(
                        known(0, 0.02), Sensitivities.replay(100, Optional.empty(), OptionalDouble.empty()))))
                .endsWith("\nThe level is zero: any other value is a change\n")
                .doesNotContain("Detection rate");
    }

    @Test
    void where_no_size_is_detected_none_was_injected() {
        assertThat(text(Sensitivities.replayed(
                        Sensitivities.of(SORT, 0.5, OptionalDouble.empty(), 0),
                        Sensitivities.replay(100, Optional.empty(), OptionalDouble.empty()))))
                .contains("False-positive rate", "Detection rate by size and runs")
                .doesNotContain("injected", "The level is zero");
    }

    private static Stream<String> hostile() {
        return Examples.HOSTILE.stream().map(name -> name.substring(0, Math.min(1_000, name.length())));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void names_and_places_do_not_act_on_a_terminal(String name) {
        SeriesKey key = Examples.key("b" + name, "m" + name);
        Sensitivity known = Sensitivities.replayed(
                Sensitivities.of(key, 0.01, OptionalDouble.of(0.07), 2),
                Sensitivities.replay(100, Optional.of(new Proportion(95, 100)), OptionalDouble.of(0.075)));

        for (TextStyle style : Harmless.STYLES) {
            Harmless.assertHarmless(
                    ThresholdText.of(
                            Sensitivities.resolved(key, margin("p" + name, 0.03), margin(name + "x", 0.04)),
                            30,
                            Optional.of(known),
                            style),
                    style);
        }
    }
}
