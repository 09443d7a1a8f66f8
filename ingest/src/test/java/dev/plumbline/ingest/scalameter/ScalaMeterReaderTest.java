package dev.plumbline.ingest.scalameter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalaMeterReaderTest {
    private static final String PICKLERS = "org.scalameter.picklers.";

    private static String base64(int size, Consumer<ByteBuffer> writer) {
        byte[] bytes = new byte[size];
        writer.accept(ByteBuffer.wrap(bytes));
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String pickled(double value) {
        return base64(8, bytes -> bytes.putDouble(value));
    }

    private static String pickled(int value) {
        return base64(4, bytes -> bytes.putInt(value));
    }

    private static String pickled(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return base64(4 + utf8.length, bytes -> bytes.putInt(utf8.length).put(utf8));
    }

    private static String pickled(String first, String second) {
        byte[] one = first.getBytes(StandardCharsets.UTF_8);
        byte[] two = second.getBytes(StandardCharsets.UTF_8);
        return base64(12 + one.length + two.length, bytes -> bytes.putInt(2)
                .putInt(one.length)
                .put(one)
                .putInt(two.length)
                .put(two));
    }

    private static String file(String curve, double reported, double... values) {
        List<String> complete = Arrays.stream(values)
                .mapToObj(value -> "\"" + pickled(value) + "\"")
                .toList();
        return """
                {"version": 1, "results": [[1700000000000, {"properties": {
                  "dsl.scope|%1$sStringListPickler$": "%2$s", "dsl.curve|%1$sStringPickler$": "%3$s",
                  "machine.cores|%1$sIntPickler$": "%4$s", "machine.jvm.name|%1$sStringPickler$": "%5$s"}},
                 {"measurements": [{"@pickler": "%1$sDoublePickler$", "value": "%6$s", "units": "ms",
                   "params": {"axisData": {"size|%1$sIntPickler$": "%7$s"}}, "data": {"complete": %8$s, "success": true}}]}]]}
                """.formatted(
                        PICKLERS,
                        pickled("map", "Range"),
                        pickled(curve),
                        pickled(8),
                        pickled("OpenJDK"),
                        pickled(reported),
                        pickled(1000),
                        complete);
    }

    @Test
    void scopes_are_the_name_axes_parameters_and_the_file_tells_time_and_machine() throws IOException {
        Gathered gathered = Gathered.of("Range.map.json", file("Test-0", 2, 1, 2, 6));

        assertThat(gathered.rows()).containsExactly("Range.map {size=1000} | time | ms | lower | 2");
        assertThat(gathered.groups("Range.map {size=1000}", "time")).containsExactly(List.of(1.0, 2.0, 6.0));
        assertThat(gathered.header().measuredAt()).contains(Instant.ofEpochMilli(1700000000000L));
        assertThat(gathered.header().environment().facts())
                .containsEntry("cores", "8")
                .containsEntry("jvm", "OpenJDK");
    }

    @ParameterizedTest
    @CsvSource({"2, 2, ''", "3, 3, ''", "1, 2, 1"})
    void what_scalameter_reports_is_the_median_the_mean_or_a_metric_beside_them(
            double reported, double location, String beside) throws IOException {
        Gathered gathered = Gathered.of("x.json", file("Test-0", reported, 1, 2, 6));

        assertThat(gathered.measurement("Range.map {size=1000}", "time")
                        .sample()
                        .location())
                .isEqualTo(location);
        assertThat(gathered.rows().stream()
                        .filter(row -> row.contains("time.reported"))
                        .toList())
                .isEqualTo(
                        beside.isEmpty()
                                ? List.of()
                                : List.of("Range.map {size=1000} | time.reported | ms | lower | 1"));
    }

    @Test
    void a_curve_that_a_person_named_is_a_parameter() throws IOException {
        assertThat(Gathered.of("x.json", file("parallel", 2, 2)).rows())
                .containsExactly("Range.map {curve=parallel, size=1000} | time | ms | lower | 2");
    }

    @Test
    void a_failed_test_is_reported_and_kept_and_numbers_that_cannot_be_read_are_reported() throws IOException {
        Gathered failed =
                Gathered.of("x.json", file("Test-0", 2, 2).replace("\"success\": true", "\"success\": false"));
        Gathered unknown = Gathered.of(
                "x.json", file("Test-0", 2, 2).replace("DoublePickler$\", \"value", "OddPickler$\", \"value"));

        assertThat(failed.rows()).hasSize(1);
        assertThat(failed.problems())
                .singleElement()
                .asString()
                .contains("failed its own regression test; its values are kept");
        assertThat(unknown.measurements()).isEmpty();
        assertThat(unknown.problems()).first().asString().startsWith("x.json:4:");
    }
}
