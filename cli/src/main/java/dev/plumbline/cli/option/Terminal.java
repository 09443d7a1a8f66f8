package dev.plumbline.cli.option;

import dev.plumbline.pipeline.workspace.Caller;
import dev.plumbline.report.terminal.TextStyle;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * The streams and properties of a command's terminal.
 *
 * @param in results may come from here
 * @param out the answer goes here
 * @param err progress and warnings go here
 * @param directory the working directory
 * @param variables the environment variables
 * @param clock the time
 * @param outIsTerminal whether a person sees {@code out} as it is written
 * @param errIsTerminal whether a person sees {@code err} as it is written
 * @param width columns of the terminal
 * @param caller whose command this is, where it was typed on another machine
 */
public record Terminal(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Path directory,
        Map<String, String> variables,
        Clock clock,
        boolean outIsTerminal,
        boolean errIsTerminal,
        int width,
        Optional<Caller> caller) {
    /** The launcher sets it to {@code ascii} where the locale has another character set than UTF-8. */
    private static final String CHARSET = "PLUMB_CHARSET";

    /** The width of output to a file or a pipe, where lines may be long, and longer still for a name that is. */
    private static final int WIDTH_OF_FILES = 120;

    /** The terminal of a command that was typed on this machine. */
    public Terminal(
            InputStream in,
            PrintStream out,
            PrintStream err,
            Path directory,
            Map<String, String> variables,
            Clock clock,
            boolean outIsTerminal,
            boolean errIsTerminal,
            int width) {
        this(in, out, err, directory, variables, clock, outIsTerminal, errIsTerminal, width, Optional.empty());
    }

    /** The process's own streams. The launcher passes which of them are terminals, since Java 17 cannot find out. */
    public static Terminal ofProcess() {
        String terminals = System.getProperty("plumb.terminals", "");
        return new Terminal(
                System.in,
                utf8(System.out),
                utf8(System.err),
                Path.of("").toAbsolutePath(),
                System.getenv(),
                Clock.systemUTC(),
                terminals.contains("1"),
                terminals.contains("2"),
                width(terminals.contains("1")));
    }

    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, false, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static int width(boolean terminal) {
        int columns = Integer.getInteger("plumb.columns", 0);
        if (!terminal || columns <= 0) {
            return terminal ? 80 : WIDTH_OF_FILES;
        }
        return Math.max(TextStyle.MIN_WIDTH, Math.min(columns, 300));
    }

    /**
     * The style of text: in ASCII on terminals that show nothing else.
     *
     * @param colour {@code always}, {@code never}, or {@code auto}: on terminals, unless {@code NO_COLOR} is set
     */
    public TextStyle style(Colour colour, boolean verbose) {
        boolean coloured =
                switch (colour) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case AUTO ->
                        outIsTerminal
                                && variables.getOrDefault("NO_COLOR", "").isEmpty()
                                && !"dumb".equals(variables.get("TERM"));
                };
        return TextStyle.DEFAULT
                .withWidth(width)
                .withColour(coloured)
                .withUnicode(!outIsTerminal || !"ascii".equals(variables.get(CHARSET)))
                .withVerbose(verbose)
                .withWhole(!outIsTerminal);
    }

    /** When to write in colours. */
    public enum Colour {
        ALWAYS,
        NEVER,
        AUTO
    }
}
