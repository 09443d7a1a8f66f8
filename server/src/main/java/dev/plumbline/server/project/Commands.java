package dev.plumbline.server.project;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.server.command.CommandExecution;
import dev.plumbline.server.command.CommandRefused;
import dev.plumbline.server.command.ConfinedCommand;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.data.Unavailable;
import dev.plumbline.server.original.Originals;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.people.Projects;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs command lines on the histories of projects with the rights of the caller, a few at once. */
public final class Commands {
    private final Histories histories;
    private final Projects projects;
    private final Originals originals;
    private final ConfinedCommand.Program program;
    private final CommandQueue queue;
    private final Clock clock;
    private final Duration longest;

    /**
     * @param originals keeps the files that are recorded
     * @param program what answers command lines
     * @param longest the longest wait for a command
     */
    public Commands(
            Histories histories,
            Projects projects,
            Originals originals,
            ConfinedCommand.Program program,
            CommandQueue queue,
            Clock clock,
            Duration longest) {
        this.longest = requireNonNull(longest, "longest");
        this.histories = requireNonNull(histories, "histories");
        this.projects = requireNonNull(projects, "projects");
        this.originals = requireNonNull(originals, "originals");
        this.program = requireNonNull(program, "program");
        this.queue = requireNonNull(queue, "queue");
        this.clock = requireNonNull(clock, "clock");
    }

    /** The use of a command's answer before it is deleted. */
    @FunctionalInterface
    public interface Use<T> {
        T of(CommandExecution execution) throws IOException;
    }

    /**
     * Runs a command line that the server itself made.
     *
     * @param files what it needs, by their names in its working directory
     * @throws CommandQueue.Full if there is no place for it now
     * @throws CommandRefused if who asks may not
     * @throws Unavailable if the database of the history gives no answer
     */
    public <T> T run(Identity identity, Project project, List<String> arguments, Map<String, Path> files, Use<T> use)
            throws IOException, CommandRefused, CommandQueue.Full, InterruptedException {
        return run(identity, project, histories.forCommands(project), arguments, files, use);
    }

    /** The same of a command that only reads, at this place and no other. */
    public <T> T read(Identity identity, Project project, StoreLocation history, List<String> arguments, Use<T> use)
            throws IOException, CommandRefused, CommandQueue.Full, InterruptedException {
        return run(identity, project, histories.forCommands(project, history), arguments, Map.of(), use);
    }

    /**
     * The same where only the configuration of a working copy is known: commits have no more facts than the results.
     */
    public <T> T runWithoutCommits(
            Identity identity, Project project, List<String> arguments, Map<String, Path> files, Use<T> use)
            throws IOException, CommandRefused, CommandQueue.Full, InterruptedException {
        CommandExecution.Project on = histories.forCommands(project);
        return run(
                identity,
                project,
                new CommandExecution.Project(
                        on.history(), on.replica(), on.commits(), on.copy().withoutCommits()),
                arguments,
                files,
                use);
    }

    private <T> T run(
            Identity identity,
            Project project,
            CommandExecution.Project on,
            List<String> arguments,
            Map<String, Path> files,
            Use<T> use)
            throws IOException, CommandRefused, CommandQueue.Full, InterruptedException {
        return inPlace(
                project,
                () -> CommandExecution.run(
                        arguments,
                        new TreeMap<>(files),
                        member(identity, project),
                        on,
                        settings(project, Long.MAX_VALUE)),
                use);
    }

    /**
     * Runs a command line of the server's own, with every right.
     *
     * @throws CommandQueue.Full if there is no place for it now
     * @throws CommandRefused if no server runs it
     */
    public <T> T runAsServer(Project project, List<String> arguments, Use<T> use)
            throws IOException, CommandRefused, CommandQueue.Full, InterruptedException {
        return runAsServer(project, histories.forCommands(project), arguments, use);
    }

    /** The same of a command that only reads, at this place and no other. */
    public <T> T readAsServer(Project project, StoreLocation history, List<String> arguments, Use<T> use)
            throws IOException, CommandRefused, CommandQueue.Full, InterruptedException {
        return runAsServer(project, histories.forCommands(project, history), arguments, use);
    }

    private <T> T runAsServer(Project project, CommandExecution.Project on, List<String> arguments, Use<T> use)
            throws IOException, CommandRefused, CommandQueue.Full, InterruptedException {
        return inPlace(
                project,
                () -> CommandExecution.run(
                        arguments,
                        new TreeMap<>(),
                        new CommandExecution.Member("plumbline", EnumSet.allOf(Right.class)),
                        on,
                        settings(project, Long.MAX_VALUE)),
                use);
    }

    /**
     * Runs a command line that was typed on another machine.
     *
     * @param call as {@link dev.plumbline.server.command.CommandCall} writes it
     * @param mostBytes of it, unpacked
     * @throws CommandQueue.Full if there is no place for it now
     * @throws CommandRefused if who asks may not, or no server runs it
     */
    public <T> T run(Identity identity, Project project, InputStream call, long mostBytes, Use<T> use)
            throws IOException, CommandRefused, CommandQueue.Full, InterruptedException {
        return inPlace(
                project,
                () -> CommandExecution.run(
                        call, member(identity, project), histories.forCommands(project), settings(project, mostBytes)),
                use);
    }

    /** Work on a history other than a command. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Does something that takes as much of the machine as a command, when there is a place for it.
     *
     * @throws CommandQueue.Full if there is none now
     */
    public <T> T inTurn(Work<T> work) throws IOException, CommandQueue.Full, InterruptedException {
        CommandQueue.Place place = queue.take();
        try {
            return work.run();
        } finally {
            place.close();
        }
    }

    /** A command that waits for its place. */
    @FunctionalInterface
    private interface Start {
        CommandExecution run() throws IOException, CommandRefused;
    }

    private <T> T inPlace(Project project, Start start, Use<T> use)
            throws IOException, CommandRefused, CommandQueue.Full, InterruptedException {
        CommandQueue.Place place = queue.take();
        CommandExecution ended;
        try {
            ended = new TimedCommand(place).run(start::run, longest);
        } catch (TimedCommand.TooLong e) {
            throw new CommandQueue.Full(e);
        }
        try (CommandExecution execution = ended) {
            if (execution.mayHaveWritten()) {
                histories.written(project);
            }
            if (execution.isUnanswered()) {
                throw new Unavailable(execution.errors().strip());
            }
            return use.of(execution);
        } finally {
            place.close();
        }
    }

    private CommandExecution.Member member(Identity identity, Project project) {
        return new CommandExecution.Member(identity.actor(), projects.rights(identity, project));
    }

    private CommandExecution.Settings settings(Project project, long mostBytes) {
        return new CommandExecution.Settings(
                program, histories.scratch(), clock, mostBytes, Optional.of(originals.keeper(project)));
    }
}
