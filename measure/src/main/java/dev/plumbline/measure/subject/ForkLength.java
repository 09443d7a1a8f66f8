package dev.plumbline.measure.subject;

/** How long each process of a benchmark measures, where it is not told. */
public enum ForkLength {
    /** As long as every other: what is measured side by side must not differ in how long it ran. */
    SAME,
    /** As long as makes the mean best known for the time, given how processes and what is inside of them vary. */
    BALANCED
}
