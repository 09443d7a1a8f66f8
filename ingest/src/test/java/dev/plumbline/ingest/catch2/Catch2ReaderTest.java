package dev.plumbline.ingest.catch2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class Catch2ReaderTest {
    private static final String RULE = "-".repeat(79) + "\n";

    private static String table(String rows) {
        return RULE + "Sorting\n  random\n" + RULE + "sort.cpp:3\n" + ".".repeat(79) + "\n\n"
                + "benchmark name                       samples       iterations    est run time\n"
                + "                                     mean          low mean      high mean\n"
                + "                                     std dev       low std dev   high std dev\n" + RULE + rows;
    }

    private static String xml(String results) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <Catch2TestRun name="t" catch2-version="3.7.1">
                  <TestCase name="Sorting"><Section name="random">%s</Section></TestCase>
                </Catch2TestRun>
                """.formatted(results);
    }

    private static final String MEAN = """
            <mean value="12.5" lowerBound="12" upperBound="13" ci="0.9"/><standardDeviation value="0.5" lowerBound="0"
             upperBound="1" ci="0.9"/><outliers variance="0" lowMild="0" lowSevere="0" highMild="0" highSevere="0"/>""";

    @Test
    void the_table_s_bounds_and_deviation_are_in_the_unit_of_the_mean() throws IOException {
        Gathered gathered = Gathered.of("out.txt", table("""
                quick                                          100             7     2.1 ms
                                                          1.5 us      900 ns       2 us
                                                          100 ns       50 ns     200 ns
                """));

        assertThat(gathered.rows()).containsExactly("Sorting/random/quick | time | us | lower | 1.5");
        var time = gathered.summary("Sorting/random/quick", "time");
        assertThat(time.count()).isEqualTo(100);
        assertThat(time.interval()).get().satisfies(interval -> {
            assertThat(interval.low()).isCloseTo(0.9, within(1e-12));
            assertThat(interval.high()).isEqualTo(2);
            assertThat(interval.confidence()).isEqualTo(0.95);
        });
        assertThat(time.standardDeviation().orElseThrow()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void a_name_of_several_lines_is_one_name() throws IOException {
        Gathered gathered = Gathered.of("out.txt", table("""
                a name that is so long
                that it needs two lines                        100             7     2.1 ms
                                                            3 ns        2 ns       4 ns
                                                            1 ns        1 ns       1 ns
                """));

        assertThat(gathered.rows())
                .containsExactly(
                        "Sorting/random/a name that is so long that it needs two lines | time | ns | lower | 3");
    }

    @Test
    void a_mean_that_is_no_number_and_a_table_that_breaks_off_are_reported_with_their_line() throws IOException {
        Gathered gathered = Gathered.of("out.txt", table("""
                broken                                         100             7     2.1 ms
                                                       1.2.3 ns        2 ns       4 ns
                                                            1 ns        1 ns       1 ns
                last                                           100             7     2.1 ms
                """));

        assertThat(gathered.measurements()).isEmpty();
        assertThat(gathered.problems())
                .startsWith(
                        "out.txt:12: benchmark \"Sorting/random/broken\": has no mean; it is skipped",
                        "out.txt:15: benchmark \"Sorting/random/last\": the table breaks off; it is skipped");
    }

    @Test
    void xml_has_mean_interval_with_its_own_confidence_and_deviation_in_nanoseconds() throws IOException {
        Gathered gathered = Gathered.of(
                "r.xml", xml("<BenchmarkResults name=\"quick\" samples=\"50\">" + MEAN + "</BenchmarkResults>"));

        assertThat(gathered.rows()).containsExactly("Sorting/random/quick | time | ns | lower | 12.5");
        assertThat(gathered.summary("Sorting/random/quick", "time").interval()).contains(new Interval(12, 13, 0.9));
        assertThat(gathered.summary("Sorting/random/quick", "time").standardDeviation())
                .hasValue(0.5);
        assertThat(gathered.summary("Sorting/random/quick", "time").count()).isEqualTo(50);
        assertThat(gathered.header().context()).containsEntry("tool", "Catch2 3.7.1");
    }

    @Test
    void in_xml_a_failed_benchmark_is_reported_with_its_message_and_one_without_a_mean_too() throws IOException {
        Gathered gathered = Gathered.of(
                "r.xml",
                xml("<BenchmarkResults name=\"a\"><failed message=\"no &lt;luck>\"/></BenchmarkResults>\n"
                        + "<BenchmarkResults name=\"b\"><mean value=\"NaN\"/></BenchmarkResults>\n"
                        + "<BenchmarkResults name=\"c\" samples=\"1\">" + MEAN + "</BenchmarkResults>"));

        assertThat(gathered.rows()).containsExactly("Sorting/random/c | time | ns | lower | 12.5");
        assertThat(gathered.problems())
                .satisfiesExactly(
                        one -> assertThat(one)
                                .startsWith("r.xml:3:")
                                .endsWith("benchmark \"Sorting/random/a\" failed: \"no <luck>\""),
                        two -> assertThat(two)
                                .startsWith("r.xml:4:")
                                .endsWith("benchmark \"Sorting/random/b\": has no mean; it is skipped"));
    }

    @Test
    void xml_that_breaks_off_or_names_a_file_to_be_fetched_reads_nothing_from_elsewhere() throws IOException {
        String whole = xml("<BenchmarkResults name=\"quick\" samples=\"50\">" + MEAN + "</BenchmarkResults>");

        assertThatThrownBy(() -> Gathered.of("r.xml", whole.substring(0, whole.indexOf("</TestCase>"))))
                .hasMessageMatching("r\\.xml:\\d+:\\d+: is not well-formed XML here, or was cut off.*");
        String entity = whole.replace(
                        "<Catch2TestRun", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n<Catch2TestRun")
                .replace("\"quick\"", "\"quick&e;\"");
        try {
            assertThat(Gathered.of("r.xml", entity).rows()).allMatch(row -> !row.contains("root:"));
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("r.xml:");
        }
    }

    @Test
    void more_than_a_hundred_levels_of_sections_are_refused() {
        assertThatThrownBy(
                        () -> Gathered.of("r.xml", xml("<Section name=\"s\">".repeat(100) + "</Section>".repeat(100))))
                .hasMessageContaining("is nested more than 100 levels deep");
    }
}
