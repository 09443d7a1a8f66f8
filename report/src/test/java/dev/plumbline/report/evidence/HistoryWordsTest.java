package dev.plumbline.report.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Reason;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.EnvironmentDifference;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.WarningWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryWordsTest {
    private static void assertTold(Evidence evidence, String name, String words) {
        assertThat(EvidenceWords.of(evidence).name()).isEqualTo(name);
        assertThat(EvidenceWords.of(evidence).words()).isEqualTo(words);
    }

    private static List<NamedNumber> numbers(Evidence evidence) {
        return EvidenceWords.of(evidence).numbers();
    }

    private static NamedNumber number(String name, double value) {
        return new NamedNumber(name, value);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, no earlier run; 5 more needed before it can be judged",
        "1, 5, only 1 earlier run; 4 more needed before it can be judged",
        "2, 5, only 2 earlier runs; 3 more needed before it can be judged",
        "7, 8, only 7 earlier runs; 1 more needed before it can be judged"
    })
    void a_short_history_says_how_many_runs_it_has_and_lacks(int runs, int needed, String words) {
        HistoryEvidence.TooFewRuns few = new HistoryEvidence.TooFewRuns(runs, needed);

        assertTold(few, "enough-history", words);
        assertThat(numbers(few)).containsExactly(number("needed", (double) needed), number("runs", (double) runs));
        assertThat(ReasonWords.of(few)).isEqualTo(words);
    }

    @Test
    void how_many_runs_a_first_one_lacks_is_said_once() {
        Verdict.Inconclusive first = new Verdict.Inconclusive(
                new HistoryEvidence.TooFewRuns(0, 5, 1), false, OptionalInt.of(5), Optional.empty());

        assertThat(DoubtWords.reason(first)).isEqualTo("no earlier run; 5 more needed before it can be judged");
    }

    @Test
    void another_environment_is_told_with_those_that_have_a_history() {
        HistoryEvidence.OtherEnvironment changed = new HistoryEvidence.OtherEnvironment(
                "lab", List.of("lab-2", "lab-3"), List.of(new EnvironmentDifference("cores", "4", "8")));
        assertThat(EvidenceWords.of(changed).words())
                .isEqualTo("cores 4 → 8 (earlier runs are from environment lab-2, this run is from lab)");
        HistoryEvidence.OtherEnvironment other = new HistoryEvidence.OtherEnvironment("lab", List.of("lab-2", "lab-3"));

        assertTold(
                other,
                "environment",
                "its earlier runs are from environment lab-2, lab-3, this run is from lab: different machines"
                        + " are not compared");
        assertThat(numbers(other)).isEmpty();
    }

    private static HistoryEvidence.History history(
            int leftOut, int current, OptionalInt quiet, double level, double noise, boolean constant, int together) {
        return new HistoryEvidence.History(30, leftOut, current, quiet, level, noise, 0.25, constant, together);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 | 30 | ''",
                "29 | 30 | , the last 29 of them at the current level",
                "20 | 20 | , the last 20 of them much quieter than those before",
                "19 | 20 | , the last 19 of them at the current level, the last 20 of them much quieter than those"
                        + " before",
                "29 | 29 | , the last 29 of them much quieter than those before",
            })
    void the_current_level_and_the_quiet_runs_are_named_where_they_are_not_all(int runs, int quiet, String words) {
        assertTold(
                history(0, runs, OptionalInt.of(quiet), 100, 0.01, false, 1),
                "history",
                "30 earlier runs" + words + "; run-to-run noise 1.0 %");
    }

    @Test
    void what_is_known_of_a_history_is_told_in_words_and_finite_numbers() {
        assertTold(
                history(2, 16, OptionalInt.empty(), 100, 0.014, false, 1),
                "history",
                "30 earlier runs (2 more excluded: judged regressions), the last 16 of them at the current"
                        + " level; run-to-run noise 1.4 %");
        assertTold(
                history(0, 30, OptionalInt.empty(), 0, Double.POSITIVE_INFINITY, false, 1),
                "history",
                "30 earlier runs; run-to-run noise around a level of zero");
        assertTold(
                history(0, 30, OptionalInt.empty(), 40, 0, true, 1),
                "history",
                "30 earlier runs, all with the same value");
        assertThat(numbers(history(2, 16, OptionalInt.of(20), 0, Double.POSITIVE_INFINITY, false, 3)))
                .containsExactly(
                        number("runs", 30.0),
                        number("leftOut", 2.0),
                        number("currentRuns", 16.0),
                        number("quietRuns", 20.0),
                        number("level", 0.0),
                        number("noise", Double.MAX_VALUE),
                        number("autocorrelation", 0.25),
                        number("together", 3.0));
        assertThat(numbers(history(0, 30, OptionalInt.empty(), 1, 0.1, false, 1)))
                .extracting(NamedNumber::name)
                .doesNotContain("quietRuns", "together");
    }

    @Test
    void what_all_share_is_told_as_taken_out() {
        assertTold(
                new HistoryEvidence.CommonMode(-0.0123),
                "common-mode",
                "-1.2 % of the change is common to all benchmarks of this run and was removed");
        assertThat(numbers(new HistoryEvidence.CommonMode(Double.NEGATIVE_INFINITY)))
                .containsExactly(number("shared", -Double.MAX_VALUE));
    }

    private static HistoryEvidence.Suite suite(OptionalDouble change, double probability, int runs, boolean constant) {
        return new HistoryEvidence.Suite(
                change, probability, 0.05, 10, runs, constant, OptionalDouble.empty(), OptionalDouble.empty());
    }

    @Test
    void the_suite_says_how_often_healthy_runs_show_as_much() {
        assertTold(
                suite(OptionalDouble.of(0.15), 0.0034, 1, false),
                "suite",
                "+15.0 %: p = 0.0034 after correcting for 10 series (limit 0.05)");
        assertTold(
                suite(OptionalDouble.of(-0.1), 0, 3, false),
                "suite",
                "-10.0 % over 3 runs: p < 0.0001 after correcting for 10 series (limit 0.05)");
        assertTold(
                new HistoryEvidence.Suite(
                        OptionalDouble.of(0.178),
                        0.4,
                        0.05,
                        2,
                        3,
                        false,
                        OptionalDouble.of(0.93),
                        OptionalDouble.empty()),
                "suite",
                "+17.8 % over 3 runs: within noise: a change explains this less than six times as well as noise does");
        assertTold(
                suite(OptionalDouble.empty(), 0.2, 3, false),
                "suite",
                "the change: p = 0.2 after correcting for 10 series (limit 0.05)");
        assertTold(
                suite(OptionalDouble.of(0.05), 0, 1, true),
                "suite",
                "+5.0 % from a value that never changed: p < 0.0001 among 10 series");
    }

    @Test
    void the_suites_numbers_are_those_that_are_known() {
        assertThat(numbers(suite(OptionalDouble.of(0.05), 0.01, 2, true)))
                .containsExactly(
                        number("pValue", 0.01), number("limit", 0.05), number("suiteSize", 10.0), number("runs", 2.0));
        assertThat(numbers(new HistoryEvidence.Suite(
                        OptionalDouble.of(0.1),
                        0.01,
                        0.05,
                        10,
                        2,
                        false,
                        OptionalDouble.of(Double.POSITIVE_INFINITY),
                        OptionalDouble.of(0.02))))
                .containsExactly(
                        number("pValue", 0.01),
                        number("limit", 0.05),
                        number("suiteSize", 10.0),
                        number("runs", 2.0),
                        number("evidence", Double.MAX_VALUE),
                        number("noise", 0.02));
    }

    @ParameterizedTest
    @CsvSource({
        "0, less than 0.01 %",
        "0.000099, less than 0.01 %",
        "0.0001, 0.01 %",
        "0.0099, 0.99 %",
        "0.01, 1.0 %",
        "0.056, 5.6 %",
        "1, 100.0 %"
    })
    void a_share_of_healthy_runs_is_told_as_exactly_as_it_is_known(double probability, String words) {
        assertThat(HistoryWords.share(probability)).isEqualTo(words);
    }

    @Test
    void the_whole_suite_is_better_or_worse() {
        assertTold(
                new HistoryEvidence.WholeSuite(Math.log(1.2), 0.001),
                "whole-suite",
                "all benchmarks of this run are 20.0 % worse together, as in 0.10 % of healthy runs: the"
                        + " machine, or a change that affects all");
        HistoryEvidence.WholeSuite better = new HistoryEvidence.WholeSuite(Math.log(0.8), 0.001);
        assertThat(EvidenceWords.of(better).words())
                .startsWith("all benchmarks of this run are 20.0 % better together");
        assertThat(numbers(better)).containsExactly(number("shift", Math.log(0.8)));
    }

    @Test
    void a_change_of_earlier_commits_of_the_branch_names_the_first() {
        assertTold(
                new HistoryEvidence.EarlierOnBranch("feature", "2f2f3f26101a", 1),
                "branch",
                "1 earlier commit of feature shows the same change, 2f2f3f2610");
        assertTold(
                new HistoryEvidence.EarlierOnBranch("feature", "2f2f3f26101a", 3),
                "branch",
                "3 earlier commits of feature show the same change, 2f2f3f2610 first");
        assertThat(numbers(new HistoryEvidence.EarlierOnBranch("feature", "2f2f3f26101a", 3)))
                .containsExactly(number("commits", 3.0));
    }

    @Test
    void what_stands_counts_its_runs() {
        assertTold(
                new HistoryEvidence.Standing(1),
                "standing",
                "reported before and not accepted; 1 earlier run lies on this level too, and this run has not"
                        + " recovered");
        assertTold(
                new HistoryEvidence.Standing(3),
                "standing",
                "reported before and not accepted; 3 earlier runs lie on this level too, and this run has not"
                        + " recovered");
        assertThat(numbers(new HistoryEvidence.Standing(3))).containsExactly(number("runs", 3.0));
    }

    @Test
    void suspect_and_doubt_say_how_often_as_much_is_seen() {
        String often = "p = 0.07 after correcting for all benchmarks (limit 0.05)";
        HistoryEvidence.Suspect worse = new HistoryEvidence.Suspect(true, 0.07, 0.05, 0.1);
        HistoryEvidence.Doubt doubt = new HistoryEvidence.Doubt(0.07, 0.05);

        assertTold(worse, "suspect", "possible regression, not confirmed: " + often);
        assertTold(
                new HistoryEvidence.Suspect(false, 0.07, 0.05, 0.1),
                "suspect",
                "possible improvement, not confirmed: " + often);
        assertTold(doubt, "doubt", often);
        assertThat(numbers(worse)).containsExactly(number("limit", 0.1), number("pValue", 0.07));
        assertThat(numbers(doubt)).containsExactly(number("limit", 0.05), number("pValue", 0.07));
        assertThat(ReasonWords.of(worse)).isEqualTo("possible regression, not confirmed: " + often);
        assertThat(ReasonWords.of(doubt)).isEqualTo(often);
    }

    @Test
    void forks_that_disagree_are_reported_with_what_is_usual() {
        HistoryEvidence.ForksApart one = new HistoryEvidence.ForksApart(true, 0.137, 0.0123);
        String words = "possible regression, not confirmed: the forks of this run lie farther apart than usual"
                + " (by 13.7 %, usually 1.23 %), which can explain the change; one more run decides";

        assertTold(one, "forks", words);
        assertThat(ReasonWords.of(one)).isEqualTo(words);
        assertThat(ReasonWords.of(new HistoryEvidence.ForksApart(false, 0.137, 0.0123)))
                .startsWith("possible improvement, not confirmed");
        assertThat(numbers(one)).containsExactly(number("deviation", 0.137), number("usual", 0.0123));
    }

    @Test
    void an_interval_inside_the_margin_is_told_with_its_ends() {
        HistoryEvidence.Equivalence one = new HistoryEvidence.Equivalence(new Interval(-0.004, 0.011, 0.9), 0.02);

        assertTold(
                one,
                "equivalence",
                "the 90 % interval of the change, from -0.4 % to 1.1 %, lies inside the margin of 2.0 %");
        assertThat(numbers(one)).containsExactly(number("high", 0.011), number("low", -0.004), number("margin", 0.02));
    }

    private static HistoryEvidence.Hidden hidden(
            boolean certain, boolean worse, OptionalDouble noise, boolean tellable) {
        return new HistoryEvidence.Hidden(
                certain, worse, new Interval(-0.03, Double.POSITIVE_INFINITY, 0.9), noise, 0.02, tellable);
    }

    @Test
    void what_is_hidden_is_told_with_the_noise_that_hides_it() {
        HistoryEvidence.Hidden one = hidden(false, true, OptionalDouble.of(0.031), true);

        assertTold(
                one,
                "equivalence",
                "run-to-run noise is 3.1 %, and the 90 % interval of the change, from -3.0 % to +∞, reaches beyond the"
                        + " margin of 2.0 %");
        assertThat(EvidenceWords.of(hidden(false, true, OptionalDouble.empty(), true))
                        .words())
                .isEqualTo("the level is zero, so no change lies inside a relative margin");
        assertThat(numbers(one)).containsExactly(number("high", Double.MAX_VALUE), number("low", -0.03));
    }

    @Test
    void why_a_change_is_hidden_says_what_is_open_and_whether_runs_would_tell() {
        OptionalDouble noise = OptionalDouble.of(0.03);

        assertThat(ReasonWords.of(hidden(false, true, noise, true))).isEqualTo("too noisy to rule out a 2 % change");
        assertThat(ReasonWords.of(hidden(false, true, noise, false)))
                .isEqualTo("too noisy to rule out a 2 % change; rerunning this commit will not decide; record"
                        + " more commits or reduce noise");
        assertThat(ReasonWords.of(hidden(true, true, noise, true)))
                .isEqualTo("it certainly got worse; whether by more than the margin of 2.0 % is not known");
        assertThat(ReasonWords.of(hidden(true, false, noise, true)))
                .isEqualTo("it certainly got better; whether by more than the margin of 2.0 % is not known");
    }

    @Test
    void a_certain_change_below_the_floor_does_not_matter() {
        HistoryEvidence.BelowFloor below = new HistoryEvidence.BelowFloor(4, 10);

        assertTold(below, "floor", "the change is certain but too small to be relevant");
        assertThat(numbers(below)).containsExactly(number("change", 4.0), number("floor", 10.0));
    }

    private static HistoryEvidence.Sensitivity sensitivity(
            OptionalDouble change, int runs, double asked, OptionalInt needed, double margin) {
        return new HistoryEvidence.Sensitivity(change, runs, asked, needed, 20, margin);
    }

    private static String sentence(OptionalDouble change, int runs, double asked, OptionalInt needed, double margin) {
        return HistoryWords.sentence(sensitivity(change, runs, asked, needed, margin));
    }

    @Test
    void what_is_enough_is_told_alone() {
        assertThat(sentence(OptionalDouble.of(0.04), 1, 0.05, OptionalInt.empty(), 0.02))
                .isEqualTo("minimum detectable change: 4 % with 1 run");
        assertThat(sentence(OptionalDouble.of(0.05), 3, 0.05, OptionalInt.empty(), 0.02))
                .isEqualTo("minimum detectable change: 5 % with 3 runs");
    }

    @Test
    void what_is_not_enough_is_told_with_what_would_be() {
        assertThat(sentence(OptionalDouble.of(0.1166), 1, 0.05, OptionalInt.of(6), 0.02))
                .isEqualTo("minimum detectable change: 11.7 % with 1 run, 5 % with 6 runs per commit");
        assertThat(sentence(OptionalDouble.of(0.051), 1, 0.05, OptionalInt.empty(), 0.02))
                .endsWith(", 5 % with more than 20 runs per commit, a longer history or a quieter machine");
    }

    @Test
    void a_margin_above_what_is_asked_for_says_what_does_not_matter() {
        assertThat(sentence(OptionalDouble.of(0.3), 1, 0.05, OptionalInt.of(9), 0.254))
                .isEqualTo(
                        "minimum detectable change: 30 % with 1 run; changes below the margin of 25.4 % do not count");
        assertThat(sentence(OptionalDouble.of(0.3), 1, 0.05, OptionalInt.of(9), 0.05))
                .endsWith(", 5 % with 9 runs per commit");
    }

    @Test
    void where_no_size_is_known_to_be_found_that_is_said() {
        assertThat(sentence(OptionalDouble.empty(), 1, 0.05, OptionalInt.empty(), 0.3))
                .isEqualTo("no change of any size is detected reliably with 1 run; 5 % with more than 20 runs per"
                        + " commit, a"
                        + " longer history or a quieter machine");
        assertThat(sentence(OptionalDouble.empty(), 2, 0.10, OptionalInt.of(4), 0.02))
                .isEqualTo("no change of any size is detected reliably with 2 runs; 10 % with 4 runs per commit");
    }

    @Test
    void the_numbers_of_sensitivity_ask_for_more_only_where_it_is_not_enough() {
        assertThat(numbers(sensitivity(OptionalDouble.of(0.04), 1, 0.05, OptionalInt.of(3), 0.02)))
                .containsExactly(number("runs", 1.0), number("detectable", 0.04));
        assertThat(numbers(sensitivity(OptionalDouble.of(0.08), 1, 0.05, OptionalInt.of(3), 0.02)))
                .containsExactly(
                        number("runs", 1.0), number("detectable", 0.08), number("asked", 0.05), number("needed", 3.0));
        assertThat(numbers(sensitivity(OptionalDouble.empty(), 2, 0.05, OptionalInt.empty(), 0.02)))
                .containsExactly(number("runs", 2.0), number("asked", 0.05));
        assertThat(EvidenceWords.of(sensitivity(OptionalDouble.empty(), 2, 0.05, OptionalInt.empty(), 0.02))
                        .name())
                .isEqualTo("sensitivity");
    }

    private static HistoryEvidence.Loss loss(String commit, double change) {
        return new HistoryEvidence.Loss(
                new Revision(commit, "main", Optional.of(Instant.parse("2026-01-02T03:04:05Z")), OptionalLong.empty()),
                change);
    }

    private static HistoryEvidence.Cumulative cumulative(int losses) {
        List<HistoryEvidence.Loss> all = new ArrayList<>();
        for (int i = 0; i < losses; i++) {
            all.add(loss("c" + i, 0.01));
        }
        return new HistoryEvidence.Cumulative("v1.2", 0.04, 30, 6, 5, all);
    }

    @Test
    void a_loss_names_its_commit_and_its_day() {
        assertTold(loss("c30", 0.1), "loss", "+10.0 % at commit c30 (2026-01-02)");
        assertThat(numbers(loss("c30", 0.1))).containsExactly(number("change", 0.1));
        assertThat(EvidenceWords.of(new HistoryEvidence.Loss(
                                new Revision("", "main", Optional.empty(), OptionalLong.of(31)), 0.02))
                        .words())
                .isEqualTo("+2.0 % at an unknown commit");
    }

    @Test
    void losses_that_add_up_are_told_one_after_the_other_and_five_at_most() {
        assertTold(
                cumulative(2),
                "cumulative",
                "since v1.2 small regressions have added up to +4.0 %: +1.0 % at commit c0 (2026-01-02), then"
                        + " +1.0 % at commit c1 (2026-01-02)");
        assertTold(
                cumulative(0),
                "cumulative",
                "since v1.2 small regressions have added up to +4.0 % over 6 runs, without a single change point");
        assertThat(EvidenceWords.of(cumulative(5)).words()).endsWith("at commit c4 (2026-01-02)");
        assertThat(EvidenceWords.of(cumulative(7)).words()).endsWith("at commit c4 (2026-01-02) and 2 more");
        assertThat(WarningWords.WORDS.of(cumulative(0)))
                .isEqualTo(EvidenceWords.of(cumulative(0)).words());
        assertThat(numbers(cumulative(2)))
                .containsExactly(
                        number("change", 0.04),
                        number("runsBefore", 30.0),
                        number("runsSince", 6.0),
                        number("runsNow", 5.0),
                        number("losses", 2.0));
    }

    @Test
    void a_suspect_that_was_not_confirmed_says_how_often_it_was_run_again() {
        HistoryEvidence.Doubt first = new HistoryEvidence.Doubt(0.07, 0.05);

        assertThat(ReasonWords.of(new Reason.NotConfirmed(first, 1)))
                .isEqualTo(ReasonWords.of(first) + "; checked again: 1 more run did not confirm it");
        assertThat(ReasonWords.of(new Reason.NotConfirmed(first, 3)))
                .endsWith("; checked again: 3 more runs did not confirm it");
    }
}
