package dev.plumbline.core.baseline;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The author, time, sources and reason of a change to a baseline.
 *
 * @param version the number of the version that it came with
 * @param at when
 * @param by a person's or a machine's name
 * @param reason why, in words; may be empty
 * @param origin from what: {@code history}, {@code run 0a1b2c}, {@code revision v1.2}, {@code files results/}
 * @param tool the version of Plumbline
 * @param settings what was asked for, by name
 */
public record Provenance(
        int version,
        Instant at,
        String by,
        String reason,
        String origin,
        String tool,
        SortedMap<String, String> settings) {
    public Provenance {
        requireNonNull(at, "at");
        requireNonNull(by, "by");
        requireNonNull(reason, "reason");
        requireNonNull(origin, "origin");
        requireNonNull(tool, "tool");
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        if (version < 1) {
            throw new IllegalArgumentException("versions count from 1, not " + version);
        }
    }

    /** The same with a setting as it was for one series. */
    Provenance withSetting(String name, String value) {
        SortedMap<String, String> others = new TreeMap<>(settings);
        others.put(name, value);
        return new Provenance(version, at, by, reason, origin, tool, others);
    }

    /** The same for another version. */
    public Provenance withVersion(int other) {
        return new Provenance(other, at, by, reason, origin, tool, settings);
    }
}
