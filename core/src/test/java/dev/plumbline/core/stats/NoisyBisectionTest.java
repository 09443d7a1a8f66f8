package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.NoisyBisection.Look;
import dev.plumbline.core.stats.NoisyBisection.Position;
import dev.plumbline.core.stats.NoisyBisection.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoisyBisectionTest {
    private static final NoisyBisection BISECTION = NoisyBisection.withDefaults();

    @Test
    void the_posterior_is_the_integral_over_levels_and_deviation() {
        // grid integration of the normal likelihood over both means and log(sigma), with flat priors
        double[][] runs = {{0.0, 0.3}, {0.1}, {1.2}, {0.9, 1.1}};

        Look look = BISECTION.look(positions(runs));

        double[] integrals = new double[4];
        for (int culprit = 1; culprit < 4; culprit++) {
            integrals[culprit] = integral(runs, culprit);
        }
        double sum = integrals[1] + integrals[2] + integrals[3];
        for (int culprit = 1; culprit < 4; culprit++) {
            assertThat(look.posterior()[culprit]).isCloseTo(integrals[culprit] / sum, within(2e-3));
        }
    }

    private static double integral(double[][] runs, int culprit) {
        double sum = 0;
        for (double logSigma = -4; logSigma < 3; logSigma += 0.02) {
            double sigma = Math.exp(logSigma);
            double product = 1;
            for (int side = 0; side < 2; side++) {
                double integral = 0;
                for (double mean = -12; mean < 13; mean += Math.min(0.1, sigma / 3)) {
                    double log = 0;
                    for (int i = side == 0 ? 0 : culprit; i < (side == 0 ? culprit : runs.length); i++) {
                        for (double value : runs[i]) {
                            log += -Math.log(sigma) - (value - mean) * (value - mean) / (2 * sigma * sigma);
                        }
                    }
                    integral += Math.exp(log) * Math.min(0.1, sigma / 3);
                }
                product *= integral;
            }
            sum += product;
        }
        return sum;
    }

    /** The acceptance table: 30 runs at each end, steps of d deviations; runs to a posterior of 0.99. */
    @ParameterizedTest
    @CsvSource({
        "32, 1, 75, 0.97",
        "32, 2, 15, 0.97",
        "32, 3, 9.2, 0.97",
        "32, 5, 5.75, 0.97",
        "128, 2, 19.6, 0.97",
        "128, 3, 11.5, 0.97",
        "128, 5, 8.05, 0.97"
    })
    void finds_the_commit_with_few_runs(int commits, double step, double mostRuns, double leastCorrect) {
        int repetitions = 300;
        int correct = 0;
        int covered = 0;
        double runs = 0;
        for (int seed = 0; seed < repetitions; seed++) {
            SplittableRandom random = new SplittableRandom(7_000 + seed);
            Search search = new Search(commits, step, random, Set.of());
            Look look = search.run(30, 400);
            runs += search.spent;
            correct += look.culprits().contains(search.culprit) ? 1 : 0;
            covered += look.credible().contains(search.culprit) ? 1 : 0;
        }

        assertThat(correct / (double) repetitions).isGreaterThanOrEqualTo(leastCorrect);
        assertThat(covered / (double) repetitions).isGreaterThanOrEqualTo(leastCorrect - 0.02);
        assertThat(runs / repetitions).isLessThanOrEqualTo(mostRuns);
    }

    @Test
    void a_posterior_of_99_percent_is_right_in_97_of_100_also_where_the_ends_are_hardly_known() {
        int correct = 0;
        for (int seed = 0; seed < 1_000; seed++) {
            SplittableRandom random = new SplittableRandom(90_000 + seed);
            Search search = new Search(64, 3.3, random, Set.of());
            correct += search.run(4, 400).culprits().contains(search.culprit) ? 1 : 0;
        }

        assertThat(correct).isGreaterThanOrEqualTo(970);
    }

    @Test
    void commits_that_cannot_be_measured_are_told_with_the_one_behind_them() {
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Set<Integer> broken = new HashSet<>();
            while (broken.size() < 20) {
                broken.add(1 + random.nextInt(63));
            }
            Search search = new Search(64, 5, random, broken);
            Look look = search.run(8, 200);

            assertThat(look.culprits()).as("seed " + seed).isNotEmpty();
            List<Integer> culprits = look.culprits();
            for (int i = 0; i < culprits.size(); i++) {
                assertThat(broken.contains(culprits.get(i))).isEqualTo(i < culprits.size() - 1);
            }
        }
    }

    @Test
    void a_single_commit_between_needs_no_run() {
        Look look = BISECTION.look(positions(new double[][] {{0, 0.1}, {1, 1.1}}));

        assertThat(look.culprits()).containsExactly(1);
        assertThat(look.posterior()[1]).isEqualTo(1);
        assertThat(look.next()).isEmpty();
    }

    @Test
    void prefers_what_is_built_where_another_commit_is_hardly_better() {
        List<Position> positions = new ArrayList<>();
        for (int i = 0; i <= 200; i++) {
            boolean end = i == 0 || i == 200;
            positions.add(new Position(
                    end ? new double[] {i / 200.0, i / 200.0 + 0.001} : new double[0],
                    end || i == 102 ? State.READY : State.UNTRIED));
        }

        assertThat(BISECTION.look(positions).next()).hasValue(102);
    }

    @Test
    void a_prior_moves_the_answer() {
        List<Position> positions = new ArrayList<>(positions(new double[][] {{0, 0.1}, {}, {}, {1, 1.1}}));

        double[] posterior =
                BISECTION.look(positions, new double[] {1, 1, 8, 1}).posterior();

        assertThat(posterior).containsExactly(new double[] {0, 0.1, 0.8, 0.1}, within(1e-12));
    }

    @Test
    void values_that_do_not_differ_at_all_do_no_harm() {
        Look look = BISECTION.look(positions(new double[][] {{5, 5}, {5}, {}, {5, 5}}));

        assertThat(look.posterior()).doesNotContain(Double.NaN);
        assertThat(BISECTION
                        .look(positions(new double[][] {{5, 5}, {5}, {6}, {6, 6}}))
                        .culprits())
                .containsExactly(2);
    }

    @Test
    void refuses_what_cannot_be_bisected() {
        assertThatThrownBy(() -> BISECTION.look(positions(new double[][] {{1}, {2}})))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BISECTION.look(positions(new double[][] {{}, {2, 3, 4}})))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BISECTION.withConfidence(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Position(new double[] {Double.NaN}, State.READY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Position> positions(double[][] runs) {
        List<Position> positions = new ArrayList<>();
        for (double[] values : runs) {
            positions.add(new Position(values, values.length > 0 ? State.READY : State.UNTRIED));
        }
        return positions;
    }

    /** A culprit somewhere among the commits, and runs with a deviation of one. */
    private static final class Search {
        private final int commits;
        private final double step;
        private final SplittableRandom random;
        private final int culprit;
        private final List<List<Double>> runs = new ArrayList<>();
        private final Set<Integer> broken;
        private final State[] states;
        private int spent;

        Search(int commits, double step, SplittableRandom random, Set<Integer> broken) {
            this.commits = commits;
            this.step = step;
            this.random = random;
            this.culprit = 1 + random.nextInt(commits);
            this.broken = broken;
            this.states = new State[commits + 1];
            for (int i = 0; i <= commits; i++) {
                runs.add(new ArrayList<>());
                states[i] = State.UNTRIED;
            }
        }

        Look run(int ends, int most) {
            Collections.addAll(runs.get(0), values(ends, 0));
            Collections.addAll(runs.get(commits), values(ends, step));
            Look look = look();
            while (look.next().isPresent() && spent < most) {
                int next = look.next().getAsInt();
                if (broken.contains(next)) {
                    states[next] = State.UNMEASURABLE;
                } else {
                    states[next] = State.READY;
                    Collections.addAll(runs.get(next), values(look.repeats(), next >= culprit ? step : 0));
                    spent += look.repeats();
                }
                look = look();
            }
            return look;
        }

        private Double[] values(int count, double level) {
            Double[] values = new Double[count];
            for (int i = 0; i < count; i++) {
                values[i] = level + random.nextGaussian();
            }
            return values;
        }

        private Look look() {
            List<Position> positions = new ArrayList<>();
            for (int i = 0; i <= commits; i++) {
                positions.add(new Position(
                        runs.get(i).stream().mapToDouble(Double::doubleValue).toArray(), states[i]));
            }
            return BISECTION.look(positions);
        }
    }
}
