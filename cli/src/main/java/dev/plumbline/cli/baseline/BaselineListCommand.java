package dev.plumbline.cli.baseline;

import dev.plumbline.cli.option.BaselineOptions;
import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.baseline.ListBaselines;
import dev.plumbline.report.answer.BaselineText;
import dev.plumbline.report.json.BaselineJson;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** Lists the baselines. */
@CommandLine.Command(name = "list", description = "List the names of all baselines.")
final class BaselineListCommand extends Command {
    @Mixin
    private BaselineOptions options = new BaselineOptions();

    @Override
    public Integer call() throws IOException {
        List<VersionInfo> newest = new ListBaselines(options.workspace(terminal())).list();
        if (options.json()) {
            BaselineJson.versions(newest, terminal().out());
        } else {
            terminal().out().print(BaselineText.versions(newest, options.style(terminal())));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
