package dev.plumbline.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ResultFileTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void a_file_is_read_with_its_problems() throws IOException {
        Path file = Files.writeString(folder.resolve("r.json"), """
                [{"benchmark": "a.Sort.quick", "mode": "avgt", "forks": 1, "jmhVersion": "1.37",
                  "primaryMetric": {"score": 5.0, "scoreUnit": "ns/op", "rawData": [[5.0, 5.1, 4.9]]},
                  "secondaryMetrics": {}},
                 {"benchmark": "a.Sort.bad", "mode": "avgt", "forks": 1, "jmhVersion": "1.37",
                  "primaryMetric": {"score": "NaN", "scoreUnit": "ns/op", "rawData": [["NaN"]]},
                  "secondaryMetrics": {}}]
                """);
        ResultFile read =
                ResultFile.read(file, Revision.of("abc1234", "main"), Environment.of(Map.of("cpu", "Test")), NOW);
        Run run = read.runs().get(0);
        assertThat(read.runs()).hasSize(1);
        assertThat(run.header().revision().commit()).isEqualTo("abc1234");
        assertThat(run.header().environment().facts()).containsEntry("cpu", "Test");
        assertThat(run.header().time()).isEqualTo(NOW);
        assertThat(run.measurements()).singleElement().satisfies(measurement -> assertThat(
                        measurement.benchmark().name())
                .isEqualTo("a.Sort.quick"));
        assertThat(read.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem.where())
                .contains("r.json"));
    }

    @Test
    void what_is_no_result_or_cut_off_is_an_error_with_its_place() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "dear diary");
        assertThatThrownBy(() -> ResultFile.read(text, NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("notes.txt");
        Path cut =
                Files.writeString(folder.resolve("cut.json"), "[{\"benchmark\": \"a\", \"mode\": \"avgt\", \"jmhVer");
        assertThatThrownBy(() -> ResultFile.read(cut, NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut.json");
    }
}
