package dev.plumbline.core.judge.level;

import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.history.CalledLevels;
import dev.plumbline.core.history.CalledStretch;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.suite.SuiteEvidence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A regression that a series already has: on the base branch, from before the fork, or on the judged branch itself. The
 * runs are asked twice: whether they are worse than the level before it, and if so, whether they are worse than what it
 * came to. What is the second is another regression, on top of it. What is not is the open one still: no fault of
 * another branch's runs, and called again in those of its own.
 *
 * <p>In the second judgement the regression counts as accepted: its runs, one or many, determine the level, and those
 * before it the noise.
 *
 * @param good what the series is held against else
 * @param bad the trial that asks the second question
 * @param before the level before the regression
 * @param below what is open, the oldest first: the level, and on its own branch those that it came on top of
 */
public record OpenLevel(Trial good, Trial bad, double before, List<Warning.OnOpenLevel> below) {
    /** The most values that describe today's noise. */
    private static final int MOST_BEFORE = 200;

    /** The number of values that determine a level. */
    private static final int NEWEST = 10;

    /**
     * The open level that checks have detected.
     *
     * @param trial of runs of another branch
     * @param isShared whether a run belongs to both branches
     */
    public static Optional<OpenLevel> called(Trial trial, Predicate<RunInfo> isShared) {
        List<Point> points = trial.history().points();
        int begin = CalledStretch.onset(points, trial.history().better());
        // where checks were not sure of any run, these together are the level
        return begin < points.size() || trial.held().isEmpty()
                ? of(trial, begin, points.subList(begin, points.size()), isShared)
                : of(trial, begin, trial.held(), isShared);
    }

    /**
     * The open level that checks have detected on the branch of the runs themselves, where these, or the detected ones
     * before, lie on a further level on top of it. Regressions detected on it stay judged bad on the level below.
     *
     * @param margin the smallest relative change that matters
     */
    public static Optional<OpenLevel> own(Trial trial, double margin) {
        List<Point> points = trial.history().points();
        Better better = trial.history().better();
        int begin = CalledStretch.begin(points);
        if (begin == 0 || begin == points.size()) {
            return Optional.empty();
        }
        List<Point> all =
                Stream.concat(points.stream(), trial.candidate().stream()).toList();
        List<Integer> levels = CalledLevels.of(all, begin, better, margin);
        int newest = levels.size() - 1;
        if (newest == 0 || levels.get(newest - 1) >= points.size()) {
            return Optional.empty();
        }
        int end = Math.min(levels.get(newest), points.size());
        List<Integer> under = levels.subList(0, newest);
        List<Point> upTo = points.subList(0, end);
        List<Double> changes = CalledLevels.changes(upTo, under);
        List<Warning.OnOpenLevel> below = new ArrayList<>();
        for (int i = 0; i < under.size(); i++) {
            below.add(new Warning.OnOpenLevel(
                    new AlreadyOpen(trial.history().key().branch(), commit(points.get(under.get(i))), Optional.empty()),
                    changes.get(i)));
        }
        List<Point> open = points.subList(under.get(under.size() - 1), end);
        return of(trial, under.get(0), open, points.subList(end, points.size()), run -> true)
                .map(level -> new OpenLevel(level.good, level.bad, level.before, below));
    }

    /**
     * The open level that no check was certain of in this series: with the runs in which others were detected, or with
     * which the change begins that the judged runs show.
     *
     * @param first the judgement of the runs against the level before
     * @param open the ids of the runs with detected regressions in other series
     * @param isShared whether a run belongs to both branches
     * @return nothing where chance is the likelier reason for what the runs of the base show
     */
    public static Optional<OpenLevel> uncalled(
            Trial trial, Finding first, Set<String> open, Predicate<RunInfo> isShared) {
        List<Point> points = trial.history().points();
        int begin = points.size();
        while (begin > 0 && open.contains(points.get(begin - 1).run().id())) {
            begin--;
        }
        for (int i = 0; i < begin; i++) {
            begin = points.get(i).run().header().revision().commit().equals(first.since()) ? i : begin;
        }
        return isWorse(first)
                ? of(trial, begin, points.subList(begin, points.size()), isShared)
                        .filter(OpenLevel::isLikely)
                : Optional.empty();
    }

    /**
     * The possible open level of the newest runs of the base that were recorded and not judged: those that lie nearer
     * to the newest of them than to the level before. Only the trial of these runs shows whether it is.
     *
     * @param first the judgement of the runs against the level before
     * @param checked the ids of the runs that checks have judged
     * @param isShared whether a run belongs to both branches
     */
    public static Optional<OpenLevel> recorded(
            Trial trial, Finding first, Set<String> checked, Predicate<RunInfo> isShared) {
        if (first.baseline().isEmpty()) {
            return Optional.empty();
        }
        double before = first.baseline().get().level();
        List<Point> points = trial.history().points();
        double newest = points.get(points.size() - 1).value();
        int begin = points.size();
        while (begin > 0
                && !checked.contains(points.get(begin - 1).run().id())
                && Math.abs(points.get(begin - 1).value() - newest)
                        < Math.abs(points.get(begin - 1).value() - before)) {
            begin--;
        }
        // where they are the reference already, what the judged runs add is measured from them
        return of(trial, begin, points.subList(begin, points.size()), isShared)
                .filter(level -> Math.abs(level.before - before) < Math.abs(level.after() - before));
    }

