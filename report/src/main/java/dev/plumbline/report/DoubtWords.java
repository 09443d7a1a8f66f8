package dev.plumbline.report;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.evidence.EvidenceWords;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.evidence.ReasonWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The reasons of inconclusive findings, and their minimum detectable changes, in words. What came from outside is in
 * them as it came: escape the result.
 */
public final class DoubtWords {
    private static final String SENSITIVITY = "sensitivity";

    private static final String EQUIVALENCE = "equivalence";

    private static final String ADJUSTED = "adjusted";

    /** The title above suspects. */
    public static final String SUSPECTS = "Possible regressions: rerun this commit";

    /** The words for benchmarks without a change beyond noise, while noise may hide small changes. */
    public static final String WITHIN_NOISE = "within noise";

    /** One run that detects this much detects what most people look for. */
    public static final double FINE = 0.10;

    /** A history of fewer runs detects smaller changes with every further run. */
    public static final int YOUNG = 20;

    /** Noise from run to run that a longer history, rather than a quieter machine, copes with. */
    public static final double LITTLE_NOISE = 0.05;

    /** The minimum detectable change of one run from which a benchmark hardly guards anything. */
    private static final double BLIND = 0.40;

    private DoubtWords() {}

    /**
     * The inconclusive benchmarks of a report that need action: one may have changed, holds the gate, or is so noisy
     * that even very large changes can hide. No change was seen in the others, as far as one run shows it. A comparison
     * can measure both sides longer, so all of its inconclusive ones count.
     */
    public static Predicate<BenchmarkAnswer> asksForAction(Report report) {
        if (report.kind() == Report.Kind.COMPARISON) {
            return answer -> true;
        }
        Predicate<Finding> asking = asking(report);
        return answer -> answer.counting().stream().anyMatch(asking);
    }

    /**
     * Of the inconclusive benchmarks of a report those that the headline counts as {@link #WITHIN_NOISE}: nothing moved
     * beyond noise in any of the metrics that count.
     */
    public static Predicate<BenchmarkAnswer> isQuiet(Report report) {
        Predicate<BenchmarkAnswer> asking = asksForAction(report);
        return answer -> answer.group() == Report.Group.INCONCLUSIVE
                && !isTooEarly(answer.head())
                && !isSmall(answer.head())
                && !isDisagreement(answer.head())
                && !asking.test(answer);
    }

    /**
     * Of the inconclusive findings of a report those in which nothing moved beyond noise: no action is needed, and the
     * headline counts them as {@link #WITHIN_NOISE}.
     */
    public static Predicate<Finding> withinNoise(Report report) {
        if (report.kind() == Report.Kind.COMPARISON) {
            return finding -> false;
        }
        Predicate<Finding> asking = asking(report);
        return finding -> Report.Group.of(finding) == Report.Group.INCONCLUSIVE
                && !isTooEarly(finding)
                && !isSmall(finding)
                && !isDisagreement(finding)
                && !asking.test(finding);
    }

    /** The verdict in one word, as the headline counts it. */
    public static String verdict(Finding finding, Predicate<Finding> withinNoise) {
        return withinNoise.test(finding) ? WITHIN_NOISE : Words.verdict(finding);
    }

    private static Predicate<Finding> asking(Report report) {
        Set<String> stopping = report.gate().deciding().stream()
                .map(GateReason::series)
                .filter(series -> !series.isEmpty())
                .collect(Collectors.toSet());
        Set<SeriesKey> worse = report.looksWorse().stream().map(Finding::key).collect(Collectors.toSet());
        return finding -> Report.Group.of(finding) == Report.Group.INCONCLUSIVE
                && (stopping.contains(finding.key().id())
                        || worse.contains(finding.key())
                        || mayBeReal(finding, report)
                        || isTooNoisy(finding));
    }

    /**
     * Whether what was measured would matter, and is large beside what one run detects or beside what most people look
     * for: of several healthy benchmarks one is always a few per cent off.
     */
    public static boolean mayBeReal(Finding finding, Report report) {
        double size = Report.size(finding);
        double detectable = finding.detectableChange().orElse(Double.POSITIVE_INFINITY);
        return size >= report.policy().severities().minor() && (size >= FINE || size >= detectable / 2);
    }

    /** Whether noise hides changes of a usual size, or so much that a longer history would not help. */
    public static boolean isTooNoisy(Finding finding) {
        double detectable = finding.detectableChange().orElse(Double.POSITIVE_INFINITY);
        boolean isNoisy = finding.baseline()
                .filter(known -> known.deviation() > LITTLE_NOISE)
                .isPresent();
        boolean isYoung =
                finding.baseline().filter(known -> known.runs() < YOUNG).isPresent();
        return detectable > FINE && isNoisy || detectable > BLIND && !isYoung;
    }

