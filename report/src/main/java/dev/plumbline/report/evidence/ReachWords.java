package dev.plumbline.report.evidence;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.Reach;
import dev.plumbline.core.annotation.StatedCommit;
import dev.plumbline.core.model.Revision;

/** The commit and branch of an acceptance, and the reason why it counts or does not. */
public final class ReachWords {
    private ReachWords() {}

    /** {@code accepted for commit 3f2a1c9d00 of branch parser (a1b2c3d4), which was squashed into this branch}. */
    public static String of(Annotations.FromElsewhere from) {
        Reach reach = from.reach();
        String branch = reach.branch();
        String named = branch.isEmpty() ? "its branch" : "branch " + branch;
        return switch (reach.way()) {
            case ANCESTOR -> "accepted" + origin(from);
            case LISTED -> "accepted" + origin(from) + ", and in plumbline/acceptances.yaml of this commit";
            case SQUASHED -> "accepted" + origin(from) + ", which was merged here in other commits";
            case REWRITTEN -> "accepted" + origin(from) + ", which this branch had before it was rewritten";
            case GONE ->
                "accepted" + origin(from) + "; git has no " + (branch.isEmpty() ? "branch with it" : named)
                        + " any more, so it is assumed to be merged";
            case ASSUMED -> "accepted" + origin(from) + "; assumed to be merged here, which git cannot confirm";
            case UNMERGED ->
                "a change of this size was accepted" + origin(from) + ", which does not count here: " + named
                        + " is not merged";
            case DROPPED ->
                "a change of this size was accepted" + origin(from) + ", which does not count here: " + named
                        + " does not have that commit any more";
        };
    }

    /** A note that a branch brings an accepted change of another commit, with the command that accepts it here. */
    public static String picked(Annotations.FromElsewhere from, String finding) {
        return "this branch has the change that was accepted" + origin(from) + "; to accept it here too: plumb accept "
                + finding + " --reason WHY";
    }

    private static String origin(Annotations.FromElsewhere from) {
        StatedCommit stated = from.stated();
        String branch = from.reach().branch();
        String of = branch.isEmpty() ? "" : " of branch " + branch;
        return (stated.commit().isEmpty()
                        ? branch.isEmpty() ? " without a commit" : " on branch " + branch
                        : " for commit "
                                + Revision.of(stated.commit(), Revision.DEFAULT_BRANCH)
                                        .shortCommit() + of)
                + " (" + stated.id() + ")";
    }
}
