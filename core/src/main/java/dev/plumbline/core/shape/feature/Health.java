package dev.plumbline.core.shape.feature;

import java.util.Locale;

/** The health of a series, from good to bad. */
public enum Health {
    /** No recommendation. */
    GOOD,
    /** Worth a look: it got a little worse, is getting worse, grew noisier, or can hardly be judged. */
    WATCH,
    /** It got worse by 5 % or more, or is so noisy that only large changes are found. */
    POOR,
    /** It got worse by 10 % or more. */
    CRITICAL;

    /** In small letters. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The worse of both. */
    public Health or(Health other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
