package dev.plumbline.report.json;

import dev.plumbline.core.calibrate.Sensitivity;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.report.evidence.HistoryWords;
import dev.plumbline.report.format.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The thresholds of series for programs. */
public final class ThresholdJson {
    /** The name and version of the form. */
    public static final String SCHEMA = "plumbline-thresholds/1";

    private ThresholdJson() {}

    /** One series: its rules, its runs, and its minimum detectable change. */
    public record Entry(Thresholds.Resolution resolution, int runs, Optional<Sensitivity> sensitivity) {}

    /**
     * Writes one document.
     *
     * @param seed of all chance; empty where nothing was replayed
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public static void write(List<Entry> entries, OptionalLong seed, OutputStream out) throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", SCHEMA);
                    seed.ifPresent(number -> json.integer("seed", number));
                    json.array("series", entries, entry -> json.object(() -> entry(entry, json)));
                }));
    }

    private static void entry(Entry entry, JsonText json) {
        json.series(entry.resolution.key());
        json.unit(entry.resolution.unit());
        json.text("kind", entry.resolution.kind().word());
        json.integer("runs", entry.runs);
        json.array(
                "thresholds",
                entry.resolution.decisions(),
                decision -> json.object(() -> {
                    json.text("threshold", decision.property().key());
                    json.text("value", decision.value());
                    json.text(
                            "from",
                            decision.winner()
                                    .map(stated -> stated.rule().name())
                                    .orElse("default"));
                    json.text("scope", decision.winner().map(stated -> stated.rule()
                            .scope()
                            .toString()));
                    json.array(
                            "over",
                            decision.beaten(),
                            stated -> json.object(() -> {
                                json.text("value", stated.value());
                                json.text("from", stated.rule().name());
                                json.text("scope", stated.rule().scope().toString());
                            }));
                }));
        if (entry.sensitivity.isEmpty()) {
            json.nothing("sensitivity");
        } else {
            json.object("sensitivity", () -> sensitivity(entry.sensitivity.get(), json));
        }
    }

    private static void sensitivity(Sensitivity known, JsonText json) {
        json.number("noise", known.noise());
        json.integer("suiteSize", known.suiteSize());
        json.number("detectable", known.detectable());
        json.text("words", HistoryWords.sentence(known.ofNextRun()));
        json.array(
                "needed",
                known.needed(),
                needed -> json.object(() -> {
                    json.number("size", needed.size());
                    if (needed.runs().isPresent()) {
                        json.integer("runs", needed.runs().getAsInt());
                    } else {
                        json.nothing("runs");
                    }
                }));
        known.replay().ifPresent(replay -> {
            CalibrationJson.proportion("falseAlarms", replay.falseAlarms(), json);
            CalibrationJson.proportion("suspected", replay.suspected(), json);
            json.array(
                    "detections",
                    replay.detections(),
                    detection -> json.object(() -> CalibrationJson.detection(detection, json)));
            json.number("found99", replay.found99());
            replay.atDetectable().ifPresent(found -> CalibrationJson.proportion("foundAtDetectable", found, json));
        });
    }
}
