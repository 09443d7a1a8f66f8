package dev.plumbline.buildtool;

import java.util.ArrayList;
import java.util.List;

/** Arguments as a person writes them in one line: cut at blanks, except within quotes. */
public final class Words {
    private Words() {}

    /**
     * Cuts a line. Single and double quotes keep blanks together and are taken away; a backslash is an ordinary
     * character, since paths and regular expressions have some.
     *
     * @param line may be null, for a parameter that is not set
     * @throws IllegalArgumentException if a quote is not closed
     */
    public static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean isWord = false;
        char quote = 0;
        for (char c : line == null ? new char[0] : line.toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                isWord = true;
            } else if (Character.isWhitespace(c)) {
                if (isWord) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                isWord = false;
            } else {
                word.append(c);
                isWord = true;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("a quote is not closed in: " + line);
        }
        if (isWord) {
            words.add(word.toString());
        }
        return words;
    }

    /** A word that a POSIX shell takes for itself. */
    public static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=,+@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
