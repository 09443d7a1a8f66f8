package dev.plumbline.core.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.model.PackedPoints;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.steps.KnownLevels;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Steps;
import java.util.List;
import java.util.Optional;

/**
 * A series as its levels, with what people recorded about them. Whoever asks for the change points of a series asks
 * here, so that everybody has the same ones.
 */
public final class SegmentedSeries {
    /** The most places between a step and its place according to few values. */
    private static final int NEAR = 3;

    private final Series series;
    private final double margin;
    private final KnownLevels known;
    private final SeasonallyAdjusted adjusted;

    private SegmentedSeries(Series series, double margin, KnownLevels known, boolean hasNoSwing) {
        this.series = requireNonNull(series, "series");
        this.margin = margin;
        this.known = known;
        adjusted = SeasonallyAdjusted.of(series, margin, known, hasNoSwing);
    }

    /**
     * A series with annotated levels; detected regressions that its seasonality explains are not bad in it.
     *
     * @param margin the smallest relative change that matters
     */
    public static SegmentedSeries of(Series series, double margin, Annotations annotations) {
        boolean isLookedFor = PackedPoints.haveJudgedBad(series.points()) && Swing.isLookedFor(series);
        Optional<Swing> swing = isLookedFor ? Swing.of(series, margin) : Optional.empty();
        Series explained = swing.map(one -> one.explained(series, margin)).orElse(series);
        return new SegmentedSeries(
                explained,
                margin,
                CalledRegression.known(explained, annotations, margin),
                isLookedFor && swing.isEmpty());
    }

    /** A series without annotations. */
    public static SegmentedSeries of(Series series, double margin) {
        return new SegmentedSeries(series, margin, KnownLevels.NONE, false);
    }

    /**
     * An uncertain loss of a young series behind its first runs; empty where a check detected it, a step is certain
     * there, or a later level was accepted, since that is reported then.
     *
     * @param series whole, from its first run on
     * @param margin the smallest relative change that matters
     */
    public static Optional<EarlyLoss> early(Series series, double margin, Annotations annotations) {
        return EarlyLoss.of(series, margin)
                .filter(loss -> !series.points().get(loss.before()).judgedBad())
                .filter(loss -> !of(series, margin, annotations).contains(loss));
    }

    private boolean contains(EarlyLoss loss) {
        return known.accepted().stream().anyMatch(index -> index >= loss.before())
                || changes().stream().anyMatch(change -> Math.abs(change.index() - loss.before()) <= NEAR);
    }

    /** The steps in bare values. */
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

    /** The accepted levels, and the one that checks have detected since. */
    public KnownLevels known() {
        return known;
    }

    /** The series without its seasonality, and the steps in that. */
    public SeasonallyAdjusted adjusted() {
        return adjusted;
    }

    /** The confirmed change points, oldest first. */
    public List<SeriesChange> changes() {
        return adjusted.changes();
    }

    /** The regressions detected by checks in its newest points that its change points lack; the oldest first. */
    public List<CalledRegression> called() {
        return CalledRegression.of(series, changes(), margin, known);
    }

    /**
     * The index where a regression began that checks date at another: that of its change point once there is one, and
     * the same until then.
     */
    public int beginning(int place) {
        return CalledRegression.beginning(series, changes(), margin, known, place);
    }

    /** The accepted changes of its newest points that its change points lack; the oldest first. */
    public List<CalledRegression> accepted(Annotations annotations) {
        return CalledRegression.accepted(series, changes(), annotations);
    }

    /** The same of changes for the better. */
    public List<CalledRegression> acceptedAsBetter(Annotations annotations) {
        return CalledRegression.acceptedAsBetter(series, changes(), annotations);
    }
}
