package dev.plumbline.report.json;

import dev.plumbline.core.history.EarlyLoss;
import dev.plumbline.report.Words;
import dev.plumbline.report.format.JsonText;

/** The possible loss of a young series, for programs. */
public final class EarlyLossJson {
    private EarlyLossJson() {}

    /** Its members. */
    public static void write(EarlyLoss loss, JsonText json) {
        json.series(loss.key());
        json.text("label", Words.label(loss.key()));
        json.integer("before", loss.before());
        json.integer("after", loss.after());
        json.number("firstLevel", loss.first());
        json.number("laterLevel", loss.later());
        json.number("relativeChange", loss.relativeChange());
        json.object("since", () -> json.run(loss.since()));
    }
}
