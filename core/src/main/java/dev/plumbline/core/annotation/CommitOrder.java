package dev.plumbline.core.annotation;

import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Timeline;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The order of commits: on the timelines of measured branches, and in the repository. The same question has the same
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

    /** A commit and all its ancestors; empty when the commit is unknown. */
    Optional<Set<String>> ancestors(String commit);

    /** The commits up to one that have another one before them; empty when one of the two is unknown. */
    Set<String> between(String commit, String upTo);

    /**
     * The way in which a statement applies to a run whose change has its size. While the branch that it was made on
     * exists and is not merged, it does not.
     *
     * @param judged the first of the runs in question
     */
    default Reach reach(StatedCommit stated, RunInfo judged) {
        return Reach.UNKNOWN;
    }
}
