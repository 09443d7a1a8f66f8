package dev.plumbline.core.shape.feature;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalInt;

/**
 * The levels around which the values of a series gather.
 *
 * @param modes two or more, the lowest first
 * @param change what became of them
 * @param index place from which the change holds; absent where nothing changed
 */
public record Modes(List<Mode> modes, Change change, OptionalInt index) {
    public Modes {
        modes = List.copyOf(modes);
        requireNonNull(change, "change");
        requireNonNull(index, "index");
        if (modes.size() < 2) {
            throw new IllegalArgumentException("fewer than two modes");
        }
        if (index.isPresent() != (change != Change.NONE)) {
            throw new IllegalArgumentException(change + " with place " + index);
        }
    }

    /**
     * One of them.
     *
     * @param level in the unit of the values, as it is now
     * @param levelBefore the same before the change; equal unless that moved it
     * @param weight share of the values around it, as it is now
     * @param weightBefore the same before the change; equal where there was none
     */
    public record Mode(double level, double levelBefore, double weight, double weightBefore) {
        public Mode {
            if (!(weight >= 0 && weight <= 1 && weightBefore >= 0 && weightBefore <= 1)) {
                throw new IllegalArgumentException("weights " + weightBefore + " and " + weight);
            }
        }
    }

    /** The possible changes of modes. */
    public enum Change {
        /** They were there all along, with the same weights. */
        NONE,
        /** One came up. */
        APPEARED,
        /** The same modes with other weights: a level that moves by that is no step. */
        WEIGHT_MOVED,
        /** One of them is on another level since, while the others stayed. */
        LEVEL_MOVED
    }
}
