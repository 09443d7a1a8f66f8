package dev.plumbline.core.judge.trial;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.StudentT;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The counts behind a share in percent whose trials are known: the failed requests of a load test. Few failures scatter
 * widely on any scale of values, so that twenty times as many hide in their noise; as counts they do not. And no value
 * that chance explains is a change, however steady the earlier ones happened to be.
 */
final class ShareEvidence {
    /*
     * Shares are compared as angles, asin of the square root, whose variance is 1/4n whatever the share (Anscombe
     * 1948, with 3/8 added to the hits and 3/4 to the trials). Real failures come in bursts: the variance of the
     * earlier shares over that of chance (Pearson's chi-squared over its degrees of freedom) widens all of it. A few
     * runs hardly know that ratio, so it is drawn to 1 by as many degrees of freedom as ten runs more would have.
     */
    private static final double PRIOR_DEGREES = 10;

    private final double hits;
    private final double trials;
    private final double hitsBefore;
    private final double trialsBefore;
    private final double dispersion;
    private final double degrees;
    private final boolean isBeyond;

    private ShareEvidence(List<Point> before, List<Point> candidate) {
        hits = hits(candidate);
        trials = trials(candidate);
        hitsBefore = hits(before);
        trialsBefore = trials(before);
        degrees = PRIOR_DEGREES + before.size() - 1;
        double squares = 0;
        double share = hitsBefore / trialsBefore;
        if (share > 0 && share < 1) {
            for (Point point : before) {
                double away = point.value() / 100 - share;
                squares += point.groupCount() * away * away / (share * (1 - share));
            }
        }
        dispersion = Math.max(1, (PRIOR_DEGREES + squares) / degrees);
        double now = 100 * hits / trials;
        isBeyond = before.stream().allMatch(point -> point.value() < now)
                || before.stream().allMatch(point -> point.value() > now);
    }

    /**
     * The evidence of a series; empty where it is no share, or the trials of some run are unknown.
     *
     * @param before the runs of the current level, any number
     * @param candidate the new runs, at least one
     */
    static Optional<ShareEvidence> of(Unit unit, List<Point> before, List<Point> candidate) {
        return unit.symbol().equals("%")
                        && before.size() > 1
                        && before.stream().allMatch(ShareEvidence::isCounted)
                        && candidate.stream().allMatch(ShareEvidence::isCounted)
                ? Optional.of(new ShareEvidence(before, candidate))
                : Optional.empty();
    }

    private static boolean isCounted(Point point) {
        return point.groupCount() > 1 && point.groupDeviation() == 0 && point.value() >= 0 && point.value() <= 100;
    }

    private static double trials(List<Point> points) {
        return points.stream().mapToDouble(Point::groupCount).sum();
    }

    private static double hits(List<Point> points) {
        return points.stream()
                .mapToDouble(point -> point.value() / 100 * point.groupCount())
                .sum();
    }

    private static double angle(double hits, double trials) {
        return Math.asin(Math.sqrt((hits + 0.375) / (trials + 0.75)));
    }

    private double error() {
        return Math.sqrt(dispersion * (1 / (4 * trials + 2) + 1 / (4 * trialsBefore + 2)));
    }

    private double distance() {
        return angle(hits, trials) - angle(hitsBefore, trialsBefore);
    }

    /** The probability that a healthy run shows a share at least as far off in the direction of the new one. */
    double probability() {
        return Math.max(StudentT.survival(Math.abs(distance()) / error(), degrees), ofFew());
    }

    /**
     * The same of rare hits alone, exactly (Przyborowski and Wilenski 1940): of all hits, those of the new runs are a
     * binomial number. Angles of a single hit are too sure.
     */
    private double ofFew() {
        double all = Math.rint(hits) + Math.rint(hitsBefore);
        if (all == 0 || all > Integer.MAX_VALUE) {
            return all == 0 ? 1 : 0;
        }
        BinomialDistribution own = BinomialDistribution.of((int) all, trials / (trials + trialsBefore));
        int seen = (int) Math.rint(hits);
        return distance() > 0 ? own.survivalProbability(seen - 1) : own.cumulativeProbability(seen);
    }

    /** Whether the new share lies beyond that of every earlier run. */
    boolean isBeyond() {
        return isBeyond;
    }

    /** The change of the share, with the interval that counting gives; empty where the earlier one is zero. */
    Optional<Effect> effect(double confidence) {
        double before = hitsBefore / trialsBefore;
        double after = hits / trials;
        if (before == 0) {
            return Optional.empty();
        }
        double half = StudentT.upperQuantile((1 - confidence) / 2, degrees) * error();
        double from = Math.asin(Math.sqrt(before));
        return Optional.of(new Effect(
                100 * before,
                100 * after,
                Effect.relativeChange(before, after),
                new Interval(
                        share(from + distance() - half) / before - 1,
                        share(from + distance() + half) / before - 1,
                        confidence)));
    }

    private static double share(double angle) {
        double sine = Math.sin(Math.max(0, Math.min(Math.PI / 2, angle)));
        return sine * sine;
    }

    HistoryEvidence.Share evidence() {
        return new HistoryEvidence.Share(
                hits, trials, hitsBefore / trialsBefore, trialsBefore, dispersion, probability());
    }
}
