package dev.plumbline.pipeline;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Point;
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
import dev.plumbline.ingest.input.Surroundings;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.ingest.mapping.Mappings;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads result files as series, without storing anything. */
final class SeriesFiles {
    private static final double SECONDS_A_DAY = 86_400;

    private final Optional<Format> format;
    private final Mappings mappings;
    private final Progress progress;

    SeriesFiles(Optional<Format> format, Mappings mappings, Progress progress) {
        this.format = format;
        this.mappings = mappings;
        this.progress = progress;
    }

    /** The series in the order of the files, each as it begins there, and what could not be used. */
    record Outcome(List<FileSeries> series, List<Problem> problems) {}

    /**
     * One series.
     *
     * @param values oldest first, NaN where a place has no value
     * @param headers of the runs behind the values; empty where a place has no value
     */
    record FileSeries(SeriesKey key, Unit unit, Better better, List<Double> values, List<Optional<RunHeader>> headers) {
        /** The commit at each place; empty text where nothing tells it. */
        List<String> revisions() {
            return headers.stream()
                    .map(header -> header.map(known -> known.revision().commit())
                            .filter(commit -> !commit.startsWith("#"))
                            .orElse(""))
                    .toList();
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
                        && headers.get(first)
                                .flatMap(FileSeries::measured)
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
                    ? Optional.of(
                            new FileSeries(key, unit, better, values.subList(first, end), headers.subList(first, end)))
                    : Optional.empty();
        }

        /** When each was measured or else committed, in days since the epoch; empty where nothing tells it. */
        double[] days() {
            double[] days = new double[headers.size()];
            for (int i = 0; i < days.length; i++) {
                Optional<Instant> time = headers.get(i).flatMap(FileSeries::measured);
                days[i] = time.isPresent() ? time.get().getEpochSecond() / SECONDS_A_DAY : Double.NaN;
            }
            return days;
        }

        /** Its values as points; a run has the same name in all series. */
        Series series() {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                Optional<RunHeader> header = headers.get(i);
                if (header.isPresent()) {
                    points.add(new Point(new RunInfo(name(header.get()), header.get()), values.get(i), 1, 0, false));
                }
            }
            return new Series(key, unit, better, points, List.of());
        }

        private static String name(RunHeader header) {
            Revision revision = header.revision();
            return revision.commit() + " " + revision.position() + " " + header.time();
        }

        private static Optional<Instant> measured(RunHeader header) {
            return header.measuredAt().or(() -> header.revision().commitTime());
        }
    }

    /**
     * Reads files and folders.
     *
     * <p>A series that a file holds in one piece keeps its places. Other measurements are put together by benchmark,
     * metric, environment and branch over all files: in the order of their times if every one of them has a time, else
     * as they come.
     *
     * @param standardInput the one of the paths that keeps what came from standard input
     * @throws UnreadableInput if a file that was named is not readable
     */
    Outcome read(List<Path> paths, Optional<Path> standardInput, Instant now) throws IOException {
        Gathering gathering = new Gathering();
        Results plain = Results.with(Surroundings.unknown(now)).withMappings(mappings);
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
                if (file.named()) {
                    throw e;
                }
                gathering.problem(new Problem(e.where(), e.what() + "; the file is skipped"));
            }
            gathering.endOfFile();
        }
        return new Outcome(gathering.all.stream().map(Growing::done).toList(), gathering.problems);
    }

    private record Name(SeriesKey key, String unitBase) {}

    private static final class Gathering implements RunSink {
        private final List<Growing> all = new ArrayList<>();
        private final Map<Name, Growing> byName = new LinkedHashMap<>();
        private final List<Problem> problems = new ArrayList<>();
        private Optional<Growing> whole = Optional.empty();

        /** The header of the last measurement: most have the same as the one before. */
        private Optional<RunHeader> last = Optional.empty();

        @Override
        public void beginSeries(SeriesKey key, Unit unit, Better better, int places) {
            Growing series = new Growing(key, unit, better);
            series.leaveEmpty(places);
            all.add(series);
            whole = Optional.of(series);
        }

        @Override
        public void accept(RunHeader header, Measurement measurement) {
            double value = measurement.sample().location();
            Unit unit = measurement.metric().unit();
            if (whole.isPresent()) {
                int place = (int) header.revision().position().orElseThrow() - 1;
                whole.get().put(place, header, value);
                return;
            }
            if (last.filter(known -> known == header).isEmpty()) {
                last = Optional.of(header);
            }
            SeriesKey key = new SeriesKey(
                    measurement.benchmark(),
                    measurement.metric().name(),
                    header.environment().key(),
                    header.revision().branch());
            Growing series = byName.computeIfAbsent(new Name(key, unit.base()), name -> {
                Growing begun = new Growing(key, unit, measurement.metric().better());
                all.add(begun);
                return begun;
            });
            series.add(last, value, unit);
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
        private final List<Double> values = new ArrayList<>();
        private final List<Optional<RunHeader>> headers = new ArrayList<>();
        private boolean inPlace;

        Growing(SeriesKey key, Unit unit, Better better) {
            this.key = key;
            this.unit = unit;
            this.better = better;
        }

        void leaveEmpty(int places) {
            inPlace = true;
            for (int i = 0; i < places; i++) {
                values.add(Double.NaN);
                headers.add(Optional.empty());
            }
        }

        void put(int place, RunHeader header, double value) {
            values.set(place, value);
            headers.set(place, Optional.of(header));
        }

        void add(Optional<RunHeader> header, double value, Unit given) {
            // divided only when the units differ, so that equal units keep every bit
            values.add(given.equals(unit) ? value : value * (given.factor() / unit.factor()));
            headers.add(header);
        }

        FileSeries done() {
            if (inPlace) {
                return new FileSeries(key, unit, better, values, headers);
            }
            List<Optional<Instant>> times = headers.stream()
                    .map(header -> header.flatMap(Growing::time))
                    .toList();
            if (times.stream().anyMatch(Optional::isEmpty)) {
                return new FileSeries(key, unit, better, values, headers);
            }
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < times.size(); i++) {
                order.add(i);
            }
            order.sort(Comparator.comparing(i -> times.get(i).orElseThrow()));
            return new FileSeries(
                    key,
                    unit,
                    better,
                    order.stream().map(values::get).toList(),
                    order.stream().map(headers::get).toList());
        }

        private static Optional<Instant> time(RunHeader header) {
            return header.revision().commitTime().or(header::measuredAt);
        }
    }
}
