package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepScanTest {
    @Test
    void finds_a_step_at_the_first_value_of_the_new_level() {
        Steps steps = StepScan.analyze(series(1, 0.01, 60, 0, 30, 0.10));

        assertThat(indices(steps)).containsExactly(60);
        Step step = steps.steps().get(0);
        assertThat(step.tier()).isEqualTo(Tier.CONFIRMED);
        assertThat(step.before()).isCloseTo(100, within(0.5));
        assertThat(step.after()).isCloseTo(110, within(0.6));
        assertThat(step.relativeChange()).isCloseTo(step.after() / step.before() - 1, within(1e-12));
        assertThat(step.low()).isLessThan(0.10).isGreaterThan(0.09);
        assertThat(step.high()).isGreaterThan(0.10).isLessThan(0.11);
        assertThat(step.pValue()).isLessThan(1e-10);
        assertThat(step.firstIndex()).isEqualTo(60);
        assertThat(step.lastIndex()).isEqualTo(60);
    }

    @Test
    void every_check_of_a_confirmed_step_is_on_its_ladder_and_passed() {
        Step step = StepScan.analyze(series(1, 0.01, 60, 0, 30, 0.10)).steps().get(0);

        EnumSet<Check.Kind> asked = EnumSet.complementOf(EnumSet.of(Check.Kind.LINE, Check.Kind.ABRUPTNESS));
        assertThat(step.checks()).extracting(Check::kind).containsExactlyElementsOf(asked);
        assertThat(step.checks()).allMatch(Check::passed);
        for (Check check : step.checks()) {
            boolean holds =
                    check.kind() == Check.Kind.RANKS ? check.value() < check.limit() : check.value() >= check.limit();
            assertThat(holds).isTrue();
        }
    }

    @Test
    void a_step_that_the_ranks_decided_has_their_probability() {
        int byRanks = 0;
        int byLevel = 0;
        for (int seed = 1; seed <= 200; seed++) {
            double[] values = series(seed, 0.01, 60, 0, 8, 0.02);
            for (Step step : StepScan.analyze(values).steps()) {
                Check ranks = step.checks().stream()
                        .filter(check -> check.kind() == Check.Kind.RANKS)
                        .findFirst()
                        .orElseThrow();
                if (step.rankPValue().isPresent()) {
                    byRanks++;
                    assertThat(step.rankPValue().getAsDouble())
                            .as("seed %d", seed)
                            .isCloseTo(2 * ranks.value() * values.length, within(1e-12))
                            .isLessThan(step.pValue());
                    assertThat(step.pValue()).as("seed %d", seed).isGreaterThan(2e-4 * values.length);
                } else {
                    byLevel++;
                }
            }
        }
        assertThat(byRanks).isPositive();
        assertThat(byLevel).isGreaterThan(byRanks);
    }

    @Test
    void a_value_that_is_only_tried_is_seen_and_forgotten() {
        for (int count : new int[] {1, 9, 10, 63, 64, 80, 100, 511, 512, 600}) {
            double[] values = series(count, 0.01, count, 0, 0, 0);
            for (double tried : new double[] {150, 100, 0, -3, Double.NaN, Double.POSITIVE_INFINITY}) {
                StepScan scan = new StepScan(StepScan.Settings.DEFAULT);
                Arrays.stream(values).forEach(scan::append);
                Steps before = scan.result();
                double[] longer = Arrays.copyOf(values, count + 1);
                longer[count] = tried;

                assertThat(scan.with(tried)).as("%s after %d", tried, count).isEqualTo(StepScan.analyze(longer));
                assertThat(scan.result()).isEqualTo(before);
                longer[count] = 101;
                scan.append(101);
                assertThat(scan.result()).as("after %s, %d", tried, count).isEqualTo(StepScan.analyze(longer));
            }
        }
    }

    @Test
    void finds_nothing_in_a_constant_series() {
        double[] values = new double[300];
        Arrays.fill(values, 42);

        Steps steps = StepScan.analyze(values);

        assertThat(steps.steps()).isEmpty();
        assertThat(steps.negligible()).isEmpty();
        assertThat(steps.suspect()).isEmpty();
        assertThat(steps.warnings()).isEmpty();
        assertThat(steps.regime().orElseThrow().level()).isCloseTo(42, within(1e-12));
        assertThat(steps.regime().orElseThrow().relativeNoise()).isEqualTo(1e-4);
    }

    @Test
    void a_deterministic_counter_steps_exactly_where_it_changes() {
        double[] values = new double[100];
        Arrays.fill(values, 0, 57, 1000);
        Arrays.fill(values, 57, 100, 1050);

        Step step = StepScan.analyze(values).steps().get(0);

        assertThat(step.index()).isEqualTo(57);
        assertThat(step.relativeChange()).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void a_step_that_is_surely_smaller_than_what_matters_is_negligible() {
        double[] values = series(3, 0.002, 80, 0, 80, 0.01);

        Steps steps = StepScan.analyze(values);
        Steps all = StepScan.analyze(values, new StepScan.Settings(0, 1));

        assertThat(steps.steps()).isEmpty();
        assertThat(steps.negligible()).extracting(Step::index).containsExactly(80);
        assertThat(indices(all)).containsExactly(80);
        assertThat(all.negligible()).isEmpty();
        assertThat(steps.confirmed()).isEqualTo(steps.negligible());
        assertThat(all.confirmed()).isEqualTo(all.steps());
        assertThat(steps.where(step -> false).confirmed()).isEmpty();
        assertThat(steps.regime().orElseThrow().start()).isEqualTo(80);
    }

    @Test
    void one_wild_value_is_no_step_and_the_newest_one_is_only_suspected() {
        double[] values = series(5, 0.01, 100, 0, 0, 0);
        values[50] = 150;
        double[] newest = series(5, 0.01, 100, 0, 1, 0.30);

        assertThat(StepScan.analyze(values).steps()).isEmpty();
        assertThat(StepScan.analyze(values).suspect()).isEmpty();
        Steps suspected = StepScan.analyze(newest);
        assertThat(suspected.steps()).isEmpty();
        assertThat(suspected.suspect().orElseThrow().index()).isEqualTo(100);
        assertThat(suspected.suspect().orElseThrow().tier()).isEqualTo(Tier.SUSPECT);
        assertThat(suspected.suspect().orElseThrow().relativeChange()).isCloseTo(0.30, within(0.05));
    }

    @Test
    void fewer_than_ten_values_have_no_steps_and_say_so() {
        for (int length = 0; length < 10; length++) {
            double[] values = new double[length];
            for (int i = 0; i < length; i++) {
                values[i] = i < 5 ? 1 : 100;
            }
            Steps steps = StepScan.analyze(values);
            assertThat(steps.size()).isEqualTo(length);
            assertThat(steps.steps()).isEmpty();
            assertThat(steps.warnings()).containsExactly(Steps.Warning.FEW_VALUES);
            assertThat(steps.regime().isPresent()).isEqualTo(length > 0);
        }
    }

    @Test
    void values_that_are_not_finite_keep_their_index_and_are_left_out() {
        double[] clean = series(7, 0.01, 60, 0, 40, 0.10);
        double[] holes = new double[clean.length + 3];
        holes[0] = Double.NaN;
        System.arraycopy(clean, 0, holes, 1, 30);
        holes[31] = Double.POSITIVE_INFINITY;
        System.arraycopy(clean, 30, holes, 32, 40);
        holes[72] = Double.NEGATIVE_INFINITY;
        System.arraycopy(clean, 70, holes, 73, clean.length - 70);

        Steps steps = StepScan.analyze(holes);

        assertThat(indices(StepScan.analyze(clean))).containsExactly(60);
        assertThat(indices(steps)).containsExactly(62);
        assertThat(steps.size()).isEqualTo(clean.length + 3);
        assertThat(steps.warnings()).containsExactly(Steps.Warning.MISSING_VALUES);
    }

    @Test
    void zeros_and_negative_values_are_judged_by_differences() {
        double[] values = new double[80];
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < values.length; i++) {
            values[i] = (i < 50 ? -5 : 5) + 0.1 * random.nextGaussian();
        }

        Steps steps = StepScan.analyze(values);

        assertThat(indices(steps)).containsExactly(50);
        assertThat(steps.steps().get(0).relativeChange()).isCloseTo(2, within(0.05));
        assertThat(steps.warnings()).containsExactly(Steps.Warning.NOT_POSITIVE);
    }

    @Test
    void a_step_from_zero_is_infinite_and_says_so() {
        double[] values = new double[60];
        Arrays.fill(values, 30, 60, 7);

        Steps steps = StepScan.analyze(values);

        assertThat(indices(steps)).containsExactly(30);
        assertThat(steps.steps().get(0).relativeChange()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(steps.steps().get(0).after()).isEqualTo(7);
        assertThat(steps.warnings()).containsExactly(Steps.Warning.NOT_POSITIVE, Steps.Warning.FROM_ZERO);
    }

    @Test
    void the_ends_of_the_double_range_do_no_harm() {
        double[][] all = {
            alternating(80, 1e-300, 1e300),
            alternating(80, -1e300, 1e300),
            alternating(80, 0, 1e-300),
            alternating(80, Double.MIN_VALUE, Double.MAX_VALUE),
            alternating(80, -Double.MAX_VALUE, Double.MIN_VALUE),
            half(80, 1e-300, 1e300),
            half(80, -1e300, 1e300),
            half(80, 0, Double.MIN_VALUE),
            half(80, -Double.MAX_VALUE, Double.MAX_VALUE)
        };
        for (double[] values : all) {
            Steps steps = StepScan.analyze(values);
            for (Step step : steps.steps()) {
                assertThat(step.relativeChange()).isNotNaN();
                assertThat(step.low()).isNotNaN();
                assertThat(step.high()).isNotNaN();
                assertThat(step.before()).isFinite();
                assertThat(step.after()).isFinite();
                assertThat(step.pValue()).isBetween(0.0, 1.0);
            }
            Regime regime = steps.regime().orElseThrow();
            assertThat(regime.level()).isFinite();
            assertThat(regime.relativeNoise()).isNotNaN();
        }
        assertThat(indices(StepScan.analyze(half(80, 1e-300, 1e300)))).containsExactly(40);
        assertThat(indices(StepScan.analyze(half(80, -1e300, 1e300)))).containsExactly(40);
        assertThat(indices(StepScan.analyze(half(80, -Double.MAX_VALUE, Double.MAX_VALUE))))
                .containsExactly(40);
    }

    @Test
    void appending_gives_what_analysing_every_prefix_gives() {
        for (int seed = 0; seed < 12; seed++) {
            double[] values = random(seed);
            StepScan scan = new StepScan(StepScan.Settings.DEFAULT);
            for (int i = 0; i < values.length; i++) {
                scan.append(values[i]);
                if (i % 7 == seed % 7 || i > values.length - 5) {
                    assertThat(scan.result()).isEqualTo(StepScan.analyze(Arrays.copyOf(values, i + 1)));
                }
            }
        }
    }

    @Test
    void a_restored_scan_goes_on_as_if_it_had_never_stopped() {
        for (int seed = 0; seed < 12; seed++) {
            double[] values = random(seed);
            StepScan scan = new StepScan(StepScan.Settings.DEFAULT);
            for (double value : values) {
                scan = StepScan.restore(StepScan.Settings.DEFAULT, scan.state());
                scan.append(value);
            }
            assertThat(scan.result()).isEqualTo(StepScan.analyze(values));
        }
    }

    @Test
    void settles_old_steps_and_keeps_their_index_in_long_series() {
        double[] values = new double[5000];
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < values.length; i++) {
            values[i] = (i / 250 % 2 == 0 ? 100 : 110) * (1 + 0.01 * random.nextGaussian());
        }

        Steps steps = StepScan.analyze(values);

        assertThat(indices(steps))
                .containsExactlyElementsOf(
                        IntStream.range(1, 20).mapToObj(i -> 250 * i).toList());
        assertThat(steps.regime().orElseThrow().start()).isEqualTo(4750);
    }

    @Test
    void a_quiet_regime_remembers_its_start_beyond_the_window() {
        double[] values = series(9, 0.01, 300, 0, 2000, 0.10);

        Steps steps = StepScan.analyze(values);

        assertThat(indices(steps)).containsExactly(300);
        assertThat(steps.regime().orElseThrow().start()).isEqualTo(300);
        assertThat(steps.regime().orElseThrow().count()).isEqualTo(200);
    }

    @Test
    void scaling_by_a_power_of_two_changes_levels_and_nothing_else() {
        for (int seed = 0; seed < 12; seed++) {
            double[] values = random(seed);
            double[] scaled = Arrays.stream(values).map(v -> v * 1024).toArray();

            List<Step> steps = StepScan.analyze(values).steps();
            List<Step> same = StepScan.analyze(scaled).steps();

            assertThat(same)
                    .extracting(Step::index)
                    .isEqualTo(steps.stream().map(Step::index).toList());
            for (int i = 0; i < steps.size(); i++) {
                assertThat(same.get(i).relativeChange()).isCloseTo(steps.get(i).relativeChange(), within(1e-9));
                assertThat(same.get(i).before()).isCloseTo(1024 * steps.get(i).before(), within(1e-6));
            }
        }
    }

    @Test
    void an_upside_down_series_has_the_same_steps_with_the_other_sign() {
        for (int seed = 0; seed < 12; seed++) {
            double[] values = random(seed);
            double[] inverse = Arrays.stream(values).map(v -> 1 / v).toArray();

            List<Step> steps =
                    StepScan.analyze(values, new StepScan.Settings(0, 1)).steps();
            List<Step> mirrored =
                    StepScan.analyze(inverse, new StepScan.Settings(0, 1)).steps();

            assertThat(mirrored)
                    .extracting(Step::index)
                    .isEqualTo(steps.stream().map(Step::index).toList());
            for (int i = 0; i < steps.size(); i++) {
                double product = (1 + mirrored.get(i).relativeChange())
                        * (1 + steps.get(i).relativeChange());
                assertThat(product).isCloseTo(1, within(1e-3));
            }
        }
    }

    @Test
    void smallest_change_must_be_a_share() {
        assertThatThrownBy(() -> new StepScan.Settings(-0.01, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StepScan.Settings(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StepScan.Settings(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void strictness_must_be_within_its_range() {
        assertThatThrownBy(() -> new StepScan.Settings(0, 0.09)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StepScan.Settings(0, 1001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StepScan.Settings(0, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new StepScan.Settings(0, 0.1).strictness()).isEqualTo(0.1);
        assertThat(new StepScan.Settings(0, 1000).strictness()).isEqualTo(1000);
    }

    @Test
    void a_stricter_scan_finds_only_what_a_lenient_one_finds_too() {
        int lenient = 0;
        int strict = 0;
        for (int seed = 0; seed < 60; seed++) {
            double[] values = series(seed, 0.02, 80, 0, 4, 0.06);
            boolean found = !StepScan.analyze(values, new StepScan.Settings(0.02, 0.5))
                    .steps()
                    .isEmpty();
            boolean foundStrictly = !StepScan.analyze(values, new StepScan.Settings(0.02, 50))
                    .steps()
                    .isEmpty();
            lenient += found ? 1 : 0;
            strict += foundStrictly ? 1 : 0;
        }
        assertThat(lenient).isGreaterThan(strict + 8);
        assertThat(strict).isPositive();
    }

    @Test
    void a_state_that_does_not_fit_together_is_refused() {
        List<Step> none = List.of();
        assertThatThrownBy(() -> new StepScan.State(2, 0, 0, false, List.of(0, 1), List.of(1.0), none, none))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StepScan.State(2, 0, 0, false, List.of(1, 0), List.of(1.0, 2.0), none, none))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StepScan.State(1, 0, 0, false, List.of(1), List.of(1.0), none, none))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StepScan.State(1, 0, 0, false, List.of(0), List.of(Double.NaN), none, none))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StepScan.State(1, 1, 0, false, List.of(0), List.of(1.0), none, none))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A level of 100 with relative Gaussian noise, then levels that each differ from the last by a share. */
    private static double[] series(long seed, double noise, double... countsAndSteps) {
        SplittableRandom random = new SplittableRandom(seed);
        double level = 100;
        double[] values = new double[0];
        for (int i = 0; i < countsAndSteps.length; i += 2) {
            // pairs of (count, step) with the step taken before the count of the next pair
            int count = (int) countsAndSteps[i];
            level *= i == 0 ? 1 : 1 + countsAndSteps[i + 1];
            int from = values.length;
            values = Arrays.copyOf(values, from + count);
            for (int j = from; j < values.length; j++) {
                values[j] = level * (1 + noise * random.nextGaussian());
            }
        }
        return values;
    }

    /** A few hundred values with random steps, spikes, ties, gaps. */
    private static double[] random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[200 + random.nextInt(700)];
        double level = 100;
        double previous = 0;
        double phi = seed % 3 == 0 ? 0.5 : 0;
        for (int i = 0; i < values.length; i++) {
            if (random.nextInt(60) == 0) {
                level *= random.nextBoolean() ? 1.08 : 1 / 1.08;
            }
            previous = phi * previous + random.nextGaussian();
            values[i] = level * Math.exp(0.01 * previous);
            if (random.nextInt(40) == 0) {
                values[i] *= 1.5;
            }
            if (seed % 4 == 1) {
                values[i] = Math.rint(values[i]);
            }
        }
        return values;
    }

    private static double[] alternating(int length, double first, double second) {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = i % 2 == 0 ? first : second;
        }
        return values;
    }

    private static double[] half(int length, double first, double second) {
        double[] values = new double[length];
        Arrays.fill(values, 0, length / 2, first);
        Arrays.fill(values, length / 2, length, second);
        return values;
    }

    private static List<Integer> indices(Steps steps) {
        return steps.steps().stream().map(Step::index).toList();
    }

    @Test
    void a_slope_has_no_steps_but_the_one_that_it_does_not_explain() {
        int stairs = 0;
        int found = 0;
        int others = 0;
        for (long seed = 1; seed <= 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] slope = new double[200];
            double[] stepped = new double[200];
            for (int i = 0; i < 200; i++) {
                slope[i] = 100 + 0.04 * i + random.nextGaussian();
                stepped[i] = slope[i] + (i < 140 ? 0 : 6);
            }
            Steps ofSlope = StepScan.analyze(slope);
            assertThat(ofSlope.steps().size()).isLessThanOrEqualTo(1);
            stairs += ofSlope.negligible().size();
            others += ofSlope.steps().size();
            for (Step step : StepScan.analyze(stepped).steps()) {
                found += Math.abs(step.index() - 140) <= 1 ? 1 : 0;
                others += Math.abs(step.index() - 140) <= 1 ? 0 : 1;
                assertThat(step.low() > 0 || step.high() < 0).isTrue();
            }
        }
        // a slope of eight deviations is found as a stair, whose steps end a regime and are no change
        assertThat(stairs).isGreaterThan(40);
        assertThat(found).isGreaterThanOrEqualTo(38);
        assertThat(others).isLessThanOrEqualTo(4);
    }
}
