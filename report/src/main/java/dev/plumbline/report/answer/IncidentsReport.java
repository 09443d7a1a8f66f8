package dev.plumbline.report.answer;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Commit;
import dev.plumbline.core.incident.Companion;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.incident.Suspect;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.BranchIncidents;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.ClueWords;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.json.CalledJson;
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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which changes belong together, with which commit they began, and who is suspected.
 *
 * @param version the version of Plumbline that looked
 * @param branch of which branch
 * @param cases in the order in which they are listed
 * @param untold those that were not asked for: they wait for nobody
 * @param at when it was looked
 * @param days of how many last days; empty for all of it
 * @param called what checks have called and no incident has
 * @param untoldCalled those of the same that were not asked for: they wait for nobody
 * @param newest how many runs it stands on, and what the newest of them show
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
    private static final int SERIES = 20;
    private static final int SUSPECTS = 5;
    private static final int FILES = 5;
    private static final int COLUMNS = 160;
    private static final int PROMISES = 5;

    /** Probabilities nearer than this are equal but for rounding. */
    private static final double SAME_PROBABILITY = 1e-9;

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

    /** Of all of the history, where no check has called anything. */
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

    // ---- words

    /** Where one stands; a fix is a promise until everything is back, and what was accepted may be over. */
    public static String state(Case one) {
        if (one.state() == Case.State.ACCEPTED && one.incident().recovered()) {
            return "recovered, accepted";
        }
        return one.state() == Case.State.FIXED && one.incident().recovered() ? "fixed" : state(one.state());
    }

    /**
     * {@code 4 open incidents on main, 1 acknowledged}; empty where there is nothing.
     *
     * @param shown which series the reader sees anyway: what checks have detected in them is not counted
     */
    public static String open(BranchIncidents on, Predicate<SeriesKey> shown) {
        Map<String, Integer> states = new TreeMap<>();
        on.cases().stream()
                .filter(one -> one.state() != Case.State.NEW)
                .forEach(one -> states.merge(state(one), 1, Integer::sum));
        int fresh = (int)
                on.cases().stream().filter(one -> one.state() == Case.State.NEW).count();
        int called = (int) on.called().stream()
                .filter(one -> one.isOpen() && !shown.test(one.key()))
                .count();
        List<String> parts = new ArrayList<>();
        if (fresh > 0) {
            parts.add(Words.count(fresh, "open incident", "open incidents") + " on " + on.branch());
        }
        states.forEach((state, count) -> parts.add(
                parts.isEmpty()
                        ? Words.count(count, state + " incident", state + " incidents") + " on " + on.branch()
                        : count + " " + state));
        if (called > 0) {
            parts.add(Words.count(called, "regression", "regressions") + " detected by a check"
                    + (parts.isEmpty() ? " on " + on.branch() : ""));
        }
        return String.join(", ", parts);
    }

    private static String state(Case.State state) {
        return switch (state) {
            case NEW -> "open";
            case FIXED -> Words.FIX_PROMISED;
            default -> Words.lower(state);
        };
    }

    /** {@code +24.1 %}, of the largest change in the incident's direction that its state is about. */
    public static String size(Case one) {
        return Quantity.change(told(one).change().relativeChange());
    }

    /** The largest change in the incident's direction that its state is about. */
    public static Shift told(Case one) {
        return one.undecided().stream()
                .filter(shift -> shift.worse() == one.incident().worse())
                .min(Incident.LARGEST_FIRST)
                .orElseGet(one.incident()::largest);
    }

    /** {@code Sort.quick time and 13 more (2 others accepted)}: the others are those that people decided on already. */
    public static String subject(Case one) {
        Shift largest = told(one);
        int more = one.undecided().size() - 1;
        return Words.label(largest.key()) + " " + largest.key().metric()
                + (more == 0 ? "" : " and " + Quantity.plain(more, Quantity.DIGITS) + " more")
                + decided(one);
    }

    /** The changes of one, those first that its state is about, the largest of them before the others. */
    public static Comparator<Shift> mattersFirst(Case one) {
        List<Shift> undecided = one.undecided();
        return Comparator.<Shift, Boolean>comparing(shift -> !undecided.contains(shift))
                .thenComparing(Incident.LARGEST_FIRST);
    }

    /** {@code (2 others accepted, 1 other muted)} behind a space; empty where all of it is in one state. */
    private static String decided(Case one) {
        return Words.inBrackets(others(one));
    }

    /** {@code 2 others accepted, 1 other muted}: what people decided on already; empty where all is in one state. */
    public static String others(Case one) {
        List<Shift> undecided = one.undecided();
        Map<String, Integer> states = new TreeMap<>();
        one.incident().shifts().stream()
                .filter(shift -> !undecided.contains(shift))
                .forEach(shift -> states.merge(state(one.stateOf(shift)), 1, Integer::sum));
        return states.entrySet().stream()
                .map(entry -> Words.count(entry.getValue(), "other", "others") + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    /** What brought it about, in one line: a machine, or the first suspect. */
    public static String cause(Case one) {
        String kind =
                switch (one.incident().kind()) {
                    case ENVIRONMENT -> "environment: ";
                    case NOISE -> "noise: ";
                    case COST_SHIFT -> "cost shift: ";
                    case CODE, SLOPE -> "";
                };
        if (one.incident().kind() == Incident.Kind.SLOPE
                || one.suspects().stream()
                        .findFirst()
                        .filter(Suspect::isEnvironment)
                        .isPresent()) {
            return kind
                    + one.incident().clues().stream()
                            .findFirst()
                            .map(ClueWords.WORDS::of)
                            .orElse("the machine");
        }
        return one.suspects().stream()
                .findFirst()
                .map(suspect -> kind + percent(suspect) + " " + commit(suspect) + orOthers(one.suspects()))
                .orElse(kind + "commit unknown");
    }

    public static String percent(Suspect suspect) {
        return Percent.whole(suspect.probability());
    }

    /** How many of the suspects are exactly as likely as the first, itself included. */
    private static int alike(List<Suspect> suspects) {
        return (int) suspects.stream()
                .filter(other -> !other.isEnvironment()
                        && Math.abs(other.probability() - suspects.get(0).probability()) < SAME_PROBABILITY)
                .count();
    }

    private static String orOthers(List<Suspect> suspects) {
        int others = alike(suspects) - 1;
        return others < 1 ? "" : ", or " + Words.count(others, "other", "others") + " as likely";
    }

    private static String commit(Suspect suspect) {
        return TerminalText.start(suspect.revision(), 10)
                + suspect.commit()
                        .map(commit -> by(commit) + ": " + commit.subject())
                        .orElse("");
    }

    private static String by(Commit commit) {
        String author = CommitAuthors.name(commit.author());
        return author.isEmpty() ? "" : " by " + author;
    }

    private static String range(Incident incident) {
        return incident.lastGood()
                        .map(good -> "after " + Words.revision(good) + " (last good, " + Words.time(time(good)) + "), ")
                        .orElse("")
                + "at the latest at " + Words.revision(incident.firstBad()) + " ("
                + Words.time(time(incident.firstBad()))
                + ")";
    }

    private static Instant time(dev.plumbline.core.model.RunInfo run) {
        return run.time();
    }

    public static String headline(Case one) {
        Incident incident = one.incident();
        List<Shift> undecided = one.undecided();
        long worse = undecided.stream().filter(Shift::worse).count();
        long better = undecided.size() - worse;
        String counts = incident.worse()
                ? Words.count((int) worse, "series", "series") + " got worse"
                        + (better == 0 ? "" : ", " + Words.count((int) better, "series", "series") + " better")
                : Words.count((int) better, "series", "series") + " got better"
                        + (worse == 0 ? "" : ", " + Words.count((int) worse, "series", "series") + " worse");
        TreeSet<String> environments = incident.shifts().stream()
                .map(shift -> shift.key().environment())
                .collect(Collectors.toCollection(TreeSet::new));
        return counts + decided(one) + (undecided.size() == 1 ? ", " : ", up to ") + size(one) + ", in "
                + String.join(" and ", environments);
    }

    private static String kind(Incident incident) {
        return switch (incident.kind()) {
            case ENVIRONMENT -> "Caused by the environment";
            case NOISE -> "Machine noise";
            case COST_SHIFT -> "Cost shift";
            case SLOPE -> "Slope";
            case CODE -> "Clues";
        };
    }

    // ---- text

    /** One on a line. */
    public String list(TextStyle style) {
        StringBuilder out = new StringBuilder();
        for (CalledRegression one : called) {
            Paragraph.append(
                    "",
                    style.safe((one.isAccepted() ? "" : "detected by a check, ")
                            + "not yet confirmed by the history: " + Words.called(one, authors)
                            + (one.isOpen()
                                    ? "; measure again, fix, or plumb accept " + one.findingId() + " --reason WHY"
                                    : "")),
                    one.isOpen() ? Ansi.RED : Ansi.PLAIN,
                    style,
                    out);
        }
        newest.all().forEach(one -> Paragraph.append("", style.safe(one.words(authors)), look(one), style, out));
        newest.early()
                .forEach(one -> Paragraph.append("", style.safe(NewestFindings.words(one)), Ansi.YELLOW, style, out));
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
                        new Cell(incident.worse() ? state(one) : "better", look),
                        new Cell(Words.time(incident.time()).substring(0, 10), Ansi.DIM),
                        Cell.of(Quantity.plain(one.undecided().size(), Quantity.DIGITS)),
                        new Cell(style.safe(size(one)), look),
                        Cell.of(style.safe(subject(one))),
                        Cell.of(style.safe(cause(one)))));
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
        return out.toString();
    }

    private static Ansi look(NewestFindings.Newest one) {
        if (one.finding().statement().isPresent()) {
            return Ansi.PLAIN;
        }
        return one.isCertain() ? Ansi.RED : Ansi.YELLOW;
    }

    /** That there is no incident, or that there are too few runs for one. */
    private String nothing() {
        if (newest.areTooFew() && untold.isEmpty() && untoldCalled.isEmpty()) {
            return newest.tooFew(branch);
        }
        boolean alone = called.isEmpty()
                && newest.early().isEmpty()
                && newest.all().stream()
                        .noneMatch(one -> one.run().header().revision().branch().equals(branch));
        return (alone ? "no" : "no other")
                + (untold.isEmpty() && untoldCalled.isEmpty() ? " changes on " : " open incidents on ")
                + branch
                + period();
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
    private static String recovery(Case one) {
        Incident incident = one.incident();
        return incident.id() + " recovered: " + subject(one) + " " + size(one) + " from "
                + dated(told(one).firstRun())
                + told(one).recovery().map(back -> ", to " + dated(back)).orElse("")
                + one.statement().map(said -> "; " + Words.said(said)).orElse("");
    }

    private static String dated(dev.plumbline.core.model.RunInfo run) {
        String commit = run.header().revision().commit();
        return (commit.isEmpty() ? "" : TerminalText.start(commit, 10) + ", ")
                + Words.time(time(run)).substring(0, 10);
    }

    private static void brokenPromises(List<Case> cases, TextStyle style, StringBuilder out) {
        List<String> broken = cases.stream()
                .flatMap(one ->
                        one.broken().stream().map(promise -> one.incident().id() + " " + Words.broken(promise)))
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
        untoldCalled.forEach(one -> one.said().ifPresent(said -> counts.merge(why(said.kind()), 1, Integer::sum)));
        boolean alone = untold.size() + untoldCalled.size() == 1;
        return "not open: "
                + counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "))
                + (alone ? "; list it with --all" : "; list them with --all");
    }

    /** Why one waits for nobody. */
    private static String why(Case one) {
        if (!one.incident().worse()) {
            return "better";
        }
        if (one.incident().kind() == Incident.Kind.NOISE) {
            return "due to a noisy machine";
        }
        return switch (one.state()) {
            case FIXED -> "fix promised";
            case NEW, ACKNOWLEDGED, MUTED -> "below the margin";
            case FALSE_ALARM -> "a false alarm";
            case ACCEPTED, RECOVERED -> state(one);
        };
    }

    /** The same of what no incident has. */
    private static String why(Annotation.Kind kind) {
        return switch (kind) {
            case FIXED -> "fix promised";
            case FALSE_ALARM -> "a false alarm";
            case ACKNOWLEDGED, ACCEPTED, MUTED -> Words.state(kind);
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
            details(one, style, out);
        }
        return out.toString();
    }

    private void details(Case one, TextStyle style, StringBuilder out) {
        Incident incident = one.incident();
        line(incident.id() + " · " + state(one) + " · " + headline(one), Ansi.BOLD, style, out);
        line(range(incident), Ansi.PLAIN, style, out);
        one.statement().ifPresent(said -> line(Words.said(said), Ansi.PLAIN, style, out));
        one.broken().ifPresent(promise -> line(Words.broken(promise), Ansi.RED, style, out));
        if (!incident.clues().isEmpty()) {
            out.append('\n').append(style.paint(kind(incident), Ansi.BOLD)).append('\n');
            ClueWords.of(incident.clues())
                    .forEach(reason -> Paragraph.append(
                            "  - ",
                            style.safe(TerminalText.shorten(TerminalText.escape(reason), 400, "…")),
                            Ansi.PLAIN,
                            style,
                            out));
        }
        suspects(one, style, out);
        series(one, style, out);
        companions(incident, style, out);
        if (incident.correlation() > 0) {
            line(
                    "their noise is correlated (" + Quantity.percent(incident.correlation())
                            + "): they count for less than independent series",
                    Ansi.DIM,
                    style,
                    out);
        }
        if (one.isOpen()) {
            line(
                    "plumb triage acknowledge " + incident.id() + ", or mute, fixed, false-alarm; plumb accept "
                            + incident.id() + " --reason WHY if intended",
                    Ansi.DIM,
                    style,
                    out);
        }
    }

    private static void line(String words, Ansi look, TextStyle style, StringBuilder out) {
        Paragraph.append("", style.safe(words), look, style, out);
    }

    private static void suspects(Case one, TextStyle style, StringBuilder out) {
        List<Suspect> suspects = one.suspects();
        if (suspects.isEmpty()) {
            return;
        }
        out.append('\n')
                .append(style.paint("Suspects (" + suspects.size() + ")", Ansi.BOLD))
                .append('\n');
        int alike = alike(suspects);
        if (alike > 1) {
            line(
                    alike
                            + " suspects are equally likely and share the probability: the measurements cannot"
                            + " distinguish them; measure the commits between the last good and the first bad run",
                    Ansi.PLAIN,
                    style,
                    out);
        }
        int shown = style.verbose() ? suspects.size() : Math.min(SUSPECTS, suspects.size());
        for (Suspect suspect : suspects.subList(0, shown)) {
            if (suspect.isEnvironment()) {
                Paragraph.append("    ", "the environment, rather than a commit", Ansi.BOLD, style, out);
                continue;
            }
            String who = suspect.commit()
                    .map(commit ->
                            by(commit) + ", " + Words.time(commit.time()).substring(0, 10) + ": " + commit.subject())
                    .orElse("");
            Paragraph.append(
                    TerminalText.padLeft(percent(suspect), 6) + "  ",
                    style.safe(TerminalText.shorten(
                            TerminalText.escape(TerminalText.start(suspect.revision(), 10) + who), COLUMNS, "…")),
                    Ansi.PLAIN,
                    style,
                    out);
            ClueWords.of(suspect.clues())
                    .forEach(reason -> Paragraph.append(
                            "        ",
                            style.safe(TerminalText.shorten(TerminalText.escape(reason), COLUMNS, "…")),
                            Ansi.DIM,
                            style,
                            out));
            suspect.commit().ifPresent(commit -> files(commit, style, out));
        }
        if (shown < suspects.size()) {
            Paragraph.append(
                    "        ", style.safe("… and " + (suspects.size() - shown) + " more"), Ansi.DIM, style, out);
        }
    }

    private static void files(Commit commit, TextStyle style, StringBuilder out) {
        if (commit.files().isEmpty()) {
            return;
        }
        int all = commit.files().size() + commit.moreFiles();
        int shown = style.verbose()
                ? commit.files().size()
                : Math.min(FILES, commit.files().size());
        String names = commit.files().subList(0, shown).stream()
                .map(name -> TerminalText.shorten(TerminalText.escape(name), 80, "…"))
                .collect(Collectors.joining(", "));
        Paragraph.append(
                "        ",
                style.safe(names + (all > shown ? " and " + (all - shown) + " more files" : "")),
                Ansi.DIM,
                style,
                out);
    }

    private static void series(Case one, TextStyle style, StringBuilder out) {
        Incident incident = one.incident();
        List<Shift> shifts =
                incident.shifts().stream().sorted(mattersFirst(one)).toList();
        out.append('\n')
                .append(style.paint("Series (" + shifts.size() + ")", Ansi.BOLD))
                .append('\n');
        Table table = new Table(
                style,
                List.of(
                        new Column("benchmark", false, 0, 24, 8),
                        new Column("metric", false, 0, 12, 6),
                        new Column("environment", false, 1, 10, 6),
                        Column.whole("before → after", false, 3),
                        Column.whole("change", true, 0),
                        Column.whole("since", false, 2),
                        Column.whole("", false, 4)));
        int shown = style.verbose() ? shifts.size() : Math.min(SERIES, shifts.size());
        for (Shift shift : shifts.subList(0, shown)) {
            Quantity.Pair levels = Quantity.pair(
                    shift.change().before(),
                    shift.change().after(),
                    shift.track().series().unit(),
                    0.005);
            table.add(List.of(
                    Cell.of(style.safe(Words.label(shift.key()))),
                    Cell.of(style.safe(shift.key().metric())),
                    Cell.of(style.safe(shift.key().environment())),
                    Cell.of(style.safe(levels.before() + " → " + levels.after())),
                    new Cell(
                            style.safe(Quantity.change(shift.change().relativeChange())),
                            shift.worse() ? Ansi.RED : Ansi.GREEN),
                    Cell.of(style.safe(TerminalText.start(shift.since(), 10))),
                    Cell.of(style.safe(now(one, shift)))));
        }
        table.appendTo(out);
        if (shown < shifts.size()) {
            out.append(style.safe("… and " + (shifts.size() - shown) + " more; list them with --verbose"))
                    .append('\n');
        }
    }

    /** Where a change stands, if that is not what the whole incident says. */
    private static String now(Case one, Shift shift) {
        return shift.recovery()
                .map(run -> "back at " + run.header().revision().shortCommit())
                .orElseGet(() -> !shift.worse() || one.stateOf(shift) == one.state() ? "" : state(one.stateOf(shift)));
    }

    private static void companions(Incident incident, TextStyle style, StringBuilder out) {
        List<Companion> companions = incident.companions();
        int shown = style.verbose() ? companions.size() : Math.min(SERIES, companions.size());
        for (Companion companion : companions.subList(0, shown)) {
            line(also(companion), Ansi.PLAIN, style, out);
        }
        if (shown < companions.size()) {
            line("… and " + (companions.size() - shown) + " more; list them with --verbose", Ansi.DIM, style, out);
        }
    }

    /** {@code also in arm: Sort.quick time −1.3 % (−1.9 % to −0.7 %)}. */
    public static String also(Companion companion) {
        return "also in " + TerminalText.escape(companion.key().environment()) + ": "
                + TerminalText.escape(Words.label(companion.key())) + " "
                + TerminalText.escape(companion.key().metric()) + " " + Quantity.change(companion.relativeChange())
                + (Double.isFinite(companion.interval().width()) ? " (" + Words.range(companion.interval()) + ")" : "");
    }

    // ---- JSON

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
                    json.array("incidents", cases, one -> json.object(() -> write(one, json)));
                    if (!called.isEmpty()) {
                        json.array("called", called, one -> json.object(() -> CalledJson.write(one, json)));
                    }
                    if (!newest.all().isEmpty()) {
                        json.array("newest", newest.all(), one -> json.object(() -> one.write(json)));
                    }
                    if (!newest.early().isEmpty()) {
                        json.array("early", newest.early(), one -> json.object(() -> NewestFindings.write(one, json)));
                    }
                }));
    }

    public static void write(Case one, JsonText json) {
        Incident incident = one.incident();
        json.text("id", incident.id());
        json.text("branch", incident.branch());
        json.text("direction", incident.worse() ? "WORSE" : "BETTER");
        json.text("kind", incident.kind().name());
        json.text("state", one.state().name());
        one.statement()
                .ifPresentOrElse(
                        said -> json.object("statement", () -> json.statement(said)), () -> json.nothing("statement"));
        json.brokenPromise(one.broken());
        json.text("time", incident.time().toString());
        run("lastGood", incident.lastGood(), json);
        json.object("firstBad", () -> json.run(incident.firstBad()));
        json.truth("recovered", incident.recovered());
        json.number("correlation", incident.correlation());
        json.number("largestChange", told(one).change().relativeChange());
        json.array("reasons", ClueWords.of(incident.clues()), json::text);
        json.array("changes", incident.shifts(), shift -> json.object(() -> shift(one, shift, json)));
        json.truth("slight", incident.isSlight());
        json.array("companions", incident.companions(), companion -> json.object(() -> companion(companion, json)));
        json.array("suspects", one.suspects(), suspect -> json.object(() -> suspect(suspect, json)));
    }

    private static void run(String name, Optional<dev.plumbline.core.model.RunInfo> run, JsonText json) {
        run.ifPresentOrElse(known -> json.object(name, () -> json.run(known)), () -> json.nothing(name));
    }

    private static void shift(Case one, Shift shift, JsonText json) {
        json.series(shift.key());
        json.text("label", Words.label(shift.key()));
        json.unit(shift.track().series().unit());
        json.text("direction", shift.worse() ? "WORSE" : "BETTER");
        json.text("state", one.stateOf(shift).name());
        json.number("before", shift.change().before());
        json.number("after", shift.change().after());
        json.number("relativeChange", shift.change().relativeChange());
        json.number("left", shift.left());
        json.text("since", shift.since());
        run("recovery", shift.recovery(), json);
    }

    private static void companion(Companion companion, JsonText json) {
        json.series(companion.key());
        json.text("label", Words.label(companion.key()));
        json.number("relativeChange", companion.relativeChange());
        json.interval("interval", companion.interval());
        json.number("pValue", companion.pValue());
    }

    private static void suspect(Suspect suspect, JsonText json) {
        json.truth("environment", suspect.isEnvironment());
        json.number("probability", suspect.probability());
        json.array("reasons", ClueWords.of(suspect.clues()), json::text);
        if (suspect.isEnvironment()) {
            json.nothing("commit");
        } else {
            json.text("commit", suspect.revision());
        }
        suspect.commit().ifPresent(commit -> {
            json.text("author", CommitAuthors.name(commit.author()));
            json.text("time", commit.time().toString());
            json.text("subject", commit.subject());
            json.array("files", commit.files(), json::text);
            json.integer("moreFiles", commit.moreFiles());
        });
    }
}
