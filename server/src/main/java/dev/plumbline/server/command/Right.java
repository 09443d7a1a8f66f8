package dev.plumbline.server.command;

/** The rights in a project. */
public enum Right {
    /** Look at the history. */
    READ,
    /** Add runs. */
    RECORD,
    /** Triage changes, and set what is normal. */
    DECIDE,
    /** Delete runs. */
    ADMINISTER
}
