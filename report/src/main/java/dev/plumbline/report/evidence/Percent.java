package dev.plumbline.report.evidence;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Proportion;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Shares in words, the same in all reports. */
public final class Percent {
    /** From this many per cent on there are no decimals. */
    private static final double WHOLE_FROM = 999.95;

    private static final Pattern ZERO = Pattern.compile("[+-]0(\\.0+)? %");

    private Percent() {}

    /**
     * {@code 24.1 %}, {@code -3.0 %}, {@code 1,250 %}: no plus, and never {@code -0.0 %}; without a sign of per cent
     * {@code ∞} and, of what is none, {@code ?}.
     */
    public static String of(double share) {
        if (!Double.isFinite(share)) {
            return Quantity.plain(share, Quantity.DIGITS);
        }
        double percent = 100 * share;
        if (Math.abs(percent) >= 1e6) {
            return Quantity.plain(percent, Quantity.DIGITS) + " %";
        }
        // a format is parsed again for each number, which takes longer than everything else about a series
        String text = Math.abs(percent) >= WHOLE_FROM
                ? String.format(Locale.ROOT, "%,.0f %%", percent)
                : new BigDecimal(Double.toString(percent))
                                .setScale(1, RoundingMode.HALF_UP)
                                .toPlainString()
                        + " %";
        return text.equals("-0.0 %") ? "0.0 %" : text;
    }

    /** {@code 2.54 %}: two decimals. */
    public static String fine(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    /** {@code 2 %}, {@code 0.5 %}, {@code 0.125 %}: as it was set, without needless decimals. */
    public static String exact(double share) {
        return new BigDecimal(100 * share)
                        .round(new MathContext(6))
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
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

    /** {@code +2.5 %}; infinite for a change from zero; a value that rounds to zero has no sign. */
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
