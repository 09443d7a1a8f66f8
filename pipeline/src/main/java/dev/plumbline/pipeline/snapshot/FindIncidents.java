package dev.plumbline.pipeline.snapshot;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.EarlyLoss;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.ChangeLocation;
import dev.plumbline.core.incident.Commit;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.IncidentAnnotations;
import dev.plumbline.core.incident.Incidents;
import dev.plumbline.core.incident.KnownIncident;
import dev.plumbline.core.incident.Suspects;
import dev.plumbline.core.incident.Track;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Timeline;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.repository.CommitLog;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.HistoryBranches;
import dev.plumbline.pipeline.repository.NewestByRecording;
import dev.plumbline.pipeline.snapshot.branch.DroppedRuns;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.BranchIncidents;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the incidents of a branch in the whole of its history, with their suspects and triages. */
public final class FindIncidents {
    private static final Pattern WHOLE = Pattern.compile("i[0-9a-f]{8}");
    private static final Pattern FINDING = Pattern.compile("[0-9a-f]{12}-[0-9a-f]+");
    private static final Pattern BEGINNING = Pattern.compile("i[0-9a-f]{1,8}");

    private final Workspace workspace;
    private final Policies policies;

    private final Seen seen;

    public FindIncidents(Workspace workspace, Policies policies) {
        this(workspace, policies, new Seen());
    }

