package example;

import dev.plumbline.measure.api.Implementation;
import java.util.Map;
import java.util.Random;

/** The same step over one flat array, with a gradient that is kept. */
public final class FlatTraining implements Implementation {
    private static final int ROWS = 256;

    private double[] table;
    private double[] weights;
    private double[] gradient;

    @Override
    public String benchmark() {
        return "training-step";
    }

    @Override
    public String name() {
        return "flat";
    }

    @Override
    public void setUp(Map<String, String> parameters) {
        int width = Integer.parseInt(parameters.getOrDefault("width", "64"));
        table = new Random(1).doubles((long) ROWS * (width + 1), -1, 1).toArray();
        weights = new double[width];
        gradient = new double[width];
    }

    @Override
    public Object run() {
        int width = weights.length;
        java.util.Arrays.fill(gradient, 0);
        for (int at = 0; at < table.length; at += width + 1) {
            double error = -table[at + width];
            for (int i = 0; i < width; i++) {
                error += weights[i] * table[at + i];
            }
            for (int i = 0; i < width; i++) {
                gradient[i] += error * table[at + i];
            }
        }
        for (int i = 0; i < width; i++) {
            weights[i] -= 0.01 * gradient[i] / ROWS;
        }
        return weights[0];
    }
}
