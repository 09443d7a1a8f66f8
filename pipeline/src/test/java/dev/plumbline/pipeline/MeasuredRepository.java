package dev.plumbline.pipeline;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.model.Series;
import dev.plumbline.pipeline.check.CheckResults;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.record.RecordResults;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A real git repository whose commits are measured: results carry no commit, so they are of what is checked out. */
public final class MeasuredRepository {
    private final GitFolder repository;
    private final ResultFiles files;
    private final Path results;
    private String environment = "lab";
    private int written;

    /** With a first commit that was not measured. */
    public MeasuredRepository(Path folder) throws IOException {
        repository = new GitFolder(folder);
        repository.commit(".gitignore", "/results/\n.plumbline/\n");
        results = Files.createDirectories(folder.resolve("results"));
        files = new ResultFiles(folder);
    }

    private MeasuredRepository(GitFolder repository, int written) throws IOException {
        this.repository = repository;
        this.written = written;
        results = Files.createDirectories(repository.folder().resolve("results"));
        files = new ResultFiles(repository.folder());
    }

    /** The same repository with its history once more, in another folder. */
    public MeasuredRepository copyTo(Path other) throws IOException {
        return new MeasuredRepository(repository.copyTo(other), written);
    }

    public GitFolder git() {
        return repository;
    }

    public ResultFiles files() {
        return files;
    }

    public Workspace workspace() {
        return files.workspace();
    }

    /** The same history seen from another folder, as from a clone or from no repository at all. */
    public Workspace from(Path other) {
        return Workspace.of(
                other, Map.of(), Clock.fixed(ResultFiles.NOON, ZoneOffset.UTC), Optional.of(files.historyFile()));
    }

    /** Results from now on are of this environment. */
    public void in(String name) {
        environment = name;
    }

    /** Results of what is checked out: {@code fast} at a value, {@code slow} near 500 ms. */
    public Path result(double fast) throws IOException {
        Random random = new Random(written);
        return Files.writeString(
                results.resolve("run" + written++ + ".csv"),
                String.format(
                        Locale.ROOT, """
                        benchmark,metric,unit,better,value,environment
                        fast,time,ms,lower,%s,%s
                        slow,time,ms,lower,%s,%s
                        """, fast, environment, 500 * (1 + 0.004 * random.nextGaussian()), environment));
    }

    /** About a level, with noise of 0.4 %. */
    public double near(double level) {
        return level * (1 + 0.004 * new Random(1000 + written).nextGaussian());
    }

    /** Commits to what is checked out; the full id. */
    public String commit() throws IOException {
        return repository.commit("code", "state " + written + " of " + repository.git("rev-parse", "HEAD"));
    }

    /** Commits, measures and records without judging; the full id. */
    public String recorded(double fast) throws IOException {
        String commit = commit();
        files.record(result(fast));
        return commit;
    }

    /** So many healthy commits of what is checked out, measured and recorded; their ids. */
    public List<String> healthy(int commits) throws IOException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < commits; i++) {
            ids.add(recorded(near(100)));
        }
        return ids;
    }

    /** Commits, measures and checks. */
    public Report checked(double fast) throws IOException {
        commit();
        return files.check(result(fast));
    }

    public void checkOut(String... what) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("checkout", "-q"));
        arguments.addAll(List.of(what));
        repository.git(arguments.toArray(String[]::new));
    }

    /** The commits of a series in its order. */
    public static List<String> commits(Series series) {
        return series.points().stream()
                .map(point -> point.run().header().revision().commit())
                .toList();
    }

    /** The series of {@code fast} on a branch. */
    public Series fast(String branch) {
        return files.series().stream()
                .filter(series -> series.key().benchmark().name().equals("fast")
                        && series.key().branch().equals(branch))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no series of fast on " + branch));
    }

    /** Checks a file as from another workspace. */
    public static Report check(Workspace workspace, Path file) throws IOException {
        return new CheckResults(
                        workspace,
                        ReadingSettings.DEFAULT,
                        Policy.DEFAULT,
                        GatePolicy.DEFAULT,
                        CheckResults.Options.of(Optional.empty(), Optional.empty()),
                        Progress.SILENT)
                .check(List.of(file), false)
                .report();
    }

    /** Records a file as from another workspace. */
    public static RecordResults.Outcome record(Workspace workspace, Path file) throws IOException {
        return new RecordResults(workspace, ReadingSettings.DEFAULT, Progress.SILENT).record(List.of(file));
    }
}
