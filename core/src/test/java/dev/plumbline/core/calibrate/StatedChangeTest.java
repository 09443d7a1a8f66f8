package dev.plumbline.core.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Better;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What is said to be found with one run is found by the next run, whatever the history is like. */
class StatedChangeTest {
    @Test
    void a_counter_that_grew_by_exactly_the_margin_has_grown_by_the_margin() {
        for (int level = 1; level <= 500; level++) {
            double[] history = new double[30];
            Arrays.fill(history, level);

            Finding finding = Trials.judge(Trials.COUNTER.trial(history, level * 1.02));

            assertThat(finding.verdict().kind()).as("from %d", level).isEqualTo(Verdict.Kind.REGRESSED);
        }
    }

    @Test
    void it_is_found_on_a_level_that_began_lately() {
        double found = found(random -> 100 * (1 + 0.01 * random.nextGaussian()), 8, 0.96);

        assertThat(found).isGreaterThanOrEqualTo(0.975);
    }

    @Test
    void it_is_found_where_good_runs_are_much_better_than_the_level() {
        double found = found(random -> 100 * Math.exp(0.01 * Math.log(1 - random.nextDouble())), 0, 1);

        assertThat(found).isGreaterThanOrEqualTo(0.975);
    }

    /** A fall by x is the growth of the inverse by x / (1 - x), so the one is stated from the other. */
    @Test
    void of_what_is_better_higher_a_fall_is_stated_and_never_one_of_more_than_everything() {
        for (double noise : new double[] {0.01, 0.1, 0.35, 0.5}) {
            double[] rate = new double[61];
            double[] duration = new double[61];
            Random random = new Random(17);
            for (int i = 0; i < rate.length; i++) {
                rate[i] = 1000 * Math.exp(noise * random.nextGaussian());
                duration[i] = 1e6 / rate[i];
            }

            Finding falls = Trials.judge(Trials.THROUGHPUT.trial(Arrays.copyOf(rate, 60), rate[60]));
            Finding grows = Trials.judge(Trials.DURATION.trial(Arrays.copyOf(duration, 60), duration[60]));

            double fall = falls.detectableChange().orElse(1);
            assertThat(fall).as("noise %s", noise).isBetween(0.0, 1.0);
            double growth = grows.detectableChange().orElse(Double.POSITIVE_INFINITY);
            if (noise > 0.01) { // else the margin counts, 2 % of the one, 2 % of the other, as it does a little
                // everywhere
                assertThat(fall)
                        .as("noise %s", noise)
                        .isCloseTo(
                                growth == Double.POSITIVE_INFINITY ? 1 : growth / (1 + growth),
                                // beyond elevenfold no growth is stated
                                within(growth == Double.POSITIVE_INFINITY ? 1.0 / 11 : 1e-3));
            }
        }
    }

    @Test
    void a_fall_of_the_size_that_is_stated_is_found() {
        assertThat(found(Trials.THROUGHPUT, random -> 100 * Math.exp(0.03 * random.nextGaussian()), 0, 1))
                .isGreaterThanOrEqualTo(0.975);
    }

    /** Of 400 histories of 60 runs, and some on another level. */
    private static double found(ToDoubleFunction<Random> noise, int lately, double factor) {
        return found(Trials.DURATION, noise, lately, factor);
    }

    private static double found(Trials trials, ToDoubleFunction<Random> noise, int lately, double factor) {
        int found = 0;
        int stated = 0;
        for (int seed = 1; seed <= 400; seed++) {
            Random random = new Random(seed);
            double[] values = new double[60 + lately + 1];
            for (int i = 0; i < values.length; i++) {
                values[i] = noise.applyAsDouble(random) * (i < 60 ? 1 : factor);
            }
            double[] history = Arrays.copyOf(values, values.length - 1);
            double next = values[values.length - 1];
            double size =
                    Trials.judge(trials.trial(history, next)).detectableChange().orElse(10);
            if (size < 1) {
                stated++;
                Finding worse = Trials.judge(
                        trials.trial(history, next * (trials.better() == Better.LOWER ? 1 + size : 1 - size)));
                found += worse.verdict().kind() == Verdict.Kind.REGRESSED ? 1 : 0;
            }
        }
        assertThat(stated).isGreaterThan(300);
        return (double) found / stated;
    }
}
