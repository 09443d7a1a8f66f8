package dev.plumbline.core.history;

import static dev.plumbline.core.history.Expectations.LOGARITHMIC;
import static dev.plumbline.core.history.Expectations.PLAIN;
import static dev.plumbline.core.history.Expectations.constant;
import static dev.plumbline.core.history.Expectations.expectation;
import static dev.plumbline.core.history.Expectations.logarithmic;
import static dev.plumbline.core.history.Expectations.regime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.steps.Regime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationBaselineTest {
    /** scipy.stats.t.isf(0.025, 8). */
    private static final double STUDENT = 2.3060041352041662;

    private static final List<Point> BASE = Trials.points(new double[20]);

    @Test
    void it_tells_level_and_noise_of_what_was_expected() {
        Baseline baseline = logarithmic().baseline(BASE);

        assertThat(baseline.runs()).isEqualTo(16);
        assertThat(baseline.level()).isEqualTo(100);
        assertThat(baseline.deviation()).isEqualTo(0.01);
    }

    @Test
    void the_level_is_known_as_exactly_as_the_mean_of_its_runs() {
        Interval interval = logarithmic().baseline(BASE).interval();

        double half = STUDENT * 0.01 * Math.sqrt(1.0 / 16);
        assertThat(interval.low()).isEqualTo(100 * Math.exp(-half), within(1e-4));
        assertThat(interval.high()).isEqualTo(100 * Math.exp(half), within(1e-4));
        assertThat(interval.confidence()).isEqualTo(0.95);
    }

    @Test
    void runs_that_resemble_each_other_tell_the_level_less_exactly() {
        Regime alike = new Regime(0, 16, 100, 0.01, 0.5, 8, LOGARITHMIC, Math.log(100), 0.01, Math.log(100));

        Interval interval = expectation(alike).baseline(BASE).interval();

        double half = STUDENT * 0.01 * Math.sqrt((1 + 0.5) / (1 - 0.5) / 16);
        assertThat(interval.low()).isEqualTo(100 * Math.exp(-half), within(1e-4));
        assertThat(interval.high()).isEqualTo(100 * Math.exp(half), within(1e-4));
    }

    @Test
    void of_values_below_zero_the_interval_lies_evenly_around_the_level() {
        Interval interval = expectation(regime(new Regime.Linear(2), -100, 3, 16))
                .baseline(BASE)
                .interval();

        // three units of 2
        double half = STUDENT * 6 * Math.sqrt(1.0 / 16);
        assertThat(interval.low()).isEqualTo(-100 - half, within(1e-4));
        assertThat(interval.high()).isEqualTo(-100 + half, within(1e-4));
    }

    @Test
    void the_noise_is_known_as_exactly_as_a_variance_of_its_degrees_of_freedom() {
        Interval interval = logarithmic().baseline(BASE).deviationInterval();

        // scipy.stats.chi2.isf(0.025, 8), scipy.stats.chi2.ppf(0.025, 8)
        assertThat(interval.low()).isEqualTo(0.01 * Math.sqrt(8 / 17.53454613948465), within(1e-9));
        assertThat(interval.high()).isEqualTo(0.01 * Math.sqrt(8 / 2.1797307472526497), within(1e-9));
        assertThat(interval.confidence()).isEqualTo(0.95);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true"})
    void one_run_tells_nothing_of_the_noise_and_two_tell_something(int runs, boolean isBounded) {
        Interval noisy =
                expectation(regime(LOGARITHMIC, 100, 0.01, runs)).baseline(BASE).deviationInterval();
        Interval constant = constant(40, runs).baseline(BASE).deviationInterval();

        assertThat(noisy.equals(Interval.unbounded(0.95))).isEqualTo(!isBounded);
        assertThat(constant).isEqualTo(isBounded ? new Interval(0, 0, 0.95) : Interval.unbounded(0.95));
    }

    @Test
    void what_never_moved_is_known_exactly() {
        Baseline baseline = constant(40, 12).baseline(BASE);

        assertThat(baseline.level()).isEqualTo(40);
        assertThat(baseline.deviation()).isZero();
        assertThat(baseline.interval()).isEqualTo(new Interval(40, 40, 0.95));
    }

    @Test
    void a_constant_level_has_no_noise_whatever_the_scan_says_of_it() {
        Expectation zero = constant(0, 12);
        // nothing over nothing
        assertThat(zero.regime().relativeNoise()).isNaN();

        assertThat(zero.baseline(BASE).deviation()).isZero();
    }

    @Test
    void noise_around_zero_is_the_largest_number_and_not_infinite() {
        Baseline baseline = expectation(regime(PLAIN, 0, 3, 12)).baseline(BASE);

        assertThat(baseline.deviation()).isEqualTo(Double.MAX_VALUE);
        assertThat(baseline.deviationInterval()).isEqualTo(Interval.unbounded(0.95));
    }

    @Test
    void it_stands_on_the_newest_runs() {
        Baseline baseline = expectation(regime(LOGARITHMIC, 100, 0.01, 4)).baseline(BASE);

        assertThat(baseline.first()).isEqualTo(Trials.run(16));
        assertThat(baseline.last()).isEqualTo(Trials.run(19));
    }

    @Test
    void it_begins_with_the_first_run_where_all_are_at_the_level() {
        assertThat(expectation(regime(LOGARITHMIC, 100, 0.01, 20))
                        .baseline(BASE)
                        .first())
                .isEqualTo(Trials.run(0));
        // some of which may be lent by other levels
        assertThat(expectation(regime(LOGARITHMIC, 100, 0.01, 21))
                        .baseline(BASE)
                        .first())
                .isEqualTo(Trials.run(0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, Double.NEGATIVE_INFINITY, Double.NaN})
    void a_deviation_is_not_negative(double deviation) {
        assertThatThrownBy(() -> baseline(1, deviation))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 runs with deviation " + deviation);
    }

    @Test
    void it_stands_on_one_run_at_least() {
        assertThatThrownBy(() -> baseline(0, 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 runs with deviation 0.1");
        assertThat(baseline(1, 0).runs()).isEqualTo(1);
    }

    private static Baseline baseline(int runs, double deviation) {
        Interval any = Interval.unbounded(0.95);
        return new Baseline(runs, 100, deviation, any, any, Trials.run(0), Trials.run(1));
    }
}
