package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

/**
 * A problem with an input, described so that a user can fix it.
 *
 * @param where the file, and the line or record in it: {@code results/jmh.json:12}
 * @param what the problem, what was done about it, and a remedy
 */
public record Problem(String where, String what) {
    public Problem {
        requireNonNull(where, "where");
        requireNonNull(what, "what");
    }

    @Override
    public String toString() {
        return where + ": " + what;
    }
}
