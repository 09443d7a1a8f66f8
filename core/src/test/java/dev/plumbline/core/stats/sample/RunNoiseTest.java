package dev.plumbline.core.stats.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunNoiseTest {
    @Test
    void noise_that_was_put_in_is_found() {
        List<List<double[]>> runs = runs(400, 4, 5, 0.01, 0.02, 0.03, new Random(11));

        RunNoise found = RunNoise.of(runs, deviationOfMeans(runs)).orElseThrow();

        assertThat(found.run()).isCloseTo(0.01, within(0.002));
        assertThat(found.fork()).isCloseTo(0.02, within(0.002));
        assertThat(found.iteration()).isCloseTo(0.03, within(0.002));
        assertThat(found.deviation(4, 5)).isCloseTo(deviationOfMeans(runs), within(0.001));
    }

    @Test
    void forks_alone_explain_runs_that_differ_no_more_than_they_do() {
        List<List<double[]>> runs = runs(400, 3, 3, 0, 0.02, 0.03, new Random(12));

        assertThat(RunNoise.of(runs, deviationOfMeans(runs)).orElseThrow().run())
                .isLessThan(0.006);
        assertThat(RunNoise.of(runs, 0).orElseThrow().run()).isZero();
    }

    @Test
    void runs_of_one_fork_are_as_noisy_as_they_were_whatever_it_comes_from() {
        List<List<double[]>> runs = runs(400, 1, 5, 0.01, 0.02, 0.03, new Random(13));

        RunNoise found = RunNoise.of(runs, deviationOfMeans(runs)).orElseThrow();

        assertThat(found.run()).isZero();
        assertThat(found.deviation(1, 5)).isCloseTo(deviationOfMeans(runs), within(1e-9));
        assertThat(found.deviation(4, 5)).isCloseTo(deviationOfMeans(runs) / 2, within(1e-9));
    }

    @Test
    void forks_of_one_iteration_have_no_noise_inside() {
        RunNoise found = RunNoise.of(List.of(List.of(new double[] {1}, new double[] {Math.E})), 0)
                .orElseThrow();

        assertThat(found).isEqualTo(new RunNoise(0, Math.sqrt(0.5), 0));
    }

    @Test
    void the_scale_does_not_matter() {
        List<List<double[]>> runs = runs(5, 3, 3, 0, 0.02, 0.03, new Random(14));
        List<List<double[]>> scaled = runs.stream()
                .map(forks -> forks.stream()
                        .map(values -> java.util.Arrays.stream(values)
                                .map(value -> 1e6 * value)
                                .toArray())
                        .toList())
                .toList();

        assertThat(RunNoise.of(scaled, 0.02).orElseThrow().fork())
                .isCloseTo(RunNoise.of(runs, 0.02).orElseThrow().fork(), within(1e-9));
    }

    @Test
    void nothing_and_values_without_a_relative_noise_have_none() {
        assertThat(RunNoise.of(List.of(), 0.1)).isEmpty();
        assertThat(RunNoise.of(List.of(List.of()), 0.1)).isEmpty();
        assertThat(RunNoise.of(List.of(List.of(new double[0])), 0.1)).isEmpty();
        for (double value : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThat(RunNoise.of(List.of(List.of(new double[] {1, value})), 0.1))
                    .isEmpty();
        }
        assertThatThrownBy(() -> new RunNoise(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RunNoise(Double.NaN, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RunNoise(0, 0, 0).deviation(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<List<double[]>> runs(
            int count, int forks, int iterations, double run, double fork, double iteration, Random random) {
        List<List<double[]>> runs = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            double ofRun = run * random.nextGaussian();
            List<double[]> all = new ArrayList<>();
            for (int f = 0; f < forks; f++) {
                double ofFork = ofRun + fork * random.nextGaussian();
                double[] values = new double[iterations];
                for (int i = 0; i < iterations; i++) {
                    values[i] = Math.exp(ofFork + iteration * random.nextGaussian());
                }
                all.add(values);
            }
            runs.add(all);
        }
        return runs;
    }

    private static double deviationOfMeans(List<List<double[]>> runs) {
        return Spread.standardDeviation(runs.stream()
                .mapToDouble(forks -> forks.stream()
                        .mapToDouble(values -> java.util.Arrays.stream(values)
                                .map(Math::log)
                                .average()
                                .orElseThrow())
                        .average()
                        .orElseThrow())
                .toArray());
    }
}
