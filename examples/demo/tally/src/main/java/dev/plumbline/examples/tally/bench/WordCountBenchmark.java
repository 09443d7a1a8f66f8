package dev.plumbline.examples.tally.bench;

import dev.plumbline.examples.tally.WordCount;
import java.util.Map;
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
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WordCountBenchmark {
    @Param({"500", "5000"})
    public int words;

    private String text;

    @Setup
    public void makeText() {
        text = Texts.words(words, 2000, 1);
    }

    @Benchmark
    public Map<String, Integer> count() {
        return WordCount.count(text);
    }
}
