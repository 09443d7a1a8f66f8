package dev.plumbline.core.threshold;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The smallest absolute change that matters.
 *
 * @param amount in the unit; not negative, finite
 * @param unit a bare number, the unit with the empty symbol, is a count and holds for counters in whatever unit they
 *     count
 */
public record Floor(double amount, Unit unit) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,15})?)\\s*(\\S{0,20})");

    public Floor {
        requireNonNull(unit, "unit");
        if (!(amount >= 0 && amount < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a floor is not negative and finite, not " + amount);
        }
    }

    /**
     * Reads {@code 50 ns}, {@code 4 KiB} or {@code 10}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Floor parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("a floor is a number and a unit: 50 ns, 4 KiB, or 10 for counts");
        }
        return new Floor(Double.parseDouble(form.group(1)), Unit.of(form.group(2)));
    }

    /** The same in another unit; empty where it does not hold for such series. */
    OptionalDouble in(Unit other, MetricKind kind) {
        if (unit.symbol().isEmpty()) {
            return kind == MetricKind.COUNTER || kind == MetricKind.LOSS || kind == MetricKind.WORK
                    ? OptionalDouble.of(amount)
                    : OptionalDouble.empty();
        }
        return unit.isComparableWith(other)
                ? OptionalDouble.of(rounded(amount * unit.factor() / other.factor()))
                : OptionalDouble.empty();
    }

    /** Without the last digits that factors such as 1e-9 leave behind: a change as large as the floor reaches it. */
    private static double rounded(double converted) {
        return new BigDecimal(converted).round(new MathContext(12)).doubleValue();
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        String number = BigDecimal.valueOf(amount).stripTrailingZeros().toPlainString();
        return unit.symbol().isEmpty() ? number : number + " " + unit.symbol();
    }
}
