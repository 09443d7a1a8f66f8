package dev.plumbline.report.json;

import dev.plumbline.core.calibrate.Calibration;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.report.content.SuiteOrigin;
import dev.plumbline.report.format.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** A calibration for programs. Shares come with what they count and their 95 % interval. */
public final class CalibrationJson {
    /** The name and version of the form. */
    public static final String SCHEMA = "plumbline-calibration/1";

    private CalibrationJson() {}

    /**
     * Writes one document.
     *
     * @param origin of the histories; empty for those of files
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public static void write(Calibration calibration, Optional<SuiteOrigin> origin, OutputStream out)
            throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", SCHEMA);
                    json.text("environment", origin.map(SuiteOrigin::environment));
                    json.text("branch", origin.map(SuiteOrigin::branch));
                    json.integer("series", calibration.series());
                    json.integer("leftOut", calibration.leftOut());
                    json.integer("healthyRuns", calibration.healthyRuns());
                    json.integer("seed", calibration.seed());
                    proportion("closed", calibration.closed(), json);
                    proportion("called", calibration.called(), json);
                    proportion("tooGood", calibration.tooGood(), json);
                    proportion("suspected", calibration.suspected(), json);
                    json.array(
                            "alarmsBySeverity",
                            calibration.alarms(),
                            alarm -> json.object(() -> {
                                json.text("blockAt", alarm.blockAt().name());
                                proportion("runs", alarm.runs(), json);
                            }));
                    json.array(
                            "detections",
                            calibration.detections(),
                            detection -> json.object(() -> detection(detection, json)));
                    json.array(
                            "detectable",
                            calibration.detectable(),
                            detectable -> json.object(() -> {
                                json.series(detectable.key());
                                json.number("change", detectable.change());
                                json.number("noise", detectable.noise());
                            }));
                    json.array(
                            "confirming",
                            calibration.confirming(),
                            confirming -> json.object(() -> {
                                json.number("size", confirming.size());
                                proportion("withOneRun", confirming.reached(), json);
                                if (confirming.runs().isPresent()) {
                                    json.integer("runs", confirming.runs().getAsInt());
                                } else {
                                    json.nothing("runs");
                                }
                            }));
                }));
    }

    static void detection(Calibration.Detection detection, JsonText json) {
        json.number("size", detection.size());
        json.number("meanDelay", detection.meanDelay());
        json.array(
                "within",
                detection.within(),
                within -> json.object(() -> {
                    json.integer("runs", within.runs());
                    proportion("found", within.found(), json);
                }));
    }

    public static void proportion(String name, Proportion proportion, JsonText json) {
        json.object(name, () -> {
            json.integer("hits", proportion.hits());
            json.integer("count", proportion.count());
            Interval interval = proportion.interval(0.95);
            json.number("share", proportion.share());
            json.numbers("interval", interval.low(), interval.high());
        });
    }
}
