package dev.plumbline.core.judge.trial;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.stats.sample.Location;
import java.util.List;
import java.util.Optional;

/**
 * New runs whose processes lie farther apart than those of earlier runs do: one of them was disturbed, or had not
 * warmed up. The noise from run to run, which is made of usual runs, is no measure of what such a run shows.
 *
 * @param deviation the standard deviation of the logarithms of the new runs' processes
 * @param usual the same of earlier runs
 */
record UnusualForks(double deviation, double usual) {
    /** Earlier runs of several processes from which the usual distance is estimated. */
    private static final int LEAST = 5;

    /** The factor between the usual distance and an unusual one. */
    private static final double UNUSUAL = 3;

    /** From the median of the distances of two normal values to their standard deviation. */
    private static final double TO_DEVIATION = 1.4826;

    /** Empty where they are as near to each other as usual, are single ones, or too few earlier runs have several. */
    static Optional<UnusualForks> of(List<Point> history, List<Point> candidate) {
        double[] now = candidate.stream()
                .filter(point -> point.groupCount() > 1)
                .mapToDouble(point -> point.groupDeviation() * point.groupDeviation())
                .toArray();
        if (now.length == 0) {
            return Optional.empty(); // as of most tools: nothing is asked of the history
        }
        double[] earlier = history.stream()
                .filter(point -> point.groupCount() > 1)
                .mapToDouble(Point::groupDeviation)
                .toArray();
        if (earlier.length < LEAST) {
            return Optional.empty();
        }
        double usual = TO_DEVIATION * Location.median(earlier);
        double deviation = Math.sqrt(Location.mean(now));
        return deviation > UNUSUAL * usual ? Optional.of(new UnusualForks(deviation, usual)) : Optional.empty();
    }
}
