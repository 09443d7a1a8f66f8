package dev.plumbline.report.answer;

import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Commit;
import dev.plumbline.core.incident.Companion;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.incident.Suspect;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.ClueWords;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.util.List;
import java.util.stream.Collectors;

/** Everything about one incident for a terminal: its range, its clues, its suspects and its series. */
final class IncidentDetails {
    private static final int SERIES = 20;
    private static final int SUSPECTS = 5;
    private static final int FILES = 5;
    private static final int COLUMNS = 160;

    private IncidentDetails() {}

    static void write(Case one, TextStyle style, StringBuilder out) {
        Incident incident = one.incident();
        line(
                incident.id() + " · " + IncidentWords.state(one) + " · " + IncidentWords.headline(one),
                Ansi.BOLD,
                style,
                out);
        line(IncidentWords.range(incident), Ansi.PLAIN, style, out);
        one.statement().ifPresent(stated -> line(TriageWords.stated(stated), Ansi.PLAIN, style, out));
        one.broken().ifPresent(promise -> line(TriageWords.broken(promise), Ansi.RED, style, out));
        if (!incident.clues().isEmpty()) {
            out.append('\n')
                    .append(style.paint(IncidentWords.kind(incident), Ansi.BOLD))
                    .append('\n');
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
                    "their noise is correlated (" + Percent.of(incident.correlation())
                            + "): they count for less than independent series",
                    Ansi.DIM,
                    style,
                    out);
        }
        if (one.isOpen()) {
            line(
                    "plumb triage acknowledge " + incident.id() + style.store()
                            + ", or mute, fixed, false-alarm; plumb accept " + incident.id() + " --reason WHY"
                            + style.store() + " if intended",
                    Ansi.DIM,
                    style,
                    out);
        }
    }

    private static void suspects(Case one, TextStyle style, StringBuilder out) {
        List<Suspect> suspects = one.suspects();
        if (suspects.isEmpty()) {
            return;
        }
        out.append('\n')
                .append(style.paint("Suspects (" + suspects.size() + ")", Ansi.BOLD))
                .append('\n');
        int alike = IncidentWords.alike(suspects);
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
                    .map(commit -> IncidentWords.by(commit) + ", "
                            + RunWords.time(commit.time()).substring(0, 10) + ": " + commit.subject())
                    .orElse("");
            Paragraph.append(
                    TerminalText.padLeft(IncidentWords.percent(suspect), 6) + "  ",
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
                style.safe(names + (all > shown ? " and " + Words.count(all - shown, "more file", "more files") : "")),
                Ansi.DIM,
                style,
                out);
    }

    private static void series(Case one, TextStyle style, StringBuilder out) {
        Incident incident = one.incident();
        List<Shift> shifts = incident.shifts().stream()
                .sorted(IncidentWords.mattersFirst(one))
                .toList();
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

    /** The state of a change, if it differs from that of the whole incident. */
    private static String now(Case one, Shift shift) {
        return shift.back()
                .map(back -> (back.isExact() ? "back at " : "back at about ")
                        + RunWords.commit(back.likeliest())
                        + IncidentWords.between(back))
                .orElseGet(() -> !shift.worse() || one.stateOf(shift) == one.state()
                        ? ""
                        : IncidentWords.state(one.stateOf(shift)));
    }

    private static void companions(Incident incident, TextStyle style, StringBuilder out) {
        List<Companion> companions = incident.companions();
        int shown = style.verbose() ? companions.size() : Math.min(SERIES, companions.size());
        for (Companion companion : companions.subList(0, shown)) {
            line(IncidentWords.also(companion), Ansi.PLAIN, style, out);
        }
        if (shown < companions.size()) {
            line("… and " + (companions.size() - shown) + " more; list them with --verbose", Ansi.DIM, style, out);
        }
    }

    private static void line(String words, Ansi look, TextStyle style, StringBuilder out) {
        Paragraph.append("", style.safe(words), look, style, out);
    }
}
