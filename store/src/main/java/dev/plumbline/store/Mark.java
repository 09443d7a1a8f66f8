package dev.plumbline.store;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.PointKey;
import java.time.Instant;

/**
 * A conclusion about a point; the latest mark of a point applies.
 *
 * @param point of which
 * @param bad whether a regression was detected there, or an earlier mark was revoked
 * @param reason why, for people
 * @param at when
 */
public record Mark(PointKey point, boolean bad, String reason, Instant at) {
    /** The reason of a mark on a point that is no evidence about its series: its run was slow as a whole. */
    public static final String OFF = "the whole run was slow, and a later one is back";

    public Mark {
        requireNonNull(point, "point");
        requireNonNull(reason, "reason");
        requireNonNull(at, "at");
    }
}
