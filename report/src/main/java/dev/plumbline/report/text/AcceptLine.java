package dev.plumbline.report.text;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.Report;
import dev.plumbline.report.terminal.TerminalText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The command that accepts a change, to copy from a comment into a checkout without a history. */
public final class AcceptLine {
    /** The text that is unchanged between single quotes in every shell, and cannot be mistaken for an option. */
    private static final Pattern PLAIN =
            Pattern.compile("(?!.*(?i:://|www\\.))[A-Za-z0-9_./(\\[][A-Za-z0-9 _.,:/()\\[\\]{}=+#%*;-]{0,200}");

    private static final MathContext DIGITS = new MathContext(3, RoundingMode.UP);

    private AcceptLine() {}

    /** The line for a regression without a triage; empty for every other finding. */
    public static Optional<String> of(Finding finding) {
        return finding.verdict() instanceof Verdict.Regressed ? of(finding, finding.since()) : Optional.empty();
    }

    /** The ids of the findings that fail the gate by a change that can be accepted. */
    public static Set<String> closing(Report report) {
        return report.gate().deciding().stream()
                .filter(reason ->
                        reason.kind() == GateReason.Kind.REGRESSION && reason.effect() == GatePolicy.Effect.CLOSE
                                || reason.kind() == GateReason.Kind.TOO_GOOD)
                .map(GateReason::id)
                .collect(Collectors.toSet());
    }

    /**
     * The line for anything without a triage that fails the gate.
     *
     * @param closing the {@linkplain #closing ids} of this report
     */
    public static Optional<String> of(Finding finding, Report report, Set<String> closing) {
        return of(finding)
                .or(() -> !closing.isEmpty() && closing.contains(finding.id())
                        ? of(
                                finding,
                                report.candidates().stream()
                                        .findFirst()
                                        .map(run -> run.header().revision().commit())
                                        .orElse(""))
                        : Optional.empty());
    }

    private static Optional<String> of(Finding finding, String since) {
        Optional<Effect> effect = finding.verdict().effect();
        if (finding.statement().isPresent() || effect.isEmpty() || effect.get().relativeChange() == 0) {
            return Optional.empty();
        }
        SeriesKey key = finding.key();
        double change = effect.get().relativeChange();
        boolean isPlain =
                isPlain(key) && isPlain(key.metric()) && (since.isEmpty() || isPlain(since)) && Double.isFinite(change);
        return Optional.of(
                isPlain
                        ? "plumb accept " + quoted(key.benchmark().label()) + " --metric " + quoted(key.metric())
                                + " --environment " + quoted(key.environment())
                                + (since.isEmpty() ? "" : " --since " + TerminalText.start(since, 10))
                                + " --change=" + percent(change) + " --reason WHY"
                        : fromReport(finding.id()));
    }

    /** The line for what is measured no longer. */
    public static String of(Missing missing) {
        SeriesKey key = missing.key();
        boolean isPlain = isPlain(key) && (missing.isBenchmark() || isPlain(key.metric()));
        return isPlain
                ? "plumb accept " + quoted(key.benchmark().label())
                        + (missing.isBenchmark() ? "" : " --metric " + quoted(key.metric()))
                        + " --environment " + quoted(key.environment()) + " --missing --reason WHY"
                : fromReport(missing.id());
    }

    private static String fromReport(String id) {
        return "plumb accept " + id + " --report report.json --reason WHY";
    }

    private static boolean isPlain(SeriesKey key) {
        return isPlain(key.benchmark().label())
                && Benchmark.ofLabel(key.benchmark().label()).equals(key.benchmark())
                && isPlain(key.environment());
    }

    /** Rounded away from zero, so that it covers the change. */
    private static String percent(double change) {
        return new BigDecimal(100 * change).round(DIGITS).toPlainString() + "%";
    }

    private static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches() && text.equals(text.strip());
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_.,:/=+@%-]+") ? text : "'" + text + "'";
    }
}
