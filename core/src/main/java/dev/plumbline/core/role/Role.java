package dev.plumbline.core.role;

import java.util.Locale;

/** What a metric is to its benchmark. */
public enum Role {
    /** Judged; a regression fails the gate. */
    PRIMARY,
    /** Judged and shown with its benchmark; it does not fail the gate. */
    SECONDARY,
    /** Kept and shown, not judged. */
    CONTEXT;

    /** How it is written: in small letters. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
