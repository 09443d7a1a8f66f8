package dev.plumbline.core.judge;

import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.model.Benchmark;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The mode in which JMH measured a benchmark: a parameter of all but throughput, which is the default. */
final class JmhMode {
    private static final String PARAMETER = "mode";
    private static final String DEFAULT = "thrpt";
    private static final Set<String> MODES = Set.of(DEFAULT, "avgt", "sample", "ss");

    private JmhMode() {}

    /**
     * The other mode in which what is missing was measured; nothing where it was not.
     *
     * @param came the benchmarks that are new
     */
    static Optional<Missing.OtherMode> of(Missing missing, Collection<Benchmark> came) {
        Benchmark before = missing.key().benchmark();
        List<Benchmark> others =
                came.stream().filter(one -> isOtherModeOf(before, one)).toList();
        return missing.isBenchmark() && others.size() == 1
                ? Optional.of(new Missing.OtherMode(others.get(0), mode(before), mode(others.get(0))))
                : Optional.empty();
    }

    private static boolean isOtherModeOf(Benchmark one, Benchmark other) {
        return !one.equals(other)
                && MODES.contains(mode(one))
                && MODES.contains(mode(other))
                && withoutMode(one).equals(withoutMode(other));
    }

    private static String mode(Benchmark one) {
        return one.parameters().getOrDefault(PARAMETER, DEFAULT);
    }

    private static Benchmark withoutMode(Benchmark one) {
        TreeMap<String, String> parameters = new TreeMap<>(one.parameters());
        parameters.remove(PARAMETER);
        return new Benchmark(one.name(), parameters);
    }
}
