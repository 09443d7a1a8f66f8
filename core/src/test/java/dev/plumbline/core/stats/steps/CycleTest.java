package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A weekly swing, and what a step is without it. */
class CycleTest {
    private static final double[] WEEK = {0, 0.023, 0.029, 0.013, -0.013, -0.029, -0.023};
    private static final double[] WORKING_WEEK = {0.03, 0.01, -0.03, -0.025, 0.015};

    /** Even noise of 2 % from end to end, a swing, and a step of 0.2. */
    private static double[] values(int length, int change, double[] swing) {
        return IntStream.range(0, length)
                .mapToDouble(i -> 1
                        + (((i * 7919 + 13) % 101) / 101.0 - 0.5) * 0.02
                        + swing[i % swing.length]
                        + (i >= change ? 0.2 : 0))
                .toArray();
    }

    private static double[] scaled(double[] swing, double factor) {
        return Arrays.stream(swing).map(effect -> factor * effect).toArray();
    }

    private static int[] places(int length) {
        return IntStream.range(0, length).toArray();
    }

    private static Analysis analysis(double[] x, int... changes) {
        Analysis analysis = new Analysis(x, x.length, 1e-4, Levels.of(1));
        return changes.length == 0 ? analysis : analysis.split(changes);
    }

    private static double[] effects(Cycle swing, double[] x, int period) {
        double[] without = swing.without(x, x.length);
        return IntStream.range(0, period).mapToDouble(i -> x[i] - without[i]).toArray();
    }

    @Test
    void the_swing_of_whole_weeks_is_that_of_least_squares() {
        double[] x = values(63, 42, WEEK);

        Cycle swing = Cycle.of(analysis(x, 42), places(63)).orElseThrow();

        // numpy: lstsq of x on two levels and six contrasts of i % 7 with the last phase
        assertThat(effects(swing, x, 7))
                .containsExactly(
                        new double[] {
                            8.80088009e-05,
                            2.23179318e-02,
                            3.19922992e-02,
                            1.07777778e-02,
                            -1.15478548e-02,
                            -3.05401540e-02,
                            -2.30880088e-02
                        },
                        within(1e-9));
        assertThat(swing.estimates()).isEqualTo(6);
    }

    @Test
    void a_working_week_is_found_as_one() {
        double[] x = values(60, 40, WORKING_WEEK);

        Cycle swing = Cycle.of(analysis(x, 40), places(60)).orElseThrow();

        // numpy as above, with i % 5
        assertThat(effects(swing, x, 5))
                .containsExactly(
                        new double[] {0.02609571, 0.01421452, -0.03433333, -0.02454785, 0.01857096}, within(1e-8));
        assertThat(swing.estimates()).isEqualTo(4);
    }

    @Test
    void of_part_of_a_week_after_a_step_the_swing_is_taken_away() {
        double[] x = values(88, 84, WEEK);
        Analysis analysis = analysis(x, 84);

        Cycle swing = Cycle.of(analysis, places(88)).orElseThrow();
        Analysis without = analysis.without(swing);
        Jump jump = Jump.of(without, new StepSegment(0, 84), new StepSegment(84, 88), Optional.empty());

        // numpy: least squares says 0.1965, and the plain means 0.2130
        assertThat(jump.after() - jump.before()).isCloseTo(0.1965, within(0.001));
        assertThat(without.noise().shown()).isLessThan(0.1);
        assertThat(analysis.noise().shown()).isGreaterThan(0.4);
        // the noise's standard deviation is 0.0060 without the swing
        assertThat(without.noise().shownScale()).isCloseTo(0.0060, within(0.0005));
    }

