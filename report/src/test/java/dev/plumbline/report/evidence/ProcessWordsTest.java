package dev.plumbline.report.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.PairEvidence;
import dev.plumbline.core.finding.ProcessEvidence;
import dev.plumbline.core.finding.TailEvidence;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.report.WarningWords;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of comparisons: of processes, of their tails and of pairs. */
class ProcessWordsTest {
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

    // Levels

    @Test
    void forks_are_counted_and_their_noise_is_told_where_it_is_finite() {
        ProcessEvidence.Forks known = new ProcessEvidence.Forks(
                5, 4, OptionalDouble.of(0.0123), OptionalDouble.of(7), OptionalDouble.of(0.5));

        assertTold(known, "forks", "5 independent values before, 4 after; fork-to-fork noise 1.23 %");
        assertThat(numbers(known))
                .containsExactly(
                        number("baseForks", 5.0),
                        number("candidateForks", 4.0),
                        number("forkDeviation", 0.0123),
                        number("degreesOfFreedom", 7.0),
                        number("cliffsDelta", 0.5));
        for (OptionalDouble none :
                new OptionalDouble[] {OptionalDouble.of(Double.POSITIVE_INFINITY), OptionalDouble.empty()}) {
            assertThat(EvidenceWords.of(new ProcessEvidence.Forks(
                                    1, 1, none, OptionalDouble.empty(), OptionalDouble.empty()))
                            .words())
                    .isEqualTo("1 independent values before, 1 after");
        }
    }

    @Test
    void summaries_are_told_with_what_each_states() {
        ProcessEvidence.Summaries one = new ProcessEvidence.Summaries(5, 4, 1, 2);

        assertTold(
                one,
                "summaries",
                "4 of 5 samples are summaries: 1 with a deviation and a count, 2 with quantiles; each counts as"
                        + " one process, and differences between processes, outliers and unlisted percentiles"
                        + " are lost");
        assertThat(numbers(one))
                .containsExactly(
                        number("samples", 5.0),
                        number("summaries", 4.0),
                        number("withDeviationAndCount", 1.0),
                        number("withQuantiles", 2.0));
    }

    @Test
    void a_difference_is_told_with_both_p_values() {
        ProcessEvidence.Difference one =
                new ProcessEvidence.Difference(0.1104, OptionalDouble.of(0.0042), 0.0126, 3, 0.04);

        assertTold(one, "difference", "difference +11.04 %, p = 0.0042, 0.013 after adjusting for 3 comparisons");
        assertThat(numbers(one))
                .containsExactly(
                        number("pValue", 0.0042),
                        number("adjusted", 0.0126),
                        number("suiteSize", 3.0),
                        number("limit", 0.04));
        assertThat(EvidenceWords.of(new ProcessEvidence.Difference(0, OptionalDouble.empty(), 1, 1, 0.04))
                        .words())
                .isEqualTo("difference 0.00 %, p = ?, 1 after adjusting for 1 comparison");
        assertThat(EvidenceWords.of(new ProcessEvidence.Difference(0, OptionalDouble.empty(), 1, 12_345, 0.04))
                        .words())
                .endsWith(" for 12345 comparisons");
        assertThat(numbers(new ProcessEvidence.Difference(0, OptionalDouble.empty(), 1, 1, 0.04)))
                .extracting(NamedNumber::name)
                .doesNotContain("pValue");
    }

    @Test
    void counts_are_told_alike_by_executions_and_by_pairs() {
        ProcessEvidence.Counted executions = new ProcessEvidence.Counted(0.0123, 0.001, 0.005);

        assertTold(
                executions,
                "counted",
                "counts differ by +1.23 %; counts of one program differ by at most 0.1 %; margin 0.5 %");
        assertThat(numbers(executions))
                .containsExactly(number("change", 0.0123), number("noise", 0.001), number("margin", 0.005));
        assertThat(EvidenceWords.of(new PairEvidence.Counted(0.0123, 0.001, 0.005))
                        .words())
                .isEqualTo(EvidenceWords.of(executions).words());
    }

    @Test
    void what_too_few_processes_leave_open_says_how_many_would_tell() {
        assertTold(
                new ProcessEvidence.SingleValues(3),
                "forks-needed",
                "one value on each side and unknown noise; 3 runs per side would decide");
        assertTold(
                new ProcessEvidence.SingleProcesses(3),
                "forks-needed",
                "it differs, but each side is a single process, and processes vary; 3 per side would decide");
        assertThat(numbers(new ProcessEvidence.SingleValues(3))).containsExactly(number("needed", 3.0));
        assertThat(numbers(new ProcessEvidence.SingleProcesses(3))).containsExactly(number("needed", 3.0));
        assertThat(ReasonWords.of(new ProcessEvidence.SingleValues(3)))
                .isEqualTo(EvidenceWords.of(new ProcessEvidence.SingleValues(3)).words());
    }

