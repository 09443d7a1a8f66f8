package dev.plumbline.ingest;

import static java.util.Objects.requireNonNull;

/**
 * How the reading of one file went.
 *
 * @param format what the file was read as
 * @param measurements how many were handed on
 * @param problems how many records could not be used, or only in part
 */
public record Reading(Format format, long measurements, long problems) {
    public Reading {
        requireNonNull(format, "format");
    }
}
