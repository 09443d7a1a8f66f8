package dev.plumbline.pipeline.annotate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Timeline;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.HistoryBranches;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.snapshot.FindIncidents;
import dev.plumbline.pipeline.snapshot.RecordedAnnotations;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.TriageReport;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.Mark;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Records triages of incidents and findings, and lists them. */
public final class TriageChanges {
    private final Workspace workspace;
    private final Policies policies;

    public TriageChanges(Workspace workspace, Policies policies) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policies = requireNonNull(policies, "policies");
    }

    /**
     * Records.
     *
     * @param target an incident's id, a finding's, or the beginning of one; or the name of a benchmark that a check
     *     judged bad
     * @param until when it ends; for {@link Triage.Decision#MUTED} and for nothing else
     * @param fixedBy a commit, a tag or a branch; for {@link Triage.Decision#FIXED} and for nothing else
     * @return what was recorded, one for each change that was meant
     * @throws NothingFound if nothing is meant
     * @throws WrongRequest if it ends before it begins
     */
    public TriageReport say(
            String target, Triage.Decision decision, Optional<Instant> until, Optional<String> fixedBy, Author author)
            throws IOException {
        Instant now = workspace.clock().instant();
        if (until.isPresent() && !until.get().isAfter(now)) {
            throw new WrongRequest(
                    "it would expire at " + until.get() + ", which is in the past",
                    new IllegalArgumentException("until " + until.get()));
        }
        String fix = fixedBy.map(
                        name -> new Git(workspace.directory()).commitOf(name).orElse(name))
                .orElse("");
        try (RunStore store = workspace.openExisting()) {
            List<Triage> said = new ArrayList<>();
            for (Meant meant : meant(store, target, decision == Triage.Decision.REOPENED)) {
                Triage triage = new Triage(
                        meant.id(), decision, until, fix, author.name(), now, author.reason(), meant.subjects());
                store.triage().add(triage);
                if (decision == Triage.Decision.FALSE_ALARM) {
                    clear(store, triage);
                } else {
                    restore(store, triage);
                }
                said.add(triage);
            }
            return new TriageReport(said, List.of(), now, Set.of(), broken(store, said));
        }
    }

    /**
     * Why a fix may never arrive: there is a repository here, and it does not know the name. The name may still be
     * right, as that of a commit which is not fetched yet.
     *
     * @param fixedBy as in {@link #say}
     */
    public Optional<String> doubt(String fixedBy) {
        Git git = new Git(workspace.directory());
        return git.root().isPresent() && git.commitOf(fixedBy).isEmpty()
                ? Optional.of("this repository has no commit, tag or branch " + fixedBy
                        + ": the change counts again only once a run of exactly that commit is recorded")
                : Optional.empty();
    }

    private record Meant(String id, List<Triage.Subject> subjects) {}

    /** What is known by this name; the triage of something that no longer exists can be reopened too. */
    private List<Meant> meant(RunStore store, String target, boolean isSaid) throws IOException {
        if (isSaid) {
            Annotations annotations = RecordedAnnotations.of(workspace, store);
            List<Meant> known = named(annotations.latest(), target, annotations).stream()
                    .map(triage -> new Meant(triage.id(), triage.subjects()))
                    .toList();
            if (known.size() == 1) {
                return known;
            }
            throw new NothingFound(
                    known.size() + " triaged ids begin with " + target + "; plumb triage list shows them");
        }
        if (FindIncidents.isBeginning(target)) {
            FindIncidents.Found found = new FindIncidents(workspace, policies).on(workspace.baseBranch(store), store);
            return List.of(meant(store, found, found.named(target).incident()));
        }
        List<Meant> meant = new ArrayList<>();
        for (OpenChange one : new OpenChanges(store, workspace.margins()).called(target)) {
            meant.add(meant(store, one.id(), one.series().key(), one.since(), ChangeSize.of(workspace, store, one)));
        }
        if (meant.isEmpty() && OpenChanges.isId(target)) {
            for (UncheckedFindings.Change one :
                    new UncheckedFindings(workspace, store).called(target).changes()) {
                if (one.finding().isCalled(target)) {
                    meant.add(meant(store, one.finding().id(), one.key(), one.since(), one.size()));
                }
            }
        }
        if (meant.isEmpty()) {
            List<Meant> around = incidentsWith(store, target);
            if (around.size() == 1) {
                return around;
            }
            if (!around.isEmpty()) {
                throw new NothingFound(target + " is in several incidents: "
                        + around.stream().map(Meant::id).collect(Collectors.joining(", ")));
            }
            throw new NothingFound(target + " is not the id of an incident (plumb incidents) or of a regression,"
                    + " nor a benchmark with a regression"
                    + BenchmarkSelector.hint(target, store, "plumb incidents"));
        }
        return meant;
    }

    /** A triaged finding keeps the id under which it was triaged. */
    private Meant meant(RunStore store, String id, SeriesKey key, String since, double change) throws IOException {
        return new Meant(
                RecordedAnnotations.of(workspace, store).latest().stream()
                        .filter(triage -> !FindIncidents.isId(triage.id())
                                && triage.subjects().stream()
                                        .anyMatch(subject -> subject.series().equals(key)
                                                && subject.since().equals(since)))
                        .map(Triage::id)
                        .reduce((earlier, later) -> later)
                        .orElse(id),
                List.of(new Triage.Subject(key, since, since, since, change)));
    }

    /**
     * What was said of what an id names: that which was said under the id, else of the change that the id means on
     * whichever branch, at whichever of its commits.
     */
    private static List<Triage> named(Collection<Triage> all, String target, Annotations annotations) {
        List<Triage> under =
                all.stream().filter(triage -> triage.id().startsWith(target)).toList();
        if (!under.isEmpty() || FindIncidents.isBeginning(target)) {
            return under;
        }
        int dash = target.indexOf('-');
        String commit = dash < 0 ? "" : target.substring(dash + 1);
        BenchmarkPattern pattern = new BenchmarkPattern(target);
        return all.stream()
                .filter(triage -> !FindIncidents.isId(triage.id())
                        && triage.subjects().stream()
                                .anyMatch(subject ->
                                        !pattern.matches(subject.series().benchmark())
                                                && pattern.matches(subject.series())
                                                && (commit.isEmpty()
                                                        || holds(
                                                                subject,
                                                                commit,
                                                                annotations.timeline(subject.series()
                                                                        .branch())))))
                .toList();
    }

    /** Whether a commit that is named by its beginning has a change: the one it began with, or a later one. */
    private static boolean holds(Triage.Subject subject, String commit, Timeline timeline) {
        int first = timeline.placeOf(subject.first()).orElse(timeline.size());
        return IntStream.range(first, timeline.size())
                .mapToObj(place -> timeline.at(place).header().revision().commit())
                .anyMatch(one -> Finding.shortened(one).startsWith(commit) || one.startsWith(commit));
    }

    /** The incidents that made a series worse, which is meant by its id or by its benchmark's name or a part of it. */
    private List<Meant> incidentsWith(RunStore store, String target) throws IOException {
        Predicate<SeriesKey> isMeant = new OpenChanges(store, workspace.margins()).meaning(target);
        FindIncidents.Found found = new FindIncidents(workspace, policies).on(workspace.baseBranch(store), store);
        return found.cases().stream()
                .filter(one -> one.isLoss()
                        && one.incident().shifts().stream()
                                .map(Shift::key)
                                .anyMatch(key -> key.id().equals(target)
                                        || key.findingId().equals(target)
                                        || isMeant.test(key)))
                .map(one -> meant(store, found, one.incident()))
                .toList();
    }

    /** A triaged incident keeps its id. */
    private Meant meant(RunStore store, FindIncidents.Found found, Incident incident) {
        store.triage()
                .remember(List.of(
                        incident.known(found.timeline(), workspace.clock().instant())));
        return new Meant(incident.id(), found.subjects(incident));
    }

    /** Points that were judged bad by mistake count again. */
    private void clear(RunStore store, Triage triage) {
        List<PointKey> points = new ArrayList<>();
        for (Triage.Subject subject : triage.subjects()) {
            store.series(subject.series()).ifPresent(series -> points.addAll(bad(series, subject.first())));
        }
        store.clearBad(
                points, falseAlarm(triage) + (triage.reason().isBlank() ? "" : ": " + triage.reason()), triage.at());
    }

    private static String falseAlarm(Triage triage) {
        return "false alarm, " + triage.id();
    }

    /** Points that were cleared for a false alarm are judged bad again, when it is none after all. */
    private void restore(RunStore store, Triage triage) {
        List<PointKey> points = new ArrayList<>();
        for (Triage.Subject subject : triage.subjects()) {
            List<String> runs = store.series(subject.series()).map(Series::points).orElse(List.of()).stream()
                    .map(point -> point.run().id())
                    .toList();
            Map<PointKey, Mark> latest = new LinkedHashMap<>();
            store.marks(runs).forEach(mark -> latest.put(mark.point(), mark));
            latest.values().stream()
                    .filter(mark -> !mark.bad()
                            && mark.reason().startsWith(falseAlarm(triage))
                            && mark.point().benchmark().equals(subject.series().benchmark())
                            && mark.point().metric().equals(subject.series().metric()))
                    .map(Mark::point)
                    .forEach(points::add);
        }
        if (!points.isEmpty()) {
            store.markBad(points, "not a false alarm, " + triage.id(), triage.at());
        }
    }

    /** The stretch of points judged bad that begins at or behind a commit. */
    private static List<PointKey> bad(Series series, String first) {
        List<PointKey> points = new ArrayList<>();
        boolean reached = false;
        for (Point point : series.points()) {
            reached |= point.run().header().revision().commit().equals(first);
            if (reached && point.judgedBad()) {
                points.add(new PointKey(
                        point.run().id(), series.key().benchmark(), series.key().metric()));
            } else if (!points.isEmpty()) {
                break;
            }
        }
        return points;
    }

    /** The newest triage of every incident and finding, and what was accepted. */
    public TriageReport list() throws IOException {
        try (RunStore store = workspace.openExisting()) {
            Annotations annotations = RecordedAnnotations.of(workspace, store);
            List<Triage> latest = List.copyOf(annotations.latest());
            return new TriageReport(
                    latest,
                    RecordedAnnotations.acceptances(workspace, store),
                    workspace.clock().instant(),
                    latest.stream()
                            .filter(annotations::isAcceptedSince)
                            .map(Triage::id)
                            .collect(Collectors.toSet()),
                    broken(store, latest));
        }
    }

    /** The ids of promises to mend something that is still there. */
    private Set<String> broken(RunStore store, List<Triage> latest) throws IOException {
        String base = workspace.baseBranch(store);
        if (latest.stream().noneMatch(triage -> triage.decision() == Triage.Decision.FIXED)
                || !HistoryBranches.of(store).has(base)) {
            return Set.of();
        }
        FindIncidents.Found found = new FindIncidents(workspace, policies).on(base, store);
        return Stream.concat(
                        found.cases().stream().flatMap(one -> one.broken().stream()),
                        found.called().stream().flatMap(one -> one.statements().broken().stream()))
                .map(Annotation::id)
                .collect(Collectors.toSet());
    }

    /**
     * Every triage of an incident or a finding, the oldest first.
     *
     * @param id its id or the beginning of it
     * @throws NothingFound if nothing was
     */
    public TriageReport show(String id) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            List<Triage> said =
                    withoutRepeated(named(store.triage().all(), id, RecordedAnnotations.of(workspace, store)));
            if (said.isEmpty()) {
                throw new NothingFound("no triage recorded for " + id + "; list all with plumb triage list");
            }
            return new TriageReport(said, workspace.clock().instant());
        }
    }

    /** What a check adds to a statement, that the base branch took the change in a squash, is none of its own. */
    private static List<Triage> withoutRepeated(List<Triage> said) {
        Map<List<Object>, Triage> once = new LinkedHashMap<>();
        said.forEach(triage -> once.put(List.of(triage.id(), triage.decision(), triage.at(), triage.by()), triage));
        return List.copyOf(once.values());
    }
}
