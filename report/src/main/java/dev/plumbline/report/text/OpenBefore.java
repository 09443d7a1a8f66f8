package dev.plumbline.report.text;

import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.report.BenchmarkAnswer;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.Report;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.SharedNames;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The open regressions of the base branch before this change, and those below a regression: a line for each place where
 * some began, with the worst severity of them and the command that shows it.
 */
final class OpenBefore {
    private static final int NAMES = 3;

    /** On a narrower terminal a line has what matters alone. */
    private static final int NARROW = 60;

    private static final int NARROW_NAME = 18;

    private static final int NARROW_COMMIT = 7;

    private final Report report;
    private final TextStyle style;
    private final SharedNames shared;
    private final Optional<String> history;

    /** @param history the option that gives a command the place of the history; empty where there is none */
    OpenBefore(Report report, TextStyle style, SharedNames shared, Optional<String> history) {
        this.report = report;
        this.style = style;
        this.shared = shared;
        this.history = history;
    }

    /**
     * A line for each place.
     *
     * @param worse the benchmarks that got worse
     * @param known those that people know of
     */
    List<String> lines(List<BenchmarkAnswer> worse, List<BenchmarkAnswer> known) {
        Map<AlreadyOpen, List<Earlier>> open = new LinkedHashMap<>();
        for (BenchmarkAnswer answer : worse) {
            Finding head = answer.head();
            for (Warning.OnOpenLevel below : TriageWords.below(head)) {
                open.computeIfAbsent(below.open().place(), one -> new ArrayList<>())
                        .add(earlier(
                                head,
                                below.change(),
                                Finding.id(head.key(), below.open().commit())));
            }
        }
        for (BenchmarkAnswer answer : known) {
            Finding head = answer.head();
            if (TriageWords.isElsewhere(head)) {
                AlreadyOpen where = head.alreadyOpen().orElseThrow();
                double change = TriageWords.openChange(head).orElse(Double.NaN);
                open.computeIfAbsent(where.place(), one -> new ArrayList<>()).add(earlier(head, change, head.id()));
            }
        }
        return open.entrySet().stream()
                .map(one -> line(one.getKey(), one.getValue()))
                .toList();
    }

    /** One of the changes that the base branch has, on a line with the others of its commit. */
    private record Earlier(String name, double change, Severity severity, String id) {}

    private Earlier earlier(Finding finding, double change, String id) {
        return new Earlier(
                shared.label(finding.key().benchmark()),
                change,
                Double.isNaN(change)
                        ? Severity.NONE
                        : finding.policy().severities().of(Math.abs(change)),
                id);
    }

    /** On one line if it is wide enough: names are dropped first, all but one, and then the author. */
    private String line(AlreadyOpen open, List<Earlier> all) {
        Severity worst = all.stream()
                .map(Earlier::severity)
                .max(Comparator.naturalOrder())
                .orElse(Severity.NONE);
        String severity = worst == Severity.NONE ? ": " : " (" + Words.lower(worst) + "): ";
        String end =
                history.map(store -> "; " + lookAt(open, all.get(0)) + store).orElse("");
        if (style.width() < NARROW && !style.whole() && open.fixed().isEmpty()) {
            return narrow(open, all);
        }
        String line = "";
        for (CommitAuthors authors : List.of(report.authors(), CommitAuthors.UNKNOWN)) {
            for (int shown = Math.min(NAMES, all.size()); shown > 0; shown--) {
                line = open.fixed().isPresent()
                        ? TriageWords.fixedOnBase(open, names(all, shown), authors)
                        : TriageWords.alreadyOpenSince(open, authors) + severity + names(all, shown) + end;
                if (TerminalText.width(style.safe(line)) <= style.width() - ScreenParts.INDENT.length()) {
                    return line;
                }
            }
        }
        return line;
    }

    /** {@code on main: Sort.radix +14.1 %, i353e0dc2, 2c1d7f3 (Cleo Chen)}: what matters first, in two short lines. */
    private String narrow(AlreadyOpen open, List<Earlier> all) {
        Earlier first = all.get(0);
        int parameters = first.name().indexOf(" {");
        String name = parameters < 0 ? first.name() : first.name().substring(0, parameters);
        return (open.isSure() ? "on " + open.branch() + ": " : "on " + open.branch() + " too: ")
                + ScreenRows.ofMethod(style.safe(name), NARROW_NAME, style)
                + (Double.isNaN(first.change()) ? "" : " " + Quantity.change(first.change()))
                + open.incident().map(incident -> ", " + incident).orElse("")
                + (open.commit().isEmpty()
                        ? ""
                        : ", " + TerminalText.start(open.commit(), NARROW_COMMIT) + author(open.commit()))
                + (all.size() > 1 ? ", " + (all.size() - 1) + " more" : "");
    }

    private String author(String commit) {
        String name = report.authors().nameOf(commit);
        return name.isEmpty() ? "" : " (" + name + ")";
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
}
