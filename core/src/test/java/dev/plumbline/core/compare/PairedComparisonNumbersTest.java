package dev.plumbline.core.compare;

import static dev.plumbline.core.judge.trial.Trials.decisive;
import static dev.plumbline.core.judge.trial.Trials.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.compare.PairedComparison.Next;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.PairEvidence;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.Flag;
import dev.plumbline.core.stats.SequentialPairs;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a finding of pairs says, number by number and word by word. */
class PairedComparisonNumbersTest {
    private static final Metric TIME = new Metric("time", Unit.of("s"), Better.LOWER);
    private static final Metric RATE = new Metric("rate", Unit.of("ops/s"), Better.HIGHER);

    /** A margin of 3 %, confidence 90 %, 4 % for the suite. */
    private static final Policy POLICY = new Policy(0.03, Severities.DEFAULT, 0.9, 0.04, 5);

    private static final double[] BASE = {10, 10.4, 9.8, 10.1, 10.2, 9.9, 10, 10.3, 9.7};
    private static final double[] SLOWER = {11.5, 11.7, 11.4, 11.4, 11.9, 11.2, 11.5, 11.7, 11.3};

    private static PairedTrial trial(Metric metric, double[] base, double[] candidate, double... twin) {
        return new PairedTrial(key(metric), metric, base, candidate, twin, false);
    }

    private static SeriesKey key(Metric metric) {
        return new SeriesKey(Benchmark.of("b"), metric.name(), "e", "main");
    }

    private static PairedComparison suiteOf(int size) {
        return new PairedComparison(POLICY, size, 4);
    }

    private static Finding finding(PairedComparison comparison, PairedTrial trial) {
        return comparison.findings(List.of(trial)).get(0);
    }

    private static Rung.Outcome outcome(Finding finding, Class<? extends Evidence> kind) {
        return finding.trace().stream()
                .filter(rung -> kind.isInstance(rung.evidence()))
                .findFirst()
                .orElseThrow()
                .outcome();
    }

    private static PairEvidence.Ended ended(Finding finding) {
        PairEvidence.Ended ended = decisive(finding, PairEvidence.Ended.class);
        assertThat(((Verdict.Inconclusive) finding.verdict()).reason()).isEqualTo(ended);
        return ended;
    }

    /** The candidate beside a base of ten, for changes that are given as logarithms. */
    private static double[] changed(double... logs) {
        return Arrays.stream(logs).map(log -> 10 * Math.exp(log)).toArray();
    }

    private static double[] tens(int count) {
        return repeated(count, 10);
    }

    private static double[] repeated(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }

    private static SequentialPairs forChange(int suite) {
        return SequentialPairs.withDefaults().withMargin(0.03).withLevel(0.04 / suite);
    }

    private static SequentialPairs forSame() {
        return SequentialPairs.withDefaults().withMargin(0.03).withLevel(0.1);
    }

    /** Of a change that is found with 99 % probability, on the scale of logarithms. */
    private static double detectable(int suite, double deviation, int pairs) {
        // scipy.stats.norm.isf(0.01) = 2.326
        return forChange(suite).halfWidth(deviation, pairs) + 2.326 * deviation / Math.sqrt(pairs);
    }

