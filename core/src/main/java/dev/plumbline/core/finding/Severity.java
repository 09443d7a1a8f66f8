package dev.plumbline.core.finding;

/** The size class of a change for the worse, independent of its certainty. */
public enum Severity {
    NONE,
    MINOR,
    MAJOR,
    CRITICAL;

    /** Whether this is at least as bad as the other. */
    public boolean isAtLeast(Severity other) {
        return compareTo(other) >= 0;
    }
}
