package dev.plumbline.report.evidence;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Quoted;
import dev.plumbline.core.gate.Cause;
import java.util.List;

/**
 * A quotation from a stored report of whatever version.
 *
 * @param name the name of the evidence; empty for a reason
 * @param words its sentence
 * @param numbers its numbers, in their order
 */
public record Quotation(String name, String words, List<NamedNumber> numbers) implements Quoted, Cause.Quoted {
    public Quotation {
        requireNonNull(name, "name");
        requireNonNull(words, "words");
        numbers = List.copyOf(numbers);
    }

    /** A sentence alone. */
    public static Quotation of(String words) {
        return new Quotation("", words, List.of());
    }

    EvidenceWords told() {
        return EvidenceWords.of(name, () -> words).withNumbers(numbers);
    }
}
