package dev.plumbline.core.judge;

import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Reason;
import dev.plumbline.core.history.Swing;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.SeriesWarning;
import dev.plumbline.core.model.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Cuts the series of a snapshot into histories and what is to be judged against them. */
final class Questions {
    private final Snapshot snapshot;
    private final Policies policies;
    private final Set<String> ids;
    private final boolean isNext;
    private final ReferenceHistories references;
    private final BaseHistories bases;
    private final List<Note> notes = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
    private final List<Finding> foreign = new ArrayList<>();

    private Questions(Snapshot snapshot, Policies policies, BaseHistories bases, boolean isNext) {
        this.snapshot = snapshot;
        this.policies = policies;
        this.bases = bases;
        this.isNext = isNext;
        ids = snapshot.ids();
        references = new ReferenceHistories(snapshot, policies);
        List<Series> extended = policies.roles().judged(snapshot.extended(), Series::key);
        List<Held> held = extended.parallelStream().map(this::held).toList();
        for (int i = 0; i < extended.size(); i++) {
            ask(extended.get(i), held.get(i));
        }
    }

    /** @param isNext whether the run that comes after those in question is asked of, and not they */
    static Questions of(Snapshot snapshot, Policies policies, BaseHistories bases, boolean isNext) {
        return new Questions(snapshot, policies, bases, isNext);
    }

    /** The questions, without series that are always 0. */
    List<Asked> asked() {
        List<Asked> moving = asked.stream().filter(one -> !one.isZeroForEver()).toList();
        // a suite that measures nothing else still gets an answer for them
        return moving.isEmpty() ? asked : moving;
    }

    /** The findings of series whose values have no reference. */
    List<Finding> foreign() {
        return foreign;
    }

    List<Note> notes() {
        return notes;
    }

    /**
     * The reference of a series by itself.
     *
     * @param rolling the history that it has on the branch that it is held against
     * @param swing the seasonality of that history
     * @param reference the part of it, or the baseline, that the candidate is judged against
     */
    private record Held(Split split, Series rolling, Optional<Swing> swing, ReferenceHistories.Referenced reference) {}

    private Held held(Series series) {
        Split split = split(series);
        Series rolling = rolling(series, split);
        Optional<Swing> swing = references.swing(rolling);
        List<Point> candidate = rolling.unit().isComparableWith(series.unit())
                ? converted(split.candidate, series.unit(), rolling.unit())
                : List.of();
        return new Held(split, rolling, swing, references.of(rolling, swing, candidate));
    }

    /** Whether the runs are held against another branch. */
    private boolean isOfBranch(Series series) {
        return bases.isKnown(series.key().environment());
    }

    /** The history that a series has on the branch that it is held against. */
    private Series rolling(Series series, Split split) {
        return isOfBranch(series)
                ? bases.of(series.key()).orElseGet(() -> series.withPoints(List.of()))
                : series.withPoints(split.before);
    }

    private void ask(Series series, Held held) {
        boolean isOfBranch = isOfBranch(series);
        Split split = held.split;
        if (split.candidate.isEmpty()) {
            foreign.add(notComparable(series, contradicts(series, isOfBranch ? held.rolling : series)));
            return;
        }
        // a single earlier run establishes no unit: it may be the one that is wrong
        if (!isOfBranch && split.before.isEmpty() && series.foreign() > 1) {
            foreign.add(notComparable(
                    series,
                    new Evidence.ForeignUnit(
                            Optional.of(series.unit()),
                            new Evidence.ForeignUnit.EarlierRuns(series.foreign()),
                            Optional.empty())));
            return;
        }
        if (!isOfBranch && split.before.isEmpty()) {
            series.warnings().stream()
                    .filter(SeriesWarning.ForeignUnit.class::isInstance)
                    .map(SeriesWarning.ForeignUnit.class::cast)
                    .forEach(one -> notes.add(new Note.OtherUnitBefore(series.key(), one.before(), one.now())));
        }
        Series rolling = held.rolling;
        if (isOfBranch && !rolling.unit().isComparableWith(series.unit())) {
            foreign.add(notComparable(
                    series,
                    new Evidence.ForeignUnit(
                            Optional.of(series.unit()),
                            new Evidence.ForeignUnit.Branch(snapshot.reference().baseBranch()),
                            Optional.of(rolling.unit()))));
            return;
        }
        if (isOfBranch && !rolling.points().isEmpty() && rolling.better() != series.better()) {
            foreign.add(notComparable(series, new Evidence.OtherDirection(series.better(), rolling.better())));
            return;
        }
        Optional<Accumulation.Question> question =
                isOfBranch ? Optional.empty() : references.accumulation(rolling, split.candidate, notes);
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
        List<Point> branch = isOfBranch ? converted(behind(split), series.unit(), history.unit()) : List.of();
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
                        referenced.held(),
                        snapshot.annotations().offRuns()),
                question,
                referenced.below(),
                swing.map(found -> found.without(branch)).orElse(branch)));
    }

    /** The newest points of the runs' branch, without those it shares with the branch that it is compared with. */
    private List<Point> behind(Split split) {
        Predicate<RunInfo> isBehind = snapshot.environments()
                .get(split.candidate.get(0).run().header().environment().key())
                .isBehind();
        return split.before.stream().filter(point -> isBehind.test(point.run())).toList();
    }

    /**
     * The reason why the values of the runs do not belong to the series.
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
                series.warnings().stream()
                        .filter(warning -> warning instanceof SeriesWarning.Contradicted
                                || warning.isOf(run -> snapshot.runs().stream()
                                        .anyMatch(one -> one.id().equals(run.id()))))
                        .toList());
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
            last = points.size() - 1; // another run of the commit may represent these
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
}
