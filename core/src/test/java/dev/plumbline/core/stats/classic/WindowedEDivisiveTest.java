package dev.plumbline.core.stats.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.core.stats.classic.WindowedEDivisive.Retest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowedEDivisiveTest {
    @Test
    void finds_the_steps_of_whole_numbers_with_the_p_values_of_the_t_test() {
        Changes changes = WindowedEDivisive.analyze(Draws.fourLevels());

        // scipy.stats.ttest_ind_from_stats(l.mean(), np.std(l), len(l), r.mean(), np.std(r), len(r)).pvalue
        assertThat(changes.indices()).containsExactly(30, 90);
        assertThat(changes.points().get(0).pValue()).isCloseTo(1.0601604752893382e-66, within(1e-76));
        assertThat(changes.points().get(1).pValue()).isCloseTo(6.234574573481354e-54, within(1e-63));
    }

    @Test
    void the_candidate_maximises_the_definition_over_split_and_end() {
        Random random = new Random(21);
        for (int repetition = 0; repetition < 400; repetition++) {
            double[] values = Draws.series(random, repetition % 2 == 0 ? 0 : 5, 2 + random.nextInt(29));

            int split = WindowedEDivisive.largestSplit(values, 0, values.length);

            int best = 0;
            double largest = Double.NEGATIVE_INFINITY;
            for (int tau = 1; tau < values.length; tau++) {
                for (int kappa = tau + 1; kappa <= values.length; kappa++) {
                    double q = statistic(Arrays.copyOfRange(values, 0, tau), Arrays.copyOfRange(values, tau, kappa));
                    if (q > largest) {
                        largest = q;
                        best = tau;
                    }
                }
            }
            assertThat(split).isEqualTo(best);
        }
    }

    /** The published tool's own test of its demonstration series, with all its settings. */
    @Test
    void agrees_with_every_expectation_of_the_published_tool() throws IOException {
        Path folder = data().resolve("labelled/otava");
        assumeTrue(Files.exists(folder), "the labelled series are not here; set PLUMBLINE_DATA");
        String test = Files.readString(folder.resolve("tigerbeetle_test.py.txt"));
        Matcher series = Pattern.compile("return \\[([\\d, ]+)]").matcher(test);
        assertThat(series.find()).isTrue();
        double[] values = Arrays.stream(series.group(1).split(", "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        Pattern expectation = Pattern.compile(
                "window_len=(\\d+), max_pvalue=([\\d.]+), min_magnitude=([\\d.]+)\\).*?indexes == \\[([\\d, ]+)]",
                Pattern.DOTALL);
        Matcher expectations = expectation.matcher(test);
        int compared = 0;
        while (expectations.find()) {
            WindowedEDivisive.Settings settings = new WindowedEDivisive.Settings(
                    Integer.parseInt(expectations.group(1)),
                    Double.parseDouble(expectations.group(2)),
                    Double.parseDouble(expectations.group(3)),
                    Retest.FOLLOWING_TWO);
            int[] expected = Arrays.stream(expectations.group(4).split(", "))
                    .mapToInt(Integer::parseInt)
                    .toArray();

            assertThat(WindowedEDivisive.analyze(values, settings).indices())
                    .as("%s", settings)
                    .isEqualTo(expected);
            compared++;
        }
        assertThat(compared).isEqualTo(10);
    }

    @Test
    void with_neighbours_tested_again_every_change_is_significant_between_its_neighbours() {
        Random random = new Random(22);
        int found = 0;
        for (int repetition = 0; repetition < 60; repetition++) {
            double[] values = Draws.linear(Draws.series(random, 5, 150), 1, 30);

            Changes changes = WindowedEDivisive.analyze(values);

            assertThat(changes.points()).allMatch(point -> point.pValue() < 0.001);
            int previous = 0;
            for (int i = 0; i < changes.points().size(); i++) {
                ChangePoint point = changes.points().get(i);
                int next = i + 1 < changes.points().size() ? changes.indices()[i + 1] : values.length;
                double before =
                        Arrays.stream(values, previous, point.index()).average().orElseThrow();
                double after =
                        Arrays.stream(values, point.index(), next).average().orElseThrow();
                assertThat(point.before()).isCloseTo(before, within(1e-9));
                assertThat(point.after()).isCloseTo(after, within(1e-9));
                previous = point.index();
                found++;
            }
        }
        assertThat(found).isGreaterThan(100);
    }

    @Test
    void removes_changes_up_to_the_minimum_magnitude() {
        double[] values = new double[60];
        for (int i = 0; i < 60; i++) {
            values[i] = (i < 20 ? 100 : i < 40 ? 104 : 150) + 0.1 * (i % 3);
        }

        assertThat(WindowedEDivisive.analyze(values).indices()).containsExactly(20, 40);
        assertThat(WindowedEDivisive.analyze(values, new WindowedEDivisive.Settings(50, 0.001, 0.05, Retest.NEIGHBOURS))
                        .indices())
                .containsExactly(40);
        assertThat(WindowedEDivisive.analyze(values, new WindowedEDivisive.Settings(50, 0.001, 9, Retest.NEIGHBOURS))
                        .indices())
                .isEmpty();
    }

    @Test
    void sign_and_scale_change_nothing_but_the_unit() {
        Random random = new Random(23);
        for (int repetition = 0; repetition < 40; repetition++) {
            double[] values = Draws.linear(Draws.series(random, repetition % 2 == 0 ? 5 : 1, 130), 1, 40);
            List<Integer> indices = indices(values);

            assertThat(indices(Draws.linear(values, -1, 0))).isEqualTo(indices);
            assertThat(indices(Draws.linear(values, 0x1p900, 0))).isEqualTo(indices);
            assertThat(indices(Draws.linear(values, 0x1p-900, 0))).isEqualTo(indices);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 200})
    void constant_series_have_no_changes(int length) {
        double[] values = new double[length];
        Arrays.fill(values, 0.1);

        assertThat(WindowedEDivisive.analyze(values)).isEqualTo(new Changes(length, List.of()));
    }

    @Test
    void a_step_without_scatter_has_probability_zero() {
        double[] values = {5, 5, 5, 5, 7, 7, 7, 7};

        Changes changes = WindowedEDivisive.analyze(values);

        assertThat(changes.indices()).containsExactly(4);
        assertThat(changes.points().get(0).pValue()).isZero();
        assertThat(changes.points().get(0).before()).isEqualTo(5);
        assertThat(changes.points().get(0).after()).isEqualTo(7);
    }

    @Test
    void two_different_values_are_no_change() {
        assertThat(WindowedEDivisive.analyze(new double[] {1, 1000}).points()).isEmpty();
    }

    @Test
    void a_level_of_zero_has_a_magnitude_in_the_other_direction() {
        double[] values = {0, 0, 0, 0, 0, 0, 7, 7, 7, 7, 7, 7};

        assertThat(WindowedEDivisive.analyze(values, new WindowedEDivisive.Settings(50, 0.001, 0.9, Retest.NEIGHBOURS))
                        .indices())
                .containsExactly(6);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void rejects_a_value_that_is_not_finite_with_its_index(double bad) {
        assertThatThrownBy(() -> WindowedEDivisive.analyze(new double[] {1, bad}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("values[1] is " + bad + ", not a finite number");
    }

    @Test
    void rejects_settings_out_of_range() {
        assertThatThrownBy(() -> new WindowedEDivisive.Settings(1, 0.001, 0, Retest.NEIGHBOURS))
                .hasMessage("a window has at least two values, not 1");
        assertThatThrownBy(() -> new WindowedEDivisive.Settings(50, Double.NaN, 0, Retest.NEIGHBOURS))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new WindowedEDivisive.Settings(50, 1, 0, Retest.NEIGHBOURS))
                .hasMessageContaining("between 0 and 1");
        assertThatThrownBy(() -> new WindowedEDivisive.Settings(50, 0.1, Double.POSITIVE_INFINITY, Retest.NEIGHBOURS))
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> new WindowedEDivisive.Settings(50, 0.1, -1, Retest.NEIGHBOURS))
                .hasMessageContaining("-1.0");
    }

    @Test
    void a_window_of_any_length_ends_at_the_last_value() {
        double[] values = Draws.fourLevels();
        WindowedEDivisive.Settings wide =
                new WindowedEDivisive.Settings(Integer.MAX_VALUE, 0.001, 0, Retest.NEIGHBOURS);

        assertThat(WindowedEDivisive.analyze(values, wide).indices()).contains(30, 90);
    }

    private static List<Integer> indices(double[] values) {
        return Arrays.stream(WindowedEDivisive.analyze(values).indices())
                .boxed()
                .toList();
    }

    private static double statistic(double[] left, double[] right) {
        double l = left.length;
        double m = right.length;
        double result = 0;
        for (double x : left) {
            for (double y : right) {
                result += 2 / (l + m) * Math.abs(x - y);
            }
        }
        result -= l > 1 ? m * inside(left) / ((l + m) * (l - 1)) : 0;
        result -= m > 1 ? l * inside(right) / ((l + m) * (m - 1)) : 0;
        return result;
    }

    /** The distances of all ordered pairs. */
    private static double inside(double[] values) {
        double sum = 0;
        for (double x : values) {
            for (double y : values) {
                sum += Math.abs(x - y);
            }
        }
        return sum;
    }

    private static Path data() {
        String named = System.getProperty("PLUMBLINE_DATA", System.getenv("PLUMBLINE_DATA"));
        return Path.of(named == null ? "../../shared/data" : named);
    }
}
