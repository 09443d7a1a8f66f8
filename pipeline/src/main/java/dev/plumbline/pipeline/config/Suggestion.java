package dev.plumbline.pipeline.config;

import java.util.Collection;
import java.util.Locale;

/** The word that was probably meant. */
public final class Suggestion {
    private Suggestion() {}

    /** {@code ; did you mean "threshold"?}, or nothing when no known word is near. */
    public static String of(String word, Collection<String> known) {
        String best = "";
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(word.strip().toLowerCase(Locale.ROOT), candidate);
            if (distance < least && distance <= Math.max(1, candidate.length() / 3)) {
                least = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? "" : "; did you mean \"" + best + "\"?";
    }

    /**
     * How many letters have to be put in, left out, replaced or swapped with their neighbour (the restricted distance
     * of Damerau and Levenshtein); words of a length that no known word has are far away.
     */
    private static int distance(String one, String other) {
        if (one.length() > 2 * other.length() + 2) {
            return Integer.MAX_VALUE;
        }
        int[][] table = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int replaced = table[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                table[i][j] = Math.min(replaced, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
                }
            }
        }
        return table[one.length()][other.length()];
    }
}
