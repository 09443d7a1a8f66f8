package dev.plumbline.measure.subject;

import dev.plumbline.core.stats.sample.ForkBalance;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The costs of the processes of one benchmark so far, and the number of iterations of the next. */
public final class ForkCosts {
    private static final int ENOUGH = 3;

    private final List<double[]> forks = new ArrayList<>();
    private double forkNanos;
    private double iterationNanos;

    /**
     * One more process.
     *
     * @param values its iterations
     * @param start the time it took beside them, warm-up included
     * @param iteration the time of one iteration
     */
    void add(double[] values, double start, double iteration) {
        forks.add(values);
        forkNanos += Math.max(0, start);
        iterationNanos += iteration;
    }

    /** Empty while too little is known. At least two: one would hide the noise inside a process from all later ones. */
    OptionalInt iterations() {
        boolean known = forks.size() >= ENOUGH
                && forks.stream().allMatch(values -> values.length >= 2)
                && forkNanos > 0
                && iterationNanos > 0;
        return known
                ? OptionalInt.of(Math.max(
                        2, ForkBalance.iterations(forks, forkNanos / forks.size(), iterationNanos / forks.size())))
                : OptionalInt.empty();
    }
}
