package example;

import org.openjdk.jmh.annotations.Benchmark;

public class BrokenBenchmark {
    @Benchmark
    public int broken() {
        return "no number";
    }
}
