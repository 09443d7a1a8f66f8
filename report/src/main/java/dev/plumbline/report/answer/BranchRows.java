package dev.plumbline.report.answer;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.Words;
import dev.plumbline.report.content.AnalyzedSeries;
import dev.plumbline.report.shape.SeriesHeadline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a list of two branches, one for each benchmark: the row of a branch that continues another includes the
 * level of the other. A series of the other branch that continued and needs attention keeps its row.
 *
 * @param shown in the order in which they came
 * @param left how many series of the other branch have no row
 * @param base the other branch; empty text where every series has a row
 */
public record BranchRows(List<AnalyzedSeries> shown, int left, String base) {
    public BranchRows {
        shown = List.copyOf(shown);
        requireNonNull(base, "base");
    }

    /** The rows of some series. */
    public static BranchRows of(List<AnalyzedSeries> all) {
        Map<SeriesKey, Series> continued = new HashMap<>();
        for (AnalyzedSeries one : all) {
            Series series = one.series();
            HistoryText.base(series)
                    .ifPresent(base -> continued.put(series.key().on(base), series));
        }
        List<AnalyzedSeries> shown = all.stream()
                .filter(one -> Optional.ofNullable(continued.get(one.series().key()))
                        .filter(branch -> !goesOn(one.series(), branch) || !needsSomebody(one))
                        .isEmpty())
                .toList();
        String base =
                continued.keySet().stream().findFirst().map(SeriesKey::branch).orElse("");
        int left = all.size() - shown.size();
        return new BranchRows(shown, left, left == 0 ? "" : base);
    }

    private static boolean needsSomebody(AnalyzedSeries one) {
        return SeriesHeadline.needsAction(one) || SeriesHeadline.failedLast(one);
    }

    /** Whether its newest run came after the branch had left it. */
    private static boolean goesOn(Series series, Series branch) {
        List<Point> points = series.points();
        return points.isEmpty()
                || branch.points().stream().noneMatch(point -> point.run()
                        .id()
                        .equals(points.get(points.size() - 1).run().id()));
    }

    /** {@code and 6 series of main, whose runs these rows begin with: --branch main}; empty where all have a row. */
    public Optional<String> words() {
        return left == 0
                ? Optional.empty()
                : Optional.of("and " + Words.count(left, "series", "series") + " of " + base
                        + ", whose runs these rows begin with: --branch " + base);
    }
}
