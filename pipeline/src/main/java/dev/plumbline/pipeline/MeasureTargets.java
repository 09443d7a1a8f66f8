package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.Surroundings;
import dev.plumbline.measure.Collected;
import dev.plumbline.measure.Rounds;
import dev.plumbline.measure.Subject;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Measures what is asked for until enough is known, and adds it to the history. */
public final class MeasureTargets {
    private final Workspace workspace;
    private final Overrides overrides;
    private final Rounds.Settings settings;
    private final Duration limit;
    private final ProcessRunner runner;
    private final Progress progress;

    /**
     * @param settings when to stop
     * @param limit after which one execution is killed
     * @param runner starts what is measured; when it is cancelled, what was measured so far is kept
     */
    public MeasureTargets(
            Workspace workspace,
            Overrides overrides,
            Rounds.Settings settings,
            Duration limit,
            ProcessRunner runner,
            Progress progress) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.overrides = requireNonNull(overrides, "overrides");
        this.settings = requireNonNull(settings, "settings");
        this.limit = requireNonNull(limit, "limit");
        this.runner = requireNonNull(runner, "runner");
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * What came out.
     *
     * @param runs what was measured, whole; one for each environment
     * @param outcomes how the measuring of each subject ended
     * @param problems what was odd in result files
     */
    public record Outcome(List<Run> runs, List<Rounds.Outcome> outcomes, List<Problem> problems) {
        /** Whether anything could not be measured to its end. */
        public boolean hasFailures() {
            return outcomes.stream().anyMatch(outcome -> outcome.end() == Rounds.End.FAILED);
        }

        /** Whether it was stopped from outside. */
        public boolean isStopped() {
            return outcomes.stream().anyMatch(outcome -> outcome.end() == Rounds.End.STOPPED);
        }
    }

    /**
     * Measures.
     *
     * @param record whether the history takes it
     * @throws IOException if the targets cannot be found out or the file system fails
     */
    public Outcome measure(Target target, boolean record) throws IOException {
        Surroundings surroundings = workspace.surroundings(workspace.place());
        Collected collected = new Collected();
        List<Rounds.Outcome> outcomes;
        try (Scratch scratch = Scratch.create()) {
            Site site = site(scratch.folder(), surroundings);
            List<Subject> subjects = target.subjects(site);
            outcomes = new Rounds(
                            settings,
                            (subject, execution, share) -> progress.at(
                                    "measuring " + subject + (execution == 0 ? ", warming up" : ", " + execution),
                                    Math.round(100 * share),
                                    100))
                    .measure(subjects, collected);
        } catch (InterruptedException e) {
            throw new IOException("stopped before anything was measured", e);
        }
        List<Run> runs = collected.runs().stream()
                .map(run ->
                        new Run(overrides.applyTo(workspace.inConfiguredEnvironment(run.header())), run.measurements()))
                .toList();
        if (record && !runs.isEmpty()) {
            try (RunStore store = workspace.open()) {
                store.record(runs);
            }
        }
        return new Outcome(runs, outcomes, collected.problems());
    }

    private Site site(Path scratch, Surroundings surroundings) {
        return new Site(
                workspace.directory(),
                workspace.variables(),
                runner,
                scratch,
                limit,
                header(surroundings, workspace.clock().instant()),
                Results.with(surroundings));
    }

    static RunHeader header(Surroundings surroundings, java.time.Instant now) {
        TreeMap<String, String> context = new TreeMap<>();
        context.put("tool", "plumb run");
        context.put("tool.version", Version.TEXT);
        context.putAll(Machine.here().moment());
        return new RunHeader(surroundings.revision(), surroundings.environment(), Optional.of(now), now, context);
    }
}
