package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.baseline.Acceptance;
import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.Change;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Establisher;
import dev.plumbline.core.baseline.Establishment;
import dev.plumbline.core.baseline.KnownAcceptance;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.detect.CalledRegression;
import dev.plumbline.core.detect.Effect;
import dev.plumbline.core.detect.Finding;
import dev.plumbline.core.detect.Statement;
import dev.plumbline.core.detect.Verdict;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.Location;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Steps;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.PointKey;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Records that a person accepts a change for the worse, lists what was accepted, and takes acceptances back. */
public final class AcceptChanges {
    private static final Pattern FINDING = Pattern.compile("([0-9a-f]{4,12})(?:-(.*))?");

    /** So many runs tell where a slope has come to. */
    private static final int NEWEST = 5;

    private final Workspace workspace;
    private final String name;
    private final BaselineSettings settings;
    private final Author author;

    /**
     * @param name of the established baselines that move to what is accepted; others are references that somebody keeps
     *     on purpose, a release's say, and stay
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
     * @param series the series that took it, in the order of their keys
     * @param points how many points were judged bad before and count now
     */
    public record Accepted(Acceptance acceptance, List<SeriesKey> series, int points) {
        public Accepted {
            requireNonNull(acceptance, "acceptance");
            series = List.copyOf(series);
        }
    }

    /**
     * What was done.
     *
     * @param accepted the changes
     * @param moved the new version of the baselines that moved with them; empty where they hold none of these series
     * @param staying the names of other baselines that keep the level before
     * @param files acceptances that were written into the repository
     */
    public record Outcome(
            List<Accepted> accepted, Optional<VersionInfo> moved, List<String> staying, List<String> files) {
        public Outcome {
            accepted = List.copyOf(accepted);
            requireNonNull(moved, "moved");
            staying = List.copyOf(staying);
            files = List.copyOf(files);
        }
    }

    /**
     * What was taken back.
     *
     * @param acceptance which
     * @param versions new versions of baselines that went back with it
     */
    public record Revoked(KnownAcceptance acceptance, List<VersionInfo> versions) {
        public Revoked {
            requireNonNull(acceptance, "acceptance");
            versions = List.copyOf(versions);
        }
    }

    /** A stretch of points judged bad at the same level. */
    record Open(Series series, int start, int end) {
        String since() {
            return series.points().get(start).run().header().revision().commit();
        }

        /** As a check tells it. */
        String id() {
            String id = series.key().id();
            return since().isEmpty() ? id : id + "-" + Finding.shortened(since());
        }

        /** The points on the level that the stretch has come to: losses may have added up inside it. */
        List<PointKey> newestLevel() {
            double[] values = Arrays.copyOf(series.values(), end);
            Steps steps = StepScan.analyze(values, StepScan.Settings.DEFAULT);
            int level = Stream.concat(steps.steps().stream(), steps.negligible().stream())
                    .mapToInt(Step::index)
                    .filter(index -> index > start)
                    .max()
                    .orElse(start);
            int newest = Math.max(level, end - NEWEST);
            double slope = Effect.relativeChange(
                    Location.median(Arrays.copyOfRange(values, level, end)),
                    Location.median(Arrays.copyOfRange(values, newest, end)));
            // a slope has no step: what is accepted is where it has come to
            return points(Math.abs(slope) < StepScan.Settings.DEFAULT.smallestChange() / 2 ? level : newest);
        }

        private List<PointKey> points(int from) {
            return series.points().subList(from, end).stream()
                    .map(point -> new PointKey(
                            point.run().id(),
                            series.key().benchmark(),
                            series.key().metric()))
                    .toList();
        }
    }

