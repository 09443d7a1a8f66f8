package dev.plumbline.core.judge.trial;

import static dev.plumbline.core.history.Expectations.LOGARITHMIC;
import static dev.plumbline.core.history.Expectations.PLAIN;
import static dev.plumbline.core.history.Expectations.constant;
import static dev.plumbline.core.history.Expectations.departure;
import static dev.plumbline.core.history.Expectations.expectation;
import static dev.plumbline.core.history.Expectations.forked;
import static dev.plumbline.core.history.Expectations.logarithmic;
import static dev.plumbline.core.history.Expectations.plain;
import static dev.plumbline.core.history.Expectations.regime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.history.Expectation;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.steps.Regime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviationTest {
    /** A level is the median of the newest twenty values, which is as well known as a mean of 20 / 1.57. */
    private static final double LEVEL = 1.57 / 20;

    private static Deviation of(Expectation expected, Point... candidate) {
        return Deviation.of(expected, List.of(candidate), Optional.empty());
    }

    @Test
    void it_lies_as_far_from_the_level_as_the_mean_of_its_runs() {
        Deviation departure = departure(plain(), 106, 101);

        assertThat(departure.runs()).isEqualTo(2);
        assertThat(departure.shift()).isEqualTo(3.5);
        assertThat(departure.mean()).isEqualTo(103.5);
        assertThat(departure.shared()).isZero();
        assertThat(departure.expected().level()).isEqualTo(100);
    }

    @Test
    void on_logarithms_distances_are_those_of_the_logarithms() {
        Deviation departure = departure(logarithmic(), 110, 90);

        assertThat(departure.shift()).isEqualTo(Math.log(1.1 * 0.9) / 2, within(1e-12));
        assertThat(departure.mean()).isEqualTo(100);
    }

    @Test
    void all_runs_are_at_a_value_or_not_all_of_them() {
        assertThat(departure(plain(), 40, 40).isAllAt(40)).isTrue();
        assertThat(departure(plain(), 40, 41).isAllAt(40)).isFalse();
        assertThat(departure(plain(), 41, 41).isAllAt(40)).isFalse();
    }

    @Test
    void its_standard_error_is_that_of_the_noise_for_so_many_runs() {
        Deviation departure = departure(plain(), 106, 104);

        assertThat(departure.standardError(2)).isEqualTo(2 * Math.sqrt(1.0 / 2 + LEVEL), within(1e-12));
        assertThat(departure.standardError(8)).isEqualTo(2 * Math.sqrt(1.0 / 8 + LEVEL), within(1e-12));
        // of fewer runs the level is the mean
        assertThat(departure(expectation(regime(PLAIN, 100, 2, 12)), 106).standardError(1))
                .isEqualTo(2 * Math.sqrt(1 + 1.0 / 12), within(1e-12));
    }

    @Test
    void forks_that_disagree_more_than_the_runs_do_make_it_wider() {
        Point[] points = {forked(100, 4, 0.3), forked(100, 1, 0.2)};
        Deviation departure = of(logarithmic(), points);

        // the standard errors of both runs, and of their mean
        double error = Math.sqrt(0.3 * 0.3 / 4 + 0.2 * 0.2) / 2;
        assertThat(departure.standardError(2)).isEqualTo(error, within(1e-12));
        assertThat(departure.standardError(8)).isEqualTo(error * Math.sqrt(2.0 / 8), within(1e-12));
    }

    @Test
    void forks_that_agree_make_it_no_narrower() {
        Deviation departure = of(logarithmic(), forked(100, 4, 0.001));

        assertThat(departure.standardError(1)).isEqualTo(0.01 * Math.sqrt(1 + LEVEL), within(1e-12));
    }

    @Test
    void what_forks_say_on_logarithms_says_nothing_of_differences() {
        Deviation departure = of(plain(), forked(100, 4, 900));

        assertThat(departure.standardError(1)).isEqualTo(2 * Math.sqrt(1 + LEVEL), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {110, 123, 107, 99.7})
    void of_one_run_the_effect_tells_the_very_value(double value) {
        Effect effect = departure(logarithmic(), value).effect(0.95);

        assertThat(effect.before()).isEqualTo(100);
        assertThat(effect.after()).isEqualTo(value);
        assertThat(effect.relativeChange()).isEqualTo(value / 100 - 1, within(1e-12));
    }

    @Test
    void of_several_runs_on_logarithms_the_effect_tells_the_geometric_mean() {
        Effect effect = departure(logarithmic(), 90, 110).effect(0.95);

        assertThat(effect.after()).isEqualTo(Math.sqrt(90 * 110), within(1e-9));
        assertThat(effect.relativeChange()).isEqualTo(Math.sqrt(0.9 * 1.1) - 1, within(1e-12));
    }

    @Test
    void of_several_runs_on_a_plain_scale_the_effect_tells_the_mean() {
        Effect effect = departure(plain(), 96, 107).effect(0.95);

        assertThat(effect.after()).isEqualTo(101.5);
        assertThat(effect.relativeChange()).isEqualTo(0.015, within(1e-12));
    }

    @Test
    void what_never_moved_before_has_changed_by_exactly_so_much() {
        assertThat(departure(constant(40, 12), 41, 43).effect(0.95))
                .isEqualTo(new Effect(40, 42, 0.05, new Interval(0.05, 0.05, 0.95)));
        double endless = Double.POSITIVE_INFINITY;
        assertThat(departure(constant(0, 12), 1).effect(0.9))
                .isEqualTo(new Effect(0, 1, endless, new Interval(endless, endless, 0.9)));
    }

    @Test
    void the_interval_is_that_of_students_t_around_the_shift() {
        // scipy.stats.t.isf(0.025, 8), scipy.stats.t.isf(0.05, 8)
        double wide = 2.3060041352041662 * 0.01 * Math.sqrt(1 + LEVEL);
        double narrow = 1.859548037530898 * 0.01 * Math.sqrt(1 + LEVEL);
        Deviation departure = departure(logarithmic(), 110);

        Interval shown = departure.effect(0.95).interval();
        assertThat(shown.low()).isEqualTo(1.1 * Math.exp(-wide) - 1, within(1e-9));
        assertThat(shown.high()).isEqualTo(1.1 * Math.exp(wide) - 1, within(1e-9));
        assertThat(shown.confidence()).isEqualTo(0.95);
        Interval less = departure.interval(0.9);
        assertThat(less.low()).isEqualTo(1.1 * Math.exp(-narrow) - 1, within(1e-9));
        assertThat(less.high()).isEqualTo(1.1 * Math.exp(narrow) - 1, within(1e-9));
        assertThat(less.confidence()).isEqualTo(0.9);
    }

    @Test
    void below_zero_the_change_counts_in_magnitudes_of_the_level() {
        Deviation departure = departure(expectation(regime(PLAIN, -50, 2, 16)), -40);

        assertThat(departure.effect(0.95).relativeChange()).isEqualTo(0.2, within(1e-12));
        double half = 2.3060041352041662 * 2 * Math.sqrt(1 + LEVEL); // scipy.stats.t.isf(0.025, 8)
        Interval interval = departure.interval(0.95);
        assertThat(interval.low()).isEqualTo((10 - half) / 50, within(1e-9));
        assertThat(interval.high()).isEqualTo((10 + half) / 50, within(1e-9));
    }

    /** scipy.stats.t.isf(0.05, 8): half the width of a 90 % interval in standard errors. */
    private static final double HALF = 1.859548037530898;

    private static Deviation among(double deviation, double... candidate) {
        return departure(expectation(regime(LOGARITHMIC, 100, deviation, 1000)), candidate);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 2, 7.5, 40.5, 100.5})
    void so_many_more_runs_make_the_interval_fit_into_the_margin(double worth) {
        // the error of so many runs and of the level is just what the margin has room for
        double deviation = Math.log1p(0.02) / HALF / Math.sqrt(1 / worth + LEVEL) * (1 - 1e-6);

        OptionalInt needed = among(deviation, 100).runsToFit(0.02);

        assertThat(needed).hasValue((int) Math.ceil(worth) - 1);
    }

    @Test
    void nobody_takes_more_than_a_hundred_further_runs() {
        double deviation = Math.log1p(0.02) / HALF / Math.sqrt(1 / 101.5 + LEVEL);

        assertThat(among(deviation, 100).runsToFit(0.02)).isEmpty();
        assertThat(among(deviation, 100, 100).runsToFit(0.02)).hasValue(100);
    }

    @Test
    void one_run_more_is_the_fewest_that_helps() {
        assertThat(among(1e-9, 100, 100, 100).runsToFit(0.02)).hasValue(1);
    }

    @Test
    void where_the_level_itself_is_too_uncertain_no_number_of_runs_helps() {
        // with the error of the level alone the interval is as wide as the margin
        double deviation = Math.log1p(0.02) / HALF / Math.sqrt(LEVEL);

        assertThat(among(deviation, 100).runsToFit(0.02)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "101, 0.00985229644301164", // log1p(0.02) - log1p(0.01)
        "99, 0.00975229144294134", // log1p(0.02) + log1p(-0.01)
        // beyond the margin: half of it, which is log1p(0.02) / 2
        "102.1, 0.00990131364808",
        "130, 0.00990131364808",
        "50, 0.00990131364808",
        "0, 0.00990131364808",
    })
    void a_change_leaves_the_interval_so_much_room(double candidate, double room) {
        double deviation = room / HALF / Math.sqrt(1.0 / 8 + LEVEL);

        assertThat(among(deviation * (1 - 1e-6), candidate).runsToFit(0.02)).hasValue(8 - 1);
        assertThat(among(deviation * (1 + 1e-6), candidate).runsToFit(0.02)).hasValue(9 - 1);
    }

    @ParameterizedTest
    @CsvSource({"100, 0.02", "101, 0.01", "99, 0.01", "102, 0.01", "150, 0.01"})
    void on_a_plain_scale_the_room_is_a_share_of_the_level_whatever_the_unit(double candidate, double room) {
        for (double unit : new double[] {1, 128, 8192}) {
            double deviation = room * (100 / unit) / HALF / Math.sqrt(1 / 7.5 + LEVEL);
            Regime regime = regime(new Regime.Linear(unit), 100, deviation, 1000);

            assertThat(departure(expectation(regime), candidate).runsToFit(0.02))
                    .hasValue(8 - 1);
        }
    }

    @Test
    void an_interval_that_just_reaches_the_margin_does_not_fit_into_it() {
        Expectation expected = expectation(regime(PLAIN, 1, 0.01, 16));
        double margin = StudentT.upperQuantile(0.05, 8) * departure(expected, 1).standardError(4);

        assertThat(departure(expected, 1).runsToFit(margin)).hasValue(5 - 1);
    }

    @Test
    void around_zero_no_number_of_runs_makes_the_interval_fit() {
        assertThat(departure(expectation(regime(PLAIN, 0, 1, 16)), 0).runsToFit(0.02))
                .isEmpty();
    }

    @Test
    void the_scale_of_a_regime_is_that_of_the_distances() {
        Regime.Scale halves = new Regime.Linear(2);
        Deviation departure = departure(expectation(regime(halves, 100, 1, 16)), 106);

        assertThat(departure.shift()).isEqualTo(3);
        assertThat(departure.effect(0.95).relativeChange()).isEqualTo(0.06, within(1e-12));
    }
}
