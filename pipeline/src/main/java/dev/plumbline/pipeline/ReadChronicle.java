package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.detect.Policies;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.Chronicle;
import dev.plumbline.report.Course;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Looks at every series of the history from its beginning to its end, and tells what happened in a period. */
public final class ReadChronicle {
    private final Workspace workspace;
    private final Policies policies;

    public ReadChronicle(Workspace workspace, Policies policies) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policies = requireNonNull(policies, "policies");
    }

    /**
     * Reads.
     *
     * @param query which series; one that names no branch means the base branch where that has any
     * @param days how long the period is that ends now; the whole history when it is not given
     */
    public Chronicle read(SeriesQuery query, OptionalInt days) {
        Instant now = workspace.clock().instant();
        List<Series> all = new ArrayList<>();
        SeriesQuery narrowed = query;
        if (Files.exists(workspace.store())) {
            try (RunStore store = workspace.open()) {
                narrowed = onBase(query, store);
                store.forEachSeries(narrowed, all::add);
            }
        }
        List<Course> courses = all.parallelStream()
                .map(series -> Exhibits.course(series, policies))
                .toList();
        Instant since = days.isPresent() ? now.minus(Duration.ofDays(days.getAsInt())) : oldest(courses, now);
        return new Chronicle(
                Version.TEXT,
                title(courses, narrowed, days),
                since,
                now,
                courses,
                policies.general().margin(),
                policies.general().severities());
    }

    private SeriesQuery onBase(SeriesQuery query, RunStore store) {
        if (query.branch().isPresent()) {
            return query;
        }
        String base = workspace.baseBranch();
        return store.runs(RunQuery.all().onBranch(base).newest(1)).isEmpty() ? query : query.onBranch(base);
    }

    private static Instant oldest(List<Course> courses, Instant now) {
        return courses.stream()
                .flatMap(course -> course.series().points().stream())
                .map(point -> point.run().header().revision().commitTime().orElseGet(() -> point.run()
                        .header()
                        .time()))
                .min(Instant::compareTo)
                .orElse(now);
    }

    private static String title(List<Course> courses, SeriesQuery query, OptionalInt days) {
        StringBuilder title = new StringBuilder(
                days.isPresent()
                        ? "The last " + days.getAsInt() + (days.getAsInt() == 1 ? " day" : " days")
                        : "All of the history");
        query.branch().ifPresent(branch -> title.append(" of ").append(branch));
        List<String> environments = courses.stream()
                .map(course -> course.series().key())
                .map(SeriesKey::environment)
                .distinct()
                .toList();
        if (environments.size() == 1) {
            title.append(" in ").append(environments.get(0));
        }
        if (query.benchmark().isPresent()) {
            title.append(", some benchmarks");
        }
        query.metric().ifPresent(metric -> title.append(", ").append(metric));
        return title.toString();
    }
}
