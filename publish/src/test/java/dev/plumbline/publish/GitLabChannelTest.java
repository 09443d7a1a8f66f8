package dev.plumbline.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.publish.FakeService.Answer;
import dev.plumbline.publish.gitlab.GitLabChannel;
import dev.plumbline.report.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * No registry carries GitLab's OpenAPI description, so requests are held against what its reference says of notes:
 * paths, methods, and the parameters {@code sort}, {@code order_by}, {@code per_page}, {@code page} and {@code body}.
 */
class GitLabChannelTest {
    private static final String NOTES = "/api/v4/projects/12/merge_requests/3/notes";
    private static final String TOKEN = "glpat-secret0123456789";

    private final ObjectMapper json = new ObjectMapper();
    private final Map<Long, ObjectNode> notes = new LinkedHashMap<>();
    private FakeService gitlab;

    @BeforeEach
    void start() throws IOException {
        gitlab = new FakeService() {
            @Override
            protected Answer answer(Request request) {
                String call = request.method() + " " + request.address().getPath();
                if (call.equals("GET /api/v4/user")) {
                    return Answer.of(200, "{\"id\": 5, \"username\": \"project_12_bot\"}");
                }
                if (call.equals("GET " + NOTES)) {
                    ArrayNode all = json.createArrayNode();
                    int page = Integer.parseInt(request.address().getQuery().replaceAll(".*[?&]page=", ""));
                    notes.values().stream().skip(100L * (page - 1)).limit(100).forEach(all::add);
                    return Answer.of(200, all.toString());
                }
                if (call.equals("POST " + NOTES)) {
                    return Answer.of(
                            201,
                            note(5, json.readTree(request.body()).get("body").asString())
                                    .toString());
                }
                if (call.startsWith("PUT " + NOTES + "/")) {
                    ObjectNode known = notes.get(Long.parseLong(call.substring(call.lastIndexOf('/') + 1)));
                    known.set("body", json.readTree(request.body()).get("body"));
                    return Answer.of(200, known.toString());
                }
                return Answer.of(404, "{\"message\": \"404 Not found\"}");
            }
        };
    }

    @AfterEach
    void stop() {
        gitlab.close();
        gitlab.requests().forEach(request -> {
            assertThat(request.headers().get("PRIVATE-TOKEN")).isEqualTo(TOKEN);
            if (request.method().equals("GET") && request.address().getQuery() != null) {
                for (String pair : request.address().getQuery().split("&")) {
                    assertThat(pair).matches("sort=(asc|desc)|order_by=(created_at|updated_at)|(per_)?page=[0-9]+");
                }
            } else if (!request.method().equals("GET")) {
                JsonNode body = json.readTree(request.body());
                assertThat(Set.copyOf(body.propertyNames())).isEqualTo(Set.of("body"));
                assertThat(body.get("body").asString()).hasSizeLessThan(1_000_000);
            }
        });
    }

    private ObjectNode note(long author, String body) {
        ObjectNode note = json.createObjectNode().put("id", 100L + notes.size()).put("body", body);
        note.putObject("author").put("id", author);
        notes.put(note.get("id").asLong(), note);
        return note;
    }

    private Delivery publish(Report report, Map<String, String> more) throws InterruptedException {
        Map<String, String> variables = new LinkedHashMap<>(Map.of(
                "CI_API_V4_URL", gitlab.address() + "/api/v4",
                "CI_PROJECT_ID", "12",
                "CI_MERGE_REQUEST_IID", "3",
                "CI_JOB_URL", "https://gitlab.example.org/a/b/-/jobs/9",
                "GITLAB_TOKEN", TOKEN));
        variables.putAll(more);
        return new GitLabChannel(variables, gitlab.patience()).publish(Reports.publication(report));
    }

