package example;

import dev.plumbline.measure.api.Implementation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One step of gradient descent for linear regression, over a list of rows. */
public final class RowTraining implements Implementation {
    private static final int ROWS = 256;

    private final List<double[]> rows = new ArrayList<>();
    private double[] weights;

    @Override
    public String benchmark() {
        return "training-step";
    }

    @Override
    public String name() {
        return "rows";
    }

    @Override
    public void setUp(Map<String, String> parameters) {
        int width = Integer.parseInt(parameters.getOrDefault("width", "64"));
        Random random = new Random(1);
        for (int row = 0; row < ROWS; row++) {
            rows.add(random.doubles(width + 1, -1, 1).toArray());
        }
        weights = new double[width];
    }

    @Override
    public Object run() {
        double[] gradient = new double[weights.length];
        for (double[] row : rows) {
            double error = -row[weights.length];
            for (int i = 0; i < weights.length; i++) {
                error += weights[i] * row[i];
            }
            for (int i = 0; i < weights.length; i++) {
                gradient[i] += error * row[i];
            }
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] -= 0.01 * gradient[i] / ROWS;
        }
        return weights[0];
    }
}
