package dev.plumbline.examples.tally;

/** Run-length coding of text: {@code aaab} is {@code 3a1b}. */
public final class RunLength {
    private RunLength() {}

    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        int start = 0;
        while (start < text.length()) {
            char character = text.charAt(start);
            int end = start + 1;
            while (end < text.length() && text.charAt(end) == character) {
                end++;
            }
            encoded.append(end - start).append(character);
            start = end;
        }
        return encoded.toString();
    }
}
