package dev.plumbline.pipeline;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Series;
import dev.plumbline.pipeline.check.CheckResults;
import dev.plumbline.pipeline.check.CompareResults;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.record.RecordResults;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** A folder with neutral CSV files and a history, and what is done with them. */
public final class ResultFiles {
    public static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final Path folder;
    private final Workspace workspace;
    private int files;

    public ResultFiles(Path folder) {
        this.folder = folder;
        workspace = Workspace.of(
                folder,
                Map.of(),
                Clock.fixed(NOON, ZoneOffset.UTC),
                Optional.of(folder.resolve(".plumbline/history.db")));
    }

    /** A folder with a copy of the history of another one, which is quicker than to record it again. */
    public static ResultFiles withHistoryOf(ResultFiles other, Path folder) throws IOException {
        ResultFiles files = new ResultFiles(folder);
        files.workspace.keepOutOfGit();
        Files.copy(other.historyFile(), files.historyFile());
        return files;
    }

    public Path historyFile() {
        return folder.resolve(Workspace.DEFAULT_STORE);
    }

    public Workspace workspace() {
        return workspace;
    }

    public Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run of commit {@code index}, committed an hour after the one before. */
    public final class Run {
        private static final String COLUMNS =
                "benchmark,metric,unit,better,value,commit,branch,commit_time,environment\n";

        private final List<String> rows = new ArrayList<>();
        private final int index;
        private String branch = "main";
        private String environment = "lab";

        Run(int index) {
            this.index = index;
        }

        public Run on(String other) {
            branch = other;
            return this;
        }

        public Run in(String other) {
            environment = other;
            return this;
        }

        public Run with(String benchmark, String unit, double value) {
            rows.add(String.format(Locale.ROOT, "%s,time,%s,lower,%s", benchmark, unit, value));
            return this;
        }

        public Run with(String benchmark, double value) {
            return with(benchmark, "ms", value);
        }

        /** A metric of another name, of which less is better, or more. */
        public Run with(String benchmark, String metric, String unit, Better better, double value) {
            rows.add(String.format(
                    Locale.ROOT,
                    "%s,%s,%s,%s,%s",
                    benchmark,
                    metric,
                    unit,
                    better.name().toLowerCase(Locale.ROOT),
                    value));
            return this;
        }

        public Path file() {
            return write("run" + files++ + ".csv", COLUMNS + rows());
        }

        String rows() {
            Instant time = NOON.minusSeconds(3600L * (1000 - index));
            StringBuilder text = new StringBuilder();
            rows.forEach(row -> text.append(row)
                    .append(String.format(Locale.ROOT, ",c%d,%s,%s,%s\n", index, branch, time, environment)));
            return text.toString();
        }
    }

    /** One file with all of these runs. */
    public Path together(List<Run> runs) {
        StringBuilder text = new StringBuilder(Run.COLUMNS);
        runs.forEach(run -> text.append(run.rows()));
        return write("runs" + files++ + ".csv", text.toString());
    }

    public Run run(int index) {
        return new Run(index);
    }

    /** Records so many runs of {@code fast} at 100 ms and {@code slow} at 500 ms with half a per cent of noise. */
    public void history(int runs) throws IOException {
        record(wholeHistory(runs));
    }

    /** The same in one file. */
    public Path wholeHistory(int runs) {
        return together(IntStream.range(0, runs).mapToObj(this::healthy).toList());
    }

    public Run healthy(int index) {
        Random random = new Random(index);
        return run(index)
                .with("fast", 100 * (1 + 0.005 * random.nextGaussian()))
                .with("slow", 500 * (1 + 0.005 * random.nextGaussian()));
    }

    public RecordResults recorder() {
        return new RecordResults(workspace, ReadingSettings.DEFAULT, Progress.SILENT);
    }

    public RecordResults.Outcome record(Path... paths) throws IOException {
        return recorder().record(List.of(paths));
    }

    /** Every series of the history; none when there is no history yet. */
    public List<Series> series() {
        if (!workspace.hasHistory()) {
            return List.of();
        }
        try (RunStore store = workspace.open()) {
            return store.series(SeriesQuery.all());
        }
    }

    public Report check(Path... paths) throws IOException {
        return checker().check(List.of(paths), false).report();
    }

    /** Checks and keeps nothing. */
    public Report dryRun(Path... paths) throws IOException {
        return checker(CheckResults.Options.of(Optional.empty(), Optional.empty())
                        .dryRun())
                .check(List.of(paths), false)
                .report();
    }

    public CheckResults checker() {
        return checker(CheckResults.Options.of(Optional.empty(), Optional.empty()));
    }

    public CheckResults checker(CheckResults.Options options) {
        return new CheckResults(
                workspace, ReadingSettings.DEFAULT, Policy.DEFAULT, GatePolicy.DEFAULT, options, Progress.SILENT);
    }

    public Report compare(String base, String candidate) throws IOException {
        return new CompareResults(workspace, Optional.empty(), Policy.DEFAULT, GatePolicy.DEFAULT)
                .compare(base, candidate, false)
                .report();
    }

    public static Finding finding(Report report, String benchmark) {
        return report.findings().stream()
                .filter(finding -> finding.key().benchmark().name().equals(benchmark))
                .findFirst()
                .orElseThrow();
    }
}
