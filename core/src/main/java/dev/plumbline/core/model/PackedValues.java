package dev.plumbline.core.model;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * A list of numbers with eight bytes each, where a list of objects takes twenty. It is immutable; NaN and infinite
 * numbers are allowed.
 */
public final class PackedValues extends AbstractList<Double> implements RandomAccess {
    private final double[] values;

    private PackedValues(double[] values) {
        this.values = values;
    }

    /** These numbers, packed; the list itself if it is already packed. */
    public static PackedValues of(List<Double> values) {
        return values instanceof PackedValues packed
                ? packed
                : new PackedValues(
                        values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** A copy of these numbers. */
    public static PackedValues of(double... values) {
        return new PackedValues(values.clone());
    }

    @Override
    public Double get(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return values.length;
    }

    /** A copy of them. */
    public double[] toDoubles() {
        return values.clone();
    }

    /** A copy of those from {@code first} up to but without {@code end}. */
    public PackedValues range(int first, int end) {
        return new PackedValues(Arrays.copyOfRange(values, first, end));
    }

    /** Bitwise, like {@link Double#equals}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PackedValues that ? Arrays.equals(values, that.values) : super.equals(other);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