    /**
     * Accepts.
     *
     * @param target the beginning of a finding's or an incident's id, or benchmarks, as a {@link BenchmarkPattern}
     * @param until when it ends; empty when it does not
     * @param toFile whether it is written into the repository too
     * @throws NothingFound if no such change is open, or there are no baselines of a name that is not the usual one
     * @throws WrongRequest if it ends before it begins, or there is no reason
     */
    public Outcome accept(String target, Acceptance.Scope scope, Optional<Instant> until, boolean toFile)
            throws IOException {
        try (RunStore store = workspace.openExisting()) {
            if (!name.equals(workspace.configuration().baseline().name().value())) {
                ReadBaselines.version(store, name, OptionalInt.empty()); // a slip is told before anything is accepted
            }
            Acceptances acceptances = Acceptances.of(workspace, store);
            List<Open> open = meant(store, target, acceptances);
            List<Accepted> accepted = new ArrayList<>();
            for (Open one : open) {
                if (accepted.stream().noneMatch(before -> before.series()
                        .contains(one.series().key()))) {
                    accepted.add(accept(store, acceptances, one, scope, until));
                }
            }
            List<String> files = new ArrayList<>();
            for (Accepted one : accepted) {
                if (toFile) {
                    files.add(AcceptanceFiles.write(workspace, one.acceptance()));
                }
            }
            Optional<VersionInfo> moved = Optional.empty();
            List<String> staying = new ArrayList<>();
            Acceptances now = Acceptances.of(workspace, store);
            for (VersionInfo info : store.baselines().newest()) {
                Optional<BaselineVersion> next = atAcceptedLevel(store, info, accepted, now);
                if (next.isPresent() && info.name().equals(name)) {
                    store.baselines().add(next.get());
                    moved = next.map(BaselineVersion::info);
                } else if (next.isPresent()) {
                    staying.add(info.name());
                }
            }
            return new Outcome(accepted, moved, staying, files);
        }
    }

    /** What a person who typed this wants to accept, never nothing. */
    private List<Open> meant(RunStore store, String target, Acceptances acceptances) throws IOException {
        List<Shift> shifts;
        if (FindIncidents.isBeginning(target)) {
            shifts = worse(incidents(store).named(target).incident()).toList();
        } else {
            Predicate<SeriesKey> isMeant = named(store, target);
            List<Open> open = withId(store, target);
            open = open.isEmpty() ? standing(store, key -> isCalled(key, target)) : open;
            open = open.isEmpty() ? standing(store, isMeant) : open;
            if (!open.isEmpty()) {
                return open;
            }
            MeantBenchmarks.check(SeriesQuery.all().ofBenchmark(new BenchmarkPattern(target)), store);
            shifts = incidents(store).cases().stream()
                    .flatMap(one -> worse(one.incident()))
                    .filter(shift -> isMeant.test(shift.key()))
                    .toList();
        }
        List<Open> open = shifts.stream()
                .filter(shift -> acceptances.of(shift).isEmpty())
                .map(shift -> new Open(shift.track().series(), shift.change().index(), end(shift)))
                .sorted(Comparator.comparing(Open::start, Comparator.reverseOrder()))
                .toList();
        if (open.isEmpty()) {
            throw new NothingFound(nothing(store, target, shifts, acceptances));
        }
        return open;
    }

    /** Where the level of a change ends: a further loss that checks have called on it is another one. */
    private static int end(Shift shift) {
        return shift.track()
                .called()
                .map(CalledRegression::index)
                .filter(index -> index > shift.change().index())
                .map(index -> Math.min(index, shift.end()))
                .orElseGet(shift::end);
    }

    /** The benchmarks whose whole name this is, else those that {@link BenchmarkPattern} means. */
    private static Predicate<SeriesKey> named(RunStore store, String target) {
        BenchmarkPattern pattern = new BenchmarkPattern(target);
        return store.keys(SeriesQuery.all()).stream().anyMatch(key -> isCalled(key, target))
                ? key -> isCalled(key, target)
                : pattern::matches;
    }

    private static boolean isCalled(SeriesKey key, String name) {
        return key.benchmark().name().equals(name) || key.benchmark().label().equals(name);
    }

