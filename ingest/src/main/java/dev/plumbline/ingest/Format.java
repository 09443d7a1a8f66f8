package dev.plumbline.ingest;

import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.asv.AsvReader;
import dev.plumbline.ingest.bencher.BencherMetricReader;
import dev.plumbline.ingest.benchmarkdotnet.BenchmarkDotNetReader;
import dev.plumbline.ingest.benchmarkjs.BenchmarkJsReader;
import dev.plumbline.ingest.catch2.Catch2TextReader;
import dev.plumbline.ingest.catch2.Catch2XmlReader;
import dev.plumbline.ingest.criterion.CriterionReader;
import dev.plumbline.ingest.gab.GabReader;
import dev.plumbline.ingest.gatling.GatlingStatsReader;
import dev.plumbline.ingest.gbench.GoogleBenchmarkReader;
import dev.plumbline.ingest.gobench.GoBenchReader;
import dev.plumbline.ingest.hyperfine.HyperfineCsvReader;
import dev.plumbline.ingest.hyperfine.HyperfineJsonReader;
import dev.plumbline.ingest.inference.InferenceReader;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Surroundings;
import dev.plumbline.ingest.jmeter.JmeterReader;
import dev.plumbline.ingest.jmh.JmhCsvReader;
import dev.plumbline.ingest.jmh.JmhJsonReader;
import dev.plumbline.ingest.jmh.JmhTextReader;
import dev.plumbline.ingest.libtest.LibtestReader;
import dev.plumbline.ingest.lnt.LntReader;
import dev.plumbline.ingest.locust.LocustStatsReader;
import dev.plumbline.ingest.neutral.NeutralCsvReader;
import dev.plumbline.ingest.neutral.NeutralJsonReader;
import dev.plumbline.ingest.perfstat.PerfStatReader;
import dev.plumbline.ingest.pyperf.PyperfReader;
import dev.plumbline.ingest.pytest.PytestJsonReader;
import dev.plumbline.ingest.series.SeriesLinesReader;
import dev.plumbline.ingest.timev.TimeVerboseReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The formats that are read, one line for each; a file is read by the first that recognises its beginning. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are method references without state
public enum Format {
    PLUMBLINE_JSON("plumbline-json", "Plumbline JSON", NeutralJsonReader::recognises, NeutralJsonReader::new),
    JMH_JSON("jmh-json", "JMH, -rf json", JmhJsonReader::recognises, JmhJsonReader::new),
    PYTEST_JSON(
            "pytest-benchmark",
            "pytest-benchmark, --benchmark-json",
            PytestJsonReader::recognises,
            PytestJsonReader::new),
    GOOGLE_BENCHMARK(
            "google-benchmark",
            "Google Benchmark, --benchmark_out_format=json",
            GoogleBenchmarkReader::recognises,
            GoogleBenchmarkReader::new),
    HYPERFINE_JSON(
            "hyperfine-json", "hyperfine, --export-json", HyperfineJsonReader::recognises, HyperfineJsonReader::new),
    INFERENCE(
            "inference", "inference results, MODEL_DATE_TIME.json", InferenceReader::recognises, InferenceReader::new),
    GITHUB_ACTION_BENCHMARK(
            "github-action-benchmark", "github-action-benchmark, data.js", GabReader::recognises, GabReader::new),
    SERIES_LINES("series-jsonl", "series, JSON Lines", SeriesLinesReader::recognises, SeriesLinesReader::new),
    JMH_CSV("jmh-csv", "JMH, -rf csv or scsv", JmhCsvReader::recognises, JmhCsvReader::new),
    JMH_TEXT("jmh-text", "JMH, its output or -rf text", JmhTextReader::recognises, JmhTextReader::new),
    HYPERFINE_CSV("hyperfine-csv", "hyperfine, --export-csv", HyperfineCsvReader::recognises, HyperfineCsvReader::new),
    GO_BENCH("go-bench", "go test -bench, as text or -json", GoBenchReader::recognises, GoBenchReader::new),
    CRITERION(
            "criterion",
            "Criterion.rs, sample.json, estimates.json or raw.csv",
            CriterionReader::recognises,
            CriterionReader::new),
    LIBTEST("libtest", "cargo bench, its output", LibtestReader::recognises, LibtestReader::new),
    BENCHMARK_DOT_NET(
            "benchmarkdotnet", "BenchmarkDotNet, JSON", BenchmarkDotNetReader::recognises, BenchmarkDotNetReader::new),
    PYPERF("pyperf", "pyperf, -o", PyperfReader::recognises, PyperfReader::new),
    ASV("asv", "asv, a file of its results", AsvReader::recognises, AsvReader::new),
    CATCH2_XML("catch2-xml", "Catch2, -r xml", Catch2XmlReader::recognises, Catch2XmlReader::new),
    CATCH2_TEXT("catch2", "Catch2, its output", Catch2TextReader::recognises, Catch2TextReader::new),
    BENCHMARK_JS("benchmarkjs", "benchmark.js, its output", BenchmarkJsReader::recognises, BenchmarkJsReader::new),
    TIME_VERBOSE("time-v", "GNU time, -v", TimeVerboseReader::recognises, TimeVerboseReader::new),
    PERF_STAT("perf-stat", "perf stat, as text, -x or -j", PerfStatReader::recognises, PerfStatReader::new),
    LNT("lnt", "LNT, its reports", LntReader::recognises, LntReader::new),
    BENCHER("bencher", "Bencher Metric Format", BencherMetricReader::recognises, BencherMetricReader::new),
    LOCUST("locust", "Locust, --csv: NAME_stats.csv", LocustStatsReader::recognises, LocustStatsReader::new),
    JMETER("jmeter", "JMeter, JTL files as CSV or XML", JmeterReader::recognises, JmeterReader::new),
    GATLING("gatling", "Gatling, stats.json of its report", GatlingStatsReader::recognises, GatlingStatsReader::new),
    PLUMBLINE_CSV("plumbline-csv", "Plumbline CSV", NeutralCsvReader::recognises, NeutralCsvReader::new);

    private final String id;
    private final String title;
    private final Predicate<Head> recogniser;
    private final Supplier<ResultReader> reader;

    Format(String id, String title, Predicate<Head> recogniser, Supplier<ResultReader> reader) {
        this.id = id;
        this.title = title;
        this.recogniser = recogniser;
        this.reader = reader;
    }

    /** The name that {@code --format} takes. */
    public String id() {
        return id;
    }

    /** The tool and how it is made to write this. */
    public String title() {
        return title;
    }

    /** The format with this id. */
    public static Optional<Format> withId(String id) {
        return Arrays.stream(values()).filter(format -> format.id.equals(id)).findFirst();
    }

    /** The first format that recognises the beginning of a file. */
    static Optional<Format> of(Head head) {
        return Arrays.stream(values()).filter(format -> format.recognises(head)).findFirst();
    }

    boolean recognises(Head head) {
        return recogniser.test(head);
    }

    void read(Source source, Surroundings surroundings, RunSink sink) throws IOException {
        reader.get().read(source, surroundings, sink);
    }
}
