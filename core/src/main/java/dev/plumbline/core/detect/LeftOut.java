package dev.plumbline.core.detect;

/**
 * The winsorised deviations of sorted values, each time without one of them.
 *
 * <p>Which value is left out moves the median to one of three places and the median distance from there to one of three
 * sizes, so there are nine sums at most, and each value is taken out of the one that it belongs to.
 */
final class LeftOut {
    private final double[] ascending;
    private final double[] deviations;
    /** The places in the order of their distance from the centre, and each place's rank there. */
    private final double[] distances;

    private final int[] ranks;
    private final double[] others;

    private LeftOut(double[] ascending) {
        this.ascending = ascending;
        deviations = new double[ascending.length];
        distances = new double[ascending.length];
        ranks = new int[ascending.length];
        others = new double[ascending.length - 1];
    }

    /**
     * @param ascending finite, at least three
     * @return of each place what {@link Winsorised#deviation} is of all others, but for rounding
     */
    static double[] deviations(double[] ascending) {
        LeftOut left = new LeftOut(ascending);
        int from = 0;
        while (from < ascending.length) {
            double centre = medianWithout(ascending, from);
            int to = from + 1;
            while (to < ascending.length && medianWithout(ascending, to) == centre) {
                to++;
            }
            left.around(centre, from, to);
            from = to;
        }
        return left.deviations;
    }

    private static double medianWithout(double[] sorted, int place) {
        int count = sorted.length - 1;
        return 0.5 * without(sorted, place, (count - 1) / 2) + 0.5 * without(sorted, place, count / 2);
    }

    private static double without(double[] sorted, int place, int index) {
        return sorted[index < place ? index : index + 1];
    }

    private void around(double centre, int from, int to) {
        rank(centre);
        Clipped[] known = new Clipped[3];
        for (int place = from; place < to; place++) {
            double limit = Winsorised.LIMIT * medianWithout(distances, ranks[place]);
            deviations[place] =
                    limit > 0 ? clipped(centre, limit, known).deviationWithout(ascending[place]) : direct(place);
        }
    }

    /** Most values are equal: nothing is clipped, and one far off would swallow the sum of the others. */
    private double direct(int place) {
        System.arraycopy(ascending, 0, others, 0, place);
        System.arraycopy(ascending, place + 1, others, place, others.length - place);
        return Winsorised.deviation(others, others.length);
    }

    private Clipped clipped(double centre, double limit, Clipped[] known) {
        int i = 0;
        while (known[i] != null && known[i].limit != limit) {
            i++;
        }
        if (known[i] == null) {
            known[i] = new Clipped(ascending, centre, limit);
        }
        return known[i];
    }

    private void rank(double centre) {
        int above = 0;
        while (above < ascending.length && ascending[above] < centre) {
            above++;
        }
        int below = above - 1;
        for (int rank = 0; rank < ascending.length; rank++) {
            double down = below >= 0 ? centre - ascending[below] : Double.POSITIVE_INFINITY;
            double up = above < ascending.length ? ascending[above] - centre : Double.POSITIVE_INFINITY;
            if (down <= up) {
                distances[rank] = down;
                ranks[below--] = rank;
            } else {
                distances[rank] = up;
                ranks[above++] = rank;
            }
        }
    }

    /** The sums of all values, each at most so far from a centre. */
    private static final class Clipped {
        private final double centre;
        private final double limit;
        private final int count;
        private double sum;
        private double squares;

        Clipped(double[] values, double centre, double limit) {
            this.centre = centre;
            this.limit = limit;
            count = values.length;
            for (double value : values) {
                double kept = kept(value);
                sum += kept;
                squares += kept * kept;
            }
        }

        private double kept(double value) {
            return Math.max(-limit, Math.min(limit, value - centre));
        }

        double deviationWithout(double value) {
            double kept = kept(value);
            return Winsorised.deviation(sum - kept, squares - kept * kept, count - 1);
        }
    }
}