    /** @param seen gets the open ones of a branch, which are not looked for again */
    public FindIncidents(Workspace workspace, Policies policies, Seen seen) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policies = requireNonNull(policies, "policies");
        this.seen = requireNonNull(seen, "seen");
    }

    /**
     * The incidents found.
     *
     * @param cases the incidents
     * @param called regressions that checks detected and that are part of no incident, accepted or not, the largest
     *     first
     * @param gone the ids of incidents of the branch that were seen once and are not among the cases
     * @param timeline the revisions of all of it
     * @param lengths how many points each series has
     * @param better what was accepted of improvements that were too good to be true, and no incident has
     * @param early what young series may have lost behind their first runs, the largest first
     */
    public record Found(
            List<Case> cases,
            List<CalledRegression> called,
            List<CalledRegression> better,
            List<String> gone,
            Timeline timeline,
            Map<SeriesKey, Integer> lengths,
            List<EarlyLoss> early) {
        public Found {
            early = List.copyOf(early);
            cases = List.copyOf(cases);
            called = List.copyOf(called);
            better = List.copyOf(better);
            gone = List.copyOf(gone);
            lengths = Map.copyOf(lengths);
        }

        /** Whether an incident has an id that begins so. */
        public boolean has(String id) {
            return cases.stream().anyMatch(one -> one.incident().id().startsWith(id));
        }

        /** @throws NothingFound if no incident, or several, have an id that begins so */
        public Case named(String id) throws NothingFound {
            NothingFound.ifBlank(id, "incident", "list them with plumb incidents --all");
            List<Case> meant = cases.stream()
                    .filter(one -> one.incident().id().startsWith(id))
                    .toList();
            if (meant.size() == 1) {
                return meant.get(0);
            }
            List<String> gone =
                    this.gone.stream().filter(one -> one.startsWith(id)).toList();
            if (meant.isEmpty() && gone.size() == 1) {
                throw new NothingFound("incident " + gone.get(0) + " no longer exists: with the current runs,"
                        + " its change is gone or belongs to another incident; plumb triage show "
                        + gone.get(0) + " shows its record; plumb incidents --all lists all incidents");
            }
            throw new NothingFound((meant.isEmpty() ? "no incident has" : meant.size() + " incidents have")
                    + " an id that begins with " + id + "; list them with plumb incidents --all"
                    + (isFinding(id) ? "; plumb explain " + id + " explains a finding" : "")
                    + (isFinding(id) || isBeginning(id) ? "" : "; --benchmark NAME lists those of a benchmark"));
        }

        private static boolean isFinding(String id) {
            return FINDING.matcher(id).matches();
        }

        /** The changes in the incident's direction, as a statement names them. */
        public List<Triage.Subject> subjects(Incident incident) {
            ChangeLocation.Stretch credible = incident.where().credible();
            return incident.shifts().stream()
                    .filter(shift -> shift.worse() == incident.worse())
                    .map(shift -> new Triage.Subject(
                            shift.key(),
                            commit(credible.first()),
                            shift.since(),
                            commit(credible.last()),
                            shift.change().relativeChange()))
                    .toList();
        }

        private String commit(int place) {
            return timeline.at(place).header().revision().commit();
        }
    }

    /**
     * A cache of incidents, for several queries of an unchanged history.
     *
     * @param byBranch filled where the open ones of a branch are searched for
     */
    public record Seen(Map<String, Found> byBranch) {
        /** None so far. */
        public Seen() {
            this(new HashMap<>());
        }
    }

    /** Whether a text may be the beginning of an incident's id: those of findings begin with digits and a to f. */
    public static boolean isBeginning(String text) {
        return BEGINNING.matcher(text).matches();
    }

    /** Whether a text is the whole id of an incident. */
    public static boolean isId(String text) {
        return WHOLE.matcher(text).matches();
    }

    /**
     * Finds.
     *
     * @return the newest first
     * @throws NothingFound if only other branches have runs
     */
    public Found on(String branch, RunStore store) throws IOException {
        HistoryBranches.of(store).check(branch);
        Snapshots snapshots = Snapshots.configured(workspace, store);
        return on(BranchHistory.of(branch, store, snapshots, policies), store);
    }

    /** The same of a branch whose history is there already. */
    public Found on(BranchHistory history, RunStore store) throws IOException {
        return on(history, whole(history, store), history::isOwn, store.triage().incidents(), store);
    }

    /** The same with what began before the branch left its base, and is there too. */
    public Found inherited(BranchHistory history, RunStore store) throws IOException {
        return inherited(history, whole(history, store), store);
    }

    private static List<Series> whole(BranchHistory history, RunStore store) {
        return store.series(SeriesQuery.all().onBranch(history.branch())).stream()
                .map(history::of)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** @param whole every series of the branch, with what it {@linkplain BranchHistory#of begins with} */
    public Found inherited(BranchHistory history, List<Series> whole, RunStore store) throws IOException {
        Optional<Found> before = Optional.ofNullable(seen.byBranch().get(history.branch()));
        if (before.isPresent() && history.base().isEmpty()) {
            return before.get();
        }
        List<KnownIncident> known = new ArrayList<>(store.triage().incidents());
        if (history.base().isPresent()) {
            // what began on the base keeps its id on the branch
            Found base = on(history.base().get(), store);
            base.cases().stream()
                    .map(one -> one.incident().known(base.timeline(), Instant.EPOCH))
                    .map(one -> new KnownIncident(
                            one.id(),
                            history.branch(),
                            one.worse(),
                            one.anchor().on(history.branch()),
                            one.firstCommit(),
                            one.lastCommit(),
                            one.at()))
                    .forEach(known::add);
        }
        return on(history, whole, run -> true, known, store);
    }

    private Found on(
            BranchHistory history,
            List<Series> whole,
            Predicate<RunInfo> isMeant,
            List<KnownIncident> known,
            RunStore store)
            throws IOException {
        String branch = history.branch();
        List<Series> all = policies.roles().judged(whole, Series::key);
        Timeline timeline = history.timeline();
        Annotations annotations = history.annotations();
        List<Track> tracks = all.parallelStream()
                .map(series -> track(series, timeline, annotations))
                .toList();
        Map<SeriesKey, Series> byKey =
                all.stream().collect(Collectors.toMap(Series::key, Function.identity(), (first, second) -> first));
        List<CalledRegression> called = new StandingRegressions(store, history.snapshots(), annotations, policies)
                .knowing(history)
                .reported(
                        tracks.stream()
                                .flatMap(track ->
                                        Stream.concat(track.called().stream(), track.accepted(annotations).stream()))
                                .filter(one -> isMeant.test(one.since()))
                                .toList(),
                        byKey::get);
        // an incident keeps its id while a check still detects it, also where the history has lost it again
        List<CalledRegression> standing = called.stream()
                .filter(one -> isOpen(one) && Incidents.wasSeen(one, timeline, known))
                .toList();
        List<Incident> incidents = Incidents.of(tracks, timeline, known, standing).stream()
                .filter(incident -> isMeant.test(incident.firstBad()))
                .toList();
        Set<String> seen = incidents.stream().map(Incident::id).collect(Collectors.toSet());
        List<String> gone = known.stream()
                .filter(one -> one.branch().equals(branch))
                .map(KnownIncident::id)
                .filter(id -> !seen.contains(id))
                .toList();
        Map<SeriesKey, Integer> lengths = new HashMap<>();
        byKey.forEach((key, series) -> lengths.put(key, series.points().size()));
        List<EarlyLoss> early = all.parallelStream()
                .flatMap(series ->
                        SegmentedSeries.early(
                                series, policies.of(series.key(), series.unit()).margin(), annotations)
                                .stream())
                .filter(loss -> isMeant.test(loss.since()))
                .sorted(Comparator.<EarlyLoss>comparingDouble(one -> -Math.abs(one.relativeChange()))
                        .thenComparing(EarlyLoss::key))
                .toList();
        return new Found(
                cases(incidents, timeline, new IncidentAnnotations(annotations)),
                called.stream().filter(one -> !standing.contains(one)).toList(),
                tracks.stream()
                        .flatMap(track -> track.acceptedAsBetter(annotations).stream())
                        .filter(one -> isMeant.test(one.since()))
                        .toList(),
                gone,
                timeline,
                lengths,
                early);
    }

    /** The open losses of a branch; none where the history has no run of it. */
    public BranchIncidents open(String branch, RunStore store) throws IOException {
        if (!HistoryBranches.of(store).has(branch)) {
            return BranchIncidents.NONE;
        }
        Found found = on(branch, store);
        seen.byBranch().put(branch, found);
        return new BranchIncidents(
                branch,
                found.cases().stream().filter(FindIncidents::isOpen).toList(),
                found.called().stream().filter(FindIncidents::isOpen).toList());
    }

    /**
     * Notes the incidents of some series that were not seen before, so that they keep their names when more runs come.
     *
     * @param keys of series of one branch; nothing is noted where there are none
     */
    public void remember(List<SeriesKey> keys, RunStore store) throws IOException {
        if (keys.isEmpty()) {
            return;
        }
        String branch = keys.get(0).branch();
        Snapshots snapshots = Snapshots.configured(workspace, store);
        Optional<NewestByRecording> newest = BranchHistory.newestByRecording(branch, store, snapshots);
        List<RunInfo> runs = store.runs(RunQuery.all().onBranch(branch));
        DroppedRuns gone = snapshots.droppedOn(branch);
        Timeline timeline =
                Timeline.of(gone.first(newest.map(known -> known.of(runs)).orElse(runs)));
        Annotations annotations = snapshots.annotations().ordered(branch, timeline);
        List<Series> whole = new ArrayList<>();
        store.forEachSeries(keys, whole::add);
        List<KnownIncident> known = store.triage().incidents();
        List<KnownIncident> fresh = new ArrayList<>(Incidents.unseen(
                whole,
                series -> track(
                        gone.without(newest.map(order -> order.of(series)).orElse(series), annotations),
                        timeline,
                        annotations),
                timeline,
                known,
                workspace.clock().instant()));
        Collections.reverse(fresh);
        store.triage().remember(fresh);
    }

    private Track track(Series series, Timeline timeline, Annotations annotations) {
        return Track.of(
                SegmentedSeries.of(
                        series, policies.of(series.key(), series.unit()).margin(), annotations),
                timeline);
    }

    private List<Case> cases(List<Incident> incidents, Timeline timeline, IncidentAnnotations stated) {
        CommitLog log = incidents.isEmpty() ? CommitLog.none() : CommitLog.of(new Git(workspace.directory()), timeline);
        List<Case> cases = new ArrayList<>();
        for (Incident incident : incidents) {
            ChangeLocation.Stretch credible = incident.where().credible();
            Map<Integer, List<Commit>> brought = log.between(timeline, credible.first(), credible.last());
            Case unranked = Case.of(incident, List.of(), stated.of(incident), stated.ofSeries(incident));
            cases.add(unranked.suspecting(Suspects.rank(incident, unranked.undecided(), timeline, brought)));
        }
        return cases;
    }

    /** Whether it is open, or triaged and not over. */
    public static boolean isOpen(CalledRegression one) {
        return one.stated()
                .map(stated -> switch (stated.kind()) {
                    case ACKNOWLEDGED, MUTED -> true;
                    case ACCEPTED, FIXED, FALSE_ALARM -> false;
                })
                .orElse(true);
    }

    /** Whether it is open, or triaged and not over. */
    public static boolean isOpen(Case one) {
        return one.incident().worse()
                && one.incident().kind() != Incident.Kind.NOISE
                && !one.incident().isSlight()
                && switch (one.state()) {
                    case NEW, ACKNOWLEDGED, MUTED -> true;
                    case ACCEPTED, FIXED, RECOVERED, FALSE_ALARM -> false;
                };
    }
}
