package dev.plumbline.core.judge;

import static java.util.stream.Collectors.toMap;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.FollowedTriage;
import dev.plumbline.core.annotation.ObservedChange;
import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Reason;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.history.CalledLevels;
import dev.plumbline.core.history.RecoveredRegression;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.history.Swing;
import dev.plumbline.core.judge.Judgement.Judged;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.SeriesWarning;
import dev.plumbline.core.model.Unit;
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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Cuts the series of a snapshot into histories and what is to be judged against them, and judges that. */
final class SnapshotTrials {
    private final Snapshot snapshot;
    private final Policies policies;
    private final Set<String> ids;
    private final boolean isNext;
    private final ReferenceHistories references;
    private final Map<String, Map<Name, Series>> bases = new HashMap<>();
    private final List<Note> notes = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
    private final List<Finding> foreign = new ArrayList<>();
    private final List<Series> extended;

    /** @param isNext whether the run that comes after those in question is asked of, and not they */
    private SnapshotTrials(Snapshot snapshot, Policies policies, boolean isNext) {
        this.snapshot = snapshot;
        this.isNext = isNext;
        this.policies = policies;
        ids = snapshot.ids();
        extended = policies.roles().judged(snapshot.extended(), Series::key);
        references = new ReferenceHistories(snapshot, policies);
        snapshot.environments().forEach((environment, history) -> history.base()
                .ifPresent(series -> bases.put(
                        environment, series.stream().collect(toMap(one -> Name.of(one.key()), Function.identity())))));
    }

    /** A series without environment and branch. */
    private record Name(Benchmark benchmark, String metric) {
        static Name of(SeriesKey key) {
            return new Name(key.benchmark(), key.metric());
        }
    }

    /**
     * What is asked of one series.
     *
     * @param whole the series that the runs extend
     * @param cumulative what is asked about losses that add up
     * @param below what is open below the accepted level that the series stands on
     * @param branch what the branch of the runs has behind them, where the trial is of another one's history
     */
    private record Asked(
            Series whole,
            Trial trial,
            Optional<Accumulation.Question> cumulative,
            Optional<OpenBelowAccepted> below,
            List<Point> branch) {
        /** Whether a finding is of what is open below the accepted level, of which the runs are. */
        boolean isBelow(Finding finding) {
            return below.filter(one -> one.isOpen(finding.since())).isPresent();
        }

        /** The same of some of the runs. */
        Asked with(List<Point> points) {
            return new Asked(whole, trial.with(points), cumulative, below, branch);
        }

        /** What measured nothing but zero says nothing: of counters of events that never happen there are many. */
        boolean isZeroForEver() {
            return !trial.history().points().isEmpty()
                    && trial.candidate().stream().allMatch(point -> point.value() == 0)
                    && trial.history().points().stream().allMatch(point -> point.value() == 0);
        }
    }

    static Judgement judge(Snapshot snapshot, Policies policies) {
        return new SnapshotTrials(snapshot, policies, false).judge();
    }

    /** What the run after those in question will be held against. */
    static List<NextRun.Expected> next(Snapshot snapshot, Policies policies) {
        SnapshotTrials trials = new SnapshotTrials(snapshot, policies, true);
        Policies spent = trials.bySeries();
        return trials.judged().parallelStream()
                .map(one -> new NextRun.Expected(
                        one.whole.key(),
                        new SeriesTrial(
                                one.trial,
                                spent.of(
                                        one.trial.history().key(),
                                        one.trial.history().unit()))))
                .toList();
    }

    /** What is asked, of the series that have anything to tell. */
    private List<Asked> judged() {
        List<Held> held = extended.parallelStream().map(this::held).toList();
        for (int i = 0; i < extended.size(); i++) {
            ask(extended.get(i), held.get(i));
        }
        List<Asked> moving = asked.stream().filter(one -> !one.isZeroForEver()).toList();
        // of a suite that measured nothing else they are all there is to tell of
        return moving.isEmpty() ? asked : moving;
    }

