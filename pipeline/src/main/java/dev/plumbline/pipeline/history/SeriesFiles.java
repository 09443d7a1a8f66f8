package dev.plumbline.pipeline.history;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.PackedPoints;
import dev.plumbline.core.model.PackedValues;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.ingest.mapping.Mappings;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.record.InputFiles;
import dev.plumbline.pipeline.repository.RevisionRange;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads result files as series, without storing anything. */
public final class SeriesFiles {
    private static final double SECONDS_A_DAY = 86_400;

    private final Optional<Format> format;
    private final Mappings mappings;
    private final Progress progress;

    public SeriesFiles(Optional<Format> format, Mappings mappings, Progress progress) {
        this.format = format;
        this.mappings = mappings;
        this.progress = progress;
    }

    /** The series in the order of the files, each as it begins there, and what could not be used. */
    public record Outcome(List<FileSeries> series, List<Problem> problems) {}

    /** A run of the files, and what of it every series asks for. */
    static final class FileRun {
        private final RunInfo info;

        /** Empty text where it is unknown. */
        private final String commit;

        /** When it was measured or else committed; empty where both are unknown. */
        private final Optional<Instant> measured;

        /** When it was committed or else measured. */
        private final Optional<Instant> time;

        /** The run of the measurement that came after its last one; empty where there was none. */
        private Optional<FileRun> next = Optional.empty();

        FileRun(RunHeader header) {
            Revision revision = header.revision();
            // the same name in all series; seconds and nanoseconds, as a date takes long to write
            Instant named = header.time();
            info = new RunInfo(
                    revision.commit() + " " + revision.position().orElse(0) + " " + named.getEpochSecond() + " "
                            + named.getNano(),
                    header);
            commit = revision.commit().startsWith("#") ? "" : revision.commit();
            measured = header.measuredAt().or(revision::commitTime);
            time = revision.commitTime().or(header::measuredAt);
        }

        /** Whether both have times, and this one's is earlier. */
        private boolean isBefore(FileRun other) {
            return this != other
                    && time.isPresent()
                    && other.time.isPresent()
                    && time.get().isBefore(other.time.get());
        }
    }

    /**
     * One series.
     *
     * @param values oldest first, NaN where a place has no value
     * @param runs behind the values; empty where a place has no value
     */
    public record FileSeries(
            SeriesKey key, Unit unit, Better better, PackedValues values, List<Optional<FileRun>> runs) {
        /** The commit at each place; empty text where it is unknown. */
        List<String> revisions() {
            String[] commits = new String[runs.size()];
            for (int i = 0; i < commits.length; i++) {
                Optional<FileRun> run = runs.get(i);
                commits[i] = run.isPresent() ? run.get().commit : "";
            }
            return List.of(commits);
        }

        /** The places that are asked for; nothing when the series or all of its places are not. */
        Optional<FileSeries> within(SeriesQuery query, RevisionRange range) {
            if (query.benchmark().isPresent() && !query.benchmark().get().matches(key.benchmark())
                    || query.metric().isPresent() && !query.metric().get().equals(key.metric())
                    || query.environment().isPresent()
                            && !query.environment().get().equals(key.environment())
                    || query.branch().isPresent() && !query.branch().get().equals(key.branch())) {
                return Optional.empty();
            }
            int first = range.isEverything() ? 0 : range.first(revisions());
            int end = range.isEverything() ? values.size() : range.end(revisions());
            if (query.since().isPresent()) {
                Instant since = query.since().get();
                while (first < end
                        && runs.get(first)
                                .flatMap(run -> run.measured)
                                .map(since::isAfter)
                                .orElse(true)) {
                    first++;
                }
            }
            if (query.newest().isPresent()) {
                first = Math.max(first, end - query.newest().getAsInt());
            }
            if (first == 0 && end == values.size()) {
                return Optional.of(this);
            }
            return first < end
                    ? Optional.of(new FileSeries(key, unit, better, values.range(first, end), runs.subList(first, end)))
                    : Optional.empty();
        }

        /** When each was measured or else committed, in days since the epoch; empty where both are unknown. */
        double[] days() {
            double[] days = new double[runs.size()];
            for (int i = 0; i < days.length; i++) {
                Optional<FileRun> run = runs.get(i);
                days[i] = run.isPresent() && run.get().measured.isPresent()
                        ? run.get().measured.get().getEpochSecond() / SECONDS_A_DAY
                        : Double.NaN;
            }
            return days;
        }

        /** Its values as points; a run has the same name in all series. */
        public Series series() {
            return series(new PackedPoints.Builder());
        }

        /** The same; series that one builder makes of the same runs share them. */
        Series series(PackedPoints.Builder points) {
            double[] numbers = values.toDoubles();
            for (int i = 0; i < numbers.length; i++) {
                Optional<FileRun> run = runs.get(i);
                if (run.isPresent()) {
                    points.add(run.get().info, numbers[i], 1, 0, false);
                }
            }
            return new Series(key, unit, better, points.build(), List.of());
        }
    }

