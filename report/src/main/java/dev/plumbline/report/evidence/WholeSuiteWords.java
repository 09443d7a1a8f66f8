package dev.plumbline.report.evidence;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Sentences for a suite that moved as a whole, which is one finding and not one for each benchmark. */
public final class WholeSuiteWords {
    private WholeSuiteWords() {}

    /** The whole suite moved with these runs; empty where it did not, or began to with an earlier commit. */
    public static Optional<String> now(List<Finding> findings, Collection<RunInfo> judged) {
        return shift(findings, finding -> !isSinceEarlier(finding, judged))
                .map(shift -> "all benchmarks of this run are " + together(shift)
                        + ": the machine, or a change that affects all. Measure again to find out which");
    }

    /** The whole suite is still worse since an earlier commit; empty where it is not. */
    public static Optional<String> sinceEarlier(List<Finding> findings, Collection<RunInfo> judged) {
        Predicate<Finding> isEarlier = finding -> isSinceEarlier(finding, judged);
        Map<String, Long> since = findings.stream()
                .filter(isEarlier)
                .collect(Collectors.groupingBy(Finding::since, TreeMap::new, Collectors.counting()));
        return since.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> Revision.of(most.getKey(), Revision.DEFAULT_BRANCH).shortCommit())
                .flatMap(commit -> shift(findings, isEarlier)
                        .map(shift -> "all benchmarks are " + together(shift) + " since commit " + commit
                                + ": the machine, or a change that affects all"));
    }

    /** Whether the whole suite decided the verdict on a series. */
    public static boolean isDecided(Finding finding) {
        return finding.isDecidedBy(HistoryEvidence.WholeSuite.class);
    }

    /** The shift of the whole suite, where it decided half of all findings at least, among some of these. */
    private static Optional<Double> shift(List<Finding> findings, Predicate<Finding> some) {
        List<Double> shifts = findings.stream()
                .filter(some)
                .filter(WholeSuiteWords::isDecided)
                .flatMap(finding -> finding.evidence(HistoryEvidence.WholeSuite.class))
                .map(HistoryEvidence.WholeSuite::shift)
                .toList();
        return shifts.isEmpty() || 2 * shifts.size() < findings.size() ? Optional.empty() : Optional.of(shifts.get(0));
    }

    private static boolean isSinceEarlier(Finding finding, Collection<RunInfo> judged) {
        return finding.verdict().kind() == Verdict.Kind.REGRESSED
                && judged.stream().noneMatch(run -> finding.since()
                        .equals(run.header().revision().commit()));
    }

    /** @param shift the natural logarithm of a ratio; above zero for the worse */
    private static String together(double shift) {
        return Percent.of(Math.abs(Math.expm1(shift))) + (shift > 0 ? " worse" : " better") + " together";
    }
}
