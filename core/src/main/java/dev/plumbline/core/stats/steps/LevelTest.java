package dev.plumbline.core.stats.steps;

/**
 * Tests whether the values on one side of a position lie on another level than those on the other side.
 *
 * <p>The longer side is the base, the shorter one is tested; when the base is the later side, time is read backwards.
 * All conditions must hold; every one leaves its number.
 */
final class LevelTest {
    /** Values of a side that are looked at, next to the position. */
    static final int REACH = 200;

    private static final StudentQuantile SCATTER = new StudentQuantile(1e-2);
    private static final int PRIOR_DEGREES = 4;
    private static final int[] LOCAL_COUNTS = {4, 8, 16};
    // 97 % quantiles of chi-square with 4, 8 and 16 degrees of freedom
    private static final double[] LOCAL_LIMITS = {10.711898289670378, 17.01049321366808, 28.190742074561875};

    private final double[] base;
    private final double[] tested;
    private final double[] cleared = new double[REACH];
    private int n;
    private int k;
    private NoiseModel noise;
    private double centre;
    private double scale;
    private int sign;

    LevelTest(int length) {
        base = new double[Math.min(REACH, length)];
        tested = new double[Math.min(REACH, length)];
    }

    /** Sets the two sides: {@code x[a, c)} and {@code x[c, b)}. */
    void sides(double[] x, int a, int c, int b, NoiseModel noise, boolean forwards) {
        this.noise = noise;
        int left = Math.min(REACH, c - a);
        int right = Math.min(REACH, b - c);
        if (forwards) {
            n = left;
            k = right;
            System.arraycopy(x, c - n, base, 0, n);
            System.arraycopy(x, c, tested, 0, k);
        } else {
            n = right;
            k = left;
            for (int i = 0; i < n; i++) {
                base[i] = x[c + n - 1 - i];
            }
            for (int i = 0; i < k; i++) {
                tested[i] = x[c - 1 - i];
            }
        }
        centre = Robust.median(base, 0, n);
        scale = blended();
        sign = Robust.median(tested, 0, k) > centre ? 1 : -1;
    }

    /** The scale of the base, with the window's noise as 20 further values. */
    private double blended() {
        if (n < 8) {
            return noise.scale();
        }
        for (int i = 0; i < n; i++) {
            cleared[i] = base[i] - centre;
        }
        Robust.dither(cleared, n, noise.floor());
        double own = Robust.scale(cleared, n, 1, noise.floor());
        double pool = Math.min(noise.count(), 20);
        return Math.sqrt((pool * noise.scale() * noise.scale() + n * own * own) / (pool + n));
    }

