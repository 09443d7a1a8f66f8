package dev.plumbline.pipeline.snapshot;

import dev.plumbline.core.model.PackedPoints;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Roles;
import dev.plumbline.core.shape.feature.OddRun;
import dev.plumbline.report.content.DisturbedRun;
import dev.plumbline.report.content.MainMetricFirst;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The newest runs of one environment and branch side by side: a row for each benchmark, that of its main metric, and a
 * column for each run.
 */
public final class RecentRuns {
    /** More runs add little to what is usual. */
    private static final int NEWEST = 64;

    private final List<Series> rows;
    private final List<RunInfo> runs;

    private RecentRuns(List<Series> rows, List<RunInfo> runs) {
        this.rows = rows;
        this.runs = runs;
    }

    /**
     * One table for each environment and branch, their runs as the longest series has them.
     *
     * @param all series of any metrics; of each benchmark a primary one is taken, if there is any
     */
    public static List<RecentRuns> of(List<Series> all, boolean wholeHistory, Roles roles) {
        Map<String, List<Series>> groups = new TreeMap<>();
        for (Series series : oneOfEach(all, roles)) {
            groups.computeIfAbsent(
                            series.key().environment() + "\n" + series.key().branch(), key -> new ArrayList<>())
                    .add(series);
        }
        List<RecentRuns> tables = new ArrayList<>();
        for (List<Series> group : groups.values()) {
            List<Point> longest = List.of();
            for (Series series : group) {
                longest = series.points().size() > longest.size() ? series.points() : longest;
            }
            int first = wholeHistory ? 0 : Math.max(0, longest.size() - NEWEST);
            tables.add(new RecentRuns(
                    group,
                    longest.subList(first, longest.size()).stream()
                            .map(Point::run)
                            .toList()));
        }
        return tables;
    }

    private static List<Series> oneOfEach(List<Series> all, Roles roles) {
        Map<SeriesKey, Roles.Decision> decisions =
                roles.among(all.stream().map(Series::key).toList());
        Comparator<Series> mainFirst = Comparator.comparing(
                        (Series series) -> decisions.get(series.key()).role())
                .thenComparing(Series::key, MainMetricFirst.ORDER);
        Map<List<Object>, Series> mains = new LinkedHashMap<>();
        for (Series series : all) {
            SeriesKey key = series.key();
            mains.merge(
                    List.of(key.benchmark(), key.environment(), key.branch()),
                    series,
                    (one, other) -> mainFirst.compare(one, other) <= 0 ? one : other);
        }
        return List.copyOf(mains.values());
    }

    /** The runs in which much was off at once, oldest first. */
    public List<DisturbedRun> disturbed() {
        if (rows.size() < OddRun.FEWEST_SERIES || runs.size() < OddRun.FEWEST_RUNS) {
            return List.of();
        }
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            columns.put(runs.get(i).id(), i);
        }
        double[][] values = new double[rows.size()][runs.size()];
        PackedPoints last = null;
        int[] places = {};
        for (int i = 0; i < values.length; i++) {
            Arrays.fill(values[i], Double.NaN);
            PackedPoints points = PackedPoints.of(rows.get(i).points());
            if (last == null || !points.haveRunsOf(last)) {
                places = points.runs().stream()
                        .mapToInt(run -> columns.getOrDefault(run.id(), -1))
                        .toArray();
            }
            last = points;
            double[] measured = points.values();
            for (int j = 0; j < measured.length; j++) {
                if (places[j] >= 0) {
                    values[i][places[j]] = measured[j];
                }
            }
        }
        return OddRun.find(values, rows.stream().map(Series::better).toList()).stream()
                .map(odd -> new DisturbedRun(runs.get(odd.run()), odd))
                .toList();
    }
}
