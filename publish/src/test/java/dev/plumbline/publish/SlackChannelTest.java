package dev.plumbline.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.publish.FakeService.Answer;
import dev.plumbline.publish.alert.Alerts;
import dev.plumbline.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import tools.jackson.databind.ObjectMapper;

class SlackChannelTest {
    private static final String PATH = "/services/T000/B000/secretsecret";

    @TempDir
    private Path folder;

    private FakeService slack;

    @BeforeEach
    void start() throws IOException {
        slack = new FakeService() {
            @Override
            protected Answer answer(Request request) {
                return Answer.of(200, "ok");
            }
        };
    }

    @AfterEach
    void stop() {
        slack.close();
        messages().forEach(SlackChannelTest::withinTheLimits);
    }

    private Delivery publish(Report report) throws InterruptedException {
        return publish(report, slack.address() + PATH);
    }

    private Delivery publish(Report report, String webhook) throws InterruptedException {
        return Alerts.named(
                        "slack",
                        Map.of("SLACK_WEBHOOK_URL", webhook),
                        folder.resolve("published.json"),
                        slack.patience())
                .orElseThrow()
                .publish(Reports.publication(report));
    }

    private List<JsonNode> messages() {
        ObjectMapper json = new ObjectMapper();
        return slack.requests().stream()
                .map(request -> json.readTree(request.body()))
                .toList();
    }

    /** As Slack documents them (Block Kit reference: blocks, header, section, context, text objects). */
    private static void withinTheLimits(JsonNode message) {
        assertThat(message.get("text").asString()).isNotBlank().hasSizeLessThan(4_000);
        assertThat(message.get("blocks").size()).isBetween(1, 50);
        for (JsonNode block : message.get("blocks")) {
            JsonNode text = block.get("text");
            switch (block.get("type").asString()) {
                case "header" -> {
                    assertThat(text.get("type").asString()).isEqualTo("plain_text");
                    assertThat(text.get("text").asString()).isNotBlank().hasSizeLessThanOrEqualTo(150);
                }
                case "section" -> {
                    assertThat(text.get("type").asString()).isEqualTo("mrkdwn");
                    assertThat(text.get("text").asString()).isNotBlank().hasSizeLessThanOrEqualTo(3_000);
                }
                case "context" -> assertThat(block.get("elements").size()).isBetween(1, 10);
                default -> throw new AssertionError(block);
            }
        }
    }

    @Test
    void each_reason_is_told_once_and_the_recovery_once() throws Exception {
        assertThat(publish(Reports.clean()).done()).containsExactly("no message: the gate passes");
        assertThat(publish(Reports.regression()).done())
                .containsExactly("reported that the gate fails, with 1 new reason");
        assertThat(publish(Reports.regression()).done())
                .containsExactly("no message: every reason was reported" + " before");
        assertThat(publish(Reports.of(Reports.finding("decode", 0.26), Reports.finding("encode", 0.3)))
                        .done())
                .containsExactly("reported that the gate fails, with 1 new reason");
        assertThat(publish(Reports.clean()).done()).containsExactly("reported that the gate passes again");
        assertThat(publish(Reports.clean()).done()).containsExactly("no message: the gate passes");

        assertThat(messages()).hasSize(3);
        assertThat(messages().get(0).toString()).contains("gate fails on feature", "decode time regressed by +25.0 %");
        assertThat(messages().get(1).toString())
                .contains("encode time regressed by +30.0 %", "1 reason was reported before")
                .doesNotContain("decode time regressed");
        assertThat(messages().get(2).toString()).contains("gate passes again on feature");
    }

    @Test
    void an_undecided_gate_says_nothing() throws Exception {
        GatePolicy holding = new GatePolicy(
                Severity.MAJOR,
                GatePolicy.Effect.HOLD,
                GatePolicy.Effect.HOLD,
                GatePolicy.Effect.CLOSE,
                GatePolicy.Effect.CLOSE,
                5);

        assertThat(publish(Reports.of(holding, List.of(), Reports.inconclusive("a")))
                        .done())
                .containsExactly("no message: the gate is undecided");
    }

