package dev.plumbline.report.answer;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.json.CalledJson;
import dev.plumbline.report.json.EarlyLossJson;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The incidents of a branch, with their first commits and suspects.
 *
 * @param version the version of Plumbline that looked
 * @param branch of these incidents
 * @param cases in the order in which they are listed
 * @param untold the number of incidents that were not requested: they need no action
 * @param at when it was looked
 * @param days of how many last days; empty for all of it
 * @param called regressions that checks detected and that are part of no incident
 * @param untoldCalled the number of these that were not requested: they need no action
 * @param newest the number of its runs, and the findings of the newest ones
 * @param authors of the commits that {@code called} and {@code newest} name
 */
public record IncidentsReport(
        String version,
        String branch,
        List<Case> cases,
        List<Case> untold,
        Instant at,
        OptionalInt days,
        List<CalledRegression> called,
        List<CalledRegression> untoldCalled,
        NewestFindings newest,
        CommitAuthors authors) {
    /** The name and version of the JSON form. */
    public static final String SCHEMA = "plumbline-incidents/1";

    private static final int ROWS = 30;
    private static final int PROMISES = 5;

    /** Changes that only checks have detected. */
    private static final int DETECTED = 5;

    /** The number of recovered incidents that are listed. */
    private static final int RECOVERED = 3;

    public IncidentsReport {
        requireNonNull(version, "version");
        requireNonNull(branch, "branch");
        requireNonNull(at, "at");
        requireNonNull(days, "days");
        cases = List.copyOf(cases);
        untold = List.copyOf(untold);
        called = List.copyOf(called);
        untoldCalled = List.copyOf(untoldCalled);
        requireNonNull(newest, "newest");
        requireNonNull(authors, "authors");
    }

    /** The incidents of a whole history without regressions detected by checks. */
    public IncidentsReport(String version, String branch, List<Case> cases, List<Case> untold, Instant at) {
        this(
                version,
                branch,
                cases,
                untold,
                at,
                OptionalInt.empty(),
                List.of(),
                List.of(),
                NewestFindings.UNKNOWN,
                CommitAuthors.UNKNOWN);
    }

    /** One on a line. */
    public String list(TextStyle style) {
        StringBuilder out = new StringBuilder();
        headline(style, out);
        int most = style.verbose() ? Integer.MAX_VALUE : DETECTED;
        List<List<CalledRegression>> ofOneCommit = style.verbose() ? List.of() : ofOneCommit();
        List<CalledRegression> apart = called.stream()
                .filter(one -> ofOneCommit.stream().noneMatch(many -> many.contains(one)))
                .toList();
        ofOneCommit.forEach(many -> Paragraph.append("", style.safe(words(many, style)), Ansi.RED, style, out));
        List<CalledRegression> open =
                apart.stream().filter(CalledRegression::isOpen).toList();
        boolean isTable = open.size() > 1;
        if (isTable) {
            detected(open, most, style, out);
        }
        List<CalledRegression> sentences =
                apart.stream().filter(one -> !isTable || !one.isOpen()).toList();
        for (CalledRegression one : sentences.subList(0, Math.min(most, sentences.size()))) {
            Paragraph.append(
                    "",
                    style.safe((one.isAccepted() ? "" : "detected by a check, ")
                            + "not yet confirmed by the history: " + TriageWords.called(one, authors)
                            + (one.isOpen()
                                    ? "; measure again, fix, or plumb accept " + one.findingId() + " --reason WHY"
                                            + style.store()
                                    : "")),
                    one.isOpen() ? Ansi.RED : Ansi.PLAIN,
                    style,
                    out);
        }
        more(sentences.size() - most, style, out);
        newest.all().stream()
                .limit(most)
                .forEach(one -> Paragraph.append("", style.safe(one.words(authors)), look(one), style, out));
        more(newest.all().size() - most, style, out);
        newest.missingWords(authors).forEach(words -> line(words, Ansi.RED, style, out));
        newest.stopped().forEach(one -> one.write(style, out));
        newest.early()
                .forEach(one -> Paragraph.append("", style.safe(NewestFindings.words(one)), Ansi.YELLOW, style, out));
        newest.notes().forEach(note -> Paragraph.append("note: ", style.safe(note), Ansi.DIM, style, out));
        if (cases.isEmpty()) {
            Paragraph.append("", style.safe(nothing()), Ansi.PLAIN, style, out);
        } else {
            Table table = new Table(
                    style,
                    List.of(
                            Column.whole("id", false, 0),
                            Column.whole("state", false, 0),
                            Column.whole("time", false, 3),
                            Column.whole("series", true, 2),
                            Column.whole("change", true, 0),
                            new Column("benchmark", false, 0, 24, 8),
                            new Column("cause", false, 1, 30, 12)));
            int shown = style.verbose() ? cases.size() : Math.min(ROWS, cases.size());
            for (Case one : cases.subList(0, shown)) {
                Incident incident = one.incident();
                Ansi look = one.isOpen() ? Ansi.RED : incident.worse() ? Ansi.PLAIN : Ansi.GREEN;
                table.add(List.of(
                        new Cell(incident.id(), Ansi.BOLD),
                        new Cell(incident.worse() ? IncidentWords.state(one) : "better", look),
                        new Cell(RunWords.time(incident.time()).substring(0, 10), Ansi.DIM),
                        Cell.of(Quantity.plain(one.undecided().size(), Quantity.DIGITS)),
                        new Cell(style.safe(IncidentWords.size(one)), look),
                        Cell.of(style.safe(IncidentWords.subject(one))),
                        Cell.of(style.safe(IncidentWords.cause(one)))));
            }
            table.appendTo(out);
            if (shown < cases.size()) {
                out.append(style.safe("… and " + Quantity.plain(cases.size() - shown, Quantity.DIGITS)
                                + " more; list them with --verbose"))
                        .append('\n');
            }
            brokenPromises(cases.subList(0, shown), style, out);
        }
        recovered().forEach(one -> line(recovery(one), Ansi.PLAIN, style, out));
        if (!untold.isEmpty() || !untoldCalled.isEmpty()) {
            Paragraph.append("", style.safe(untoldWords()), Ansi.DIM, style, out);
        }
        open().stream()
                .findFirst()
                .ifPresent(worst -> line(
                        "next: plumb incidents " + worst.incident().id() + style.store()
                                + " shows commits, suspects and series",
                        Ansi.PLAIN,
                        style,
                        out));
        return out.toString();
    }

    /** A row for each of several, with the id to accept it by. */
    private void detected(List<CalledRegression> open, int most, TextStyle style, StringBuilder out) {
        line(
                Quantity.plain(open.size(), Quantity.DIGITS) + " regressions on " + branch
                        + " detected by checks, not yet confirmed by the history; measure again, fix, or accept them:",
                Ansi.BOLD_RED,
                style,
                out);
        boolean isOneEnvironment =
                open.stream().map(one -> one.key().environment()).distinct().count() == 1;
        Table table = new Table(
                style,
                List.of(
                        new Column("benchmark", false, 0, 24, 8),
                        new Column("metric", false, 0, 12, 6),
                        new Column("environment", false, 0, 10, 6),
                        Column.whole("change", true, 0),
                        new Column("since", false, 0, 21, 10),
                        Column.whole("id", false, 0)));
        for (CalledRegression one : open.subList(0, Math.min(most, open.size()))) {
            table.add(List.of(
                    Cell.of(style.safe(Words.label(one.key()))),
                    Cell.of(style.safe(one.key().metric())),
                    Cell.of(isOneEnvironment ? "" : style.safe(one.key().environment())),
                    new Cell(style.safe(Quantity.change(one.relativeChange())), Ansi.RED),
                    Cell.of(style.safe(TriageWords.sinceShort(one, authors))),
                    new Cell(one.findingId(), Ansi.BOLD)));
        }
        table.appendTo(out);
        more(open.size() - most, style, out);
        line("accept one: plumb accept ID --reason WHY" + style.store(), Ansi.PLAIN, style, out);
    }

    /** The open ones of a commit with which as many began as one line each would hide, the largest first. */
    private List<List<CalledRegression>> ofOneCommit() {
        Map<String, List<CalledRegression>> byRun = new LinkedHashMap<>();
        called.stream().filter(CalledRegression::isOpen).forEach(one -> byRun.computeIfAbsent(
                        one.since().id(), none -> new ArrayList<>())
                .add(one));
        return byRun.values().stream()
                .filter(many -> many.size() > DETECTED)
                .map(many -> many.stream()
                        .sorted(Comparator.comparingDouble(one -> -Math.abs(one.relativeChange())))
                        .toList())
                .toList();
    }

    /** {@code 9 regressions with commit 0abc000c00 on main by Ann, +9.3 % to +15.2 %, the largest in Sort time …}. */
    private String words(List<CalledRegression> many, TextStyle style) {
        CalledRegression largest = many.get(0);
        CalledRegression smallest = many.get(many.size() - 1);
        return Quantity.plain(many.size(), Quantity.DIGITS) + " regressions with "
                + TriageWords.began(largest.since(), authors) + ", " + Quantity.change(smallest.relativeChange())
                + " to " + Quantity.change(largest.relativeChange()) + ", the largest in "
                + Words.inSentence(largest.key())
                + "; detected by a check, not yet confirmed by the history. If the machine was slow in that run,"
                + " measure again; else fix, or plumb accept " + largest.findingId()
                + " --reason WHY" + style.store() + " (the largest; -v lists all)";
    }

    private static void more(int count, TextStyle style, StringBuilder out) {
        if (count > 0) {
            line(
                    "… and " + Quantity.plain(count, Quantity.DIGITS) + " more; list them with --verbose",
                    Ansi.DIM,
                    style,
                    out);
        }
    }

    /** The open incidents, the largest loss first. */
    private List<Case> open() {
        return cases.stream()
                .filter(one -> one.isOpen() && one.incident().worse())
                .sorted(Comparator.comparing(IncidentWords::reported, Incident.LARGEST_FIRST))
                .toList();
    }

    /** {@code 2 open incidents on main, the largest: Sort.quick +19.2 % since 2025-12-13 (100 % 0abc000c00 by Ann)}. */
    private void headline(TextStyle style, StringBuilder out) {
        List<Case> open = open();
        if (open.isEmpty()) {
            return;
        }
        Case worst = open.get(0);
        String cause = IncidentWords.cause(worst);
        line(
                Quantity.plain(open.size(), Quantity.DIGITS)
                        + (open.size() == 1 ? " open incident" : " open incidents") + " on " + branch
                        + (open.size() == 1 ? ": " : ", the largest: ")
                        + IncidentWords.subject(worst) + " " + IncidentWords.size(worst) + " since "
                        + RunWords.time(worst.incident().time()).substring(0, 10)
                        + (cause.isEmpty() ? "" : " (" + cause + ")"),
                Ansi.BOLD_RED,
                style,
                out);
    }

    private static Ansi look(NewestFindings.Newest one) {
        if (one.finding().statement().isPresent()) {
            return Ansi.PLAIN;
        }
        return one.isCertain() ? Ansi.RED : Ansi.YELLOW;
    }

    /** A sentence that there is no incident, or that there are too few runs for one. */
    private String nothing() {
        if (newest.areTooFew() && untold.isEmpty() && untoldCalled.isEmpty()) {
            return newest.tooFew(branch);
        }
        boolean alone = called.isEmpty()
                && newest.missing().isEmpty()
                && newest.early().isEmpty()
                && newest.stopped().isEmpty()
                && newest.all().stream()
                        .noneMatch(one -> one.run().header().revision().branch().equals(branch));
        String what = untold.isEmpty() && untoldCalled.isEmpty() ? "changes" : "open incidents";
        String other = newest.all().stream()
                .map(one -> one.run().header().revision().branch())
                .filter(name -> !name.equals(branch))
                .findFirst()
                .map(name -> "nothing else changed on " + name + ", and ")
                .orElse("");
        return other + (alone ? "no " : "no other ") + what + " on " + branch + period();
    }

    /** The newest of those that are over and not listed otherwise. */
    private List<Case> recovered() {
        return untold.stream()
                .filter(one -> one.incident().recovered()
                        && (one.state() == Case.State.RECOVERED || one.state() == Case.State.ACCEPTED)
                        && one.incident().worse()
                        && one.incident().kind() != Incident.Kind.NOISE
                        && !one.incident().isSlight())
                .sorted(Comparator.comparing((Case one) -> one.incident().time())
                        .reversed())
                .limit(RECOVERED)
                .toList();
    }

    /** {@code i351dbcb7 recovered: Sort.quick time +19.2 % from 0abc000c00, 2025-12-13, to 0abc000f00, 2025-12-16}. */
    private String recovery(Case one) {
        Incident incident = one.incident();
        return incident.id() + " recovered: " + IncidentWords.subject(one) + " " + IncidentWords.size(one) + " from "
                + dated(
                        IncidentWords.reported(one).firstRun(),
                        authors.by(IncidentWords.reported(one)
                                .firstRun()
                                .header()
                                .revision()
                                .commit()))
                + IncidentWords.reported(one)
                        .back()
                        .map(back -> ", to " + (back.isExact() ? "" : "about ") + dated(back.likeliest(), "")
                                + IncidentWords.between(back))
                        .orElse("")
                + one.statement()
                        .map(stated -> "; " + TriageWords.stated(stated))
                        .orElse("");
    }

    private static String dated(RunInfo run, String by) {
        String commit = run.header().revision().commit();
        return (commit.isEmpty() ? "" : TerminalText.start(commit, 10) + by + ", ")
                + RunWords.time(run.time()).substring(0, 10);
    }

    private static void brokenPromises(List<Case> cases, TextStyle style, StringBuilder out) {
        List<String> broken = cases.stream()
                .flatMap(one ->
                        one.broken().stream().map(promise -> one.incident().id() + " " + TriageWords.broken(promise)))
                .toList();
        int shown = style.verbose() ? broken.size() : Math.min(PROMISES, broken.size());
        broken.subList(0, shown).forEach(words -> line(words, Ansi.RED, style, out));
        if (shown < broken.size()) {
            line("… and " + (broken.size() - shown) + " more with a promised fix", Ansi.DIM, style, out);
        }
    }

    /** {@code not open: 1 better, 2 accepted; list them with --all}. */
    private String untoldWords() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        untold.stream()
                .sorted(Comparator.comparing(Case::state))
                .forEach(one -> counts.merge(why(one), 1, Integer::sum));
        untoldCalled.forEach(
                one -> one.stated().ifPresent(stated -> counts.merge(why(stated.kind()), 1, Integer::sum)));
        boolean alone = untold.size() + untoldCalled.size() == 1;
        return "not open: "
                + counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "))
                + (alone ? "; list it with --all" : "; list them with --all");
    }

    /** The reason why one needs no triage. */
    private static String why(Case one) {
        if (!one.incident().worse()) {
            return "better";
        }
        if (one.incident().kind() == Incident.Kind.NOISE) {
            return "due to a noisy machine";
        }
        return switch (one.state()) {
            case NEW, ACKNOWLEDGED, MUTED -> "below the margin";
            case FALSE_ALARM -> "a false alarm";
            case ACCEPTED, FIXED, RECOVERED -> IncidentWords.state(one);
        };
    }

    /** The same of what no incident has. */
    private static String why(Annotation.Kind kind) {
        return switch (kind) {
            case FALSE_ALARM -> "a false alarm";
            case ACKNOWLEDGED, ACCEPTED, FIXED, MUTED -> TriageWords.state(kind);
        };
    }

    private String period() {
        return days.isPresent()
                ? (days.getAsInt() == 1 ? " in the last day" : " in the last " + days.getAsInt() + " days")
                : "";
    }

    /** Everything about each. */
    public String details(TextStyle style) {
        StringBuilder out = new StringBuilder();
        for (Case one : cases) {
            IncidentDetails.write(one, style, out);
        }
        return out.toString();
    }

    private static void line(String words, Ansi look, TextStyle style, StringBuilder out) {
        Paragraph.append("", style.safe(words), look, style, out);
    }

    /** Writes all of it as JSON and a line feed. */
    public void write(OutputStream out) throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", SCHEMA);
                    json.text("version", version);
                    json.text("branch", branch);
                    json.text("at", at.toString());
                    json.integer("untold", untold.size() + untoldCalled.size());
                    json.integer("runs", newest.runs());
                    json.array("incidents", cases, one -> json.object(() -> IncidentJson.write(one, json)));
                    if (!called.isEmpty()) {
                        json.array("called", called, one -> json.object(() -> called(one, json)));
                    }
                    if (!newest.all().isEmpty()) {
                        json.array("newest", newest.all(), one -> json.object(() -> one.write(json)));
                    }
                    if (!newest.missing().isEmpty()) {
                        json.array("missing", newest.missing(), one -> json.object(() -> one.write(json)));
                    }
                    if (!newest.early().isEmpty()) {
                        json.array("early", newest.early(), one -> json.object(() -> EarlyLossJson.write(one, json)));
                    }
                    if (!newest.notes().isEmpty()) {
                        json.array("notes", newest.notes(), json::text);
                    }
                }));
    }

    private void called(CalledRegression one, JsonText json) {
        CalledJson.write(one, json);
        json.text("began", authors.began(one.since().header().revision().commit()));
    }
}