    /**
     * Reads files and folders.
     *
     * <p>A series that a file holds in one piece keeps its places. Other measurements are grouped by benchmark,
     * metric, environment and branch over all files: in the order of their times if all have a time, else in the order
     * of the files.
     *
     * @param standardInput the one of the paths that keeps what came from standard input
     * @throws UnreadableInput if a file that was named is not readable
     */
    public Outcome read(List<Path> paths, Optional<Path> standardInput, Instant now) throws IOException {
        Gathering gathering = new Gathering();
        Results plain = Results.with(ImportContext.unknown(now)).withMappings(mappings);
        Results results = standardInput
                .map(kept -> plain.withName(kept, Workspace.STANDARD_INPUT_NAME))
                .orElse(plain);
        List<InputFiles.InputFile> files = InputFiles.of(paths);
        for (int i = 0; i < files.size(); i++) {
            InputFiles.InputFile file = files.get(i);
            progress.at("reading " + file.path().getFileName(), i, files.size());
            try {
                results.read(file.path(), format, gathering);
            } catch (UnreadableInput e) {
                if (file.isNeeded(e)) {
                    throw e;
                }
                gathering.problem(new Problem(e.where(), e.what() + "; the file is skipped"));
            }
            gathering.endOfFile();
        }
        List<FileSeries> series = new ArrayList<>();
        Ordered ordered = Ordered.of(List.of());
        for (Growing one : gathering.all) {
            if (!one.isWellOrdered() && !ordered.isOf(one.runs)) {
                ordered = Ordered.of(one.runs); // most series have the same runs as the one before
            }
            series.add(one.done(ordered));
        }
        return new Outcome(series, gathering.problems);
    }

    private record Name(SeriesKey key, String unitBase) {
        // written out because what the compiler makes for records is linked when first called, which takes long
        @Override
        public boolean equals(Object other) {
            return other instanceof Name that && key.equals(that.key) && unitBase.equals(that.unitBase);
        }

        @Override
        public int hashCode() {
            return 31 * key.hashCode() + unitBase.hashCode();
        }
    }

    private static final class Gathering implements RunSink {
        private final List<Growing> all = new ArrayList<>();
        private final Map<Name, Growing> byName = new HashMap<>();
        private final Map<RunHeader, Optional<FileRun>> runs = new HashMap<>();
        private final List<Problem> problems = new ArrayList<>();
        private Optional<Growing> whole = Optional.empty();

        /** The header of the last measurement, and its facts: most have the same as the one before. */
        private RunHeader lastHeader;

        private Optional<FileRun> run = Optional.empty();
        private String environment = "";

        /** The series of the last measurement; null before the first. */
        private Growing last;

        @Override
        public void beginSeries(SeriesKey key, Unit unit, Better better, int places) {
            Growing series = new Growing(key, unit, better);
            series.leaveEmpty(places);
            all.add(series);
            whole = Optional.of(series);
        }

        @Override
        public void accept(RunHeader header, Measurement measurement) {
            double value =
                    measurement.sample().steady(measurement.metric().better()).location();
            if (lastHeader != header) {
                lastHeader = header;
                run = run(header);
                environment = header.environment().key();
            }
            if (whole.isPresent()) {
                int place = (int) header.revision().position().orElseThrow() - 1;
                whole.get().put(place, run, value);
                return;
            }
            String branch = header.revision().branch();
            Growing series = last == null ? null : last.next;
            if (series == null || !series.isOf(measurement, environment, branch)) {
                series = named(measurement, branch);
            }
            last = series;
            series.add(run, value, measurement.metric().unit());
        }

        /** The run of a header; most series have the same runs in the same order, and a header's hash takes long. */
        private Optional<FileRun> run(RunHeader header) {
            Optional<FileRun> next = run.flatMap(last -> last.next);
            if (next.isPresent() && next.get().info.header() == header) {
                return next;
            }
            Optional<FileRun> found = runs.computeIfAbsent(header, known -> Optional.of(new FileRun(known)));
            run.ifPresent(last -> last.next = found);
            return found;
        }

