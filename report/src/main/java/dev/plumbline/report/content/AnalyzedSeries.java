package dev.plumbline.report.content;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.history.ChangeMethod;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.shape.feature.Advice;
import dev.plumbline.core.stats.steps.KnownLevels;
import java.util.Comparator;

/**
 * A stored series with its analysis.
 *
 * @param series with its points
 * @param analysis of exactly these points
 * @param role of its metric
 */
public record AnalyzedSeries(Series series, SeriesAnalysis analysis, Role role) {
    /** The order of analyses: those that need attention most first, by health, then by loss, then by name. */
    public static final Comparator<SeriesAnalysis> ANALYSIS_WORST_FIRST = Comparator.comparing(
                    (SeriesAnalysis analysis) -> analysis.summary().health())
            .thenComparingDouble(AnalyzedSeries::worse)
            .reversed()
            .thenComparing(SeriesAnalysis::key, MainMetricFirst.ORDER);

    public AnalyzedSeries {
        requireNonNull(series, "series");
        requireNonNull(role, "role");
        if (series.points().size() != analysis.values().size()) {
            throw new IllegalArgumentException(
                    "an analysis of " + analysis.values().size() + " values for "
                            + series.points().size() + " points");
        }
    }

    /** A series of a primary metric. */
    public static AnalyzedSeries of(Series series, ChangeMethod method) {
        return of(series, method, KnownLevels.NONE, Role.PRIMARY);
    }

    /**
     * Analyses a series.
     *
     * @param known levels that are known to differ
     */
    public static AnalyzedSeries of(Series series, ChangeMethod method, KnownLevels known, Role role) {
        return new AnalyzedSeries(series, SeriesAnalysis.of(series, method, known), role);
    }

    /** The same series with more in its analysis. */
    public AnalyzedSeries with(SeriesAnalysis more) {
        return new AnalyzedSeries(series, more, role);
    }

    /** Whether checks judge it; a context metric is kept and shown only. */
    public boolean isJudged() {
        return role != Role.CONTEXT;
    }

    private static double worse(SeriesAnalysis analysis) {
        double worst = 0;
        for (Advice advice : analysis.summary().advice()) {
            if (advice instanceof Advice.LookInto look) {
                worst = Math.max(worst, look.behind());
            } else if (advice instanceof Advice.Called called) {
                worst = Math.max(worst, Math.abs(called.change()));
            } else if (advice instanceof Advice.StopSlope slope) {
                worst = Math.max(worst, Math.abs(slope.total()));
            }
        }
        return worst;
    }
}
