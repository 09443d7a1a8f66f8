package dev.plumbline.core.finding;

/** How large a change for the worse is; it says nothing about how certain the change is. */
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
