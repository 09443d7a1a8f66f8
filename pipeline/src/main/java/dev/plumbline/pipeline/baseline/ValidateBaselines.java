package dev.plumbline.pipeline.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.baseline.BaselineQuality;
import dev.plumbline.core.baseline.BaselineRun;
import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.pipeline.snapshot.BaselineSource;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;

/** Checks the quality of every baseline of a version, and records the time of the check. */
public final class ValidateBaselines {
    private final Workspace workspace;
    private final BaselineSettings settings;

    public ValidateBaselines(Workspace workspace, BaselineSettings settings) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.settings = requireNonNull(settings, "settings");
    }

    /**
     * The results of validation.
     *
     * @param version which version was looked at
     * @param qualities one for each baseline, in the order of their keys
     */
    public record Outcome(VersionInfo version, List<BaselineQuality> qualities) {
        public Outcome {
            requireNonNull(version, "version");
            qualities = List.copyOf(qualities);
        }

        /** The number of valid baselines. */
        public int valid() {
            return (int) qualities.stream().filter(BaselineQuality::isValid).count();
        }
    }

    /**
     * Validates.
     *
     * @param source a name, a name and a version as {@code NAME@3}, a folder, or a benchmark; {@code name} when empty
     * @param name of the baselines unless the source names others
     * @throws IOException if there are no such baselines, or the folder cannot be read
     */
    public Outcome validate(Optional<String> source, String name) throws IOException {
        try (RunStore store = workspace.hasHistory() ? workspace.open() : workspace.inMemory()) {
            BaselineSource.SelectedBaselines selected = BaselineSource.select(workspace, store, source, name);
            BaselineSource.Found found = selected.found();
            BaselineVersion version = found.version();
            Map<String, Instant> seen = new HashMap<>();
            List<RunInfo> runs = store.runs(RunQuery.all());
            runs.forEach(run -> seen.merge(
                    run.header().environment().key(), run.time(), (one, other) -> one.isAfter(other) ? one : other));
            Instant now = workspace.clock().instant();
            Map<SeriesKey, Integer> revisionsSince = revisionsSince(store, version);
            ToDoubleBiFunction<SeriesKey, Unit> margins = workspace.margins();
            List<BaselineQuality> qualities = version.baselines().parallelStream()
                    .filter(baseline -> selected.benchmark()
                            .map(pattern -> pattern.matches(baseline.key()))
                            .orElse(true))
                    .map(baseline -> BaselineQuality.of(
                            baseline,
                            new BaselineQuality.Since(
                                    now,
                                    Optional.ofNullable(revisionsSince.get(baseline.key()))
                                            .map(OptionalInt::of)
                                            .orElse(OptionalInt.empty()),
                                    Optional.ofNullable(seen.get(baseline.key().environment()))),
                            settings.withMargin(margins.applyAsDouble(baseline.key(), baseline.unit()))))
                    .toList();
            Outcome outcome = new Outcome(version.info(), qualities);
            if (!found.isFolder() && selected.benchmark().isEmpty()) {
                store.baselines()
                        .validated(
                                version.info().name(),
                                version.info().number(),
                                now,
                                outcome.valid(),
                                qualities.size() - outcome.valid());
            }
            return outcome;
        }
    }

    /**
     * The number of revisions since each baseline that still has a series; all are read in one go, which takes a
     * fraction of one by one.
     */
    private static Map<SeriesKey, Integer> revisionsSince(RunStore store, BaselineVersion version) {
        Map<SeriesKey, EstablishedBaseline> baselines = new HashMap<>();
        version.baselines().forEach(baseline -> baselines.put(baseline.key(), baseline));
        Map<SeriesKey, Integer> revisions = new HashMap<>();
        store.forEachSeries(SeriesQuery.all(), series -> {
            EstablishedBaseline baseline = baselines.get(series.key());
            if (baseline != null) {
                revisions.put(series.key(), revisionsSince(series, baseline));
            }
        });
        return revisions;
    }

    private static int revisionsSince(Series series, EstablishedBaseline baseline) {
        BaselineRun last = baseline.last();
        Set<String> revisions = new HashSet<>();
        List<Point> points = series.points();
        for (int i = points.size() - 1; i >= 0; i--) {
            Point point = points.get(i);
            if (point.run().id().equals(last.id()) || point.run().time().isBefore(last.time())) {
                break;
            }
            String commit = point.run().header().revision().commit();
            if (!commit.equals(last.commit())) {
                revisions.add(commit.isEmpty() ? point.run().id() : commit);
            }
        }
        return revisions.size();
    }
}
