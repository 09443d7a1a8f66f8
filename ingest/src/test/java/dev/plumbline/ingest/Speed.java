package dev.plumbline.ingest;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.ImportContext;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Measures how fast files are read, on one thread: {@code java -Xmx256m -cp … dev.plumbline.ingest.Speed ROUNDS FILE…},
 * or {@code … Speed jmh|csv|jtl MEGABYTES FILE} to make a large file first.
 */
final class Speed {
    /** Processor time of the reading thread: other programs on the machine do not count. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private Speed() {}

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "jmh" -> jmh(Path.of(arguments[2]), Long.parseLong(arguments[1]) << 20);
            case "jtl" -> jtl(Path.of(arguments[2]), Long.parseLong(arguments[1]) << 20);
            case "csv" -> csv(Path.of(arguments[2]), Long.parseLong(arguments[1]) << 20);
            default -> {
                for (int i = 1; i < arguments.length; i++) {
                    read(Path.of(arguments[i]), Integer.parseInt(arguments[0]));
                }
            }
        }
    }

    private static void read(Path file, int rounds) throws IOException {
        double megabytes = Files.size(file) / 1e6;
        for (int round = 1; round <= rounds; round++) {
            Counting sink = new Counting();
            long start = CLOCK.getCurrentThreadCpuTime();
            Reading reading = Results.with(ImportContext.unknown(Gathered.NOW)).read(file, sink);
            double seconds = (CLOCK.getCurrentThreadCpuTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "%s %s: round %d, %.0f MB in %.2f s of one core: %.0f MB/s, %d measurements, %.0f/s, %d problems, sum %g%n",
                    reading.format().orElseThrow().id(),
                    file.getFileName(),
                    round,
                    megabytes,
                    seconds,
                    megabytes / seconds,
                    reading.measurements(),
                    reading.measurements() / seconds,
                    reading.problems(),
                    sink.sum);
        }
    }

    private static final class Counting implements RunSink {
        double sum;

        @Override
        public void accept(RunHeader header, Measurement measurement) {
            sum += measurement.sample().location();
        }

        @Override
        public void problem(Problem problem) {
            // counted by the reading
        }
    }

    /** A real result again and again under other names. */
    private static void jmh(Path to, long bytes) throws IOException {
        String whole = Files.readString(Fixtures.file("jmh-json/average-time-params-gc.json"))
                .strip();
        String records = whole.substring(1, whole.length() - 1).strip();
        try (BufferedWriter out = Files.newBufferedWriter(to)) {
            out.write("[");
            long written = 0;
            for (int copy = 0; written < bytes; copy++) {
                String next = (copy == 0 ? "" : ",\n") + records.replace("Sample.", "Sample" + copy + ".");
                out.write(next);
                written += next.length();
            }
            out.write("]\n");
        }
    }

    /** Samples as JMeter writes them, with times that spread like those of a server and labels that need quotes. */
    private static void jtl(Path to, long bytes) throws IOException {
        List<String> rows = Files.readAllLines(Fixtures.file("jmeter/results.jtl.csv"));
        Random random = new Random(1);
        try (BufferedWriter out = Files.newBufferedWriter(to)) {
            out.write(rows.get(0) + "\n");
            long written = 0;
            for (long sample = 0; written < bytes; sample++) {
                String row = rows.get(1 + (int) (sample % (rows.size() - 1)));
                String[] fields = row.split(",", 3);
                long elapsed = Math.round(40 * Math.exp(random.nextGaussian()));
                String next = (1_795_545_000_000L + sample) + "," + elapsed + "," + fields[2] + "\n";
                out.write(next);
                written += next.length();
            }
        }
    }

    private static void csv(Path to, long bytes) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(to)) {
            String header = "benchmark,param:size,metric,unit,fork,value,revision,time\n";
            out.write(header);
            long written = header.length();
            for (int run = 0; written < bytes; run++) {
                for (int benchmark = 0; benchmark < 1000; benchmark++) {
                    for (int fork = 1; fork <= 3; fork++) {
                        String row =
                                "org.example.library.Bench" + benchmark + ".sortLongLists," + (benchmark % 7 * 1000)
                                        + ",time,ns/op," + fork + "," + (1000 + benchmark + run * 0.37 + fork * 0.011)
                                        + ",c0ffee" + run + ",2024-05-01T10:00:00Z\n";
                        out.write(row);
                        written += row.length();
                    }
                }
            }
        }
    }
}
