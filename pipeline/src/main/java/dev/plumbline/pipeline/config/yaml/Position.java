package dev.plumbline.pipeline.config.yaml;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * A place in a configuration file.
 *
 * @param file the file as messages name it
 * @param line counted from 1
 * @param column counted from 1, in code points
 */
public record Position(String file, int line, int column) implements Comparable<Position> {
    private static final Comparator<Position> ORDER =
            Comparator.comparing(Position::file).thenComparing(Position::line).thenComparing(Position::column);

    public Position {
        requireNonNull(file, "file");
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("lines and columns count from 1, not " + line + ":" + column);
        }
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
