package dev.plumbline.core.shape;

import dev.plumbline.core.stats.Spread;
import java.util.Arrays;
import java.util.Optional;

/**
 * Asks whether the noise of a series changed or a new mode came up: around its course, or on one level where it only
 * seems to move. Every description is {@link Weighed}; the one that most speaks for wins, and a new mode only where it
 * is likelier than all others together: what several of them half explain is none.
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
    /** With neighbours more alike than that, no mode is believed. */
    private static final double LEAST_INDEPENDENCE = 0.3;
    /** So many values tell the tails of their noise, and a quick look tells whether to look closer. */
    private static final int MANY = 200;

    private static final double QUICK_LEVEL = 0.3;
    /** Of more values every second, third … one stands for its neighbours. */
    private static final int ENOUGH = 1000;

    private final Observations series;
    private final double[] x;
    private final double[] clean;
    private final Course level;
    private final double floor;
    private final int each;
    private final int size;
    private final int edge;

    /**
     * @param x the scores without seasons
     * @param clean the same without spikes
     * @param level all of it as one level
     */
    OneLevelSearch(Observations series, double[] x, double[] clean, Course level) {
        this.series = series;
        this.x = x;
        this.clean = clean;
        this.level = level;
        floor = series.noiseFloor();
        each = (int) Math.ceil((double) x.length / ENOUGH);
        size = x.length / each;
        edge = Math.max(FEWEST, (int) (TRIMMED * size));
    }

    /**
     * How the series is best described.
     *
     * @param course one level where the mode or the noise explain all
     * @param mode that came up on one level
     * @param standing whether two levels that were there all along tell at least as much as that
     * @param noise that changed around the course
     */
    record Reading(Course course, Optional<NewMode> mode, boolean standing, Optional<NoiseChange> noise) {}

    Reading read(Course course) {
        boolean moves = course.moves();
        double[] residuals = course.residuals(x);
        if (size < 2 * FEWEST || !moves && x.length >= MANY && isQuiet(residuals)) {
            return new Reading(course, Optional.empty(), false, Optional.empty());
        }
        Sums around = Sums.of(thinned(residuals));
        Sums scores = Sums.of(thinned(x));
        Tails[] tails = tails(around);
        Weighed<Split> plain = plain(around, tails, course.parameters());
        Weighed<Split> noisy = noisy(around, tails, course.parameters() + 1, plain);
        Weighed<Split> still = moves ? plain(scores, tails, 2) : plain;
        Weighed<Split> noisyLevel = moves ? noisy(scores, tails, 3, still) : noisy;
        double independence = series.quantised().isPresent() ? 0 : Schwarz.certainIndependence(course.residuals(clean));
        boolean isTold = independence >= LEAST_INDEPENDENCE;
        double mode =
                isTold ? mode(scores, tails, false).over(plain, independence).evidence() : Double.NEGATIVE_INFINITY;
        double standing =
                isTold ? standing(scores, tails).over(plain, independence).evidence() : Double.NEGATIVE_INFINITY;
        double simple = plain.evidence() + (moves ? MOVED : NOTHING);
        double best = Math.max(simple, noisy.evidence());
        double others = Math.max(best, noisyLevel.evidence());
        double together = moves
                ? together(simple, noisy.evidence(), noisyLevel.evidence(), standing)
                : together(simple, noisy.evidence(), standing);
        if (mode > together && (moves || mode > together(together, stepped(scores, tails), both(scores, tails)))) {
            Weighed<NewMode> told = mode(Sums.walked(scores.scores()), tails, true);
            return new Reading(level, told.best().map(found -> found.spread(each)), standing >= mode, Optional.empty());
        }
        if (standing > others) {
            return new Reading(level, Optional.empty(), true, Optional.empty());
        }
        if (moves && noisyLevel.evidence() > best) {
            return new Reading(level, Optional.empty(), false, noise(level, scores, tails, 2));
        }
        return new Reading(
                course,
                Optional.empty(),
                false,
                noisy.evidence() > plain.evidence() + NOTHING
                        ? noise(course, around, tails, course.parameters())
                        : Optional.empty());
    }

    /** The evidence for one of several descriptions, whichever. */
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

    private double[] thinned(double[] of) {
        if (each == 1) {
            return of;
        }
        double[] thinned = new double[size];
        Arrays.setAll(thinned, i -> of[i * each]);
        return thinned;
    }

    /** Those that are likeliest; all of them where few values tell. */
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
     * Another noise from a place on. As far as the sizes of neighbours are certainly alike they tell less of it: noise
     * that is now wilder, now tamer, changes anywhere.
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
     * The new mode that comes up on one level. As far as neighbours are certainly alike they tell less of it: where
     * noise wanders, values keep to another level for a while without there being one.
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
                        NewMode.PARAMETERS / 2.0 * StrictMath.log(x.length))
                .favoured(OTHER_MODE);
    }

    /** Two levels that were there all along: what a level that comes up with the first values cannot be told from. */
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
                        NewMode.PARAMETERS / 2.0 * StrictMath.log(x.length))
                .favoured(TWO_LEVELS);
    }

    /** A step that is none for the judge. */
    private double stepped(Sums scores, Tails[] tails) {
        return split(scores, tails, Split.Common.DEVIATION, false, 3, FEWEST).evidence() + UNSEEN_STEP;
    }

    private double both(Sums scores, Tails[] tails) {
        return split(scores, tails, Split.Common.NOTHING, false, 4, FEWEST).evidence() + BOTH_AT_ONCE;
    }

    /** @param parameters of the course without the change */
    private Optional<NoiseChange> noise(Course course, Sums around, Tails[] tails, int parameters) {
        Sums walked = Sums.walked(around.scores());
        Weighed<Split> changed = changed(walked, tails, parameters + 1);
        Weighed<Split> same = plain(walked, tails, parameters);
        double errors = Math.sqrt(Math.max(0, 2 * (changed.likelihood() - same.likelihood())));
        return changed.best()
                .map(split -> {
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
