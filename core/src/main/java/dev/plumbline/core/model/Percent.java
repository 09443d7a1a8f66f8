package dev.plumbline.core.model;

import java.util.Locale;

/** Shares in words, the same in every reason that the core gives. */
public final class Percent {
    private Percent() {}

    /** {@code 2.5 %}. */
    public static String of(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** {@code +2.5 %}; infinite is a change out of zero. */
    public static String change(double relativeChange) {
        return Double.isInfinite(relativeChange)
                ? "a change out of zero"
                : String.format(Locale.ROOT, "%+.1f %%", 100 * relativeChange);
    }
}
