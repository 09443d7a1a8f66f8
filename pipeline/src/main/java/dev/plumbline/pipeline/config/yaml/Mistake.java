package dev.plumbline.pipeline.config.yaml;

import static java.util.Objects.requireNonNull;

/** Something wrong in a configuration file, and what would be right. */
public record Mistake(Position where, String what) {
    public Mistake {
        requireNonNull(where, "where");
        requireNonNull(what, "what");
    }

    @Override
    public String toString() {
        return where + ": " + what;
    }
}
