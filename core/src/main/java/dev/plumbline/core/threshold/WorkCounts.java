package dev.plumbline.core.threshold;

import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Unit;
import java.util.Arrays;

/**
 * Counts of executed work: instructions, branches, allocations, system calls. A busy machine makes a program slower and
 * lets it do the same work, so that their margins are far below those of times, and single executions decide.
 *
 * <p>Only counts that Plumbline makes itself are some, by their unit: what other tools call instructions may include
 * those of the kernel, or of everything that ran meanwhile.
 */
public final class WorkCounts {
    /** The unit of counted events. */
    public static final Unit EVENTS = Unit.of("events");

    /**
     * The unit of the events of a simulated processor, another one: what is counted by hardware today and by a
     * simulation tomorrow is not comparable.
     */
    public static final Unit SIMULATED_EVENTS = Unit.of("simulated");

    /**
     * The unit of the cycles that a simulated processor takes. They vary no more than its events from one execution to
     * the next, but where code lies decides which of it shares a place in a cache, so that two builds of one program
     * differ by more, and the margin is that of other counters.
     */
    public static final Unit SIMULATED_CYCLES = Unit.of("simulated cycles");

    /** The bytes that a program asked the allocator for; the only count with another unit. */
    public static final String ALLOCATED = "heap-allocated";

    /** Two executions of one program on one machine differ by no more than this share; what does is no such program. */
    public static final double NOISE = 0.001;

    /** The smallest relevant relative change, unless a rule sets another. */
    public static final double MARGIN = 0.005;

    /** Earlier runs that are enough for a judgement. */
    static final int FEWEST_RUNS = 3;

    private WorkCounts() {}

    /** Whether the kind of a metric is {@link MetricKind#WORK}. */
    static boolean isWork(String metric, Unit unit) {
        return unit.symbol().equals(EVENTS.symbol())
                || unit.symbol().equals(SIMULATED_EVENTS.symbol())
                || metric.equals(ALLOCATED) && unit.base().equals("B");
    }

    /** Whether a metric is a count of one execution that another one would repeat. */
    public static boolean isOne(Metric metric) {
        return isWork(metric.name(), metric.unit()) || metric.unit().symbol().equals(SIMULATED_CYCLES.symbol());
    }

    /**
     * Whether these values may be those of one program that does the same work each time.
     *
     * @param counts one for each execution; a single one agrees with itself, none do not
     */
    public static boolean agree(double[] counts) {
        double most = Arrays.stream(counts).max().orElse(Double.NaN);
        double least = Arrays.stream(counts).min().orElse(Double.NaN);
        return least >= 0 && most - least <= NOISE * most;
    }
}
