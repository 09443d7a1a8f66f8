package dev.plumbline.report.text;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesWarning;
import dev.plumbline.report.BenchmarkAnswer;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.GateStop;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.Headline;
import dev.plumbline.report.MissingWords;
import dev.plumbline.report.NoteWords;
import dev.plumbline.report.Report;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.EnvironmentWords;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.SharedNames;
import dev.plumbline.report.terminal.ShellText;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.report.text.ScreenParts.Urgency;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The first screen of a check or comparison, at most {@value #LINES} lines: what happened, how bad, since when, what to
 * do next. Everything else is in {@link TextReport}.
 */
public final class FirstScreen {
    /** The option for the whole report; the end of each first screen. */
    public static final String ALL_DETAILS = "all details: -v";

    /** Lines at most, on a terminal of any width. */
    static final int LINES = 12;

    /** Benchmarks that are named where none of them can be compared. */
    private static final int MOST_NAMES = 3;

    private static final int ROWS = 5;

    /** Lines at most that the commands of the last part take on a narrow terminal. */
    private static final int LINES_OF_NEXT = 5;

    /** On a narrower terminal each command has a line of its own. */
    private static final int USUAL_WIDTH = 80;

    private static final int NAMES = ScreenParts.NAMES;

    /** Between the parts of the headline. */
    private static final String HEADLINE_PART = " · ";

    private static final String INDENT = ScreenParts.INDENT;

    private final Report report;
    private final TextStyle style;
    private final SharedNames shared;
    private final RowWords row;
    private final List<BenchmarkAnswer> benchmarks;
    private final List<BenchmarkAnswer> worse;
    private final String headline;
    private final Optional<String> history;
    private final String branch;
    private final ScreenParts parts;

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
        this.parts = new ScreenParts(style);
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

    /** The first step and the commands of the last part of the screen, between dots. */
    public static String next(Report report) {
        FirstScreen screen = new FirstScreen(report, TextStyle.DEFAULT, Optional.of(""), "");
        List<String> commands = screen.nextCommands();
        return Stream.concat(screen.nextAdvice(commands).stream().limit(1), commands.stream())
                .collect(Collectors.joining(HEADLINE_PART));
    }

    private String text() {
        parts.paragraph(Urgency.ALWAYS, "", headline, look());
        report.odd()
                .or(() -> Words.wholeSuite(report))
                .ifPresent(words -> parts.paragraph(Urgency.HIGH, INDENT, words, Ansi.BOLD_YELLOW));
        if (!scope().isEmpty()) {
            parts.paragraph(Urgency.ALWAYS, "", scope(), Ansi.DIM);
        }
        reasons();
        rows(worse, Urgency.ROWS);
        rows(
                of(Group.INCONCLUSIVE).stream()
                        .filter(answer -> DoubtWords.isDisagreement(answer.head()))
                        .toList(),
                Urgency.HIGH);
        missing();
        new KnownParts(report, style, shared, worse, history).addTo(parts);
        report.notes().stream()
                .filter(NoteWords::isRecovered)
                .forEach(note -> parts.paragraph(Urgency.HIGH, INDENT, note, Ansi.GREEN));
        rows(of(Group.IMPROVED).stream().filter(answer -> !isOverLimit(answer)).toList(), Urgency.LOW);
        notComparable();
        inconclusive();
        tooNew();
        measured();
        problems();
        notes();
        next();
        return parts.within(LINES);
    }

    private Ansi look() {
        return switch (report.gate().state()) {
            case OPEN -> Headline.isNothingJudged(report) ? Ansi.BOLD_YELLOW : Ansi.BOLD_GREEN;
            case CLOSED -> Ansi.BOLD_RED;
            case UNDECIDED -> Ansi.BOLD_YELLOW;
        };
    }

    /** The judged runs and their reference. */
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

    /** A note that several measurements count as one run: a file of old results is one too, which few people intend. */
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
        return name.equals(run.id()) ? name : "run " + name + " (name its commit with --commit)";
    }

    /** Adds the reasons why the gate does not pass, as far as no row shows them. */
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
                .forEach(reason -> parts.paragraph(Urgency.HIGH, INDENT, named(reason), Ansi.PLAIN));
        parts.more(words.size() - 2, "reason", "reasons");
    }

    /** With the name as the rows have it where there is no room for the whole one and the sentence behind it. */
    private String named(String reason) {
        return !parts.isTooLong(INDENT, reason)
                ? reason
                : report.findings().stream()
                        .map(finding -> finding.key().benchmark())
                        .filter(benchmark -> reason.startsWith(benchmark.label() + " "))
                        .findFirst()
                        .map(benchmark -> shared.label(benchmark)
                                + reason.substring(benchmark.label().length()))
                        .orElse(reason);
    }

    /** Whether it is about one of several environments. */
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
        boolean isRoom = shown.stream().mapToInt(List::size).sum() <= most;
        List<String> growing = new ArrayList<>();
        for (int heads = 1; heads <= shown.size(); heads++) {
            StringBuilder out = new StringBuilder();
            new ScreenRows(report, style, shared, row)
                    .table(shown.subList(0, heads).stream()
                            .flatMap(all -> isRoom ? all.stream() : all.stream().limit(1))
                            .toList())
                    .appendTo(out);
            growing.add(out + parts.moreLine(more(answers.subList(heads, answers.size()))));
        }
        parts.growing(urgency, growing);
    }

    /** {@code 3 more regressions, 2 more possible ones}; empty for none. */
    private static String more(List<BenchmarkAnswer> rest) {
        int regressions = count(rest, Group.REGRESSED);
        int possible = count(rest, Group.SUSPECT);
        int improved = count(rest, Group.IMPROVED);
        int open = count(rest, Group.INCONCLUSIVE);
        String regression = regressions > 0 ? "one" : "regression";
        return Stream.of(
                        counted(regressions, " more regression"),
                        counted(possible, " more possible " + regression),
                        counted(improved, " more improvement"),
                        open > 0 ? open + " more inconclusive" : "",
                        rest.size() > regressions + possible + improved + open
                                ? rest.size() - regressions - possible - improved - open + " more"
                                : "")
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static int count(List<BenchmarkAnswer> rest, Group group) {
        return (int) rest.stream().filter(answer -> answer.group() == group).count();
    }

    private static String counted(int count, String one) {
        return count == 0 ? "" : count + one + (count == 1 ? "" : "s");
    }

    /** The head of the benchmark, and the others that count and changed. */
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

    private void missing() {
        List<MissingWords.Line> lines = MissingWords.of(report);
        for (MissingWords.Line line : lines.subList(0, Math.min(NAMES, lines.size()))) {
            parts.paragraph(
                    Urgency.HIGH,
                    INDENT + (style.unicode() ? "≠ " : "! "),
                    line.sentence() + (line.of().isEmpty() ? "" : ": " + ScreenParts.names(line.of())),
                    Ansi.PLAIN);
        }
        parts.more(lines.size() - NAMES, "missing", "missing");
    }

    private void notComparable() {
        List<BenchmarkAnswer> answers = of(Group.NOT_COMPARABLE);
        Set<Optional<String>> stated = report.gate().deciding().stream()
                .flatMap(reason -> reason.cause() instanceof Cause.Incomparable one
                        ? Stream.of(one.environment())
                        : Stream.empty())
                .collect(Collectors.toSet());
        if (stated.isEmpty()) {
            reasonOfMost(answers, "not comparable");
        } else if (!stated.contains(Optional.empty())) { // the gate's reason does not name the benchmarks
            parts.paragraph(
                    Urgency.MIDDLE,
                    INDENT,
                    "not comparable: "
                            + answers.stream()
                                    .limit(MOST_NAMES)
                                    .map(answer ->
                                            shared.label(answer.head().key().benchmark()))
                                    .collect(Collectors.joining(", "))
                            + (answers.size() > MOST_NAMES ? " and " + (answers.size() - MOST_NAMES) + " more" : ""),
                    Ansi.PLAIN);
        }
    }

    private void tooNew() {
        reasonOfMost(early(), "too new to judge");
    }

    private List<BenchmarkAnswer> early() {
        return of(Group.INCONCLUSIVE).stream()
                .filter(answer -> DoubtWords.isTooEarly(answer.head()))
                .toList();
    }

    /**
     * Adds all values of one young benchmark, while no judgement is possible yet: the one that looks worse or else
     * moved most. The number of benchmarks, if one represents several.
     */
    private void measured() {
        List<Finding> young = Stream.concat(ofFewRuns(undecided()).stream(), early().stream())
                .map(BenchmarkAnswer::head)
                .filter(head -> head.candidate().isPresent())
                .sorted(Comparator.comparing(FirstValues::looksWorse, Comparator.reverseOrder())
                        .thenComparing(Report::size, Comparator.reverseOrder()))
                .toList();
        young.stream()
                .limit(1)
                .forEach(head -> parts.line("measured: "
                        + shared.label(head.key().benchmark()) + " "
                        + head.key().metric() + " " + FirstValues.of(head, style)
                        + (young.size() > 1 ? HEADLINE_PART + (young.size() - 1) + " more: -v" : "")));
    }

    /** Adds the number of benchmarks, and the most common reason. */
    private void reasonOfMost(List<BenchmarkAnswer> answers, String what) {
        if (answers.isEmpty()) {
            return;
        }
        Map.Entry<String, List<Finding>> most =
                DoubtWords.byReason(answers.stream().map(BenchmarkAnswer::head).toList()).entrySet().stream()
                        .max(Comparator.comparing(entry -> entry.getValue().size()))
                        .orElseThrow();
        int count = most.getValue().size();
        parts.paragraph(
                Urgency.MIDDLE,
                INDENT,
                Words.count(answers.size(), what, what)
                        + (count < answers.size() ? ", " + count + " of them: " : ": ")
                        + most.getKey(),
                Ansi.PLAIN);
    }

    private List<BenchmarkAnswer> undecided() {
        return of(Group.INCONCLUSIVE).stream()
                .filter(answer -> !DoubtWords.isTooEarly(answer.head()))
                .filter(answer -> !DoubtWords.isDisagreement(answer.head())) // the gate's reason contains it
                .toList();
    }

    /** Adds the minimum detectable change of one run, and the largest uncertain changes. */
    private void inconclusive() {
        List<BenchmarkAnswer> open = undecided();
        if (open.isEmpty()) {
            return;
        }
        double[] detectable = open.stream()
                .flatMapToDouble(answer -> answer.head().detectableChange().stream())
                .sorted()
                .toArray();
        if (report.kind() == Report.Kind.COMPARISON || detectable.length == 0) {
            reasonOfMost(open, "inconclusive");
            if (report.kind() == Report.Kind.COMPARISON) {
                largest(open);
            }
            return;
        }
        boolean isQuiet = report.gate().state() == State.OPEN && worse.isEmpty();
        UndecidedWords words = new UndecidedWords(report, shared, isQuiet);
        parts.paragraph(Urgency.MIDDLE, INDENT, words.of(open, detectable), Ansi.PLAIN);
    }

    /** Adds the largest change where most are open: a person compares to see numbers. */
    private void largest(List<BenchmarkAnswer> open) {
        open.stream()
                .map(BenchmarkAnswer::head)
                .filter(head -> head.verdict().effect().isPresent())
                .max(Comparator.comparingDouble(Report::size))
                .ifPresent(head -> {
                    Effect effect = head.verdict().effect().orElseThrow();
                    String range = Words.interval(effect);
                    parts.paragraph(
                            Urgency.MIDDLE,
                            INDENT,
                            (open.size() == 1 ? "measured: " : "the largest: ")
                                    + shared.label(head.key().benchmark()) + " "
                                    + head.key().metric() + " " + ScreenRows.levels(head) + ", "
                                    + Quantity.change(effect.relativeChange())
                                    + (range.isEmpty() ? "" : " (" + range + ")"),
                            Ansi.PLAIN);
                });
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
                .forEach(problem -> parts.paragraph(Urgency.HIGH, INDENT, "problem: " + problem, Ansi.YELLOW));
        parts.more(report.problems().size() - 1, "problem", "problems");
    }

    private void notes() {
        boolean isIncomparable =
                report.gate().deciding().stream().anyMatch(reason -> reason.cause() instanceof Cause.Incomparable);
        Optional<String> young = GateStop.young(report.gate());
        List<String> notes = report.notes().stream()
                .filter(note -> !NoteWords.isHowToAccept(note)) // the last line has the command
                .filter(note -> !NoteWords.isRecovered(note)) // it has a line of its own
                .filter(note -> !NoteWords.isDetail(note) && !NoteWords.isCount(note, report))
                .filter(note -> !young.filter(note::equals).isPresent())
                .filter(Words.besideReason(report)) // the first line has it
                .filter(note -> !isIncomparable || !EnvironmentWords.isNoReference(note)) // the headline's line has it
                .sorted(Comparator.comparing(note -> !NoteWords.isOutvoted(note))) // a verdict depends on it
                .toList();
        // nothing but its notes qualifies a comparison: improvements yield to them, as they do to regressions
        Urgency urgency = report.kind() == Report.Kind.COMPARISON ? Urgency.HIGH : Urgency.LOW;
        notes.stream().limit(2).forEach(note -> parts.paragraph(urgency, INDENT, "note: " + note, Ansi.PLAIN));
        parts.more(notes.size() - 2, "note", "notes");
    }

    private List<String> nextCommands() {
        NextCommands next = new NextCommands(report, shared, row, worse, branch);
        return history.map(next::commands).orElse(List.of()).stream()
                .map(style::command)
                .toList();
    }

    private List<String> nextAdvice(List<String> commands) {
        List<String> words = new ArrayList<>(new NextCommands(report, shared, row, worse, branch).advice());
        if (words.isEmpty() && commands.isEmpty() && report.gate().state() != State.OPEN && history.isPresent()) {
            CiSummary.nextSteps(report).stream()
                    .filter(step -> !step.startsWith("Start with "))
                    .limit(1)
                    .map(step -> step.endsWith(".") ? step.substring(0, step.length() - 1) : step)
                    .forEach(words::add);
        }
        return words;
    }

    /** The commands that a person types next, and before them, as a sentence, what no command does. */
    private void next() {
        List<String> commands = nextCommands();
        List<String> words = nextAdvice(commands);
        String first = words.isEmpty() && commands.isEmpty() ? "" : "next: ";
        String screen = next(first, words, commands);
        for (int shown = commands.size() - 1; shown > 0 && parts.linesOf(screen) > LINES_OF_NEXT; shown--) {
            screen = next(first, words, commands.subList(0, shown));
        }
        String text = screen;
        parts.add(Urgency.ALWAYS, out -> out.append(text));
    }

    /** On one line where commands are in it, so that they can be copied; on a narrow terminal a line for each. */
    private String next(String first, List<String> advice, List<String> commands) {
        List<String> words = new ArrayList<>(advice);
        words.addAll(commands);
        if (!words.isEmpty()) {
            words.set(0, Words.continued(words.get(0)));
        }
        words.add(ALL_DETAILS);
        String line = style.safe(String.join(" · ", words));
        StringBuilder out = new StringBuilder();
        if (commands.isEmpty()) {
            Paragraph.append(first, line, Ansi.DIM, style, out);
        } else if (style.whole() || style.width() >= USUAL_WIDTH) {
            out.append(style.paint(first + line, Ansi.DIM)).append('\n');
        } else {
            for (int i = 0; i < words.size(); i++) {
                String begin = i == 0 ? first : INDENT;
                if (i < advice.size()) {
                    String sentence = style.shorten(style.safe(words.get(i)), 2 * style.width());
                    Paragraph.append(begin, sentence, Ansi.DIM, style, out);
                } else {
                    out.append(style.paint(begin + style.safe(words.get(i)), Ansi.DIM))
                            .append('\n');
                }
            }
        }
        return out.toString();
    }
}
