package dev.plumbline.pipeline.check;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.compare.Comparison;
import dev.plumbline.core.compare.Pair;
import dev.plumbline.core.compare.StatedPercentiles;
import dev.plumbline.core.compare.TailComparison;
import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.TailEvidence;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.judge.ForeignUnit;
import dev.plumbline.core.judge.LooksRenamed;
import dev.plumbline.core.judge.Vanished;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.EnvironmentDifference;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.Roles;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.threshold.WorkCounts;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.record.InputFiles;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.Place;
import dev.plumbline.pipeline.snapshot.ContextMetrics;
import dev.plumbline.pipeline.snapshot.RuleNames;
import dev.plumbline.pipeline.snapshot.RunSelector;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.NoteWords;
import dev.plumbline.report.Report;
import dev.plumbline.report.content.ContextMetric;
import dev.plumbline.report.evidence.ReasonWords;
import dev.plumbline.report.html.DetailedReport;
import dev.plumbline.report.note.ComparisonNotes;
import dev.plumbline.report.note.UnitHint;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges one set of results against another: files, folders, or revisions in the history. */
public final class CompareResults {
    /** The number of measurements without a counterpart that are named. */
    private final Workspace workspace;

    private final Optional<Format> format;
    private final Policies policies;
    private final GatePolicy gatePolicy;

