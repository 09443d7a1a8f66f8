package dev.plumbline.core.annotation;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Timeline;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.RelativeChange;
import dev.plumbline.core.stats.steps.Step;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Triages of incidents and findings, as they apply now. The latest statement of an id applies, except a triage as
 * fixed: once a run with the commit that was named, or one behind it, shows the change still, it is broken.
 *
 * <p>A statement about an incident covers the series that the incident had then, as an acceptance does; a series that
 * joins later is not covered. Only a false alarm covers every series of that branch that changed at the incident's
 * revisions and in its direction. A statement covers a change that began with one of the revisions that were known
 * then, or up to three later, since a check may be sure only then, or, of a finding, up to three earlier, since that
 * check may have been late; and that is no larger than it was known to be, apart from noise. A larger change is
 * another one. A triage of a branch's change covers the later runs of that branch, and other branches once they have
 * merged the commit. A branch whose commits were squashed has none of them: there it covers, as an acceptance does, a
 * change of its size once in each series.
 */
final class Triages {
    /** The most revisions by which a check detects a change late. */
    private static final int LATE = 3;

    /** The relative growth of a change that counts as the same size, besides its noise. */
    private static final double TOLERANCE = 0.01;

    /**
     * It was known from one run, mostly, and is seen by another: chance makes their difference larger than this
     * number of its deviations in one run of a thousand. With fewer, what is known would alert again sooner or later.
     */
    private static final double NOISE = 3 * Math.sqrt(2);

    /**
     * The fewest characters of an abbreviated commit id that a triage may name; a whole id may be as short as it is.
     */
    private static final int LEAST_COMMIT = 4;

    /** The id of an incident; those of findings begin otherwise. */
    private static final Pattern INCIDENT = Pattern.compile("i[0-9a-f]{8}");

    private final CommitOrder order;
    private final Instant now;
    private final Map<String, Triage> latest = new LinkedHashMap<>();
    private final Map<String, OptionalInt> fixes = new TreeMap<>();

    /** @param all every triage, the oldest first */
    Triages(List<Triage> all, Instant now, CommitOrder order) {
        this.order = order;
        this.now = now;
        all.forEach(triage -> {
            latest.remove(triage.id());
            latest.put(triage.id(), triage);
        });
    }

    /** The latest of each id, the oldest first. */
    Collection<Triage> latest() {
        return latest.values();
    }

    /** The triage of an incident by its name. */
    Annotated named(String id, List<PastChange> changes) {
        return byName(id, triage -> changes.stream().anyMatch(change -> isBroken(triage, change)));
    }

    private Annotated byName(String id, Predicate<Triage> isBroken) {
        return Optional.ofNullable(latest.get(id))
                .map(triage -> after(Annotated.NONE, triage, isBroken))
                .orElse(Annotated.NONE);
    }

    /** The earlier triages, followed by this one. */
    private Annotated after(Annotated before, Triage triage, Predicate<Triage> isBroken) {
        Optional<Annotation> stated = triage.annotation(now);
        if (stated.isEmpty()) {
            return before;
        }
        return stated.get() instanceof Annotation.Fixed promise && isBroken.test(triage)
                ? before.thenBroken(promise)
                : before.then(stated.get());
    }

    /** The sizes of the changes of a series that were triaged as false alarms; one for each revision. */
    Collection<Double> falseAlarms(SeriesKey key) {
        Map<String, Double> changes = new TreeMap<>();
        latest.values().stream()
                .filter(triage -> triage.decision() == Triage.Decision.FALSE_ALARM)
                .flatMap(triage -> triage.subjects().stream())
                .filter(subject -> subject.series().equals(key))
                .forEach(subject -> changes.merge(
                        subject.since(),
                        subject.change(),
                        (one, other) -> Math.abs(one) > Math.abs(other) ? one : other));
        return changes.values();
    }

    /**
     * The statement about a change in the history: about its most likely commit, else about another commit within the
     * interval in which it began.
     */
    Annotated of(PastChange change) {
        Annotated found = find(change.observed(), change);
        Timeline timeline = order.timeline(change.series().key().branch());
        for (int place = change.first();
                !latest.isEmpty()
                        && found.equals(Annotated.NONE)
                        && place <= Math.min(change.last(), timeline.size() - 1);
                place++) {
            String commit = commit(timeline, place);
            if (!commit.isEmpty()) {
                found = find(change.since(commit), change);
            }
        }
        return found;
    }

