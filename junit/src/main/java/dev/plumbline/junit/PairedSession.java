package dev.plumbline.junit;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.junit.pairs.PairRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** Takes pairs until it is known on which side of the limit the candidate is, or the time is spent. */
final class PairedSession {
    /** Pairs that have to show again what was seen, before a test fails. */
    private static final int CONFIRMING = 3;

    private final PairRule rule;
    private final Duration budget;
    private final LongSupplier nanoClock;

    /** One pair of measurements. */
    interface Pair {
        PairOfForks.Times measure() throws PairOfForks.SideFailure, InterruptedException;
    }

    /**
     * The result.
     *
     * @param look the last one
     * @param base median of the base, in nanoseconds for a call; 0 without any pair
     * @param candidate of the candidate
     * @param groups the candidate's slices, by its processes
     * @param spent the time it took
     */
    record Outcome(PairRule.Look look, double base, double candidate, List<double[]> groups, Duration spent) {
        /** About how long all pairs that would decide take; zero where it is not known. */
        Duration needed() {
            OptionalInt needed = look.needed();
            return needed.isEmpty() || look.pairs() == 0
                    ? Duration.ZERO
                    : Duration.ofMillis(spent.toMillis() * needed.getAsInt() / look.pairs());
        }
    }

    PairedSession(PairRule rule, Duration budget, LongSupplier nanoClock) {
        this.rule = requireNonNull(rule, "rule");
        this.budget = requireNonNull(budget, "budget");
        this.nanoClock = requireNonNull(nanoClock, "nanoClock");
    }

    /** Measures until it is known. */
    Outcome decide(Pair pair) throws PairOfForks.SideFailure, InterruptedException {
        return measure(pair, Integer.MAX_VALUE, true);
    }

    /** Measures this number of pairs, fewer when the time is over. */
    Outcome take(Pair pair, int count) throws PairOfForks.SideFailure, InterruptedException {
        return measure(pair, count, false);
    }

    private Outcome measure(Pair pair, int most, boolean decides) throws PairOfForks.SideFailure, InterruptedException {
        long begin = nanoClock.getAsLong();
        List<PairOfForks.Times> all = new ArrayList<>();
        long longest = 0;
        int suspectedAt = 0;
        PairRule.Look look = rule.look(new double[0]);
        while (all.size() < most) {
            long now = nanoClock.getAsLong();
            // a suspicion is confirmed or refuted even when the time is over: there are few pairs left to take
            boolean isConfirming = suspectedAt > 0 && all.size() - suspectedAt < CONFIRMING;
            if (!all.isEmpty() && !isConfirming && now - begin + longest > budget.toNanos()) {
                break;
            }
            all.add(pair.measure());
            longest = Math.max(longest, nanoClock.getAsLong() - now);
            look = rule.look(logRatios(all, 0));
            if (look.side() == PairRule.Side.ABOVE && suspectedAt == 0) {
                suspectedAt = all.size();
            } else if (decides
                    && (look.side() == PairRule.Side.BELOW
                            || look.side() == PairRule.Side.ABOVE
                                    && all.size() - suspectedAt >= CONFIRMING
                                    && rule.isConfirmedBy(logRatios(all, suspectedAt)))) {
                break;
            }
        }
        if (decides && look.side() == PairRule.Side.ABOVE && !isConfirmed(all, suspectedAt)) {
            look = new PairRule.Look(
                    PairRule.Side.OPEN,
                    look.pairs(),
                    look.change(),
                    look.interval(),
                    look.noise(),
                    OptionalInt.empty());
        }
        return new Outcome(
                look,
                median(all, true),
                median(all, false),
                all.stream().map(PairOfForks.Times::candidate).toList(),
                Duration.ofNanos(nanoClock.getAsLong() - begin));
    }

    private boolean isConfirmed(List<PairOfForks.Times> all, int suspectedAt) {
        return all.size() - suspectedAt >= CONFIRMING && rule.isConfirmedBy(logRatios(all, suspectedAt));
    }

    private static double[] logRatios(List<PairOfForks.Times> all, int from) {
        return all.stream().skip(from).mapToDouble(PairOfForks.Times::logRatio).toArray();
    }

    private static double median(List<PairOfForks.Times> all, boolean ofBase) {
        double[] values = all.stream()
                .flatMapToDouble(times -> Arrays.stream(ofBase ? times.base() : times.candidate()))
                .toArray();
        return values.length == 0 ? 0 : Location.median(values);
    }
}
