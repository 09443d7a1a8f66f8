package dev.plumbline.pipeline.config;

import java.time.Duration;
import java.util.List;

/** How long runs are kept: the section {@code history}. {@code plumb prune} forgets the others. */
public record HistorySection(Setting<Duration> keep, Setting<Integer> keepRuns) {
    /** Runs of so many days are kept unless a person says otherwise. */
    private static final Duration KEEP = Duration.ofDays(90);

    /** So many runs of each environment and branch are kept whatever their age, so that they can go on judging. */
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
