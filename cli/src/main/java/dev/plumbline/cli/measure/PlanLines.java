package dev.plumbline.cli.measure;

import static java.util.Objects.requireNonNull;

import dev.plumbline.cli.option.Terminal;
import dev.plumbline.pipeline.measuring.Preparation;
import dev.plumbline.report.answer.ChangedFirst;
import dev.plumbline.report.answer.ForkPlan;
import dev.plumbline.report.terminal.TerminalText;
import java.io.PrintStream;
import java.util.List;

/** Prints how many forks are going to be measured, and what comes first. */
final class PlanLines implements Preparation.Listener {
    private final Terminal terminal;
    private final boolean isDry;
    private final boolean verbose;

    /**
     * @param isDry whether the plan is the answer: it goes to standard output, whole
     * @param verbose whether everything has its reason beside it
     */
    PlanLines(Terminal terminal, boolean isDry, boolean verbose) {
        this.terminal = requireNonNull(terminal, "terminal");
        this.isDry = isDry;
        this.verbose = verbose;
    }

    @Override
    public void planned(ForkPlan plan) {
        print(isDry || verbose ? plan.lines() : plan.shortened());
    }

    @Override
    public void reached(ChangedFirst reached) {
        print(List.of(reached.summary()));
        if (isDry || verbose) {
            print(reached.reasons());
        }
    }

    @Override
    public void note(String note) {
        terminal.err().println("plumb: " + TerminalText.escape(note));
    }

    private void print(List<String> lines) {
        PrintStream out = isDry ? terminal.out() : terminal.err();
        lines.forEach(line -> out.println((isDry ? "" : "plumb: ") + TerminalText.escape(line)));
        out.flush();
    }
}
