package dev.plumbline.store;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.NamePattern;
import dev.plumbline.core.model.SeriesKey;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person types to mean some benchmarks; upper and lower case are alike.
 *
 * <p>Text with {@code *} (any characters, or none) or {@code ?} (any one character) has to match the benchmark's whole
 * name or whole {@link Benchmark#label label}; other text has to occur somewhere in the label. Empty text matches all.
 * Zero-width spaces count on neither side: pages and chats put them into names that are copied from there.
 *
 * @param text as typed, without zero-width spaces
 */
public record BenchmarkPattern(String text) {
    /** The id of a series, and in that of a finding also the commit with which it began. */
    private static final Pattern ID = Pattern.compile("([0-9a-f]{6,12})(?:-[0-9a-f]+)?");

    private static final String ZERO_WIDTH_SPACE = "\u200B";

    public BenchmarkPattern {
        text = requireNonNull(text, "text").replace(ZERO_WIDTH_SPACE, "");
    }

    public boolean matches(Benchmark benchmark) {
        return hasWildcards()
                ? new NamePattern(text).matches(benchmark)
                : occursIn(benchmark.label().replace(ZERO_WIDTH_SPACE, ""));
    }

    /** Whether {@code *} or {@code ?} stand for characters of names. */
    public boolean hasWildcards() {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /**
     * The same of a series; the id of one, or at least its first six characters, means it as well, and so does the id
     * of a finding about it.
     */
    public boolean matches(SeriesKey key) {
        if (matches(key.benchmark())) {
            return true;
        }
        Matcher id = ID.matcher(text);
        return id.matches() && key.id().startsWith(id.group(1));
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
