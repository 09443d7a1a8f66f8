package dev.plumbline.core.shape;

import dev.plumbline.core.shape.feature.NoiseChange;
import dev.plumbline.core.shape.mixture.Split;
import dev.plumbline.core.shape.mixture.Sums;
import dev.plumbline.core.shape.mixture.Tails;
import dev.plumbline.core.shape.mixture.Weighed;
import dev.plumbline.core.stats.sample.Spread;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * Asks whether the noise of a series changed or a new mode came up: around its course, or on one level where it only
 * seems to move. Every description is {@link Weighed}; the most likely one wins, and a new mode only if it is likelier
 * than all others together: a change that several models partly explain is not a mode.
 */
final class OneLevelSearch {
    /** The logarithm of the odds beforehand that nothing happened, where those of another noise are 0. */
    private static final double NOTHING = 1.5;
    /** The same of levels and slopes and nothing else. */
    private static final double MOVED = -0.25;
    /** The same of a new mode, whose share and distance are bounded. */
    private static final double OTHER_MODE = 2.25;
    /** The same of two levels all along. */
    private static final double TWO_LEVELS = 1.75;
    /** The same of a step that the judge does not see. */
    private static final double UNSEEN_STEP = -1.5;
    /** The same of a level and a noise that change at one place. */
    private static final double BOTH_AT_ONCE = -3;

    private static final double NOISE_RATIO = 1.5;
    private static final int FEWEST = 12;
    private static final double TRIMMED = 0.1;
    /** With a higher autocorrelation, modes are not reported. */
    private static final double LEAST_INDEPENDENCE = 0.3;
    /**
     * The number of values that determine the tails of their noise, and from which a quick test decides whether to
     * search.
     */
    private static final int MANY = 200;

    private static final double QUICK_LEVEL = 0.3;
    /** The number of places at which a new mode is sought before all places are searched. */
    private static final int COARSE = 8;
    /** The share of the evidence that a place half the way off still has. */
    private static final double PART = 0.2;
    /** The number of values beyond which every second, third … one represents its neighbours. */
    private static final int ENOUGH = 1000;

    private final Observations series;
    private final double[] x;
    private final double[] clean;
    private final FittedCourse level;
    private final boolean quantised;
    private final double floor;
    private final int each;
    private final int size;
    private final int edge;

    /**
     * @param x the scores without seasons
     * @param clean the same without spikes
     * @param level all of it as one level
     * @param quantised whether many values are equal
     */
    OneLevelSearch(Observations series, double[] x, double[] clean, FittedCourse level, boolean quantised) {
        this.series = series;
        this.x = x;
        this.clean = clean;
        this.level = level;
        this.quantised = quantised;
        // no tick is searched for where no values are equal
        floor = quantised ? series.noiseFloor() : series.floor();
        each = (int) Math.ceil((double) x.length / ENOUGH);
        size = x.length / each;
        edge = Math.max(FEWEST, (int) (TRIMMED * size));
    }

    /**
     * The best description of the series.
     *
     * @param course one level where the mode or the noise explain all
     * @param mode that came up on one level
     * @param standing whether two levels that were there all along explain at least as much as that
     * @param noise that changed around the course
     */
    record Reading(FittedCourse course, Optional<NewMode> mode, boolean standing, Optional<NoiseChange> noise) {}

