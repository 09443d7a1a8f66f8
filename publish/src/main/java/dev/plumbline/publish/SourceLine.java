package dev.plumbline.publish;

import static java.util.Objects.requireNonNull;

/**
 * A line of a file in the repository.
 *
 * @param path from the repository's root on, with slashes
 * @param line counted from 1
 */
public record SourceLine(String path, int line) {
    public SourceLine {
        requireNonNull(path, "path");
        if (path.isEmpty() || path.startsWith("/") || line < 1) {
            throw new IllegalArgumentException("a line in the repository, not " + path + ":" + line);
        }
    }
}
