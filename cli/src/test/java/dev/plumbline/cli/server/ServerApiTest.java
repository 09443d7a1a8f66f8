package dev.plumbline.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.RunningServer.Answer;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What programs get from a server about results. */
class ServerApiTest extends ServedProject {
    private static final int BENCHMARKS = 8;

    private static String results(int seed, double slower) {
        Random random = new Random(seed);
        StringBuilder csv = new StringBuilder("benchmark,value,unit\n");
        for (int i = 0; i < BENCHMARKS; i++) {
            double value = (100 + i) * (1 + 0.01 * random.nextGaussian()) * (i == 3 ? slower : 1);
            csv.append(String.format(Locale.ROOT, "bench%d,%.4f,ns%n", i, value));
        }
        return csv.toString();
    }

    private Answer check(int commit, double slower, String more) {
        server.clock.pass(Duration.ofMinutes(10));
        return ci.send(
                "POST",
                FAST + "/checks?environment=lab&branch=main&name=r.csv&commit=" + commit(commit) + more,
                results(commit, slower));
    }

    private static String commit(int number) {
        return String.format("%040x", 0xabcdef00L + number);
    }

    private void history(int runs) {
        for (int i = 0; i < runs; i++) {
            assertThat(check(i, 1, "").header("Plumbline-Gate")).isEqualTo("pass");
        }
    }

    @Test
    void a_check_is_uploaded_judged_and_reported_in_one_call() {
        history(10);

        Answer slow = check(10, 1.3, "");

        assertThat(slow.status()).isEqualTo(200);
        assertThat(slow.header("Plumbline-Gate")).isEqualTo("fail");
        assertThat(slow.json().get("gate").get("state").text().or(() -> slow.json()
                        .get("gate")
                        .text()))
                .isPresent();
        assertThat(slow.text()).contains("bench3");
        assertThat(check(10, 1.3, "&as=text").text()).contains("FAIL").contains("bench3");
    }

