package dev.plumbline.pipeline.record;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.store.RunsOfFiles;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The runs of several files before they are recorded, as {@link RunsOfFiles} puts them together. */
final class FileRuns {
    private final Map<Subject, Integer> subjects = new HashMap<>();
    private final Map<RunHeader, RunsOfFiles> runs = new HashMap<>();
    private Map<RunHeader, BitSet> file = new LinkedHashMap<>();

    private record Subject(Benchmark benchmark, String metric) {}

    /** Takes note of what the file measures. */
    void measured(RunHeader header, Measurement measurement) {
        Subject subject =
                new Subject(measurement.benchmark(), measurement.metric().name());
        file.computeIfAbsent(header, none -> new BitSet())
                .set(subjects.computeIfAbsent(subject, none -> subjects.size()));
    }

    /** Ends a file: to which run what it has of each header belongs, by its number among those with this header. */
    Map<RunHeader, Integer> endFile() {
        Map<RunHeader, Integer> places = new LinkedHashMap<>();
        file.forEach((header, measured) -> places.put(
                header, runs.computeIfAbsent(header, none -> new RunsOfFiles()).place(measured)));
        forgetFile();
        return places;
    }

    /** The file is no result. */
    void forgetFile() {
        file = new LinkedHashMap<>();
    }

    /** The number of runs in the files that have been read. */
    int count() {
        return runs.values().stream().mapToInt(RunsOfFiles::count).sum();
    }
}
