package dev.plumbline.pipeline.demo;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.check.CheckResults;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.record.Overrides;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.record.RecordResults;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs the main use case on the results that ship with the program: a small library's real history and one change to
 * it.
 */
public final class Demo {
    private static final String RESOURCES = "/dev/plumbline/demo/";
    private static final String MAIN = "main";

    /** The environment of its results. */
    static final String ENVIRONMENT = "demo-machine";

    private final Workspace workspace;
    private final Progress progress;
    private final boolean isMerged;

    /** @param workspace a folder of the demo's own; its history is made there */
    public Demo(Workspace workspace, Progress progress) {
        this(workspace, progress, false);
    }

    /**
     * @param workspace a folder of the demo's own
     * @param isMerged whether the change has reached the main branch, and was checked there again
     */
    public Demo(Workspace workspace, Progress progress, boolean isMerged) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.progress = requireNonNull(progress, "progress");
        this.isMerged = isMerged;
    }

    /**
     * The result of the demo.
     *
     * @param recorded how many runs are in the history
     * @param arguments of {@code plumb check}, which make the same check again in the demo's folder
     * @param report of the check
     */
    public record Outcome(int recorded, List<String> arguments, Report report) {}

    /** One line of the manifest. */
    private record Entry(String file, Overrides stated) {}

    /** Records the history and checks the candidate; the folder can then be used like that of a project. */
    public Outcome run() throws IOException {
        Files.writeString(
                workspace.directory().resolve("plumbline.yaml"),
                "# the machine that the results of this folder come from\nenvironment: " + ENVIRONMENT + "\n");
        List<Entry> entries = manifest();
        List<Entry> history = entries.stream()
                .filter(entry -> entry.file.startsWith("history/"))
                .toList();
        for (int i = 0; i < history.size(); i++) {
            progress.at("recording the history", i, history.size());
            Entry entry = history.get(i);
            new RecordResults(workspace, reading(entry), Progress.SILENT).record(List.of(unpack(entry.file)));
        }
        Entry candidate = entry(entries, "candidate.json");
        Entry again = entry(entries, "confirm.json");
        Path second = unpack(again.file);
        Path file = unpack(candidate.file);
        Report report = check(file, candidate.stated);
        if (isMerged) {
            report = check(second, onMain(again.stated));
        }
        List<String> arguments = List.of(
                candidate.file,
                "--branch",
                candidate.stated.branch().orElseThrow(),
                "--commit",
                candidate.stated.commit().orElseThrow());
        return new Outcome(history.size(), arguments, report);
    }

    private Report check(Path file, Overrides stated) throws IOException {
        Configuration configured = Configuration.DEFAULT;
        Policies policies = configured.thresholds(configured.policy());
        return new CheckResults(
                        workspace,
                        ReadingSettings.of(stated, Optional.empty()),
                        policies,
                        configured.gateInForce().policy(policies),
                        CheckResults.Options.of(Optional.of(MAIN), Optional.empty()),
                        Progress.SILENT)
                .check(List.of(file), false)
                .report();
    }

    private static Overrides onMain(Overrides stated) {
        return new Overrides(stated.commit(), Optional.of(MAIN), stated.time(), stated.environment());
    }

    private static Entry entry(List<Entry> entries, String file) {
        return entries.stream()
                .filter(entry -> entry.file.equals(file))
                .findFirst()
                .orElseThrow();
    }

    private static ReadingSettings reading(Entry entry) {
        return ReadingSettings.of(entry.stated, Optional.empty());
    }

    private static List<Entry> manifest() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (InputStream in = resource("history.csv")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().skip(1).forEach(line -> {
                String[] fields = line.split(",", -1);
                entries.add(new Entry(
                        fields[0],
                        new Overrides(
                                Optional.of(fields[1]),
                                Optional.of(fields[2]),
                                Optional.of(Instant.parse(fields[3])),
                                Optional.of(ENVIRONMENT))));
            });
        }
        return entries;
    }

    private Path unpack(String file) throws IOException {
        Path target = workspace.directory().resolve(file);
        Files.createDirectories(target.getParent());
        try (InputStream in = resource(file)) {
            Files.write(target, in.readAllBytes());
        }
        return target;
    }

    private static InputStream resource(String file) {
        return requireNonNull(Demo.class.getResourceAsStream(RESOURCES + file), file);
    }
}
