/** The command line: one class for each command, the terminal, and the exit codes. */
package dev.plumbline.cli;
