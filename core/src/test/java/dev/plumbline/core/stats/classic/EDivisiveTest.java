package dev.plumbline.core.stats.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EDivisiveTest {
    private static final EDivisive.Settings QUICK = new EDivisive.Settings(39, 0.05, 2, 7);

    @Test
    void returns_the_statistics_of_the_definition() {
        // d = np.abs(x[:, None] - x[None, :]); q = 2/n*d[:t, t:].sum() - 2*m/n/(l-1)*d[:t, :t].sum()/2 - ... (NumPy)
        double[] values = {3.1, 2.9, 3.3, 3.0, 2.8, 4.1, 4.4, 3.9, 4.2, 4.0};

        double[] statistics = EDivisive.statistics(values);

        double[] expected = {
            0.52,
            1.0342857142857138,
            1.300000000000001,
            2.44,
            4.3,
            2.632000000000001,
            1.4200000000000004,
            0.9314285714285717,
            0.4750000000000001
        };
        assertThat(statistics).containsExactly(expected, within(1e-13));
    }

    @Test
    void finds_the_largest_statistic_of_whole_numbers() {
        double[] statistics = EDivisive.statistics(Draws.fourLevels());

        // np.max(q), np.argmax(q) + 1 with the definition in NumPy
        assertThat(statistics[29]).isCloseTo(1482547.8213870593, within(1e-7));
        assertThat(Arrays.stream(statistics).max().orElseThrow()).isEqualTo(statistics[29]);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void equals_the_definition_on_seeded_segments(int kind) {
        Random random = new Random(100 + kind);
        for (int repetition = 0; repetition < 700; repetition++) {
            double[] values = Draws.series(random, kind, 2 + random.nextInt(60));

            double[] fast = EDivisive.statistics(values);

            double[] literal = literal(values, 0, values.length);
            double largest = Arrays.stream(literal).map(Math::abs).max().orElseThrow();
            assertThat(fast).hasSize(literal.length);
            for (int i = 0; i < fast.length; i++) {
                assertThat(fast[i]).isCloseTo(literal[i], within(1e-9 * largest + 1e-14 * spread(values)));
            }
        }
    }

    @Test
    void equals_the_definition_on_a_long_segment() {
        for (int kind : new int[] {2, 3, 4}) {
            double[] values = Draws.series(new Random(9), kind, 1500);

            double[] fast = EDivisive.statistics(values);

            double largest = Arrays.stream(fast).map(Math::abs).max().orElseThrow();
            for (int split : new int[] {1, 2, 3, 10, 700, 1490, 1497, 1498, 1499}) {
                assertThat(fast[split - 1]).isCloseTo(literal(values, 0, split, 1500), within(1e-9 * largest));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void equals_the_test_by_the_definition_that_never_ends_early(int kind) {
        Random random = new Random(200 + kind);
        int found = 0;
        for (int repetition = 0; repetition < 12; repetition++) {
            double[] values = Draws.series(random, kind, 4 + random.nextInt(36));
            EDivisive.Settings settings = new EDivisive.Settings(39, 0.1, 1 + repetition % 3, repetition);

            Changes changes = EDivisive.analyze(values, settings);

            assertThat(summary(changes)).isEqualTo(literalAnalysis(values, settings));
            found += changes.points().size();
        }
        if (kind == 5) {
            assertThat(found).isPositive();
        }
    }

    @Test
    void tells_index_probability_and_levels_of_a_step() {
        double[] values = new double[40];
        Random random = new Random(3);
        for (int i = 0; i < 40; i++) {
            values[i] = (i < 25 ? 10 : 20) + random.nextInt(3) - 1;
        }

        Changes changes = EDivisive.analyze(values, new EDivisive.Settings(199, 0.005, 2, 1));

        assertThat(changes.indices()).containsExactly(25);
        ChangePoint point = changes.points().get(0);
        assertThat(point.pValue()).isEqualTo(1 / 200.0);
        assertThat(point.before())
                .isCloseTo(Arrays.stream(values, 0, 25).average().orElseThrow(), within(1e-12));
        assertThat(point.after())
                .isCloseTo(Arrays.stream(values, 25, 40).average().orElseThrow(), within(1e-12));
        assertThat(point.statistic()).isCloseTo(EDivisive.statistics(values)[24], within(1e-12));
    }

    @Test
    void finds_a_change_of_the_scatter_alone() {
        double[] values = new double[200];
        Random random = new Random(4);
        for (int i = 0; i < 200; i++) {
            values[i] = (i < 100 ? 1 : 8) * random.nextGaussian();
        }

        int[] indices = EDivisive.analyze(values, new EDivisive.Settings(199, 0.005, 2, 1))
                .indices();
        assertThat(indices).hasSize(1);
        assertThat(indices[0]).isBetween(95, 105);
    }

    @Test
    void raises_false_alarms_about_as_often_as_the_significance_says() {
        int alarms = 0;
        Random random = new Random(5);
        for (int i = 0; i < 600; i++) {
            double[] values = Draws.series(random, 0, 40);
            alarms += EDivisive.analyze(values, new EDivisive.Settings(39, 0.05, 2, i))
                            .points()
                            .isEmpty()
                    ? 0
                    : 1;
        }

        // binomial with 600 and 0.05: mean 30, standard deviation 5.3
        assertThat(alarms).isBetween(14, 46);
    }

    @Test
    void reversed_time_reverses_the_statistics() {
        Random random = new Random(6);
        for (int kind = 0; kind < 6; kind++) {
            double[] values = Draws.series(random, kind, 50);

            double[] backward = Draws.reversed(EDivisive.statistics(Draws.reversed(values)));

            double[] forward = EDivisive.statistics(values);
            double largest = Arrays.stream(forward).map(Math::abs).max().orElseThrow();
            for (int i = 0; i < forward.length; i++) {
                assertThat(backward[i]).isCloseTo(forward[i], within(1e-12 * largest));
            }
        }
    }

    @Test
    void sign_scale_and_shift_change_neither_indices_nor_probabilities() {
        Random random = new Random(8);
        for (int repetition = 0; repetition < 60; repetition++) {
            double[] values = Draws.series(random, repetition % 2 == 0 ? 5 : 1, 60);

            List<String> summary = summary(EDivisive.analyze(values, QUICK));

            assertThat(summary(EDivisive.analyze(Draws.linear(values, -1, 0), QUICK)))
                    .isEqualTo(summary);
            assertThat(summary(EDivisive.analyze(Draws.linear(values, 3, 0), QUICK)))
                    .isEqualTo(summary);
            assertThat(summary(EDivisive.analyze(Draws.linear(values, 1, 64), QUICK)))
                    .isEqualTo(summary);
            assertThat(summary(EDivisive.analyze(Draws.linear(values, 0x1p990, 0), QUICK)))
                    .isEqualTo(summary);
            assertThat(summary(EDivisive.analyze(Draws.linear(values, 0x1p-900, 0), QUICK)))
                    .isEqualTo(summary);
        }
    }

    @Test
    void another_seed_draws_other_orders() {
        double[] values = Draws.series(new Random(10), 5, 60);
        EDivisive.Settings lenient = new EDivisive.Settings(99, 0.9, 2, 1);

        assertThat(summary(EDivisive.analyze(values, lenient))).isEqualTo(summary(EDivisive.analyze(values, lenient)));
        assertThat(summary(EDivisive.analyze(values, lenient)))
                .isNotEqualTo(summary(EDivisive.analyze(values, new EDivisive.Settings(99, 0.9, 2, 2))));
    }

    @Test
    void both_zeros_are_the_same_value() {
        double[] signed = {0.0, -0.0, 1, -0.0, 0.0, 2, 7, 8, -0.0, 9};
        double[] plain = {0, 0, 1, 0, 0, 2, 7, 8, 0, 9};

        assertThat(EDivisive.statistics(signed)).isEqualTo(EDivisive.statistics(plain));
    }

    @Test
    void keeps_the_minimum_segment() {
        double[] values = {9, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

        assertThat(EDivisive.analyze(values, new EDivisive.Settings(199, 0.05, 2, 1))
                        .indices())
                .containsExactly(2);
        assertThat(EDivisive.analyze(values, new EDivisive.Settings(199, 0.05, 3, 1))
                        .indices())
                .doesNotContain(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 50})
    void constant_series_have_no_changes(int length) {
        double[] values = new double[length];
        Arrays.fill(values, 0.1);

        assertThat(EDivisive.analyze(values)).isEqualTo(new Changes(length, List.of()));
        assertThat(EDivisive.statistics(values)).isEqualTo(new double[Math.max(0, length - 1)]);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void rejects_a_value_that_is_not_finite_with_its_index(double bad) {
        double[] values = {1, 2, bad, 4};

        assertThatThrownBy(() -> EDivisive.analyze(values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("values[2] is " + bad + ", not a finite number");
        assertThatThrownBy(() -> EDivisive.statistics(values)).hasMessageContaining("values[2]");
    }

    @Test
    void statistics_of_the_largest_numbers_are_numbers() {
        double[] values = {-1e300, -1e300, 1e300, 1e300, -1e-300};

        assertThat(Arrays.stream(EDivisive.statistics(values))).allMatch(Double::isFinite);
        assertThat(EDivisive.statistics(new double[] {-Double.MAX_VALUE, Double.MAX_VALUE}))
                .containsExactly(Double.POSITIVE_INFINITY);
        assertThat(EDivisive.statistics(new double[] {0, Double.MIN_VALUE})).containsExactly(Double.MIN_VALUE);
    }

    @Test
    void rejects_settings_that_can_find_nothing() {
        assertThatThrownBy(() -> new EDivisive.Settings(18, 0.05, 2, 0))
                .hasMessage("with 18 permutations no p-value is as small as 0.05; at least 19 are needed");
        assertThat(new EDivisive.Settings(19, 0.05, 2, 0).permutations()).isEqualTo(19);
        assertThatThrownBy(() -> new EDivisive.Settings(99, Double.NaN, 2, 0)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new EDivisive.Settings(99, 1, 2, 0)).hasMessageContaining("between 0 and 1");
        assertThatThrownBy(() -> new EDivisive.Settings(99, 0.05, 0, 0)).hasMessageContaining("not 0");
    }

    private static double spread(double[] values) {
        return Arrays.stream(values).max().orElseThrow()
                - Arrays.stream(values).min().orElseThrow();
    }

    private static List<String> summary(Changes changes) {
        return changes.points().stream()
                .map(point -> point.index() + " " + point.pValue())
                .toList();
    }

    private static double[] literal(double[] values, int from, int to) {
        double[] statistics = new double[Math.max(0, to - from - 1)];
        for (int l = 1; l < to - from; l++) {
            statistics[l - 1] = literal(values, from, from + l, to);
        }
        return statistics;
    }

    /** The definition, distance by distance. */
    private static double literal(double[] values, int from, int split, int to) {
        double between = 0;
        double left = 0;
        double right = 0;
        for (int i = from; i < to; i++) {
            for (int j = i + 1; j < to; j++) {
                double distance = Math.abs(values[i] - values[j]);
                if (j < split) {
                    left += distance;
                } else if (i >= split) {
                    right += distance;
                } else {
                    between += distance;
                }
            }
        }
        double n = to - from;
        int l = split - from;
        int m = to - split;
        return 2 / n * between - (l > 1 ? 2 * m / n / (l - 1) * left : 0) - (m > 1 ? 2 * l / n / (m - 1) * right : 0);
    }

    /** The largest statistic of all admissible splits of all segments, with its place. */
    private record Best(double statistic, int index) {}

    private static Best best(double[] values, List<Integer> bounds, int minimum) {
        List<Best> all = new ArrayList<>();
        for (int s = 0; s + 1 < bounds.size(); s++) {
            int from = bounds.get(s);
            int to = bounds.get(s + 1);
            double[] statistics = literal(values, from, to);
            for (int l = minimum; l <= to - from - minimum; l++) {
                all.add(new Best(statistics[l - 1], from + l));
            }
        }
        double largest = all.stream().mapToDouble(Best::statistic).max().orElse(Double.NEGATIVE_INFINITY);
        // of those that are equal but for the order of additions the first one
        return all.stream()
                .filter(best -> best.statistic >= largest - 1e-12 * Math.abs(largest))
                .findFirst()
                .orElse(new Best(Double.NEGATIVE_INFINITY, 0));
    }

    private static List<String> literalAnalysis(double[] values, EDivisive.Settings settings) {
        List<Integer> bounds = new ArrayList<>(List.of(0, values.length));
        List<ChangePoint> found = new ArrayList<>();
        while (true) {
            Best best = best(values, bounds, settings.minimumSegment());
            if (!(best.statistic > 1e-12)) {
                break;
            }
            int extreme = 0;
            for (int draw = 0; draw < settings.permutations(); draw++) {
                double[] permuted = values.clone();
                for (int s = 0; s + 1 < bounds.size(); s++) {
                    int from = bounds.get(s);
                    int length = bounds.get(s + 1) - from;
                    int[] places = new int[length];
                    int[] order = new int[length];
                    Arrays.setAll(places, i -> i);
                    new Shuffle(settings.seed(), from, bounds.get(s + 1), draw).copy(places, order);
                    for (int i = 0; i < length; i++) {
                        permuted[from + i] = values[from + order[i]];
                    }
                }
                double limit = best.statistic - 1e-12 * Math.abs(best.statistic);
                extreme += best(permuted, bounds, settings.minimumSegment()).statistic >= limit ? 1 : 0;
            }
            double pValue = (1.0 + extreme) / (1.0 + settings.permutations());
            if (pValue > settings.significance()) {
                break;
            }
            found.add(new ChangePoint(best.index, best.statistic, pValue, 0, 0));
            bounds.add(best.index);
            bounds.sort(Integer::compare);
        }
        return found.stream()
                .sorted((a, b) -> Integer.compare(a.index(), b.index()))
                .map(point -> point.index() + " " + point.pValue())
                .toList();
    }
}
