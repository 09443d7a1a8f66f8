package dev.plumbline.core.shape;

import dev.plumbline.core.stats.Spread;
import java.util.Arrays;
import java.util.Optional;

/**
 * Asks whether a series that seems to move is rather on one level, and its noise changed or a new mode came up; and
 * where the noise changed around its course.
 */
final class OneLevelSearch {
    private static final double NOISE_LEVEL = 0.005;
    private static final double NOISE_RATIO = 1.5;
    /** A new mode this near an end is not searched for at the place of a step. */
    private static final int FEWEST = 12;
    /** With neighbours more alike than that, values keep to a level for long without there being modes. */
    private static final double LEAST_INDEPENDENCE = 0.3;
    /** That level and noise change at one place is rarer than a new mode, by e². */
    private static final double BOTH_AT_ONCE = 4;

    private final Observations series;
    private final double[] x;
    private final double[] clean;
    private final Course level;

    /**
     * @param x the scores without seasons
     * @param clean the same without spikes
     * @param level all of it as one level
     */
    OneLevelSearch(Observations series, double[] x, double[] clean, Course level) {
        this.series = series;
        this.x = x;
        this.clean = clean;
        this.level = level;
    }

    /**
     * How the series is best described.
     *
     * @param course one level where the mode or the noise explain all
     * @param mode that came up on one level
     * @param noise that changed around the course
     */
    record Reading(Course course, Optional<NewMode> mode, Optional<NoiseChange> noise) {}

    Reading read(Course course) {
        Optional<NoiseScan.Found> around = NoiseScan.find(level.residuals(x));
        if (course.moves() || around.isPresent() && around.get().pValue() < 0.5) {
            Optional<NewMode> mode = newMode(course);
            if (mode.isPresent()) {
                return new Reading(level, mode, Optional.empty());
            }
        }
        boolean noisy = course.moves() && around.isPresent() && onlyNoise(course, around.get());
        Course best = noisy ? level : course;
        return new Reading(best, Optional.empty(), noiseChange(best));
    }

    /** Whether one level with a change of noise describes the series better than levels and slopes do. */
    private boolean onlyNoise(Course course, NoiseScan.Found change) {
        if (change.pValue() >= NOISE_LEVEL) {
            return false;
        }
        int n = x.length;
        double[] moved = course.residuals(clean);
        double independence = Schwarz.independence(moved);
        int parameters = course.parameters();
        double noise = twoNoises(level.residuals(clean), change.index(), independence) + 3 * StrictMath.log(n);
        double constant =
                Schwarz.criterion(Schwarz.squares(moved, 0, n), n, independence, parameters - 1, series.floor());
        Optional<NoiseScan.Found> within = NoiseScan.find(moved);
        double both = within.isEmpty()
                ? Double.POSITIVE_INFINITY
                : twoNoises(moved, within.get().index(), independence) + (parameters + 1) * StrictMath.log(n);
        return noise < Math.min(constant, both);
    }

    private double twoNoises(double[] residuals, int cut, double independence) {
        int n = residuals.length;
        double floor = series.floor();
        return Schwarz.criterion(Schwarz.squares(residuals, 0, cut), cut, independence, 0, floor)
                + Schwarz.criterion(Schwarz.squares(residuals, cut, n), n - cut, independence, 0, floor);
    }

    private Optional<NoiseChange> noiseChange(Course course) {
        double[] residuals = course.residuals(x);
        return NoiseScan.find(residuals)
                .filter(found -> found.pValue() < NOISE_LEVEL)
                .map(found -> {
                    int cut = found.index();
                    double around = series.value(course.at(cut).at(cut));
                    return new NoiseChange(
                            series.place(cut),
                            noise(Arrays.copyOf(residuals, cut), around),
                            noise(Arrays.copyOfRange(residuals, cut, residuals.length), around),
                            found.pValue());
                })
                .filter(change -> change.ratio() >= NOISE_RATIO || change.ratio() <= 1 / NOISE_RATIO);
    }

    private double noise(double[] residuals, double around) {
        return series.relativeNoise(Spread.winsorisedDeviation(residuals), around);
    }

    /** A new mode that describes the series better than levels, slopes and noises do. */
    private Optional<NewMode> newMode(Course course) {
        int n = x.length;
        double floor = series.floor();
        double[] moved = course.residuals(x);
        if (Schwarz.independence(moved) < LEAST_INDEPENDENCE) {
            return Optional.empty();
        }
        double constant = -likelihood(moved, 0, n) * 2 + course.parameters() * StrictMath.log(n);
        Optional<NewMode> found = NewMode.find(x, floor);
        int cut = course.pieces().size() > 1 ? course.pieces().get(1).from() : -1;
        if (cut >= FEWEST && cut <= n - FEWEST) {
            Optional<NewMode> there = NewMode.at(x, cut, floor);
            if (there.isPresent()
                    && (found.isEmpty()
                            || there.get().logLikelihood() > found.get().logLikelihood())) {
                found = there;
            }
        }
        return found.filter(mode -> {
            double criterion = -2 * mode.logLikelihood() + 5 * StrictMath.log(n);
            double normal = -2 * mode.plain() + 5 * StrictMath.log(n);
            double[] around = level.residuals(x);
            double one = -2 * likelihood(around, 0, n) + 2 * StrictMath.log(n);
            double noises = -2 * (likelihood(around, 0, mode.cut()) + likelihood(around, mode.cut(), n))
                    + 4 * StrictMath.log(n);
            return criterion < constant
                    && criterion < Math.min(normal + BOTH_AT_ONCE, noises - 2)
                    && criterion < one - 1;
        });
    }

    private double likelihood(double[] residuals, int from, int to) {
        double floor = series.floor();
        double variance = Math.max(floor * floor, Schwarz.squares(residuals, from, to) / (to - from));
        return -(to - from) * (StrictMath.log(variance) + 1) / 2;
    }
}
