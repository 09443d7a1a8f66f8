package dev.plumbline.core.finding;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A change that began on the base branch before the branch of the runs left it: these runs did not cause it, and it
 * must be fixed there.
 *
 * @param branch which has it
 * @param commit with which it began; empty text when that is not known
 * @param incident the name of the incident that it belongs to, where it has one
 * @param isSure whether it is known that the branch of the runs began after that commit; not if git lacks the history
 *     and only times are available
 * @param fixed the commit with which that branch was back at the level before, behind the one where the other left it;
 *     empty text when that is not known; nothing where it is still open
 * @param change its size in the history of that branch, relative to the level before it; empty where that history is
 *     not sure of it yet
 */
public record AlreadyOpen(
        String branch,
        String commit,
        Optional<String> incident,
        boolean isSure,
        Optional<String> fixed,
        OptionalDouble change) {
    public AlreadyOpen {
        requireNonNull(branch, "branch");
        requireNonNull(commit, "commit");
        requireNonNull(incident, "incident");
        requireNonNull(fixed, "fixed");
        requireNonNull(change, "change");
    }

    /** One of a branch that is known to have begun after the commit. */
    public AlreadyOpen(String branch, String commit, Optional<String> incident) {
        this(branch, commit, incident, true, Optional.empty());
    }

    /** One whose size the history does not have. */
    public AlreadyOpen(
            String branch, String commit, Optional<String> incident, boolean isSure, Optional<String> fixed) {
        this(branch, commit, incident, isSure, fixed, OptionalDouble.empty());
    }

    /** The same as part of an incident. */
    public AlreadyOpen in(String incident) {
        return new AlreadyOpen(branch, commit, Optional.of(incident), isSure, fixed, change);
    }

    /** The same where git does not show whether the branch of the runs has the commit. */
    public AlreadyOpen unsure() {
        return new AlreadyOpen(branch, commit, incident, false, fixed, change);
    }

    /** The same where the branch that had it is back at the level before since a commit. */
    public AlreadyOpen fixedWith(String revision) {
        return new AlreadyOpen(branch, commit, incident, isSure, Optional.of(revision), change);
    }

    /** The same with the size that the history of that branch has. */
    public AlreadyOpen sized(double size) {
        return new AlreadyOpen(branch, commit, incident, isSure, fixed, OptionalDouble.of(size));
    }

    /** The place of the open change, without its series and size. */
    public AlreadyOpen place() {
        return new AlreadyOpen(branch, commit, incident, isSure, fixed);
    }
}
