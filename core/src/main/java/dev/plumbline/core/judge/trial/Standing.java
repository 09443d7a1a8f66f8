package dev.plumbline.core.judge.trial;

import dev.plumbline.core.history.CalledStretch;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.steps.Regime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A regression that was called before, lasts up to the new runs, and that nobody accepted: it stands until the values
 * come back.
 *
 * @param runs how many runs were called
 * @param mean how far they lie from the level, as a score, on average
 * @param isStillThere whether the new runs have not come back
 */
record Standing(int runs, double mean, boolean isStillThere) {
    /** The newest called runs tell where the bad level is. */
    private static final int NEWEST = 5;

    /** The odds that a change called more than once is gone have to be this high, as a natural logarithm. */
    private static final double GONE = 2.302585092994046;

    /**
     * @param points of the series before the new runs
     * @param departure of the new runs
     */
    static Optional<Standing> of(List<Point> points, Better better, Deviation departure) {
        int first = CalledStretch.onset(points, better);
        int runs = points.size() - first;
        if (runs == 0 || departure.expected().constant()) {
            return Optional.empty();
        }
        Regime regime = departure.expected().regime();
        double[] distances = points.subList(first, points.size()).stream()
                .mapToDouble(point -> regime.scale().score(point.value()) - regime.centre())
                .toArray();
        double bad = Location.median(
                Arrays.copyOfRange(distances, Math.max(0, distances.length - NEWEST), distances.length));
        double now = departure.shift() + departure.shared();
        double error = departure.standardError(departure.runs());
        // normal likelihoods of the new runs on the good level over that on the bad one
        double gone = bad * (bad - 2 * now) / (2 * error * error);
        return Optional.of(
                new Standing(runs, Location.mean(distances), now / bad > 0 && gone < (runs == 1 ? 0 : GONE)));
    }
}
