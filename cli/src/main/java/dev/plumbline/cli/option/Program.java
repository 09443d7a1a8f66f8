package dev.plumbline.cli.option;

import dev.plumbline.server.command.ConfinedCommand;

/** The program that all commands belong to. */
public interface Program {
    /** What the commands read from and write to. */
    Terminal terminal();

    /** Runs a command that was typed on another machine; returns its exit code. */
    int runFor(ConfinedCommand command);
}
