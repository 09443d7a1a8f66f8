package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Statement;
import dev.plumbline.core.annotation.Statements;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.KnownIncident;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Timeline;
import dev.plumbline.core.stats.Location;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What people said of incidents and findings, as it holds now. The latest statement of an id holds, but for a promise
 * to mend something: once a run with the commit that was named, or one behind it, shows the change still, it is broken.
 *
 * <p>It speaks of a change in a series when it names that series, or, where an incident was named, whatever series of
 * that branch changed at its revisions and in its direction; when the change began with one of the revisions that were
 * known then, or up to three later, since a check may be sure only then; and when it is no larger than it was known
 * to be, apart from noise. A larger change is another one.
 */
final class Triages {
    /** A check is sure of a change no more than so many revisions after it. */
    private static final int LATE = 3;

    /** A change may be so much larger than it was known to be, besides its noise. */
    private static final double TOLERANCE = 0.01;

    /**
     * It was known from one run, mostly, and is seen by another: of so many deviations of their difference chance makes
     * more in one run of a thousand. With fewer, what is known would alert again sooner or later.
     */
    private static final double NOISE = 3 * Math.sqrt(2);

    /** Shorter beginnings of commits say too little; a whole name may be as short as it is. */
    private static final int LEAST_COMMIT = 4;

    private final RunStore store;
    private final Git git;
    private final Instant now;
    private final Map<String, Triage> latest;
    private final Map<String, Timeline> timelines = new TreeMap<>();
    private final Map<String, OptionalInt> fixes = new TreeMap<>();

    private Triages(RunStore store, Git git, Instant now, Map<String, Triage> latest) {
        this.store = requireNonNull(store, "store");
        this.git = requireNonNull(git, "git");
        this.now = requireNonNull(now, "now");
        this.latest = latest;
    }

    static Triages of(Workspace workspace, RunStore store) {
        Map<String, Triage> latest = new LinkedHashMap<>();
        store.triage().all().forEach(triage -> {
            latest.remove(triage.id());
            latest.put(triage.id(), triage);
        });
        return new Triages(
                store, new Git(workspace.directory()), workspace.clock().instant(), latest);
    }

    /** The latest of each id, the oldest first. */
    Collection<Triage> latest() {
        return latest.values();
    }

    /** What was said of an incident by its name. */
    Statements of(Incident incident) {
        return byName(incident.id(), triage -> incident.shifts().stream()
                .anyMatch(shift -> shift.worse() == incident.worse() && isBroken(triage, shift)));
    }

    private Statements byName(String id, Predicate<Triage> isBroken) {
        return Optional.ofNullable(latest.get(id))
                .map(triage -> after(Statements.NONE, triage, isBroken))
                .orElse(Statements.NONE);
    }

    /** What was said until then, and then what this says now. */
    private Statements after(Statements before, Triage triage, Predicate<Triage> isBroken) {
        Optional<Statement> said = triage.statement(now);
        if (said.isEmpty()) {
            return before;
        }
        return triage.decision() == Triage.Decision.FIXED && isBroken.test(triage)
                ? before.thenBroken(said.get())
                : before.then(said.get());
    }

    /** How large those changes of a series were that are called false alarms; one for each revision. */
    Collection<Double> falseAlarms(SeriesKey key) {
        Map<String, Double> changes = new TreeMap<>();
        latest.values().stream()
                .filter(triage -> triage.decision() == Triage.Decision.FALSE_ALARM)
                .flatMap(triage -> named(triage, key).stream())
                .forEach(subject -> changes.merge(
                        subject.since(),
                        subject.change(),
                        (one, other) -> Math.abs(one) > Math.abs(other) ? one : other));
        return changes.values();
    }

    /** What was said of a change in the history. */
    Statements of(Shift shift) {
        return find(
                shift.key(),
                shift.since(),
                shift.change().relativeChange(),
                TOLERANCE,
                Optional.empty(),
                triage -> isBroken(triage, shift));
    }

    /**
     * Whether a step in the history was called a false alarm.
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
                                        key,
                                        since,
                                        step.relativeChange(),
                                        TOLERANCE + NOISE * deviation,
                                        Optional.empty(),
                                        triage -> false)
                                .holding()
                                .filter(statement -> statement.state() == Statement.State.FALSE_ALARM)
                                .isPresent());
    }

    /**
     * What was said of a regression that checks have called, or of its finding.
     *
     * @param newest the run that shows it still
     */
    Statements of(CalledRegression called, RunInfo newest) {
        Predicate<Triage> isBroken = triage -> isBehind(triage, called.key().branch(), newest);
        return find(
                        called.key(),
                        called.since().header().revision().commit(),
                        called.relativeChange(),
                        TOLERANCE,
                        Optional.empty(),
                        isBroken)
                .or(byName(called.findingId(), isBroken));
    }

