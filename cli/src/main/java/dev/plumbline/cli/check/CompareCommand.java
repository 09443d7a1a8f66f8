package dev.plumbline.cli.check;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.OutputOptions;
import dev.plumbline.cli.option.PolicyOptions;
import dev.plumbline.cli.option.PublishOptions;
import dev.plumbline.cli.option.ReadingOptions;
import dev.plumbline.cli.option.StandardInput;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.pipeline.check.CompareResults;
import dev.plumbline.pipeline.check.PublishReport;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.html.DetailedReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Two sides against each other. */
@CommandLine.Command(
        name = "compare",
        description = "Judge one set of results against another. Stores nothing.",
        footer = {
            "",
            "Each side is a result file, a folder of result files, - for standard input, or a commit, tag,"
                    + " branch or run id in the history.",
            "Example: plumb compare before.json after.json"
        })
public final class CompareCommand extends Command {
    @Parameters(index = "0", paramLabel = "BASE", description = "The reference.")
    private String base;

    @Parameters(index = "1", paramLabel = "CANDIDATE", description = "The results to judge.")
    private String candidate;

    @Mixin
    private ReadingOptions readingOptions = new ReadingOptions();

    @Mixin
    private PolicyOptions policyOptions = new PolicyOptions();

    @Mixin
    private OutputOptions outputOptions = new OutputOptions();

    @Mixin
    private PublishOptions publishOptions = new PublishOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        if (base.isBlank() || candidate.isBlank()) {
            throw wrongUse("an empty string is no " + (base.isBlank() ? "BASE" : "CANDIDATE")
                    + "; is a shell variable empty?");
        }
        if (base.equals("-") && candidate.equals("-")) {
            throw wrongUse("only one side can be standard input; name a file or a revision for the other");
        }
        try (StandardInput input = StandardInput.of(List.of(base, candidate), terminal())) {
            return compare(input.in(readingOptions.in(storeOption.workspace(terminal()))));
        }
    }

    private int compare(Workspace workspace) throws IOException {
        Optional<PublishReport> publisher = publishOptions.in(workspace);
        CompareResults comparison = new CompareResults(
                workspace,
                readingOptions.format(),
                policyOptions.policies(workspace.configuration()),
                policyOptions.gatePolicy(workspace));
        DetailedReport detailed = comparison.compare(base, candidate, outputOptions.wantsDetail());
        outputOptions.writeFirst(detailed, terminal());
        PublishOptions.publish(publisher, detailed.report(), terminal());
        PublishOptions.keep(detailed.report(), terminal());
        return ExitCode.of(detailed.report().gate());
    }
}
