package dev.plumbline.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plumbline.cli.CapturedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

@Tag("timed")
class DoctorCommandTest {
    @TempDir
    private Path folder;

    @Test
    void tells_programs_what_it_saw_and_measured() throws Exception {
        CapturedRun run = CapturedRun.of(folder, "doctor", "--pairs", "6", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(Path.of("..", "docs", "doctor-schema.json")), InputFormat.JSON)
                        .validate(run.out(), InputFormat.JSON))
                .isEmpty();
        JsonNode answer = new ObjectMapper().readTree(run.out());
        assertThat(answer.get("noise").size()).isEqualTo(3);
        assertThat(answer.get("noise").get(0).get("level").asDouble()).isPositive();
        assertThat(answer.get("facts").has("info.fingerprint")).isTrue();
    }

    @Test
    void looks_only_when_asked_for_no_pairs() {
        CapturedRun run = CapturedRun.of(folder, "doctor", "--pairs", "0");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("environment ", "cores: ", "fingerprint: ")
                .doesNotContain("pairs for");
    }

    @Test
    void refuses_a_number_of_pairs_that_tells_nothing() {
        assertThat(CapturedRun.of(folder, "doctor", "--pairs", "2").exitCode()).isEqualTo(2);
    }
}