    @Test
    void one_note_is_written_and_then_changed() throws Exception {
        note(8, "<!-- plumbline: Plumbline -->\nsomebody else's");

        assertThat(publish(Reports.regression(), Map.of()).done()).containsExactly("wrote a note on the merge request");
        assertThat(publish(Reports.clean(), Map.of()).done()).containsExactly("updated the note on the merge request");
        assertThat(notes).hasSize(2);
        assertThat(notes.get(100L).get("body").asString()).endsWith("somebody else's");
        assertThat(notes.get(101L).get("body").asString())
                .startsWith("<!-- plumbline: Plumbline -->\n### ✅")
                .contains("[Full report](https://gitlab.example.org/a/b/-/jobs/9)");
    }

    @Test
    void the_note_is_found_on_a_later_page() throws Exception {
        for (int i = 0; i < 120; i++) {
            note(8, "note " + i);
        }
        publish(Reports.clean(), Map.of());
        publish(Reports.clean(), Map.of());

        assertThat(notes).hasSize(121);
    }

    @Test
    void a_job_of_no_merge_request_writes_nothing() throws Exception {
        assertThat(publish(Reports.clean(), Map.of("CI_MERGE_REQUEST_IID", "")).done())
                .containsExactly("no note: this job has no merge request");
        assertThat(gitlab.requests()).isEmpty();
    }

    @Test
    void a_number_that_is_none_does_not_reach_an_address() throws Exception {
        assertThat(publish(Reports.clean(), Map.of("CI_MERGE_REQUEST_IID", "3/../4"))
                        .done())
                .containsExactly("no note: this job has no merge request");
        assertThat(publish(Reports.clean(), Map.of("CI_PROJECT_ID", "a%2Fb")).failed())
                .containsExactly("CI_PROJECT_ID is not set; GitLab sets it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | GitLab rejects the token; it is unknown or has expired (401): said",
                "403 | GitLab denies permission (403): said",
                "404 | GitLab finds nothing there, or the token lacks access (404): said",
                "422 | GitLab rejects the request as invalid (422): said",
                "500 | GitLab failed (500); it is unknown whether the request was processed: said",
            })
    void what_goes_wrong_is_told(int status, String message) throws Exception {
        for (int i = 0; i < 3; i++) {
            gitlab.next("POST " + NOTES, Answer.of(status, "{\"message\": \"said\"}"));
        }

        assertThat(publish(Reports.clean(), Map.of()).failed()).containsExactly(message);
    }

    @Test
    void limits_are_waited_for_as_gitlab_tells_them() throws Exception {
        long reset = FakeService.NOW.getEpochSecond() + 9;
        gitlab.next("POST " + NOTES, new Answer(429, Map.of("RateLimit-Reset", Long.toString(reset)), ""));
        gitlab.next("POST " + NOTES, new Answer(429, Map.of("Retry-After", "4"), "Retry later"));

        assertThat(publish(Reports.clean(), Map.of()).failed()).isEmpty();
        assertThat(gitlab.pauses()).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(4));
        assertThat(notes).hasSize(1);
    }

    @Test
    void an_oversized_note_is_shortened() throws Exception {
        gitlab.next("POST " + NOTES, Answer.of(413, ""));

        assertThat(publish(Reports.large(1000), Map.of()).done())
                .containsExactly("wrote a note on the merge request, shortened");
    }

    @Test
    void the_token_does_not_follow_a_redirect_to_another_host() throws Exception {
        gitlab.next("GET /api/v4/user", new Answer(302, Map.of("Location", "https://elsewhere.example.org/users"), ""));

        assertThat(publish(Reports.clean(), Map.of()).failed())
                .containsExactly(
                        "GitLab redirects to another host, elsewhere.example.org; the secret was not" + " sent there");
    }

    @Test
    void without_a_token_nothing_is_sent() throws Exception {
        assertThat(publish(Reports.clean(), Map.of("GITLAB_TOKEN", " "))
                        .failed()
                        .get(0))
                .startsWith("GITLAB_TOKEN is not set");
        assertThat(List.copyOf(gitlab.requests())).isEmpty();
    }
}
