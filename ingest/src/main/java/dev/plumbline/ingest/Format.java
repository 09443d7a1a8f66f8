package dev.plumbline.ingest;

import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.gab.GabReader;
import dev.plumbline.ingest.gbench.GoogleBenchmarkReader;
import dev.plumbline.ingest.hyperfine.HyperfineJsonReader;
import dev.plumbline.ingest.inference.InferenceReader;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Surroundings;
import dev.plumbline.ingest.jmh.JmhJsonReader;
import dev.plumbline.ingest.neutral.NeutralCsvReader;
import dev.plumbline.ingest.neutral.NeutralJsonReader;
import dev.plumbline.ingest.pytest.PytestJsonReader;
import dev.plumbline.ingest.series.SeriesLinesReader;
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
