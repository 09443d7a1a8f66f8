package dev.plumbline.core.baseline;

import static java.util.Objects.requireNonNull;

/**
 * One thing that makes a baseline trustworthy or not.
 *
 * @param kind what was looked at
 * @param passed whether it is as it should be
 * @param words what was found, with its numbers
 * @param remedy what would mend it; empty when it passed
 */
public record QualityCheck(Kind kind, boolean passed, String words, String remedy) {
    /** What is looked at, in the order in which it is told. */
    public enum Kind {
        /** Enough runs. */
        RUNS,
        /** A mean that is known well enough. */
        INTERVAL,
        /** No change of level inside. */
        STEPS,
        /** No slow slope inside. */
        DRIFT,
        /** Its newest run is not too old. */
        AGE,
        /** Not too many revisions since. */
        REVISIONS,
        /** Its environment still measures. */
        ENVIRONMENT
    }

    public QualityCheck {
        requireNonNull(kind, "kind");
        requireNonNull(words, "words");
        requireNonNull(remedy, "remedy");
        if (passed != remedy.isEmpty()) {
            throw new IllegalArgumentException("a failed check has a remedy, a passed one has none: " + words);
        }
    }
}
