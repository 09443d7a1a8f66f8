package dev.plumbline.report.content;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.shape.feature.OddRun;
import java.time.Instant;

/**
 * A stored run in which much of its suite was off at once.
 *
 * @param run which one
 * @param odd how odd it was
 */
public record DisturbedRun(RunInfo run, OddRun odd) {
    public DisturbedRun {
        requireNonNull(run, "run");
        requireNonNull(odd, "odd");
    }

    /** The time of measurement, or else of the commit; the time of recording is irrelevant. */
    public Instant time() {
        return run.header()
                .measuredAt()
                .or(() -> run.header().revision().commitTime())
                .orElse(run.header().time());
    }

    /** The anomaly in words: {@code 38 of 40 benchmarks are far from the runs around it}. */
    public static String words(OddRun odd) {
        return odd.far() + " of " + odd.series()
                + " benchmarks differ from the neighbouring runs by more than 3 times their usual noise, "
                + odd.worse() + " of them for the worse";
    }
}
