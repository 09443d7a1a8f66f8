package dev.plumbline.core.gate;

import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.sample.Location;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether numbers that a run shares with an earlier one were copied, or can be equal by chance.
 *
 * <p>Counts, sizes and constant values are equal in many runs, and after a revert all of them are those of an earlier
 * commit. So only times and rates count, and of those only series whose earlier values differ from run to run. The
 * chance that one of them repeats a value is taken from how finely its values are written and how far they spread. A
 * young series may still turn out to repeat itself, so that several of them have to agree: after n values that all
 * differ the next one is one of them with a chance of about 1 / (n + 1) (Laplace's rule of succession).
 */
public final class CopiedNumbers {
    /** Fewer earlier values do not show whether a series varies at all. */
    private static final int LEAST = 2;

    /** Fewer earlier values show it of several series alone. */
    private static final int MANY = 10;

    /** The share of earlier values that differ from all others, in a series that varies. */
    private static final double VARYING = 0.9;

    /** However many digits a value has, one series alone is no stronger evidence: they may be the same calculation. */
    private static final double LEAST_CHANCE = 1e-4;

    /** Runs that are equal by chance more often than this are not copied. */
    private static final double LIKELY = 0.01;

    private CopiedNumbers() {}

    /**
     * Whether chance is excluded.
     *
     * @param trials of a run all of whose numbers are those of an earlier run
     */
    public static boolean areCertain(List<Trial> trials) {
        double chance = 1;
        int most = 0;
        for (Trial trial : trials) {
            Series history = trial.history();
            double[] earlier = history.points().stream()
                    .mapToDouble(Point::value)
                    .filter(Double::isFinite)
                    .toArray();
            if (history.unit().isSpeed() && isVarying(earlier)) {
                chance *= chance(earlier, trial.candidate());
                most = Math.max(most, earlier.length);
            }
        }
        return most > 0 && chance * most < LIKELY;
    }

    private static boolean isVarying(double[] values) {
        double share = values.length < MANY ? 1 : VARYING;
        return values.length >= LEAST && Arrays.stream(values).distinct().count() >= share * values.length;
    }

    /**
     * The chance that a value equals a given one, if all that are about as near as the run before are as likely. A
     * given one that is written more coarsely than the others is one of as few.
     */
    private static double chance(double[] values, List<Point> copied) {
        double spread = Location.median(IntStream.range(1, values.length)
                .mapToDouble(i -> Math.abs(values[i] - values[i - 1]))
                .toArray());
        double finest = Arrays.stream(values).map(CopiedNumbers::grain).min().orElseThrow();
        double own = copied.stream()
                .mapToDouble(Point::value)
                .filter(Double::isFinite)
                .map(CopiedNumbers::grain)
                .max()
                .orElse(finest);
        double grain = Math.max(finest, own);
        double least = values.length < MANY ? 1.0 / (values.length + 1) : LEAST_CHANCE;
        return spread > 0 ? Math.max(least, Math.min(1, grain / spread)) : 1;
    }

    /** One unit of the last digit with which a value is written. */
    private static double grain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().ulp().doubleValue();
    }
}
