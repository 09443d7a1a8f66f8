package dev.plumbline.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

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

    /** Of 400 histories of 60 runs, and some on another level. */
    private static double found(ToDoubleFunction<Random> noise, int lately, double factor) {
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
            double size = Trials.judge(Trials.DURATION.trial(history, next))
                    .detectableChange()
                    .orElse(10);
            if (size < 1) {
                stated++;
                Finding worse = Trials.judge(Trials.DURATION.trial(history, next * (1 + size)));
                found += worse.verdict().kind() == Verdict.Kind.REGRESSED ? 1 : 0;
            }
        }
        assertThat(stated).isGreaterThan(300);
        return (double) found / stated;
    }
}
