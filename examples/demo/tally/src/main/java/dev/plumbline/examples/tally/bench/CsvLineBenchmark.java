package dev.plumbline.examples.tally.bench;

import dev.plumbline.examples.tally.CsvLine;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CsvLineBenchmark {
    @Param({"10", "100"})
    public int fields;

    private String line;

    @Setup
    public void makeLine() {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder(Texts.word(random));
        for (int index = 1; index < fields; index++) {
            text.append(',').append(Texts.word(random));
        }
        line = text.toString();
    }

    @Benchmark
    public List<String> split() {
        return CsvLine.split(line);
    }
}