    public CompareResults(Workspace workspace, Optional<Format> format, Policies policies, GatePolicy gatePolicy) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.format = requireNonNull(format, "format");
        this.policies = requireNonNull(policies, "policies");
        this.gatePolicy = requireNonNull(gatePolicy, "gatePolicy");
    }

    /** The series measured on either side, without context metrics. */
    private Set<SeriesKey> judged(Side before, Side after) {
        return Set.copyOf(policies.roles().judged(keys(before, after), key -> key));
    }

    private static List<SeriesKey> keys(Side before, Side after) {
        List<SeriesKey> all = new ArrayList<>();
        before.taken.keySet().forEach(name -> all.add(before.key(name)));
        after.taken.keySet().forEach(name -> all.add(after.key(name)));
        return all;
    }

    /**
     * Compares.
     *
     * @param base a file, a folder, a commit (or the beginning of its id) or a name that git knows, or a run's id
     * @param candidate the same for the candidate
     * @param detail whether everything that a page shows is wanted beside the conclusions
     * @throws IOException if a side is neither, or cannot be read
     */
    public DetailedReport compare(String base, String candidate, boolean detail) throws IOException {
        List<Problem> problems = new ArrayList<>();
        Side before = side(base, problems);
        Side after = side(candidate, problems);
        GatePolicy gatePolicy = RuleNames.resolved(this.gatePolicy, () -> keys(before, after));
        List<Pair> pairs = new ArrayList<>();
        List<Pair> levelPairs = new ArrayList<>();
        Optional<Cause.OtherSide> other = otherSide(before, after);
        List<String> notes = new ArrayList<>(
                other.map(ComparisonNotes::otherSide).map(List::of).orElse(List.of()));
        List<Finding> foreign = new ArrayList<>();
        Set<SeriesKey> judged = judged(before, after);
        for (Map.Entry<Name, Taken> entry : after.taken.entrySet()) {
            Taken reference = before.taken.get(entry.getKey());
            if (reference == null || !judged.contains(after.key(entry.getKey()))) {
                continue;
            }
            if (!reference
                    .metric
                    .unit()
                    .isComparableWith(entry.getValue().metric.unit())) {
                foreign.add(foreign(after.key(entry.getKey()), entry.getValue().metric, reference.metric));
                continue;
            }
            pairs.add(new Pair(
                    after.key(entry.getKey()),
                    entry.getValue().metric,
                    reference.samples,
                    reference.metric.unit(),
                    entry.getValue().samples));
            levelPairs.add(new Pair(
                    after.key(entry.getKey()),
                    entry.getValue().metric,
                    reference.executions,
                    reference.metric.unit(),
                    entry.getValue().executions));
        }
        Vanished.Found vanished = Vanished.between(
                before.levels(policies.roles(), Instant.MIN).stream()
                        .filter(one -> judged.contains(one.key()))
                        .toList(),
                after.levels(policies.roles(), Instant.MAX),
                (old, young) -> before.better(old) != after.better(young));
        List<Missing> missing = vanished.missing();
        notes.addAll(NoteWords.of(vanished.notes(), List.of(), "", ""));
        notes.addAll(added(before, after, vanished));
        if (before.assumed || after.assumed) {
            notes.add(Executions.ASSUMED);
        }
        // more runs do not separate the code from the other differences, and one run is enough for exact counts
        boolean vary = pairs.stream().anyMatch(pair -> !WorkCounts.isOne(pair.metric()));
        if (other.isEmpty() && vary && before.isOneRun() && after.isOneRun()) {
            notes.add(ComparisonNotes.ONE_RUN_EACH);
        }
        List<List<Finding>> tails = new TailComparison(policies).compare(pairs);
        Set<SeriesKey> compared = StatedPercentiles.compared(pairs, tails);
        levelPairs.removeIf(pair -> compared.contains(pair.key()));
        List<Finding> levels = new Comparison(policies).compare(levelPairs);
        List<Finding> findings = new ArrayList<>();
        List<Finding> gated = new ArrayList<>();
        Set<String> tooShort = new TreeSet<>();
        findings.addAll(levels);
        gated.addAll(levels);
        for (List<Finding> each : tails) {
            each.stream().filter(tail -> !isTooShort(tail)).forEach(findings::add);
            each.stream().filter(CompareResults::isTooShort).forEach(tail -> tooShort.add(why(tail)));
            // a tail that cannot be judged is no reason to hold anything: the level was judged
            each.stream()
                    .filter(tail -> tail.verdict().kind() != Verdict.Kind.INCONCLUSIVE)
                    .forEach(gated::add);
        }
        pairs.removeIf(pair -> compared.contains(pair.key()));
        findings.addAll(foreign);
        gated.addAll(foreign);
        tooShort.forEach(notes::add);
        List<ContextMetric> context = after.taken.entrySet().stream()
                .filter(entry -> !judged.contains(after.key(entry.getKey())))
                .map(entry -> entry.getValue().context(after.key(entry.getKey())))
                .toList();
        // the tails that close nothing have roles, too
        Set<SeriesKey> secondary = Roles.secondary(gatePolicy
                .roles()
                .among(Stream.concat(
                                findings.stream().map(Finding::key),
                                missing.stream().map(Missing::key))
                        .toList()));
        GateDecision decided = new Gate(gatePolicy, Cause.Remedy.MEASURE_BOTH_AGAIN)
                .decide(
                        gated,
                        // files are read without the names of a history: nothing would join them
                        missing.stream().map(Missing::withoutName).toList(),
                        Set.of(),
                        ContextMetrics.keys(context))
                .withSecondary(secondary);
        GateDecision gate = other.map(why -> decided.ofOtherSides(gatePolicy.onIncomparable(), why))
                .orElse(decided);
        UnitHint.of(findings).ifPresent(hint -> notes.add(0, hint));
        Report report = new Report(
                        Version.TEXT,
                        Report.Kind.COMPARISON,
                        after.runs,
                        shown(base),
                        findings,
                        missing,
                        pairs.isEmpty() && !foreign.isEmpty() ? nothingCompared(gate) : gate,
                        problems,
                        notes,
                        policies.general())
                .withContext(context);
        return detail
                ? SeriesDetails.detailed(report, pairs, before.runs, stored(pairs), policies)
                : DetailedReport.bare(report);
    }

    private Finding foreign(SeriesKey key, Metric candidate, Metric base) {
        return ForeignUnit.finding(
                key,
                candidate.unit(),
                candidate.better(),
                policies.of(key, candidate.unit()),
                new Evidence.ForeignUnit(
                        Optional.of(candidate.unit()), new Evidence.ForeignUnit.Base(), Optional.of(base.unit())),
                List.of());
    }

    private static GateDecision nothingCompared(GateDecision gate) {
        return gate.with(new GateReason(
                GatePolicy.Effect.CLOSE, GateReason.Kind.NOTHING, "", "", new Cause.NothingComparable()));
    }

    /** The series that the base lacks, without those that look renamed or were measured in another mode. */
    private static List<String> added(Side before, Side after, Vanished.Found vanished) {
        Set<Benchmark> known =
                before.taken.keySet().stream().map(Name::benchmark).collect(Collectors.toSet());
        Set<Benchmark> explained = vanished.missing().stream()
                .flatMap(one -> one.renamed().stream())
                .map(Missing.Renamed::to)
                .collect(Collectors.toSet());
        vanished.missing().stream()
                .flatMap(one -> one.mode().stream())
                .map(Missing.OtherMode::benchmark)
                .forEach(explained::add);
        List<String> benchmarks = after.taken.keySet().stream()
                .map(Name::benchmark)
                .filter(one -> !known.contains(one) && !explained.contains(one))
                .map(Benchmark::label)
                .distinct()
                .toList();
        Set<Name> inUnits = vanished.missing().stream()
                .flatMap(one ->
                        one.unit().stream().map(unit -> new Name(one.key().benchmark(), unit.metric())))
                .collect(Collectors.toSet());
        List<String> metrics = after.taken.keySet().stream()
                .filter(name -> !inUnits.contains(name))
                .filter(name -> known.contains(name.benchmark) && !before.taken.containsKey(name))
                .map(name -> name.metric + " of " + name.benchmark.label())
                .toList();
        return Stream.of(
                        ComparisonNotes.added("new benchmark", benchmarks),
                        ComparisonNotes.added("new metric", metrics))
                .flatMap(Optional::stream)
                .toList();
    }

    /** A percentile that no process has executions enough for: nothing was measured of it, so it is no finding. */
    private static boolean isTooShort(Finding tail) {
        return tail.verdict() instanceof Verdict.Inconclusive inconclusive
                && inconclusive.effect().isEmpty()
                && inconclusive.reason() instanceof TailEvidence.TooFewExecutions;
    }

    private static String why(Finding tail) {
        return "not compared: " + ReasonWords.of(((Verdict.Inconclusive) tail.verdict()).reason());
    }

    /** The stored series that were compared. */
    private Map<SeriesKey, Series> stored(List<Pair> pairs) {
        Map<SeriesKey, Series> stored = new HashMap<>();
        if (pairs.isEmpty() || !workspace.hasHistory()) {
            return stored;
        }
        Set<SeriesKey> wanted = pairs.stream().map(Pair::key).collect(Collectors.toSet());
        SeriesKey any = pairs.get(0).key();
        try (RunStore store = workspace.open()) {
            store.forEachSeries(SeriesQuery.all().onBranch(any.branch()).inEnvironment(any.environment()), series -> {
                if (wanted.contains(series.key())) {
                    stored.put(series.key(), series);
                }
            });
        }
        return stored;
    }

    /** In what the sides differ besides the code; empty where they were measured in one environment. */
    private static Optional<Cause.OtherSide> otherSide(Side before, Side after) {
        String there = before.environment();
        String here = after.environment();
        return there.equals(here)
                ? Optional.empty()
                : Optional.of(new Cause.OtherSide(
                        there,
                        here,
                        before.facts().isPresent() && after.facts().isPresent()
                                ? EnvironmentDifference.between(
                                        after.facts().get(), before.facts().get())
                                : List.of()));
    }

    private record Name(Benchmark benchmark, String metric) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int byBenchmark = benchmark.compareTo(other.benchmark);
            return byBenchmark != 0 ? byBenchmark : metric.compareTo(other.metric);
        }
    }

    /**
     * The measurements of one metric.
     *
     * @param samples as given
     * @param executions the same, with the executions apart that count as processes of their own
     */
    private record Taken(Metric metric, List<Sample> samples, List<Sample> executions) {
        /** The metric as context: the median of the runs. */
        ContextMetric context(SeriesKey key) {
            double[] values = samples.stream().mapToDouble(Sample::location).toArray();
            return new ContextMetric(key, metric.unit(), Location.median(values));
        }

        void add(Sample sample, Executions kind) {
            samples.add(sample);
            executions.add(kind.apart(sample));
        }
    }

    /** One side: what was measured, in all runs of it. */
    private static final class Side implements RunSink {
        private final Map<Name, Taken> taken = new TreeMap<>();
        private final Map<RunHeader, Boolean> headers = new LinkedHashMap<>();
        private final List<RunInfo> runs = new ArrayList<>();
        private final List<Problem> problems;
        private boolean assumed;

        Side(List<Problem> problems) {
            this.problems = problems;
        }

        @Override
        public void accept(RunHeader header, Measurement measurement) {
            headers.putIfAbsent(header, true);
            Name name = new Name(measurement.benchmark(), measurement.metric().name());
            Taken known = taken.computeIfAbsent(
                    name, n -> new Taken(measurement.metric(), new ArrayList<>(), new ArrayList<>()));
            if (known.metric.unit().equals(measurement.metric().unit())) {
                Executions kind = Executions.of(header);
                known.add(measurement.sample(), kind);
                assumed |= kind.isAssumedOf(measurement.sample());
            } else {
                problem(new Problem(
                        measurement.benchmark().label() + " " + name.metric,
                        "is given in " + known.metric.unit().symbol() + " and in "
                                + measurement.metric().unit().symbol() + "; the second is skipped"));
            }
        }

        @Override
        public void problem(Problem problem) {
            problems.add(problem);
        }

        /** Whether nothing was measured twice. */
        boolean isOneRun() {
            return taken.values().stream().allMatch(one -> one.samples.size() == 1);
        }

        Optional<Environment> facts() {
            return headers.keySet().stream().findFirst().map(RunHeader::environment);
        }

        String environment() {
            return headers.keySet().stream()
                    .findFirst()
                    .map(header -> header.environment().key())
                    .orElse("unknown");
        }

        /** The level of each metric, as if all had been measured at one time. */
        List<LooksRenamed.Level> levels(Roles roles, Instant when) {
            Map<SeriesKey, Roles.Decision> decisions =
                    roles.among(taken.keySet().stream().map(this::key).toList());
            return taken.entrySet().stream()
                    .map(entry -> LooksRenamed.Level.of(
                            key(entry.getKey()),
                            decisions.get(key(entry.getKey())).role() == Role.PRIMARY,
                            entry.getValue().metric.unit(),
                            entry.getValue().metric.better(),
                            entry.getValue().samples.stream()
                                    .mapToDouble(Sample::location)
                                    .toArray(),
                            when))
                    .toList();
        }

        Better better(SeriesKey key) {
            return taken.get(new Name(key.benchmark(), key.metric())).metric.better();
        }

        SeriesKey key(Name name) {
            String branch = headers.keySet().stream()
                    .findFirst()
                    .map(header -> header.revision().branch())
                    .orElse("main");
            return new SeriesKey(name.benchmark, name.metric, environment(), branch);
        }
    }

    private Side side(String name, List<Problem> problems) throws IOException {
        NothingFound.ifBlank(name, "side to compare", "give a file, a folder, a revision or a run");
        Side side = new Side(problems);
        Path path = Path.of(name).equals(Workspace.STANDARD_INPUT)
                ? workspace.resolve(Workspace.STANDARD_INPUT)
                : workspace.file(name);
        if (Files.exists(path)) {
            Place place = workspace.place();
            // the current working tree is unrelated to the time at which two files were measured
            Results results = workspace.results(ImportContext.of(
                    Revision.of("", place.revision().branch()),
                    place.environment(),
                    workspace.clock().instant()));
            for (InputFiles.InputFile file : InputFiles.of(List.of(path))) {
                read(results, file, side);
            }
            side.headers.keySet().forEach(header -> side.runs.add(new RunInfo(shown(name), header)));
        } else if (workspace.hasHistory()) {
            fromHistory(name, side);
        }
        if (side.taken.isEmpty()) {
            throw new NoSuchFileException(
                    name, null, "is not a result file, nor a revision or run in the history" + hint(name));
        }
        return side;
    }

    private String hint(String name) throws IOException {
        if (!workspace.hasHistory()) {
            return "";
        }
        try (RunStore store = workspace.open()) {
            return RunSelector.hint(name, store, new Git(workspace.directory()));
        }
    }

    private static String shown(String name) {
        return Path.of(name).equals(Workspace.STANDARD_INPUT) ? Workspace.STANDARD_INPUT_NAME : name;
    }

    /** As in a check: what lies in a folder may be something else than a result. */
    private void read(Results results, InputFiles.InputFile file, Side side) throws IOException {
        try {
            results.read(file.path(), format, side);
        } catch (UnreadableInput e) {
            if (file.isNeeded(e)) {
                throw e;
            }
            side.problem(new Problem(e.where(), e.what()));
        }
    }

    private void fromHistory(String name, Side side) {
        Optional<String> commit = new Git(workspace.directory()).commitOf(name);
        try (RunStore store = workspace.open()) {
            List<RunInfo> runs = store.runs(RunQuery.all());
            // revisions of other version controls may be numbers, and 41 another one than 412
            boolean isWhole = runs.stream()
                    .anyMatch(run ->
                            Revision.committed(run.header().revision().commit()).equals(name));
            for (RunInfo run : runs) {
                String measured = run.header().revision().commit();
                boolean meant = run.id().equals(name)
                        || commit.filter(measured::equals).isPresent()
                        || isWhole && Revision.committed(measured).equals(name)
                        || !isWhole
                                && name.length() >= 4
                                && (measured.startsWith(name) || run.id().startsWith(name));
                if (meant) {
                    side.runs.add(run);
                    store.run(run.id()).measurements().forEach(measurement -> side.accept(run.header(), measurement));
                }
            }
        }
    }
}