    private Annotated find(ObservedChange observed, PastChange change) {
        return find(
                observed, TOLERANCE + NOISE * observed.noise(), Optional.empty(), triage -> isBroken(triage, change));
    }

    /**
     * Whether a step in the history was triaged as a false alarm.
     *
     * @param points that the step's indices count
     * @param deviation from run to run, relative to the level
     */
    boolean isFalseAlarm(SeriesKey key, List<Point> points, Step step, double deviation) {
        return !latest.isEmpty()
                && points.subList(step.firstIndex(), step.lastIndex() + 1).stream()
                        .map(point -> point.run().header().revision().commit())
                        .distinct()
                        .anyMatch(since -> find(
                                        new ObservedChange(key, since, step.relativeChange(), deviation),
                                        TOLERANCE + NOISE * deviation,
                                        Optional.empty(),
                                        triage -> false)
                                .holding()
                                .filter(Annotation.FalseAlarm.class::isInstance)
                                .isPresent());
    }

    /**
     * The triage of a regression that checks have reported, or of its finding.
     *
     * @param newest the run that shows it still
     */
    Annotated of(ObservedChange called, String findingId, RunInfo newest) {
        Predicate<Triage> isBroken = triage -> isBehind(triage, called.series().branch(), newest);
        return find(called, TOLERANCE, Optional.empty(), isBroken).or(byName(findingId, isBroken));
    }

    /**
     * The triage of a change for the worse that runs show.
     *
     * @param level before it; empty when unknown
     * @param candidates the runs
     * @param points of the series that they are judged against
     */
    Annotated of(ObservedChange change, OptionalDouble level, List<RunInfo> candidates, List<Point> points) {
        if (latest.isEmpty()) {
            return Annotated.NONE;
        }
        return find(
                        change,
                        TOLERANCE + NOISE * change.noise(),
                        candidates.stream().findFirst(),
                        triage -> isBehind(triage, change.series().branch(), candidates.get(0)))
                .or(new Shown(change, level, candidates.get(0), points).falseAlarmThatLasts());
    }

    /** A change for the worse that a run shows, held against false alarms of earlier runs. */
    private final class Shown {
        private final ObservedChange change;
        private final OptionalDouble level;
        private final RunInfo candidate;
        private final List<Point> points;

        Shown(ObservedChange change, OptionalDouble level, RunInfo candidate, List<Point> points) {
            this.change = change;
            this.level = level;
            this.candidate = candidate;
            this.points = points;
        }

        /**
         * The triage of a false alarm whose level lasts, and is too noisy to be a step that the judge could take for
         * the normal level: every run is judged against the level before, and may be detected with its own revision.
         */
        Annotated falseAlarmThatLasts() {
            double size = change.relativeChange();
            double tolerance = TOLERANCE + NOISE * change.noise();
            Annotated found = Annotated.NONE;
            for (Triage triage : latest.values()) {
                if (triage.decision() == Triage.Decision.FALSE_ALARM
                        && namedIn(triage, change.series())
                                .map(subject -> subject.reaches(size, tolerance) && lasts(subject))
                                .or(() -> largestOf(triage, change.series())
                                        .map(largest -> Math.abs(size) <= Math.abs(largest.change()) + tolerance
                                                && beganThere(largest)))
                                .orElse(false)) {
                    found = after(found, triage, any -> false);
                }
            }
            return found;
        }

        /**
         * Whether all runs from a change on, and the newest of them, lie nearer to its level than to the one before.
         */
        private boolean lasts(Triage.Subject subject) {
            double[] since = since(subject, subject.first());
            return since.length > 0
                    && isThere(subject.change(), since)
                    && isThere(
                            subject.change(),
                            Arrays.copyOfRange(since, Math.max(0, since.length - LATE), since.length));
        }

        /**
         * The same of a series that an incident does not name: its first runs, too, have to lie nearer to the level
         * that it is judged at, or what it shows began later.
         */
        private boolean beganThere(Triage.Subject largest) {
            double[] since = since(largest, largest.last());
            return since.length >= LATE
                    && isThere(change.relativeChange(), Arrays.copyOf(since, LATE))
                    && isThere(change.relativeChange(), since)
                    && isThere(change.relativeChange(), Arrays.copyOfRange(since, since.length - LATE, since.length));
        }

