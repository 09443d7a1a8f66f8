package example;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/** Allocates as much as the environment asks for: a quantity that no load of the machine changes. */
@BenchmarkMode(Mode.AverageTime)
public class CopyBenchmark {
    private static final int BYTES = Integer.parseInt(System.getenv().getOrDefault("PLANTED_BYTES", "1000"));

    @Benchmark
    public byte[] copy() {
        return new byte[BYTES];
    }
}
