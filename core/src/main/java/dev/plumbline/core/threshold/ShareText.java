package dev.plumbline.core.threshold;

import java.math.BigDecimal;

/** Shares of one as people write them. */
public final class ShareText {
    private ShareText() {}

    /**
     * {@code 2.5 %} of 0.025, without an exponent and without superfluous zeros.
     *
     * @param share finite
     * @throws NumberFormatException if it is infinite or NaN
     */
    public static String of(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }
}
