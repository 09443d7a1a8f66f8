package dev.plumbline.cli;

import dev.plumbline.cli.option.Terminal;
import dev.plumbline.store.sqlite.SqliteLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Does the main job once on made-up numbers, so that the class-data archive holds every class the job needs. */
final class Training {
    private static final int RUNS = 25;
    private static final int SERIES = 20;
    private static final int SUITE_RUNS = 240;

    private Training() {}

    /** @param libraries where SQLite's library is left for the starts to come */
    static void run(Path libraries) {
        try {
            SqliteLibrary.copyTo(libraries);
            Path folder = Files.createTempDirectory("plumb-training");
            try {
                runIn(folder);
            } finally {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.sorted(Comparator.reverseOrder())
                            .forEach(file -> file.toFile().delete());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void runIn(Path folder) throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                folder,
                Map.of("PATH", System.getenv().getOrDefault("PATH", "")),
                Clock.systemUTC(),
                true,
                true,
                100);
        for (int run = 0; run < RUNS; run++) {
            Files.writeString(folder.resolve("run" + run + ".csv"), csv(run), StandardCharsets.UTF_8);
        }
        Files.writeString(folder.resolve("jmh.json"), jmh(), StandardCharsets.UTF_8);
        Files.writeString(folder.resolve("data.js"), publishedHistory(), StandardCharsets.UTF_8);
        Plumb.run(terminal, "--help");
        Plumb.run(terminal, "--version");
        Plumb.run(terminal, "record", folder.toString());
        Files.writeString(folder.resolve("plumbline.yaml"), "policy:\n  margin: 2 %\n", StandardCharsets.UTF_8);
        for (List<String> form : List.of(List.<String>of(), List.of("--json"), List.of("--markdown"))) {
            Stream<String> check = Stream.of(
                    "check", folder.resolve("run" + (RUNS - 1) + ".csv").toString());
            Plumb.run(terminal, Stream.concat(check, form.stream()).toArray(String[]::new));
        }
        Plumb.run(terminal, "check", folder.resolve("jmh.json").toString());
        Path own = folder.resolve("plumbline.json");
        Files.writeString(own, plumbline(), StandardCharsets.UTF_8);
        Plumb.run(terminal, "check", "--dry-run", own.toString());
        Plumb.run(
                terminal,
                "compare",
                folder.resolve("run0.csv").toString(),
                folder.resolve("run1.csv").toString());
        Plumb.run(terminal, "history");
        Plumb.run(terminal, "report", "-o", "report.html");
        Plumb.run(terminal, "report", "--kind", "executive", "-o", "summary.html");
        Plumb.run(terminal, "explain", "a");
        Path lines = folder.resolve("series.jsonl");
        Files.writeString(lines, series(), StandardCharsets.UTF_8);
        Plumb.run(terminal, "analyze", lines.toString());
        Plumb.run(terminal, "analyze", lines.toString(), "--json");
        Path suite = folder.resolve("suite.csv");
        Files.writeString(suite, suite(0, SUITE_RUNS), StandardCharsets.UTF_8);
        Plumb.run(terminal, "analyze", suite.toString());
        Plumb.run(terminal, "record", "--store", "suite.db", suite.toString());
        Path next = folder.resolve("next.csv");
        Files.writeString(next, suite(SUITE_RUNS, SUITE_RUNS + 1), StandardCharsets.UTF_8);
        Plumb.run(terminal, "check", "--store", "suite.db", next.toString());
        Plumb.run(terminal, "calibrate", "--replays", "1");
        Plumb.run(terminal, "report", "--kind", "ci");
        Plumb.run(terminal, "dashboard", "-o", "dashboard.html");
        Plumb.run(terminal, "config");
        Plumb.run(terminal, "baseline", "establish");
        Plumb.run(terminal, "baseline", "show");
        Plumb.run(terminal, "baseline", "validate");
        Plumb.run(terminal, "baseline", "export");
        Plumb.run(terminal, "accept", "a0", "--reason", "training");
        Plumb.run(terminal, "accept", "--list");
        Plumb.run(terminal, "prune");
        Plumb.run(terminal, "run", "--runs", "2", "--", "true");
        Plumb.run(terminal, "pr", "--help");
        try {
            ServerTraining.run(terminal, folder.resolve("server"), suite);
        } catch (IOException | RuntimeException e) {
            // a machine without a network of its own has no server; commands start fast all the same
        }
    }

    /** Two series of a length at which the scan settles steps, one with a step, both with a value left out. */
    private static String series() {
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < 2; line++) {
            text.append("{\"id\":\"s").append(line).append("\",\"unit\":\"ms\",\"better\":\"lower\",\"values\":[null");
            for (int i = 1; i < 540; i++) {
                double noise = (i * 7919 % 101) / 50.0;
                text.append(String.format(Locale.ROOT, ",%.3f", 100 + noise + (line == 1 && i >= 300 ? 20 : 0)));
            }
            text.append("]}\n");
        }
        return text.toString();
    }

