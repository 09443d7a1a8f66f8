package dev.plumbline.report.evidence;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Proportion;
import java.util.Locale;
import java.util.regex.Pattern;

/** Shares in words, the same in all reports. */
public final class Percent {
    private static final Pattern ZERO = Pattern.compile("[+-]0(\\.0+)? %");

    private Percent() {}

    /** {@code 2.5 %}; never {@code -0.0 %}; without a sign of per cent {@code ∞} and, of what is none, {@code ?}. */
    public static String of(double share) {
        if (!Double.isFinite(share)) {
            return Quantity.plain(share, Quantity.DIGITS);
        }
        String text = String.format(Locale.ROOT, "%.1f %%", 100 * share);
        return text.equals("-0.0 %") ? "0.0 %" : text;
    }

    /** {@code 2 %}, {@code 2.5 %}: no decimal that is zero. */
    public static String brief(double share) {
        return of(share).replace(".0 %", " %");
    }

    /** {@code 12 %}: no decimals. */
    public static String whole(double share) {
        if (!Double.isFinite(share)) {
            return Quantity.plain(share, Quantity.DIGITS);
        }
        String text = String.format(Locale.ROOT, "%.0f %%", 100 * share);
        return text.equals("-0 %") ? "0 %" : text;
    }

    /** {@code 1.2 % (0.4 to 3.1 %)}: a proportion with its 95 % interval; of none it is unknown. */
    public static String of(Proportion proportion) {
        if (proportion.count() == 0) {
            return "unknown";
        }
        Interval interval = proportion.interval(0.95);
        return String.format(
                Locale.ROOT,
                "%.1f %% (%.1f to %.1f %%)",
                100 * proportion.share(),
                100 * interval.low(),
                100 * interval.high());
    }

    /** {@code +2.5 %}; infinite is a change out of zero, and what rounds to nothing has no sign. */
    public static String change(double relativeChange) {
        return Double.isInfinite(relativeChange) ? "a change out of zero" : signed(relativeChange, 1);
    }

    /** {@code +2.50 %}, a difference or an end of its interval; {@code 0.00 %} has no sign. */
    public static String signed(double relativeChange, int decimals) {
        if (Double.isInfinite(relativeChange)) {
            return relativeChange > 0 ? "+∞" : "-∞";
        }
        String text = String.format(Locale.ROOT, "%+." + decimals + "f %%", 100 * relativeChange);
        return ZERO.matcher(text).matches() ? text.substring(1) : text;
    }
}
