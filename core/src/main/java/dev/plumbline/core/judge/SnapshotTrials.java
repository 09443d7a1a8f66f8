package dev.plumbline.core.judge;

import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.history.CalledLevels;
import dev.plumbline.core.history.RecoveredRegression;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.judge.Judgement.Judged;
import dev.plumbline.core.judge.level.EndedRegression;
import dev.plumbline.core.judge.level.HistorySize;
import dev.plumbline.core.judge.level.OffRuns;
import dev.plumbline.core.judge.level.SlowLoss;
import dev.plumbline.core.judge.level.WithdrawnRuns;
import dev.plumbline.core.judge.trial.SeriesTrial;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.judge.unit.UnitChanges;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Judges a snapshot, and adds the joint findings of the runs. */
final class SnapshotTrials {
    /** A run with a smaller share of a change is not a part of it. */
    private static final double LEAST_SHARE = 0.25;

    private final Snapshot snapshot;
    private final Policies policies;
    private final Set<String> ids;
    private final BaseHistories bases;
    private final Questions questions;
    private final List<Note> notes;
    private final WithdrawnRuns withdrawn;

    private SnapshotTrials(Snapshot asked, Policies policies) {
        this.policies = policies;
        ids = asked.ids();
        bases = new BaseHistories(asked);
        withdrawn = withdrawn(asked);
        snapshot = withdrawn.points().isEmpty() ? asked : asked.with(withdrawn.series(), withdrawn.annotations());
        questions = Questions.of(snapshot, policies, bases, false);
        notes = new ArrayList<>(questions.notes());
    }

    /** The runs that were slow as a whole in the histories of branches that are judged against themselves. */
    private WithdrawnRuns withdrawn(Snapshot asked) {
        List<Series> own = policies.roles().judged(asked.extended(), Series::key).stream()
                .filter(series -> !bases.isKnown(series.key().environment()))
                .toList();
        return WithdrawnRuns.of(own, ids, asked.annotations(), series -> policies.of(series.key(), series.unit())
                .margin());
    }

    static Judgement judge(Snapshot snapshot, Policies policies) {
        return new SnapshotTrials(snapshot, policies).judge();
    }

    /** The reference of the run after those of the snapshot. */
    static NextRun next(Snapshot snapshot, Policies policies) {
        Policies spent = bySeries(snapshot, policies);
        List<Asked> asked = Questions.of(snapshot, policies, new BaseHistories(snapshot), true)
                .asked();
        List<Trial> trials = asked.stream().map(Asked::trial).toList();
        OwnAnswers.Second second = new OwnAnswers(snapshot, spent).second(trials);
        return NextRun.of(
                asked.stream().map(one -> one.whole().key()).toList(),
                trials(trials, spent),
                trials(second.trials(), spent),
                second.places());
    }

    private static List<SeriesTrial> trials(List<Trial> trials, Policies policies) {
        return trials.parallelStream()
                .map(one -> new SeriesTrial(
                        one, policies.of(one.history().key(), one.history().unit())))
                .toList();
    }

    private Judgement judge() {
        List<Asked> judged = withoutOffRuns(questions.asked());
        OwnAnswers own = new OwnAnswers(snapshot, bySeries(snapshot, policies));
        List<Finding> findings = findings(judged, own);
        Map<Integer, LaterRuns.Beyond> beyond = new LaterRuns(snapshot, own).of(judged, findings);
        KnownFindings known = new KnownFindings(snapshot, bases, notes);
        List<Judged> answers = new ArrayList<>();
        for (int i = 0; i < judged.size(); i++) {
            Asked one = judged.get(i);
            Finding found = findings.get(i);
            answers.add(
                    beyond.containsKey(i)
                            ? known.annotated(
                                    beyond.get(i).finding(),
                                    one.with(beyond.get(i).later()),
                                    Optional.empty())
                            : known.annotated(found, one, known.accepted(found, one)));
        }
        List<Judged> series = new ArrayList<>(IntStream.range(0, judged.size())
                .parallel()
                .mapToObj(i -> {
                    Finding sized = sized(answers.get(i), judged.get(i));
                    return answers.get(i)
                            .with(sized.describing(open -> sinceFixed(sized.key(), open)))
                            .on(judged.get(i).branch());
                })
                .toList());
        questions
                .foreign()
                .forEach(finding -> series.add(new Judged(finding, Optional.empty(), Optional.empty(), List.of())));
        together(judged);
        context().ifPresent(notes::add);
        for (int i = 0; i < judged.size(); i++) {
            recovered(judged.get(i), series.get(i)).ifPresent(notes::add);
            repaired(judged.get(i), series.get(i)).ifPresent(notes::add);
            early(judged.get(i), series.get(i)).ifPresent(notes::add);
        }
        notes.addAll(slowLosses(judged, series));
        Vanished.Found vanished = Vanished.of(snapshot, policies.roles());
        notes.addAll(vanished.notes());
        withdrawn.before().forEach(one -> notes.add(new Note.SlowRun(one)));
        return new Judgement(snapshot.runs(), series, missing(vanished), notes, withdrawn.points());
    }

