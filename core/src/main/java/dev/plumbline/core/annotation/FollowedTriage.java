package dev.plumbline.core.annotation;

import static java.util.Objects.requireNonNull;

/**
 * The triage of a branch's change that the base branch contains in other commits, as after a squash merge.
 *
 * @param annotation what holds of it
 * @param triage the statement, with the change of the base branch among those that it covers: written down, it covers
 *     that change by its commit, and no other one by its size
 */
public record FollowedTriage(Annotation annotation, Triage triage) {
    public FollowedTriage {
        requireNonNull(annotation, "annotation");
        requireNonNull(triage, "triage");
    }
}
