package dev.plumbline.buildtool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {
    @TempDir
    private Path folder;

    @Test
    void each_result_of_a_report_is_a_finding() throws IOException {
        assertThat(Findings.of(report("""
                {"version": "2.1.0", "runs": [{"tool": {}, "results": [
                  {"ruleId": "performance-regression", "ruleIndex": 0, "level": "error",
                   "message": {"text": "slower by 4 \\u00b5s"},
                   "partialFingerprints": {"plumblineFinding/v1": "eb2e32c8b993"},
                   "properties": {"benchmark": "a.A.x", "parameters": {"mode": "avgt"}}},
                  {"ruleId": "possible-regression", "level": "warning", "message": {"text": "perhaps"},
                   "properties": {"benchmark": "a.A.y"}}
                ]}]}
                """)))
                .containsExactly(
                        new Findings.Finding("a.A.x", true, "performance-regression", "slower by 4 µs", "eb2e32c8b993"),
                        new Findings.Finding("a.A.y", false, "possible-regression", "perhaps", ""));
    }

    @Test
    void a_report_without_results_has_no_finding() throws IOException {
        assertThat(Findings.of(report("{\"runs\": [{\"results\": []}]}"))).isEmpty();
        assertThat(Findings.of(report("[]"))).isEmpty();
    }

    @Test
    void half_a_report_is_an_error_that_names_the_file() {
        assertThatThrownBy(() -> Findings.of(report("{\"runs\": [")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("report.sarif cannot be read");
    }

    private Path report(String text) throws IOException {
        return Files.writeString(folder.resolve("report.sarif"), text);
    }
}
