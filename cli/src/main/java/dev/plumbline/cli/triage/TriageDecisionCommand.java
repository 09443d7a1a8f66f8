package dev.plumbline.cli.triage;

import dev.plumbline.cli.option.BaselineOptions;
import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.pipeline.annotate.RecordTriage;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that records a decision about a change. */
abstract class TriageDecisionCommand extends Command {
    private final Triage.Decision decision;

    @Parameters(
            paramLabel = "ID",
            description = "Id of an incident or a finding (its first characters are enough), or a benchmark:"
                    + " name, or part of the name.")
    private String target;

    @Mixin
    private TriageOptions options = new TriageOptions();

    @Mixin
    private BaselineOptions.AuthorOptions authorOptions = new BaselineOptions.AuthorOptions();

    TriageDecisionCommand(Triage.Decision decision) {
        this.decision = decision;
    }

    /** When the decision expires; empty where it holds until another one. */
    Optional<Instant> until() {
        return Optional.empty();
    }

    /** The commit that fixes the change, as given on the command line; empty if the decision has none. */
    Optional<String> fix() {
        return Optional.empty();
    }

    @Override
    public final Integer call() throws IOException {
        RecordTriage.Outcome outcome = options.recording(terminal())
                .record(target, decision, until(), fix(), authorOptions.author(terminal()));
        outcome.doubt().ifPresent(doubt -> terminal().err().println("plumb: warning: " + TerminalText.escape(doubt)));
        options.print(outcome.report(), terminal());
        return ExitCode.OPEN;
    }
}
