package dev.plumbline.core.detect;

import static dev.plumbline.core.detect.Expectations.LOGARITHMIC;
import static dev.plumbline.core.detect.Expectations.PLAIN;
import static dev.plumbline.core.detect.Expectations.constant;
import static dev.plumbline.core.detect.Expectations.departure;
import static dev.plumbline.core.detect.Expectations.expectation;
import static dev.plumbline.core.detect.Expectations.logarithmic;
import static dev.plumbline.core.detect.Expectations.regime;
import static dev.plumbline.core.detect.Expectations.step;
import static dev.plumbline.core.detect.Expectations.suite;
import static dev.plumbline.core.detect.Expectations.tail;
import static dev.plumbline.core.detect.Expectations.young;
import static dev.plumbline.core.detect.Trials.DURATION;
import static dev.plumbline.core.detect.Trials.THROUGHPUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.detect.Evidence.Ground;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Levels of 100 with a noise of 1 %: one run has a 95 % interval of 2.4 % to each side, and a 90 % interval of 1.9 %.
 */
class DecisionTest {
    private static final SeriesTail TAIL = tail(0.001);

    private static final double NOT_ADJUSTED_ENOUGH = 0.06;

    /** What is asked, and the answer's ladder. */
    private static final class Question {
        private Policy policy = Policy.DEFAULT;
        private Trials trials = DURATION;
        private final Departure departure;
        private double probability = 1;
        private Ground ground = Ground.NOISE;
        private double adjusted = 1;
        private SuiteTail suite = suite(10);
        private Ladder ladder = new Ladder(false);

        Question(Expectation expected, double... candidate) {
            departure = departure(expected, candidate);
        }

        Question with(Policy other) {
            policy = other;
            return this;
        }

        Question of(Trials other) {
            trials = other;
            return this;
        }

        Question because(Ground other) {
            ground = other;
            return this;
        }

        Question among(SuiteTail other) {
            suite = other;
            return this;
        }

        /** @param adjustedProbability for the whole suite */
        Question withProbability(double own, double adjustedProbability) {
            probability = own;
            adjusted = adjustedProbability;
            return this;
        }

        Question silent() {
            ladder = new Ladder(true);
            return this;
        }

        Decision decision() {
            Series series = trials.series(List.of());
            Evidence evidence = new Evidence(probability, ground, List.of());
            return new Decision(policy, series, departure, evidence, adjusted, TAIL, suite, ladder);
        }

        Verdict verdict() {
            return decision().verdict();
        }

        Severity severity() {
            Decision decision = decision();
            return decision.severity(decision.verdict());
        }

        Effect effect() {
            return departure.effect(TAIL, policy.confidence());
        }

        Check last() {
            return ladder.rungs().get(ladder.rungs().size() - 1);
        }
    }

    private static Question certain(Expectation expected, double... candidate) {
        return new Question(expected, candidate).withProbability(0.001, 0.01);
    }

    private static Question uncertain(Expectation expected, double... candidate) {
        return new Question(expected, candidate).withProbability(0.02, NOT_ADJUSTED_ENOUGH);
    }

    private static Verdict.Inconclusive inconclusive(Question question) {
        return (Verdict.Inconclusive) question.verdict();
    }

    @Test
    void what_is_certain_and_relevant_and_worse_is_a_regression() {
        assertThat(certain(logarithmic(), 106).verdict())
                .isEqualTo(new Verdict.Regressed(certain(logarithmic(), 106).effect()));
        assertThat(certain(logarithmic(), 94).of(THROUGHPUT).verdict()).isInstanceOf(Verdict.Regressed.class);
    }

    @Test
    void what_is_certain_and_relevant_and_better_is_an_improvement() {
        assertThat(certain(logarithmic(), 94).verdict())
                .isEqualTo(new Verdict.Improved(certain(logarithmic(), 94).effect()));
        assertThat(certain(logarithmic(), 106).of(THROUGHPUT).verdict()).isInstanceOf(Verdict.Improved.class);
    }