    private String nothing(RunStore store, String target, List<Shift> shifts, Acceptances acceptances)
            throws IOException {
        String goneBy = FindIncidents.isBeginning(target) ? "" : goneBy(store, named(store, target));
        Stream<Statement> ofShifts = shifts.stream().flatMap(shift -> acceptances.of(shift).stream());
        Stream<Statement> byName = FindIncidents.isBeginning(target)
                ? Stream.empty()
                : store.keys(SeriesQuery.all()).stream()
                        .filter(named(store, target))
                        .flatMap(key -> acceptances.newestOf(key).stream());
        return Stream.concat(ofShifts, byName)
                        .max(Comparator.comparing(Statement::at))
                        .map(said -> target + " is accepted already, by " + said.by() + " on " + day(said.at())
                                + said.until().map(end -> ", until " + day(end)).orElse("") + " (" + said.id() + "): "
                                + said.reason() + since(shifts))
                        .orElse("nothing to accept: " + noCheck(target, goneBy)
                                + " and no step for the worse in it is still there; plumb incidents --all lists"
                                + " those there were")
                + goneBy;
    }

    private static String noCheck(String target, String goneBy) {
        return goneBy.isEmpty() ? "no check called " + target + " a regression," : "nothing of " + target + " is open,";
    }

    /** What checks have called and no longer did with the runs behind it, the newest of each series. */
    private static String goneBy(RunStore store, Predicate<SeriesKey> isMeant) {
        return open(store, isMeant).stream()
                .map(one -> "; what a check called with commit "
                        + one.series()
                                .points()
                                .get(one.start())
                                .run()
                                .header()
                                .revision()
                                .shortCommit()
                        + " has gone by, for no check called the run after it; to accept it all the same: plumb accept "
                        + one.id() + " --reason WHY")
                .collect(Collectors.joining());
    }

    /** What checks have called on top of changes is accepted by an id of its own. */
    private static String since(List<Shift> shifts) {
        return shifts.stream()
                .flatMap(shift -> shift.track().called().stream())
                .distinct()
                .map(one -> "; what a check called since, with commit "
                        + one.since().header().revision().shortCommit() + ", is another change: plumb accept "
                        + one.findingId() + " --reason WHY")
                .collect(Collectors.joining());
    }

    private static String day(Instant time) {
        return time.toString().substring(0, "2026-01-31".length());
    }

    private Accepted accept(
            RunStore store, Acceptances acceptances, Open one, Acceptance.Scope scope, Optional<Instant> until)
            throws IOException {
        double change = size(workspace, store, one);
        Acceptance acceptance;
        try {
            acceptance = Acceptance.of(
                    one.series.key(),
                    scope,
                    one.since(),
                    change,
                    author.reason(),
                    author.name(),
                    workspace.clock().instant(),
                    until);
        } catch (IllegalArgumentException e) {
            throw new WrongRequest(e.getMessage(), e);
        }
        store.baselines().accept(acceptance, "command");
        List<SeriesKey> taken = new ArrayList<>();
        int points = 0;
        for (Series series :
                store.series(SeriesQuery.all().onBranch(one.series.key().branch()))) {
            Optional<Open> alike = series.key().equals(one.series.key())
                    ? Optional.of(one)
                    : acceptance.speaksOf(series.key())
                            ? stretches(series).stream()
                                    .filter(stretch -> stretch.since().equals(one.since()))
                                    .findFirst()
                            : Optional.empty();
            if (alike.isPresent()) {
                List<PointKey> accepted = alike.get().newestLevel();
                acceptances.take(acceptance, series.key(), accepted);
                taken.add(series.key());
                points += accepted.size();
            }
        }
        return new Accepted(acceptance, taken, points);
    }

    /** How large a change is, as a check of its newest run tells it; without one as its points do. */
    static double size(Workspace workspace, RunStore store, Open one) throws IOException {
        return told(workspace, store, one).orElse(change(store, one, workspace.baseBranch(store)));
    }

