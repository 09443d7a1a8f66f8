package dev.plumbline.ingest.libtest;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the lines {@code test NAME ... bench: 1,234 ns/iter (+/- 56)}.
 *
 * <p>The same results come as events of {@code --format json}. The time is a median. What follows the sign is the
 * distance between the slowest and the fastest sample; it is no standard deviation and is not kept.
 */
public final class LibtestReader implements ResultReader {
    private static final Pattern RESULT = Pattern.compile(
            "test (.+?)\\s+\\.\\.\\. bench:\\s+([0-9.,]+) ([a-zµ]+/iter) \\(\\+/- [0-9.,]+\\)(?: = ([0-9.,]+) MB/s)?\\s*");
    private static final Pattern FAILED = Pattern.compile("test (.+?)\\s+\\.\\.\\. FAILED\\s*");
    private static final Pattern RUNNING = Pattern.compile("running ([0-9]+) tests?\\s*");
    private static final Pattern OWN =
            Pattern.compile("running [0-9]+ tests?|test .*|warning.*|\\s+(?:Compiling|Finished|Running) .*|\\s*");
    private static final Pattern TOTALS = Pattern.compile("test result: .* ([0-9]+) measured;.*");

    public static boolean recognises(Head head) {
        if (head.isObject()) {
            return head.has("type") && head.has("event") && head.text().contains("\"suite\"");
        }
        List<String> lines = head.text().lines().map(Lines::withoutEscapes).toList();
        return lines.stream().anyMatch(line -> RESULT.matcher(line).matches())
                || lines.stream().anyMatch(line -> TOTALS.matcher(line).matches())
                        && lines.stream().allMatch(line -> OWN.matcher(line).matches());
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("cargo bench", "").in(importContext);
        if (source.head().isObject()) {
            events(source, header, recorder, sink);
            return;
        }
        Suites suites = new Suites(recorder);
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                Matcher result = RESULT.matcher(lines.line());
                Matcher failed = FAILED.matcher(lines.line());
                Matcher running = RUNNING.matcher(lines.line());
                Matcher totals = TOTALS.matcher(lines.line());
                if (result.matches()) {
                    suites.measured();
                    record(lines.where(), result, header, recorder);
                } else if (failed.matches()) {
                    recorder.problem(lines.where(), "benchmark " + Excerpt.quoted(failed.group(1)) + " failed");
                } else if (running.matches()) {
                    suites.begin(lines.where(), running.group(1));
                } else if (totals.matches()) {
                    suites.end(lines.where(), Texts.number(totals.group(1)));
                }
            }
        }
        suites.endOfFile();
    }

    /** Compares what is there with what libtest counted: every program that it runs begins and ends with a number. */
    private static final class Suites {
        private final Recorder recorder;
        private String begun = "";
        private String first = "";
        private String tests = "";
        private long measured;
        private long measuredInAll;

        Suites(Recorder recorder) {
            this.recorder = recorder;
        }

        void begin(String where, String count) throws UnreadableInput {
            endOfSuite();
            begun = where;
            first = first.isEmpty() ? where : first;
            tests = tests.isEmpty() || tests.equals("0") ? count : tests;
            measured = 0;
        }

        void measured() {
            measured++;
            measuredInAll++;
        }

        void end(String where, double counted) {
            if (!begun.isEmpty() && measured != counted) {
                recorder.problem(
                        where, shown(counted) + " benchmarks were measured, " + measured + " of them are here");
            }
            begun = "";
        }

        void endOfFile() throws UnreadableInput {
            endOfSuite();
            if (measuredInAll == 0 && !first.isEmpty()) {
                recorder.problem(
                        first,
                        "no benchmark ran" + (tests.equals("0") ? "" : ", but " + tests + " tests")
                                + "; cargo bench runs functions with #[bench] that match its filter");
            }
        }

        private void endOfSuite() throws UnreadableInput {
            if (!begun.isEmpty()) {
                throw new UnreadableInput(
                        begun, "no \"test result\" follows; the run broke off or the file was cut off: make it again");
            }
        }
    }

    private static void events(Source source, RunHeader header, Recorder recorder, RunSink sink) throws IOException {
        Suites suites = new Suites(recorder);
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                String where = json.where();
                String[] texts = {"", "", ""};
                double[] numbers = {Double.NaN, Double.NaN};
                double[] counts = {Double.NaN, Double.NaN};
                json.object(key -> {
                    switch (key) {
                        case "type" -> texts[0] = json.text();
                        case "name" -> texts[1] = json.text();
                        case "event" -> texts[2] = json.text();
                        case "median" -> numbers[0] = json.number();
                        case "mib_per_second" -> numbers[1] = json.finite(key);
                        case "test_count" -> counts[0] = json.number();
                        case "measured" -> counts[1] = json.number();
                        default -> json.skip();
                    }
                });
                if (texts[0].equals("suite") && texts[2].equals("started")) {
                    suites.begin(where, shown(counts[0]));
                } else if (texts[0].equals("suite")) {
                    suites.end(where, counts[1]);
                } else if (texts[0].equals("bench")) {
                    suites.measured();
                    recorder.benchmark(where, texts[1], Map.of())
                            .ifPresent(benchmark -> event(where, header, benchmark, numbers, recorder));
                } else if (texts[2].equals("failed") && texts[0].equals("test")) {
                    recorder.problem(where, "benchmark " + Excerpt.quoted(texts[1]) + " failed");
                }
            }
        }
        suites.endOfFile();
    }

    private static String shown(double count) {
        return Double.isFinite(count) ? String.valueOf((long) count) : "?";
    }

    private static void event(
            String where, RunHeader header, Benchmark benchmark, double[] numbers, Recorder recorder) {
        if (!Double.isFinite(numbers[0])) {
            recorder.problem(where, benchmark, "time", "has no median; it is skipped");
            return;
        }
        recorder.stated(where, header, benchmark, "time", "ns/iter", Better.LOWER, Sample.Summary.of(numbers[0]));
        if (Double.isFinite(numbers[1])) {
            recorder.stated(
                    where, header, benchmark, "throughput", "MB/s", Better.HIGHER, Sample.Summary.of(numbers[1]));
        }
    }

    private static void record(String where, Matcher result, RunHeader header, Recorder recorder) {
        Optional<Benchmark> made = recorder.benchmark(where, result.group(1), Map.of());
        if (made.isEmpty()) {
            return;
        }
        Benchmark benchmark = made.get();
        double median = number(result.group(2));
        if (!Double.isFinite(median)) {
            recorder.problem(
                    where, benchmark, "time", Excerpt.quoted(result.group(2)) + " is no number; it is skipped");
            return;
        }
        recorder.stated(where, header, benchmark, "time", result.group(3), Better.LOWER, Sample.Summary.of(median));
        if (result.group(4) != null) {
            double rate = number(result.group(4));
            if (Double.isFinite(rate)) {
                recorder.stated(where, header, benchmark, "throughput", "MB/s", Better.HIGHER, Sample.Summary.of(rate));
            }
        }
    }

    /** Rust groups digits with commas and has a decimal point, in every country. */
    private static double number(String text) {
        return Texts.number(text.replace(",", ""));
    }
}
