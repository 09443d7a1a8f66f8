package dev.plumbline.cli.measure;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.Interruption;
import dev.plumbline.cli.option.ProgressLine;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.cli.option.StyleOptions;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.pipeline.measuring.DiagnoseMachine;
import dev.plumbline.report.answer.MachineReport;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reports how noisy this machine is, and what to change. */
@CommandLine.Command(
        name = "doctor",
        description = "Report how noisy this machine is, why, and how to reduce the noise.",
        footer = {
            "",
            "Measures identical work in pairs for some seconds: arithmetic, random memory reads, and process start.",
            "\"10 pairs detect\" is the smallest change that ten pairs detect on this machine.",
            "",
            "Examples:",
            "  plumb doctor",
            "  plumb doctor --pairs 0 --json"
        })
public final class DoctorCommand extends Command {
    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "40",
            description = "Pairs for each kind of work; 0 only inspects the machine. Default: ${DEFAULT-VALUE}")
    private int pairs;

    @Option(names = "--json", description = "Output JSON; docs/doctor-schema.json describes it.")
    private boolean json;

    @Mixin
    private StyleOptions styleOptions = new StyleOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        if (pairs != 0 && (pairs < 5 || pairs > 10_000)) {
            throw wrongUse("--pairs must be 0, or 5 to 10000");
        }
        ProcessRunner runner = ProcessRunner.forThisMachine();
        try (Interruption interruption = new Interruption(runner::cancel)) {
            MachineReport report;
            try (ProgressLine progress = new ProgressLine(terminal())) {
                report = new DiagnoseMachine(storeOption.workspace(terminal()), runner, progress).diagnose(pairs);
            }
            if (json) {
                report.writeJson(terminal().out());
            } else {
                terminal().out().print(report.text(styleOptions.style(terminal())));
            }
            terminal().out().flush();
            interruption.reported();
            return ExitCode.OPEN;
        }
    }
}
