package dev.plumbline.pipeline.check;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.UnitFactor;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.PackedPoints;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.role.Roles;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.pipeline.snapshot.RecentRuns;
import dev.plumbline.report.content.DisturbedRun;
import dev.plumbline.report.evidence.WholeSuiteWords;
import dev.plumbline.report.note.CheckNotes;
import dev.plumbline.report.note.UnitHint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whether judged runs are odd as a whole: a wrong unit, a disturbed machine, or a change that affects most of them. */
final class OddJudgement {
    private OddJudgement() {}

    /**
     * Whether most of the suite was disturbed in the run, with or without a regression. It is a hint without an error
     * rate, so it changes no verdict. A change that an earlier run of the same revision showed too is no sign of it,
     * nor is one that the run before shows; where most of that run was odd, one that the two runs before show.
     */
    static Optional<String> words(Judgement judgement, Roles roles) {
        return UnitFactor.of(judgement)
                .map(CheckNotes::unitFactor)
                .or(() -> WholeSuiteWords.now(judgement.findings(), judgement.runs()))
                .or(() -> machine(judgement, roles));
    }

    /** A hint at single series in a wrong unit, where not all of a unit or of a metric are. */
    static Optional<String> singleUnit(Judgement judgement) {
        return UnitFactor.of(judgement).isPresent() ? Optional.empty() : UnitHint.of(judgement.findings());
    }

    private static Optional<String> machine(Judgement judgement, Roles roles) {
        Set<String> judged = judgement.runs().stream().map(RunInfo::id).collect(Collectors.toSet());
        List<DisturbedRun> all = disturbed(judgement, judged, 0, roles);
        Set<String> mostlyOdd = all.stream()
                .filter(run -> 2 * run.odd().far() > run.odd().series())
                .map(run -> run.run().id())
                .collect(Collectors.toSet());
        boolean isAfterOdd = judgement.trials().stream()
                .flatMap(trial -> newest(trial.history()).stream())
                .anyMatch(point -> mostlyOdd.contains(point.run().id()));
        boolean isOdd = all.stream().anyMatch(run -> judged.contains(run.run().id()));
        List<DisturbedRun> reported = isOdd ? disturbed(judgement, judged, isAfterOdd ? 2 : 1, roles) : all;
        return reported.stream()
                .filter(run -> judged.contains(run.run().id()) && run.odd().isMostOfSuite())
                .map(run -> CheckNotes.offRun(run.odd()))
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
     * @param lasting changes that this number of earlier runs show too are left out; none where it is 0
     */
    private static List<DisturbedRun> disturbed(Judgement judgement, Set<String> judged, int lasting, Roles roles) {
        List<Series> all = new ArrayList<>();
        PackedPoints.Builder builder = new PackedPoints.Builder();
        for (Judgement.Judged one : judgement.series()) {
            if (one.trial().isEmpty()) {
                continue;
            }
            Trial trial = one.trial().get();
            Finding finding = one.finding();
            boolean isKnown = finding.alreadyOpen().isPresent()
                    || isSinceEarlier(finding, judgement.runs())
                    || isConfirmed(finding, trial.candidate(), judged)
                    || lasting > 0 && lasts(finding, trial, judged, lasting);
            builder.addAll(PackedPoints.of(trial.history().points()));
            trial.candidate().stream()
                    .filter(point -> !isKnown || !judged.contains(point.run().id()))
                    .forEach(builder::add);
            all.add(trial.history().withPoints(builder.build()));
        }
        return RecentRuns.of(all, false, roles).stream()
                .flatMap(table -> table.disturbed().stream())
                .toList();
    }

    /** Whether the change began with an earlier commit: the runs before show it, so the newest is not the odd one. */
    private static boolean isSinceEarlier(Finding finding, List<RunInfo> judged) {
        return finding.verdict().kind() == Verdict.Kind.REGRESSED
                && judged.stream().noneMatch(run -> finding.since()
                        .equals(run.header().revision().commit()));
    }

    /** Whether earlier runs of the same revision lie nearer to the judged ones than to what they are judged against. */
    private static boolean isConfirmed(Finding finding, List<Point> candidate, Set<String> judged) {
        return isNearer(
                finding, values(candidate, point -> !judged.contains(point.run().id())), candidate, judged);
    }

    /** Whether each of the runs before lies nearer to the judged ones than to what they are judged against. */
    private static boolean lasts(Finding finding, Trial trial, Set<String> judged, int count) {
        List<Point> before = trial.history().points();
        return before.size() >= count
                && before.subList(before.size() - count, before.size()).stream()
                        .allMatch(point -> isNearer(finding, new double[] {point.value()}, trial.candidate(), judged));
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
