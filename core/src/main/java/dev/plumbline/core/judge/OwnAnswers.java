package dev.plumbline.core.judge;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.annotation.ObservedChange;
import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.judge.level.OpenLevel;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The findings of each series by itself, given its open regressions and disagreeing runs. */
final class OwnAnswers {
    private final Snapshot snapshot;
    private final Policies policies;
    private final Judge judge;

    OwnAnswers(Snapshot snapshot, Policies policies) {
        this.snapshot = snapshot;
        this.policies = policies;
        judge = new Judge(policies);
    }

    /**
     * The findings of the series.
     *
     * @param trials that led to the answers; of runs of one commit each is asked by them
     */
    record Answers(List<Trial> trials, List<Finding> findings) {
        /** The same, with a warning where runs that are judged as one lie far apart. */
        private Answers withRunsApart() {
            List<Finding> warned = new ArrayList<>(findings);
            for (int i = 0; i < trials.size(); i++) {
                List<Point> candidate = trials.get(i).candidate();
                if (candidate.size() > 1) {
                    Finding finding = findings.get(i);
                    warned.set(
                            i,
                            Disagreement.apart(candidate, finding, trials.size())
                                    .map(finding::withWarning)
                                    .orElse(finding));
                }
            }
            return new Answers(trials, warned);
        }

        /**
         * The same, open where two runs lie farther apart than the noise of their series and no change explains it.
         *
         * @param asked the trials with all runs: two of three that agree are no such two
         */
        private Answers withUnexplained(List<Trial> asked) {
            List<Finding> found = new ArrayList<>(findings);
            for (int i = 0; i < trials.size(); i++) {
                List<Point> candidate = trials.get(i).candidate();
                if (asked.get(i).candidate().size() == 2) {
                    Finding finding = findings.get(i);
                    found.set(
                            i,
                            Disagreement.unexplained(candidate, finding, trials.size())
                                    .orElse(finding));
                }
            }
            return new Answers(trials, found);
        }
    }

    /** The findings of each series by itself; where runs of one commit disagree, most of them decide. */
    Answers of(List<Trial> trials) {
        Answers pooled = answers(trials);
        Map<Integer, Disagreement> disagreements = disagreements(pooled);
        if (disagreements.isEmpty()) {
            return pooled.withRunsApart().withUnexplained(trials);
        }
        List<Trial> byMost = new ArrayList<>(trials);
        disagreements.forEach((i, one) ->
                one.majority().ifPresent(points -> byMost.set(i, trials.get(i).with(points))));
        Answers most = byMost.equals(trials) ? pooled : answers(byMost);
        Answers warned = most.withRunsApart().withUnexplained(trials);
        List<Finding> reported = new ArrayList<>(warned.findings);
        disagreements.forEach(
                (i, one) -> reported.set(i, one.majority().isPresent() ? one.decided(reported.get(i)) : one.held()));
        return new Answers(warned.trials, reported);
    }

    /** The disagreements between runs of one commit, by the place of the series. */
    private Map<Integer, Disagreement> disagreements(Answers pooled) {
        List<Trial> trials = pooled.trials;
        Set<String> runs = new TreeSet<>();
        for (int i = 0; i < trials.size(); i++) {
            List<Point> candidate = trials.get(i).candidate();
            if (candidate.size() > 1
                    && Disagreement.isPossible(
                            candidate, pooled.findings.get(i).policy().margin())) {
                candidate.forEach(point -> runs.add(point.run().id()));
            }
        }
        Map<Integer, Map<String, Finding>> alone = new TreeMap<>();
        for (String run : runs) {
            List<Integer> places = new ArrayList<>();
            List<Trial> ofRun = new ArrayList<>();
            for (int i = 0; i < trials.size(); i++) {
                List<Point> points = trials.get(i).candidate().stream()
                        .filter(point -> point.run().id().equals(run))
                        .toList();
                if (!points.isEmpty()) {
                    places.add(i);
                    ofRun.add(trials.get(i).with(points));
                }
            }
            List<Finding> findings = judge.judge(ofRun.parallelStream());
            for (int i = 0; i < places.size(); i++) {
                alone.computeIfAbsent(places.get(i), none -> new HashMap<>()).put(run, findings.get(i));
            }
        }
        Map<Integer, Disagreement> found = new TreeMap<>();
        alone.forEach((i, byRun) -> {
            List<Point> candidate = trials.get(i).candidate();
            if (candidate.size() > 1
                    && candidate.stream()
                            .allMatch(point -> byRun.containsKey(point.run().id()))) {
                List<Finding> each = candidate.stream()
                        .map(point -> byRun.get(point.run().id()))
                        .toList();
                Disagreement.of(candidate, each, pooled.findings.get(i)).ifPresent(one -> found.put(i, one));
            }
        });
        return found;
    }

