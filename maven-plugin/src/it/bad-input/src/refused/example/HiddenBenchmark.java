package example;

import org.openjdk.jmh.annotations.Benchmark;

/** JMH calls public methods only. */
public class HiddenBenchmark {
    @Benchmark
    int hidden() {
        return 1;
    }
}
