package dev.plumbline.pipeline;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.Trial;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.Location;
import dev.plumbline.report.DisturbedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether judged runs are odd as a whole: rather a disturbed machine than as many changes of code. */
final class OddJudgement {
    private OddJudgement() {}

    /**
     * Whether the run was odd as a whole, be it called a regression anywhere or only noisy. It is a hint without an
     * error rate, so it changes no verdict. A change that an earlier run of the same revision showed too is no sign of
     * it, nor is one that the run before shows, unless most of that run was odd.
     */
    static Optional<String> words(Judgement judgement) {
        Set<String> judged = judgement.runs().stream().map(RunInfo::id).collect(Collectors.toSet());
        List<DisturbedRun> all = disturbed(judgement, judged, false);
        Set<String> mostlyOdd = all.stream()
                .filter(run -> 2 * run.odd().far() > run.odd().series())
                .map(run -> run.run().id())
                .collect(Collectors.toSet());
        boolean isAfterOdd = judgement.trials().stream()
                .flatMap(trial -> newest(trial.history()).stream())
                .anyMatch(point -> mostlyOdd.contains(point.run().id()));
        boolean isOdd = all.stream().anyMatch(run -> judged.contains(run.run().id()));
        List<DisturbedRun> told = isOdd && !isAfterOdd ? disturbed(judgement, judged, true) : all;
        return told.stream()
                .filter(run -> judged.contains(run.run().id()))
                .map(run -> "this run is odd as a whole: " + DisturbedRun.words(run.odd())
                        + ". That is rather a disturbed machine than as many changes of code; measure again before you"
                        + " look for one")
                .findFirst();
    }

    private static Optional<Point> newest(Series history) {
        return history.points().isEmpty()
                ? Optional.empty()
                : Optional.of(history.points().get(history.points().size() - 1));
    }

    /**
     * The runs of the suite in which much was off at once.
     *
     * @param isLasting whether changes that the run before shows too are left out
     */
    private static List<DisturbedRun> disturbed(Judgement judgement, Set<String> judged, boolean isLasting) {
        List<Series> all = new ArrayList<>();
        for (Judgement.Judged one : judgement.series()) {
            if (one.trial().isEmpty()) {
                continue;
            }
            Trial trial = one.trial().get();
            Finding finding = one.finding();
            boolean isKnown =
                    isConfirmed(finding, trial.candidate(), judged) || isLasting && lasts(finding, trial, judged);
            all.add(trial.history()
                    .withPoints(Stream.concat(
                                    trial.history().points().stream(),
                                    trial.candidate().stream()
                                            .filter(point -> !isKnown
                                                    || !judged.contains(
                                                            point.run().id())))
                            .toList()));
        }
        return RunTable.of(all, false).stream()
                .flatMap(table -> table.disturbed().stream())
                .toList();
    }

    /** Whether earlier runs of the same revision lie nearer to the judged ones than to what they are judged against. */
    private static boolean isConfirmed(Finding finding, List<Point> candidate, Set<String> judged) {
        return isNearer(
                finding, values(candidate, point -> !judged.contains(point.run().id())), candidate, judged);
    }

    /** Whether the run before lies nearer to the judged ones than to what they are judged against. */
    private static boolean lasts(Finding finding, Trial trial, Set<String> judged) {
        double[] before =
                newest(trial.history()).stream().mapToDouble(Point::value).toArray();
        return isNearer(finding, before, trial.candidate(), judged);
    }

    private static boolean isNearer(Finding finding, double[] earlier, List<Point> candidate, Set<String> judged) {
        boolean isChange = finding.verdict().kind() == Verdict.Kind.REGRESSED
                || finding.verdict().kind() == Verdict.Kind.IMPROVED
                || finding.isSuspect();
        double[] now = values(candidate, point -> judged.contains(point.run().id()));
        if (!isChange || finding.baseline().isEmpty() || earlier.length == 0 || now.length == 0) {
            return false;
        }
        double before = Location.median(earlier);
        return Math.abs(before - Location.median(now))
                < Math.abs(before - finding.baseline().get().level());
    }

    private static double[] values(List<Point> points, Predicate<Point> which) {
        return points.stream().filter(which).mapToDouble(Point::value).toArray();
    }
}
