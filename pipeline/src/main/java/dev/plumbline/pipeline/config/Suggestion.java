package dev.plumbline.pipeline.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The known word nearest to a mistyped one. */
public final class Suggestion {
    private Suggestion() {}

    /** {@code ; did you mean "threshold"?}, or nothing when no known word is near. */
    public static String of(String word, Collection<String> known) {
        String sought = word.strip().toLowerCase(Locale.ROOT);
        String best = "";
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(sought, candidate.toLowerCase(Locale.ROOT));
            if (distance < least && distance < sought.length() && distance <= Math.max(1, candidate.length() / 3)) {
                least = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? "" : "; did you mean \"" + best + "\"?";
    }

    /** The number of names that are listed at most. */
    private static final int MOST_NEAR = 3;

    /** Between a name and its parameters. */
    private static final Pattern PARAMETERS = Pattern.compile("\\s*\\{([^{}]*)}?");

    /** Between the parts of a name: packages, class, method. */
    private static final String PART_ENDS = "[^\\p{L}\\p{N}_]+";

    /**
     * The names with a part that is near to a word, the nearest first, three at most; a name counts where no more than
     * a quarter of the word's letters differ from a part of it. Too many names contain any three letters. Where there
     * is none, the shortest names that have the parts of the word in their order: {@code CsvLine.split} stands for
     * {@code CsvLineBenchmark.split}; else those of which a whole part, or class and method, is one slip away: {@code
     * Pa} and {@code P.b} stand for {@code P.a}. Of a word with parameters the name comes first: {@code P.a {n=11}}
     * stands for {@code P.a {mode=avgt, n=10}}.
     */
    public static List<String> near(String word, Collection<String> names) {
        String sought = word.strip().toLowerCase(Locale.ROOT);
        if (sought.isEmpty()) {
            return List.of();
        }
        Matcher parameters = PARAMETERS.matcher(sought);
        if (parameters.find() && parameters.start() > 0 && parameters.end() == sought.length()) {
            List<String> others = withOtherParameters(
                    sought.substring(0, parameters.start()), parameters.group(1).split(",\\s*"), names);
            if (!others.isEmpty()) {
                return others;
            }
        }
        List<String> similar = similar(sought, names);
        if (!similar.isEmpty()) {
            return similar;
        }
        List<String> inOrder = withParts(sought, names);
        return inOrder.isEmpty() ? oneSlipAway(sought, names) : inOrder;
    }

    private record Near(String name, int distance) {}

    private static List<String> nearest(Stream<Near> all) {
        return all.sorted(Comparator.comparingInt(Near::distance)
                        .thenComparing(near -> near.name.length())
                        .thenComparing(Near::name))
                .limit(MOST_NEAR)
                .map(Near::name)
                .toList();
    }

    /** The labels with this name and the most similar parameters; those of the nearest names where none has it. */
    private static List<String> withOtherParameters(String name, String[] parameters, Collection<String> labels) {
        List<String> plain = labels.stream().map(Suggestion::plain).distinct().toList();
        List<String> same = plain.stream().filter(one -> isEndOf(one, name)).toList();
        Set<String> meant = new HashSet<>(same.isEmpty() ? near(name, plain) : same);
        return nearest(labels.stream()
                .filter(label -> meant.contains(plain(label)))
                .map(label -> new Near(label, distance(parameters, label.toLowerCase(Locale.ROOT)))));
    }

    private static boolean isEndOf(String whole, String end) {
        int begin = whole.length() - end.length();
        return begin >= 0
                && whole.regionMatches(true, begin, end, 0, end.length())
                && (begin == 0 || !Character.isLetterOrDigit(whole.charAt(begin - 1)));
    }

    /** A label without its parameters. */
    private static String plain(String label) {
        int brace = label.endsWith("}") ? label.indexOf(" {") : -1;
        return brace < 0 ? label : label.substring(0, brace);
    }

    private static int distance(String[] parameters, String label) {
        Matcher braces = PARAMETERS.matcher(label);
        String[] known = braces.find() ? braces.group(1).split(", ") : new String[] {""};
        return Arrays.stream(parameters)
                .mapToInt(one -> Arrays.stream(known)
                        .mapToInt(other -> Math.min(one.length() + other.length(), distance(one, other)))
                        .min()
                        .orElse(0))
                .sum();
    }

    private static List<String> oneSlipAway(String sought, Collection<String> labels) {
        String letters = sought.replaceAll(PART_ENDS, "");
        return letters.isEmpty()
                ? List.of()
                : nearest(labels.stream()
                        .filter(label ->
                                isOneSlipAway(sought, letters, plain(label).toLowerCase(Locale.ROOT)))
                        .map(label -> new Near(label, 1)));
    }

    /** Of two letters only what lies between them may differ. */
    private static boolean isOneSlipAway(String sought, String letters, String name) {
        String[] parts = name.split(PART_ENDS);
        int last = parts.length - 1;
        String classAndMethod = last < 1 ? name : parts[last - 1] + "." + parts[last];
        return Stream.concat(Stream.of(classAndMethod), Arrays.stream(parts))
                .filter(part -> Math.abs(part.length() - sought.length()) <= 1)
                .anyMatch(part -> part.replaceAll(PART_ENDS, "").equals(letters)
                        || (sought.length() > 2 && part.length() > 2 && distance(sought, part) <= 1));
    }

    private static List<String> withParts(String sought, Collection<String> names) {
        List<String> parts = Arrays.stream(sought.split("[^\\p{L}\\p{N}]+"))
                .filter(part -> !part.isEmpty())
                .toList();
        return parts.size() < 2
                ? List.of()
                : names.stream()
                        .filter(name -> hasInOrder(name.toLowerCase(Locale.ROOT), parts))
                        .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                        .limit(MOST_NEAR)
                        .toList();
    }

    private static boolean hasInOrder(String name, List<String> parts) {
        int from = 0;
        for (String part : parts) {
            int at = name.indexOf(part, from);
            if (at < 0) {
                return false;
            }
            from = at + part.length();
        }
        return true;
    }

    private static List<String> similar(String sought, Collection<String> names) {
        return nearest(names.stream()
                .map(name -> new Near(name, distanceInside(sought, name.toLowerCase(Locale.ROOT))))
                .filter(near -> near.distance <= sought.length() / 4));
    }

    /**
     * The least distance between a word and any part of a text (Sellers 1980), where two neighbours that are swapped
     * count as one slip.
     */
    private static int distanceInside(String word, String text) {
        int[] twoBefore = new int[word.length() + 1];
        int[] before = new int[word.length() + 1];
        for (int i = 0; i <= word.length(); i++) {
            before[i] = i;
        }
        int least = before[word.length()];
        for (int j = 1; j <= text.length(); j++) {
            int[] now = new int[word.length() + 1];
            for (int i = 1; i <= word.length(); i++) {
                int replaced = before[i - 1] + (word.charAt(i - 1) == text.charAt(j - 1) ? 0 : 1);
                now[i] = Math.min(replaced, 1 + Math.min(before[i], now[i - 1]));
                if (i > 1
                        && j > 1
                        && word.charAt(i - 1) == text.charAt(j - 2)
                        && word.charAt(i - 2) == text.charAt(j - 1)) {
                    now[i] = Math.min(now[i], twoBefore[i - 2] + 1);
                }
            }
            least = Math.min(least, now[word.length()]);
            twoBefore = before;
            before = now;
        }
        return least;
    }

    /**
     * The number of letters to be put in, left out, replaced or swapped with their neighbour (the restricted distance
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
