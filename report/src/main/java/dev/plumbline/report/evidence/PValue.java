package dev.plumbline.report.evidence;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A p-value in words, as every form of a report writes it. */
final class PValue {
    /** The smallest p-value that is shown as a number. */
    private static final double LEAST = 1e-4;

    private PValue() {}

    /** {@code p = 0.042}, {@code p < 0.0001}; two significant digits at most. */
    static String words(double p) {
        return "p " + (p < LEAST ? "< 0.0001" : "= " + rounded(p));
    }

    /** The same without its name, behind another one: {@code 0.042}, {@code < 0.0001}. */
    static String number(double p) {
        return p < LEAST ? "< 0.0001" : rounded(p);
    }

    private static String rounded(double p) {
        return Double.isNaN(p)
                ? "?"
                : new BigDecimal(p)
                        .round(new MathContext(2, RoundingMode.HALF_EVEN))
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
