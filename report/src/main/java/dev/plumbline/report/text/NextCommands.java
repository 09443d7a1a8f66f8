package dev.plumbline.report.text;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.report.BenchmarkAnswer;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.GateStop;
import dev.plumbline.report.Headline;
import dev.plumbline.report.MissingWords;
import dev.plumbline.report.NoteWords;
import dev.plumbline.report.Report;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.Words;
import dev.plumbline.report.note.CheckNotes;
import dev.plumbline.report.terminal.SharedNames;
import dev.plumbline.report.terminal.ShellText;
import dev.plumbline.report.terminal.TerminalText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The next step: as a sentence where no command does it, and the commands. */
final class NextCommands {
    private static final int LONGEST_NAME = 48;

    private final Report report;
    private final SharedNames shared;
    private final RowWords row;
    private final List<BenchmarkAnswer> worse;
    private final String branch;

    /** @param branch the option that gives a command the branch, where it would look at another one; may be empty */
    NextCommands(Report report, SharedNames shared, RowWords row, List<BenchmarkAnswer> worse, String branch) {
        this.report = report;
        this.shared = shared;
        this.row = row;
        this.worse = worse;
        this.branch = branch;
    }

    List<String> advice() {
        Optional<String> odd = report.odd().or(() -> Words.wholeSuite(report));
        if (odd.isPresent()) {
            return List.of(
                    CheckNotes.isUnitFactor(odd.get())
                            ? "Check the unit of the results"
                            : "Measure this commit again, on an idle machine");
        }
        Optional<String> otherSide = CiSummary.otherSide(report);
        if (otherSide.isPresent()) {
            return List.of(otherSide.get().substring(0, otherSide.get().length() - 1));
        }
        List<String> ways = GateStop.ways(report);
        if (worse.isEmpty() && !ways.isEmpty()) {
            // where the gate passes -v has the others, as a note
            boolean isOpen = report.gate().state() == State.OPEN;
            boolean isFirst =
                    GateStop.isOnBase(report) && GateStop.young(report.gate()).isEmpty();
            return Stream.concat(
                            ways.stream().limit(1),
                            ways.stream()
                                    .skip(1)
                                    .filter(way -> isFirst || !isOpen && !GateStop.isOnBase(report))
                                    .map(way ->
                                            "or " + way.substring(0, 1).toLowerCase(Locale.ROOT) + way.substring(1)))
                    .toList();
        }
        if (report.kind() == Report.Kind.COMPARISON && isRegressed()) {
            Finding head = worse.get(0).head();
            String first =
                    shared.label(head.key().benchmark()) + " " + head.key().metric();
            return List.of("Start with " + TerminalText.shorten(TerminalText.escape(first), LONGEST_NAME, "…"));
        }
        boolean isSuspect = worse.stream().limit(1).anyMatch(answer -> Group.of(answer.head()) == Group.SUSPECT);
        boolean isDisagreement = worse.stream().allMatch(answer -> DoubtWords.isDisagreement(answer.head()))
                && report.gate().deciding().stream().anyMatch(GateStop::isDisagreement);
        boolean canSettle = worse.stream().limit(1).map(BenchmarkAnswer::head).anyMatch(DoubtWords::canSettle);
        return isSuspect
                ? List.of(
                        canSettle
                                ? "Measure this commit again, or give --confirm 'COMMAND'"
                                : "Only a longer history can decide")
                : isDisagreement ? List.of("Measure this commit again") : List.of();
    }

    private boolean isRegressed() {
        return worse.stream().limit(1).anyMatch(answer -> Group.of(answer.head()) == Group.REGRESSED);
    }

    /** @param store what is put behind those that look into the history */
    List<String> commands(String store) {
        if (Headline.isCopied(report)) {
            return GateStop.copied(report, store); // not recorded: there is nothing to explain or accept
        }
        List<String> commands = new ArrayList<>();
        boolean isOpen = report.gate().state() == State.OPEN;
        // where a disturbed machine explains it and the gate passes, there is nothing to look into
        // a dry run is in no history: the command would explain another run
        if (NoteWords.isRecorded(report) && !(isOpen && report.odd().isPresent())) {
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

    /** The command that accepts the worst of it, where the whole report has it: a dry run has nothing to accept. */
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
                            + (ids.size() > 1 ? " (the first of " + ids.size() + "; -v lists all)" : ""));
        }
        return report.notes().stream().anyMatch(NoteWords::isHowToAccept)
                ? report.missing().stream()
                        .min(Comparator.comparing((Missing one) -> one.renamed().isPresent()))
                        .map(one -> MissingWords.accept(one, store, MissingWords.alike(one, report.missing())))
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
