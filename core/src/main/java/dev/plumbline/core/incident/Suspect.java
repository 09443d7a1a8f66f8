package dev.plumbline.core.incident;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A possible cause of an incident.
 *
 * @param revision the commit's id, or that of the measured revision; empty text for a machine
 * @param commit the commit as the repository has it; empty without a repository, and for a machine
 * @param probability of all suspects of the incident together 1; of a machine 1, as it stands before them
 * @param clues why it is suspected
 */
public record Suspect(String revision, Optional<Commit> commit, double probability, List<Clue> clues) {
    public Suspect {
        requireNonNull(revision, "revision");
        requireNonNull(commit, "commit");
        clues = List.copyOf(clues);
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability of " + probability);
        }
    }

    /** Whether it is where the numbers were taken, and no commit. */
    public boolean isEnvironment() {
        return revision.isEmpty();
    }
}
