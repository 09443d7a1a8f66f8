package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code explain} answers programs. */
class ExplainJsonTest {
    private static final Path SCHEMAS = Path.of("..", "docs");

    @TempDir
    private Path folder;

    @Test
    void it_has_the_findings_of_the_check_and_what_the_gate_has_against_them() throws Exception {
        GitStory story = GitStory.in(folder);
        story.git("checkout", "-q", "-b", "feature");
        story.commit("slower sort");
        JsonNode check = PlantedSuite.json(story.plumb("check", story.results(1.3, 1), "--json"));

        CapturedRun named = story.plumb("explain", "Sort.quick", "--json");

        assertThat(named.exitCode()).isZero();
        assertThat(named.err()).isEmpty();
        assertFits(named);
        JsonNode answer = PlantedSuite.json(named);
        assertThat(answer.get("schema").asString()).isEqualTo("plumbline-explain/1");
        assertThat(answer.get("runs").get(0).get("commit").asString()).startsWith(story.head());
        assertThat(answer.get("findings").size()).isEqualTo(1);
        assertThat(answer.get("findings").get(0))
                .isEqualTo(check.get("findings").get(0));
        assertThat(answer.get("gate")).hasSize(1);
        assertThat(answer.get("gate").get(0).get("kind").asString()).isEqualTo("REGRESSION");
        assertThat(answer.get("roles").get(0).get("role").asString()).isEqualTo("PRIMARY");

        CapturedRun all = story.plumb("explain", "--json");
        assertFits(all);
        assertThat(PlantedSuite.json(all).get("findings")).isEqualTo(check.get("findings"));
    }

    @Test
    void it_has_what_is_missing_and_what_nobody_judges() throws Exception {
        GitStory story = GitStory.in(folder);
        story.commit("no sort");
        Path results = Path.of(story.results(1, 1));
        Files.writeString(
                results, Files.readString(results).replaceAll("Sort[.]quick.*\n", "") + "Hash.get,load,,lower,0.5\n");
        Files.writeString(folder.resolve("plumbline.yaml"), "metrics:\n  - {metric: load, role: context}\n");
        story.plumb("check", results.toString());

        CapturedRun gone = story.plumb("explain", "Sort.quick", "--json");
        CapturedRun unjudged = story.plumb("explain", "Hash.get", "--metric", "load", "--json");

        assertFits(gone);
        assertThat(PlantedSuite.json(gone)
                        .get("missing")
                        .get(0)
                        .get("benchmark")
                        .asString())
                .isEqualTo("Sort.quick");
        assertFits(unjudged);
        assertThat(PlantedSuite.json(unjudged).get("findings").isEmpty()).isTrue();
        assertThat(PlantedSuite.json(unjudged).get("roles").get(0).get("role").asString())
                .isEqualTo("CONTEXT");
    }

    @Test
    void the_schema_describes_a_finding_as_that_of_a_report_does() throws IOException {
        JsonNode report = schema("report-schema.json");
        JsonNode explain = schema("explain-schema.json").get("$defs");

        for (String name : report.get("$defs").propertyNames()) {
            if (!name.equals("count")) {
                assertThat(explain.get(name))
                        .as(name)
                        .isEqualTo(report.get("$defs").get(name));
            }
        }
        assertThat(explain.get("missing")).isEqualTo(report.at("/properties/missing/items"));
        assertThat(explain.get("reason")).isEqualTo(report.at("/properties/gate/properties/ladder/items"));
    }

    private static JsonNode schema(String name) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(SCHEMAS.resolve(name)));
    }

    private static void assertFits(CapturedRun answer) throws IOException {
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(SCHEMAS.resolve("explain-schema.json")), InputFormat.JSON)
                        .validate(answer.out(), InputFormat.JSON))
                .as(answer.out() + answer.err())
                .isEmpty();
    }
}
