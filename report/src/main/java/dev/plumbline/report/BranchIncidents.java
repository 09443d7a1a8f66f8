package dev.plumbline.report;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.incident.Case;
import java.util.List;

/**
 * The losses of a branch that are still open, independent of the judged run.
 *
 * @param branch the name of the branch; empty text where none was examined
 * @param cases the incidents that made things worse and are not over, whoever knows of them
 * @param called what checks have detected and no incident has
 */
public record BranchIncidents(String branch, List<Case> cases, List<CalledRegression> called) {
    /** No branch was examined. */
    public static final BranchIncidents NONE = new BranchIncidents("", List.of(), List.of());

    public BranchIncidents {
        requireNonNull(branch, "branch");
        cases = List.copyOf(cases);
        called = List.copyOf(called);
    }
}
