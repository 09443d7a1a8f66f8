package dev.plumbline.report.terminal;

/** The looks of text on a terminal that has colours. */
public enum Ansi {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    RED("31"),
    BOLD_RED("1;31"),
    GREEN("32"),
    BOLD_GREEN("1;32"),
    YELLOW("33"),
    BOLD_YELLOW("1;33"),
    CYAN("36");

    private final String code;

    Ansi(String code) {
        this.code = code;
    }

    /** The text in this look; unchanged when it is plain or nothing is there. */
    String paint(String text) {
        return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
