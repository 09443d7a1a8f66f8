package dev.plumbline.core.detect;

import static dev.plumbline.core.detect.Expectations.PLAIN;
import static dev.plumbline.core.detect.Expectations.UNSEEN;
import static dev.plumbline.core.detect.Expectations.constant;
import static dev.plumbline.core.detect.Expectations.departure;
import static dev.plumbline.core.detect.Expectations.expectation;
import static dev.plumbline.core.detect.Expectations.forked;
import static dev.plumbline.core.detect.Expectations.logarithmic;
import static dev.plumbline.core.detect.Expectations.plain;
import static dev.plumbline.core.detect.Expectations.regime;
import static dev.plumbline.core.detect.Expectations.step;
import static dev.plumbline.core.detect.Expectations.tail;
import static dev.plumbline.core.detect.Expectations.withScatter;
import static dev.plumbline.core.detect.Expectations.young;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.detect.Evidence.Ground;
import dev.plumbline.core.model.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeighingTest {
    private static final Unit MILLISECONDS = Unit.of("ms");

    /** A suite where one run in a thousand lies three deviations out. */
    private static final SeriesTail QUIET = tail(0.001);

    /** One where every tenth does. */
    private static final SeriesTail SPIKY = tail(0.1);

    /** The jump has this share of the error rate, the step the rest. */
    private static final double JUMP = 0.7;

    private static Evidence weighed(Departure departure, SeriesTail tail) {
        return new Weighing(departure, Optional.empty(), MILLISECONDS, tail, new Ladder(false)).evidence();
    }

    private static Evidence weighed(Departure departure, FreshStep step, SeriesTail tail) {
        return new Weighing(departure, Optional.of(step), MILLISECONDS, tail, new Ladder(false)).evidence();
    }

    private static Evidence weighed(Departure departure, Unit unit) {
        return new Weighing(departure, Optional.empty(), unit, QUIET, new Ladder(false)).evidence();
    }

    private static String words(Evidence evidence) {
        return evidence.rungs().get(0).words();
    }

    @Test
    void what_never_moved_and_does_not_move_is_no_departure() {
        assertThat(weighed(departure(constant(40, 12), 40, 40), Unit.of("allocations")))
                .isEqualTo(new Evidence(1, Ground.NOISE, List.of()));
    }

    @Test
    void a_counter_that_never_moved_is_certain_to_have_moved_now() {
        assertThat(weighed(departure(constant(40, 12), 40, 41), Unit.of("allocations")))
                .isEqualTo(new Evidence(0, Ground.NOISE, List.of()));
    }

    @ParameterizedTest
    @CsvSource({"1, 0.5", "12, 0.07692307692307693", "19, 0.05", "20, 0", "500, 0"})
    void a_duration_that_never_moved_may_be_that_of_a_coarse_timer(int runs, double probability) {
        assertThat(weighed(departure(constant(40, runs), 41), MILLISECONDS))
                .isEqualTo(new Evidence(probability, Ground.NOISE, List.of()));
    }

    @Test
    void a_jump_is_as_rare_as_students_t_says_where_the_suite_has_seen_less() {
        Evidence evidence = weighed(departure(plain(), 106), QUIET);

        // 2 * scipy.stats.t.sf(6 / (2 * sqrt(1 + 1 / 16)), 8)
        double student = 0.019576273404687112;
        assertThat(evidence.probability()).isEqualTo(student / JUMP, within(1e-12));
        assertThat(evidence.ground()).isEqualTo(Ground.NOISE);
        Check rung = evidence.rungs().get(0);
        assertThat(rung.name()).isEqualTo("prediction");
        assertThat(rung.outcome()).isEqualTo(Check.Outcome.PASSED);
        assertThat(rung.numbers().keySet()).containsExactly("deviations", "autocorrelation", "student", "suite");
        assertThat(rung.numbers().get("deviations")).isEqualTo(6 / (2 * Math.sqrt(1 + 1.0 / 16)), within(1e-12));
        assertThat(rung.numbers().get("autocorrelation")).isZero();
        assertThat(rung.numbers().get("student")).isEqualTo(student, within(1e-12));
        assertThat(rung.numbers().get("suite")).isEqualTo(0.001 + UNSEEN, within(1e-12));
        assertThat(rung.words())
                .isEqualTo("the new value lies 2.9 standard errors from the level: by Student's t so far in 2.0 % of"
                        + " healthy runs; and 3.0 deviations of the earlier runs from their middle: by this suite's own"
                        + " past so far in 0.11 %; the larger of the two shares counts");
    }

    @Test
    void a_jump_downwards_is_as_rare_as_one_upwards() {
        Evidence up = weighed(departure(plain(), 106), QUIET);
        Evidence down = weighed(departure(plain(), 94), QUIET);

        assertThat(down.probability()).isEqualTo(up.probability());
        assertThat(words(down)).isEqualTo(words(up));
        assertThat(down.rungs().get(0).numbers().get("deviations"))
                .isEqualTo(-6 / (2 * Math.sqrt(1 + 1.0 / 16)), within(1e-12));
    }

    @Test
    void a_jump_is_no_rarer_than_in_the_past_of_the_suite() {
        Evidence evidence = weighed(departure(plain(), 106), SPIKY);

        assertThat(evidence.probability()).isEqualTo((0.1 + UNSEEN) / JUMP, within(1e-12));
        assertThat(evidence.ground()).isEqualTo(Ground.PAST);
        assertThat(words(evidence)).contains("by this suite's own past so far in 10.0 %;");
    }

    @Test
    void a_value_at_the_level_is_what_noise_alone_makes() {
        Evidence evidence = weighed(departure(plain(), 100), SPIKY);

        assertThat(evidence.probability()).isEqualTo(1);
        assertThat(evidence.ground()).isEqualTo(Ground.NOISE);
        assertThat(words(evidence))
                .contains("lies 0.0 standard errors from the level")
                .contains("in 100.0 % of");
    }

    @Test
    void series_whose_runs_resemble_each_other_know_their_level_less() {
        Evidence evidence = weighed(departure(plain(), 106), tail(0.001, 0.5));

        // 2 * scipy.stats.t.sf(6 / (2 * sqrt(1 + 3 / 16)), 8)
        assertThat(evidence.probability()).isEqualTo(0.02494346822620702 / JUMP, within(1e-12));
        assertThat(evidence.rungs().get(0).numbers()).contains(entry("autocorrelation", 0.5));
    }

    @Test
    void runs_that_were_judged_regressed_bear_witness_to_the_same_change() {
        Evidence evidence = weighed(new Departure(plain(), Trials.points(105), new double[] {107}), QUIET);

        // 2 * scipy.stats.t.sf(6 / (2 * sqrt(1 / 2 + 1 / 16)), 8)
        double student = 0.003949772803445323;
        assertThat(evidence.probability()).isEqualTo(student / JUMP, within(1e-12));
        assertThat(evidence.rungs().get(0).numbers().get("suite"))
                .isEqualTo(QUIET.probabilityOfAll(new double[] {2.5, 3.5}));
        assertThat(words(evidence))
                .startsWith("with the runs before it that were judged regressed, 2 in all, the new value lies 4.0"
                        + " standard errors from the level: by Student's t so far in 0.39 % of healthy runs; and 2.5 to"
                        + " 3.5 deviations of the earlier runs from their middle");
    }

    @Test
    void forks_that_disagree_are_named_where_they_make_the_distance_small() {
        Evidence wide = weighed(new Departure(logarithmic(), List.of(forked(106, 4, 0.1)), new double[0]), QUIET);
        Evidence narrow = weighed(new Departure(logarithmic(), List.of(forked(106, 4, 0.01)), new double[0]), QUIET);

        // log(1.06) / (0.1 / sqrt(4))
        assertThat(words(wide))
                .startsWith("the new value lies 1.2 standard errors from the level (its forks disagree more than the"
                        + " earlier runs, which makes them wide): by Student's t");
        assertThat(words(narrow)).startsWith("the new value lies 5.7 standard errors from the level: by Student's t");
        assertThat(wide.probability()).isGreaterThan(narrow.probability());
    }

    @ParameterizedTest
    @CsvSource({"224.875, 999.0", "225, more than 1000", "1e9, more than 1000"})
    void more_than_a_thousand_deviations_are_not_counted(double value, String deviations) {
        Evidence evidence = weighed(departure(withScatter(plain(), 0.125), value), QUIET);

        assertThat(words(evidence)).contains("and " + deviations + " deviations of the earlier runs");
    }

    @Test
    void more_than_a_thousand_standard_errors_are_not_counted() {
        assertThat(words(weighed(departure(expectation(regime(PLAIN, 100, 1e-3, 16)), 102), QUIET)))
                .startsWith("the new value lies more than 1000 standard errors from the level");
    }

    @Test
    void what_has_no_logarithm_is_farther_out_than_anything_was() {
        Evidence evidence = weighed(departure(logarithmic(), 0), SPIKY);

        assertThat(evidence.probability()).isZero();
        assertThat(evidence.ground()).isEqualTo(Ground.NOISE);
        assertThat(evidence.rungs().get(0).numbers()).contains(entry("deviations", -Double.MAX_VALUE));
        assertThat(words(evidence)).startsWith("the new value lies more than 1000 standard errors from the level");
    }

    @Test
    void a_step_that_new_runs_complete_is_as_rare_as_the_noise_says() {
        FreshStep fresh = new FreshStep(step(14, 100, 106, 1e-5), new double[] {106, 107, 106});

        Evidence evidence = weighed(departure(plain(), 106), fresh, QUIET);

        // the past of the suite makes it rarer: 2 * 0.0011^3 at the most
        assertThat(evidence.probability()).isEqualTo(1e-5 / (1 - JUMP), within(1e-15));
        assertThat(evidence.ground()).isEqualTo(Ground.NOISE);
        assertThat(evidence.rungs()).extracting(Check::name).containsExactly("prediction", "step");
        Check rung = evidence.rungs().get(1);
        assertThat(rung.outcome()).isEqualTo(Check.Outcome.PASSED);
        assertThat(rung.numbers())
                .isEqualTo(
                        Map.of("runs", 3.0, "step", 1e-5, "suite", QUIET.probabilityOfAll(new double[] {3, 3.5, 3})));
        assertThat(rung.words())
                .isEqualTo("a step that began 3 runs ago: by the noise of this series so large in less than 0.01 % of"
                        + " healthy histories, by this suite's own past in less than 0.01 %");
    }

    @Test
    void a_step_is_no_rarer_than_in_the_past_of_the_suite() {
        SeriesTail wild = tail(0.3);
        FreshStep fresh = new FreshStep(step(14, 100, 94, 1e-5), new double[] {94, 93, 94, 94, 94, 94, 94, 94});

        Evidence evidence = weighed(departure(plain(), 94), fresh, wild);

        double seen = wild.probabilityOfAll(new double[] {3, 3.5, 3, 3, 3, 3, 3, 3});
        assertThat(seen).isGreaterThan(1e-5).isLessThan(0.01);
        assertThat(evidence.probability()).isEqualTo(seen / (1 - JUMP), within(1e-12));
    }

    @Test
    void the_rarer_of_jump_and_step_counts() {
        FreshStep likely = new FreshStep(step(14, 100, 106, 0.2), new double[] {106, 107, 106});
        Departure departure = departure(plain(), 106);

        assertThat(weighed(departure, likely, QUIET).probability())
                .isEqualTo(weighed(departure, QUIET).probability());
    }

    @Test
    void a_step_to_values_on_the_other_side_of_the_level_says_nothing() {
        FreshStep aside = new FreshStep(step(14, 110, 106, 1e-5), new double[] {106, 107, 106});
        Evidence evidence = weighed(departure(plain(), 106), aside, QUIET);

        assertThat(evidence.rungs().get(1).numbers()).contains(entry("suite", 1.0));
        assertThat(evidence.probability())
                .isEqualTo(weighed(departure(plain(), 106), QUIET).probability());
    }

    /** A level of 100 since four runs, after one of 94 with a scatter of 2. */
    private static Expectation sinceFourRuns(double stepProbability) {
        YoungLevel level =
                new YoungLevel(step(12, 94, 100, stepProbability), new Surprises(new double[0], 94, 2), new double[] {
                    100, 100, 101, 100
                });
        return young(plain(), level);
    }

    @Test
    void the_way_back_from_a_level_in_doubt_is_as_doubtful_as_the_level() {
        Evidence evidence = weighed(departure(sinceFourRuns(0.2), 94), QUIET);

        assertThat(evidence.probability()).isEqualTo(0.2);
        assertThat(evidence.ground()).isEqualTo(Ground.YOUNG_LEVEL);
        assertThat(evidence.rungs()).extracting(Check::name).containsExactly("prediction", "young-level");
        Check rung = evidence.rungs().get(1);
        assertThat(rung.outcome()).isEqualTo(Check.Outcome.PASSED);
        assertThat(rung.numbers()).isEqualTo(Map.of("runs", 4.0, "step", 0.2, "before", 1.0));
        assertThat(rung.words())
                .isEqualTo("the current level began only 4 runs ago, with a step as large as in 20.0 % of healthy"
                        + " histories; on the level before it the new value would be so far out in 100.0 % of healthy"
                        + " runs");
    }

    @Test
    void what_lies_far_from_the_level_before_as_well_is_not_in_doubt() {
        Evidence evidence = weighed(departure(sinceFourRuns(0.2), 106), QUIET);

        // six deviations from 94 on: beyond what was seen with the fourth power
        assertThat(evidence.rungs().get(1).numbers().get("before")).isEqualTo(UNSEEN / 16, within(1e-12));
        assertThat(evidence.probability())
                .isEqualTo(weighed(departure(plain(), 106), QUIET).probability());
        assertThat(evidence.ground()).isEqualTo(Ground.NOISE);
    }

    @Test
    void a_level_that_began_with_a_clear_step_is_not_in_doubt() {
        Evidence evidence = weighed(departure(sinceFourRuns(1e-9), 94), QUIET);

        assertThat(evidence.probability())
                .isEqualTo(weighed(departure(plain(), 94), QUIET).probability());
        assertThat(evidence.ground()).isEqualTo(Ground.NOISE);
    }

    @Test
    void a_doubt_that_adds_nothing_is_not_the_ground() {
        Evidence evidence = weighed(departure(sinceFourRuns(1), 100), QUIET);

        assertThat(evidence.probability()).isEqualTo(1);
        assertThat(evidence.ground()).isEqualTo(Ground.NOISE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_silent_ladder_changes_the_words_and_no_number(boolean isSilent) {
        FreshStep fresh = new FreshStep(step(14, 100, 106, 1e-5), new double[] {106, 107, 106});
        Evidence evidence = new Weighing(
                        departure(sinceFourRuns(0.2), 94),
                        Optional.of(fresh),
                        MILLISECONDS,
                        QUIET,
                        new Ladder(isSilent))
                .evidence();

        assertThat(evidence.probability()).isEqualTo(0.2);
        assertThat(evidence.rungs()).hasSize(isSilent ? 0 : 3);
    }
}
