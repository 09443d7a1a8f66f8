package dev.plumbline.core.finding;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.util.Optional;

/**
 * The thresholds of a relevant change.
 *
 * @param margin the smallest relative change worth a person's time; both significance and relevance are asked for
 * @param severities where the severities begin
 * @param confidence of every interval that is shown, for example 0.95
 * @param suiteErrorRate how often a healthy run of the whole suite may have any regression called, at the most
 * @param minimumRuns how many runs a history needs before anything is judged against it
 * @param floor the smallest absolute change that matters, in the unit of the series; 0 for none
 */
public record Policy(
        double margin, Severities severities, double confidence, double suiteErrorRate, int minimumRuns, double floor)
        implements Policies {
    /** No margin is wider: where a floor is as large as the level, changes are held against the floor itself. */
    private static final double WIDEST_MARGIN = 0.99;

    private static final double ROUNDING = 1e-9;

    /** Margin 2 %, severities 2/5/10 %, 95 % confidence, 5 % for the suite, at least 5 runs. */
    public static final Policy DEFAULT = new Policy(0.02, Severities.DEFAULT, 0.95, 0.05, 5);

    public Policy {
        requireNonNull(severities, "severities");
        if (!(margin >= 0 && margin < 1)) {
            throw new IllegalArgumentException("a margin lies between 0 and 1 (0.02 is 2 %), not at " + margin);
        }
        if (!(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence lies between 0.5 and 1, not at " + confidence);
        }
        if (!(suiteErrorRate > 0 && suiteErrorRate < 1)) {
            throw new IllegalArgumentException("an error rate lies between 0 and 1, not at " + suiteErrorRate);
        }
        if (minimumRuns < 3) {
            throw new IllegalArgumentException("a history has at least 3 runs, not " + minimumRuns);
        }
        if (!(floor >= 0 && floor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a floor is not negative and finite, not " + floor);
        }
    }

    /** A policy without a floor. */
    public Policy(double margin, Severities severities, double confidence, double suiteErrorRate, int minimumRuns) {
        this(margin, severities, confidence, suiteErrorRate, minimumRuns, 0);
    }

    @Override
    public Policy of(SeriesKey key, Unit unit) {
        return this;
    }

    @Override
    public Policy general() {
        return this;
    }

    @Override
    public Policy spending(double share) {
        return new Policy(margin, severities, confidence, suiteErrorRate * share, minimumRuns, floor);
    }

    public Policy withMargin(double other) {
        return new Policy(other, severities, confidence, suiteErrorRate, minimumRuns, floor);
    }

    /** The margin that "no change" is tested against: above zero, also where every change matters. */
    public double testedMargin() {
        return Math.max(margin, Double.MIN_NORMAL);
    }

    /** The same with the floor as part of the margin, where it is the larger of the two at that level. */
    public Policy at(double level) {
        double share = Math.min(WIDEST_MARGIN, floor / Math.abs(level));
        return share > margin ? withMargin(share) : this; // not for a level of zero without a floor: NaN
    }

    /** Whether a change reaches both margin and floor. */
    public boolean isRelevant(Effect effect) {
        return reachesMargin(effect.relativeChange()) && !isBelowFloor(effect);
    }

    /** Whether a change reaches the margin, up to the rounding error of a measured level. */
    public boolean reachesMargin(double relativeChange) {
        return Math.abs(relativeChange) >= margin * (1 - ROUNDING);
    }

    public boolean isBelowFloor(Effect effect) {
        return Math.abs(effect.after() - effect.before()) < floor;
    }

    /** The evidence of a floor which is larger than the margin; empty when there is none. */
    public Optional<Evidence.LargeFloor> largeFloor(Policy before, double level, Unit unit) {
        return margin == before.margin && !(floor > 0 && level == 0)
                ? Optional.empty()
                : Optional.of(new Evidence.LargeFloor(floor, unit, level, before.margin, margin));
    }
}
