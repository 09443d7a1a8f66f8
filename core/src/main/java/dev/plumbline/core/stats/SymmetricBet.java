package dev.plumbline.core.stats;

import dev.plumbline.core.stats.sample.Spread;

/**
 * Evidence against a centre of symmetry, robust against a few outliers.
 *
 * <p>Where differences lie symmetrically about a centre, whatever their distribution, the sign of each one's distance
 * from it is a fair coin, given its size and everything before it (de la Peña 1999; Ramdas, Ruf, Larsson and Koolen
 * 2020). Stakes on the next sign that the sizes so far decide on therefore win nothing in the long run, and what has
 * been won is an e-value: it ever passes 1/α with a chance of at most α. The stakes are those that win most where the
 * distances are Student's t with three degrees of freedom about a shifted centre: an outlier, which may come from any
 * side, gets a small stake.
 */
final class SymmetricBet {
    /** Shifts that are bet on, on either side, in robust deviations of a distance; with equal stakes. */
    private static final double[] SHIFTS = {0.125, 0.25, 0.5, 1, 2};

    private static final double DEGREES = 3;

    private SymmetricBet() {}

    /**
     * The logarithm of the e-value; 0 for no differences.
     *
     * @param differences finite, in the order in which they came
     * @param centre that the evidence is against
     */
    static double logEvidence(double[] differences, double centre) {
        double[] won = new double[2 * SHIFTS.length];
        Distances distances = new Distances(differences.length);
        for (double difference : differences) {
            double distance = difference - centre;
            double scale = distances.scaleWith(Math.abs(distance));
            if (distance != 0) {
                bet(distance / scale, won);
            }
        }
        return logMean(won);
    }

    private static void bet(double score, double[] won) {
        for (int i = 0; i < SHIFTS.length; i++) {
            // densities of Student's t with three degrees of freedom, about the shift on the one side and the other
            double near = density(score - SHIFTS[i]);
            double far = density(score + SHIFTS[i]);
            won[2 * i] += Math.log(2 * near / (near + far));
            won[2 * i + 1] += Math.log(2 * far / (near + far));
        }
    }

    /** But for a factor. */
    private static double density(double score) {
        double inverse = 1 + score * score / DEGREES;
        return 1 / (inverse * inverse);
    }

    private static double logMean(double[] logs) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            greatest = Math.max(greatest, log);
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - greatest);
        }
        return greatest + Math.log(sum / logs.length);
    }

    /** The distances so far, ascending. */
    private static final class Distances {
        private final double[] ascending;
        private double sum;
        private int count;

        Distances(int most) {
            ascending = new double[most];
        }

        /**
         * The robust deviation of the distances, one more among them: from their median, or where more than half are
         * zero from their mean.
         */
        double scaleWith(double distance) {
            int place = count++;
            while (place > 0 && ascending[place - 1] > distance) {
                ascending[place] = ascending[place - 1];
                place--;
            }
            ascending[place] = distance;
            sum += distance;
            double median = 0.5 * ascending[(count - 1) / 2] + 0.5 * ascending[count / 2];
            return Spread.MAD_TO_SIGMA * (median > 0 ? median : sum / count);
        }
    }
}
