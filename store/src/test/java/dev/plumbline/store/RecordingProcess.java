package dev.plumbline.store;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.store.sqlite.SqliteRunStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A process of its own that records made-up runs and prints the id of each after it was committed. */
final class RecordingProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private RecordingProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts it; the process prints {@code opening} before it opens the store. */
    static RecordingProcess start(Path file, int seed, int recordings) throws IOException {
        return new RecordingProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RecordingProcess.class.getName(),
                        file.toString(),
                        Integer.toString(seed),
                        Integer.toString(recordings))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The next line that it printed; null when it ended. */
    String line() throws IOException {
        return output.readLine();
    }

    /** Kills it as {@code kill -9} does, and gives the lines that it had printed. */
    List<String> kill() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        List<String> lines = new ArrayList<>();
        try {
            for (String line = line(); line != null; line = line()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // the pipe is closed with the process; lines that are lost were not acknowledged to anybody
            return lines;
        }
        return lines;
    }

    int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) {
        System.out.println("opening");
        int seed = Integer.parseInt(arguments[1]);
        int recordings = Integer.parseInt(arguments[2]);
        SplittableRandom random = new SplittableRandom(seed);
        try (SqliteRunStore store = SqliteRunStore.open(Path.of(arguments[0]))) {
            for (int i = 0; i < recordings; i++) {
                List<Run> runs = new ArrayList<>();
                for (int n = random.nextInt(1, 4); n > 0; n--) {
                    runs.add(run(random, seed * 1_000_000 + i * 10 + n));
                }
                StringBuilder acknowledged = new StringBuilder();
                for (Recorded recorded : store.record(runs)) {
                    acknowledged.append(recorded.run().id()).append('\n');
                }
                System.out.print(acknowledged);
                System.out.flush();
            }
        }
    }

    private static Run run(SplittableRandom random, int number) {
        RunHeader header = Fixtures.header(number);
        Metric metric = Fixtures.TIME;
        List<Measurement> measurements = new ArrayList<>();
        for (int i = random.nextInt(1, 300); i > 0; i--) {
            Sample sample = random.nextBoolean()
                    ? Sample.Summary.of(random.nextDouble())
                    : Sample.Values.of(
                            Sample.Center.MEAN,
                            random.doubles(random.nextInt(1, 20)).toArray());
            measurements.add(new Measurement(Benchmark.of("Benchmark" + random.nextInt(400)), metric, sample));
        }
        return new Run(header, measurements);
    }
}
