package dev.plumbline.core.api;

/** How large a change for the worse is. */
public enum Severity {
    /** No regression, or one below 2 %. */
    NONE,
    /** From 2 % on. */
    MINOR,
    /** From 5 % on. */
    MAJOR,
    /** From 10 % on. */
    CRITICAL
}
