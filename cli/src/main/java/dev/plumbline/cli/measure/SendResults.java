package dev.plumbline.cli.measure;

import static java.util.Objects.requireNonNull;

import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.Program;
import dev.plumbline.cli.option.Terminal;
import dev.plumbline.core.model.Run;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.json.RunJson;
import dev.plumbline.report.terminal.TerminalText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Records what was measured on a server, as {@code plumb record} does; what it does not take is kept in a file. */
final class SendResults {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Program program;
    private final Workspace workspace;
    private final List<String> options;
    private int exitCode = ExitCode.OPEN;
    private boolean isAnswered;

    /** @param options of every command here, such as where the configuration is */
    SendResults(Program program, Workspace workspace, List<String> options) {
        this.program = requireNonNull(program, "program");
        this.workspace = requireNonNull(workspace, "workspace");
        this.options = List.copyOf(options);
    }

    /** Whether the server has them; else they are kept here, to be sent later. */
    boolean isRecorded() {
        return exitCode == ExitCode.OPEN && isAnswered;
    }

    /** Whether the server does not take them as they are. */
    boolean isRefused() {
        return exitCode != ExitCode.OPEN;
    }

    /** Sends runs; after measuring for hours nothing may be lost. */
    void send(List<Run> runs) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        RunJson.write(runs, json);
        Terminal terminal = program.terminal();
        List<String> arguments = new ArrayList<>(List.of("record", "-", "--format", "plumbline-json", "--again"));
        arguments.addAll(options);
        ByteArrayOutputStream answer = new ByteArrayOutputStream(); // in the words of plumb record, not ours
        exitCode = program.run(
                new Terminal(
                        new ByteArrayInputStream(json.toByteArray()),
                        new PrintStream(answer, false, StandardCharsets.UTF_8),
                        terminal.err(),
                        terminal.directory(),
                        terminal.variables(),
                        terminal.clock(),
                        false,
                        terminal.errIsTerminal(),
                        terminal.width()),
                arguments);
        isAnswered = answer.size() > 0;
        if (isRefused()) {
            Path file = keep(json.toByteArray());
            terminal.err()
                    .println("plumb: the server did not take the results; they are kept in "
                            + TerminalText.escape(file.toString()) + "; send them with plumb record "
                            + TerminalText.escape(file.toString()));
        }
    }

    private Path keep(byte[] json) throws IOException {
        workspace.keepOutOfGit();
        Path folder =
                Files.createDirectories(workspace.root().resolve(".plumbline").resolve("unsent"));
        String name = "run-" + TIME.format(workspace.clock().instant());
        Path file = folder.resolve(name + ".json");
        for (int i = 2; Files.exists(file); i++) {
            file = folder.resolve(name + "-" + i + ".json");
        }
        Files.write(file, json);
        Path directory = program.terminal().directory();
        return file.toAbsolutePath().startsWith(directory) ? directory.relativize(file.toAbsolutePath()) : file;
    }
}
