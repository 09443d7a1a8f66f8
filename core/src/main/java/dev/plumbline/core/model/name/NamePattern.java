package dev.plumbline.core.model.name;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;

/**
 * A pattern that must match a whole name, case-insensitively: {@code *} matches any characters or none, {@code ?} any
 * one character, everything else itself.
 *
 * @param text as written; empty text matches the empty name only
 */
public record NamePattern(String text) {
    public NamePattern {
        requireNonNull(text, "text");
    }

    /** Greedy with one step back to the latest star: no pattern takes more than text times pattern steps. */
    public boolean matches(String name) {
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

    /** Whether it matches the benchmark's name or its whole {@link Benchmark#label label}. */
    public boolean matches(Benchmark benchmark) {
        return matches(benchmark.name()) || matches(benchmark.label());
    }
}
