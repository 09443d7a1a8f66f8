package dev.plumbline.measure.subject;

/** The measuring time of each process of a benchmark, where none is set. */
public enum ForkLength {
    /** As long as every other: what is measured side by side must not differ in how long it ran. */
    SAME,
    /** As long as makes the mean best known for the time, given how processes and what is inside of them vary. */
    BALANCED
}
