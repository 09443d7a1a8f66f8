package dev.plumbline.server.page;

import dev.plumbline.core.model.Unit;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.HtmlText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.project.OpenIncidents;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The incidents that need a decision, as {@code plumb incidents --json} has them, with the possible actions. */
public final class IncidentsPage {
    /** Series of one incident that are listed at once. */
    private static final int ROWS = 20;

    private static final int FEW_RUNS = 10;
    private static final int DEFAULT_MUTE_DAYS = 14;

    private final HtmlText html;
    private final Layout layout;
    private final Tabs tabs;
    private final Reader reader;
    private int cards;

    private IncidentsPage(HtmlText html, Layout layout, Tabs tabs, Reader reader) {
        this.html = html;
        this.layout = layout;
        this.tabs = tabs;
        this.reader = reader;
    }

    /**
     * The reader, with the rights and the view.
     *
     * @param decides whether they have the right to decide
     * @param all whether incidents that need no action are listed too
     * @param alerts what did not come
     * @param names the label of a benchmark without what all labels of the project share
     */
    public record Reader(boolean decides, boolean all, List<String> alerts, UnaryOperator<String> names) {
        public Reader {
            alerts = List.copyOf(alerts);
        }
    }

    /**
     * Writes the page.
     *
     * @param answer what the command answered
     * @param error what was wrong with what was decided last
     */
    public static String write(Layout layout, Tabs tabs, JsonValue answer, Reader reader, Optional<String> error) {
        return layout.page("Incidents · " + tabs.path(), tabs, html -> new IncidentsPage(html, layout, tabs, reader)
                .write(answer, error));
    }

    private void write(JsonValue answer, Optional<String> error) {
        int open = OpenIncidents.count(answer);
        String branch = Words.shown(Words.text(answer, "branch"));
        html.element(
                "h1",
                (open == 0 ? "No open incident" : Words.count(open, "open incident", "open incidents")) + " on "
                        + branch);
        Forms.error(html, error);
        reader.alerts().forEach(alert -> html.element("p", Forms.sentence(Words.shown(alert)), "class", "message bad"));
        html.element("p", advice(answer, open), "class", "muted");
        answer.get("incidents").elements().stream()
                .filter(OpenIncidents::isOpen)
                .forEach(this::incident);
        OpenIncidents.byCommit(answer.get("called")).forEach(this::called);
        answer.get("newest").elements().forEach(this::newest);
        answer.get("missing").elements().forEach(this::missing);
        List<JsonValue> others = answer.get("incidents").elements().stream()
                .filter(one -> !OpenIncidents.isOpen(one))
                .toList();
        if (!others.isEmpty()) {
            html.element("h2", "Not open");
            others.forEach(this::incident);
        }
        html.element("p", () -> {
            if (reader.all()) {
                html.element("a", "Show open incidents only", "href", tabs.address("incidents"));
            } else {
                html.element(
                        "a",
                        "Show all incidents, including accepted, recovered and improved ones",
                        "href",
                        tabs.address("incidents?all=1"));
            }
            if (reader.decides()) {
                html.text(" · ").element("a", "Webhooks", "href", tabs.address("webhooks"));
            }
        });
    }

    private String advice(JsonValue answer, int open) {
        if (open > 0) {
            return reader.decides()
                    ? (open == 1 ? "Fix it or revert its commit" : "Fix each one or revert its commit")
                            + ", or record your decision here."
                    : (open == 1 ? "Fix it or revert its commit" : "Fix each one or revert its commit")
                            + ", or ask someone with the role reviewer to decide.";
        }
        long runs = answer.get("runs").integer().orElse(0);
        return runs < FEW_RUNS
                ? "The branch has " + Words.count(runs, "run", "runs") + "; incidents need histories of " + FEW_RUNS
                        + " runs or more. Checks are judged before that, too."
                : "Nothing to do.";
    }

    private void incident(JsonValue one) {
        List<JsonValue> changes = one.get("changes").elements();
        boolean isOpen = OpenIncidents.isOpen(one);
        card(isOpen ? "bad" : "", () -> {
            html.element("h2", () -> {
                html.text(subject(one, changes)).text(" ");
                state(one);
            });
            cause(one);
            since(one);
            statement(one.get("statement"));
            changes(changes);
            actions(Words.text(one, "id"), one, isOpen);
        });
    }

    private void card(String look, Runnable content) {
        cards++;
        html.element("article", content, "class", ("card " + look).strip());
    }

