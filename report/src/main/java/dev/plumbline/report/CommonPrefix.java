package dev.plumbline.report;

import java.util.List;

/** The package that all names share, so that a table need not repeat it in every row. */
final class CommonPrefix {
    private CommonPrefix() {}

    /**
     * The longest beginning that all names share and that ends after a {@code .}, {@code /} or {@code ::}, leaving
     * something of every name; empty when there are fewer than two different names. It ends before the first blank,
     * where a name is a command with arguments, and not at the point of a number.
     */
    static String of(List<String> names) {
        if (names.stream().distinct().limit(2).count() < 2) {
            return "";
        }
        String first = names.get(0);
        int length = word(first);
        for (String name : names) {
            length = Math.min(length, Math.min(name.length() - 1, shared(first, name)));
        }
        while (length > 0 && !isSeparator(first, length - 1)) {
            length--;
        }
        return first.substring(0, length);
    }

    private static int shared(String first, String second) {
        int length = 0;
        while (length < first.length() && length < second.length() && first.charAt(length) == second.charAt(length)) {
            length++;
        }
        return length;
    }

    /** Where the first word of a name ends. */
    private static int word(String name) {
        int blank = name.indexOf(' ');
        return blank < 0 ? name.length() : blank;
    }

    private static boolean isSeparator(String name, int at) {
        char character = name.charAt(at);
        boolean inNumber = at > 0
                && at + 1 < name.length()
                && Character.isDigit(name.charAt(at - 1))
                && Character.isDigit(name.charAt(at + 1));
        return character == '/' || character == ':' || character == '.' && !inNumber;
    }
}
