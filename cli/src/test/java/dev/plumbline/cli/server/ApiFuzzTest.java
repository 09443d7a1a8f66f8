package dev.plumbline.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.RequestFuzzer;
import dev.plumbline.server.RunningServer.Answer;
import dev.plumbline.server.RunningServer.Client;
import dev.plumbline.server.Specification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Whatever is sent, the server answers as the description of its interface has it, never with a failure of its own, and
 * keeps what it had. {@code -Dplumbline.requests=100000 -Dplumbline.seed=7} asks more.
 */
class ApiFuzzTest extends ServedProject {
    private static final int REQUESTS = Integer.getInteger("plumbline.requests", 400);
    private static final long SEED = Long.getLong("plumbline.seed", 1);
    private static final Pattern ID = Pattern.compile("\"(?:id|series)\": ?\"([^\"]+)\"");

    /** Of the 80 operations; the others ask for ids, codes and packs that nobody guesses. */
    private static final int LEAST_DONE = 40;

    /** What would leave nobody, or nothing, to go on with. */
    private static final Set<String> LAST = Set.of(
            "DELETE /api/v1/projects/{organisation}/{project}",
            "DELETE /api/v1/sessions/current",
            "POST /api/v1/accounts/{account}/disable",
            "DELETE /api/v1/organisations/{organisation}/members/{account}",
            "PUT /api/v1/organisations/{organisation}/members/{account}");

    @Test
    void no_request_is_answered_with_a_failure_and_what_was_recorded_stays() {
        root.post("/api/v1/organisations/acme/projects", "{\"name\":\"gone\"}");
        record();
        List<String> runs = ids("/runs");
        List<Client> clients = List.of(root, root, server.token(root, "acme/fast", "maintainer"), server.nobody());
        RequestFuzzer fuzzer = new RequestFuzzer(SEED, known());
        RequestFuzzer careful =
                new RequestFuzzer(SEED, Map.of("organisation", List.of("acme"), "project", List.of("gone")));
        List<String> operations = new ArrayList<>(Specification.INSTANCE.operations());
        Random random = new Random(SEED);
        Map<String, Set<Integer>> answered = new TreeMap<>();

        for (int i = 0; i < REQUESTS; i++) {
            String operation = operations.get(i % operations.size());
            Client client = clients.get(random.nextInt(clients.size()));
            Answer answer = LAST.contains(operation)
                    ? careful.send(server.nobody(), operation)
                    : fuzzer.send(client, operation);
            assertThat(answer.status())
                    .as("request %d: %s %s: %s", i, operation, answer.response().uri(), answer.text())
                    .isLessThan(500);
            answered.computeIfAbsent(operation, name -> new TreeSet<>()).add(answer.status());
            server.clock.pass(Duration.ofSeconds(1));
        }

        assertThat(answered.values())
                .as("most requests of a kind come so far that something is done: %s", answered)
                .filteredOn(statuses -> statuses.stream().anyMatch(status -> status < 300))
                .hasSizeGreaterThan(LEAST_DONE);
        assertThat(root.get("/readyz").status()).isEqualTo(200);
        assertThat(ids("/runs?limit=1000")).containsAll(runs);
    }

    private void record() {
        for (int i = 0; i < 8; i++) {
            server.clock.pass(Duration.ofMinutes(10));
            String csv = "benchmark,value,unit\nparse," + (i == 7 ? 30 : 20 + i % 2) + ",ms\nwrite,1" + i % 3 + ",ms\n";
            Answer checked = root.send(
                    "POST",
                    FAST + "/checks?environment=lab&branch=main&name=r.csv&commit=" + String.format("abcdef%034x", i),
                    csv,
                    "Content-Type",
                    "application/octet-stream");
            assertThat(checked.status()).as(checked.text()).isEqualTo(200);
        }
    }

    private Map<String, List<String>> known() {
        return Map.ofEntries(
                Map.entry("organisation", List.of("acme")),
                Map.entry("project", List.of("fast")),
                Map.entry("account", List.of("root", "eve")),
                Map.entry("run", ids("/runs")),
                Map.entry("series", ids("/series")),
                Map.entry("incident", ids("/incidents")),
                Map.entry("benchmark", List.of("parse", "write", "p*")),
                Map.entry("environment", List.of("lab")),
                Map.entry("branch", List.of("main", "other")),
                Map.entry("commit", List.of("abcdef" + "0".repeat(33) + "3", "abcdef", "1".repeat(40))),
                Map.entry("metric", List.of("value", "time")));
    }

    private List<String> ids(String path) {
        List<String> ids = ID.matcher(root.get(FAST + path).text())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(ids).as(path).isNotEmpty();
        return ids;
    }
}
