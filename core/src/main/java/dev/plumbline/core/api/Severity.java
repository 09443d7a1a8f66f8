package dev.plumbline.core.api;

/** The size class of a change for the worse. */
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
