package example;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The benchmarks of the library, for JMH. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LibraryBenchmark {
    private final Inputs inputs = Inputs.make();

    @Benchmark
    public int[] sort() {
        return inputs.sort();
    }

    @Benchmark
    public String join() {
        return inputs.join();
    }

    @Benchmark
    public long parse() {
        return inputs.parse();
    }

    @Benchmark
    public long checksum() {
        return inputs.checksum();
    }

    @Benchmark
    public Counts count() {
        return inputs.count();
    }
}
