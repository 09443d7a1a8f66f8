package dev.plumbline.junit;

import static java.util.Objects.requireNonNull;

import dev.plumbline.junit.pairs.PairRule;
import dev.plumbline.junit.pairs.Words;
import dev.plumbline.junit.timing.TimedCode;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Measures two pieces of code in this process, slice by slice, in a random order. */
final class InterleavedComparison {
    private static final Duration WARM_UP = Duration.ofMillis(300);
    private static final Duration SLICE = Duration.ofMillis(5);
    private static final int ROUNDS = 4;

    /** Threads that compare at the same time would disturb each other. */
    private static final ReentrantLock ALONE = new ReentrantLock();

    private final MeasuredCode base;
    private final MeasuredCode candidate;
    private final Duration budget;
    private final Random order = new Random();

    InterleavedComparison(MeasuredCode base, MeasuredCode candidate, Duration budget) {
        this.base = requireNonNull(base, "base");
        this.candidate = requireNonNull(candidate, "candidate");
        this.budget = requireNonNull(budget, "budget");
    }

    /** @param limit of the candidate's time over the base's */
    void check(double limit, String expectation) {
        PairRule rule = new PairRule(limit);
        ALONE.lock();
        try {
            // a slice of each in turn, so that the compiler sees both before it decides
            warmUp(Duration.ofMillis(1));
            warmUp(WARM_UP);
            judge(new PairedSession(rule, budget, System::nanoTime).decide(this::pair), limit, expectation);
        } catch (PairOfForks.SideFailure e) {
            throw new IllegalStateException("no process takes part", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestAbortedException("measuring was interrupted", e);
        } finally {
            ALONE.unlock();
        }
    }

    private void warmUp(Duration length) {
        boolean baseFirst = order.nextBoolean();
        for (TimedCode code :
                new TimedCode[] {baseFirst ? base.code() : candidate.code(), baseFirst ? candidate.code() : base.code()
                }) {
            try {
                code.warmUp(length.toNanos());
            } catch (Throwable e) { // whatever the code throws
                Rethrow.unchecked(e);
            }
        }
    }

    private PairOfForks.Times pair() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        double[] bases = new double[ROUNDS];
        double[] candidates = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            if (order.nextBoolean()) {
                bases[i] = slice(base);
                candidates[i] = slice(candidate);
            } else {
                candidates[i] = slice(candidate);
                bases[i] = slice(base);
            }
        }
        return new PairOfForks.Times(bases, candidates);
    }

    private static double slice(MeasuredCode code) {
        try {
            return code.code().slice(SLICE.toNanos());
        } catch (Throwable e) { // whatever the code throws
            Rethrow.unchecked(e);
            return Double.NaN;
        }
    }

    private void judge(PairedSession.Outcome outcome, double limit, String expectation) {
        PairRule.Look look = outcome.look();
        checkEffect(outcome);
        String measured =
                Words.interval(look) + ", after " + Words.pairs(look.pairs()) + " in " + Words.seconds(outcome.spent());
        switch (look.side()) {
            case BELOW -> {}
            case ABOVE ->
                throw new AssertionFailedError("\nExpecting:\n"
                        + "  " + called(candidate, "the code") + ", " + Words.time(outcome.candidate())
                        + " for a call\n"
                        + expectation + "\n"
                        + "  " + called(base, "the other code") + ", " + Words.time(outcome.base()) + " for a call\n"
                        + "but it is " + Words.change(look.change()) + ":\n"
                        + "  " + measured);
            case OPEN ->
                throw new TestAbortedException("inconclusive whether " + called(candidate, "the code") + " is "
                        + (limit < 1 ? "at least " : "at most ") + Words.change(limit - 1) + " than "
                        + called(base, "the other code") + ": " + Words.change(look.change()) + " with noise of "
                        + Words.percent(look.noise()) + " after " + Words.pairs(look.pairs()) + " in "
                        + Words.seconds(outcome.spent()) + "; " + Undecided.remedy(outcome, limit));
        }
    }

    private void checkEffect(PairedSession.Outcome outcome) {
        check(candidate, outcome.candidate());
        check(base, outcome.base());
    }

    private static void check(MeasuredCode code, double nanos) {
        if (nanos < Undecided.LEAST_NANOS) {
            throw new AssertionFailedError(Undecided.noEffect(called(code, "measured code"), nanos));
        }
    }

    private static String called(MeasuredCode code, String otherwise) {
        return code.name().isEmpty() ? otherwise : code.name();
    }
}
