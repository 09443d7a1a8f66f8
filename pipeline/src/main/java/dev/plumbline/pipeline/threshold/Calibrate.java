package dev.plumbline.pipeline.threshold;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.calibrate.Calibration;
import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.judge.NextRun;
import dev.plumbline.core.model.Series;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.history.SeriesFiles;
import dev.plumbline.pipeline.snapshot.StoredSuite;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.content.EnvironmentChoice;
import dev.plumbline.report.content.SuiteOrigin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Measures false positives and detection rates of the judge on a suite's own history. */
public final class Calibrate {
    private final Workspace workspace;
    private final Policies policies;
    private final GatePolicy gatePolicy;
    private final Replay.Settings settings;
    private final Progress progress;

    public Calibrate(
            Workspace workspace,
            Policies policies,
            GatePolicy gatePolicy,
            Replay.Settings settings,
            Progress progress) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policies = requireNonNull(policies, "policies");
        this.gatePolicy = requireNonNull(gatePolicy, "gatePolicy");
        this.settings = requireNonNull(settings, "settings");
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * The measured error rates.
     *
     * @param origin of the histories; empty for those of files, and where no run matches
     * @param choice how the environment was chosen; empty if it was given, and for files
     */
    public record Outcome(Calibration calibration, Optional<SuiteOrigin> origin, Optional<EnvironmentChoice> choice) {
        public Outcome {
            requireNonNull(calibration, "calibration");
            requireNonNull(origin, "origin");
            requireNonNull(choice, "choice");
        }
    }

    /** The histories to replay. */
    public sealed interface Source {
        /**
         * The stored history of one environment and branch.
         *
         * @param environment which one; when empty the default one
         * @param branch which one; when empty, the main branch if it has runs, else that of the newest run
         */
        record History(Optional<String> environment, Optional<String> branch) implements Source {}

        /** The series of files, all of them one suite; nothing is stored. */
        record ResultFiles(List<Path> paths) implements Source {
            public ResultFiles {
                paths = List.copyOf(paths);
            }
        }
    }

    /**
     * Replays.
     *
     * @throws NothingFound if there is no history
     * @throws UnreadableInput if a file that was named is not readable
     * @throws IOException if a path does not exist or the file system fails
     */
    public Outcome calibrate(Source source) throws IOException {
        return source instanceof Source.ResultFiles files ? files(files.paths()) : history((Source.History) source);
    }

    private Outcome history(Source.History source) throws IOException {
        StoredSuite stored = StoredSuite.of(workspace, source.environment(), source.branch());
        return new Outcome(replay(stored.series(), stored.next().with(policies)), stored.origin(), stored.choice());
    }

    private Outcome files(List<Path> paths) throws IOException {
        SeriesFiles.Outcome read = new SeriesFiles(
                        Optional.empty(), workspace.configuration().mappings(), progress)
                .read(
                        paths.stream().map(workspace.directory()::resolve).toList(),
                        Optional.empty(),
                        workspace.clock().instant());
        List<Series> suite =
                read.series().stream().map(SeriesFiles.FileSeries::series).toList();
        return new Outcome(replay(suite, List.of(NextRun.after(suite, policies))), Optional.empty(), Optional.empty());
    }

    private Calibration replay(List<Series> suite, List<NextRun> next) {
        Replay replay = new Replay(policies, gatePolicy, settings);
        int steps = replay.steps(suite);
        return replay.measure(suite, next, done -> progress.at("replaying", done, steps));
    }
}