    private String subject(JsonValue one, List<JsonValue> changes) {
        return changes.isEmpty()
                ? "Incident " + Words.text(one, "id")
                : worst(changes)
                        + (Words.text(one, "direction").equals("WORSE") ? " (worse)" : " (better)")
                        + others(changes);
    }

    private static String others(List<JsonValue> changes) {
        return changes.size() > 1 ? " and " + (changes.size() - 1) + " more" : "";
    }

    private String worst(List<JsonValue> changes) {
        JsonValue worst = changes.get(0);
        for (JsonValue change : changes) {
            if (size(change) > size(worst)) {
                worst = change;
            }
        }
        return name(worst) + " " + changed(worst.get("relativeChange"));
    }

    private static double size(JsonValue change) {
        return Math.abs(change.get("relativeChange").number().orElse(0));
    }

    private String name(JsonValue series) {
        String metric = Words.text(series, "metric");
        return label(series) + (metric.isEmpty() ? "" : " " + Words.shown(metric));
    }

    private String label(JsonValue series) {
        return Words.shown(reader.names().apply(Words.text(series, "label")));
    }

    private static String changed(JsonValue change) {
        return change.number().isPresent() ? Quantity.change(change.number().getAsDouble()) : "changed";
    }

    private void state(JsonValue one) {
        String state = Words.text(one, "state");
        boolean worse = Words.text(one, "direction").equals("WORSE");
        String words = !worse
                ? "better"
                : OpenIncidents.isOpen(one) ? "open" : state.equals("NEW") ? "small" : Words.lower(state);
        html.element(
                "span",
                words,
                "class",
                "badge"
                        + ""
                        + ""
                        + ""
                        + ""
                        + ""
                        + ""
                        + ""
                        + ""
                        + ""
                        + ""
                        + ""
                        + " "
                        + (!worse || state.equals("RECOVERED") ? "good" : OpenIncidents.isOpen(one) ? "bad" : "wait"));
    }

    private void cause(JsonValue one) {
        List<JsonValue> suspects = one.get("suspects").elements();
        String kind = Words.text(one, "kind");
        html.element("p", () -> {
            html.element("strong", "Cause: ");
            if (kind.equals("NOISE")) {
                html.text("noise of the machine, not the code.");
            } else if (suspects.isEmpty()) {
                html.text(
                        switch (kind) {
                            case "ENVIRONMENT" -> "the environment changed.";
                            case "SLOPE" -> "a slow trend over many commits, no single one.";
                            default -> "the commits of the range are unknown.";
                        });
            } else {
                suspect(suspects.get(0), suspects.size());
            }
            if (kind.equals("COST_SHIFT")) {
                html.text(" Other benchmarks gained what these lost.");
            }
        });
        List<String> reasons =
                suspects.isEmpty() ? List.of() : texts(suspects.get(0).get("reasons"));
        if (!reasons.isEmpty()) {
            html.element("p", Forms.sentence(Words.shown(String.join("; ", reasons))), "class", "muted small");
        }
    }

    private static List<String> texts(JsonValue list) {
        List<String> texts = new ArrayList<>();
        list.elements().forEach(one -> one.text().ifPresent(texts::add));
        return texts;
    }

    private void suspect(JsonValue suspect, int all) {
        String subject = Words.text(suspect, "subject");
        String author = Words.text(suspect, "author");
        html.text(
                suspect.get("environment").isTrue()
                        ? "the environment changed"
                        : Words.commit(Words.text(suspect, "commit")));
        if (!author.isEmpty()) {
            html.text(" by " + Words.shown(author));
        }
        if (!subject.isEmpty()) {
            html.text(": ").element("q", Words.shown(subject));
        }
        suspect.get("probability")
                .number()
                .ifPresent(share -> html.text(" (" + Math.round(100 * share) + " % likely"
                        + (all > 1 ? ", the first of " + all + " suspects" : "") + ")"));
    }

    private void since(JsonValue one) {
        JsonValue good = one.get("lastGood");
        html.element(
                "p",
                () -> {
                    Words.time(one.get("time")).ifPresent(time -> {
                        html.text("Since ");
                        Words.ago(html, time, layout.now());
                        html.text(", with ");
                    });
                    html.text(Words.commit(Words.text(one.get("firstBad"), "commit")));
                    if (!good.isNothing()) {
                        html.text("; last good: " + Words.commit(Words.text(good, "commit")));
                    }
                    html.text(". Id " + Words.text(one, "id") + ".");
                },
                "class",
                "muted small");
    }

