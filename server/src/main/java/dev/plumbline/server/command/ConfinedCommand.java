package dev.plumbline.server.command;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.workspace.Caller;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * A command line that runs here for another machine, with all data that it may use.
 *
 * @param arguments as on the command line, without {@code plumb}
 * @param in results may come from here
 * @param out the answer goes here
 * @param err progress and warnings go here
 * @param variables the environment variables
 * @param clock the time
 * @param outIsTerminal whether a person sees {@code out}
 * @param width columns of the terminal
 * @param caller whose command it is, and where its files are
 */
public record ConfinedCommand(
        List<String> arguments,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> variables,
        Clock clock,
        boolean outIsTerminal,
        int width,
        Caller caller) {
    public ConfinedCommand {
        arguments = List.copyOf(arguments);
        variables = Map.copyOf(variables);
        requireNonNull(caller, "caller");
    }

    /** In place of the exit code 2 where what the command line names is not there. */
    public static final int NOTHING_FOUND = 102;

    /** In place of the exit code 2 where the database of the history gives no answer now. */
    public static final int NO_ANSWER = 103;

    /** The program that runs commands: the command line of Plumbline. */
    @FunctionalInterface
    public interface Program {
        /** @return the exit code, {@link #NOTHING_FOUND} or {@link #NO_ANSWER} */
        int run(ConfinedCommand command);
    }
}
