package dev.plumbline.core.baseline;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** One quality check of a baseline. */
public sealed interface QualityCheck {
    /** The kinds of check, in the order in which they are reported. */
    enum Kind {
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

    /** The kind of the check. */
    Kind kind();

    /** Whether it is as it should be. */
    boolean passed();

    /**
     * The number of its runs.
     *
     * @param runs those that count
     * @param odd those that lie too far from the others to count
     * @param needed at least
     * @param fromHistory whether it was established from the history, of which a wider window may hold more
     */
    record Runs(int runs, int odd, int needed, boolean fromHistory) implements QualityCheck {
        @Override
        public Kind kind() {
            return Kind.RUNS;
        }

        @Override
        public boolean passed() {
            return runs >= needed;
        }
    }

    /**
     * The precision of its mean.
     *
     * @param width of the 95 % interval relative to the mean; infinite where no share of it is known
     * @param widest that passes
     * @param runsNeeded about, at this noise; empty where it passed, or where no number of runs is reasonable
     */
    record MeanInterval(double width, double widest, OptionalDouble runsNeeded) implements QualityCheck {
        public MeanInterval {
            requireNonNull(runsNeeded, "runsNeeded");
        }

        @Override
        public Kind kind() {
            return Kind.INTERVAL;
        }

        @Override
        public boolean passed() {
            return width < widest;
        }
    }

    /**
     * The changes of level inside.
     *
     * @param count how many
     * @param newest of them; empty where there is none
     */
    record Steps(int count, Optional<Newest> newest) implements QualityCheck {
        /**
         * The newest change of level.
         *
         * @param relativeChange infinite from a level of zero
         * @param commit of the first run on the new level; empty text where it is not known
         * @param time of that run
         */
        public record Newest(double relativeChange, String commit, Instant time) {
            public Newest {
                requireNonNull(commit, "commit");
                requireNonNull(time, "time");
            }
        }

        public Steps {
            requireNonNull(newest, "newest");
            if (newest.isEmpty() != (count == 0)) {
                throw new IllegalArgumentException(count + " steps, with the newest at " + newest);
            }
        }

        @Override
        public Kind kind() {
            return Kind.STEPS;
        }

        @Override
        public boolean passed() {
            return count == 0;
        }
    }

    /**
     * The slope inside.
     *
     * @param enough whether there are enough runs to see one
     * @param relativeRise from first to last run; empty where there is no slope
     * @param margin a smaller one passes
     */
    record Drift(boolean enough, OptionalDouble relativeRise, double margin) implements QualityCheck {
        public Drift {
            requireNonNull(relativeRise, "relativeRise");
        }

        @Override
        public Kind kind() {
            return Kind.DRIFT;
        }

        @Override
        public boolean passed() {
            return relativeRise.isEmpty() || Math.abs(relativeRise.getAsDouble()) < margin;
        }
    }

    /** The age of its newest run. */
    record Age(long days, int most) implements QualityCheck {
        @Override
        public Kind kind() {
            return Kind.AGE;
        }

        @Override
        public boolean passed() {
            return days <= most;
        }
    }

    /** The number of revisions measured since its newest run. */
    record Revisions(int count, int most) implements QualityCheck {
        @Override
        public Kind kind() {
            return Kind.REVISIONS;
        }

        @Override
        public boolean passed() {
            return count <= most;
        }
    }

    /** The time since the newest run of its environment. */
    record EnvironmentAge(String environment, long days, int most) implements QualityCheck {
        public EnvironmentAge {
            requireNonNull(environment, "environment");
        }

        @Override
        public Kind kind() {
            return Kind.ENVIRONMENT;
        }

        @Override
        public boolean passed() {
            return days <= most;
        }
    }
}
