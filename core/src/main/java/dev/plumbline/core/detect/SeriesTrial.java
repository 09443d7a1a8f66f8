package dev.plumbline.core.detect;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.Interval;
import dev.plumbline.core.stats.StudentT;
import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;

/**
 * One series' way from its points to its finding: what is known before the suite is looked at, and what comes after.
 */
final class SeriesTrial {
    /** Below this unadjusted probability a relevant change is a suspect. */
    private static final double SUSPECT = 0.01;

    /**
     * The same for a critical change whose interval is clear of the margin: it is worth another run, and all the more
     * where nothing was ever as far off.
     */
    private static final double CRITICAL_SUSPECT = 0.05;

    /** The name of the rung that tells what can be detected. */
    static final String SENSITIVITY = "sensitivity";

    /** Of the intervals that belong to a baseline. */
    private static final double LEVEL_CONFIDENCE = 0.95;

    /** How many earlier values a sparkline shows. */
    static final int SPARK = 40;

    private final Policy policy;
    private final Series series;
    private final List<Point> base;
    /** What was judged a regression since the newest value of the base, oldest first. */
    private final double[] witnesses;

    private final double[] candidate;
    private final double candidateDeviation;
    private final String candidateCommit;
    private final Optional<Verdict> early;
    private final Optional<Expectation> expectation;
    private final Optional<Step> freshStep;
    private final boolean isReplay;
    private final List<Check> ladder = new ArrayList<>();
    private final List<String> warnings;
    private Ground ground = Ground.NOISE;

    /** What makes a change no rarer than it is. */
    private enum Ground {
        /** The noise of the series. */
        NOISE,
        /** How far the runs of the suite were off before. */
        PAST,
        /** The current level, which may be a mistake. */
        YOUNG_LEVEL
    }

    SeriesTrial(Trial trial, Policy policy) {
        series = trial.history();
        warnings = new ArrayList<>(series.warnings());
        base = series.points().stream().filter(point -> !point.judgedBad()).toList();
        witnesses = judgedBadAtTheEnd(series.points());
        candidate = trial.candidate().stream().mapToDouble(Point::value).toArray();
        candidateDeviation = withinRunError(trial.candidate());
        candidateCommit = trial.candidate().get(0).run().header().revision().commit();
        early = tooEarly(trial, policy);
        if (early.isPresent()) {
            this.policy = policy;
            expectation = Optional.empty();
            freshStep = Optional.empty();
            isReplay = false;
            return;
        }
        double[] values = base.stream().mapToDouble(Point::value).toArray();
        StepScan scan = new StepScan(new StepScan.Settings(policy.margin()));
        for (double value : values) {
            scan.append(value);
        }
        Steps before = scan.result();
        expectation = Optional.of(Expectation.of(values, before));
        sameChange().forEach(scan::append);
        freshStep = freshStep(before, scan.result(), values.length);
        tellHistory(values.length);
        double level = expectation.get().level();
        this.policy = policy.at(level);
        this.policy.floorTold(policy, level, series.unit()).ifPresent(ladder::add);
        isReplay = false;
    }

    /**
     * A replayed trial, whose history was scanned before. Its finding does not tell what could be detected: nobody
     * asks, and it takes longer than the verdict.
     *
     * @param trial with enough history
     * @param expected of that history
     * @param before what a scan of the history found
     * @param after the same, with the candidate
     */
    SeriesTrial(Trial trial, Policy policy, Expectation expected, Steps before, Steps after) {
        series = trial.history();
        warnings = new ArrayList<>(series.warnings());
        base = series.points();
        witnesses = new double[0];
        candidate = trial.candidate().stream().mapToDouble(Point::value).toArray();
        candidateDeviation = withinRunError(trial.candidate());
        candidateCommit = trial.candidate().get(0).run().header().revision().commit();
        early = Optional.empty();
        expectation = Optional.of(expected);
        freshStep = freshStep(before, after, base.size());
        tellHistory(base.size());
        this.policy = policy.at(expected.level());
        isReplay = true;
    }

    private static double[] judgedBadAtTheEnd(List<Point> points) {
        int first = points.size();
        while (first > 0 && points.get(first - 1).judgedBad()) {
            first--;
        }
        return points.subList(first, points.size()).stream()
                .mapToDouble(Point::value)
                .toArray();
    }

