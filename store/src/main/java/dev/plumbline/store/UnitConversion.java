package dev.plumbline.store;

import dev.plumbline.core.model.Unit;

/** Converts values from one unit to a comparable one. */
public final class UnitConversion {
    private UnitConversion() {}

    /** The rounding error of factors in the quotient of two powers of ten that should be a whole number. */
    private static final double ROUNDING = 0x1p-50;

    /**
     * The value in the other unit; a whole number of times more or less between most units, so that 3 µs are 3000 ns.
     */
    public static double convert(double value, Unit from, Unit to) {
        if (from.factor() == to.factor()) {
            return value;
        }
        return from.factor() > to.factor()
                ? value * ratio(from.factor(), to.factor())
                : value / ratio(to.factor(), from.factor());
    }

    private static double ratio(double large, double small) {
        double ratio = large / small;
        double whole = Math.rint(ratio);
        return Math.abs(ratio - whole) <= ratio * ROUNDING ? whole : ratio;
    }
}
