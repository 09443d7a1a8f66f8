package dev.plumbline.pipeline.snapshot;

import static java.util.stream.Collectors.toSet;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.judge.NextRun;
import dev.plumbline.core.judge.Snapshot;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The input of the next check of stored series: a run that measures again what the newest revision of each measured.
 * Series that one revision measured last are one suite.
 */
public final class NextRuns {
    /** The next runs of no series. */
    static final NextRuns NONE = new NextRuns(List.of());

    private final List<Next> all;

    private NextRuns(List<Next> all) {
        this.all = List.copyOf(all);
    }

    /**
     * The next run of some series.
     *
     * @param keys those that end with the snapshot's runs
     */
    private record Next(Set<SeriesKey> keys, Snapshot snapshot) {
        NextRun with(Policies policies) {
            return NextRun.after(snapshot, policies).only(keys::contains);
        }
    }

    /**
     * The next runs of some series.
     *
     * @param whole every series of some environments and branches, with all points
     * @param wanted whose next runs are searched for
     */
    public static NextRuns of(Snapshots snapshots, List<Series> whole, Predicate<SeriesKey> wanted) throws IOException {
        Map<Newest, List<Series>> ends = new LinkedHashMap<>();
        for (Series series : whole) {
            if (wanted.test(series.key()) && !series.points().isEmpty()) {
                ends.computeIfAbsent(Newest.of(series), end -> new ArrayList<>())
                        .add(series);
            }
        }
        List<Next> all = new ArrayList<>();
        for (Map.Entry<Newest, List<Series>> end : ends.entrySet()) {
            all.add(new Next(
                    end.getValue().stream().map(Series::key).collect(toSet()),
                    snapshots.after(end.getKey().runs(whole), whole)));
        }
        return new NextRuns(all);
    }

    /** One for each suite, with the series that end with it. */
    public List<NextRun> with(Policies policies) {
        return all.stream().map(one -> one.with(policies)).toList();
    }

    /**
     * The minimum detectable change of one run for each of the requested series; those with too few runs are left out.
     */
    public Map<SeriesKey, OptionalDouble> detectable(Policies policies) {
        Map<SeriesKey, OptionalDouble> detectable = new HashMap<>();
        with(policies).forEach(next -> detectable.putAll(next.detectable()));
        return detectable;
    }

    /**
     * The revision with which series end.
     *
     * @param commit its commit; where none is known, the id of the run
     */
    private record Newest(String environment, String branch, String commit) {
        static Newest of(Series series) {
            return new Newest(
                    series.key().environment(),
                    series.key().branch(),
                    name(series.points().get(series.points().size() - 1).run()));
        }

        private static String name(RunInfo run) {
            String commit = run.header().revision().commit();
            return commit.isEmpty() || commit.endsWith(Revision.DIRTY) ? run.id() : commit;
        }

        /** The runs of the revision, in the order in which the series have them. */
        List<RunInfo> runs(List<Series> whole) {
            Map<String, RunInfo> runs = new LinkedHashMap<>();
            for (Series series : whole) {
                if (series.key().environment().equals(environment)
                        && series.key().branch().equals(branch)) {
                    for (RunInfo run : in(series.points())) {
                        runs.putIfAbsent(run.id(), run);
                    }
                }
            }
            return List.copyOf(runs.values());
        }

        private List<RunInfo> in(List<Point> points) {
            List<RunInfo> found = new ArrayList<>();
            for (int i = points.size() - 1; i >= 0; i--) {
                RunInfo run = points.get(i).run();
                if (name(run).equals(commit)) {
                    found.add(0, run);
                } else if (!found.isEmpty()) {
                    break;
                }
            }
            return found;
        }
    }
}
