package dev.plumbline.report;

import dev.plumbline.core.history.CalledRegression;

/** A regression that checks have called, as JSON. */
final class CalledJson {
    private CalledJson() {}

    /** A regression that checks have called and the history does not confirm yet. */
    static void write(CalledRegression one, JsonText json) {
        json.series(one.key());
        json.text("label", Words.label(one.key()));
        json.number("before", one.before());
        json.number("after", one.after());
        json.number("relativeChange", one.relativeChange());
        json.object("since", () -> json.run(one.since()));
        json.text("finding", one.findingId());
        one.said()
                .ifPresentOrElse(
                        said -> json.object("statement", () -> json.statement(said)), () -> json.nothing("statement"));
        json.brokenPromise(one.statements().broken());
    }
}
