package dev.plumbline.report.text;

import dev.plumbline.core.finding.Warning;
import dev.plumbline.report.BenchmarkAnswer;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.Report;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.WarningWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.SharedNames;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.report.text.ScreenParts.Urgency;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of the first screen about known changes: open regressions, accepted, promised and muted ones, and those
 * that do not fail the gate.
 */
final class KnownParts {
    private final Report report;
    private final TextStyle style;
    private final SharedNames shared;
    private final List<BenchmarkAnswer> benchmarks;
    private final List<BenchmarkAnswer> known;
    private final List<BenchmarkAnswer> worse;
    private final Optional<String> history;

    /**
     * @param worse what rows above already show
     * @param history the option that gives a command the place of the history; empty where there is none
     */
    KnownParts(
            Report report, TextStyle style, SharedNames shared, List<BenchmarkAnswer> worse, Optional<String> history) {
        this.report = report;
        this.style = style;
        this.shared = shared;
        this.benchmarks = report.benchmarks();
        this.known = benchmarks.stream()
                .filter(answer -> answer.group() == Group.KNOWN)
                .toList();
        this.worse = worse;
        this.history = history;
    }

    void addTo(ScreenParts parts) {
        alreadyOpen(parts);
        beyondAccepted(parts);
        brokenPromises(parts);
        nearlyBack(parts);
        forksApart(parts);
        known(parts);
        letPass(parts);
    }

    private void alreadyOpen(ScreenParts parts) {
        List<String> lines = new OpenBefore(report, style, shared, history).lines(worse, known);
        lines.stream().limit(2).forEach(line -> parts.paragraph(Urgency.MIDDLE, ScreenParts.INDENT, line, Ansi.PLAIN));
        parts.more(lines.size() - 2, "commit whose regressions are open", "commits whose regressions are open");
    }

    /** Adds reruns of accepted commits that exceed the accepted change; no row has them. */
    private void beyondAccepted(ScreenParts parts) {
        worse.stream().map(BenchmarkAnswer::head).forEach(head -> head.warnings().stream()
                .filter(Warning.BeyondAccepted.class::isInstance)
                .map(Warning.BeyondAccepted.class::cast)
                .limit(1)
                .forEach(warning -> parts.paragraph(
                        Urgency.HIGH,
                        ScreenParts.INDENT,
                        shared.label(head.key().benchmark()) + " is " + WarningWords.beyondAccepted(warning),
                        Ansi.PLAIN)));
    }

    /** Fixes that were promised and did not come: what is still there counts again, and why. */
    private void brokenPromises(ScreenParts parts) {
        Map<String, List<String>> broken = new LinkedHashMap<>();
        benchmarks.stream().flatMap(answer -> answer.findings().stream()).forEach(finding -> finding.warnings().stream()
                .filter(Warning.BrokenPromise.class::isInstance)
                .map(Warning.BrokenPromise.class::cast)
                .forEach(warning -> broken.computeIfAbsent(
                                TriageWords.broken(warning.promise()), words -> new ArrayList<>())
                        .add(UndecidedWords.changed(finding, shared))));
        broken.forEach((words, names) ->
                parts.paragraph(Urgency.HIGH, ScreenParts.INDENT, words + ": " + ScreenParts.names(names), Ansi.RED));
    }

    /** Regressions of earlier runs to which the value of this one no longer belongs for sure: no row has that value. */
    private void nearlyBack(ScreenParts parts) {
        worse.stream()
                .map(BenchmarkAnswer::head)
                .filter(Words::isNearlyBack)
                .forEach(head -> parts.paragraph(
                        Urgency.HIGH,
                        ScreenParts.INDENT,
                        shared.label(head.key().benchmark()) + ": this run alone measured "
                                + Quantity.of(head.candidate().orElseThrow(), head.unit())
                                + ", nearer to the level before: measure again to see whether it is back",
                        Ansi.PLAIN));
    }

    /** Possible regressions of runs whose forks disagree, with the disagreement: their rows lack it. */
    private void forksApart(ScreenParts parts) {
        worse.stream().map(BenchmarkAnswer::head).forEach(head -> DoubtWords.forksApart(head)
                .ifPresent(apart -> parts.paragraph(
                        Urgency.HIGH,
                        ScreenParts.INDENT,
                        shared.label(head.key().benchmark()) + ": the forks of this run are "
                                + Percent.of(apart.deviation()) + " apart, usually "
                                + Percent.fine(apart.usual()) + ": measure again",
                        Ansi.PLAIN)));
    }

    /** Findings with a triage: accepted, muted, acknowledged. */
    private void known(ScreenParts parts) {
        Map<String, List<String>> byState = new LinkedHashMap<>();
        known.stream()
                .map(BenchmarkAnswer::head)
                .filter(head -> !TriageWords.isElsewhere(head))
                .forEach(head -> byState.computeIfAbsent(TriageWords.known(head), state -> new ArrayList<>())
                        .add(UndecidedWords.changed(head, shared)));
        byState.forEach((state, names) -> parts.paragraph(
                Urgency.MIDDLE, ScreenParts.INDENT, state + ": " + ScreenParts.names(names), Ansi.PLAIN));
    }

    private void letPass(ScreenParts parts) {
        List<String> passed = GateWords.letPass(report);
        passed.stream()
                .limit(1)
                .forEach(words -> parts.paragraph(
                        Urgency.MIDDLE, ScreenParts.INDENT, "does not fail the gate: " + words, Ansi.PLAIN));
        parts.more(passed.size() - 1, "that does not fail the gate", "that do not fail the gate");
    }
}
