package dev.plumbline.report.html;

import dev.plumbline.core.model.PackedPoints;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.report.CommitTitle;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.PackedNumbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs that a page names, each listed once in a table at its end; and the axes of its courses, which many share.
 *
 * <p>Places are given in the order in which runs are first asked for. {@linkplain #whileClosed While it is closed}
 * several threads may ask for what it has.
 */
final class PageRuns {
    /** Series of one history share the very objects of their runs, and there are hundreds of points in each. */
    private final IdentityHashMap<RunInfo, Integer> known = new IdentityHashMap<>();

    private final Map<String, Integer> places = new HashMap<>();
    private final List<RunInfo> runs = new ArrayList<>();
    private final IdentityHashMap<Series, Integer> axisOf = new IdentityHashMap<>();
    private final Map<List<Integer>, Integer> axes = new LinkedHashMap<>();
    /** The last series that was asked for: the next one has the same runs mostly, and then the same axis. */
    private Optional<PackedPoints> last = Optional.empty();

    private int lastPlace;
    private boolean isClosed;

    /** The place of a run in the table. */
    int run(RunInfo run) {
        Integer place = known.get(run);
        if (place == null) {
            mustBeOpen();
            place = places.computeIfAbsent(
                    run.id() + "\u0000" + run.header().revision().commit(), id -> {
                        runs.add(run);
                        return runs.size() - 1;
                    });
            known.put(run, place);
        }
        return place;
    }

    /** The place of a series' axis, the runs of its points, among the axes. */
    int axis(Series series) {
        Integer place = axisOf.get(series);
        if (place == null) {
            mustBeOpen();
            PackedPoints points = PackedPoints.of(series.points());
            if (last.isEmpty() || !points.haveRunsOf(last.get())) {
                List<Integer> axis = points.runs().stream().map(this::run).toList();
                lastPlace = axes.computeIfAbsent(axis, list -> axes.size());
            }
            last = Optional.of(points);
            place = lastPlace;
            axisOf.put(series, place);
        }
        return place;
    }

    private void mustBeOpen() {
        if (isClosed) {
            throw new IllegalStateException("a run is named that was not named before the table was closed");
        }
    }

    /** Does something during which nothing may be added. */
    void whileClosed(Runnable work) {
        isClosed = true;
        work.run();
        isClosed = false;
    }

    /** The named axes, then every named run with its commit's title; last, when nothing names another. */
    void write(JsonText json, PageFrame frame) {
        json.array("axes", axes.keySet(), axis -> json.text(packed(axis).text()));
        json.object("runs", () -> {
            json.array(
                    "commit",
                    runs,
                    run -> json.text(
                            run.header().revision().isKnown()
                                    ? run.header().revision().commit()
                                    : ""));
            json.array("branch", runs, run -> json.text(run.header().revision().branch()));
            json.array("time", runs, run -> json.text(RunWords.time(PageData.time(run))));
            json.array("id", runs, run -> json.text(RunWords.runName(run)));
            List<CommitTitle> titles = runs.stream().map(frame::title).toList();
            if (titles.stream().anyMatch(title -> !title.subject().isEmpty())) {
                json.array("subject", titles, title -> json.text(title.subject()));
            }
            if (titles.stream().anyMatch(title -> !title.author().isEmpty())) {
                json.array("author", titles, title -> json.text(title.author()));
            }
            json.numbers(
                    "seconds",
                    runs.stream()
                            .mapToDouble(run -> PageData.time(run).getEpochSecond())
                            .toArray());
        });
    }

    /** Whole numbers are packed with a step of one, whatever their size. */
    private static PackedNumbers packed(List<Integer> indices) {
        return PackedNumbers.withStep(
                1, indices.stream().mapToDouble(Integer::doubleValue).toArray());
    }
}
