package dev.plumbline.pipeline.repository;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.SeriesWarning;
import dev.plumbline.report.SeriesWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The runs that checks judge as the newest because they were recorded last, although others have later dates. Whoever
 * shows a history shows it in this order, so that the newest run is the same everywhere.
 */
public final class NewestByRecording {
    private final List<RunInfo> runs;
    private final Predicate<RunInfo> isNewest;
    private final Map<SeriesKey, Set<String>> earlier;
    private final Set<String> all = new HashSet<>();
    private final int before;
    private final boolean byGit;

    /**
     * @param runs of one branch and one revision
     * @param isNewest whether a run is one of them, or of their commit
     * @param earlier by series the ids of the runs that have later dates and come before all the same
     * @param before how many they are in the series with the most
     * @param byGit whether git confirms it
     */
    NewestByRecording(
            List<RunInfo> runs,
            Predicate<RunInfo> isNewest,
            Map<SeriesKey, Set<String>> earlier,
            int before,
            boolean byGit) {
        this.runs = List.copyOf(runs);
        this.isNewest = requireNonNull(isNewest, "isNewest");
        this.earlier = Map.copyOf(earlier);
        this.before = before;
        this.byGit = byGit;
        earlier.values().forEach(all::addAll);
    }

    /** The newest runs. */
    public List<RunInfo> runs() {
        return runs;
    }

    /** The same series with its newest point at its end, and with a word on that; unchanged where it is there. */
    public Series of(Series series) {
        Set<String> first = earlier.get(series.key());
        if (first == null) {
            return series;
        }
        List<SeriesWarning> warnings = new ArrayList<>(series.warnings());
        warnings.add(warning());
        return new Series(
                series.key(),
                series.unit(),
                series.better(),
                ordered(series.points(), Point::run, isNewest, first),
                warnings,
                series.foreign());
    }

    private SeriesWarning warning() {
        return new SeriesWarning.NewestByRecording(runs.get(0), before, byGit);
    }

    /** The note on that. */
    public String words() {
        return SeriesWords.WORDS.of(warning());
    }

    /** The same runs of the branch with the newest behind those that come before. */
    public List<RunInfo> of(List<RunInfo> branch) {
        return ordered(branch, Function.identity(), isNewest, all);
    }

    /**
     * When the newest runs were, in the order of the history: with the last of those that come before them.
     *
     * @param branch the runs of their branch
     */
    public Instant time(List<RunInfo> branch) {
        return branch.stream()
                .filter(run -> all.contains(run.id()) || isNewest.test(run))
                .map(RunInfo::time)
                .max(Comparator.naturalOrder())
                .orElseGet(() -> runs.get(0).time());
    }

    /** The same in the order in which the last of the newest is behind the first ones. */
    static <T> List<T> ordered(
            List<T> points, Function<T, RunInfo> runOf, Predicate<RunInfo> isNewest, Set<String> first) {
        int last = points.size() - 1;
        while (last >= 0 && !isNewest.test(runOf.apply(points.get(last)))) {
            last--;
        }
        List<T> ordered = new ArrayList<>(points.size());
        List<T> newest = new ArrayList<>();
        List<T> behind = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            RunInfo run = runOf.apply(points.get(i));
            if (i > last) {
                (first.contains(run.id()) ? ordered : behind).add(points.get(i));
            } else {
                (isNewest.test(run) ? newest : ordered).add(points.get(i));
            }
        }
        ordered.addAll(newest);
        ordered.addAll(behind);
        return ordered;
    }
}
