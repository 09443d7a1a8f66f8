package dev.plumbline.ingest.input;

/** Text from outside as it may appear in a message: short, and without control characters. */
public final class Excerpt {
    private static final int LENGTH = 100;

    private Excerpt() {}

    /** The text in double quotes, cut after hundred characters, control characters as escapes. */
    public static String quoted(String text) {
        StringBuilder shown = new StringBuilder("\"");
        int end = Math.min(text.length(), LENGTH);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                    if (Character.isISOControl(c)
                            || Character.isSurrogate(c)
                            || Character.getType(c) == Character.FORMAT) {
                        shown.append("\\u").append(Character.forDigit(c >> 12 & 15, 16));
                        shown.append(Character.forDigit(c >> 8 & 15, 16));
                        shown.append(Character.forDigit(c >> 4 & 15, 16));
                        shown.append(Character.forDigit(c & 15, 16));
                    } else {
                        shown.append(c);
                    }
                }
            }
        }
        return shown.append(text.length() > end ? "…\"" : "\"").toString();
    }
}
