package dev.plumbline.ingest.catapult;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramSetReaderTest {
    private static final String SHARED = """
            {"type": "GenericSet", "guid": "g1", "values": ["speedometer"]},
            {"type": "GenericSet", "guid": "g2", "values": ["story a", "story b"]},
            {"type": "DateRange", "guid": "g3", "min": 1700000000000, "max": 1700000000001},
            {"type": "GenericSet", "guid": "g4", "values": ["linux-bot"]}""";

    private static Gathered read(String histograms) throws IOException {
        return Gathered.of("histograms.json", "[" + histograms + ",\n" + SHARED + "]");
    }

    private static String histogram(String unit, String rest) {
        return """
                {"name": "loadTime", "unit": "%s", "diagnostics": {"benchmarks": "g1", "stories": "g2",
                 "benchmarkStart": "g3", "bots": "g4"}, %s}""".formatted(unit, rest);
    }

    @Test
    void shared_diagnostics_may_stand_behind_the_histograms_that_name_them() throws IOException {
        Gathered gathered =
                read(histogram("ms_smallerIsBetter", "\"sampleValues\": [3, 5], \"running\": [2, 5, 1, 4, 3, 8, 2]"));

        assertThat(gathered.rows()).containsExactly("speedometer {story=story a, story b} | loadTime | ms | lower | 4");
        assertThat(gathered.groups("speedometer {story=story a, story b}", "loadTime"))
                .containsExactly(List.of(3.0, 5.0));
        assertThat(gathered.header().measuredAt()).contains(Instant.ofEpochMilli(1700000000000L));
        assertThat(gathered.header().environment().facts()).containsEntry("bot", "linux-bot");
    }

    @ParameterizedTest
    @CsvSource({
        "ms_smallerIsBetter, ms, lower",
        "msBestFitFormat_biggerIsBetter, ms, higher",
        "sizeInBytes, B, lower",
        "bytesPerSecond, B/s, higher",
        "count-, count, lower",
        "unitless+, '', higher",
        "Hz_biggerIsBetter, Hz, higher"
    })
    void the_unit_tells_the_direction(String written, String unit, String better) throws IOException {
        assertThat(read(histogram(written, "\"sampleValues\": [1]")).rows())
                .containsExactly("speedometer {story=story a, story b} | loadTime | " + unit + " | " + better + " | 1");
    }

    @Test
    void where_not_every_value_is_kept_the_running_statistics_are_the_sample() throws IOException {
        Gathered gathered =
                read(histogram("ms", "\"sampleValues\": [3], \"running\": [100, 9, 1.2, 4.5, 2, 450, 2.25]"));

        var sample = gathered.summary("speedometer {story=story a, story b}", "loadTime");
        assertThat(sample.location()).isEqualTo(4.5);
        assertThat(sample.count()).isEqualTo(100);
        assertThat(sample.standardDeviation()).hasValue(1.5);
        assertThat(sample.quantiles()).containsEntry(0.0, 2.0).containsEntry(1.0, 9.0);
    }

    @Test
    void an_empty_histogram_is_passed_over_and_a_mean_that_is_no_number_is_reported() throws IOException {
        Gathered gathered = read(histogram("ms", "\"sampleValues\": []") + ",\n"
                + histogram("ms", "\"running\": [3, 9, 1.2, null, 2, 450, 2.25]") + ","
                + histogram("ms", "\"sampleValues\": [1]"));

        assertThat(gathered.measurements()).hasSize(1);
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .startsWith("histograms.json:3:1: ")
                .endsWith("metric \"loadTime\": the mean is no finite number; it is skipped");
    }

    @Test
    void without_a_benchmark_the_histogram_is_one_and_an_unknown_direction_is_reported() throws IOException {
        Gathered gathered =
                Gathered.of("h.json", "[{\"name\": \"foo\", \"unit\": \"count\", \"sampleValues\": [2, 4]}]");

        assertThat(gathered.rows()).containsExactly("foo | value | count | lower | 3");
        assertThat(gathered.problems()).singleElement().asString().contains("unknown direction");
    }
}
