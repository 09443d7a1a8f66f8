package dev.plumbline.store;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.name.BenchmarkName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that names series: a {@link BenchmarkName}, alone or followed by a metric as in headings, or an id.
 *
 * @param text as typed, without zero-width spaces
 */
public record BenchmarkPattern(String text) {
    /** The id of a series, and in that of a finding also the commit with which it began. */
    private static final Pattern ID = Pattern.compile("([0-9a-f]{6,12})(?:-[A-Za-z0-9._+]+)?");

    /** The separator between the label of a benchmark and its metric in headings. */
    private static final String METRIC = " · ";

    public BenchmarkPattern {
        text = new BenchmarkName(text).text();
    }

    public boolean matches(Benchmark benchmark) {
        return new BenchmarkName(text).matches(benchmark);
    }

    /** Whether {@code *} or {@code ?} are wildcards. */
    public boolean hasWildcards() {
        return new BenchmarkName(text).hasWildcards();
    }

    /**
     * The same of a series; the id of one, or at least its first six characters, means it as well, and so does the id
     * of a finding about it, whatever the branch.
     */
    public boolean matches(SeriesKey key) {
        return matches(key.benchmark()) || isHeadingOf(key) || isIdOf(key);
    }

    /**
     * The text without the metric of a heading such as {@code Sort.quick {n=1000} · time}; the text itself if it has
     * none.
     */
    public String withoutMetric() {
        int at = text.lastIndexOf(METRIC);
        return at > 0 ? text.substring(0, at) : text;
    }

    private boolean isHeadingOf(SeriesKey key) {
        String label = withoutMetric();
        return label.length() < text.length()
                && text.substring(label.length() + METRIC.length()).equalsIgnoreCase(key.metric())
                && new BenchmarkName(label).matches(key.benchmark());
    }

    private boolean isIdOf(SeriesKey key) {
        Matcher id = ID.matcher(text);
        return id.matches()
                && (key.id().startsWith(id.group(1)) || key.findingId().startsWith(id.group(1)));
    }
}