    /**
     * A finding with the sizes from the histories that it covers. A change against an established baseline has the size
     * that the baseline gives.
     */
    private Finding sized(Judged judged, Asked asked) {
        Finding finding = judged.finding();
        double margin = finding.policy().margin();
        if (!asked.isOwn()) {
            boolean isOnOpen = finding.alreadyOpen().isPresent()
                    || finding.warnings().stream().anyMatch(Warning.OnOpenLevel.class::isInstance);
            return isOnOpen && bases.of(finding.key()).isPresent()
                    ? finding.describing(
                            new HistorySize(bases.of(finding.key()).get(), margin, snapshot.annotations())::of)
                    : finding;
        }
        if (finding.since().isEmpty() || snapshot.reference().established().isPresent()) {
            return finding;
        }
        if (isOfOneRun(finding, asked) && !isAnyNear(before(asked), finding)) {
            return finding; // as a suite that is slower as a whole for the first time: no history is sure of one run
        }
        HistorySize history = new HistorySize(asShown(judged, asked), margin, snapshot.annotations());
        return history.of(finding, judged.isBelow()).describing(history::of);
    }

    /** Whether a change began with the newest of the runs, and came on none that is open. */
    private static boolean isOfOneRun(Finding finding, Asked asked) {
        List<Point> points = asked.upToJudged();
        return points.size() > 1
                && !commit(points.get(points.size() - 2)).equals(finding.since())
                && commit(points.get(points.size() - 1)).equals(finding.since())
                && finding.warnings().stream().noneMatch(Warning.OnOpenLevel.class::isInstance);
    }

    /** The points before the newest one. */
    private static List<Point> before(Asked asked) {
        List<Point> points = asked.upToJudged();
        return points.subList(0, points.size() - 1);
    }

    private static String commit(Point point) {
        return point.run().header().revision().commit();
    }

    /** A point of a run that was slow as a whole shows nothing of its series, and stays as it is. */
    private Point judgedBad(Point point) {
        return snapshot.annotations().isOff(point) ? point : point.asJudgedBad();
    }

    /** A series up to its judged runs as it is once the judgement is written. */
    private Series asShown(Judged judged, Asked asked) {
        Set<String> runs = asked.runs();
        Set<String> bad = judged.isBad()
                ? Stream.concat(runs.stream(), judged.earlier().stream().map(PointKey::runId))
                        .collect(Collectors.toSet())
                : Set.of();
        return asked.whole()
                .withPoints(asked.upToJudged().stream()
                        .map(point -> bad.contains(point.run().id()) ? judgedBad(point) : point)
                        .toList());
    }

    /** The questions that compare with another branch, without the runs of that in which its machine was slow. */
    private List<Asked> withoutOffRuns(List<Asked> judged) {
        List<Optional<OffRuns.Course>> courses = judged.stream()
                .map(one -> Optional.of(one).filter(asked -> !asked.isOwn()).map(this::course))
                .toList();
        OffRuns off = OffRuns.of(courses.stream().flatMap(Optional::stream).toList());
        if (off.areNone()) {
            return judged;
        }
        return IntStream.range(0, judged.size())
                .mapToObj(i -> courses.get(i)
                        .map(course -> judged.get(i).without(off.in(course)))
                        .orElse(judged.get(i)))
                .toList();
    }

