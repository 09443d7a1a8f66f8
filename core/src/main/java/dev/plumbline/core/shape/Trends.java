package dev.plumbline.core.shape;

import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.core.shape.feature.Trend;
import dev.plumbline.core.stats.MannKendall;
import dev.plumbline.core.stats.TheilSen;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.sample.Location;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/** The slopes of the pieces of a course, by least squares and by ranks. */
final class Trends {
    /** The number of values that a slope needs. */
    static final int LEAST = 20;

    /** All pairs of more values would take long: means of neighbours are used instead. */
    private static final int MANY = 200;
    /** A slope is described by this number of means; they lose hardly anything of what all values show. */
    private static final int MEANS = 60;

    private final Observations series;
    private final double[] x;

    /** @param x the scores without seasons */
    Trends(Observations series, double[] x) {
        this.series = series;
        this.x = x;
    }

    /**
     * Whether values climb or fall by the signs of all pairs.
     *
     * @param level of the test
     */
    static boolean climb(double[] part, double level) {
        double[] thin = thinned(part, MANY);
        return MannKendall.leastPValue(thin) < level && MannKendall.test(thin).pValue() < level;
    }

    private static double[] thinned(double[] part, int most) {
        int each = part.length <= MANY ? 1 : (part.length + most - 1) / most;
        if (each < 2) {
            return part;
        }
        double[] means = new double[part.length / each];
        for (int i = 0; i < means.length; i++) {
            for (int j = 0; j < each; j++) {
                means[i] += part[i * each + j] / each;
            }
        }
        return means;
    }

    /** The trend of the newest piece, be it a slope or a level; empty for a short one. */
    Optional<Trend> newest(FittedCourse course) {
        return course.newest().length() >= LEAST ? Optional.of(of(course.newest())) : Optional.empty();
    }

    /** The newest slope of a course. */
    Optional<Shape> trending(FittedCourse course) {
        for (int i = course.pieces().size() - 1; i >= 0; i--) {
            Piece piece = course.pieces().get(i);
            if (!piece.isLevel()) {
                return Optional.of(new Shape.Trending(of(piece)));
            }
        }
        return Optional.empty();
    }

    private Trend of(Piece piece) {
        int from = piece.from();
        int to = piece.to();
        double[] part = Arrays.copyOfRange(x, from, to);
        double[] thin = thinned(part, MEANS);
        double each = (double) part.length / thin.length;
        TheilSen.Tested tested = TheilSen.tested(thin, 0.95);
        MannKendall.Result signs = tested.signs();
        TheilSen.Result robust = tested.line();
        Ramps plain = new Ramps(part, Location.median(part));
        Ramps.Ramp line = plain.line(0, part.length);
        double around = plain.around(0, part.length);
        double length = part.length - 1.0;
        double level = (line.before() + line.after()) / 2;
        double total = thin.length - 1.0;
        return new Trend(
                series.place(from),
                series.place(to - 1) + 1,
                series.relative((line.after() - line.before()) / length, level),
                perDay(part, from, level),
                series.relative(robust.slope() / each, level),
                series.relative(robust.slope() * total, level),
                new Interval(
                        series.relative(robust.interval().low() * total, level),
                        series.relative(robust.interval().high() * total, level),
                        0.95),
                around > 0 ? Math.max(0, 1 - line.residual() / around) : 0,
                signs.pValue(),
                signs.autocorrelation());
    }

    private OptionalDouble perDay(double[] part, int from, double level) {
        if (!series.hasDays()) {
            return OptionalDouble.empty();
        }
        double[] days = series.days();
        double day = 0;
        double score = 0;
        for (int i = 0; i < part.length; i++) {
            day += (days[from + i] - days[from]) / part.length;
            score += part[i] / part.length;
        }
        double product = 0;
        double squares = 0;
        for (int i = 0; i < part.length; i++) {
            double since = days[from + i] - days[from] - day;
            product += since * (part[i] - score);
            squares += since * since;
        }
        return squares > 0 ? OptionalDouble.of(series.relative(product / squares, level)) : OptionalDouble.empty();
    }
}
