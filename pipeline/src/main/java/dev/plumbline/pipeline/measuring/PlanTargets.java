package dev.plumbline.pipeline.measuring;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.measure.subject.Subject;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Determines what would be measured and how, without measuring. */
public final class PlanTargets {
    private final Workspace workspace;
    private final ProcessRunner runner;
    private final Preparation preparation;

    /** @param preparation decides as it does before measuring, and reports it */
    public PlanTargets(Workspace workspace, ProcessRunner runner, Preparation preparation) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.runner = requireNonNull(runner, "runner");
        this.preparation = requireNonNull(preparation, "preparation");
    }

    /**
     * Plans.
     *
     * @return the names of what would be measured, of each task
     * @throws IOException if the targets cannot be found out or the file system fails
     */
    public List<List<String>> plan(List<MeasureTargets.Task> tasks) throws IOException {
        ImportContext importContext = workspace.importContext(workspace.place());
        RunHeader header =
                MeasureTargets.header(importContext, workspace.clock().instant(), List.of());
        List<List<String>> names = new ArrayList<>();
        try (Scratch scratch = Scratch.create()) {
            for (MeasureTargets.Task task : tasks) {
                Site site = MeasureTargets.site(
                                workspace, task, runner, scratch, header, importContext, Progress.SILENT)
                        .within("task-" + names.size());
                List<Subject> subjects = task.target().subjects(site);
                preparation.of(subjects, workspace, header, task.settings(), task.isOpen());
                names.add(subjects.stream().map(Subject::name).toList());
            }
            return names;
        } catch (InterruptedException e) {
            throw new IOException("stopped before anything was planned", e);
        }
    }
}