    @ParameterizedTest
    @CsvSource({"104.9, MINOR", "105, MAJOR", "109.9, MAJOR", "110, CRITICAL"})
    void a_regression_is_as_severe_as_it_is_large(double candidate, Severity severity) {
        assertThat(certain(constant(100, 30), candidate).severity()).isEqualTo(severity);
        assertThat(certain(constant(100, 30), 200 - candidate).of(THROUGHPUT).severity())
                .isEqualTo(severity);
    }

    @Test
    void nothing_but_a_regression_is_severe() {
        assertThat(certain(constant(100, 30), 70).severity()).isEqualTo(Severity.NONE);
        assertThat(uncertain(constant(100, 30), 109).severity()).isEqualTo(Severity.NONE);
    }

    @Test
    void what_was_never_negative_cannot_fall_by_more_than_all_of_itself() {
        Expectation noisy = expectation(regime(PLAIN, 100, 100, 16));
        double half = 2.3060041352041662 * Math.sqrt(1 + 1.0 / 16); // scipy.stats.t.isf(0.025, 8)

        Interval unsigned = effect(uncertain(noisy, 0)).interval();
        Interval signed = effect(uncertain(noisy, -1)).interval();

        assertThat(unsigned.low()).isEqualTo(-1);
        assertThat(unsigned.high()).isEqualTo(-1 + half, within(1e-9));
        assertThat(signed.low()).isEqualTo(-1.01 - half, within(1e-9));
    }

    @Test
    void what_the_noise_hides_is_told_within_what_is_possible() {
        Question question = uncertain(expectation(regime(PLAIN, 100, 100, 16)), 0);

        question.verdict();

        assertThat(question.last().words()).contains("from -100.0 % to ");
    }

