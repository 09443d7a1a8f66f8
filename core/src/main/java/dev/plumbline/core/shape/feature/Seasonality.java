package dev.plumbline.core.shape.feature;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A seasonal pattern, in UTC.
 *
 * @param period how long it takes
 * @param strength the share of what is left without trend and steps that the season explains, 0 to 1
 * @param amplitude half the distance between its highest and lowest phase, relative to the level
 * @param pValue of so large differences between the phases, were there none (analysis of variance)
 * @param phases the season's effect at each phase, relative, the first at midnight, a week's on Monday; 0 where nothing
 *     was measured
 */
public record Seasonality(Period period, double strength, double amplitude, double pValue, List<Double> phases) {
    public Seasonality {
        requireNonNull(period, "period");
        phases = List.copyOf(phases);
        if (!(strength >= 0 && strength <= 1)) {
            throw new IllegalArgumentException("strength " + strength + " is not in [0, 1]");
        }
    }

    /** The relative effect at a time, in days since the epoch. */
    public double at(double day) {
        return phases.get(period.phase(day, phases.size()));
    }

    /** The periods that are searched for. */
    public enum Period {
        /** 24 hours. */
        DAILY(1),
        /** Seven days. */
        WEEKLY(7);

        /** In parts: far more than a double rounds by, and less than a second. */
        private static final double ROUNDING = 1e-6;

        private final int days;

        Period(int days) {
            this.days = days;
        }

        /** Its length in days. */
        public int days() {
            return days;
        }

        /** The phase of a time among a number of equal parts, in days since the epoch. */
        public int phase(double day, int phases) {
            // the epoch was a Thursday: three days later a week begins
            double since = this == WEEKLY ? day + 3 : day;
            double into = since - days * Math.floor(since / days);
            // a time on the hour, or at midnight, is not to fall into the part before by rounding
            int phase = (int) Math.floor(into * phases / days + ROUNDING);
            return Math.floorMod(phase, phases);
        }
    }
}
