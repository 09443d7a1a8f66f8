package dev.plumbline.report.text;

import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.history.EarlyLoss;
import dev.plumbline.core.role.Roles;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.EvidenceNumbers;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.MeasuredChange;
import dev.plumbline.report.Report;
import dev.plumbline.report.RoleWords;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.WarningWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.EvidenceWords;
import dev.plumbline.report.evidence.NamedNumber;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.Sparkline;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One finding in plain words: the measurement, its reference, and every check that led to the verdict. */
public final class Explanation {
    /** The number of entries that are listed. */
    private static final int LISTED = 30;

    private final Finding finding;
    private final String branch;
    private final Optional<Roles.Decision> role;
    private final Optional<GateReason> gate;
    private final Optional<EarlyLoss> early;
    private final CommitAuthors authors;
    private final TextStyle style;
    private final StringBuilder out = new StringBuilder();

    private Explanation(
            Finding finding,
            String branch,
            Optional<Roles.Decision> role,
            Optional<GateReason> gate,
            Optional<EarlyLoss> early,
            CommitAuthors authors,
            TextStyle style) {
        this.finding = finding;
        this.branch = branch;
        this.role = role;
        this.gate = gate;
        this.early = early;
        this.authors = authors;
        this.style = style;
    }

    /**
     * The whole explanation without the role of the metric and authors; every line ends in a line feed.
     *
     * @param branch of the judged runs, which may be held against another one
     */
    public static String of(Finding finding, String branch, TextStyle style) {
        return of(finding, branch, Optional.empty(), Optional.empty(), Optional.empty(), CommitAuthors.UNKNOWN, style);
    }

    /**
     * The whole explanation; every line ends in a line feed.
     *
     * @param branch of the judged runs, which may be held against another one
     * @param role of the metric, where it is known
     * @param gate what the gate has against it, where it has anything and was asked
     * @param early what its series may have lost behind its first runs
     * @param authors of the commit with which it began, where that is known
     */
    public static String of(
            Finding finding,
            String branch,
            Optional<Roles.Decision> role,
            Optional<GateReason> gate,
            Optional<EarlyLoss> early,
            CommitAuthors authors,
            TextStyle style) {
        Explanation explanation = new Explanation(finding, branch, role, gate, early, authors, style);
        explanation.write();
        return explanation.out.toString();
    }

    /**
     * The benchmarks that may be explained, one on a line with the command that does it, in the order that is given.
     *
     * @param findings of one judgement
     * @param missing of the same one
     */
    public static String list(List<Finding> findings, List<Missing> missing, TextStyle style) {
        StringBuilder out = new StringBuilder();
        Table table = new Table(
                style,
                List.of(
                        Column.whole("verdict", false, 0),
                        Column.whole("change", true, 1),
                        new Column("benchmark", false, 0, 24, 8),
                        new Column("metric", false, 1, 12, 6),
                        Column.whole("explain with", false, 0)));
        for (Missing one : missing) {
            table.add(List.of(
                    Cell.of("missing"),
                    Cell.EMPTY,
                    Cell.of(style.safe(Words.label(one.key()))),
                    one.isBenchmark()
                            ? Cell.EMPTY
                            : Cell.of(style.safe(one.key().metric())),
                    Cell.of("plumb explain " + one.key().id() + style.store())));
        }
        int shown = style.verbose() ? findings.size() : Math.min(LISTED, findings.size());
        for (Finding one : findings.subList(0, shown)) {
            table.add(List.of(
                    Cell.of(style.safe(Words.verdict(one))),
                    Cell.of(style.safe(one.verdict()
                            .effect()
                            .map(effect -> Quantity.change(effect.relativeChange()))
                            .orElse(""))),
                    Cell.of(style.safe(Words.label(one.key()))),
                    Cell.of(style.safe(one.key().metric())),
                    Cell.of("plumb explain " + one.key().id() + style.store())));
        }
        table.appendTo(out);
        if (shown < findings.size()) {
            out.append(style.safe("… and " + (findings.size() - shown) + " more; list them with --verbose"))
                    .append('\n');
        }
        return out.toString();
    }

