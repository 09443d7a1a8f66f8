package dev.plumbline.store;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.RunInfo;
import java.util.Optional;

/**
 * The outcome for one run in a recording.
 *
 * @param run the run as the history has it; for a run that was there before, with the header of the first time
 * @param isNew whether the history did not have it before
 * @param sameContentAs the first run that brought exactly these numbers for another commit: most likely an old result
 *     file was given again
 * @param measurements how many measurements the run has
 */
public record Recorded(RunInfo run, boolean isNew, Optional<RunInfo> sameContentAs, long measurements) {
    public Recorded {
        requireNonNull(run, "run");
        requireNonNull(sameContentAs, "sameContentAs");
        if (measurements < 1) {
            throw new IllegalArgumentException("a recorded run has measurements, not " + measurements);
        }
    }
}
