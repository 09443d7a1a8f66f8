package dev.plumbline.report;

import dev.plumbline.core.detect.SeriesAnalysis;
import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.steps.Step;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Analysed series for programs: JSON Lines, one object for each series, in ASCII.
 *
 * <p>{@code index}, {@code positionInterval} and {@code current.start} count the places of the series from 0. A number
 * that is not finite is {@code null}; where that happens to a relative change, {@code relativeChangeIs} says which it
 * is.
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
        json.array("changePoints", analysis.changes(), step -> json.object(() -> change(analysis, step, json)));
        json.text("verdict", analysis.verdict().name());
        json.array("warnings", analysis.warnings(), json::text);
        json.integer("values", analysis.values().size());
        analysis.steps()
                .regime()
                .ifPresentOrElse(
                        regime -> json.object("current", () -> current(regime, json)), () -> json.nothing("current"));
        json.text("metric", analysis.key().metric());
        json.unit(analysis.unit());
        json.text("better", analysis.better().name());
        json.strings("parameters", analysis.key().benchmark().parameters());
        json.text("environment", analysis.key().environment());
        json.text("branch", analysis.key().branch());
    }

    private static void change(SeriesAnalysis analysis, Step step, JsonText json) {
        json.integer("index", step.index());
        json.number("before", step.before());
        json.number("after", step.after());
        json.number("relativeChange", step.relativeChange());
        json.numbers("confidenceInterval", step.low(), step.high());
        json.number("pValue", step.pValue());
        json.text("tier", step.tier().name().toLowerCase(Locale.ROOT));
        json.integers("positionInterval", step.firstIndex(), step.lastIndex());
        json.text("direction", analysis.isWorse(step) ? "regression" : "improvement");
        String revision = analysis.revisions().get(step.index());
        if (!revision.isEmpty()) {
            json.text("revision", revision);
        }
    }

    private static void current(Regime regime, JsonText json) {
        json.integer("start", regime.start());
        json.number("level", regime.level());
        json.number("relativeNoise", regime.relativeNoise());
        json.number("autocorrelation", regime.autocorrelation());
    }
}
