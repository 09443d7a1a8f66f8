package example;

import dev.plumbline.measure.api.Implementation;
import java.util.Map;
import java.util.OptionalDouble;

/** The same in single precision: half the memory, and a little off. */
public final class FloatInference implements Implementation {
    private double exact;
    private float[][] first;
    private float[] second;
    private float[] input;

    @Override
    public String benchmark() {
        return "inference";
    }

    @Override
    public String name() {
        return "float";
    }

    @Override
    public void setUp(Map<String, String> parameters) {
        Network network = Network.of(Integer.parseInt(parameters.getOrDefault("width", "64")));
        exact = network.answer();
        first = new float[network.width()][];
        for (int row = 0; row < first.length; row++) {
            first[row] = floats(network.first()[row]);
        }
        second = floats(network.second());
        input = floats(network.input());
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private float answer() {
        float sum = 0;
        for (int row = 0; row < first.length; row++) {
            float hidden = 0;
            for (int column = 0; column < input.length; column++) {
                hidden += first[row][column] * input[column];
            }
            sum += Math.max(0, hidden) * second[row];
        }
        return sum;
    }

    @Override
    public Object run() {
        return answer();
    }

    @Override
    public OptionalDouble accuracyLoss() {
        return OptionalDouble.of(Math.abs(answer() - exact) / Math.abs(exact));
    }
}
