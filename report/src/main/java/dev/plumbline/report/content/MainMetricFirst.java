package dev.plumbline.report.content;

import dev.plumbline.core.model.SeriesKey;
import java.util.Comparator;
import java.util.Set;

/**
 * The order of series for people: by benchmark, and of each benchmark the main metric of its tool before additional
 * ones, so that a command's time comes before its processor time, and a score before the garbage collections counted
 * with it.
 */
public final class MainMetricFirst {
    /** The order; otherwise that of the keys. */
    public static final Comparator<SeriesKey> ORDER = Comparator.comparing(SeriesKey::benchmark)
            .thenComparing(key -> rank(key.metric()))
            .thenComparing(Comparator.naturalOrder());

    private static final Set<String> MAIN =
            Set.of("time", "throughput", "latency", "duration", "score", "rate", "value", "average_time", "real_time");

    private MainMetricFirst() {}

    /** A name with a point, such as {@code gc.count}, is a part of something. */
    private static int rank(String metric) {
        if (MAIN.contains(metric)) {
            return 0;
        }
        return metric.indexOf('.') < 0 ? 1 : 2;
    }
}