    /**
     * Whether the candidate goes on where the runs before it were judged regressed: nearer to them than to the level.
     * Then it is one more run of the same change, which they bear witness to, and no single odd run. What came back
     * from there is judged by itself.
     */
    private boolean isWhereTheyAre() {
        if (witnesses.length == 0) {
            return false;
        }
        Regime regime = expectation.orElseThrow().regime();
        double there = Arrays.stream(witnesses).map(regime.scale()::score).sum() / witnesses.length - regime.centre();
        double here = meanScore(regime) - regime.centre();
        return here / there > 0.5;
    }

    private Optional<Verdict> tooEarly(Trial trial, Policy policy) {
        if (base.isEmpty() && !trial.elsewhere().isEmpty()) {
            String reason = "its history was measured in another environment (" + String.join(", ", trial.elsewhere())
                    + "), this run in " + series.key().environment();
            ladder.add(new Check("environment", Check.Outcome.DECIDED, reason, Map.of()));
            return Optional.of(new Verdict.NotComparable(reason));
        }
        int missing = policy.minimumRuns() - base.size();
        if (missing > 0) {
            String reason = base.isEmpty()
                    ? "this is the first run; " + missing + " more and it can be judged"
                    : "only " + base.size() + (base.size() == 1 ? " earlier run" : " earlier runs") + "; " + missing
                            + " more and it can be judged";
            ladder.add(new Check(
                    "enough-history",
                    Check.Outcome.DECIDED,
                    reason,
                    Map.of("runs", (double) base.size(), "needed", (double) policy.minimumRuns())));
            return Optional.of(
                    new Verdict.Inconclusive(reason, false, OptionalInt.of(missing), seenSoFar(policy.confidence())));
        }
        return Optional.empty();
    }

    /** Both levels, of which nothing is sure: too few runs tell no noise, so the interval is the whole line. */
    private Optional<Effect> seenSoFar(double confidence) {
        if (base.isEmpty()) {
            return Optional.empty();
        }
        double before = Sample.Values.of(
                        Sample.Center.MEAN,
                        base.stream().mapToDouble(Point::value).toArray())
                .location();
        return Optional.of(new Effect(
                before,
                candidateMean(),
                Effect.relativeChange(before, candidateMean()),
                Interval.unbounded(confidence)));
    }

    /** A step that the candidate's values complete: there with them, not there without. */
    private static Optional<Step> freshStepIn(Steps before, Steps after) {
        if (after.steps().isEmpty()) {
            return Optional.empty();
        }
        Step newest = after.steps().get(after.steps().size() - 1);
        boolean known = before.steps().stream().anyMatch(step -> Math.abs(step.index() - newest.index()) <= 2);
        return known ? Optional.empty() : Optional.of(newest);
    }

    private static Optional<Step> freshStep(Steps before, Steps after, int size) {
        // a step that ends long before the candidate is a relocation of the past, not news
        return freshStepIn(before, after).filter(step -> step.index() >= size - 20);
    }

    private void tellHistory(int size) {
        Expectation expected = expectation.orElseThrow();
        Regime regime = expected.regime();
        int bad = series.points().size() - size;
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("runs", (double) size);
        numbers.put("leftOut", (double) bad);
        numbers.put("currentRuns", (double) expected.runs());
        expected.quiet().ifPresent(quiet -> numbers.put("quietRuns", (double) quiet));
        numbers.put("level", expected.level());
        numbers.put("noise", finite(regime.relativeNoise()));
        numbers.put("autocorrelation", regime.autocorrelation());
        String words = size + " earlier runs"
                + (bad > 0 ? " (" + bad + " more are left out, they were judged regressions)" : "")
                + levelWords(expected, size)
                + (expected.constant()
                        ? ", all with the same value"
                        : "; run-to-run noise " + percent(regime.relativeNoise()));
        ladder.add(new Check("history", Check.Outcome.PASSED, words, numbers));
    }

    private static String levelWords(Expectation expected, int size) {
        int quiet = expected.quiet().orElse(size);
        return (expected.runs() < Math.min(size, quiet)
                        ? ", the last " + expected.runs() + " of them at the current level"
                        : "")
                + (quiet < size ? ", the last " + quiet + " of them much quieter than those before" : "");
    }

