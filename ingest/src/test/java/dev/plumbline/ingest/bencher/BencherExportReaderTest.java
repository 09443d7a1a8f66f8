package dev.plumbline.ingest.bencher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.Fixtures;
import dev.plumbline.ingest.Gathered;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BencherExportReaderTest {
    private static Gathered file(String name) throws IOException {
        return Gathered.of(Fixtures.file("bencher-export/" + name));
    }

    private static String text(String name) throws IOException {
        return Files.readString(Fixtures.file("bencher-export/" + name), StandardCharsets.UTF_8);
    }

    @Test
    void a_report_is_a_run_of_its_branch_commit_start_and_testbed() throws IOException {
        Gathered gathered = file("reports.json");

        assertThat(gathered.problems()).isEmpty();
        assertThat(gathered.rows())
                .startsWith(
                        "parse::large | Latency | ns | lower | 1249.25",
                        "parse::large | Quality | points | higher | 91.5",
                        "write | Throughput | ops/s | higher | 8095");
        assertThat(gathered.runs())
                .extracting(run -> run.header().revision().commit())
                .containsExactly("b".repeat(40), "a".repeat(40));
        Run newest = gathered.runs().get(0);
        assertThat(newest.measurements()).hasSize(3);
        assertThat(newest.measurements().get(0).sample().groupCount())
                .as("iterations")
                .isEqualTo(2);
        assertThat(newest.header().revision().branch()).isEqualTo("main");
        assertThat(newest.header().measuredAt()).contains(Instant.parse("2026-03-02T09:00:00Z"));
        assertThat(newest.header().environment().key()).isEqualTo("bench-1");
        assertThat(newest.header().context()).containsEntry("tool", "Bencher").containsKey("bencher.report");
        Sample.Summary latency =
                (Sample.Summary) gathered.runs().get(1).measurements().get(0).sample();
        assertThat(latency.quantiles()).containsEntry(0.0, 1190.0).containsEntry(1.0, 1212.0);
    }

    @Test
    void a_query_gives_the_runs_that_the_reports_give() throws IOException {
        Gathered query = file("perf.json");

        assertThat(query.problems()).isEmpty();
        assertThat(query.runs())
                .extracting(Run::header)
                .containsExactlyInAnyOrderElementsOf(
                        file("reports.json").runs().stream().map(Run::header).toList());
        assertThat(query.rows())
                .containsExactly(
                        "parse::large | Latency | ns | lower | 1200",
                        "write | Throughput | ops/s | higher | 8200",
                        "parse::large | Latency | ns | lower | 1250.5",
                        "write | Throughput | ops/s | higher | 8100");
    }

    @Test
    void without_a_commit_the_start_stands_for_it_and_not_what_is_checked_out_here() throws IOException {
        assertThat(file("report.json").header().revision().commit()).isEqualTo("2026-03-03T09:00:00Z");
    }

    @Test
    void pages_that_stand_one_after_the_other_are_read_as_one() throws IOException {
        Gathered all = Gathered.of("all.json", text("reports.json") + "\n[" + text("report.json") + "]\n");

        assertThat(all.runs()).hasSize(3);
        assertThat(all.problems()).isEmpty();
    }

    @Test
    void a_list_without_results_says_how_to_download_them() throws IOException {
        Gathered gathered = Gathered.of(
                "reports.json",
                text("report.json").replaceFirst("\"results\": \\[\\[.*\\]\\], \"alerts\"", "\"alerts\""));

        assertThat(gathered.measurements()).isEmpty();
        assertThat(gathered.problems())
                .anySatisfy(problem -> assertThat(problem).contains("reports.json:1", "expand=true"));
    }

    @Test
    void a_threshold_says_which_way_a_measure_is_better_wherever_it_stands_in_the_file() throws IOException {
        String report = text("report.json")
                .replace("\"Latency\"", "\"Widgets\"")
                .replace("nanoseconds (ns)", "widgets")
                .replace("\"upper_boundary\": 0.99", "\"upper_boundary\": null")
                .replace(
                        "\"lower_boundary\": null, \"upper_boundary\": null",
                        "\"lower_boundary\": 0.9, \"upper_boundary\": null");
        String first =
                report.replaceAll("\"threshold\": \\{.*?\\}\\, \"created\": \"[^\"]*\"\\}", "\"threshold\": null");
        assertThat(first).isNotEqualTo(report);

        Gathered gathered = Gathered.of("reports.json", "[" + first + ", " + report + "]");

        assertThat(gathered.rows().stream().filter(row -> row.contains("Widgets")))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row).contains("| widgets | higher |"));
    }

    @Test
    void values_that_are_none_and_names_that_cannot_be_are_reported_and_the_others_read() throws IOException {
        String report = text("report.json")
                .replace("\"value\": 1260.0", "\"value\": \"fast\"")
                .replace("\"write\"", "\"" + "w".repeat(5_000) + "\"");

        Gathered gathered = Gathered.of("report.json", report);

        assertThat(gathered.rows()).containsExactly("parse::large | Quality | points | higher | 91.5");
        assertThat(gathered.problems()).hasSizeGreaterThanOrEqualTo(2).allSatisfy(problem -> assertThat(problem)
                .startsWith("report.json:1:"));
    }

    @Test
    void an_answer_that_breaks_off_is_refused_with_the_place() throws IOException {
        String whole = text("perf.json");
        List<Integer> places =
                Stream.of(3, 2).map(part -> whole.length() * part / 4).toList();
        for (int length : places) {
            assertThatThrownBy(() -> Gathered.of("perf.json", whole.substring(0, length)))
                    .isInstanceOf(UnreadableInput.class)
                    .hasMessageContaining("perf.json:")
                    .hasMessageContaining("cut off");
        }
    }
}
