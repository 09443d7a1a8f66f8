package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentationTest {
    @Test
    void proposes_every_clear_step_at_its_place() {
        double[] x = new double[200];
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 200; i++) {
            x[i] = random.nextGaussian() + (i < 60 ? 0 : i < 80 ? 10 : i < 150 ? -5 : 4);
        }
        assertThat(Segmentation.propose(x, 200, 1e-4)).containsExactly(60, 80, 150);
    }

    @Test
    void proposes_nothing_for_a_constant_and_for_fewer_than_six_values() {
        assertThat(Segmentation.propose(new double[100], 100, 1e-4)).isEmpty();
        assertThat(Segmentation.propose(new double[] {0, 0, 0, 9, 9}, 5, 1e-4)).isEmpty();
    }

    @Test
    void a_lone_spike_is_no_proposal() {
        double[] x = new double[100];
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 100; i++) {
            x[i] = random.nextGaussian();
        }
        x[50] = 60;
        assertThat(Segmentation.propose(x, 100, 1e-4)).isEmpty();
    }

    @Test
    void values_beyond_the_length_do_not_matter() {
        double[] x = new double[300];
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 300; i++) {
            x[i] = random.nextGaussian() + (i < 70 ? 0 : 6) + (i < 150 ? 0 : 1000);
        }
        assertThat(Segmentation.propose(x, 150, 1e-4)).containsExactly(70);
    }

    @Test
    void autocorrelated_noise_brings_few_proposals() {
        SplittableRandom random = new SplittableRandom(12);
        int proposals = 0;
        for (int trial = 0; trial < 100; trial++) {
            double[] x = new double[200];
            double previous = 0;
            for (int i = 0; i < 200; i++) {
                previous = 0.5 * previous + random.nextGaussian();
                x[i] = previous;
            }
            proposals += Segmentation.propose(x, 200, 1e-4).length;
        }
        assertThat(proposals).isLessThan(400);
    }

    @Test
    void proposes_what_its_definition_says_done_slowly() {
        SplittableRandom random = new SplittableRandom(13);
        int proposals = 0;
        for (int trial = 0; trial < 600; trial++) {
            double[] x = series(random, 6 + random.nextInt(trial % 5 == 0 ? 180 : 60), 0.6 * (trial % 3) / 2);
            int[] proposed = Segmentation.propose(x, x.length, 1e-4);
            assertThat(proposed).as("trial %d", trial).containsExactly(slowly(x));
            proposals += proposed.length;
        }
        assertThat(proposals).isGreaterThan(600);
    }

    /** Gaussian noise, autocorrelated or not, with spikes and with steps of all sizes. */
    private static double[] series(SplittableRandom random, int count, double autocorrelation) {
        double[] x = new double[count];
        double level = 0;
        double noise = 0;
        for (int i = 0; i < count; i++) {
            level += random.nextInt(15) == 0 ? 5 * random.nextGaussian() : 0;
            noise = autocorrelation * noise + random.nextGaussian();
            x[i] = level + noise + (random.nextInt(25) == 0 ? 12 : 0);
        }
        return x;
    }

    private static int[] slowly(double[] x) {
        int m = x.length;
        double one = Math.max(1e-4, differences(x, 1));
        double two = differences(x, 2);
        double phi = Math.max(0, Math.min(0.7, two * two / (one * one) - 1)) * m / (m + 20);
        double scale = one / Math.sqrt(1 - phi);
        double[] cut = new double[m];
        for (int i = 0; i < m; i++) {
            int from = Math.max(0, Math.min(i - 2, m - 5));
            double[] five = Arrays.copyOfRange(x, from, from + 5);
            Arrays.sort(five);
            cut[i] = Math.max(five[2] - 2.5 * scale, Math.min(five[2] + 2.5 * scale, x[i]));
        }
        List<Integer> points = new ArrayList<>(candidates(cut, 2 * scale));
        points.add(0, 0);
        points.add(m);
        return best(cut, points, 2 * Math.log(m) * scale * scale * (1 + phi) / (1 - phi));
    }

    /** The mean of the smaller three quarters, as a standard deviation of one value. */
    private static double differences(double[] x, int lag) {
        double[] sorted = IntStream.range(0, x.length - lag)
                .mapToDouble(i -> Math.abs(x[i + lag] - x[i]))
                .sorted()
                .toArray();
        double mean = Arrays.stream(sorted, 0, Math.max(1, 3 * sorted.length / 4))
                .average()
                .orElseThrow();
        return mean / 0.5149033339461041 / Math.sqrt(2);
    }

    private static Set<Integer> candidates(double[] x, double threshold) {
        Set<Integer> found = new TreeSet<>();
        for (int width : new int[] {3, 5, 8, 13, 21, 34, 55}) {
            int reach = Math.max(1, width / 3);
            for (int t = width; t <= x.length - width; t++) {
                double jump = jump(x, t, width);
                boolean highest = jump > threshold * Math.sqrt(2.0 * width);
                for (int other = t - reach; other <= t + reach; other++) {
                    highest &= other < width || other > x.length - width || jump(x, other, width) <= jump;
                }
                if (highest) {
                    found.add(t);
                }
            }
        }
        return found;
    }

    private static double jump(double[] x, int t, int width) {
        return Math.abs(Arrays.stream(x, t, t + width).sum()
                - Arrays.stream(x, t - width, t).sum());
    }

    /** The partition over the points with the least squared error and penalties, one piece after another. */
    private static int[] best(double[] x, List<Integer> points, double penalty) {
        double[] costs = new double[points.size()];
        List<List<Integer>> paths = new ArrayList<>();
        paths.add(List.of());
        for (int j = 1; j < points.size(); j++) {
            costs[j] = Double.POSITIVE_INFINITY;
            List<Integer> path = List.of();
            for (int i = 0; i < j; i++) {
                double[] piece = Arrays.copyOfRange(x, points.get(i), points.get(j));
                double mean = Arrays.stream(piece).average().orElseThrow();
                double error = Arrays.stream(piece)
                        .map(value -> (value - mean) * (value - mean))
                        .sum();
                if (costs[i] + error + penalty < costs[j]) {
                    costs[j] = costs[i] + error + penalty;
                    path = new ArrayList<>(paths.get(i));
                    path.add(points.get(i));
                }
            }
            paths.add(path);
        }
        List<Integer> last = paths.get(points.size() - 1);
        return last.stream().skip(1).mapToInt(Integer::intValue).toArray();
    }
}
