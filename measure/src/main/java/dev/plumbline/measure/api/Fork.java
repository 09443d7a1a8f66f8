package dev.plumbline.measure.api;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The process that measures one implementation once, or lists all implementations.
 *
 * <pre>
 * Fork list FILE
 * Fork run FILE BENCHMARK IMPLEMENTATION WARM-UPS TRIALS BATCH [NAME=VALUE...]
 * </pre>
 *
 * <p>It writes lines of a word, a space and a value: {@code latency} in nanoseconds for each trial, then {@code
 * throughput}, {@code peak-memory}, {@code allocated}, {@code memory-efficiency}, {@code accuracy-loss}, and {@code
 * fact}s of the JVM. Its last line is {@code end}: a file without it is truncated.
 */
public final class Fork {
    private static final double NANOS = 1e9;
    private static final double MEBIBYTE = 1 << 20;
    /** The sink of results, so that the compiler cannot remove work as unused. */
    @SuppressWarnings("UnusedVariable") // being written is what it is for
    private static volatile Object kept;

    private final Implementation implementation;
    private final int batch;

    private Fork(Implementation implementation, int batch) {
        this.implementation = implementation;
        this.batch = batch;
    }

    /** Runs the arguments' command; an implementation that fails ends the process with its stack trace. */
    public static void main(String[] arguments) throws Exception {
        try (Writer file = Files.newBufferedWriter(Path.of(arguments[1]), StandardCharsets.UTF_8);
                PrintWriter out = new PrintWriter(new BufferedWriter(file))) {
            switch (arguments[0]) {
                case "list" -> list(out);
                case "run" -> run(arguments, out);
                default -> throw new IllegalArgumentException("list or run, not " + arguments[0]);
            }
            out.println("end");
            if (out.checkError()) {
                throw new IOException(arguments[1] + ": cannot be written");
            }
        }
    }

    private static void list(PrintWriter out) {
        for (Implementation each : ServiceLoader.load(Implementation.class)) {
            out.println("benchmark " + oneLine(each.benchmark()));
            out.println("implementation " + oneLine(each.name()));
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").strip();
    }

    private static void run(String[] arguments, PrintWriter out) throws Exception {
        Implementation implementation = find(arguments[2], arguments[3]);
        int warmUps = Integer.parseInt(arguments[4]);
        int trials = Integer.parseInt(arguments[5]);
        Map<String, String> parameters = new TreeMap<>();
        for (String parameter : Arrays.asList(arguments).subList(7, arguments.length)) {
            int equals = parameter.indexOf('=');
            parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
        implementation.setUp(parameters);
        try {
            new Fork(implementation, Integer.parseInt(arguments[6])).measure(warmUps, trials, out);
        } finally {
            implementation.tearDown();
        }
    }

    private static Implementation find(String benchmark, String name) {
        for (Implementation each : ServiceLoader.load(Implementation.class)) {
            if (oneLine(each.benchmark()).equals(benchmark)
                    && oneLine(each.name()).equals(name)) {
                return each;
            }
        }
        throw new NoSuchElementException("unknown implementation " + name + " of " + benchmark);
    }

    private void measure(int warmUps, int trials, PrintWriter out) throws Exception {
        long beforeWarmUp = System.nanoTime();
        for (int i = 0; i < warmUps; i++) {
            trial();
        }
        out.println("warm-up " + (System.nanoTime() - beforeWarmUp));
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        System.gc();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        long[] nanos = new long[trials];
        long allocated = allocatedBytes();
        long total = 0;
        for (int i = 0; i < trials; i++) {
            nanos[i] = trial();
            total += nanos[i];
        }
        allocated = allocatedBytes() - allocated;
        for (long each : nanos) {
            out.println("latency " + (double) each / batch);
        }
        double operations = (double) trials * batch;
        double throughput = operations / (Math.max(1, total) / NANOS);
        long peak = heap.stream()
                .mapToLong(pool -> Math.max(0, pool.getPeakUsage().getUsed()))
                .sum();
        out.println("throughput " + throughput);
        out.println("peak-memory " + (double) peak);
        if (allocated >= 0) {
            out.println("allocated " + allocated / operations);
        }
        if (peak > 0) {
            out.println("memory-efficiency " + throughput / (peak / MEBIBYTE));
        }
        implementation.accuracyLoss().ifPresent(loss -> out.println("accuracy-loss " + loss));
        facts(out);
    }

    private long trial() throws Exception {
        long begin = System.nanoTime();
        for (int i = 0; i < batch; i++) {
            kept = implementation.run();
        }
        return System.nanoTime() - begin;
    }

    /** The bytes allocated by this thread; -1 if the JVM does not count them. */
    private static long allocatedBytes() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                        && threads.isThreadAllocatedMemorySupported()
                ? threads.getThreadAllocatedBytes(Thread.currentThread().getId())
                : -1;
    }

    private static void facts(PrintWriter out) {
        out.println("fact jvm "
                + oneLine(System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version")));
        List<String> flags =
                new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
        if (!flags.isEmpty()) {
            out.println("fact jvm-flags " + oneLine(String.join(" ", flags)));
        }
        out.println("fact gc "
                + oneLine(ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(java.lang.management.GarbageCollectorMXBean::getName)
                        .sorted()
                        .reduce("", (one, other) -> one.isEmpty() ? other : one + ", " + other)));
    }
}
