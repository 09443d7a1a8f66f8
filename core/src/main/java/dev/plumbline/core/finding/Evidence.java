package dev.plumbline.core.finding;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Unit;
import java.util.Optional;

/**
 * The evidence for a verdict, as numbers. The module {@code report} has a name and a sentence for each kind.
 *
 * <p>Shares, changes and probabilities are plain numbers: 0.02 is 2 %. A change is relative to the level before it, and
 * infinite out of a level of zero. Levels and differences are in the unit of the finding.
 */
public sealed interface Evidence
        permits HistoryEvidence,
                ProcessEvidence,
                PairEvidence,
                TailEvidence,
                Evidence.LargeFloor,
                Evidence.ForeignUnit,
                Evidence.OtherDirection,
                Quoted {
    /**
     * The smallest absolute change that matters is a larger share of the level than the margin.
     *
     * @param floor the smallest absolute change that matters, in the unit
     * @param unit of floor and level
     * @param level the level it is a share of; with 0 there is no share
     * @param asked the margin without the floor
     * @param margin the margin with it
     */
    record LargeFloor(double floor, Unit unit, double level, double asked, double margin) implements Evidence {
        public LargeFloor {
            requireNonNull(unit, "unit");
        }
    }

    /**
     * Values in a unit that cannot be converted to that of what they would be judged against.
     *
     * @param own the unit of the values, where it is known
     * @param against what they would be judged against
     * @param other the unit of that, where it is known
     */
    record ForeignUnit(Optional<Unit> own, Against against, Optional<Unit> other) implements Evidence, Reason {
        /** The reference of a judgement. */
        public sealed interface Against {}

        /** Newer runs of the same series. */
        public record NewerRuns() implements Against {}

        /**
         * Earlier runs of the same series.
         *
         * @param count how many, at least 1
         */
        public record EarlierRuns(int count) implements Against {}

        /**
         * The same series of another branch.
         *
         * @param name of the branch
         */
        public record Branch(String name) implements Against {
            public Branch {
                requireNonNull(name, "name");
            }
        }

        /** An established baseline. */
        public record Established() implements Against {}

        /** The other side of a comparison. */
        public record Base() implements Against {}

        public ForeignUnit {
            requireNonNull(own, "own");
            requireNonNull(against, "against");
            requireNonNull(other, "other");
        }
    }

    /**
     * Values that turn round which way is better.
     *
     * @param stated the direction that the values call better
     * @param established what is better in all that they would be judged against
     */
    record OtherDirection(Better stated, Better established) implements Evidence, Reason {
        public OtherDirection {
            requireNonNull(stated, "stated");
            requireNonNull(established, "established");
        }
    }
}
