package dev.plumbline.junit.pairs;

import java.time.Duration;
import java.util.Locale;

/** Numbers as messages show them. */
public final class Words {
    private Words() {}

    /** "1.32 ms": three digits. */
    public static String time(double nanos) {
        String[] units = {"ns", "µs", "ms", "s"};
        double value = nanos;
        int unit = 0;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        int digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f %s", value, units[unit]);
    }

    /** "3 %", "0.25 %". */
    public static String percent(double relative) {
        double percent = Math.abs(relative * 100);
        if (Double.isInfinite(percent)) {
            return "any %";
        }
        String text = String.format(Locale.ROOT, percent >= 0.995 ? "%.1f" : "%.2f", percent);
        return (text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text) + " %";
    }

    /** "10.1 % slower". */
    public static String change(double relative) {
        return relative < 0 ? percent(relative) + " faster" : percent(relative) + " slower";
    }

    /** "between 8.2 % and 12.4 % slower (95 % confidence)". */
    public static String interval(PairRule.Look look) {
        double low = look.interval().low();
        double high = look.interval().high();
        if (!Double.isFinite(low) || !Double.isFinite(high) || high > 100) {
            return "with too few pairs for an interval";
        }
        String range = low >= 0
                ? "between " + percent(low) + " and " + percent(high) + " slower"
                : high <= 0
                        ? "between " + percent(high) + " and " + percent(low) + " faster"
                        : "between " + percent(low) + " faster and " + percent(high) + " slower";
        return range + " with " + percent(look.interval().confidence()) + " confidence";
    }

    public static String seconds(Duration duration) {
        double seconds = duration.toMillis() / 1000.0;
        return String.format(Locale.ROOT, seconds < 9.95 ? "%.1f s" : "%.0f s", seconds);
    }

    public static String pairs(int count) {
        return count == 1 ? "1 pair" : count + " pairs";
    }
}
