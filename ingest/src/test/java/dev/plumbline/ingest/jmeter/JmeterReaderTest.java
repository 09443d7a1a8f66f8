package dev.plumbline.ingest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JmeterReaderTest {
    private static final String COLUMNS =
            "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success\n";

    private static String row(long start, Object elapsed, String label, boolean success) {
        return start + "," + elapsed + "," + label + ",200,OK,t 1-1,text," + success + "\n";
    }

    @Test
    void a_label_has_its_times_its_failures_and_the_rate_from_its_first_start_to_its_last_end() throws IOException {
        Gathered gathered = Gathered.of(
                "results.jtl",
                COLUMNS
                        + row(1700000001000L, 100, "home", true)
                        + row(1700000000000L, 300, "home", false)
                        + row(1700000000500L, 20, "cart", true));

        assertThat(gathered.header().measuredAt()).contains(Instant.ofEpochMilli(1700000000000L));
        assertThat(gathered.rows())
                .contains(
                        "home | time | ms | lower | 200",
                        "home | p50 | ms | lower | 100",
                        "home | p99 | ms | lower | 300",
                        "home | failures | % | lower | 50",
                        "home | throughput | requests/s | higher | 1.8181818181818181",
                        "cart | failures | % | lower | 0",
                        "cart | throughput | requests/s | higher | 50");
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void a_table_without_names_has_jmeter_s_usual_order() throws IOException {
        String rows = row(1700000001000L, 100, "home", true) + row(1700000002000L, 200, "home", true);

        assertThat(Gathered.of("results.jtl", rows).rows())
                .isEqualTo(Gathered.of("results.jtl", COLUMNS + rows).rows())
                .contains("home | time | ms | lower | 150");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5", "1.5", "fast", "99999999999999999999"})
    void an_elapsed_time_that_is_no_whole_number_is_reported_with_its_line(String elapsed) throws IOException {
        Gathered gathered =
                Gathered.of("results.jtl", COLUMNS + row(1, 100, "home", true) + row(2, elapsed, "home", true));

        assertThat(gathered.problems())
                .containsExactly(
                        "results.jtl:3: \"" + elapsed + "\" is not a time in milliseconds; the sample is skipped");
        assertThat(gathered.rows()).contains("home | time | ms | lower | 100");
    }

    @ParameterizedTest
    @CsvSource({"2024/02/03 04:05:06.007", "2024-02-03 04:05:06.007", "1706933106007"})
    void a_start_may_be_written_as_a_time_of_day(String start) throws IOException {
        Gathered gathered =
                Gathered.of("results.jtl", COLUMNS + row(0, 5, "home", true).replaceFirst("0", start));

        assertThat(gathered.header().measuredAt()).contains(Instant.parse("2024-02-03T04:05:06.007Z"));
    }

    @Test
    void samples_within_samples_of_xml_are_not_counted_again() throws IOException {
        Gathered gathered = Gathered.of("results.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <testResults version="1.2">
                <httpSample t="100" ts="1700000000000" s="true" lb="home"><httpSample t="40" ts="1700000000000" s="false" lb="img"/></httpSample>
                <sample t="300" ts="1700000001000" s="false" lb="home"/>
                <sample t="1e999" ts="1700000001000" s="false" lb="home"/>
                </testResults>
                """);

        assertThat(gathered.rows())
                .contains("home | time | ms | lower | 200", "home | failures | % | lower | 50")
                .noneMatch(row -> row.startsWith("img"));
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .startsWith("results.xml:5:")
                .endsWith("\"1e999\" is not a time in milliseconds; the sample is skipped");
    }

    @ParameterizedTest
    @CsvSource({"elapsed", "LABEL", "success"})
    void a_column_that_is_there_twice_is_refused(String column) {
        assertThatThrownBy(() -> Gathered.of(
                        "results.jtl",
                        COLUMNS.replace("\n", "," + column + "\n")
                                + row(1, 5, "a", true).replace("\n", ",x\n")))
                .hasMessage("results.jtl:1: has the column \"" + column.toLowerCase(Locale.ROOT)
                        + "\" more than once; leave one of them");
    }

    @Test
    void labels_of_a_thousand_characters_right_to_left_and_with_separators_stay_what_they_are() throws IOException {
        for (String label : new String[] {"x".repeat(1000), "\u05D0\u05D1, \u202Eabc", "a;b\tc"}) {
            assertThat(Gathered.of("r.jtl", COLUMNS + row(1, 5, "\"" + label + "\"", true))
                            .measurement(label, "time")
                            .sample()
                            .location())
                    .isEqualTo(5);
        }
    }
}
