package dev.plumbline.ingest.input.summary;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as programs print them for people: {@code 12.5ms}, {@code 1.02s}, {@code 1h2m3.5s}, {@code 0.0012 secs}.
 */
public final class Durations {
    private static final int LONGEST = 64;
    private static final Pattern PART = Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+)?)\\s*([a-zµμ]+)");

    /** Nanoseconds. */
    private static final Map<String, BigDecimal> UNITS = Map.ofEntries(
            Map.entry("ns", BigDecimal.ONE),
            Map.entry("us", BigDecimal.TEN.pow(3)),
            Map.entry("µs", BigDecimal.TEN.pow(3)),
            Map.entry("μs", BigDecimal.TEN.pow(3)),
            Map.entry("usec", BigDecimal.TEN.pow(3)),
            Map.entry("ms", BigDecimal.TEN.pow(6)),
            Map.entry("s", BigDecimal.TEN.pow(9)),
            Map.entry("sec", BigDecimal.TEN.pow(9)),
            Map.entry("secs", BigDecimal.TEN.pow(9)),
            Map.entry("m", new BigDecimal("60e9")),
            Map.entry("min", new BigDecimal("60e9")),
            Map.entry("h", new BigDecimal("3600e9")),
            Map.entry("hours", new BigDecimal("3600e9")));

    private Durations() {}

    /**
     * A duration in the unit wanted, as if it had been written so: {@code 9.31ms} is exactly the double 9310 in {@code
     * us}.
     *
     * @param unit {@code ns}, {@code us}, {@code ms} or {@code s}
     * @return NaN when the text is no duration
     */
    public static double parse(String text, String unit) {
        String written = text.strip();
        if (written.isEmpty() || written.length() > LONGEST) {
            return Double.NaN;
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(written);
        int at = 0;
        while (at < written.length()) {
            part.region(at, written.length());
            BigDecimal factor = part.lookingAt() ? UNITS.get(part.group(2)) : null;
            if (factor == null) {
                return Double.NaN;
            }
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(factor));
            at = part.end();
        }
        BigDecimal wanted = UNITS.get(unit);
        return wanted == null
                ? Double.NaN
                : nanos.divide(wanted, MathContext.DECIMAL128).doubleValue();
    }

    /** A decimal number of one unit in another that is smaller by a power of ten: 0.213 ms are exactly 213 us. */
    public static double shifted(double value, int places) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).movePointRight(places).doubleValue()
                : value;
    }
}
