package dev.plumbline.cli.option;

/** The program that all commands belong to. */
public interface Program {
    /** What the commands read from and write to. */
    Terminal terminal();
}
