package dev.plumbline.ingest.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JunitXmlReaderTest {
    private static String suite(String cases) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="o.e.SortTest" time="1,234.5" timestamp="2024-02-03T04:05:06" hostname="bench">
                <properties><property name="java.vm.name" value="OpenJDK"/><property name="java.vm.version" value="17"/></properties>
                %s
                </testsuite>
                """.formatted(cases);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "classname=\"o.e.SortTest\" name=\"quick\" | o.e.SortTest.quick",
                "name=\"quick\" | o.e.SortTest.quick",
                "classname=\"\" name=\"o.e.SortTest.quick\" | o.e.SortTest.quick",
                "classname=\"A\" name=\"A.b\" | A.b",
                "classname=\"A\" name=\"\u05D0 &lt;x&gt; &amp;\" | A.\u05D0 <x> &"
            })
    void a_test_is_called_by_its_class_and_its_name(String attributes, String name) throws IOException {
        assertThat(Gathered.of("t.xml", suite("<testcase " + attributes + " time=\"0.25\"/>"))
                        .rows())
                .containsExactly(
                        "o.e.SortTest {scope=suite} | time | s | lower | 1234.5", name + " | time | s | lower | 0.25");
    }

    @Test
    void time_host_and_jvm_are_those_of_the_report() throws IOException {
        Gathered gathered = Gathered.of("t.xml", suite("<testcase name=\"a\" time=\"1\"/>"));

        assertThat(gathered.header().measuredAt()).contains(Instant.parse("2024-02-03T04:05:06Z"));
        assertThat(gathered.header().context()).containsEntry("host", "bench");
        assertThat(gathered.header().environment().facts())
                .containsOnlyKeys("jvm")
                .containsValue("OpenJDK 17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failure", "error", "rerunFailure", "rerunError"})
    void a_test_that_failed_is_reported_and_left_out(String outcome) throws IOException {
        Gathered gathered = Gathered.of(
                "t.xml", suite("<testcase name=\"a\" time=\"1\"><" + outcome + ">x</" + outcome + "></testcase>"));

        assertThat(gathered.rows()).hasSize(1);
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .startsWith("t.xml:4:")
                .endsWith("test \"o.e.SortTest.a\" failed; it is left out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<testcase name=\"a\" time=\"1\"><skipped/></testcase>",
                "<testcase name=\"a\" time=\"1\" status=\"notrun\"/>",
                "<testcase name=\"a\" time=\"1\" status=\"disabled\"/>"
            })
    void a_test_that_was_skipped_is_left_out_without_a_word(String skipped) throws IOException {
        Gathered gathered = Gathered.of("t.xml", suite(skipped));

        assertThat(gathered.rows()).hasSize(1);
        assertThat(gathered.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "-1", "Infinity", "1e999", "1,5"})
    void a_time_that_is_none_is_reported(String time) throws IOException {
        Gathered gathered = Gathered.of("t.xml", suite("<testcase name=\"a\" time=\"" + time + "\"/>"));

        assertThat(gathered.rows()).hasSize(1);
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .endsWith("test \"o.e.SortTest.a\" has no time; it is left out");
    }

    @Test
    void a_report_that_breaks_off_is_refused_with_its_place() {
        String whole = suite("<testcase name=\"a\" time=\"1\"/>");

        assertThatThrownBy(() -> Gathered.of("t.xml", whole.replace("</testsuite>\n", "")))
                .hasMessageMatching("t\\.xml:\\d+:\\d+: is not well-formed XML here, or was cut off.*");
        assertThatThrownBy(() -> Gathered.of("t.xml", whole.substring(0, whole.indexOf("time=\"1\"") + 6)))
                .hasMessageMatching("t\\.xml:4:\\d+: is not well-formed XML here, or was cut off.*");
    }
}
