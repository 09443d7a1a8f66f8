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
import dev.plumbline.core.stats.sample.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * Runs of one commit of which some alone would be called a regression and others are not there. They are no further
 * samples of one level: their mean would be that of no run, and another run until the gate opens would wash away what
 * the first one has shown. Most of them decide; where as many are on either side, one more run does.
 *
 * <p>Runs that scatter no farther than those of the history are pooled as ever, unless the pool says less than one of
 * two runs did.
 *
 * @param showing the points that show the change, at least one
 * @param others the points that do not, at least one
 * @param worst what the first one says that alone is the change
 */
record Disagreement(List<Point> showing, List<Point> others, Finding worst) {
    /** Chance puts runs of one level so far apart less often than this. */
    private static final double CHANCE = 0.001;

    Disagreement {
        showing = List.copyOf(showing);
        others = List.copyOf(others);
    }

    /**
     * Looks for one.
     *
     * @param candidate at least two points
     * @param alone what each of them says alone
     * @param pooled what all of them say together
     */
    static Optional<Disagreement> of(List<Point> candidate, List<Finding> alone, Finding pooled) {
        return parted(candidate, alone, Disagreement::isRegressed).filter(found -> {
            boolean isWashedAway = candidate.size() == 2 && !isRegressed(pooled);
            return isWashedAway || found.isBeyondNoise();
        });
    }

    /**
     * Looks for one of which no side is worse: some of the runs alone would be called an improvement. It decides
     * nothing, for no regression hides in it.
     *
     * @param candidate at least two points
     * @param alone what each of them says alone
     */
    static Optional<Note> better(List<Point> candidate, List<Finding> alone) {
        return alone.stream().anyMatch(Disagreement::isRegressed)
                ? Optional.empty()
                : parted(candidate, alone, finding -> finding.verdict() instanceof Verdict.Improved)
                        .filter(Disagreement::isBeyondNoise)
                        .map(found -> new Note.RerunsApart(
                                found.worst.key(), found.commit(), found.runs(), found.showing.size(), found.apart()));
    }

    /** The points that show a change and those that do not; empty where all do, or none. */
    private static Optional<Disagreement> parted(
            List<Point> candidate, List<Finding> alone, Predicate<Finding> isChanged) {
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
        return others.isEmpty() ? Optional.empty() : Optional.of(new Disagreement(showing, others, changed.get(0)));
    }

    /** Whether two of these points lie so far apart that it may matter; saves judging each alone. */
    static boolean isPossible(List<Point> candidate, double margin) {
        double least = candidate.stream().mapToDouble(Point::value).min().orElseThrow();
        double most = candidate.stream().mapToDouble(Point::value).max().orElseThrow();
        return Math.abs(Effect.relativeChange(least, most)) >= margin;
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
        double noise = worst.baseline().map(Baseline::deviation).orElse(0.0)
                * Math.sqrt(1.0 / showing.size() + 1.0 / others.size());
        double apart = Math.abs(Math.log1p(Math.max(apart(), -1)));
        return Math.abs(apart()) >= worst.policy().margin()
                && (noise == 0 || Normal.survival(apart / noise) < CHANCE / 2);
    }

    /** The points of the side on which most runs are; empty where there is none. */
    Optional<List<Point>> majority() {
        return showing.size() == others.size()
                ? Optional.empty()
                : Optional.of(showing.size() > others.size() ? showing : others);
    }

    /** What is reported where no side has the most runs. */
    Finding held() {
        HistoryEvidence.Disagreement why = new HistoryEvidence.Disagreement(commit(), runs(), showing.size(), apart());
        return worst.undecided(
                new Verdict.Inconclusive(
                        why, true, OptionalInt.of(1), worst.verdict().effect()),
                why);
    }

    /** What the side says on which most runs are, with those that it leaves out. */
    Finding decided(Finding byMost) {
        boolean isWorse = showing.size() > others.size();
        double apart = isWorse ? Effect.relativeChange(level(showing), level(others)) : apart();
        return byMost.withWarning(
                new Warning.Outvoted(commit(), runs(), Math.min(showing.size(), others.size()), apart));
    }

    private int runs() {
        return showing.size() + others.size();
    }

    private String commit() {
        return showing.get(0).run().header().revision().shortCommit();
    }
}