    Reading read(FittedCourse course) {
        boolean moves = course.moves();
        double[] residuals = course.residuals(x);
        if (size < 2 * FEWEST || !moves && x.length >= MANY && isQuiet(residuals)) {
            return new Reading(course, Optional.empty(), false, Optional.empty());
        }
        Sums around = sums(thinned(residuals));
        Sums scores = sums(thinned(x));
        Tails[] tails = tails(around);
        Weighed<Split> plain = plain(around, tails, course.parameters());
        Weighed<Split> noisy = noisy(around, tails, course.parameters() + 1, plain);
        Weighed<Split> still = moves ? plain(scores, tails, 2) : plain;
        Weighed<Split> noisyLevel = moves ? noisy(scores, tails, 3, still) : noisy;
        double independence = quantised ? 0 : Schwarz.certainIndependence(course.residuals(clean));
        boolean isTold = independence >= LEAST_INDEPENDENCE;
        double standing =
                isTold ? standing(scores, tails).over(plain, independence).evidence() : Double.NEGATIVE_INFINITY;
        double simple = plain.evidence() + (moves ? MOVED : NOTHING);
        double best = Math.max(simple, noisy.evidence());
        double others = Math.max(best, noisyLevel.evidence());
        double mode = isTold && mayComeUp(scores, tails, still, plain, Math.max(others, standing), independence)
                ? mode(scores, tails, false).over(plain, independence).evidence()
                : Double.NEGATIVE_INFINITY;
        double together = moves
                ? together(simple, noisy.evidence(), noisyLevel.evidence(), standing)
                : together(simple, noisy.evidence(), standing);
        if (mode > together && (moves || mode > together(together, stepped(scores, tails), both(scores, tails)))) {
            Optional<NewMode> reported = mode(scores, tails, true).best().map(found -> reported(scores, tails, found));
            return new Reading(level, reported.map(found -> found.spread(each)), standing >= mode, Optional.empty());
        }
        if (standing > others) {
            return new Reading(level, Optional.empty(), true, Optional.empty());
        }
        if (moves && noisyLevel.evidence() > best) {
            return new Reading(level, Optional.empty(), false, noise(level, scores, tails, noisyLevel, 2));
        }
        return new Reading(
                course,
                Optional.empty(),
                false,
                noisy.evidence() > plain.evidence() + NOTHING
                        ? noise(course, around, tails, noisy, course.parameters())
                        : Optional.empty());
    }

    /** The evidence for any one of several models. */
    private static double together(double... evidence) {
        double most = Arrays.stream(evidence).max().orElseThrow();
        return most
                + StrictMath.log(Arrays.stream(evidence)
                        .map(one -> StrictMath.exp(one - most))
                        .sum());
    }

    private static boolean isQuiet(double[] residuals) {
        return NoiseScan.find(residuals)
                .filter(found -> found.pValue() < QUICK_LEVEL)
                .isEmpty();
    }

    private static Sums sums(double[] x) {
        return x.length < MANY ? Sums.of(x) : Sums.joined(x);
    }

    private double[] thinned(double[] of) {
        if (each == 1) {
            return of;
        }
        double[] thinned = new double[size];
        Arrays.setAll(thinned, i -> of[i * each]);
        return thinned;
    }

    /** The likeliest tails; all of them where there are few values. */
    private Tails[] tails(Sums residuals) {
        Tails[] all = Tails.values();
        if (size < MANY) {
            return all;
        }
        Tails likeliest = Tails.NORMAL;
        double highest = Double.NEGATIVE_INFINITY;
        for (Tails one : all) {
            double likelihood =
                    Split.at(residuals, size / 2, one, Split.Common.BOTH, floor).logLikelihood();
            if (likelihood > highest) {
                highest = likelihood;
                likeliest = one;
            }
        }
        return new Tails[] {likeliest};
    }

    /** One level and one noise: the same wherever it is cut. */
    private Weighed<Split> plain(Sums of, Tails[] tails, int parameters) {
        return split(of, tails, Split.Common.BOTH, false, parameters, size / 2);
    }

    private Weighed<Split> split(
            Sums of, Tails[] tails, Split.Common common, boolean refined, int parameters, int from) {
        return Weighed.of(
                (place, one) -> Optional.of(Split.at(of, place, one, common, floor)),
                split -> each * split.logLikelihood(),
                refined,
                tails,
                size,
                from,
                parameters / 2.0 * StrictMath.log(x.length));
    }

    /**
     * Another noise from a place on. As far as the sizes of neighbours are certainly alike they are less evidence of
     * it: noise that is now wilder, now tamer, changes anywhere.
     */
    private Weighed<Split> noisy(Sums of, Tails[] tails, int parameters, Weighed<Split> plain) {
        Weighed<Split> found = changed(of, tails, parameters);
        return found.best()
                .map(split -> found.over(plain, Schwarz.certainIndependence(split.sizes(of.scores()))))
                .orElse(found);
    }

    private Weighed<Split> changed(Sums of, Tails[] tails, int parameters) {
        return split(of, tails, Split.Common.LEVEL, true, parameters, edge);
    }

    /**
     * The new mode that comes up on one level. As far as neighbours are certainly alike they are less evidence of it:
     * where noise wanders, values keep to another level for a while without there being one.
     *
     * @param refined whether more than the evidence is asked for
     */
    private Weighed<NewMode> mode(Sums scores, Tails[] tails, boolean refined) {
        return Weighed.of(
                        (place, one) -> NewMode.at(scores, place, one, floor),
                        mode -> each * mode.logLikelihood(),
                        refined,
                        tails,
                        size,
                        FEWEST,
                        modePrice())
                .favoured(OTHER_MODE);
    }

