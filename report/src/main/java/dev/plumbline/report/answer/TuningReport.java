package dev.plumbline.report.answer;

import dev.plumbline.core.calibrate.Sensitivity;
import dev.plumbline.core.calibrate.Tuning;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.HistoryWords;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.json.CalibrationJson;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TextStyle;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The result of a search for thresholds, for people and for programs. */
public final class TuningReport {
    /** The name and version of the JSON's form. */
    public static final String SCHEMA = "plumbline-tuning/1";

    /** The size that people ask for. */
    private static final double ASKED = 0.05;

    private static final int FEW_RUNS = 3;
    private static final int MANY_RUNS = 20;
    private static final int SHOWN = 20;

    private TuningReport() {}

    /**
     * A search and its result.
     *
     * @param overruled series for which another rule overrides the proposal, with the position of that rule
     * @param weightOverruled series for which another rule wins over the proposed weight
     * @param file where tuned rules are kept
     * @param written whether they were written there
     */
    public record Result(
            Tuning.Outcome outcome,
            Map<SeriesKey, String> overruled,
            Set<SeriesKey> weightOverruled,
            String file,
            boolean written) {}

    /** For a terminal. */
    public static String text(Result result, TextStyle style) {
        StringBuilder out = new StringBuilder();
        Tuning.Outcome outcome = result.outcome;
        line(
                Words.count(outcome.series(), "series", "series") + " replayed"
                        + (outcome.leftOut() == 0
                                ? ""
                                : ", " + outcome.leftOut() + " left out (too short, or too many)"),
                Ansi.BOLD,
                style,
                out);
        if (outcome.series() == 0) {
            return out.toString();
        }
        out.append('\n');
        Table table = new Table(
                style,
                List.of(
                        new Column("", false, 0, 50, 30),
                        Column.whole("before", true, 0),
                        Column.whole("after", true, 0)));
        table.add(List.of(
                Cell.of("healthy runs that fail the gate"),
                Cell.of(style.safe(Percent.of(outcome.before().closed()))),
                Cell.of(style.safe(Percent.of(outcome.after().closed())))));
        table.add(List.of(
                Cell.of("healthy runs that report a regression"),
                Cell.of(style.safe(Percent.of(outcome.before().falseAlarms()))),
                Cell.of(style.safe(Percent.of(outcome.after().falseAlarms())))));
        String newest = "your newest " + Words.count(outcome.before().runs(), "run", "runs");
        table.add(List.of(
                Cell.of(newest + " that fail the gate"),
                Cell.of(Integer.toString(outcome.before().runsClosed())),
                Cell.of(Integer.toString(outcome.after().runsClosed()))));
        table.add(List.of(
                Cell.of(newest + " that report a regression"),
                Cell.of(Integer.toString(outcome.before().called().size())),
                Cell.of(Integer.toString(outcome.after().called().size()))));
        table.appendTo(out);
        line(
                "every detected regression is reported, regardless of size; the gate settings decide which of"
                        + " them fail the gate",
                Ansi.DIM,
                style,
                out);
        int lasting = outcome.before().lasting().size();
        if (lasting > 0) {
            line(
                    lasting + " of these runs reported only regressions that have lasted since: probably not"
                            + " false alarms",
                    Ansi.DIM,
                    style,
                    out);
        }
        out.append('\n');
        line(
                outcome.seeing(ASKED, 1) + " of " + outcome.sensitivities().size()
                        + " series detect a change of 5 % with one run, " + outcome.seeing(ASKED, FEW_RUNS)
                        + " with three runs per commit, "
                        + outcome.seeing(ASKED, MANY_RUNS) + " with twenty",
                Ansi.PLAIN,
                style,
                out);
        out.append('\n');
        proposals(result, style, out);
        return out.toString();
    }

