package dev.plumbline.cli;

/** The program that all commands belong to. */
interface Program {
    /** What the commands read from and write to. */
    Terminal terminal();
}
