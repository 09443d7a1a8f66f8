package dev.plumbline.core.finding;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/** The conclusion about one series. */
public sealed interface Verdict {

    /** The five verdicts by name, worst first. */
    enum Kind {
        REGRESSED,
        INCONCLUSIVE,
        NOT_COMPARABLE,
        IMPROVED,
        UNCHANGED
    }

    Kind kind();

    /** The measured change; empty where there is none. */
    Optional<Effect> effect();

    /** It moved for the worse, beyond noise and beyond the margin. */
    record Regressed(Effect change) implements Verdict {
        public Regressed {
            requireNonNull(change, "change");
        }

        @Override
        public Kind kind() {
            return Kind.REGRESSED;
        }

        @Override
        public Optional<Effect> effect() {
            return Optional.of(change);
        }
    }

    /** It moved for the better, beyond noise and beyond the margin. */
    record Improved(Effect change) implements Verdict {
        public Improved {
            requireNonNull(change, "change");
        }

        @Override
        public Kind kind() {
            return Kind.IMPROVED;
        }

        @Override
        public Optional<Effect> effect() {
            return Optional.of(change);
        }
    }

    /** The whole interval of the change lies inside the margin: a claim, not a shrug. */
    record Unchanged(Effect change) implements Verdict {
        public Unchanged {
            requireNonNull(change, "change");
        }

        @Override
        public Kind kind() {
            return Kind.UNCHANGED;
        }

        @Override
        public Optional<Effect> effect() {
            return Optional.of(change);
        }
    }

    /**
     * The data do not decide.
     *
     * @param reason why not
     * @param suspect whether it looks like a regression that another run should confirm or refute
     * @param runsNeeded how many more runs would decide; empty when no number of runs is known to
     * @param effect what was seen so far
     */
    record Inconclusive(Reason reason, boolean suspect, OptionalInt runsNeeded, Optional<Effect> effect)
            implements Verdict {
        public Inconclusive {
            requireNonNull(reason, "reason");
            requireNonNull(runsNeeded, "runsNeeded");
            requireNonNull(effect, "effect");
        }

        @Override
        public Kind kind() {
            return Kind.INCONCLUSIVE;
        }
    }

    /** There is nothing that this may be compared with, and why. */
    record NotComparable(Reason reason) implements Verdict {
        public NotComparable {
            requireNonNull(reason, "reason");
        }

        @Override
        public Kind kind() {
            return Kind.NOT_COMPARABLE;
        }

        @Override
        public Optional<Effect> effect() {
            return Optional.empty();
        }
    }
}
