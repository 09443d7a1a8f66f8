package dev.plumbline.core.detect;

import static dev.plumbline.core.detect.Ladder.finite;

import dev.plumbline.core.model.Percent;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.Interval;
import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Steps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One series' way from its points to its finding: what is known before the suite is looked at, and what comes after.
 */
final class SeriesTrial {
    /** In the numbers of the rung on the history: how many runs show the change, where it is more than one. */
    static final String TOGETHER = "together";

    /** So many runs of a level tell its noise by themselves. */
    private static final int ENOUGH_OF_ACCEPTED = 20;

    /** How many earlier values a sparkline shows. */
    static final int SPARK = 40;

    private final Policy policy;
    private final Series series;
    private final List<Point> base;
    /** The noise of the levels before an accepted one, where that is too young to tell its own. */
    private final Optional<BorrowedNoise> borrowed;

    /** How many values stand before those of the base in what was scanned. */
    private final int lent;

    private final List<Point> candidate;
    private final Optional<Early> early;
    private final Optional<Departure> departure;
    private final Optional<FreshStep> freshStep;
    private final Ladder ladder;

    /** A verdict for which the suite need not be asked, and the rung that led to it. */
    private record Early(Verdict verdict, Check rung) {}

    SeriesTrial(Trial trial, Policy policy) {
        series = trial.history();
        base = series.points().stream().filter(point -> !point.judgedBad()).toList();
        borrowed = borrowed(trial, policy);
        candidate = trial.candidate();
        ladder = new Ladder(false);
        early = tooEarly(trial, policy);
        if (early.isPresent()) {
            this.policy = policy;
            departure = Optional.empty();
            freshStep = Optional.empty();
            lent = 0;
            ladder.add(early.get().rung());
            return;
        }
        double[] values = borrowed.map(BorrowedNoise::values).orElseGet(() -> values(base));
        StepScan scan = new StepScan(new StepScan.Settings(policy.margin()));
        for (double value : values) {
            scan.append(value);
        }
        Steps before = scan.result();
        Expectation together = Expectation.of(values, before);
        Expectation expected = borrowed.map(noise -> noise.on(together)).orElse(together);
        Departure away = new Departure(expected, candidate, judgedBadAtTheEnd(series.points()));
        for (double value : away.sameChange()) {
            scan.append(value);
        }
        departure = Optional.of(away);
        lent = values.length - base.size();
        freshStep = FreshStep.of(before, scan.result(), values, away.sameChange())
                .filter(fresh -> lent == 0 || fresh.step().index() > lent);
        ladder.add(historyRung(expected));
        this.policy = policy.at(expected.level());
        this.policy.floorTold(policy, expected.level(), series.unit()).ifPresent(ladder::add);
    }

    /**
     * A replayed trial, whose history was scanned before. The ladder of its finding tells of the history alone, by
     * which gates go, and not what could be detected: nobody asks, and it takes longer than the verdict.
     *
     * @param trial with enough history
     * @param expected of that history
     * @param before what a scan of the history found
     * @param after the same, with the candidate
     */
    SeriesTrial(Trial trial, Policy policy, Expectation expected, Steps before, Steps after) {
        series = trial.history();
        base = series.points();
        borrowed = Optional.empty();
        lent = 0;
        candidate = trial.candidate();
        ladder = new Ladder(true);
        early = Optional.empty();
        Departure away = new Departure(expected, candidate, new double[0]);
        departure = Optional.of(away);
        freshStep = FreshStep.of(before, after, values(base), away.sameChange());
        ladder.add(historyRung(expected));
        this.policy = policy.at(expected.level());
    }

    private Optional<BorrowedNoise> borrowed(Trial trial, Policy policy) {
        double[] earlier = values(
                trial.earlier().stream().filter(point -> !point.judgedBad()).toList());
        return base.isEmpty() || base.size() >= ENOUGH_OF_ACCEPTED || earlier.length < policy.minimumRuns()
                ? Optional.empty()
                : BorrowedNoise.of(earlier, values(base));
    }

    private static double[] values(List<Point> points) {
        return points.stream().mapToDouble(Point::value).toArray();
    }

    /** What was judged a regression since the newest value that was not, oldest first. */
    private static double[] judgedBadAtTheEnd(List<Point> points) {
        int first = points.size();
        while (first > 0 && points.get(first - 1).judgedBad()) {
            first--;
        }
        return values(points.subList(first, points.size()));
    }

    private Optional<Early> tooEarly(Trial trial, Policy policy) {
        if (base.isEmpty() && !trial.elsewhere().isEmpty()) {
            String reason = "its history was measured in another environment (" + String.join(", ", trial.elsewhere())
                    + "), this run in " + series.key().environment();
            Check rung = new Check("environment", Check.Outcome.DECIDED, reason, Map.of());
            return Optional.of(new Early(new Verdict.NotComparable(reason), rung));
        }
        int needed = policy.minimumRuns();
        int missing = needed - base.size();
        // one run of an accepted level tells where it is, if the levels before tell its noise
        if (missing <= 0 || borrowed.isPresent()) {
            return Optional.empty();
        }
        String reason = base.isEmpty()
                ? "this is the first run; " + missing + " more and it can be judged"
                : "only " + base.size() + (base.size() == 1 ? " earlier run" : " earlier runs") + "; " + missing
                        + " more and it can be judged";
        Check rung = new Check(
                "enough-history", Check.Outcome.DECIDED, reason, Map.of("runs", (double) base.size(), "needed", (double)
                        needed));
        return Optional.of(new Early(
                new Verdict.Inconclusive(reason, false, OptionalInt.of(missing), seenSoFar(policy.confidence())),
                rung));
    }

