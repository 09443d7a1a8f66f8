package dev.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.RunningServer.Answer;
import dev.plumbline.server.RunningServer.Client;
import dev.plumbline.store.postgres.PostgresAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server promises about people, wherever it keeps them. */
abstract class ServerContract {
    private static final String FAST = "/api/v1/projects/acme/fast";

    @TempDir
    Path folder;

    RunningServer server;
    private Client root;

    abstract Optional<PostgresAddress> database();

    /** Everything that the database holds, as text. */
    abstract String dump() throws Exception;

    /** Tries a statement on the database with the application's own rights; says what came of it. */
    abstract String attempt(String statement);

    @BeforeEach
    void start() throws IOException {
        server = new RunningServer(folder, database());
        root = server.administrator();
        assertThat(root.post("/api/v1/organisations", "{\"name\":\"acme\"}").status())
                .isEqualTo(201);
        assertThat(root.post("/api/v1/organisations/acme/projects", "{\"name\":\"fast\"}")
                        .status())
                .isEqualTo(201);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_new_server_is_alive_ready_and_shows_figures() {
        assertThat(server.nobody().get("/healthz").status()).isEqualTo(200);
        assertThat(server.nobody().get("/readyz").text()).isEqualTo("ready\n");
        assertThat(server.nobody().get("/metrics").text())
                .contains("plumbline_http_requests_total{method=\"GET\",route=\"/healthz\",status=\"200\"} 1.0");
    }

    @Test
    void the_first_link_makes_one_account_and_no_second() {
        assertThat(server.firstLink()).isEmpty();
        assertThat(root.get("/api/v1/me").json().get("isAdministrator").isTrue())
                .isTrue();
    }

    @Test
    void an_invitation_is_used_once_and_expires() {
        String body = "{\"role\":\"viewer\"}";
        String used = root.post("/api/v1/organisations/acme/invitations", body).member("invitation");
        server.accepted(used, "ann");
        assertThat(accept(used, "bob").status()).isEqualTo(404);

        String old = root.post("/api/v1/organisations/acme/invitations", body).member("invitation");
        server.clock.pass(Duration.ofDays(4));
        assertThat(accept(old, "bob").status()).isEqualTo(404);
    }

    private Answer accept(String invitation, String account) {
        return server.nobody()
                .post(
                        "/api/v1/invitations/accept",
                        "{\"invitation\":\"" + invitation + "\",\"account\":\"" + account + "\",\"password\":\""
                                + RunningServer.PASSWORD + "\"}");
    }

    @Test
    void a_name_that_is_taken_is_a_conflict_and_a_strange_one_is_invalid() {
        assertThat(root.post("/api/v1/organisations", "{\"name\":\"acme\"}").status())
                .isEqualTo(409);
        assertThat(root.post("/api/v1/organisations/acme/projects", "{\"name\":\"fast\"}")
                        .status())
                .isEqualTo(409);
        for (String name : List.of("", "A", "a b", "-a", "a-", "a--b", "../x", "a/b", "<b>", "a".repeat(40))) {
            Answer answer = root.post("/api/v1/organisations", "{\"name\":\"" + name + "\"}");
            assertThat(answer.status()).as(name).isEqualTo(400);
            assertThat(answer.member("detail")).startsWith("a name must have 1 to 39");
        }
    }

    /** Every route of a project, for every role and a foreign one. */
    @Test
    void each_role_may_what_it_may_and_of_another_organisation_nothing_is_there() {
        root.post("/api/v1/organisations", "{\"name\":\"other\"}");
        Map<String, Client> callers = new TreeMap<>();
        callers.put("owner", server.member(root, "acme", "olga", "owner"));
        callers.put("maintainer", server.member(root, "acme", "max", "maintainer"));
        callers.put("viewer", server.member(root, "acme", "vera", "viewer"));
        server.clock.pass(Duration.ofMinutes(2));
        callers.put("stranger", server.member(root, "other", "stan", "owner"));
        callers.put("token recorder", server.token(root, "acme/fast", "recorder"));
        callers.put("token owner", server.token(root, "acme/fast", "owner"));

        Map<String, Map<String, Integer>> seen = new TreeMap<>();
        for (Map.Entry<String, Client> caller : callers.entrySet()) {
            Map<String, Integer> statuses = new TreeMap<>();
            statuses.put("GET", caller.getValue().get(FAST).status());
            statuses.put("GET tokens", caller.getValue().get(FAST + "/tokens").status());
            statuses.put(
                    "POST tokens",
                    caller.getValue()
                            .post(FAST + "/tokens", "{\"name\":\"x\",\"role\":\"viewer\"}")
                            .status());
            statuses.put(
                    "PATCH",
                    caller.getValue()
                            .send("PATCH", FAST, "{\"visibility\":\"private\"}")
                            .status());
            seen.put(caller.getKey(), statuses);
        }

        assertThat(seen.get("owner"))
                .isEqualTo(Map.of("GET", 200, "GET tokens", 200, "POST tokens", 201, "PATCH", 200));
        assertThat(seen.get("maintainer"))
                .isEqualTo(Map.of("GET", 200, "GET tokens", 403, "POST tokens", 403, "PATCH", 403));
        assertThat(seen.get("viewer"))
                .isEqualTo(Map.of("GET", 200, "GET tokens", 403, "POST tokens", 403, "PATCH", 403));
        assertThat(seen.get("stranger"))
                .isEqualTo(Map.of("GET", 404, "GET tokens", 404, "POST tokens", 404, "PATCH", 404));
        assertThat(seen.get("token recorder"))
                .isEqualTo(Map.of("GET", 200, "GET tokens", 403, "POST tokens", 403, "PATCH", 403));
        // a token never makes another one
        assertThat(seen.get("token owner"))
                .isEqualTo(Map.of("GET", 200, "GET tokens", 200, "POST tokens", 403, "PATCH", 200));
        assertThat(server.nobody().get(FAST).status()).isEqualTo(404);
        assertThat(server.nobody().get(FAST + "/tokens").status()).isEqualTo(401);
    }

    @Test
    void a_role_of_one_project_opens_no_other() {
        root.post("/api/v1/organisations/acme/projects", "{\"name\":\"slow\"}");
        root.post("/api/v1/organisations", "{\"name\":\"other\"}");
        Client ann = server.member(root, "other", "ann", "viewer");
        Answer set = root.send(
                "PUT", "/api/v1/organisations/acme/members/ann", "{\"role\":\"maintainer\",\"project\":\"slow\"}");
        assertThat(set.status()).isEqualTo(204);

        assertThat(ann.get("/api/v1/projects/acme/slow").text()).contains("\"decide\"");
        assertThat(ann.get(FAST).status()).isEqualTo(404);
        assertThat(ann.get("/api/v1/projects").json().get("items").elements()).hasSize(1);

        root.send("DELETE", "/api/v1/organisations/acme/members/ann?project=slow", "");
        assertThat(ann.get("/api/v1/projects/acme/slow").status()).isEqualTo(404);
    }

    @Test
    void a_public_project_is_read_by_everybody_and_a_private_one_by_nobody() {
        assertThat(server.nobody().get("/api/v1/projects").json().get("items").elements())
                .isEmpty();
        root.send("PATCH", FAST, "{\"visibility\":\"public\"}");
        assertThat(server.nobody().get("/api/v1/projects").text()).contains("\"fast\"");
        assertThat(server.nobody().get(FAST).status()).isEqualTo(200);
    }

    @Test
    void members_that_only_the_server_sets_are_refused() {
        for (String body : List.of(
                "{\"visibility\":\"public\",\"organisation\":\"other\"}",
                "{\"createdAt\":\"2020-01-01T00:00:00Z\"}",
                "{\"rights\":[\"administer\"]}")) {
            assertThat(root.send("PATCH", FAST, body).status()).isEqualTo(400);
        }
        assertThat(root.get(FAST).member("visibility")).isEqualTo("private");
    }

    @Test
    void a_token_ends_when_it_expires_or_is_revoked_or_its_account_or_project_is_gone() {
        Answer issued = root.post(FAST + "/tokens", "{\"name\":\"ci\",\"role\":\"viewer\",\"days\":2}");
        Client ci = server.withToken(issued.member("token"));
        assertThat(ci.get(FAST).status()).isEqualTo(200);
        server.clock.pass(Duration.ofDays(2));
        assertThat(ci.get(FAST).status()).isEqualTo(401);

        root = server.signedIn("root", RunningServer.PASSWORD);
        Answer second = root.post(FAST + "/tokens", "{\"name\":\"ci\",\"role\":\"viewer\"}");
        Client other = server.withToken(second.member("token"));
        assertThat(root.send("DELETE", FAST + "/tokens/" + second.member("id"), "")
                        .status())
                .isEqualTo(204);
        assertThat(other.get(FAST).status()).isEqualTo(401);
        assertThat(root.send("DELETE", FAST + "/tokens/" + second.member("id"), "")
                        .status())
                .isEqualTo(404);

        Client olga = server.member(root, "acme", "olga", "owner");
        Client olgas = server.token(olga, "acme/fast", "owner");
        assertThat(olgas.get(FAST).status()).isEqualTo(200);
        assertThat(root.post("/api/v1/accounts/olga/disable", "").status()).isEqualTo(204);
        assertThat(olgas.get(FAST).status()).isEqualTo(401);
        assertThat(olga.get(FAST).status()).isEqualTo(404);

        Client last = server.token(root, "acme/fast", "owner");
        assertThat(root.send("DELETE", FAST, "").status()).isEqualTo(204);
        assertThat(last.get(FAST).status()).isEqualTo(401);
        assertThat(root.get(FAST).status()).isEqualTo(404);
    }

    /** The holder of a token that was an owner's does no more than the holder may now. */
    @Test
    void a_token_has_no_right_that_its_account_has_lost() {
        Client olga = server.member(root, "acme", "olga", "owner");
        Client program = server.token(olga, "acme/fast", "owner");
        root.send("PUT", "/api/v1/organisations/acme/members/olga", "{\"role\":\"viewer\"}");

        assertThat(program.get(FAST).status()).isEqualTo(200);
        assertThat(program.send("DELETE", FAST, "").status()).isEqualTo(403);
    }

    @Test
    void an_organisation_keeps_an_owner() {
        String members = "/api/v1/organisations/acme/members/";
        assertThat(root.send("DELETE", members + "root", "").status()).isEqualTo(409);
        Answer viewer = root.send("PUT", members + "root", "{\"role\":\"viewer\"}");
        assertThat(viewer.status()).isEqualTo(409);
        assertThat(viewer.member("detail")).contains("root is the only owner of acme");
        server.member(root, "acme", "olga", "owner");
        assertThat(root.send("DELETE", members + "root", "").status()).isEqualTo(204);
        assertThat(root.send("DELETE", members + "olga", "").status()).isEqualTo(409);
    }

    @Test
    void open_invitations_are_seen_and_withdrawn() {
        String invitations = "/api/v1/organisations/acme/invitations";
        String used = root.post(invitations, "{\"role\":\"viewer\"}").member("invitation");
        String open = root.post(invitations, "{\"role\":\"owner\"}").member("invitation");
        Client vera = server.accepted(used, "vera");

        List<JsonValue> all = root.get(invitations).json().get("items").elements();
        assertThat(all).hasSize(1);
        assertThat(all.get(0).get("role").text()).contains("owner");
        assertThat(root.get(invitations).text()).doesNotContain(open);
        assertThat(vera.get(invitations).status()).isEqualTo(403);
        String one = invitations + "/" + all.get(0).get("id").text().orElseThrow();
        assertThat(vera.send("DELETE", one, "").status()).isEqualTo(403);
        assertThat(root.send("DELETE", one, "").status()).isEqualTo(204);
        assertThat(root.send("DELETE", one, "").status()).isEqualTo(404);
        assertThat(accept(open, "olga").status()).isEqualTo(404);
        assertThat(root.get("/api/v1/organisations/acme/audit").text())
                .contains("invitation.accept", "invitation.withdraw");
    }

    @Test
    void a_token_ends_no_project() {
        Client program = server.token(root, "acme/fast", "owner");
        assertThat(program.send("DELETE", FAST, "").status()).isEqualTo(403);
        assertThat(root.send("DELETE", FAST, "").status()).isEqualTo(204);
    }

    @Test
    void only_who_administers_says_how_long_results_are_kept() {
        String retention = FAST + "/retention";
        String rule = "{\"runDays\":90,\"sampleDays\":30}";
        Client vera = server.member(root, "acme", "vera", "maintainer");
        assertThat(vera.get(retention).json().get("runDays").isNothing()).isTrue();
        assertThat(vera.send("PUT", retention, rule).status()).isEqualTo(403);
        Answer set = root.send("PUT", retention, rule);
        assertThat(set.json().get("runDays").integer()).hasValue(90);
        assertThat(set.json().get("keepRuns").integer()).hasValue(300);
        assertThat(vera.get(retention).text()).isEqualTo(set.text());
        server.clock.pass(Duration.ofDays(1));
        server.keepHouse();
        Client later = server.signedIn("root", RunningServer.PASSWORD);
        assertThat(later.get(retention).member("appliedAt")).isEqualTo("2026-06-02T12:00:00Z");
        assertThat(later.send("DELETE", retention, "").status()).isEqualTo(204);
        assertThat(later.get(retention).json().get("runDays").isNothing()).isTrue();
    }

    @Test
    void a_run_that_does_not_come_is_said_and_counted() {
        String expected = FAST + "/expected-runs";
        String rule = "{\"name\":\"nightly <b>\",\"branch\":\"main\",\"hours\":10}";
        Client vera = server.member(root, "acme", "vera", "maintainer");
        assertThat(vera.post(expected, rule).status()).isEqualTo(403);
        assertThat(root.post(expected, rule.replace("10", "0")).status()).isEqualTo(400);
        assertThat(root.post(expected, rule.replace("nightly <b>", "")).status())
                .isEqualTo(400);
        Answer made = root.post(expected, rule);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().get("isMissing").isTrue()).isFalse();
        assertThat(vera.get(FAST + "/alerts").json().get("items").elements()).isEmpty();

        server.clock.pass(Duration.ofHours(11));
        server.keepHouse();

        List<JsonValue> alerts = vera.get(FAST + "/alerts").json().get("items").elements();
        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).get("message").text()).contains("nightly <b> on main has never reported");
        assertThat(server.nobody().get("/metrics").text()).contains("plumbline_missing_runs 1.0");
        assertThat(root.send("GET", "/", "", "Accept", "text/html").text())
                .contains("Nightly &lt;b&gt; on main has never reported.");
        assertThat(root.send("GET", "/p/acme/fast/settings", "", "Accept", "text/html")
                        .text())
                .contains("nightly &lt;b&gt;", ">missing<");

        assertThat(root.send("DELETE", expected + "/" + made.member("id"), "").status())
                .isEqualTo(204);
        assertThat(root.send("DELETE", expected + "/" + made.member("id"), "").status())
                .isEqualTo(404);
        server.keepHouse();
        assertThat(vera.get(FAST + "/alerts").json().get("items").elements()).isEmpty();
        assertThat(server.nobody().get("/metrics").text()).contains("plumbline_missing_runs 0.0");
    }

    @Test
    void a_token_in_an_address_is_refused() {
        assertThat(server.nobody().get(FAST + "?token=plb_aaaa").status()).isEqualTo(400);
    }

    @Test
    void the_database_holds_no_secret() throws Exception {
        String token = root.post(FAST + "/tokens", "{\"name\":\"ci\",\"role\":\"viewer\"}")
                .member("token");
        String session = root.cookie().substring(root.cookie().indexOf('=') + 1);
        String invitation = root.post("/api/v1/organisations/acme/invitations", "{\"role\":\"viewer\"}")
                .member("invitation");

        assertThat(dump())
                .contains("acme", "root", token.substring(0, 8))
                .doesNotContain(
                        token.substring(8), session.substring(8), invitation.substring(8), RunningServer.PASSWORD);
    }

    @Test
    void a_session_ends_at_sign_out_when_idle_and_after_a_week() {
        Client ann = server.member(root, "acme", "ann", "viewer");
        assertThat(ann.send("DELETE", "/api/v1/sessions/current", "").status()).isEqualTo(204);
        assertThat(ann.get("/api/v1/me").status()).isEqualTo(401);

        Client again = server.signedIn("ann", RunningServer.PASSWORD);
        server.clock.pass(Duration.ofHours(13));
        assertThat(again.get("/api/v1/me").status()).isEqualTo(401);

        Client busy = server.signedIn("ann", RunningServer.PASSWORD);
        for (int i = 0; i < 15; i++) {
            server.clock.pass(Duration.ofHours(11));
            assertThat(busy.get("/api/v1/me").status()).isEqualTo(200);
        }
        server.clock.pass(Duration.ofHours(11));
        assertThat(busy.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void a_new_password_ends_the_other_sessions() {
        Client ann = server.member(root, "acme", "ann", "viewer");
        Client elsewhere = server.signedIn("ann", RunningServer.PASSWORD);
        String change = "{\"password\":\"" + RunningServer.PASSWORD + "\",\"newPassword\":\"another long one\"}";
        assertThat(ann.post("/api/v1/me/password", change.replace("horse", "cow"))
                        .status())
                .isEqualTo(403);
        assertThat(ann.post("/api/v1/me/password", change).status()).isEqualTo(204);

        assertThat(elsewhere.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(server.signedIn("ann", "another long one").get("/api/v1/me").status())
                .isEqualTo(200);
    }

    @Test
    void the_cookie_is_for_this_host_and_no_script() {
        Answer answer = server.nobody()
                .post("/api/v1/sessions", "{\"account\":\"root\",\"password\":\"" + RunningServer.PASSWORD + "\"}");
        assertThat(answer.header("Set-Cookie"))
                .startsWith("__Host-plumbline=pls_")
                .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax")
                .doesNotContain("Domain");
    }

    @Test
    void a_request_from_another_page_changes_nothing() {
        for (String origin : List.of("", "https://evil.example", "null", server.address() + ".evil.example")) {
            Answer answer = root.send("POST", "/api/v1/organisations", "{\"name\":\"evil\"}", "Origin", origin);
            assertThat(answer.status()).as(origin).isEqualTo(403);
        }
        assertThat(root.get("/api/v1/organisations").text()).doesNotContain("evil");
        assertThat(root.send("GET", "/api/v1/me", "", "Origin", "https://evil.example")
                        .header("Access-Control-Allow-Origin"))
                .isEqualTo(server.address().toString());
    }

    @Test
    void who_guesses_passwords_is_slowed_down_and_others_are_not() {
        server.member(root, "acme", "ann", "viewer");
        server.clock.pass(Duration.ofMinutes(1));
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            statuses.add(server.nobody()
                    .post("/api/v1/sessions", "{\"account\":\"ann\",\"password\":\"wrong password " + i + "\"}")
                    .status());
        }
        assertThat(statuses).contains(401, 429);
        assertThat(statuses.subList(15, 30)).containsOnly(429);
        assertThat(root.get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void what_was_done_and_what_was_refused_is_in_the_log_and_stays() {
        Client vera = server.member(root, "acme", "vera", "viewer");
        vera.get(FAST + "/tokens");
        root.post(FAST + "/tokens", "{\"name\":\"<b>\\u0007ci\",\"role\":\"viewer\"}");
        root.post(FAST + "/tokens", "{\"name\":\"<b>ci\",\"role\":\"viewer\"}");

        Answer log = root.get("/api/v1/organisations/acme/audit");
        assertThat(log.json().get("items").elements())
                .extracting(event -> event.get("action").text().orElseThrow())
                .containsExactly(
                        "organisation.create",
                        "project.create",
                        "invitation.create",
                        "invitation.accept",
                        "get",
                        "token.issue");
        assertThat(log.text())
                .contains("vera", "needs the right to administer", "127.0.0.1", "acme/fast: <b>ci, viewer");
        assertThat(vera.get("/api/v1/organisations/acme/audit").status()).isEqualTo(403);
        assertThat(attempt("DELETE FROM audit")).contains("append-only");
        assertThat(attempt("UPDATE audit SET actor = 'x'")).contains("append-only");
    }

    @Test
    void a_list_that_goes_on_says_where() {
        for (int i = 0; i < 4; i++) {
            root.post("/api/v1/organisations/acme/projects", "{\"name\":\"p" + i + "\"}");
        }
        Answer first = root.get("/api/v1/organisations/acme/audit?limit=3");
        Answer second = root.get("/api/v1/organisations/acme/audit?limit=3&cursor=" + first.member("next"));
        assertThat(first.json().get("items").elements()).hasSize(3);
        assertThat(second.json().get("items").elements()).hasSize(3);
        assertThat(second.json().get("next").isNothing()).isTrue();
        assertThat(root.get("/api/v1/organisations/acme/audit?limit=0").status())
                .isEqualTo(400);
        assertThat(root.get("/api/v1/organisations/acme/audit?cursor=x'--").status())
                .isEqualTo(400);
    }

    @Test
    void who_sends_next_to_nothing_keeps_no_place() throws Exception {
        String path = "/api/v1/invitations/accept";
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 10000\r\n\r\n{")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Thread.sleep(500); // the body has begun
            server.nanos.addAndGet(Duration.ofSeconds(30).toNanos());
            out.write(' ');
            out.flush();
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertThat(answer).isEqualTo("HTTP/1.1 408");
        }
    }

    @Test
    void bodies_that_are_no_objects_are_refused_with_what_is_wrong() {
        String path = "/api/v1/organisations";
        assertThat(root.post(path, "{\"name\":").status()).isEqualTo(400);
        assertThat(root.post(path, "[1]").status()).isEqualTo(400);
        assertThat(root.post(path, "[".repeat(10_000)).status()).isEqualTo(400);
        assertThat(root.post(path, "{\"name\":\"" + "x".repeat(70_000) + "\"}").status())
                .isEqualTo(413);
        assertThat(root.send("POST", path, "{}", "Content-Type", "text/plain").status())
                .isIn(400, 415);
        assertThat(root.send("POST", "/healthz", "").status()).isEqualTo(405);
        assertThat(root.send("TRACE", "/healthz", "").status()).isIn(404, 405);
    }
}
