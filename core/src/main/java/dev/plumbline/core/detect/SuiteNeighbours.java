package dev.plumbline.core.detect;

import java.util.List;

/**
 * How much neighbours resemble each other in the series of a suite.
 *
 * <p>One history is too short to tell: of sixty runs, an autocorrelation of 0.5 is estimated at 0.3 often enough that
 * among three hundred series some look independent that are not, and those are the ones in which two odd runs in a row
 * raise an alarm. So every series borrows from the others (empirical Bayes): the autocorrelations of the suite are
 * normal around their mean, with the variance that the estimates show beyond their own errors (DerSimonian and Laird
 * 1986), and a series has what the others and its own past leave likely.
 */
final class SuiteNeighbours {
    /** What is believed of a series that stands alone. */
    private static final double ALONE = 0.1;

    private static final double ALONE_VARIANCE = 0.15 * 0.15;

    private static final double MOST = 0.8;

    private final List<Neighbours> series;
    private final double middle;
    private final double between;
    /** One over the variances of the known series, and of what is believed without any. */
    private final double precision;

    private final double weighted;

    private SuiteNeighbours(List<Neighbours> series, double middle, double between) {
        this.series = series;
        this.middle = middle;
        this.between = between;
        double sum = 1 / ALONE_VARIANCE;
        double weightedSum = ALONE / ALONE_VARIANCE;
        for (Neighbours one : series) {
            if (one.count() > 0) {
                double weight = 1 / (variance(one) + between);
                sum += weight;
                weightedSum += weight * one.correlation();
            }
        }
        precision = sum;
        weighted = weightedSum;
    }

    /** @param series one for each series of the suite, in its order */
    static SuiteNeighbours of(List<Neighbours> series) {
        double values = 0;
        double sum = 0;
        double squares = 0;
        for (Neighbours one : series) {
            values += one.count();
            sum += one.count() * one.correlation();
            squares += (double) one.count() * one.count();
        }
        double middle = values > 0 ? sum / values : ALONE;
        double scatter = 0;
        int known = 0;
        for (Neighbours one : series) {
            if (one.count() > 0) {
                double distance = one.correlation() - middle;
                scatter += one.count() * distance * distance;
                known++;
            }
        }
        double variance = Math.max(LEAST_VARIANCE, 1 - middle * middle);
        double room = values - squares / values;
        double between = room > 0 ? Math.max(0, (scatter - (known - 1) * variance) / room) : 0;
        return new SuiteNeighbours(List.copyOf(series), middle, between);
    }

    private static final double LEAST_VARIANCE = 0.05;

    private double variance(Neighbours one) {
        return Math.max(LEAST_VARIANCE, 1 - middle * middle) / one.count();
    }

    /**
     * The autocorrelation that is believed of one series, by its place: the likeliest and one standard error more, for
     * too little of it makes alarms and too much only costs a run; 0 to 0.8.
     */
    double of(int place) {
        Neighbours own = series.get(place);
        double others = precision;
        double sum = weighted;
        double ownPrecision = 0;
        if (own.count() > 0) {
            ownPrecision = 1 / variance(own);
            double weight = 1 / (variance(own) + between);
            others -= weight;
            sum -= weight * own.correlation();
        }
        double prior = 1 / (between + 1 / others);
        double mean = (prior * sum / others + ownPrecision * own.correlation()) / (prior + ownPrecision);
        return Math.max(0, Math.min(MOST, mean + Math.sqrt(1 / (prior + ownPrecision))));
    }
}