    private OffRuns.Course course(Asked asked) {
        Series history = asked.trial().history();
        List<Point> points = new ArrayList<>(history.points());
        points.addAll(asked.trial().candidate());
        return new OffRuns.Course(
                asked.whole().key(),
                points,
                history.points().size(),
                history.better(),
                policies.of(history.key(), history.unit()).margin());
    }

    /**
     * The open regression that the base branch had when the runs' branch left it, with the commit that fixed it there
     * since.
     */
    private AlreadyOpen sinceFixed(SeriesKey key, AlreadyOpen open) {
        return bases.of(key)
                .flatMap(base ->
                        RecoveredRegression.end(
                                        base,
                                        open.commit(),
                                        snapshot.annotations().acceptedRuns(key))
                                .stream()
                                .mapToObj(base.points()::get)
                                .findFirst())
                .map(back -> open.fixedWith(back.run().header().revision().commit()))
                .orElse(open);
    }

    /** A note that the runs end a detected regression of the same series. */
    private Optional<Note> recovered(Asked asked, Judged judged) {
        List<Point> before = asked.trial().history().points();
        if (!asked.isOwn()) {
            return Optional.empty();
        }
        return EndedRegression.of(
                        asked.trial().history(),
                        before,
                        asked.trial().candidate(),
                        judged.finding(),
                        snapshot.annotations())
                .map(one -> new Note.Recovered(
                        judged.finding().key(),
                        one.since(),
                        one.runs(),
                        size(asked.whole().withPoints(asked.upToJudged()), one),
                        one.back(),
                        one.value(),
                        asked.trial().history().unit()));
    }

    /** A note that the runs of another branch end a detected regression that the base branch had and has. */
    private Optional<Note> repaired(Asked asked, Judged judged) {
        SeriesKey key = judged.finding().key();
        Optional<Series> base = asked.isOwn() || judged.finding().verdict() instanceof Verdict.Regressed
                ? Optional.empty()
                : bases.of(key)
                        .filter(one -> one.unit().equals(asked.whole().unit()))
                        .filter(one -> one.points().stream().anyMatch(Point::judgedBad));
        if (base.isEmpty()) { // as of nearly all, and for no more than a look
            return Optional.empty();
        }
        Set<String> runs = asked.runs();
        List<Point> judgedPoints = asked.upToJudged().stream()
                .filter(point -> runs.contains(point.run().id()))
                .toList();
        Series whole = base.get();
        List<Point> before = snapshot.upToFork(whole, policies.of(key, whole.unit()))
                .series()
                .points();
        return EndedRegression.of(whole, before, judgedPoints, judged.finding(), snapshot.annotations())
                .filter(one -> RecoveredRegression.end(
                                whole,
                                one.since().header().revision().commit(),
                                snapshot.annotations().acceptedRuns(whole.key()))
                        .isEmpty())
                .map(one -> new Note.Repaired(
                        key, one.since(), size(whole, one), whole.key().branch(), one.value(), whole.unit()));
    }

    /** The size of a detected regression that a branch has or had, as its own history reports it. */
    private double size(Series base, EndedRegression ended) {
        AlreadyOpen open = new AlreadyOpen(
                base.key().branch(), ended.since().header().revision().commit(), Optional.empty());
        return new HistorySize(base, policies.of(base.key(), base.unit()).margin(), snapshot.annotations())
                .of(open)
                .change()
                .orElse(ended.relativeChange());
    }

    /** A note on a possible regression of a series behind its first runs, where the runs show no other change. */
    private Optional<Note> early(Asked asked, Judged judged) {
        Series whole = asked.whole();
        return asked.isOwn() && !(judged.finding().verdict() instanceof Verdict.Regressed)
                ? SegmentedSeries.early(whole, judged.finding().policy().margin(), snapshot.annotations())
                        .map(Note.Early::new)
                : Optional.empty();
    }

