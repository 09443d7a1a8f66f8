package dev.plumbline.server.http;

import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.server.command.CommandExecution;
import dev.plumbline.server.command.CommandRefused;
import dev.plumbline.server.command.MalformedPacket;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.project.CommandQueue;
import dev.plumbline.server.project.Commands;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs commands for requests: a reason not to run one is a {@link Problem}, and decisions are logged. */
public final class ProjectCommands {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LATER = Duration.ofMinutes(1);

    /** A command was used wrongly, or could not be done. */
    private static final int WRONG = 2;

    private final Services services;
    private final Consumer<Project> changed;

    /** @param changed is notified of projects whose history changed */
    public ProjectCommands(Services services, Consumer<Project> changed) {
        this.services = services;
        this.changed = changed;
    }

    /** A command that waits for its use. */
    @FunctionalInterface
    public interface Run<T> {
        T with(Commands.Use<T> use) throws IOException, CommandRefused, CommandQueue.Full, InterruptedException;
    }

    /** Runs a command that was typed elsewhere, whatever its exit code. */
    public <T> T run(Identity identity, Project project, Run<T> run, Commands.Use<T> use) throws IOException {
        try {
            return run.with(execution -> {
                execution.decision().ifPresent(decision -> services.audit()
                        .done(
                                identity,
                                Optional.of(project.organisation()),
                                "command",
                                project.path() + ": plumb " + decision + ": exit code " + execution.exitCode()));
                T used = use.of(execution);
                if (execution.isChange()) {
                    written(project);
                }
                return used;
            });
        } catch (CommandQueue.Full e) {
            throw e.isTooLong()
                    ? Problem.unavailable("the command took too long and was stopped", LATER)
                    : Problem.unavailable("too many commands are waiting", SOON);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the server stops", SOON);
        } catch (MalformedPacket e) {
            throw CommitRoutes.refused(e);
        } catch (CommandRefused e) {
            services.audit()
                    .refused(identity, Optional.of(project.organisation()), "command", project.path(), e.getMessage());
            throw Problem.of(Problem.Kind.FORBIDDEN, e.getMessage());
        }
    }

    /** Marks the history of a project as changed: its computed answers and its messages follow. */
    public void written(Project project) {
        changed.accept(project);
        services.messages().watch().changed(project);
    }

    /** Runs a command line of our own that has to succeed: exit code 2 is a problem with its message. */
    public <T> T run(
            Identity identity, Project project, List<String> arguments, Map<String, Path> files, Commands.Use<T> use)
            throws IOException {
        return run(
                identity,
                project,
                wrapped -> services.commands().run(identity, project, arguments, files, wrapped),
                execution -> succeeded(execution, use));
    }

    /** The same of a command that only reads, in the history at this place. */
    public <T> T read(
            Identity identity, Project project, StoreLocation history, List<String> arguments, Commands.Use<T> use)
            throws IOException {
        return run(
                identity,
                project,
                wrapped -> services.commands().read(identity, project, history, arguments, wrapped),
                execution -> succeeded(execution, use));
    }

    /** The same where nothing is known of a working copy but its configuration. */
    public <T> T runWithoutCommits(
            Identity identity, Project project, List<String> arguments, Map<String, Path> files, Commands.Use<T> use)
            throws IOException {
        return run(
                identity,
                project,
                wrapped -> services.commands().runWithoutCommits(identity, project, arguments, files, wrapped),
                execution -> succeeded(execution, use));
    }

    /** Reads of the server's own accord, with every right, in the history at this place. */
    public <T> T readAsServer(Project project, StoreLocation history, List<String> arguments, Commands.Use<T> use)
            throws IOException {
        return run(
                Identity.anonymous(""),
                project,
                wrapped -> services.commands().readAsServer(project, history, arguments, wrapped),
                execution -> succeeded(execution, use));
    }

    private static <T> T succeeded(CommandExecution execution, Commands.Use<T> use) throws IOException {
        if (execution.exitCode() == WRONG) {
            throw Problem.of(
                    execution.isNothingFound() ? Problem.Kind.NOT_FOUND : Problem.Kind.UNREADABLE, words(execution));
        }
        return use.of(execution);
    }

    /** The complaint of the command, without the program's name before it. */
    private static String words(CommandExecution execution) throws IOException {
        List<String> lines = execution
                .errors()
                .lines()
                .map(line -> line.replaceFirst("^plumb: ", ""))
                .toList();
        return lines.isEmpty()
                ? "the command" + " failed"
                : String.join("\n", lines.subList(0, Math.min(20, lines.size())));
    }
}
