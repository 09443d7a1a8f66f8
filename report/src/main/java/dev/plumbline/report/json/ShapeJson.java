package dev.plumbline.report.json;

import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.shape.SeriesShape;
import dev.plumbline.core.shape.SeriesSummary;
import dev.plumbline.core.shape.feature.Anomaly;
import dev.plumbline.core.shape.feature.DriftWindow;
import dev.plumbline.core.shape.feature.Excursion;
import dev.plumbline.core.shape.feature.Modes;
import dev.plumbline.core.shape.feature.Seasonality;
import dev.plumbline.core.shape.feature.Segment;
import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.core.shape.feature.Trend;
import dev.plumbline.report.Words;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.shape.ShapeWords;
import java.util.List;

/** The members {@code shape}, {@code anomalies} and {@code summary} of a series. */
final class ShapeJson {
    private ShapeJson() {}

    static void members(SeriesAnalysis analysis, JsonText json) {
        SeriesShape shape = analysis.shape();
        json.object("shape", () -> shape(analysis, shape, json));
        json.array("anomalies", shape.anomalies(), anomaly -> json.object(() -> anomaly(anomaly, json)));
        json.object("summary", () -> summary(analysis, json));
    }

    private static void shape(SeriesAnalysis analysis, SeriesShape shape, JsonText json) {
        json.text("word", shape.main().word().text());
        json.array("words", shape.shapes(), one -> json.text(one.word().text()));
        json.array("sentences", ShapeWords.sentences(analysis), json::text);
        json.array("segments", shape.segments(), segment -> json.object(() -> segment(segment, json)));
        shape.find(Shape.Trending.class)
                .map(Shape.Trending::trend)
                .or(shape::trend)
                .ifPresentOrElse(trend -> json.object("trend", () -> trend(trend, json)), () -> json.nothing("trend"));
        json.array("drift", shape.drift(), window -> json.object(() -> drift(window, json)));
        List<Seasonality> seasons = shape.shapes().stream()
                .filter(one -> one instanceof Shape.Seasonal)
                .map(one -> ((Shape.Seasonal) one).seasonality())
                .toList();
        json.array("seasons", seasons, season -> json.object(() -> season(season, json)));
        shape.find(Shape.Volatile.class)
                .map(Shape.Volatile::change)
                .ifPresentOrElse(
                        change -> json.object("noiseChange", () -> {
                            json.integer("index", change.index());
                            json.number("before", change.before());
                            json.number("after", change.after());
                            json.number("pValue", change.pValue());
                        }),
                        () -> json.nothing("noiseChange"));
        shape.find(Shape.Multimodal.class)
                .map(Shape.Multimodal::modes)
                .ifPresentOrElse(modes -> json.object("modes", () -> modes(modes, json)), () -> json.nothing("modes"));
        json.array("wentAway", shape.excursions(), excursion -> json.object(() -> excursion(excursion, json)));
        shape.find(Shape.Quantised.class)
                .ifPresentOrElse(
                        quantised -> json.object("quantised", () -> {
                            json.integer("distinct", quantised.distinct());
                            json.number("tick", quantised.tick());
                        }),
                        () -> json.nothing("quantised"));
    }

    private static void segment(Segment segment, JsonText json) {
        json.integer("first", segment.first());
        json.integer("end", segment.end());
        json.number("startLevel", segment.startLevel());
        json.number("endLevel", segment.endLevel());
        json.number("noise", segment.noise());
    }

    private static void trend(Trend trend, JsonText json) {
        json.integer("first", trend.first());
        json.integer("end", trend.end());
        json.number("slopePerRun", trend.slope());
        json.number("slopePerDay", trend.slopePerDay());
        json.number("robustSlopePerRun", trend.robustSlope());
        json.number("total", trend.total());
        json.numbers(
                "totalInterval",
                trend.totalInterval().low(),
                trend.totalInterval().high());
        json.number("rSquared", trend.determination());
        json.number("pValue", trend.pValue());
        json.number("confidence", trend.confidence());
        json.number("autocorrelation", trend.autocorrelation());
    }

    private static void drift(DriftWindow window, JsonText json) {
        json.integer("length", window.length());
        json.text("of", window.inDays() ? "days" : "runs");
        json.number("early", window.early());
        json.number("late", window.late());
        json.number("relativeChange", window.relativeChange());
        json.number("pValue", window.pValue());
    }

    private static void season(Seasonality season, JsonText json) {
        json.text("period", Words.lower(season.period()));
        json.number("strength", season.strength());
        json.number("amplitude", season.amplitude());
        json.number("pValue", season.pValue());
        json.numbers(
                "phases",
                season.phases().stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static void modes(Modes modes, JsonText json) {
        json.text("change", Words.lower(modes.change()));
        if (modes.index().isPresent()) {
            json.integer("index", modes.index().getAsInt());
        } else {
            json.nothing("index");
        }
        json.array(
                "modes",
                modes.modes(),
                mode -> json.object(() -> {
                    json.number("level", mode.level());
                    json.number("levelBefore", mode.levelBefore());
                    json.number("weight", mode.weight());
                    json.number("weightBefore", mode.weightBefore());
                }));
    }

    private static void excursion(Excursion excursion, JsonText json) {
        json.integer("first", excursion.first());
        json.integer("end", excursion.end());
        json.number("before", excursion.before());
        json.number("during", excursion.during());
        json.number("after", excursion.after());
        json.number("relativeChange", excursion.relativeChange());
    }

    private static void anomaly(Anomaly anomaly, JsonText json) {
        json.text("kind", anomaly.kind().text());
        json.integer("first", anomaly.first());
        json.integer("end", anomaly.end());
        json.number("value", anomaly.value());
        json.number("expected", anomaly.expected());
        json.number("deviations", anomaly.deviations());
        json.number("severity", anomaly.severity());
    }

    private static void summary(SeriesAnalysis analysis, JsonText json) {
        SeriesSummary summary = analysis.summary();
        json.text("health", summary.health().text());
        json.number("mean", summary.mean());
        json.number("median", summary.median());
        json.number("variation", summary.variation());
        json.number("noise", summary.noise());
        json.number("stability", summary.stability());
        json.number("reliability", summary.reliability());
        json.number("detectable", summary.detectable());
        json.array("recommendations", ShapeWords.advice(analysis), json::text);
    }
}
