package dev.plumbline.report.json;

import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.report.Words;
import dev.plumbline.report.format.JsonText;

/** A regression that checks have detected, as JSON. */
public final class CalledJson {
    private CalledJson() {}

    /** Writes a regression that checks have detected and the history does not confirm yet. */
    public static void write(CalledRegression one, JsonText json) {
        json.series(one.key());
        json.text("label", Words.label(one.key()));
        json.number("before", one.before());
        json.number("after", one.after());
        json.number("relativeChange", one.relativeChange());
        json.object("since", () -> json.run(one.since()));
        json.text("finding", one.findingId());
        one.stated()
                .ifPresentOrElse(
                        stated -> json.object("statement", () -> json.statement(stated)),
                        () -> json.nothing("statement"));
        json.brokenPromise(one.statements().broken());
    }
}