    /** The same before anything was said of the suite: each judgement of a trial needs one of its own. */
    SeriesTrial unjudged() {
        return new SeriesTrial(this);
    }

    private SeriesTrial(SeriesTrial other) {
        policy = other.policy;
        series = other.series;
        base = other.base;
        witnesses = other.witnesses;
        candidate = other.candidate;
        candidateDeviation = other.candidateDeviation;
        candidateCommit = other.candidateCommit;
        early = other.early;
        expectation = other.expectation;
        freshStep = other.freshStep;
        isReplay = other.isReplay;
        ladder.addAll(other.ladder);
        warnings = new ArrayList<>(other.warnings);
    }

    /** What its history lets one expect; empty where it has too little of it. */
    Optional<Expectation> expectation() {
        return expectation;
    }

    /** The probability of so large a move in a healthy series; 1 when there is nothing to test. */
    double probability(SeriesTail tail) {
        if (expectation.isEmpty()) {
            return 1;
        }
        Expectation expected = expectation.get();
        if (expected.constant()) {
            return constantProbability(expected);
        }
        double single = predictionProbability(expected, tail);
        // two looks at the same data, the jump and the step, each pay for both
        double step =
                freshStep.map(found -> stepProbability(found, expected, tail)).orElse(1.0);
        double looks = Math.min(1, Math.min(single / Expectation.JUMP_SHARE, step / (1 - Expectation.JUMP_SHARE)));
        double doubt = expected.young().map(young -> doubt(young, tail)).orElse(0.0);
        if (doubt > looks) {
            ground = Ground.YOUNG_LEVEL;
        }
        return Math.max(looks, doubt);
    }

    /** A level whose step this suite would not believe in is no reason to call the way back from it a change. */
    private double doubt(YoungLevel young, SeriesTail tail) {
        Regime regime = expectation.orElseThrow().regime();
        double step = young.stepProbability(tail);
        double before = young.probability(scores(regime), meanScore(regime) - regime.centre(), tail);
        tell(() -> new Check(
                "young-level",
                Check.Outcome.PASSED,
                String.format(
                        Locale.ROOT,
                        "the current level began only %d runs ago, with a step as large as in %s of healthy histories;"
                                + " on the level before it the new value would be so far out in %s of healthy runs",
                        young.since().length,
                        share(step),
                        share(before)),
                Map.of("runs", (double) young.since().length, "step", step, "before", before)));
        return Math.min(step, before);
    }

    private double constantProbability(Expectation expected) {
        double level = expected.level();
        if (Arrays.stream(candidate).allMatch(value -> value == level)) {
            return 1;
        }
        return expected.movedProbability(series.unit());
    }

    private double predictionProbability(Expectation expected, SeriesTail tail) {
        Regime regime = expected.regime();
        double[] runs = sameChange().toArray();
        double error = standardError(expected, tail, runs.length);
        double mean = Arrays.stream(runs).map(regime.scale()::score).sum() / runs.length;
        double shift = mean - regime.centre();
        double[] surprises = Arrays.stream(runs)
                .map(value -> expected.surprise(value, shift))
                .toArray();
        double student = Double.isInfinite(shift)
                ? 0
                : Math.min(1, 2 * StudentT.survival(Math.abs(shift) / error, regime.degrees()));
        double seen = tail.probabilityOfAll(surprises);
        tellPrediction(runs.length, mean, error, student, new Past(surprises, seen), tail.autocorrelation());
        ground = seen > student ? Ground.PAST : Ground.NOISE;
        return Math.max(student, seen);
    }

    /**
     * A step is no rarer than the suite's own past makes its values: two spikes in a row look like a step of two values
     * where one run in twenty is a spike.
     */
    private double stepProbability(Step step, Expectation expected, SeriesTail tail) {
        double sign = step.after() - step.before();
        double[] surprises = DoubleStream.concat(base.stream().mapToDouble(Point::value), sameChange())
                .skip(step.index())
                .map(value -> expected.surprise(value, sign))
                .toArray();
        double seen = tail.probabilityOfAll(surprises);
        tell(() -> new Check(
                "step",
                Check.Outcome.PASSED,
                String.format(
                        Locale.ROOT,
                        "a step that began %d runs ago: by the noise of this series so large in %s of healthy"
                                + " histories, by this suite's own past in %s",
                        surprises.length,
                        share(step.pValue()),
                        share(seen)),
                Map.of("runs", (double) surprises.length, "step", step.pValue(), "suite", seen)));
        return Math.max(step.pValue(), seen);
    }

