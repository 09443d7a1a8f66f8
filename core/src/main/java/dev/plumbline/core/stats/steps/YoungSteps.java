package dev.plumbline.core.stats.steps;

import dev.plumbline.core.stats.steps.noise.NeighbourNoise;
import dev.plumbline.core.stats.steps.noise.Robust;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * One step in a series of {@value #LEAST} to {@value #MOST} values, where ranks and clipped statistics cannot be
 * certain yet.
 *
 * <p>Of all places the one with the largest statistic is asked: generalised least squares of a constant and a step
 * under AR(1) noise (Prais and Winsten 1954). The autocorrelation is estimated around the two levels of that place. A
 * straight line must not explain the values as well, and the change must be abrupt. Isolated spikes are left out.
 */
final class YoungSteps {
    static final int LEAST = 9;
    static final int MOST = 36;
    /** The least numbers of values before and after a step. */
    private static final int BEFORE = 6;

    private static final int AFTER = 3;
    /** Below this number of values no slope is estimated beside the steps; a step is compared with a straight line. */
    static final int SLOPED = 40;
    /** The number of values from which the scan knows the noise and looks for suspects itself. */
    static final int KNOWN_NOISE = 30;

    /**
     * Limits of the statistic for {@value #LEAST} values and more, simulated: 1.8 % of series under AR(1) 0.5 exceed
     * them, and 0.3 % of independent ones.
     */
    private static final double[] LIMITS = {4, 4.55, 4.8, 4.85};

    private static final double PRIOR_PHI = 0.2;
    private static final double PRIOR_PHI_DEVIATION = 0.15;
    private static final double MAX_PHI = 0.8;
    private static final double ABRUPT = 0.6;
    private static final double HALF = 0.5;
    /** The advantage over a line that a step of the scan needs, less by this for each unit of its statistic. */
    private static final double FULL_LINE = 7.5;

    private static final double LESS_LINE = 0.7;
    private static final double LEAST_LINE = 1;
    /** From this distance of the three values on each side, in deviations, nothing else is asked: it may be a stair. */
    private static final double EVIDENT = 4.9;

    private final double[] x;
    private final int[] places;
    private final int n;
    private final double floor;

    private YoungSteps(double[] x, int[] places, double floor) {
        this.x = x;
        this.places = places;
        this.n = x.length;
        this.floor = floor;
    }

    /** Tests the first {@code m} scores; {@code floor} is the lower limit of the noise. */
    private static YoungSteps of(double[] scores, int m, double floor) {
        int[] places = NeighbourNoise.of(scores, m, floor).withoutSpikes();
        // relative to one of them: large levels lose no digits in the sums
        double origin = places.length == 0 ? 0 : scores[places[places.length / 2]];
        double[] x = Arrays.stream(places)
                .mapToDouble(place -> scores[place] - origin)
                .toArray();
        return new YoungSteps(x, places, floor);
    }

    /** The step that is certain, if there is one. */
    static Optional<YoungStep> confirmed(double[] scores, int m, double floor, double strictness) {
        return likeliest(scores, m, floor, strictness).filter(YoungStep::isCertain);
    }

    /** The strongest step, certain or not; empty where there are too few or too many values. */
    static Optional<YoungStep> likeliest(double[] scores, int m, double floor, double strictness) {
        if (m < LEAST || m > MOST) {
            return Optional.empty();
        }
        YoungSteps values = of(scores, m, floor);
        return values.n < LEAST ? Optional.empty() : Optional.of(values.likeliest(strictness));
    }

    /**
     * The newest two scores of {@code m}, if they lie together and beyond the others.
     *
     * @param limit two-sided quantiles of the statistic
     */
    static Optional<YoungStep> suspected(double[] scores, int m, double floor, StudentQuantile limit) {
        int before = m - 2;
        if (m < LEAST) {
            return Optional.empty();
        }
        int[] others = NeighbourNoise.of(scores, before, floor).withoutSpikes();
        int n = others.length + 2;
        if (n < LEAST) {
            return Optional.empty();
        }
        int[] places = Arrays.copyOf(others, n);
        places[n - 2] = before;
        places[n - 1] = before + 1;
        double origin = scores[places[n / 2]];
        YoungSteps values = new YoungSteps(
                Arrays.stream(places)
                        .mapToDouble(place -> scores[place] - origin)
                        .toArray(),
                places,
                floor);
        double level = values.mean(0, n - 2);
        double shift = values.mean(n - 2, n) - level;
        double nearer = Math.min((values.x[n - 2] - level) / shift, (values.x[n - 1] - level) / shift);
        List<Check> checks = List.of(
                Check.atLeast(
                        Check.Kind.STATISTIC, values.new Innovations(PRIOR_PHI).statistic(n - 2), limit.at(n - 2)),
                Check.atLeast(Check.Kind.PERSISTENCE, nearer, HALF));
        return Optional.of(new YoungStep(before, n - 2, 1, checks)).filter(YoungStep::isCertain);
    }

    private YoungStep likeliest(double strictness) {
        Innovations prior = new Innovations(PRIOR_PHI);
        int b = BEFORE;
        double strongest = -1;
        for (int place = BEFORE; place <= n - AFTER; place++) {
            double statistic = prior.statistic(place);
            if (statistic > strongest) {
                strongest = statistic;
                b = place;
            }
        }
        double statistic = new Innovations(autocorrelation(b)).statistic(b);
        double shift = mean(b, n) - mean(0, b);
        double abrupt = shift == 0 ? 0 : (mean(b, b + AFTER) - mean(b - AFTER, b)) / shift;
        List<Check> checks = List.of(
                Check.atLeast(Check.Kind.STATISTIC, statistic, limit(strictness)),
                Check.atLeast(
                        Check.Kind.LINE, stepOverLine(b), Robust.clip(1.5 + 0.3 * (n - 11), 1.5, 3) * Math.log(n)),
                Check.atLeast(Check.Kind.ABRUPTNESS, abrupt, ABRUPT));
        return new YoungStep(places[b], n - 2, n - AFTER - BEFORE + 1, checks);
    }

    private double limit(double strictness) {
        double limit = LIMITS[Math.min(n - LEAST, LIMITS.length - 1)];
        if (strictness == 1) {
            return limit;
        }
        TDistribution t = TDistribution.of(n - 2);
        return t.inverseSurvivalProbability(t.survivalProbability(limit) / strictness);
    }

    /** The autocorrelation of the residuals around two levels, drawn towards the prior. */
    private double autocorrelation(int b) {
        double before = mean(0, b);
        double after = mean(b, n);
        double squares = 0;
        double products = 0;
        double previous = 0;
        for (int i = 0; i < n; i++) {
            double residual = x[i] - (i < b ? before : after);
            squares += residual * residual;
            products += i == 0 || i == b ? 0 : residual * previous;
            previous = residual;
        }
        double raw = squares > 0 ? products / squares : 0;
        raw += (1 + 3 * raw) * 2 / n;
        double own = Math.max(0.05, 1 - raw * raw) / n;
        double prior = PRIOR_PHI_DEVIATION * PRIOR_PHI_DEVIATION;
        return Robust.clip((raw / own + PRIOR_PHI / prior) / (1 / own + 1 / prior), 0, MAX_PHI);
    }

    private double mean(int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += x[i];
        }
        return sum / (to - from);
    }

    /** Residual squares around a level before and one from {@code b} on; not less than the floor allows. */
    private double stepSquares(int b) {
        double before = mean(0, b);
        double after = mean(b, n);
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double residual = x[i] - (i < b ? before : after);
            squares += residual * residual;
        }
        return Math.max(squares, leastSquares());
    }

    /** Residual squares around the straight line of least squares; not less than the floor allows. */
    private double lineSquares() {
        double mean = mean(0, n);
        double squares = 0;
        double products = 0;
        for (int i = 0; i < n; i++) {
            double c = x[i] - mean;
            squares += c * c;
            products += c * (i - (n - 1) / 2.0);
        }
        double spread = n * (n * (double) n - 1) / 12;
        return Math.max(squares - products * products / spread, leastSquares());
    }

    private double leastSquares() {
        return floor * floor * (n - 2);
    }

    /** The values without what neighbours have in common: the first counts for the whole past. */
    private final class Innovations {
        private final double q;
        private final double constantSquares;
        private final double products;
        private final double squares;
        private final double[] y;
        private final double[] tail;

        Innovations(double phi) {
            q = 1 - phi;
            double root = Math.sqrt(1 - phi * phi);
            y = new double[n];
            tail = new double[n + 1];
            double sum = 0;
            double squared = 0;
            for (int i = n - 1; i > 0; i--) {
                y[i] = x[i] - phi * x[i - 1];
                tail[i] = tail[i + 1] + y[i];
                squared += y[i] * y[i];
                sum += y[i];
            }
            y[0] = root * x[0];
            constantSquares = root * root + (n - 1) * q * q;
            products = root * y[0] + q * sum;
            squares = squared + y[0] * y[0];
        }

        /** The absolute t statistic, with n - 2 degrees of freedom, of a step at {@code b}. */
        double statistic(int b) {
            int k = n - b;
            double both = q + q * q * (k - 1);
            double information = 1 + (k - 1) * q * q - both * both / constantSquares;
            double step = (y[b] + q * tail[b + 1] - both * products / constantSquares) / information;
            double rest = squares - products * products / constantSquares - step * step * information;
            return Math.abs(step) * Math.sqrt(information / Math.max(rest, leastSquares()) * (n - 2));
        }
    }

    /**
     * Whether a step at {@code place} of {@code scores[from, to)}, few values in all, is as likely a part of a slope.
     */
    static boolean isSlope(double[] scores, int from, int to, int place, double floor) {
        double[] part = Arrays.copyOfRange(scores, from, to);
        NeighbourNoise noise = NeighbourNoise.of(part, part.length, floor);
        YoungSteps values = of(part, part.length, floor);
        int n = values.n;
        int b = (int)
                Arrays.stream(values.places).filter(at -> from + at < place).count();
        if (b < 2 || n - b < 2) {
            return false;
        }
        double apart = values.mean(b, Math.min(n, b + AFTER)) - values.mean(Math.max(0, b - AFTER), b);
        if (Math.abs(apart) > EVIDENT * noise.scale()) {
            return false;
        }
        double statistic = values.new Innovations(values.autocorrelation(b)).statistic(b);
        double limit = Math.max(LEAST_LINE, FULL_LINE - LESS_LINE * statistic);
        return values.stepOverLine(b) <= limit * Math.log(n);
    }

    /** The advantage of a step over a straight line: twice the logarithm of the likelihood ratio. */
    private double stepOverLine(int b) {
        return n * Math.log(lineSquares() / stepSquares(b));
    }
}