    /**
     * What was said of a finding for the worse.
     *
     * @param candidates the judged runs
     */
    Statements of(Finding finding, List<RunInfo> candidates) {
        boolean worse = finding.verdict() instanceof Verdict.Regressed || finding.isSuspect();
        Optional<Double> change = worse ? finding.verdict().effect().map(Effect::relativeChange) : Optional.empty();
        if (latest.isEmpty() || change.isEmpty()) {
            return Statements.NONE;
        }
        double noise = finding.baseline().map(baseline -> baseline.deviation()).orElse(0.0);
        return find(
                        finding.key(),
                        finding.since(),
                        change.get(),
                        TOLERANCE + NOISE * noise,
                        candidates.stream().findFirst(),
                        triage -> isBehind(triage, finding.key().branch(), candidates.get(0)))
                .or(falseAlarmThatLasts(finding, change.get(), TOLERANCE + NOISE * noise, candidates));
    }

    /**
     * What was said of a false alarm whose level is still there, and too noisy to be a step that the judge could take
     * for the normal level: every run is judged against the level before, and may be called with its own revision.
     */
    private Statements falseAlarmThatLasts(Finding finding, double change, double tolerance, List<RunInfo> candidates) {
        Statements found = Statements.NONE;
        for (Triage triage : latest.values()) {
            if (triage.decision() == Triage.Decision.FALSE_ALARM
                    && named(triage, finding.key())
                            .map(subject -> subject.reaches(change, tolerance) && lasts(subject, finding, candidates))
                            .or(() -> largestOf(triage, finding.key())
                                    .map(largest -> Math.abs(change) <= Math.abs(largest.change()) + tolerance
                                            && beganThere(largest, change, finding, candidates)))
                            .orElse(false)) {
                found = after(found, triage, any -> false);
            }
        }
        return found;
    }

    /** Whether all runs from a change on, and the newest of them, lie nearer to its level than to the one before. */
    private boolean lasts(Triage.Subject subject, Finding finding, List<RunInfo> candidates) {
        double[] since = since(subject, subject.first(), finding, candidates);
        return since.length > 0
                && isThere(subject.change(), finding, since)
                && isThere(
                        subject.change(),
                        finding,
                        Arrays.copyOfRange(since, Math.max(0, since.length - LATE), since.length));
    }

    /**
     * The same of a series that an incident does not name: its first runs, too, have to lie nearer to the level that it
     * is judged at, or what it shows began later.
     */
    private boolean beganThere(Triage.Subject largest, double change, Finding finding, List<RunInfo> candidates) {
        double[] since = since(largest, largest.last(), finding, candidates);
        return since.length >= LATE
                && isThere(change, finding, Arrays.copyOf(since, LATE))
                && isThere(change, finding, since)
                && isThere(change, finding, Arrays.copyOfRange(since, since.length - LATE, since.length));
    }

    /** The values of the judged series from a revision on, without those of the judged run and later ones. */
    private double[] since(Triage.Subject subject, String revision, Finding finding, List<RunInfo> candidates) {
        Timeline timeline = timeline(subject.series().branch());
        OptionalInt first = timeline.placeOf(revision);
        OptionalInt candidate =
                timeline.placeOf(candidates.get(0).header().revision().commit());
        if (first.isEmpty() || candidate.isEmpty() || finding.baseline().isEmpty()) {
            return new double[0];
        }
        return store.series(finding.key()).map(Series::points).orElse(List.of()).stream()
                .filter(point -> {
                    OptionalInt place =
                            timeline.placeOf(point.run().header().revision().commit());
                    return place.isPresent()
                            && first.getAsInt() <= place.getAsInt()
                            && place.getAsInt() < candidate.getAsInt();
                })
                .mapToDouble(Point::value)
                .toArray();
    }

    private static boolean isThere(double change, Finding finding, double[] values) {
        double before = finding.baseline().orElseThrow().level();
        return Effect.relativeChange(before, Location.median(values)) / change >= 0.5;
    }