    /** Who may only record sees what became of their own results and nothing else. */
    @Test
    void a_token_that_records_reads_nothing_back() {
        history(1);
        for (String path : List.of(
                "/runs", "/series", "/incidents", "/triage", "/acceptances", "/baselines", "/report", "/benchmarks")) {
            assertThat(ci.get(FAST + path).status()).as(path).isEqualTo(403);
        }
        assertThat(ci.post(FAST + "/acceptances", "{\"finding\":\"x\",\"reason\":\"y\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void results_come_packed_and_a_bomb_is_refused_in_bounded_memory() throws IOException {
        String path = FAST + "/runs?environment=lab&branch=main&name=r.csv&commit=";
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip)) {
            out.write(results(1, 1).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(ci.upload(path + commit(1), gzip.toByteArray(), "gzip").status())
                .isEqualTo(200);
        ByteArrayOutputStream zstd = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(zstd)) {
            out.write(results(2, 1).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(ci.upload(path + commit(2), zstd.toByteArray(), "zstd").status())
                .isEqualTo(200);
        assertThat(runs()).hasSize(2);

        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(bomb)) {
            byte[] spaces = new byte[1 << 20];
            Arrays.fill(spaces, (byte) ' ');
            out.write("[".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 1_024; i++) { // more than the heap of the tests
                out.write(spaces);
            }
        }
        assertThat(bomb.size()).isLessThan(1 << 20);
        assertThat(ci.upload(path + commit(3), bomb.toByteArray(), "zstd").status())
                .isEqualTo(422);
        assertThat(runs()).hasSize(2);
    }

    @Test
    void a_dry_run_leaves_nothing() {
        history(3);
        check(3, 1, "&dry-run=true");
        assertThat(runs()).hasSize(3);
    }

    private List<JsonValue> runs() {
        return root.get(FAST + "/runs").json().get("items").elements();
    }

    @Test
    void the_same_results_sent_twice_count_once() {
        history(3);
        String path = FAST + "/runs?environment=lab&branch=main&name=r.csv&commit=" + commit(2);
        assertThat(ci.send("POST", path, results(2, 1)).status()).isEqualTo(200);
        assertThat(runs()).hasSize(3);
    }

    @Test
    void an_incident_is_seen_accepted_by_who_signed_in_and_accepted_back() {
        history(10);
        check(10, 1.3, "");
        String finding = root.get(FAST + "/incidents")
                .json()
                .get("called")
                .elements()
                .get(0)
                .get("finding")
                .text()
                .orElseThrow();

        Answer accepted =
                root.post(FAST + "/acceptances", "{\"finding\":\"" + finding + "\",\"reason\":\"the new parser\"}");
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
        assertThat(root.get(FAST + "/acceptances").text()).contains("the new parser", "\"root\"");
        assertThat(check(11, 1.3, "").header("Plumbline-Gate")).isEqualTo("pass");
        assertThat(root.get("/api/v1/organisations/acme/audit").text()).contains("plumb accept");
    }

    @Test
    void a_finding_is_acknowledged_by_who_signed_in_and_an_unknown_decision_is_refused() {
        history(10);
        check(10, 1.3, "");
        String finding = root.get(FAST + "/incidents")
                .json()
                .get("called")
                .elements()
                .get(0)
                .get("finding")
                .text()
                .orElseThrow();
        String body = "{\"finding\":\"" + finding + "\",\"decision\":\"acknowledge\",\"reason\":\"we look\"}";

        Answer acknowledged = root.post(FAST + "/triage", body);

        assertThat(acknowledged.status()).as(acknowledged.text()).isEqualTo(200);
        assertThat(root.get(FAST + "/triage").text()).contains("we look", "\"root\"");
        assertThat(root.post(FAST + "/triage", body.replace("acknowledge", "forget"))
                        .status())
                .isEqualTo(400);
        assertThat(ci.post(FAST + "/triage", body).status()).isEqualTo(403);
    }

    @Test
    void lists_are_whole_however_small_their_pages() {
        history(5);
        TreeSet<String> seen = new TreeSet<>();
        Optional<String> cursor = Optional.of("");
        int pages = 0;
        while (cursor.isPresent()) {
            Answer page =
                    root.get(FAST + "/series?limit=3" + (cursor.get().isEmpty() ? "" : "&cursor=" + cursor.get()));
            page.json()
                    .get("items")
                    .elements()
                    .forEach(series -> seen.add(series.get("benchmark").text().orElseThrow()));
            cursor = page.json().get("next").text();
            pages++;
        }
        assertThat(seen).hasSize(BENCHMARKS);
        assertThat(pages).isEqualTo(3);

        String series = root.get(FAST + "/series?benchmark=bench3")
                .json()
                .get("items")
                .elements()
                .get(0)
                .get("series")
                .text()
                .orElseThrow();
        assertThat(root.get(FAST + "/series/" + series).json().get("points").integer())
                .hasValue(5);
        Answer points = root.get(FAST + "/series/" + series + "/points?limit=2");
        assertThat(points.json().get("items").elements()).hasSize(2);
        assertThat(root.get(FAST + "/series/" + series + "/points?limit=9&cursor=" + points.member("next"))
                        .json()
                        .get("items")
                        .elements())
                .hasSize(3);
    }

    @Test
    void what_is_not_there_is_not_found_and_a_parameter_that_is_none_is_named() {
        history(3);
        for (String path : List.of("/incidents/abcdef", "/benchmarks/nothing", "/thresholds/nothing")) {
            assertThat(root.get(FAST + path).status()).as(path).isEqualTo(404);
        }
        Answer triage = root.post(FAST + "/triage", "{\"finding\":\"abcdef\",\"decision\":\"acknowledge\"}");
        assertThat(triage.status()).as(triage.text()).isEqualTo(404);
        assertThat(triage.member("detail")).contains("abcdef");
        assertThat(root.post(FAST + "/acceptances", "{\"finding\":\"abcdef\",\"reason\":\"x\"}")
                        .status())
                .isEqualTo(404);
        assertThat(root.send("DELETE", FAST + "/acceptances/abcdef", "").status())
                .isEqualTo(404);
        for (String path : List.of("/incidents?days=x", "/incidents?days=-3", "/report?days=1.5")) {
            Answer answer = root.get(FAST + path);
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.member("detail")).contains("the parameter days");
        }
    }

    @Test
    void a_job_that_has_not_reported_for_longer_than_it_should_is_an_alert_until_it_reports() {
        history(2);
        String expected = FAST + "/expected-runs";
        root.post(expected, "{\"name\":\"nightly\",\"branch\":\"main\",\"environment\":\"lab\",\"hours\":2}");
        root.post(expected, "{\"name\":\"release\",\"branch\":\"release-1\",\"hours\":100}");
        assertThat(root.get(FAST + "/alerts").json().get("items").elements()).isEmpty();

        server.clock.pass(Duration.ofHours(3));

        List<JsonValue> alerts = root.get(FAST + "/alerts").json().get("items").elements();
        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).get("message").text()).contains("nightly on main has not reported for 3 h");
        assertThat(root.send("GET", "/p/acme/fast/incidents", "", "Accept", "text/html")
                        .text())
                .contains("Nightly on main has not reported for 3 h.");
        check(2, 1, "");
        assertThat(root.get(FAST + "/alerts").json().get("items").elements()).isEmpty();
    }

    @Test
    void a_project_without_results_says_so() {
        assertThat(runs()).isEmpty();
        Answer incidents = root.get(FAST + "/incidents");
        assertThat(incidents.status()).isEqualTo(404);
        assertThat(incidents.member("detail")).isEqualTo("the project has no results yet");
    }

    @Test
    void what_cannot_be_read_is_said_and_nothing_is_recorded() {
        Answer answer = ci.send("POST", FAST + "/checks?commit=abcdef12&branch=main&name=r.csv", "this is no result\n");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.member("detail")).contains("results/r.csv");
        assertThat(runs()).isEmpty();
    }

    /** Neither a name nor a value becomes an option, a configuration or a file elsewhere. */
    @Test
    void hostile_names_and_values_do_nothing() {
        history(2);
        List<Integer> statuses = new ArrayList<>();
        for (String name : List.of("..%2Fx", "plumbline.yaml%00", "%2Fetc%2Fpasswd", "-x", "a%0Ab", "")) {
            statuses.add(ci.send("POST", FAST + "/checks?commit=abcdef12&branch=main&name=" + name, results(9, 1))
                    .status());
        }
        assertThat(statuses).containsOnly(400);
        assertThat(ci.send("POST", FAST + "/checks?store=/tmp/x.db", results(9, 1))
                        .status())
                .isEqualTo(400);
        assertThat(root.get(FAST + "/benchmarks/--store=x").status()).isEqualTo(403);
        assertThat(root.get(FAST + "/comparison?base=/etc/passwd&candidate=/etc/passwd")
                        .member("detail"))
                .doesNotContain("root:");
        assertThat(root.get(FAST + "/report?run=x&config=/etc/passwd").status()).isEqualTo(400);
        ci.send("POST", FAST + "/checks?commit=abcdef12&branch=main&name=plumbline.yaml", "gate: {block-at: never}\n");
        assertThat(runs()).hasSize(2);
    }

    @Test
    void reports_come_in_every_form() {
        history(6);
        for (String form : List.of("json", "text", "markdown", "csv", "junit", "sarif")) {
            Answer report = root.get(FAST + "/report?as=" + form);
            assertThat(report.status()).as(form).isEqualTo(200);
            assertThat(report.text()).as(form).contains("bench");
        }
        assertThat(root.get(FAST + "/report?as=pdf").status()).isEqualTo(400);
    }
}
