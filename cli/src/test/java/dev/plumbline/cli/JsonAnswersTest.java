package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The answers for programs of commands that write files or copies. */
class JsonAnswersTest {
    @TempDir
    private Path folder;

    private JsonNode answer(Path where, String schema, String... arguments) {
        CapturedRun run = CapturedRun.of(where, arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        AnswerSchema.assertFits(run.out());
        JsonNode answer = new ObjectMapper().readTree(run.out());
        assertThat(answer.get("schema").asString()).isEqualTo(schema);
        return answer;
    }

    @Test
    void init_lists_what_it_found_and_wrote() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve("Cargo.toml"), "criterion = 1");

        JsonNode rehearsal = answer(folder, "plumbline-init/1", "init", "--dry-run", "--json");
        assertThat(rehearsal.get("dryRun").asBoolean()).isTrue();
        JsonNode found = rehearsal.get("benchmarks").get(0);
        assertThat(found.get("tool").asString()).isEqualTo("criterion");
        assertThat(found.get("chosen").asBoolean()).isTrue();
        assertThat(rehearsal.get("files").get(0).get("text").asString()).isNotEmpty();
        assertThat(folder.resolve("plumbline.yaml")).doesNotExist();

        JsonNode written = answer(folder, "plumbline-init/1", "init", "--json");
        assertThat(written.get("files").get(0).get("written").asBoolean()).isTrue();
        assertThat(written.get("files").get(0).get("text").isNull()).isTrue();
        assertThat(written.get("next").get(0).asString()).startsWith("fill in PLUMBLINE_URL");
        JsonNode again = answer(folder, "plumbline-init/1", "init", "--json");
        assertThat(again.get("files").get(0).get("written").asBoolean()).isFalse();
    }

    @Test
    void the_demo_and_what_is_made_of_its_history_answer_with_documents() {
        JsonNode demo = answer(folder, "plumbline-demo/1", "demo", "--into", "demo", "--json");
        assertThat(demo.get("folder").asString()).isEqualTo("demo");
        assertThat(demo.get("exitCode").asInt()).isEqualTo(1);
        assertThat(demo.get("summary").asString()).startsWith("FAIL");
        assertThat(demo.get("check").get(0).asString()).isNotEmpty();
        assertThat(demo.get("claims")).isEmpty();
        Path into = folder.resolve("demo");

        JsonNode pages = answer(into, "plumbline-dashboard/1", "dashboard", "-o", "pages", "--json");
        assertThat(pages.get("pages")).hasSize(3);
        for (JsonNode page : pages.get("pages")) {
            assertThat(into.resolve(page.asString())).isRegularFile();
        }
        assertThat(pages.get("summaries")).hasSize(2);

        JsonNode exported = answer(into, "plumbline-copy/1", "store", "export", "all.ndjson", "--json");
        JsonNode imported =
                answer(into, "plumbline-copy/1", "store", "import", "all.ndjson", "--store", "b.db", "--json");
        assertThat(exported.get("to").asString()).isEqualTo("all.ndjson");
        assertThat(imported.get("digest")).isEqualTo(exported.get("digest"));
        assertThat(imported.get("runs").asLong())
                .isPositive()
                .isEqualTo(exported.get("runs").asLong());
    }

    @Test
    void the_whole_demo_is_no_document_and_nothing_waits_without_a_failed_server() throws IOException {
        assertThat(CapturedRun.of(folder, "demo", "--json", "--verbose").err()).contains("--json prints the verdict");

        Files.writeString(folder.resolve("plumbline.yaml"), "server: http://127.0.0.1:1\n");
        assertThat(answer(folder, "plumbline-sync/1", "sync", "--json").get("results"))
                .isEmpty();
    }

    @Test
    void the_schema_has_every_document_of_the_list_and_takes_no_other() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "report-format.md"));
        List<String> listed = Pattern.compile("`(plumbline-[a-z]+/1)`")
                .matcher(page.substring(page.indexOf("## Short answers")))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(listed).hasSizeGreaterThanOrEqualTo(10).allSatisfy(name -> assertThat(AnswerSchema.text())
                .contains("{ \"const\": \"" + name + "\" }"));

        String digest = "\"digest\": \"" + "0".repeat(64) + "\"";
        AnswerSchema.assertFits("{\"schema\": \"plumbline-original/1\", " + digest + ", \"file\": \"a\"}");
        for (String wrong : List.of(
                "{\"schema\": \"plumbline-original/1\", " + digest + "}",
                "{\"schema\": \"plumbline-original/1\", " + digest + ", \"file\": \"a\", \"more\": 1}",
                "{\"schema\": \"plumbline-original/2\", " + digest + ", \"file\": \"a\"}",
                "{\"schema\": \"plumbline-trust/1\"}")) {
            assertThat(AnswerSchema.schema().validate(wrong, InputFormat.JSON))
                    .as(wrong)
                    .isNotEmpty();
        }
    }
}
