package dev.plumbline.core.stats.suite;

import dev.plumbline.core.stats.sample.Selection;
import java.util.Arrays;

/**
 * The common factors of all series of a suite: up to four that explain how standardised residuals move together.
 *
 * <p>Only factors whose eigenvalue exceeds the spectrum that pure noise of this shape has (Marchenko and Pastur
 * 1967; the spike transition of Baik, Ben Arous and Péché 2005) are kept, with loadings shrunk for the angle by which
 * the estimated direction misses the true one (Donoho, Gavish and Johnstone 2018). What is left of each series is its
 * own variance.
 */
final class LatentFactors {
    private static final int MOST = 4;
    private static final int ROUNDS = 3;

    /** An eigenvalue this much above the edge of noise is a factor. */
    private static final double ABOVE_EDGE = 1.1;

    private static final double LEAST_OWN = 0.1;
    private static final double LEAST_SHRINKAGE = 0.05;
    private static final int BLOCK = 6;
    private static final int ITERATIONS = 25;
    private static final int ROBUST_ROUNDS = 12;
    private static final double HUBER = 2;
    private static final double FIRST_CLIP = 4;

    /** Loadings by factor and series. */
    final double[][] loadings;

    /** The variance that each series has by itself. */
    final double[] own;

    /** One over each of them, and its root. */
    private final double[] precision;

    private final double[] deviations;

    private LatentFactors(double[][] loadings, double[] own) {
        this.loadings = loadings;
        this.own = own;
        precision = Arrays.stream(own).map(each -> 1 / each).toArray();
        deviations = Arrays.stream(own).map(Math::sqrt).toArray();
    }

    int count() {
        return loadings.length;
    }

    /**
     * Learns the factors.
     *
     * @param z standardised residuals by run and series, clipped, 0 where unknown; at least one of each
     */
    static LatentFactors of(double[][] z) {
        int runs = z.length;
        int series = z[0].length;
        double aspect = (double) series / runs;
        double edge = ABOVE_EDGE * (1 + Math.sqrt(aspect)) * (1 + Math.sqrt(aspect));
        double[] variance = new double[series];
        for (double[] row : z) {
            for (int i = 0; i < series; i++) {
                variance[i] += row[i] * row[i] / runs;
            }
        }
        for (int i = 0; i < series; i++) {
            variance[i] = Math.max(variance[i], 1e-6);
        }
        double[] own = variance.clone();
        double[][] loadings = new double[0][];
        for (int round = 0; round < ROUNDS; round++) {
            double[][] scaled = scaled(z, own);
            Eigen eigen = runs <= series ? Eigen.ofRows(scaled) : Eigen.ofColumns(scaled);
            int count = 0;
            while (count < Math.min(MOST, eigen.values.length) && eigen.values[count] > edge) {
                count++;
            }
            if (count == 0) {
                return new LatentFactors(new double[0][], variance);
            }
            loadings = new double[count][series];
            double[] explained = new double[series];
            for (int k = 0; k < count; k++) {
                double[] direction = runs <= series ? transposed(scaled, eigen.vectors[k]) : eigen.vectors[k];
                double a = eigen.values[k] - 1 - aspect;
                double strength = (a + Math.sqrt(Math.max(a * a - 4 * aspect, 0))) / 2;
                double shrinkage = Math.max(
                        LEAST_SHRINKAGE, Math.min(1, (1 - aspect / (strength * strength)) / (1 + aspect / strength)));
                double size = Math.sqrt(strength * shrinkage);
                for (int i = 0; i < series; i++) {
                    loadings[k][i] = direction[i] * size * Math.sqrt(own[i]);
                    explained[i] += loadings[k][i] * loadings[k][i];
                }
            }
            for (int i = 0; i < series; i++) {
                own[i] = Math.max(variance[i] - explained[i], LEAST_OWN * variance[i]);
            }
        }
        return new LatentFactors(loadings, own);
    }

    private static double[][] scaled(double[][] z, double[] own) {
        double[] weight = Arrays.stream(own).map(each -> 1 / Math.sqrt(each)).toArray();
        double[][] scaled = new double[z.length][weight.length];
        for (int t = 0; t < z.length; t++) {
            for (int i = 0; i < weight.length; i++) {
                scaled[t][i] = z[t][i] * weight[i];
            }
        }
        return scaled;
    }

