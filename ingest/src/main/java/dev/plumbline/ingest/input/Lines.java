package dev.plumbline.ingest.input;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.regex.Pattern;

/** A text read line by line, without the colours and cursor movements that terminals are sent. */
public final class Lines implements Closeable {
    private static final int LONGEST = 1 << 21;
    private static final Pattern ESCAPES = Pattern.compile("\u001B\\[[0-9;?]*[ -/]*[@-~]");

    private final Source source;
    private final BufferedReader reader;
    private final StringBuilder buffer = new StringBuilder();
    private String line = "";
    private long number;

    private Lines(Source source, BufferedReader reader) {
        this.source = source;
        this.reader = reader;
    }

    public static Lines open(Source source) throws IOException {
        return new Lines(source, source.text());
    }

    /**
     * Goes to the next line; false after the last.
     *
     * @throws UnreadableInput if a line has more than two million characters
     */
    public boolean next() throws IOException {
        buffer.setLength(0);
        int c = reader.read();
        if (c < 0) {
            return false;
        }
        for (; c >= 0 && c != '\n'; c = reader.read()) {
            buffer.append((char) c);
            if (buffer.length() > LONGEST) {
                throw new UnreadableInput(
                        source.name() + ":" + (number + 1), "has a line of more than two million characters");
            }
        }
        int end = buffer.length();
        if (end > 0 && buffer.charAt(end - 1) == '\r') {
            buffer.setLength(end - 1);
        }
        line = withoutEscapes(buffer.toString());
        number++;
        return true;
    }

    /** The text without terminal escapes. */
    public static String withoutEscapes(String text) {
        return text.indexOf('\u001B') < 0 ? text : ESCAPES.matcher(text).replaceAll("");
    }

    /** The line, without its end. */
    public String line() {
        return line;
    }

    /** The number of the line; the first is 1. */
    public long number() {
        return number;
    }

    /** The place of the line: file and line. */
    public String where() {
        return source.name() + ":" + number;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
