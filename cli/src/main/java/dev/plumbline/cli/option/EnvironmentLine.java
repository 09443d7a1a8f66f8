package dev.plumbline.cli.option;

import dev.plumbline.report.content.EnvironmentChoice;
import dev.plumbline.report.terminal.TerminalText;
import java.util.Optional;

/** The line that names the environment that a command reads where none is given. */
public final class EnvironmentLine {
    private EnvironmentLine() {}

    /** Prints it to standard error where the history has several. */
    public static void print(Optional<EnvironmentChoice> choice, Terminal terminal) {
        print("using", choice, terminal);
    }

    /**
     * The same with other first words.
     *
     * @param verb what is done with the environment
     */
    public static void print(String verb, Optional<EnvironmentChoice> choice, Terminal terminal) {
        choice.filter(EnvironmentChoice::isOfSeveral)
                .ifPresent(one -> terminal.err().println("plumb: " + verb + " " + TerminalText.escape(one.words())));
    }
}
