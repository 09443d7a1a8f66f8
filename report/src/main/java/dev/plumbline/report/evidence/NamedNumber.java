package dev.plumbline.report.evidence;

import static java.util.Objects.requireNonNull;

/**
 * A number of evidence by the name that every form of a report has for it.
 *
 * @param name such as {@code detectable}
 * @param value may be infinite or NaN
 */
public record NamedNumber(String name, double value) {
    public NamedNumber {
        requireNonNull(name, "name");
    }
}
