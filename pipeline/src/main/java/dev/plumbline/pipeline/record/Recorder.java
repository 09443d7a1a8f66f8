package dev.plumbline.pipeline.record;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.repository.FirstParents;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.Place;
import dev.plumbline.pipeline.repository.UnknownCommits;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.PreparedMeasurement;
import dev.plumbline.store.Recorded;
import dev.plumbline.store.Recording;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads result files into a history that the caller opened. */
public final class Recorder {
    private final Workspace workspace;
    private final Overrides overrides;
    private final Optional<Format> format;
    private final Progress progress;
    private final ReadingSettings settings;
    private Optional<Place> place = Optional.empty();

    public Recorder(Workspace workspace, ReadingSettings settings, Progress progress) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.overrides = settings.overrides().dated(new Git(workspace.directory()));
        this.format = settings.format();
        this.progress = requireNonNull(progress, "progress");
        this.settings = settings;
    }

    /** The facts of results that have none of their own; looked up once, by whatever thread needs them first. */
    private synchronized Place place() {
        if (place.isEmpty()) {
            place = Optional.of(workspace.place());
        }
        return place.get();
    }

    /** Results of another machine get no facts of this one. */
    ImportContext importContext() {
        Place here = place();
        boolean isElsewhere = overrides.isElsewhere(
                here.environment(), workspace.configuration().environment().value());
        return workspace.importContext(isElsewhere ? here.elsewhere() : here);
    }

    /** The times and commits of runs that have none. */
    RunDates dates(int files) throws WrongRequest {
        Revision here = place().revision();
        String branch = overrides.branch().orElseGet(here::branch);
        return new RunDates(
                here,
                settings.commitsByTime()
                        ? Optional.of(FirstParents.of(new Git(workspace.directory()), branch))
                        : Optional.empty(),
                files,
                workspace.clock().instant());
    }

    /**
     * Reads files that were written just now, and records nothing. Runs without a time were measured now: one that
     * finds the same numbers as an earlier one is another run all the same.
     *
     * @param problems takes what was odd in them
     * @return one run for each header; what is no result in a folder is passed over
     * @throws UnreadableInput if a file that was named, or a result in a folder, cannot be read
     * @throws IOException if a file does not exist or the file system fails
     */
    public List<Run> read(List<Path> paths, List<Problem> problems) throws IOException {
        Results results = workspace.results(importContext());
        FileRuns files = new FileRuns();
        Map<RunHeader, List<List<Measurement>>> runs = new LinkedHashMap<>();
        for (InputFiles.InputFile file : InputFiles.of(paths, workspace)) {
            Kept kept = new Kept(workspace.clock().instant());
            try {
                results.read(file.path(), format, kept);
            } catch (UnreadableInput e) {
                if (file.isNeeded(e)) {
                    throw e;
                }
                kept.problems.add(new Problem(e.where(), e.what()));
            }
            problems.addAll(kept.problems);
            Map<RunHeader, List<Measurement>> ofFile = new LinkedHashMap<>();
            kept.runs.forEach((header, measurements) -> ofFile.computeIfAbsent(
                            workspace.inConfiguredEnvironment(overrides.applyTo(header)), other -> new ArrayList<>())
                    .addAll(measurements));
            ofFile.forEach((header, measurements) -> measurements.forEach(one -> files.measured(header, one)));
            files.endFile().forEach((header, place) -> {
                List<List<Measurement>> known = runs.computeIfAbsent(header, other -> new ArrayList<>());
                if (place == known.size()) {
                    known.add(new ArrayList<>());
                }
                known.get(place).addAll(ofFile.get(header));
            });
        }
        return runs.entrySet().stream()
                .flatMap(run -> run.getValue().stream().map(measurements -> new Run(run.getKey(), measurements)))
                .toList();
    }

    /** The kept contents of a file. */
    private static final class Kept implements RunSink {
        private final Instant now;
        private final Map<RunHeader, List<Measurement>> runs = new LinkedHashMap<>();
        private final List<Problem> problems = new ArrayList<>();

        Kept(Instant now) {
            this.now = now;
        }

        @Override
        public void accept(RunHeader header, Measurement measurement) {
            RunHeader timed = header.measuredAt().isPresent() ? header : header.withMeasuredAt(now);
            runs.computeIfAbsent(timed, other -> new ArrayList<>()).add(measurement);
        }

        @Override
        public void problem(Problem problem) {
            problems.add(problem);
        }
    }

    /** Starts to read files and folders; what was read waits to be recorded. */
    public ReadAhead startReading(List<Path> paths) throws IOException {
        List<InputFiles.InputFile> files = InputFiles.of(paths, workspace);
        List<Problem> leftOut = new ArrayList<>();
        if (!settings.leavesUnreadableOut()) {
            return ReadAhead.of(files, leftOut, format, () -> workspace.results(importContext()));
        }
        // read twice, because nothing that was recorded of a file can be taken back without the others
        Results results = workspace.results(importContext());
        return ReadAhead.of(withoutUnreadable(files, results, leftOut), leftOut, format, () -> results);
    }

    private List<InputFiles.InputFile> withoutUnreadable(
            List<InputFiles.InputFile> files, Results results, List<Problem> leftOut) throws IOException {
        List<InputFiles.InputFile> readable = new ArrayList<>();
        for (InputFiles.InputFile file : files) {
            progress.at("looking at " + file.path().getFileName(), readable.size() + leftOut.size(), files.size());
            if (!Files.isRegularFile(file.path())) {
                readable.add(file); // a pipe can be read only once
                continue;
            }
            try {
                results.read(file.path(), format, new Unkept());
                readable.add(file);
            } catch (UnreadableInput e) {
                leftOut.add(new Problem(e.where(), e.what()));
            }
        }
        return readable;
    }

    /** Takes contents that are not kept. */
    private static final class Unkept implements RunSink {
        @Override
        public void accept(RunHeader header, Measurement measurement) {
            // only checks whether a file can be read completely
        }

        @Override
        public void problem(Problem problem) {
            // reported when the file is recorded
        }
    }

    /** Records what is read, all of it or nothing. */
    public RecordResults.Outcome record(RunStore store, ReadAhead reading) throws IOException {
        List<Recorded> runs = new ArrayList<>();
        List<Integer> parts = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        List<Problem> unreadable = new ArrayList<>();
        List<InputFiles.InputFile> files = reading.files();
        RunDates dates = dates(files.size());
        Counter counter = new Counter(problems, files.size(), dates);
        Optional<RecordedFiles> recordedFiles = workspace.keeper().map(keeper -> new RecordedFiles());
        try (Recording recording = store.begin()) {
            if (settings.leavesCopiesOut()) {
                recording.leaveOutCopies();
            }
            for (InputFiles.InputFile file : files) {
                recording.nextFile();
                recordedFiles.ifPresent(known -> known.begin(file.path()));
                read(reading, file, counter.into(recording, file.path(), recordedFiles), unreadable, problems)
                        .ifPresent(read -> recordedFiles.ifPresent(known -> known.readAs(read)));
            }
            if (unreadable.isEmpty()) {
                runs.addAll(recording.commit());
                parts.addAll(recording.places());
            }
        }
        unreadable.addAll(reading.leftOut());
        problems.addAll(dates.problems());
        List<String> reported = new ArrayList<>(dates.notes());
        counter.warmingUp.note().ifPresent(reported::add);
        if (overrides.commit().isEmpty()) {
            UnknownCommits.of(
                            runs.stream().map(Recorded::run).toList(),
                            place().revision().commit(),
                            new Git(workspace.directory()))
                    .ifPresent(reported::add);
        }
        return new RecordResults.Outcome(
                runs,
                problems,
                unreadable,
                files.size() + reading.leftOut().size(),
                reported,
                recordedFiles.map(known -> known.of(runs, parts, workspace)).orElse(List.of()));
    }

    private static Optional<Format> read(
            ReadAhead reading, InputFiles.InputFile file, Sink sink, List<Problem> unreadable, List<Problem> problems)
            throws IOException {
        try {
            return reading.next(sink);
        } catch (UnreadableInput e) {
            // In a folder of results there may well be something else; it is reported and skipped.
            (file.isNeeded(e) ? unreadable : problems).add(new Problem(e.where(), e.what()));
            return Optional.empty();
        }
    }

    /** Counts what passes by, for the progress, and applies the options about the results. */
    private final class Counter {
        private final List<Problem> problems;
        private final int files;
        private final RunDates dates;
        private final WarmingUp warmingUp = new WarmingUp();
        private int file;
        private long measurements;

        Counter(List<Problem> problems, int files, RunDates dates) {
            this.problems = problems;
            this.dates = dates;
            this.files = files;
        }

        Sink into(Recording recording, Path path, Optional<RecordedFiles> recordedFiles) {
            int index = file++;
            progress.at("reading " + path.getFileName(), index, files);
            return new Sink(this, recording, path, index, recordedFiles);
        }

        void count(Path path, int index) {
            if (++measurements % 10_000 == 0) {
                progress.at("reading " + path.getFileName() + ", " + measurements + " measurements", index, files);
            }
        }
    }

    /** Takes the measurements of one file. */
    private final class Sink implements ReadAhead.Receiver {
        private final Counter counter;
        private final Recording recording;
        private final Path path;
        private final int index;
        private final Optional<RecordedFiles> recordedFiles;
        private Optional<RunHeader> last = Optional.empty();
        private RunHeader overridden;

        Sink(Counter counter, Recording recording, Path path, int index, Optional<RecordedFiles> recordedFiles) {
            this.recordedFiles = recordedFiles;
            this.counter = counter;
            this.recording = recording;
            this.path = path;
            this.index = index;
        }

        @Override
        public void accept(RunHeader header, PreparedMeasurement measurement) {
            if (last.isEmpty() || header != last.get()) { // most files give the same header again and again
                last = Optional.of(header);
                overridden = workspace.inConfiguredEnvironment(
                        counter.dates.of(header, overrides.applyTo(header), overrides, path));
                recordedFiles.ifPresent(known -> known.at(header));
            }
            try {
                recording.accept(overridden, measurement);
                counter.warmingUp.accept(measurement);
                recordedFiles.ifPresent(known -> known.accepted(overridden));
                counter.count(path, index);
            } catch (IllegalArgumentException e) {
                problem(new Problem(path.toString(), e.getMessage() + "; this metric is skipped"));
            }
        }

        @Override
        public void problem(Problem problem) {
            counter.problems.add(problem);
        }
    }
}
