package dev.plumbline.examples.tally.bench;

import dev.plumbline.examples.tally.Decimals;
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
public class DecimalsBenchmark {
    private String[] numbers;

    @Setup
    public void makeNumbers() {
        Random random = new Random(2);
        numbers = new String[1000];
        for (int index = 0; index < numbers.length; index++) {
            numbers[index] = random.nextInt(100_000) + "." + random.nextInt(100_000);
        }
    }

    @Benchmark
    public long parse() {
        long sum = 0;
        for (String number : numbers) {
            sum += Decimals.parseMillionths(number);
        }
        return sum;
    }
}