    /** Series that move together and swing with the day, half of them noisy; the newest run has one regression. */
    private static String suite(int first, int end) {
        StringBuilder text = new StringBuilder("benchmark,value,unit,commit,time\n");
        for (int run = first; run < end; run++) {
            double common = (run * 104729 % 97) / 50.0 + 2 * Math.sin(run * Math.PI / 12);
            for (int i = 0; i < 12; i++) {
                double noise = ((run * 12 + i) * 7919 % 101) / (i < 6 ? 100.0 : 10.0);
                text.append(String.format(
                        Locale.ROOT,
                        "s%d,%.3f,ms,c%d,2026-01-%02dT%02d:00:00Z%n",
                        i,
                        100 + common + noise + (i == 0 && run >= 150 || i == 1 && run == SUITE_RUNS ? 20 : 0),
                        run,
                        1 + run / 24,
                        run % 24));
            }
        }
        return text.toString();
    }

    /** A history as github-action-benchmark publishes it, the format in which most numbers come at once. */
    private static String publishedHistory() {
        StringBuilder text = new StringBuilder("window.BENCHMARK_DATA = {\"entries\": {\"suite\": [");
        for (int run = 0; run < 2; run++) {
            text.append(run == 0 ? "" : ",")
                    .append("{\"commit\": {\"id\": \"c")
                    .append(run)
                    .append("\", \"timestamp\": \"2026-01-01T12:00:00+01:00\", \"message\": \"m\", \"url\": \"u\"},")
                    .append(" \"date\": 1767000000000, \"tool\": \"cargo\", \"benches\": [")
                    .append("{\"name\": \"a\", \"value\": 12.5, \"unit\": \"ns/iter\", \"range\": \"± 3\",")
                    .append(" \"extra\": \"9 samples\"},")
                    .append("{\"name\": \"b\", \"value\": 12, \"unit\": \"ns/iter\", \"range\": \"± 3%\"}]}");
        }
        return text.append("]}}").toString();
    }

    private static String csv(int run) {
        StringBuilder text = new StringBuilder("benchmark,metric,unit,value,commit\n");
        for (int i = 0; i < SERIES; i++) {
            double noise = (run * 7919 % 13) / 10.0 + (run * SERIES + i) * 104729 % 31 / 30.0;
            double value = 100 + i + noise + (run == RUNS - 1 && i == 0 ? 40 : 0);
            text.append(String.format(Locale.ROOT, "a%d,time,ms,%.3f,c%d%n", i, value, run));
        }
        return text.toString();
    }

    /** Another run of the CSV files' series, in the form that other programs are asked to write. */
    private static String plumbline() {
        StringBuilder text = new StringBuilder("{\"plumbline\": 1, \"runs\": [{\"revision\": {\"commit\": \"c\",")
                .append(" \"branch\": \"main\", \"time\": \"2026-01-01T12:00:00Z\", \"position\": 1},")
                .append(" \"measuredAt\": \"2026-01-01T12:00:00Z\", \"measurements\": [");
        for (int i = 0; i < SERIES; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"benchmark\": \"a")
                    .append(i)
                    .append("\", \"metric\": \"time\", \"unit\": \"ms\", \"better\": \"lower\", \"value\": ")
                    .append(100 + i)
                    .append(".25}");
        }
        return text.append("]}]}").toString();
    }

    private static String jmh() {
        return "[{\"jmhVersion\":\"1.37\",\"benchmark\":\"a.B.c\",\"mode\":\"avgt\",\"threads\":1,\"forks\":1,"
                + "\"jdkVersion\":\"17\",\"vmName\":\"x\",\"vmVersion\":\"17\",\"primaryMetric\":{\"score\":1.5,"
                + "\"scoreError\":\"NaN\",\"scoreUnit\":\"ns/op\",\"rawData\":[[1.0,2.0]]},\"secondaryMetrics\":{}}]";
    }
}
