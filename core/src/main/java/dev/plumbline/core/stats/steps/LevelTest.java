package dev.plumbline.core.stats.steps;

import dev.plumbline.core.stats.steps.noise.NoiseModel;
import dev.plumbline.core.stats.steps.noise.Robust;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Tests whether the values on one side of a position lie on another level than those on the other side.
 *
 * <p>The longer side is the base, the shorter one is tested; when the base is the later side, time is read backwards.
 * All conditions must hold; every one leaves its number.
 */
final class LevelTest {
    private static final StudentQuantile SCATTER = new StudentQuantile(3e-2);
    private static final int PRIOR_DEGREES = 4;
    private static final int PRIOR_COUNT = 20;
    private static final double DOUBT = 0.5;
    private static final double PERSISTENCE = 0.4;
    private static final double NOVELTY = 1.5;
    private static final double INDEPENDENT = 0.2;
    /** The checks made here, in order. */
    private static final List<Check.Kind> KINDS = List.copyOf(EnumSet.range(Check.Kind.STATISTIC, Check.Kind.RANKS));

    private static final int[] LOCAL_COUNTS = {4, 8, 16};
    // 99 % quantiles of chi-square with 4, 8 and 16 degrees of freedom
    private static final double[] LOCAL_LIMITS = {13.276704135987622, 20.090235029663233, 31.99992690812045};

    private final double[] x;
    private final Robust robust;
    private final Levels levels;
    private final RankSumTail rankSum;
    private final double[] base;
    private final double[] tested;
    private final double[] baseInnovations;
    private final double[] testedInnovations;
    private int n;
    private int k;
    private NoiseModel noise;
    private Levels.Level level;
    private boolean atEnd;
    private double centre;
    private double middle;
    private double scale;
    private int sign;
    private double statistic;
    private double statisticLimit;
    private double ranks;
    private double local;

    LevelTest(double[] x, int length, Robust robust, Levels levels) {
        this.x = x;
        this.levels = levels;
        this.robust = robust;
        int most = Math.min(Flank.REACH, length);
        base = new double[most];
        tested = new double[most];
        baseInnovations = new double[most];
        testedInnovations = new double[most];
        rankSum = new RankSumTail(most);
    }

    /**
     * Sets the two sides of a position.
     *
     * @param last whether the right side reaches to the newest value
     */
    void set(Flank left, Flank right, NoiseModel noise, StepRole role, boolean last) {
        set(left, right, noise, role, last, false);
    }

    /** The strength from the statistic alone, under the window's noise: quick, and seldom less than the full one. */
    double roughStrength(Flank left, Flank right, NoiseModel noise, StepRole role) {
        set(left, right, noise, role, false, true);
        double ratio = statistic / statisticLimit;
        return ratio < 1 && nearlyCertain() ? 1 : Math.max(0, ratio);
    }

    private void set(Flank left, Flank right, NoiseModel noise, StepRole role, boolean last, boolean rough) {
        this.noise = noise;
        level = levels.of(role);
        boolean forwards = role != StepRole.INNER || left.length() >= right.length();
        atEnd = last && forwards;
        Flank longer = forwards ? left : right;
        Flank shorter = forwards ? right : left;
        n = longer.length();
        k = shorter.length();
        if (forwards) {
            System.arraycopy(x, left.from, base, 0, n);
            System.arraycopy(x, right.from, tested, 0, k);
        } else {
            for (int i = 0; i < n; i++) {
                base[i] = x[right.to - 1 - i];
            }
            for (int i = 0; i < k; i++) {
                tested[i] = x[left.to - 1 - i];
            }
        }
        centre = longer.centre;
        middle = shorter.centre;
        sign = middle > centre ? 1 : -1;
        // the window's noise counts as some further values of the base
        scale = noise.scale();
        if (n >= 8 && !rough) {
            double own = longer.scale(x, robust, noise.floor());
            double pool = Math.min(noise.count(), PRIOR_COUNT);
            scale = Math.sqrt((pool * scale * scale + n * own * own) / (pool + n));
        }
        statistic = sign * statistic();
        statisticLimit = level.critical().at(noise.degrees());
        ranks = Double.NaN;
        local = Double.NaN;
    }

