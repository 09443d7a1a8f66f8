package dev.plumbline.report;

import java.util.Optional;
import java.util.regex.Pattern;

/** The line of {@code plumbline.yaml} that renames a benchmark or a metric for all users. */
public final class AliasLine {
    /** Stars are patterns there, and braces belong to a label, which is no name. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.$:/ -]+");

    private AliasLine() {}

    /** The line; empty where the names need more than a line. */
    public static Optional<String> of(String from, String to, boolean isMetric) {
        return PLAIN.matcher(from).matches() && PLAIN.matcher(to).matches()
                ? Optional.of(
                        "aliases: {" + (isMetric ? "metrics" : "benchmarks") + ": {\"" + from + "\": \"" + to + "\"}}")
                : Optional.empty();
    }
}
