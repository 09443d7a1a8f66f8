package dev.plumbline.store;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.NamePattern;

/**
 * What a person types to mean some benchmarks; upper and lower case are alike.
 *
 * <p>Text with {@code *} (any characters, or none) or {@code ?} (any one character) has to match the benchmark's whole
 * name or whole {@link Benchmark#label label}; other text has to occur somewhere in the label. Empty text matches all.
 *
 * @param text as typed
 */
public record BenchmarkPattern(String text) {
    public BenchmarkPattern {
        requireNonNull(text, "text");
    }

    public boolean matches(Benchmark benchmark) {
        if (text.indexOf('*') < 0 && text.indexOf('?') < 0) {
            return occursIn(benchmark.label());
        }
        return new NamePattern(text).matches(benchmark);
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