    /** Notes on losses that the histories confirm with the runs, where these alone do not show them. */
    private List<Note> slowLosses(List<Asked> judged, List<Judged> series) {
        if (snapshot.reference().established().isPresent()) {
            return List.of();
        }
        Set<SeriesKey> known = questions.notes().stream()
                .filter(Note.UnacceptedLoss.class::isInstance)
                .map(note -> ((Note.UnacceptedLoss) note).series())
                .collect(Collectors.toSet());
        Set<String> checked = new HashSet<>(snapshot.checked());
        checked.addAll(ids);
        List<Note> losses = new ArrayList<>();
        for (int i = 0; i < judged.size(); i++) {
            Asked asked = judged.get(i);
            Finding finding = series.get(i).finding();
            if (asked.isOwn() && !(finding.verdict() instanceof Verdict.Regressed) && !known.contains(finding.key())) {
                SlowLoss.of(asked.whole(), asked.upToJudged(), finding, checked, snapshot.annotations())
                        .map(loss -> new Note.UnacceptedLoss(
                                finding.key(), loss.change(), loss.since().orElseThrow()))
                        .ifPresent(losses::add);
            }
        }
        return losses;
    }

    /**
     * The findings: the questions about each series by itself and about added-up losses share the suite's error rate.
     */
    private List<Finding> findings(List<Asked> judged, OwnAnswers own) {
        Policies spent = bySeries(snapshot, policies);
        OwnAnswers.Answers answers = own.of(judged.stream().map(Asked::trial).toList());
        List<Finding> dated = new BranchOnset(
                        answers.trials(),
                        judged.stream().map(Asked::branch).toList(),
                        spent,
                        finding -> ObservedChanges.worse(finding)
                                .flatMap(change -> snapshot.annotations().covering(change, Set.of()))
                                .isPresent())
                .dated(answers.findings());
        List<Finding> since = IntStream.range(0, dated.size())
                .mapToObj(i -> sinceChangePoint(judged.get(i), sinceLoss(judged.get(i), dated.get(i))))
                .toList();
        return snapshot.reference().milestone().isEmpty()
                ? since
                : new Accumulation(spent)
                        .judge(since, judged.stream().map(Asked::cumulative).toList());
    }

    /**
     * A regression that lies on a level to which the series was lost earlier began with that level: runs that were
     * recorded behind it without a check are no part of what the new one is held against, and do not make it another.
     */
    private Finding sinceLoss(Asked asked, Finding finding) {
        if (!asked.isOwn() || !(finding.verdict() instanceof Verdict.Regressed)) {
            return finding;
        }
        Set<String> runs = asked.runs();
        List<Point> all = asked.whole().points();
        int newest = (int) all.stream()
                .takeWhile(point -> !runs.contains(point.run().id()))
                .count();
        return questions.notes().stream()
                .filter(Note.UnacceptedLoss.class::isInstance)
                .map(Note.UnacceptedLoss.class::cast)
                .filter(loss -> loss.series().equals(finding.key()))
                .findFirst()
                .flatMap(loss -> IntStream.range(0, newest)
                        .filter(i -> all.get(i).run().id().equals(loss.since().id()))
                        .boxed()
                        .findFirst())
                .map(begin -> CalledLevels.of(
                        all, begin, finding.better(), finding.policy().margin()))
                .map(levels -> levels.get(levels.size() - 1))
                .filter(level -> level < newest)
                .map(level -> finding.beginning(
                        all.get(level).run().header().revision().commit()))
                .orElse(finding);
    }

    /**
     * A regression began where the history has its change point, once that is confirmed: some of its runs may have
     * passed their checks, and the run before it may have been slow by chance.
     */
    private Finding sinceChangePoint(Asked asked, Finding finding) {
        boolean isOpen = asked.isOwn() && finding.verdict() instanceof Verdict.Regressed;
        if (!isOpen
                || finding.since().isEmpty()
                || snapshot.reference().established().isPresent()) {
            return finding;
        }
        List<Point> points = asked.upToJudged();
        int since = points.size() - 1;
        while (since > 0 && !commit(points.get(since)).equals(finding.since())) {
            since--;
        }
        if (since == 0 || isOfOneRun(finding, asked) && !isAnyNear(points.subList(0, since), finding)) {
            return finding; // as nearly always, and for no more than a look
        }
        List<Point> called = new ArrayList<>(points.subList(0, since));
        points.subList(since, points.size()).forEach(point -> called.add(judgedBad(point)));
        Finding dated = new HistorySize(
                        asked.whole().withPoints(called), finding.policy().margin(), snapshot.annotations())
                .dated(finding, since);
        if (asked.isBelow(finding) && !asked.isBelow(dated)) {
            return finding; // what is open below an accepted level did not begin with that
        }
        // what came on top of an open loss did not begin with that
        return finding.warnings().stream()
                        .anyMatch(warning -> warning instanceof Warning.OnOpenLevel below
                                && below.open().commit().equals(dated.since()))
                ? finding
                : dated;
    }

