package dev.plumbline.cli;

import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.pipeline.DiagnoseMachine;
import dev.plumbline.report.MachineReport;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells how noisy this machine is, and what to change. */
@CommandLine.Command(
        name = "doctor",
        description = "Report how noisy this machine is, why, and what to change.",
        footer = {
            "",
            "Work that is the same twice is measured in pairs, for some seconds: arithmetic, reads all over the",
            "memory, and the start of a process. \"10 pairs find\" tells the smallest change that ten pairs show here.",
            "",
            "Examples:",
            "  plumb doctor",
            "  plumb doctor --pairs 0 --json"
        })
final class DoctorCommand extends Command {
    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "40",
            description = "Pairs of each kind of work; 0 looks at the machine only. Default: ${DEFAULT-VALUE}")
    private int pairs;

    @Option(names = "--json", description = "Answer in JSON; docs/doctor-schema.json describes it.")
    private boolean json;

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        if (pairs != 0 && (pairs < 5 || pairs > 10_000)) {
            throw wrongUse("--pairs is 0, or from 5 to 10000");
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
                terminal().out().print(report.text(terminal().style(Terminal.Colour.AUTO, false)));
            }
            terminal().out().flush();
            interruption.told();
            return ExitCode.OPEN;
        }
    }
}
