package dev.plumbline.cli.option;

import dev.plumbline.pipeline.measuring.Target;
import dev.plumbline.pipeline.measuring.WarnOfNoise;
import dev.plumbline.report.terminal.TerminalText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The common part of all commands: the program, which holds the terminal, and {@code --help}. */
public abstract class Command implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    protected Terminal terminal() {
        return program().terminal();
    }

    protected Program program() {
        return (Program) spec.root().userObject();
    }

    /** Warns of reasons to doubt measurements, before any is made; counts depend on none of it. */
    protected void warnOfNoise(Target target) {
        if (!target.isTimed()) {
            return;
        }
        List<String> warnings = new WarnOfNoise().warnings();
        warnings.forEach(warning -> terminal().err().println("plumb: warning: " + TerminalText.escape(warning)));
        if (!warnings.isEmpty()) {
            terminal().err().println("plumb: run plumb doctor to see what to change");
        }
    }

    /** Whether any option of the command was given. */
    protected boolean hasOptions() {
        return !spec.commandLine().getParseResult().matchedOptions().isEmpty();
    }

    protected CommandLine.ParameterException wrongUse(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
