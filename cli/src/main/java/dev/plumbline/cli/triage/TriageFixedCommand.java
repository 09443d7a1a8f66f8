package dev.plumbline.cli.triage;

import dev.plumbline.cli.option.BaselineOptions;
import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.pipeline.annotate.RecordTriage;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Mended. */
@CommandLine.Command(
        name = "fixed",
        description = "Name the commit that fixes a regression. If the regression persists after that commit, it"
                + " counts again.")
final class TriageFixedCommand extends Command {
    @Parameters(
            paramLabel = "ID",
            description = "Id of an incident or a finding (its first characters are enough), or a benchmark:"
                    + " name, or part of the name.")
    private String target;

    @Option(
            names = "--commit",
            required = true,
            paramLabel = "COMMIT",
            description = "The fixing commit: an id, a tag or a branch.")
    private String commit;

    @Mixin
    private TriageOptions options = new TriageOptions();

    @Mixin
    private BaselineOptions.AuthorOptions authorOptions = new BaselineOptions.AuthorOptions();

    @Override
    public Integer call() throws IOException {
        RecordTriage.Outcome outcome = options.recording(terminal())
                .record(
                        target,
                        Triage.Decision.FIXED,
                        Optional.empty(),
                        Optional.of(commit),
                        authorOptions.author(terminal()));
        outcome.doubt().ifPresent(doubt -> terminal().err().println("plumb: warning: " + TerminalText.escape(doubt)));
        options.print(outcome.report(), terminal());
        return ExitCode.OPEN;
    }
}
