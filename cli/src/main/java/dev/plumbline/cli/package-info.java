/** The command line: one class a command, what a terminal is, and what the exit codes mean. */
package dev.plumbline.cli;