    /**
     * The trial of the newest of some runs at the end of a history against those before them, as a check of their own
     * branch would have judged them together.
     *
     * @return nothing where the history does not end with one of the runs
     */
    public static Optional<Trial> ofRuns(Trial trial, Set<String> runs) {
        List<Point> points = trial.history().points();
        int begin = points.size();
        while (begin > 0 && runs.contains(points.get(begin - 1).run().id())) {
            begin--;
        }
        int count = SuiteEvidence.longestWindow(points.size() - begin);
        return begin == points.size()
                ? Optional.empty()
                : Optional.of(new Trial(
                        trial.history().withPoints(points.subList(0, begin)),
                        points.subList(points.size() - count, points.size()),
                        List.of(),
                        trial.earlier()));
    }

    private static Optional<OpenLevel> of(Trial trial, int begin, List<Point> level, Predicate<RunInfo> isShared) {
        return of(trial, begin, level, List.of(), isShared);
    }

    /** @param further points at which checks detected regressions on top of the level */
    private static Optional<OpenLevel> of(
            Trial trial, int begin, List<Point> level, List<Point> further, Predicate<RunInfo> isShared) {
        Series history = trial.history();
        List<Point> open = level.stream()
                .takeWhile(point -> isShared.test(point.run()))
                .map(Point::asJudgedGood)
                .toList();
        List<Point> earlier = history.points().subList(Math.max(0, begin - MOST_BEFORE), begin).stream()
                .filter(point -> !point.judgedBad())
                .toList();
        if (open.isEmpty() || earlier.isEmpty()) {
            return Optional.empty();
        }
        double before = median(earlier.subList(Math.max(0, earlier.size() - NEWEST), earlier.size()));
        if (!history.better().isWorse(Effect.relativeChange(before, median(open)))) {
            return Optional.empty();
        }
        boolean isCounter = isOfOneValue(earlier) && isOfOneValue(open);
        List<Point> known = Stream.of(
                        isCounter ? Collections.nCopies(earlier.size(), open.get(0)) : List.<Point>of(), open, further)
                .flatMap(List::stream)
                .toList();
        AlreadyOpen one = new AlreadyOpen(history.key().branch(), commit(open.get(0)), Optional.empty());
        return Optional.of(new OpenLevel(
                trial,
                new Trial(
                        history.withPoints(known),
                        trial.candidate(),
                        List.of(),
                        isCounter ? List.of() : earlier,
                        List.of()),
                before,
                List.of(new Warning.OnOpenLevel(one, Effect.relativeChange(before, median(open))))));
    }

    /**
     * Whether it is likelier that the open runs lie where the judged ones do than that they lie on the level before; by
     * normal likelihoods, whose noise cancels out.
     */
    private boolean isLikely() {
        double here = mean(bad.history().points()) - before;
        double now = mean(good.candidate()) - before;
        double runs = bad.history().points().size();
        double judged = good.candidate().size();
        return here / now > 0 && Math.abs(now - here) < Math.abs(here) * Math.sqrt(1 + runs / judged);
    }

    private static double mean(List<Point> points) {
        return points.stream().mapToDouble(Point::value).average().orElseThrow();
    }

    /** The ids of the runs on the level. */
    public Set<String> runs() {
        return bad.history().points().stream().map(point -> point.run().id()).collect(Collectors.toSet());
    }

    private static boolean isOfOneValue(List<Point> points) {
        return points.stream().mapToDouble(Point::value).distinct().count() == 1;
    }

    private static double median(List<Point> points) {
        return Location.median(points.stream().mapToDouble(Point::value).toArray());
    }

    /** Whether the second question has to be asked: the runs are worse, or nearer to the bad level than to the good. */
    public boolean isAsked(Finding first) {
        return isWorse(first) || isBeyondHalf();
    }

    private double after() {
        return median(bad.history().points());
    }

    private boolean isBeyondHalf() {
        double now = median(good.candidate());
        double after = after();
        return Math.abs(now - after) < Math.abs(now - before) || isWorse(now, after);
    }

    private boolean isWorse(double now, double than) {
        Better better = good.history().better();
        return better.isWorse(Effect.relativeChange(than, now));
    }

    /** Whether something got worse, for sure or so that another run decides. */
    public static boolean isWorse(Finding finding) {
        return finding.verdict() instanceof Verdict.Regressed || finding.isSuspect();
    }

    /**
     * The reported finding.
     *
     * @param first held against the level before the regression, with the suite
     * @param second held against the level of the regression
     */
    public Finding reported(Finding first, Finding second) {
        AlreadyOpen open = below.get(below.size() - 1).open();
        if (second.isDecidedBy(HistoryEvidence.TooFewRuns.class) && isWorse(first)) {
            // the noise is unknown: a value beyond all values of this level is judged against the level before
            return isBeyond(first.policy().margin()) ? first : first.with(open);
        }
        if (isWorse(second)) {
            return withWarnings(second);
        }
        return isWorse(first) ? first.with(open) : second;
    }

    /**
     * The reported finding of runs of the same branch. What is open stays so whatever came on top of it: a further
     * regression is as severe as it is at least.
     */
    public Finding toldOfOwn(Finding first, Finding second) {
        if (!(second.verdict() instanceof Verdict.Regressed)) {
            return first;
        }
        double largest =
                below.stream().mapToDouble(one -> Math.abs(one.change())).max().orElse(0);
        return withWarnings(second.atLeast(second.policy().severities().of(largest)));
    }

    private Finding withWarnings(Finding finding) {
        Finding reported = finding;
        for (Warning.OnOpenLevel one : below) {
            reported = reported.withWarning(one);
        }
        return reported;
    }

    private static String commit(Point point) {
        return point.run().header().revision().commit();
    }

    private boolean isBeyond(double margin) {
        double now = median(good.candidate());
        return bad.history().points().stream()
                .mapToDouble(Point::value)
                .allMatch(value -> isWorse(now, value) && Math.abs(Effect.relativeChange(value, now)) >= margin);
    }
}
