package dev.plumbline.examples.tally.bench;

import dev.plumbline.examples.tally.RecentCache;
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
public class RecentCacheBenchmark {
    private static final int CAPACITY = 256;

    private Integer[] keys;

    @Setup
    public void makeKeys() {
        Random random = new Random(7);
        keys = new Integer[2000];
        for (int index = 0; index < keys.length; index++) {
            keys[index] = (int) Math.abs(random.nextGaussian() * CAPACITY);
        }
    }

    @Benchmark
    public int lookUp() {
        RecentCache<Integer, Integer> cache = new RecentCache<>(CAPACITY);
        int hits = 0;
        for (Integer key : keys) {
            if (cache.get(key).isPresent()) {
                hits++;
            } else {
                cache.put(key, key);
            }
        }
        return hits;
    }
}
