package example;

import java.util.Random;

/** The weights and the input of two dense layers, the same for everybody who asks for the same width. */
record Network(int width, double[][] first, double[] second, double[] input) {
    static Network of(int width) {
        Random random = new Random(width);
        double[][] first = new double[width][];
        for (int row = 0; row < width; row++) {
            first[row] = random.doubles(width, -1, 1).toArray();
        }
        return new Network(
                width, first, random.doubles(width, -1, 1).toArray(), random.doubles(width, 0, 1).toArray());
    }

    /** What the network answers, in double precision. */
    double answer() {
        double sum = 0;
        for (int row = 0; row < width; row++) {
            double hidden = 0;
            for (int column = 0; column < width; column++) {
                hidden += first[row][column] * input[column];
            }
            sum += Math.max(0, hidden) * second[row];
        }
        return sum;
    }
}
