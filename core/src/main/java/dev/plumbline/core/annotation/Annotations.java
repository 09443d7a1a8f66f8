package dev.plumbline.core.annotation;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Timeline;
import dev.plumbline.core.stats.steps.Step;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The annotations of the changes of a history, as they apply at one moment. Nothing is changed or written here: callers
 * query the annotation of a change.
 */
public final class Annotations {
    private final Acceptances acceptances;
    private final Triages triages;
    private final CommitOrder order;
    private final List<Triage> stated;
    private final Instant now;
    private final Optional<RunInfo> judged;
    private final Set<String> offRuns;

    /**
     * All recorded facts.
     *
     * @param acceptances the oldest first
     * @param anchors the points with which series took accepted levels, in the order of taking
     * @param triages all triages of incidents and findings, the oldest first
     * @param offRuns the ids of runs that were slow as a whole, as a later check found
     */
    public record Facts(
            List<KnownAcceptance> acceptances, List<AcceptedPoint> anchors, List<Triage> triages, Set<String> offRuns) {
        /** Facts of a history without such runs. */
        public Facts(List<KnownAcceptance> acceptances, List<AcceptedPoint> anchors, List<Triage> triages) {
            this(acceptances, anchors, triages, Set.of());
        }

        public Facts {
            acceptances = List.copyOf(acceptances);
            anchors = List.copyOf(anchors);
            triages = List.copyOf(triages);
            offRuns = Set.copyOf(offRuns);
        }
    }

    /** @param now which acceptances and mutes hold */
    public Annotations(Facts facts, Instant now, CommitOrder order) {
        this.order = requireNonNull(order, "order");
        this.stated = facts.triages();
        this.now = now;
        this.judged = Optional.empty();
        offRuns = facts.offRuns();
        acceptances = new Acceptances(facts.acceptances(), facts.anchors(), requireNonNull(now, "now"));
        triages = new Triages(facts.triages(), now, order);
    }

    private Annotations(
            Acceptances acceptances,
            List<Triage> stated,
            Instant now,
            CommitOrder order,
            Optional<RunInfo> judged,
            Set<String> offRuns) {
        this.acceptances = acceptances;
        this.triages = new Triages(stated, now, order);
        this.order = order;
        this.stated = stated;
        this.now = now;
        this.judged = judged;
        this.offRuns = offRuns;
    }

    /**
     * The same for a judgement of runs: annotations made on an existing branch that is not merged to their commit do
     * not apply to a change of the same size, nor do acceptances of a commit that was removed from their branch.
     *
     * @param run the first of them
     */
    public Annotations judging(RunInfo run) {
        Revision revision = run.header().revision();
        Acceptances held = Optional.of(run)
                .filter(one -> !acceptances.areNone())
                .flatMap(this::ancestorsOf)
                .map(all -> acceptances.judging(revision.branch(), all, stated -> order.reach(stated, run)))
                .orElse(acceptances);
        return new Annotations(held, stated, now, order, Optional.of(run), offRuns);
    }

    private Optional<Set<String>> ancestorsOf(RunInfo run) {
        String commit = Revision.committed(run.header().revision().commit());
        return commit.isEmpty() ? Optional.empty() : order.ancestors(commit);
    }

    /** Whether the branch of the judged runs does not have the commit of any acceptance whose level its series took. */
    public boolean isAnyDropped() {
        return judged.isPresent() && acceptances.isAnyDropped();
    }

    /**
     * A series of the branch of the judged runs without the points that are on an accepted level and whose commits were
     * removed from the branch; the same where there are none, or no runs are judged.
     */
    public Series withoutDropped(Series series) {
        return judged.filter(run -> acceptances.isAnyDropped())
                .flatMap(this::ancestorsOf)
                .map(all -> acceptances.withoutDropped(series, all))
                .orElse(series);
    }

    private Reach reach(StatedCommit commit) {
        return judged.map(run -> order.reach(commit, run)).orElse(Reach.UNKNOWN);
    }

    /** The order where one branch begins with what another one has. */
    private record JoinedOrder(CommitOrder order, String branch, Timeline joined) implements CommitOrder {
        @Override
        public Timeline timeline(String name) {
            return name.equals(branch) ? joined : order.timeline(name);
        }

        @Override
        public Optional<Set<String>> ancestors(String commit) {
            return order.ancestors(commit);
        }

        @Override
        public Set<String> between(String commit, String upTo) {
            return order.between(commit, upTo);
        }

        @Override
        public Reach reach(StatedCommit stated, RunInfo judged) {
            return order.reach(stated, judged);
        }
    }

    /**
     * The same for the series of a branch that begin with what another branch has: they have taken the levels that
     * these took.
     *
     * @param base the other branch
     * @param timeline of the branch, with the revisions that it begins with
     * @param taken with which points the branch itself has taken accepted levels
     */
    public Annotations joined(String branch, String base, Timeline timeline, List<AcceptedPoint> taken) {
        return new Annotations(
                acceptances.joined(branch, base, taken),
                stated,
                now,
                new JoinedOrder(order, branch, timeline),
                judged,
                offRuns);
    }

