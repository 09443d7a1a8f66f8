package dev.plumbline.ingest;

import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.ab.AbReader;
import dev.plumbline.ingest.asv.AsvReader;
import dev.plumbline.ingest.bencher.BencherExportReader;
import dev.plumbline.ingest.bencher.BencherMetricReader;
import dev.plumbline.ingest.benchmarkdotnet.BenchmarkDotNetReader;
import dev.plumbline.ingest.benchmarkjs.BenchmarkJsReader;
import dev.plumbline.ingest.caliper.CaliperReader;
import dev.plumbline.ingest.callgrind.CallgrindReader;
import dev.plumbline.ingest.catapult.HistogramSetReader;
import dev.plumbline.ingest.catch2.Catch2TextReader;
import dev.plumbline.ingest.catch2.Catch2XmlReader;
import dev.plumbline.ingest.consoletime.ConsoleTimeReader;
import dev.plumbline.ingest.criterion.CriterionReader;
import dev.plumbline.ingest.dart.BenchmarkHarnessReader;
import dev.plumbline.ingest.gab.GabReader;
import dev.plumbline.ingest.gatling.GatlingStatsReader;
import dev.plumbline.ingest.gbench.GoogleBenchmarkCsvReader;
import dev.plumbline.ingest.gbench.GoogleBenchmarkReader;
import dev.plumbline.ingest.gbench.GoogleBenchmarkTextReader;
import dev.plumbline.ingest.gobench.GoBenchReader;
import dev.plumbline.ingest.gradleprofiler.GradleProfilerCsvReader;
import dev.plumbline.ingest.gradleprofiler.GradleProfilerJsonReader;
import dev.plumbline.ingest.gungraun.GungraunReader;
import dev.plumbline.ingest.h2load.H2loadReader;
import dev.plumbline.ingest.hdrhistogram.HdrHistogramReader;
import dev.plumbline.ingest.horreum.HorreumReader;
import dev.plumbline.ingest.hyperfine.HyperfineCsvReader;
import dev.plumbline.ingest.hyperfine.HyperfineJsonReader;
import dev.plumbline.ingest.inference.InferenceReader;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.jmeter.JmeterReader;
import dev.plumbline.ingest.jmh.JmhCsvReader;
import dev.plumbline.ingest.jmh.JmhJsonReader;
import dev.plumbline.ingest.jmh.JmhTextReader;
import dev.plumbline.ingest.julia.BenchmarkToolsReader;
import dev.plumbline.ingest.junit.JunitXmlReader;
import dev.plumbline.ingest.k6.K6SummaryReader;
import dev.plumbline.ingest.libtest.LibtestReader;
import dev.plumbline.ingest.llm.LlmPerfReader;
import dev.plumbline.ingest.llm.VllmReader;
import dev.plumbline.ingest.lnt.LntReader;
import dev.plumbline.ingest.locust.LocustStatsReader;
import dev.plumbline.ingest.luau.LuauBenchReader;
import dev.plumbline.ingest.mlperf.LoadgenSummaryReader;
import dev.plumbline.ingest.mlperf.MlLogReader;
import dev.plumbline.ingest.mlperf.TinyLogReader;
import dev.plumbline.ingest.neutral.NeutralCsvReader;
import dev.plumbline.ingest.neutral.NeutralJsonReader;
import dev.plumbline.ingest.nyrkio.NyrkioReader;
import dev.plumbline.ingest.oha.OhaReader;
import dev.plumbline.ingest.orun.OrunReader;
import dev.plumbline.ingest.otava.OtavaCsvReader;
import dev.plumbline.ingest.perfherder.PerfherderReader;
import dev.plumbline.ingest.perfstat.PerfStatReader;
import dev.plumbline.ingest.prometheus.PrometheusReader;
import dev.plumbline.ingest.pyperf.PyperfReader;
import dev.plumbline.ingest.pytest.PytestJsonReader;
import dev.plumbline.ingest.rebench.ReBenchDataReader;
import dev.plumbline.ingest.rebench.ReBenchDbReader;
import dev.plumbline.ingest.ruby.RubyBenchmarkReader;
import dev.plumbline.ingest.scalameter.ScalaMeterReader;
import dev.plumbline.ingest.series.SeriesLinesReader;
import dev.plumbline.ingest.timev.TimeVerboseReader;
import dev.plumbline.ingest.timm.DynamoCsvReader;
import dev.plumbline.ingest.timm.TimmCsvReader;
import dev.plumbline.ingest.tinybench.TinybenchReader;
import dev.plumbline.ingest.torch.PyTorchRecordsReader;
import dev.plumbline.ingest.torch.TorchJsonReader;
import dev.plumbline.ingest.torch.TorchTextReader;
import dev.plumbline.ingest.vegeta.VegetaReader;
import dev.plumbline.ingest.vitest.VitestReader;
import dev.plumbline.ingest.wrk.WrkReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The formats that are read, one constant for each. {@link FormatDetector} tries them in this order.
 *
 * <p>A constant has, in this order: its id, the tool and how it is made to write this, what the reader was checked
 * with, what is kept, and what such a file may be called. {@code docs/formats.md} and {@code plumb formats} show the
 * same.
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions are method references without state
public enum Format {
    PLUMBLINE_JSON(
            "plumbline-json",
            "Plumbline JSON",
            "Plumbline",
            "everything",
            "runs.json",
            NeutralJsonReader::recognises,
            NeutralJsonReader::new),
    JMH_JSON(
            "jmh-json",
            "JMH, -rf json",
            "JMH 1.21, JMH 1.35, JMH 1.37",
            "every iteration by fork, every secondary metric, sampled times as histograms",
            "jmh-result.json",
            JmhJsonReader::recognises,
            JmhJsonReader::new),
    PYTEST_JSON(
            "pytest-benchmark",
            "pytest-benchmark, --benchmark-json or --benchmark-save",
            "pytest-benchmark 5.1.0",
            "every round, else the statistics",
            "0001_baseline.json",
            PytestJsonReader::recognises,
            PytestJsonReader::new),
    GOOGLE_BENCHMARK(
            "google-benchmark",
            "Google Benchmark, --benchmark_out_format=json",
            "Google Benchmark 1.9.1",
            "every repetition, else the aggregates; every counter",
            "benchmark.json",
            GoogleBenchmarkReader::recognises,
            GoogleBenchmarkReader::new),
    HYPERFINE_JSON(
            "hyperfine-json",
            "hyperfine, --export-json",
            "hyperfine 1.19.0",
            "every run; user and system time, memory",
            "hyperfine.json",
            HyperfineJsonReader::recognises,
            HyperfineJsonReader::new),
    INFERENCE(
            "inference",
            "inference results, MODEL_YYYYMMDD_HHMMSS.json",
            "its documentation",
            "every number as a metric",
            "resnet50_20240501_123045.json",
            InferenceReader::recognises,
            InferenceReader::new),
    GITHUB_ACTION_BENCHMARK(
            "github-action-benchmark",
            "github-action-benchmark: data.js, the same as JSON, and the list of its custom tools",
            "its documentation",
            "every entry as a run with its commit",
            "data.js",
            GabReader::recognises,
            GabReader::new),
    SERIES_LINES(
            "series-jsonl",
            "whole series, one JSON object in a line",
            "Plumbline",
            "every value as a run",
            "series.jsonl",
            SeriesLinesReader::recognises,
            SeriesLinesReader::new),
    JMH_CSV(
            "jmh-csv",
            "JMH, -rf csv or scsv",
            "JMH 1.37",
            "score, samples and interval; parameters",
            "jmh-result.csv",
            JmhCsvReader::recognises,
            JmhCsvReader::new),
    JMH_TEXT(
            "jmh-text",
            "JMH, its output or -rf text",
            "JMH 1.21, JMH 1.35, JMH 1.37",
            "score, samples and interval as far as they are printed, parameters, the JVM",
            "jmh-result.text",
            JmhTextReader::recognises,
            JmhTextReader::new),
    HYPERFINE_CSV(
            "hyperfine-csv",
            "hyperfine, --export-csv",
            "hyperfine 1.19.0",
            "the statistics, parameters",
            "hyperfine.csv",
            HyperfineCsvReader::recognises,
            HyperfineCsvReader::new),
    GO_BENCH(
            "go-bench",
            "go test -bench, as text or -json",
            "Go 1.24.4",
            "every value of every unit; repetitions as one sample",
            "bench.txt",
            GoBenchReader::recognises,
            GoBenchReader::new),
    CRITERION(
            "criterion",
            "Criterion.rs: sample.json, raw.csv, estimates.json, its output",
            "Criterion.rs 0.5.1",
            "every sample, else the estimates",
            "target/criterion/sort/new/sample.json",
            CriterionReader::recognises,
            CriterionReader::new),
    LIBTEST(
            "libtest",
            "cargo bench, as text or --format json",
            "Rust 1.95.0",
            "the median and the rate",
            "cargo-bench.txt",
            LibtestReader::recognises,
            LibtestReader::new),
    BENCHMARK_DOT_NET(
            "benchmarkdotnet",
            "BenchmarkDotNet, JSON",
            "its documentation",
            "every result by launch, memory, metrics",
            "Sorting-report-full.json",
            BenchmarkDotNetReader::recognises,
            BenchmarkDotNetReader::new),
    PYPERF(
            "pyperf",
            "pyperf, -o",
            "its documentation",
            "every value by process",
            "bench.json",
            PyperfReader::recognises,
            PyperfReader::new),
    ASV(
            "asv",
            "asv, a file of its results (version 1 and 2), its output",
            "its documentation",
            "results with parameters, interval and quartiles",
            "01234567-virtualenv-py3.11.json",
            AsvReader::recognises,
            AsvReader::new),
    CATCH2_XML(
            "catch2-xml",
            "Catch2, -r xml",
            "Catch2 3.7.1",
            "mean, interval, deviation, samples; sections in the name",
            "catch2.xml",
            Catch2XmlReader::recognises,
            Catch2XmlReader::new),
    CATCH2_TEXT(
            "catch2",
            "Catch2, its output",
            "Catch2 3.7.1",
            "mean, interval, deviation, samples; sections in the name",
            "catch2.txt",
            Catch2TextReader::recognises,
            Catch2TextReader::new),
    BENCHMARK_JS(
            "benchmarkjs",
            "benchmark.js, its output",
            "benchmark.js 2.1.4",
            "rate, margin, samples",
            "benchmark.txt",
            BenchmarkJsReader::recognises,
            BenchmarkJsReader::new),
    TIME_VERBOSE(
            "time-v",
            "GNU time -v",
            "GNU time 1.9",
            "time, user, system, memory, faults, switches",
            "time.txt",
            TimeVerboseReader::recognises,
            TimeVerboseReader::new),
    PERF_STAT(
            "perf-stat",
            "perf stat, as text, -x or -j",
            "perf 6.12",
            "every event that was counted, in the numbers of any country",
            "perf-stat.txt",
            PerfStatReader::recognises,
            PerfStatReader::new),
    LNT(
            "lnt",
            "LNT, its reports (version 1 and 2)",
            "its documentation",
            "every value of every metric, machine, order",
            "report.json",
            LntReader::recognises,
            LntReader::new),
    BENCHER(
            "bencher",
            "Bencher Metric Format",
            "its documentation",
            "value and bounds",
            "results.json",
            BencherMetricReader::recognises,
            BencherMetricReader::new),
    LOCUST(
            "locust",
            "Locust: NAME_stats.csv, NAME_stats_history.csv, NAME_failures.csv, --json",
            "Locust 2.24.0",
            "response time, percentiles, histogram, rate, failures",
            "load_stats.csv",
            LocustStatsReader::recognises,
            LocustStatsReader::new),
    JMETER(
            "jmeter",
            "JMeter, JTL as CSV (with or without names) or XML",
            "JMeter 5.4.3",
            "histogram of each label, percentiles, failures, rate",
            "results.jtl",
            JmeterReader::recognises,
            JmeterReader::new),
    GATLING(
            "gatling",
            "Gatling: simulation.log (text), stats.json, stats.js, global_stats.json",
            "Gatling 3.3.1, Gatling 3.9.5, Gatling 3.13.5",
            "response time, percentiles, rate, failures; every time of a log as a histogram",
            "js/stats.json",
            GatlingStatsReader::recognises,
            GatlingStatsReader::new),
    AB(
            "ab",
            "ab: its output, -e and -g",
            "ab 2.3",
            "times with percentiles, rates, failures; every request of -g as a histogram",
            "ab.txt",
            AbReader::recognises,
            AbReader::new),
    H2LOAD(
            "h2load",
            "h2load: its output, --log-file",
            "h2load 1.64.0",
            "times, rates, failures; every request of a log as a histogram",
            "h2load.txt",
            H2loadReader::recognises,
            H2loadReader::new),
    HDR_HISTOGRAM(
            "hdrhistogram",
            "HdrHistogram: interval logs, percentiles as text or CSV",
            "HdrHistogram 2.2.2",
            "histogram of each tag, percentiles, else the whole spectrum",
            "latency.hlog",
            HdrHistogramReader::recognises,
            HdrHistogramReader::new),
    JUNIT_XML(
            "junit-xml",
            "JUnit XML, as many test frameworks write it",
            "Maven Surefire 3.5.4, pytest 8.3.5",
            "duration of every test that passed, and of suites",
            "TEST-org.example.SampleTest.xml",
            JunitXmlReader::recognises,
            JunitXmlReader::new),
    K6(
            "k6",
            "k6: --summary-export, handleSummary, --new-machine-readable-summary",
            "its documentation",
            "every metric with its percentiles; tags as parameters",
            "summary.json",
            K6SummaryReader::recognises,
            K6SummaryReader::new),
    BENCHER_EXPORT(
            "bencher-export",
            "Bencher, reports (expand=true) and perf queries of its API",
            "its documentation",
            "every value as a run with its commit, bounds, testbed",
            "reports.json",
            BencherExportReader::recognises,
            BencherExportReader::new),
    HORREUM(
            "horreum",
            "Horreum, label values of a test, behind its export",
            "its documentation",
            "every numeric label of every dataset, with commit, fingerprint and start",
            "horreum.json",
            HorreumReader::recognises,
            HorreumReader::new),
    NYRKIO(
            "nyrkio",
            "Nyrkiö, points as JSON",
            "its documentation",
            "every value as a run with its commit",
            "sort.json",
            NyrkioReader::recognises,
            NyrkioReader::new),
    OHA(
            "oha",
            "oha: its output, JSON, CSV",
            "its documentation",
            "times with percentiles, rates, failures; every request of CSV",
            "oha.json",
            OhaReader::recognises,
            OhaReader::new),
    OTAVA(
            "otava",
            "Apache Otava (Hunter), CSV",
            "its documentation",
            "every value as a run with its commit",
            "sort.csv",
            OtavaCsvReader::recognises,
            OtavaCsvReader::new),
    PROMETHEUS(
            "prometheus",
            "Prometheus text format, OpenMetrics",
            "prometheus_client 0.21.1",
            "counters, gauges, histograms, summaries; labels as parameters",
            "metrics.prom",
            PrometheusReader::recognises,
            PrometheusReader::new),
    TINYBENCH(
            "tinybench",
            "tinybench, tasks as JSON, its table",
            "tinybench 2.9.0, tinybench 6.2.4",
            "every sample when all are there, else the statistics; the rate",
            "tasks.json",
            TinybenchReader::recognises,
            TinybenchReader::new),
    VEGETA(
            "vegeta",
            "vegeta report, as text or JSON",
            "its documentation",
            "times with percentiles, rate, failures; the rate of attack",
            "report.json",
            VegetaReader::recognises,
            VegetaReader::new),
    VITEST(
            "vitest",
            "Vitest, bench --outputJson",
            "Vitest 4.1.12",
            "the statistics, every sample when all are there; the rate",
            "bench.json",
            VitestReader::recognises,
            VitestReader::new),
    WRK(
            "wrk",
            "wrk and wrk2, their output",
            "wrk 4.1.0",
            "times with percentiles, rates, failures; the spectrum of wrk2",
            "wrk.txt",
            WrkReader::recognises,
            WrkReader::new),
    CALLGRIND(
            "callgrind",
            "Callgrind and Cachegrind: their profile files, what callgrind_annotate and cg_annotate print, Valgrind's messages",
            "Valgrind 3.24.0",
            "the total of every event, simulated caches",
            "callgrind.out.1234",
            CallgrindReader::recognises,
            CallgrindReader::new),
    GUNGRAUN(
            "gungraun",
            "Gungraun (Iai-Callgrind): summary.json, --output-format=json, its output; the output of Iai",
            "its documentation",
            "every metric of every tool",
            "summary.json",
            GungraunReader::recognises,
            GungraunReader::new),
    GOOGLE_BENCHMARK_CSV(
            "google-benchmark-csv",
            "Google Benchmark, --benchmark_format=csv or --benchmark_out_format=csv",
            "Google Benchmark 1.9.1",
            "every repetition, else the aggregates; every counter",
            "benchmark.csv",
            GoogleBenchmarkCsvReader::recognises,
            GoogleBenchmarkCsvReader::new),
    GOOGLE_BENCHMARK_TEXT(
            "google-benchmark-text",
            "Google Benchmark, its output",
            "Google Benchmark 1.9.1",
            "every repetition, else the aggregates; every counter, as far as they are printed",
            "benchmark.txt",
            GoogleBenchmarkTextReader::recognises,
            GoogleBenchmarkTextReader::new),
    CHROME_HISTOGRAMS(
            "chrome-histograms",
            "Catapult histogram sets of Chrome, --output-format=histograms",
            "its documentation",
            "every value, else count, mean, deviation and extremes; unit and direction, device",
            "histograms.json",
            HistogramSetReader::recognises,
            HistogramSetReader::new),
    PERFHERDER(
            "perfherder",
            "Perfherder of Mozilla: JSON, or a log with lines PERFHERDER_DATA",
            "its documentation",
            "values and replicates of suites and subtests, options",
            "perfherder-data.json",
            PerfherderReader::recognises,
            PerfherderReader::new),
    GRADLE_PROFILER_CSV(
            "gradle-profiler-csv",
            "gradle-profiler, benchmark.csv, wide or long",
            "its documentation",
            "every measured build",
            "benchmark.csv",
            GradleProfilerCsvReader::recognises,
            GradleProfilerCsvReader::new),
    GRADLE_PROFILER_JSON(
            "gradle-profiler-json",
            "gradle-profiler, benchmark.json",
            "its documentation",
            "every measured build, arguments of Gradle and its JVM",
            "benchmark.json",
            GradleProfilerJsonReader::recognises,
            GradleProfilerJsonReader::new),
    REBENCH(
            "rebench",
            "ReBench, its data file",
            "its documentation",
            "every value by invocation, machine, commit",
            "benchmark.data",
            ReBenchDataReader::recognises,
            ReBenchDataReader::new),
    REBENCH_DB(
            "rebench-db",
            "ReBench, what it sends to ReBenchDB",
            "its documentation",
            "every value by invocation, machine, commit",
            "payload.json",
            ReBenchDbReader::recognises,
            ReBenchDbReader::new),
    TIMM_CSV(
            "timm-csv",
            "timm, benchmark.py: its CSV",
            "its documentation",
            "throughput, step time, size of every model; device and precision from a published file's name",
            "benchmark-infer-amp-nchw-pt240-cu124-rtx4090.csv",
            TimmCsvReader::recognises,
            TimmCsvReader::new),
    DYNAMO_CSV(
            "dynamo-csv",
            "PyTorch, benchmarks/dynamo: its CSV",
            "its documentation",
            "speedup, latency, memory, every other number of every model",
            "torchbench.csv",
            DynamoCsvReader::recognises,
            DynamoCsvReader::new),
    MLPERF_LOADGEN(
            "mlperf-loadgen",
            "MLPerf Inference, mlperf_log_summary.txt",
            "its documentation",
            "rates, latencies with percentiles, validity",
            "mlperf_log_summary.txt",
            LoadgenSummaryReader::recognises,
            LoadgenSummaryReader::new),
    MLPERF_LOG(
            "mlperf-log",
            "MLPerf, logs with lines :::MLLOG, of trainings or of LoadGen in detail",
            "its documentation",
            "time to train, every epoch, accuracy, statistics; rates and latencies",
            "result_0.txt",
            MlLogReader::recognises,
            MlLogReader::new),
    MLPERF_TINY(
            "mlperf-tiny",
            "MLPerf Tiny, log and results of the runner",
            "its documentation",
            "every window of inferences, energy",
            "log.txt",
            TinyLogReader::recognises,
            TinyLogReader::new),
    LLMPERF(
            "llmperf",
            "LLMPerf, individual responses and summary",
            "its documentation",
            "every request, else the statistics",
            "individual_responses.json",
            LlmPerfReader::recognises,
            LlmPerfReader::new),
    VLLM(
            "vllm",
            "vLLM, vllm bench serve, latency and throughput",
            "its documentation",
            "rates, latencies with percentiles, first tokens and batches one by one",
            "serve.json",
            VllmReader::recognises,
            VllmReader::new),
    TORCH_JSON(
            "torch-json",
            "torch.utils.benchmark, measurements as JSON",
            "PyTorch 2.6.0",
            "every time",
            "measurements.json",
            TorchJsonReader::recognises,
            TorchJsonReader::new),
    TORCH_TEXT(
            "torch-text",
            "torch.utils.benchmark, its output: measurements, and the tables of Compare",
            "PyTorch 2.6.0",
            "median, quartiles, number of measurements",
            "compare.txt",
            TorchTextReader::recognises,
            TorchTextReader::new),
    PYTORCH_RECORDS(
            "pytorch-records",
            "records of PyTorch's benchmark database, as vLLM writes them too",
            "its documentation",
            "every value of every metric",
            "latency.pytorch.json",
            PyTorchRecordsReader::recognises,
            PyTorchRecordsReader::new),
    CALIPER(
            "caliper",
            "Caliper, the JSON of its results",
            "Caliper 1.0-beta-3",
            "every measurement by trial, parameters, machine, JVM",
            "results.json",
            CaliperReader::recognises,
            CaliperReader::new),
    SCALAMETER(
            "scalameter",
            "ScalaMeter, its JSONSerializationPersistor",
            "ScalaMeter 0.21",
            "every value of every point as a run, axes, machine, JVM",
            "Range.map.Test-0.json",
            ScalaMeterReader::recognises,
            ScalaMeterReader::new),
    ORUN(
            "orun",
            "orun of Sandmark, its summaries",
            "its documentation",
            "times, memory, size, every counter of the garbage collector",
            "sequential_1.orun.summary.bench",
            OrunReader::recognises,
            OrunReader::new),
    BENCHMARK_TOOLS(
            "benchmarktools",
            "BenchmarkTools.jl, BenchmarkTools.save",
            "its documentation",
            "every time, memory, allocations",
            "results.json",
            BenchmarkToolsReader::recognises,
            BenchmarkToolsReader::new),
    RUBY_BENCHMARK(
            "ruby-benchmark",
            "Benchmark of Ruby, its output",
            "its documentation",
            "real, user and system time",
            "benchmark.txt",
            RubyBenchmarkReader::recognises,
            RubyBenchmarkReader::new),
    DART_HARNESS(
            "dart-benchmark-harness",
            "benchmark_harness of Dart, its output",
            "its documentation",
            "the time",
            "benchmark.txt",
            BenchmarkHarnessReader::recognises,
            BenchmarkHarnessReader::new),
    LUAU(
            "luau",
            "Luau, bench/bench.py, its output",
            "its documentation",
            "mean, interval",
            "bench.txt",
            LuauBenchReader::recognises,
            LuauBenchReader::new),
    CONSOLE_TIME(
            "console-time",
            "console.time of JavaScript, its output",
            "Node.js 20.20.2",
            "every time of each label",
            "times.txt",
            ConsoleTimeReader::recognises,
            ConsoleTimeReader::new),
    PLUMBLINE_CSV(
            "plumbline-csv",
            "Plumbline CSV, a value in a row",
            "Plumbline",
            "values by fork, parameters, run, environment",
            "results.csv",
            NeutralCsvReader::recognises,
            NeutralCsvReader::new);

