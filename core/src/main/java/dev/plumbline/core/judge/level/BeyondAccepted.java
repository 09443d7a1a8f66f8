package dev.plumbline.core.judge.level;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Location;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Runs of an accepted commit that were measured after the acceptance: it covers them as long as they are at the level
 * of the accepted runs. Runs that are clearly worse are a regression that is not accepted.
 *
 * @param accepted the points of the commit that the acceptance covers, and later ones that lie there too, if any
 * @param later the other points of the commit, at least one
 */
public record BeyondAccepted(Acceptance acceptance, List<Point> accepted, List<Point> later) {
    /** The false-positive rate: how often later runs at the accepted level lie this far from the accepted ones. */
    private static final double CHANCE = 0.0025;

    public BeyondAccepted {
        accepted = List.copyOf(accepted);
        later = List.copyOf(later);
    }

    /**
     * The finding of the later runs, where their change clearly exceeds the accepted one.
     *
     * @param finding of the later runs alone, against the level before the accepted change
     * @return the same with what was accepted beside it; empty where the acceptance covers them
     */
    public Optional<Finding> of(Finding finding) {
        Optional<Baseline> reference = finding.baseline().filter(one -> finding.verdict() instanceof Verdict.Regressed);
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        double before = reference.get().level();
        OptionalDouble known = acceptedLevel(before);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        double from = known.getAsDouble();
        double to = middle(later);
        double more = Effect.relativeChange(from, to);
        Policy policy = finding.policy().at(from);
        boolean isMore = finding.better().isWorse(more)
                && policy.isRelevant(new Effect(from, to, more, Interval.unbounded(policy.confidence())))
                && isBeyondNoise(from, to, reference.get());
        return isMore
                ? Optional.of(finding.withWarning(new Warning.BeyondAccepted(
                        Effect.relativeChange(before, from), Effect.relativeChange(before, to))))
                : Optional.empty();
    }

    /** The median of the accepted runs; without any, the stated size, if the acceptance is of this series alone. */
    private OptionalDouble acceptedLevel(double before) {
        if (!accepted.isEmpty()) {
            return OptionalDouble.of(middle(accepted));
        }
        return acceptance.scope() == Acceptance.Scope.ENV && Double.isFinite(acceptance.change())
                ? OptionalDouble.of(before * (1 + acceptance.change()))
                : OptionalDouble.empty();
    }

    /**
     * Whether the difference of the two levels exceeds its standard error by more than chance. A level without runs has
     * the error of a single run and of the two levels that its stated size was taken from.
     */
    private boolean isBeyondNoise(double from, double to, Baseline reference) {
        double share = 1.0 / later.size()
                + (accepted.isEmpty() ? 1 + 2.0 / Math.max(1, reference.runs()) : 1.0 / accepted.size());
        double apart = from > 0 && to > 0 ? Math.abs(Math.log(to / from)) : Math.abs((to - from) / reference.level());
        double errors = StudentT.upperQuantile(CHANCE, Math.max(1, reference.runs() - 1));
        return apart > errors * reference.deviation() * Math.sqrt(share);
    }

    private static double middle(List<Point> points) {
        return Location.median(points.stream().mapToDouble(Point::value).toArray());
    }
}
