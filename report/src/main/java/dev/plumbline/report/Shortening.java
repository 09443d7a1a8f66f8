package dev.plumbline.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Shortens the texts of a column so that different ones stay different: each is cut in its middle, and those that would
 * then read alike are cut before the place where they differ.
 */
final class Shortening {
    private final TextStyle style;
    private final int columns;
    private final Map<String, TreeSet<String>> alike = new HashMap<>();

    Shortening(List<String> safe, int columns, TextStyle style) {
        this.style = style;
        this.columns = columns;
        safe.forEach(text -> alike.computeIfAbsent(style.shorten(text, columns), cut -> new TreeSet<>())
                .add(text));
    }

    /** One of the texts in its columns. */
    String of(String text) {
        String cut = style.shorten(text, columns);
        TreeSet<String> group = alike.getOrDefault(cut, new TreeSet<>());
        if (group.size() < 2) {
            return cut;
        }
        String ellipsis = style.ellipsis();
        int differs = differs(group.first(), group.last());
        String rest = text.substring(Math.min(differs, text.length()));
        int left = columns - TerminalText.width(ellipsis);
        if (left <= TerminalText.width(ellipsis)) {
            return cut;
        }
        return TerminalText.width(rest) <= left
                ? ellipsis + TerminalText.end(text, left)
                : ellipsis + TerminalText.start(rest, left - TerminalText.width(ellipsis)) + ellipsis;
    }

    /** Where all texts between two in their order may differ first; never inside a character. */
    private static int differs(String first, String last) {
        int at = 0;
        while (at < first.length() && at < last.length() && first.charAt(at) == last.charAt(at)) {
            at++;
        }
        while (at > 0 && at < first.length() && isContinued(first, at)) {
            at--;
        }
        return at;
    }

    private static boolean isContinued(String text, int at) {
        return Character.isLowSurrogate(text.charAt(at))
                || TerminalText.width(text.codePointAt(at)) == 0
                || Character.isHighSurrogate(text.charAt(at - 1));
    }
}