    @Test
    void what_is_not_known_of_the_swing_counts_as_far_as_the_sides_have_other_days() {
        double[] x = values(88, 84, WEEK);
        Analysis analysis = analysis(x, 84);
        Cycle swing = Cycle.of(analysis, places(88)).orElseThrow();
        Analysis without = analysis.without(swing);
        double scale = without.noise().shownScale();

        // twelve values a phase; of four phases 1/4 - 1/7, of three - 1/7
        double parts = (4 * Math.pow(1.0 / 4 - 1.0 / 7, 2) + 3 * Math.pow(1.0 / 7, 2)) / 12;
        assertThat(swing.error(new StepSegment(0, 84), new StepSegment(84, 88), without))
                .isCloseTo(scale * Math.sqrt(parts), within(1e-12));
        assertThat(swing.error(new StepSegment(0, 42), new StepSegment(42, 84), without))
                .as("whole weeks")
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void values_that_are_missing_keep_their_days() {
        double[] all = values(105, 70, WEEK);
        int[] kept = IntStream.range(0, 105).filter(i -> i % 10 != 3).toArray();
        double[] x = Arrays.stream(kept).mapToDouble(i -> all[i]).toArray();
        int change = (int) Arrays.stream(kept).filter(i -> i < 70).count();

        Cycle swing = Cycle.of(analysis(x, change), kept).orElseThrow();
        double[] without = swing.without(x, x.length);

        for (int i = 0; i < x.length; i++) {
            assertThat(x[i] - without[i]).as("%d", kept[i]).isCloseTo(WEEK[kept[i] % 7], within(0.005));
        }
        assertThat(Cycle.of(analysis(x, change), places(x.length)))
                .as("counted as if none were")
                .isEmpty();
    }

    @Test
    void the_swing_of_days_that_are_missing_in_part_is_that_of_least_squares_and_has_no_mean() {
        double[] all = values(105, 70, WEEK);
        int[] kept = IntStream.range(0, 105).filter(i -> i % 10 != 3).toArray();
        double[] x = Arrays.stream(kept).mapToDouble(i -> all[i]).toArray();
        int change = (int) Arrays.stream(kept).filter(i -> i < 70).count();

        Cycle swing = Cycle.of(analysis(x, change), kept).orElseThrow();
        double[] without = swing.without(x, x.length);

        // numpy: lstsq of x on two levels and six contrasts of the days' i % 7 with the last phase
        double[] expected = {-0.00010428, 0.02319275, 0.03041294, 0.01183868, -0.01251022, -0.0304355, -0.02239437};
        double mean = 0;
        for (int phase = 0; phase < 7; phase++) {
            int at = Arrays.binarySearch(kept, phase == 3 ? 10 : phase);
            assertThat(x[at] - without[at]).as("phase %d", phase).isCloseTo(expected[phase], within(1e-6));
            mean += (x[at] - without[at]) / 7;
        }
        assertThat(mean).isCloseTo(0, within(1e-15));
    }

    @Test
    void a_swing_is_one_that_chance_makes_less_often_than_once_in_ten_thousand() {
        double[] likely = values(28, 28, scaled(WEEK, 0.31));
        double[] unlikely = values(28, 28, scaled(WEEK, 0.32));

        // scipy: f_oneway(*[x[j::7] for j in range(7)]) says 1.13e-4 and 0.80e-4
        assertThat(Cycle.of(analysis(likely), places(28))).isEmpty();
        assertThat(Cycle.of(analysis(unlikely), places(28))).isPresent();
    }

    @Test
    void of_two_swings_the_clearer_one_is_told() {
        double[] week = values(70, 70, WEEK);
        double[] weekRather = IntStream.range(0, 70)
                .mapToDouble(i -> week[i] + 0.7 * WORKING_WEEK[i % 5])
                .toArray();
        double[] workingWeekRather = IntStream.range(0, 70)
                .mapToDouble(i -> week[i] + WORKING_WEEK[i % 5])
                .toArray();

        // scipy: f_oneway as above, of seven and of five, says 2e-10 and 2e-6, then 2e-6 and 8e-11
        assertThat(Cycle.of(analysis(weekRather), places(70)).orElseThrow().estimates())
                .isEqualTo(6);
        assertThat(Cycle.of(analysis(workingWeekRather), places(70))
                        .orElseThrow()
                        .estimates())
                .isEqualTo(4);
    }

    @Test
    void a_level_of_one_week_counts_and_one_of_less_does_not() {
        assertThat(Cycle.of(analysis(values(28, 21, WEEK), 21), places(28))).isPresent();
        assertThat(Cycle.of(analysis(values(28, 22, WEEK), 22), places(28))).isEmpty();
    }

    @Test
    void a_day_has_to_be_there_twice() {
        int[] twice = IntStream.range(0, 42).filter(i -> i % 7 != 3 || i < 14).toArray();
        int[] once = IntStream.range(0, 42).filter(i -> i % 7 != 3 || i < 7).toArray();
        double[] x = values(42, 42, WEEK);

        assertThat(Cycle.of(analysis(Arrays.stream(twice).mapToDouble(i -> x[i]).toArray()), twice))
                .isPresent();
        assertThat(Cycle.of(analysis(Arrays.stream(once).mapToDouble(i -> x[i]).toArray()), once))
                .isEmpty();
    }

    @Test
    void a_wild_value_is_not_a_swing() {
        double[] x = values(63, 42, WEEK);
        double[] spiked = x.clone();
        spiked[10] *= 3;

        Cycle swing = Cycle.of(analysis(spiked, 42), places(63)).orElseThrow();

        // clipped at three deviations of noise and swing together, 0.066, of nine values: 0.0073
        assertThat(effects(swing, x, 7)[3] - effects(swing, x, 7)[6]).isCloseTo(0.034, within(0.012));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.6})
    void values_that_only_resemble_their_neighbours_have_none(double phi) {
        int swings = 0;
        for (long seed = 1; seed <= 400; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] x = new double[150];
            for (int i = 0; i < x.length; i++) {
                x[i] = (i == 0 ? 0 : phi * x[i - 1]) + random.nextGaussian();
            }
            swings += Cycle.of(analysis(x), places(x.length)).isPresent() ? 1 : 0;
        }

