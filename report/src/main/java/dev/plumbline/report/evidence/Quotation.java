package dev.plumbline.report.evidence;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Quoted;
import java.util.List;

/**
 * Evidence, or the reason of a verdict, quoted from a stored report of whatever version.
 *
 * @param name the name of the evidence, of a reason that of the check that decided; empty where it is unknown
 * @param words its sentence
 * @param numbers its numbers, in their order
 */
public record Quotation(String name, String words, List<NamedNumber> numbers) implements Quoted {
    public Quotation {
        requireNonNull(name, "name");
        requireNonNull(words, "words");
        numbers = List.copyOf(numbers);
    }

    /** A sentence alone. */
    public static Quotation of(String words) {
        return new Quotation("", words, List.of());
    }

    EvidenceWords reported() {
        return EvidenceWords.of(name, () -> words).withNumbers(numbers);
    }
}
