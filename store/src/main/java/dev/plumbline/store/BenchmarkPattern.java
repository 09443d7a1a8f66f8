package dev.plumbline.store;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.name.BenchmarkName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person types to mean series: a {@link BenchmarkName}, or an id.
 *
 * @param text as typed, without zero-width spaces
 */
public record BenchmarkPattern(String text) {
    /** The id of a series, and in that of a finding also the commit with which it began. */
    private static final Pattern ID = Pattern.compile("([0-9a-f]{6,12})(?:-[A-Za-z0-9._+]+)?");

    public BenchmarkPattern {
        text = new BenchmarkName(text).text();
    }

    public boolean matches(Benchmark benchmark) {
        return new BenchmarkName(text).matches(benchmark);
    }

    /** Whether {@code *} or {@code ?} stand for characters of names. */
    public boolean hasWildcards() {
        return new BenchmarkName(text).hasWildcards();
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
}
