package example;

import dev.plumbline.measure.api.Implementation;
import java.util.Map;
import java.util.OptionalDouble;

/** Sends an input through the network in double precision: the reference. */
public final class DoubleInference implements Implementation {
    private Network network;

    @Override
    public String benchmark() {
        return "inference";
    }

    @Override
    public String name() {
        return "double";
    }

    @Override
    public void setUp(Map<String, String> parameters) {
        network = Network.of(Integer.parseInt(parameters.getOrDefault("width", "64")));
    }

    @Override
    public Object run() {
        return network.answer();
    }

    @Override
    public OptionalDouble accuracyLoss() {
        return OptionalDouble.of(0);
    }
}
