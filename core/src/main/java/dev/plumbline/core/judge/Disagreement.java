package dev.plumbline.core.judge;

import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.judge.trial.SeriesTrial;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.stats.distribution.Normal;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * Runs of one commit that disagree: some alone would be reported as a regression, or else an improvement, and others
 * would not. They are no further samples of one level: their mean would be that of no run, and another run until the
 * gate opens would wash away what the first one has shown. Most of them decide; where as many are on either side, one
 * more run does. That holds for both directions, since it is unknown which of the runs is disturbed: where one is
 * faster than the history, the other may be a slower one of a commit that made things faster.
 *
 * <p>Where one more run has to decide, the newest run keeps the verdict that it has alone if that is a regression: it
 * is what was measured last. The other run is beside it, fails no gate and has the gate wait.
 *
 * <p>Runs that vary no more than those of the history are pooled as usual, unless the pool shows less than one of
 * two runs did that shows a regression.
 *
 * @param isWorse whether it is a regression that some show
 * @param candidate all points, oldest first
 * @param showing the points that show the change, at least one
 * @param others the points that do not, at least one
 * @param first the finding of the first one that alone is the change
 * @param newest the finding of the newest of all points alone
 */
record Disagreement(
        boolean isWorse,
        List<Point> candidate,
        List<Point> showing,
        List<Point> others,
        Finding first,
        Finding newest) {
    /** The probability with which chance puts runs of one level that far apart. */
    private static final double CHANCE = 0.001;

    /** The same for two runs of a whole suite, in any of its series: a third run is a small price. */
    private static final double CHANCE_OF_TWO = 0.01;

    Disagreement {
        candidate = List.copyOf(candidate);
        showing = List.copyOf(showing);
        others = List.copyOf(others);
    }

    /**
     * Looks for one.
     *
     * @param candidate at least two points
     * @param alone the finding of each of them alone
     * @param pooled the evidence of all of them together
     */
    static Optional<Disagreement> of(List<Point> candidate, List<Finding> alone, Finding pooled) {
        boolean isWorse = alone.stream().anyMatch(Disagreement::isRegressed);
        return parted(candidate, alone, isWorse).filter(found -> {
            boolean isWashedAway = isWorse && candidate.size() == 2 && !isRegressed(pooled);
            return isWashedAway || found.isBeyondNoise();
        });
    }

    /**
     * A warning that points judged as one differ so widely that no run measured the pooled value; empty where they do
     * not.
     *
     * @param candidate any number of points
     * @param pooled the evidence of all of them together
     * @param suite the number of series that are judged together
     */
    static Optional<Warning> apart(List<Point> candidate, Finding pooled, int suite) {
        double apart = spread(candidate);
        return Math.abs(apart) >= pooled.policy().severities().critical()
                        && (isBeyondNoise(apart, deviation(pooled) * Math.sqrt(2))
                                || areTwoApart(candidate, pooled, suite))
                ? Optional.of(new Warning.RunsApart(values(candidate), pooled.unit()))
                : Optional.empty();
    }

    /**
     * The finding of two points that no change explains and that lie farther apart than chance puts two runs of any
     * series of a suite once in a hundred times; empty in any other case. Neither of them has to be a change by itself:
     * the noise that hides one does not explain the other.
     *
     * @param pooled what both say together
     * @param suite the number of series that are judged together
     */
    static Optional<Finding> unexplained(List<Point> candidate, Finding pooled, int suite) {
        boolean isExplained = isRegressed(pooled)
                || pooled.verdict() instanceof Verdict.Improved
                || pooled.verdict() instanceof Verdict.NotComparable
                || pooled.isDecidedBy(HistoryEvidence.TooFewRuns.class);
        if (isExplained
                || Math.abs(spread(candidate)) < pooled.policy().severities().critical()
                || !areTwoApart(candidate, pooled, suite)) {
            return Optional.empty();
        }
        HistoryEvidence.Disagreement why = new HistoryEvidence.Disagreement(
                pooled.isSuspect(),
                candidate.get(0).run().header().revision().shortCommit(),
                values(candidate),
                pooled.unit(),
                0,
                spread(candidate));
        return Optional.of(pooled.undecided(
                new Verdict.Inconclusive(
                        why, why.worse(), OptionalInt.of(1), pooled.verdict().effect()),
                why));
    }

    /**
     * Whether the values of two runs differ by more than the runs of the history do, by Student's t with half of the
     * degrees of freedom: their noise is known from these alone, and robustly. The difference counts relative to the
     * middle of both, so that a value near zero lies no farther away than it does by any measure.
     */
    private static boolean areTwoApart(List<Point> candidate, Finding pooled, int suite) {
        if (candidate.size() != 2 || pooled.baseline().isEmpty()) {
            return false;
        }
        Baseline baseline = pooled.baseline().get();
        double one = candidate.get(0).value();
        double other = candidate.get(1).value();
        double apart = 2 * Math.abs(one - other) / Math.abs(one + other);
        double noise = baseline.deviation() * Math.sqrt(2);
        return baseline.runs() > 1
                && (noise == 0
                        ? one != other
                        : !Double.isNaN(apart)
                                && 2 * suite * StudentT.survival(apart / noise, (baseline.runs() - 1) / 2.0)
                                        < CHANCE_OF_TWO);
    }

    /** The points that show a change and those that do not; empty where all do, or none. */
    private static Optional<Disagreement> parted(List<Point> candidate, List<Finding> alone, boolean isWorse) {
        Predicate<Finding> isChanged =
                isWorse ? Disagreement::isRegressed : finding -> finding.verdict() instanceof Verdict.Improved;
        List<Finding> changed = alone.stream().filter(isChanged).toList();
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        double middle = Location.median(
                changed.stream().mapToDouble(Disagreement::change).toArray());
        List<Point> showing = new ArrayList<>();
        List<Point> others = new ArrayList<>();
        for (int i = 0; i < candidate.size(); i++) {
            Finding one = alone.get(i);
            boolean isThere = isChanged.test(one) || change(one) / middle > SeriesTrial.STILL_THERE;
            (isThere ? showing : others).add(candidate.get(i));
        }
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(new Disagreement(
                        isWorse, candidate, showing, others, changed.get(0), alone.get(alone.size() - 1)));
    }

    /** Whether two of these points lie far enough apart to matter; saves judging each alone. */
    static boolean isPossible(List<Point> candidate, double margin) {
        return Math.abs(spread(candidate)) >= margin;
    }

    /** The relative change from the lowest to the highest; infinite from zero. */
    private static double spread(List<Point> candidate) {
        double least = candidate.stream().mapToDouble(Point::value).min().orElseThrow();
        double most = candidate.stream().mapToDouble(Point::value).max().orElseThrow();
        return Effect.relativeChange(least, most);
    }

    private static boolean isRegressed(Finding finding) {
        return finding.verdict() instanceof Verdict.Regressed;
    }

    private static double change(Finding finding) {
        return finding.verdict().effect().map(Effect::relativeChange).orElse(0.0);
    }

    private static double level(List<Point> points) {
        return Location.median(points.stream().mapToDouble(Point::value).toArray());
    }

    private double apart() {
        return Effect.relativeChange(level(others), level(showing));
    }

    private boolean isBeyondNoise() {
        return Math.abs(apart()) >= first.policy().margin()
                && isBeyondNoise(apart(), deviation(first) * Math.sqrt(1.0 / showing.size() + 1.0 / others.size()));
    }

    /** Whether chance hardly ever puts levels that far apart; without any noise they are. */
    private static boolean isBeyondNoise(double apart, double noise) {
        return noise == 0 || Normal.survival(Math.abs(Math.log1p(Math.max(apart, -1))) / noise) < CHANCE / 2;
    }

    private static double deviation(Finding finding) {
        return finding.baseline().map(Baseline::deviation).orElse(0.0);
    }

    private static List<Double> values(List<Point> points) {
        return points.stream().map(Point::value).toList();
    }

    /** The points of the side on which most runs are; empty where there is none. */
    Optional<List<Point>> majority() {
        return showing.size() == others.size()
                ? Optional.empty()
                : Optional.of(showing.size() > others.size() ? showing : others);
    }

    /** The finding where neither side has most runs. */
    Finding held() {
        HistoryEvidence.Disagreement why = new HistoryEvidence.Disagreement(
                isWorse, commit(), values(candidate), first.unit(), showing.size(), apart());
        Warning apart = new Warning.RunsApart(why.values(), first.unit());
        if (isRegressed(newest)) {
            return newest.noting(why).withWarning(apart);
        }
        return first.undecided(
                        new Verdict.Inconclusive(
                                why, isWorse, OptionalInt.of(1), first.verdict().effect()),
                        why)
                .withWarning(apart);
    }

    /** The finding of the side with most runs, with the runs that it leaves out. */
    Finding decided(Finding byMost) {
        List<Point> most = showing.size() > others.size() ? showing : others;
        List<Point> leftOut = most == showing ? others : showing;
        return byMost.withWarning(new Warning.Outvoted(
                commit(),
                candidate.size(),
                values(leftOut),
                level(most),
                Effect.relativeChange(level(most), level(leftOut))));
    }

    private String commit() {
        return candidate.get(0).run().header().revision().shortCommit();
    }
}