    /** The unit vector along rows' * vector. */
    private static double[] transposed(double[][] rows, double[] vector) {
        double[] product = new double[rows[0].length];
        for (int t = 0; t < rows.length; t++) {
            for (int i = 0; i < product.length; i++) {
                product[i] += rows[t][i] * vector[t];
            }
        }
        double norm = Math.sqrt(Arrays.stream(product).map(each -> each * each).sum());
        for (int i = 0; i < product.length; i++) {
            product[i] /= norm;
        }
        return product;
    }

    /**
     * The prediction for each series from the others of the run: a ridge regression on the factors with Huber's
     * weights, solved once more without the series itself.
     *
     * @param z standardised residuals of one run, 0 where unknown
     * @return in the same units; a series is never used to predict itself
     */
    double[] predict(double[] z) {
        int q = loadings.length;
        int series = own.length;
        double[] clipped = new double[series];
        for (int i = 0; i < series; i++) {
            clipped[i] = Math.max(-FIRST_CLIP, Math.min(FIRST_CLIP, z[i]));
        }
        double[] weights = precision.clone();
        Normal normal = new Normal();
        normal.weigh(weights);
        double[] robust = normal.factors(clipped);
        for (int round = 0; round < ROBUST_ROUNDS; round++) {
            weigh(z, robust, weights);
            normal.weigh(weights);
            robust = normal.factors(z);
        }
        double[] right = normal.right(z);
        double[] predicted = new double[series];
        double[][] without = new double[q][q];
        double[] target = new double[q];
        for (int i = 0; i < series; i++) {
            double weight = weights[i];
            double sum = 0;
            for (int k = 0; k < q; k++) {
                for (int l = 0; l < q; l++) {
                    without[k][l] = normal.matrix[k][l] - weight * loadings[k][i] * loadings[l][i];
                }
                target[k] = right[k] - weight * loadings[k][i] * z[i];
            }
            double[] factors = solved(without, target);
            for (int k = 0; k < q; k++) {
                sum += loadings[k][i] * factors[k];
            }
            predicted[i] = sum;
        }
        return predicted;
    }

    /**
     * The shift that all series have alike beside what the factors explain: the generalised least-squares estimate of a
     * constant under the covariance of factors and own variances (Aitken 1935), with Huber's weights.
     *
     * @param residuals of one run, in the unit of {@code scale}, 0 where unknown
     * @param scale by which residuals are standardised; infinite where unknown
     */
    double alike(double[] residuals, double[] scale) {
        double[] ones = new double[own.length];
        double[] values = new double[own.length];
        for (int i = 0; i < own.length; i++) {
            ones[i] = 1 / scale[i];
            values[i] = residuals[i] / scale[i];
        }
        double[] weights = precision.clone();
        double shift = middle(residuals, scale);
        double[] z = new double[own.length];
        beside(shift, residuals, scale, z);
        Normal normal = new Normal();
        normal.weigh(weights);
        double[] factors = normal.factors(z);
        for (int round = 0; round < ROBUST_ROUNDS; round++) {
            weigh(z, factors, weights);
            for (int i = 0; i < own.length; i++) {
                weights[i] = ones[i] == 0 ? 0 : weights[i];
            }
            normal.weigh(weights);
            shift = shift(ones, values, weights, normal);
            beside(shift, residuals, scale, z);
            factors = normal.factors(z);
        }
        return shift;
    }

    /** The median of the residuals: no few series far off can pull the first guess away. */
    private static double middle(double[] residuals, double[] scale) {
        double[] known = new double[residuals.length];
        int count = 0;
        for (int i = 0; i < residuals.length; i++) {
            if (!Double.isInfinite(scale[i])) {
                known[count++] = residuals[i];
            }
        }
        return count == 0 ? 0 : Selection.median(known, count);
    }

    /** Makes {@code z} the residuals less a shift, standardised; 0 where unknown. */
    private static void beside(double shift, double[] residuals, double[] scale, double[] z) {
        for (int i = 0; i < z.length; i++) {
            z[i] = Double.isInfinite(scale[i]) ? 0 : (residuals[i] - shift) / scale[i];
        }
    }

    /** Huber's weights of what the factors leave, over the own variances. */
    private void weigh(double[] z, double[] factors, double[] weights) {
        double[] explained = weights;
        Arrays.fill(explained, 0);
        for (int k = 0; k < factors.length; k++) {
            double[] loading = loadings[k];
            double factor = factors[k];
            for (int i = 0; i < explained.length; i++) {
                explained[i] += loading[i] * factor;
            }
        }
        for (int i = 0; i < explained.length; i++) {
            double rest = Math.abs(z[i] - explained[i]) / deviations[i];
            weights[i] = rest > HUBER ? HUBER / rest / own[i] : precision[i];
        }
    }