    /** The same for a branch whose revisions have another order than that of the history. */
    public Annotations ordered(String branch, Timeline timeline) {
        return new Annotations(acceptances, stated, now, new JoinedOrder(order, branch, timeline), judged, offRuns);
    }

    // --- Runs that were slow as a whole.

    /** The ids of these runs. */
    public Set<String> offRuns() {
        return offRuns;
    }

    /**
     * Whether a point is no evidence about its series: its run was slow as a whole, and the point no slower than the
     * run.
     */
    public boolean isOff(Point point) {
        return !point.judgedBad() && offRuns.contains(point.run().id());
    }

    /** The same where more runs are. */
    public Annotations withOff(Set<String> runs) {
        Set<String> all = new HashSet<>(offRuns);
        all.addAll(runs);
        return new Annotations(acceptances, stated, now, order, judged, Set.copyOf(all));
    }

    // --- Levels that people accepted.

    /**
     * The newest level that was accepted and that the series took; empty when nothing is accepted now. One that was
     * over when it was accepted is none.
     */
    public Optional<AcceptedLevel> levelOf(Series series) {
        return acceptances.levelOf(series);
    }

    /** The acceptance of that level. */
    public Optional<Annotation> newestAcceptanceOf(SeriesKey key) {
        return acceptances.newestOf(key);
    }

    /** The ids of the runs with which a series took the levels that are accepted now, those that are over too. */
    public Set<String> acceptedRuns(SeriesKey key) {
        return acceptances.anchorsOf(key);
    }

    /** The history from the newest accepted level on that is not over; all of it where nothing is accepted. */
    public Series sinceAccepted(Series history) {
        return acceptances.sinceAnchor(history);
    }

    /** The places, ascending, where a series took accepted levels that hold now; those that are over are left out. */
    public List<Integer> acceptedPlaces(Series history) {
        return acceptances.places(history);
    }

    /** The changes that people accepted at those places, the oldest first. */
    public List<AcceptedChange> acceptedChanges(Series history) {
        return acceptances.changes(history).stream()
                .map(change -> isMeasuredWith(history.points().get(change.place()), change.since())
                        ? change
                        : change.since(""))
                .toList();
    }

    /** Whether a commit came to a branch with the one that was measured: it is that one, or one before it. */
    private boolean isMeasuredWith(Point first, String commit) {
        String measured = Revision.committed(first.run().header().revision().commit());
        return commit.equals(measured)
                || order.ancestors(measured).filter(all -> all.contains(commit)).isPresent();
    }

    /**
     * The accepted points directly behind points that checks detected and that are not accepted: they belong to
     * another, earlier change.
     */
    public List<Integer> acceptedOnOpen(Series history) {
        return acceptances.onOpen(history);
    }

    /** Whether nothing that people recorded applies. */
    public boolean areNone() {
        return acceptances.areNone() && triages.latest().isEmpty();
    }

    /**
     * The series with the points of expired acceptances judged bad again: they lie at the level that was accepted and
     * nothing newer was accepted since.
     */
    public Series withLapsed(Series series) {
        return lapse(series).map(Lapse::series).orElse(series);
    }

    /** The points of a series that an expired acceptance no longer covers; empty where none has expired. */
    public Optional<Lapse> lapse(Series series) {
        return acceptances.lapse(series);
    }

    /** The series that reached a level whose acceptance expired, with nothing newer accepted since. */
    public Collection<SeriesKey> lapsed() {
        return acceptances.lapsed();
    }

    // --- Changes.

    /**
     * The acceptance that covers a change for the worse that runs show: one of this very change or of these very runs,
     * or of a change of its size that the series has not taken yet, if it {@linkplain CommitOrder#reach reaches} the
     * judged runs.
     *
     * @param runs the ids of those that show it
     * @return the newest of this very change, for more of one may be accepted later; else the first of its size
     */
    public Optional<Covering> covering(ObservedChange change, Set<String> runs) {
        return acceptances.covering(change, runs, this::reach);
    }

    /**
     * The acceptance that covers a change.
     *
     * @param elsewhere from where it was taken, as one of another change of its size; empty where it is of this very
     *     change
     */
    public record Covering(Acceptance acceptance, Optional<FromElsewhere> elsewhere) {
        public Covering {
            requireNonNull(acceptance, "acceptance");
            requireNonNull(elsewhere, "elsewhere");
        }

        /** Whether it is of another change of this size. */
        public boolean isBySize() {
            return elsewhere.isPresent();
        }

        /** From where it was taken, where git does not have its commit before the judged one. */
        public Optional<FromElsewhere> lenient() {
            return elsewhere.filter(from -> from.reach().isLenient());
        }
    }

    /**
     * A statement about a commit other than the judged one and its ancestors.
     *
     * @param reach how it comes to the judged one, or that it does not
     */
    public record FromElsewhere(StatedCommit stated, Reach reach) {
        public FromElsewhere {
            requireNonNull(stated, "stated");
            requireNonNull(reach, "reach");
        }
    }

    /** The first acceptance of the size of a change that nothing covers, which is of a branch that is not merged. */
    public Optional<FromElsewhere> unmerged(ObservedChange change) {
        return acceptances.unmerged(change, this::reach);
    }

