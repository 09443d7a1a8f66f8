package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

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
}