    private Judgement judge() {
        List<Asked> judged = judged();
        List<Finding> findings = findings(judged);
        Map<Integer, Beyond> beyond = beyondAccepted(judged, findings);
        List<Judged> series = new ArrayList<>();
        for (int i = 0; i < judged.size(); i++) {
            Asked one = judged.get(i);
            Finding found = findings.get(i);
            Judged answer = beyond.containsKey(i)
                    ? annotated(beyond.get(i).finding, one.with(beyond.get(i).later), Optional.empty())
                    : annotated(found, one, accepted(found, one));
            series.add(answer.with(answer.finding()
                            .describing(open -> sinceFixed(answer.finding().key(), open)))
                    .on(one.branch));
        }
        foreign.forEach(finding -> series.add(new Judged(finding, Optional.empty(), Optional.empty(), List.of())));
        together(judged);
        if (extended.size() < snapshot.extended().size()) {
            notes.add(new Note.ContextMetrics(context()));
        }
        for (int i = 0; i < judged.size(); i++) {
            recovered(judged.get(i), series.get(i)).ifPresent(notes::add);
            early(judged.get(i), series.get(i)).ifPresent(notes::add);
        }
        Vanished.Found vanished = Vanished.of(snapshot, policies.roles());
        notes.addAll(vanished.notes());
        return new Judgement(snapshot.runs(), series, missing(vanished), notes);
    }

    /** What the base branch had when the branch of the runs left it, with the commit that fixed it there since. */
    private AlreadyOpen sinceFixed(SeriesKey key, AlreadyOpen open) {
        return Optional.ofNullable(bases.get(key.environment()))
                .map(base -> base.get(Name.of(key)))
                .flatMap(base -> RecoveredRegression.end(base, open.commit()).stream()
                        .mapToObj(base.points()::get)
                        .findFirst())
                .map(back -> open.fixedWith(back.run().header().revision().commit()))
                .orElse(open);
    }

    /** That the runs end a regression which checks have called of the same series. */
    private static Optional<Note> recovered(Asked asked, Judged judged) {
        List<Point> before = asked.trial().history().points();
        boolean isOwn = asked.trial().history().key().equals(asked.whole().key());
        if (!isOwn
                || before.isEmpty()
                || !before.get(before.size() - 1).judgedBad()
                || judged.finding().verdict() instanceof Verdict.Regressed) {
            return Optional.empty();
        }
        List<Point> all = new ArrayList<>(before);
        all.addAll(asked.trial().candidate());
        Series series = asked.trial().history().withPoints(all);
        return RecoveredRegression.of(series, series.values()).stream()
                .filter(one -> one.end() == before.size())
                .findFirst()
                .map(one -> new Note.Recovered(
                        series.key(), before.get(one.index()).run(), one.end() - one.index(), one.relativeChange()));
    }

    /** That a series may have got worse behind its first runs, where the runs show nothing else. */
    private Optional<Note> early(Asked asked, Judged judged) {
        Series whole = asked.whole();
        boolean isOwn = asked.trial().history().key().equals(whole.key());
        return isOwn && !(judged.finding().verdict() instanceof Verdict.Regressed)
                ? SegmentedSeries.early(whole, judged.finding().policy().margin(), snapshot.annotations())
                        .map(Note.Early::new)
                : Optional.empty();
    }

    /** What is asked of each series by itself and of what has added up shares the suite's error rate. */
    private List<Finding> findings(List<Asked> judged) {
        Policies spent = bySeries();
        Answers answers = own(judged.stream().map(Asked::trial).toList(), spent);
        List<Finding> own = new BranchOnset(
                        answers.trials, judged.stream().map(Asked::branch).toList(), spent, finding -> worse(finding)
                                .flatMap(change -> snapshot.annotations().covering(change, Set.of()))
                                .isPresent())
                .dated(answers.findings);
        return snapshot.reference().milestone().isEmpty()
                ? own
                : new Accumulation(spent)
                        .judge(own, judged.stream().map(Asked::cumulative).toList());
    }

    /** What later runs of an accepted commit show that is clearly more than what was accepted. */
    private record Beyond(Finding finding, List<Point> later) {}

