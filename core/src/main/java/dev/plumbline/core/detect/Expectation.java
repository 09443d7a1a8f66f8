package dev.plumbline.core.detect;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.Location;
import dev.plumbline.core.stats.Spread;
import dev.plumbline.core.stats.StudentT;
import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a history lets one expect of the next run: the current regime, and how surprising its past was.
 *
 * @param regime level and noise since the last step
 * @param level the current level in the series' unit; for a regime that never moved exactly its value
 * @param runs how many values the current regime has
 * @param quiet how many of the newest values scatter much less than those before, where the noise fell; the regime
 *     begins there or later, and its noise is theirs
 * @param constant whether the current regime never moved at all, as counters do
 * @param deviations how many robust deviations each value but the newest ones lay above its own regime's level; empty
 *     for regimes that never moved
 * @param middle the current regime's level as the surprises are counted from it, as a score
 * @param scatter the current regime's deviation as the surprises are counted in it, as a score
 * @param neighbours how much the values resemble the ones before them
 * @param young the current level, if it began lately
 */
record Expectation(
        Regime regime,
        double level,
        int runs,
        OptionalInt quiet,
        boolean constant,
        double[] deviations,
        double middle,
        double scatter,
        Neighbours neighbours,
        Optional<YoungLevel> young) {
    /** A regime needs so many values, or the whole history, before its scatter says anything of surprises. */
    private static final int ENOUGH_FOR_SCATTER = 5;

    /** What lies farther back says nothing of today's noise. */
    private static final int NEWEST = 400;

    /** With fewer values a scan looks for no step, and knows no noise below seven. */
    private static final int ENOUGH_FOR_SCAN = 10;

    /**
     * So many newest values say nothing of surprises, in a short regime a fifth of it: a step that no scan sees yet may
     * have begun with them, and would speak against itself.
     */
    private static final int HELD_BACK = 3;

    /** A duration that never moved is a coarse timer rather than a counter; so many equal runs settle it. */
    private static final int SETTLED = 20;

    /**
     * Each judgement looks twice at the same data, at the jump and at the step. The jump may spend so much of the error
     * rate and the step the rest (a weighted Bonferroni): a step of some runs is rare by itself, a single run is not.
     */
    static final double JUMP_SHARE = 0.7;

    /** Beyond elevenfold nobody asks for the smallest change that would be found. */
    private static final double LARGEST = 10;

    private static final int MISSED_HALVINGS = 40;

    /** Of changes as large as the one that is called detectable fewer are missed. */
    private static final double MISSED = 0.01;

    /** Half of it is aimed at: a chance of just so much would lie above it in half of all histories. */
    private static final double POWER = 1 - MISSED / 2;

    /**
     * Looks at a history.
     *
     * @param values all finite, at least one
     * @param steps what a scan of exactly these values found
     */
    static Expectation of(double[] values, Steps steps) {
        Regime scanned = steps.regime().orElseThrow();
        Regime all = values.length < ENOUGH_FOR_SCAN ? ofFew(values, scanned) : scanned;
        List<double[]> parts = regimes(values, steps);
        double[] residuals = residuals(values, parts, all);
        Optional<NoiseFall.Found> fall = NoiseFall.find(residuals, all.autocorrelation());
        Regime regime = fall.map(found -> since(values, residuals, all, found)).orElse(all);
        fall.ifPresent(found -> split(parts, found.newest()));
        double caution = fall.map(NoiseFall.Found::caution).orElse(1.0);
        int enough = Math.min(ENOUGH_FOR_SCATTER, values.length);
        List<double[]> scores = parts.stream()
                .filter(part -> part.length >= enough)
                .map(part -> scores(part, regime.scale()))
                .toList();
        List<Surprises> surprises = scores.stream().map(Surprises::of).toList();
        boolean constant = true;
        for (int i = regime.start(); i < values.length; i++) {
            constant &= values[i] == values[regime.start()];
        }
        int runs = values.length - regime.start();
        // steps that do not matter end a regime and no part
        boolean whole = parts.get(parts.size() - 1).length == runs;
        Optional<Surprises> known = Optional.of(runs)
                .filter(count -> count >= enough)
                .map(count -> whole
                        ? surprises.get(surprises.size() - 1)
                        : surprises(Arrays.copyOfRange(values, regime.start(), values.length), regime.scale()))
                .filter(own -> own.scatter() > 0);
        return new Expectation(
                regime,
                // a regime on logarithms gives its level back with the last digits rounded: no counter would be equal
                constant ? values[regime.start()] : regime.level(),
                runs,
                fall.map(found -> OptionalInt.of(found.newest())).orElse(OptionalInt.empty()),
                constant,
                held(
                        surprises.stream()
                                .flatMapToDouble(own -> Arrays.stream(own.deviations()))
                                .toArray(),
                        parts.get(parts.size() - 1).length),
                known.map(Surprises::middle).orElse(regime.centre()),
                known.map(own -> own.scatter() * caution).orElse(regime.deviation()),
                Neighbours.of(scores),
                young(values, steps, regime));
    }

    /**
     * The same noise around a level that few values tell.
     *
     * @param centre the level as a score
     * @param values how many, at least one
     */
    Expectation onLevel(double centre, int values) {
        Regime moved = new Regime(
                0,
                values,
                regime.scale().value(centre),
                regime.relativeNoise(),
                regime.autocorrelation(),
                regime.degrees(),
                regime.scale(),
                centre,
                regime.deviation(),
                centre);
        return new Expectation(
                moved,
                moved.level(),
                values,
                OptionalInt.empty(),
                false,
                deviations,
                centre,
                // the middle is less sure than those that the deviations were counted from
                scatter * Math.sqrt(1 + 1.0 / values),
                neighbours,
                Optional.empty());
    }

    /** The newest values, each as a score from the middle of its own regime. */
    private static double[] residuals(double[] values, List<double[]> parts, Regime regime) {
        int newest = Math.min(values.length, NEWEST);
        double[] residuals = new double[newest];
        List<double[]> levels = new ArrayList<>(parts);
        // steps that do not matter end a regime and no part
        split(levels, values.length - regime.start());
        int to = newest;
        for (int i = levels.size() - 1; to > 0; i--) {
            double[] scores = scores(levels.get(i), regime.scale());
            double[] ascending = scores.clone();
            Arrays.sort(ascending);
            double middle = Winsorised.median(ascending, ascending.length);
            for (int j = scores.length - 1; j >= 0 && to > 0; j--) {
                residuals[--to] = scores[j] - middle;
            }
        }
        return residuals;
    }

    /** Begins a part with the newest {@code length} values, if none begins there. */
    private static void split(List<double[]> parts, int length) {
        int left = length;
        int i = parts.size() - 1;
        while (left > parts.get(i).length) {
            left -= parts.get(i).length;
            i--;
        }
        double[] part = parts.get(i);
        if (left < part.length) {
            parts.set(i, Arrays.copyOf(part, part.length - left));
            parts.add(i + 1, Arrays.copyOfRange(part, part.length - left, part.length));
        }
    }

    /** The regime as the values since the noise fell show it. */
    private static Regime since(double[] values, double[] residuals, Regime regime, NoiseFall.Found fall) {
        int length = fall.newest();
        int start = values.length - length;
        if (start > regime.start()) {
            return NoiseFall.quiet(
                    regime,
                    scores(Arrays.copyOfRange(values, start, values.length), regime.scale()),
                    start,
                    fall.caution());
        }
        double[] newer = Arrays.copyOfRange(residuals, residuals.length - length, residuals.length);
        Arrays.sort(newer);
        return NoiseFall.quieter(regime, Winsorised.deviation(newer, length), fall.caution(), length);
    }

    private static double[] held(double[] deviations, int newest) {
        int held = Math.min(HELD_BACK, newest / ENOUGH_FOR_SCATTER);
        return Arrays.copyOf(deviations, Math.max(0, deviations.length - held));
    }

    /** How far, in robust deviations and without sign, each value but the newest lay from its own regime's level. */
    double[] surprises() {
        return Arrays.stream(deviations).map(Math::abs).toArray();
    }

    private static Optional<YoungLevel> young(double[] values, Steps steps, Regime regime) {
        int start = regime.start();
        if (values.length - start > YoungLevel.MOST_RUNS) {
            return Optional.empty();
        }
        int from = steps.confirmed().stream()
                .mapToInt(Step::index)
                .filter(index -> index < start)
                .max()
                .orElse(0);
        return steps.confirmed().stream()
                .filter(step -> step.index() == start && start - from >= ENOUGH_FOR_SCATTER)
                .map(step -> new YoungLevel(
                        step,
                        surprises(Arrays.copyOfRange(values, from, start), regime.scale()),
                        Arrays.stream(values, start, values.length)
                                .map(regime.scale()::score)
                                .toArray()))
                .filter(young -> young.before().scatter() > 0)
                .findFirst();
    }

    /**
     * How far a value lies from the level in the direction of {@code sign}, in the measure of the surprises; never
     * negative.
     */
    double surprise(double value, double sign) {
        return Math.max(0, Math.signum(sign) * (regime.scale().score(value) - middle)) / scatter;
    }

    /** The values of each regime, oldest first. */
    static List<double[]> regimes(double[] values, Steps steps) {
        List<double[]> regimes = new ArrayList<>();
        int start = 0;
        for (Step step : steps.steps()) {
            regimes.add(Arrays.copyOfRange(values, start, step.index()));
            start = step.index();
        }
        regimes.add(Arrays.copyOfRange(values, start, values.length));
        return regimes;
    }

    /** Mean and plain standard deviation, with the degrees of freedom that so few values leave. */
    private static Regime ofFew(double[] values, Regime scanned) {
        if (values.length < 2) {
            return scanned;
        }
        Regime.Scale scale = scanned.scale();
        double[] scores = Arrays.stream(values).map(scale::score).toArray();
        double centre = Location.mean(scores);
        double level = scale.value(centre);
        double deviation = Math.max(scanned.deviation(), Spread.standardDeviation(scores));
        double noise = scale instanceof Regime.Linear linear ? deviation * linear.unit() / Math.abs(level) : deviation;
        return new Regime(
                scanned.start(),
                scanned.count(),
                level,
                Double.isNaN(noise) ? scanned.relativeNoise() : noise,
                scanned.autocorrelation(),
                values.length - 1,
                scale,
                centre,
                deviation,
                centre);
    }

    private static Surprises surprises(double[] values, Regime.Scale scale) {
        return Surprises.of(scores(values, scale));
    }

    private static double[] scores(double[] values, Regime.Scale scale) {
        return Arrays.stream(values).map(scale::score).toArray();
    }

    /**
     * The standard error of the difference between the mean of some further runs and the level, as a score.
     *
     * @param count how many further runs
     * @param phi the autocorrelation that is believed, below 1
     */
    double standardError(int count, double phi) {
        double few = 1;
        double power = 1;
        for (int lag = 1; lag < count && power > 1e-7; lag++) {
            power *= phi;
            few += 2 * (1 - (double) lag / count) * power;
        }
        double many = (1 + phi) / (1 - phi);
        return regime.deviation() * Math.sqrt(few / count + many / runs);
    }

    /**
     * The smallest relative change for the worse that a judgement finds with 99 % probability: a growth, or for what is
     * better when it is higher a fall; empty when no growth up to elevenfold, no fall to an eleventh, is known to be
     * found.
     *
     * <p>A change is called where the measured one is certain by Student's t, certain by the past of the suite, and as
     * large as the margin; on a young level also where it is certain from the level before, as long as the step
     * between them is not. So a change is found that exceeds the last of these limits by what noise takes from the
     * measured one in all but five of a thousand judgements. That a step may be certain where the runs by themselves
     * are not, and that they may be certain by lying close together, is left out: both are found a little earlier.
     *
     * @param series whose history it is
     * @param suiteSize series judged together
     * @param tail how often the series surprises
     * @param count runs of the changed revision
     * @param error the standard error of their mean's difference to the level, as a score
     */
    OptionalDouble detectableChange(
            Policy policy, Series series, int suiteSize, SeriesTail tail, int count, double error) {
        double single = policy.suiteErrorRate() / suiteSize;
        if (constant) {
            return movedProbability(series.unit()) <= single
                    ? OptionalDouble.of(policy.margin())
                    : OptionalDouble.empty();
        }
        Lucky lucky = Lucky.of(deviations, series.better());
        double margin = marginShift(policy.margin(), series.better());
        double student = StudentT.upperQuantile(single * JUMP_SHARE / 2, regime.degrees()) * error;
        double missed = Math.max(
                StudentT.upperQuantile(1 - POWER, regime.degrees()) * error, lucky.ofMean(1 - POWER, count) * scatter);
        double shift =
                Math.max(Math.max(student, margin) + missed, byTail(single * JUMP_SHARE, scatter, lucky, tail, count));
        if (young.isPresent() && young.get().stepProbability(tail) > single) {
            shift = Math.max(shift, fromBefore(young.get(), series.better(), single, lucky, tail, count));
        }
        return worseBy(shift, series.better());
    }

    /**
     * The relative change for the worse that a shift is: a duration can grow by any share, what is better when it is
     * higher falls by all of it at the most. Empty beyond elevenfold either way.
     */
    private OptionalDouble worseBy(double shift, Better better) {
        if (!(Math.abs(relative(regime, shift)) <= LARGEST)) {
            return OptionalDouble.empty();
        }
        double change = Math.abs(relative(regime, better == Better.LOWER ? shift : -shift));
        return better == Better.LOWER || change <= 1 ? OptionalDouble.of(change) : OptionalDouble.empty();
    }

    /** The shift with which runs are far enough out for the level before a young one. */
    private double fromBefore(
            YoungLevel level, Better better, double probability, Lucky lucky, SeriesTail tail, int count) {
        double worse = better == Better.LOWER ? 1 : -1;
        double away = worse * (level.before().middle() - middle);
        return away + byTail(probability, level.before().scatter(), lucky, tail, count);
    }

    /**
     * The probability that a healthy series which never moved moves now: none for a counter, which is exact, while a
     * coarse timer may always have a second value.
     */
    double movedProbability(Unit unit) {
        return !unit.isDuration() || runs >= SETTLED ? 0 : 1.0 / (runs + 1);
    }

    /** The shift that a change for the worse as large as the margin is. */
    double marginShift(double margin, Better better) {
        if (regime.scale() instanceof Regime.Logarithmic) {
            return better == Better.LOWER ? Math.log1p(margin) : -Math.log1p(-margin);
        }
        return margin * Math.abs(regime.centre());
    }

    /**
     * The shift with which enough runs are far enough out for the suite's past, whichever number is enough.
     *
     * @param unit the deviation in which they have to be far out, as a score
     */
    private double byTail(double probability, double unit, Lucky lucky, SeriesTail tail, int count) {
        // what noise takes from a change is the same, whichever limit it has to pass
        double deviation = Math.max(
                scatter / Surprises.careful(Math.max(runs, ENOUGH_FOR_SCATTER)) * Math.sqrt(1 + 1.0 / runs),
                standardError(1, tail.autocorrelation()));
        double least = Double.POSITIVE_INFINITY;
        for (int hits = SeriesTail.fewest(count); hits <= count; hits++) {
            double each = missedByOne(hits, count);
            double missed = Math.max(
                    StudentT.upperQuantile(each, regime.degrees()) * deviation, lucky.ofMean(each, 1) * scatter);
            least = Math.min(least, tail.surpriseAt(probability, hits, count) * unit + missed);
        }
        return least;
    }

    /** How often each of {@code count} runs may miss so that {@code hits} of them do not with the power wanted. */
    private static double missedByOne(int hits, int count) {
        double low = 0;
        double high = 0.5;
        for (int i = 0; i < MISSED_HALVINGS; i++) {
            double middle = 0.5 * (low + high);
            if (SeriesTail.binomial(hits, count, 1 - middle) >= POWER) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The relative change that a shift from the level is, the shift as a score. */
    static double relative(Regime regime, double shift) {
        if (regime.scale() instanceof Regime.Logarithmic) {
            return Math.expm1(shift);
        }
        return Effect.relativeChange(regime.level(), regime.scale().value(regime.centre() + shift));
    }
}