    private void statement(JsonValue statement) {
        if (statement.isNothing()) {
            return;
        }
        String reason = Words.text(statement, "reason");
        String until = Words.text(statement, "until");
        html.element("p", () -> {
            html.element(
                            "strong",
                            Forms.sentence(Words.lower(Words.text(statement, "state")))
                                    .replace(".", ""))
                    .text(" by " + Words.shown(Words.text(statement, "by")));
            Words.time(statement.get("at")).ifPresent(at -> {
                html.text(", ");
                Words.ago(html, at, layout.now());
            });
            if (!until.isEmpty()) {
                html.text(", until " + until.substring(0, Math.min(10, until.length())));
            }
            if (!reason.isEmpty()) {
                html.text(": ").element("q", Words.shown(reason));
            }
        });
    }

    private void changes(List<JsonValue> changes) {
        if (changes.isEmpty()) {
            return;
        }
        boolean hasLevels = changes.stream().anyMatch(change -> !levels(change).isEmpty());
        html.element(
                "div",
                () -> html.element(
                        "table",
                        () -> {
                            html.element(
                                    "thead",
                                    () -> html.element("tr", () -> {
                                        html.element("th", "Benchmark", "scope", "col");
                                        html.element("th", "Metric", "scope", "col");
                                        if (hasLevels) {
                                            html.element("th", "Before → after", "scope", "col");
                                        }
                                        html.element("th", "Change", "scope", "col", "class", "number");
                                    }));
                            html.element(
                                    "tbody",
                                    () -> changes.stream().limit(ROWS).forEach(change -> change(change, hasLevels)));
                        },
                        "class",
                        "stack"),
                "class",
                "scroll");
        if (changes.size() > ROWS) {
            html.element(
                    "p",
                    "… and " + (changes.size() - ROWS) + " more; the dashboard has all of them.",
                    "class",
                    "muted small");
        }
    }

    private void change(JsonValue change, boolean hasLevels) {
        html.element("tr", () -> {
            html.element(
                    "th",
                    () -> html.element(
                            "a", label(change), "href", tabs.address("benchmarks/" + Words.text(change, "series"))),
                    "scope",
                    "row");
            html.element("td", Words.shown(Words.text(change, "metric")), "data-name", "Metric");
            if (hasLevels) {
                html.element("td", levels(change), "data-name", "Before → after");
            }
            html.element("td", changed(change.get("relativeChange")), "class", "number", "data-name", "Change");
        });
    }

    private static String levels(JsonValue change) {
        double before = change.get("before").number().orElse(Double.NaN);
        double after = change.get("after").number().orElse(Double.NaN);
        Optional<Unit> unit = change.get("unit").text().map(Unit::of);
        if (unit.isEmpty() || Double.isNaN(before) || Double.isNaN(after)) {
            return "";
        }
        Quantity.Pair pair = Quantity.pair(before, after, unit.get(), Double.NaN);
        return pair.before() + " → " + pair.after();
    }

    /** Writes the regressions that checks detected with one commit, or one of it that was triaged. */
    private void called(List<JsonValue> same) {
        JsonValue first = same.get(0);
        boolean isOpen = first.get("statement").isNothing();
        card(isOpen ? "bad" : "", () -> {
            html.element("h2", () -> html.text(worst(same) + " (worse)" + others(same) + " ")
                    .element("span", isOpen ? "open" : "decided", "class", "badge " + (isOpen ? "bad" : "wait")));
            html.element("p", () -> html.element("strong", "Cause: ")
                    .text(Words.shown(Words.text(first, "began"))
                            + ", detected by a check. The history does not confirm it yet: another run decides."));
            statement(first.get("statement"));
            changes(same);
            actions(
                    same.stream().map(one -> Words.text(one, "finding")).collect(Collectors.joining(",")),
                    first,
                    isOpen);
        });
    }

