package example;

import org.openjdk.jmh.annotations.Benchmark;

public class FineBenchmark {
    @Benchmark
    public int fine() {
        return 1;
    }
}
