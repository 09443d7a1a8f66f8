package dev.plumbline.junit.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Environment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The code that a test is compared with, and the facts recorded with it.
 *
 * @param test class and method
 * @param recordedAt when
 * @param environment where
 * @param nanos median time of a call then, in nanoseconds
 * @param noise standard deviation of a pair's change then, relative
 * @param classPath in its order
 */
public record Baseline(
        String test, Instant recordedAt, Environment environment, double nanos, double noise, List<Entry> classPath) {
    public Baseline {
        requireNonNull(test, "test");
        requireNonNull(recordedAt, "recordedAt");
        requireNonNull(environment, "environment");
        classPath = List.copyOf(classPath);
    }

    /** The ways to keep an entry of the class path. */
    public enum Kind {
        /** A folder of classes and resources, copied. */
        FOLDER,
        /** A jar, copied. */
        JAR,
        /** A jar of a local repository, where it stays. */
        REPOSITORY
    }

    /**
     * One entry of a class path.
     *
     * @param digest of its content, in hexadecimal
     * @param path where it was
     */
    public record Entry(Kind kind, String digest, Path path) {
        public Entry {
            requireNonNull(kind, "kind");
            requireNonNull(digest, "digest");
            requireNonNull(path, "path");
        }
    }

    /** Whether it is the same code, wherever it is. */
    public boolean isSameCode(List<Entry> other) {
        return classPath.stream()
                .map(Entry::digest)
                .toList()
                .equals(other.stream().map(Entry::digest).toList());
    }
}
