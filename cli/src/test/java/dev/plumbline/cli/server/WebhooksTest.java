package dev.plumbline.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.RunningServer;
import dev.plumbline.server.RunningServer.Answer;
import dev.plumbline.server.RunningServer.Client;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks, whichever database holds the people and histories. */
class WebhooksTest extends ServedProject {
    private static final String HOOKS = FAST + "/webhooks";

    private HttpServer receiver;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    /** What came. */
    private record Received(String id, String timestamp, String signature, String body) {
        String type() {
            return json().get("type").text().orElse("");
        }

        JsonValue json() {
            try {
                return JsonValue.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new IllegalStateException(body, e);
            }
        }

        boolean isSignedWith(String secret) throws GeneralSecurityException {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
            byte[] expected = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
            return signature.equals("v1," + Base64.getEncoder().encodeToString(expected));
        }
    }

    @BeforeEach
    void startReceiver() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            received.add(new Received(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stopReceiver() {
        receiver.stop(0);
    }

    private String address() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    }

    private Answer add(String events) {
        Answer made = root.post(HOOKS, "{\"address\":\"" + address() + "\"" + events + "}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        server.keepHouse(); // what is so now is known
        return made;
    }

    private void check(int commit, double slower) {
        server.clock.pass(Duration.ofMinutes(1));
        Random random = new Random(commit);
        String csv = String.format(
                Locale.ROOT, "benchmark,value,unit%nsort,%.4f,ns%n", 100 * slower * (1 + 0.01 * random.nextGaussian()));
        Answer answer = ci.send(
                "POST",
                FAST + "/checks?environment=lab&branch=main&name=r.csv&commit="
                        + String.format("%040x", 0xabcdef00L + commit),
                csv);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private List<String> types() {
        return received.stream().map(Received::type).toList();
    }

    @Test
    void a_check_an_incident_and_its_acceptance_are_told_with_a_signature() throws Exception {
        for (int i = 0; i < 9; i++) {
            check(i, 1);
        }
        String secret = add("").member("secret");
        assertThat(received).isEmpty();
        check(9, 1);
        server.keepHouse();
        assertThat(types()).containsExactly("check.finished");
        Received first = received.get(0);
        assertThat(first.isSignedWith(secret)).isTrue();
        assertThat(first.json().get("data").get("gate").text()).contains("pass");
        assertThat(first.json().get("data").get("project").text()).contains("acme/fast");
        assertThat(first.json().get("data").get("url").text().orElse(""))
                .startsWith(server.address() + "/p/acme/fast/checks/");
        server.keepHouse();
        assertThat(received).hasSize(1);

        check(10, 1.4);
        server.keepHouse();
        assertThat(types().subList(1, received.size())).containsExactlyInAnyOrder("check.finished", "incident.opened");
        Received opened = received.stream()
                .filter(one -> one.type().equals("incident.opened"))
                .findFirst()
                .orElseThrow();
        assertThat(opened.json().get("data").get("commit").text()).contains("0000000000");
        assertThat(opened.json()
                        .get("data")
                        .get("changes")
                        .elements()
                        .get(0)
                        .get("label")
                        .text())
                .contains("sort");
        received.clear();

        String finding = root.get(FAST + "/incidents")
                .json()
                .get("called")
                .elements()
                .get(0)
                .get("finding")
                .text()
                .orElseThrow();
        Answer accepted = root.post(FAST + "/acceptances", "{\"finding\":\"" + finding + "\",\"reason\":\"new <b>\"}");
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
        server.keepHouse();
        assertThat(types()).containsExactlyInAnyOrder("acceptance.recorded", "incident.closed");
        String id = received.stream()
                .filter(one -> one.type().equals("acceptance.recorded"))
                .findFirst()
                .orElseThrow()
                .json()
                .get("data")
                .get("id")
                .text()
                .orElseThrow();
        received.clear();

        assertThat(root.send("DELETE", FAST + "/acceptances/" + id + "?reason=no", "")
                        .status())
                .isEqualTo(200);
        server.keepHouse();
        assertThat(types()).contains("acceptance.revoked");
    }

    @Test
    void only_the_chosen_events_are_told_and_what_was_before_is_not() {
        for (int i = 0; i < 10; i++) {
            check(i, 1);
        }
        check(10, 1.4);
        add(",\"events\":[\"incident.opened\"]");
        assertThat(received).isEmpty();
        check(11, 1.4);
        server.keepHouse();
        assertThat(received).isEmpty();
    }

    @Test
    void several_checks_between_two_looks_are_all_told() {
        add(",\"events\":[\"check.finished\"]");
        for (int i = 0; i < 4; i++) {
            check(i, 1);
        }
        server.keepHouse();
        assertThat(received).hasSize(4);
    }

    @Test
    void a_message_is_tried_again_and_again_and_fails_in_the_end_and_is_sent_again_by_hand() {
        Answer made = add(",\"events\":[\"check.finished\"]");
        String hook = HOOKS + "/" + made.member("id");
        status = 500;
        check(0, 1);
        server.keepHouse();
        assertThat(received).hasSize(1);
        server.keepHouse();
        assertThat(received).hasSize(1);
        server.clock.pass(Duration.ofSeconds(31));
        server.keepHouse();
        assertThat(received).hasSize(2);
        assertThat(received.get(1).id()).isEqualTo(received.get(0).id());
        for (int i = 0; i < 10; i++) {
            server.clock.pass(Duration.ofHours(13));
            server.keepHouse();
        }
        assertThat(received).hasSize(8);
        root = server.signedIn("root", RunningServer.PASSWORD);
        Client max = server.member(root, "acme", "max", "maintainer");
        JsonValue failed =
                max.get(hook + "/deliveries").json().get("items").elements().get(0);
        assertThat(failed.get("state").text()).contains("failed");
        assertThat(failed.get("answer").text()).contains("HTTP 500");

        status = 204;
        String again = hook + "/deliveries/" + failed.get("id").text().orElseThrow() + "/redeliver";
        assertThat(max.post(again, "").status()).isEqualTo(204);
        server.keepHouse();
        assertThat(received).hasSize(9);
        assertThat(received.get(8).body()).isEqualTo(received.get(0).body());
        assertThat(max.get(hook + "/deliveries")
                        .json()
                        .get("items")
                        .elements()
                        .get(0)
                        .get("state")
                        .text())
                .contains("delivered");
        assertThat(max.post(hook + "/deliveries/msg_aaaaaaaaaaaaaaaaaaaaaaaa/redeliver", "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void an_address_that_is_gone_is_not_tried_again_and_a_redirection_is_not_followed() {
        Answer made = add(",\"events\":[\"check.finished\"]");
        String deliveries = HOOKS + "/" + made.member("id") + "/deliveries";
        status = 410;
        check(0, 1);
        server.keepHouse();
        assertThat(root.get(deliveries)
                        .json()
                        .get("items")
                        .elements()
                        .get(0)
                        .get("state")
                        .text())
                .contains("failed");
        status = 302;
        check(1, 1);
        server.keepHouse();
        JsonValue newest = root.get(deliveries).json().get("items").elements().get(0);
        assertThat(newest.get("state").text()).contains("waiting");
        assertThat(newest.get("answer").text()).contains("HTTP 302");
    }

    @Test
    void who_administers_changes_webhooks_and_who_decides_sees_them() throws Exception {
        Answer made = add("");
        String hook = HOOKS + "/" + made.member("id");
        String secret = made.member("secret");
        Client max = server.member(root, "acme", "max", "maintainer");
        Client vera = server.member(root, "acme", "vera", "viewer");
        Client owner = server.token(root, "acme/fast", "owner");
        String body = "{\"address\":\"" + address() + "\"}";

        assertThat(max.get(HOOKS).text()).contains(address()).doesNotContain(secret);
        assertThat(max.get(hook + "/deliveries").status()).isEqualTo(200);
        assertThat(max.post(HOOKS, body).status()).isEqualTo(403);
        assertThat(max.send("DELETE", hook, "").status()).isEqualTo(403);
        assertThat(max.post(hook + "/secret", "").status()).isEqualTo(403);
        assertThat(vera.get(HOOKS).status()).isEqualTo(403);
        assertThat(vera.post(hook + "/test", "").status()).isEqualTo(403);
        assertThat(ci.get(HOOKS).status()).isEqualTo(403);
        assertThat(owner.post(HOOKS, body).status()).isEqualTo(403);
        assertThat(server.nobody().get(HOOKS).status()).isEqualTo(401);
        root.post("/api/v1/organisations/acme/projects", "{\"name\":\"slow\"}");
        assertThat(root.get(hook.replace("/fast/", "/slow/") + "/deliveries").status())
                .isEqualTo(404);
        assertThat(root.send("DELETE", hook.replace("/fast/", "/slow/"), "").status())
                .isEqualTo(404);

        assertThat(max.post(hook + "/test", "").status()).isEqualTo(204);
        server.keepHouse();
        assertThat(types()).containsExactly("test");
        String renewed = root.post(hook + "/secret", "").member("secret");
        assertThat(renewed).isNotEqualTo(secret);
        max.post(hook + "/test", "");
        server.keepHouse();
        assertThat(received.get(1).isSignedWith(renewed)).isTrue();
        assertThat(received.get(1).isSignedWith(secret)).isFalse();

        assertThat(root.send("DELETE", hook, "").status()).isEqualTo(204);
        assertThat(root.send("DELETE", hook, "").status()).isEqualTo(404);
        assertThat(root.get("/api/v1/organisations/acme/audit").text())
                .contains("webhook.add", "webhook.secret", "webhook.remove")
                .doesNotContain(secret, renewed, "/hook\"");
    }

    @Test
    void addresses_that_the_server_should_not_reach_are_refused() {
        for (String address : List.of(
                "ftp://example.org/",
                "https://user@example.org/",
                "javascript:alert(1)",
                "https://example.org/\\r\\nx")) {
            assertThat(root.post(HOOKS, "{\"address\":\"" + address + "\"}").status())
                    .as(address)
                    .isEqualTo(400);
        }
        assertThat(root.post(HOOKS, "{\"address\":\"https://example.org/\",\"events\":[\"all\"]}")
                        .status())
                .isEqualTo(400);
        Answer made = root.post(HOOKS, "{\"address\":\"https://169.254.169.254/latest/meta-data\"}");
        root.post(HOOKS + "/" + made.member("id") + "/test", "");
        server.keepHouse();
        assertThat(root.get(HOOKS + "/" + made.member("id") + "/deliveries").text())
                .contains("the host is in a private network");
        for (int i = 1; i < 10; i++) {
            assertThat(root.post(HOOKS, "{\"address\":\"https://example.org/\"}")
                            .status())
                    .isEqualTo(201);
        }
        assertThat(root.post(HOOKS, "{\"address\":\"https://example.org/\"}").status())
                .isEqualTo(400);
    }

    @Test
    void an_owner_adds_a_webhook_on_a_page_and_a_maintainer_sends_a_message_again() {
        String page = "/p/acme/fast/webhooks";
        assertThat(root.form(page, "address", "https://user@example.org/", "check.finished", "on")
                        .text())
                .contains("The address must not contain a user or a part after #.");
        String refused = root.form(page, "address", "http://user@example.org/\"><b>", "incident.opened", "on")
                .text();
        // what was typed is corrected, and not typed once more
        assertThat(refused)
                .contains("value=\"http://user@example.org/&quot;&gt;&lt;b&gt;\"")
                .contains("name=\"incident.opened\" value=\"on\" checked")
                .doesNotContain("name=\"check.finished\" value=\"on\" checked");
        assertThat(root.form(page, "address", address()).text())
                .contains("Choose one event at least.")
                .contains("value=\"" + address() + "\"");
        assertThat(root.form(page, "address", address(), "check.finished", "on").header("Location"))
                .isEqualTo(page + "/secret");
        assertThat(root.get(page + "/secret").text()).contains("whsec_", "shown only once");
        assertThat(root.get(page + "/secret").status()).isEqualTo(303);
        String id = root.get(HOOKS)
                .json()
                .get("items")
                .elements()
                .get(0)
                .get("id")
                .text()
                .orElseThrow();
        server.keepHouse();
        check(0, 1);
        server.keepHouse();

        Client max = server.member(root, "acme", "max", "maintainer");
        String one = max.get(page + "/" + id).text();
        assertThat(one)
                .contains("check.finished", "delivered, HTTP 200 (1 attempt)")
                .doesNotContain("whsec_");
        assertThat(max.get(page).text()).contains(address()).doesNotContain("Add a webhook");
        assertThat(max.form(
                                page + "/" + id,
                                "action",
                                "redeliver",
                                "delivery",
                                received.get(0).id())
                        .status())
                .isEqualTo(303);
        server.keepHouse();
        assertThat(received).hasSize(2);
        assertThat(max.form(page + "/" + id, "action", "remove").status()).isEqualTo(403);
        assertThat(root.form(page + "/" + id, "action", "remove").status()).isEqualTo(303);
        assertThat(root.get(page).text()).contains("None yet.");
        assertThat(root.get("/p/acme/fast/settings").text()).contains("href=\"" + page + "\"");
    }
}
