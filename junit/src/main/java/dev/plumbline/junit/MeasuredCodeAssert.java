package dev.plumbline.junit;

import static java.util.Objects.requireNonNull;

import dev.plumbline.junit.pairs.Words;
import java.time.Duration;

/** Assertions about measured code. */
@CheckReturnValue
public final class MeasuredCodeAssert {
    private static final Duration BUDGET = Duration.ofSeconds(10);

    private final MeasuredCode code;
    private final Duration budget;

    MeasuredCodeAssert(MeasuredCode code) {
        this(code, budget(System.getProperty(Settings.BUDGET)));
    }

    private MeasuredCodeAssert(MeasuredCode code, Duration budget) {
        this.code = requireNonNull(code, "code");
        this.budget = requireNonNull(budget, "budget");
    }

    private static Duration budget(String seconds) {
        return seconds == null ? BUDGET : Settings.budget(seconds);
    }

    /** Sets the limit on the measuring time; by default ten seconds or {@code -Dplumbline.budget=SECONDS}. */
    public MeasuredCodeAssert withBudget(Duration longest) {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("a budget of " + longest);
        }
        return new MeasuredCodeAssert(code, longest);
    }

    /** Expects that the code takes no longer than another, within a margin that is given next. */
    public NotSlower isNotSlowerThan(MeasuredCode other) {
        return new NotSlower(new InterleavedComparison(other, code, budget));
    }

    /** Expects that the code takes less time than another, by at least the percentage given next. */
    public Faster isFasterThan(MeasuredCode other) {
        return new Faster(new InterleavedComparison(other, code, budget));
    }

    /** A comparison whose margin is given next. */
    @CheckReturnValue
    public static final class NotSlower {
        private final InterleavedComparison comparison;

        private NotSlower(InterleavedComparison comparison) {
            this.comparison = comparison;
        }

        /**
         * Measures both.
         *
         * @param percent the accepted additional time; above 0
         * @throws AssertionError if it certainly takes longer than that
         * @throws org.opentest4j.TestAbortedException if it is not certain within the budget
         */
        public void withinPercent(double percent) {
            if (!(percent > 0 && percent <= 1000)) {
                throw new IllegalArgumentException("a margin of " + percent + " %; it has to be above 0, such as 3");
            }
            comparison.check(1 + percent / 100, "to be at most " + Words.percent(percent / 100) + " slower than:");
        }
    }

    /** A comparison whose size is given next. */
    @CheckReturnValue
    public static final class Faster {
        private final InterleavedComparison comparison;

        private Faster(InterleavedComparison comparison) {
            this.comparison = comparison;
        }

        /**
         * Measures both.
         *
         * @param percent the minimum saving, relative to the other's time; above 0, below 100
         * @throws AssertionError if it certainly saves less than that
         * @throws org.opentest4j.TestAbortedException if it is not certain within the budget
         */
        public void byPercent(double percent) {
            if (!(percent > 0 && percent < 100)) {
                throw new IllegalArgumentException("faster by " + percent + " %; it has to be between 0 and 100");
            }
            comparison.check(1 - percent / 100, "to be at least " + Words.percent(percent / 100) + " faster than:");
        }
    }
}
