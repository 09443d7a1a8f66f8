package dev.plumbline.core.annotation;

import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Timeline;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where commits stand: on the timelines of measured branches, and in the repository. The same question has the same
 * answer for as long as one judgement lasts.
 */
public interface CommitOrder {
    /** No branch was measured, and no commit is known. */
    CommitOrder UNKNOWN = new CommitOrder() {
        @Override
        public Timeline timeline(String branch) {
            return Timeline.of(List.of());
        }

        @Override
        public Optional<Set<String>> ancestors(String commit) {
            return Optional.empty();
        }

        @Override
        public Set<String> between(String commit, String upTo) {
            return Set.of();
        }
    };

    /** The measured revisions of a branch; none for a branch that was never measured. */
    Timeline timeline(String branch);

    /** A commit and all before it; empty when nobody knows the commit. */
    Optional<Set<String>> ancestors(String commit);

    /** The commits up to one that have another one before them; empty when nobody knows one of the two. */
    Set<String> between(String commit, String upTo);

    /**
     * How a statement comes to a run whose change has its size. While the branch that it was made on exists and is not
     * merged, it does not.
     *
     * @param judged the first of the runs in question
     */
    default Reach reach(StatedCommit stated, RunInfo judged) {
        return Reach.UNKNOWN;
    }
}
