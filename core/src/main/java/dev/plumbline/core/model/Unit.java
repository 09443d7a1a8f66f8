package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A unit of measurement as the tool stated it, with the base unit it can be converted to.
 *
 * <p>{@code ns/op}, {@code us} and {@code ms/iter} all convert to seconds; {@code ops/ms} and {@code requests/sec}
 * convert to their own item per second. An unknown symbol is its own base unit with factor one, so that nothing is
 * guessed: two unknown units are comparable only if they are spelled the same.
 *
 * @param symbol the unit as the tool wrote it, trimmed; empty for a plain number
 * @param base the unit that values are compared in: {@code s}, {@code B}, {@code ops/s}, {@code B/s}, {@code 1} …
 * @param factor a value in this unit times this factor is the value in the base unit; positive and finite
 */
public record Unit(String symbol, String base, double factor) {
    /** The longest symbol accepted. */
    public static final int MAX_LENGTH = 128;

    private static final Map<String, Double> SECONDS = Map.ofEntries(
            Map.entry("ps", 1e-12),
            Map.entry("ns", 1e-9),
            Map.entry("nsec", 1e-9),
            Map.entry("nsecs", 1e-9),
            Map.entry("nanoseconds", 1e-9),
            Map.entry("us", 1e-6),
            Map.entry("usec", 1e-6),
            Map.entry("usecs", 1e-6),
            Map.entry("µs", 1e-6),
            Map.entry("μs", 1e-6),
            Map.entry("microseconds", 1e-6),
            Map.entry("ms", 1e-3),
            Map.entry("msec", 1e-3),
            Map.entry("msecs", 1e-3),
            Map.entry("milliseconds", 1e-3),
            Map.entry("s", 1.0),
            Map.entry("sec", 1.0),
            Map.entry("secs", 1.0),
            Map.entry("second", 1.0),
            Map.entry("seconds", 1.0),
            Map.entry("min", 60.0),
            Map.entry("minutes", 60.0),
            Map.entry("h", 3600.0),
            Map.entry("hr", 3600.0),
            Map.entry("hours", 3600.0),
            Map.entry("day", 86400.0));

    private static final Map<String, Double> BYTES = Map.ofEntries(
            Map.entry("b", 1.0),
            Map.entry("byte", 1.0),
            Map.entry("bytes", 1.0),
            Map.entry("kb", 1e3),
            Map.entry("mb", 1e6),
            Map.entry("gb", 1e9),
            Map.entry("tb", 1e12),
            Map.entry("kib", 1024.0),
            Map.entry("mib", 1048576.0),
            Map.entry("gib", 1073741824.0),
            Map.entry("tib", 1099511627776.0));

    /** Units per call that are the same quantity: a duration for each call is a duration. */
    private static final Map<String, Boolean> PER_CALL = Map.ofEntries(
            Map.entry("op", true),
            Map.entry("ops", true),
            Map.entry("iter", true),
            Map.entry("iteration", true),
            Map.entry("call", true),
            Map.entry("round", true),
            Map.entry("run", true),
            Map.entry("query", true),
            Map.entry("request", true));

    public Unit {
        requireNonNull(symbol, "symbol");
        requireNonNull(base, "base");
        if (symbol.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a unit may have " + MAX_LENGTH + " characters, this one has " + symbol.length());
        }
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the factor of a unit is positive and finite, not " + factor);
        }
    }

    /** Parses a unit as tools write it; never fails for a symbol of sensible length. */
    public static Unit of(String symbol) {
        String trimmed = symbol.strip();
        int slash = trimmed.indexOf('/');
        if (slash < 0) {
            return simple(trimmed);
        }
        String above = trimmed.substring(0, slash).strip();
        String below = trimmed.substring(slash + 1).strip();
        String belowWord = below.toLowerCase(Locale.ROOT);
        Unit numerator = simple(above);
        if (PER_CALL.containsKey(belowWord)) {
            return new Unit(trimmed, numerator.base, numerator.factor);
        }
        Double seconds = SECONDS.get(belowWord);
        if (seconds != null) {
            return new Unit(trimmed, numerator.base + "/s", numerator.factor / seconds);
        }
        return new Unit(trimmed, numerator.base + "/" + below, numerator.factor);
    }

    private static Unit simple(String symbol) {
        String word = symbol.toLowerCase(Locale.ROOT);
        Double seconds = SECONDS.get(word);
        if (seconds != null) {
            return new Unit(symbol, "s", seconds);
        }
        // a lone capital-sensitive case: "b" alone too often means bits rather than bytes
        Double bytes = symbol.equals("b") ? null : BYTES.get(word);
        if (bytes != null) {
            return new Unit(symbol, "B", bytes);
        }
        return new Unit(symbol, symbol.isEmpty() ? "1" : symbol, 1.0);
    }

    /** Whether values in the two units can be compared after conversion. */
    public boolean isComparableWith(Unit other) {
        return base.equals(other.base);
    }

    /** Whether this is a duration, for one call or in all. */
    public boolean isDuration() {
        return base.equals("s");
    }

    /** Whether this measures how fast something runs: a duration, or operations per second. */
    public boolean isSpeed() {
        return isDuration() || base.equals("ops/s");
    }

    /** The usual direction of this kind of unit: durations and sizes fall, rates rise; empty where there is none. */
    public Optional<Better> usualDirection() {
        if (base.equals("s") || base.equals("B")) {
            return Optional.of(Better.LOWER);
        }
        return base.endsWith("/s") ? Optional.of(Better.HIGHER) : Optional.empty();
    }

    // equals and hashCode are written out because what the compiler makes for records is linked when first called,
    // which
    // takes a cold process long, and these are called for every measurement.
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Unit that
                        && symbol.equals(that.symbol)
                        && base.equals(that.base)
                        && Double.compare(factor, that.factor) == 0;
    }

    @Override
    public int hashCode() {
        return (31 * symbol.hashCode() + base.hashCode()) * 31 + Double.hashCode(factor);
    }
}