    /** The candidate, after the runs that bear witness to the same change. */
    private DoubleStream sameChange() {
        return DoubleStream.concat(
                isWhereTheyAre() ? Arrays.stream(witnesses) : DoubleStream.empty(), Arrays.stream(candidate));
    }

    /**
     * How far new values lie in the measure of the surprises, and in which share of the suite's past some did.
     *
     * @param surprises in deviations, at least one
     */
    private record Past(double[] surprises, double share) {
        /** How far all of them lie: the nearest, and the farthest where that is another number. */
        String deviations() {
            double[] ascending = surprises.clone();
            Arrays.sort(ascending);
            String least = String.format(Locale.ROOT, "%.1f", ascending[0]);
            String most = String.format(Locale.ROOT, "%.1f", ascending[ascending.length - 1]);
            return least.equals(most) ? least : least + " to " + most;
        }
    }

    private void tellPrediction(int runs, double mean, double error, double student, Past past, double phi) {
        Regime regime = expectation.orElseThrow().regime();
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("deviations", finite((mean - regime.centre()) / error));
        numbers.put("autocorrelation", phi);
        numbers.put("student", student);
        numbers.put("suite", past.share());
        tell(() -> new Check(
                "prediction",
                Check.Outcome.PASSED,
                String.format(
                        Locale.ROOT,
                        "%s %.1f standard errors from the level%s: by Student's t so far in %s of"
                                + " healthy runs; and %s deviations of the earlier runs from their middle: by this"
                                + " suite's own past so far in %s; the larger of the two shares counts",
                        runs > candidate.length
                                ? "with the runs before it that were judged regressed, " + runs
                                        + " in all, the new value lies"
                                : "the new value lies",
                        Math.abs((mean - regime.centre()) / error),
                        error > expectation.orElseThrow().standardError(runs, phi)
                                ? " (its forks disagree more than the earlier runs, which makes them wide)"
                                : "",
                        share(student),
                        past.deviations(),
                        share(past.share())),
                numbers));
    }

    private double[] scores(Regime regime) {
        return Arrays.stream(candidate).map(regime.scale()::score).toArray();
    }

    /** Widened when the candidate's own forks disagree more than the history's runs do. */
    private double standardError(Expectation expected, SeriesTail tail) {
        return standardError(expected, tail, candidate.length);
    }

    /** The same for {@code count} runs whose forks disagree as those of the candidate do. */
    private double standardError(Expectation expected, SeriesTail tail, int count) {
        double error = expected.standardError(count, tail.autocorrelation());
        return expected.regime().scale() instanceof Regime.Logarithmic
                ? Math.max(error, candidateDeviation * Math.sqrt((double) candidate.length / count))
                : error;
    }

    private static double withinRunError(List<Point> points) {
        double squares = 0;
        for (Point point : points) {
            squares += point.groupDeviation() * point.groupDeviation() / point.groupCount();
        }
        return Math.sqrt(squares) / points.size();
    }

    /**
     * The finding, now that the suite is known.
     *
     * @param pValue of this series alone
     * @param adjusted the same for the whole suite
     */
    Finding finding(double pValue, double adjusted, SeriesTail tail, SuiteTail suite) {
        if (early.isPresent()) {
            return finding(early.get(), Severity.NONE, OptionalDouble.empty(), OptionalDouble.empty(), "");
        }
        Expectation expected = expectation.orElseThrow();
        Effect effect = expected.constant() ? exactEffect(expected) : effect(expected, tail);
        int suiteSize = suite.series();
        OptionalDouble detectable = isReplay
                ? OptionalDouble.empty()
                : expected.detectableChange(
                        policy, series, suiteSize, tail, candidate.length, standardError(expected, tail));
        Verdict verdict = verdict(expected, effect, pValue, adjusted, tail, suite);
        if (verdict instanceof Verdict.Inconclusive && !isReplay) {
            tellSensitivity(expected, suiteSize, tail, detectable);
        }
        Severity severity = verdict instanceof Verdict.Regressed
                ? policy.severities().of(Math.abs(effect.relativeChange()))
                : Severity.NONE;
        boolean changed = verdict instanceof Verdict.Regressed || verdict instanceof Verdict.Improved;
        return finding(verdict, severity, OptionalDouble.of(adjusted), detectable, changed ? since() : "");
    }