        assertThat(swings).isZero();
    }

    @Test
    void fewer_than_four_weeks_and_days_that_are_never_there_tell_none() {
        assertThat(Cycle.of(analysis(values(27, 27, WEEK)), places(27))).isEmpty();
        assertThat(Cycle.of(analysis(values(28, 28, WEEK)), places(28))).isPresent();

        // runs on working days, counted in days
        int[] days = IntStream.range(0, 105).filter(i -> i % 7 < 5).toArray();
        double[] x = values(105, 105, WEEK);
        double[] working = Arrays.stream(days).mapToDouble(i -> x[i]).toArray();
        assertThat(Cycle.of(analysis(working), days)).isEmpty();
    }

    @Test
    void the_interval_of_a_step_on_a_weekly_wave_is_as_narrow_as_its_noise_allows() {
        int covered = 0;
        int found = 0;
        double width = 0;
        for (long seed = 1; seed <= 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] x = IntStream.range(0, 110)
                    .mapToDouble(i ->
                            Math.exp(0.01 * random.nextGaussian() + WEEK[i % 7] + (i >= 100 ? Math.log1p(0.1) : 0)))
                    .toArray();
            for (Step step : StepScan.analyze(x).steps()) {
                if (step.index() == 100) {
                    found++;
                    covered += step.low() <= 0.1 && 0.1 <= step.high() ? 1 : 0;
                    width += step.high() - step.low();
                }
            }
        }

        assertThat(found).isGreaterThan(200);
        assertThat((double) covered / found).isBetween(0.93, 0.98);
        // 2 * 1.98 * 1.1 * 0.01 * sqrt(1/10 + 1/100) is 1.4 %; as autocorrelation the wave made it 4 %
        assertThat(width / found).isBetween(0.012, 0.02);
    }
}