    public static boolean isTooEarly(Finding finding) {
        return EvidenceWords.decisions(finding).stream()
                .anyMatch(reported -> reported.name().equals(EvidenceWords.ENOUGH_HISTORY));
    }

    /** Whether runs of one commit do not agree, and as many are on either side. */
    public static boolean isDisagreement(Finding finding) {
        return EvidenceWords.trace(finding).stream()
                .anyMatch(reported -> reported.name().equals(EvidenceWords.DISAGREEMENT));
    }

    /** Whether it certainly changed, and perhaps by less than the margin. */
    static boolean isSmall(Finding finding) {
        return EvidenceWords.decisions(finding).stream()
                        .anyMatch(reported -> reported.name().equals(EQUIVALENCE))
                && EvidenceWords.trace(finding).stream()
                        .anyMatch(reported -> reported.number(ADJUSTED).isPresent()
                                && reported.number(ADJUSTED).getAsDouble()
                                        <= reported.number("limit").orElse(0));
    }

    /**
     * The heading of the largest measured changes within noise.
     *
     * @param largest those of the report
     */
    public static String largestOpen(List<Finding> largest, Report report) {
        int open = report.benchmarksOnce(Report.Group.INCONCLUSIVE).size();
        int shown = largest.size();
        if (shown > 0 && largest.stream().allMatch(DoubtWords::isTooEarly)) {
            return "Not judged yet" + neededRuns(largest) + "; largest differences";
        }
        return "Largest changes within noise (" + Quantity.plain(shown, Quantity.DIGITS)
                + (shown < open ? " of " + Quantity.plain(open, Quantity.DIGITS) : "") + ")";
    }

    /** {@code  (needs 2 more runs)}, {@code  (needs 1 to 3 more runs)}; empty where no number is known. */
    private static String neededRuns(List<Finding> young) {
        IntSummaryStatistics runs = young.stream()
                .map(Finding::verdict)
                .filter(Verdict.Inconclusive.class::isInstance)
                .flatMapToInt(verdict -> ((Verdict.Inconclusive) verdict).runsNeeded().stream())
                .summaryStatistics();
        if (runs.getCount() == 0) {
            return "";
        }
        String least = runs.getMin() < runs.getMax() ? Quantity.plain(runs.getMin(), Quantity.DIGITS) + " to " : "";
        return " (needs " + least + Words.count(runs.getMax(), "more run", "more runs") + ")";
    }

    /** The minimum detectable change of an inconclusive series, in brackets; empty text when that is not known. */
    static String sensitivity(Finding finding) {
        return EvidenceWords.trace(finding).stream()
                .filter(reported -> reported.name().equals(SENSITIVITY))
                .findFirst()
                .map(reported -> {
                    OptionalDouble change = reported.number("detectable");
                    OptionalDouble asked = reported.number("asked");
                    OptionalDouble needed = reported.number("needed");
                    double runs = reported.number("runs").orElse(1);
                    String who = runs == 1
                            ? "one run reliably detects "
                            : Quantity.plain(runs, Quantity.DIGITS) + " runs reliably detect ";
                    return " (" + who
                            + (change.isEmpty() ? "no change" : Percent.brief(change.getAsDouble()))
                            // its reason already states that more runs of the commit do not settle it
                            + (asked.isEmpty() || !canSettle(finding)
                                    ? ""
                                    : "; "
                                            + (needed.isEmpty()
                                                    ? "more than 20"
                                                    : Quantity.plain(needed.getAsDouble(), Quantity.DIGITS))
                                            + " runs detect " + Percent.brief(asked.getAsDouble()))
                            + ")";
                })
                .orElse("");
    }

    /** The metrics of a benchmark beside its label, with the minimum detectable change of each. */
    public static String sensitive(List<Finding> findings, Report report) {
        if (findings.size() == 1) {
            return " " + Words.metric(findings.get(0).key(), report) + sensitivity(findings.get(0));
        }
        List<String> metrics = new ArrayList<>();
        boolean isKnown = false;
        for (Finding finding : findings) {
            String inBrackets = sensitivity(finding);
            isKnown |= !inBrackets.isEmpty();
            metrics.add(Words.metric(finding.key(), report)
                    + (inBrackets.isEmpty() ? "" : ": " + inBrackets.substring(2, inBrackets.length() - 1)));
        }
        return " (" + String.join(isKnown ? "; " : ", ", metrics) + ")";
    }

    /**
     * {@code minimum detectable change 11.5 % typical, 16.2 % for Sort.quick}: of several benchmarks the first
     * is that of the middle one, where two are in the middle of the quieter one.
     *
     * @param noisiest the name of the benchmark with the largest
     * @param detectable what one run detects of each series, ascending, at least one
     */
    public static String missed(String noisiest, double... detectable) {
        String middle = Percent.of(detectable[(detectable.length - 1) / 2]);
        String most = Percent.of(detectable[detectable.length - 1]);
        return "minimum detectable change " + middle
                + (middle.equals(most) ? "" : " typical, " + most + " for " + noisiest);
    }

