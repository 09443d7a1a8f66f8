package dev.plumbline.ingest.llm;

import java.math.BigDecimal;

/** Shares as people write them. */
final class Shares {
    private Shares() {}

    /** 0.999 as {@code 99.9}. */
    static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString();
    }
}
