package dev.plumbline.core.finding;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * That a change began on the branch that runs are held against, before their own branch left it: it is that branch's to
 * mend, and no fault of these runs.
 *
 * @param branch which has it
 * @param commit with which it began; empty text when that is not known
 * @param incident the name of the incident that it belongs to, where it has one
 * @param isSure whether it is known that the branch of the runs began after that commit; it is not where git lacks the
 *     history, and times alone say so
 */
public record AlreadyOpen(String branch, String commit, Optional<String> incident, boolean isSure) {
    public AlreadyOpen {
        requireNonNull(branch, "branch");
        requireNonNull(commit, "commit");
        requireNonNull(incident, "incident");
    }

    /** One of a branch that is known to have begun after the commit. */
    public AlreadyOpen(String branch, String commit, Optional<String> incident) {
        this(branch, commit, incident, true);
    }

    /** The same as part of an incident. */
    public AlreadyOpen in(String incident) {
        return new AlreadyOpen(branch, commit, Optional.of(incident), isSure);
    }

    /** The same where git does not tell whether the branch of the runs has the commit. */
    public AlreadyOpen unsure() {
        return new AlreadyOpen(branch, commit, incident, false);
    }
}
