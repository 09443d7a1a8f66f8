package dev.plumbline.ingest.horreum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.Fixtures;
import dev.plumbline.ingest.Gathered;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HorreumReaderTest {
    private static Gathered file(String name) throws IOException {
        return Gathered.of(Fixtures.file("horreum/" + name));
    }

    private static String text(String name) throws IOException {
        return Files.readString(Fixtures.file("horreum/" + name), StandardCharsets.UTF_8);
    }

    private static String values(String labels) {
        return "[{\"values\": {" + labels
                + "}, \"runId\": 7, \"datasetId\": 9, \"start\": 1772355600000, \"stop\": 1}]";
    }

    @Test
    void the_export_of_the_test_says_what_is_watched_and_what_tells_datasets_apart() throws IOException {
        Gathered gathered = file("test-and-labels.json");

        assertThat(gathered.rows())
                .contains(
                        "quarkus-rest {mode=native, threads=8} | Throughput |  | higher | 12500.5",
                        "quarkus-rest {mode=native, threads=8} | Start |  | lower | 21",
                        "quarkus-rest {mode=jvm, threads=8} | Throughput |  | higher | 15100",
                        "quarkus-rest {mode=native, threads=8} | rss |  | lower | 131072000")
                .noneMatch(row -> row.contains("buildId") || row.contains("| threads"));
        assertThat(gathered.runs().get(0).measurements())
                .filteredOn(one -> one.metric().name().equals("Start"))
                .first()
                .extracting(one -> ((Sample.Values) one.sample()).group(0))
                .isEqualTo(new double[] {21, 22, 20});
        assertThat(gathered.problems())
                .anySatisfy(problem -> assertThat(problem).contains("RSS per request", "computed by a function"));
    }

    @Test
    void datasets_of_one_run_are_one_run_with_its_commit_branch_machine_and_start() throws IOException {
        Gathered gathered = file("test-and-labels.json");

        assertThat(gathered.runs()).hasSize(2);
        RunHeader header = gathered.runs().get(0).header();
        assertThat(header.revision().commit()).isEqualTo("c".repeat(40));
        assertThat(header.revision().branch()).isEqualTo("main");
        assertThat(header.environment().key()).isEqualTo("lab-7");
        assertThat(header.measuredAt()).contains(Instant.parse("2026-03-01T09:00:00.500Z"));
        assertThat(header.context()).containsEntry("horreum.run", "201").containsEntry("Quarkus version", "3.8.1");
    }

    @Test
    void label_values_alone_are_read_with_every_number_and_a_hint() throws IOException {
        Gathered gathered = file("labels.json");

        assertThat(gathered.rows()).anyMatch(row -> row.startsWith("labels | throughput |  | higher | 12500.5"));
        assertThat(gathered.runs().get(0).header().revision().commit()).isEqualTo("2026-03-01T09:00:00.500Z");
        assertThat(gathered.problems())
                .filteredOn(problem -> problem.contains("export of the test"))
                .hasSize(1);
    }

    @Test
    void a_label_that_is_called_like_a_commit_however_it_is_spelt_is_one() throws IOException {
        for (String name : new String[] {"commit", "Git Commit", "git_sha", "gitHash", "revision"}) {
            assertThat(Gathered.of("x.json", values("\"" + name + "\": \"c0ffee1\", \"rate\": 1"))
                            .header()
                            .revision()
                            .commit())
                    .as(name)
                    .isEqualTo("c0ffee1");
        }
        assertThat(Gathered.of("x.json", values("\"commits\": 12, \"rate\": 1"))
                        .header()
                        .revision()
                        .commit())
                .isEqualTo("2026-03-01T09:00:00Z");
    }

    @Test
    void labels_without_numbers_are_reported_and_skipped_where_they_are_watched() throws IOException {
        String odd = text("test-and-labels.json").replace("12500.5", "\"n/a\"").replaceFirst("\\[\\s*21,", "[\"x\",");

        Gathered gathered = Gathered.of("h.json", odd);

        assertThat(gathered.problems())
                .anySatisfy(problem -> assertThat(problem).contains("h.json:", "\"throughput\"", "has no number"))
                .anySatisfy(problem -> assertThat(problem).contains("h.json:", "\"startup\"", "has no number"));
        assertThat(gathered.rows()).contains("quarkus-rest {mode=jvm, threads=8} | Throughput |  | higher | 15100");
    }

    @Test
    void the_definition_of_a_test_alone_says_what_is_missing() throws IOException {
        String whole = text("test-and-labels.json");

        Gathered gathered = Gathered.of("h.json", whole.substring(0, whole.indexOf("\n[") + 1));

        assertThat(gathered.measurements()).isEmpty();
        assertThat(gathered.problems())
                .anySatisfy(problem -> assertThat(problem).contains("api/test/ID/labelValues"));
    }

    @Test
    void label_values_that_break_off_are_refused_with_the_place() throws IOException {
        String whole = text("labels.json");

        assertThatThrownBy(() -> Gathered.of("labels.json", whole.substring(0, whole.length() - 20)))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("labels.json:")
                .hasMessageContaining("cut off");
    }
}
