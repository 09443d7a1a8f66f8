package dev.plumbline.pipeline.snapshot;

import dev.plumbline.core.judge.Snapshot;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Roles;
import dev.plumbline.report.content.ContextMetric;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The metrics of runs that are kept and shown, not judged. */
public final class ContextMetrics {
    private ContextMetrics() {}

    /** The newest values of these runs. */
    public static List<ContextMetric> of(Snapshot snapshot, Roles roles) {
        Set<SeriesKey> judged = roles.judged(snapshot.extended(), Series::key).stream()
                .map(Series::key)
                .collect(Collectors.toSet());
        Set<String> runs = snapshot.runs().stream().map(RunInfo::id).collect(Collectors.toSet());
        return snapshot.extended().stream()
                .filter(series -> !judged.contains(series.key()))
                .flatMap(series -> series.points().stream()
                        .filter(point -> runs.contains(point.run().id()))
                        .reduce((earlier, later) -> later)
                        .map(Point::value)
                        .map(value -> new ContextMetric(series.key(), series.unit(), value))
                        .stream())
                .toList();
    }

    /** The series of context metrics. */
    public static List<SeriesKey> keys(List<ContextMetric> metrics) {
        return metrics.stream().map(ContextMetric::key).toList();
    }
}
