package dev.plumbline.core.judge;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.threshold.Policy;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a series lets runs of a revision detect with 99 % probability, and what it would take to see a major change.
 *
 * @param change the smallest relative change for the worse; empty when no size is known to be found
 * @param runs how many runs of one revision find it
 * @param asked the size at which major changes begin
 * @param needed so many runs of a revision find that; empty when {@value #MOST_RUNS} do not
 * @param margin the smallest change that matters
 */
public record Detectable(OptionalDouble change, int runs, double asked, OptionalInt needed, double margin) {
    /** So many runs of one revision somebody may take. */
    public static final int MOST_RUNS = 20;

    /** Beyond elevenfold nobody asks for the smallest change that would be found. */
    private static final double LARGEST = 10;

    public Detectable {
        requireNonNull(change, "change");
        requireNonNull(needed, "needed");
    }

    /** Of changes as large as the detectable one fewer are missed: half of 1 % is aimed at. */
    private static final double POWER = 0.995;

    /**
     * The smallest detectable relative regression with this number of runs; empty if there is none.
     */
    public static OptionalDouble change(Suite.Shift shift, Policy policy, Better better, int runs) {
        OptionalDouble change = shift.detectable(policy.suiteErrorRate(), runs, POWER);
        boolean isPossible = change.isPresent()
                && change.getAsDouble() <= LARGEST
                && (better == Better.LOWER || change.getAsDouble() <= 1);
        return isPossible ? OptionalDouble.of(Math.max(policy.margin(), change.getAsDouble())) : OptionalDouble.empty();
    }

    /** The fewest runs of a revision that show a change of a size, {@code least} at least. */
    static OptionalInt runsFor(double size, Suite.Shift shift, Policy policy, Better better, int least) {
        int low = least;
        int high = MOST_RUNS + 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (change(shift, policy, better, middle).orElse(Double.POSITIVE_INFINITY) <= size) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if (low <= MOST_RUNS) {
            return OptionalInt.of(low);
        }
        return OptionalInt.empty();
    }

    /** Whether a major change is found. */
    boolean isEnough() {
        return change.orElse(Double.POSITIVE_INFINITY) <= asked;
    }

    /** The sentence that every report has of it. */
    public String sentence() {
        String with = runs == 1 ? " with one run" : " with " + runs + " runs";
        if (change.isEmpty()) {
            return "this benchmark can detect no change of any size reliably" + with + "; " + mend();
        }
        String least = "this benchmark can " + (isEnough() ? "" : "only ") + "detect changes of "
                + percent(change.getAsDouble()) + " or more" + with;
        if (margin > asked) {
            return least + ": ones below " + percent(margin) + " do not matter by its margin";
        }
        return isEnough() ? least : least + "; " + mend();
    }

    private String mend() {
        return needed.isPresent()
                ? "it needs " + needed.getAsInt() + " runs of a revision, or quieter hardware, to see " + percent(asked)
                : "not even " + MOST_RUNS + " runs of a revision would see " + percent(asked)
                        + ": it needs a longer history or quieter hardware";
    }

    private static String percent(double share) {
        String digits = String.format(Locale.ROOT, "%.1f", 100 * share);
        return (digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits) + " %";
    }
}
