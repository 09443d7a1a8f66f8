package dev.plumbline.cli.option;

import dev.plumbline.report.terminal.TextStyle;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The style of a command's text. Every command that prints more than plain lines has these. */
public final class StyleOptions {
    @Option(
            names = {"-v", "--verbose"},
            description = "Show everything.")
    private boolean verbose;

    @Mixin
    private Colours colours = new Colours();

    /** Whether it prints in colours; separate for commands whose {@code --verbose} has a different help text. */
    public static final class Colours {
        @Option(
                names = "--color",
                paramLabel = "WHEN",
                defaultValue = "auto",
                description = "always, never or auto. Default: ${DEFAULT-VALUE}")
        private Terminal.Colour colour;

        /** The style of a command that prints all of its text, or not. */
        public TextStyle style(Terminal terminal, boolean all) {
            return terminal.style(colour, all);
        }
    }

    /** Whether all details are requested. */
    public boolean verbose() {
        return verbose;
    }

    public TextStyle style(Terminal terminal) {
        return colours.style(terminal, verbose);
    }

    /** The same for text that a command always prints whole, or never in colours. */
    public TextStyle style(Terminal terminal, boolean all) {
        return colours.style(terminal, all);
    }
}
