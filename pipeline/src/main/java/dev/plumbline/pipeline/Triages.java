package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.detect.CalledRegression;
import dev.plumbline.core.detect.Effect;
import dev.plumbline.core.detect.Finding;
import dev.plumbline.core.detect.Statement;
import dev.plumbline.core.detect.Verdict;
import dev.plumbline.core.incident.KnownIncident;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.incident.Timeline;
import dev.plumbline.core.incident.Triage;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
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

/**
 * What people said of incidents and findings, as it holds now. The latest statement of an id holds.
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

    private final RunStore store;
    private final Instant now;
    private final Map<String, Triage> latest;
    private final Map<String, Timeline> timelines = new TreeMap<>();

    private Triages(RunStore store, Instant now, Map<String, Triage> latest) {
        this.store = requireNonNull(store, "store");
        this.now = requireNonNull(now, "now");
        this.latest = latest;
    }

    static Triages of(RunStore store, Instant now) {
        Map<String, Triage> latest = new LinkedHashMap<>();
        store.triage().all().forEach(triage -> {
            latest.remove(triage.id());
            latest.put(triage.id(), triage);
        });
        return new Triages(store, now, latest);
    }

    /** The latest of each id, the oldest first. */
    Collection<Triage> latest() {
        return latest.values();
    }

    /** What holds of an incident or a finding by its name. */
    Optional<Statement> of(String id) {
        return Optional.ofNullable(latest.get(id)).flatMap(triage -> triage.statement(now));
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

    /** What holds of a change in the history. */
    Optional<Statement> of(Shift shift) {
        return find(
                shift.key(),
                shift.since(),
                shift.change().relativeChange(),
                TOLERANCE,
                Optional.empty(),
                Optional.empty());
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
                                        Optional.empty())
                                .filter(statement -> statement.state() == Statement.State.FALSE_ALARM)
                                .isPresent());
    }

    /** What holds of a regression that checks have called. */
    Optional<Statement> of(CalledRegression called) {
        return find(
                called.key(),
                called.since().header().revision().commit(),
                called.relativeChange(),
                TOLERANCE,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * What holds of a finding for the worse.
     *
     * @param candidates the judged runs
     * @param git where the judged revision stands
     */
    Optional<Statement> of(Finding finding, List<RunInfo> candidates, Git git) {
        boolean worse = finding.verdict() instanceof Verdict.Regressed || finding.isSuspect();
        Optional<Double> change = worse ? finding.verdict().effect().map(Effect::relativeChange) : Optional.empty();
        if (latest.isEmpty() || change.isEmpty()) {
            return Optional.empty();
        }
        double noise = finding.baseline().map(baseline -> baseline.deviation()).orElse(0.0);
        return find(
                        finding.key(),
                        finding.since(),
                        change.get(),
                        TOLERANCE + NOISE * noise,
                        candidates.stream().findFirst(),
                        Optional.of(git))
                .or(() -> falseAlarmThatLasts(finding, change.get(), TOLERANCE + NOISE * noise, candidates));
    }

    /**
     * What was said of a false alarm whose level is still there, and too noisy to be a step that the judge could take
     * for the normal level: every run is judged against the level before, and may be called with its own revision.
     */
    private Optional<Statement> falseAlarmThatLasts(
            Finding finding, double change, double tolerance, List<RunInfo> candidates) {
        Optional<Statement> found = Optional.empty();
        for (Triage triage : latest.values()) {
            if (triage.decision() == Triage.Decision.FALSE_ALARM
                    && named(triage, finding.key())
                            .map(subject -> subject.reaches(change, tolerance) && lasts(subject, finding, candidates))
                            .or(() -> largestOf(triage, finding.key())
                                    .map(largest -> Math.abs(change) <= Math.abs(largest.change()) + tolerance
                                            && beganThere(largest, change, finding, candidates)))
                            .orElse(false)) {
                found = triage.statement(now);
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

    private Optional<Statement> find(
            SeriesKey key,
            String since,
            double change,
            double tolerance,
            Optional<RunInfo> candidate,
            Optional<Git> git) {
        Optional<Statement> found = Optional.empty();
        for (Triage triage : latest.values()) {
            Optional<Statement> statement = triage.statement(now);
            if (statement.isPresent()
                    && speaksOf(triage, key, since, change, tolerance, candidate, git)
                    && !isMended(triage, key, candidate, git)) {
                found = statement;
            }
        }
        return found;
    }

    private boolean speaksOf(
            Triage triage,
            SeriesKey key,
            String since,
            double change,
            double tolerance,
            Optional<RunInfo> candidate,
            Optional<Git> git) {
        return named(triage, key)
                .map(subject -> subject.reaches(change, tolerance) && isPlace(subject, since, candidate, git))
                .or(() -> largestOf(triage, key)
                        .map(largest -> Math.abs(change) <= Math.abs(largest.change()) + tolerance
                                && isPlace(largest, since, candidate, git)))
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
    private boolean isPlace(Triage.Subject subject, String since, Optional<RunInfo> candidate, Optional<Git> git) {
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
                && git.flatMap(repository -> repository.ancestors(since))
                        .map(ancestors -> ancestors.contains(subject.since()))
                        .orElse(false);
    }

    /** Whether the judged revision holds the commit that is said to mend it, so that the change should be gone. */
    private boolean isMended(Triage triage, SeriesKey key, Optional<RunInfo> candidate, Optional<Git> git) {
        if (triage.decision() != Triage.Decision.FIXED || candidate.isEmpty()) {
            return false;
        }
        String commit = candidate.get().header().revision().commit();
        if (!commit.isEmpty()
                && (commit.startsWith(triage.fixedBy()) || triage.fixedBy().startsWith(commit))) {
            return true;
        }
        Timeline timeline = timeline(key.branch());
        OptionalInt fix = timeline.placeOf(triage.fixedBy());
        OptionalInt place = timeline.placeOf(commit);
        if (fix.isPresent() && place.isPresent()) {
            return fix.getAsInt() <= place.getAsInt();
        }
        return git.flatMap(repository -> repository.ancestors(commit))
                .map((Set<String> ancestors) -> ancestors.stream().anyMatch(one -> one.startsWith(triage.fixedBy())))
                .orElse(false);
    }

    /** The revisions of a branch; looked up once. */
    Timeline timeline(String branch) {
        return timelines.computeIfAbsent(
                branch, name -> Timeline.of(store.runs(RunQuery.all().onBranch(name))));
    }
}
