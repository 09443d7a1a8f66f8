package dev.plumbline.samples;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.*;

public class Sample {
    @State(Scope.Benchmark)
    public static class Numbers {
        @Param({"16", "1024"}) public int size;
        @Param({"ascending", "shuffled"}) public String order;
        int[] values;
        @Setup public void fill() {
            values = new int[size];
            for (int i = 0; i < size; i++) values[i] = order.equals("ascending") ? i : (i * 7919) % size;
        }
    }

    @State(Scope.Benchmark)
    public static class Text {
        @Param({"a,b;c=\"d\"", "größe", ""}) public String text;
    }

    @Benchmark public int[] sort(Numbers n) { int[] copy = n.values.clone(); java.util.Arrays.sort(copy); return copy; }

    @Benchmark public int hash(Text t) { int h = 0; for (int i = 0; i < t.text.length(); i++) h = 31 * h + t.text.charAt(i); return h; }

    @Benchmark public StringBuilder build() { StringBuilder b = new StringBuilder(); for (int i = 0; i < 100; i++) b.append(i); return b; }

    @State(Scope.Group)
    public static class Shared { volatile long value; }

    @Benchmark @Group("readWrite") @GroupThreads(1) public long read(Shared s) { return s.value; }
    @Benchmark @Group("readWrite") @GroupThreads(1) public void write(Shared s) { s.value = ThreadLocalRandom.current().nextLong(); }

    @AuxCounters(AuxCounters.Type.EVENTS) @State(Scope.Thread)
    public static class Counters { public long hits; public long misses; @Setup(Level.Iteration) public void zero() { hits = 0; misses = 0; } }

    @Benchmark public void counted(Counters c) { if (ThreadLocalRandom.current().nextInt(4) == 0) c.misses++; else c.hits++; }

    @Benchmark @OperationsPerInvocation(100) public long batch() { long s = 0; for (int i = 0; i < 100; i++) s += i * s + 1; return s; }
}
