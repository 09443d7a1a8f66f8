package dev.plumbline.core.judge;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.judge.level.BeyondAccepted;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.SeriesKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Changes of later runs of accepted commits that clearly exceed the accepted ones. */
final class LaterRuns {
    private final Snapshot snapshot;
    private final OwnAnswers own;

    LaterRuns(Snapshot snapshot, OwnAnswers own) {
        this.snapshot = snapshot;
        this.own = own;
    }

    /** A change of later runs of an accepted commit that clearly exceeds the accepted one. */
    record Beyond(Finding finding, List<Point> later) {}

    /**
     * The later runs of accepted commits are judged alone: together with those that were accepted they would hide. What
     * checks passed since lies at the level of the accepted runs and counts for it too; but several runs may show
     * together what each of them did not.
     */
    Map<Integer, Beyond> of(List<Asked> judged, List<Finding> findings) {
        Map<Integer, Beyond> found = of(judged, findings, this::isPassed);
        of(judged, findings, point -> false).forEach(found::putIfAbsent);
        return found;
    }

    /** @param isAccepted which points lie at the accepted level, besides the accepted points */
    private Map<Integer, Beyond> of(List<Asked> judged, List<Finding> findings, Predicate<Point> isAccepted) {
        Map<Integer, BeyondAccepted> perhaps = new TreeMap<>();
        Set<String> runs = new HashSet<>();
        for (int i = 0; i < judged.size(); i++) {
            Optional<BeyondAccepted> one = of(judged.get(i), findings.get(i), isAccepted);
            if (one.isPresent()) {
                one.get().later().forEach(point -> runs.add(point.run().id()));
                perhaps.put(i, one.get());
            }
        }
        if (perhaps.isEmpty()) {
            return new TreeMap<>();
        }
        List<Integer> places = new ArrayList<>();
        List<Trial> later = new ArrayList<>();
        for (int i = 0; i < judged.size(); i++) {
            Trial trial = judged.get(i).trial();
            List<Point> points = Optional.ofNullable(perhaps.get(i))
                    .map(BeyondAccepted::later)
                    .orElseGet(() -> trial.candidate().stream()
                            .filter(point -> runs.contains(point.run().id()))
                            .toList());
            if (!points.isEmpty()) {
                places.add(i);
                later.add(trial.with(points));
            }
        }
        OwnAnswers.Answers answers = own.of(later);
        List<Finding> alone = answers.findings();
        Map<Integer, Beyond> found = new TreeMap<>();
        for (int i = 0; i < places.size(); i++) {
            int place = places.get(i);
            Finding finding = alone.get(i);
            Optional.ofNullable(perhaps.get(place))
                    .flatMap(one -> one.of(finding))
                    .ifPresent(worse -> found.put(
                            place, new Beyond(worse, perhaps.get(place).later())));
        }
        return found;
    }

    private Optional<BeyondAccepted> of(Asked asked, Finding finding, Predicate<Point> isAccepted) {
        return ObservedChanges.worse(finding)
                .flatMap(change -> snapshot.annotations().covering(change, asked.runs()))
                .filter(covering -> !covering.isBySize())
                .map(Annotations.Covering::acceptance)
                .flatMap(acceptance -> {
                    Annotations annotations = snapshot.annotations();
                    SeriesKey key = asked.whole().key();
                    List<Point> all =
                            annotations.since(acceptance, key, asked.trial().candidate());
                    Predicate<Point> isOf = point -> annotations.isOf(acceptance, key, point.run());
                    String commit = all.get(0).run().header().revision().commit();
                    if (!acceptance.isSince(commit) && all.stream().noneMatch(isOf)) {
                        return Optional.empty();
                    }
                    Map<Boolean, List<Point>> parted = all.stream()
                            .filter(point -> !isOf.test(point) || isLost(acceptance, finding, point))
                            .collect(Collectors.partitioningBy(isOf.or(isAccepted)));
                    return parted.get(false).isEmpty()
                            ? Optional.empty()
                            : Optional.of(new BeyondAccepted(acceptance, parted.get(true), parted.get(false)));
                });
    }

    /** Whether a run that existed when the loss was accepted shows the loss: not every run of a commit may. */
    private static boolean isLost(Acceptance acceptance, Finding finding, Point point) {
        double level = finding.baseline().map(Baseline::level).orElse(Double.NaN);
        double change = Effect.relativeChange(level, point.value());
        boolean isOfThis = acceptance.scope() == Acceptance.Scope.ENV && Double.isFinite(acceptance.change());
        return Double.isNaN(change)
                || finding.better().isWorse(change)
                        && (!isOfThis || Math.abs(change) > Math.abs(acceptance.change()) / 2);
    }

    private boolean isPassed(Point point) {
        return !point.judgedBad() && snapshot.checked().contains(point.run().id());
    }
}
