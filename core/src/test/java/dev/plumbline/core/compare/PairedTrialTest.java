package dev.plumbline.core.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedTrialTest {
    private static final SeriesKey KEY = new SeriesKey(Benchmark.of("a"), "time", "lab", "main");
    private static final Metric TIME = new Metric("time", Unit.of("ms"), Better.LOWER);

    private static double[] changes(double[] base, double... candidate) {
        return new PairedTrial(KEY, TIME, base, candidate, false).changes();
    }

    @Test
    void the_change_of_a_pair_is_the_logarithm_of_its_ratio() {
        assertThat(changes(new double[] {100, 50}, 110, 40))
                .containsExactly(new double[] {Math.log(1.1), Math.log(0.8)}, within(1e-12));
    }

    @Test
    void with_a_value_that_is_not_positive_it_is_relative_to_the_mean_size_of_the_base() {
        // the mean of 2, 4 and 6
        assertThat(changes(new double[] {2, -4, 6}, 3, -4, 4)).containsExactly(0.25, 0, -0.5);
        assertThat(changes(new double[] {2, 4}, 3, 0)).containsExactly(new double[] {1 / 3.0, -4 / 3.0}, within(1e-12));
        assertThat(changes(new double[] {2, 0}, 3, 1)).containsExactly(1, 1);
    }

    @Test
    void beside_a_base_of_nothing_but_zeros_anything_is_a_whole_change() {
        assertThat(changes(new double[] {0, 0, 0}, 7, -3, 0)).containsExactly(1, -1, 0);
    }

    @Test
    void the_twin_of_the_base_stands_beside_it() {
        PairedTrial trial =
                new PairedTrial(KEY, TIME, new double[] {1, 2}, new double[] {3, 4}, new double[] {5, 6}, true);

        assertThat(trial.ofTwin().base()).containsExactly(1, 2);
        assertThat(trial.ofTwin().candidate()).containsExactly(5, 6);
        assertThat(trial.ofTwin().refuted()).isFalse();
        assertThat(trial.twin()).containsExactly(5, 6);
        trial.twin()[0] = 9;
        trial.base()[0] = 9;
        trial.candidate()[0] = 9;
        assertThat(trial.twin()[0] + trial.base()[0] + trial.candidate()[0]).isEqualTo(9);
    }

    @Test
    void sides_that_do_not_fit_together_are_refused() {
        double[] one = {1};
        double[] two = {1, 2};
        double[] none = {};

        assertThatThrownBy(() -> new PairedTrial(KEY, TIME, two, one, false))
                .hasMessage("2 base values and 1 candidates");
        assertThatThrownBy(() -> new PairedTrial(KEY, TIME, none, none, false))
                .hasMessage("0 base values and 0 candidates");
        assertThatThrownBy(() -> new PairedTrial(KEY, TIME, two, two, one, false))
                .hasMessage("2 base values and 1 of its twin");
        assertThatThrownBy(() -> new PairedTrial(KEY, TIME, two, two, new double[] {1, Double.NaN}, false))
                .hasMessage("a value of the base's twin is NaN");
        assertThatThrownBy(() -> new PairedTrial(KEY, TIME, two, new double[] {1, Double.NaN}, false))
                .hasMessage("pair 1 is 2.0 and NaN");
        assertThatThrownBy(() -> new PairedTrial(KEY, TIME, new double[] {Double.NaN}, one, false))
                .hasMessage("pair 0 is NaN and 1.0");
    }

    @Test
    void a_pair_has_samples_on_both_sides() {
        List<Sample> samples = List.of(Sample.Summary.of(1));

        assertThat(new Pair(KEY, TIME, samples, TIME.unit(), samples).base()).isEqualTo(samples);
        assertThatThrownBy(() -> new Pair(KEY, TIME, List.of(), TIME.unit(), samples))
                .hasMessage("a side of a has no sample");
        assertThatThrownBy(() -> new Pair(KEY, TIME, samples, TIME.unit(), List.of()))
                .hasMessage("a side of a has no sample");
    }
}
