package dev.plumbline.core.stats;

/** Order statistics without sorting (Hoare's algorithm with Floyd and Rivest's sampled pivot, 1975). */
final class Selection {
    private Selection() {}

    /** The value of the given rank, counted from 0. Moves the values about. */
    static double select(double[] values, int rank) {
        narrow(values, 0, values.length - 1, rank);
        return values[rank];
    }

    /** The same where an earlier selection has put the value among those from {@code from} to before {@code to}. */
    static double select(double[] values, int from, int to, int rank) {
        narrow(values, from, to - 1, rank);
        return values[rank];
    }

    /** The median. Moves the values about. */
    static double median(double[] values) {
        int n = values.length;
        double upper = select(values, n / 2);
        if (n % 2 == 1) {
            return upper;
        }
        double lower = values[0];
        for (int i = 1; i < n / 2; i++) {
            lower = Math.max(lower, values[i]);
        }
        return lower == upper ? lower : lower / 2 + upper / 2;
    }

    private static void narrow(double[] values, int from, int to, int rank) {
        int left = from;
        int right = to;
        while (right > left) {
            if (right - left > 600) {
                double n = right - left + 1.0;
                double i = rank - left + 1.0;
                double z = Math.log(n);
                double s = 0.5 * Math.exp(2 * z / 3);
                double sd = 0.5 * Math.sqrt(z * s * (n - s) / n) * Math.signum(i - n / 2);
                int newLeft = Math.max(left, (int) (rank - i * s / n + sd));
                int newRight = Math.min(right, (int) (rank + (n - i) * s / n + sd));
                narrow(values, newLeft, newRight, rank);
            }
            double pivot = values[rank];
            int i = left;
            int j = right;
            while (i <= j) {
                while (values[i] < pivot) {
                    i++;
                }
                while (values[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    double swap = values[i];
                    values[i] = values[j];
                    values[j] = swap;
                    i++;
                    j--;
                }
            }
            if (j < rank) {
                left = i;
            }
            if (i > rank) {
                right = j;
            }
        }
    }
}
