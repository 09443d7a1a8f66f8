package dev.plumbline.pipeline.config;

/** How the lines of a text file end, so that what is added to it ends alike. */
enum LineEnds {
    /** A line feed. */
    UNIX,
    /** A carriage return and a line feed. */
    WINDOWS;

    /** Those of a text; of one without any, {@link #UNIX}. */
    static LineEnds of(String text) {
        return text.contains("\r\n") ? WINDOWS : UNIX;
    }

    /** The text with a line feed at each end of a line. */
    String unified(String text) {
        return this == WINDOWS ? text.replace("\r\n", "\n") : text;
    }

    /** A unified text with these ends. */
    String in(String unified) {
        return this == WINDOWS ? unified.replace("\n", "\r\n") : unified;
    }
}
