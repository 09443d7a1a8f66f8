package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A stored run without its measurements.
 *
 * @param id made from the run's content by {@link RunDigest}
 * @param header the rest that is known of it
 */
public record RunInfo(String id, RunHeader header) {
    public RunInfo {
        requireNonNull(id, "id");
        requireNonNull(header, "header");
    }

    /** When its revision was committed; when it was measured where that is unknown. */
    public Instant time() {
        return header.revision().commitTime().orElse(header.time());
    }
}
