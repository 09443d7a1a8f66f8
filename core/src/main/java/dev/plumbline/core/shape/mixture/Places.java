package dev.plumbline.core.shape.mixture;

import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/**
 * A model of a series from a position on, evaluated at many positions: its likelihood over all positions, and the most
 * likely one.
 *
 * @param best the likeliest
 * @param likelihood the logarithm of the mean likelihood of all places
 */
public record Places<T>(T best, double likelihood) {
    private static final int MOST = 20;

    /**
     * @param refined whether the best is searched for between the places, too; it changes the likelihood of all nowhere
     * @param edge places so near an end are left out
     * @param at the description from a place on; nothing where there is none, which has no likelihood
     * @param logLikelihood of a description
     */
    public static <T> Optional<Places<T>> of(
            boolean refined, int size, int edge, IntFunction<Optional<T>> at, ToDoubleFunction<T> logLikelihood) {
        int step = Math.max(1, (size - 2 * edge) / MOST);
        Optional<T> best = Optional.empty();
        int bestPlace = edge;
        double highest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        int count = 0;
        for (int place = edge; place <= size - edge; place += step) {
            count++;
            Optional<T> here = at.apply(place);
            if (here.isEmpty()) {
                continue;
            }
            double likelihood = logLikelihood.applyAsDouble(here.get());
            if (likelihood > highest) {
                sum = sum * StrictMath.exp(highest - likelihood) + 1;
                highest = likelihood;
                best = here;
                bestPlace = place;
            } else {
                sum += StrictMath.exp(likelihood - highest);
            }
        }
        if (best.isEmpty()) {
            return Optional.empty();
        }
        double mean = highest + StrictMath.log(sum / count);
        // what a coarse grid passed over
        for (int reach = refined ? step / 2 : 0; reach > 0; reach /= 2) {
            for (int place : new int[] {bestPlace - reach, bestPlace + reach}) {
                Optional<T> here = place < edge || place > size - edge ? Optional.empty() : at.apply(place);
                if (here.isPresent() && logLikelihood.applyAsDouble(here.get()) > highest) {
                    highest = logLikelihood.applyAsDouble(here.get());
                    best = here;
                    bestPlace = place;
                }
            }
        }
        return Optional.of(new Places<>(best.get(), mean));
    }
}
