package dev.plumbline.cli.option;

import dev.plumbline.server.command.ConfinedCommand;
import java.util.List;

/** The program that all commands belong to. */
public interface Program {
    /** The terminal of the commands. */
    Terminal terminal();

    /**
     * Runs another command of this program.
     *
     * @param other what it reads from and writes to
     * @return its exit code
     */
    int run(Terminal other, List<String> arguments);

    /** Runs a command that was typed on another machine; returns its exit code. */
    int runFor(ConfinedCommand command);
}
