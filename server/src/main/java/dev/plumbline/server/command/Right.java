package dev.plumbline.server.command;

/** What somebody may do in a project. */
public enum Right {
    /** Look at the history. */
    READ,
    /** Add runs. */
    RECORD,
    /** Say what a change means, and what is normal. */
    DECIDE,
    /** Delete runs. */
    ADMINISTER
}