    private static Effect effect(Question question) {
        return question.verdict().effect().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"0.05, REGRESSED", "0.05000000000000001, INCONCLUSIVE"})
    void certain_is_what_the_whole_suite_makes_no_more_often_than_it_may_err(double adjusted, Verdict.Kind kind) {
        assertThat(new Question(logarithmic(), 106)
                        .withProbability(0.02, adjusted)
                        .verdict()
                        .kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"102, REGRESSED", "98, IMPROVED", "101.9, UNCHANGED", "98.1, UNCHANGED"})
    void relevant_is_what_is_as_large_as_the_margin(double candidate, Verdict.Kind kind) {
        assertThat(certain(constant(100, 30), candidate).verdict().kind()).isEqualTo(kind);
    }

    private static Policy withFloor(double floor) {
        return new Policy(0.02, Severities.DEFAULT, 0.95, 0.05, 5, floor);
    }

    @ParameterizedTest
    @CsvSource({"106, 6, REGRESSED", "94, 6, IMPROVED", "106, 6.1, UNCHANGED", "94, 6.1, UNCHANGED"})
    void relevant_is_what_is_as_large_as_the_floor(double candidate, double floor, Verdict.Kind kind) {
        assertThat(certain(constant(100, 30), candidate)
                        .with(withFloor(floor))
                        .verdict()
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void a_certain_change_beyond_the_margin_and_below_the_floor_is_none_and_says_so() {
        Question question = certain(logarithmic(), 94).with(withFloor(10));

        assertThat(question.verdict()).isEqualTo(new Verdict.Unchanged(question.effect()));
        assertThat(question.ladder.rungs()).extracting(Check::name).containsExactly("suite", "floor");
        assertThat(question.last())
                .isEqualTo(new Check(
                        "floor",
                        Check.Outcome.DECIDED,
                        "the change is certain, and smaller than the smallest one that matters",
                        Map.of("change", -6.0, "floor", 10.0)));
    }

    @Test
    void a_change_below_the_floor_that_is_not_certain_is_held_against_the_margin() {
        Question question = uncertain(logarithmic(), 106).with(withFloor(10));

        assertThat(question.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(question.last().name()).isEqualTo("equivalence");
    }

    @Test
    void the_suite_decides_with_all_it_was_asked() {
        Question question = certain(logarithmic(), 106);
        question.verdict();

        assertThat(question.ladder.rungs()).hasSize(1);
        assertThat(question.last().name()).isEqualTo("suite");
        assertThat(question.last().outcome()).isEqualTo(Check.Outcome.DECIDED);
        assertThat(question.last().words()).isEqualTo("p = 0.01 after adjusting for 10 series");
        assertThat(question.last().numbers())
                .containsExactly(
                        entry("pValue", 0.001),
                        entry("adjusted", 0.01),
                        entry("suiteSize", 10.0),
                        entry("suiteHistory", 9_999.0),
                        entry("limit", 0.05));
    }

    @Test
    void where_the_suite_does_not_decide_the_same_is_told_and_the_next_rung_is_climbed() {
        Question question = uncertain(logarithmic(), 106);
        question.verdict();

        assertThat(question.ladder.rungs()).extracting(Check::name).containsExactly("suite", "doubt");
        Check suite = question.ladder.rungs().get(0);
        assertThat(suite.outcome()).isEqualTo(Check.Outcome.PASSED);
        assertThat(suite.words()).isEqualTo("p = 0.06 after adjusting for 10 series");
        assertThat(suite.numbers().keySet())
                .containsExactly("pValue", "adjusted", "suiteSize", "suiteHistory", "limit");
    }

    @Test
    void of_a_single_series_nothing_is_adjusted() {
        Question question = certain(logarithmic(), 106).among(suite(1));
        question.verdict();

        assertThat(question.last().words()).isEqualTo("p = 0.01");
        assertThat(question.last().numbers()).contains(entry("suiteSize", 1.0));
    }

    @ParameterizedTest
    @CsvSource({"0.01, suspect", "0.010000000000000002, doubt"})
    void a_relevant_change_that_is_rare_for_its_own_series_is_a_suspect(double probability, String rung) {
        Question question = new Question(logarithmic(), 106).withProbability(probability, NOT_ADJUSTED_ENOUGH);
        question.verdict();

        assertThat(question.last().name()).isEqualTo(rung);
    }

    @Test
    void one_more_run_tells_of_a_suspect() {
        Question question = new Question(logarithmic(), 106).withProbability(0.009, NOT_ADJUSTED_ENOUGH);

        String reason = "may have become worse; one odd run is not enough to be sure among 10 series";
        assertThat(question.verdict())
                .isEqualTo(new Verdict.Inconclusive(reason, true, OptionalInt.of(1), Optional.of(question.effect())));
        assertThat(question.last())
                .isEqualTo(new Check("suspect", Check.Outcome.DECIDED, reason, Map.of("pValue", 0.009, "limit", 0.01)));
    }

    @Test
    void what_may_have_become_better_is_no_suspected_regression() {
        Verdict.Inconclusive better =
                inconclusive(new Question(logarithmic(), 94).withProbability(0.009, NOT_ADJUSTED_ENOUGH));
        Verdict.Inconclusive more = inconclusive(
                new Question(logarithmic(), 106).of(THROUGHPUT).withProbability(0.009, NOT_ADJUSTED_ENOUGH));

        String reason = "may have become better; one odd run is not enough to be sure among 10 series";
        assertThat(better.reason()).isEqualTo(more.reason()).isEqualTo(reason);
        assertThat(better.suspect()).isFalse();
        assertThat(better.runsNeeded()).hasValue(1);
        assertThat(more.suspect()).isFalse();
    }

    @Test
    void a_suspect_need_not_be_clear_of_the_margin_but_relevant() {
        assertThat(inconclusive(new Question(logarithmic(), 103).withProbability(0.009, NOT_ADJUSTED_ENOUGH))
                        .suspect())
                .isTrue();
        Question small = new Question(logarithmic(), 101.9).withProbability(0.009, NOT_ADJUSTED_ENOUGH);
        small.verdict();
        assertThat(small.last().name()).isEqualTo("equivalence");
    }

    /** The past of a suite that was as far off as ten per cent once. */
    private static final SuiteTail SEEN = suite(10, 0.1, 0.2, 30);

    @ParameterizedTest
    @CsvSource({
        "112, 0.05, suspect, 0.05",
        "112, 0.05000000000000001, doubt, 0.05",
        "88, 0.05, suspect, 0.05",
        "88, 0.05000000000000001, doubt, 0.05",
        "112, 0.009, suspect, 0.05",
        "109, 0.05, doubt, 0.05",
    })
    void a_critical_change_clear_of_the_margin_is_a_suspect_sooner(
            double candidate, double probability, String rung, double limit) {
        Question question = new Question(logarithmic(), candidate)
                .withProbability(probability, NOT_ADJUSTED_ENOUGH)
                .among(SEEN);
        question.verdict();

        assertThat(question.last().name()).isEqualTo(rung);
        assertThat(question.last().numbers()).contains(entry("limit", limit));
    }

    @Test
    void a_critical_change_is_a_suspect_where_nothing_was_ever_as_far_off() {
        Question never =
                new Question(logarithmic(), 112).withProbability(0.3, 1).among(suite(10, 0.1, 0.2, 3));
        Question once = new Question(logarithmic(), 112).withProbability(0.3, 1).among(SEEN);

        assertThat(inconclusive(never).suspect()).isTrue();
        assertThat(never.last().numbers()).contains(entry("limit", 0.05));
        assertThat(inconclusive(once).suspect()).isFalse();
    }

    @Test
    void a_critical_change_that_is_not_clear_of_the_margin_is_no_suspect() {
        // by 12 %, and with so much noise 90 % and 95 % intervals that reach below the margin
        Question question = new Question(expectation(regime(LOGARITHMIC, 100, 0.05, 16)), 112)
                .withProbability(0.04, NOT_ADJUSTED_ENOUGH);
        question.verdict();

        assertThat(question.effect().interval().low()).isLessThan(0.02);
        assertThat(question.last().name()).isEqualTo("equivalence");
    }

    @ParameterizedTest
    @CsvSource({"102, equivalence", "102.1, doubt", "98, equivalence", "97.9, doubt"})
    void clear_is_an_interval_wholly_beyond_the_margin(double candidate, String rung) {
        Question question = uncertain(constant(100, 30), candidate);
        question.verdict();

        assertThat(question.last().name()).isEqualTo(rung);
    }

    @Test
    void what_is_clear_of_the_margin_and_not_rare_may_be_chance() {
        Question question = uncertain(logarithmic(), 106);

        Verdict verdict = question.verdict();

        String reason = "by the noise of this series among 10 the change may be chance";
        assertThat(verdict)
                .isEqualTo(new Verdict.Inconclusive(
                        reason, false, question.departure.runsToCall(0.05, 10, TAIL), Optional.of(question.effect())));
        assertThat(((Verdict.Inconclusive) verdict).runsNeeded()).isPresent();
        assertThat(question.last())
                .isEqualTo(new Check(
                        "doubt",
                        Check.Outcome.DECIDED,
                        reason,
                        Map.of("pValue", 0.02, "adjusted", NOT_ADJUSTED_ENOUGH, "limit", 0.05)));
    }

    @Test
    void a_change_that_the_past_makes_likely_says_how_often_it_was_so() {
        Question doubt = uncertain(logarithmic(), 106)
                .because(Ground.PAST)
                .among(suite(10, 0.1, 5.9, 6, 6.1, 7)); // log(1.06) is 5.83 deviations
        Question suspect = new Question(logarithmic(), 106)
                .withProbability(0.009, NOT_ADJUSTED_ENOUGH)
                .because(Ground.PAST)
                .among(suite(10, 0.1, 0.2, 6));

        assertThat(inconclusive(doubt).reason())
                .isEqualTo("this suite has been as far off before without a lasting change, in 4 of its 5 earlier"
                        + " values");
        assertThat(inconclusive(suspect).reason())
                .isEqualTo("may have become worse; this suite has been as far off before without a lasting change, in 1"
                        + " of its 3 earlier values");
    }

    @Test
    void a_past_too_short_to_be_sure_says_that_it_was_never_as_far_off() {
        Question question = uncertain(logarithmic(), 106).because(Ground.PAST).among(suite(10, 0.1, 0.2, 3));

        assertThat(inconclusive(question).reason())
                .isEqualTo("none of the 3 earlier values of this suite was as far off, too few to be sure");
    }

    @Test
    void a_young_level_is_named_where_it_is_the_doubt() {
        Question question = uncertain(logarithmic(), 106).because(Ground.YOUNG_LEVEL);

        assertThat(inconclusive(question).reason())
                .isEqualTo("its current level began only 16 runs ago, and from the level before it so large a change is"
                        + " not certain");
    }

    @ParameterizedTest
    @ValueSource(doubles = {99.95, 100, 100.05})
    void an_interval_inside_the_margin_shows_that_nothing_changed(double candidate) {
        Question question = new Question(logarithmic(), candidate);

        assertThat(question.verdict()).isEqualTo(new Verdict.Unchanged(question.effect()));
        // that of two one-sided tests of 5 %, not the one that is shown
        assertThat(question.effect().interval().isInside(-0.02, 0.02)).isFalse();
        Check rung = question.last();
        assertThat(rung.name()).isEqualTo("equivalence");
        assertThat(rung.outcome()).isEqualTo(Check.Outcome.DECIDED);
        assertThat(rung.numbers()).containsOnlyKeys("low", "high", "margin").contains(entry("margin", 0.02));
    }

    @Test
    void the_interval_that_shows_it_is_told() {
        Question question = new Question(logarithmic(), 100);
        question.verdict();

        // scipy.stats.t.isf(0.05, 8)
        double half = 1.859548037530898 * 0.01 * Math.sqrt(1 + 1.0 / 16);
        assertThat(question.last().numbers().get("low")).isEqualTo(Math.expm1(-half), within(1e-9));
        assertThat(question.last().numbers().get("high")).isEqualTo(Math.expm1(half), within(1e-9));
        assertThat(question.last().words())
                .isEqualTo("the 90 % interval of the change, from -1.9 % to 1.9 %, lies inside the margin of 2.0 %");
    }

    @ParameterizedTest
    @ValueSource(doubles = {100.1, 99.8})
    void an_interval_that_reaches_beyond_the_margin_on_one_side_hides_a_change(double candidate) {
        assertThat(new Question(logarithmic(), candidate).verdict()).isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void equal_values_are_unchanged_even_where_every_change_matters() {
        Policy every = Policy.DEFAULT.withMargin(0);

        assertThat(new Question(constant(40, 12), 40).with(every).verdict()).isInstanceOf(Verdict.Unchanged.class);
        assertThat(new Question(expectation(regime(PLAIN, 40, 2, 12)), 40)
                        .with(every)
                        .verdict())
                .isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void of_what_never_moved_the_change_itself_is_held_against_the_margin() {
        Question inside = new Question(constant(1_000, 12), 1_001);
        inside.verdict();

        assertThat(inside.last().words())
                .isEqualTo("the 90 % interval of the change, from 0.1 % to 0.1 %, lies inside the margin of 2.0 %");
    }

    /** So noisy, and of so many runs, that some more of a revision tell. */
    private static final Expectation NOISY = expectation(regime(LOGARITHMIC, 100, 0.05, 400));

    @Test
    void noise_that_hides_the_margin_says_how_many_runs_would_tell() {
        Question question = new Question(NOISY, 100);

        Verdict verdict = question.verdict();

        String reason = "the noise hides a change of 2.0 %";
        // scipy.stats.t.isf(0.05, 8) * 0.05 * sqrt(1 / 24 + 1 / 400) is 0.0195, with 23 runs more than log(1.02)
        int more = 23;
        assertThat(verdict)
                .isEqualTo(
                        new Verdict.Inconclusive(reason, false, OptionalInt.of(more), Optional.of(question.effect())));
        Check rung = question.last();
        assertThat(rung.name()).isEqualTo("equivalence");
        assertThat(rung.outcome()).isEqualTo(Check.Outcome.DECIDED);
        double half = 1.859548037530898 * 0.05 * Math.sqrt(1 + 1.0 / 400);
        assertThat(rung.numbers()).containsOnlyKeys("low", "high");
        assertThat(rung.numbers().get("low")).isEqualTo(Math.expm1(-half), within(1e-9));
        assertThat(rung.numbers().get("high")).isEqualTo(Math.expm1(half), within(1e-9));
        assertThat(rung.words())
                .isEqualTo(
                        "run-to-run noise is 5.0 %, and the 90 % interval of the change, from -8.9 % to +9.8 %, reaches"
                                + " beyond the margin of 2.0 %");
    }

    @Test
    void what_is_certain_and_may_be_less_than_the_margin_is_told_as_both() {
        assertThat(inconclusive(certain(logarithmic(), 101.8)).reason())
                .startsWith("it got worse for certain; whether by the margin of 2.0 % is open");
        assertThat(inconclusive(certain(logarithmic(), 98.2)).reason()).startsWith("it got better for certain; ");
        assertThat(inconclusive(certain(logarithmic(), 98.2).of(THROUGHPUT)).reason())
                .startsWith("it got worse for certain; ");
        assertThat(inconclusive(uncertain(logarithmic(), 101.8)).reason())
                .startsWith("the noise hides a change of 2.0 %");
    }

    @Test
    void noise_that_no_number_of_runs_gets_over_says_so() {
        Question question = new Question(expectation(regime(LOGARITHMIC, 100, 0.05, 4)), 100);

        assertThat(inconclusive(question).reason())
                .isEqualTo("the noise hides a change of 2.0 %, however often this revision is run: its history is too"
                        + " short or too noisy");
        assertThat(inconclusive(question).runsNeeded()).isEmpty();
    }

    @Test
    void around_zero_no_change_is_a_share_and_the_words_and_numbers_are_finite() {
        Question question = new Question(expectation(regime(PLAIN, 0, 1, 12)), 0);
        question.verdict();

        assertThat(question.last().numbers()).isEqualTo(Map.of("low", -Double.MAX_VALUE, "high", Double.MAX_VALUE));
        assertThat(question.last().words()).isEqualTo("the level is zero, and no change of that lies inside a margin");
    }

    @Test
    void what_can_be_detected_is_that_of_the_runs_at_hand() {
        Question question = new Question(NOISY, 100, 101);

        assertThat(question.decision().detectable())
                .isEqualTo(question.departure.detectable(Policy.DEFAULT, DURATION.series(List.of()), 10, TAIL, 2))
                .isPresent();
    }

    @Test
    void in_a_replay_nobody_asks_what_could_be_detected_or_how_many_runs_would_tell() {
        assertThat(new Question(NOISY, 100).silent().decision().detectable()).isEmpty();
        Question hidden = new Question(NOISY, 100).silent();
        assertThat(inconclusive(hidden).runsNeeded()).isEmpty();
        assertThat(hidden.ladder.rungs()).isEmpty();
        assertThat(inconclusive(uncertain(logarithmic(), 106).silent()).runsNeeded())
                .isEmpty();
        // the verdict is the same
        assertThat(certain(logarithmic(), 106).silent().verdict())
                .isEqualTo(certain(logarithmic(), 106).verdict());
    }

    private static Check sensitivity(Question question, OptionalDouble detectable) {
        Decision decision = question.decision();
        decision.verdict();
        Check decided = question.last();
        decision.tellSensitivity(detectable);

        // what decided stays the last
        assertThat(question.last()).isEqualTo(decided);
        return question.ladder.rungs().get(question.ladder.rungs().size() - 2);
    }

    @Test
    void a_sensitivity_that_is_enough_is_told_by_itself() {
        Check rung = sensitivity(new Question(NOISY, 100, 101), OptionalDouble.of(0.05));

        assertThat(rung.name()).isEqualTo("sensitivity");
        assertThat(rung.outcome()).isEqualTo(Check.Outcome.NOTED);
        assertThat(rung.words()).isEqualTo("this benchmark can detect changes of 5 % or more with 2 runs");
        assertThat(rung.numbers()).containsExactly(entry("runs", 2.0), entry("detectable", 0.05));
    }

    @Test
    void a_sensitivity_that_is_not_enough_is_told_with_the_runs_it_would_take() {
        Question question = new Question(expectation(regime(LOGARITHMIC, 100, 0.01, 400)), 100);
        int needed = question.departure
                .runsToDetect(Policy.DEFAULT, DURATION.series(List.of()), 10, TAIL)
                .orElseThrow();

        Check rung = sensitivity(question, OptionalDouble.of(0.0501));

        assertThat(rung.words())
                .isEqualTo("this benchmark can only detect changes of 5 % or more with one run; it needs " + needed
                        + " runs of a revision, or quieter hardware, to see 5 %");
        assertThat(rung.numbers())
                .containsExactly(
                        entry("runs", 1.0), entry("detectable", 0.0501), entry("asked", 0.05), entry("needed", (double)
                                needed));
    }

    @Test
    void a_sensitivity_that_no_number_of_runs_brings_is_told_without_one() {
        Check rung =
                sensitivity(new Question(expectation(regime(LOGARITHMIC, 100, 0.1, 16)), 100), OptionalDouble.empty());

        assertThat(rung.words())
                .isEqualTo("this benchmark can detect no change of any size reliably with one run; not even 20 runs of"
                        + " a revision would see 5 %: it needs a longer history or quieter hardware");
        assertThat(rung.numbers()).containsExactly(entry("runs", 1.0), entry("asked", 0.05));
    }

    @Test
    void a_margin_above_what_is_asked_for_is_told_beside_the_sensitivity() {
        Check rung =
                sensitivity(new Question(NOISY, 100).with(Policy.DEFAULT.withMargin(0.06)), OptionalDouble.of(0.3));

        assertThat(rung.words()).endsWith(": ones below 6 % do not matter by its margin");
    }

    @ParameterizedTest
    @EnumSource(Ground.class)
    void whatever_the_ground_a_certain_change_is_called(Ground ground) {
        YoungLevel level = new YoungLevel(step(12, 94, 100, 0.2), new Surprises(new double[0], 94, 2), new double[4]);

        assertThat(certain(young(logarithmic(), level), 106).because(ground).verdict())
                .isInstanceOf(Verdict.Regressed.class);
    }

    @Test
    void the_confidence_of_the_interval_that_is_shown_is_the_policys() {
        Policy careful = new Policy(0.02, Severities.DEFAULT, 0.99, 0.05, 5);
        Effect effect =
                certain(logarithmic(), 110).with(careful).verdict().effect().orElseThrow();

        // scipy.stats.t.isf(0.005, 8)
        double half = 3.3553873313333953 * 0.01 * Math.sqrt(1 + 1.0 / 16);
        Interval interval = effect.interval();
        assertThat(interval.low()).isEqualTo(1.1 * Math.exp(-half) - 1, within(1e-9));
        assertThat(interval.high()).isEqualTo(1.1 * Math.exp(half) - 1, within(1e-9));
        assertThat(interval.confidence()).isEqualTo(0.99);
    }
}