    /** At least 1 when all checks hold; otherwise how near the first failed one came. */
    double strength() {
        double ratio = statistic / statisticLimit;
        if (ratio < 1) {
            if (!certainByRanks()) {
                return Math.max(0, ratio);
            }
            ratio = 1;
        }
        for (Check.Kind kind : KINDS) {
            if (asked(kind) && !passes(kind)) {
                return 0.99 - 0.01 * kind.ordinal();
            }
        }
        return ratio;
    }

    private boolean asked(Check.Kind kind) {
        return atEnd || kind != Check.Kind.PERSISTENCE;
    }

    /** All checks but the effect, whether or not they hold. */
    List<Check> checks() {
        if (statistic < statisticLimit) {
            certainByRanks();
        }
        List<Check> checks = new ArrayList<>();
        for (Check.Kind kind : KINDS) {
            if (asked(kind)) {
                checks.add(new Check(kind, measure(kind), limit(kind), passes(kind)));
            }
        }
        return checks;
    }

    /** True, and the statistic's limit is lowered, when the ranks leave no doubt and the statistic comes near. */
    private boolean certainByRanks() {
        if (nearlyCertain() && ranks() < level.certain()) {
            statisticLimit = level.loose().at(noise.degrees());
            return true;
        }
        return false;
    }

    private boolean nearlyCertain() {
        return statistic >= level.loose().at(noise.degrees()) && noise.phi() <= INDEPENDENT;
    }

    private double measure(Check.Kind kind) {
        return switch (kind) {
            case STATISTIC -> statistic;
            case LOCAL_NOISE -> statistic * scale / local();
            case PERSISTENCE -> persistence();
            case SCATTER -> scatter();
            case COUNT -> k;
            case RANKS -> ranks();
            case LINE, ABRUPTNESS -> throw new IllegalArgumentException(kind + " is asked in short series only");
            case EFFECT -> throw new IllegalArgumentException("the effect is judged on the scale of the values");
        };
    }

    private double limit(Check.Kind kind) {
        return switch (kind) {
            case STATISTIC, LOCAL_NOISE -> statisticLimit;
            case PERSISTENCE -> PERSISTENCE;
            case SCATTER -> SCATTER.at(PRIOR_DEGREES + k - 1);
            case COUNT -> clear() ? 2 : 3;
            case RANKS -> clear() ? level.clear() : level.doubtful();
            case LINE, ABRUPTNESS -> throw new IllegalArgumentException(kind + " is asked in short series only");
            case EFFECT -> throw new IllegalArgumentException("the effect is judged on the scale of the values");
        };
    }

    private boolean passes(Check.Kind kind) {
        double value = measure(kind);
        double limit = limit(kind);
        return kind == Check.Kind.RANKS ? value < limit : value >= limit;
    }

