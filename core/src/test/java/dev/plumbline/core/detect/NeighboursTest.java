package dev.plumbline.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.Location;
import dev.plumbline.core.stats.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NeighboursTest {
    /** The definition, word by word. */
    private static double literally(List<double[]> regimes) {
        double squares = 0;
        double products = 0;
        int count = 0;
        for (double[] scores : regimes) {
            double middle = Location.median(scores);
            double limit = 2.5 * Spread.winsorisedDeviation(scores);
            double[] clipped = new double[scores.length];
            for (int i = 0; i < scores.length; i++) {
                double distance = Math.min(limit, Math.max(-limit, scores[i] - middle));
                clipped[i] = limit == 0 ? 0 : distance / limit;
            }
            double mean = Location.mean(clipped);
            for (int i = 0; i < clipped.length; i++) {
                squares += (clipped[i] - mean) * (clipped[i] - mean);
                products += i == 0 ? 0 : (clipped[i] - mean) * (clipped[i - 1] - mean);
            }
            count += scores.length;
        }
        double raw = products / squares;
        return Math.min(1, Math.max(-1, raw + (1 + 3 * raw) * regimes.size() / count));
    }

    @Test
    void the_correlation_is_that_of_clipped_distances_corrected_for_their_middles() {
        SplittableRandom random = new SplittableRandom(31);
        for (int draw = 0; draw < 500; draw++) {
            List<double[]> regimes = new ArrayList<>();
            double phi = random.nextDouble(-0.9, 0.9);
            int values = 0;
            for (int regime = random.nextInt(3); regime >= 0; regime--) {
                double[] scores = new double[3 + random.nextInt(30)];
                double last = 0;
                for (int i = 0; i < scores.length; i++) {
                    last = phi * last + random.nextGaussian() + (random.nextInt(15) == 0 ? 30 : 0);
                    scores[i] = 100 * regime + last;
                }
                regimes.add(scores);
                values += scores.length;
            }

            Neighbours neighbours = Neighbours.of(regimes);

            assertThat(neighbours.correlation()).as("draw %d", draw).isEqualTo(literally(regimes), within(1e-9));
            assertThat(neighbours.count()).isEqualTo(values);
        }
    }

    @Test
    void values_worked_out_by_hand() {
        // median 3, nothing clipped: products of the distances 2 + 0 + 0 + 2 over squares 10, and (1 + 3 * 0.4) / 5
        assertThat(Neighbours.of(List.of(new double[] {1, 2, 3, 4, 5})).correlation())
                .isEqualTo(0.84, within(1e-12));
        // two products of 1 and three of -1 over six squares, and (1 - 3 / 6) / 6
        assertThat(Neighbours.of(List.of(new double[] {1, -1, 1, 1, -1, -1})).correlation())
                .isEqualTo(-1.0 / 12, within(1e-12));
    }

    @Test
    void no_correlation_lies_beyond_what_one_can_be() {
        double[] turning = new double[60];
        for (int i = 0; i < turning.length; i++) {
            turning[i] = i % 2 == 0 ? 1 : -1;
        }
        double[] halves = {0, 0, 0, 0, 1, 1, 1, 1};

        assertThat(Neighbours.of(List.of(turning)).correlation()).isEqualTo(-1);
        // (3 - 1 + 3) / 8 and an eighth of (1 + 3 * 0.625)
        assertThat(Neighbours.of(List.of(halves)).correlation()).isEqualTo(0.625 + 2.875 / 8, within(1e-12));
        assertThat(Neighbours.of(List.of(new double[] {0, 0, 1, 1}, new double[] {0, 0, 0, 1, 1, 1}))
                        .correlation())
                .isLessThanOrEqualTo(1);
    }

    /** What is believed of a series of a suite, by the definition: the others' pooled mean is the prior of its own. */
    private static double believed(List<Neighbours> suite, int place) {
        double values = suite.stream().mapToDouble(Neighbours::count).sum();
        double middle = suite.stream()
                        .mapToDouble(one -> one.count() * one.correlation())
                        .sum()
                / values;
        double variance = Math.max(0.05, 1 - middle * middle);
        double scatter = suite.stream()
                .mapToDouble(one -> one.count() * Math.pow(one.correlation() - middle, 2))
                .sum();
        double squares = suite.stream()
                .mapToDouble(one -> (double) one.count() * one.count())
                .sum();
        double between = Math.max(0, (scatter - (suite.size() - 1) * variance) / (values - squares / values));
        double precision = 1 / (0.15 * 0.15);
        double weighted = 0.1 * precision;
        for (int i = 0; i < suite.size(); i++) {
            if (i != place) {
                double weight = 1 / (variance / suite.get(i).count() + between);
                precision += weight;
                weighted += weight * suite.get(i).correlation();
            }
        }
        double prior = 1 / (between + 1 / precision);
        double own = suite.get(place).count() / variance;
        double mean = (prior * weighted / precision + own * suite.get(place).correlation()) / (prior + own);
        return Math.max(0, Math.min(0.8, mean + 1 / Math.sqrt(prior + own)));
    }

    @Test
    void a_series_of_a_suite_is_believed_what_the_others_and_itself_leave_likely() {
        SplittableRandom random = new SplittableRandom(32);
        boolean differ = false;
        for (int draw = 0; draw < 300; draw++) {
            double spread = draw % 2 == 0 ? 0.05 : 0.6;
            double middle = random.nextDouble(-0.2, 0.6);
            List<Neighbours> suite = new ArrayList<>();
            for (int i = 2 + random.nextInt(20); i > 0; i--) {
                double correlation = Math.max(-1, Math.min(1, middle + spread * random.nextGaussian()));
                suite.add(new Neighbours(correlation, 10 + random.nextInt(300)));
            }
            SuiteNeighbours neighbours = SuiteNeighbours.of(suite);
            for (int i = 0; i < suite.size(); i++) {
                double expected = believed(suite, i);
                assertThat(neighbours.of(i)).as("draw %d, series %d", draw, i).isEqualTo(expected, within(1e-9));
                differ |= expected > 0 && expected < 0.8;
            }
        }
        assertThat(differ).isTrue();
    }
}
