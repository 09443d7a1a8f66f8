package dev.plumbline.buildtool;

import dev.plumbline.cli.Plumb;
import dev.plumbline.cli.option.Terminal;
import dev.plumbline.report.text.FirstScreen;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One call of the command line inside the process of a build tool.
 *
 * @param directory where it runs
 * @param variables its environment variables
 * @param clock the time
 * @param verbose how a person gives the option {@code -v} to this build
 */
public record PlumbCall(Path directory, Map<String, String> variables, Clock clock, String verbose) {
    /** Wide enough for names of Java methods; a build tool may put its own mark before a line. */
    private static final int WIDTH = 120;

    private static final String OWN_NAME = "plumb: ";

    /**
     * The answer of the command line.
     *
     * @param exitCode one of {@link dev.plumbline.cli.option.ExitCode}
     * @param out what it wrote, line by line
     * @param err what it warned of, line by line, without its own name
     */
    public record Answer(int exitCode, List<String> out, List<String> err) {
        public Answer {
            out = List.copyOf(out);
            err = List.copyOf(err);
        }
    }

    /**
     * A call with the environment and the clock of this process.
     *
     * @param verbose how a person gives the option {@code -v} to this build
     */
    public static PlumbCall in(Path directory, String verbose) {
        return new PlumbCall(directory, System.getenv(), Clock.systemUTC(), verbose);
    }

    /**
     * Runs a command.
     *
     * @param warning takes each line of the error stream as it comes
     */
    public Answer run(List<String> words, Consumer<String> warning) {
        LogLines out = new LogLines(line -> {});
        LogLines err = new LogLines(line -> warning.accept(plain(line)));
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                out.stream(),
                err.stream(),
                directory,
                variables,
                clock,
                false,
                false,
                WIDTH);
        int code = Plumb.answer(terminal, words.toArray(String[]::new));
        out.close();
        err.close();
        return new Answer(
                code,
                out.lines().stream().map(this::ofBuild).toList(),
                err.lines().stream().map(PlumbCall::plain).toList());
    }

    /** A line whose advice works in the build, where there is no command line to give an option to. */
    private String ofBuild(String line) {
        return line.endsWith(FirstScreen.ALL_DETAILS)
                ? line.substring(0, line.length() - "-v".length()) + verbose
                : line;
    }

    private static String plain(String line) {
        return line.startsWith(OWN_NAME) ? line.substring(OWN_NAME.length()) : line;
    }
}
