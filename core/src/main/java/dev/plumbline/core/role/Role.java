package dev.plumbline.core.role;

import java.util.Locale;

/** The roles of a metric for its benchmark. */
public enum Role {
    /** Judged; a regression fails the gate. */
    PRIMARY,
    /** Judged and shown with its benchmark; it does not fail the gate. */
    SECONDARY,
    /** Kept and shown, not judged. */
    CONTEXT;

    /** The word in reports: in small letters. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
