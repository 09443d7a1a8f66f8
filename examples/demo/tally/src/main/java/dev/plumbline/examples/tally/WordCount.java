package dev.plumbline.examples.tally;

import java.util.HashMap;
import java.util.Map;

/** How often each word occurs in a text. A word is a run of letters; case matters. */
public final class WordCount {
    private static final int EXPECTED_WORDS = 4096;

    private WordCount() {}

    public static Map<String, Integer> count(String text) {
        Map<String, Integer> counts = new HashMap<>(EXPECTED_WORDS);
        int position = 0;
        while (position < text.length()) {
            while (position < text.length() && !Character.isLetter(text.charAt(position))) {
                position++;
            }
            int start = position;
            while (position < text.length() && Character.isLetter(text.charAt(position))) {
                position++;
            }
            if (position > start) {
                counts.merge(text.substring(start, position), 1, Integer::sum);
            }
        }
        return counts;
    }
}