    /** What a judgement like this shows at all, and what it would take to show a major change. */
    private void tellSensitivity(Expectation expected, int suiteSize, SeriesTail tail, OptionalDouble detectable) {
        int decision = ladder.size() - 1; // the rung that decided stays the last one
        double asked = policy.severities().major();
        boolean enough = detectable.orElse(Double.POSITIVE_INFINITY) <= asked;
        OptionalInt needed = enough ? OptionalInt.empty() : runsToDetect(asked, expected, suiteSize, tail);
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("runs", (double) candidate.length);
        detectable.ifPresent(change -> numbers.put("detectable", change));
        if (!enough) {
            numbers.put("asked", asked);
            needed.ifPresent(runs -> numbers.put("needed", (double) runs));
        }
        String words = new Detectable(detectable, candidate.length, asked, needed, policy.margin()).sentence();
        ladder.add(decision, new Check(SENSITIVITY, Check.Outcome.NOTED, words, numbers));
    }

    /** The fewest runs of a revision that show a change of a size; more runs never show less. */
    private OptionalInt runsToDetect(double size, Expectation expected, int suiteSize, SeriesTail tail) {
        int low = candidate.length;
        int high = Detectable.MOST_RUNS + 1;
        while (low + 1 < high) {
            int middle = (low + high) / 2;
            OptionalDouble change = expected.detectableChange(
                    policy, series, suiteSize, tail, middle, standardError(expected, tail, middle));
            if (change.orElse(Double.POSITIVE_INFINITY) <= size) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high > Detectable.MOST_RUNS ? OptionalInt.empty() : OptionalInt.of(high);
    }

    private Verdict verdict(
            Expectation expected, Effect effect, double pValue, double adjusted, SeriesTail tail, SuiteTail suite) {
        int suiteSize = suite.series();
        boolean relevant = policy.isRelevant(effect);
        boolean worse = series.better().isWorse(effect.relativeChange());
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("pValue", pValue);
        numbers.put("adjusted", adjusted);
        numbers.put("suiteSize", (double) suiteSize);
        numbers.put("suiteHistory", (double) tail.size());
        numbers.put("limit", policy.suiteErrorRate());
        boolean certain = adjusted <= policy.suiteErrorRate();
        if (certain && relevant) {
            decided("suite", () -> certainWords(adjusted, suiteSize), numbers);
            return worse ? new Verdict.Regressed(effect) : new Verdict.Improved(effect);
        }
        tell(() -> new Check("suite", Check.Outcome.PASSED, certainWords(adjusted, suiteSize), numbers));
        if (certain && policy.reachesMargin(effect.relativeChange())) {
            decided(
                    "floor",
                    () -> "the change is certain, and smaller than the smallest one that matters",
                    Map.of("change", effect.after() - effect.before(), "floor", policy.floor()));
            return new Verdict.Unchanged(effect);
        }
        boolean clear = relevant && isClearOfMargin(effect);
        boolean critical = clear
                && policy.severities().of(Math.abs(effect.relativeChange())) == Severity.CRITICAL
                && (pValue <= CRITICAL_SUSPECT || suite.asFar(leastSurprise(expected)) == 0);
        if (relevant && pValue <= SUSPECT || critical) {
            String reason = (worse ? "may have become worse; " : "may have become better; ")
                    + doubtWords(
                            expected, suite, "one odd run is not enough to be sure among " + suiteSize + " series");
            decided("suspect", () -> reason, Map.of("pValue", pValue, "limit", critical ? CRITICAL_SUSPECT : SUSPECT));
            return new Verdict.Inconclusive(reason, worse, OptionalInt.of(1), Optional.of(effect));
        }
        if (clear) {
            String reason = doubtWords(
                    expected, suite, "by the noise of this series among " + suiteSize + " the change may be chance");
            decided(
                    "doubt",
                    () -> reason,
                    Map.of("pValue", pValue, "adjusted", adjusted, "limit", policy.suiteErrorRate()));
            OptionalInt needed = isReplay ? OptionalInt.empty() : runsToCall(expected, suiteSize, tail);
            return new Verdict.Inconclusive(reason, false, needed, Optional.of(effect));
        }
        Interval equivalence = expected.constant() ? effect.interval() : interval(expected, tail, 0.90);
        if (equivalence.isInside(-policy.margin(), policy.margin())
                || equivalence.low() == 0 && equivalence.high() == 0) {
            decided(
                    "equivalence",
                    () -> "the 90 % interval of the change, " + percent(equivalence.low()) + " to "
                            + percent(equivalence.high()) + ", lies inside the margin of " + percent(policy.margin()),
                    Map.of("low", equivalence.low(), "high", equivalence.high(), "margin", policy.margin()));
            return new Verdict.Unchanged(effect);
        }
        OptionalInt needed = isReplay ? OptionalInt.empty() : runsNeeded(expected, tail, effect);
        String reason = "the noise hides a change of " + percent(policy.margin())
                + (needed.isPresent()
                        ? ""
                        : ", however often this revision is run: its history is too short or too noisy");
        Supplier<String> interval = () -> String.format(
                Locale.ROOT,
                "run-to-run noise is %.1f %%, and the 90 %% interval of the change, %+.1f %% to %+.1f %%, reaches"
                        + " beyond the margin of %.1f %%",
                100 * expected.regime().relativeNoise(),
                100 * equivalence.low(),
                100 * equivalence.high(),
                100 * policy.margin());
        decided("equivalence", interval, Map.of("low", finite(equivalence.low()), "high", finite(equivalence.high())));
        return new Verdict.Inconclusive(reason, false, needed, Optional.of(effect));
    }

    private boolean isClearOfMargin(Effect effect) {
        return effect.interval().low() > policy.margin() || effect.interval().high() < -policy.margin();
    }

    /** Why a change that stands clear of the margin is not certain. */
    private String doubtWords(Expectation expected, SuiteTail suite, String byNoise) {
        return switch (ground) {
            case NOISE -> byNoise;
            case PAST -> {
                int times = suite.asFar(leastSurprise(expected));
                yield times == 0
                        ? "none of the " + suite.size()
                                + " earlier values of this suite was as far off, too few to be sure"
                        : "this suite has been as far off before without a lasting change, in " + times + " of its "
                                + suite.size() + " earlier values";
            }
            case YOUNG_LEVEL ->
                "its current level began only " + expected.runs()
                        + " runs ago, and from the level before it so large a change is not certain";
        };
    }

    private double leastSurprise(Expectation expected) {
        double shift = meanScore(expected.regime()) - expected.regime().centre();
        return Arrays.stream(candidate)
                .map(value -> expected.surprise(value, shift))
                .min()
                .orElseThrow();
    }

    /** How many more runs, each as far off as the least of these, would make the change certain. */
    private OptionalInt runsToCall(Expectation expected, int suiteSize, SeriesTail tail) {
        double surprise = leastSurprise(expected);
        double asked = policy.suiteErrorRate() / suiteSize * Expectation.JUMP_SHARE;
        for (int count = candidate.length + 1; count <= Detectable.MOST_RUNS; count++) {
            if (tail.surpriseAt(asked, count, count) <= surprise) {
                return OptionalInt.of(count - candidate.length);
            }
        }
        return OptionalInt.empty();
    }

    private static String certainWords(double adjusted, int suiteSize) {
        return suiteSize == 1
                ? PValue.words(adjusted)
                : PValue.words(adjusted) + " after adjusting for " + suiteSize + " series";
    }

    private void decided(String name, Supplier<String> words, Map<String, Double> numbers) {
        tell(() -> new Check(name, Check.Outcome.DECIDED, words.get(), numbers));
    }

    /** Words take longer than the judgement; nobody reads those of a replay. */
    private void tell(Supplier<Check> check) {
        if (!isReplay) {
            ladder.add(check.get());
        }
    }

    private Effect exactEffect(Expectation expected) {
        double change = Effect.relativeChange(expected.level(), candidateMean());
        return new Effect(expected.level(), candidateMean(), change, new Interval(change, change, policy.confidence()));
    }

    private double candidateMean() {
        return Sample.Values.of(Sample.Center.MEAN, candidate).location();
    }

    private Effect effect(Expectation expected, SeriesTail tail) {
        Regime regime = expected.regime();
        double mean = meanScore(regime);
        boolean geometric = candidate.length > 1 && regime.scale() instanceof Regime.Logarithmic;
        double after = geometric ? regime.scale().value(mean) : candidateMean();
        return new Effect(
                expected.level(),
                after,
                Expectation.relative(regime, mean - regime.centre()),
                interval(expected, tail, policy.confidence()));
    }

    private double meanScore(Regime regime) {
        return Arrays.stream(scores(regime)).sum() / candidate.length;
    }

    private Interval interval(Expectation expected, SeriesTail tail, double confidence) {
        Regime regime = expected.regime();
        double shift = meanScore(regime) - regime.centre();
        double half = StudentT.upperQuantile((1 - confidence) / 2, regime.degrees()) * standardError(expected, tail);
        double one = Expectation.relative(regime, shift - half);
        double other = Expectation.relative(regime, shift + half);
        return new Interval(Math.min(one, other), Math.max(one, other), confidence);
    }

    /** How many more runs of the candidate make the 90 % interval fit into the margin, if it lies where it lies now. */
    private OptionalInt runsNeeded(Expectation expected, SeriesTail tail, Effect effect) {
        double room = Math.log1p(policy.margin()) - Math.abs(Math.log1p(Math.max(-0.99, effect.relativeChange())));
        if (!(room > 0)) {
            room = Math.log1p(policy.margin()) / 2; // it lies outside: enough runs to tell on which side
        }
        double quantile = StudentT.upperQuantile(0.05, expected.regime().degrees());
        for (int count = candidate.length + 1; count <= candidate.length + 100; count++) {
            if (quantile * standardError(expected, tail, count) < room) {
                return OptionalInt.of(count - candidate.length);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Where the change began: at the first of the points judged bad that lead to the candidate, else at the candidate.
     */
    private String since() {
        List<Point> points = series.points();
        String commit = candidateCommit;
        for (int i = points.size() - 1; i >= 0 && points.get(i).judgedBad(); i--) {
            commit = points.get(i).run().header().revision().commit();
        }
        if (freshStep.isPresent() && freshStep.get().index() < base.size()) {
            commit = base.get(freshStep.get().index()).run().header().revision().commit();
        }
        return commit;
    }

    private Finding finding(
            Verdict verdict, Severity severity, OptionalDouble pValue, OptionalDouble detectable, String since) {
        return new Finding(
                series.key(),
                series.unit(),
                series.better(),
                verdict,
                severity,
                OptionalDouble.of(candidateMean()),
                isReplay ? Optional.empty() : baseline(),
                pValue,
                detectable,
                since,
                ladder,
                warnings,
                base.subList(Math.max(0, base.size() - SPARK), base.size()).stream()
                        .map(Point::value)
                        .toList());
    }

    private Optional<Baseline> baseline() {
        return expectation.map(expected -> {
            Regime regime = expected.regime();
            int first = Math.max(0, base.size() - expected.runs());
            double half = StudentT.upperQuantile((1 - LEVEL_CONFIDENCE) / 2, regime.degrees())
                    * expected.standardError(1_000_000, regime.autocorrelation());
            return new Baseline(
                    expected.runs(),
                    expected.level(),
                    expected.constant() ? 0 : finite(regime.relativeNoise()),
                    deviationInterval(expected),
                    expected.constant()
                            ? new Interval(expected.level(), expected.level(), LEVEL_CONFIDENCE)
                            : new Interval(
                                    regime.scale().value(regime.centre() - half),
                                    regime.scale().value(regime.centre() + half),
                                    LEVEL_CONFIDENCE),
                    base.get(first).run(),
                    base.get(base.size() - 1).run());
        });
    }

    private static Interval deviationInterval(Expectation expected) {
        if (expected.runs() < 2) {
            return Interval.unbounded(LEVEL_CONFIDENCE);
        }
        return expected.constant()
                ? new Interval(0, 0, LEVEL_CONFIDENCE)
                : expected.regime().noiseInterval(LEVEL_CONFIDENCE);
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : Math.copySign(Double.MAX_VALUE, value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String share(double probability) {
        return probability < 1e-4
                ? "less than 0.01 %"
                : String.format(Locale.ROOT, probability < 0.01 ? "%.2f %%" : "%.1f %%", 100 * probability);
    }
}
