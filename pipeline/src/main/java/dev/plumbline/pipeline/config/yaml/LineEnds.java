package dev.plumbline.pipeline.config.yaml;

/** The line ends of a text file, used for lines that are added to it. */
public enum LineEnds {
    /** A line feed. */
    UNIX,
    /** A carriage return and a line feed. */
    WINDOWS;

    /** The line ends of a text; of one without any, {@link #UNIX}. */
    public static LineEnds of(String text) {
        return text.contains("\r\n") ? WINDOWS : UNIX;
    }

    /** The text with a line feed at each end of a line. */
    public String unified(String text) {
        return this == WINDOWS ? text.replace("\r\n", "\n") : text;
    }

    /** A unified text with these ends. */
    public String in(String unified) {
        return this == WINDOWS ? unified.replace("\n", "\r\n") : unified;
    }
}