    /** Both levels, of which nothing is sure: too few runs tell no noise, so the interval is the whole line. */
    private Optional<Effect> seenSoFar(double confidence) {
        if (base.isEmpty()) {
            return Optional.empty();
        }
        double before = mean(values(base));
        double after = mean(values(candidate));
        return Optional.of(
                new Effect(before, after, Effect.relativeChange(before, after), Interval.unbounded(confidence)));
    }

    private static double mean(double[] values) {
        return Sample.Values.of(Sample.Center.MEAN, values).location();
    }

    private Check historyRung(Expectation expected) {
        Regime regime = expected.regime();
        int size = lent + base.size();
        int bad = series.points().size() - base.size();
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("runs", (double) size);
        numbers.put("leftOut", (double) bad);
        numbers.put("currentRuns", (double) expected.runs());
        expected.quiet().ifPresent(quiet -> numbers.put("quietRuns", (double) quiet));
        numbers.put("level", expected.level());
        numbers.put("noise", finite(regime.relativeNoise()));
        numbers.put("autocorrelation", regime.autocorrelation());
        int together = together(departure.orElseThrow());
        if (together > 1) {
            numbers.put(TOGETHER, (double) together);
        }
        String words = size + " earlier runs"
                + (bad > 0 ? " (" + bad + " more are left out, they were judged regressions)" : "")
                + levelWords(expected, size)
                + noiseWords(expected);
        return new Check("history", Check.Outcome.PASSED, words, numbers);
    }

    private static String noiseWords(Expectation expected) {
        if (expected.constant()) {
            return ", all with the same value";
        }
        return "; run-to-run noise "
                + (expected.level() == 0
                        ? "around a level of zero"
                        : Percent.of(expected.regime().relativeNoise()));
    }

    /** How many runs show what the candidate shows: since a step to the same side, else those that were called so. */
    private int together(Departure away) {
        return freshStep
                .filter(fresh -> fresh.step().index() < lent + base.size())
                .filter(fresh -> (fresh.step().after() - fresh.step().before()) * away.shift() > 0)
                .map(fresh -> fresh.since().length)
                .orElse(away.sameChange().length);
    }

    private static String levelWords(Expectation expected, int size) {
        int quiet = expected.quiet().orElse(size);
        return (expected.runs() < Math.min(size, quiet)
                        ? ", the last " + expected.runs() + " of them at the current level"
                        : "")
                + (quiet < size ? ", the last " + quiet + " of them much quieter than those before" : "");
    }

    /** What its history lets one expect; empty where it has too little of it. */
    Optional<Expectation> expectation() {
        return departure.map(Departure::expected);
    }

    /** What this series alone says. */
    Evidence evidence(SeriesTail tail) {
        return departure
                .map(away ->
                        new Weighing(away, freshStep, series.unit(), tail, new Ladder(ladder.isSilent())).evidence())
                .orElse(Evidence.NONE);
    }

    /**
     * The finding, now that the suite is known.
     *
     * @param evidence of this series alone
     * @param adjusted its probability for the whole suite
     */
    Finding finding(Evidence evidence, double adjusted, SeriesTail tail, SuiteTail suite) {
        Ladder climbed = new Ladder(ladder.isSilent());
        climbed.addAll(ladder.rungs());
        climbed.addAll(evidence.rungs());
        if (early.isPresent()) {
            return finding(
                    early.get().verdict(), Severity.NONE, OptionalDouble.empty(), OptionalDouble.empty(), climbed);
        }
        Decision decision =
                new Decision(policy, series, departure.orElseThrow(), evidence, adjusted, tail, suite, climbed);
        OptionalDouble detectable = decision.detectable();
        Verdict verdict = decision.verdict();
        if (verdict instanceof Verdict.Inconclusive && !ladder.isSilent()) {
            decision.tellSensitivity(detectable);
        }
        return finding(verdict, decision.severity(verdict), OptionalDouble.of(adjusted), detectable, climbed);
    }

    private Finding finding(
            Verdict verdict, Severity severity, OptionalDouble pValue, OptionalDouble detectable, Ladder climbed) {
        boolean changed = verdict instanceof Verdict.Regressed || verdict instanceof Verdict.Improved;
        return new Finding(
                series.key(),
                series.unit(),
                series.better(),
                verdict,
                severity,
                OptionalDouble.of(mean(values(candidate))),
                ladder.isSilent() ? Optional.empty() : expectation().map(expected -> Baseline.of(expected, base)),
                pValue,
                detectable,
                changed ? since() : "",
                climbed.rungs(),
                series.warnings(),
                base.subList(Math.max(0, base.size() - SPARK), base.size()).stream()
                        .map(Point::value)
                        .toList());
    }

    /**
     * Where the change began: at the first of the points judged bad that lead to the candidate, else at the candidate.
     */
    private String since() {
        List<Point> points = series.points();
        Point first = candidate.get(0);
        for (int i = points.size() - 1; i >= 0 && points.get(i).judgedBad(); i--) {
            first = points.get(i);
        }
        if (freshStep.isPresent() && freshStep.get().step().index() < lent + base.size()) {
            first = base.get(freshStep.get().step().index() - lent);
        }
        return first.run().header().revision().commit();
    }
}