    /** The size that a check of its newest run tells, so that it is one number everywhere; empty without one. */
    private static Optional<Double> told(Workspace workspace, RunStore store, Open one) throws IOException {
        SeriesKey key = one.series.key();
        if (one.end < one.series.points().size()) {
            return Optional.empty();
        }
        String newest = one.series.points().get(one.end - 1).run().id();
        Configuration configuration = workspace.configuration();
        return new ExplainFindings(
                        workspace,
                        configuration.thresholds(configuration.policy()),
                        Optional.empty(),
                        configuration.baseline().use().value())
                .explain(new BenchmarkPattern(key.benchmark().label()), Optional.of(newest), store).findings().stream()
                        .filter(finding -> finding.key().benchmark().equals(key.benchmark())
                                && finding.key().metric().equals(key.metric())
                                && finding.key().environment().equals(key.environment())
                                && finding.verdict() instanceof Verdict.Regressed
                                && finding.since().equals(one.since()))
                        .findFirst()
                        .flatMap(finding -> finding.verdict().effect())
                        .map(Effect::relativeChange)
                        .filter(Double::isFinite);
    }

    /** Against the level before it; on a branch that has none, against that of the base branch. */
    private static double change(RunStore store, Open one, String baseBranch) {
        Acceptances.Levels levels = Acceptances.levels(one.series.points(), one.start, one.end);
        if (Double.isNaN(levels.before())) {
            SeriesKey key = one.series.key();
            double[] healthy = store.series(new SeriesKey(key.benchmark(), key.metric(), key.environment(), baseBranch))
                    .map(series -> series.points().stream()
                            .filter(point -> !point.judgedBad())
                            .mapToDouble(Point::value)
                            .toArray())
                    .orElse(new double[0]);
            if (healthy.length > 0) {
                levels = new Acceptances.Levels(Location.median(healthy), levels.after());
            }
        }
        double change = Double.isNaN(levels.before()) ? 0 : Effect.relativeChange(levels.before(), levels.after());
        // a change that cannot be told, or that has gone by, is accepted as it is and covers no other
        return change == 0 || !one.series.better().isWorse(change)
                ? Math.copySign(Double.MIN_VALUE, one.series.better().isWorse(1) ? 1 : -1)
                : change;
    }

    private FindIncidents.Found incidents(RunStore store) throws IOException {
        Configuration configuration = workspace.configuration();
        return new FindIncidents(workspace, configuration.thresholds(configuration.policy()))
                .on(workspace.baseBranch(store), store, true);
    }

    /** What an incident made worse and is not back, from its first run to the next change. */
    private static Stream<Shift> worse(Incident incident) {
        return incident.shifts().stream()
                .filter(shift -> shift.worse() && shift.recovery().isEmpty());
    }

    /** The newest open stretch of each series that is meant; with the id of a change, that one. */
    static List<Open> open(RunStore store, String target) {
        List<Open> found = withId(store, target);
        return found.isEmpty() ? open(store, (SeriesKey key) -> isCalled(key, target)) : found;
    }

    private static List<Open> withId(RunStore store, String target) {
        Matcher id = FINDING.matcher(target);
        return id.matches() ? withId(store, id.group(1), Optional.ofNullable(id.group(2))) : List.of();
    }

    /** Those of them that no good run came after: what has gone by is accepted by its id, never by a name. */
    private static List<Open> standing(RunStore store, Predicate<SeriesKey> isMeant) {
        return open(store, isMeant).stream()
                .filter(one -> one.end() == one.series().points().size())
                .toList();
    }

    private static List<Open> open(RunStore store, Predicate<SeriesKey> isMeant) {
        List<Open> found = new ArrayList<>();
        store.forEachSeries(SeriesQuery.all(), series -> {
            if (isMeant.test(series.key())) {
                newest(stretches(series)).ifPresent(found::add);
            }
        });
        return found;
    }

