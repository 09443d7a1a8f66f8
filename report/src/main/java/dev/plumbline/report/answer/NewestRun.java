package dev.plumbline.report.answer;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.GateStop;
import dev.plumbline.report.Headline;
import dev.plumbline.report.Report;
import dev.plumbline.report.Words;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.ShellText;
import dev.plumbline.report.terminal.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The reasons why the check of a newest run does not pass, if nothing else on a page shows them: a missing
 * benchmark, runs of one commit that disagree, another JVM.
 *
 * @param report of the newest run
 * @param reasons what fails or holds the gate, worst first; at least one
 */
public record NewestRun(Report report, List<GateReason> reasons) {
    public NewestRun {
        requireNonNull(report, "report");
        reasons = List.copyOf(reasons);
    }

    /**
     * Empty where the newest run passes, or fails only for what a page has anyway.
     *
     * @param isShown whether the page shows it
     */
    public static Optional<NewestRun> of(Report report, Predicate<GateReason> isShown) {
        List<GateReason> reasons = report.gate().trace().stream()
                .filter(reason -> reason.effect() != GatePolicy.Effect.PASS)
                .filter(isShown.negate())
                .toList();
        return reasons.isEmpty() ? Optional.empty() : Optional.of(new NewestRun(report, reasons));
    }

    /** Whether a reason is a regression, or perhaps one, of such a series; that may have the key of its base branch. */
    public static boolean isChangeOf(Predicate<SeriesKey> series, GateReason reason) {
        return (reason.kind() == GateReason.Kind.REGRESSION || reason.kind() == GateReason.Kind.SUSPECT)
                && reason.cause() instanceof Cause.OfSeries one
                && series.test(one.key());
    }

    /** The same as far as it concerns a series: reasons of the whole run, and those of its benchmark. */
    public Optional<NewestRun> about(SeriesKey key) {
        boolean isOfBranch = report.candidates().stream()
                .anyMatch(run -> run.header().revision().branch().equals(key.branch()));
        List<GateReason> own = reasons.stream()
                .filter(reason -> !(reason.cause() instanceof Cause.OfSeries one)
                        || one.key().benchmark().equals(key.benchmark()))
                .toList();
        return isOfBranch && !own.isEmpty() ? Optional.of(new NewestRun(report, own)) : Optional.empty();
    }

    /** Whether it fails the gate, rather than holds it. */
    public boolean fails() {
        return reasons.stream().anyMatch(reason -> reason.effect() == GatePolicy.Effect.CLOSE);
    }

    /** A line for each benchmark, worst first. */
    public List<GateStop> stops() {
        return GateStop.of(reasons, report);
    }

    /** {@code newest run (commit 0abc000c00) fails: Sort.quick is missing from this run — and 2 more reasons}. */
    public String sentence() {
        List<GateStop> stops = stops();
        return "newest run" + commit() + (fails() ? " fails: " : " is held: ")
                + (stops.isEmpty()
                        ? Headline.counts(report, reasons)
                        : stops.get(0).words())
                + (stops.size() < 2 ? "" : " — and " + Words.count(stops.size() - 1, "more reason", "more reasons"));
    }

    /** {@code newest run (commit 0abc000c00): FAIL, 1 missing}: as the check's first line has it. */
    public String words() {
        return "newest run" + commit() + ": " + counts();
    }

    /** {@code FAIL, 1 missing}. */
    public String counts() {
        String counts = Headline.counts(report, reasons);
        return (fails() ? "FAIL" : "HOLD") + (counts.isEmpty() ? "" : ", " + counts);
    }

    /** The next step for the worst reason, and the place of the others; empty where the sentence has it. */
    String next() {
        List<GateStop> stops = stops();
        List<String> next = new ArrayList<>();
        stops.stream()
                .limit(1)
                .map(GateStop::next)
                .filter(words -> !words.isEmpty())
                .forEach(next::add);
        if (stops.size() > 1) {
            String branch = report.candidates().get(0).header().revision().branch();
            next.add("all reasons: "
                    + (branch.isEmpty()
                            ? "plumb report"
                            : ShellText.command("plumb report --branch", List.of(branch))));
        }
        return String.join(" · ", next);
    }

    /** The sentence and below it what to do, on a terminal. */
    void write(TextStyle style, StringBuilder out) {
        String words = sentence();
        Paragraph.append(
                "",
                style.safe(words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1)),
                fails() ? Ansi.RED : Ansi.YELLOW,
                style,
                out);
        if (!next().isEmpty()) {
            Paragraph.append("next: ", style.safe(style.command(Words.continued(next()))), Ansi.DIM, style, out);
        }
    }

    /** {@code  (commit 0abc000c00)} behind a space; empty where it is not known. */
    private String commit() {
        return report.candidates().stream()
                .map(run -> run.header().revision())
                .filter(Revision::isKnown)
                .findFirst()
                .map(revision -> " (commit " + revision.shortCommit() + ")")
                .orElse("");
    }
}
