package dev.plumbline.core.stats.suite;

/** The noise of a series before one of its runs, estimated from its own latest values. */
final class OwnNoise {
    /** Weight of the suite's rate of excursions, in values of a series. */
    private static final double RATE_RUNS = 20;

    private static final double LEAST_DEGREES = 2.5;
    private static final double MOST_DEGREES = 8;

    /**
     * The largest excursion that counts, in logarithms: one value beyond all bounds is no stronger evidence about the
     * next ones.
     */
    private static final double MOST_LOG = 2;

    /** Values count up to this many scales. */
    static final double CLIP = 2.5;

    private final double[] values;
    private final int from;
    private final int end;
    private final double scale;
    private final double logScale;
    private final double count;
    private final double correlation;
    private final double wander;

    // with what the suite lends
    private double shrunk = Double.NaN;
    private double worth;
    private double brief;
    private double briefLogs;
    private double wild;
    private double beyond;
    private double beyondLogs;

    /** The typical scale of the suite, and the weight of it as a prior, in values of a series. */
    record Typical(double scale, double worth) {}

    /**
     * @param values of which those from {@code from} to before {@code end} are the latest, as distances from the level
     * @param scale of these; NaN where they are too few
     * @param usual the scale beyond which values are clipped before neighbours are compared
     * @param count how many values that is worth
     * @param wander variance of the level, in variances of a value
     */
    OwnNoise(double[] values, int from, int end, double scale, double usual, double count, double wander) {
        this.values = values;
        this.from = from;
        this.end = end;
        this.scale = scale;
        this.count = count;
        this.wander = wander;
        logScale = StrictMath.log(scale);
        correlation = correlation(CLIP * usual);
    }

    private double correlation(double limit) {
        double squares = 0;
        double products = 0;
        double last = 0;
        for (int i = from; i < end; i++) {
            double value = values[i];
            double clipped = value > limit ? limit : value < -limit ? -limit : value;
            squares += clipped * clipped;
            products += clipped * last;
            last = clipped;
        }
        return products / Math.max(squares, 1e-12);
    }

    boolean isKnown() {
        return !Double.isNaN(scale);
    }

    /** The natural logarithm of the scale; NaN where it is not known. */
    double logScale() {
        return logScale;
    }

    /** The number of values that the scale rests on. */
    double count() {
        return count;
    }

    /** The correlation of neighbouring values. */
    double correlation() {
        return correlation;
    }

    /** Excursions of less than three values in a row. */
    double brief() {
        return brief;
    }

    /** The sizes of these, in logarithms. */
    double briefLogs() {
        return briefLogs;
    }

    /** The share of outliers among them. */
    double wild() {
        return wild;
    }

    /** Shrinks the scale to the suite's, and counts excursions by it; three in a row are a level and none. */
    void shrink(Typical typical) {
        double to = Math.min(typical.scale(), 4 * scale);
        // a lone series is as noisy as its suite, but for the last digit
        worth = typical.worth() * (to < scale * (1 - 1e-9) ? 0.25 : 1);
        shrunk = Math.sqrt((count * scale * scale + worth * to * to) / (count + worth));
        double limit = Noise.BEYOND * shrunk;
        int row = 0;
        double rowLogs = 0;
        int rowWild = 0;
        for (int i = from; i <= end; i++) {
            if (i < end && values[i] > limit) {
                row++;
                rowLogs += Math.min(MOST_LOG, StrictMath.log(values[i] / limit));
                rowWild += values[i] > Noise.Wild.FAR * shrunk ? 1 : 0;
            } else if (row > 0) {
                beyond += row;
                beyondLogs += rowLogs;
                if (row < 3) {
                    brief += row;
                    briefLogs += rowLogs;
                    wild += rowWild;
                }
                row = 0;
                rowWild = 0;
                rowLogs = 0;
            }
        }
    }

    /**
     * The noise with all that the suite lends, after {@link #shrink}; null where the scale is not known.
     *
     * @param doubt weight of outliers: 1 without a past of the suite, 0 with a long one
     */
    Noise with(SuiteScan.Lent lent, double doubt) {
        return Double.isNaN(shrunk)
                ? null
                : new Noise(
                        end - from,
                        shrunk,
                        Math.max(LEAST_DEGREES, Math.min(MOST_DEGREES, 0.4 * (count + worth))),
                        (brief + RATE_RUNS * lent.rate()) / (count + RATE_RUNS),
                        (beyond + 3) / (beyondLogs + 3 / lent.exponent()),
                        lent.correlation(),
                        wander,
                        new Noise.Wild(
                                (wild + RATE_RUNS * lent.wild()) / (count + RATE_RUNS),
                                lent.wild(),
                                lent.series(),
                                doubt));
    }
}
