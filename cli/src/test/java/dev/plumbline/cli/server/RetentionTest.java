package dev.plumbline.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.RunningServer;
import dev.plumbline.server.RunningServer.Answer;
import dev.plumbline.server.RunningServer.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a server lets go of a history, and what it says afterwards. */
class RetentionTest extends ServedProject {
    private static final int RUNS = 30;

    /** From this run on a benchmark is slower: long ago, and nobody has said anything of it. */
    private static final int STEP = 12;

    @BeforeEach
    void recordRuns() {
        for (int i = 0; i < RUNS; i++) {
            assertThat(post("runs", i).status()).isEqualTo(200);
            server.clock.pass(Duration.ofDays(1));
        }
        root = server.signedIn("root", RunningServer.PASSWORD);
    }

    /** A session does not last as long. */
    private void day() {
        server.clock.pass(Duration.ofDays(1));
        root = server.signedIn("root", RunningServer.PASSWORD);
    }

    /** Five raw values of each of four benchmarks. */
    private Answer post(String what, int commit) {
        Random random = new Random(commit);
        StringBuilder csv = new StringBuilder("benchmark,value,unit,fork\n");
        for (int i = 0; i < 4; i++) {
            for (int n = 0; n < 5; n++) {
                double value = (100 + i) * (1 + 0.01 * random.nextGaussian()) * (i == 2 && commit >= STEP ? 1.3 : 1);
                csv.append(String.format(Locale.ROOT, "bench%d,%.4f,ns,%d%n", i, value, n));
            }
        }
        return ci.send(
                "POST",
                FAST + "/" + what + "?environment=lab&branch=main&name=r.csv&commit="
                        + String.format("%040x", 0xabcdef00L + commit),
                csv.toString());
    }

    private List<String> commits() {
        return root.get(FAST + "/runs?limit=1000").json().get("items").elements().stream()
                .map(run -> run.get("commit").text().orElseThrow())
                .toList();
    }

    private List<String> verdicts() {
        List<String> all = new ArrayList<>();
        for (String path : List.of("/report?as=text", "/incidents", "/benchmarks", "/benchmarks/bench2")) {
            Answer answer = root.get(FAST + path);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            all.add(answer.text());
        }
        return all;
    }

    private void night() {
        day();
        server.keepHouse();
    }

    @Test
    void everything_is_kept_unless_an_owner_says_otherwise() {
        night();
        assertThat(commits()).hasSize(RUNS);
        assertThat(root.get(FAST + "/retention").json().get("runDays").isNothing())
                .isTrue();
        assertThat(root.get(FAST + "/retention/preview").status()).isEqualTo(404);
        Client maintainer = server.member(root, "acme", "mia", "maintainer");
        assertThat(maintainer
                        .send("PUT", FAST + "/retention", "{\"runDays\":1}")
                        .status())
                .isEqualTo(403);
        assertThat(root.send("PUT", FAST + "/retention", "{\"runDays\":0}").status())
                .isEqualTo(400);
        assertThat(root.send("PUT", FAST + "/retention", "{\"days\":1}").status())
                .isEqualTo(400);
    }

    @Test
    void samples_go_at_night_and_every_verdict_stays_to_the_byte() {
        assertThat(root.send("PUT", FAST + "/retention", "{\"sampleDays\":3,\"levelRuns\":2}")
                        .status())
                .isEqualTo(200);
        day();
        List<String> before = verdicts();
        JsonValue preview = root.get(FAST + "/retention/preview").json();
        assertThat(preview.get("done").isTrue()).isFalse();
        assertThat(preview.get("runs").integer()).hasValue(0);
        assertThat(preview.get("samples").integer().orElseThrow()).isBetween(60L, 4L * RUNS);
        assertThat(preview.get("bytesFreed").integer().orElseThrow()).isPositive();

        server.keepHouse();

        assertThat(verdicts()).isEqualTo(before);
        assertThat(commits()).hasSize(RUNS);
        assertThat(root.get(FAST + "/retention/preview").json().get("samples").integer())
                .hasValue(0);
        assertThat(root.get("/api/v1/organisations/acme/audit?limit=1000").text())
                .contains("retention.set", "retention.apply", "(server)", "deleted the samples of");
    }

    @Test
    void old_runs_go_but_for_the_ends_of_levels_and_the_newest_verdict_stays() {
        root.send("PUT", FAST + "/retention", "{\"runDays\":5,\"keepRuns\":3,\"levelRuns\":4}");
        server.keepHouse();
        assertThat(commits()).as("a rule is applied in the next night").hasSize(RUNS);
        String incidents = incidents();
        assertThat(incidents).contains("bench2");

        night();

        List<String> kept = commits();
        assertThat(kept.size()).isBetween(12, RUNS - 8);
        for (int i = STEP - 4; i < STEP + 4; i++) {
            assertThat(kept).contains(String.format("%040x", 0xabcdef00L + i));
        }
        assertThat(incidents()).isEqualTo(incidents);
        assertThat(post("checks", RUNS - 1).header("Plumbline-Gate")).isEqualTo("pass");
        int left = kept.size();
        server.keepHouse();
        assertThat(commits()).as("applied once a night").hasSize(left);
        assertThat(root.send("DELETE", FAST + "/retention", "").status()).isEqualTo(204);
        assertThat(root.get(FAST + "/retention").json().get("runDays").isNothing())
                .isTrue();
    }

    /** The place of the incident and what it is of. */
    private String incidents() {
        StringBuilder all = new StringBuilder();
        for (JsonValue incident :
                root.get(FAST + "/incidents").json().get("incidents").elements()) {
            all.append(incident.get("id").text().orElseThrow());
            incident.get("changes").elements().forEach(change -> all.append(' ')
                    .append(change.get("benchmark").text().orElse("?")));
            all.append('\n');
        }
        return all.toString();
    }

    @Test
    void the_settings_page_saves_a_rule_and_shows_what_would_go() {
        String page = "/p/acme/fast/settings";
        assertThat(form(page, "action=retention&runDays=&keepRuns=300&sampleDays=2")
                        .status())
                .isEqualTo(303);
        assertThat(html(page)).contains("Applied every night, not yet", "value=\"2\"", "samples are kept for 2 days");
        assertThat(form(page, "action=retention-preview").text())
                .contains("would delete the samples of", "would be free");
        assertThat(form(page, "action=retention&runDays=x").status()).isEqualTo(400);
        assertThat(form(page, "action=retention&runDays=&sampleDays=").status()).isEqualTo(303);
        assertThat(html(page)).contains("Everything is kept.");
        assertThat(html(page)).contains("Kept: " + RUNS + " files");
        assertThat(form(page, "action=originals&originalDays=3").status()).isEqualTo(303);
        assertThat(html(page))
                .contains("Result files are kept for 3 days", "To be deleted tonight: " + (RUNS - 2) + " files");
        assertThat(form(page, "action=originals&originalDays=").status()).isEqualTo(400);
        assertThat(form(page, "action=originals&originalDays=0").status()).isEqualTo(303);
        night();
        assertThat(html(page)).contains("None is kept.");
    }

    private Answer form(String page, String fields) {
        return root.send("POST", page, fields, "Content-Type", "application/x-www-form-urlencoded");
    }

    private String html(String page) {
        return root.send("GET", page, "", "Accept", "text/html").text();
    }
}
