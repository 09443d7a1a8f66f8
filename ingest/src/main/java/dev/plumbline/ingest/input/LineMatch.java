package dev.plumbline.ingest.input;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line matched against one pattern after the other; the groups are those of the last matching pattern. */
public final class LineMatch {
    private final String line;
    private Optional<Matcher> matched = Optional.empty();

    public LineMatch(String line) {
        this.line = line;
    }

    /** Whether the whole line has this form. */
    public boolean is(Pattern form) {
        Matcher matcher = form.matcher(line);
        if (matcher.matches()) {
            matched = Optional.of(matcher);
            return true;
        }
        return false;
    }

    /** A part of the line; empty text when it is not there. */
    public String group(int part) {
        return matched.map(matcher -> matcher.group(part)).orElse("");
    }

    /** A part of the line as a number; NaN when it is none. */
    public double number(int part) {
        return Texts.number(group(part));
    }
}