    /** Whether one of the newest points may belong to a change already: it has a share of it. */
    private static boolean isAnyNear(List<Point> points, Finding finding) {
        Optional<Effect> effect = finding.verdict().effect();
        return points.subList(Math.max(0, points.size() - HistorySize.NEAR), points.size()).stream()
                .anyMatch(point -> effect.filter(change ->
                                (point.value() - change.before()) / (change.after() - change.before()) > LEAST_SHARE)
                        .isPresent());
    }

    /** The policies of what is asked of each series by itself. */
    private static Policies bySeries(Snapshot snapshot, Policies policies) {
        return snapshot.reference().milestone().isEmpty() ? policies : policies.spending(0.5);
    }

    /** The missing benchmarks that are not accepted and that the base branch has; notes report the rest. */
    private List<Missing> missing(Vanished.Found vanished) {
        List<Missing> open = new ArrayList<>();
        for (Missing one : vanished.missing()) {
            snapshot.annotations()
                    .coveringMissing(one.key(), one.isBenchmark(), last(one))
                    .<Note>map(acceptance -> {
                        snapshot.annotations()
                                .lenient(acceptance)
                                .ifPresent(from -> notes.add(new Note.AcceptedElsewhere(one.key(), from)));
                        return new Note.AcceptedMissing(one, acceptance);
                    })
                    .or(() -> vanished.onBase().stream()
                            .filter(note -> note.missing().equals(one))
                            .findFirst())
                    .ifPresentOrElse(notes::add, () -> open.add(one));
        }
        return open;
    }

    /** The last run that has it; of a series that took another unit under its name the first run in that. */
    private Optional<RunInfo> last(Missing missing) {
        return snapshot.extended().stream()
                .filter(series -> series.key().equals(missing.key()))
                .findFirst()
                .flatMap(UnitChanges::first)
                .or(() -> snapshot.known().apply(missing.key()).flatMap(series -> series.points().stream()
                        .reduce((earlier, later) -> later)
                        .map(Point::run)));
    }

    /**
     * Earlier runs of the same commit are further samples of it: the reported levels are not those of the file alone.
     */
    private void together(List<Asked> judged) {
        Map<String, Set<String>> byCommit = new TreeMap<>();
        Set<String> elsewhere = new TreeSet<>();
        for (Asked one : judged) {
            List<Point> points = one.trial().candidate();
            if (!points.stream().allMatch(point -> ids.contains(point.run().id()))) {
                points.forEach(point -> byCommit.computeIfAbsent(
                                point.run().header().revision().shortCommit(), commit -> new TreeSet<>())
                        .add(point.run().id()));
                points.stream()
                        .map(point -> point.run().header().revision().branch())
                        .filter(branch -> !branch.equals(snapshot.branch()))
                        .forEach(elsewhere::add);
            }
        }
        byCommit.forEach(
                (commit, runs) -> notes.add(new Note.JudgedTogether(commit, runs.size(), List.copyOf(elsewhere))));
    }

    /** The metrics that were measured and not judged, each once; empty where everything was judged. */
    private Optional<Note> context() {
        List<Series> extended = policies.roles().judged(snapshot.extended(), Series::key);
        if (extended.size() == snapshot.extended().size()) {
            return Optional.empty();
        }
        Set<SeriesKey> judged = extended.stream().map(Series::key).collect(Collectors.toSet());
        return Optional.of(new Note.ContextMetrics(snapshot.extended().stream()
                .map(Series::key)
                .filter(key -> !judged.contains(key))
                .map(SeriesKey::metric)
                .distinct()
                .sorted()
                .toList()));
    }
}