    /**
     * Whether a new mode may be likelier than other descriptions: of many values a few places are tried first, and
     * those between them are skipped where none of these has a part of the necessary evidence.
     *
     * @param still one level and one noise
     * @param plain the same of the course
     * @param others the evidence that has to be exceeded
     */
    private boolean mayComeUp(
            Sums scores,
            Tails[] tails,
            Weighed<Split> still,
            Weighed<Split> plain,
            double others,
            double independence) {
        if (size < MANY) {
            return true;
        }
        double least = plain.evidence() + (others - plain.evidence()) / independence - OTHER_MODE + modePrice();
        double enough = still.likelihood() + PART * (least - still.likelihood());
        int step = Math.max(1, (size - 2 * FEWEST) / COARSE);
        boolean isAnywhere = false;
        for (int place = FEWEST + step / 2; place <= size - FEWEST; place += step) {
            for (Tails one : tails) {
                Optional<NewMode> here = NewMode.at(scores, place, one, floor);
                isAnywhere |= here.isPresent();
                if (here.isPresent() && each * here.get().logLikelihood() >= enough) {
                    return true;
                }
            }
        }
        // levels that are too near at these places may be far enough apart between them
        return !isAnywhere;
    }

    private double modePrice() {
        return NewMode.PARAMETERS / 2.0 * StrictMath.log(x.length);
    }

    /** The same one by the plain formulas, where these do not find its levels to be too near. */
    private NewMode reported(Sums scores, Tails[] tails, NewMode found) {
        Sums walked = Sums.walked(scores.scores());
        return Arrays.stream(tails)
                .flatMap(one -> NewMode.at(walked, found.cut(), one, floor).stream())
                .max(Comparator.comparingDouble(NewMode::logLikelihood))
                .orElse(found);
    }

    /** Two levels that exist all along, indistinguishable from a level that appears with the first values. */
    private Weighed<NewMode> standing(Sums scores, Tails[] tails) {
        // they hold from no place, so one is as good as all
        int middle = size / 2;
        return Weighed.of(
                        (place, one) -> NewMode.standing(scores, one, floor),
                        mode -> each * mode.logLikelihood(),
                        false,
                        tails,
                        2 * middle,
                        middle,
                        modePrice())
                .favoured(TWO_LEVELS);
    }

    /** A step that is none for the judge. */
    private double stepped(Sums scores, Tails[] tails) {
        return split(scores, tails, Split.Common.DEVIATION, false, 3, FEWEST).evidence() + UNSEEN_STEP;
    }

    private double both(Sums scores, Tails[] tails) {
        return split(scores, tails, Split.Common.NOTHING, false, 4, FEWEST).evidence() + BOTH_AT_ONCE;
    }

    /**
     * The change of noise, by the plain formulas.
     *
     * @param noisy where it did
     * @param parameters of the course without the change
     */
    private Optional<NoiseChange> noise(
            FittedCourse course, Sums around, Tails[] tails, Weighed<Split> noisy, int parameters) {
        Sums walked = Sums.walked(around.scores());
        double same = plain(walked, tails, parameters).likelihood();
        Optional<Split> changed = noisy.best().flatMap(found -> Arrays.stream(tails)
                .map(one -> Split.at(walked, found.cut(), one, Split.Common.LEVEL, floor))
                .max(Comparator.comparingDouble(Split::logLikelihood)));
        double errors = changed.map(split -> Math.sqrt(Math.max(0, 2 * (each * split.logLikelihood() - same))))
                .orElse(0.0);
        return changed.map(split -> {
                    int cut = split.cut() * each;
                    double[] residuals = course.residuals(x);
                    double at = series.value(course.at(cut).at(cut));
                    return new NoiseChange(
                            series.place(cut),
                            noise(Arrays.copyOf(residuals, cut), at),
                            noise(Arrays.copyOfRange(residuals, cut, residuals.length), at),
                            NoiseScan.probability(errors, (double) edge / size));
                })
                .filter(change -> change.ratio() >= NOISE_RATIO || change.ratio() <= 1 / NOISE_RATIO);
    }

    private double noise(double[] residuals, double around) {
        return series.relativeNoise(Spread.winsorisedDeviation(residuals), around);
    }
}
