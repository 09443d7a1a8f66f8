package dev.plumbline.core.stats.sample;

/** Order statistics by partial sorting (Hoare's quickselect with the median of three as pivot). */
public final class Selection {
    private static final int SMALL = 12;

    private Selection() {}

    /** The median of the first {@code n} values, at least one, none NaN; the values are reordered. */
    public static double median(double[] values, int n) {
        int half = n >>> 1;
        double upper = select(values, n, half);
        if ((n & 1) == 1) {
            return upper;
        }
        double lower = values[0];
        for (int i = 1; i < half; i++) {
            if (values[i] > lower) {
                lower = values[i];
            }
        }
        // halves first: the sum of two large values may overflow; but half of the least number is none
        return lower == upper ? lower : 0.5 * lower + 0.5 * upper;
    }

    /**
     * Selects from the first {@code n} values, none NaN, the one with {@code rank} smaller or equal ones before it;
     * smaller ones are moved before it, larger ones behind.
     */
    public static double select(double[] values, int n, int rank) {
        return select(values, 0, n - 1, rank);
    }

    /**
     * The same where all before {@code first} are no larger, and all behind {@code last} no smaller, than those
     * between.
     */
    public static double select(double[] values, int first, int last, int rank) {
        int low = first;
        int high = last;
        while (high - low > SMALL) {
            int middle = (low + high) >>> 1;
            order(values, low, middle);
            order(values, low, high);
            order(values, middle, high);
            double pivot = values[middle];
            int i = low;
            int j = high;
            while (i <= j) {
                while (values[i] < pivot) {
                    i++;
                }
                while (values[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    swap(values, i, j);
                    i++;
                    j--;
                }
            }
            if (rank <= j) {
                high = j;
            } else if (rank >= i) {
                low = i;
            } else {
                return values[rank];
            }
        }
        for (int i = low + 1; i <= high; i++) {
            double value = values[i];
            int j = i - 1;
            while (j >= low && values[j] > value) {
                values[j + 1] = values[j];
                j--;
            }
            values[j + 1] = value;
        }
        return values[rank];
    }

    private static void order(double[] values, int a, int b) {
        if (values[b] < values[a]) {
            swap(values, a, b);
        }
    }

    private static void swap(double[] values, int a, int b) {
        double value = values[a];
        values[a] = values[b];
        values[b] = value;
    }
}