    /** The change that is detected with 99 % probability, after a subject. */
    public static String detects(String who, OptionalDouble change) {
        return who + (change.isPresent() ? " ≥ " + Percent.of(change.getAsDouble()) : " no change reliably");
    }

    /**
     * Whether more runs of the same commit would settle what is open: whoever advises to measure again asks here. Where
     * they would not, only a longer history can.
     */
    public static boolean canSettle(Finding finding) {
        return finding.verdict() instanceof Verdict.Inconclusive open
                && open.runsNeeded().isPresent();
    }

    /**
     * The reason of an inconclusive verdict, and the number of further runs that would decide; empty text for another
     * verdict.
     */
    public static String reason(Verdict verdict) {
        if (verdict instanceof Verdict.Inconclusive inconclusive) {
            String reason = ReasonWords.of(inconclusive.reason());
            return inconclusive.runsNeeded().isPresent() && !ReasonWords.saysRuns(inconclusive.reason())
                    ? reason + " ("
                            + moreRuns(
                                    inconclusive.runsNeeded().getAsInt(),
                                    inconclusive.effect().isPresent())
                            + ")"
                    : reason;
        }
        return verdict instanceof Verdict.NotComparable notComparable ? ReasonWords.of(notComparable.reason()) : "";
    }

    /** The disagreement of forks that leaves a finding open. */
    public static Optional<HistoryEvidence.ForksApart> forksApart(Finding finding) {
        return finding.verdict() instanceof Verdict.Inconclusive inconclusive
                        && inconclusive.reason() instanceof HistoryEvidence.ForksApart apart
                ? Optional.of(apart)
                : Optional.empty();
    }

    /**
     * Findings without a verdict, together where the reason is the same; the number of runs that would decide is given
     * as a range.
     *
     * @return the text of each group and its findings, in the order in which they first appear
     */
    public static Map<String, List<Finding>> byReason(List<Finding> findings) {
        Map<String, List<Finding>> alike = new LinkedHashMap<>();
        Map<Object, String> words = new HashMap<>();
        for (Finding finding : findings) {
            Verdict verdict = finding.verdict();
            String bare = verdict instanceof Verdict.Inconclusive inconclusive
                    ? words.computeIfAbsent(
                                    ReasonWords.reported(inconclusive.reason()),
                                    reported -> ReasonWords.of(inconclusive.reason()))
                            + "\u0000"
                            + inconclusive.runsNeeded().isPresent()
                            + inconclusive.effect().isPresent()
                    : reason(verdict);
            alike.computeIfAbsent(bare, text -> new ArrayList<>()).add(finding);
        }
        Map<String, List<Finding>> groups = new LinkedHashMap<>();
        alike.values().forEach(group -> groups.put(sharedReason(group), group));
        return groups;
    }

    private static String sharedReason(List<Finding> group) {
        IntSummaryStatistics runs = group.stream()
                .flatMapToInt(finding -> finding.verdict() instanceof Verdict.Inconclusive inconclusive
                                && !ReasonWords.saysRuns(inconclusive.reason())
                        ? inconclusive.runsNeeded().stream()
                        : IntStream.empty())
                .summaryStatistics();
        boolean isNoise =
                group.get(0).verdict() instanceof Verdict.Inconclusive open && ReasonWords.isNoise(open.reason());
        if (isNoise) { // the minimum detectable change follows each name, and is more useful than a range of runs
            return ReasonWords.of(((Verdict.Inconclusive) group.get(0).verdict()).reason());
        }
        if (runs.getCount() == 0 || runs.getMin() == runs.getMax()) {
            return reason(group.get(0).verdict());
        }
        Verdict.Inconclusive first = (Verdict.Inconclusive) group.get(0).verdict();
        return ReasonWords.of(first.reason()) + " (" + Quantity.plain(runs.getMin(), Quantity.DIGITS) + " to "
                + moreRuns(runs.getMax(), first.effect().isPresent()) + ")";
    }

    /**
     * The number of further runs that would decide; of a measured change, as long as they measure the same. That is an
     * estimate: the rest of the suite is measured again with it, and another one may be the odd one then.
     */
    private static String moreRuns(int runs, boolean measured) {
        return measured
                ? Words.count(runs, "more run showing the same", "more runs showing the same") + " should confirm it"
                : Words.count(runs, "more run would suffice", "more runs would suffice");
    }

    /** The reason of a verdict in one sentence: the words of the check that decided, else of the verdict itself. */
    public static String why(Finding finding) {
        String reason = reason(finding.verdict());
        if (!reason.isEmpty()) {
            return reason;
        }
        return EvidenceWords.decisions(finding).stream()
                .map(EvidenceWords::words)
                .findFirst()
                .orElse("");
    }
}
