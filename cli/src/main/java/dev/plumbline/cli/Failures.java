package dev.plumbline.cli;

import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.Terminal;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.server.command.ConfinedCommand;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;

/** Reports a failure in one line that helps; with a stack trace only for unexpected ones. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
    private final Terminal terminal;

    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, CommandLine.ParseResult arguments) {
        if (OutOfMemory.isBehind(exception)) {
            terminal.err().println("plumb: " + OutOfMemory.WORDS);
            return ExitCode.WRONG;
        }
        if (exception instanceof WrongConfiguration wrong) {
            wrong.mistakes()
                    .forEach(mistake -> terminal.err().println("plumb: " + TerminalText.escape(mistake.toString())));
            return ExitCode.WRONG;
        }
        String message;
        if (exception instanceof UnreadableInput || exception instanceof StoreException) {
            message = exception.getMessage();
        } else if (exception instanceof NoSuchFileException missing) {
            message = missing.getFile() + ": "
                    + (missing.getReason() == null ? "there is no such file or folder" : missing.getReason());
        } else if (exception instanceof AccessDeniedException denied) {
            message = denied.getFile() + ": permission denied";
        } else if (exception instanceof FileSystemException system) {
            message = system.getFile() + ": "
                    + (system.getReason() == null
                            ? "cannot be read or written (" + system.getClass().getSimpleName() + ")"
                            : system.getReason());
        } else if (exception instanceof IOException) {
            message = exception.getMessage();
        } else {
            message = Plumb.UNEXPECTED;
            exception.printStackTrace(terminal.err());
        }
        String shown = String.valueOf(message);
        terminal.err()
                .println("plumb: "
                        + (exception instanceof CommandFailure
                                ? TerminalText.escapeLines(shown)
                                : TerminalText.escape(shown)));
        for (Throwable further : exception.getSuppressed()) {
            if (further instanceof UnreadableInput) {
                terminal.err().println("plumb: " + TerminalText.escape(further.getMessage()));
            }
        }
        if (terminal.caller().isEmpty()) {
            return ExitCode.WRONG;
        }
        return exception instanceof NothingFound
                ? ConfinedCommand.NOTHING_FOUND
                : exception instanceof StoreUnavailable ? ConfinedCommand.NO_ANSWER : ExitCode.WRONG;
    }
}
