package dev.plumbline.core.stats.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarmUpTest {
    private static double location(double[]... forks) {
        return Sample.Values.of(Sample.Center.PSEUDOMEDIAN, List.of(forks))
                .steady(Better.LOWER)
                .location();
    }

    @Test
    void a_first_iteration_that_is_off_in_every_fork_does_not_count() {
        // CSV lines of JMH with two warm-up iterations of 150 ms
        double quiet = location(new double[] {2247, 1143, 1129}, new double[] {2194, 1151, 1125});
        double slow = location(new double[] {3537, 1155, 1138}, new double[] {3646, 1140, 1130});

        assertThat(quiet).isCloseTo(1137, within(5.0));
        assertThat(slow / quiet).isCloseTo(1, within(0.01));
    }

    /** A heap that fills up: what comes later is what the program costs, and the first iterations are too. */
    @Test
    void a_first_iteration_that_is_better_counts() {
        double[][] forks = {{60, 100, 101}, {55, 99, 100}};

        assertThat(location(forks)).isLessThan(85);
        assertThat(WarmUp.without(List.of(forks), true)).isEqualTo(List.of(forks));
        // of operations a second, fewer are worse
        assertThat(WarmUp.without(List.of(forks), false).get(0)).containsExactly(100, 101);
        assertThat(WarmUp.ofFirst(List.of(forks), false).orElseThrow()).isCloseTo(-0.403, within(0.001));
    }

    @Test
    void a_slow_program_keeps_its_slowness() {
        double before = location(new double[] {220, 110, 111}, new double[] {240, 109, 110});
        double after = location(new double[] {242, 121, 122.1}, new double[] {264, 119.9, 121});

        assertThat(after / before).isCloseTo(1.1, within(1e-9));
    }

    @Test
    void one_fork_that_starts_slowly_is_no_warm_up() {
        List<double[]> forks = List.of(new double[] {300, 100, 101}, new double[] {100, 101, 100});

        assertThat(WarmUp.without(forks, true)).isEqualTo(forks);
        assertThat(WarmUp.ofFirst(forks, true)).isEmpty();
    }

    @Test
    void what_cannot_be_told_counts() {
        for (List<double[]> forks : List.of(
                List.of(new double[] {300, 100, 101, 99, 100}),
                List.of(new double[] {300, 100}, new double[] {310, 100}),
                List.of(new double[] {3, 0, 0}, new double[] {3, 0, 0}))) {
            assertThat(WarmUp.without(forks, true)).isEqualTo(forks);
            assertThat(WarmUp.ofFirst(forks, true)).isEmpty();
        }
    }

    @Test
    void several_iterations_may_be_warm_up_and_the_last_third_is_kept() {
        List<double[]> forks = List.of(new double[] {400, 200, 100, 100, 101}, new double[] {410, 210, 99, 100, 100});

        assertThat(WarmUp.without(forks, true).get(1)).containsExactly(99, 100, 100);
        assertThat(location(forks.toArray(double[][]::new))).isEqualTo(100);
        // a program that gets faster all the time has no steady state: its last iterations stand for it
        double[] faster = {64, 32, 16, 8, 4, 2, 1};
        assertThat(WarmUp.without(List.of(faster, faster), true).get(0)).containsExactly(4, 2, 1);
        assertThat(location(faster, faster)).isBetween(1.0, 4.0);
    }

    @Test
    void a_value_that_is_a_little_off_is_drawn_to_the_later_ones() {
        double[] fork = {Math.exp(0.1), 1, 1, 1, 1};

        assertThat(WarmUp.without(List.of(fork, fork), true).get(0)[0]).isCloseTo(Math.exp(0.05), within(1e-9));
    }

    @Test
    void it_says_how_far_the_first_ones_are_off_in_the_fork_that_shows_it_least() {
        assertThat(WarmUp.ofFirst(List.of(new double[] {220, 100, 100}, new double[] {300, 100, 100}), true)
                        .orElseThrow())
                .isCloseTo(1.2, within(1e-9));
        assertThat(WarmUp.ofFirst(List.of(new double[] {110, 100, 100}, new double[] {110, 100, 100}), true))
                .isEmpty();
    }

    /** Otherwise a distance near a limit would be a regression in one run and none in the next. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 10})
    void the_value_never_jumps(int iterations) {
        double last = Double.NaN;
        for (double first = 1; first < 1.5; first += 0.001) {
            double[] fork = new double[iterations];
            Arrays.fill(fork, 1);
            fork[0] = first;
            double now = location(fork, fork);
            assertThat(now).isBetween(1.0, 1.06);
            if (Double.isFinite(last)) {
                assertThat(Math.abs(now - last)).isLessThan(0.003);
            }
            last = now;
        }
    }

    @Test
    void noise_alone_moves_no_value() {
        SplittableRandom random = new SplittableRandom(4711);
        double sum = 0;
        double with = 0;
        double without = 0;
        int runs = 4_000;
        for (int run = 0; run < runs; run++) {
            double[][] forks = IntStream.range(0, 3)
                    .mapToObj(fork -> IntStream.range(0, 5)
                            .mapToDouble(at -> Math.exp(0.1 * random.nextGaussian()))
                            .toArray())
                    .toArray(double[][]::new);
            double ours = Math.log(location(forks));
            double plain = Math.log(Location.pseudomedian(
                    Arrays.stream(forks).flatMapToDouble(Arrays::stream).toArray()));
            sum += ours - plain;
            with += ours * ours;
            without += plain * plain;
        }
        assertThat(sum / runs).isCloseTo(0, within(0.0005));
        assertThat(with / without).isLessThan(1.1);
    }
}
