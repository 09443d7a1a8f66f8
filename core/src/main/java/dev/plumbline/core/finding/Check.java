package dev.plumbline.core.finding;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One rung of the ladder that led to a verdict.
 *
 * @param name a stable short name: {@code enough-history}, {@code prediction} …
 * @param outcome what came of it
 * @param words the same in a sentence, with the numbers
 * @param numbers the numbers by name, in the order of a {@link LinkedHashMap}, else sorted; finite or infinite, never
 *     NaN
 */
public record Check(String name, Outcome outcome, String words, Map<String, Double> numbers) {
    /** The name of the rung that tells what can be detected. */
    public static final String SENSITIVITY = "sensitivity";

    /** What a check says. */
    public enum Outcome {
        /** Go on to the next rung. */
        PASSED,
        /** This rung decided the verdict. */
        DECIDED,
        /** Told for the reader; it decides nothing. */
        NOTED
    }

    public Check {
        requireNonNull(name, "name");
        requireNonNull(outcome, "outcome");
        requireNonNull(words, "words");
        // small maps without an order have another one in each process, and the same check would be told differently
        numbers = Collections.unmodifiableMap(
                numbers instanceof LinkedHashMap ? new LinkedHashMap<>(numbers) : new TreeMap<>(numbers));
    }
}