    @Test
    void levels_are_those_around_the_middle_of_all_pairs_whose_ratio_is_the_change() {
        double[] logs = IntStream.range(0, BASE.length)
                .mapToDouble(i -> Math.log(SLOWER[i] / BASE[i]))
                .toArray();
        double[] middles = IntStream.range(0, BASE.length)
                .mapToDouble(i -> Math.log(SLOWER[i] * BASE[i]) / 2)
                .toArray();
        double centre = SequentialPairs.centre(logs);
        double middle = SequentialPairs.centre(middles);

        Finding finding = finding(suiteOf(7), trial(TIME, BASE, SLOWER));

        Effect effect = finding.verdict().effect().orElseThrow();
        assertThat(effect.before()).isCloseTo(Math.exp(middle - centre / 2), within(1e-12));
        assertThat(effect.after()).isCloseTo(Math.exp(middle + centre / 2), within(1e-12));
        assertThat(finding.candidate()).hasValue(effect.after());
        assertThat(effect.relativeChange()).isCloseTo(Math.exp(centre) - 1, within(1e-12));
        assertThat(effect.relativeChange()).isCloseTo(effect.after() / effect.before() - 1, within(1e-12));
        Interval onLogs = forSame().look(logs).interval();
        assertThat(effect.interval().low()).isCloseTo(Math.exp(onLogs.low()) - 1, within(1e-9));
        assertThat(effect.interval().high()).isCloseTo(Math.exp(onLogs.high()) - 1, within(1e-9));
        assertThat(effect.interval().confidence()).isEqualTo(0.9);
    }