    private static List<Open> withId(RunStore store, String seriesId, Optional<String> commit) {
        List<SeriesKey> keys = store.keys(SeriesQuery.all());
        List<SeriesKey> meant =
                keys.stream().filter(key -> key.id().startsWith(seriesId)).toList();
        if (meant.size() != 1) {
            return List.of();
        }
        SeriesKey key = meant.get(0);
        List<Open> found = new ArrayList<>();
        // a finding on another branch has the id of the series that it was judged against
        keys.stream()
                .filter(other -> other.benchmark().equals(key.benchmark())
                        && other.metric().equals(key.metric())
                        && other.environment().equals(key.environment()))
                .filter(other -> other.equals(key) || commit.isPresent())
                .forEach(other -> store.series(other).ifPresent(series -> newest(stretches(series).stream()
                                .filter(stretch ->
                                        commit.map(stretch.since()::startsWith).orElse(true))
                                .toList())
                        .ifPresent(found::add)));
        return found;
    }

    private static Optional<Open> newest(List<Open> stretches) {
        return stretches.isEmpty() ? Optional.empty() : Optional.of(stretches.get(stretches.size() - 1));
    }

    /** Every stretch of points judged bad, the oldest first. */
    private static List<Open> stretches(Series series) {
        List<Open> stretches = new ArrayList<>();
        List<Point> points = series.points();
        int start = -1;
        for (int i = 0; i <= points.size(); i++) {
            boolean bad = i < points.size() && points.get(i).judgedBad();
            if (bad && start < 0) {
                start = i;
            } else if (!bad && start >= 0) {
                stretches.add(new Open(series, start, i));
                start = -1;
            }
        }
        return stretches;
    }

    /** The next version, at the accepted level; empty where the baselines hold none of the series or stand there. */
    private Optional<BaselineVersion> atAcceptedLevel(
            RunStore store, VersionInfo info, List<Accepted> accepted, Acceptances acceptances) {
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
                    Establishment after =
                            establisher.fromHistory(store.series(key).orElseThrow(), before, acceptances.levelOf(key));
                    moved |= after.outcome() == Establishment.Outcome.ACCEPTED;
                    baselines.put(key, after.baseline().orElseThrow());
                }
            }
        }
        return moved
                ? Optional.of(
                        BaselineVersion.of(info.name(), Change.ACCEPTED, provenance, List.copyOf(baselines.values())))
                : Optional.empty();
    }

    /** Every acceptance, the oldest first, those in the repository's files among them; none without a history. */
    public List<KnownAcceptance> list() throws IOException {
        if (!Files.exists(workspace.store())) {
            return AcceptanceFiles.read(workspace).stream()
                    .map(one -> new KnownAcceptance(one.acceptance(), one.file(), Optional.empty()))
                    .toList();
        }
        try (RunStore store = workspace.open()) {
            Acceptances.of(workspace, store);
            return store.baselines().acceptances();
        }
    }

    /**
     * Takes an acceptance back: the change counts as a regression again.
     *
     * @param id the acceptance's id or the beginning of it
     * @throws NothingFound if it means none that holds, or several
     */
    public Revoked revoke(String id) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            Acceptances.of(workspace, store);
            List<KnownAcceptance> meant = store.baselines().acceptances().stream()
                    .filter(one -> one.acceptance().id().startsWith(id)
                            && one.revocation().isEmpty())
                    .toList();
            if (meant.size() != 1) {
                throw new NothingFound(meant.size() + " acceptances have an id that begins with " + id
                        + "; plumb accept --list shows those there are");
            }
            store.baselines()
                    .revoke(
                            meant.get(0).acceptance().id(),
                            new KnownAcceptance.Revocation(
                                    workspace.clock().instant(), author.name(), author.reason()));
            List<VersionInfo> versions = Acceptances.of(workspace, store).lapse();
            return new Revoked(
                    store.baselines().acceptances().stream()
                            .filter(one -> one.acceptance()
                                    .id()
                                    .equals(meant.get(0).acceptance().id()))
                            .findFirst()
                            .orElseThrow(),
                    versions);
        }
    }
}