    /** Writes the newest regressions: open ones of the same commit together, the others each alone. */
    private void newest(JsonValue one) {
        String certainty = Words.text(one, "certainty");
        boolean isOpen = one.get("statement").isNothing();
        boolean isCertain = certainty.equals("DETECTED");
        card(isOpen ? isCertain ? "bad" : "wait" : "", () -> {
            html.element("h2", () -> html.text(name(one) + " " + changed(one.get("relativeChange")) + " ")
                    .element(
                            "span",
                            switch (certainty) {
                                case "DETECTED" -> "open";
                                case "TOO_GOOD" -> "too good to be true";
                                default -> "possible";
                            },
                            "class",
                            "badge " + (isCertain ? "bad" : "wait")));
            String commit = Words.commit(Words.text(one.get("run"), "commit"));
            html.element(
                    "p",
                    switch (certainty) {
                        case "DETECTED" -> "The newest run shows it, with " + commit + ".";
                        case "TOO_GOOD" ->
                            "The newest run is better than seems possible, with " + commit
                                    + ". Check that the benchmark still does its work; if so, accept it.";
                        default ->
                            "Possible regression in the newest run, with " + commit
                                    + ". Run the benchmarks again: one more run decides.";
                    });
            statement(one.get("statement"));
            if (!certainty.equals("POSSIBLE")) {
                actions(Words.text(one, "finding"), one, isOpen);
            }
        });
    }

    private void missing(JsonValue one) {
        card("bad", () -> {
            html.element("h2", () -> html.text(label(one) + " ").element("span", "missing", "class", "badge bad"));
            html.element(
                    "p",
                    "Missing from the newest run, with "
                            + Words.commit(Words.text(one.get("run"), "commit"))
                            + ". Run it again, or accept that it was removed.");
            if (reader.decides()) {
                html.element("div", () -> accept(Words.text(one, "finding")), "class", "actions");
            }
        });
    }

    private void actions(String id, JsonValue one, boolean isOpen) {
        if (!reader.decides() || id.isEmpty()) {
            return;
        }
        String state = one.get("statement").isNothing() ? "" : Words.text(one.get("statement"), "state");
        html.element(
                "div",
                () -> {
                    if (isOpen || state.equals("ACKNOWLEDGED") || state.equals("MUTED")) {
                        accept(id);
                    }
                    if (isOpen) {
                        Forms.button(
                                html, address(), "Acknowledge", "", Forms.values("action", "acknowledge", "id", id));
                        mute(id);
                        falseAlarm(id);
                    } else if (state.equals("ACKNOWLEDGED") || state.equals("MUTED") || state.equals("FALSE_ALARM")) {
                        Forms.button(html, address(), "Reopen", "", Forms.values("action", "reopen", "id", id));
                    } else if (state.equals("ACCEPTED")) {
                        Forms.button(
                                html,
                                address(),
                                "Revoke the acceptance",
                                "",
                                Forms.values("action", "revoke", "id", Words.text(one.get("statement"), "id")));
                    }
                },
                "class",
                "actions");
    }

    private String address() {
        return tabs.address("incidents");
    }

    private void fold(String title, Runnable form) {
        html.element("details", () -> {
            html.element("summary", title);
            Forms.post(html, address(), form);
        });
    }

    private void accept(String id) {
        fold("Accept …", () -> {
            Forms.hidden(html, Forms.values("action", "accept", "id", id));
            Forms.field(
                    html,
                    "accept-" + cards,
                    "reason",
                    "Why is it intended?",
                    "The new level becomes normal; new runs are judged against it.",
                    "type",
                    "text",
                    "maxlength",
                    "1000",
                    "required",
                    "",
                    "autocomplete",
                    "off");
            html.element("button", "Accept it", "class", "main");
        });
    }

    private void mute(String id) {
        String day = layout.now()
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .plusDays(DEFAULT_MUTE_DAYS)
                .toString();
        fold("Mute until …", () -> {
            Forms.hidden(html, Forms.values("action", "mute", "id", id));
            Forms.field(
                    html,
                    "mute-" + cards,
                    "until",
                    "Muted until",
                    "",
                    "type",
                    "date",
                    "value",
                    day,
                    "min",
                    tomorrow(layout.now()),
                    "required",
                    "");
            Forms.field(
                    html,
                    "mute-reason-" + cards,
                    "reason",
                    "Why? (optional)",
                    "",
                    "type",
                    "text",
                    "maxlength",
                    "1000",
                    "autocomplete",
                    "off");
            html.element("button", "Mute it", "class", "main");
        });
    }

    private static String tomorrow(Instant now) {
        return now.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1).toString();
    }

    private void falseAlarm(String id) {
        fold("False alarm …", () -> {
            Forms.hidden(html, Forms.values("action", "false-alarm", "id", id));
            Forms.field(
                    html,
                    "false-" + cards,
                    "reason",
                    "How do you know? (optional)",
                    "Its runs count towards the reference again.",
                    "type",
                    "text",
                    "maxlength",
                    "1000",
                    "autocomplete",
                    "off");
            html.element("button", "Mark as a false alarm", "class", "main");
        });
    }
}