    @ParameterizedTest
    @CsvSource({
        "false, true, 7, false, false, equivalence, too noisy to rule out a 3 % change; 7 processes per side would decide",
        "false, true, 7, false, true, equivalence, too noisy to rule out a 3 % change; 7 processes per side would decide",
        "false, true, -1, false, false, equivalence, too noisy to rule out a 3 % change",
        "false, true, 3, true, true, forks-needed, too noisy to rule out a 3 % change; 3 processes per side would decide",
        "true, true, 7, false, false, equivalence, it certainly got worse; whether by more than the margin of 3.0 % is not known; 7"
                + " processes per side would decide",
        "true, false, -1, false, false, equivalence, it certainly got better; whether by more than the margin of 3.0 % is not"
                + " known",
        "true, true, 7, false, true, forks-needed, 'it is worse within these two runs; run-to-run noise is unknown,"
                + " and so is whether the change exceeds the margin of 3.0 %'",
        "true, false, -1, false, true, forks-needed, 'it is better within these two runs; run-to-run noise is"
                + " unknown, and so is whether the change exceeds the margin of 3.0 %'"
    })
    void what_is_hidden_says_what_is_known_and_how_many_processes_would_tell(
            boolean certain, boolean worse, int needed, boolean single, boolean oneRunEach, String name, String words) {
        ProcessEvidence.Hidden hidden = new ProcessEvidence.Hidden(
                certain, worse, 0.03, needed < 0 ? OptionalInt.empty() : OptionalInt.of(needed), single, oneRunEach);

        assertTold(hidden, name, words);
        assertThat(ReasonWords.of(hidden)).isEqualTo(words);
        assertThat(numbers(hidden)).containsExactly(number("margin", 0.03));
    }

    @Test
    void no_change_is_told_with_its_interval_and_a_floor_and_a_base_of_zero_with_what_they_mean() {
        ProcessEvidence.Equivalence same = new ProcessEvidence.Equivalence(new Interval(-0.0015, 0.0055, 0.9), 0.02);

        assertTold(same, "equivalence", "the 90 % interval, from -0.15 % to +0.55 %, lies inside the margin of 2.0 %");
        assertThat(numbers(same))
                .containsExactly(number("high", 0.0055), number("low", -0.0015), number("margin", 0.02));
        assertTold(
                new ProcessEvidence.BelowFloor(4, 10),
                "floor",
                "the difference is certain but too small to be relevant");
        assertThat(numbers(new ProcessEvidence.BelowFloor(4, 10)))
                .containsExactly(number("change", 4.0), number("floor", 10.0));
        assertTold(
                new ProcessEvidence.ZeroBase(),
                "equivalence",
                "the base is zero, so any other value may be" + " chance");
        assertThat(numbers(new ProcessEvidence.ZeroBase())).isEmpty();
    }

    // Tails