    private void write() {
        paragraph("", Words.label(finding.key()) + " · " + finding.key().metric(), Ansi.BOLD);
        paragraph("", conclusion(), Ansi.BOLD);
        out.append('\n');
        gate.ifPresent(reason -> fact("gate", GateWords.effect(reason)));
        finding.verdict().effect().ifPresent(this::writeEffect);
        finding.baseline().ifPresent(this::writeBaseline);
        if (finding.pValue().isPresent()) {
            fact("p-value", pValue(finding.pValue().getAsDouble()));
        }
        if (finding.detectableChange().isPresent()) {
            fact(
                    "detects",
                    "changes of " + Percent.of(finding.detectableChange().getAsDouble())
                            + " and more, with 99 % probability");
        }
        if (!finding.since().isEmpty()) {
            fact("since", "commit " + TriageWords.since(finding, authors));
        }
        fact(
                "where",
                "environment " + finding.key().environment() + ", branch " + branch
                        + (branch.equals(finding.key().branch())
                                ? ""
                                : ", against " + finding.key().branch()));
        role.ifPresent(known -> fact("role", RoleWords.of(known)));
        fact("id", finding.id());
        finding.statement().ifPresent(statement -> fact("triage", TriageWords.stated(statement)));
        writeHistory();
        writeLadder();
        writeWhatToDo();
        WarningWords.of(finding).forEach(warning -> paragraph("warning: ", warning, Ansi.YELLOW));
        early.ifPresent(loss -> paragraph("warning: ", TriageWords.early(loss), Ansi.YELLOW));
    }

    private String pValue(double probability) {
        boolean isOlder = finding.verdict() instanceof Verdict.Regressed
                && probability > finding.policy().suiteErrorRate();
        return Quantity.probability(probability) + ", corrected for all benchmarks of the run"
                + (isOlder ? "; it regressed in an earlier check, and this run does not show that it is back" : "")
                + (hasInterval() ? "; the interval is of this benchmark alone" : "");
    }

    private String conclusion() {
        Verdict verdict = finding.verdict();
        String change = Words.change(finding).orElse("changed");
        return switch (Report.Group.of(finding)) {
            case REGRESSED -> "Regressed: it " + change + Words.severity(finding);
            case KNOWN ->
                title(
                                finding.statement().isPresent()
                                        ? TriageWords.known(finding)
                                        : TriageWords.alreadyOpen(
                                                finding.alreadyOpen().orElseThrow()))
                        + ": it " + onBase().orElse(change);
            case IMPROVED -> "Improved: it " + change;
            case UNCHANGED -> "Unchanged: any difference lies inside the margin";
            case SUSPECT, INCONCLUSIVE, NOT_COMPARABLE, MISSING ->
                title(verdict) + DoubtWords.reason(verdict).replaceFirst("^possible regression, ", "");
        };
    }

    /** The size that the base branch has of what is open there, and that of these runs where it is another one. */
    private Optional<String> onBase() {
        return finding.alreadyOpen()
                .filter(open -> open.change().isPresent() && finding.statement().isEmpty())
                .map(open -> {
                    String size = Words.moved("got", open.change().getAsDouble(), finding.unit(), finding.better());
                    return MeasuredChange.of(finding)
                            .map(MeasuredChange::change)
                            .filter(own ->
                                    !own.equals(Quantity.change(open.change().getAsDouble())))
                            .map(own -> size + " there, " + own + " in these runs")
                            .orElse(size);
                });
    }

