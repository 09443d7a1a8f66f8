package dev.plumbline.pipeline.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.Pruned;
import dev.plumbline.store.RetentionPolicy;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;

/** Deletes old runs. */
public final class PruneHistory {
    /** The number of runs at either end of a level that determine it. */
    public static final int LEVEL_RUNS = 5;

    private final Workspace workspace;

    /**
     * The retention rules.
     *
     * @param days runs younger than this stay; all when empty
     * @param runs the number of newest runs of each environment and branch that stay
     * @param sampleDays of runs younger than this the samples stay; of all when empty
     * @param runsOfLevel the number of runs that stay with their samples at either end of each level
     */
    public record Rules(OptionalInt days, int runs, OptionalInt sampleDays, int runsOfLevel) {
        public Rules {
            requireNonNull(days, "days");
            requireNonNull(sampleDays, "sampleDays");
            if (runsOfLevel < 0) {
                throw new IllegalArgumentException("the number of runs must not be negative: " + runsOfLevel);
            }
        }

        /** Whole runs by their age, and the newest whatever their age. */
        public static Rules ofRuns(int days, int runs) {
            return new Rules(OptionalInt.of(days), runs, OptionalInt.empty(), 0);
        }
    }

    public PruneHistory(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * Removes runs, or lists what would be removed.
     *
     * @param forReal false for a dry run
     * @throws NothingFound if there is no history
     */
    public Pruned prune(Rules rules, boolean forReal) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            return store.prune(
                    new RetentionPolicy(
                            before(rules.days()),
                            rules.runs(),
                            before(rules.sampleDays()),
                            aroundLevels(store, rules.runsOfLevel())),
                    forReal);
        }
    }

    private Instant before(OptionalInt days) {
        return days.isPresent() ? workspace.clock().instant().minus(Duration.ofDays(days.getAsInt())) : Instant.MIN;
    }

    /** The first and the last runs of every level of every series. */
    private Set<String> aroundLevels(RunStore store, int runs) throws IOException {
        Set<String> needed = new HashSet<>();
        if (runs > 0) {
            ToDoubleBiFunction<SeriesKey, Unit> margins = workspace.margins();
            store.forEachSeries(SeriesQuery.all(), series -> {
                double margin = margins.applyAsDouble(series.key(), series.unit());
                List<Point> points = series.points();
                List<Integer> bounds = new ArrayList<>(List.of(0, points.size()));
                SegmentedSeries.of(series, margin).changes().forEach(change -> bounds.add(change.index()));
                for (int bound : bounds) {
                    points.subList(Math.max(0, bound - runs), Math.min(points.size(), bound + runs))
                            .forEach(point -> needed.add(point.run().id()));
                }
            });
        }
        return needed;
    }
}
