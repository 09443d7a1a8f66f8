package dev.plumbline.examples.tally.bench;

import dev.plumbline.examples.tally.EditDistance;
import java.util.Random;
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
public class EditDistanceBenchmark {
    private String left;
    private String right;

    @Setup
    public void makeWords() {
        Random random = new Random(6);
        left = Texts.word(random).repeat(12);
        right = Texts.word(random).repeat(12);
    }

    @Benchmark
    public int between() {
        return EditDistance.between(left, right);
    }
}
