package dev.plumbline.core.shape;

import dev.plumbline.core.stats.Location;
import java.util.Arrays;
import java.util.Optional;

/**
 * A level that some values jump to from a place on, while the others stay: the later values as a mixture of the earlier
 * ones' normal and a second one with the same deviation.
 *
 * @param cut index of the first score after it came up
 * @param old the level that stays
 * @param other the new one
 * @param weight share of the later scores on the new level
 * @param deviation around each
 * @param logLikelihood of all scores, without the constant
 * @param plain the same where the later scores are one normal with its own mean and deviation
 */
record NewMode(int cut, double old, double other, double weight, double deviation, double logLikelihood, double plain) {
    private static final int FEWEST = 12;
    private static final int PLACES = 40;
    private static final int ITERATIONS = 25;
    private static final double NEAREST = 2.2;
    private static final double SMALLEST_WEIGHT = 0.15;
    private static final double LARGEST_WEIGHT = 0.85;
    /** Of a normal level two values in a hundred lie so far off on one side. */
    private static final double FAR_WEIGHT = 0.08;

    private static final double CONVERGED = 0.01;

    /** The likeliest place and level; nothing where no place shows a new level beside the old one. */
    static Optional<NewMode> find(double[] scores, double floor) {
        int n = scores.length;
        Optional<NewMode> best = Optional.empty();
        int step = Math.max(1, (n - 2 * FEWEST) / PLACES);
        for (int cut = FEWEST; cut <= n - FEWEST; cut += step) {
            Optional<NewMode> here = at(scores, cut, floor);
            if (here.isPresent() && (best.isEmpty() || here.get().logLikelihood > best.get().logLikelihood)) {
                best = here;
            }
        }
        return best;
    }

    static Optional<NewMode> at(double[] scores, int cut, double floor) {
        int n = scores.length;
        double[] early = Arrays.copyOf(scores, cut);
        double old = Location.mean(early);
        double squares = 0;
        for (double score : early) {
            squares += (score - old) * (score - old);
        }
        double deviation = Math.max(floor, Math.sqrt(squares / cut));
        double before = -cut * (StrictMath.log(deviation) + squares / cut / (2 * deviation * deviation));
        int later = n - cut;
        double mean = 0;
        for (int i = cut; i < n; i++) {
            mean += scores[i] / later;
        }
        double around = 0;
        double far = 0;
        int count = 0;
        for (int i = cut; i < n; i++) {
            around += (scores[i] - mean) * (scores[i] - mean);
            if (Math.abs(scores[i] - old) > 2 * deviation && Math.signum(scores[i] - old) == Math.signum(mean - old)) {
                far += scores[i];
                count++;
            }
        }
        if (count < 3 || count < FAR_WEIGHT * later || count > (1 - FAR_WEIGHT) * later) {
            return Optional.empty();
        }
        double own = Math.max(floor, Math.sqrt(around / later));
        double plain = before - later * (StrictMath.log(own) + around / later / (2 * own * own));
        double other = far / count;
        double weight = (double) count / later;
        double likelihood = 0;
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double sum = 0;
            double shares = 0;
            double previous = likelihood;
            likelihood = before;
            for (int i = cut; i < n; i++) {
                double z = (scores[i] - old) / deviation;
                double y = (scores[i] - other) / deviation;
                double stayed = (1 - weight) * StrictMath.exp(-z * z / 2);
                double moved = weight * StrictMath.exp(-y * y / 2);
                double density = Math.max(stayed + moved, Double.MIN_NORMAL);
                likelihood += StrictMath.log(density / deviation);
                double share = moved / density;
                shares += share;
                sum += share * scores[i];
            }
            if (iteration > 0 && likelihood - previous < CONVERGED) {
                break;
            }
            weight = Math.min(1, shares / later);
            other = shares > 0 ? sum / shares : other;
        }
        boolean believable =
                Math.abs(other - old) >= NEAREST * deviation && weight >= SMALLEST_WEIGHT && weight <= LARGEST_WEIGHT;
        return believable
                ? Optional.of(new NewMode(cut, old, other, weight, deviation, likelihood, plain))
                : Optional.empty();
    }
}
