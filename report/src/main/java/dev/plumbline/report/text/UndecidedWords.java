package dev.plumbline.report.text;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.report.BenchmarkAnswer;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.MeasuredChange;
import dev.plumbline.report.Report;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.terminal.SharedNames;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The minimum detectable change of inconclusive benchmarks, and the changes that they show without being certain. */
final class UndecidedWords {
    /** With a long history, the minimum detectable change of one run is at most this multiple of the noise. */
    private static final int MANY = 8;

    private final Report report;
    private final SharedNames shared;
    private final boolean isQuiet;

    /** @param isQuiet whether the gate is open and nothing is worse */
    UndecidedWords(Report report, SharedNames shared, boolean isQuiet) {
        this.report = report;
        this.shared = shared;
        this.isQuiet = isQuiet;
    }

    /**
     * In one sentence.
     *
     * @param open the benchmarks
     * @param detectable what one run detects of each, ascending; at least one
     */
    String of(List<BenchmarkAnswer> open, double... detectable) {
        List<BenchmarkAnswer> asking =
                open.stream().filter(DoubtWords.asksForAction(report)).toList();
        boolean isNoise = asking.stream().anyMatch(answer -> DoubtWords.isTooNoisy(answer.head()));
        return of(asking.isEmpty(), youngRuns(open), noisiest(open), detectable)
                + (isNoise ? "; plumb doctor shows how to reduce noise" : "");
    }

    private String noisiest(List<BenchmarkAnswer> open) {
        return open.stream()
                .map(BenchmarkAnswer::head)
                .max(Comparator.comparingDouble(head -> head.detectableChange().orElse(0)))
                .map(head -> shared.label(head.key().benchmark()))
                .orElseThrow();
    }

    /** The run count where only a short history leaves quiet benchmarks open; empty in all other cases. */
    private OptionalInt youngRuns(List<BenchmarkAnswer> open) {
        boolean isYoung = isQuiet
                && open.stream()
                        .map(BenchmarkAnswer::head)
                        .allMatch(head -> head.baseline()
                                        .filter(known -> known.runs() < DoubtWords.YOUNG
                                                && known.deviation() <= DoubtWords.LITTLE_NOISE)
                                        .isPresent()
                                && Report.size(head) < head.detectableChange().orElse(0) / 2);
        return isYoung
                ? open.stream()
                        .mapToInt(
                                answer -> answer.head().baseline().orElseThrow().runs())
                        .max()
                : OptionalInt.empty();
    }

    /** Names the benchmarks the sentence is about; empty where there are no others. */
    private String ofWhich() {
        List<BenchmarkAnswer> all = report.benchmarks();
        long open = all.stream()
                .filter(answer -> answer.group() == Group.INCONCLUSIVE)
                .count();
        return open == all.size() ? "" : " in " + (open == 1 ? "the one " : "those ") + DoubtWords.WITHIN_NOISE;
    }

    /**
     * Reassures only where nothing is worse, nothing moved much and one run detects what matters.
     *
     * @param isCalm whether there is nothing to do about any of them
     */
    private String of(boolean isCalm, OptionalInt youngRuns, String noisiest, double... detectable) {
        List<Finding> all = report.largestOpen();
        List<Finding> worse = report.looksWorse();
        Optional<Finding> real = all.stream()
                .filter(finding -> DoubtWords.mayBeReal(finding, report))
                .findFirst();
        boolean isNamed = isQuiet && real.isPresent();
        List<Finding> others = worse.stream()
                .filter(one -> !isNamed || !real.get().equals(one))
                .toList();
        String largest = others.isEmpty()
                ? all.stream()
                        .findFirst()
                        .filter(finding -> worse.isEmpty())
                        .map(finding -> ". Largest, within noise: " + changed(finding, shared))
                        .orElse("")
                : ". Looks worse, not certain: "
                        + others.stream()
                                .map(finding -> changed(finding, shared))
                                .collect(Collectors.joining(", "));
        if (youngRuns.isPresent() && isCalm) {
            return "no change seen" + ofWhich() + "; with "
                    + Words.count(youngRuns.getAsInt(), "earlier run", "earlier runs") + ", "
                    + DoubtWords.missed(noisiest, detectable) + "; more runs make this figure more certain" + largest;
        }
        double most = detectable[detectable.length - 1];
        if (isNamed) {
            OptionalDouble sure = real.get().detectableChange();
            return "inconclusive: possible change " + changed(real.get(), shared) + "; "
                    + (sure.isPresent() ? hides(real.get(), sure.getAsDouble()) : "no single run can confirm it")
                    + (DoubtWords.canSettle(real.get()) ? ". Rerun this commit" : "; only a longer history can decide")
                    + (others.isEmpty() ? "" : largest);
        }
        boolean isReassuring = isQuiet
                && real.isEmpty()
                && worse.isEmpty()
                && most <= DoubtWords.FINE
                && report.benchmarks(Group.KNOWN).isEmpty();
        return (isCalm ? DoubtWords.WITHIN_NOISE : "inconclusive") + ": "
                + (isReassuring ? "this run looks normal; " : "") + DoubtWords.missed(noisiest, detectable) + largest;
    }

    /**
     * The change that noise hides; a short history, whose noise is hardly known, hides more than its reported noise.
     */
    private static String hides(Finding finding, double detectable) {
        return finding.baseline()
                .filter(known -> known.runs() < DoubtWords.YOUNG && known.deviation() < detectable / MANY)
                .map(known -> "with only " + Words.count(known.runs(), "earlier run", "earlier runs")
                        + ", changes below " + Percent.of(detectable) + " can hide in one run")
                .orElseGet(() -> "noise hides changes below " + Percent.of(detectable) + " in one run");
    }

    /** Its name, and by how much it changed. */
    static String changed(Finding finding, SharedNames shared) {
        return shared.label(finding.key().benchmark())
                + MeasuredChange.of(finding)
                        .map(measured -> " " + measured.change())
                        .orElse("");
    }
}
