package dev.plumbline.cli;

import dev.plumbline.cli.option.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** One command, run inside this process with its streams kept. */
public record CapturedRun(int exitCode, String out, String err) {
    /** Runs a command in a directory at a fixed time; nothing is a terminal. */
    public static CapturedRun of(Path directory, String... arguments) {
        return of(directory, false, arguments);
    }

    /** The same with environment variables. */
    public static CapturedRun of(Path directory, Map<String, String> variables, String... arguments) {
        return of(directory, variables, false, 80, arguments);
    }

    /** The same with the long lines of a file or a pipe. */
    public static CapturedRun wide(Path directory, String... arguments) {
        return of(directory, Map.of(), false, 120, arguments);
    }

    public static CapturedRun of(Path directory, boolean terminals, String... arguments) {
        return of(directory, Map.of(), terminals, 80, arguments);
    }

    /** The same with what comes from standard input. */
    public static CapturedRun reading(String input, Path directory, String... arguments) {
        return of(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                directory,
                Map.of(),
                false,
                80,
                arguments);
    }

    /** The same with variables of the environment. */
    public static CapturedRun reading(
            String input, Path directory, Map<String, String> variables, String... arguments) {
        return of(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                directory,
                variables,
                false,
                80,
                arguments);
    }

    private static CapturedRun of(
            Path directory, Map<String, String> variables, boolean terminals, int width, String... arguments) {
        return of(InputStream.nullInputStream(), directory, variables, terminals, width, arguments);
    }

    private static CapturedRun of(
            InputStream in,
            Path directory,
            Map<String, String> variables,
            boolean terminals,
            int width,
            String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                in,
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                directory,
                variables,
                Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC),
                terminals,
                terminals,
                width);
        int exitCode = Plumb.run(terminal, arguments);
        return new CapturedRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