    /** The estimate of a shift whose share of each value is {@code ones}. */
    private double shift(double[] ones, double[] values, double[] weights, Normal normal) {
        double[] ofOnes = normal.right(ones);
        double[] ofValues = normal.right(values);
        double oneOne = 0;
        double oneValue = 0;
        for (int i = 0; i < weights.length; i++) {
            oneOne += weights[i] * ones[i] * ones[i];
            oneValue += weights[i] * ones[i] * values[i];
        }
        double[] solved = solved(normal.matrix, ofOnes);
        for (int k = 0; k < solved.length; k++) {
            oneOne -= solved[k] * ofOnes[k];
            oneValue -= solved[k] * ofValues[k];
        }
        return oneOne > 1e-12 ? oneValue / oneOne : 0;
    }

    /** The normal equations of the ridge, whose penalty is that the factors have variance 1. */
    private final class Normal {
        final double[][] matrix;
        private final double[][] weighted;

        Normal() {
            matrix = new double[loadings.length][loadings.length];
            weighted = new double[loadings.length][own.length];
        }

        /** @param weights over the own variances */
        void weigh(double... weights) {
            for (int k = 0; k < loadings.length; k++) {
                double[] loading = loadings[k];
                double[] product = weighted[k];
                double sum = 0;
                for (int i = 0; i < product.length; i++) {
                    double value = weights[i] * loading[i];
                    product[i] = value;
                    sum += value * loading[i];
                }
                matrix[k][k] = sum + 1;
                for (int l = 0; l < k; l++) {
                    matrix[k][l] = Eigen.dot(product, loadings[l]);
                    matrix[l][k] = matrix[k][l];
                }
            }
        }

        double[] right(double[] z) {
            return Arrays.stream(weighted)
                    .mapToDouble(each -> Eigen.dot(each, z))
                    .toArray();
        }

        /** The factors that explain values best. */
        double[] factors(double[] z) {
            return solved(matrix, right(z));
        }
    }

    /** By Gauss's elimination with pivots; the matrix is positive definite. */
    private static double[] solved(double[][] matrix, double[] right) {
        int q = right.length;
        if (q == 1) {
            return new double[] {right[0] / matrix[0][0]};
        }
        double[][] m = new double[q][];
        for (int k = 0; k < q; k++) {
            m[k] = Arrays.copyOf(matrix[k], q + 1);
            m[k][q] = right[k];
        }
        for (int k = 0; k < q; k++) {
            int pivot = k;
            for (int row = k + 1; row < q; row++) {
                pivot = Math.abs(m[row][k]) > Math.abs(m[pivot][k]) ? row : pivot;
            }
            double[] swapped = m[k];
            m[k] = m[pivot];
            m[pivot] = swapped;
            for (int row = k + 1; row < q; row++) {
                double factor = m[row][k] / m[k][k];
                for (int column = k; column <= q; column++) {
                    m[row][column] -= factor * m[k][column];
                }
            }
        }
        double[] solution = new double[q];
        for (int k = q - 1; k >= 0; k--) {
            double sum = m[k][q];
            for (int column = k + 1; column < q; column++) {
                sum -= m[k][column] * solution[column];
            }
            solution[k] = sum / m[k][k];
        }
        return solution;
    }

    /** The largest eigenvalues of a covariance, by orthogonal iteration from a fixed start (Rutishauser 1969). */
    private record Eigen(double[] values, double[][] vectors) {
        static Eigen ofRows(double[][] z) {
            int n = z.length;
            double[][] matrix = new double[n][n];
            for (int a = 0; a < n; a++) {
                products(z, z[a], a + 1, matrix[a]);
                for (int b = 0; b <= a; b++) {
                    matrix[a][b] /= n;
                    matrix[b][a] = matrix[a][b];
                }
            }
            return of(matrix);
        }

        static Eigen ofColumns(double[][] z) {
            int p = z[0].length;
            double[][] matrix = new double[p][p];
            for (double[] row : z) {
                for (int a = 0; a < p; a++) {
                    for (int b = 0; b <= a; b++) {
                        matrix[a][b] += row[a] * row[b] / z.length;
                    }
                }
            }
            for (int a = 0; a < p; a++) {
                for (int b = 0; b < a; b++) {
                    matrix[b][a] = matrix[a][b];
                }
            }
            return of(matrix);
        }

