package dev.plumbline.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuiteNeighboursTest {
    private static double[] autoregressive(SplittableRandom random, int length, double phi) {
        double[] values = new double[length];
        double last = random.nextGaussian();
        for (int i = 0; i < length; i++) {
            values[i] = last;
            last = phi * last + Math.sqrt(1 - phi * phi) * random.nextGaussian();
        }
        return values;
    }

    private static List<Neighbours> suite(int series, int length, double phi) {
        SplittableRandom random = new SplittableRandom(7);
        return IntStream.range(0, series)
                .mapToObj(i -> Neighbours.of(List.of(autoregressive(random, length, phi))))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.5, 0.7})
    void the_estimate_is_right_on_average(double phi) {
        double mean = suite(400, 60, phi).stream()
                .mapToDouble(Neighbours::correlation)
                .average()
                .orElseThrow();

        assertThat(mean).isEqualTo(phi, within(0.05));
    }

    @Test
    void skewed_noise_is_not_taken_for_alike() {
        SplittableRandom random = new SplittableRandom(3);
        double[] skewed = new double[20_000];
        Arrays.setAll(skewed, i -> Math.exp(random.nextGaussian()));

        assertThat(Neighbours.of(List.of(skewed)).correlation()).isEqualTo(0, within(0.03));
    }

    @Test
    void a_step_between_regimes_makes_no_neighbours_alike() {
        SplittableRandom random = new SplittableRandom(5);
        double[] low = autoregressive(random, 2_000, 0);
        double[] high = Arrays.stream(autoregressive(random, 2_000, 0))
                .map(value -> value + 50)
                .toArray();

        assertThat(Neighbours.of(List.of(low, high)).correlation()).isEqualTo(0, within(0.06));
        assertThat(Neighbours.of(List.of(low, high)).count()).isEqualTo(4_000);
    }

    @Test
    void values_that_never_move_say_nothing() {
        assertThat(Neighbours.of(List.of(new double[] {5, 5, 5, 5}))).isEqualTo(Neighbours.NONE);
        assertThat(Neighbours.of(List.of())).isEqualTo(Neighbours.NONE);
    }

    @Test
    void a_series_among_many_alike_is_believed_to_be_like_them() {
        List<Neighbours> suite = new ArrayList<>(suite(300, 60, 0.5));
        suite.set(0, new Neighbours(0.15, 60)); // by chance
        SuiteNeighbours neighbours = SuiteNeighbours.of(suite);

        assertThat(neighbours.of(0)).isBetween(0.38, 0.55);
        assertThat(neighbours.of(1)).isBetween(0.4, 0.6);
    }

    @Test
    void a_series_unlike_the_others_is_itself_once_it_has_shown_enough() {
        List<Neighbours> suite = new ArrayList<>(Collections.nCopies(50, new Neighbours(0, 100)));
        suite.add(new Neighbours(0.6, 2_000));
        SuiteNeighbours neighbours = SuiteNeighbours.of(suite);

        assertThat(neighbours.of(50)).isBetween(0.5, 0.65);
        assertThat(neighbours.of(0)).isLessThan(0.25);
    }

    @Test
    void one_series_alone_is_judged_by_itself_and_what_is_usual() {
        // prior 0.1 ± 0.15, own 0.5 ± 0.112 (the variance (1 - 0.5²) / 60): 0.357, and one standard error of 0.090 more
        assertThat(SuiteNeighbours.of(List.of(new Neighbours(0.5, 60))).of(0)).isEqualTo(0.447, within(0.001));
        // nothing known: 0.1 + 0.15
        assertThat(SuiteNeighbours.of(List.of(Neighbours.NONE)).of(0)).isEqualTo(0.25, within(1e-12));
    }

    @Test
    void a_series_without_values_is_believed_what_the_others_are_and_takes_nothing_from_them() {
        List<Neighbours> known = List.of(new Neighbours(0.1, 50), new Neighbours(0.6, 80), new Neighbours(0.35, 20));
        List<Neighbours> suite = new ArrayList<>(known);
        suite.add(1, Neighbours.NONE);
        SuiteNeighbours neighbours = SuiteNeighbours.of(suite);

        assertThat(neighbours.of(0)).isEqualTo(SuiteNeighbours.of(known).of(0), within(1e-12));
        assertThat(neighbours.of(2)).isEqualTo(SuiteNeighbours.of(known).of(1), within(1e-12));
        assertThat(neighbours.of(3)).isEqualTo(SuiteNeighbours.of(known).of(2), within(1e-12));
        // s = [(.1, 50), (.6, 80), (.35, 20)]; n = sum(c for _, c in s); m = sum(c * r for r, c in s) / n; v = 1 - m *
        // m
        // b = (sum(c * (r - m)**2 for r, c in s) - 2 * v) / (n - sum(c * c for _, c in s) / n)
        // q = [1 / (v / c + b) for _, c in s]; p = sum(q) + 1 / .15**2
        // (sum(x * r for x, (r, _) in zip(q, s)) + .1 / .15**2) / p + (b + 1 / p)**.5
        assertThat(neighbours.of(1)).isEqualTo(0.49605620283339547, within(1e-12));
    }

    @Test
    void what_is_believed_stays_where_a_stationary_series_can_be() {
        assertThat(SuiteNeighbours.of(Collections.nCopies(9, new Neighbours(1, 500)))
                        .of(3))
                .isEqualTo(0.8);
        assertThat(SuiteNeighbours.of(Collections.nCopies(9, new Neighbours(-1, 500)))
                        .of(3))
                .isZero();
    }
}
