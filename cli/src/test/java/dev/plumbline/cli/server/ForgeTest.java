package dev.plumbline.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.TestGit;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.RunningServer.Answer;
import dev.plumbline.server.RunningServer.Client;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The repository of a project at GitHub and GitLab, whichever database holds the people and histories. */
class ForgeTest extends ServedProject {
    private static final String CONNECTION = FAST + "/forge";
    private static final String EVENTS = CONNECTION + "/events";

    @TempDir
    private Path repositories;

    private KeyPair key;
    private FakeForge forge;

    @BeforeEach
    void startForge() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        key = generator.generateKeyPair();
        forge = new FakeForge(repositories, Optional.of(key.getPublic()));
        TestGit.run(repositories, "init", "--quiet", "--bare", "octo/demo.git");
        TestGit.run(bare(), "config", "uploadpack.allowFilter", "true");
    }

    @AfterEach
    void stopForge() {
        forge.close();
    }

    private Path bare() {
        return repositories.resolve("octo/demo.git");
    }

    /** As GitHub gives it: PKCS#1, which is what PKCS#8 has inside. */
    private String pem() {
        byte[] whole = key.getPrivate().getEncoded();
        return "-----BEGIN RSA PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(Arrays.copyOfRange(whole, 26, whole.length))
                + "\n-----END RSA PRIVATE KEY-----\n";
    }

    private Answer put(String service, String credential) {
        Answer answer = root.send(
                "PUT",
                CONNECTION,
                "{\"forge\":\"" + service + "\",\"repository\":\"" + forge.repository() + "\"," + credential + "}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        server.keepHouse(); // what is so now is known
        return answer;
    }

    private Answer withToken() {
        return put("github", "\"token\":\"" + FakeForge.PERSONAL + "\"");
    }

    private Answer withApp() {
        return put("github", "\"app\":\"" + FakeForge.APP + "\",\"privateKey\":\"" + pem().replace("\n", "\\n") + "\"");
    }

    private static String commit(int number) {
        return String.format("%040x", 0xabcdef00L + number);
    }

    private void check(String commit, double slower) {
        server.clock.pass(Duration.ofMinutes(1));
        String csv = String.format(
                Locale.ROOT,
                "benchmark,value,unit%nsort,%.4f,ns%n",
                100 * slower * (1 + 0.01 * new Random(commit.hashCode()).nextGaussian()));
        Answer answer = ci.send("POST", FAST + "/checks?environment=lab&branch=main&name=r.csv&commit=" + commit, csv);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private List<JsonValue> deliveries() {
        return root.get(CONNECTION + "/deliveries").json().get("items").elements();
    }

    private static String text(JsonValue object, String member) {
        return object.get(member).text().orElse("");
    }

    @Test
    void a_check_becomes_a_status_and_one_comment_and_the_next_takes_their_place() {
        withToken();
        for (int i = 0; i < 9; i++) {
            check(commit(i), 1);
        }
        server.keepHouse();
        assertThat(forge.statuses).hasSize(9);
        assertThat(forge.comments).isEmpty();

        forge.head = commit(9);
        check(commit(9), 1.4);
        server.keepHouse();
        assertThat(forge.statuses.get(9).getKey()).isEqualTo(commit(9));
        JsonValue status = forge.statuses.get(9).getValue();
        assertThat(text(status, "state")).isEqualTo("failure");
        assertThat(text(status, "context")).isEqualTo("Plumbline");
        assertThat(text(status, "target_url")).startsWith(server.address() + "/p/acme/fast/checks/");
        assertThat(forge.comments).hasSize(1);
        assertThat(forge.comments.values().iterator().next())
                .startsWith("<!-- plumbline: Plumbline -->")
                .contains("sort", server.address() + "/p/acme/fast/checks/");

        check(commit(9), 1.41);
        server.keepHouse();
        assertThat(forge.statuses).hasSize(11);
        assertThat(forge.comments).hasSize(1);
        assertThat(text(deliveries().get(0), "answer")).contains("updated the comment on pull request 7");
    }

    @Test
    void the_trial_merge_of_a_pull_request_counts_for_its_head() {
        withToken();
        forge.head = "d".repeat(40);
        check("e".repeat(40), 1);
        server.keepHouse();
        assertThat(forge.statuses.get(0).getKey()).isEqualTo("d".repeat(40));
        assertThat(forge.comments).hasSize(1);
    }

    @Test
    void an_app_proves_itself_with_its_key_and_its_check_is_changed_in_place() {
        withApp();
        check(commit(0), 1);
        server.keepHouse();
        check(commit(0), 1.01);
        server.keepHouse();
        assertThat(forge.checks).hasSize(1);
        assertThat(text(forge.checks.get(500L), "status")).isEqualTo("completed");
        assertThat(forge.calls)
                .filteredOn(call -> call.endsWith("/access_tokens"))
                .hasSize(1);
        assertThat(forge.calls).contains("PATCH /repos/octo/demo/check-runs/500");
        server.clock.pass(Duration.ofMinutes(56));
        check(commit(1), 1);
        server.keepHouse();
        assertThat(forge.calls)
                .filteredOn(call -> call.endsWith("/access_tokens"))
                .hasSize(2);
    }

    @Test
    void a_forge_out_of_order_changes_no_verdict_and_is_tried_again_and_the_reason_is_seen() {
        withToken();
        forge.broken = 500;
        check(commit(0), 1);
        server.keepHouse();
        JsonValue waiting = deliveries().get(0);
        assertThat(text(waiting, "state")).isEqualTo("waiting");
        assertThat(text(waiting, "answer")).contains("GitHub failed (500)");
        assertThat(root.get("/p/acme/fast/repository").text()).contains("GitHub failed (500)", "retrying");
        forge.broken = 0;
        server.keepHouse();
        assertThat(forge.statuses).isEmpty();
        server.clock.pass(Duration.ofSeconds(31));
        server.keepHouse();
        assertThat(forge.statuses).hasSize(1);
        assertThat(text(deliveries().get(0), "state")).isEqualTo("delivered");
    }

    @Test
    void a_late_attempt_does_not_take_the_place_of_a_newer_check() {
        withToken();
        forge.broken = 503;
        check(commit(0), 1);
        server.keepHouse();
        check(commit(0), 1.01);
        server.keepHouse();
        forge.broken = 0;
        server.clock.pass(Duration.ofMinutes(11));
        server.keepHouse();
        assertThat(forge.statuses).hasSize(1);
        assertThat(deliveries())
                .anySatisfy(one -> assertThat(text(one, "answer")).contains("a later check of the commit"));
    }

    @Test
    void commits_are_read_so_that_results_without_facts_of_git_are_in_order_and_have_an_author() throws Exception {
        Path work = Files.createDirectories(repositories.resolve("work"));
        TestGit.run(work, "init", "--quiet", "--initial-branch=main");
        List<String> commits = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Files.writeString(work.resolve("sort.txt"), "secret line " + i + "\n");
            TestGit.run(work, "add", ".");
            TestGit.at(
                    Instant.parse("2026-05-01T12:00:00Z").plus(Duration.ofHours(i)),
                    work,
                    "-c",
                    "user.name=Ada Author",
                    "-c",
                    "user.email=ada@example.org",
                    "commit",
                    "--quiet",
                    "-m",
                    i == 9 ? "sort: a slower way" : "change " + i);
            commits.add(TestGit.run(work, "rev-parse", "HEAD").strip());
        }
        TestGit.run(work, "push", "--quiet", bare().toString(), commits.get(7) + ":refs/heads/main");
        withToken();
        assertThat(text(deliveries().get(0), "answer")).isEqualTo("read the commits of 1 branch");

        TestGit.run(work, "push", "--quiet", bare().toString(), "main");
        for (int i = 11; i >= 0; i--) { // in the wrong order
            check(commits.get(i), i >= 9 ? 1.4 : 1);
        }

        String runs = root.get(FAST + "/runs?limit=100").text();
        assertThat(runs).contains("\"position\":");
        String newest = text(
                root.get(FAST + "/runs?limit=100").json().get("items").elements().stream()
                        .filter(run -> text(run, "commit").equals(commits.get(11)))
                        .findFirst()
                        .orElseThrow(),
                "id");
        assertThat(root.get(FAST + "/report?as=text&run=" + newest).text())
                .contains("began earlier, at " + commits.get(9).substring(0, 10) + " by Ada Author");
        Path kept;
        try (Stream<Path> files = Files.walk(folder)) {
            kept = files.filter(one -> one.getFileName().toString().equals("commits"))
                    .findFirst()
                    .orElseThrow();
        }
        assertThat(TestGit.run(kept, "log", "-1", "--format=%an: %s", commits.get(9)))
                .isEqualTo("Ada Author: sort: a slower way");
        assertThat(TestGit.run(kept, "cat-file", "--batch-all-objects", "--batch-check=%(objecttype)"))
                .contains("commit")
                .doesNotContain("blob");
    }

    @Test
    void contents_of_files_are_not_taken_from_a_forge_that_cannot_leave_them_out() throws Exception {
        TestGit.run(bare(), "config", "uploadpack.allowFilter", "false");
        Path work = Files.createDirectories(repositories.resolve("work"));
        TestGit.run(work, "init", "--quiet", "--initial-branch=main");
        Files.writeString(work.resolve("sort.txt"), "secret line\n");
        TestGit.run(work, "add", ".");
        TestGit.run(work, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "x");
        TestGit.run(work, "push", "--quiet", bare().toString(), "main");
        withToken();
        assertThat(text(deliveries().get(0), "answer")).contains("contents of files");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".pack"))).isEmpty();
        }
    }

    private static String signed(String secret, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    private int event(String path, String kind, String id, String signature, String body) {
        return server.nobody()
                .send(
                        "POST",
                        path,
                        body,
                        "X-GitHub-Event",
                        kind,
                        "X-GitHub-Delivery",
                        id,
                        "X-Hub-Signature-256",
                        signature)
                .status();
    }

    @Test
    void events_of_github_count_once_and_only_when_signed() throws Exception {
        String secret = withToken().member("secret");
        String body = "{\"action\":\"opened\",\"repository\":{\"full_name\":\"octo/demo\"},\"pull_request\":{\"head\":"
                + "{\"sha\":\"" + commit(1) + "\"}}}";
        assertThat(event(EVENTS, "pull_request", "a-1", signed(secret, body), body))
                .isEqualTo(204);
        assertThat(event(EVENTS, "pull_request", "a-1", signed(secret, body), body))
                .isEqualTo(204);
        server.keepHouse();
        assertThat(forge.statuses).hasSize(1);
        assertThat(text(forge.statuses.get(0).getValue(), "state")).isEqualTo("pending");
        assertThat(text(forge.statuses.get(0).getValue(), "description")).isEqualTo("Waiting for benchmark results");

        check(commit(1), 1);
        server.keepHouse();
        assertThat(text(forge.statuses.get(1).getValue(), "state")).isEqualTo("success");
        assertThat(event(EVENTS, "pull_request", "a-2", signed(secret, body), body))
                .isEqualTo(204);
        server.keepHouse();
        assertThat(forge.statuses).as("results are not hidden again").hasSize(2);

        String ping = "{\"zen\":\"x\"}";
        assertThat(event(EVENTS, "ping", "a-3", signed(secret, ping), ping)).isEqualTo(204);
        assertThat(event(EVENTS, "issues", "a-4", signed(secret, ping), ping)).isEqualTo(204);
        int before = deliveries().size();
        String push = "{\"ref\":\"refs/heads/main\",\"repository\":{\"full_name\":\"octo/demo\"}}";
        String foreign = push.replace("octo/demo", "octo/other");
        assertThat(event(EVENTS, "push", "a-5", signed(secret, foreign), foreign))
                .isEqualTo(204);
        assertThat(deliveries()).hasSize(before);
        assertThat(event(EVENTS, "push", "a-6", signed(secret, push), push)).isEqualTo(204);
        assertThat(deliveries()).hasSize(before + 1);

        String closed = body.replace("opened", "closed");
        assertThat(event(EVENTS, "pull_request", "a-7", signed(secret, closed), closed))
                .isEqualTo(204);
        String noJson = "{";
        assertThat(event(EVENTS, "push", "a-8", signed(secret, noJson), noJson)).isEqualTo(400);
    }

    @Test
    void who_does_not_know_the_secret_learns_nothing_and_does_nothing() throws Exception {
        String secret = withToken().member("secret");
        root.post("/api/v1/organisations/acme/projects", "{\"name\":\"slow\"}");
        int before = deliveries().size();
        String push = "{\"ref\":\"refs/heads/main\",\"repository\":{\"full_name\":\"octo/demo\"}}";
        List<String> answers = new ArrayList<>();
        for (String path : List.of(
                EVENTS,
                EVENTS.replace("/fast/", "/slow/"),
                EVENTS.replace("/fast/", "/none/"),
                "/api/v1/projects/x/y/forge/events")) {
            for (String signature : List.of("", "sha256=", signed("wrong", push), signed("whsec_none", push))) {
                Answer answer = server.nobody()
                        .send("POST", path, push, "X-GitHub-Event", "push", "X-Hub-Signature-256", signature);
                assertThat(answer.status()).as(path + signature).isEqualTo(401);
                answers.add(answer.text().replace(path, ""));
            }
        }
        assertThat(answers.stream().distinct()).hasSize(1);
        // the secret of GitLab's way is no signature here
        assertThat(server.nobody()
                        .send("POST", EVENTS, push, "X-GitHub-Event", "push", "X-Gitlab-Token", secret)
                        .status())
                .isEqualTo(401);
        String long1 = "{\"x\":\"" + "y".repeat(3 << 20) + "\"}";
        assertThat(event(EVENTS, "push", "b-1", signed(secret, long1), long1)).isEqualTo(413);
        assertThat(deliveries()).hasSize(before);

        String renewed = root.post(CONNECTION + "/secret", "").member("secret");
        assertThat(event(EVENTS, "push", "b-2", signed(secret, push), push)).isEqualTo(401);
        assertThat(event(EVENTS, "push", "b-3", signed(renewed, push), push)).isEqualTo(204);
    }

    @Test
    void gitlab_gets_a_status_and_a_note_and_its_events_are_taken() throws Exception {
        String secret =
                put("gitlab", "\"token\":\"" + FakeForge.OF_GITLAB + "\"").member("secret");
        forge.head = commit(1);
        String opened = "{\"object_kind\":\"merge_request\",\"project\":{\"path_with_namespace\":\"octo/demo\"},"
                + "\"object_attributes\":{\"action\":\"open\",\"last_commit\":{\"id\":\"" + commit(1) + "\"}}}";
        Client nobody = server.nobody();
        assertThat(nobody.send("POST", EVENTS, opened, "X-Gitlab-Token", "whsec_wrong")
                        .status())
                .isEqualTo(401);
        for (int i = 0; i < 2; i++) {
            assertThat(nobody.send("POST", EVENTS, opened, "X-Gitlab-Token", secret, "X-Gitlab-Event-UUID", "u-1")
                            .status())
                    .isEqualTo(204);
        }
        server.keepHouse();
        assertThat(forge.statuses).hasSize(1);
        assertThat(text(forge.statuses.get(0).getValue(), "state")).isEqualTo("pending");

        check(commit(1), 1);
        check(commit(1), 1.01);
        server.keepHouse();
        assertThat(text(forge.statuses.get(forge.statuses.size() - 1).getValue(), "state"))
                .isEqualTo("success");
        assertThat(forge.comments).hasSize(1);
        String update = opened.replace("\"open\"", "\"update\"");
        assertThat(nobody.send("POST", EVENTS, update, "X-Gitlab-Token", secret).status())
                .isEqualTo(204);
        int before = deliveries().size();
        assertThat(nobody.send(
                                "POST",
                                EVENTS,
                                update.replace("\"update\"", "\"update\",\"oldrev\":\"x\""),
                                "X-Gitlab-Token",
                                secret)
                        .status())
                .isEqualTo(204);
        assertThat(deliveries()).hasSize(before + 1);
    }

    @Test
    void no_answer_page_or_log_has_the_token_and_only_owners_change_the_connection() {
        Client max = server.member(root, "acme", "max", "maintainer");
        Client vera = server.member(root, "acme", "vera", "viewer");
        Client owner = server.token(root, "acme/fast", "owner");
        assertThat(root.get(CONNECTION).status()).isEqualTo(404);
        String secret = withApp().member("secret");
        withToken();
        String body = "{\"forge\":\"github\",\"repository\":\"" + forge.repository() + "\",\"token\":\"x\"}";
        assertThat(max.send("PUT", CONNECTION, body).status()).isEqualTo(403);
        assertThat(owner.send("PUT", CONNECTION, body).status()).isEqualTo(403);
        assertThat(max.send("DELETE", CONNECTION, "").status()).isEqualTo(403);
        assertThat(max.post(CONNECTION + "/secret", "").status()).isEqualTo(403);
        assertThat(vera.get(CONNECTION).status()).isEqualTo(403);
        assertThat(vera.get(CONNECTION + "/deliveries").status()).isEqualTo(403);
        assertThat(ci.get(CONNECTION).status()).isEqualTo(403);
        assertThat(server.nobody().get(CONNECTION).status()).isEqualTo(401);
        assertThat(max.post(CONNECTION + "/read", "").status()).isEqualTo(204);
        assertThat(root.get(FAST + "/webhooks").json().get("items").elements()).isEmpty();
        for (String path : List.of(
                CONNECTION,
                CONNECTION + "/deliveries",
                "/api/v1/organisations/acme/audit",
                "/p/acme/fast/repository",
                "/p/acme/fast/settings",
                "/p/acme/fast/webhooks")) {
            assertThat(root.get(path).text())
                    .as(path)
                    .doesNotContain(FakeForge.PERSONAL, FakeForge.INSTALLATION, secret, "PRIVATE KEY");
        }
        assertThat(root.get("/api/v1/organisations/acme/audit").text()).contains("forge.connect");

        // a known token is not sent to another host
        assertThat(root.send("PUT", CONNECTION, "{\"forge\":\"github\",\"repository\":\"https://example.org/a/b\"}")
                        .status())
                .isEqualTo(400);
        assertThat(root.send("DELETE", CONNECTION, "").status()).isEqualTo(204);
        assertThat(root.get(CONNECTION).status()).isEqualTo(404);
        assertThat(root.send("DELETE", CONNECTION, "").status()).isEqualTo(404);
    }

    @Test
    void an_address_that_the_server_should_not_reach_is_not_reached() {
        for (String address :
                List.of("ftp://example.org/a/b", "https://u@example.org/a/b", "https://example.org/a", "x")) {
            assertThat(root.send(
                                    "PUT",
                                    CONNECTION,
                                    "{\"forge\":\"github\",\"repository\":\"" + address + "\",\"token\":\"t\"}")
                            .status())
                    .as(address)
                    .isEqualTo(400);
        }
        root.send(
                "PUT",
                CONNECTION,
                "{\"forge\":\"github\",\"repository\":\"https://169.254.169.254/a/b\",\"token\":\"t\"}");
        server.keepHouse();
        assertThat(text(deliveries().get(0), "answer")).contains("the host is in a private network");
    }

    @Test
    void the_page_connects_a_repository_and_shows_the_secret_once() {
        Answer page = root.form(
                "/p/acme/fast/repository",
                "action",
                "connect",
                "forge",
                "github",
                "repository",
                forge.repository() + "/",
                "token",
                FakeForge.PERSONAL,
                "name",
                "Plumbline",
                "awaitsResults",
                "true");
        assertThat(page.status()).as(page.text()).isIn(200, 303);
        Answer shown = root.get("/p/acme/fast/repository");
        assertThat(shown.text())
                .contains(forge.repository(), "/api/v1/projects/acme/fast/forge/events", "With a token");
        Answer wrong = root.form(
                "/p/acme/fast/repository", "action", "connect", "forge", "github", "repository", "no address");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text()).contains("role=\"alert\"");
    }
}
