package dev.plumbline.pipeline.config;

import java.time.Duration;
import java.util.List;

/** The retention of runs: the section {@code history}. {@code plumb prune} deletes the others. */
public record HistorySection(Setting<Duration> keep, Setting<Integer> keepRuns) {
    /** The number of days for which runs are kept by default. */
    private static final Duration KEEP = Duration.ofDays(90);

    /** The number of runs of each environment and branch that are kept whatever their age, so that checks can judge. */
    private static final int KEEP_RUNS = 300;

    static HistorySection read(Section section) {
        HistorySection read = new HistorySection(
                section.setting("keep", Kind.duration(), KEEP),
                section.setting("keep-runs", Kind.wholeNumber(0, 1_000_000), KEEP_RUNS));
        section.done();
        return read;
    }

    List<Setting<?>> settings() {
        return List.of(keep, keepRuns);
    }
}