    private static String title(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static String title(Verdict verdict) {
        if (verdict instanceof Verdict.Inconclusive inconclusive) {
            return inconclusive.suspect() ? "Possible regression: " : "Inconclusive: ";
        }
        return "Not comparable: ";
    }

    private void writeEffect(Effect effect) {
        MeasuredChange levels = MeasuredChange.of(finding).orElseThrow();
        boolean isApart = finding.runsApart().isPresent();
        fact("levels", levels.before() + " → " + levels.after());
        fact(
                "change",
                levels.change()
                        + (levels.interval().isEmpty()
                                ? ", "
                                : " (" + Words.confidence(effect.interval().confidence()) + " interval "
                                        + levels.interval() + "), ")
                        + (isApart ? "run by run" : direction(effect)));
    }

    private boolean hasInterval() {
        return MeasuredChange.of(finding)
                .filter(levels -> !levels.interval().isEmpty())
                .isPresent();
    }

    /** The direction of an effect: inside the margin there is none, and noise around zero has none. */
    private String direction(Effect effect) {
        if (finding.verdict() instanceof Verdict.Inconclusive open
                && !open.suspect()
                && effect.interval().low() < 0
                && effect.interval().high() > 0) {
            return hasInterval() ? "which may be chance" : "too uncertain for an interval";
        }
        if (effect.relativeChange() == 0 || Report.Group.of(finding) == Report.Group.UNCHANGED) {
            return "neither better nor worse";
        }
        return finding.better().isWorse(effect.relativeChange()) ? "worse" : "better";
    }

    private void writeBaseline(Baseline baseline) {
        fact(
                "baseline",
                Quantity.like(typical(), baseline.level(), finding.unit(), baseline.deviation()) + " from "
                        + Words.count(baseline.runs(), "run", "runs") + ", with a standard deviation of "
                        + Percent.of(baseline.deviation())
                        + Words.inBrackets(Words.shares(baseline.deviationInterval())));
        fact(
                "",
                baseline.runs() == 1
                        ? "at " + RunWords.revision(baseline.first())
                        : "from " + RunWords.revision(baseline.first()) + " ("
                                + RunWords.time(baseline.first().time()) + ") to "
                                + RunWords.revision(baseline.last()) + " ("
                                + RunWords.time(baseline.last().time()) + ")");
    }

    /** The value whose unit all values are shown in; not a number where there is none. */
    private double typical() {
        return finding.verdict().effect().map(Effect::after).orElse(Double.NaN);
    }

    private void writeHistory() {
        List<Double> values = new ArrayList<>(finding.history());
        finding.candidate().ifPresent(values::add);
        if (values.size() > 1) {
            String line = Sparkline.of(values, Math.min(60, style.width() - 12), style.unicode());
            out.append(TerminalText.padRight("history", 10))
                    .append(style.paint(line, Ansi.CYAN))
                    .append('\n');
        }
    }

    /** Writes how to mark a change for the worse as intended, or known. */
    private void writeWhatToDo() {
        // what was only compared has no baseline, and is in no history in which it could be accepted
        if (Report.Group.of(finding) == Report.Group.REGRESSED
                && finding.baseline().isPresent()) {
            out.append('\n');
            paragraph(
                    "",
                    "If it is intended: plumb accept " + finding.id() + " --reason WHY" + style.store(),
                    Ansi.PLAIN);
            paragraph(
                    "",
                    "If someone is working on it: plumb triage acknowledge " + finding.id() + " --reason WHY"
                            + style.store(),
                    Ansi.PLAIN);
        }
    }

    private void writeLadder() {
        if (finding.trace().isEmpty()) {
            return;
        }
        out.append('\n').append(style.paint("Why", Ansi.BOLD)).append('\n');
        int number = 1;
        for (Rung rung : finding.trace()) {
            EvidenceWords reported = EvidenceWords.of(rung.evidence());
            String mark =
                    switch (rung.outcome()) {
                        case PASSED -> "passed";
                        case DECIDED -> "decided";
                        case NOTED -> "noted";
                    };
            Ansi look = rung.outcome() == Rung.Outcome.DECIDED ? Ansi.BOLD : Ansi.PLAIN;
            String start = TerminalText.padLeft(number + ".", 4) + " " + TerminalText.padRight(mark, 8);
            paragraph(start, reported.name() + ": " + reported.words(), look);
            if (style.verbose()) {
                for (NamedNumber entry : reported.numbers()) {
                    paragraph(
                            " ".repeat(15),
                            EvidenceNumbers.words(reported, entry, finding.unit(), typical()),
                            Ansi.DIM);
                }
            }
            number++;
        }
    }

    private void fact(String name, String words) {
        paragraph(TerminalText.padRight(name, 10), words, Ansi.PLAIN);
    }

    private void paragraph(String start, String words, Ansi look) {
        Paragraph.append(start, style.safe(words), look, style, out);
    }
}
