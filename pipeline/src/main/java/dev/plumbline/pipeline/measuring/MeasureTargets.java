package dev.plumbline.pipeline.measuring;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.measure.Collected;
import dev.plumbline.measure.Journal;
import dev.plumbline.measure.Rounds;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.measure.subject.ForkLength;
import dev.plumbline.measure.subject.Subject;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.ConfiguredSuite;
import dev.plumbline.pipeline.config.MeasuringSettings;
import dev.plumbline.pipeline.record.Overrides;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.Machine;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.note.MeasuringNotes;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Measures the requested targets until they are precise enough, and adds the results to the history. */
public final class MeasureTargets {
    private final Workspace workspace;
    private final Overrides overrides;
    private final ProcessRunner runner;
    private final Progress progress;
    private final Preparation preparation;

    /** @param runner starts what is measured; when it is cancelled, what was measured so far is kept */
    public MeasureTargets(Workspace workspace, Overrides overrides, ProcessRunner runner, Progress progress) {
        this(workspace, overrides, runner, progress, Preparation.NONE);
    }

    /** @param preparation decides how many forks are measured, and what comes first */
    public MeasureTargets(
            Workspace workspace,
            Overrides overrides,
            ProcessRunner runner,
            Progress progress,
            Preparation preparation) {
        this.preparation = requireNonNull(preparation, "preparation");
        this.workspace = requireNonNull(workspace, "workspace");
        this.overrides = overrides.dated(new Git(workspace.directory()));
        this.runner = requireNonNull(runner, "runner");
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * A target with its own budget.
     *
     * @param settings when to stop
     * @param isOpen whether neither a precision nor a number of executions is set
     * @param limit after which one execution is killed
     * @param suite that defines it, if one does
     */
    public record Task(
            Target target, Rounds.Settings settings, boolean isOpen, Duration limit, Optional<String> suite) {
        public Task {
            requireNonNull(target, "target");
            requireNonNull(settings, "settings");
            requireNonNull(limit, "limit");
            requireNonNull(suite, "suite");
        }

        /** @throws WrongRequest if the settings name nothing that can be measured so */
        public static Task of(MeasuringSettings settings) throws WrongRequest {
            return of(settings, Optional.empty());
        }

        /** @throws WrongRequest if the options do not go with the suite */
        public static Task of(MeasuringSettings options, ConfiguredSuite suite) throws WrongRequest {
            return of(PickSuites.over(options, suite), Optional.of(suite.name()));
        }

        private static Task of(MeasuringSettings settings, Optional<String> suite) throws WrongRequest {
            Target target = Target.of(settings);
            try {
                return new Task(target, settings.rounds(), settings.length().isOpen(), settings.limit(), suite);
            } catch (IllegalArgumentException e) {
                throw new WrongRequest(e.getMessage(), e);
            }
        }
    }

    /**
     * The results of measuring.
     *
     * @param runs what was measured, whole; one for each environment
     * @param outcomes how the measuring of each subject ended
     * @param problems what was odd in result files
     * @param planned whether exactly the executions were made that were fixed before the first
     * @param notes what became of an earlier attempt
     */
    public record Outcome(
            List<Run> runs,
            List<Rounds.Outcome> outcomes,
            List<Problem> problems,
            boolean planned,
            List<String> notes) {
        /** Whether anything could not be measured completely. */
        public boolean hasFailures() {
            return outcomes.stream().anyMatch(outcome -> outcome.end() == Rounds.End.FAILED);
        }

        /** Whether it was stopped from outside. */
        public boolean isStopped() {
            return outcomes.stream().anyMatch(outcome -> outcome.end() == Rounds.End.STOPPED);
        }
    }

    /** The ways to keep measurements. */
    public sealed interface Keeping {
        /** Keeps nothing beyond the answer. */
        Keeping NOTHING = new Nothing();

        /** It is added to the history, and the executions are kept until all are made. */
        Keeping HISTORY = new History();

        /** Only the answer has it. */
        record Nothing() implements Keeping {}

        /** The history of the workspace gets it. */
        record History() implements Keeping {}

        /**
         * The caller adds it to a history, and the executions are kept until all are made.
         *
         * @param to takes what was not taken before, at least one run, after measuring
         */
        record HandedOver(Recipient to) implements Keeping {
            public HandedOver {
                requireNonNull(to, "to");
            }
        }

        /** Receives measurements and stores them safely. */
        @FunctionalInterface
        interface Recipient {
            void take(List<Run> runs) throws IOException;
        }
    }

    /**
     * Measures one task after another; all of them are one run.
     *
     * @param resume whether to resume an earlier, unfinished attempt at the same tasks
     * @throws IOException if the targets cannot be found out or the file system fails
     */
    public Outcome measure(List<Task> tasks, Keeping keeping, boolean resume) throws IOException {
        ImportContext importContext = workspace.importContext(workspace.place());
        RunHeader header = header(
                importContext,
                workspace.clock().instant(),
                tasks.stream().flatMap(task -> task.suite.stream()).toList());
        Map<String, String> state = Unfinished.state(workspace, importContext);
        Collected all = new Collected();
        Collected fresh = new Collected();
        RunSink both = new Both(all, fresh);
        List<Rounds.Outcome> outcomes = new ArrayList<>();
        try (Unfinished unfinished = Unfinished.of(workspace, tasks, importContext);
                Scratch scratch = Scratch.create()) {
            if (resume) {
                unfinished.resume(state);
                unfinished.entries().forEach(entry -> hand(entry.runs(), entry.recorded() ? all : both));
            }
            if (resume || isKept(keeping)) {
                unfinished.begin(state, workspace);
            }
            int begun = 0;
            boolean isCut = false;
            for (int i = 0; i < tasks.size() && !Thread.currentThread().isInterrupted(); i++) {
                begun++;
                Task task = tasks.get(i);
                Site site = site(task, scratch, header, importContext).within("task-" + i);
                Measured measured = measure(task, site, both, unfinished.of(i));
                outcomes.addAll(measured.outcomes);
                isCut |= measured.isCut;
            }
            if (isKept(keeping)) {
                keep(shown(fresh), keeping);
                unfinished.recorded();
            }
            boolean done = begun == tasks.size() && outcomes.stream().allMatch(MeasureTargets::isDone);
            if (done && !isCut) {
                unfinished.finish();
            }
            boolean planned = done && outcomes.stream().allMatch(Rounds.Outcome::isPlanned);
            List<String> notes = new ArrayList<>(unfinished.notes());
            if (isCut && isKept(keeping)) {
                notes.add(MeasuringNotes.FEWER_FORKS);
            }
            return new Outcome(shown(all), outcomes, all.problems(), planned, notes);
        } catch (InterruptedException e) {
            throw new IOException("stopped before anything was measured", e);
        }
    }

    private Site site(Task task, Scratch scratch, RunHeader header, ImportContext importContext) {
        return site(workspace, task, runner, scratch, header, importContext, progress);
    }

    /** The site of a task. */
    static Site site(
            Workspace workspace,
            Task task,
            ProcessRunner runner,
            Scratch scratch,
            RunHeader header,
            ImportContext importContext,
            Progress progress) {
        return new Site(
                workspace.directory(),
                workspace.variables(),
                runner,
                scratch.folder(),
                task.limit,
                header,
                workspace.results(importContext),
                ForkLength.BALANCED,
                progress);
    }

    private static boolean isDone(Rounds.Outcome outcome) {
        return switch (outcome.end()) {
            case PRECISE, MOST, DRIFT -> true;
            case TIME, STOPPED, FAILED -> false;
        };
    }

    /** Hands everything on to two. */
    private record Both(RunSink one, RunSink other) implements RunSink {
        @Override
        public void accept(RunHeader header, Measurement measurement) {
            one.accept(header, measurement);
            other.accept(header, measurement);
        }

        @Override
        public void problem(Problem problem) {
            one.problem(problem);
            other.problem(problem);
        }
    }

    private static void hand(List<Run> runs, RunSink sink) {
        runs.forEach(run -> run.measurements().forEach(measurement -> sink.accept(run.header(), measurement)));
    }

    /** The runs as the history has them. */
    private List<Run> shown(Collected collected) {
        return collected.runs().stream()
                .map(run ->
                        new Run(overrides.applyTo(workspace.inConfiguredEnvironment(run.header())), run.measurements()))
                .toList();
    }

    private static boolean isKept(Keeping keeping) {
        return !(keeping instanceof Keeping.Nothing);
    }

    private void keep(List<Run> runs, Keeping keeping) throws IOException {
        if (runs.isEmpty()) {
            return;
        }
        if (keeping instanceof Keeping.HandedOver handedOver) {
            handedOver.to().take(runs);
        } else {
            try (RunStore store = workspace.open()) {
                store.record(runs);
            }
        }
    }

    /**
     * The results of a task.
     *
     * @param isCut whether the time was enough for fewer forks than are planned
     */
    private record Measured(List<Rounds.Outcome> outcomes, boolean isCut) {}

    private Measured measure(Task task, Site site, RunSink sink, Journal journal)
            throws IOException, InterruptedException {
        List<Subject> subjects = task.target.subjects(site);
        Preparation.Decision decision = preparation.of(subjects, workspace, site.header(), task.settings, task.isOpen);
        String prefix = task.suite.map(name -> name + ": ").orElse("");
        List<Rounds.Outcome> outcomes = new Rounds(
                        decision.settings(),
                        (subject, execution, share) -> progress.at(
                                prefix + "measuring " + subject + (execution == 0 ? ", warming up" : ", " + execution),
                                Math.round(100 * share),
                                100))
                .measure(subjects, sink, journal);
        return new Measured(outcomes, decision.isCut());
    }

    static RunHeader header(ImportContext importContext, Instant now, List<String> suites) {
        TreeMap<String, String> context = new TreeMap<>();
        context.put("tool", "plumb run");
        context.put("tool.version", Version.TEXT);
        if (!suites.isEmpty()) {
            context.put("suite", String.join(", ", suites));
        }
        context.putAll(Machine.here().moment());
        return new RunHeader(importContext.revision(), importContext.environment(), Optional.of(now), now, context);
    }
}
