package dev.plumbline.core.model.name;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The words of a benchmark's own name, as far as a renaming changes them: those of its class and its method, {@code
 * [sort, benchmark, quick]} of {@code org.example.SortBenchmark.quick}.
 */
public final class NameWords {
    /** The class and the method. */
    private static final int PARTS = 2;

    /** The fewest letters that count as the beginning of a longer word. */
    private static final int BEGINNING = 3;

    private static final Pattern PART = Pattern.compile("[./#:$\\s]+");

    /** Behind it a word begins: another kind of character, or a capital behind a small letter. */
    private static final Pattern WORD =
            Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{L})(?=\\p{N})|(?<=\\p{N})(?=\\p{L})");

    private NameWords() {}

    /**
     * Whether two names are one but for some words that one of them has more: each word of the shorter one is in the
     * longer one too, in the same order, whole or as the beginning of a longer word, and those are at least half of it.
     * Numbers have to be the same: {@code sort100} is not {@code sort1000}.
     */
    public static boolean areAlike(String one, String other) {
        List<String> first = of(one);
        List<String> second = of(other);
        List<String> shorter = first.size() <= second.size() ? first : second;
        List<String> longer = shorter == first ? second : first;
        int found = 0;
        for (String word : longer) {
            if (found < shorter.size() && isAlike(shorter.get(found), word)) {
                found++;
            }
        }
        return found > 0 && found == shorter.size() && 2 * found >= longer.size();
    }

    private static List<String> of(String name) {
        String[] parts = PART.split(name);
        return Arrays.stream(parts)
                .skip(Math.max(0, parts.length - PARTS))
                .flatMap(WORD::splitAsStream)
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static boolean isAlike(String one, String other) {
        boolean isBeginning = Math.min(one.length(), other.length()) >= BEGINNING
                && !Character.isDigit(one.charAt(0))
                && (one.startsWith(other) || other.startsWith(one));
        return one.equals(other) || isBeginning;
    }
}
