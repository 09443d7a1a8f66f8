package dev.plumbline.report.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.report.Examples;
import dev.plumbline.report.Report;
import dev.plumbline.report.text.MarkdownReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredReportTest {
    private static Report read(String json) throws IOException {
        return StoredReport.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void every_report_comes_back_as_it_was_written() throws IOException {
        for (Report report : Examples.reports()) {
            // halves of surrogate pairs do not survive the first writing, and ids are made from names
            String json = JsonReport.of(read(JsonReport.of(report)));

            assertThat(JsonReport.of(read(json))).isEqualTo(json);
            if (!json.contains("\\ufffd") && !json.contains("\\uFFFD")) {
                assertThat(json).isEqualTo(JsonReport.of(report));
            }
        }
    }

    @Test
    void what_people_read_of_it_is_the_same_too() throws IOException {
        for (Report report :
                List.of(Examples.everything(), Examples.healthy(), Examples.empty(), Examples.severalMetrics())) {
            Report back = read(JsonReport.of(report));

            assertThat(MarkdownReport.of(back)).isEqualTo(MarkdownReport.of(report));
        }
    }

    @Test
    void metrics_of_a_report_that_tells_no_roles_are_primary() throws IOException {
        String json = JsonReport.of(Examples.severalMetrics());
        String old = json.replaceAll(",\\s*\"role\": \"[A-Z]+\"", "").replaceAll("(?s)\"context\": \\[.*?\\} \\],", "");

        Report back = read(old);

        assertThat(read(json).gate().secondary()).hasSize(3);
        assertThat(back.gate().secondary()).isEmpty();
        assertThat(back.context()).isEmpty();
        assertThat(back.benchmarkCounts()).containsEntry("REGRESSED", 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "[]",
                "{}",
                "null",
                "{\"schema\": \"plumbline-history/1\"}",
                "{\"schema\": \"plumbline-report/1\"}",
                "{\"schema\": \"plumbline-report/1\"} {}",
                "{\"schema\": \"plumbline-report/1\", \"version\": 3}",
            })
    void what_is_no_report_is_refused_with_a_reason(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class).hasMessageStartingWith("is ");
    }

    @Test
    void nesting_without_end_is_refused() {
        assertThatThrownBy(() -> read("{\"schema\":".repeat(100_000))).isInstanceOf(IOException.class);
    }

    @Test
    void a_report_damaged_anywhere_is_read_or_refused_and_never_breaks_the_program() {
        String json = JsonReport.of(Examples.reports().get(0));
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            StringBuilder damaged = new StringBuilder(json);
            for (int change = 0; change < 1 + seed % 3; change++) {
                int at = random.nextInt(damaged.length());
                switch (random.nextInt(3)) {
                    case 0 -> damaged.setCharAt(at, (char) (32 + random.nextInt(95)));
                    case 1 -> damaged.delete(at, Math.min(damaged.length(), at + random.nextInt(60)));
                    default -> damaged.insert(at, "null");
                }
            }
            try {
                MarkdownReport.of(read(damaged.toString()));
            } catch (IOException e) {
                assertThat(e).as("seed %d", seed).hasMessageStartingWith("is ");
            }
        }
    }
}
