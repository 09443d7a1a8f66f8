package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A stored run without its measurements.
 *
 * @param id made from the run's content by {@link RunDigest}
 * @param header the other facts of the run
 */
public record RunInfo(String id, RunHeader header) {
    public RunInfo {
        requireNonNull(id, "id");
        requireNonNull(header, "header");
    }

    /** The same run with another commit; facts of its own commit, such as the author, are dropped. */
    public RunInfo ofCommit(String commit) {
        Revision own = header.revision();
        SortedMap<String, String> context = new TreeMap<>(header.context());
        context.keySet().removeIf(name -> name.startsWith(RunHeader.COMMIT));
        return own.commit().equals(commit)
                ? this
                : new RunInfo(
                        id,
                        new RunHeader(
                                new Revision(commit, own.branch(), own.commitTime(), own.position()),
                                header.environment(),
                                header.measuredAt(),
                                header.addedAt(),
                                context));
    }

    /** The time of its commit, or the time of measurement if that is unknown. */
    public Instant time() {
        return header.revision().commitTime().orElse(header.time());
    }
}