    private Statements find(
            SeriesKey key,
            String since,
            double change,
            double tolerance,
            Optional<RunInfo> candidate,
            Predicate<Triage> isBroken) {
        Statements found = Statements.NONE;
        for (Triage triage : latest.values()) {
            if (triage.statement(now).isPresent() && speaksOf(triage, key, since, change, tolerance, candidate)) {
                found = after(found, triage, isBroken);
            }
        }
        return found;
    }

    private boolean speaksOf(
            Triage triage, SeriesKey key, String since, double change, double tolerance, Optional<RunInfo> candidate) {
        return named(triage, key)
                .map(subject -> subject.reaches(change, tolerance) && isPlace(subject, since, candidate))
                .or(() -> largestOf(triage, key)
                        .map(largest -> Math.abs(change) <= Math.abs(largest.change()) + tolerance
                                && isPlace(largest, since, candidate)))
                .orElse(false);
    }

    /** The change that was meant of a series. */
    private static Optional<Triage.Subject> named(Triage triage, SeriesKey key) {
        return triage.subjects().stream()
                .filter(one -> one.series().equals(key))
                .findFirst();
    }

    /** The largest change of an incident that goes for series of a branch that it does not name, too. */
    private static Optional<Triage.Subject> largestOf(Triage triage, SeriesKey key) {
        return triage.subjects().stream()
                .filter(one ->
                        KnownIncident.isId(triage.id()) && one.series().branch().equals(key.branch()))
                .max(Comparator.comparingDouble(one -> Math.abs(one.change())));
    }

    /** Whether a change that began with this revision may be the one that was meant. */
    private boolean isPlace(Triage.Subject subject, String since, Optional<RunInfo> candidate) {
        if (since.isEmpty()) {
            return subject.since().isEmpty();
        }
        if (since.equals(subject.since())) {
            return true;
        }
        Timeline timeline = timeline(subject.series().branch());
        OptionalInt first = timeline.placeOf(subject.first());
        OptionalInt last = timeline.placeOf(subject.last());
        OptionalInt place = timeline.placeOf(since);
        if (place.isPresent() && first.isPresent() && last.isPresent()) {
            return first.getAsInt() <= place.getAsInt() && place.getAsInt() <= last.getAsInt() + LATE;
        }
        // a run of another branch shows the change when that is among its ancestors
        return place.isEmpty()
                && candidate.isPresent()
                && candidate.get().header().revision().commit().startsWith(since)
                && git.ancestors(since)
                        .map(ancestors -> ancestors.contains(subject.since()))
                        .orElse(false);
    }

    /** Whether a promise to mend a change is broken by the runs of its series. */
    private boolean isBroken(Triage promise, Shift shift) {
        OptionalInt fix = placeOfFix(promise, shift.key().branch());
        return fix.isPresent() && shift.lastsFrom(fix.getAsInt());
    }

    /** Whether a run that shows a change holds the commit that is said to mend it: the change should be gone. */
    private boolean isBehind(Triage promise, String branch, RunInfo run) {
        String commit = run.header().revision().commit();
        if (isSame(commit, promise.fixedBy())) {
            return true;
        }
        OptionalInt fix = placeOfFix(promise, branch);
        OptionalInt place = timeline(branch).placeOf(commit);
        if (fix.isPresent() && place.isPresent()) {
            return fix.getAsInt() <= place.getAsInt();
        }
        return git.ancestors(commit)
                .map(ancestors -> ancestors.stream().anyMatch(one -> one.startsWith(promise.fixedBy())))
                .orElse(false);
    }

    /** The first measured revision of a branch with the commit that is said to mend something; looked up once. */
    private OptionalInt placeOfFix(Triage promise, String branch) {
        String fix = promise.fixedBy();
        return fixes.computeIfAbsent(fix + "\u0000" + branch, key -> firstWith(fix, timeline(branch)));
    }

    private OptionalInt firstWith(String fix, Timeline timeline) {
        OptionalInt measured = IntStream.range(0, timeline.size())
                .filter(place -> isSame(commit(timeline, place), fix))
                .findFirst();
        if (measured.isPresent() || timeline.size() == 0) {
            return measured;
        }
        Set<String> holding = git.holding(fix, Revision.committed(commit(timeline, timeline.size() - 1)));
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

    /** The revisions of a branch; looked up once. */
    Timeline timeline(String branch) {
        return timelines.computeIfAbsent(
                branch, name -> Timeline.of(store.runs(RunQuery.all().onBranch(name))));
    }
}
