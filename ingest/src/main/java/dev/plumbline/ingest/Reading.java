package dev.plumbline.ingest;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The outcome of reading one file.
 *
 * @param format what the file was read as; empty when it was read with a mapping, or is an archive
 * @param measurements how many were handed on
 * @param problems how many records could not be used, or only in part
 */
public record Reading(Optional<Format> format, long measurements, long problems) {
    public Reading {
        requireNonNull(format, "format");
    }
}
