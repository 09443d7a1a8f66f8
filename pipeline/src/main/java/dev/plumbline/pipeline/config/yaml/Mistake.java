package dev.plumbline.pipeline.config.yaml;

import static java.util.Objects.requireNonNull;

/** A mistake in a configuration file, with the correction. */
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
