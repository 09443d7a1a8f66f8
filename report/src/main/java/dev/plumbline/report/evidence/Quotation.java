package dev.plumbline.report.evidence;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Quoted;
import dev.plumbline.core.gate.Cause;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A quotation from a stored report of whatever version.
 *
 * @param name the name of the evidence; empty for a reason
 * @param words its sentence
 * @param numbers its numbers by name, in their order
 */
public record Quotation(String name, String words, Map<String, Double> numbers) implements Quoted, Cause.Quoted {
    public Quotation {
        requireNonNull(name, "name");
        requireNonNull(words, "words");
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }

    /** A sentence alone. */
    public static Quotation of(String words) {
        return new Quotation("", words, Map.of());
    }

    EvidenceWords told() {
        EvidenceWords told = EvidenceWords.of(name, () -> words);
        for (Map.Entry<String, Double> number : numbers.entrySet()) {
            told = told.with(number.getKey(), number.getValue());
        }
        return told;
    }
}
