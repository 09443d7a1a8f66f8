package dev.plumbline.junit;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.sample.Location;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/**
 * Measures both sides in two processes that live at the same time: in short slices, one after the other, in a random
 * order. Disturbances of the machine affect both sides within some milliseconds; random properties of a process, such
 * as its memory layout or decisions of its compiler, are drawn again with the next pair of processes.
 */
final class PairOfForks {
    private static final Duration SLICE = Duration.ofMillis(10);

    private final ForkCommand base;
    private final ForkCommand candidate;
    private final Plan plan;
    private final Random order;

    /**
     * The plan of measuring a pair.
     *
     * @param warmUp of each process
     * @param rounds slices of each side
     * @param limit that one slice may take
     * @param folder takes what the test prints
     */
    record Plan(Duration warmUp, int rounds, Duration limit, Path folder) {
        Plan {
            requireNonNull(warmUp, "warmUp");
            requireNonNull(limit, "limit");
            requireNonNull(folder, "folder");
        }
    }

    /**
     * The times of one pair, in nanoseconds for an invocation.
     *
     * @param base a value for each slice
     * @param candidate as many, each taken beside the base's of its number
     */
    record Times(double[] base, double[] candidate) {
        /** The logarithm of the candidate's time over the base's. */
        double logRatio() {
            double[] ratios = new double[base.length];
            Arrays.setAll(ratios, i -> Math.log(candidate[i] / base[i]));
            return Location.median(ratios);
        }
    }

    /** A side could not be measured. */
    static final class SideFailure extends Exception {
        private final boolean ofBase;
        private final ForkFailure failure;

        SideFailure(boolean ofBase, ForkFailure failure) {
            super(failure);
            this.ofBase = ofBase;
            this.failure = failure;
        }

        boolean isOfBase() {
            return ofBase;
        }

        ForkFailure failure() {
            return failure;
        }
    }

    PairOfForks(ForkCommand base, ForkCommand candidate, Plan plan, Random order) {
        this.base = requireNonNull(base, "base");
        this.candidate = requireNonNull(candidate, "candidate");
        this.plan = requireNonNull(plan, "plan");
        this.order = requireNonNull(order, "order");
    }

    Times measure() throws SideFailure, InterruptedException {
        boolean baseFirst = order.nextBoolean();
        try (Fork first = start(baseFirst);
                Fork second = start(!baseFirst)) {
            Fork ofBase = baseFirst ? first : second;
            Fork ofCandidate = baseFirst ? second : first;
            double slow = Math.max(on(false, ofCandidate::ready), on(true, ofBase::ready));
            int rounds = rounds(slow);
            double[] bases = new double[rounds];
            double[] candidates = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                if (order.nextBoolean()) {
                    bases[i] = on(true, () -> ofBase.slice(SLICE));
                    candidates[i] = on(false, () -> ofCandidate.slice(SLICE));
                } else {
                    candidates[i] = on(false, () -> ofCandidate.slice(SLICE));
                    bases[i] = on(true, () -> ofBase.slice(SLICE));
                }
            }
            end(false, ofCandidate);
            end(true, ofBase);
            return new Times(bases, candidates);
        }
    }

    private Fork start(boolean isBase) throws SideFailure {
        try {
            return Fork.start(
                    isBase ? base : candidate,
                    plan.warmUp(),
                    plan.folder().resolve(isBase ? "baseline.txt" : "today.txt"),
                    plan.limit());
        } catch (ForkFailure e) {
            throw new SideFailure(isBase, e);
        }
    }

    /** Fewer slices where each is one long call. */
    private int rounds(double nanosOfCall) {
        double longer = nanosOfCall / SLICE.toNanos();
        return longer <= 1 ? plan.rounds() : Math.max(3, (int) (plan.rounds() / longer));
    }

    private interface Asked {
        double answer() throws ForkFailure, InterruptedException;
    }

    private static double on(boolean isBase, Asked asked) throws SideFailure, InterruptedException {
        try {
            return asked.answer();
        } catch (ForkFailure e) {
            throw new SideFailure(isBase, e);
        }
    }

    private static void end(boolean isBase, Fork fork) throws SideFailure, InterruptedException {
        on(isBase, () -> {
            fork.end();
            return 0;
        });
    }
}