    private static void proposals(Result result, TextStyle style, StringBuilder out) {
        Tuning.Outcome outcome = result.outcome;
        String target = Percent.exact(outcome.target());
        if (outcome.proposals().isEmpty() && outcome.tooNoisy().isEmpty()) {
            line(
                    outcome.isMet()
                            ? "fewer than " + target + " of healthy runs fail the gate: nothing to change"
                            : "no setting that still detects critical changes brings the gate's false-positive"
                                    + " rate below "
                                    + target,
                    Ansi.PLAIN,
                    style,
                    out);
        }
        if (!outcome.proposals().isEmpty()) {
            line("Proposed margins (" + outcome.proposals().size() + ")", Ansi.BOLD, style, out);
            for (Tuning.Proposal proposal : outcome.proposals()) {
                line(proposal(proposal, result), Ansi.PLAIN, style, out);
                outcome.of(proposal.key())
                        .ifPresent(known -> Paragraph.append(
                                "    ", style.safe(HistoryWords.sentence(known.ofNextRun())), Ansi.DIM, style, out));
            }
        }
        tooNoisy(result, style, out);
        stillAbove(outcome, target, style, out);
        blind(outcome, style, out);
        out.append('\n');
        line(
                result.written
                        ? "wrote " + result.file
                        : "nothing was written"
                                + (outcome.proposals().isEmpty()
                                                && outcome.weights().isEmpty()
                                        ? ""
                                        : "; add these rules with --write to " + result.file),
                Ansi.PLAIN,
                style,
                out);
    }

    private static String proposal(Tuning.Proposal proposal, Result result) {
        String overruled = result.overruled.getOrDefault(proposal.key(), "");
        return "  " + Words.label(proposal.key()) + " " + proposal.key().metric() + ": "
                + Percent.exact(proposal.margin()) + " instead of " + Percent.exact(proposal.before())
                + "; reported in " + proposal.alarms() + " of " + proposal.replays() + " healthy runs, by up to "
                + Percent.of(proposal.largest())
                + (overruled.isEmpty() ? "" : "; the rule at " + overruled + " takes precedence; change it there");
    }

    /** Writes the changes that an undesirable margin would hide, and the proposal in its place. */
    private static void tooNoisy(Result result, TextStyle style, StringBuilder out) {
        Tuning.Outcome outcome = result.outcome;
        if (outcome.tooNoisy().isEmpty()) {
            return;
        }
        if (!outcome.proposals().isEmpty()) {
            out.append('\n');
        }
        line(
                "A margin would hide critical changes here; a second run decides instead ("
                        + outcome.tooNoisy().size() + ")",
                Ansi.BOLD,
                style,
                out);
        for (Tuning.TooNoisy one : outcome.tooNoisy()) {
            line(
                    "  " + Words.label(one.key()) + " " + one.key().metric() + ": " + weight(one, result)
                            + "; reported in " + one.alarms() + " of " + one.replays() + " healthy runs, by up to "
                            + Percent.of(one.largest()) + "; critical changes begin at "
                            + Percent.exact(one.critical()),
                    Ansi.PLAIN,
                    style,
                    out);
            outcome.of(one.key())
                    .ifPresent(known -> Paragraph.append(
                            "    ", style.safe(HistoryWords.sentence(known.ofNextRun())), Ansi.DIM, style, out));
        }
        line(
                "with the weight \"confirmed\" a series is judged and reported as before, but a regression fails"
                        + " the gate only once a second run shows it, of the same or the next commit",
                Ansi.PLAIN,
                style,
                out);
    }

    private static String weight(Tuning.TooNoisy one, Result result) {
        return one.rule().isEmpty()
                ? "its weight already keeps a single run from failing the gate"
                : result.weightOverruled.contains(one.key())
                        ? "weight confirmed is proposed, but a rule in gate.rules or an option takes precedence"
                        : "weight confirmed";
    }

    /** Writes which of the two rates is still above the target, and what is left to do. */
    private static void stillAbove(Tuning.Outcome outcome, String target, TextStyle style, StringBuilder out) {
        boolean isProposed =
                !outcome.proposals().isEmpty() || !outcome.tooNoisy().isEmpty();
        if (!outcome.isMet() && isProposed) {
            line(
                    "this does not bring the gate's false-positive rate below " + target + "; \"weight: advisory\""
                            + " in gate.rules reports a series without failing the gate,"
                            + " and a smaller policy.suite-error-rate reports less for the whole suite",
                    Ansi.YELLOW,
                    style,
                    out);
        }
        Proportion called = outcome.after().falseAlarms();
        if (outcome.isMet() && called.count() > 0 && !(called.share() < outcome.target())) {
            line(
                    "regressions are still reported in more than " + target
                            + " of healthy runs, without failing the gate",
                    Ansi.PLAIN,
                    style,
                    out);
        }
    }

