package dev.plumbline.pipeline.measuring;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.measure.process.Command;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.process.Execution;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.measure.subject.ForkLength;
import dev.plumbline.measure.subject.OutputTail;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.Place;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Checks revisions out beside the user's working copy and builds them. */
final class Checkouts {
    private final Workspace workspace;
    private final Optional<String> build;
    private final Duration limit;
    private final ProcessRunner runner;
    private final Progress progress;
    private final Place place;

    /**
     * @param build a line for the shell that builds a checkout; empty when nothing is to be built
     * @param limit after which one execution or build is killed
     */
    Checkouts(Workspace workspace, Optional<String> build, Duration limit, ProcessRunner runner, Progress progress) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.build = requireNonNull(build, "build");
        this.limit = requireNonNull(limit, "limit");
        this.runner = requireNonNull(runner, "runner");
        this.progress = requireNonNull(progress, "progress");
        this.place = workspace.place();
    }

    /**
     * Checks a revision out.
     *
     * @param scratch takes the checkout, and what is written while it is measured
     * @param name of its folder there
     * @throws IOException if there is no such revision or it cannot be checked out
     */
    Checkout open(Git git, String revision, Path scratch, String name) throws IOException {
        Worktree worktree = Worktree.of(git, revision, scratch.resolve(name));
        try {
            return new Checkout(
                    worktree, site(git, revision, worktree, Files.createDirectory(scratch.resolve(name + "-scratch"))));
        } catch (IOException e) {
            worktree.close();
            throw e;
        }
    }

    private Site site(Git git, String name, Worktree worktree, Path own) throws IOException {
        Revision revision = new Revision(
                worktree.commit(),
                Place.branchOf(git, name, worktree.commit(), workspace.variables()),
                git.second(worktree.commit()).map(Instant::ofEpochSecond),
                git.position(worktree.commit()).map(OptionalLong::of).orElse(OptionalLong.empty()));
        ImportContext importContext = ImportContext.of(
                revision, place.environment(), workspace.clock().instant());
        RunHeader header = workspace.inConfiguredEnvironment(
                MeasureTargets.header(importContext, workspace.clock().instant(), List.of()));
        return new Site(
                directoryIn(git, worktree),
                workspace.variables(),
                runner,
                own,
                limit,
                header,
                workspace.results(importContext),
                ForkLength.SAME,
                progress);
    }

    /** The warning for whoever asks for the commit of a working copy that differs from it. */
    Optional<String> leftOut(Git git, String revision) {
        String here = place.revision().commit();
        return Optional.of(here)
                .filter(commit -> commit.endsWith(Revision.DIRTY))
                .flatMap(commit -> git.commitOf(revision))
                .filter(commit -> here.equals(commit + Revision.DIRTY))
                .map(commit ->
                        "uncommitted changes in the working copy are not measured; measuring commit " + shown(commit));
    }

    /** The same folder of the checkout that the user is in. */
    private Path directoryIn(Git git, Worktree worktree) throws IOException {
        Path root = git.root().orElseThrow().toRealPath();
        Path here = workspace.directory().toRealPath();
        return here.startsWith(root) ? worktree.folder().resolve(root.relativize(here)) : worktree.folder();
    }

    /** @throws CommandFailure if it does not build; with the end of what the build printed */
    void build(Checkout checkout, String revision) throws IOException, InterruptedException {
        if (build.isEmpty()) {
            return;
        }
        progress.at("building " + shown(revision), 0, 0);
        Path output = checkout.site().scratch().resolve("build.txt");
        Execution execution = runner.run(
                Command.shell(build.get(), checkout.site().directory(), workspace.variables()), output, limit);
        if (!execution.succeeded()) {
            throw new CommandFailure(shown(revision) + ": does not build; " + build.get() + " ended with exit code "
                    + execution.exitCode() + OutputTail.of(output));
        }
    }

    /** A revision as people see it: ten characters of a commit's id, or the name they gave. */
    static String shown(String revision) {
        return revision.matches("[0-9a-f]{40,64}") ? revision.substring(0, 10) : revision;
    }
}
