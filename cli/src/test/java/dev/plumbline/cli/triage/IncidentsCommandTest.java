package dev.plumbline.cli.triage;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plumbline.cli.CapturedRun;
import dev.plumbline.cli.ScriptedRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Incidents as a shell sees them, in a real repository with a real history. */
class IncidentsCommandTest {
    @TempDir
    private Path temporary;

    private Path folder;

    private CapturedRun plumb(String... arguments) {
        CapturedRun run = CapturedRun.wide(folder, arguments);
        assertThat(run.err()).doesNotContain("\tat ", "internal error");
        assertThat(run.out()).doesNotContain("\u001b");
        return run;
    }

    private JsonNode json(String... arguments) {
        CapturedRun run = plumb(arguments);
        assertThat(run.err()).isEmpty();
        return JsonMapper.builder().build().readTree(run.out());
    }

    private ScriptedRepository repository(long seed) throws IOException, InterruptedException {
        folder = Files.createDirectories(temporary.resolve("repository"));
        return ScriptedRepository.in(folder, seed);
    }

    private void record(String table) throws IOException {
        Path file = Files.createTempFile(temporary, "results", ".csv");
        Files.writeString(file, table);
        CapturedRun run = plumb("record", file.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static List<JsonNode> of(JsonNode report) {
        List<JsonNode> incidents = new ArrayList<>();
        report.get("incidents").forEach(incidents::add);
        return incidents;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 12})
    void each_planted_regression_is_one_incident_whose_commit_ranks_first_and_the_machine_is_called_the_machine(
            long seed) throws Exception {
        ScriptedRepository repository = repository(seed);
        record(repository.results(0, ScriptedRepository.COMMITS));

        JsonNode report = json("incidents", "--json");

        TreeMap<String, JsonNode> byCommit = new TreeMap<>();
        List<JsonNode> machines = new ArrayList<>();
        for (JsonNode incident : of(report)) {
            if (incident.get("kind").asString().equals("ENVIRONMENT")) {
                machines.add(incident);
            } else {
                byCommit.put(incident.get("suspects").get(0).get("commit").asString(), incident);
            }
        }
        assertThat(byCommit.keySet())
                .as("seed %d: %s", seed, plumb("incidents", "--all").out())
                .containsExactlyInAnyOrder(
                        repository.commit(ScriptedRepository.PARSER),
                        repository.commit(ScriptedRepository.DEPENDENCY),
                        repository.commit(ScriptedRepository.CACHE));
        assertThat(byCommit.values())
                .allMatch(incident -> incident.get("direction").asString().equals("WORSE"));
        assertThat(machines).hasSize(1);
        assertThat(machines.get(0).get("reasons").toString()).contains("info.kernel changed from 6.1 to 6.8 in ci");
        assertThat(machines.get(0).get("suspects").get(0).get("environment").asBoolean())
                .isTrue();
        assertThat(machines.get(0).get("changes").size()).isBetween(11, 13);
    }

    @Test
    void an_incident_tells_its_commits_and_keeps_its_id_while_data_arrives() throws Exception {
        ScriptedRepository repository = repository(4);
        record(repository.results(0, ScriptedRepository.PARSER + 30));
        JsonNode first = of(json("incidents", "--json")).get(0);
        String id = first.get("id").asString();
        for (int commit = ScriptedRepository.PARSER + 30; commit < ScriptedRepository.COMMITS; commit += 60) {
            record(repository.results(commit, commit + 60));
            assertThat(of(json("incidents", "--all", "--json")))
                    .as("up to commit %d", commit + 60)
                    .anyMatch(incident -> incident.get("id").asString().equals(id)
                            && incident.get("suspects")
                                    .get(0)
                                    .get("commit")
                                    .asString()
                                    .equals(repository.commit(ScriptedRepository.PARSER)));
        }

        CapturedRun shown = plumb("incidents", id.substring(0, 6));
        assertThat(shown.exitCode()).isZero();
        assertThat(shown.out())
                .contains(id + " · open", "last good", "Suspects", "Ann Example", "Parser: check every quote")
                .contains("which matches the benchmark's name");
    }

    @Test
    void without_a_repository_the_measured_revisions_are_told() throws Exception {
        ScriptedRepository repository = repository(5);
        String results = repository.results(0, ScriptedRepository.DEPENDENCY);
        folder = Files.createDirectories(temporary.resolve("elsewhere"));
        record(results);

        List<JsonNode> incidents = of(json("incidents", "--json"));

        assertThat(incidents).hasSize(1);
        assertThat(incidents.get(0).get("suspects").get(0).get("commit").asString())
                .isEqualTo(repository.commit(ScriptedRepository.PARSER + 1));
        assertThat(incidents.get(0).get("suspects").get(0).has("author")).isFalse();
    }

    @Test
    void a_promise_is_broken_by_a_run_behind_its_commit_although_that_was_never_measured() throws Exception {
        ScriptedRepository repository = repository(4);
        record(repository.results(0, ScriptedRepository.PARSER + 30));
        String id = of(json("incidents", "--json")).get(0).get("id").asString();
        String fix = repository.commit(ScriptedRepository.PARSER + 32);
        plumb("triage", "fixed", id, "--commit", fix.substring(0, 12), "--by", "Ada\u001b[31m<b>");
        assertThat(of(json("incidents", "--json"))).noneMatch(one -> id(one).equals(id));

        record(repository.results(ScriptedRepository.PARSER + 35, ScriptedRepository.PARSER + 45));

        String incidents = plumb("incidents", "--json").out();
        assertFits("incidents-schema.json", incidents);
        JsonNode open = of(json("incidents", "--json")).stream()
                .filter(one -> id(one).equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(open.get("state").asString()).isEqualTo("NEW");
        assertThat(open.get("brokenPromise").get("fixedBy").asString()).isEqualTo(fix);
        assertThat(plumb("incidents", id).out())
                .contains("should have been fixed by " + fix.substring(0, 10) + " (by Ada");
        assertThat(plumb("triage", "list").out()).contains("still there");
        assertFits("triage-schema.json", plumb("triage", "list", "--json").out());
        assertFits(
                "chronicle-schema.json",
                plumb("report", "--kind", "executive", "--json").out());
    }

    private static String id(JsonNode incident) {
        return incident.get("id").asString();
    }

    @Test
    void json_answers_fit_their_schemas() throws Exception {
        ScriptedRepository repository = repository(6);
        record(repository.results(0, ScriptedRepository.COMMITS));
        String id = of(json("incidents", "--json")).get(0).get("id").asString();

        assertFits(
                "incidents-schema.json", plumb("incidents", "--all", "--json").out());
        assertFits(
                "triage-schema.json",
                plumb("triage", "mute", id, "--until", "2026-03-01", "--json").out());
        CapturedRun fixed = plumb("triage", "fixed", id, "--commit", "HEAD", "--json");
        assertFits("triage-schema.json", fixed.out());
        assertThat(fixed.err()).isEmpty();
        CapturedRun unknown = plumb("triage", "fixed", id, "--commit", "deadbeef", "--json");
        assertFits("triage-schema.json", unknown.out());
        assertThat(unknown.err()).contains("warning: this repository has no commit, tag or branch deadbeef");
        assertFits("incidents-schema.json", plumb("incidents", id, "--json").out());
        assertFits("triage-schema.json", plumb("triage", "list", "--json").out());
        assertFits("triage-schema.json", plumb("triage", "show", id, "--json").out());
    }

    private static void assertFits(String name, String json) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("../docs/" + name)));
        assertThat(schema.validate(json, InputFormat.JSON).stream().map(Error::getMessage))
                .as(json)
                .isEmpty();
    }

    @Test
    void an_executive_summary_from_release_to_release_tells_what_happened_and_what_is_owed() throws Exception {
        ScriptedRepository repository = repository(1);
        record(repository.results(0, ScriptedRepository.COMMITS));
        String from = repository.commit(ScriptedRepository.PARSER - 20);
        String to = repository.commit(ScriptedRepository.KERNEL - 10);
        String id = of(json("incidents", "--all", "--json")).stream()
                .filter(incident -> incident.get("suspects")
                        .get(0)
                        .get("commit")
                        .asString("")
                        .equals(repository.commit(ScriptedRepository.PARSER)))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();
        assertThat(plumb("accept", id, "--reason", "agreed", "--by", "ann").exitCode())
                .isZero();

        CapturedRun text = plumb("report", "--kind", "executive", "--since", from, "--until", to, "-v");
        assertThat(text.out())
                .contains("From " + from.substring(0, 8))
                .contains(
                        "(74 % likely,",
                        "Accepted (1)", "got worse: 2 incidents", id, "open: 1 incident", "performance debt")
                .as("two machines give no two equal rows")
                .containsPattern("(?m)^\\S+ time in ci .*%");
        JsonNode report = json("report", "--kind", "executive", "--since", from, "--until", to, "--as", "json");
        // four series of the parser by 10 % and six by 6 % on two machines, as well as they were found
        assertThat(report.get("debt").get("total").asDouble()).isBetween(1.0, 1.7);
        assertThat(report.get("debt").get("accepted").asDouble()).isBetween(0.6, 1.0);
        assertThat(report.get("debt").get("unnoticed").asDouble()).isBetween(0.3, 0.9);
        assertThat(report.get("incidents").size()).isGreaterThanOrEqualTo(2);
        assertFits("chronicle-schema.json", report.toString());
        double unnoticed = report.get("debt").get("unnoticed").asDouble();
        for (JsonNode one : of(json("incidents", "--json"))) {
            plumb("triage", "false-alarm", one.get("id").asString());
        }
        JsonNode stated = json("report", "--kind", "executive", "--since", from, "--until", to, "--as", "json");
        assertThat(stated.get("debt").get("known").asDouble()).isBetween(unnoticed / 2, unnoticed);
        assertThat(plumb("report", "--kind", "executive", "--since", "no-such-tag")
                        .err())
                .contains("no-such-tag");
        assertThat(plumb("report", "--kind", "history", "--since", from).exitCode())
                .isEqualTo(2);
    }

    @Test
    void what_was_said_is_told_and_can_be_taken_back() throws Exception {
        ScriptedRepository repository = repository(7);
        record(repository.results(0, ScriptedRepository.DEPENDENCY));
        String id = of(json("incidents", "--json")).get(0).get("id").asString();

        assertThat(plumb("triage", "acknowledge", id, "--by", "ann", "--reason", "on it\u001b[2J")
                        .exitCode())
                .isZero();
        assertThat(plumb("incidents", id).out()).contains("acknowledged by ann on 2026-01-31");
        assertThat(plumb("triage", "mute", id, "--until", "2026-01-30").exitCode())
                .isEqualTo(2);
        assertThat(plumb("triage", "mute", id, "--until", "2026-03-01", "--by", "bob")
                        .exitCode())
                .isZero();
        assertThat(plumb("triage", "list").out())
                .contains("muted", "bob", "2026-03-01")
                .doesNotContain("ann");
        assertThat(plumb("triage", "show", id).out()).contains("ann", "bob");
        assertThat(plumb("triage", "false-alarm", id).exitCode()).isZero();
        assertThat(plumb("incidents").out()).contains("no open incidents");
        assertThat(plumb("triage", "reopen", id).exitCode()).isZero();
        assertThat(plumb("incidents").out()).contains(id).contains("open");
        assertThat(plumb("accept", id, "--reason", "agreed", "--by", "ann").exitCode())
                .isZero();
        assertThat(of(json("incidents", "--all", "--json")).get(0).get("state").asString())
                .isEqualTo("ACCEPTED");
        assertThat(plumb("triage", "list").out()).contains("accepted", "agreed");
        assertThat(plumb("triage", "acknowledge", "i00000000").exitCode()).isEqualTo(2);
        assertThat(plumb("triage", "acknowledge", "nothing").err()).contains("plumb incidents");
    }

    @Test
    void a_step_that_no_check_judged_is_accepted_by_the_benchmark_s_name() throws Exception {
        ScriptedRepository repository = repository(7);
        record(repository.results(0, ScriptedRepository.DEPENDENCY));
        String name = of(json("incidents", "--json"))
                .get(0)
                .get("changes")
                .get(0)
                .get("label")
                .asString();

        CapturedRun accepted = plumb("accept", name, "--reason", "agreed", "--by", "ann");
        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        assertThat(json("accept", "--list", "--json").get("acceptances").size()).isPositive();
        assertThat(plumb("accept", name, "--reason", "agreed").err()).contains("is accepted already, by ann on ");
    }
}
