package dev.plumbline.store;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.NamePattern;
import dev.plumbline.core.model.SeriesKey;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person types to mean some benchmarks; upper and lower case are alike.
 *
 * <p>Text with {@code *} (any characters, or none) or {@code ?} (any one character) has to match the benchmark's whole
 * name or whole {@link Benchmark#label label}; other text has to occur somewhere in the label, or be the label as
 * tables show it, without what all benchmarks have in common. Empty text matches all.
 * Zero-width spaces count on neither side: pages and chats put them into names that are copied from there.
 *
 * @param text as typed, without zero-width spaces
 */
public record BenchmarkPattern(String text) {
    /** The id of a series, and in that of a finding also the commit with which it began. */
    private static final Pattern ID = Pattern.compile("([0-9a-f]{6,12})(?:-[A-Za-z0-9._+]+)?");

    private static final String ZERO_WIDTH_SPACE = "\u200B";

    /** Between the parameters of a label. */
    private static final String SEPARATOR = ", ";

    public BenchmarkPattern {
        text = requireNonNull(text, "text").replace(ZERO_WIDTH_SPACE, "");
    }

    public boolean matches(Benchmark benchmark) {
        return hasWildcards()
                ? new NamePattern(text).matches(benchmark)
                : occursIn(benchmark.label().replace(ZERO_WIDTH_SPACE, "")) || isShortLabelOf(benchmark);
    }

    /**
     * Whether it is the benchmark's label as tables show it: the end of its name, from where a part of it begins, and
     * some of its parameters in their order.
     */
    private boolean isShortLabelOf(Benchmark benchmark) {
        int brace = text.endsWith("}") ? text.indexOf(" {") : -1;
        String name = brace < 0 ? text : text.substring(0, brace);
        return !name.isEmpty()
                && isEndOf(benchmark.name().replace(ZERO_WIDTH_SPACE, ""), name)
                && (brace < 0 || areSomeOf(benchmark, text.substring(brace + 2, text.length() - 1)));
    }

    private static boolean isEndOf(String whole, String end) {
        int begin = whole.length() - end.length();
        return begin >= 0
                && whole.regionMatches(true, begin, end, 0, end.length())
                && (begin == 0 || !Character.isLetterOrDigit(whole.charAt(begin - 1)));
    }

    private static boolean areSomeOf(Benchmark benchmark, String parameters) {
        String rest = parameters + SEPARATOR;
        for (Map.Entry<String, String> one : benchmark.parameters().entrySet()) {
            String told = (one.getKey() + "=" + one.getValue()).replace(ZERO_WIDTH_SPACE, "") + SEPARATOR;
            if (rest.regionMatches(true, 0, told, 0, told.length())) {
                rest = rest.substring(told.length());
            }
        }
        return rest.isEmpty();
    }

    /** Whether {@code *} or {@code ?} stand for characters of names. */
    public boolean hasWildcards() {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /**
     * The same of a series; the id of one, or at least its first six characters, means it as well, and so does the id
     * of a finding about it, whatever the branch.
     */
    public boolean matches(SeriesKey key) {
        if (matches(key.benchmark())) {
            return true;
        }
        Matcher id = ID.matcher(text);
        return id.matches()
                && (key.id().startsWith(id.group(1)) || key.findingId().startsWith(id.group(1)));
    }

    private boolean occursIn(String label) {
        for (int start = 0; start + text.length() <= label.length(); start++) {
            if (label.regionMatches(true, start, text, 0, text.length())) {
                return true;
            }
        }
        return false;
    }
}
