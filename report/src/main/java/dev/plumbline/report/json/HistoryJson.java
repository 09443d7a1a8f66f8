package dev.plumbline.report.json;

import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.report.SeriesWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.content.AnalyzedSeries;
import dev.plumbline.report.content.DisturbedRun;
import dev.plumbline.report.format.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Stored series for programs: a list of them without their points, or with them. The form is documented beside that of
 * {@link JsonReport}, and the same rules hold.
 */
public final class HistoryJson {
    /** The name and version of the form. */
    public static final String SCHEMA = "plumbline-history/1";

    private HistoryJson() {}

    /**
     * Writes what each series is, how many points it has, its first and last value, its changes, shape and summary.
     *
     * @param disturbed runs in which much was off at once
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public static void writeList(List<AnalyzedSeries> all, List<DisturbedRun> disturbed, OutputStream out)
            throws IOException {
        write(all, disturbed, false, out);
    }

    /**
     * Writes series with all their points, oldest first.
     *
     * @param disturbed runs in which much was off at once
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public static void writePoints(List<AnalyzedSeries> all, List<DisturbedRun> disturbed, OutputStream out)
            throws IOException {
        write(all, disturbed, true, out);
    }

    private static void write(
            List<AnalyzedSeries> all, List<DisturbedRun> disturbed, boolean withPoints, OutputStream out)
            throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", SCHEMA);
                    json.array("series", all, one -> json.object(() -> series(one, withPoints, json)));
                    json.array(
                            "oddRuns",
                            disturbed,
                            run -> json.object(() -> {
                                json.object("run", () -> json.run(run.run()));
                                json.integer("series", run.odd().series());
                                json.integer("far", run.odd().far());
                                json.integer("worse", run.odd().worse());
                                json.number("typicalDeviations", run.odd().typical());
                                json.number("score", run.odd().score());
                            }));
                }));
    }

    private static void series(AnalyzedSeries analyzed, boolean withPoints, JsonText json) {
        Series series = analyzed.series();
        json.series(series.key());
        json.text("label", Words.label(series.key()));
        json.unit(series.unit());
        json.text("better", series.better().name());
        json.text("role", analyzed.role().word());
        List<Point> points = series.points();
        json.integer("count", points.size());
        if (points.isEmpty()) {
            json.nothing("first");
            json.nothing("last");
        } else {
            json.number("first", points.get(0).value());
            json.number("last", points.get(points.size() - 1).value());
        }
        json.array("warnings", SeriesWords.of(series), json::text);
        AnalysisJson.changePoints(analyzed.analysis(), json);
        List<CalledRegression> called = analyzed.analysis().called();
        int newest = called.size() - 1;
        if (called.isEmpty()) {
            json.nothing("called");
        } else {
            json.object("called", () -> CalledJson.write(called.get(newest), json));
        }
        if (newest > 0) {
            json.array(
                    "calledBefore", called.subList(0, newest), one -> json.object(() -> CalledJson.write(one, json)));
        }
        json.text("verdict", analyzed.analysis().verdict().name());
        ShapeJson.members(analyzed.analysis(), json);
        if (withPoints) {
            json.array(
                    "points",
                    points,
                    point -> json.object(() -> {
                        json.object("run", () -> json.run(point.run()));
                        json.number("value", point.value());
                        json.integer("groups", point.groupCount());
                        json.number("groupDeviation", point.groupDeviation());
                        json.truth("judgedBad", point.judgedBad());
                    }));
        }
    }
}
