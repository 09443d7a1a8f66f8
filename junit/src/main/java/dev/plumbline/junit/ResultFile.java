package dev.plumbline.junit;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.neutral.NeutralJsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Writes what was measured of today's code as Plumbline JSON, one file for each test. */
final class ResultFile {
    private static final Metric TIME = new Metric("time", Unit.of("ns"), Better.LOWER);

    private final Path folder;

    ResultFile(Path folder) {
        this.folder = requireNonNull(folder, "folder");
    }

    /** Finds out whether it can be written before anything is measured. */
    void check() throws IOException {
        Files.createDirectories(folder);
        Files.delete(Files.createTempFile(folder, "junit-", ".tmp"));
    }

    /**
     * Writes it whole or not at all.
     *
     * @param groups nanoseconds for a call, by the processes that measured them
     * @return the file
     */
    Path write(TestName test, Environment environment, Instant measuredAt, List<double[]> groups) throws IOException {
        TreeMap<String, String> context = new TreeMap<>();
        context.put("tool", "plumbline-junit");
        Run run = new Run(
                new RunHeader(Revision.unknown(), environment, Optional.of(measuredAt), measuredAt, context),
                List.of(new Measurement(
                        Benchmark.of(test.full()), TIME, Sample.Values.of(Sample.Center.MEDIAN, groups))));
        Path unfinished = Files.createTempFile(folder, "junit-", ".tmp");
        try {
            try (OutputStream out = Files.newOutputStream(unfinished);
                    NeutralJsonWriter json = new NeutralJsonWriter(out)) {
                json.writeOfWorkingCopy(run);
            }
            return Files.move(
                    unfinished, folder.resolve("junit-" + test.full() + ".json"), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