    /** The findings of each series; one that has become worse already is judged against both of its levels. */
    private Answers answers(List<Trial> trials) {
        List<Finding> first = judge.judge(trials.parallelStream());
        List<Optional<OpenLevel>> open = openLevels(trials, first);
        if (open.stream().allMatch(Optional::isEmpty)) {
            return new Answers(trials, first);
        }
        List<Trial> again = again(trials, open);
        List<Finding> second = judge.judge(again.parallelStream());
        List<Finding> reported = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            Trial trial = trials.get(i);
            Finding one = first.get(i);
            Finding other = second.get(i);
            boolean isOwn = isOwn(trial);
            Finding answer = isOwn
                    ? ofOwn(open.get(i), one, other, trial)
                    : open.get(i).map(level -> level.reported(one, other)).orElse(other);
            reported.add(answer);
            if (isOwn ? answer.equals(one) : answer.alreadyOpen().isPresent()) {
                // a run without the regression that is open on the base shows that the branch does not have it
                again.set(i, trial);
            }
        }
        return new Answers(again, reported);
    }

    private static List<Trial> again(List<Trial> trials, List<Optional<OpenLevel>> open) {
        List<Trial> again = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            again.add(open.get(i).map(OpenLevel::bad).orElse(trials.get(i)));
        }
        return again;
    }

    private Finding ofOwn(Optional<OpenLevel> open, Finding first, Finding second, Trial trial) {
        return open.map(level -> level.toldOfOwn(first, second))
                .filter(found -> !isOnUnknown(found, trial))
                .orElse(first);
    }

    /**
     * The second question about series that have become worse on top of an open regression of their own.
     *
     * @param trials one for each series of the suite
     * @param places of the series whose answer is the second one
     */
    record Second(List<Trial> trials, Set<Integer> places) {
        private static final Second NONE = new Second(List.of(), Set.of());
    }

    /** The second question for the series of a suite on their own branch. */
    Second second(List<Trial> trials) {
        boolean isAny = trials.stream()
                .anyMatch(trial ->
                        isOwn(trial) && OpenLevel.own(trial, margin(trial)).isPresent());
        if (!isAny) {
            return Second.NONE;
        }
        List<Finding> first = judge.judge(trials.parallelStream());
        List<Optional<OpenLevel>> open = openLevels(trials, first);
        List<Trial> again = again(trials, open);
        List<Finding> second = judge.judge(again.parallelStream());
        Set<Integer> places = IntStream.range(0, trials.size())
                .filter(i -> isOwn(trials.get(i))
                        && !ofOwn(open.get(i), first.get(i), second.get(i), trials.get(i))
                                .equals(first.get(i)))
                .boxed()
                .collect(Collectors.toSet());
        return new Second(again, places);
    }

    private double margin(Trial trial) {
        return policies.of(trial.history().key(), trial.history().unit()).margin();
    }

    /** The open level of each series: on its own branch, or on the base branch when the branch of the runs left it. */
    private List<Optional<OpenLevel>> openLevels(List<Trial> trials, List<Finding> first) {
        List<Optional<OpenLevel>> called = trials.stream()
                .map(trial -> isShared(trial).flatMap(isShared -> OpenLevel.called(trial, isShared)))
                .toList();
        Map<Integer, OpenLevel> recorded = recorded(trials, first, called);
        Set<String> runs = Stream.concat(called.stream().flatMap(Optional::stream), recorded.values().stream())
                .flatMap(level -> level.runs().stream())
                .collect(Collectors.toSet());
        List<Optional<OpenLevel>> open = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            Trial trial = trials.get(i);
            Finding finding = first.get(i);
            int place = i;
            open.add(called.get(i)
                    .or(() ->
                            isOwn(trial) ? OpenLevel.own(trial, finding.policy().margin()) : Optional.empty())
                    .or(() -> Optional.ofNullable(recorded.get(place)))
                    .or(() -> isShared(trial).flatMap(isShared -> OpenLevel.uncalled(trial, finding, runs, isShared)))
                    .filter(level -> level.isAsked(finding)));
        }
        return open;
    }

    /**
     * The levels that the base reached with runs that no check judged, and that a check would not have passed. These
     * are judged now, so that a healthy run which happens to lie on the worse side excuses none.
     *
     * @param called regressions that checks detected on the base
     */
    private Map<Integer, OpenLevel> recorded(
            List<Trial> trials, List<Finding> first, List<Optional<OpenLevel>> called) {
        Map<Integer, OpenLevel> perhaps = new TreeMap<>();
        if (first.stream().noneMatch(OpenLevel::isWorse)) {
            return perhaps;
        }
        for (int i = 0; i < trials.size(); i++) {
            Trial trial = trials.get(i);
            Finding finding = first.get(i);
            int place = i;
            if (called.get(i).isEmpty()) {
                isShared(trial)
                        .flatMap(isShared -> OpenLevel.recorded(trial, finding, snapshot.checked(), isShared))
                        .ifPresent(level -> perhaps.put(place, level));
            }
        }
        if (perhaps.isEmpty()) {
            return perhaps;
        }
        Set<String> runs = perhaps.values().stream()
                .flatMap(level -> level.runs().stream())
                .collect(Collectors.toSet());
        List<Integer> places = new ArrayList<>();
        List<Trial> ofBase = new ArrayList<>();
        IntPredicate isAsked = AskedSeries.of(trials.size(), perhaps::containsKey);
        for (int i = 0; i < trials.size(); i++) {
            if (!isAsked.test(i)) {
                continue;
            }
            int place = i;
            Set<String> own =
                    Optional.ofNullable(perhaps.get(i)).map(OpenLevel::runs).orElse(runs);
            OpenLevel.ofRuns(trials.get(i), own).ifPresent(trial -> {
                places.add(place);
                ofBase.add(trial);
            });
        }
        List<Finding> findings = judge.judge(ofBase.parallelStream());
        Set<Integer> worse = new HashSet<>();
        for (int i = 0; i < findings.size(); i++) {
            if (OpenLevel.isWorse(findings.get(i))) {
                worse.add(places.get(i));
            }
        }
        perhaps.keySet().retainAll(worse);
        return perhaps;
    }

    private boolean isOwn(Trial trial) {
        return trial.history().key().branch().equals(snapshot.branch());
    }

    /**
     * Whether a further regression is triaged, and so never fails the gate, while the regression below it is not
     * entirely; or only that one is triaged, and the further one is close enough to be taken for it. What is open is
     * reported instead.
     */
    private boolean isOnUnknown(Finding finding, Trial trial) {
        double noise = finding.baseline().map(Baseline::deviation).orElse(0.0);
        Optional<Annotation> stated =
                ObservedChanges.worse(finding).flatMap(change -> triaged(snapshot, change, trial));
        return stated.isPresent()
                && finding.warnings().stream()
                        .filter(Warning.OnOpenLevel.class::isInstance)
                        .map(Warning.OnOpenLevel.class::cast)
                        .map(open -> triaged(
                                snapshot,
                                new ObservedChange(finding.key(), open.open().commit(), open.change(), noise),
                                trial))
                        .anyMatch(of -> of.isEmpty() || of.equals(stated));
    }

    /** The annotation that applies to a change in a series. */
    static Optional<Annotation> triaged(Snapshot snapshot, ObservedChange change, Trial trial) {
        return snapshot.annotations()
                .of(
                        change,
                        OptionalDouble.empty(),
                        snapshot.runs(),
                        trial.history().points())
                .holding();
    }

    /** The runs that belong to both branches, where the history is that of another one. */
    private Optional<Predicate<RunInfo>> isShared(Trial trial) {
        SeriesKey key = trial.history().key();
        return key.branch().equals(snapshot.branch())
                ? Optional.empty()
                : Optional.ofNullable(snapshot.environments().get(key.environment()))
                        .flatMap(Snapshot.EnvironmentHistory::mayBeOpen);
    }
}
