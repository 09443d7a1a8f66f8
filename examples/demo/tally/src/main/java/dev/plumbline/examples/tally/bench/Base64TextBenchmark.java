package dev.plumbline.examples.tally.bench;

import dev.plumbline.examples.tally.Base64Text;
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
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Base64TextBenchmark {
    private byte[] bytes;

    @Setup
    public void makeBytes() {
        bytes = new byte[16 * 1024];
        new Random(5).nextBytes(bytes);
    }

    @Benchmark
    public byte[] encode() {
        return Base64Text.encode(bytes);
    }
}
