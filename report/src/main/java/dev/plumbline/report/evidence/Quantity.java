package dev.plumbline.report.evidence;

import dev.plumbline.core.model.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * Numbers as people read them: {@code 1.24 ms}, {@code 3.10 M ops/s}, {@code 12.5 kB}, {@code +24.1 %}.
 *
 * <p>The same everywhere: a point before the decimals, commas between thousands, whatever the locale. Durations run
 * from picoseconds to hours. Sizes are decimal (1 kB is 1,000 B, as in rates and on data sheets) unless the tool itself
 * stated them in binary units (KiB, MiB …), which then stay binary. Whatever comes for each second takes k, M, G, T.
 * Units that are not known stay as they are. A unit's symbol comes from outside and is <em>not</em> escaped here.
 */
public final class Quantity {
    /** Significant digits when nothing is known of the uncertainty. */
    public static final int DIGITS = 3;

    private static final int MOST_DIGITS = 5;

    /** Per cents that would round up to a thousand, and larger ones, have no decimals. */
    private static final List<Step> DURATIONS = List.of(
            new Step(1e-12, "ps"),
            new Step(1e-9, "ns"),
            new Step(1e-6, "µs"),
            new Step(1e-3, "ms"),
            new Step(1, "s"),
            new Step(60, "min"),
            new Step(3600, "h"));

    private static final List<Step> DECIMAL =
            List.of(new Step(1, ""), new Step(1e3, "k"), new Step(1e6, "M"), new Step(1e9, "G"), new Step(1e12, "T"));

    private static final List<Step> BYTES = List.of(
            new Step(1, "B"), new Step(1e3, "kB"), new Step(1e6, "MB"), new Step(1e9, "GB"), new Step(1e12, "TB"));

    private static final List<Step> BINARY_BYTES = List.of(
            new Step(1, "B"),
            new Step(0x1p10, "KiB"),
            new Step(0x1p20, "MiB"),
            new Step(0x1p30, "GiB"),
            new Step(0x1p40, "TiB"));

    /** A unit for showing numbers, as a number of base units. */
    private record Step(double size, String symbol) {}

    /**
     * The two levels of a change, in one unit where that is readable.
     *
     * @param before without the unit where {@code after} has it
     * @param alone the same with its unit, if it is not next to {@code after}
     */
    public record Pair(String before, String after, String alone) {}

    private Quantity() {}

    /** The value with three significant digits; {@code ∞} and {@code -∞} for the infinities, {@code ?} for NaN. */
    public static String of(double value, Unit unit) {
        return of(value, unit, Double.NaN);
    }

    /**
     * The value with as many digits as its uncertainty allows.
     *
     * @param value in the unit; any double
     * @param relativeUncertainty half the width of its interval, relative to it: 0.02 gives three digits, 0.002 four;
     *     not a number when nothing is known, which gives three
     */
    public static String of(double value, Unit unit, double relativeUncertainty) {
        int digits = digits(relativeUncertainty);
        Scale scale = Scale.of(unit, value, digits);
        return scale.number(value, digits) + scale.suffix();
    }

    /**
     * The same in the unit that suits another value of the same series, so that a reader need not convert; in its own
     * where that would hide it.
     */
    public static String like(double other, double value, Unit unit, double relativeUncertainty) {
        return Double.isFinite(other) && isNear(value, other)
                ? pair(value, other, unit, relativeUncertainty).alone()
                : of(value, unit, relativeUncertainty);
    }

    private static boolean isNear(double one, double other) {
        double ratio = Math.abs(one / other);
        return ratio > 0.002 && ratio < 500;
    }

    /**
     * The two levels of a change; they share a unit, named with the second one only, unless that would hide one. Beyond
     * three digits each has only decimals that the other one has too.
     */
    public static Pair pair(double before, double after, Unit unit, double relativeUncertainty) {
        int digits = digits(relativeUncertainty);
        Scale scale = Scale.of(unit, after == 0 || !Double.isFinite(after) ? before : after, digits);
        boolean shared = before == 0 || after == 0 || isNear(before, after);
        String first = shared
                ? scale.number(before, scale.digitsBeside(after, before, digits))
                : of(before, unit, relativeUncertainty);
        String second = shared
                ? scale.number(after, scale.digitsBeside(before, after, digits)) + scale.suffix()
                : of(after, unit, relativeUncertainty);
        return new Pair(first, second, shared ? first + scale.suffix() : first);
    }

    /**
     * The common form of all numbers of one series.
     *
     * @param factor what a value is multiplied with
     * @param suffix the text after the number, with the space before it; untrusted, not escaped
     */
    public record Display(double factor, String suffix) {}

    /** The unit that suits a typical value, for an axis or a table of values that have to share one. */
    public static Display display(double typical, Unit unit) {
        Scale scale = Scale.of(unit, typical, DIGITS);
        return new Display(scale.factor, scale.suffix);
    }

    /** The number of meaningful digits: between 2 and 5. */
    private static int digits(double relativeUncertainty) {
        if (!(relativeUncertainty >= 0)) {
            return DIGITS;
        }
        if (relativeUncertainty == 0) {
            return MOST_DIGITS;
        }
        int digits = (int) Math.ceil(-StrictMath.log10(relativeUncertainty)) + 1;
        return Math.max(2, Math.min(MOST_DIGITS, digits));
    }

