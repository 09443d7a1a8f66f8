package dev.plumbline.core.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.steps.KnownLevels;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Steps;
import java.util.List;
import java.util.Optional;

/**
 * A series as its levels, with what people said of them. Whoever asks for the change points of a series asks here, so
 * that everybody has the same ones.
 */
public final class SegmentedSeries {
    private final Series series;
    private final double margin;
    private final KnownLevels known;
    private final SeasonallyAdjusted adjusted;

    private SegmentedSeries(Series series, double margin, KnownLevels known) {
        this.series = requireNonNull(series, "series");
        this.margin = margin;
        this.known = known;
        adjusted = SeasonallyAdjusted.of(series, margin, known);
    }

    /**
     * A series of whose levels people have said something; what checks have called in it and its swing explains is not
     * bad in it.
     *
     * @param margin the smallest relative change that matters
     */
    public static SegmentedSeries of(Series series, double margin, Annotations annotations) {
        Series explained = Swing.explainedIn(series, margin);
        return new SegmentedSeries(explained, margin, CalledRegression.known(explained, annotations));
    }

    /** A series of which nobody has said anything. */
    public static SegmentedSeries of(Series series, double margin) {
        return new SegmentedSeries(series, margin, KnownLevels.NONE);
    }

    /** The steps in values of which nothing else is known. */
    public static Steps steps(double[] values, double margin) {
        return StepScan.analyze(values, new StepScan.Settings(margin));
    }

    /** The steps in values that come one by one. */
    public static StepScan growing(double margin) {
        return new StepScan(new StepScan.Settings(margin));
    }

    public Series series() {
        return series;
    }

    /** The smallest relative change that matters. */
    public double margin() {
        return margin;
    }

    /** The levels that people have accepted, and the one that checks have called since. */
    public KnownLevels known() {
        return known;
    }

    /** The series without its swing with the clock, and the steps in that. */
    public SeasonallyAdjusted adjusted() {
        return adjusted;
    }

    /** The confirmed change points, oldest first. */
    public List<Change> changes() {
        return adjusted.changes();
    }

    /** What checks have called of its newest points and its change points do not hold. */
    public Optional<CalledRegression> called() {
        return CalledRegression.of(series, changes(), margin, known);
    }
}