        /** The values from a revision on, without those of the run that shows the change and later ones. */
        private double[] since(Triage.Subject subject, String revision) {
            Timeline timeline = order.timeline(subject.series().branch());
            OptionalInt first = timeline.placeOf(revision);
            OptionalInt end = timeline.placeOf(candidate.header().revision().commit());
            if (first.isEmpty() || end.isEmpty() || level.isEmpty()) {
                return new double[0];
            }
            return points.stream()
                    .filter(point -> {
                        OptionalInt place =
                                timeline.placeOf(point.run().header().revision().commit());
                        return place.isPresent()
                                && first.getAsInt() <= place.getAsInt()
                                && place.getAsInt() < end.getAsInt();
                    })
                    .mapToDouble(Point::value)
                    .toArray();
        }

        private boolean isThere(double size, double[] values) {
            return RelativeChange.of(level.getAsDouble(), Location.median(values)) / size >= 0.5;
        }
    }

    private Annotated find(
            ObservedChange change, double tolerance, Optional<RunInfo> candidate, Predicate<Triage> isBroken) {
        List<Triage> speaking = latest.values().stream()
                .filter(triage -> triage.annotation(now).isPresent() && speaksOf(triage, change, tolerance, candidate))
                .toList();
        boolean isNamed = speaking.stream().anyMatch(triage -> isOfCommit(triage, change));
        Annotated found = Annotated.NONE;
        for (Triage triage : speaking) {
            // a triage of a nearby commit does not apply where another one names this commit
            if (!isNamed
                    || isOfCommit(triage, change)
                    || INCIDENT.matcher(triage.id()).matches()) {
                found = after(found, triage, isBroken);
            }
        }
        return found;
    }

    /** The last triage of a change of this commit that was smaller when it was triaged. */
    Optional<Annotations.Outgrown> outgrown(ObservedChange change) {
        double tolerance = TOLERANCE + NOISE * change.noise();
        return latest.values().stream()
                .filter(triage -> triage.decision() != Triage.Decision.FIXED)
                .flatMap(triage -> triage.annotation(now).stream()
                        .flatMap(annotation -> allNamedIn(triage, change.series()).stream()
                                .filter(subject -> subject.since().equals(change.since())
                                        && Math.signum(subject.change()) == Math.signum(change.relativeChange())
                                        && !subject.reaches(change.relativeChange(), tolerance))
                                .map(subject -> new Annotations.Outgrown(annotation, subject.change()))))
                .reduce((earlier, later) -> later);
    }

    /** Whether a triage names the very commit with which a change began. */
    private static boolean isOfCommit(Triage triage, ObservedChange change) {
        return allNamedIn(triage, change.series()).stream()
                .anyMatch(subject -> subject.since().equals(change.since()));
    }

    private boolean speaksOf(Triage triage, ObservedChange change, double tolerance, Optional<RunInfo> candidate) {
        List<Triage.Subject> named = allNamedIn(triage, change.series());
        if (named.isEmpty()) {
            return largestOf(triage, change.series())
                    .filter(largest -> Math.abs(change.relativeChange()) <= Math.abs(largest.change()) + tolerance
                            && isPlace(largest, 0, change.since(), candidate))
                    .isPresent();
        }
        // for a finding only the detecting commit is known; for an incident, where it may have begun
        int late = INCIDENT.matcher(triage.id()).matches() ? 0 : LATE;
        return named.stream()
                .filter(subject -> !isBelow(subject, change))
                .anyMatch(subject -> subject.reaches(change.relativeChange(), tolerance)
                        && (subject.series().equals(change.series())
                                ? isPlace(subject, late, change.since(), candidate)
                                : isSameElsewhere(subject, change, candidate)));
    }

    /** Whether a triaged change is one of those on top of which this one came: it does not explain this one. */
    private boolean isBelow(Triage.Subject subject, ObservedChange change) {
        if (change.below().isEmpty() || subject.since().equals(change.since())) {
            return false;
        }
        Timeline timeline = order.timeline(subject.series().branch());
        OptionalInt triaged = timeline.placeOf(subject.since());
        OptionalInt own = timeline.placeOf(change.since());
        return change.below().contains(subject.since())
                || triaged.isPresent()
                        && change.below().stream()
                                .map(timeline::placeOf)
                                .anyMatch(below ->
                                        below.isPresent() && isNearer(triaged.getAsInt(), below.getAsInt(), own));
    }

    /** @param other where the other one is; empty where it is of another branch, so that the triaged one is not it */
    private static boolean isNearer(int place, int one, OptionalInt other) {
        return other.isEmpty() ? place <= one + LATE : Math.abs(place - one) < Math.abs(place - other.getAsInt());
    }

