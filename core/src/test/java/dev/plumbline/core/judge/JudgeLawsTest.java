package dev.plumbline.core.judge;

import static dev.plumbline.core.judge.trial.Trials.DURATION;
import static dev.plumbline.core.judge.trial.Trials.THROUGHPUT;
import static dev.plumbline.core.judge.trial.Trials.noisy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict.Kind;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every suite, over fixed seeds. */
class JudgeLawsTest {
    private static final int RUNS = 50;

    private static List<Finding> judge(List<Trial> suite) {
        return new Judge(Policy.DEFAULT).judge(suite);
    }

    /** Values by series and run, the newest ones to be judged. */
    private static double[][] values(long seed, int series) {
        double[] noise = {0.01, 0.02, 0.005};
        return IntStream.range(0, series)
                .mapToObj(i -> noisy(1000 * seed + i, RUNS + 1, 100, noise[i % 3]))
                .toArray(double[][]::new);
    }

    private static List<Trial> trials(double[][] values) {
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            trials.add(DURATION.called("b" + i).trial(Arrays.copyOf(values[i], RUNS), values[i][RUNS]));
        }
        return trials;
    }

    /** What may become of one series. */
    private enum Event {
        REGRESSION(each -> each[RUNS] *= 1.3),
        IMPROVEMENT(each -> each[RUNS] *= 0.7),
        SPIKE(each -> each[30] *= 1.5),
        FAST_RUN(each -> each[30] *= 0.6),
        STEP(each -> {
            for (int i = 25; i < each.length; i++) {
                each[i] *= 1.2;
            }
        }),
        LATE_STEP(each -> {
            for (int i = RUNS - 3; i < each.length; i++) {
                each[i] *= 0.8;
            }
        }),
        NOISE(each -> {
            Random random = new Random(1);
            for (int i = 0; i < each.length; i++) {
                each[i] *= Math.exp(0.05 * random.nextGaussian());
            }
        });

        private final Consumer<double[]> change;

        Event(Consumer<double[]> change) {
            this.change = change;
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_becomes_of_one_series_hardly_moves_what_others_can_detect(Event event) {
        List<Double> ratios = new ArrayList<>();
        for (int seed = 0; seed < 6; seed++) {
            for (int series : new int[] {6, 20}) {
                double[][] values = values(seed, series);
                List<Finding> before = judge(trials(values));
                event.change.accept(values[0]);
                List<Finding> after = judge(trials(values));
                for (int i = 1; i < series; i++) {
                    double was = before.get(i).detectableChange().orElseThrow();
                    double now = after.get(i).detectableChange().orElseThrow();
                    ratios.add(Math.max(was / now, now / was));
                }
            }
        }
        Collections.sort(ratios);

        // a slow odd run teaches the suite how large its odd runs are; nothing else that one series does moves others
        int counted = (int) ((event == Event.SPIKE ? 0.9 : 1) * ratios.size());
        assertThat(ratios.get(counted - 1)).as("the largest of %d", counted).isLessThan(1.2);
        assertThat(ratios.get(ratios.size() - 1)).as("the largest of all").isLessThan(1.4);
    }

    /** Values of a young suite, all of them a tenth slower in one of the last runs. */
    private static double[][] young(long seed, int series, int runs, double factor) {
        double[][] values = values(seed, series);
        for (double[] each : values) {
            System.arraycopy(each, 0, each, RUNS - runs, runs);
            each[RUNS - 4] *= factor;
        }
        return Arrays.stream(values)
                .map(each -> Arrays.copyOfRange(each, RUNS - runs, RUNS + 1))
                .toArray(double[][]::new);
    }

    private static List<Finding> judgeYoung(double[]... values) {
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            int runs = values[i].length - 1;
            trials.add(DURATION.called("b" + i).trial(Arrays.copyOf(values[i], runs), values[i][runs]));
        }
        return judge(trials);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 12, 30})
    void a_run_that_was_off_as_a_whole_hardly_moves_what_a_young_suite_detects(int runs) {
        List<Double> ratios = new ArrayList<>();
        for (int seed = 0; seed < 6; seed++) {
            for (int series : new int[] {6, 20}) {
                List<Finding> before = judgeYoung(young(seed, series, runs, 1));
                List<Finding> after = judgeYoung(young(seed, series, runs, 1.1));
                for (int i = 0; i < series; i++) {
                    ratios.add(after.get(i).detectableChange().orElse(9)
                            / before.get(i).detectableChange().orElse(9));
                }
            }
        }
        Collections.sort(ratios);

        // it was 20 times as much and more
        assertThat(ratios.get(ratios.size() / 2)).isLessThan(1.2);
        assertThat(ratios.get(ratios.size() - 1)).isLessThan(2);
    }

    @Test
    void a_second_run_that_is_off_as_a_whole_is_called_in_no_series() {
        int called = 0;
        for (int seed = 0; seed < 10; seed++) {
            double[][] values = young(seed, 12, 14, 1.1);
            for (double[] each : values) {
                each[14] *= 1.1;
            }
            called += (int) judgeYoung(values).stream()
                    .filter(finding -> finding.verdict().kind() == Kind.REGRESSED)
                    .count();
        }

        assertThat(called).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void what_was_called_and_not_accepted_is_called_at_each_of_the_next_ten_checks(Event event) {
        for (int seed = 0; seed < 6; seed++) {
            double[][] values = values(seed, 8);
            event.change.accept(values[3]);
            List<Point> called = new ArrayList<>(Trials.points(Arrays.copyOf(values[0], RUNS)));
            Random random = new Random(seed);
            for (int check = 0; check <= 10; check++) {
                List<Trial> suite = trials(values);
                suite.set(0, DURATION.called("b0").trial(called, 108 * (1 + 0.01 * random.nextGaussian())));
                Trial first = suite.get(0);
                assertThat(judge(suite).get(0).verdict().kind())
                        .as("seed %d, check %d", seed, check)
                        .isEqualTo(Kind.REGRESSED);
                called.add(first.candidate().get(0).asJudgedBad());
                // the other series go on
                for (int i = 1; i < values.length; i++) {
                    System.arraycopy(values[i], 1, values[i], 0, RUNS);
                    values[i][RUNS] = values[i][RUNS - 1] * (1 + 0.005 * random.nextGaussian());
                }
            }
        }
    }

    @Test
    void more_runs_of_the_same_level_hardly_ever_weaken_a_regression() {
        int weakened = 0;
        int compared = 0;
        for (int seed = 0; seed < 60; seed++) {
            double[][] values = values(seed, 4);
            double[] candidate = noisy(5000 + seed, 12, 106, 0.01);
            boolean before = false;
            for (int runs = 1; runs <= 12; runs++) {
                List<Trial> suite = trials(values);
                suite.set(
                        0, DURATION.called("b0").trial(Arrays.copyOf(values[0], RUNS), Arrays.copyOf(candidate, runs)));
                boolean isCalled = judge(suite).get(0).verdict().kind() == Kind.REGRESSED;
                compared += before ? 1 : 0;
                weakened += before && !isCalled ? 1 : 0;
                before = isCalled;
            }
        }

        assertThat(compared).isGreaterThan(500);
        assertThat(weakened).isLessThanOrEqualTo(compared / 100);
    }

    @Test
    void the_order_of_the_trials_changes_nothing() {
        for (int seed = 0; seed < 10; seed++) {
            double[][] values = values(seed, 12);
            values[0][RUNS] *= 1.1;
            values[5][RUNS] *= 1.04;
            List<Trial> suite = trials(values);
            List<Trial> shuffled = new ArrayList<>(suite);
            Collections.shuffle(shuffled, new Random(seed));

            List<Finding> ordered = judge(suite);
            List<Finding> other = judge(shuffled);

            for (int i = 0; i < suite.size(); i++) {
                assertAlike(other.get(shuffled.indexOf(suite.get(i))), ordered.get(i), 1e-6);
            }
        }
    }

    /** The same verdict, and all numbers alike but for a relative rounding. */
    private static void assertAlike(Finding actual, Finding expected, double rounding) {
        assertThat(actual.verdict().kind()).isEqualTo(expected.verdict().kind());
        assertThat(actual.isSuspect()).isEqualTo(expected.isSuspect());
        assertThat(actual.severity()).isEqualTo(expected.severity());
        assertNear(actual.pValue().orElse(1), expected.pValue().orElse(1), rounding);
        assertNear(
                actual.detectableChange().orElse(9), expected.detectableChange().orElse(9), Math.max(2e-3, rounding));
    }

    private static void assertNear(double actual, double expected, double rounding) {
        assertThat(actual).isEqualTo(expected, within(rounding * expected + 1e-12));
    }

    @Test
    void in_another_unit_a_series_has_the_same_verdict_and_so_have_the_others() {
        for (int seed = 0; seed < 10; seed++) {
            double[][] values = values(seed, 8);
            values[0][RUNS] *= 1 + 0.01 * seed;
            values[1][RUNS] *= 1.05;
            List<Trial> suite = trials(values);
            List<Finding> before = judge(suite);
            for (double factor : new double[] {1e-6, 1024, 1e9}) {
                suite.set(0, Trials.mapped(trials(values).get(0), value -> value * factor));
                List<Finding> after = judge(suite);
                for (int i = 0; i < 8; i++) {
                    assertAlike(after.get(i), before.get(i), 0.01);
                }
            }
        }
    }

    @Test
    void a_rate_is_judged_as_its_duration_is_with_the_other_sign() {
        for (int seed = 0; seed < 10; seed++) {
            for (double change : new double[] {0.8, 0.93, 0.97, 1, 1.03, 1.07, 1.25}) {
                double[][] values = values(seed, 6);
                values[0][RUNS] *= change;
                List<Trial> durations = trials(values);
                List<Trial> rates = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    rates.add(THROUGHPUT
                            .called("b" + i)
                            .trial(
                                    Trials.mapped(Arrays.copyOf(values[i], RUNS), value -> 1e6 / value),
                                    1e6 / values[i][RUNS]));
                }
                Finding duration = judge(durations).get(0);
                Finding rate = judge(rates).get(0);
                assertThat(rate.verdict().kind())
                        .as("seed %d, change %s", seed, change)
                        .isEqualTo(duration.verdict().kind());
                double one = duration.verdict().effect().orElseThrow().relativeChange();
                double other = rate.verdict().effect().orElseThrow().relativeChange();
                assertThat((1 + one) * (1 + other)).isEqualTo(1, within(1e-6));
            }
        }
    }
}
