package dev.plumbline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The number that stands for raw values, as docs/formats.md has it for each format. */
class DocumentedCenterTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "formats.md");

    @ParameterizedTest
    @CsvSource({
        "google-benchmark, real_time, PSEUDOMEDIAN, 'the repetitions as one group, summarised by their pseudomedian'",
        "pytest-benchmark, time, MEDIAN, 'every round, if the file has all of them, summarised by their median'",
        "hyperfine-json, time, MEDIAN, 'every run, standing for its median'",
        "go-bench, time, MEDIAN, 'Values of one benchmark are summarised by their median'",
        "criterion, time, MEDIAN, values are summarised by their median",
        "pyperf, time, PSEUDOMEDIAN, calibration runs are skipped. Values are summarised by their pseudomedian",
        "benchmarkdotnet, time, PSEUDOMEDIAN, is a parameter. Values are summarised by their pseudomedian",
        "chrome-histograms, '', MEAN, metric. Values are summarised by their mean",
        "gradle-profiler-json, time, PSEUDOMEDIAN, 'builds are one group, summarised by their pseudomedian'",
        "rebench, time, PSEUDOMEDIAN, 'an invocation a group, and values are summarised by their pseudomedian'",
        "caliper, time, MEDIAN, 'magnitude divided by weight, standing for the median'",
        "mlperf-tiny, throughput, MEDIAN, windows are summarised by their median",
        "torch-json, time, MEDIAN, 'JSON values are times of one run, standing for their median'",
        "pytorch-records, '', PSEUDOMEDIAN, type and backend; values are summarised by their pseudomedian",
        "time-v, time, MEDIAN, times of one command are summarised by their median"
    })
    void the_center_is_the_documented_one(String id, String metric, Sample.Center center, String sentence)
            throws IOException {
        List<Sample.Values> samples = Fixtures.of(Format.withId(id).orElseThrow()).stream()
                .flatMap(DocumentedCenterTest::measurements)
                .filter(one -> metric.isEmpty() || one.metric().name().equals(metric))
                .map(Measurement::sample)
                .filter(Sample.Values.class::isInstance)
                .map(Sample.Values.class::cast)
                .toList();

        assertThat(samples).isNotEmpty().allMatch(sample -> sample.center() == center);
        assertThat(Files.readString(DOCUMENT).replaceAll("\\s+", " ")).contains(sentence);
    }

    private static Stream<Measurement> measurements(Path file) {
        try {
            return Gathered.of(file).measurements().stream();
        } catch (IOException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }
}
