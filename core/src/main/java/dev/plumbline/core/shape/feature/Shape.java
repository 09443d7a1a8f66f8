package dev.plumbline.core.shape.feature;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.shape.SeriesShape;
import java.util.Locale;

/** One feature of the course of a series. A series may have several; see {@link SeriesShape#shapes}. */
public sealed interface Shape {
    /** The word for it. */
    Word word();

    /** The words, those first that matter more when several are true. */
    enum Word {
        /** Its level changed at once, and the change lasts. */
        STEPPED,
        /** It climbs or falls along a line, slowly. */
        TRENDING,
        /** Values gather around several levels. */
        MULTIMODAL,
        /** Its noise changed. */
        VOLATILE,
        /** It varies with the time of day or week. */
        SEASONAL,
        /** A change that went away by itself. */
        RECOVERED,
        /** Single points far off its level. */
        SPIKED,
        /** Its newest points may be on a new level; a few more will decide. */
        SUSPECTED,
        /** Late points differ from early ones, though along no line and in no step. */
        DRIFTING,
        /** It takes few distinct values. */
        QUANTISED,
        /** One level with the same noise all along. */
        STABLE,
        /** All values are equal. */
        CONSTANT,
        /** Too few values for a description. */
        UNKNOWN;

        /** In small letters. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Lasting changes of level.
     *
     * @param steps how many; at least 1
     * @param index place of the first value after the newest one
     */
    record Stepped(int steps, int index) implements Shape {
        public Stepped {
            if (steps < 1 || index < 1) {
                throw new IllegalArgumentException(steps + " steps, the newest at " + index);
            }
        }

        @Override
        public Word word() {
            return Word.STEPPED;
        }
    }

    /** A slow slope. */
    record Trending(Trend trend) implements Shape {
        public Trending {
            requireNonNull(trend, "trend");
        }

        @Override
        public Word word() {
            return Word.TRENDING;
        }
    }

    /** Several levels at once. */
    record Multimodal(Modes modes) implements Shape {
        public Multimodal {
            requireNonNull(modes, "modes");
        }

        @Override
        public Word word() {
            return Word.MULTIMODAL;
        }
    }

    /** Noise that changed. */
    record Volatile(NoiseChange change) implements Shape {
        public Volatile {
            requireNonNull(change, "change");
        }

        @Override
        public Word word() {
            return Word.VOLATILE;
        }
    }

    /** A seasonality. */
    record Seasonal(Seasonality seasonality) implements Shape {
        public Seasonal {
            requireNonNull(seasonality, "seasonality");
        }

        @Override
        public Word word() {
            return Word.SEASONAL;
        }
    }

    /** A change that went away; the newest one if there were several. */
    record Recovered(Excursion excursion) implements Shape {
        public Recovered {
            requireNonNull(excursion, "excursion");
        }

        @Override
        public Word word() {
            return Word.RECOVERED;
        }
    }

    /**
     * Outliers clear of all other points.
     *
     * @param count how many anomalies there are
     * @param worst the one farthest off
     */
    record Spiked(int count, Anomaly worst) implements Shape {
        public Spiked {
            requireNonNull(worst, "worst");
            if (count < 1) {
                throw new IllegalArgumentException("no anomaly");
            }
        }

        @Override
        public Word word() {
            return Word.SPIKED;
        }
    }

    /**
     * A change of level that is not certain yet.
     *
     * @param index place of the first value after it
     * @param before the level before it, in the unit of the values
     * @param after the level after it
     * @param pValue of so clear a change anywhere, were there none
     */
    record Suspected(int index, double before, double after, double pValue) implements Shape {
        @Override
        public Word word() {
            return Word.SUSPECTED;
        }
    }

    /**
     * The first few values may be of another level; they are too few, whatever comes later.
     *
     * @param index place of the first value after them
     * @param before their level, in the unit of the values
     * @param after the level since
     */
    record SuspectedEarly(int index, double before, double after) implements Shape {
        @Override
        public Word word() {
            return Word.SUSPECTED;
        }
    }

    /** Late points differ from early ones. */
    record Drifting(DriftWindow window) implements Shape {
        public Drifting {
            requireNonNull(window, "window");
        }

        @Override
        public Word word() {
            return Word.DRIFTING;
        }
    }

    /**
     * Few distinct values.
     *
     * @param distinct how many
     * @param tick the smallest distance between two of them, in the unit of the values
     */
    record Quantised(int distinct, double tick) implements Shape {
        public Quantised {
            if (distinct < 2 || !(tick > 0)) {
                throw new IllegalArgumentException(distinct + " distinct values, " + tick + " apart");
            }
        }

        @Override
        public Word word() {
            return Word.QUANTISED;
        }
    }

    /** One level, one noise. */
    record Stable() implements Shape {
        @Override
        public Word word() {
            return Word.STABLE;
        }
    }

    /** One value. */
    record Constant() implements Shape {
        @Override
        public Word word() {
            return Word.CONSTANT;
        }
    }

    /**
     * Too few values.
     *
     * @param values finite ones
     * @param needed the number that would be enough
     */
    record Unknown(int values, int needed) implements Shape {
        @Override
        public Word word() {
            return Word.UNKNOWN;
        }
    }
}