    /** The generalised least squares statistic of an AR(1) series for a step, over its standard error. */
    private double statistic() {
        double low = -noise.clip(false) * scale;
        double high = noise.clip(true) * scale;
        double phi = noise.phi();
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Robust.clip(base[i] - centre, low, high);
        }
        double d = Robust.clip(tested[0] - centre, low, high);
        double first = d - phi * Robust.clip(base[n - 1] - centre, low, high);
        double rest = 0;
        for (int i = 1; i < k; i++) {
            double next = Robust.clip(tested[i] - centre, low, high);
            rest += next - phi * d;
            d = next;
        }
        return statistic(
                first, rest, sum / n, n, k, scale, noise, level.critical().at(noise.degrees()));
    }

    /**
     * The statistic from sums of innovations: in them a step is (1, q, q, ...) with q = 1 - phi.
     *
     * @param first the first innovation of the tested side
     * @param rest sum of its other innovations
     * @param mean mean score of the base
     * @param critical the critical value it will be held against: autocorrelation is an estimate too
     */
    static double statistic(
            double first, double rest, double mean, int n, int k, double scale, NoiseModel noise, double critical) {
        double phi = noise.phi();
        double q = 1 - phi;
        double information = 1 + (k - 1) * q * q;
        double h = q * (1 + (k - 1) * q) / information;
        double delta = (first + q * rest) / information - h * mean;
        double doubt = critical * noise.phiError() * (k - 1) * q / information;
        double variance = (1 - phi * phi) * (1 / information + h * h / (q * q * n)) * (1 + DOUBT * doubt * doubt);
        return delta / (scale * Math.sqrt(variance));
    }

    /** The larger of the scale and what is evident in the last values of the base. */
    private double local() {
        if (Double.isNaN(local)) {
            local = scale;
            int near = Math.min(n, 24);
            double recent = robust.median(base, Math.max(0, n - 40), n);
            double sum = 0;
            int next = 0;
            for (int i = 0; i < near && next < LOCAL_COUNTS.length; i++) {
                double w = Robust.clip(base[n - 1 - i] - recent, -3 * scale, 3 * scale);
                sum += w * w;
                if (i + 1 == LOCAL_COUNTS[next]) {
                    local = Math.max(local, Math.sqrt(sum / LOCAL_LIMITS[next]));
                    next++;
                }
            }
            local = Math.max(local, 0.7 * lastScale(12));
            local = Math.max(local, 0.8 * lastScale(24));
        }
        return local;
    }

    private double lastScale(int count) {
        if (n < 2 * count) {
            return 0;
        }
        return robust.estimate(base, n - count, n, robust.median(base, n - count, n), 1, noise.floor());
    }

    /** The median of the newer half of the tested values, at least three, as a share of the whole shift. */
    private double persistence() {
        double shift = middle - centre;
        double newest = robust.median(tested, Math.max(0, k - Math.max(3, k / 2)), k) - centre;
        return shift == 0 ? 0 : newest / shift;
    }

    /** Difference of clipped means over an error that uses the tested side's own scatter. */
    private double scatter() {
        double wide = (noise.clean(sign > 0) ? 8 : 4) * scale;
        double sum = 0;
        double mean = 0;
        for (int i = 0; i < k; i++) {
            double d = tested[i] - middle;
            double w = Robust.clip(d, -wide, wide);
            sum += w * w;
            mean += Robust.clip(d, -4 * scale, 4 * scale);
        }
        double baseMean = 0;
        for (int i = 0; i < n; i++) {
            baseMean += Robust.clip(base[i] - centre, -3.5 * scale, 3.5 * scale);
        }
        double shift = middle + mean / k - centre - baseMean / n;
        double own = (PRIOR_DEGREES * local() * local() + sum) / (PRIOR_DEGREES + k - 1);
        double error = Math.sqrt(own * noise.meanFactor(k) / k + local() * local() * noise.longRunFactor() / n);
        return sign * shift / error;
    }

    /** The probability that the tested values rank that far beyond the base, or that close together, by chance. */
    private double ranks() {
        if (Double.isNaN(ranks)) {
            ranks = noise.phi() <= INDEPENDENT
                    ? Math.min(rankSum.probability(base, n, tested, k, sign), cohesion())
                    : innovationRanks();
        }
        return ranks;
    }

    /** Innovations are exchangeable where the values are not. */
    private double innovationRanks() {
        double phi = noise.phi();
        for (int i = 1; i < n; i++) {
            baseInnovations[i - 1] = base[i] - phi * base[i - 1];
        }
        testedInnovations[0] = tested[0] - phi * base[n - 1];
        for (int i = 1; i < k; i++) {
            testedInnovations[i] = tested[i] - phi * tested[i - 1];
        }
        return rankSum.probability(baseInnovations, n - 1, testedInnovations, k, sign);
    }

    /**
     * The probability that this number of independent values of the base's distribution lies beyond the nearest tested
     * one and in the same narrow place, which spikes of random heights do not. By Laplace's rule of succession.
     */
    private double cohesion() {
        if (k < 3 || k > 8) {
            return 1;
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < k; i++) {
            low = Math.min(low, tested[i]);
            high = Math.max(high, tested[i]);
        }
        double edge = sign > 0 ? low : high;
        int near = 0;
        int beyond = 0;
        for (int i = 0; i < n; i++) {
            near += base[i] > low - scale && base[i] < high + scale ? 1 : 0;
            beyond += (base[i] - edge) * sign >= 0 ? 1 : 0;
        }
        double p = (beyond + 1.0) / (n + 1);
        for (int j = 0; j < k - 1; j++) {
            p *= (near + 1.0 + j) / (n + 1 + j);
        }
        return p;
    }

    /** No spike of the past could pass for the tested values. */
    private boolean clear() {
        if (noise.clean(sign > 0)) {
            return true;
        }
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < k; i++) {
            nearest = Math.min(nearest, (tested[i] - centre) * sign);
        }
        double extreme = Math.max(sign > 0 ? noise.highest() : noise.lowest(), 2.5);
        return nearest / scale > NOVELTY * extreme;
    }
}