    /** The changes of a series that a triage names, on any branch. */
    private static List<Triage.Subject> allNamedIn(Triage triage, SeriesKey key) {
        return triage.subjects().stream()
                .filter(one -> one.series().isSameOnAnyBranch(key))
                .toList();
    }

    /**
     * The last triage of a finding of another branch that is this change by its size: the branch was squashed, so
     * that its commit is not among those of this one. Where the series took such a change before, the triage names it
     * on this branch, and covers no other one.
     *
     * <p>A triage as fixed is left out: it names a commit that a squashed branch never brings, so no run could ever
     * break it. A triage of an incident is about the branch that it was found on.
     */
    Optional<FollowedTriage> squashed(ObservedChange change, Function<StatedCommit, Reach> reach) {
        FollowedTriage newest = null;
        for (Triage triage : latest.values()) {
            Optional<Triage.Subject> squashed = subjectOfSquashed(triage, change);
            Optional<Annotation> stated = triage.annotation(now);
            if (squashed.isPresent() && stated.isPresent() && isReached(triage, squashed.get(), reach)) {
                newest = new FollowedTriage(
                        stated.get(),
                        triage.with(squashed.get().in(change.series(), change.since(), change.relativeChange())));
            }
        }
        return Optional.ofNullable(newest);
    }

    private static boolean isReached(Triage triage, Triage.Subject subject, Function<StatedCommit, Reach> reach) {
        return reach.apply(new StatedCommit(
                        triage.id(), subject.since(), List.of(subject.series().branch())))
                .isReached();
    }

    private Optional<Triage.Subject> subjectOfSquashed(Triage triage, ObservedChange change) {
        List<Triage.Subject> named = allNamedIn(triage, change.series());
        boolean isTaken = named.stream().anyMatch(one -> one.series().equals(change.series()));
        return change.since().isEmpty()
                        || isTaken
                        || triage.decision() == Triage.Decision.FIXED
                        || INCIDENT.matcher(triage.id()).matches()
                ? Optional.empty()
                : named.stream().filter(one -> isSquashed(one, change)).findFirst();
    }

    private boolean isSquashed(Triage.Subject subject, ObservedChange change) {
        return subject.reaches(change.relativeChange(), TOLERANCE + NOISE * change.noise())
                && (subject.since().isEmpty() || isInOtherCommits(subject, change));
    }

    /** Whether a branch has no commit of a triaged change, and the one that began this change may be its squash. */
    private boolean isInOtherCommits(Triage.Subject subject, ObservedChange change) {
        boolean isBeforeIt = order.ancestors(subject.since())
                .map(before -> before.contains(change.since()))
                .orElse(false);
        return !isBeforeIt
                && firstWith(subject.since(), order.timeline(change.series().branch()))
                        .isEmpty();
    }

    /** The change of a series that a triage names, on the series' own branch or else on another one. */
    private static Optional<Triage.Subject> namedIn(Triage triage, SeriesKey key) {
        return triage.subjects().stream()
                .filter(one -> one.series().isSameOnAnyBranch(key))
                .min(Comparator.comparing(one -> !one.series().equals(key)));
    }

    /**
     * Whether a triaged change of one branch is this change of the series on another branch: both have the same commit,
     * or the judged run is of the triaged branch, or the other branch has merged the commit.
     */
    private boolean isSameElsewhere(Triage.Subject subject, ObservedChange change, Optional<RunInfo> candidate) {
        boolean isOnItsBranch = candidate
                .filter(run ->
                        run.header().revision().branch().equals(subject.series().branch()))
                .isPresent();
        if (change.since().isEmpty() || subject.since().isEmpty()) {
            return change.since().equals(subject.since()) && isOnItsBranch;
        }
        return change.since().equals(subject.since())
                || isOnItsBranch && isBehindStart(subject, candidate.get())
                || isTaken(subject, change);
    }

    /**
     * Whether a run of the triage's own branch lies behind the start; every run that is compared with another branch
     * seems to have begun the change.
     */
    private boolean isBehindStart(Triage.Subject subject, RunInfo run) {
        Timeline timeline = order.timeline(subject.series().branch());
        OptionalInt first = timeline.placeOf(subject.first());
        OptionalInt place = timeline.placeOf(run.header().revision().commit());
        return first.isPresent() && place.isPresent() && first.getAsInt() <= place.getAsInt();
    }