        /** The series of a measurement by its names; it is what comes after the last one from now on. */
        private Growing named(Measurement measurement, String branch) {
            Metric metric = measurement.metric();
            SeriesKey key = new SeriesKey(measurement.benchmark(), metric.name(), environment, branch);
            Growing series = byName.computeIfAbsent(new Name(key, metric.unit().base()), name -> {
                Growing begun = new Growing(key, metric.unit(), metric.better());
                all.add(begun);
                return begun;
            });
            series.benchmark = measurement.benchmark();
            series.metric = metric;
            if (last != null) {
                last.next = series;
            }
            return series;
        }

        @Override
        public void problem(Problem problem) {
            problems.add(problem);
        }

        void endOfFile() {
            whole = Optional.empty();
        }
    }

    /** A series while it is read. */
    private static final class Growing {
        private final SeriesKey key;
        private final Unit unit;
        private final Better better;
        private double[] values = new double[8];
        private final List<Optional<FileRun>> runs = new ArrayList<>();

        /** The run of the last value, and whether any run is earlier than the one before it. */
        private Optional<FileRun> newest = Optional.empty();

        private boolean isDisordered;

        /** The benchmark of the last measurement, as objects. */
        private Benchmark benchmark;

        private Metric metric;

        /** The series of the measurement that came after its last one; null where there was none. */
        private Growing next;

        Growing(SeriesKey key, Unit unit, Better better) {
            this.key = key;
            this.unit = unit;
            this.better = better;
        }

        boolean isOf(Measurement measurement, String environment, String branch) {
            return benchmark == measurement.benchmark()
                    && metric == measurement.metric()
                    && key.environment().equals(environment)
                    && key.branch().equals(branch);
        }

        void leaveEmpty(int places) {
            for (int i = 0; i < places; i++) {
                add(Optional.empty(), Double.NaN);
            }
        }

        void put(int place, Optional<FileRun> run, double value) {
            runs.set(place, run);
            values[place] = value;
        }

        void add(Optional<FileRun> run, double value, Unit given) {
            // divided only when the units differ, so that equal units keep every bit
            add(run, given.equals(unit) ? value : value * (given.factor() / unit.factor()));
            isDisordered |= newest.isPresent() && run.orElseThrow().isBefore(newest.get());
            newest = run;
        }

        private void add(Optional<FileRun> run, double value) {
            int size = runs.size();
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size] = value;
            runs.add(run);
        }

        /** Whether its values stay as they came: in the order of their times, or some have none. */
        boolean isWellOrdered() {
            return !isDisordered
                    || runs.stream().anyMatch(run -> run.orElseThrow().time.isEmpty());
        }

        /** @param ordered its runs, where it is not well ordered */
        FileSeries done(Ordered ordered) {
            if (isWellOrdered()) {
                return new FileSeries(key, unit, better, PackedValues.of(Arrays.copyOf(values, runs.size())), runs);
            }
            double[] inOrder = new double[ordered.places.length];
            for (int i = 0; i < inOrder.length; i++) {
                inOrder[i] = values[ordered.places[i]];
            }
            return new FileSeries(key, unit, better, PackedValues.of(inOrder), ordered.runs);
        }
    }

    /** Runs that all have times, in their order, and where each of them stood before. */
    private static final class Ordered {
        private final List<Optional<FileRun>> before;
        private final List<Optional<FileRun>> runs;
        private final int[] places;

        private Ordered(List<Optional<FileRun>> before, List<Integer> order) {
            this.before = before;
            this.runs = order.stream().map(before::get).toList();
            this.places = order.stream().mapToInt(Integer::intValue).toArray();
        }

        static Ordered of(List<Optional<FileRun>> runs) {
            return new Ordered(
                    runs,
                    IntStream.range(0, runs.size())
                            .boxed()
                            .sorted(Comparator.comparing(
                                    place -> runs.get(place).orElseThrow().time.orElseThrow()))
                            .toList());
        }

        /** Whether it is of these runs. */
        boolean isOf(List<Optional<FileRun>> others) {
            boolean same = others.size() == before.size();
            for (int i = 0; same && i < before.size(); i++) {
                same = others.get(i).equals(before.get(i));
            }
            return same;
        }
    }
}
