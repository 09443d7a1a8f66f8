package dev.plumbline.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.publish.FakeService.Answer;
import dev.plumbline.publish.github.GitHubChannel;
import dev.plumbline.publish.github.GitHubChannel.Part;
import dev.plumbline.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GitHubChannelTest {
    private static final String POST_COMMENT = "POST /repos/octo/demo/issues/7/comments";

    @TempDir
    private Path folder;

    private FakeGitHub github;

    @BeforeEach
    void start() throws IOException {
        github = new FakeGitHub();
    }

    /** Whatever a test does, its requests are as GitHub describes them. */
    @AfterEach
    void stop() {
        github.close();
        assertThat(github.complaints()).isEmpty();
    }

    private Map<String, String> pullRequest() throws IOException {
        Path event = Files.writeString(
                folder.resolve("event.json"),
                "{\"pull_request\": {\"number\": 7, \"head\": {\"sha\": \"" + FakeGitHub.HEAD + "\"}}}");
        return github.variables(Map.of("GITHUB_EVENT_PATH", event.toString()));
    }

    private Map<String, String> without(String variable) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>(pullRequest());
        variables.remove(variable);
        return variables;
    }

    private Delivery publish(Report report, Set<Part> parts, Map<String, String> variables)
            throws InterruptedException {
        return publish(Reports.publication(report), parts, variables);
    }

    private Delivery publish(Publication publication, Set<Part> parts, Map<String, String> variables)
            throws InterruptedException {
        return new GitHubChannel("github", parts, variables, github.patience()).publish(publication);
    }

    private Delivery comment(Report report) throws IOException, InterruptedException {
        return publish(report, EnumSet.of(Part.COMMENT), pullRequest());
    }

    private String onlyComment() {
        assertThat(github.comments).hasSize(1);
        return github.comments.values().iterator().next().get("body").asString();
    }

    @Test
    void the_description_of_github_is_here_or_that_is_said() {
        assumeTrue(
                GitHubDescription.here().isPresent(),
                "requests were not held against GitHub's description: npm ci in publish/src/test/npm installs it");
        GitHubDescription description = GitHubDescription.here().orElseThrow();
        String comments = "/repos/a/b/issues/1/comments";

        assertThat(description.complaints("POST", java.net.URI.create(comments), "{\"body\": \"x\"}"))
                .isEmpty();
        assertThat(description.complaints("POST", java.net.URI.create(comments), "{\"text\": \"x\"}"))
                .hasSize(2);
        assertThat(description.complaints("POST", java.net.URI.create("/repos/a/b/nothing"), "{}"))
                .hasSize(1);
        assertThat(description.complaints("GET", java.net.URI.create(comments + "?page=x"), ""))
                .hasSize(1);
        assertThat(description.complaints("GET", java.net.URI.create(comments + "?size=1"), ""))
                .hasSize(1);
    }

    // --- The comment.

    @Test
    void one_comment_is_written_and_then_changed() throws Exception {
        github.comment("somebody", "User", "I like it");

        Delivery first = comment(Reports.regression());
        Delivery second = comment(Reports.clean());

        assertThat(first.failed()).isEmpty();
        assertThat(first.done())
                .containsExactly("commented on pull request 7: https://github.com/octo/demo/pull/7#issuecomment-1001");
        assertThat(second.done())
                .containsExactly("updated the comment on pull request 7:"
                        + " https://github.com/octo/demo/pull/7#issuecomment-1001");
        assertThat(github.comments).hasSize(2);
        assertThat(github.comments.get(1001L).get("body").asString())
                .startsWith("<!-- plumbline: Plumbline -->\n### ✅")
                .contains("[Full report](https://github.com/octo/demo/actions/runs/42)");
        assertThat(github.comments.get(1000L).get("body").asString()).isEqualTo("I like it");
    }

    @Test
    void suites_with_names_of_their_own_have_comments_of_their_own() throws Exception {
        Publication nightly = new Publication(Reports.clean(), "nightly", Optional.empty(), Map.of());
        comment(Reports.regression());
        publish(nightly, EnumSet.of(Part.COMMENT), pullRequest());
        publish(nightly, EnumSet.of(Part.COMMENT), pullRequest());

        assertThat(github.comments).hasSize(2);
        assertThat(github.comments.get(1001L).get("body").asString())
                .startsWith("<!-- plumbline: nightly -->\n## nightly\n");
    }

    @Test
    void the_comment_is_found_on_a_later_page() throws Exception {
        for (int i = 0; i < 230; i++) {
            github.comment("somebody", "User", "comment " + i);
        }
        comment(Reports.clean());
        comment(Reports.regression());

        assertThat(github.comments).hasSize(231);
        assertThat(github.calls().stream().filter(call -> call.startsWith("PATCH")))
                .hasSize(1);
    }

    @Test
    void a_comment_of_somebody_else_with_our_marker_is_not_touched() throws Exception {
        github.comment("mallory", "User", "<!-- plumbline: Plumbline -->\nnot ours");

        comment(Reports.clean());

        assertThat(github.comments.get(1000L).get("body").asString()).endsWith("not ours");
        assertThat(github.comments).hasSize(2);
    }

    @Test
    void a_person_s_token_changes_only_the_comments_of_that_person() throws Exception {
        github.comment("other-bot", "Bot", "<!-- plumbline: Plumbline -->\na bot's");
        github.comment("OctoCat", "User", "<!-- plumbline: Plumbline -->\nthe person's");
        Map<String, String> variables = new LinkedHashMap<>(pullRequest());
        variables.put("GITHUB_TOKEN", "ghp_person");

        publish(Reports.clean(), EnumSet.of(Part.COMMENT), variables);

        assertThat(github.comments.get(1000L).get("body").asString()).endsWith("a bot's");
        assertThat(github.comments.get(1001L).get("body").asString()).contains("✅");
        assertThat(github.comments).hasSize(2);
    }

    @Test
    void hostile_names_stay_text() throws Exception {
        comment(Reports.hostile());

        assertThat(onlyComment())
                .doesNotContain(
                        "<script", "<!channel", "@everyone", "https://example.org", "\n## d", "\u001b", "\u202E")
                .containsOnlyOnce("<!-- plumbline");
    }

    @Test
    void a_report_of_any_size_fits() throws Exception {
        for (int size : new int[] {0, 1, 1000, 5000}) {
            comment(Reports.large(size));

            assertThat(onlyComment()).hasSizeBetween(50, 62_000).endsWith("</sub>\n");
        }
    }

    @Test
    void a_comment_that_is_refused_as_too_long_is_shortened() throws Exception {
        github.next(
                POST_COMMENT,
                Answer.of(
                        422,
                        "{\"message\": \"Validation Failed\", \"errors\": [{\"message\": \"body is too long\"}]}"));

        Delivery delivery = comment(Reports.large(1000));

        assertThat(delivery.done().get(0))
                .startsWith("commented on pull request 7")
                .endsWith(", shortened");
        assertThat(onlyComment()).hasSizeLessThan(6_000).contains("**Blocking: yes**", "[Full report](");
    }

    @Test
    void an_oversized_body_is_shortened_too() throws Exception {
        github.next(POST_COMMENT, Answer.of(413, ""));

        assertThat(comment(Reports.large(1000)).done().get(0)).endsWith(", shortened");
    }

    @Test
    void a_comment_that_was_deleted_meanwhile_is_written_again() throws Exception {
        comment(Reports.clean());
        github.next("PATCH /repos/octo/demo/issues/comments", Answer.of(404, "{\"message\": \"Not Found\"}"));
        github.next("GET /repos/octo/demo/issues/7/comments", Answer.of(200, "[" + github.comments.get(1000L) + "]"));
        github.comments.clear();

        assertThat(comment(Reports.clean()).done().get(0)).startsWith("commented");
        assertThat(github.comments).hasSize(1);
    }

    @Test
    void a_comment_that_was_written_although_an_error_came_back_is_not_written_twice() throws Exception {
        github.next(POST_COMMENT, Answer.of(502, ""));
        github.next("GET /repos/octo/demo/issues/7/comments", Answer.of(200, "[]"));
        github.comment("github-actions[bot]", "Bot", "<!-- plumbline: Plumbline -->\nwritten all the same");

        assertThat(comment(Reports.clean()).done().get(0)).startsWith("updated");
        assertThat(github.comments).hasSize(1);
    }

    @Test
    void results_of_a_commit_that_is_no_longer_the_head_do_not_replace_newer_ones() throws Exception {
        github.next(
                "GET /repos/octo/demo/pulls/7",
                Answer.of(200, "{\"number\": 7, \"head\": {\"sha\": \"" + "e".repeat(40) + "\"}}"));

        assertThat(comment(Reports.clean()).done())
                .containsExactly("no comment: pull request 7 has newer commits than the measured one; their"
                        + " results will follow");
        assertThat(github.comments).isEmpty();
    }

    @Test
    void a_job_of_no_pull_request_comments_nowhere() throws Exception {
        Delivery delivery = publish(Reports.clean(), EnumSet.of(Part.COMMENT), without("GITHUB_EVENT_PATH"));

        assertThat(delivery.done()).containsExactly("no comment: this job has no open pull request");
        assertThat(github.requests()).isEmpty();
    }

    // --- The second of two workflows: what a fork measured.

    private Map<String, String> workflowRun(String head) throws IOException {
        Path event = Files.writeString(
                folder.resolve("event.json"),
                "{\"workflow_run\": {\"event\": \"pull_request\", \"head_sha\": \"" + head
                        + "\", \"head_branch\": \"fix me&state=closed\","
                        + " \"head_repository\": {\"owner\": {\"login\": \"forker\"}}}}");
        return github.variables(Map.of("GITHUB_EVENT_PATH", event.toString()));
    }

    @Test
    void the_pull_request_of_a_fork_is_found_by_its_branch_and_head() throws Exception {
        Delivery delivery =
                publish(Reports.regression(), EnumSet.of(Part.COMMENT, Part.CHECK), workflowRun(FakeGitHub.HEAD));

        assertThat(delivery.failed()).isEmpty();
        assertThat(delivery.done().get(0)).startsWith("commented on pull request 7");
        assertThat(github.checks.get(0).get("head_sha").asString()).isEqualTo(FakeGitHub.HEAD);
        assertThat(github.requests().get(0).address().getRawQuery())
                .endsWith("head=forker%3Afix%20me%26state%3Dclosed");
    }

    @Test
    void another_commit_of_the_fork_is_not_taken_for_its_pull_request() throws Exception {
        Delivery delivery = publish(Reports.regression(), EnumSet.of(Part.COMMENT), workflowRun("a".repeat(40)));

        assertThat(delivery.done()).containsExactly("no comment: this job has no open pull request");
    }

    // --- The check and the status.

    @ParameterizedTest
    @CsvSource({"clean, success, success", "regression, failure, failure", "nothing, failure, failure"})
    void the_check_says_what_the_gate_says(String which, String conclusion, String state) throws Exception {
        Report report =
                switch (which) {
                    case "clean" -> Reports.clean();
                    case "regression" -> Reports.regression();
                    default -> Reports.of();
                };

        Delivery delivery = publish(report, EnumSet.of(Part.CHECK, Part.STATUS), pullRequest());

        assertThat(delivery.failed()).isEmpty();
        JsonNode check = github.checks.get(0);
        assertThat(check.get("conclusion").asString()).isEqualTo(conclusion);
        assertThat(check.get("head_sha").asString()).isEqualTo(FakeGitHub.HEAD);
        assertThat(check.get("details_url").asString()).isEqualTo("https://github.com/octo/demo/actions/runs/42");
        assertThat(github.statuses.get(0).get("state").asString()).isEqualTo(state);
        assertThat(github.statuses.get(0).get("description").asString()).hasSizeLessThanOrEqualTo(140);
    }

    @Test
    void notes_stand_at_the_lines_of_benchmarks_that_regressed() throws Exception {
        Publication publication = new Publication(
                Reports.of(Reports.finding("a", 0.3), Reports.finding("b", 0.03), Reports.finding("c", 0.0)),
                "Plumbline",
                Optional.empty(),
                Map.of(
                        Reports.key("a"), new SourceLine("src/A.java", 12),
                        Reports.key("b"), new SourceLine("src/B.java", 3),
                        Reports.key("c"), new SourceLine("src/C.java", 4)));

        publish(publication, EnumSet.of(Part.CHECK), pullRequest());

        JsonNode notes = github.checks.get(0).get("output").get("annotations");
        assertThat(notes).hasSize(2);
        assertThat(notes.get(0).get("path").asString()).isEqualTo("src/A.java");
        assertThat(notes.get(0).get("start_line").asInt()).isEqualTo(12);
        assertThat(notes.get(0).get("annotation_level").asString()).isEqualTo("failure");
        assertThat(notes.get(1).get("annotation_level").asString()).isEqualTo("warning");
    }

    @Test
    void many_notes_are_sent_fifty_at_a_time() throws Exception {
        Report report = Reports.large(400);
        Map<dev.plumbline.core.model.SeriesKey, SourceLine> sources = new LinkedHashMap<>();
        report.findings().forEach(finding -> sources.put(finding.key(), new SourceLine("src/All.java", 1)));

        Delivery delivery = publish(
                new Publication(report, "Plumbline", Optional.empty(), sources), EnumSet.of(Part.CHECK), pullRequest());

        assertThat(delivery.done().get(0)).endsWith("with 100 notes in the sources");
        assertThat(github.checks).hasSize(2);
        assertThat(github.checks.get(1).get("output").get("annotations")).hasSize(50);
    }

    @Test
    void a_check_that_is_refused_as_too_long_is_shortened() throws Exception {
        github.next(
                "POST /repos/octo/demo/check-runs",
                Answer.of(422, "{\"message\": \"Invalid request.\", \"errors\": [\"summary is too long\"]}"));

        Delivery delivery = publish(Reports.large(1000), EnumSet.of(Part.CHECK), pullRequest());

        assertThat(delivery.done().get(0)).endsWith(", shortened");
        assertThat(github.checks.get(0).get("output").get("summary").asString()).hasSizeLessThan(6_000);
    }

    @Test
    void where_no_check_may_be_written_a_status_is() throws Exception {
        github.next(
                "POST /repos/octo/demo/check-runs",
                Answer.of(403, "{\"message\": \"You must authenticate via a GitHub App.\"}"));

        Delivery delivery = publish(Reports.regression(), EnumSet.of(Part.CHECK), pullRequest());

        assertThat(delivery.failed()).isEmpty();
        assertThat(github.statuses).hasSize(1);
    }

    // --- What goes wrong.

    @ParameterizedTest
    @ValueSource(ints = {403, 429})
    void a_limit_is_waited_for_as_it_asks(int status) throws Exception {
        github.next(POST_COMMENT, new Answer(status, Map.of("Retry-After", "7"), "{\"message\": \"slow down\"}"));

        assertThat(comment(Reports.clean()).failed()).isEmpty();
        assertThat(github.pauses()).containsExactly(Duration.ofSeconds(7));
        assertThat(github.comments).hasSize(1);
    }

    @Test
    void a_limit_that_is_told_as_a_time_is_waited_for() throws Exception {
        long reset = FakeService.NOW.getEpochSecond() + 20;
        github.next(
                "GET /repos/octo/demo/pulls/7",
                new Answer(
                        403,
                        Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", Long.toString(reset)),
                        "{\"message\": \"API rate limit exceeded\"}"));

        assertThat(comment(Reports.clean()).failed()).isEmpty();
        assertThat(github.pauses()).containsExactly(Duration.ofSeconds(21));
    }

    @Test
    void a_secondary_limit_without_a_time_is_waited_for_a_minute() throws Exception {
        github.next(
                POST_COMMENT,
                Answer.of(403, "{\"message\": \"You have exceeded a secondary rate limit. Please wait\"}"));

        assertThat(comment(Reports.clean()).failed()).isEmpty();
        assertThat(github.pauses()).containsExactly(Duration.ofMinutes(1));
    }

    @Test
    void a_limit_of_an_hour_is_not_waited_for() throws Exception {
        github.next(POST_COMMENT, new Answer(429, Map.of("Retry-After", "3600"), ""));

        assertThat(comment(Reports.clean()).failed())
                .containsExactly(
                        "GitHub asks to wait until 11:00 UTC, longer than plumb waits; publish again" + " then");
        assertThat(github.pauses()).isEmpty();
    }

    @Test
    void a_limit_without_end_is_given_up() throws Exception {
        for (int i = 0; i < 5; i++) {
            github.next(POST_COMMENT, new Answer(429, Map.of("Retry-After", "1"), ""));
        }

        assertThat(comment(Reports.clean()).failed()).containsExactly("GitHub limits the request rate (429)");
        assertThat(github.pauses()).hasSize(4);
    }

    @Test
    void reading_is_repeated_after_errors_of_the_service() throws Exception {
        github.next("GET /repos/octo/demo/pulls/7", Answer.of(502, "<html>bad gateway</html>"));
        github.next("GET /repos/octo/demo/pulls/7", Answer.of(500, ""));

        assertThat(comment(Reports.clean()).failed()).isEmpty();
        assertThat(github.pauses()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void an_error_that_stays_is_told() throws Exception {
        for (int i = 0; i < 3; i++) {
            github.next(POST_COMMENT, Answer.of(500, ""));
        }

        assertThat(comment(Reports.clean()).failed())
                .containsExactly("GitHub failed (500); it is unknown whether the request was processed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | Bad credentials | GitHub rejects the token; it is unknown or has expired (401): Bad"
                        + " credentials",
                "404 | Not Found | GitHub finds nothing there, or the token lacks access (404): Not Found",
                "410 | Gone | GitHub failed (410): Gone",
                "422 | Nonsense | GitHub rejects the request as invalid (422): Nonsense",
            })
    void what_waiting_does_not_mend_is_told_at_once(int status, String stated, String message) throws Exception {
        github.next("GET /repos/octo/demo/pulls/7", Answer.of(status, "{\"message\": \"" + stated + "\"}"));

        assertThat(comment(Reports.clean()).failed()).containsExactly(message);
        assertThat(github.pauses()).isEmpty();
        assertThat(github.requests()).hasSize(1);
    }

    @Test
    void the_token_of_a_fork_may_not_comment_and_the_message_says_what_helps() throws Exception {
        github.next(POST_COMMENT, Answer.of(403, "{\"message\": \"Resource not accessible by integration\"}"));

        assertThat(comment(Reports.regression()).failed().get(0))
                .startsWith("GitHub denies permission (403): Resource not accessible by integration; pull"
                        + " requests from forks get a read-only token");
        assertThat(github.pauses()).isEmpty();
    }

    @Test
    void one_part_that_fails_does_not_keep_back_the_others() throws Exception {
        github.next("GET /repos/octo/demo/pulls/7", Answer.of(404, "{}"));

        Delivery delivery = publish(Reports.clean(), EnumSet.of(Part.COMMENT, Part.CHECK), pullRequest());

        assertThat(delivery.failed()).hasSize(1);
        assertThat(delivery.done()).hasSize(1);
        assertThat(delivery.isComplete()).isFalse();
    }

    @Test
    void an_answer_that_is_no_json_is_no_comment_of_ours() throws Exception {
        github.next("GET /repos/octo/demo/issues/7/comments", Answer.of(200, "<html>"));

        assertThat(comment(Reports.clean()).done().get(0)).startsWith("commented");
    }

    @Test
    void nothing_listens() throws Exception {
        Map<String, String> variables = pullRequest();
        github.close();

        assertThat(publish(Reports.clean(), EnumSet.of(Part.COMMENT), variables).failed())
                .containsExactly("GitHub cannot be reached (ConnectException)");
        assertThat(github.pauses()).hasSize(4);
    }

    // --- The token.

    @Test
    void no_token_no_request() throws Exception {
        Delivery delivery = publish(Reports.clean(), EnumSet.of(Part.COMMENT), without("GITHUB_TOKEN"));

        assertThat(delivery.failed().get(0)).startsWith("GITHUB_TOKEN is not set");
        assertThat(github.requests()).isEmpty();
    }

    @Test
    void redirects_within_the_host_are_followed() throws Exception {
        github.next(
                "GET /repos/octo/demo/pulls/7", new Answer(301, Map.of("Location", "/repos/octo/demo/pulls/7"), ""));

        assertThat(comment(Reports.clean()).failed()).isEmpty();
    }

    @Test
    void the_token_does_not_follow_a_redirect_to_another_host() throws Exception {
        try (FakeGitHub other = new FakeGitHub()) {
            github.next(
                    "GET /repos/octo/demo/pulls/7",
                    new Answer(307, Map.of("Location", other.address() + "/repos/octo/demo/pulls/7"), ""));

            assertThat(comment(Reports.clean()).failed())
                    .containsExactly("GitHub redirects to another host, 127.0.0.1; the secret was not sent there");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void redirects_in_a_circle_end() throws Exception {
        for (int i = 0; i < 9; i++) {
            github.next(
                    "GET /repos/octo/demo/pulls/7",
                    new Answer(302, Map.of("Location", "/repos/octo/demo/pulls/7"), ""));
        }

        assertThat(comment(Reports.clean()).failed()).containsExactly("GitHub redirects too often");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://example.org", "ftp://example.org", "example.org", "https://user@example.org", "a b"})
    void without_encryption_no_token_is_sent(String address) throws Exception {
        Map<String, String> variables = new LinkedHashMap<>(pullRequest());
        variables.put("GITHUB_API_URL", address);

        Delivery delivery = publish(Reports.clean(), EnumSet.of(Part.COMMENT), variables);

        assertThat(delivery.failed()).hasSize(1);
        assertThat(delivery.failed().get(0)).doesNotContain(FakeGitHub.TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ghs_with space", "ghs_line\nbreak", "ghs_ünïcode"})
    void a_token_that_is_none_is_not_repeated(String token) throws Exception {
        Map<String, String> variables = new LinkedHashMap<>(pullRequest());
        variables.put("GITHUB_TOKEN", token);

        assertThat(publish(Reports.clean(), EnumSet.of(Part.COMMENT), variables).failed())
                .containsExactly("GITHUB_TOKEN has characters that are not valid in a token");
    }

    @Test
    void a_service_that_repeats_the_token_does_not_bring_it_into_a_message() throws Exception {
        github.next(
                "GET /repos/octo/demo/pulls/7",
                Answer.of(401, "{\"message\": \"Bad credentials: " + FakeGitHub.TOKEN + "\"}"));

        assertThat(comment(Reports.clean()).failed().get(0)).contains("Bad credentials: •••");
    }

    @Test
    void every_request_carries_the_token_in_its_header_only() throws Exception {
        publish(Reports.regression(), EnumSet.allOf(Part.class), pullRequest());

        assertThat(github.requests()).isNotEmpty().allSatisfy(request -> {
            assertThat(request.headers().get("Authorization")).isEqualTo("Bearer " + FakeGitHub.TOKEN);
            assertThat(request.address().toString()).doesNotContain(FakeGitHub.TOKEN);
            assertThat(request.body()).doesNotContain(FakeGitHub.TOKEN);
        });
    }

    // --- The files of the job.

    @Test
    void summary_and_outputs_are_added_to_what_is_there() throws Exception {
        Path summary = Files.writeString(folder.resolve("summary"), "before\n");
        Path output = Files.writeString(folder.resolve("output"), "x=1\n");

        Delivery delivery = publish(
                Reports.regression(),
                EnumSet.of(Part.SUMMARY),
                Map.of("GITHUB_STEP_SUMMARY", summary.toString(), "GITHUB_OUTPUT", output.toString()));

        assertThat(delivery.done()).containsExactly("wrote the job's summary and outputs");
        assertThat(Files.readString(summary)).startsWith("before\n### ❌");
        assertThat(Files.readString(output)).startsWith("x=1\ngate<<end-").contains("\nclosed\n", "\nregressions<<");
    }

    @Test
    void a_hostile_name_cannot_set_an_output() throws Exception {
        Path output = folder.resolve("output");

        publish(Reports.hostile(), EnumSet.of(Part.SUMMARY), Map.of("GITHUB_OUTPUT", output.toString()));

        assertThat(outputs(Files.readString(output)))
                .containsOnlyKeys("gate", "summary", "regressions", "improvements", "missing")
                .containsEntry("gate", "closed")
                .containsEntry("regressions", "9");
    }

    /** Reads the file as the runner does. */
    private static Map<String, String> outputs(String text) {
        Map<String, String> outputs = new LinkedHashMap<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String name = lines.get(i).substring(0, lines.get(i).indexOf("<<"));
            String end = lines.get(i).substring(name.length() + 2);
            StringBuilder value = new StringBuilder();
            while (!lines.get(++i).equals(end)) {
                value.append(lines.get(i));
            }
            outputs.put(name, value.toString());
        }
        return outputs;
    }
}