    /** Series that no rule helps: only more runs or less noise do. */
    private static void blind(Tuning.Outcome outcome, TextStyle style, StringBuilder out) {
        List<Sensitivity> blind = outcome.sensitivities().stream()
                .filter(one -> one.runsFor(ASKED).orElse(Integer.MAX_VALUE) > 1)
                .filter(one -> outcome.proposals().stream()
                        .noneMatch(proposal -> proposal.key().equals(one.key())))
                .filter(one -> outcome.tooNoisy().stream()
                        .noneMatch(noisy -> noisy.key().equals(one.key())))
                .toList();
        if (blind.isEmpty()) {
            return;
        }
        out.append('\n');
        line(
                "No threshold detects 5 % with one run here; use more runs per commit or quieter hardware ("
                        + blind.size() + ")",
                Ansi.BOLD,
                style,
                out);
        Table table = new Table(
                style,
                List.of(
                        new Column("benchmark", false, 0, 40, 12),
                        new Column("metric", false, 0, 14, 6),
                        Column.whole("noise", true, 1),
                        Column.whole("one run detects", true, 0),
                        Column.whole("runs to detect 5 %", true, 0)));
        blind.stream()
                .limit(style.verbose() ? Integer.MAX_VALUE : SHOWN)
                .forEach(one -> table.add(List.of(
                        Cell.of(style.safe(Words.label(one.key()))),
                        Cell.of(style.safe(one.key().metric())),
                        Cell.of(style.safe(Percent.of(one.noise()))),
                        Cell.of(style.safe(
                                one.detectable().isPresent()
                                        ? Percent.of(one.detectable().getAsDouble())
                                        : "nothing")),
                        Cell.of(
                                one.runsFor(ASKED).isPresent()
                                        ? Integer.toString(one.runsFor(ASKED).getAsInt())
                                        : "more than " + MANY_RUNS))));
        table.appendTo(out);
        if (!style.verbose() && blind.size() > SHOWN) {
            line("and " + (blind.size() - SHOWN) + " more; list all with -v", Ansi.DIM, style, out);
        }
    }

    private static void line(String text, Ansi look, TextStyle style, StringBuilder out) {
        int indent = text.length() - text.stripLeading().length();
        Paragraph.append(" ".repeat(indent), style.safe(text.strip()), look, style, out);
    }

    /**
     * For programs.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public static void writeJson(Result result, OutputStream out) throws IOException {
        Tuning.Outcome outcome = result.outcome;
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", SCHEMA);
                    json.integer("seed", result.outcome.seed());
                    json.integer("series", outcome.series());
                    json.integer("leftOut", outcome.leftOut());
                    json.number("target", outcome.target());
                    json.truth("met", outcome.isMet());
                    json.object("before", () -> measured(outcome.before(), json));
                    json.object("after", () -> measured(outcome.after(), json));
                    json.array("proposals", outcome.proposals(), one -> json.object(() -> proposal(one, result, json)));
                    json.array(
                            "tooNoisy",
                            outcome.tooNoisy(),
                            one -> json.object(() -> {
                                json.series(one.key());
                                json.integer("alarms", one.alarms());
                                json.integer("replays", one.replays());
                                json.number("largest", one.largest());
                                json.number("critical", one.critical());
                                json.text("weight", one.rule().map(rule -> rule.weight()
                                        .name()
                                        .toLowerCase(Locale.ROOT)));
                                json.truth("overruled", result.weightOverruled.contains(one.key()));
                            }));
                    json.array(
                            "sensitivities",
                            outcome.sensitivities(),
                            one -> json.object(() -> {
                                json.series(one.key());
                                json.number("detectable", one.detectable());
                                json.text("words", HistoryWords.sentence(one.ofNextRun()));
                            }));
                    json.text("file", result.file);
                    json.truth("written", result.written);
                }));
    }

    private static void measured(Tuning.Measured measured, JsonText json) {
        if (measured.falseAlarms().count() > 0) {
            CalibrationJson.proportion("falseAlarms", measured.falseAlarms(), json);
            CalibrationJson.proportion("closed", measured.closed(), json);
        }
        json.integer("runs", measured.runs());
        json.integer("runsClosed", measured.runsClosed());
        json.array(
                "called",
                List.copyOf(measured.called().entrySet()),
                entry -> json.object(() -> {
                    json.text("run", entry.getKey());
                    json.integer("regressions", entry.getValue());
                    json.truth("lasting", measured.lasting().contains(entry.getKey()));
                }));
    }

    private static void proposal(Tuning.Proposal proposal, Result result, JsonText json) {
        json.series(proposal.key());
        json.number("margin", proposal.margin());
        json.number("before", proposal.before());
        json.integer("alarms", proposal.alarms());
        json.integer("replays", proposal.replays());
        json.number("largest", proposal.largest());
        json.text("overruledBy", Optional.ofNullable(result.overruled.get(proposal.key())));
    }
}
