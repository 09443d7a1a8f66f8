package dev.plumbline.store;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;

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
        return matchesWhole(benchmark.name()) || matchesWhole(benchmark.label());
    }

    private boolean occursIn(String label) {
        for (int start = 0; start + text.length() <= label.length(); start++) {
            if (label.regionMatches(true, start, text, 0, text.length())) {
                return true;
            }
        }
        return false;
    }

    /** Greedy with one step back to the latest star: no pattern takes more than text times pattern steps. */
    private boolean matchesWhole(String name) {
        int at = 0;
        int inPattern = 0;
        int star = -1;
        int afterStar = 0;
        while (at < name.length()) {
            if (inPattern < text.length() && text.charAt(inPattern) == '*') {
                star = inPattern++;
                afterStar = at;
            } else if (inPattern < text.length()
                    && (text.charAt(inPattern) == '?' || text.regionMatches(true, inPattern, name, at, 1))) {
                inPattern++;
                at++;
            } else if (star >= 0) {
                inPattern = star + 1;
                at = ++afterStar;
            } else {
                return false;
            }
        }
        while (inPattern < text.length() && text.charAt(inPattern) == '*') {
            inPattern++;
        }
        return inPattern == text.length();
    }
}
