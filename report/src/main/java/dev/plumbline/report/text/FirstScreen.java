package dev.plumbline.report.text;

import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesWarning;
import dev.plumbline.report.BenchmarkAnswer;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.GateStop;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.Headline;
import dev.plumbline.report.MissingWords;
import dev.plumbline.report.NoteWords;
import dev.plumbline.report.Report;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.WarningWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.EnvironmentWords;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.SharedNames;
import dev.plumbline.report.terminal.ShellText;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The first screen of a check or comparison, at most {@value #LINES} lines: what happened, how bad, since when, what to
 * do next. Everything else is in {@link TextReport}.
 */
public final class FirstScreen {
    /** Lines at most, on a terminal of any width. */
    static final int LINES = 12;

    private static final int ROWS = 5;
    private static final int NAMES = 3;
    private static final int LONGEST_NAME = 48;

    /** One run that detects this much detects what most people look for. */
    private static final double FINE = 0.10;

    /** A history of fewer runs detects smaller changes with every further run. */
    private static final int YOUNG = 20;

    /** Noise from run to run that a longer history, rather than a quieter machine, copes with. */
    private static final double LITTLE_NOISE = 0.05;

    /** A part of the screen that runs over more lines than these loses its end. */
    private static final int LINES_OF_A_PART = 2;

    private static final String INDENT = "  ";

    /** Between the parts of the headline. */
    private static final String HEADLINE_PART = " · ";

    private final Report report;
    private final TextStyle style;
    private final SharedNames shared;
    private final RowWords row;
    private final List<BenchmarkAnswer> benchmarks;
    private final List<BenchmarkAnswer> worse;
    private final String headline;
    private final Optional<String> history;
    private final String branch;
    private final List<Part> parts = new ArrayList<>();

    /** In the order in which they stand on the screen; those that give way to others first are the least urgent. */
    private enum Urgency {
        ALWAYS,
        HIGH,
        MIDDLE,
        LOW
    }

    private record Part(Urgency urgency, String text) {
        int lines() {
            return (int) text.chars().filter(character -> character == '\n').count();
        }
    }

    /**
     * @param history the option that gives a command the place of the history; empty where there is none
     * @param branch the option that gives a command the branch, where it would look at another one; may be empty
     */
    private FirstScreen(Report report, TextStyle style, Optional<String> history, String branch) {
        this.report = report;
        this.style = style;
        this.shared = SharedNames.of(report.findings().stream()
                .map(finding -> finding.key().benchmark())
                .toList());
        this.row = new RowWords(report, style);
        this.benchmarks = report.benchmarks();
        this.worse = worse();
        this.headline = Headline.of(report);
        this.history = history;
        this.branch = branch;
    }

    /** The screen; every line ends in a line feed. */
    public static String of(Report report, TextStyle style) {
        return of(report, style, Optional.empty(), Optional.empty());
    }

    /**
     * The same where the commands of the last line are given what they would not find by themselves.
     *
     * @param store the history's file, which is not where they look
     * @param branch of the judged runs, which is not the one that they look at
     */
    public static String of(Report report, TextStyle style, Optional<String> store, Optional<String> branch) {
        return new FirstScreen(
                        report,
                        style,
                        Optional.of(store.map(file -> " --store " + ShellText.quoted(file))
                                .orElse("")),
                        branch.map(name -> " --branch " + ShellText.quoted(name))
                                .orElse(""))
                .text();
    }

    /** The same of a history that is not kept, for which no command can be typed. */
    public static String withoutHistory(Report report, TextStyle style) {
        return new FirstScreen(report, style, Optional.empty(), "").text();
    }

    private String text() {
        paragraph(Urgency.ALWAYS, "", headline, look());
        report.odd().ifPresent(words -> paragraph(Urgency.HIGH, INDENT, words, Ansi.BOLD_YELLOW));
        if (!scope().isEmpty()) {
            paragraph(Urgency.ALWAYS, "", scope(), Ansi.DIM);
        }
        reasons();
        rows(worse, Urgency.HIGH);
        missing();
        alreadyOpen();
        beyondAccepted();
        brokenPromises();
        known();
        letPass();
        rows(of(Group.IMPROVED).stream().filter(answer -> !isOverLimit(answer)).toList(), Urgency.LOW);
        notComparable();
        inconclusive();
        tooNew();
        problems();
        notes();
        next();
        return chosen();
    }

    /** The parts that fit, the most urgent first, in the order of the screen. */
    private String chosen() {
        Set<Part> fitting = new HashSet<>();
        int left = LINES;
        for (Urgency urgency : Urgency.values()) {
            for (Part part : parts) {
                if (part.urgency() == urgency && (part.lines() <= left || urgency == Urgency.ALWAYS)) {
                    fitting.add(part);
                    left -= part.lines();
                }
            }
        }
        return parts.stream().filter(fitting::contains).map(Part::text).collect(Collectors.joining());
    }

    private Ansi look() {
        return switch (report.gate().state()) {
            case OPEN -> Ansi.BOLD_GREEN;
            case CLOSED -> Ansi.BOLD_RED;
            case UNDECIDED -> Ansi.BOLD_YELLOW;
        };
    }

    private void part(Urgency urgency, Consumer<StringBuilder> writer) {
        StringBuilder text = new StringBuilder();
        writer.accept(text);
        if (text.length() > 0) {
            parts.add(new Part(urgency, text.toString()));
        }
    }

    private void paragraph(Urgency urgency, String first, String words, Ansi look) {
        int room = LINES_OF_A_PART * (style.width() - first.length()) - 12;
        part(urgency, out -> Paragraph.append(first, begun(style.safe(words), style.room(room)), look, style, out));
    }

    /** The sentences that there is room for; of a first one that is longer its beginning. */
    private String begun(String safe, int columns) {
        if (TerminalText.width(safe) <= columns) {
            return safe;
        }
        String start = TerminalText.start(safe, columns - style.ellipsis().length() - 1);
        int end = Math.max(start.lastIndexOf(". "), start.lastIndexOf("; "));
        return end > 0 ? start.substring(0, end) + " " + style.ellipsis() : start + style.ellipsis();
    }

    /** What was judged, and against what. */
    private String scope() {
        List<RunInfo> runs = report.candidates();
        String what = runs.isEmpty()
                ? ""
                : runs.stream().map(this::revision).distinct().limit(2).collect(Collectors.joining(", "))
                        + (runs.size() > 1 ? " (" + runs.size() + " runs)" : "")
                        + pooled();
        String against = report.base().isEmpty() ? "" : "against " + report.base();
        return what.isEmpty() || against.isEmpty() ? what + against : what + ", " + against;
    }

    /** That several measurements count as one run: a folder of old files is one too, which few people mean. */
    private String pooled() {
        Set<String> judged = report.candidates().stream().map(RunInfo::id).collect(Collectors.toSet());
        long[] pooled = report.findings().stream()
                .flatMap(finding -> finding.warnings().stream())
                .filter(Warning.OfSeries.class::isInstance)
                .map(warning -> ((Warning.OfSeries) warning).warning())
                .filter(SeriesWarning.Pooled.class::isInstance)
                .map(SeriesWarning.Pooled.class::cast)
                .filter(one -> judged.contains(one.newest().id()))
                .mapToLong(SeriesWarning.Pooled::measurements)
                .sorted()
                .toArray();
        return pooled.length == 0 || 2 * pooled.length < report.findings().size()
                ? ""
                : ", " + Quantity.plain((double) pooled[pooled.length - 1], Quantity.DIGITS)
                        + " measurements of each benchmark as one run";
    }

    private String revision(RunInfo run) {
        if (run.header().revision().isKnown()) {
            return RunWords.revision(run)
                    + report.authors().by(run.header().revision().commit());
        }
        String name = RunWords.runName(run);
        return name.equals(run.id()) ? name : "run " + name + ", commit unknown (set it with --commit)";
    }

    /** Why the gate does not pass, as far as no row shows it. */
    private void reasons() {
        Set<String> rows = worse.stream()
                .flatMap(answer -> answer.findings().stream())
                .map(finding -> finding.key().id())
                .collect(Collectors.toSet());
        List<GateReason> deciding = report.gate().deciding().stream()
                .filter(reason -> !isInARow(reason, rows))
                .toList();
        boolean isOfTheRun =
                deciding.stream().anyMatch(reason -> reason.series().isEmpty() && !isOfOne(reason));
        List<String> words = GateWords.of(
                deciding.stream()
                        .filter(reason -> !isOfTheRun || reason.series().isEmpty())
                        .toList(),
                report);
        words.stream()
                .filter(reason -> !headline.endsWith(reason) && !headline.contains(reason + HEADLINE_PART))
                .limit(2)
                .forEach(reason -> paragraph(Urgency.HIGH, INDENT, reason, Ansi.PLAIN));
        more(words.size() - 2, "reason", "reasons");
    }

    /** Whether it speaks of one of several environments. */
    private static boolean isOfOne(GateReason reason) {
        return reason.cause() instanceof Cause.Incomparable none
                && none.environment().isPresent();
    }

    private static boolean isInARow(GateReason reason, Set<String> rows) {
        if (!(reason.cause() instanceof Cause.OfSeries one)) {
            return false;
        }
        return one.fact() instanceof Cause.Missing && one.lenience().isEmpty()
                || rows.contains(reason.series())
                        && (one.fact() instanceof Cause.Regressed
                                || one.fact() instanceof Cause.RegressedOnce
                                || one.fact() instanceof Cause.Suspected);
    }

    private void more(int count, String one, String many) {
        if (count > 0) {
            paragraph(Urgency.LOW, INDENT, "and " + Words.count(count, "more " + one, "more " + many), Ansi.DIM);
        }
    }

    private List<BenchmarkAnswer> of(Group group) {
        return benchmarks.stream().filter(answer -> answer.group() == group).toList();
    }

    private List<BenchmarkAnswer> worse() {
        List<BenchmarkAnswer> all = new ArrayList<>(of(Group.REGRESSED));
        List<BenchmarkAnswer> suspects = new ArrayList<>(of(Group.SUSPECT));
        benchmarks.stream()
                .filter(answer -> answer.group() != Group.REGRESSED && isOverLimit(answer))
                .forEach(answer -> {
                    all.add(answer);
                    suspects.remove(answer);
                });
        all.addAll(suspects);
        return List.copyOf(all);
    }

    private boolean isOverLimit(BenchmarkAnswer answer) {
        return answer.findings().stream().anyMatch(row::isOverLimit);
    }

    private void rows(List<BenchmarkAnswer> answers, Urgency urgency) {
        if (answers.isEmpty()) {
            return;
        }
        int most = urgency == Urgency.LOW ? 2 : ROWS;
        List<List<Finding>> shown =
                answers.stream().limit(most).map(this::changed).toList();
        int heads = shown.size();
        boolean isRoom = shown.stream().mapToInt(List::size).sum() <= most;
        part(urgency, out -> table(shown.stream()
                        .flatMap(all -> isRoom ? all.stream() : all.stream().limit(1))
                        .toList())
                .appendTo(out));
        String more = urgency == Urgency.LOW ? "improved" : "worse";
        more(answers.size() - heads, more, more);
    }

    /** The metric that stands for the benchmark, and the others that count and changed. */
    private List<Finding> changed(BenchmarkAnswer answer) {
        return Stream.concat(
                        Stream.of(answer.head()),
                        answer.findings().stream()
                                .skip(1)
                                .filter(one -> row.isOverLimit(one)
                                        || Group.of(one).isBySize()
                                                && answer.counting().contains(one)))
                .toList();
    }

    private Table table(List<Finding> findings) {
        Table table = new Table(
                style,
                List.of(
                        Column.whole("", false, 0),
                        new Column("", false, 0, 24, 8),
                        new Column("", false, 0, 12, 6),
                        Column.whole("", true, 2),
                        Column.whole("", true, 0),
                        Column.whole("", false, 3),
                        Column.whole("", false, 1)));
        SharedNames names = shared.among(
                findings.stream().map(finding -> finding.key().benchmark()).toList());
        BenchmarkAnswer.Place above = null;
        for (Finding finding : findings) {
            BenchmarkAnswer.Place place = BenchmarkAnswer.Place.of(finding.key());
            boolean isAlso = place.equals(above);
            above = place;
            table.add(List.of(
                    new Cell(INDENT + row.verdict(finding), row.look(finding)),
                    isAlso
                            ? new Cell("  also", Ansi.DIM)
                            : Cell.of(style.safe(names.label(finding.key().benchmark()) + in(finding))),
                    Cell.of(style.safe(finding.key().metric())),
                    Cell.of(style.safe(levels(finding))),
                    new Cell(row.change(finding), row.look(finding)),
                    new Cell(row.interval(finding, FirstScreen::inBrackets), Ansi.DIM),
                    Cell.of(style.safe(since(finding)))));
        }
        return table;
    }

    /** Where it was measured, if the report has more than one environment. */
    private String in(Finding finding) {
        boolean isOne = report.findings().stream()
                        .map(one -> one.key().environment())
                        .distinct()
                        .limit(2)
                        .count()
                < 2;
        return isOne || report.kind() == Report.Kind.COMPARISON
                ? ""
                : " in " + finding.key().environment();
    }

    private static String inBrackets(Effect effect) {
        String interval = Words.interval(effect);
        return interval.isEmpty() ? "" : "(" + interval + ")";
    }

    private static String levels(Finding finding) {
        return finding.verdict()
                .effect()
                .map(effect ->
                        Quantity.pair(effect.before(), effect.after(), finding.unit(), Words.uncertainty(finding)))
                .map(pair -> pair.before() + " → " + pair.after())
                .orElse("");
    }

    /** With which commit it began, where that is not the one that was judged. */
    private String since(Finding finding) {
        return finding.since().isEmpty()
                        || report.kind() == Report.Kind.COMPARISON
                        || Headline.isOfThisChange(finding, report)
                                && !report.authors().isEarlier(finding.since())
                ? ""
                : "since " + TriageWords.sinceShort(finding, report.authors());
    }

    private void missing() {
        List<MissingWords.Line> lines = MissingWords.of(report);
        for (MissingWords.Line line : lines.subList(0, Math.min(NAMES, lines.size()))) {
            boolean isName = line.isName();
            paragraph(
                    Urgency.HIGH,
                    INDENT + (style.unicode() ? "≠ " : "! "),
                    (isName ? line.words() + " is missing from this run" : line.words())
                            + (line.of().isEmpty() ? "" : ": " + names(line.of())),
                    Ansi.PLAIN);
        }
        more(lines.size() - NAMES, "missing", "missing");
    }

    private String names(List<String> all) {
        return all.stream().limit(NAMES).collect(Collectors.joining(", "))
                + (all.size() > NAMES ? " and " + (all.size() - NAMES) + " more" : "");
    }

    /** One of the changes that the base branch has, on a line with the others of its commit. */
    private record Earlier(String name, double change, Severity severity, String id) {}

    /**
     * What the base branch had before this change, and what a regression came on top of: a line for each place where
     * some began, with the worst severity of them and how to look at it.
     */
    private void alreadyOpen() {
        Map<AlreadyOpen, List<Earlier>> open = new LinkedHashMap<>();
        for (BenchmarkAnswer answer : worse) {
            Finding head = answer.head();
            for (Warning.OnOpenLevel below : TriageWords.below(head)) {
                open.computeIfAbsent(below.open(), one -> new ArrayList<>())
                        .add(earlier(
                                head,
                                below.change(),
                                Finding.id(head.key(), below.open().commit())));
            }
        }
        for (BenchmarkAnswer answer : of(Group.KNOWN)) {
            Finding head = answer.head();
            if (TriageWords.isElsewhere(head)) {
                double change =
                        head.verdict().effect().map(Effect::relativeChange).orElse(Double.NaN);
                open.computeIfAbsent(head.alreadyOpen().orElseThrow(), one -> new ArrayList<>())
                        .add(earlier(head, change, head.id()));
            }
        }
        open.entrySet().stream()
                .limit(2)
                .forEach(one ->
                        paragraph(Urgency.MIDDLE, INDENT, alreadyOpen(one.getKey(), one.getValue()), Ansi.PLAIN));
        more(open.size() - 2, "commit whose regressions are open", "commits whose regressions are open");
    }

    private Earlier earlier(Finding finding, double change, String id) {
        return new Earlier(
                shared.label(finding.key().benchmark()),
                change,
                Double.isNaN(change)
                        ? Severity.NONE
                        : finding.policy().severities().of(Math.abs(change)),
                id);
    }

    /** On one line where that is wide enough: names give way, all but one, and then the author. */
    private String alreadyOpen(AlreadyOpen open, List<Earlier> all) {
        Severity worst = all.stream()
                .map(Earlier::severity)
                .max(Comparator.naturalOrder())
                .orElse(Severity.NONE);
        String severity = worst == Severity.NONE ? ": " : " (" + Words.lower(worst) + "): ";
        String end =
                history.map(store -> "; " + lookAt(open, all.get(0)) + store).orElse("");
        String line = "";
        for (CommitAuthors authors : List.of(report.authors(), CommitAuthors.UNKNOWN)) {
            for (int shown = Math.min(NAMES, all.size()); shown > 0; shown--) {
                line = open.fixed().isPresent()
                        ? TriageWords.fixedOnBase(open, names(all, shown), authors)
                        : TriageWords.alreadyOpenSince(open, authors) + severity + names(all, shown) + end;
                if (TerminalText.width(style.safe(line)) <= style.width() - INDENT.length()) {
                    return line;
                }
            }
        }
        return line;
    }

    private static String names(List<Earlier> all, int shown) {
        return all.stream()
                        .limit(shown)
                        .map(one ->
                                one.name() + (Double.isNaN(one.change()) ? "" : " " + Quantity.change(one.change())))
                        .collect(Collectors.joining(", "))
                + (all.size() > shown ? " and " + (all.size() - shown) + " more" : "");
    }

    private static String lookAt(AlreadyOpen open, Earlier first) {
        return open.incident().map(incident -> "plumb incidents " + incident).orElse("plumb explain " + first.id());
    }

    private String changed(Finding finding) {
        return shared.label(finding.key().benchmark())
                + finding.verdict()
                        .effect()
                        .map(effect -> " " + Quantity.change(effect.relativeChange()))
                        .orElse("");
    }

    /** Fixes that were promised and did not come: what is still there counts again, and why. */
    private void brokenPromises() {
        Map<String, List<String>> broken = new LinkedHashMap<>();
        benchmarks.stream().flatMap(answer -> answer.findings().stream()).forEach(finding -> finding.warnings().stream()
                .filter(Warning.BrokenPromise.class::isInstance)
                .map(Warning.BrokenPromise.class::cast)
                .forEach(warning -> broken.computeIfAbsent(
                                TriageWords.broken(warning.promise()), words -> new ArrayList<>())
                        .add(changed(finding))));
        broken.forEach((words, names) -> paragraph(Urgency.HIGH, INDENT, words + ": " + names(names), Ansi.RED));
    }

    /** Reruns of accepted commits that show more than was accepted; it stands in no row. */
    private void beyondAccepted() {
        worse.stream().map(BenchmarkAnswer::head).forEach(head -> head.warnings().stream()
                .filter(Warning.BeyondAccepted.class::isInstance)
                .map(Warning.BeyondAccepted.class::cast)
                .limit(1)
                .forEach(warning -> paragraph(
                        Urgency.HIGH,
                        INDENT,
                        shared.label(head.key().benchmark()) + " is " + WarningWords.beyondAccepted(warning),
                        Ansi.PLAIN)));
    }

    /** What people have spoken of: accepted, muted, acknowledged. */
    private void known() {
        Map<String, List<String>> known = new LinkedHashMap<>();
        of(Group.KNOWN).stream()
                .map(BenchmarkAnswer::head)
                .filter(head -> !TriageWords.isElsewhere(head))
                .forEach(head -> known.computeIfAbsent(TriageWords.known(head), state -> new ArrayList<>())
                        .add(changed(head)));
        known.forEach((state, names) -> paragraph(Urgency.MIDDLE, INDENT, state + ": " + names(names), Ansi.PLAIN));
    }

    private void letPass() {
        List<String> passed = GateWords.letPass(report);
        passed.stream()
                .limit(1)
                .forEach(words -> paragraph(Urgency.MIDDLE, INDENT, "does not fail the gate: " + words, Ansi.PLAIN));
        more(passed.size() - 1, "that does not fail the gate", "that do not fail the gate");
    }

    private void notComparable() {
        if (report.gate().deciding().stream().anyMatch(reason -> reason.cause() instanceof Cause.Incomparable)) {
            return; // the gate's reason tells it
        }
        reasonOfMost(of(Group.NOT_COMPARABLE), "not comparable");
    }

    /** What was measured for the first times, with all its values: a person sees what no judgement can say yet. */
    private void tooNew() {
        List<BenchmarkAnswer> early = of(Group.INCONCLUSIVE).stream()
                .filter(answer -> DoubtWords.isTooEarly(answer.head()))
                .toList();
        reasonOfMost(early, "too new to judge");
        measured(early, ROWS);
    }

    /** All values of young benchmarks, those that moved most first. */
    private void measured(List<BenchmarkAnswer> young, int most) {
        young.stream()
                .map(BenchmarkAnswer::head)
                .filter(head -> head.candidate().isPresent())
                .sorted(Comparator.comparingDouble((Finding head) -> -Report.size(head)))
                .limit(most)
                .forEach(head -> line("measured: " + shared.label(head.key().benchmark()) + " "
                        + head.key().metric() + " " + FirstValues.of(head, style)));
        if (young.size() > most) {
            line("measured: and " + (young.size() - most) + " more");
        }
    }

    /** On one line, whatever the width. */
    private void line(String words) {
        int room = style.width() - INDENT.length();
        String safe = style.safe(words);
        String shown = TerminalText.width(safe) <= room ? safe : style.shorten(safe, room);
        part(Urgency.LOW, out -> out.append(INDENT).append(shown).append('\n'));
    }

    /** How many there are, and what holds of most of them. */
    private void reasonOfMost(List<BenchmarkAnswer> answers, String what) {
        if (answers.isEmpty()) {
            return;
        }
        Map.Entry<String, List<Finding>> most =
                DoubtWords.byReason(answers.stream().map(BenchmarkAnswer::head).toList()).entrySet().stream()
                        .max(Comparator.comparing(entry -> entry.getValue().size()))
                        .orElseThrow();
        int count = most.getValue().size();
        paragraph(
                Urgency.MIDDLE,
                INDENT,
                Words.count(answers.size(), what, what)
                        + (count < answers.size() ? ", " + count + " of them: " : ": ")
                        + most.getKey(),
                Ansi.PLAIN);
    }

    /** What one run could have shown, and what it did show without being certain. */
    private void inconclusive() {
        List<BenchmarkAnswer> open = of(Group.INCONCLUSIVE).stream()
                .filter(answer -> !DoubtWords.isTooEarly(answer.head()))
                .toList();
        if (open.isEmpty()) {
            return;
        }
        double[] detectable = open.stream()
                .flatMapToDouble(answer -> answer.head().detectableChange().stream())
                .sorted()
                .toArray();
        if (report.kind() == Report.Kind.COMPARISON || detectable.length == 0) {
            reasonOfMost(open, "inconclusive");
            measured(ofFewRuns(open), NAMES);
            return;
        }
        paragraph(Urgency.MIDDLE, INDENT, open(youngRuns(open), detectable), Ansi.PLAIN);
        measured(ofFewRuns(open), NAMES);
    }

    /** The run count where only a short history leaves quiet benchmarks open; empty in all other cases. */
    private OptionalInt youngRuns(List<BenchmarkAnswer> open) {
        boolean isYoung = isQuiet()
                && open.stream()
                        .map(BenchmarkAnswer::head)
                        .allMatch(head -> head.baseline()
                                        .filter(known -> known.runs() < YOUNG && known.deviation() <= LITTLE_NOISE)
                                        .isPresent()
                                && Report.size(head) < head.detectableChange().orElse(0) / 2);
        return isYoung
                ? open.stream()
                        .mapToInt(
                                answer -> answer.head().baseline().orElseThrow().runs())
                        .max()
                : OptionalInt.empty();
    }

    private boolean isQuiet() {
        return report.gate().state() == State.OPEN && worse.isEmpty();
    }

    /** Whether all benchmarks are inconclusive. */
    private boolean isOfAll() {
        return of(Group.INCONCLUSIVE).size() == report.benchmarks().size();
    }

    /** Reassures only where nothing is worse, nothing moved much and one run detects what matters. */
    private String open(OptionalInt youngRuns, double... detectable) {
        List<Finding> all = report.largestOpen();
        String largest = all.stream()
                .findFirst()
                .map(finding -> ". Largest, within noise: " + changed(finding))
                .orElse("");
        if (youngRuns.isPresent()) {
            return "no change seen" + (isOfAll() ? "" : " in the others") + "; with "
                    + Words.count(youngRuns.getAsInt(), "earlier run", "earlier runs") + ", "
                    + DoubtWords.surelyDetected(detectable) + "; a longer history detects smaller ones" + largest;
        }
        double most = detectable[detectable.length - 1];
        Optional<Finding> real = all.stream().filter(this::mayBeReal).findFirst();
        if (isQuiet() && real.isPresent()) {
            OptionalDouble sure = real.get().detectableChange();
            return "inconclusive: " + changed(real.get()) + " may be real; "
                    + (sure.isPresent()
                            ? "noise hides changes below " + Quantity.percent(sure.getAsDouble()) + " in one run"
                            : "no single run can confirm it")
                    + ": measure again";
        }
        boolean isReassuring =
                isQuiet() && real.isEmpty() && most <= FINE && of(Group.KNOWN).isEmpty();
        return "inconclusive: " + (isReassuring ? "nothing looks wrong; " : "") + DoubtWords.surelyDetected(detectable)
                + largest;
    }

    /**
     * Whether what was measured would matter, and is large beside what one run detects or beside what most people look
     * for: of several healthy benchmarks one is always a few per cent off.
     */
    private boolean mayBeReal(Finding finding) {
        double size = Report.size(finding);
        double detectable = finding.detectableChange().orElse(Double.POSITIVE_INFINITY);
        return size >= report.policy().severities().minor() && (size >= FINE || size >= detectable / 2);
    }

    private List<BenchmarkAnswer> ofFewRuns(List<BenchmarkAnswer> answers) {
        return report.kind() == Report.Kind.COMPARISON
                ? List.of()
                : answers.stream()
                        .filter(answer -> answer.head().history().size() < FirstValues.SHOWN)
                        .toList();
    }

    private void problems() {
        report.problems().stream()
                .limit(1)
                .forEach(problem -> paragraph(Urgency.HIGH, INDENT, "problem: " + problem, Ansi.YELLOW));
        more(report.problems().size() - 1, "problem", "problems");
    }

    private void notes() {
        boolean isIncomparable =
                report.gate().deciding().stream().anyMatch(reason -> reason.cause() instanceof Cause.Incomparable);
        Optional<String> young = GateStop.young(report.gate());
        List<String> notes = report.notes().stream()
                .filter(note -> !NoteWords.isHowToAccept(note)) // the last line has the command
                .filter(note -> !NoteWords.isDetail(note))
                .filter(note -> !young.filter(note::equals).isPresent())
                .filter(note -> !isIncomparable || !EnvironmentWords.isNoReference(note)) // the headline's line has it
                .toList();
        // nothing but its notes qualifies a comparison: improvements give way to them, as they do to regressions
        Urgency urgency = report.kind() == Report.Kind.COMPARISON ? Urgency.MIDDLE : Urgency.LOW;
        notes.stream().limit(2).forEach(note -> paragraph(urgency, INDENT, "note: " + note, Ansi.PLAIN));
        more(notes.size() - 2, "note", "notes");
    }

    /** The commands that a person types next, and before them, as a sentence, what no command does. */
    private void next() {
        List<String> words = new ArrayList<>(advice());
        List<String> commands = history.map(this::commands).orElse(List.of()).stream()
                .map(style::command)
                .toList();
        if (words.isEmpty() && commands.isEmpty() && report.gate().state() != State.OPEN && history.isPresent()) {
            CiSummary.nextSteps(report).stream()
                    .filter(step -> !step.startsWith("Start with "))
                    .limit(1)
                    .map(step -> step.endsWith(".") ? step.substring(0, step.length() - 1) : step)
                    .forEach(words::add);
        }
        words.addAll(commands);
        String first = words.isEmpty() ? "" : "next: ";
        words.add("all details: -v");
        String line = style.safe(String.join(" · ", words));
        part(Urgency.ALWAYS, out -> {
            if (commands.isEmpty()) {
                Paragraph.append(first, line, Ansi.DIM, style, out);
            } else {
                // whole, however long, so that commands can be copied
                out.append(style.paint(first + line, Ansi.DIM)).append('\n');
            }
        });
    }

    private List<String> advice() {
        if (report.odd().isPresent()) {
            return List.of("Measure this commit again, on an idle machine");
        }
        Optional<String> otherSide = CiSummary.otherSide(report);
        if (otherSide.isPresent()) {
            return List.of(otherSide.get().substring(0, otherSide.get().length() - 1));
        }
        Optional<String> young = GateStop.young(report.gate());
        if (worse.isEmpty() && young.isPresent()) {
            return List.of(young.get());
        }
        boolean isSuspect = worse.stream().limit(1).anyMatch(answer -> Group.of(answer.head()) == Group.SUSPECT);
        return isSuspect ? List.of("Measure this commit again, or give --confirm 'COMMAND'") : List.of();
    }

    /** @param store what is put behind those that look into the history */
    private List<String> commands(String store) {
        if (Headline.isCopied(report)) {
            return GateStop.copied(report, store); // not recorded: there is nothing to explain or accept
        }
        List<String> commands = new ArrayList<>();
        boolean isOpen = report.gate().state() == State.OPEN;
        // where a disturbed machine explains it and the gate passes, there is nothing to look into
        if (report.kind() == Report.Kind.CHECK && !(isOpen && report.odd().isPresent())) {
            worse.stream()
                    .limit(1)
                    .map(answer -> ShellText.command("plumb explain", List.of(name(answer.head()))) + branch + store)
                    .forEach(commands::add);
        }
        MissingWords.of(report).stream()
                .flatMap(line -> line.command().stream())
                .limit(1)
                .map(command -> command + store)
                .forEach(commands::add);
        if (!isOpen) {
            accept(store).ifPresent(commands::add);
        }
        return commands;
    }

    /** How to accept the worst of it, where the whole report says how: a dry run has nothing to accept. */
    private Optional<String> accept(String store) {
        if (report.notes().stream().anyMatch(NoteWords::isHowToAcceptChange)) {
            List<String> ids = worse.stream()
                    .flatMap(answer -> answer.findings().stream()
                            .filter(one -> row.isOverLimit(one) || Group.of(one) == Group.REGRESSED)
                            .limit(1))
                    .map(Finding::id)
                    .toList();
            return ids.stream()
                    .findFirst()
                    .map(id -> "intended: plumb accept " + id + " --reason WHY" + store
                            + (ids.size() > 1 ? " (the first; -v has the others)" : ""));
        }
        return report.notes().stream().anyMatch(NoteWords::isHowToAccept)
                ? report.missing().stream()
                        .min(Comparator.comparing((Missing one) -> one.renamed().isPresent()))
                        .map(one -> MissingWords.accept(one) + store)
                : Optional.empty();
    }

    /** Short, without parameters; the id where the name is too long to read. */
    private String name(Finding finding) {
        String name = finding.key().benchmark().name();
        String shorter = name.startsWith(shared.prefix())
                ? name.substring(shared.prefix().length())
                : name;
        return shorter.length() <= LONGEST_NAME ? shorter : finding.id();
    }
}
