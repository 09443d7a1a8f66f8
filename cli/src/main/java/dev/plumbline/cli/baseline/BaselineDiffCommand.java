package dev.plumbline.cli.baseline;

import dev.plumbline.cli.option.BaselineOptions;
import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.core.baseline.BaselineDifference;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.pipeline.baseline.ReadVersion;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.BaselineText;
import dev.plumbline.report.json.BaselineJson;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Two versions against each other. */
@CommandLine.Command(
        name = "diff",
        description = "Compare two versions of baselines.",
        footer = {"", "Example: plumb baseline diff 3 5"})
final class BaselineDiffCommand extends Command {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "BEFORE",
            description = "A version's number. Default: the one before.")
    private Integer before;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "AFTER",
            description = "A version's number. Default: the newest.")
    private Integer after;

    @Mixin
    private BaselineOptions options = new BaselineOptions();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = options.workspace(terminal());
        ReadVersion versions = new ReadVersion(workspace);
        String name = options.name(workspace);
        BaselineVersion newer = versions.read(name, after == null ? OptionalInt.empty() : OptionalInt.of(after));
        int earlier = before == null ? newer.info().number() - 1 : before;
        if (earlier < 1) {
            throw wrongUse("there is no version before " + newer.info().number() + " to compare it with");
        }
        BaselineVersion older = versions.read(name, OptionalInt.of(earlier));
        List<BaselineDifference> differences = BaselineDifference.between(older, newer);
        if (options.json()) {
            BaselineJson.differences(
                    older.info(), newer.info(), differences, terminal().out());
        } else {
            terminal()
                    .out()
                    .print(BaselineText.differences(
                            older.info(), newer.info(), differences, options.style(terminal())));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
