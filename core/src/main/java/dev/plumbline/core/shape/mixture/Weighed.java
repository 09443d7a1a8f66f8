package dev.plumbline.core.shape.mixture;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The best fit of a model to a series, with its evidence: the logarithm of the mean likelihood of the values under
 * it, over kinds of tails and over the places from which it may begin, less half the logarithm of their number for
 * every parameter (Schwarz 1978).
 *
 * @param best the likeliest; nothing where no place allows one
 * @param likelihood the logarithm of its likelihood
 * @param evidence to be compared with that of other descriptions of the same values
 */
public record Weighed<T>(Optional<T> best, double likelihood, double evidence) {
    /** The model from a position on, with one kind of noise; empty if there is none. */
    @FunctionalInterface
    public interface Description<T> {
        Optional<T> from(int place, Tails tails);
    }

    /** A description without evidence. */
    static <T> Weighed<T> none() {
        return new Weighed<>(Optional.empty(), Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    /** The same with prior odds, as a logarithm. */
    public Weighed<T> favoured(double odds) {
        return new Weighed<>(best, likelihood, evidence + odds);
    }

    /** The same where only a share of what it has over another one counts. */
    public Weighed<T> over(Weighed<?> other, double share) {
        return best.isEmpty()
                ? this
                : new Weighed<>(best, likelihood, other.evidence() + share * (evidence - other.evidence()));
    }

    /**
     * @param refined whether the best is searched for between the places, too; it changes the evidence nowhere
     * @param tails the kinds that noise may be of
     * @param size how many values are described
     * @param edge places so near an end are left out
     * @param price of the parameters that the description takes
     */
    public static <T> Weighed<T> of(
            Description<T> description,
            ToDoubleFunction<T> logLikelihood,
            boolean refined,
            Tails[] tails,
            int size,
            int edge,
            double price) {
        Weighed<T> best = none();
        double[] means = new double[tails.length];
        for (int i = 0; i < tails.length; i++) {
            Tails one = tails[i];
            Optional<Places<T>> found =
                    Places.of(refined, size, edge, place -> description.from(place, one), logLikelihood);
            means[i] = found.map(Places::likelihood).orElse(Double.NEGATIVE_INFINITY);
            if (found.isPresent()) {
                double likelihood = logLikelihood.applyAsDouble(found.get().best());
                if (likelihood > best.likelihood()) {
                    best = new Weighed<>(Optional.of(found.get().best()), likelihood, 0);
                }
            }
        }
        if (best.best().isEmpty()) {
            return best;
        }
        double most = Arrays.stream(means).max().orElseThrow();
        double mean = Arrays.stream(means)
                .map(likelihood -> StrictMath.exp(likelihood - most))
                .average()
                .orElseThrow();
        return new Weighed<>(best.best(), best.likelihood(), most + StrictMath.log(mean) - price);
    }
}
