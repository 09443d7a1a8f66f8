package dev.plumbline.store;

import dev.plumbline.core.model.RunInfo;
import java.util.Collection;
import java.util.Comparator;

/**
 * The order of runs in a history.
 *
 * <p>When every run has a position in its branch, that decides, whatever the clocks showed. When one has none,
 * positions cannot be compared with the rest, and time decides: that of the commit or else that of the run. Runs of one
 * revision follow each other in the order in which they were measured. Runs alike in all this keep the order they had.
 */
public final class RevisionOrder {
    private static final Comparator<RunInfo> BY_POSITION = Comparator.<RunInfo>comparingLong(
                    run -> run.header().revision().position().getAsLong())
            .thenComparing(run -> run.header().time());

    private static final Comparator<RunInfo> BY_TIME = Comparator.comparing(RunInfo::time)
            .thenComparing(run -> run.header().time());

    private RevisionOrder() {}

    public static Comparator<RunInfo> of(Collection<RunInfo> runs) {
        return runs.stream().allMatch(run -> run.header().revision().position().isPresent()) ? BY_POSITION : BY_TIME;
    }
}