    @Test
    void processes_of_a_tail_are_counted_with_their_executions() {
        TailEvidence.Processes counted = new TailEvidence.Processes(0.99, 3, 4, OptionalLong.of(90_000));
        TailEvidence.Processes uncounted = new TailEvidence.Processes(0.5, 3, 4, OptionalLong.empty());

        assertTold(
                counted,
                "processes",
                "the 99th percentile of 3 processes before, 4 after of at least 90000 executions each");
        assertTold(uncounted, "processes", "the median of 3 processes before, 4 after, number of executions unknown");
        assertThat(numbers(counted))
                .containsExactly(
                        number("baseForks", 3.0),
                        number("candidateForks", 4.0),
                        number("share", 0.99),
                        number("fewestExecutions", 90_000.0));
        assertThat(numbers(uncounted)).extracting(NamedNumber::name).doesNotContain("fewestExecutions");
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 10, median",
        "0.9, 50, 90th percentile",
        "0.99, 500, 99th percentile",
        "0.999, 5000, 99.9th percentile"
    })
    void each_percentile_has_its_name(double share, long needed, String words) {
        TailEvidence.TooFewExecutions few = new TailEvidence.TooFewExecutions(share, needed);

        assertTold(
                few,
                "enough-executions",
                "too few executions for the " + words + ": a process needs at least " + needed);
        assertThat(numbers(few)).containsExactly(number("needed", (double) needed));
    }

    @Test
    void a_difference_of_tails_counts_tails() {
        TailEvidence.Difference one = new TailEvidence.Difference(0.5049, 0.00001, 0.00003, 1, 0.05);

        assertTold(one, "difference", "difference +50.49 %, p < 0.0001, < 0.0001 after adjusting for 1 tail");
        assertThat(EvidenceWords.of(new TailEvidence.Difference(0, 1, 1, 3, 0.05))
                        .words())
                .isEqualTo("difference 0.00 %, p = 1, 1 after adjusting for 3 tails");
        assertThat(numbers(one))
                .containsExactly(
                        number("pValue", 0.00001),
                        number("adjusted", 0.00003),
                        number("suiteSize", 1.0),
                        number("limit", 0.05));
    }

    @Test
    void tails_that_cannot_be_told_apart_say_why() {
        assertTold(
                new TailEvidence.Unresolved(4 / 104.0, 0.02),
                "resolution",
                "indistinguishable: the recorder's resolution there is 3.8 %");
        assertTold(
                new TailEvidence.Unresolved(0, 0.02),
                "resolution",
                "the reported numbers do not vary at all: they are rounded, and so may be the difference");
        assertThat(numbers(new TailEvidence.Unresolved(0.25, 0.02)))
                .containsExactly(number("margin", 0.02), number("resolution", 0.25));
        assertTold(
                new TailEvidence.SingleProcess(3),
                "forks-needed",
                "a single process on one side, and tails vary from process to process; 3 per side would decide");
        assertThat(numbers(new TailEvidence.SingleProcess(3))).containsExactly(number("needed", 3.0));
    }

    // Pairs

    @Test
    void pairs_are_counted_with_their_noise() {
        assertTold(
                new PairEvidence.Pairs(9, OptionalDouble.of(0.0234)),
                "pairs",
                "9 pairs measured alternately; pair-to-pair noise 2.34 %");
        assertTold(new PairEvidence.Pairs(1, OptionalDouble.empty()), "pairs", "1 pair measured alternately");
        assertThat(numbers(new PairEvidence.Pairs(9, OptionalDouble.of(0.5))))
                .containsExactly(number("pairs", 9.0), number("pairDeviation", 0.5));
        assertThat(numbers(new PairEvidence.Pairs(1, OptionalDouble.empty()))).containsExactly(number("pairs", 1.0));
    }

    @Test
    void the_evidence_of_pairs_is_told_with_what_the_suite_needs() {
        PairEvidence.Difference one = new PairEvidence.Difference(0.201, 4321, 7 / 4321.0, 7, 0.04);

        assertTold(one, "difference", "difference +20.10 %, evidence 4.32e+03 to 1, 175 needed in a suite of 7");
        assertThat(numbers(one))
                .containsExactly(
                        number("eValue", 4321.0),
                        number("adjusted", 7 / 4321.0),
                        number("suiteSize", 7.0),
                        number("limit", 0.04));
    }

    @Test
    void copies_are_told_and_whether_they_differ_by_more_than_noise() {
        PairEvidence.Copies apart = new PairEvidence.Copies(0.0213, 12.5, true, 5.47);

        assertTold(apart, "copies", "two copies of the base differ by +2.13 %, evidence 12.5 to 1: more than noise");
        assertTold(
                new PairEvidence.Copies(0.0213, 0.5, false, 5.47),
                "copies",
                "two copies of the base differ by +2.13 %, evidence 0.500 to 1");
        assertThat(numbers(apart))
                .containsExactly(number("difference", 0.0213), number("eValue", 12.5), number("times", 5.47));
        assertThat(WarningWords.WORDS.of(apart))
                .isEqualTo("two copies of the base differ by +2.1 %: this measurement shows differences where there"
                        + " are none");
        assertTold(
                new PairEvidence.Untrusted(0.0213, 5.47),
                "trust",
                "not trusted: two copies of the base differ by +2.1 %; only a change 5 times as large"
                        + " would stand out");
        assertThat(numbers(new PairEvidence.Untrusted(0.0213, 5.47))).isEmpty();
    }

    @Test
    void fresh_pairs_that_refute_say_so_to_whoever_reads_the_verdict_or_the_ladder() {
        assertTold(
                new PairEvidence.Refuted(),
                "confirmation",
                "fresh processes in reverse order did not confirm the regression of the first pairs");
        assertThat(ReasonWords.of(new PairEvidence.Refuted())).isEqualTo("fresh pairs did not confirm the regression");
    }

    @Test
    void pairs_that_end_early_say_how_many_would_tell() {
        PairEvidence.Ended known = new PairEvidence.Ended(3, OptionalInt.of(41), 0.03);

        assertTold(
                known,
                "equivalence",
                "measuring stopped after 3 pairs, before a decision; about 41 pairs would decide");
        assertThat(ReasonWords.of(known)).isEqualTo("measuring stopped after 3 pairs, before a decision");
        assertTold(
                new PairEvidence.Ended(1, OptionalInt.empty(), 0.03),
                "equivalence",
                "measuring stopped after 1 pair, before a decision");
        assertThat(numbers(known)).containsExactly(number("margin", 0.03));
        assertTold(new PairEvidence.Equivalence(0.1), "equivalence", "any change lies inside the margin of 10.0 %");
        assertThat(numbers(new PairEvidence.Equivalence(0.1))).containsExactly(number("margin", 0.1));
    }
}
