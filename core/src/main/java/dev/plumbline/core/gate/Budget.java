package dev.plumbline.core.gate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.model.name.NamePattern;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An absolute limit for some series, independent of their history.
 *
 * @param name where it comes from, as reports show it: {@code plumbline.yaml:12:5}
 * @param benchmark which benchmarks it is for; all when it is not given
 * @param metric which metrics; all in the limit's kind of unit when it is not given
 * @param side the allowed side of the limit
 * @param limit in the unit; itself allowed
 * @param unit only series in a unit that can be converted to this one have the budget; a bare number holds for bare
 *     numbers
 */
public record Budget(
        String name,
        Optional<NamePattern> benchmark,
        Optional<NamePattern> metric,
        Side side,
        double limit,
        Unit unit) {
    private static final Pattern AMOUNT =
            Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,15})?(?:[eE][+-]?[0-9]{1,2})?)\\s*(\\S{0,20})");

    /** The allowed side of a limit. */
    public enum Side {
        AT_MOST,
        AT_LEAST
    }

    /** A number and its unit. */
    public record Amount(double number, Unit unit) {
        /**
         * Reads {@code 200 ms}, {@code 1.5 GiB}, {@code 1000 ops/s} or {@code 10}.
         *
         * @throws IllegalArgumentException if it is none
         */
        public static Amount parse(String text) {
            Matcher form = AMOUNT.matcher(text.strip());
            if (!form.matches() && text.strip().startsWith("-")) {
                throw new IllegalArgumentException("a limit is not negative");
            }
            if (!form.matches()) {
                throw new IllegalArgumentException("a limit is a number and a unit: 200 ms, 1.5 GiB, 1000 ops/s");
            }
            return new Amount(Double.parseDouble(form.group(1)), Unit.of(form.group(2)));
        }

        /** As {@link #parse} reads it. */
        @Override
        public String toString() {
            return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                    + (unit.symbol().isEmpty() ? "" : " " + unit.symbol());
        }
    }

    public Budget {
        requireNonNull(name, "name");
        requireNonNull(benchmark, "benchmark");
        requireNonNull(metric, "metric");
        requireNonNull(side, "side");
        requireNonNull(unit, "unit");
        if (!(limit >= 0 && limit < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a limit is not negative and finite, not " + limit);
        }
    }

    /** Whether a series has this budget. */
    public boolean isFor(SeriesKey key, Unit other) {
        return names(key) && unit.isComparableWith(other);
    }

    /** Whether the patterns match a series, whatever its unit. */
    public boolean names(SeriesKey key) {
        return benchmark.map(pattern -> pattern.matches(key.benchmark())).orElse(true)
                && metric.map(pattern -> pattern.matches(key.metric())).orElse(true);
    }

    /** The value of a series that has this budget, in the unit of the limit; empty where it keeps to the budget. */
    public OptionalDouble exceeding(double value, Unit other) {
        // without the last digits that factors such as 1e-9 leave behind
        double converted = value * other.factor() / unit.factor();
        boolean within = side == Side.AT_MOST ? converted <= limit * (1 + 1e-12) : converted >= limit * (1 - 1e-12);
        return within ? OptionalDouble.empty() : OptionalDouble.of(converted);
    }
}