        private static Eigen of(double[][] matrix) {
            int n = matrix.length;
            int block = Math.min(BLOCK, n);
            double[][] vectors = new double[block][n];
            for (int k = 0; k < block; k++) {
                for (int i = 0; i < n; i++) {
                    // no vector of the start is orthogonal to a factor but by chance
                    vectors[k][i] = ((i * 0.6180339887498949 + 1) * (k + 1) * 0.7548776662466927) % 1 - 0.5;
                }
            }
            orthonormalise(vectors);
            for (int iteration = 0; iteration < ITERATIONS; iteration++) {
                for (int k = 0; k < block; k++) {
                    vectors[k] = times(matrix, vectors[k]);
                }
                orthonormalise(vectors);
            }
            return ritz(matrix, vectors);
        }

        /** Eigenvalues within the space of the vectors, by Jacobi's rotations. */
        private static Eigen ritz(double[][] matrix, double[][] vectors) {
            int block = vectors.length;
            double[][] small = new double[block][block];
            for (int a = 0; a < block; a++) {
                double[] image = times(matrix, vectors[a]);
                for (int b = 0; b < block; b++) {
                    small[a][b] = dot(image, vectors[b]);
                }
            }
            for (int sweep = 0; sweep < 30; sweep++) {
                for (int a = 0; a < block; a++) {
                    for (int b = a + 1; b < block; b++) {
                        rotate(small, vectors, a, b);
                    }
                }
            }
            Integer[] order = new Integer[block];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (one, other) -> Double.compare(small[other][other], small[one][one]));
            return new Eigen(
                    Arrays.stream(order).mapToDouble(i -> small[i][i]).toArray(),
                    Arrays.stream(order).map(i -> vectors[i]).toArray(double[][]::new));
        }

        private static void rotate(double[][] small, double[][] vectors, int a, int b) {
            double off = 0.5 * (small[a][b] + small[b][a]);
            if (Math.abs(off) <= 1e-14 * (Math.abs(small[a][a]) + Math.abs(small[b][b]))) {
                return;
            }
            double theta = (small[b][b] - small[a][a]) / (2 * off);
            double t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
            double cosine = 1 / Math.sqrt(t * t + 1);
            double sine = t * cosine;
            for (int i = 0; i < small.length; i++) {
                double one = small[i][a];
                double other = small[i][b];
                small[i][a] = cosine * one - sine * other;
                small[i][b] = sine * one + cosine * other;
            }
            combine(small, a, b, cosine, sine);
            combine(vectors, a, b, cosine, sine);
        }

        private static void combine(double[][] rows, int a, int b, double cosine, double sine) {
            for (int i = 0; i < rows[a].length; i++) {
                double one = rows[a][i];
                double other = rows[b][i];
                rows[a][i] = cosine * one - sine * other;
                rows[b][i] = sine * one + cosine * other;
            }
        }

        private static void orthonormalise(double[][] vectors) {
            for (int k = 0; k < vectors.length; k++) {
                for (int l = 0; l < k; l++) {
                    double along = dot(vectors[k], vectors[l]);
                    for (int i = 0; i < vectors[k].length; i++) {
                        vectors[k][i] -= along * vectors[l][i];
                    }
                }
                double norm = Math.sqrt(dot(vectors[k], vectors[k]));
                for (int i = 0; i < vectors[k].length; i++) {
                    // a direction that is none any more: the matrix has fewer
                    vectors[k][i] = norm > 1e-150 ? vectors[k][i] / norm : 0;
                }
            }
        }

        private static double[] times(double[][] matrix, double[] vector) {
            double[] product = new double[vector.length];
            products(matrix, vector, product.length, product);
            return product;
        }

        /** Products of a vector and the first rows, four at a time: their sums do not wait for one another. */
        private static void products(double[][] rows, double[] vector, int count, double[] products) {
            int row = 0;
            for (; row + 3 < count; row += 4) {
                double[] first = rows[row];
                double[] second = rows[row + 1];
                double[] third = rows[row + 2];
                double[] fourth = rows[row + 3];
                double withFirst = 0;
                double withSecond = 0;
                double withThird = 0;
                double withFourth = 0;
                for (int i = 0; i < vector.length; i++) {
                    double value = vector[i];
                    withFirst += value * first[i];
                    withSecond += value * second[i];
                    withThird += value * third[i];
                    withFourth += value * fourth[i];
                }
                products[row] = withFirst;
                products[row + 1] = withSecond;
                products[row + 2] = withThird;
                products[row + 3] = withFourth;
            }
            for (; row < count; row++) {
                products[row] = dot(rows[row], vector);
            }
        }

        private static double dot(double[] one, double[] other) {
            double sum = 0;
            for (int i = 0; i < one.length; i++) {
                sum += one[i] * other[i];
            }
            return sum;
        }
    }
}
