package dev.plumbline.examples.tally.bench;

import dev.plumbline.examples.tally.RunLength;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RunLengthBenchmark {
    private String text;

    @Setup
    public void makeText() {
        text = Texts.runs(2000, 4);
    }

    @Benchmark
    public String encode() {
        return RunLength.encode(text);
    }
}
