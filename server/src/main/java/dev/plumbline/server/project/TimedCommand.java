package dev.plumbline.server.project;

import dev.plumbline.server.command.CommandExecution;
import dev.plumbline.server.command.CommandRefused;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A command in a thread of its own. The wait for it is limited; a command that continues keeps its slot until it
 * finishes, so that abandoned commands do not pile up.
 */
final class TimedCommand {
    private static final Logger LOG = Logger.getLogger("plumbline.server");

    private final CommandQueue.Place place;

    /**
     * Whether the command is over or its callers have left, whichever comes first. The other one gives the place back.
     */
    private final AtomicBoolean isDecided = new AtomicBoolean();

    TimedCommand(CommandQueue.Place place) {
        this.place = place;
    }

    /** The process to start. */
    interface Start {
        CommandExecution run() throws IOException, CommandRefused;
    }

    /** It takes longer than anybody waits. */
    static final class TooLong extends Exception {
        private static final long serialVersionUID = 1;
    }

    /**
     * Runs a command. The place is the caller's again afterwards, unless it takes too long.
     *
     * @throws TooLong if it takes longer; it is interrupted then
     */
    CommandExecution run(Start start, Duration longest)
            throws IOException, CommandRefused, TooLong, InterruptedException {
        FutureTask<CommandExecution> task = new FutureTask<>(() -> work(start));
        Thread thread = new Thread(task, "plumbline-command");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (isDecided.compareAndSet(false, true)) {
                thread.interrupt();
                throw new TooLong();
            }
            return ended(task);
        } catch (InterruptedException e) {
            if (isDecided.compareAndSet(false, true)) {
                thread.interrupt();
            } else {
                giveUp(task);
            }
            throw e;
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /** Handles the end of a command; one that failed has given its place back. */
    private void giveUp(FutureTask<CommandExecution> task) throws IOException, InterruptedException {
        CommandExecution execution;
        try {
            execution = task.get();
        } catch (ExecutionException e) {
            LOG.log(Level.FINE, "a command failed while its caller stopped", e);
            return;
        }
        try {
            execution.close();
        } finally {
            place.close();
        }
    }

    private CommandExecution work(Start start) throws IOException, CommandRefused {
        CommandExecution execution;
        try {
            execution = start.run();
        } catch (IOException | CommandRefused | RuntimeException | Error e) {
            if (!isDecided.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "a command that took too long failed", e);
            }
            place.close();
            throw e;
        }
        if (!isDecided.compareAndSet(false, true)) {
            try {
                execution.close();
            } finally {
                place.close();
            }
        }
        return execution;
    }

    private static CommandExecution ended(FutureTask<CommandExecution> task)
            throws IOException, CommandRefused, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static RuntimeException failure(ExecutionException e) throws IOException, CommandRefused {
        Throwable cause = e.getCause();
        if (cause instanceof IOException failure) {
            throw failure;
        }
        if (cause instanceof CommandRefused refused) {
            throw refused;
        }
        if (cause instanceof RuntimeException failure) {
            throw failure;
        }
        throw new IllegalStateException("a command failed", cause);
    }
}