    /** The generalised least squares statistic of an AR(1) series for a step, over its standard error. */
    private double statistic(double critical) {
        double low = -noise.clip(false) * scale;
        double high = noise.clip(true) * scale;
        double phi = noise.phi();
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Robust.clip(base[i] - centre, low, high);
        }
        double before = Robust.clip(base[n - 1] - centre, low, high);
        double d = Robust.clip(tested[0] - centre, low, high);
        double first = d - phi * before;
        double rest = 0;
        for (int i = 1; i < k; i++) {
            double next = Robust.clip(tested[i] - centre, low, high);
            rest += next - phi * d;
            d = next;
        }
        return gls(first, rest, sum / n, n, k, scale, noise, critical);
    }

    static double gls(
            double first, double rest, double mean, int n, int k, double scale, NoiseModel noise, double critical) {
        double phi = noise.phi();
        double q = 1 - phi;
        double information = 1 + (k - 1) * q * q;
        double h = q * (1 + (k - 1) * q) / information;
        double delta = (first + q * rest) / information - h * mean;
        double deviation = scale * Math.sqrt((1 - phi * phi) * (1 / information + h * h / (q * q * n)));
        double doubt = critical * noise.phiError() * (k - 1) * q / information;
        return delta / deviation / Math.sqrt(1 + 0.9 * doubt * doubt);
    }

    /** The number that the check of this kind looks at. */
    double measure(Check.Kind kind, StudentQuantile critical) {
        return switch (kind) {
            case STATISTIC -> sign * statistic(critical.at(noise.degrees()));
            case LOCAL_NOISE -> measure(Check.Kind.STATISTIC, critical) * scale / localScale();
            case PERSISTENCE -> persistence();
            case SCATTER -> scatter(localScale());
            case COUNT -> k;
            case RANKS -> rankProbability();
            case EFFECT -> throw new IllegalArgumentException("the effect is judged elsewhere");
        };
    }

    /** What it is held against. */
    double limit(Check.Kind kind, StudentQuantile critical) {
        return switch (kind) {
            case STATISTIC, LOCAL_NOISE -> critical.at(noise.degrees());
            case PERSISTENCE -> 0.5;
            case SCATTER -> SCATTER.at(PRIOR_DEGREES + k - 1);
            case COUNT -> clear() ? 2 : 3;
            case RANKS -> clear() ? 2e-3 : 2e-4;
            case EFFECT -> throw new IllegalArgumentException("the effect is judged elsewhere");
        };
    }

    boolean passes(Check.Kind kind, StudentQuantile critical) {
        double value = measure(kind, critical);
        double limit = limit(kind, critical);
        return kind == Check.Kind.RANKS ? value < limit : value >= limit;
    }

    Check check(Check.Kind kind, StudentQuantile critical) {
        return new Check(kind, measure(kind, critical), limit(kind, critical), passes(kind, critical));
    }

    /** No spike of the past could pass for the tested values. */
    private boolean clear() {
        return noise.clean(sign > 0) || novelty() > 1.5;
    }

    /** The larger of the scale and what is evident in the last values of the base. */
    private double localScale() {
        double best = scale;
        int near = Math.min(n, 24);
        double middle = Robust.median(base, Math.max(0, n - 40), n);
        double sum = 0;
        int next = 0;
        for (int i = 0; i < near && next < LOCAL_COUNTS.length; i++) {
            double w = Robust.clip(base[n - 1 - i] - middle, -3 * scale, 3 * scale);
            sum += w * w;
            if (i + 1 == LOCAL_COUNTS[next]) {
                best = Math.max(best, Math.sqrt(sum / LOCAL_LIMITS[next]));
                next++;
            }
        }
        best = Math.max(best, 0.75 * lastScale(12));
        return Math.max(best, 0.85 * lastScale(24));
    }

    private double lastScale(int count) {
        if (n < 2 * count) {
            return 0;
        }
        double middle = Robust.median(base, n - count, n);
        for (int i = 0; i < count; i++) {
            cleared[i] = base[n - count + i] - middle;
        }
        Robust.dither(cleared, count, noise.floor());
        return Robust.scale(cleared, count, 1, noise.floor());
    }

    /** The median of the newest three tested values as a share of the whole shift. */
    private double persistence() {
        double shift = Robust.median(tested, 0, k) - centre;
        double newest = Robust.median(tested, Math.max(0, k - 3), k) - centre;
        return shift == 0 ? 0 : newest / shift;
    }

    /** Difference of clipped means over an error that uses the tested side's own scatter. */
    private double scatter(double local) {
        double middle = Robust.median(tested, 0, k);
        double sum = 0;
        double mean = 0;
        for (int i = 0; i < k; i++) {
            double w = Robust.clip(tested[i] - middle, -8 * scale, 8 * scale);
            sum += w * w;
            mean += Robust.clip(tested[i] - middle, -4 * scale, 4 * scale);
        }
        double baseMean = 0;
        for (int i = 0; i < n; i++) {
            baseMean += Robust.clip(base[i] - centre, -3.5 * scale, 3.5 * scale);
        }
        double shift = middle + mean / k - centre - baseMean / n;
        double own = (PRIOR_DEGREES * local * local + sum) / (PRIOR_DEGREES + k - 1);
        double error = Math.sqrt(own * noise.meanFactor(k) / k + local * local * noise.longRunFactor() / n);
        return sign * shift / error;
    }

    /** The rank-sum probability; on innovations when the noise is autocorrelated. */
    private double rankProbability() {
        double phi = noise.phi();
        if (phi <= 0.2) {
            return RankSumTail.probability(base, n, tested, k, sign);
        }
        double[] left = new double[n - 1];
        double[] right = new double[k];
        for (int i = 1; i < n; i++) {
            left[i - 1] = base[i] - centre - phi * (base[i - 1] - centre);
        }
        right[0] = tested[0] - centre - phi * (base[n - 1] - centre);
        for (int i = 1; i < k; i++) {
            right[i] = tested[i] - centre - phi * (tested[i - 1] - centre);
        }
        return RankSumTail.probability(left, n - 1, right, k, sign);
    }

    /** How far the nearest tested value lies beyond the centre, over the side's largest past deviation. */
    private double novelty() {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < k; i++) {
            nearest = Math.min(nearest, (tested[i] - centre) * sign);
        }
        double extreme = Math.max(sign > 0 ? noise.highest() : noise.lowest(), 2.5);
        return nearest / scale / extreme;
    }
}
