package dev.plumbline.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.core.model.Better;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlumblineTest {
    private static final Plumbline PLUMBLINE = Plumbline.withDefaults();

    @Test
    void a_slower_sample_is_a_regression_with_its_size() {
        Change change = PLUMBLINE.compare(noise(1, 12, 100), noise(2, 12, 115));
        assertThat(change.outcome()).isEqualTo(Outcome.REGRESSED);
        assertThat(change.severity()).isEqualTo(Severity.CRITICAL);
        Size size = change.size().orElseThrow();
        assertThat(size.relativeChange()).isBetween(0.13, 0.17);
        assertThat(size.low()).isLessThan(size.relativeChange());
        assertThat(size.high()).isGreaterThan(size.relativeChange());
        assertThat(size.confidence()).isEqualTo(0.95);
        assertThat(change.pValue().orElseThrow()).isLessThan(0.001);
    }

    @Test
    void the_same_numbers_are_an_improvement_where_higher_is_better() {
        Change change = PLUMBLINE.withBetter(Better.HIGHER).compare(noise(1, 12, 100), noise(2, 12, 115));
        assertThat(change.outcome()).isEqualTo(Outcome.IMPROVED);
        assertThat(change.severity()).isEqualTo(Severity.NONE);
    }

    @Test
    void a_change_below_the_margin_is_no_change() {
        double[] before = noise(1, 40, 100);
        double[] after = Arrays.stream(before).map(value -> value * 1.03).toArray();
        assertThat(PLUMBLINE.compare(before, after).outcome()).isEqualTo(Outcome.REGRESSED);
        assertThat(PLUMBLINE.withMargin(0.05).compare(before, after).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void values_of_one_process_count_once() {
        // the processes differ by 3 %, their own values hardly: ten values of one process are not ten processes
        List<double[]> before = processes(3, 100, 97, 103);
        List<double[]> after = processes(4, 103, 100, 106);
        assertThat(PLUMBLINE.compareProcesses(before, after).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(PLUMBLINE.compare(joined(before), joined(after)).outcome()).isEqualTo(Outcome.REGRESSED);
    }

    @Test
    void one_value_a_side_is_inconclusive() {
        assertThat(PLUMBLINE.compare(new double[] {1}, new double[] {2}).outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void a_run_is_judged_against_its_history() {
        double[] history = noise(5, 30, 100);
        assertThat(PLUMBLINE.judge(history, 120).outcome()).isEqualTo(Outcome.REGRESSED);
        assertThat(PLUMBLINE.judge(history, 100).outcome()).isIn(Outcome.UNCHANGED, Outcome.INCONCLUSIVE);
        assertThat(PLUMBLINE.judge(history, 80).outcome()).isEqualTo(Outcome.IMPROVED);
        assertThat(PLUMBLINE.judge(history, 100).detectableChange().orElseThrow())
                .isBetween(0.03, 0.15);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void a_young_history_is_inconclusive(int runs) {
        Change change = PLUMBLINE.judge(noise(6, runs, 100), 150);
        assertThat(change.outcome()).isIn(Outcome.INCONCLUSIVE, Outcome.SUSPECTED);
    }

    @Test
    void a_suite_is_judged_together_and_answers_for_what_was_measured() {
        Map<String, double[]> histories = new TreeMap<>();
        Map<String, double[]> newest = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            double[] values = noise(10 + i, 31, 100);
            histories.put("b" + i, Arrays.copyOf(values, 30));
            newest.put("b" + i, new double[] {values[30] * (i == 7 ? 1.2 : 1)});
        }
        histories.put("gone", noise(99, 30, 5));
        newest.put("new", new double[] {3});
        Map<String, Change> changes = PLUMBLINE.judge(histories, newest);
        assertThat(changes).hasSize(21).doesNotContainKey("gone");
        assertThat(changes.get("new").outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(changes.entrySet().stream()
                        .filter(entry -> entry.getValue().outcome() == Outcome.REGRESSED)
                        .map(Map.Entry::getKey))
                .containsExactly("b7");
    }

    @Test
    void change_points_are_found_where_the_level_moved() {
        double[] values = noise(20, 60, 100);
        for (int i = 40; i < 60; i++) {
            values[i] *= 1.1;
        }
        List<ChangePoint> changes = PLUMBLINE.changePoints(values);
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).index()).isBetween(39, 41);
        assertThat(changes.get(0).confirmed()).isTrue();
        assertThat(changes.get(0).size().relativeChange()).isBetween(0.08, 0.12);
        assertThat(PLUMBLINE.changePoints(noise(21, 60, 100))).isEmpty();
        assertThat(PLUMBLINE.changePoints(new double[0])).isEmpty();
        assertThat(PLUMBLINE.changePoints(new double[] {1})).isEmpty();
    }

    @Test
    void calibration_has_both_sides() {
        Map<String, double[]> histories = Map.of("a", noise(30, 40, 100), "b", noise(31, 40, 10));
        ErrorRates rates = PLUMBLINE.calibrate(histories, 60);
        assertThat(rates.healthyRuns()).isEqualTo(60);
        assertThat(rates.falsePositiveRate()).isLessThan(0.1);
        assertThat(rates.detections())
                .filteredOn(found -> found.size() == 0.15 && found.runs() == 3)
                .singleElement()
                .satisfies(found -> assertThat(found.rate()).isGreaterThan(0.9));
        assertThat(rates.detectableChanges()).containsOnlyKeys("a", "b");
        assertThat(PLUMBLINE.calibrate(histories, 60)).isEqualTo(rates);
    }

    @Test
    void what_is_no_number_is_refused_with_its_place() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLUMBLINE.judge(new double[] {1, 2, Double.NaN}, 3))
                .withMessage("value 2 is NaN, not a finite number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLUMBLINE.changePoints(new double[] {Double.POSITIVE_INFINITY}));
        assertThatIllegalArgumentException().isThrownBy(() -> PLUMBLINE.judge(new double[] {1, 2, 3}));
        assertThatIllegalArgumentException().isThrownBy(() -> PLUMBLINE.compare(new double[0], new double[] {1}));
        assertThatIllegalArgumentException().isThrownBy(() -> PLUMBLINE.withMargin(1));
        assertThatIllegalArgumentException().isThrownBy(() -> PLUMBLINE.withFalsePositiveRate(0));
    }

    private static double[] noise(long seed, int count, double level) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = level * (1 + 0.01 * random.nextGaussian());
        }
        return values;
    }

    private static List<double[]> processes(long seed, double... levels) {
        return Arrays.stream(levels)
                .mapToObj(level -> Arrays.stream(noise(seed, 10, level))
                        .map(value -> level + (value - level) / 10)
                        .toArray())
                .toList();
    }

    private static double[] joined(List<double[]> processes) {
        return processes.stream().flatMapToDouble(Arrays::stream).toArray();
    }
}
