package dev.plumbline.report.answer;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The annotations of incidents and findings.
 *
 * @param stated the triages in the order of recording
 * @param accepted what was accepted
 * @param at the time at which states hold
 * @param acceptedSince the ids of those that were completely accepted later
 * @param broken the ids of promised fixes of what is still there
 * @param kept the ids of promised fixes of what is back
 */
public record TriageReport(
        List<Triage> stated,
        List<KnownAcceptance> accepted,
        Instant at,
        Set<String> acceptedSince,
        Set<String> broken,
        Set<String> kept) {
    /** The name and version of the JSON form. */
    public static final String SCHEMA = "plumbline-triage/1";

    public TriageReport {
        stated = List.copyOf(stated);
        accepted = List.copyOf(accepted);
        requireNonNull(at, "at");
        acceptedSince = Set.copyOf(acceptedSince);
        broken = Set.copyOf(broken);
        kept = Set.copyOf(kept);
    }

    /** The new annotations, or all of them. */
    public TriageReport(List<Triage> stated, Instant at) {
        this(stated, List.of(), at, Set.of(), Set.of(), Set.of());
    }

    private boolean holds(Triage triage) {
        return triage.annotation(at).isPresent()
                && !acceptedSince.contains(triage.id())
                && !broken.contains(triage.id());
    }

    private String state(Triage triage) {
        if (triage.decision() == Triage.Decision.REOPENED || holds(triage)) {
            return words(triage);
        }
        return words(triage)
                + (acceptedSince.contains(triage.id())
                        ? ", then accepted"
                        : broken.contains(triage.id())
                                ? ", still there"
                                : triage.decision() == Triage.Decision.MUTED ? ", expired" : ", no longer applies");
    }

    private String words(Triage triage) {
        return triage.decision() == Triage.Decision.FIXED
                ? (kept.contains(triage.id()) ? "fixed" : TriageWords.FIX_PROMISED) + " with "
                        + TerminalText.start(triage.fixedBy(), 10)
                : Words.lower(triage.decision());
    }

    private static String state(KnownAcceptance one, Instant at) {
        return switch (one.stateAt(at)) {
            case HOLDS -> "accepted";
            case EXPIRED -> "accepted, expired";
            case REVOKED -> "accepted, revoked";
        };
    }

    private static String what(Triage triage) {
        if (triage.subjects().isEmpty()) {
            return "";
        }
        Triage.Subject first = triage.subjects().get(0);
        // the base branch may have taken the change of another one
        long more = triage.subjects().stream()
                .filter(one -> !one.series().isSameOnAnyBranch(first.series()))
                .count();
        return Words.label(first.series()) + " " + first.series().metric()
                + (more == 0 ? "" : " and " + more + " more");
    }

    /** One on a line. */
    public String text(TextStyle style) {
        if (stated.isEmpty() && accepted.isEmpty()) {
            return "no change has been triaged\n";
        }
        Table table = new Table(
                style,
                List.of(
                        Column.whole("id", false, 0),
                        Column.whole("state", false, 0),
                        new Column("benchmark", false, 1, 20, 8),
                        Column.whole("on", false, 3),
                        Column.whole("until", false, 2),
                        new Column("by", false, 3, 10, 4),
                        new Column("why", false, 4, 16, 8)));
        for (Triage triage : stated) {
            table.add(List.of(
                    new Cell(style.safe(triage.id()), Ansi.BOLD),
                    Cell.of(style.safe(state(triage))),
                    Cell.of(style.safe(what(triage))),
                    Cell.of(day(triage.at())),
                    Cell.of(triage.until().map(TriageReport::day).orElse("")),
                    Cell.of(style.safe(triage.by())),
                    Cell.of(style.safe(triage.reason()))));
        }
        for (KnownAcceptance one : accepted) {
            Acceptance acceptance = one.acceptance();
            table.add(List.of(
                    new Cell(style.safe(acceptance.id()), Ansi.BOLD),
                    Cell.of(state(one, at)),
                    Cell.of(style.safe(acceptance.benchmark().label()
                            + acceptance.metric().map(metric -> " " + metric).orElse(""))),
                    Cell.of(day(acceptance.at())),
                    Cell.of(acceptance.until().map(TriageReport::day).orElse("")),
                    Cell.of(style.safe(acceptance.by())),
                    Cell.of(style.safe(acceptance.reason()))));
        }
        StringBuilder out = new StringBuilder();
        table.appendTo(out);
        return out.toString();
    }

    private static String day(Instant time) {
        return RunWords.time(time).substring(0, 10);
    }

    /** Writes all of it as JSON and a line feed; acceptances are among the statements. */
    public void write(OutputStream out) throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", SCHEMA);
                    json.text("at", at.toString());
                    json.array("triage", stated, triage -> json.object(() -> write(triage, json)));
                    json.array(
                            "accepted",
                            accepted,
                            one -> json.object(() -> {
                                json.object(
                                        "statement",
                                        () -> json.statement(one.acceptance().annotation()));
                                json.truth("holds", one.stateAt(at) == KnownAcceptance.State.HOLDS);
                                json.text(
                                        "benchmark",
                                        one.acceptance().benchmark().label());
                            }));
                }));
    }

    private void write(Triage triage, JsonText json) {
        json.text("id", triage.id());
        json.text("decision", triage.decision().name());
        json.truth("holds", holds(triage));
        triage.until().ifPresentOrElse(until -> json.text("until", until.toString()), () -> json.nothing("until"));
        if (triage.fixedBy().isEmpty()) {
            json.nothing("fixedBy");
        } else {
            json.text("fixedBy", triage.fixedBy());
        }
        json.text("by", triage.by());
        json.text("at", triage.at().toString());
        json.text("reason", triage.reason());
        json.array(
                "changes",
                triage.subjects(),
                subject -> json.object(() -> {
                    json.series(subject.series());
                    json.text("label", Words.label(subject.series()));
                    json.text("first", subject.first());
                    json.text("since", subject.since());
                    json.text("last", subject.last());
                    json.number("relativeChange", subject.change());
                }));
    }
}