    /**
     * The later runs of accepted commits are judged alone: together with those that were accepted they would hide. What
     * checks passed since lies where the accepted runs do and tells their level too; but several runs may show together
     * what each of them did not.
     */
    private Map<Integer, Beyond> beyondAccepted(List<Asked> judged, List<Finding> findings) {
        Map<Integer, Beyond> found = beyondAccepted(judged, findings, this::isPassed);
        beyondAccepted(judged, findings, point -> false).forEach(found::putIfAbsent);
        return found;
    }

    /** @param isAccepted which points lie at the accepted level, besides those that somebody accepted */
    private Map<Integer, Beyond> beyondAccepted(
            List<Asked> judged, List<Finding> findings, Predicate<Point> isAccepted) {
        Map<Integer, BeyondAccepted> perhaps = new TreeMap<>();
        Set<String> runs = new HashSet<>();
        for (int i = 0; i < judged.size(); i++) {
            Optional<BeyondAccepted> one = beyondAccepted(judged.get(i), findings.get(i), isAccepted);
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
            Trial trial = judged.get(i).trial;
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
        List<Finding> alone = own(later, bySeries()).findings;
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

    private Optional<BeyondAccepted> beyondAccepted(Asked asked, Finding finding, Predicate<Point> isAccepted) {
        return worse(finding)
                .flatMap(change -> snapshot.annotations().covering(change, runs(asked)))
                .flatMap(acceptance -> {
                    Annotations annotations = snapshot.annotations();
                    SeriesKey key = asked.whole.key();
                    List<Point> all = annotations.since(acceptance, key, asked.trial.candidate());
                    Predicate<Point> isOf = point -> annotations.isOf(acceptance, key, point.run());
                    String commit = all.get(0).run().header().revision().commit();
                    if (!acceptance.isSince(commit) && all.stream().noneMatch(isOf)) {
                        return Optional.empty();
                    }
                    Map<Boolean, List<Point>> parted =
                            all.stream().collect(Collectors.partitioningBy(isOf.or(isAccepted)));
                    return parted.get(false).isEmpty()
                            ? Optional.empty()
                            : Optional.of(new BeyondAccepted(acceptance, parted.get(true), parted.get(false)));
                });
    }

    private boolean isPassed(Point point) {
        return !point.judgedBad() && snapshot.checked().contains(point.run().id());
    }

    /** The acceptance that covers what the runs show; none of the level that they are held against. */
    private Optional<Acceptance> accepted(Finding finding, Asked asked) {
        return worse(finding)
                .flatMap(change -> snapshot.annotations().covering(change, runs(asked)))
                .filter(acceptance -> !snapshot.annotations().isLevelOf(acceptance, asked.trial.history()));
    }

    /** What is asked of each series by itself; where runs of one commit do not agree, most of them answer. */
    private Answers own(List<Trial> trials, Policies spent) {
        Answers pooled = answers(trials, spent);
        Map<Integer, Disagreement> disagreements = disagreements(pooled, spent);
        if (disagreements.isEmpty()) {
            return pooled;
        }
        List<Trial> byMost = new ArrayList<>(trials);
        disagreements.forEach((i, one) ->
                one.majority().ifPresent(points -> byMost.set(i, trials.get(i).with(points))));
        Answers most = byMost.equals(trials) ? pooled : answers(byMost, spent);
        List<Finding> reported = new ArrayList<>(most.findings);
        disagreements.forEach(
                (i, one) -> reported.set(i, one.majority().isPresent() ? one.decided(reported.get(i)) : one.held()));
        return new Answers(most.trials, reported);
    }

    /** Where several runs of one commit do not agree, by the place of the series. */
    private Map<Integer, Disagreement> disagreements(Answers pooled, Policies spent) {
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
            List<Finding> findings = new Judge(spent).judge(ofRun.parallelStream());
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
                Disagreement.better(candidate, each).ifPresent(notes::add);
            }
        });
        return found;
    }

    /**
     * What the series answer.
     *
     * @param trials that led to the answers; of runs of one commit each is asked by them
     */
    private record Answers(List<Trial> trials, List<Finding> findings) {}

    /** Where a series has got worse already, it is asked against both of its levels. */
    private Answers answers(List<Trial> trials, Policies spent) {
        List<Finding> first = new Judge(spent).judge(trials.parallelStream());
        List<Optional<OpenLevel>> open = openLevels(trials, first, spent);
        if (open.stream().allMatch(Optional::isEmpty)) {
            return new Answers(trials, first);
        }
        List<Trial> again = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            again.add(open.get(i).map(OpenLevel::bad).orElse(trials.get(i)));
        }
        List<Finding> second = new Judge(spent).judge(again.parallelStream());
        List<Finding> reported = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            Trial trial = trials.get(i);
            Finding one = first.get(i);
            Finding other = second.get(i);
            boolean isOwn = isOwn(trial);
            Finding answer = isOwn
                    ? open.get(i)
                            .map(level -> level.toldOfOwn(one, other))
                            .filter(found -> !isOnUnknown(found, trial))
                            .orElse(one)
                    : open.get(i).map(level -> level.reported(one, other)).orElse(other);
            reported.add(answer);
            if (isOwn ? answer.equals(one) : answer.alreadyOpen().isPresent()) {
                // a run without what is open on the base says that the branch does not have it
                again.set(i, trial);
            }
        }
        return new Answers(again, reported);
    }

    /** What is open of each series: on its own branch, or on the base branch when the branch of the runs left it. */
    private List<Optional<OpenLevel>> openLevels(List<Trial> trials, List<Finding> first, Policies spent) {
        List<Optional<OpenLevel>> called = trials.stream()
                .map(trial -> isShared(trial).flatMap(isShared -> OpenLevel.called(trial, isShared)))
                .toList();
        Map<Integer, OpenLevel> recorded = recorded(trials, first, called, spent);
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
     * What the base came to with runs that no check judged, and that a check would not have passed. These are judged
     * now, so that a healthy run which happens to lie on the worse side excuses nobody.
     *
     * @param called what checks have called on the base
     */
    private Map<Integer, OpenLevel> recorded(
            List<Trial> trials, List<Finding> first, List<Optional<OpenLevel>> called, Policies spent) {
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
        for (int i = 0; i < trials.size(); i++) {
            int place = i;
            Set<String> own =
                    Optional.ofNullable(perhaps.get(i)).map(OpenLevel::runs).orElse(runs);
            OpenLevel.ofRuns(trials.get(i), own).ifPresent(trial -> {
                places.add(place);
                ofBase.add(trial);
            });
        }
        List<Finding> findings = new Judge(spent).judge(ofBase.parallelStream());
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
     * Whether somebody triaged a further regression, which fails no gate then, and not all of what it came on top of;
     * or spoke of that alone, and the further one lies near enough to be taken for it. What is open is reported
     * instead.
     */
    private boolean isOnUnknown(Finding finding, Trial trial) {
        double noise = finding.baseline().map(Baseline::deviation).orElse(0.0);
        Optional<Annotation> stated = worse(finding).flatMap(change -> triaged(change, trial));
        return stated.isPresent()
                && finding.warnings().stream()
                        .filter(Warning.OnOpenLevel.class::isInstance)
                        .map(Warning.OnOpenLevel.class::cast)
                        .map(open -> triaged(
                                new ObservedChange(finding.key(), open.open().commit(), open.change(), noise), trial))
                        .anyMatch(of -> of.isEmpty() || of.equals(stated));
    }

    private Optional<Annotation> triaged(ObservedChange change, Trial trial) {
        return snapshot.annotations()
                .of(
                        change,
                        OptionalDouble.empty(),
                        snapshot.runs(),
                        trial.history().points())
                .holding();
    }

    /** Which runs belong to both branches, where the history is that of another one. */
    private Optional<Predicate<RunInfo>> isShared(Trial trial) {
        SeriesKey key = trial.history().key();
        return key.branch().equals(snapshot.branch())
                ? Optional.empty()
                : Optional.ofNullable(snapshot.environments().get(key.environment()))
                        .flatMap(Snapshot.EnvironmentHistory::isShared);
    }

    /** The policies of what is asked of each series by itself. */
    private Policies bySeries() {
        return snapshot.reference().milestone().isEmpty() ? policies : policies.spending(0.5);
    }

    private Optional<Map<Name, Series>> base(Series series) {
        return Optional.ofNullable(bases.get(series.key().environment()));
    }

    /** The history that a series has on the branch that it is held against. */
    private Series rolling(Series series, Split split) {
        return base(series)
                .map(known -> known.getOrDefault(Name.of(series.key()), series.withPoints(List.of())))
                .orElseGet(() -> series.withPoints(split.before));
    }

    /**
     * What a series is held against, as far as it shows by itself.
     *
     * @param rolling the history that it has on the branch that it is held against
     * @param swing with the clock, of that history
     * @param reference the part of it, or the baseline, that the candidate is judged against
     */
    private record Held(Split split, Series rolling, Optional<Swing> swing, ReferenceHistories.Referenced reference) {}

    private Held held(Series series) {
        Split split = split(series);
        Series rolling = rolling(series, split);
        Optional<Swing> swing = references.swing(rolling);
        return new Held(split, rolling, swing, references.of(rolling, swing));
    }

    private void ask(Series series, Held held) {
        Optional<Map<Name, Series>> base = base(series);
        Split split = held.split;
        if (split.candidate.isEmpty()) {
            foreign.add(notComparable(series, contradicts(series, base.isPresent() ? held.rolling : series)));
            return;
        }
        // a single earlier run establishes no unit: it may be the one that is wrong
        if (base.isEmpty() && split.before.isEmpty() && series.foreign() > 1) {
            foreign.add(notComparable(
                    series,
                    new Evidence.ForeignUnit(
                            Optional.of(series.unit()),
                            new Evidence.ForeignUnit.EarlierRuns(series.foreign()),
                            Optional.empty())));
            return;
        }
        if (base.isEmpty() && split.before.isEmpty()) {
            series.warnings().stream()
                    .filter(SeriesWarning.ForeignUnit.class::isInstance)
                    .map(SeriesWarning.ForeignUnit.class::cast)
                    .forEach(one -> notes.add(new Note.OtherUnitBefore(series.key(), one.before(), one.now())));
        }
        Series rolling = held.rolling;
        if (base.isPresent() && !rolling.unit().isComparableWith(series.unit())) {
            foreign.add(notComparable(
                    series,
                    new Evidence.ForeignUnit(
                            Optional.of(series.unit()),
                            new Evidence.ForeignUnit.Branch(snapshot.reference().baseBranch()),
                            Optional.of(rolling.unit()))));
            return;
        }
        if (base.isPresent() && !rolling.points().isEmpty() && rolling.better() != series.better()) {
            foreign.add(notComparable(series, new Evidence.OtherDirection(series.better(), rolling.better())));
            return;
        }
        Optional<Accumulation.Question> question =
                base.isPresent() ? Optional.empty() : references.accumulation(rolling, split.candidate, notes);
        Optional<Swing> swing = held.swing;
        ReferenceHistories.Referenced referenced = held.reference;
        Series history = referenced.history();
        notes.addAll(referenced.notes());
        if (!history.unit().isComparableWith(series.unit())) {
            foreign.add(notComparable(
                    series,
                    new Evidence.ForeignUnit(
                            Optional.of(series.unit()),
                            new Evidence.ForeignUnit.Established(),
                            Optional.of(history.unit()))));
            return;
        }
        if (!history.points().isEmpty() && history.better() != series.better()) {
            foreign.add(notComparable(series, new Evidence.OtherDirection(series.better(), history.better())));
            return;
        }
        List<Point> candidate = converted(split.candidate, series.unit(), history.unit());
        List<Point> branch = base.isEmpty() ? List.of() : converted(behind(split), series.unit(), history.unit());
        swing.ifPresent(found -> found.seasons()
                .forEach(season ->
                        notes.add(new Note.SwingTakenOut(history.key(), season.period(), season.amplitude()))));
        asked.add(new Asked(
                series,
                new Trial(
                        history,
                        swing.map(found -> found.without(candidate)).orElse(candidate),
                        history.points().isEmpty() ? elsewhere(series.key()) : List.of(),
                        referenced.before(),
                        referenced.held()),
                question,
                referenced.below(),
                swing.map(found -> found.without(branch)).orElse(branch)));
    }

    /** What the branch of the runs has behind them, without what it shares with the branch they are held against. */
    private List<Point> behind(Split split) {
        Predicate<RunInfo> isBehind = snapshot.environments()
                .get(split.candidate.get(0).run().header().environment().key())
                .isBehind();
        return split.before.stream().filter(point -> isBehind.test(point.run())).toList();
    }

    /**
     * Why the values of the runs are none of the series.
     *
     * @param reference what they would be judged against: of the branch itself, or of the one it is held against
     */
    private Reason contradicts(Series series, Series reference) {
        Optional<SeriesWarning.Contradicted> contradicted = series.warnings().stream()
                .filter(SeriesWarning.Contradicted.class::isInstance)
                .map(SeriesWarning.Contradicted.class::cast)
                .findFirst();
        boolean isHeld = series != reference && !reference.points().isEmpty();
        if (isHeld
                && contradicted
                        .filter(stated -> !stated.unit().isComparableWith(reference.unit()))
                        .isPresent()) {
            return new Evidence.ForeignUnit(
                    contradicted.map(SeriesWarning.Contradicted::unit),
                    new Evidence.ForeignUnit.Branch(snapshot.reference().baseBranch()),
                    Optional.of(reference.unit()));
        }
        return contradicted
                .<Reason>map(stated -> stated.isOfUnit()
                        ? new Evidence.ForeignUnit(
                                Optional.of(stated.unit()),
                                new Evidence.ForeignUnit.EarlierRuns(
                                        series.points().size()),
                                Optional.of(series.unit()))
                        : new Evidence.OtherDirection(stated.better(), series.better()))
                .orElseGet(() -> new Evidence.ForeignUnit(
                        Optional.empty(), new Evidence.ForeignUnit.NewerRuns(), Optional.of(series.unit())));
    }

    private Finding notComparable(Series series, Reason reason) {
        return ForeignUnit.finding(
                series.key(),
                series.unit(),
                series.better(),
                policies.of(series.key(), series.unit()),
                reason,
                series.warnings());
    }

    /** The environments other than its own in which something is known of a series. */
    private List<String> elsewhere(SeriesKey key) {
        return Stream.concat(snapshot.elsewhere().apply(key).stream(), references.elsewhere(key).stream())
                .filter(environment -> !environment.equals(key.environment()))
                .distinct()
                .toList();
    }

    /** The points in the unit of the history that they are judged against. */
    private static List<Point> converted(List<Point> points, Unit from, Unit to) {
        double factor = from.factor() / to.factor();
        if (factor == 1) {
            return points;
        }
        return points.stream().map(point -> point.times(factor)).toList();
    }

    private record Split(List<Point> before, List<Point> candidate) {}

    /** The candidate is every point of the revision up to the newest judged run; history is what lies before. */
    private Split split(Series series) {
        List<Point> points = series.points();
        if (isNext) {
            return new Split(points, List.of(NextRun.newest(series)));
        }
        int last = points.size() - 1;
        while (last >= 0 && !ids.contains(points.get(last).run().id())) {
            last--;
        }
        if (last < 0 && !snapshot.isPooled()) {
            last = points.size() - 1; // another run of the commit may stand for these
            while (last >= 0 && !belongs(points.get(last), snapshot.runs().get(0))) {
                last--;
            }
        }
        if (last < 0) {
            return new Split(points, List.of()); // what the runs measured is in a unit that newer runs gave up
        }
        int first = last;
        while (first > 0 && belongs(points.get(first - 1), points.get(last).run())) {
            first--;
        }
        return new Split(points.subList(0, first), points.subList(first, last + 1));
    }

    /** A further run of the same commit confirms; a dirty working copy is another state each time. */
    private boolean belongs(Point point, RunInfo newest) {
        String commit = newest.header().revision().commit();
        return ids.contains(point.run().id())
                || !commit.isEmpty()
                        && !commit.endsWith(Revision.DIRTY)
                        && commit.equals(point.run().header().revision().commit());
    }

    /**
     * The finding with what people recorded about it.
     *
     * @param acceptance the one that covers it, where it is worse
     */
    private Judged annotated(Finding found, Asked asked, Optional<Acceptance> acceptance) {
        Finding finding = behindFalseAlarm(found, asked);
        Optional<ObservedChange> change = worse(finding);
        if (change.isEmpty()) {
            return better(finding)
                    .flatMap(one -> snapshot.annotations().covering(one, runs(asked)))
                    .filter(one -> one.metric().isPresent())
                    .map(one -> accepted(finding, one, asked))
                    .orElseGet(() -> new Judged(finding, Optional.of(asked.trial), Optional.empty(), List.of()));
        }
        OptionalDouble level =
                finding.baseline().map(Baseline::level).map(OptionalDouble::of).orElse(OptionalDouble.empty());
        Annotated byCommit = snapshot.annotations().of(change.get(), level, snapshot.runs(), points(finding, asked));
        Optional<FollowedTriage> followed = isOnBase(finding) && acceptance.isEmpty() && byCommit.equals(Annotated.NONE)
                ? snapshot.annotations().squashed(change.get())
                : Optional.empty();
        Annotated stated = followed.map(one -> byCommit.then(one.annotation())).orElse(byCommit);
        Annotated all = acceptance.map(Acceptance::annotation).map(stated::and).orElse(stated);
        Finding reported = all.holding().map(finding::with).orElse(finding);
        if (acceptance.isPresent()) {
            notes.add(new Note.AcceptedChange(finding.key()));
        } else if (all.holding().isPresent()) {
            notes.add(new Note.KnownChange(finding.key()));
        }
        return new Judged(
                all.broken()
                        .map(promise -> reported.withWarning(new Warning.BrokenPromise(promise)))
                        .orElse(reported),
                Optional.of(asked.trial),
                acceptance,
                followed,
                asked.isBelow(finding) ? List.of() : earlier(finding, asked),
                asked.isBelow(finding));
    }

    /**
     * The runs of a change that somebody called a false alarm count, and a larger change that the judged runs show on
     * top of it begins behind them.
     */
    private Finding behindFalseAlarm(Finding finding, Asked asked) {
        Optional<ObservedChange> change = worse(finding);
        int earlier = asked.isBelow(finding) ? 0 : earlier(finding, asked).size();
        if (change.isEmpty()
                || earlier == 0
                || triaged(change.get(), asked.trial).isPresent()) {
            return finding;
        }
        List<Point> judged = asked.trial.candidate();
        String newest = judged.get(judged.size() - 1).run().id();
        List<Point> points = asked.whole.points();
        int end = points.size();
        while (end > 0 && !points.get(end - 1).run().id().equals(newest)) {
            end--;
        }
        List<Point> all = points.subList(0, end);
        int begin = end - judged.size() - earlier;
        List<Integer> levels =
                CalledLevels.of(all, begin, finding.better(), finding.policy().margin());
        if (levels.size() < 2) {
            return finding;
        }
        ObservedChange first = new ObservedChange(
                finding.key(),
                finding.since(),
                CalledLevels.changes(all, levels).get(0),
                change.get().noise());
        return triaged(first, asked.trial)
                .filter(Annotation.FalseAlarm.class::isInstance)
                .map(stated -> finding.beginning(
                        all.get(levels.get(1)).run().header().revision().commit()))
                .orElse(finding);
    }

    /** Whether it is of the branch to which others are merged. */
    private boolean isOnBase(Finding finding) {
        String base = snapshot.reference().baseBranch();
        return snapshot.branch().equals(base) && finding.key().branch().equals(base);
    }

    private static Set<String> runs(Asked asked) {
        return asked.trial.candidate().stream().map(point -> point.run().id()).collect(Collectors.toSet());
    }

    /** What is missing, nobody accepted, and the base branch has; notes report the rest. */
    private List<Missing> missing(Vanished.Found vanished) {
        List<Missing> open = new ArrayList<>();
        for (Missing one : vanished.missing()) {
            Optional<RunInfo> last = snapshot.known().apply(one.key()).flatMap(series -> series.points().stream()
                    .reduce((earlier, later) -> later)
                    .map(Point::run));
            snapshot.annotations()
                    .coveringMissing(one.key(), one.isBenchmark(), last)
                    .<Note>map(acceptance -> new Note.AcceptedMissing(one, acceptance))
                    .or(() -> vanished.onBase().stream()
                            .filter(note -> note.missing().equals(one))
                            .findFirst())
                    .ifPresentOrElse(notes::add, () -> open.add(one));
        }
        return open;
    }

    /** An improvement that somebody accepted: what is too good to be true is true, and where the series begins. */
    private Judged accepted(Finding finding, Acceptance acceptance, Asked asked) {
        notes.add(new Note.AcceptedChange(finding.key()));
        return new Judged(
                finding.with(acceptance.annotation()), Optional.of(asked.trial), Optional.of(acceptance), List.of());
    }

    /** Suspects too: what people know of needs no second run. */
    private static Optional<ObservedChange> worse(Finding finding) {
        boolean isWorse = finding.verdict() instanceof Verdict.Regressed || finding.isSuspect();
        return isWorse ? observed(finding) : Optional.empty();
    }

    private static Optional<ObservedChange> better(Finding finding) {
        return finding.verdict() instanceof Verdict.Improved ? observed(finding) : Optional.empty();
    }

    private static Optional<ObservedChange> observed(Finding finding) {
        return finding.verdict()
                .effect()
                .map(Effect::relativeChange)
                .map(change -> new ObservedChange(
                        finding.key(),
                        finding.since(),
                        change,
                        finding.baseline().map(Baseline::deviation).orElse(0.0),
                        below(finding)));
    }

    /** The commits of what is open on the level that a finding came on. */
    private static Set<String> below(Finding finding) {
        return finding.warnings().stream()
                .filter(Warning.OnOpenLevel.class::isInstance)
                .map(warning -> ((Warning.OnOpenLevel) warning).open().commit())
                .filter(commit -> !commit.isEmpty())
                .collect(Collectors.toSet());
    }

    /** All points of the series that a finding speaks of. */
    private List<Point> points(Finding finding, Asked asked) {
        if (finding.key().equals(asked.whole.key())) {
            return asked.whole.points();
        }
        return Optional.ofNullable(bases.get(finding.key().environment()))
                .map(base -> base.get(Name.of(finding.key())))
                .map(Series::points)
                .orElse(List.of());
    }

    /**
     * The points at the bad level before the judged ones: those from the revision on at which the change began. They
     * were too few to be called when they came, and would wear the level down that is judged against.
     */
    private static List<PointKey> earlier(Finding finding, Asked asked) {
        List<Point> judged = asked.trial.candidate();
        if (finding.since().isEmpty()
                || finding.since()
                        .equals(judged.get(0).run().header().revision().commit())
                || !finding.key().equals(asked.whole.key())) {
            return List.of();
        }
        List<Point> points = asked.whole.points();
        int end = 0;
        while (end < points.size()
                && !points.get(end).run().id().equals(judged.get(0).run().id())) {
            end++;
        }
        int start = end;
        while (start > 0
                && !points.get(start).run().header().revision().commit().equals(finding.since())) {
            start--;
        }
        boolean isThere = end < points.size()
                && points.get(start).run().header().revision().commit().equals(finding.since());
        return isThere
                ? points.subList(start, end).stream().map(asked.whole::keyOf).toList()
                : List.of();
    }

    /**
     * Earlier runs of the same commit are further samples of it: the reported levels are not those of the file alone.
     */
    private void together(List<Asked> judged) {
        Map<String, Set<String>> byCommit = new TreeMap<>();
        for (Asked one : judged) {
            List<Point> points = one.trial.candidate();
            if (!points.stream().allMatch(point -> ids.contains(point.run().id()))) {
                points.forEach(point -> byCommit.computeIfAbsent(
                                point.run().header().revision().shortCommit(), commit -> new TreeSet<>())
                        .add(point.run().id()));
            }
        }
        byCommit.forEach((commit, runs) -> notes.add(new Note.JudgedTogether(commit, runs.size())));
    }

    /** What was measured and not judged, each metric once. */
    private List<String> context() {
        Set<SeriesKey> judged = extended.stream().map(Series::key).collect(Collectors.toSet());
        return snapshot.extended().stream()
                .map(Series::key)
                .filter(key -> !judged.contains(key))
                .map(SeriesKey::metric)
                .distinct()
                .sorted()
                .toList();
    }
}
