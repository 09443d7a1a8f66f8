package dev.plumbline.core.judge.trial;

import dev.plumbline.core.history.CalledStretch;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import dev.plumbline.core.stats.steps.Regime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A regression that was detected before, lasts up to the new runs, and is not accepted: it lasts until the values come
 * back.
 *
 * @param runs how many runs were called
 * @param mean how far they lie from the level, as a score, on average
 * @param isStillThere whether the new runs, with the newest called ones, do not show that the values are back: as in a
 *     CUSUM the likelihood ratios of several runs add up (Page 1954, Biometrika 41)
 * @param isPerhapsThere the same where the whole suite is known to be off still: the new runs have to show it clearly
 */
record Standing(int runs, double mean, boolean isStillThere, boolean isPerhapsThere) {
    /** The number of newest detected runs that determine the bad level. */
    private static final int NEWEST = 5;

    /** The odds from which a change detected more than once is over: 30, as a natural logarithm. */
    private static final double GONE = 3.4011973816621555;

    /** The most detected runs that may have been back before it was plain. */
    private static final int BACK = 3;

    /**
     * The least share of a detected change that lasts: chance made the run large that it was first detected in. Of
     * several, their mean is known to an error: that of the noise, or of their own spread where they are unlike.
     */
    private static final double LEAST_SHARE = 0.5;

    /** Runs this many standard errors worse are not back, where the size of the change is unknown. */
    private static final double WORSE = 2;

    /**
     * @param points of the series before the new runs
     * @param departure of the new runs
     * @param isOff whether a point is of a run that was slow as a whole: it shows where the change began, not its size
     */
    static Optional<Standing> of(List<Point> points, Better better, Deviation departure, Predicate<Point> isOff) {
        int first = CalledStretch.onset(points, better);
        int runs = points.size() - first;
        if (runs == 0 || departure.expected().constant()) {
            return Optional.empty();
        }
        Regime regime = departure.expected().regime();
        double[] distances = points.subList(first, points.size()).stream()
                .filter(isOff.negate())
                .mapToDouble(point -> regime.scale().score(point.value()) - regime.centre())
                .toArray();
        double now = departure.shift() + departure.shared();
        if (distances.length == 0) {
            boolean isWorse = now / departure.standardError(departure.runs()) * (better.isWorse(1) ? 1 : -1) > WORSE;
            return Optional.of(new Standing(runs, now, isWorse, isWorse));
        }
        double[] newest = Arrays.copyOfRange(distances, Math.max(0, distances.length - NEWEST), distances.length);
        double bad = Location.median(newest);
        double one = departure.standardError(1);
        double unsure = newest.length == 1
                ? Double.POSITIVE_INFINITY
                : Math.max(one, Spread.standardDeviation(newest)) / Math.sqrt(newest.length);
        double least = Math.max(LEAST_SHARE, 1 - unsure / Math.abs(bad));
        double error = departure.standardError(departure.runs());
        // what is predicted of a run may be wrong: a value is back only with it and without it
        double gone = Math.min(gone(bad, least, now, error), gone(bad, least, departure.shift(), error));
        if (distances.length == 1) {
            boolean isAlike = now / bad > 0 || departure.shift() / bad > 0;
            return Optional.of(new Standing(runs, distances[0], isAlike && gone < 0, isAlike && gone < GONE));
        }
        double most = gone;
        for (int i = distances.length - 1; i > 0 && i >= distances.length - BACK; i--) {
            gone += gone(bad, least, distances[i], one);
            most = Math.max(most, gone);
        }
        return Optional.of(new Standing(runs, Location.mean(distances), most < GONE, most < GONE));
    }

    /**
     * The logarithm of the normal likelihood of runs on the good level over that on a bad one: the likeliest of those
     * between a least share of the detected change and all of it.
     */
    private static double gone(double bad, double least, double distance, double error) {
        double size = Math.abs(bad);
        double likeliest = Math.signum(bad) * Math.max(least * size, Math.min(size, Math.signum(bad) * distance));
        return likeliest * (likeliest - 2 * distance) / (2 * error * error);
    }
}
