package dev.plumbline.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.publish.FakeService.Answer;
import dev.plumbline.publish.alert.Alerts;
import dev.plumbline.report.Report;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class AlertChannelsTest {
    private static final String SECRET_PATH = "/hooks/secretsecret";
    private static final String SIGNING = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir
    private Path folder;

    private FakeService service;
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        service = new FakeService() {
            @Override
            protected Answer answer(Request request) {
                return Answer.of(200, "{}");
            }
        };
        for (String chat : List.of("SLACK", "MATTERMOST", "DISCORD")) {
            variables.put(chat + "_WEBHOOK_URL", service.address() + SECRET_PATH);
        }
        variables.put("TEAMS_WEBHOOK_URL", service.address() + SECRET_PATH + "?api-version=1&sig=secretsecret");
        variables.put("PLUMB_WEBHOOK_URL", service.address() + SECRET_PATH);
        variables.put("PLUMB_WEBHOOK_SECRET", SIGNING);
        variables.put("PAGERDUTY_ROUTING_KEY", "secretsecret");
        variables.put("PAGERDUTY_URL", service.address().toString());
        variables.put("ALERTMANAGER_URL", service.address() + "/prefix/");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private Alerts channel(String name) {
        return Alerts.named(name, variables, folder.resolve("published.json"), service.patience())
                .orElseThrow();
    }

    private Delivery publish(String name, Report report) throws InterruptedException {
        return channel(name).publish(Reports.publication(report));
    }

    private List<JsonNode> bodies() {
        ObjectMapper json = new ObjectMapper();
        return service.requests().stream()
                .map(request -> json.readTree(request.body()))
                .toList();
    }

    private static Report acknowledged() {
        Finding finding = Reports.finding("decode", 0.25)
                .with(new Annotation.Acknowledged(new Annotation.Origin("id", "Ann", FakeService.NOW, "on it")));
        Report open = Reports.of(finding);
        return new Report(
                open.version(),
                open.kind(),
                open.candidates(),
                "the history of main",
                open.findings(),
                open.missing(),
                new GateDecision(GateDecision.State.OPEN, List.of()),
                List.of(),
                List.of(),
                open.policy());
    }

    @ParameterizedTest
    @ValueSource(strings = {"slack", "teams", "mattermost", "discord", "pagerduty", "alertmanager", "webhook"})
    void each_reason_is_sent_once_and_the_recovery_once(String name) throws Exception {
        assertThat(publish(name, Reports.clean()).done()).containsExactly("no message: the gate passes");
        assertThat(publish(name, Reports.regression()).done())
                .containsExactly("reported that the gate fails, with 1 new reason");
        boolean isState = name.equals("alertmanager"); // it forgets when it restarts
        assertThat(publish(name, Reports.regression()).done())
                .containsExactly(
                        isState ? "reported the same reasons again" : "no message: every reason was reported before");
        assertThat(publish(name, Reports.clean()).done()).containsExactly("reported that the gate passes again");
        assertThat(publish(name, Reports.clean()).done()).containsExactly("no message: the gate passes");

        assertThat(service.requests()).hasSize(isState ? 3 : 2);
        assertThat(service.requests().get(0).body()).contains("decode time regressed by +25.0 %");
    }

    /** A bad machine and five hundred series are one message. */
    @ParameterizedTest
    @ValueSource(strings = {"teams", "mattermost", "discord", "pagerduty", "webhook"})
    void many_reasons_are_one_message_within_the_limits_of_the_service(String name) throws Exception {
        publish(name, Reports.large(1000));

        assertThat(service.requests()).hasSize(1);
        if (!name.equals("webhook")) {
            assertThat(bodies().get(0).toString()).contains("… and 490 more").hasSizeLessThan(4_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"slack", "teams", "mattermost", "discord", "webhook"})
    void what_was_not_delivered_is_sent_with_the_next_report_and_no_message_repeats_a_secret(String name)
            throws Exception {
        service.next("POST", Answer.of(404, "{\"error\": \"nothing at " + SECRET_PATH + "\"}"));

        assertThat(publish(name, Reports.regression()).failed())
                .hasSize(1)
                .noneMatch(text -> text.contains("secretsecret"));
        assertThat(publish(name, Reports.regression()).done())
                .containsExactly("reported that the gate fails, with 1 new reason");
    }

    @ParameterizedTest
    @CsvSource({
        "slack, SLACK_WEBHOOK_URL",
        "teams, TEAMS_WEBHOOK_URL",
        "mattermost, MATTERMOST_WEBHOOK_URL",
        "discord, DISCORD_WEBHOOK_URL",
        "pagerduty, PAGERDUTY_ROUTING_KEY",
        "alertmanager, ALERTMANAGER_URL",
        "webhook, PLUMB_WEBHOOK_URL",
        "webhook, PLUMB_WEBHOOK_SECRET",
        "mail, PLUMB_SMTP_URL"
    })
    void a_variable_that_is_missing_is_named(String name, String variable) throws Exception {
        variables.remove(variable);

        assertThat(publish(name, Reports.regression()).failed())
                .hasSize(1)
                .allMatch(text -> text.startsWith(variable + " "));
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void channels_remember_each_for_itself_and_what_slack_was_sent_before_there_were_others() throws Exception {
        publish("teams", Reports.regression());
        assertThat(publish("discord", Reports.regression()).done())
                .containsExactly("reported that the gate fails, with 1 new reason");
        String id = "REGRESSION " + Reports.finding("decode", 0.25).id();
        Files.writeString(
                folder.resolve("published.json"),
                "{\"schema\": \"plumbline-published/1\", \"slack\": {\"Plumbline\\nfeature\": [\"" + id + "\"]}}");

        assertThat(publish("slack", Reports.regression()).done())
                .containsExactly("no message: every reason was reported before");
    }

    @Test
    void a_card_is_what_microsofts_own_library_reads() throws Exception {
        channel("teams")
                .publish(new Publication(
                        Reports.hostile(),
                        "nightly",
                        Optional.of(URI.create("https://ci.example.org/?a=1&b=2")),
                        Map.of()));

        JsonNode content = bodies().get(0).get("attachments").get(0).get("content");
        assertThat(content.get("body"))
                .allMatch(block -> block.get("type").asString().equals("RichTextBlock"));
        assertThat(content.get("actions").get(0).get("url").asString()).isEqualTo("https://ci.example.org/?a=1&b=2");
        assertThat(complaints(service.requests().get(0).body()))
                .isEqualTo("elements " + content.get("body").size() + "\n");
        assertThat(complaints(service.requests().get(0).body().replace("\"Large\"", "\"Huge\"")))
                .contains("Invalid value \"Huge\"");
    }

    private static String complaints(String message) throws Exception {
        Path modules = Path.of(System.getenv().getOrDefault("PLUMBLINE_NPM", "src/test/npm/node_modules"))
                .toAbsolutePath();
        assumeTrue(Files.isDirectory(modules.resolve("adaptivecards")), "npm's adaptivecards is not installed");
        Process node = new ProcessBuilder("node", "src/test/npm/adaptive-card.cjs", modules.toString())
                .redirectErrorStream(true)
                .start();
        node.getOutputStream().write(message.getBytes(StandardCharsets.UTF_8));
        node.getOutputStream().close();
        String out = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return out;
    }

    @ParameterizedTest
    @ValueSource(strings = {"mattermost", "discord"})
    void hostile_names_stand_in_code(String name) throws Exception {
        publish(name, Reports.hostile());

        JsonNode body = bodies().get(0);
        String text = name.equals("discord")
                ? body.get("embeds").get(0).get("description").asString()
                : body.get("text").asString();
        String outside = text.replaceAll("`[^`]*`", "");
        assertThat(outside).doesNotContain("@", "<", "http", "*", ":tada:");
        if (name.equals("discord")) {
            assertThat(body.get("allowed_mentions").get("parse")).isEmpty();
            assertThat(body.get("embeds").get(0).get("title").asString()).hasSizeLessThanOrEqualTo(256);
        }
    }

    /** As the Events API v2 documents its fields. */
    @Test
    void pagerduty_gets_one_incident_from_the_failure_to_the_recovery() throws Exception {
        publish("pagerduty", Reports.regression());
        publish("pagerduty", Reports.of(Reports.finding("decode", 0.26), Reports.finding("encode", 0.3)));
        publish("pagerduty", Reports.clean());
        publish("pagerduty", Reports.regression());

        assertThat(service.calls()).containsOnly("POST /v2/enqueue").hasSize(4);
        assertThat(bodies().stream().map(body -> body.get("event_action").asString()))
                .containsExactly("trigger", "trigger", "resolve", "trigger");
        assertThat(bodies().stream()
                        .limit(3)
                        .map(body -> body.get("dedup_key").asString())
                        .distinct())
                .hasSize(1)
                .allMatch(key -> key.length() <= 255);
        JsonNode payload = bodies().get(0).get("payload");
        assertThat(payload.get("summary").asString())
                .startsWith("Plumbline: gate fails on feature")
                .hasSizeLessThanOrEqualTo(1024);
        assertThat(payload.get("severity").asString()).isEqualTo("critical");
        assertThat(payload.get("source").asString()).isNotBlank();
        assertThat(bodies().get(0).get("routing_key").asString()).isEqualTo("secretsecret");
    }

    @Test
    void what_somebody_acknowledged_is_acknowledged_and_not_resolved() throws Exception {
        publish("pagerduty", Reports.regression());
        publish("slack", Reports.regression());

        publish("pagerduty", acknowledged());
        assertThat(publish("slack", acknowledged()).done())
                .containsExactly("reported that the gate passes, since regressions are acknowledged or muted");

        assertThat(bodies().get(2).get("event_action").asString()).isEqualTo("acknowledge");
        assertThat(bodies().get(3).toString())
                .contains(
                        "gate passes on feature, regression acknowledged or muted",
                        "The gate passes; the values are still worse.")
                .doesNotContain("gone");
    }

    @Test
    void what_was_acknowledged_is_resolved_once_it_is_gone_and_sent_again_when_it_grows() throws Exception {
        publish("pagerduty", Reports.regression());
        publish("pagerduty", acknowledged());
        assertThat(publish("pagerduty", acknowledged()).done())
                .containsExactly("no message: what was acknowledged is still there");
        publish("pagerduty", Reports.regression()); // it counts again
        publish("pagerduty", acknowledged());
        publish("pagerduty", Reports.clean());

        assertThat(bodies().stream().map(body -> body.get("event_action").asString()))
                .containsExactly("trigger", "acknowledge", "trigger", "acknowledge", "resolve");
        assertThat(bodies().stream()
                        .map(body -> body.get("dedup_key").asString())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void a_reason_of_alertmanager_ends_also_while_another_one_lasts() throws Exception {
        publish("alertmanager", Reports.of(Reports.finding("decode", 0.25), Reports.finding("encode", 0.3)));
        publish("alertmanager", Reports.of(Reports.finding("decode", 0.001), Reports.finding("encode", 0.3)));

        JsonNode second = bodies().get(1);
        assertThat(second).hasSize(2);
        assertThat(second.get(1).get("labels").get("id").asString())
                .isEqualTo(Reports.finding("decode", 0.25).id());
        assertThat(second.get(1).get("endsAt").asString()).isEqualTo(FakeService.NOW.toString());
    }

    @Test
    void checks_beside_each_other_forget_nothing_of_what_they_sent() throws Exception {
        List<String> suites = List.of("a", "b", "c", "d", "e", "f");
        List<Process> others = new java.util.ArrayList<>();
        Path file = folder.resolve("published.json");
        for (String suite : suites) {
            others.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            OneCheck.class.getName(),
                            service.address().toString(),
                            file.toString(),
                            suite)
                    .redirectErrorStream(true)
                    .start());
        }
        for (Process other : others) {
            String out = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(other.waitFor()).as(out).isZero();
        }

        assertThat(Files.readString(file))
                .contains(suites.stream().map(suite -> "\"" + suite + "\\n").toList());
    }

    /** A check of one suite in a process of its own. */
    static final class OneCheck {
        private OneCheck() {}

        public static void main(String[] arguments) throws InterruptedException {
            Delivery delivery = Alerts.named(
                            "slack",
                            Map.of("SLACK_WEBHOOK_URL", arguments[0] + SECRET_PATH),
                            Path.of(arguments[1]),
                            dev.plumbline.publish.http.Patience.of(java.time.Clock.systemUTC()))
                    .orElseThrow()
                    .publish(new Publication(Reports.regression(), arguments[2], Optional.empty(), Map.of()));
            System.exit(delivery.isComplete() ? 0 : 1);
        }
    }

    @Test
    void a_comparison_and_a_check_with_too_few_runs_end_nothing() throws Exception {
        publish("pagerduty", Reports.regression());
        Report clean = Reports.clean();

        assertThat(publish("pagerduty", other(clean, Report.Kind.COMPARISON, clean.candidates()))
                        .done())
                .containsExactly("no message: a comparison is about no branch");
        assertThat(publish("pagerduty", Reports.of(Reports.young("decode"))).done())
                .containsExactly("no message: too few runs judge what was reported");
        assertThat(publish("pagerduty", clean).done()).containsExactly("reported that the gate passes again");
    }

    @Test
    void each_named_environment_of_a_branch_has_messages_of_its_own() throws Exception {
        Report clean = Reports.clean();
        RunInfo run = clean.candidates().get(0);
        RunInfo mac = new RunInfo(
                run.id(),
                new RunHeader(
                        run.header().revision(),
                        Environment.unknown().named("mac"),
                        run.header().measuredAt(),
                        run.header().addedAt(),
                        run.header().context()));
        publish("pagerduty", Reports.regression());

        assertThat(publish("pagerduty", other(clean, Report.Kind.CHECK, List.of(mac)))
                        .done())
                .containsExactly("no message: the gate passes");
        assertThat(publish("pagerduty", clean).done()).containsExactly("reported that the gate passes again");
    }

    private static Report other(Report report, Report.Kind kind, List<RunInfo> runs) {
        return new Report(
                report.version(),
                kind,
                runs,
                "the history of main",
                report.findings(),
                report.missing(),
                report.gate(),
                List.of(),
                List.of(),
                report.policy());
    }

    @Test
    void a_message_links_to_the_job() throws Exception {
        variables.putAll(Map.of("GITHUB_RUN_ID", "5", "GITHUB_REPOSITORY", "o/r"));
        publish("webhook", Reports.regression());
        variables.putAll(Map.of("GITHUB_REPOSITORY", "o/r) <https://evil"));
        publish("discord", Reports.regression());

        assertThat(bodies().get(0).get("link").asString()).isEqualTo("https://github.com/o/r/actions/runs/5");
        assertThat(bodies().get(1).toString()).doesNotContain("evil");
    }

    @Test
    void a_message_that_is_sent_again_has_the_same_id() throws Exception {
        service.next("POST", Answer.of(500, ""));
        publish("webhook", Reports.regression());

        assertThat(service.requests()).hasSize(2);
        assertThat(service.requests().stream()
                        .map(request -> request.headers().get("webhook-id"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void alertmanager_gets_an_alert_for_each_reason_that_ends_by_itself_when_it_is_gone() throws Exception {
        publish("alertmanager", Reports.of(Reports.finding("decode", 0.25), Reports.finding("encode", 0.3)));
        publish("alertmanager", Reports.of(Reports.finding("encode", 0.3), Reports.finding("parse", 0.04)));
        publish("alertmanager", Reports.of(Reports.finding("encode", 0.3), Reports.finding("parse", 0.2)));
        publish("alertmanager", Reports.clean());

        assertThat(service.calls()).containsOnly("POST /prefix/api/v2/alerts");
        JsonNode first = bodies().get(0);
        assertThat(first).hasSize(2);
        assertThat(first.get(0).get("labels").get("alertname").asString()).isEqualTo("PlumblineGateFails");
        assertThat(first.get(0).get("annotations").get("severity").asString()).isEqualTo("critical");
        assertThat(first.get(0).get("endsAt").asString()).isEqualTo("2027-02-22T10:00:00Z");
        assertThat(first.get(0).get("startsAt").asString()).isEqualTo(FakeService.NOW.toString());
        JsonNode last = bodies().get(bodies().size() - 1);
        assertThat(last)
                .hasSize(2)
                .allMatch(alert -> alert.get("endsAt").asString().equals(FakeService.NOW.toString()));
    }

    @Test
    void a_webhook_is_signed_so_that_its_receiver_can_check_it() throws Exception {
        publish("webhook", Reports.regression());

        FakeService.Request request = service.requests().get(0);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
        String signed = request.headers().get("webhook-id") + "."
                + request.headers().get("webhook-timestamp") + "." + request.body();
        assertThat(request.headers().get("webhook-signature"))
                .isEqualTo("v1,"
                        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
        JsonNode body = bodies().get(0);
        assertThat(body.get("schema").asString()).isEqualTo("plumbline-alert/1");
        assertThat(body.get("kind").asString()).isEqualTo("failed");
        assertThat(body.get("reasons").get(0).get("kind").asString()).isEqualTo("regression");
    }

    @Test
    void a_webhook_gets_what_its_schema_says() throws Exception {
        publish("webhook", Reports.hostile());
        publish("webhook", acknowledged());
        publish("webhook", Reports.regression());
        publish("webhook", Reports.clean());
        channel("webhook").test(Reports.publication(Reports.clean()));

        String schema = Files.readString(Path.of("..", "docs", "alert-schema.json"));
        assertThat(service.requests()).hasSize(5);
        for (FakeService.Request request : service.requests()) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(schema, InputFormat.JSON)
                            .validate(request.body(), InputFormat.JSON))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"slack", "teams", "mattermost", "discord", "pagerduty", "alertmanager", "webhook"})
    void a_test_message_arrives_and_counts_as_no_report(String name) throws Exception {
        assertThat(channel(name).test(Reports.publication(Reports.clean())).done())
                .containsExactly("sent a test message");

        assertThat(service.requests().get(0).body()).containsIgnoringCase("test");
        assertThat(publish(name, Reports.clean()).done()).containsExactly("no message: the gate passes");
    }

    @Test
    void only_alertmanager_without_a_token_is_reached_without_encryption() throws Exception {
        variables.put("PAGERDUTY_URL", "http://pagerduty.example.org");
        variables.put("ALERTMANAGER_URL", "http://alertmanager.invalid:9093");
        variables.put("ALERTMANAGER_TOKEN", "secretsecret");

        assertThat(publish("pagerduty", Reports.regression()).failed().get(0)).contains("https://");
        assertThat(publish("alertmanager", Reports.regression()).failed().get(0))
                .contains("https://");
        variables.remove("ALERTMANAGER_TOKEN");
        assertThat(publish("alertmanager", Reports.regression()).failed().get(0))
                .startsWith("Alertmanager cannot be reached");
    }
}