    @Test
    void what_could_not_be_sent_is_told_the_next_time() throws Exception {
        slack.next("POST", Answer.of(500, ""));

        assertThat(publish(Reports.regression()).failed())
                .containsExactly("Slack failed (500); it is unknown whether the request was processed");
        assertThat(publish(Reports.regression()).done())
                .containsExactly("reported that the gate fails, with 1 new reason");
    }

    @Test
    void a_file_that_is_damaged_is_begun_anew() throws Exception {
        Files.writeString(folder.resolve("published.json"), "{\"schema\": \"plumbline-published/1\", \"slack\": [[[");

        assertThat(publish(Reports.regression()).done())
                .containsExactly("reported that the gate fails, with 1 new reason");
        assertThat(Files.readString(folder.resolve("published.json"))).contains("REGRESSION ");
    }

    @Test
    void hostile_names_stay_text_and_many_fit() throws Exception {
        publish(Reports.hostile());
        publish(Reports.large(1000));

        assertThat(messages().get(0).toString())
                .doesNotContain("<!", "<https", "<script", ":tada:", "@everyone", "\u202e");
        assertThat(messages().get(1).toString()).contains("… and 490 more");
    }

    @Test
    void a_link_leads_to_the_whole() throws Exception {
        Alerts.named(
                        "slack",
                        Map.of("SLACK_WEBHOOK_URL", slack.address() + PATH),
                        folder.resolve("published.json"),
                        slack.patience())
                .orElseThrow()
                .publish(new Publication(
                        Reports.regression(),
                        "nightly",
                        Optional.of(java.net.URI.create("https://ci.example.org/job?a=1&b=2")),
                        Map.of()));

        assertThat(messages().get(0).toString())
                .contains("nightly: gate fails", "<https://ci.example.org/job?a=1&amp;b=2|full report>");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_payload, Slack failed (400): invalid_payload",
        "403, action_prohibited, Slack denies permission (403): action_prohibited",
        "404, no_service, 'Slack finds nothing there, or the token lacks access (404): no_service'",
        "410, channel_is_archived, Slack failed (410): channel_is_archived"
    })
    void what_slack_says_is_told(int status, String stated, String message) throws Exception {
        slack.next("POST", Answer.of(status, stated));

        assertThat(publish(Reports.regression()).failed()).containsExactly(message);
    }

    @Test
    void a_limit_is_waited_for() throws Exception {
        slack.next("POST", new Answer(429, Map.of("Retry-After", "30"), ""));

        assertThat(publish(Reports.regression()).failed()).isEmpty();
        assertThat(slack.pauses()).containsExactly(java.time.Duration.ofSeconds(30));
    }

    @Test
    void the_address_is_a_secret_that_no_message_repeats() throws Exception {
        slack.next("POST", Answer.of(404, "{\"error\": \"nothing at " + PATH + "\"}"));

        assertThat(publish(Reports.regression()).failed().get(0))
                .contains("nothing at •••")
                .doesNotContain("secretsecret");
        for (String address : Set.of(
                "http://hooks.slack.com" + PATH,
                "https://hooks.slack.com" + PATH + "?x=1",
                "https:/" + PATH,
                "secretsecret",
                "https://hooks.slack.com/secret secret")) {
            assertThat(publish(Reports.regression(), address).failed())
                    .hasSize(1)
                    .noneMatch(text -> text.contains("secretsecret") || text.contains("secret secret"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void without_an_address_nothing_is_sent(String address) throws Exception {
        assertThat(publish(Reports.regression(), address).failed())
                .containsExactly("SLACK_WEBHOOK_URL is not set; set it to the URL of an incoming webhook");
    }
}
