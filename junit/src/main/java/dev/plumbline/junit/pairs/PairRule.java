package dev.plumbline.junit.pairs;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.SequentialPairs;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.sample.Spread;
import java.util.OptionalInt;

/**
 * Decides, while two pieces of code are measured in turn, whether the second takes more or less than a limit times the
 * first. It may be asked after every pair: both answers come from confidence sequences ({@link SequentialPairs}), which
 * cover the truth at all looks together.
 *
 * <p>{@link Side#ABOVE} breaks a build, so that its chance of being wrong is at most 0.25 % however often it is asked,
 * even where the truth is the limit itself. {@link Side#BELOW} is wrong with a chance of at most 5 %, and only where
 * the truth is hardly above the limit.
 */
public final class PairRule {
    /** The error rate of both sides together; one side has half of it. */
    private static final double ABOVE_LEVEL = 0.005;

    private static final double BELOW_LEVEL = 0.1;

    /** Up to this many pairs are thought about when it is asked how many would decide. */
    private static final int MOST = 100_000;

    private final double limit;
    private final double logLimit;
    private final SequentialPairs strict;
    private final SequentialPairs plain;

    /** The side of the limit on which the ratio lies. */
    public enum Side {
        /** Certainly above the limit. */
        ABOVE,
        /** Certainly below it. */
        BELOW,
        /** More pairs are needed. */
        OPEN
    }

    /**
     * The result of the pairs so far.
     *
     * @param pairs how many there are
     * @param change the second relative to the first: 0.1 takes 10 % longer; 0 without any pair
     * @param interval of the change, 90 % at all looks together, so that each bound holds with 95 %; unbounded while
     *     there are too few pairs
     * @param noise standard deviation of a pair's change, 0 for fewer than two pairs
     * @param needed about how many pairs in all would decide; empty where it is decided, unknown, or out of reach
     */
    public record Look(Side side, int pairs, double change, Interval interval, double noise, OptionalInt needed) {
        public Look {
            requireNonNull(side, "side");
            requireNonNull(interval, "interval");
            requireNonNull(needed, "needed");
        }
    }

    /**
     * @param limit of the second's time over the first's: 1.03 is 3 % slower; positive
     * @throws IllegalArgumentException if it is not
     */
    public PairRule(double limit) {
        if (!(limit > 0 && Double.isFinite(limit))) {
            throw new IllegalArgumentException("a limit of " + limit);
        }
        this.limit = limit;
        this.logLimit = Math.log(limit);
        this.strict = SequentialPairs.withDefaults().withLevel(ABOVE_LEVEL);
        this.plain = SequentialPairs.withDefaults().withLevel(BELOW_LEVEL);
    }

    /** The limit of the second's time over the first's. */
    public double limit() {
        return limit;
    }

    /**
     * Evaluates the pairs so far.
     *
     * @param logRatios the logarithm of the second's time over the first's, of each pair, in their order; finite
     */
    public Look look(double[] logRatios) {
        SequentialPairs.Look look = plain.look(logRatios);
        Side side = Side.OPEN;
        if (look.interval().high() < logLimit) {
            side = Side.BELOW;
        } else if (look.interval().low() > logLimit
                && strict.look(logRatios).interval().low() > logLimit) {
            side = Side.ABOVE;
        }
        double noise = logRatios.length < 2 ? 0 : Spread.winsorisedDeviation(logRatios);
        Interval shown = look.interval();
        return new Look(
                side,
                look.pairs(),
                Math.expm1(look.centre()),
                new Interval(Math.expm1(shown.low()), Math.expm1(shown.high()), shown.confidence()),
                noise,
                side == Side.OPEN ? needed(look.centre(), noise, look.pairs()) : OptionalInt.empty());
    }

    /** Whether pairs that were not looked at before show what others showed: at least half of the way there from 0. */
    public boolean isConfirmedBy(double[] fresh) {
        return fresh.length > 0 && SequentialPairs.centre(fresh) > Math.min(logLimit, logLimit / 2);
    }

    private OptionalInt needed(double centre, double noise, int pairs) {
        if (pairs < 3) {
            return OptionalInt.empty();
        }
        SequentialPairs rule = centre > logLimit ? strict : plain;
        double distance = Math.abs(centre - logLimit);
        for (int n = Math.max(5, pairs + 1); n <= MOST; n += 1 + n / 16) {
            if (rule.halfWidth(noise, n) <= distance) {
                return OptionalInt.of(n);
            }
        }
        return OptionalInt.empty();
    }
}
