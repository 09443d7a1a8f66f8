package dev.plumbline.pipeline.annotate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.baseline.BaselineChange;
import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Establisher;
import dev.plumbline.core.baseline.Establishment;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.IncidentAnnotations;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.check.AcceptedLevels;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.snapshot.BranchSelector;
import dev.plumbline.pipeline.snapshot.FindIncidents;
import dev.plumbline.pipeline.snapshot.NamedBaselines;
import dev.plumbline.pipeline.snapshot.annotation.AcceptanceFiles;
import dev.plumbline.pipeline.snapshot.annotation.RecordedAnnotations;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RenamedIds;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Records that a person accepts a change for the worse. */
public final class AcceptChanges {
    private final Workspace workspace;
    private final String name;
    private final BaselineSettings settings;
    private final Author author;

    /**
     * @param name of the established baselines that move to what is accepted; others are references that are kept on
     *     purpose, such as those of a release, and stay
     */
    public AcceptChanges(Workspace workspace, String name, BaselineSettings settings, Author author) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.name = requireNonNull(name, "name");
        this.settings = requireNonNull(settings, "settings");
        this.author = requireNonNull(author, "author");
    }

    /**
     * One change that was accepted.
     *
     * @param acceptance what was recorded
     * @param series the series that took it, in the order of their keys; none where what is missing was accepted
     * @param points how many points were judged bad before and count now; none of a change that is over
     * @param back the first run behind it that is at the level before again; empty where it is still there
     * @param levels the levels around the change; empty where they are not known
     */
    public record Accepted(
            Acceptance acceptance,
            List<SeriesKey> series,
            int points,
            Optional<RunInfo> back,
            Optional<Levels> levels) {
        public Accepted {
            requireNonNull(acceptance, "acceptance");
            requireNonNull(back, "back");
            requireNonNull(levels, "levels");
            series = List.copyOf(series);
        }
    }

    /**
     * The levels around an accepted change of one series.
     *
     * @param unit of both levels
     * @param before the level before it
     * @param after the newest level of it, which new runs are judged against
     * @param isImprovement whether it is better than the one before
     */
    public record Levels(SeriesKey key, Unit unit, double before, double after, boolean isImprovement) {
        public Levels {
            requireNonNull(key, "key");
            requireNonNull(unit, "unit");
        }
    }

    /**
     * The acceptances made.
     *
     * @param accepted the changes
     * @param moved the new version of the baselines that moved with them; empty where they hold none of these series
     * @param staying the names of other baselines that keep the level before
     * @param files acceptances that were written into the repository
     * @param rest ids of what the same commits changed in other metrics of the same benchmarks, still open
     * @param onBase ids of changes that are open on the base branch, in series with an accepted change of another
     *     branch, but are different changes by their size
     * @param below ids of the open regressions that the accepted ones came on top of; they still fail the gate
     */
    public record Outcome(
            List<Accepted> accepted,
            Optional<VersionInfo> moved,
            List<String> staying,
            List<String> files,
            List<String> rest,
            List<String> onBase,
            List<String> below) {
        public Outcome {
            accepted = List.copyOf(accepted);
            requireNonNull(moved, "moved");
            staying = List.copyOf(staying);
            files = List.copyOf(files);
            rest = List.copyOf(rest);
            onBase = List.copyOf(onBase);
            below = List.copyOf(below);
        }
    }

    /**
     * Accepts.
     *
     * @param typed the beginning of a finding's or an incident's id, or benchmarks, as a {@link BenchmarkPattern}
     * @param until when it ends; empty when it does not
     * @param toFile whether it is written into the repository too
     * @throws NothingFound if no such change is open, or there are no baselines of a name that is not the usual one
     * @throws WrongRequest if it ends before it begins, or there is no reason
     */
    public Outcome accept(String typed, Acceptance.Scope scope, Optional<Instant> until, boolean toFile)
            throws IOException {
        NothingFound.ifBlank(typed, "regression", "list them with plumb incidents");
        if (!workspace.hasHistory()) {
            throw new NothingFound("there is no history " + workspace.store() + ": if it is kept elsewhere, as in"
                    + " CI, write the acceptance to the repository with plumb"
                    + " accept ID --report report.json, or with the command in the check's comment");
        }
        try (RunStore store = workspace.openExisting()) {
            if (!name.equals(workspace.configuration().baseline().name().value())) {
                NamedBaselines.version(store, name, OptionalInt.empty()); // reports a wrong name before accepting
            }
            String target = RenamedIds.current(typed, store);
            RecordedAnnotations.record(workspace, store);
            if (toFile) {
                AcceptanceFiles.checkPlace(workspace);
            }
            Annotations annotations = RecordedAnnotations.of(workspace, store);
            new KnownIds(workspace, store).refuseOthers(target);
            List<OpenChange> open = called(store, target);
            Merged merged = merged(store, open);
            open = merged.open();
            UncheckedFindings.SelectedFindings shown = open.isEmpty()
                    ? new UncheckedFindings(workspace, store).called(target)
                    : UncheckedFindings.SelectedFindings.NONE;
            if (open.isEmpty() && shown.isNothing()) {
                shown = new UncheckedFindings(workspace, store).improved(target);
            }
            if (open.isEmpty() && shown.isNothing()) {
                open = meant(store, target, annotations);
            }
            List<String> below = below(store, open);
            List<Accepted> accepted = new ArrayList<>();
            for (OpenChange one : scope == Acceptance.Scope.BENCHMARK ? withOtherMetrics(store, open) : open) {
                if (accepted.stream().noneMatch(before -> before.series()
                        .contains(one.series().key()))) {
                    accepted.add(accept(store, one, ofOneMetric(scope), until));
                }
            }
            for (UncheckedFindings.Change one : shown.changes()) {
                if (one.isImprovement()) {
                    FileAcceptance.checkImprovement(scope);
                }
            }
            for (UncheckedFindings.Change one : scope == Acceptance.Scope.BENCHMARK
                    ? withUncheckedMetrics(store, shown.changes())
                    : shown.changes()) {
                accepted.add(accept(store, one, ofOneMetric(scope), until));
            }
            for (Missing one : shown.missing()) {
                accepted.add(accept(store, one, shown.commit(), scope, until));
            }
            List<String> files = new ArrayList<>();
            for (Accepted one : accepted) {
                if (toFile) {
                    files.add(AcceptanceFiles.write(workspace, one.acceptance()));
                }
            }
            Optional<VersionInfo> moved = Optional.empty();
            List<String> staying = new ArrayList<>();
            Annotations now = RecordedAnnotations.of(workspace, store);
            for (VersionInfo info : store.baselines().newest()) {
                Optional<BaselineVersion> next = atAcceptedLevel(store, info, accepted, now);
                if (next.isPresent() && info.name().equals(name)) {
                    store.baselines().add(next.get());
                    moved = next.map(BaselineVersion::info);
                } else if (next.isPresent()) {
                    staying.add(info.name());
                }
            }
            return new Outcome(accepted, moved, staying, files, rest(store, accepted), merged.others(), below);
        }
    }

    /** The ids of the open levels that further losses came on top of. */
    private List<String> below(RunStore store, List<OpenChange> open) {
        OpenChanges changes = new OpenChanges(store, workspace.margins());
        return open.stream()
                .filter(OpenChange::isStanding)
                .flatMap(one -> changes.all(one.series().key()).stream()
                        .filter(level -> one.below().isPresent()
                                && level.start() == one.below().getAsInt()))
                .map(OpenChange::id)
                .filter(id -> open.stream().noneMatch(one -> one.id().equals(id)))
                .distinct()
                .toList();
    }

    /** Each metric is accepted with its own size: what one lost excuses no larger loss of another. */
    private static Acceptance.Scope ofOneMetric(Acceptance.Scope scope) {
        return scope == Acceptance.Scope.BENCHMARK ? Acceptance.Scope.METRIC : scope;
    }

    /**
     * The same and what the same commits changed in other metrics of the same benchmarks, the largest change of each
     * metric first: it is accepted in every environment.
     */
    private List<OpenChange> withOtherMetrics(RunStore store, List<OpenChange> open) throws IOException {
        List<OpenChange> all = new ArrayList<>(open);
        Map<SeriesKey, Double> sizes = new HashMap<>();
        for (OpenChange one : new OpenChanges(store, workspace.margins())
                .newest(key -> open.stream().anyMatch(taken -> isOfSameBenchmark(taken.series(), key)))) {
            if (open.stream()
                    .anyMatch(taken -> !taken.series().key().equals(one.series().key())
                            && isOfSameBenchmark(taken.series(), one.series().key())
                            && taken.since().equals(one.since()))) {
                all.add(one);
            }
        }
        for (OpenChange one : all) {
            sizes.put(one.series().key(), Math.abs(ChangeSize.of(workspace, store, one)));
        }
        return all.stream()
                .sorted(Comparator.comparingDouble(
                        one -> -sizes.get(one.series().key())))
                .toList();
    }

    private static boolean isOfSameBenchmark(Series series, SeriesKey other) {
        return series.key().benchmark().equals(other.benchmark())
                && series.key().branch().equals(other.branch());
    }

    /** The same for a change that no check has detected yet; a name selects every metric already. */
    private List<UncheckedFindings.Change> withUncheckedMetrics(RunStore store, List<UncheckedFindings.Change> shown)
            throws IOException {
        if (shown.size() != 1) {
            return shown;
        }
        UncheckedFindings.Change one = shown.get(0);
        Map<SeriesKey, UncheckedFindings.Change> all = new LinkedHashMap<>(Map.of(one.key(), one));
        new UncheckedFindings(workspace, store)
                .called(one.key().benchmark().label()).changes().stream()
                        .filter(other ->
                                other.key().benchmark().equals(one.key().benchmark())
                                        && other.key().branch().equals(one.key().branch())
                                        && other.since().equals(one.since()))
                        .forEach(other -> all.putIfAbsent(other.key(), other));
        return List.copyOf(all.values());
    }

    /**
     * The open changes of branches, each joined with the same change on the base branch.
     *
     * @param others the ids of what is open there and is another change by its size
     */
    private record Merged(List<OpenChange> open, List<String> others) {}

    /**
     * Joins changes that checks detected on a branch and, after the branch was merged, on the base branch too: a person
     * who accepts one by the id that it had on the branch accepts both.
     */
    private Merged merged(RunStore store, List<OpenChange> open) throws IOException {
        String base = workspace.baseBranch(store);
        List<OpenChange> all = new ArrayList<>(open);
        List<String> others = new ArrayList<>();
        OpenChanges changes = new OpenChanges(store, workspace.margins());
        for (OpenChange one : open) {
            SeriesKey key = one.series().key().on(base);
            if (all.stream().anyMatch(other -> other.series().key().equals(key))) {
                continue;
            }
            for (OpenChange there : changes.newest(key::equals)) {
                double size = ChangeSize.of(workspace, store, there);
                double accepted = ChangeSize.of(workspace, store, one);
                double margin =
                        workspace.margins().applyAsDouble(key, there.series().unit());
                if (!there.isStanding()) {
                    continue;
                }
                if (Math.signum(size) == Math.signum(accepted)
                        && Math.abs(size) <= Math.abs(accepted) + margin
                        && Math.abs(size) >= Math.abs(accepted) / 2) {
                    all.add(there);
                } else {
                    others.add(there.id());
                }
            }
        }
        return new Merged(all, others);
    }

    /** The changes of other metrics of the same benchmarks that began with the accepted commits and are still open. */
    private List<String> rest(RunStore store, List<Accepted> accepted) {
        return new OpenChanges(store, workspace.margins())
                        .newest(key -> accepted.stream()
                                .anyMatch(one -> one.acceptance().benchmark().equals(key.benchmark())
                                        && one.series().stream()
                                                .anyMatch(taken -> taken.branch()
                                                                .equals(key.branch())
                                                        && taken.environment().equals(key.environment()))))
                        .stream()
                        .filter(one -> accepted.stream().noneMatch(taken -> taken.series()
                                .contains(one.series().key())))
                        .filter(one -> accepted.stream()
                                .anyMatch(taken -> taken.acceptance()
                                                .benchmark()
                                                .equals(one.series().key().benchmark())
                                        && taken.acceptance().since().equals(one.since())))
                        .map(OpenChange::id)
                        .toList();
    }

    /** The detected changes that a name selects. */
    private List<OpenChange> called(RunStore store, String target) throws IOException {
        if (FindIncidents.isBeginning(target)) {
            return List.of();
        }
        List<OpenChange> standing = new OpenChanges(store, workspace.margins()).standing(target);
        if (ChangeId.of(target).isPresent()) {
            return standing;
        }
        List<OpenChange> named = new ArrayList<>();
        for (OpenChange one : nearest(standing, store)) {
            named.add(one.below().isPresent() ? asReported(one, store) : one);
        }
        return named;
    }

    /** A further loss, or if the newest check sees one level, the whole regression including the earlier one. */
    private OpenChange asReported(OpenChange further, RunStore store) throws IOException {
        SeriesKey key = further.series().key();
        FindIncidents.Found found = incidents(key.branch(), store);
        List<OpenChange> all = new OpenChanges(store, workspace.margins()).all(key);
        OpenChange one = further;
        while (one.below().isPresent() && !isReported(one, found)) {
            int start = one.below().getAsInt();
            OpenChange below = all.stream()
                    .filter(level -> level.start() == start)
                    .findFirst()
                    .orElseThrow();
            one = new OpenChange(one.series(), start, one.end(), OptionalDouble.empty(), below.below());
        }
        return one;
    }

    private static boolean isReported(OpenChange one, FindIncidents.Found found) {
        SeriesKey key = one.series().key();
        return found.called().stream().anyMatch(known -> known.key().equals(key) && known.index() == one.start())
                || found.cases().stream()
                        .flatMap(known -> known.incident().shifts().stream())
                        .anyMatch(shift ->
                                shift.key().equals(key) && shift.change().index() == one.start());
    }

    /**
     * The open changes of a named benchmark on the branch that is checked out, else of the base branch: a loss on
     * another branch has another size and is for others to accept. An id names its change on any branch.
     */
    private List<OpenChange> nearest(List<OpenChange> open, RunStore store) {
        return Stream.concat(BranchSelector.checkedOut(workspace).stream(), Stream.of(workspace.baseBranch(store)))
                .map(branch -> open.stream()
                        .filter(one -> one.series().key().branch().equals(branch))
                        .toList())
                .filter(there -> !there.isEmpty())
                .findFirst()
                .orElse(open);
    }

    /** The changes without a detection by a check that a name selects, never none. */
    private List<OpenChange> meant(RunStore store, String target, Annotations annotations) throws IOException {
        List<Shift> shifts;
        if (FindIncidents.isBeginning(target)) {
            FindIncidents.Found found = incidents(store);
            Incident incident = found.named(target).incident();
            store.triage()
                    .remember(List.of(
                            incident.known(found.timeline(), workspace.clock().instant())));
            List<Shift> standing = worse(incident).toList();
            shifts = standing.isEmpty() ? over(incident) : standing;
        } else {
            BenchmarkSelector.check(SeriesQuery.all().ofBenchmark(new BenchmarkPattern(target)), store);
            Predicate<SeriesKey> isMeant = new OpenChanges(store, workspace.margins()).meaning(target);
            shifts = incidents(store).cases().stream()
                    .flatMap(one -> worse(one.incident()))
                    .filter(shift -> isMeant.test(shift.key()))
                    .toList();
        }
        IncidentAnnotations stated = new IncidentAnnotations(annotations);
        List<OpenChange> open = shifts.stream()
                .filter(shift -> stated.acceptedOf(shift).isEmpty())
                .map(OpenChange::of)
                .sorted(Comparator.comparing(OpenChange::start, Comparator.reverseOrder()))
                .toList();
        if (open.isEmpty()) {
            open = early(store, target, annotations);
        }
        if (open.isEmpty()) {
            throw new NothingFound(nothing(store, target, shifts, annotations));
        }
        return open;
    }

    /** The possible losses of young series behind their first runs. */
    private List<OpenChange> early(RunStore store, String target, Annotations annotations) throws IOException {
        if (FindIncidents.isBeginning(target)) {
            return List.of();
        }
        Predicate<SeriesKey> isMeant = new OpenChanges(store, workspace.margins()).meaning(target);
        List<OpenChange> early = new ArrayList<>();
        for (Series series : store.series(SeriesQuery.all().onBranch(workspace.baseBranch(store)))) {
            if (isMeant.test(series.key())) {
                double margin = workspace.margins().applyAsDouble(series.key(), series.unit());
                SegmentedSeries.early(series, margin, annotations)
                        .map(loss -> new OpenChange(
                                series, loss.before(), series.points().size()))
                        .ifPresent(early::add);
            }
        }
        return early;
    }

    private String nothing(RunStore store, String target, List<Shift> shifts, Annotations annotations)
            throws IOException {
        OpenChanges changes = new OpenChanges(store, workspace.margins());
        String goneBy = FindIncidents.isBeginning(target) ? "" : goneBy(changes, target);
        Stream<Annotation> ofShifts =
                shifts.stream().flatMap(shift -> new IncidentAnnotations(annotations).acceptedOf(shift).stream());
        Stream<Annotation> byName = FindIncidents.isBeginning(target)
                ? Stream.empty()
                : store.keys(SeriesQuery.all()).stream()
                        .filter(changes.meaning(target))
                        .flatMap(key -> annotations.newestAcceptanceOf(key).stream());
        return Stream.concat(ofShifts, byName)
                        .max(Comparator.comparing(Annotation::at))
                        .map(stated -> target + " is accepted already, by " + stated.by() + " on " + day(stated.at())
                                + stated.until()
                                        .map(end -> ", until " + day(end))
                                        .orElse("") + " (" + stated.id() + "): "
                                + stated.reason() + since(shifts))
                        .orElse("nothing to accept: " + noCheck(target, goneBy)
                                + " and no regression in it persists; list past regressions with plumb incidents"
                                + " --all")
                + goneBy;
    }

    private static String noCheck(String target, String goneBy) {
        return goneBy.isEmpty()
                ? "no check detected a regression of " + target + ","
                : "nothing of " + target + " is open,";
    }

    /** The newest change of each series that checks detected and the following runs no longer show. */
    private static String goneBy(OpenChanges changes, String target) {
        return changes.newest(changes.meaning(target)).stream()
                .map(one -> "; the regression that a check detected at commit "
                        + one.series()
                                .points()
                                .get(one.start())
                                .run()
                                .header()
                                .revision()
                                .shortCommit()
                        + " did not persist in the next run; to accept it anyway: plumb accept "
                        + one.id() + " --reason WHY")
                .collect(Collectors.joining());
    }

    /** A note that changes detected on top of these are accepted by an id of their own. */
    private static String since(List<Shift> shifts) {
        return shifts.stream()
                .flatMap(shift -> shift.track().called().stream())
                .distinct()
                .map(one -> "; the regression detected since then at commit "
                        + one.since().header().revision().shortCommit() + " is a different change: plumb accept "
                        + one.findingId() + " --reason WHY")
                .collect(Collectors.joining());
    }

    private static String day(Instant time) {
        return time.toString().substring(0, "2026-01-31".length());
    }

    private Accepted accept(RunStore store, OpenChange one, Acceptance.Scope scope, Optional<Instant> until)
            throws IOException {
        Acceptance acceptance =
                acceptance(one.series().key(), scope, one.since(), ChangeSize.of(workspace, store, one), until);
        Optional<RunInfo> back = one.backSince();
        store.baselines().accept(acceptance, "command");
        List<SeriesKey> taken = new ArrayList<>();
        int points = 0;
        for (Series series :
                store.series(SeriesQuery.all().onBranch(one.series().key().branch()))) {
            Optional<OpenChange> alike = series.key().equals(one.series().key())
                    ? Optional.of(one)
                    : acceptance.speaksOf(series.key())
                            ? OpenChange.of(series, workspace.margins().applyAsDouble(series.key(), series.unit()))
                                    .stream()
                                    .filter(stretch -> stretch.since().equals(one.since()))
                                    .findFirst()
                            : Optional.empty();
            if (alike.isPresent()) {
                List<PointKey> accepted =
                        alike.get().newestPoints(workspace.margins().applyAsDouble(series.key(), series.unit()));
                taken.add(series.key());
                if (alike.get().isOver()) {
                    AcceptedLevels.writeOver(store, acceptance, accepted);
                } else {
                    AcceptedLevels.write(
                            store, acceptance, accepted, workspace.clock().instant());
                    points += accepted.size();
                }
            }
        }
        double margin = workspace
                .margins()
                .applyAsDouble(one.series().key(), one.series().unit());
        return new Accepted(acceptance, taken, points, back, one.levels(acceptance.change(), margin));
    }

    /** Accepts a change that no check has detected yet: the series begins with it as with any accepted level. */
    private Accepted accept(
            RunStore store, UncheckedFindings.Change one, Acceptance.Scope scope, Optional<Instant> until)
            throws IOException {
        Acceptance acceptance = acceptance(one.key(), scope, one.since(), one.size(), until);
        store.baselines().accept(acceptance, "command");
        AcceptedLevels.write(store, acceptance, one.points(), workspace.clock().instant());
        Optional<Levels> levels = one.finding()
                .verdict()
                .effect()
                .filter(effect -> one.isImprovement())
                .map(effect -> new Levels(one.key(), one.finding().unit(), effect.before(), effect.after(), true));
        return new Accepted(acceptance, List.of(one.key()), 0, Optional.empty(), levels);
    }

    private Accepted accept(RunStore store, Missing one, String commit, Acceptance.Scope scope, Optional<Instant> until)
            throws IOException {
        Acceptance acceptance = FileAcceptance.ofMissing(one, scope, commit, author, workspace, until);
        store.baselines().accept(acceptance, "command");
        return new Accepted(acceptance, List.of(), 0, Optional.empty(), Optional.empty());
    }

    private Acceptance acceptance(
            SeriesKey key, Acceptance.Scope scope, String since, double change, Optional<Instant> until)
            throws WrongRequest {
        try {
            return Acceptance.of(
                    key,
                    scope,
                    since,
                    change,
                    author.reason(),
                    author.name(),
                    workspace.clock().instant(),
                    until);
        } catch (IllegalArgumentException e) {
            throw new WrongRequest(e.getMessage(), e);
        }
    }

    private FindIncidents.Found incidents(RunStore store) throws IOException {
        return incidents(workspace.baseBranch(store), store);
    }

    private FindIncidents.Found incidents(String branch, RunStore store) throws IOException {
        Configuration configuration = workspace.configuration();
        return new FindIncidents(workspace, configuration.thresholds(configuration.policy())).on(branch, store);
    }

    /** The regressions of an incident that have not recovered, from its first run to the next change. */
    private static Stream<Shift> worse(Incident incident) {
        return incident.shifts().stream()
                .filter(shift -> shift.worse() && shift.recovery().isEmpty());
    }

    /** The detected changes of an incident that is over. */
    private static List<Shift> over(Incident incident) {
        return incident.shifts().stream()
                .filter(shift -> shift.worse() && OpenChange.of(shift).isOver())
                .toList();
    }

    /**
     * The next version, at the accepted level; empty where the baselines hold none of the series or are there already.
     */
    private Optional<BaselineVersion> atAcceptedLevel(
            RunStore store, VersionInfo info, List<Accepted> accepted, Annotations annotations) {
        BaselineVersion version = store.baselines().newest(info.name()).orElseThrow();
        Provenance provenance = new Provenance(
                info.number() + 1,
                workspace.clock().instant(),
                author.name(),
                author.reason(),
                "history",
                Version.TEXT,
                settings.asText());
        Establisher establisher = new Establisher(settings, workspace.margins(), provenance);
        TreeMap<SeriesKey, EstablishedBaseline> baselines = new TreeMap<>();
        version.baselines().forEach(baseline -> baselines.put(baseline.key(), baseline));
        boolean moved = false;
        for (Accepted one : accepted) {
            for (SeriesKey key : one.series()) {
                Optional<EstablishedBaseline> before = Optional.ofNullable(baselines.get(key));
                if (before.isPresent()) {
                    Series series = store.series(key).orElseThrow();
                    Establishment after = establisher.fromHistory(series, before, annotations.levelOf(series));
                    moved |= after.outcome() == Establishment.Outcome.ACCEPTED;
                    baselines.put(key, after.baseline().orElseThrow());
                }
            }
        }
        return moved
                ? Optional.of(BaselineVersion.of(
                        info.name(), BaselineChange.ACCEPTED, provenance, List.copyOf(baselines.values())))
                : Optional.empty();
    }
}
