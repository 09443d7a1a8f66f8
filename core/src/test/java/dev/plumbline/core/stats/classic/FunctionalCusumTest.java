package dev.plumbline.core.stats.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.classic.FunctionalCusum.Baseline;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionalCusumTest {
    private static final double NEVER = Double.POSITIVE_INFINITY;
    private static final double[] EIGHT = {0.3, -1.2, 0.8, 0.1, 2.2, 1.9, 2.5, 1.4};

    @Test
    void returns_the_largest_statistic_and_its_split() {
        FunctionalCusum unknown = FunctionalCusum.ofUnknownMean(1, NEVER);
        FunctionalCusum known = FunctionalCusum.ofKnownMean(0, 1, NEVER);
        for (double value : EIGHT) {
            unknown.append(value);
            known.append(value);
        }

        // max(S[t]**2/t + (S[n]-S[t])**2/(n-t) - S[n]**2/n for t in range(1, n)), S = np.cumsum
        assertThat(unknown.statistic()).isCloseTo(8.0, within(1e-12));
        // max((S[n]-S[t])**2/(n-t) for t in range(0, n))
        assertThat(known.statistic()).isCloseTo(16.0, within(1e-12));
        FunctionalCusum.Change change = unknown.change().orElseThrow();
        assertThat(change.index()).isEqualTo(4);
        assertThat(change.before()).isCloseTo(0, within(1e-12));
        assertThat(change.after()).isCloseTo(2, within(1e-12));
        assertThat(known.change().orElseThrow().index()).isEqualTo(4);
        assertThat(known.change().orElseThrow().before()).isEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void equals_the_search_over_all_splits_on_every_prefix(int kind) {
        Random random = new Random(400 + kind);
        for (int repetition = 0; repetition < 40; repetition++) {
            double[] values = Draws.series(random, kind, 1 + random.nextInt(150));
            double mean = kind == 2 ? 1e6 : repetition % 3 - 1;
            double deviation = 0.5 + random.nextDouble();
            FunctionalCusum unknown = FunctionalCusum.ofUnknownMean(deviation, NEVER);
            FunctionalCusum known = FunctionalCusum.ofKnownMean(mean, deviation, NEVER);
            double largestSquare = 1;
            for (int n = 1; n <= values.length; n++) {
                unknown.append(values[n - 1]);
                known.append(values[n - 1]);

                double score = (values[n - 1] - mean) / deviation;
                largestSquare += score * score;
                double tolerance = 1e-11 * largestSquare;
                assertThat(unknown.statistic()).isCloseTo(brute(values, n, values[0], deviation, 1), within(tolerance));
                assertThat(known.statistic()).isCloseTo(brute(values, n, mean, deviation, 0), within(tolerance));
                if (n > 1) {
                    FunctionalCusum.Change change = unknown.change().orElseThrow();
                    assertThat(atSplit(values, n, (int) change.index(), values[0], deviation, 1))
                            .isCloseTo(unknown.statistic(), within(tolerance));
                }
            }
        }
    }

    /** The largest statistic over splits from {@code first} on: 1 for an unknown mean, 0 for a known one. */
    private static double brute(double[] values, int n, double mean, double deviation, int first) {
        double largest = 0;
        for (int t = first; t < n; t++) {
            largest = Math.max(largest, atSplit(values, n, t, mean, deviation, first));
        }
        return largest;
    }

    private static double atSplit(double[] values, int n, int t, double mean, double deviation, int first) {
        double before = 0;
        double after = 0;
        for (int i = 0; i < n; i++) {
            double score = (values[i] - mean) / deviation;
            if (i < t) {
                before += score;
            } else {
                after += score;
            }
        }
        if (first == 0) {
            return after * after / (n - t);
        }
        double difference = before / t - after / (n - t);
        return difference * difference * t * (n - t) / n;
    }

    @Test
    void sign_shift_and_unit_change_nothing() {
        Random random = new Random(410);
        for (int repetition = 0; repetition < 50; repetition++) {
            double[] values = Draws.series(random, 5, 100);
            double statistic = statistic(values, 1);

            assertThat(statistic(Draws.linear(values, -1, 0), 1)).isCloseTo(statistic, within(1e-9));
            assertThat(statistic(Draws.linear(values, 1, 1e4), 1)).isCloseTo(statistic, within(1e-7));
            assertThat(statistic(Draws.linear(values, 0x1p900, 0), 0x1p900)).isEqualTo(statistic);
            assertThat(statistic(Draws.reversed(values), 1)).isCloseTo(statistic, within(1e-9));
        }
    }

    private static double statistic(double[] values, double deviation) {
        FunctionalCusum cusum = FunctionalCusum.ofUnknownMean(deviation, NEVER);
        for (double value : values) {
            cusum.append(value);
        }
        return cusum.statistic();
    }

    @Test
    void alarms_at_the_threshold_and_starts_afresh_after_a_reset() {
        FunctionalCusum cusum = FunctionalCusum.ofUnknownMean(1, 9);
        int alarm = 0;
        while (!cusum.append(alarm < 10 ? 0 : 3)) {
            alarm++;
        }

        // 10 * 1 / 11 * 9 = 8.2 after one value, 10 * 2 / 12 * 9 = 15 after two
        assertThat(alarm).isEqualTo(11);
        assertThat(cusum.statistic()).isCloseTo(15, within(1e-12));
        assertThat(cusum.change().orElseThrow().index()).isEqualTo(10);

        cusum.reset();
        assertThat(cusum.change()).isEmpty();
        assertThat(cusum.statistic()).isZero();
        assertThat(cusum.size()).isEqualTo(12);
        for (int i = 0; i < 50; i++) {
            assertThat(cusum.append(3)).isFalse();
        }
        cusum.append(-1);
        FunctionalCusum.Change change = cusum.change().orElseThrow();
        assertThat(change.index()).isEqualTo(62);
        assertThat(change.before()).isEqualTo(3);
        assertThat(change.after()).isEqualTo(-1);
        assertThat(cusum.statistic()).isCloseTo(16 * 50 / 51.0, within(1e-12));
    }

    @Test
    void a_known_mean_stays_known_after_a_reset() {
        FunctionalCusum cusum = FunctionalCusum.ofKnownMean(100, 2, 20);
        cusum.append(104);
        assertThat(cusum.statistic()).isEqualTo(4);

        cusum.reset();

        assertThat(cusum.append(110)).isTrue();
        assertThat(cusum.statistic()).isEqualTo(25);
        assertThat(cusum.change()).contains(new FunctionalCusum.Change(1, 25, 100, 110));
    }

    @Test
    void alarms_when_the_statistic_equals_the_threshold() {
        assertThat(FunctionalCusum.ofKnownMean(0, 1, 4).append(2)).isTrue();
        assertThat(FunctionalCusum.ofKnownMean(0, 1, 4).append(-2)).isTrue();
        assertThat(FunctionalCusum.ofKnownMean(0, 1, Math.nextUp(4.0)).append(2))
                .isFalse();
    }

    @Test
    void holds_few_points_of_a_long_stream() {
        Random random = new Random(420);
        FunctionalCusum cusum = FunctionalCusum.ofUnknownMean(1, NEVER);
        for (int i = 0; i < 200_000; i++) {
            cusum.append(random.nextGaussian());
        }

        // about 2 ln n = 24
        assertThat(cusum.held()).isLessThan(80);
        assertThat(cusum.statistic()).isLessThan(60);
    }

    @Test
    void constant_values_have_a_statistic_of_zero() {
        FunctionalCusum cusum = FunctionalCusum.ofUnknownMean(1e-9, 1);
        for (int i = 0; i < 1000; i++) {
            assertThat(cusum.append(0.1)).isFalse();
            assertThat(cusum.statistic()).isZero();
        }
        assertThat(cusum.held()).isLessThanOrEqualTo(4);
    }

    @Test
    void one_value_has_no_split() {
        FunctionalCusum cusum = FunctionalCusum.ofUnknownMean(1, 1);
        assertThat(cusum.change()).isEmpty();
        assertThat(cusum.append(1e6)).isFalse();
        assertThat(cusum.change()).isEmpty();
        assertThat(cusum.append(1e6 + 2)).isTrue();
        assertThat(cusum.change()).contains(new FunctionalCusum.Change(1, 2, 1e6, 1e6 + 2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e200})
    void rejects_a_value_that_is_no_use_and_stays_as_it_was(double bad) {
        FunctionalCusum cusum = FunctionalCusum.ofUnknownMean(1, NEVER);
        cusum.append(1);
        cusum.append(2);

        assertThatThrownBy(() -> cusum.append(bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("values[2] is " + bad);

        assertThat(cusum.size()).isEqualTo(2);
        cusum.append(3);
        assertThat(cusum.statistic()).isEqualTo(statistic(new double[] {1, 2, 3}, 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void rejects_a_first_value_that_is_not_finite(double bad) {
        FunctionalCusum cusum = FunctionalCusum.ofUnknownMean(1, NEVER);

        assertThatThrownBy(() -> cusum.append(bad)).hasMessageContaining("values[0]");
        assertThat(cusum.append(1)).isFalse();
    }

    @Test
    void rejects_settings_out_of_range() {
        assertThatThrownBy(() -> FunctionalCusum.ofUnknownMean(0, 1)).hasMessageContaining("deviation");
        assertThatThrownBy(() -> FunctionalCusum.ofUnknownMean(Double.NaN, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> FunctionalCusum.ofUnknownMean(1, 0)).hasMessageContaining("threshold");
        assertThatThrownBy(() -> FunctionalCusum.ofUnknownMean(1, Double.NaN)).hasMessageContaining("threshold");
        assertThatThrownBy(() -> FunctionalCusum.ofKnownMean(Double.NaN, 1, 1)).hasMessageContaining("mean");
    }

    @Test
    void thresholds_grow_with_the_length_and_with_the_certainty() {
        for (Baseline baseline : Baseline.values()) {
            double before = 0;
            for (long values : new long[] {100, 300, 1_000, 5_000, 10_000, 40_000, 100_000}) {
                double threshold = FunctionalCusum.threshold(baseline, values, 0.05);
                assertThat(threshold).isGreaterThan(before);
                assertThat(FunctionalCusum.threshold(baseline, values, 0.1)).isLessThan(threshold);
                assertThat(FunctionalCusum.threshold(baseline, values, 0.02)).isGreaterThan(threshold);
                before = threshold;
            }
        }
        assertThatThrownBy(() -> FunctionalCusum.threshold(Baseline.KNOWN, 99, 0.05))
                .hasMessageContaining("99");
        assertThatThrownBy(() -> FunctionalCusum.threshold(Baseline.KNOWN, 100_001, 0.05))
                .hasMessageContaining("100001");
        assertThatThrownBy(() -> FunctionalCusum.threshold(Baseline.KNOWN, 100, 0.2))
                .hasMessageContaining("0.2");
        assertThatThrownBy(() -> FunctionalCusum.threshold(Baseline.KNOWN, 100, Double.NaN))
                .hasMessageContaining("NaN");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 320, 1000})
    void quiet_streams_reach_the_threshold_as_often_as_it_says(int length) {
        Random random = new Random(430 + length);
        int streams = 2000;
        int unknownAlarms = 0;
        int knownAlarms = 0;
        for (int i = 0; i < streams; i++) {
            FunctionalCusum unknown =
                    FunctionalCusum.ofUnknownMean(1, FunctionalCusum.threshold(Baseline.ESTIMATED, length, 0.05));
            FunctionalCusum known =
                    FunctionalCusum.ofKnownMean(0, 1, FunctionalCusum.threshold(Baseline.KNOWN, length, 0.05));
            boolean unknownAlarm = false;
            boolean knownAlarm = false;
            for (int j = 0; j < length; j++) {
                double value = random.nextGaussian();
                unknownAlarm |= unknown.append(value);
                knownAlarm |= known.append(value);
            }
            unknownAlarms += unknownAlarm ? 1 : 0;
            knownAlarms += knownAlarm ? 1 : 0;
        }

        // binomial with 2000 and 0.05: mean 100, standard deviation 9.7
        assertThat(unknownAlarms).isBetween(66, 134);
        assertThat(knownAlarms).isBetween(66, 134);
    }
}