    /** Whether the series changed where its branch took the commit, or up to three revisions later. */
    private boolean isTaken(Triage.Subject subject, ObservedChange change) {
        String branch = change.series().branch();
        OptionalInt place = order.timeline(branch).placeOf(change.since());
        if (place.isEmpty()) {
            return false;
        }
        OptionalInt taken = firstWith(subject.since(), order.timeline(branch));
        return taken.isPresent() && taken.getAsInt() <= place.getAsInt() && place.getAsInt() <= taken.getAsInt() + LATE;
    }

    /** The largest change of an incident that is a false alarm: so are those of series that it does not name. */
    private static Optional<Triage.Subject> largestOf(Triage triage, SeriesKey key) {
        return triage.subjects().stream()
                .filter(one -> triage.decision() == Triage.Decision.FALSE_ALARM
                        && INCIDENT.matcher(triage.id()).matches()
                        && one.series().branch().equals(key.branch()))
                .max(Comparator.comparingDouble(one -> Math.abs(one.change())));
    }

    /**
     * Whether a change that began with this revision may be the one that was triaged.
     *
     * @param late how many revisions before those that are named it may have begun
     */
    private boolean isPlace(Triage.Subject subject, int late, String since, Optional<RunInfo> candidate) {
        if (since.isEmpty()) {
            return subject.since().isEmpty();
        }
        if (since.equals(subject.since())) {
            return true;
        }
        Timeline timeline = order.timeline(subject.series().branch());
        OptionalInt first = timeline.placeOf(subject.first());
        OptionalInt last = timeline.placeOf(subject.last());
        OptionalInt place = timeline.placeOf(since);
        if (place.isPresent() && first.isPresent() && last.isPresent()) {
            return first.getAsInt() - late <= place.getAsInt() && place.getAsInt() <= last.getAsInt() + LATE;
        }
        // a run of another branch shows the change when that is among its ancestors
        return place.isEmpty()
                && candidate.isPresent()
                && candidate.get().header().revision().commit().startsWith(since)
                && order.ancestors(since)
                        .map(ancestors -> ancestors.contains(subject.since()))
                        .orElse(false);
    }

    /** Whether runs of a series contradict a triage as fixed. */
    private boolean isBroken(Triage promise, PastChange change) {
        OptionalInt fix = placeOfFix(promise, change.series().key().branch());
        return fix.isPresent() && change.lastsFrom().test(fix.getAsInt());
    }

    /** Whether a run that shows a change contains the commit that should have fixed it. */
    private boolean isBehind(Triage promise, String branch, RunInfo run) {
        String commit = run.header().revision().commit();
        if (isSame(commit, promise.fixedBy())) {
            return true;
        }
        OptionalInt fix = placeOfFix(promise, branch);
        OptionalInt place = order.timeline(branch).placeOf(commit);
        if (fix.isPresent() && place.isPresent()) {
            return fix.getAsInt() <= place.getAsInt();
        }
        return order.ancestors(commit)
                .map(ancestors -> ancestors.stream().anyMatch(one -> one.startsWith(promise.fixedBy())))
                .orElse(false);
    }

    /** The first measured revision of a branch with a fixing commit; looked up once. */
    private OptionalInt placeOfFix(Triage promise, String branch) {
        String fix = promise.fixedBy();
        return fixes.computeIfAbsent(fix + "\u0000" + branch, key -> firstWith(fix, order.timeline(branch)));
    }

    private OptionalInt firstWith(String wanted, Timeline timeline) {
        OptionalInt measured = IntStream.range(0, timeline.size())
                .filter(place -> isSame(commit(timeline, place), wanted))
                .findFirst();
        if (measured.isPresent() || timeline.size() == 0) {
            return measured;
        }
        Set<String> holding = order.between(wanted, Revision.committed(commit(timeline, timeline.size() - 1)));
        return IntStream.range(0, timeline.size())
                .filter(place -> holding.contains(Revision.committed(commit(timeline, place))))
                .findFirst();
    }

    private static String commit(Timeline timeline, int place) {
        return timeline.at(place).header().revision().commit();
    }

    /** Whether two names, of which one may be the beginning of the other, are of one commit. */
    private static boolean isSame(String one, String other) {
        return one.equals(other)
                || Math.min(one.length(), other.length()) >= LEAST_COMMIT
                        && (one.startsWith(other) || other.startsWith(one));
    }
}
