package dev.plumbline.pipeline.config.yaml;

/** How the lines of a text file end, so that what is added to it ends alike. */
public enum LineEnds {
    /** A line feed. */
    UNIX,
    /** A carriage return and a line feed. */
    WINDOWS;

    /** Those of a text; of one without any, {@link #UNIX}. */
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
