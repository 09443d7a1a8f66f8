package dev.plumbline.report.evidence;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.gate.Cause;

/**
 * A reason of the gate from a stored report of whatever version.
 *
 * @param words its sentence
 * @param facts what else is known of it; {@link CauseFacts#NONE} in reports of earlier versions
 */
public record QuotedCause(String words, CauseFacts facts) implements Cause.Quoted {
    public QuotedCause {
        requireNonNull(words, "words");
        requireNonNull(facts, "facts");
    }
}
