package dev.plumbline.measure.subject;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.criterion.CriterionFolder;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of results, such as Criterion's {@code target/criterion}, in which an execution writes some files. Nothing
 * is deleted in it, as others keep their files there; those that an execution did not touch do not count.
 */
public final class ResultFolder {
    private static final int DEEPEST = 20;

    private final Path folder;
    private final Map<Path, State> before;

    private record State(FileTime modified, long size) {}

    private ResultFolder(Path folder, Map<Path, State> before) {
        this.folder = requireNonNull(folder, "folder");
        this.before = Map.copyOf(before);
    }

    /** The folder as it is before an execution; it need not exist. */
    static ResultFolder before(Path folder) throws IOException {
        return new ResultFolder(folder, Files.isDirectory(folder) ? files(folder) : Map.of());
    }

    /** The files that are not hidden, in order of their names. */
    private static Map<Path, State> files(Path folder) throws IOException {
        Map<Path, State> files = new TreeMap<>();
        List<Path> all;
        try (Stream<Path> below = Files.walk(folder, DEEPEST)) {
            all = below.filter(file -> !isHidden(folder.relativize(file))).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : all) {
            state(file).ifPresent(state -> files.put(file, state));
        }
        return files;
    }

    /** Empty for what is no file, and what was deleted in this moment. */
    private static Optional<State> state(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(new State(attributes.lastModifiedTime(), attributes.size()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Hands on what the execution wrote. Several files may hold the same metric of a benchmark, the one all of its
     * values, the other their mean: the values count.
     *
     * @return whether there was any
     * @throws UnreadableInput if a result is damaged; what is no result is passed over
     */
    boolean read(Results results, Optional<Format> format, RunSink sink) throws IOException {
        Richest richest = new Richest();
        boolean isAny = false;
        for (Map.Entry<Path, State> file : files(folder).entrySet()) {
            if (file.getValue().equals(before.get(file.getKey()))
                    || CriterionFolder.isRepetition(folder, file.getKey())) {
                continue;
            }
            try {
                results.read(file.getKey(), format, richest);
                isAny = true;
            } catch (UnreadableInput e) {
                if (!e.isNoResult()) {
                    throw e;
                }
            }
        }
        richest.handTo(sink);
        return isAny;
    }

    /** Keeps one sample of each metric. */
    private static final class Richest implements RunSink {
        private record Key(Environment environment, Benchmark benchmark, Metric metric) {}

        private record Kept(RunHeader header, Measurement measurement) {}

        private final Map<Key, Kept> all = new LinkedHashMap<>();
        private final Map<Problem, Problem> problems = new LinkedHashMap<>();

        @Override
        public void accept(RunHeader header, Measurement measurement) {
            Key key = new Key(header.environment(), measurement.benchmark(), measurement.metric());
            Kept kept = all.get(key);
            if (kept == null
                    || kept.measurement.sample() instanceof Sample.Summary
                            && !(measurement.sample() instanceof Sample.Summary)) {
                all.put(key, new Kept(header, measurement));
            }
        }

        @Override
        public void problem(Problem problem) {
            problems.put(problem, problem);
        }

        void handTo(RunSink sink) {
            problems.keySet().forEach(sink::problem);
            all.values().forEach(kept -> sink.accept(kept.header, kept.measurement));
        }
    }
}