    /**
     * The first acceptance of the size of a change that nothing covers, which its series took on another branch, and
     * whose difference the judged branch brings in a commit of its own.
     */
    public Optional<FromElsewhere> picked(ObservedChange change) {
        return acceptances.picked(change, this::reach);
    }

    /**
     * The points of a commit from the one on with which the series took the level of an acceptance; all of them where
     * it took it with none of these.
     *
     * @param key of the series that took the level
     * @param points all of the commit, in their order
     */
    public List<Point> since(Acceptance acceptance, SeriesKey key, List<Point> points) {
        return acceptances.since(acceptance, key, points);
    }

    /** Whether an acceptance covers a run of its commit: the run was recorded when the level was accepted. */
    public boolean isOf(Acceptance acceptance, SeriesKey key, RunInfo run) {
        return acceptances.isOf(acceptance, key, run);
    }

    /** Whether a history begins with the level of an acceptance: what is worse than that comes on top of it. */
    public boolean isLevelOf(Acceptance acceptance, Series history) {
        return acceptances.isLevelOf(acceptance, history);
    }

    /**
     * The acceptance that a benchmark, or a metric of one, is measured no longer.
     *
     * @param isBenchmark whether nothing of the benchmark was measured
     * @param last the last run that measured it: a run with the accepted commit ends the acceptance
     */
    public Optional<Acceptance> coveringMissing(SeriesKey key, boolean isBenchmark, Optional<RunInfo> last) {
        return acceptances.coveringMissing(key, isBenchmark, last, order, this::reach);
    }

    /** From where the acceptance that something is missing was taken; empty where it is of this branch. */
    public Optional<FromElsewhere> lenient(Acceptance ofMissing) {
        return Optional.of(acceptances.elsewhere(ofMissing, this::reach))
                .filter(from -> from.reach().isLenient());
    }

    /**
     * The annotation of a change for the worse that runs show, apart from {@linkplain #covering acceptances}.
     *
     * @param level before it; empty when unknown
     * @param candidates the runs that show it, at least one
     * @param points of the series that they are judged against
     */
    public Annotated of(ObservedChange change, OptionalDouble level, List<RunInfo> candidates, List<Point> points) {
        return triages.of(change, level, candidates, points);
    }

    /**
     * An annotation of a change that is larger now, so that it no longer applies.
     *
     * @param size of the change then
     */
    public record Outgrown(Annotation annotation, double size) {
        public Outgrown {
            requireNonNull(annotation, "annotation");
        }
    }

    /** The annotation of a change of the same commit when it was smaller; empty where there is none. */
    public Optional<Outgrown> outgrown(ObservedChange change) {
        return triages.outgrown(change);
    }

    /**
     * The last triage of a finding of another branch that is this change by its size, since the commits of that
     * branch were squashed: once in each series, as an acceptance covers a size.
     *
     * @param change of the base branch, for the worse, with a known commit; any other has no triage
     */
    public Optional<FollowedTriage> squashed(ObservedChange change) {
        return triages.squashed(change, this::reach);
    }

    /** The statement about a change in the history: the latest triage or acceptance that covers it. */
    public Annotated of(PastChange change) {
        Annotated triaged = triages.of(change);
        return acceptances.of(change).map(triaged::and).orElse(triaged);
    }

    /** The acceptance of a change in the history; empty where there is none. */
    public Optional<Annotation> acceptedOf(PastChange change) {
        return acceptances.of(change);
    }

    /**
     * The annotation of a regression that checks have reported.
     *
     * @param findingId of the check that detected it
     * @param newest the run that shows it still
     */
    public Annotated of(ObservedChange called, String findingId, RunInfo newest) {
        return triages.of(called, findingId, newest);
    }

    /**
     * The annotation of an incident by its id.
     *
     * @param changes of its series in its direction
     */
    public Annotated named(String id, List<PastChange> changes) {
        return triages.named(id, changes);
    }

    /** Whether all triaged changes were accepted later. */
    public boolean isAcceptedSince(Triage triage) {
        return !triage.subjects().isEmpty()
                && triage.subjects().stream().allMatch(subject -> acceptances
                        .of(subject, order.timeline(subject.series().branch()))
                        .filter(one -> !one.at().isBefore(triage.at()))
                        .isPresent());
    }

    /** The sizes of the changes of a series that were triaged as false alarms; one for each revision. */
    public Collection<Double> falseAlarms(SeriesKey key) {
        return triages.falseAlarms(key);
    }

    /**
     * Whether a step in the history was triaged as a false alarm.
     *
     * @param points that the step's indices count
     * @param deviation from run to run, relative to the level
     */
    public boolean isFalseAlarm(SeriesKey key, List<Point> points, Step step, double deviation) {
        return triages.isFalseAlarm(key, points, step, deviation);
    }

    /** The latest statement of each incident and finding, the oldest first. */
    public Collection<Triage> latest() {
        return triages.latest();
    }

    /** The measured revisions of a branch. */
    public Timeline timeline(String branch) {
        return order.timeline(branch);
    }
}
