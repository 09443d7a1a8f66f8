package dev.plumbline.report;

import java.util.List;

/** The package that all names share, so that a table need not repeat it in every row. */
final class CommonPrefix {
    private CommonPrefix() {}

    /**
     * The longest beginning that all names share and that ends after a {@code .}, {@code /} or {@code ::}, leaving
     * something of every name; empty when there are fewer than two different names.
     */
    static String of(List<String> names) {
        if (names.stream().distinct().limit(2).count() < 2) {
            return "";
        }
        String first = names.get(0);
        int length = first.length();
        for (String name : names) {
            length = Math.min(length, Math.min(name.length() - 1, shared(first, name)));
        }
        while (length > 0 && !isSeparator(first.charAt(length - 1))) {
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

    private static boolean isSeparator(char character) {
        return character == '.' || character == '/' || character == ':';
    }
}
