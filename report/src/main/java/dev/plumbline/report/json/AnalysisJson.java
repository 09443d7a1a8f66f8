package dev.plumbline.report.json;

import dev.plumbline.core.history.ChangeMethod;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.history.SeriesChange;
import dev.plumbline.report.Words;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.shape.AnalysisWords;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Analysed series for programs: JSON Lines, one object for each series, in ASCII.
 *
 * <p>{@code index}, {@code positionInterval} and {@code current.start} count the places of the series from 0. A number
 * that is not finite is {@code null}; for a relative change, {@code relativeChangeIs} then has the value in words.
 */
public final class AnalysisJson {
    private AnalysisJson() {}

    /**
     * Writes one line.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public static void write(SeriesAnalysis analysis, OutputStream out) throws IOException {
        JsonText.line(out, json -> json.object(() -> members(analysis, json)));
    }

    private static void members(SeriesAnalysis analysis, JsonText json) {
        json.text("id", analysis.key().benchmark().name());
        changePoints(analysis, json);
        json.text("verdict", analysis.verdict().name());
        json.array("warnings", AnalysisWords.of(analysis), json::text);
        json.integer("values", analysis.values().size());
        analysis.current()
                .ifPresentOrElse(
                        current -> json.object("current", () -> current(current, json)), () -> json.nothing("current"));
        json.text("method", analysis.method().name().text());
        json.object(
                "settings", () -> analysis.method().settings().forEach((name, value) -> setting(name, value, json)));
        json.array("notGiven", analysis.method().notGiven(), evidence -> json.text(member(evidence)));
        json.text("metric", analysis.key().metric());
        json.unit(analysis.unit());
        json.text("better", analysis.better().name());
        json.strings("parameters", analysis.key().benchmark().parameters());
        json.text("environment", analysis.key().environment());
        json.text("branch", analysis.key().branch());
        ShapeJson.members(analysis, json);
    }

    static void changePoints(SeriesAnalysis analysis, JsonText json) {
        json.array("changePoints", analysis.changes(), change -> json.object(() -> change(analysis, change, json)));
    }

    private static void setting(String name, Number value, JsonText json) {
        if (value instanceof Double) {
            json.number(name, value.doubleValue());
        } else {
            json.integer(name, value.longValue());
        }
    }

    private static String member(ChangeMethod.Evidence evidence) {
        return switch (evidence) {
            case CONFIDENCE_INTERVAL -> "confidenceInterval";
            case POSITION_INTERVAL -> "positionInterval";
            case P_VALUE -> "pValue";
        };
    }

    private static void change(SeriesAnalysis analysis, SeriesChange change, JsonText json) {
        json.integer("index", change.index());
        json.number("before", change.before());
        json.number("after", change.after());
        json.number("relativeChange", change.relativeChange());
        change.confidenceInterval()
                .ifPresent(interval -> json.numbers("confidenceInterval", interval.low(), interval.high()));
        change.pValue().ifPresent(probability -> json.number("pValue", probability));
        change.test().ifPresent(test -> json.text("test", test.name().toLowerCase(Locale.ROOT)));
        json.text("tier", change.tier().name().toLowerCase(Locale.ROOT));
        change.positions()
                .ifPresent(positions -> json.integers("positionInterval", positions.first(), positions.last()));
        change.detectedAt().ifPresent(place -> json.integer("detectedAt", place));
        json.text("direction", Words.direction(analysis, change));
        String revision = analysis.revisions().get(change.index());
        if (!revision.isEmpty()) {
            json.text("revision", revision);
        }
        analysis.saidOf(change).holding().ifPresent(stated -> json.object("statement", () -> json.statement(stated)));
        json.brokenPromise(analysis.saidOf(change).broken());
    }

    private static void current(SeriesAnalysis.Current current, JsonText json) {
        json.integer("start", current.start());
        json.number("level", current.level());
        current.relativeNoise().ifPresent(noise -> json.number("relativeNoise", noise));
        current.autocorrelation().ifPresent(correlation -> json.number("autocorrelation", correlation));
    }
}