    @Test
    void a_finding_has_its_series_and_the_evidence_adjusted_for_the_suite() {
        PairedTrial trial = trial(TIME, BASE, SLOWER);
        double evidence = forChange(7).look(trial.changes()).eValue();
        double deviation = Spread.winsorisedDeviation(trial.changes());

        Finding finding = finding(suiteOf(7), trial);

        assertThat(finding.key()).isEqualTo(key(TIME));
        assertThat(finding.unit()).isEqualTo(TIME.unit());
        assertThat(finding.better()).isEqualTo(Better.LOWER);
        assertThat(finding.verdict().kind()).isEqualTo(Verdict.Kind.REGRESSED);
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.pValue().orElseThrow()).isCloseTo(7 / evidence, within(1e-12));
        assertThat(finding.detectableChange().orElseThrow())
                .isCloseTo(Math.exp(detectable(7, deviation, 9)) - 1, within(1e-9));
        assertThat(finding.warnings()).isEmpty();
        assertThat(finding.trace())
                .containsExactly(
                        Rung.passed(new PairEvidence.Pairs(9, OptionalDouble.of(deviation))),
                        Rung.decided(new PairEvidence.Difference(
                                finding.verdict().effect().orElseThrow().relativeChange(),
                                evidence,
                                7 / evidence,
                                7,
                                0.04)));
    }

    @Test
    void what_decides_is_told_as_deciding() {
        PairedComparison comparison = suiteOf(1);

        Finding worse = finding(comparison, trial(TIME, BASE, SLOWER));
        Finding better = finding(comparison, trial(RATE, BASE, SLOWER));
        Finding same = finding(comparison, trial(TIME, tens(6), tens(6)));
        Finding open = finding(comparison, trial(TIME, tens(4), changed(0.1, -0.1, 0.2, -0.2)));

        assertThat(worse.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(better.verdict()).isInstanceOf(Verdict.Improved.class);
        assertThat(better.severity()).isEqualTo(Severity.NONE);
        assertThat(same.verdict()).isInstanceOf(Verdict.Unchanged.class);
        assertThat(open.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(outcome(worse, PairEvidence.Difference.class)).isEqualTo(Rung.Outcome.DECIDED);
        assertThat(outcome(better, PairEvidence.Difference.class)).isEqualTo(Rung.Outcome.DECIDED);
        assertThat(outcome(same, PairEvidence.Difference.class)).isEqualTo(Rung.Outcome.PASSED);
        assertThat(outcome(open, PairEvidence.Difference.class)).isEqualTo(Rung.Outcome.PASSED);
        assertThat(decisive(same)).isEqualTo(new PairEvidence.Equivalence(0.03));
        assertThat(ended(open).margin()).isEqualTo(0.03);
        assertThat(worse.evidence(PairEvidence.Equivalence.class)).isEmpty();
    }

    @Test
    void findings_stand_in_the_order_of_the_trials() {
        assertThat(suiteOf(2).findings(List.of(trial(RATE, BASE, SLOWER), trial(TIME, BASE, SLOWER))))
                .extracting(Finding::key)
                .containsExactly(key(RATE), key(TIME));
    }

    @Test
    void a_single_pair_tells_its_change_and_nothing_of_noise() {
        Finding finding = finding(suiteOf(3), trial(TIME, new double[] {10}, new double[] {12.1}));

        assertThat(finding.trace().get(0)).isEqualTo(Rung.passed(new PairEvidence.Pairs(1, OptionalDouble.empty())));
        Effect effect = finding.verdict().effect().orElseThrow();
        assertThat(effect.before()).isCloseTo(10, within(1e-12));
        assertThat(effect.after()).isCloseTo(12.1, within(1e-12));
        assertThat(effect.interval()).isEqualTo(new Interval(-1, Double.POSITIVE_INFINITY, 0.9));
        assertThat(finding.pValue()).hasValue(1);
        assertThat(finding.detectableChange()).isEmpty();
        Verdict.Inconclusive verdict = (Verdict.Inconclusive) finding.verdict();
        assertThat(verdict.reason()).isEqualTo(new PairEvidence.Ended(1, OptionalInt.empty(), 0.03));
        assertThat(verdict.runsNeeded()).isEmpty();
        assertThat(verdict.suspect()).isFalse();
        assertThat(decisive(finding)).isEqualTo(verdict.reason());
    }

    @Test
    void pairs_that_would_tell_are_promised_from_three_on() {
        PairedTrial ofTwo = trial(TIME, tens(2), changed(0.1, -0.06));
        Finding two = finding(suiteOf(1), ofTwo);
        PairedTrial ofThree = trial(TIME, tens(3), changed(0.05, -0.04, 0.01));
        Finding three = finding(suiteOf(1), ofThree);

        assertThat(two.detectableChange()).isEmpty();
        assertThat(only(two, PairEvidence.Pairs.class))
                .isEqualTo(new PairEvidence.Pairs(2, OptionalDouble.of(Spread.winsorisedDeviation(ofTwo.changes()))));
        assertThat(((Verdict.Inconclusive) two.verdict()).runsNeeded()).isEmpty();
        assertThat(ended(two)).isEqualTo(new PairEvidence.Ended(2, OptionalInt.empty(), 0.03));
        int needed = needed(1, Spread.winsorisedDeviation(ofThree.changes()), 3);
        assertThat(needed).isGreaterThan(30);
        assertThat(((Verdict.Inconclusive) three.verdict()).runsNeeded()).hasValue(needed - 3);
        assertThat(ended(three)).isEqualTo(new PairEvidence.Ended(3, OptionalInt.of(needed), 0.03));
        // so few cannot tell anything, whatever they are
        assertThat(forChange(1).halfWidth(0.05, 3)).isInfinite();
        assertThat(three.detectableChange()).isEmpty();
    }

    /** Looked for in ever larger steps. */
    private static int needed(int suite, double deviation, int pairs) {
        int n = Math.max(4, pairs);
        while (detectable(suite, deviation, n) > Math.log(1.03)) {
            n += 1 + n / 16;
        }
        return n;
    }

    @Test
    void one_more_pair_is_needed_at_least_and_none_is_promised_where_ten_thousand_are_too_few() {
        // at the margin, which hardly any noise can settle
        double margin = Math.log(1.03);
        double[] near = {margin - 2e-4, margin + 1e-4, margin - 1e-4, margin + 1.5e-4, margin - 1.5e-4, margin - 1e-5};
        PairedTrial settled = trial(TIME, tens(6), changed(near));
        PairedTrial wild = trial(TIME, tens(5), changed(2, -2, 3, -3, 1));

        Finding one = finding(suiteOf(1), settled);
        Finding none = finding(suiteOf(1), wild);

        assertThat(needed(1, Spread.winsorisedDeviation(settled.changes()), 6)).isEqualTo(6);
        assertThat(((Verdict.Inconclusive) one.verdict()).runsNeeded()).hasValue(1);
        assertThat(ended(one).needed()).hasValue(6);
        assertThat(detectable(1, Spread.winsorisedDeviation(wild.changes()), 10_000))
                .isGreaterThan(margin);
        assertThat(((Verdict.Inconclusive) none.verdict()).runsNeeded()).isEmpty();
        assertThat(ended(none)).isEqualTo(new PairEvidence.Ended(5, OptionalInt.empty(), 0.03));
    }

    @Test
    void what_would_be_a_regression_alone_is_suspected_in_a_suite() {
        double[] logs = {0.05, 0.04, 0.06, 0.05, 0.045, 0.055};
        PairedTrial worse = trial(TIME, tens(6), changed(logs));
        double evidence = forSame().look(worse.changes()).eValue();
        int suite = (int) (evidence / 2);
        assertThat(forSame().look(worse.changes()).interval().contains(0)).isFalse();

        assertThat(suiteOf(1).next(worse)).isEqualTo(Next.REGRESSED);
        assertThat(suiteOf(suite).next(worse)).isEqualTo(Next.MORE);
        Finding suspected = finding(suiteOf(suite), worse);
        assertThat(suspected.pValue().orElseThrow()).isBetween(0.4, 0.6);
        assertThat(suspected.isSuspect()).isTrue();
        assertThat(finding(suiteOf(suite), trial(RATE, tens(6), changed(logs))).isSuspect())
                .as("for the better")
                .isFalse();
        Finding lost = finding(suiteOf((int) (2 * evidence)), worse);
        assertThat(lost.pValue()).hasValue(1);
        assertThat(lost.isSuspect()).as("in a suite of twice the evidence").isFalse();
    }

    @Test
    void a_change_below_the_margin_is_no_suspect_however_certain_it_is() {
        double below = Math.log(1.029);
        PairedTrial trial = trial(
                TIME, tens(6), changed(below, below + 0.001, below - 0.001, below, below + 0.0005, below - 0.0005));

        Finding finding = finding(suiteOf(1), trial);

        assertThat(finding.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(finding.verdict().effect().orElseThrow().interval().low()).isPositive();
        assertThat(finding.pValue().orElseThrow()).isLessThan(0.04);
        assertThat(finding.isSuspect()).isFalse();
    }

    @Test
    void values_that_have_no_logarithm_are_told_by_their_means_and_the_interval_of_their_differences() {
        double[] base = {2, 2, 2, 2, 2, 2};
        double[] zeros = {0, 1, 0, 1, 0, 0};
        for (boolean swapped : new boolean[] {false, true}) {
            PairedTrial trial = trial(TIME, swapped ? zeros : base, swapped ? base : zeros);

            Finding finding = finding(suiteOf(1), trial);

            Effect effect = finding.verdict().effect().orElseThrow();
            assertThat(effect.before()).isCloseTo(swapped ? 1 / 3.0 : 2, within(1e-15));
            assertThat(effect.after()).isCloseTo(swapped ? 2 : 1 / 3.0, within(1e-15));
            assertThat(effect.relativeChange())
                    .isCloseTo((effect.after() - effect.before()) / effect.before(), within(1e-12));
            Interval seen = forSame().look(trial.changes()).interval();
            // neither side is ever negative: it cannot lose more than all of itself
            assertThat(effect.interval())
                    .isEqualTo(new Interval(Math.max(-1, seen.low()), seen.high(), seen.confidence()));
            assertThat(finding.warnings()).containsExactly(new Warning.Flagged(Flag.NOT_LOGARITHMIC));
        }
    }

    @Test
    void a_floor_is_part_of_the_margin_at_the_level_of_the_base() {
        Policy floored = new Policy(0.03, Severities.DEFAULT, 0.9, 0.04, 5, 1);
        PairedComparison comparison = new PairedComparison(floored, 1, 4);
        double[] slightly = changed(0.05, 0.051, 0.049, 0.05, 0.052, 0.05);

        Finding finding = finding(comparison, trial(TIME, tens(6), slightly));

        // a second is a tenth of the base's ten
        assertThat(suiteOf(1).next(trial(TIME, tens(6), slightly))).isEqualTo(Next.REGRESSED);
        assertThat(comparison.next(trial(TIME, tens(6), slightly))).isEqualTo(Next.UNCHANGED);
        assertThat(finding.trace())
                .extracting(rung -> rung.evidence().getClass().getSimpleName())
                .containsExactly("Pairs", "LargeFloor", "Difference", "Equivalence");
        assertThat(decisive(finding, PairEvidence.Equivalence.class).margin()).isCloseTo(0.1, within(1e-12));
        assertThat(finding.verdict()).isInstanceOf(Verdict.Unchanged.class);
    }

    @Test
    void severities_begin_where_the_policy_says() {
        double[] six = changed(0.06, 0.06, 0.06, 0.06, 0.06, 0.06);
        double[] four = changed(0.04, 0.04, 0.04, 0.04, 0.04, 0.04);

        assertThat(finding(suiteOf(1), trial(TIME, tens(6), six)).severity()).isEqualTo(Severity.MAJOR);
        assertThat(finding(suiteOf(1), trial(TIME, tens(6), four)).severity()).isEqualTo(Severity.MINOR);
        // five per cent fewer is worse where more is better
        assertThat(finding(suiteOf(1), trial(RATE, six, tens(6))).severity()).isEqualTo(Severity.MAJOR);
    }

    @Test
    void a_refuted_regression_is_settled_whatever_the_pairs_say() {
        PairedTrial refuted = new PairedTrial(key(TIME), TIME, BASE, SLOWER, true);

        Finding finding = finding(suiteOf(1), refuted);

        Verdict.Inconclusive verdict = (Verdict.Inconclusive) finding.verdict();
        assertThat(verdict.reason()).isEqualTo(new PairEvidence.Refuted());
        assertThat(verdict.suspect()).isFalse();
        assertThat(verdict.runsNeeded()).isEmpty();
        assertThat(verdict.effect().orElseThrow().relativeChange()).isPositive();
        assertThat(finding.severity()).isEqualTo(Severity.NONE);
        assertThat(decisive(finding)).isEqualTo(verdict.reason());
    }

    @Test
    void copies_differ_by_their_centre_and_a_change_is_held_against_the_times_of_a_third_copy() {
        double[] twin = {10.2, 10.5, 10, 10.2, 10.45, 10.1, 10.15, 10.5, 9.85};
        PairedTrial trial = trial(TIME, BASE, SLOWER, twin);
        double[] logs = IntStream.range(0, BASE.length)
                .mapToDouble(i -> Math.log(twin[i] / BASE[i]))
                .toArray();
        SequentialPairs.Look look = forSame().look(logs);

        PairEvidence.Copies copies = suiteOf(7).copies(trial).orElseThrow();

        assertThat(suiteOf(7).copies(trial(TIME, BASE, SLOWER))).isEmpty();
        assertThat(copies.difference()).isCloseTo(Math.exp(SequentialPairs.centre(logs)) - 1, within(1e-12));
        assertThat(copies.eValue() / look.eValue()).isCloseTo(1, within(1e-9));
        assertThat(copies.apart()).isTrue();
        // qt(0.95, 1) * sqrt(3) / 2, with the closed form of Cauchy's distribution
        assertThat(copies.times()).isCloseTo(Math.sqrt(0.75) / Math.tan(Math.PI * 0.05), within(1e-12));
        Finding reported = finding(suiteOf(7), trial);
        assertThat(outcome(reported, PairEvidence.Copies.class)).isEqualTo(Rung.Outcome.PASSED);
        assertThat(only(reported, PairEvidence.Copies.class)).isEqualTo(copies);
        assertThat(reported.warnings()).containsExactly(copies);
    }

    @Test
    void copies_that_noise_explains_hide_nothing() {
        double[] twin = {10.2, 10.1, 9.9, 10.3, 10, 9.9, 10.1, 10.2, 9.7};
        PairedTrial trial = trial(TIME, BASE, SLOWER, twin);

        Finding finding = finding(suiteOf(1), trial);

        assertThat(suiteOf(1).copies(trial).orElseThrow().apart()).isFalse();
        assertThat(only(finding, PairEvidence.Copies.class).apart()).isFalse();
        assertThat(finding.warnings()).isEmpty();
        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
    }

    @Test
    void fewer_pairs_than_anything_is_decided_with_tell_no_copies_apart() {
        PairedTrial five = trial(TIME, tens(5), tens(5), repeated(5, 10.2));

        assertThat(new PairedComparison(POLICY, 1, 5).copies(five).orElseThrow().apart())
                .isTrue();
        assertThat(new PairedComparison(POLICY, 1, 6).copies(five).orElseThrow().apart())
                .isFalse();
    }

    @Test
    void a_change_is_hidden_up_to_so_many_times_the_difference_of_the_copies_from_their_middle() {
        // sqrt(3) / 2 / tan(pi * 0.05) = 5.4678 times the difference
        double times = Math.sqrt(0.75) / Math.tan(Math.PI * 0.05);
        for (double difference : new double[] {0.02, -0.02}) {
            double limit = times * 0.02;
            double middle = difference / 2;

            assertThat(isHidden(middle + limit - 1e-4, difference)).isTrue();
            assertThat(isHidden(middle + limit + 1e-4, difference)).isFalse();
            assertThat(isHidden(middle - limit + 1e-4, difference)).isTrue();
            assertThat(isHidden(middle - limit - 1e-4, difference)).isFalse();
        }
    }

    private static boolean isHidden(double change, double difference) {
        PairedTrial trial =
                trial(TIME, tens(6), repeated(6, 10 * Math.exp(change)), repeated(6, 10 * Math.exp(difference)));
        Finding finding = finding(suiteOf(1), trial);
        boolean hidden = finding.verdict() instanceof Verdict.Inconclusive;
        assertThat(finding.isDecidedBy(PairEvidence.Untrusted.class)).isEqualTo(hidden);
        if (hidden) {
            Verdict.Inconclusive verdict = (Verdict.Inconclusive) finding.verdict();
            PairEvidence.Untrusted why = decisive(finding, PairEvidence.Untrusted.class);
            assertThat(why.difference()).isCloseTo(Math.expm1(difference), within(1e-9));
            assertThat(why.times()).isCloseTo(5.467, within(0.001));
            assertThat(verdict.reason()).isEqualTo(why);
            assertThat(verdict.suspect()).as("for the worse").isEqualTo(change > 0);
        }
        return hidden;
    }

    @Test
    void copies_that_differ_leave_an_answer_alone_that_is_none() {
        Finding same = finding(suiteOf(1), trial(TIME, tens(6), tens(6), repeated(6, 10.2)));
        Finding open = finding(suiteOf(1), trial(TIME, tens(4), changed(0.1, -0.1, 0.2, -0.2), repeated(4, 10.2)));

        assertThat(same.verdict()).isInstanceOf(Verdict.Unchanged.class);
        assertThat(ended(open).pairs()).isEqualTo(4);
    }

    @Test
    void fresh_pairs_confirm_from_half_the_margin_on() {
        double half = Math.log(1.03) / 2;

        assertThat(suiteOf(1).confirms(trial(TIME, tens(3), repeated(3, 10 * Math.exp(half + 1e-6)))))
                .isTrue();
        assertThat(suiteOf(1).confirms(trial(TIME, tens(3), repeated(3, 10 * Math.exp(half - 1e-6)))))
                .isFalse();
        assertThat(suiteOf(1).confirms(trial(RATE, tens(3), repeated(3, 10 * Math.exp(half + 1e-6)))))
                .isFalse();
        assertThat(suiteOf(1).confirms(trial(RATE, tens(3), repeated(3, 10 * Math.exp(-half - 1e-6)))))
                .isTrue();
    }

    @Test
    void from_eight_pairs_on_changes_far_out_are_pulled_in_for_the_probability() {
        double[] eight = {0.02, 0.04, 0.03, 0.05, 0.035, 0.025, 0.9, -0.8};
        double[] seven = Arrays.copyOf(eight, 7);
        double middle = Location.median(eight);
        // three robust deviations, 1.4826 median distances each
        double limit = 3 * 1.4826 * Spread.medianAbsoluteDeviation(eight);
        double[] pulledIn = eight.clone();
        pulledIn[6] = middle + limit;
        pulledIn[7] = middle - limit;

        assertThat(suiteOf(1).probabilityOfRegression(trial(TIME, tens(8), changed(eight))))
                .isCloseTo(tail(pulledIn), within(1e-9));
        assertThat(suiteOf(1).probabilityOfRegression(trial(TIME, tens(7), changed(seven))))
                .isCloseTo(tail(seven), within(1e-9));
        // where more is better, the same change is away from the margin
        assertThat(suiteOf(1).probabilityOfRegression(trial(RATE, tens(7), changed(seven))))
                .isCloseTo(tail(negated(seven)), within(1e-9));
        assertThat(suiteOf(1).probabilityOfRegression(trial(TIME, tens(3), changed(-0.5, -0.5, -0.5))))
                .as("fewer than anything is decided with")
                .isEqualTo(1);
        // no robust deviation where more than half are equal
        double[] equal = {0.04, 0.04, 0.04, 0.04, 0.04, 0.04, 0.9, -0.8};
        assertThat(suiteOf(1).probabilityOfRegression(trial(TIME, tens(8), repeatedOrNot(equal))))
                .isCloseTo(tail(equal), within(1e-9));
    }

    private static double[] negated(double[] logs) {
        return Arrays.stream(logs).map(log -> -log).toArray();
    }

    /** The same number for equal logarithms. */
    private static double[] repeatedOrNot(double[] logs) {
        double[] values = changed(logs);
        Arrays.fill(values, 0, 6, values[0]);
        return values;
    }

    /** Student's tail beyond the margin. */
    private static double tail(double[] logs) {
        double mean = Arrays.stream(logs).average().orElseThrow();
        double squares =
                Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum();
        double error = Math.sqrt(squares / (logs.length - 1) / logs.length);
        return StudentT.survival((Math.log(1.03) - mean) / error, logs.length - 1);
    }

    @Test
    void a_margin_of_nothing_calls_every_certain_change_and_equal_pairs_unchanged() {
        PairedComparison comparison = new PairedComparison(POLICY.withMargin(0), 1, 4);

        assertThat(comparison.next(trial(TIME, tens(6), repeated(6, 10.0001)))).isEqualTo(Next.REGRESSED);
        assertThat(comparison.next(trial(TIME, tens(6), tens(6)))).isEqualTo(Next.UNCHANGED);
        PairedTrial noisy = trial(TIME, tens(4), changed(0.01, -0.01, 0.02, -0.02));
        assertThat(comparison.next(noisy)).isEqualTo(Next.MORE);
        assertThat(((Verdict.Inconclusive) finding(comparison, noisy).verdict()).runsNeeded())
                .isEmpty();
        // worse by nothing or more
        assertThat(comparison.probabilityOfRegression(trial(TIME, tens(4), tens(4))))
                .isEqualTo(1);
        assertThat(suiteOf(1).probabilityOfRegression(trial(TIME, tens(4), tens(4))))
                .isZero();
    }

    @Test
    void a_suite_has_a_metric_and_decisions_take_two_pairs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PairedComparison(POLICY, 0, 4))
                .withMessage("a suite of 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new PairedComparison(POLICY, 1, 1));
        assertThat(new PairedComparison(POLICY, 1, 2).next(trial(TIME, tens(2), tens(2))))
                .isNotNull();
    }
}
