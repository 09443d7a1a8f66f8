package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.detect.ChangeMethod;
import dev.plumbline.core.detect.SeriesAnalysis;
import dev.plumbline.core.model.Problem;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds the change points of every series in result files; nothing is stored. */
public final class AnalyzeFiles {
    private final Optional<Format> format;
    private final ChangeMethod method;
    private final Progress progress;

    /**
     * @param format the format to read the files as; found out when empty
     * @param method how the changes are looked for
     */
    public AnalyzeFiles(Optional<Format> format, ChangeMethod method, Progress progress) {
        this.format = requireNonNull(format, "format");
        this.method = requireNonNull(method, "method");
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * What was found.
     *
     * @param series in the order of the files, each as it begins there
     * @param problems records that could not be used
     */
    public record Outcome(List<SeriesAnalysis> series, List<Problem> problems) {
        public Outcome {
            series = List.copyOf(series);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Analyses files and folders.
     *
     * @param now stands in for times that nothing tells
     * @throws UnreadableInput if a file that was named is not readable
     * @throws IOException if a path does not exist or the file system fails
     */
    public Outcome analyze(List<Path> paths, Instant now) throws IOException {
        SeriesFiles.Outcome read = new SeriesFiles(format, progress).read(paths, now);
        List<SeriesAnalysis> analyses =
                read.series().stream().map(this::analysis).toList();
        return new Outcome(analyses, read.problems());
    }

    private SeriesAnalysis analysis(SeriesFiles.FileSeries series) {
        return SeriesAnalysis.of(
                series.key(), series.unit(), series.better(), series.values(), series.revisions(), method);
    }
}