    /** A relative change with its sign: {@code +24.1 %}, {@code -3.0 %}, {@code 0.0 %}, {@code ×12.0}, {@code +∞}. */
    public static String change(double relativeChange) {
        if (relativeChange >= 10) {
            return relativeChange == Double.POSITIVE_INFINITY ? "+∞" : "×" + plain(relativeChange + 1, DIGITS);
        }
        String text = Percent.of(relativeChange);
        return relativeChange > 0 && !text.startsWith("0.0 ") ? "+" + text : text;
    }

    /** A probability: {@code 0.03}, {@code 0.0004}, {@code < 0.0001}; two significant digits at most. */
    public static String probability(double probability) {
        if (probability > 0 && probability < 1e-4) {
            return "< 0.0001";
        }
        return Double.isFinite(probability)
                ? new BigDecimal(probability)
                        .round(new MathContext(2, RoundingMode.HALF_EVEN))
                        .stripTrailingZeros()
                        .toPlainString()
                : plain(probability, DIGITS);
    }

    /**
     * A bare number: whole ones with commas between thousands, others with the given significant digits, very large and
     * very small ones as {@code 1.23e-300}.
     */
    public static String plain(double value, int digits) {
        if (Double.isNaN(value)) {
            return "?";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        if (value == 0) {
            return "0";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e12) {
            return Math.abs(value) < 1000
                    ? Long.toString((long) value)
                    : String.format(Locale.ROOT, "%,d", (long) value);
        }
        return rounded(value, digits);
    }

    /** The value with the given significant digits, trailing zeros kept, no digit before the point left out. */
    private static String rounded(double value, int digits) {
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < -4 || exponent >= 12) {
            String mantissa = rounded.unscaledValue().abs().toString();
            mantissa = mantissa + "0".repeat(Math.max(0, digits - mantissa.length()));
            return (value < 0 ? "-" : "") + mantissa.charAt(0) + "." + mantissa.substring(1) + "e" + exponent;
        }
        int decimals = Math.max(0, digits - 1 - exponent);
        BigDecimal shown = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return exponent < 3 ? shown.toPlainString() : String.format(Locale.ROOT, "%,." + decimals + "f", shown);
    }

    /** A unit chosen for one number, and the suffix behind the number. */
    private record Scale(double factor, String suffix, boolean isBare) {

        static Scale of(Unit unit, double value, int digits) {
            String base = unit.base();
            int slash = base.indexOf('/');
            String above = slash < 0 ? base : base.substring(0, slash);
            String below = slash < 0 ? "" : base.substring(slash);
            double inBase = value * unit.factor();
            if (!Double.isFinite(inBase) || value != 0 && inBase == 0) {
                return new Scale(1, suffix(unit.symbol()), true);
            }
            if (above.equals("s")) {
                return scaled(unit, DURATIONS, inBase, digits, below);
            }
            if (above.equals("B")) {
                return scaled(unit, isBinary(unit) ? BINARY_BYTES : BYTES, inBase, digits, below);
            }
            if (below.equals("/s")) {
                String thing = above.equals("1") ? below : " " + base;
                return scaled(unit, DECIMAL, inBase, digits, thing);
            }
            return new Scale(unit.factor(), base.equals("1") ? "" : suffix(base), true);
        }

        private static String suffix(String symbol) {
            return symbol.isEmpty() ? "" : " " + symbol;
        }

        private static boolean isBinary(Unit unit) {
            return unit.symbol().toLowerCase(Locale.ROOT).matches("[kmgt]ib\\b.*");
        }

        private static Scale scaled(Unit unit, List<Step> steps, double inBase, int digits, String below) {
            Step chosen = inBase == 0 ? steps.get(steps.get(0).size() < 1 ? 4 : 0) : steps.get(0);
            for (Step step : steps) {
                // minutes and hours from two of them on; everything from what does not round up to the next unit
                double from = step.size() == 60 || step.size() == 3600 ? 2 : 1 - 0.5 * StrictMath.pow(10, -digits);
                if (Math.abs(inBase) >= from * step.size()) {
                    chosen = step;
                }
            }
            String symbol = (chosen.symbol() + below).strip();
            return new Scale(unit.factor() / chosen.size(), suffix(symbol), false);
        }

        /** The digits of a number beside a larger one that has fewer decimals; three at least. */
        int digitsBeside(double other, double value, int digits) {
            int more = exponent(other) - exponent(value);
            if (digits <= DIGITS || other == 0 || value == 0 || more <= 0) {
                return digits;
            }
            int fewer = Math.max(DIGITS, digits - more);
            // 0.9997 in three digits is 1.00, which has a decimal less than 1.251 beside it
            return exponent(inDigits(value, fewer)) > exponent(value) ? digits : fewer;
        }

        private static double inDigits(double value, int digits) {
            return BigDecimal.valueOf(value)
                    .round(new MathContext(digits, RoundingMode.HALF_UP))
                    .doubleValue();
        }

        private int exponent(double value) {
            double scaled = Math.abs(value * factor);
            return Double.isFinite(scaled) && scaled > 0 ? (int) Math.floor(StrictMath.log10(scaled)) : 0;
        }

        String number(double value, int digits) {
            double scaled = value * factor;
            if (isBare || !Double.isFinite(scaled)) {
                return plain(scaled, digits);
            }
            return rounded(scaled, digits);
        }
    }
}
