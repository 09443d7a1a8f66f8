package dev.plumbline.report.terminal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shortens the texts of a column so that different ones stay different: each is cut where it is most like the others,
 * in its middle where that makes no difference. Where no single cut distinguishes a text from another, it is cut before
 * the place where they differ, and behind it.
 */
final class Shortening {
    /** A word of a name: of letters up to the next capital, or of digits. */
    private static final Pattern WORD = Pattern.compile("\\p{Lu}*[\\p{L}&&[^\\p{Lu}]]+|\\p{Lu}+|\\p{N}+");

    /** The number of other texts that are searched for one that would read alike. */
    private static final int MOST_OTHERS = 1000;

    /** The cost of a cut inside a number, which would read as another one: as much as a word of its own. */
    private static final double NUMBER = 1;

    private final TextStyle style;
    private final int columns;
    private final Map<String, TreeSet<String>> alike = new HashMap<>();
    private final Map<String, Integer> textsWith = new HashMap<>();
    private final Map<String, String> known = new HashMap<>();
    private final List<String> others;
    private final int texts;

    Shortening(List<String> safe, int columns, TextStyle style) {
        this.style = style;
        this.columns = columns;
        Set<String> distinct = new LinkedHashSet<>(safe);
        texts = distinct.size();
        others = distinct.stream().limit(MOST_OTHERS).toList();
        for (String text : distinct) {
            alike.computeIfAbsent(style.shorten(text, columns), cut -> new TreeSet<>())
                    .add(text);
            words(text).forEach(word -> textsWith.merge(word, 1, Integer::sum));
        }
    }

    private static Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    /** One of the texts in its columns. */
    String of(String text) {
        if (TerminalText.width(text) <= columns) {
            return text;
        }
        return known.computeIfAbsent(text, this::cut);
    }

    private String cut(String text) {
        String middle = style.shorten(text, columns);
        int left = columns - TerminalText.width(style.ellipsis());
        if (left <= TerminalText.width(style.ellipsis())) {
            return middle;
        }
        return cuts(text, left).stream()
                .filter(cut -> isAlone(text, cut))
                .findFirst()
                .map(cut -> cut.start + style.ellipsis() + cut.end)
                .orElseGet(() -> aroundTheDifference(text, middle, left));
    }

    /**
     * A text without a part: the text before it, the text behind it, and the share of its distinguishing words that is
     * lost.
     */
    private record Cut(String start, String end, double loss, int fromMiddle) {}

    /** Every way to leave one part of the text out, the one that loses least first. */
    private static final Comparator<Cut> LEAST_LOSS =
            Comparator.comparingDouble(Cut::loss).thenComparingInt(Cut::fromMiddle);

    private List<Cut> cuts(String text, int left) {
        double[] loss = losses(text);
        List<Cut> cuts = new ArrayList<>();
        for (int room = 0; room <= left; room++) {
            String start = TerminalText.start(text, room);
            String end = TerminalText.end(text, left - TerminalText.width(start));
            int behind = text.length() - end.length();
            double lost = loss[behind]
                    - loss[start.length()]
                    + (isInNumber(text, start.length()) ? NUMBER : 0)
                    + (isInNumber(text, behind) ? NUMBER : 0);
            // sums of the same words in another order are the same
            cuts.add(new Cut(start, end, Math.rint(1e6 * lost) / 1e6, Math.abs(room - left / 3)));
        }
        cuts.sort(LEAST_LOSS);
        return cuts;
    }

    /**
     * The distinguishing weight of the text up to each place: a word counts the more the fewer texts have it, however
     * long.
     */
    private double[] losses(String text) {
        double[] reported = new double[text.length() + 1];
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            double weight = texts < 2
                    ? 0
                    : Math.log((double) texts / textsWith.getOrDefault(matcher.group(), 1)) / Math.log(texts);
            for (int i = matcher.start(); i < matcher.end(); i++) {
                reported[i + 1] = weight / (matcher.end() - matcher.start());
            }
        }
        for (int i = 1; i < reported.length; i++) {
            reported[i] += reported[i - 1];
        }
        return reported;
    }

    private static boolean isInNumber(String text, int at) {
        return at > 0
                && at < text.length()
                && Character.isDigit(text.charAt(at - 1))
                && Character.isDigit(text.charAt(at));
    }

    private boolean isAlone(String text, Cut cut) {
        int shown = cut.start.length() + cut.end.length();
        return others.stream()
                .noneMatch(other -> other.length() >= shown
                        && other.startsWith(cut.start)
                        && other.endsWith(cut.end)
                        && !other.equals(text));
    }

    private String aroundTheDifference(String text, String middle, int left) {
        TreeSet<String> group = alike.getOrDefault(middle, new TreeSet<>());
        if (group.size() < 2) {
            return middle;
        }
        String ellipsis = style.ellipsis();
        int differs = differs(group.first(), group.last());
        String rest = text.substring(Math.min(differs, text.length()));
        return TerminalText.width(rest) <= left
                ? ellipsis + TerminalText.end(text, left)
                : ellipsis + TerminalText.start(rest, left - TerminalText.width(ellipsis)) + ellipsis;
    }

    /** The first index where all texts between two in their order may differ; never inside a character. */
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
