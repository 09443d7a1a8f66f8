package dev.plumbline.core.detect;

import static dev.plumbline.core.detect.Expectations.LOGARITHMIC;
import static dev.plumbline.core.detect.Expectations.PLAIN;
import static dev.plumbline.core.detect.Expectations.constant;
import static dev.plumbline.core.detect.Expectations.departure;
import static dev.plumbline.core.detect.Expectations.expectation;
import static dev.plumbline.core.detect.Expectations.forked;
import static dev.plumbline.core.detect.Expectations.logarithmic;
import static dev.plumbline.core.detect.Expectations.plain;
import static dev.plumbline.core.detect.Expectations.regime;
import static dev.plumbline.core.detect.Expectations.tail;
import static dev.plumbline.core.detect.Expectations.withScatter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.Interval;
import dev.plumbline.core.stats.StudentT;
import dev.plumbline.core.stats.steps.Regime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DepartureTest {
    private static final SeriesTail TAIL = tail(0.001);

    private static final double[] NOBODY = {};

    private static final Series SERIES = Trials.DURATION.series(List.of());

    @Test
    void it_lies_as_far_from_the_level_as_the_mean_of_its_runs() {
        Departure departure = departure(plain(), 106, 101);

        assertThat(departure.runs()).isEqualTo(2);
        assertThat(departure.shift()).isEqualTo(3.5);
        assertThat(departure.mean()).isEqualTo(103.5);
        assertThat(departure.scores()).containsExactly(106, 101);
        assertThat(departure.expected().level()).isEqualTo(100);
    }

    @Test
    void on_logarithms_distances_are_those_of_the_logarithms() {
        Departure departure = departure(logarithmic(), 110, 90);

        assertThat(departure.scores()).containsExactly(new double[] {Math.log(110), Math.log(90)}, within(1e-12));
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
    void the_least_surprise_is_that_of_the_run_nearest_to_the_level() {
        assertThat(departure(plain(), 106, 104).leastSurprise()).isEqualTo(3 - 1);
        assertThat(departure(plain(), 94, 96).leastSurprise()).isEqualTo(3 - 1);
    }

    @Test
    void a_run_on_the_other_side_of_the_level_does_not_surprise() {
        assertThat(departure(plain(), 106, 99).leastSurprise()).isZero();
        assertThat(departure(plain(), 94, 101).leastSurprise()).isZero();
    }

    @Test
    void runs_that_go_on_where_others_were_judged_regressed_are_the_same_change() {
        Departure departure = new Departure(plain(), Trials.points(108, 110), new double[] {112, 110});

        assertThat(departure.hasWitnesses()).isTrue();
        assertThat(departure.sameChange()).containsExactly(112, 110, 108, 110);
        assertThat(departure.shiftOfChange()).isEqualTo(10);
        // what is told of the new runs is told of them alone
        assertThat(departure.runs()).isEqualTo(2);
        assertThat(departure.shift()).isEqualTo(9);
        assertThat(departure.mean()).isEqualTo(109);
    }

    @ParameterizedTest
    @CsvSource({"105.5, true", "105, false", "104.5, false", "100, false", "90, false", "130, true"})
    void witnesses_speak_for_what_lies_nearer_to_them_than_to_the_level(double value, boolean isSame) {
        Departure departure = new Departure(plain(), Trials.points(value), new double[] {110});

        assertThat(departure.hasWitnesses()).isEqualTo(isSame);
        assertThat(departure.shiftOfChange()).isEqualTo(isSame ? (10 + value - 100) / 2 : value - 100);
    }

    @ParameterizedTest
    @CsvSource({"94.5, true", "95, false", "110, false"})
    void witnesses_below_the_level_speak_for_what_lies_below_it(double value, boolean isSame) {
        assertThat(new Departure(plain(), Trials.points(value), new double[] {90}).hasWitnesses())
                .isEqualTo(isSame);
    }

    @Test
    void without_witnesses_the_new_runs_are_the_change() {
        Departure departure = departure(plain(), 108, 110);

        assertThat(departure.hasWitnesses()).isFalse();
        assertThat(departure.sameChange()).containsExactly(108, 110);
        assertThat(departure.shiftOfChange()).isEqualTo(departure.shift()).isEqualTo(9);
    }

    @Test
    void its_values_cannot_be_changed_from_outside() {
        Departure departure = departure(plain(), 108, 110);
        departure.sameChange()[0] = 0;

        assertThat(departure.sameChange()).containsExactly(108, 110);
    }

    @Test
    void its_standard_error_is_that_of_the_noise_for_so_many_runs() {
        Departure departure = departure(plain(), 106, 104);

        assertThat(departure.standardError(TAIL)).isEqualTo(2 * Math.sqrt(1.0 / 2 + 1.0 / 16), within(1e-12));
        assertThat(departure.standardError(TAIL, 8)).isEqualTo(2 * Math.sqrt(1.0 / 8 + 1.0 / 16), within(1e-12));
        // the level of runs that resemble each other is worth a third of them
        assertThat(departure(plain(), 106).standardError(tail(0.001, 0.5)))
                .isEqualTo(2 * Math.sqrt(1 + 3.0 / 16), within(1e-12));
    }

    @Test
    void forks_that_disagree_more_than_the_runs_do_make_it_wider() {
        List<Point> points = List.of(forked(100, 4, 0.3), forked(100, 1, 0.2));
        Departure departure = new Departure(logarithmic(), points, NOBODY);

        // the standard errors of both runs, and of their mean
        double error = Math.sqrt(0.3 * 0.3 / 4 + 0.2 * 0.2) / 2;
        assertThat(departure.standardError(TAIL)).isEqualTo(error, within(1e-12));
        assertThat(departure.standardError(TAIL, 8)).isEqualTo(error * Math.sqrt(2.0 / 8), within(1e-12));
    }

    @Test
    void forks_that_agree_make_it_no_narrower() {
        Departure departure = new Departure(logarithmic(), List.of(forked(100, 4, 0.001)), NOBODY);

        assertThat(departure.standardError(TAIL)).isEqualTo(0.01 * Math.sqrt(1 + 1.0 / 16), within(1e-12));
    }

    @Test
    void what_forks_say_on_logarithms_says_nothing_of_differences() {
        Departure departure = new Departure(plain(), List.of(forked(100, 4, 900)), NOBODY);

        assertThat(departure.standardError(TAIL)).isEqualTo(2 * Math.sqrt(1 + 1.0 / 16), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {110, 123, 107, 99.7})
    void of_one_run_the_effect_tells_the_very_value(double value) {
        Effect effect = departure(logarithmic(), value).effect(TAIL, 0.95);

        assertThat(effect.before()).isEqualTo(100);
        assertThat(effect.after()).isEqualTo(value);
        assertThat(effect.relativeChange()).isEqualTo(value / 100 - 1, within(1e-12));
    }

    @Test
    void of_several_runs_on_logarithms_the_effect_tells_the_geometric_mean() {
        Effect effect = departure(logarithmic(), 90, 110).effect(TAIL, 0.95);

        assertThat(effect.after()).isEqualTo(Math.sqrt(90 * 110), within(1e-9));
        assertThat(effect.relativeChange()).isEqualTo(Math.sqrt(0.9 * 1.1) - 1, within(1e-12));
    }

    @Test
    void of_several_runs_on_a_plain_scale_the_effect_tells_the_mean() {
        Effect effect = departure(plain(), 96, 107).effect(TAIL, 0.95);

        assertThat(effect.after()).isEqualTo(101.5);
        assertThat(effect.relativeChange()).isEqualTo(0.015, within(1e-12));
    }

    @Test
    void what_never_moved_before_has_changed_by_exactly_so_much() {
        assertThat(departure(constant(40, 12), 41, 43).effect(TAIL, 0.95))
                .isEqualTo(new Effect(40, 42, 0.05, new Interval(0.05, 0.05, 0.95)));
        double endless = Double.POSITIVE_INFINITY;
        assertThat(departure(constant(0, 12), 1).effect(TAIL, 0.9))
                .isEqualTo(new Effect(0, 1, endless, new Interval(endless, endless, 0.9)));
    }

    @Test
    void the_interval_is_that_of_students_t_around_the_shift() {
        // scipy.stats.t.isf(0.025, 8), scipy.stats.t.isf(0.05, 8)
        double wide = 2.3060041352041662 * 0.01 * Math.sqrt(1 + 1.0 / 16);
        double narrow = 1.859548037530898 * 0.01 * Math.sqrt(1 + 1.0 / 16);
        Departure departure = departure(logarithmic(), 110);

        Interval shown = departure.effect(TAIL, 0.95).interval();
        assertThat(shown.low()).isEqualTo(1.1 * Math.exp(-wide) - 1, within(1e-9));
        assertThat(shown.high()).isEqualTo(1.1 * Math.exp(wide) - 1, within(1e-9));
        assertThat(shown.confidence()).isEqualTo(0.95);
        Interval less = departure.interval(TAIL, 0.9);
        assertThat(less.low()).isEqualTo(1.1 * Math.exp(-narrow) - 1, within(1e-9));
        assertThat(less.high()).isEqualTo(1.1 * Math.exp(narrow) - 1, within(1e-9));
        assertThat(less.confidence()).isEqualTo(0.9);
    }

    @Test
    void below_zero_the_change_counts_in_magnitudes_of_the_level() {
        Departure departure = departure(expectation(regime(PLAIN, -50, 2, 16)), -40);

        assertThat(departure.effect(TAIL, 0.95).relativeChange()).isEqualTo(0.2, within(1e-12));
        double half = 2.3060041352041662 * 2 * Math.sqrt(1 + 1.0 / 16); // scipy.stats.t.isf(0.025, 8)
        Interval interval = departure.interval(TAIL, 0.95);
        assertThat(interval.low()).isEqualTo((10 - half) / 50, within(1e-9));
        assertThat(interval.high()).isEqualTo((10 + half) / 50, within(1e-9));
    }

    @Test
    void forks_that_disagree_are_part_of_what_can_be_detected() {
        Departure departure = new Departure(logarithmic(), List.of(forked(100, 4, 0.2)), NOBODY);

        // 0.2 / sqrt(4) for the mean of one run, half as much for that of four
        assertThat(departure.detectable(Policy.DEFAULT, SERIES, 10, TAIL, 4))
                .isEqualTo(logarithmic().detectableChange(Policy.DEFAULT, SERIES, 10, TAIL, 4, 0.05))
                .isNotEqualTo(departure.detectable(Policy.DEFAULT, SERIES, 10, TAIL, 1));
    }

    /** Student's t decides what can be detected, so that more runs show more. */
    private static Departure ofNoise(double deviation, double... candidate) {
        return departure(withScatter(expectation(regime(LOGARITHMIC, 100, deviation, 400)), 1e-9), candidate);
    }

    private static boolean isEnough(Departure departure, int count) {
        OptionalDouble change = departure.detectable(Policy.DEFAULT, SERIES, 1, TAIL, count);
        return change.isPresent() && change.getAsDouble() <= 0.05;
    }

    @Test
    void so_many_runs_as_it_names_show_a_major_change_and_no_fewer_do() {
        Set<Integer> found = new HashSet<>();
        for (double deviation = 0.005; deviation < 0.05; deviation += 0.0005) {
            Departure departure = ofNoise(deviation, 100);
            int fewest = departure.runsToDetect(Policy.DEFAULT, SERIES, 1, TAIL).orElse(21);
            for (int count = 2; count < fewest; count++) {
                assertThat(isEnough(departure, count))
                        .as("%d runs with a noise of %f", count, deviation)
                        .isFalse();
            }
            assertThat(fewest == 21 || isEnough(departure, fewest)).isTrue();
            found.add(fewest);
        }

        assertThat(found).contains(2, 20, 21);
    }

    @Test
    void more_runs_may_show_less_where_no_more_of_them_may_be_near_the_level() {
        Departure departure = ofNoise(0.023, 100);

        // two of eight runs are excepted and no more of eleven, of which nine have to be far out
        assertThat(departure.runsToDetect(Policy.DEFAULT, SERIES, 1, TAIL)).hasValue(8);
        assertThat(isEnough(departure, 11)).isFalse();
        assertThat(isEnough(departure, 12)).isTrue();
    }

    @Test
    void the_runs_at_hand_are_not_enough_so_more_are_named() {
        assertThat(ofNoise(1e-6, 100, 100, 100).runsToDetect(Policy.DEFAULT, SERIES, 1, TAIL))
                .hasValue(4);
        double[] most = new double[20];
        Arrays.fill(most, 100);
        assertThat(ofNoise(1e-6, most).runsToDetect(Policy.DEFAULT, SERIES, 1, TAIL))
                .isEmpty();
        assertThat(ofNoise(1e-6, Arrays.copyOf(most, 19)).runsToDetect(Policy.DEFAULT, SERIES, 1, TAIL))
                .hasValue(20);
    }

    @ParameterizedTest
    @CsvSource({"0.05, 2", "0.051, 0"})
    void a_change_just_as_large_as_a_major_one_shows_it(double margin, int runs) {
        // what never moved shows every change that is as large as the margin
        OptionalInt fewest =
                departure(constant(40, 30), 40).runsToDetect(Policy.DEFAULT.withMargin(margin), SERIES, 1, TAIL);

        assertThat(fewest).isEqualTo(runs == 0 ? OptionalInt.empty() : OptionalInt.of(runs));
    }

    /** A series of which every second run lies so far out, and none farther. */
    private static final SeriesTail WILD = new SeriesTail(
            new double[] {1, 3, 6}, new double[][] {{1}, {0.5}, {0}}, new double[][] {{1}, {1}, {1}}, 1, 1e-12, 0);

    /** A level with so little noise that only what the suite has seen is in doubt. */
    private static final Expectation SURE = withScatter(expectation(regime(PLAIN, 100, 0.01, 16)), 2);

    @ParameterizedTest
    @CsvSource({
        // of n runs so far out, one in four excepted, half to the power of n is at most 0.7 * 0.05 / suite / (2 + 2 *
        // floor(n / 4)): for 7 runs 0.0078 of 0.00875, while for 6 it is 0.0156
        "1, 6",
        // for 11 runs 0.00049 of 0.00058, while for 10 it is 0.00098
        "10, 10",
        // for 20 runs 9.5e-7 of 9.7e-7, while for 19 it is 1.9e-6 of 1.2e-6
        "3000, 19",
    })
    void so_many_more_runs_as_far_off_as_this_one_make_the_change_certain(int suiteSize, int runs) {
        assertThat(departure(SURE, 106).runsToCall(0.05, suiteSize, WILD)).hasValue(runs);
        assertThat(departure(SURE, 94).runsToCall(0.05, suiteSize, WILD)).hasValue(runs);
    }

    @Test
    void runs_just_as_far_off_as_is_asked_of_so_many_make_the_change_certain() {
        double asked = WILD.surpriseAt(0.05 * 0.7, 7, 7);

        assertThat(departure(withScatter(expectation(regime(PLAIN, 0, 0.1, 16)), 1), asked)
                        .runsToCall(0.05, 1, WILD))
                .hasValue(7 - 1);
    }

    @Test
    void no_number_of_runs_is_named_where_more_than_twenty_would_not_make_it_certain() {
        // 9.5e-7 is more than 0.7 * 0.05 / 3100 / 12
        assertThat(departure(SURE, 106).runsToCall(0.05, 3100, WILD)).isEmpty();
    }

    @Test
    void the_runs_at_hand_count_towards_those_that_make_it_certain() {
        assertThat(departure(SURE, 106, 106, 108).runsToCall(0.05, 1, WILD)).hasValue(7 - 3);
        double[] most = new double[20];
        Arrays.fill(most, 106);
        assertThat(departure(SURE, most).runsToCall(0.05, 1, WILD)).isEmpty();
    }

    @Test
    void the_error_rate_is_what_runs_have_to_stay_below() {
        // half to the power of 2 is at most 0.7 * 0.9 / 2, and one run more is the fewest
        assertThat(departure(SURE, 106).runsToCall(0.9, 1, WILD)).hasValue(1);
    }

    /** A level whose runs are far out for the suite, so that only the noise of the series is in doubt. */
    private static final Expectation RARE = withScatter(plain(), 0.01);

    @ParameterizedTest
    @CsvSource({
        // scipy.stats.t.isf(0.05 * 0.7 / 2, 8) is 2.5347, and 2.5347 * 2 * sqrt(1 / n + 1 / 16) at most the shift
        "106, 1", // for 2 runs 3.80
        "103, 3", // for 4 runs 2.83, while for 3 it is 3.19
        "101.8, 15", // for 16 runs 1.79, while for 15 it is 1.82
        "98.2, 15",
    })
    void so_many_more_runs_make_the_change_certain_by_the_noise(double candidate, int runs) {
        assertThat(departure(RARE, candidate).runsToCall(0.05, 1, TAIL)).hasValue(runs);
    }

    @Test
    void a_change_just_as_far_off_as_the_noise_asks_for_is_certain() {
        Expectation expected = withScatter(expectation(regime(PLAIN, 0, 1, 16)), 0.01);
        double asked = StudentT.upperQuantile(0.05 * 0.7 / 2, 8) * expected.standardError(4, 0);

        assertThat(departure(expected, asked).runsToCall(0.05, 1, TAIL)).hasValue(4 - 1);
    }

    @Test
    void of_several_runs_the_nearest_is_how_far_further_ones_are_thought_to_lie() {
        assertThat(departure(RARE, 103, 110).runsToCall(0.05, 1, TAIL)).hasValue(4 - 2);
        assertThat(departure(RARE, 97, 90).runsToCall(0.05, 1, TAIL)).hasValue(4 - 2);
    }

    @Test
    void no_number_of_runs_is_named_where_the_level_itself_is_too_uncertain() {
        // for 20 runs 2.5347 * 2 * sqrt(1 / 20 + 1 / 16) is 1.70
        assertThat(departure(RARE, 101.69).runsToCall(0.05, 1, TAIL)).isEmpty();
        assertThat(departure(RARE, 101.71).runsToCall(0.05, 1, TAIL)).hasValue(19);
    }

    /** scipy.stats.t.isf(0.05, 8): half the width of a 90 % interval in standard errors. */
    private static final double HALF = 1.859548037530898;

    private static Departure among(double deviation, int runs, double... candidate) {
        return departure(expectation(regime(LOGARITHMIC, 100, deviation, runs)), candidate);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 2, 7.5, 40.5, 100.5})
    void so_many_more_runs_make_the_interval_fit_into_the_margin(double worth) {
        // the error of so many runs, with a level as good as known, is just what the margin has room for
        double deviation = Math.log1p(0.02) / HALF * Math.sqrt(worth) * (1 - 1e-6);

        OptionalInt needed = among(deviation, 1_000_000_000, 100).runsToFit(0.02, TAIL);

        assertThat(needed).hasValue((int) Math.ceil(worth) - 1);
    }

    @Test
    void nobody_takes_more_than_a_hundred_further_runs() {
        double deviation = Math.log1p(0.02) / HALF * Math.sqrt(101.5);

        assertThat(among(deviation, 1_000_000_000, 100).runsToFit(0.02, TAIL)).isEmpty();
        assertThat(among(deviation, 1_000_000_000, 100, 100).runsToFit(0.02, TAIL))
                .hasValue(100);
    }

    @Test
    void one_run_more_is_the_fewest_that_helps() {
        assertThat(among(1e-9, 16, 100, 100, 100).runsToFit(0.02, TAIL)).hasValue(1);
    }

    @Test
    void where_the_level_itself_is_too_uncertain_no_number_of_runs_helps() {
        // with the error of the level alone the interval is as wide as the margin
        double deviation = Math.log1p(0.02) / HALF * Math.sqrt(16);

        assertThat(among(deviation, 16, 100).runsToFit(0.02, TAIL)).isEmpty();
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
        double deviation = room / HALF * Math.sqrt(8);

        assertThat(among(deviation * (1 - 1e-6), 1_000_000_000, candidate).runsToFit(0.02, TAIL))
                .hasValue(8 - 1);
        assertThat(among(deviation * (1 + 1e-6), 1_000_000_000, candidate).runsToFit(0.02, TAIL))
                .hasValue(9 - 1);
    }

    @ParameterizedTest
    @CsvSource({"100, 0.02", "101, 0.01", "99, 0.01", "102, 0.01", "150, 0.01"})
    void on_a_plain_scale_the_room_is_a_share_of_the_level_whatever_the_unit(double candidate, double room) {
        for (double unit : new double[] {1, 128, 8192}) {
            double deviation = room * (100 / unit) / HALF * Math.sqrt(7.5);
            Regime regime = regime(new Regime.Linear(unit), 100, deviation, 1_000_000_000);

            assertThat(departure(expectation(regime), candidate).runsToFit(0.02, TAIL))
                    .hasValue(8 - 1);
        }
    }

    @Test
    void an_interval_that_just_reaches_the_margin_does_not_fit_into_it() {
        Expectation expected = expectation(regime(PLAIN, 1, 0.01, 16));
        double margin = StudentT.upperQuantile(0.05, 8) * expected.standardError(4, 0);

        assertThat(departure(expected, 1).runsToFit(margin, TAIL)).hasValue(5 - 1);
    }

    @Test
    void around_zero_no_number_of_runs_makes_the_interval_fit() {
        assertThat(departure(expectation(regime(PLAIN, 0, 1, 16)), 0).runsToFit(0.02, TAIL))
                .isEmpty();
    }

    @Test
    void the_scale_of_a_regime_is_that_of_the_distances() {
        Regime.Scale halves = new Regime.Linear(2);
        Departure departure = departure(expectation(regime(halves, 100, 1, 16)), 106);

        assertThat(departure.shift()).isEqualTo(3);
        assertThat(departure.leastSurprise()).isEqualTo(3);
        assertThat(departure.effect(TAIL, 0.95).relativeChange()).isEqualTo(0.06, within(1e-12));
    }
}