    private final String id;
    private final String title;
    private final List<String> checkedWith;
    private final String kept;
    private final String example;
    private final Predicate<Head> recogniser;
    private final Supplier<ResultReader> reader;

    Format(
            String id,
            String title,
            String checkedWith,
            String kept,
            String example,
            Predicate<Head> recogniser,
            Supplier<ResultReader> reader) {
        this.id = id;
        this.title = title;
        this.checkedWith = List.of(checkedWith.split(", "));
        this.kept = kept;
        this.example = example;
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

    /** The tools, each with its version, whose own files the reader was checked with; or what else it was made from. */
    public List<String> checkedWith() {
        return checkedWith;
    }

    /** The part of such a file that is kept. */
    public String kept() {
        return kept;
    }

    /** An example of such a file's name; the name decides nothing. */
    public String example() {
        return example;
    }

    /** All formats by their ids. */
    public static List<Format> sorted() {
        return Arrays.stream(values()).sorted(Comparator.comparing(Format::id)).toList();
    }

    /** The format with this id. */
    public static Optional<Format> withId(String id) {
        return Arrays.stream(values()).filter(format -> format.id.equals(id)).findFirst();
    }

    /** The end of such a file's last line, unless it is JSON or XML. */
    LastLine lastLine() {
        if (this == MLPERF_TINY) {
            return LastLine.OPEN;
        }
        if (this == RUBY_BENCHMARK) {
            return LastLine.BRACKETED;
        }
        if (this == PERF_STAT) {
            return LastLine.EACH_ENDED;
        }
        return this == PLUMBLINE_CSV || this == OTAVA ? LastLine.AS_WRITTEN : LastLine.ENDED;
    }

    boolean recognises(Head head) {
        return recogniser.test(head);
    }

    void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        reader.get().read(source, importContext, sink);
    }
}
