package dev.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.plumbline.server.RunningServer.Answer;
import dev.plumbline.server.RunningServer.Client;
import dev.plumbline.server.ScriptedIssuer.Signature;
import dev.plumbline.server.identity.GroupRule;
import dev.plumbline.server.identity.IdentitySettings;
import dev.plumbline.server.identity.Provider;
import dev.plumbline.server.people.Name;
import dev.plumbline.server.people.Role;
import dev.plumbline.store.postgres.PostgresAddress;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server promises about those for whom others vouch, wherever it keeps them. */
abstract class IdentityContract {
    private static final String FAST = "/api/v1/projects/acme/fast";
    private static final String RULES = FAST + "/trust-rules";
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";
    private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";

    @TempDir
    Path folder;

    private final RunningServer.MovingClock issuerClock = new RunningServer.MovingClock();
    private ScriptedIssuer issuer;
    private RunningServer server;
    private Client root;

    abstract Optional<PostgresAddress> database();

    @BeforeEach
    void start() throws IOException {
        issuer = new ScriptedIssuer(issuerClock);
        start(true, Set.of());
    }

    private void start(boolean createsAccounts, Set<String> domains) throws IOException {
        Provider provider = new Provider(
                "idp",
                "Example <b>IdP</b>",
                issuer.address(),
                ScriptedIssuer.CLIENT,
                Optional.of(ScriptedIssuer.CLIENT_SECRET),
                List.of("openid", "email", "profile"),
                "groups",
                createsAccounts,
                domains,
                List.of(
                        new GroupRule("perf", new Name("acme"), Optional.empty(), Role.REVIEWER),
                        new GroupRule("ci", new Name("acme"), Optional.of(new Name("fast")), Role.CONTRIBUTOR),
                        new GroupRule("lost", new Name("nowhere"), Optional.empty(), Role.OWNER)));
        server = new RunningServer(
                folder,
                database(),
                new IdentitySettings(List.of(provider), Set.of(issuer.address().toString())));
        if (server.firstLink().isPresent()) {
            root = server.administrator();
            root.post("/api/v1/organisations", "{\"name\":\"acme\"}");
            root.post("/api/v1/organisations/acme/projects", "{\"name\":\"fast\"}");
        } else {
            root = server.signedIn("root", RunningServer.PASSWORD);
        }
    }

    private void restart(boolean createsAccounts, Set<String> domains) throws IOException {
        server.close();
        start(createsAccounts, domains);
    }

    @AfterEach
    void stop() {
        server.close();
        issuer.close();
    }

    // --- Signing in.

    /** A browser that was sent to the provider and back. */
    private record Way(String cookie, URI authorization) {}

    private Way away(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isIn(200, 303);
        String cookie = answer.header("Set-Cookie");
        assertThat(cookie)
                .startsWith("__Host-plumbline-sign-in=plw_")
                .contains("Secure")
                .contains("HttpOnly")
                .contains("SameSite=Lax")
                .contains("Path=/");
        return new Way(cookie.split(";", 2)[0], URI.create(answer.header("Location")));
    }

    private Way away() {
        return away(server.nobody().get("/sign-in/idp?to=%2Fp%2Facme%2Ffast%2F"));
    }

    private Answer back(String cookie, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return server.withCookie(cookie).send("GET", "/sign-in/idp/callback?" + query, "", "Accept", "text/html");
    }

    private Answer signedIn(Consumer<JWTClaimsSet.Builder> claims) {
        issuer.claims = claims;
        Way way = away();
        return back(way.cookie(), issuer.signIn(way.authorization()));
    }

    private Client session(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(303);
        return server.withCookie(answer.response().headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("__Host-plumbline=pls_"))
                .findFirst()
                .orElseThrow()
                .split(";", 2)[0]);
    }

    @Test
    void who_signs_out_can_sign_out_of_their_provider_and_others_are_not_offered_it() {
        Client eve = session(signedIn(person("sub-1", "eve")));
        Answer out = eve.form("/sign-out");
        assertThat(out.status()).isEqualTo(200);
        assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
        assertThat(out.text())
                .contains("Sign out of Example &lt;b&gt;IdP&lt;/b&gt;")
                .contains("href=\"" + issuer.address() + "/end?x=y&amp;client_id=" + ScriptedIssuer.CLIENT + "\"");
        assertThat(eve.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(root.form("/sign-out").header("Location")).isEqualTo("/sign-in");
    }

    private static Consumer<JWTClaimsSet.Builder> person(String subject, String name, String... groups) {
        return claims -> claims.subject(subject)
                .claim("preferred_username", name)
                .claim("email", name + "@example.org")
                .claim("email_verified", true)
                .claim("groups", List.of(groups));
    }

    private String audit() {
        return root.get("/api/v1/audit?limit=1000").text();
    }

    @Test
    void somebody_signs_in_at_a_provider_and_comes_back_to_the_page_they_wanted() {
        String page = server.nobody()
                .send("GET", "/sign-in?to=%2Faccount", "", "Accept", "text/html")
                .text();
        assertThat(page)
                .contains("href=\"/sign-in/idp?to=%2Faccount\"")
                .contains("Sign in with Example &lt;b&gt;IdP&lt;/b&gt;");

        Way way = away();
        Map<String, String> asked = ScriptedIssuer.fields(way.authorization().getRawQuery());
        assertThat(way.authorization().toString()).startsWith(issuer.address() + "/authorize?");
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", ScriptedIssuer.CLIENT)
                .containsEntry("redirect_uri", server.address() + "/sign-in/idp/callback")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("scope", "openid email profile")
                .containsKeys("state", "nonce", "code_challenge");

        issuer.claims = person("42", "Zoë Müller");
        Answer answer = back(way.cookie(), issuer.signIn(way.authorization()));
        assertThat(answer.header("Location")).isEqualTo("/p/acme/fast/");
        assertThat(session(answer).get("/api/v1/me").member("name")).isEqualTo("zoe-muller");
        assertThat(audit()).contains("account.create").contains("zoe-muller through idp, 42");
    }

    @Test
    void an_account_is_known_by_issuer_and_subject_and_never_by_name_or_mail() {
        server.member(root, "acme", "ann", "owner");
        Client first = session(signedIn(person("1", "ann")));
        Client again = session(signedIn(person("1", "renamed")));
        Client other = session(signedIn(person("2", "ann")));

        assertThat(first.get("/api/v1/me").member("name")).isEqualTo("ann-2");
        assertThat(again.get("/api/v1/me").member("name")).isEqualTo("ann-2");
        assertThat(other.get("/api/v1/me").member("name")).isEqualTo("ann-3");
        assertThat(first.get(FAST).status()).isEqualTo(404);
    }

    @Test
    void every_token_that_proves_nothing_is_refused() {
        Map<String, Consumer<JWTClaimsSet.Builder>> wrong = new LinkedHashMap<>();
        wrong.put("issuer", claims -> claims.issuer("https://evil.example"));
        wrong.put("audience", claims -> claims.audience("another"));
        wrong.put("several audiences", claims -> claims.audience(List.of(ScriptedIssuer.CLIENT, "another")));
        wrong.put("party", claims -> claims.claim("azp", "another"));
        wrong.put("nonce", claims -> claims.claim("nonce", "another"));
        wrong.put("no nonce", claims -> claims.claim("nonce", null));
        wrong.put("no subject", claims -> claims.subject(null));
        wrong.put("no time of issue", claims -> claims.issueTime(null));
        wrong.put("no end", claims -> claims.expirationTime(null));
        wrong.put("expired", claims -> claims.expirationTime(at(-61)));
        wrong.put("from the future", claims -> claims.issueTime(at(70)));
        wrong.put("not yet", claims -> claims.notBeforeTime(at(70)));
        int refused = 0;
        for (Map.Entry<String, Consumer<JWTClaimsSet.Builder>> one : wrong.entrySet()) {
            Answer answer = signedIn(person("1", "ann").andThen(one.getValue()));
            refused += refusal(one.getKey(), answer);
        }
        for (Signature signature : Signature.values()) {
            if (signature != Signature.RIGHT) {
                issuer.signature = signature;
                refused += refusal(signature.name(), signedIn(person("1", "ann")));
            }
        }
        assertThat(refused).isEqualTo(wrong.size() + Signature.values().length - 1);

        issuer.signature = Signature.RIGHT;
        assertThat(root.get("/api/v1/accounts").json().get("items").elements()).hasSize(1);
        session(signedIn(person("1", "ann").andThen(claims -> claims.audience(List.of(ScriptedIssuer.CLIENT, "another"))
                .claim("azp", ScriptedIssuer.CLIENT)
                .issueTime(at(30))
                .notBeforeTime(at(30)))));
    }

    /** Refused, at once or as one of too many attempts. */
    private static int refusal(String what, Answer answer) {
        assertThat(answer.status()).as(what).isIn(403, 429);
        assertThat(answer.response().headers().allValues("Set-Cookie"))
                .as(what)
                .noneMatch(cookie -> cookie.startsWith("__Host-plumbline=pls_"));
        return 1;
    }

    private Date at(long seconds) {
        return Date.from(Instant.ofEpochSecond(issuerClock.instant().getEpochSecond() + seconds));
    }

    @Test
    void an_attempt_ends_once_in_the_browser_that_began_it_and_in_time() {
        issuer.claims = person("1", "ann");
        Way way = away();
        Way other = away();
        Map<String, String> parameters = issuer.signIn(way.authorization());

        assertThat(back("x=y", parameters).status()).isEqualTo(400);
        assertThat(back(other.cookie(), parameters).status()).isEqualTo(400);
        assertThat(back(way.cookie(), Map.of("code", parameters.get("code"), "state", "another"))
                        .status())
                .isEqualTo(400);
        session(back(way.cookie(), parameters));
        Answer twice = back(way.cookie(), parameters);
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.text()).contains("start over");

        Map<String, String> late = issuer.signIn(other.authorization());
        server.clock.pass(Duration.ofMinutes(10));
        assertThat(back(other.cookie(), late).status()).isEqualTo(400);
    }

    @Test
    void a_code_that_the_provider_does_not_take_and_an_answer_of_another_issuer_sign_nobody_in() {
        issuer.claims = person("1", "ann");
        Way way = away();
        Map<String, String> parameters = issuer.signIn(way.authorization());
        assertThat(back(way.cookie(), Map.of("code", "made-up", "state", parameters.get("state")))
                        .status())
                .isEqualTo(403);

        Way first = away();
        Map<String, String> used = issuer.signIn(first.authorization());
        session(back(first.cookie(), used));
        Way second = away();
        String other = issuer.signIn(second.authorization()).get("state");
        assertThat(back(second.cookie(), Map.of("code", used.get("code"), "state", other))
                        .status())
                .isEqualTo(403);

        Way victim = away();
        Way thief = away();
        String stolen = issuer.signIn(victim.authorization()).get("code");
        String own = issuer.signIn(thief.authorization()).get("state");
        assertThat(back(thief.cookie(), Map.of("code", stolen, "state", own)).status())
                .isEqualTo(403);

        Way mixed = away();
        Map<String, String> back = new LinkedHashMap<>(issuer.signIn(mixed.authorization()));
        back.put("iss", "https://evil.example");
        assertThat(back(mixed.cookie(), back).status()).isEqualTo(403);

        Way denied = away();
        String state =
                ScriptedIssuer.fields(denied.authorization().getRawQuery()).get("state");
        Answer answer = back(denied.cookie(), Map.of("error", "<script>access_denied", "state", state));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("did not sign you in").doesNotContain("<script>access");
    }

    @Test
    void roles_of_groups_come_and_go_at_each_sign_in_and_those_given_by_hand_stay() {
        Client ann = session(signedIn(person("1", "ann", "perf", "ci", "lost", "unknown")));
        assertThat(ann.get(FAST).text()).contains("\"decide\"").contains("\"record\"");
        assertThat(root.get("/api/v1/organisations/acme/members").text()).contains("\"isByGroup\": true");
        root.send("PUT", "/api/v1/organisations/acme/members/ann", "{\"role\":\"viewer\"}");

        Client again = session(signedIn(person("1", "ann", "ci")));
        assertThat(again.get(FAST).text()).contains("\"record\"").doesNotContain("\"decide\"");

        Client left = session(signedIn(person("1", "ann")));
        assertThat(left.get(FAST).text())
                .contains("\"read\"")
                .doesNotContain("\"record\"")
                .doesNotContain("\"decide\"");
        assertThat(audit())
                .contains("ann is reviewer of acme, by idp")
                .contains("ann is no longer reviewer of acme, by idp")
                .contains("ann is no longer contributor of acme/fast, by idp");
    }

    @Test
    void groups_and_mail_come_from_the_address_for_them_where_the_token_lacks_them() {
        issuer.userInfo = Optional.of("{\"sub\":\"1\",\"preferred_username\":\"ann\",\"groups\":[\"perf\"]}");
        Client ann = session(signedIn(claims -> claims.subject("1")));
        assertThat(ann.get("/api/v1/me").member("name")).isEqualTo("ann");
        assertThat(ann.get(FAST).text()).contains("\"decide\"");

        issuer.userInfo = Optional.of("{\"sub\":\"2\",\"groups\":[\"perf\"]}");
        assertThat(signedIn(claims -> claims.subject("1")).status()).isEqualTo(403);
    }

    @Test
    void nobody_gets_an_account_where_none_are_made_and_an_account_is_connected_while_signed_in() throws IOException {
        restart(false, Set.of());
        Answer stranger = signedIn(person("1", "ann"));
        assertThat(stranger.status()).isEqualTo(403);
        assertThat(stranger.text()).contains("You have no account here");

        Client ann = server.member(root, "acme", "ann", "owner");
        Answer page = ann.form("/account/providers", "action", "connect", "provider", "idp");
        assertThat(page.status()).isEqualTo(200);
        String href = page.text()
                .replaceAll("(?s).*href=\"(http[^\"]*/authorize[^\"]*)\".*", "$1")
                .replace("&amp;", "&");
        String cookie = page.header("Set-Cookie").split(";", 2)[0];
        issuer.claims = person("1", "ann");
        Map<String, String> parameters = issuer.signIn(URI.create(href));

        // in a browser where somebody else is signed in
        assertThat(back(cookie + "; " + root.cookie(), parameters).status()).isEqualTo(403);
        page = ann.form("/account/providers", "action", "connect", "provider", "idp");
        href = page.text()
                .replaceAll("(?s).*href=\"(http[^\"]*/authorize[^\"]*)\".*", "$1")
                .replace("&amp;", "&");
        cookie = page.header("Set-Cookie").split(";", 2)[0];
        Answer connected = back(cookie + "; " + ann.cookie(), issuer.signIn(URI.create(href)));
        assertThat(connected.header("Location")).isEqualTo("/account");

        Client same = session(signedIn(person("1", "whoever")));
        assertThat(same.get("/api/v1/me").member("name")).isEqualTo("ann");
        assertThat(same.send("GET", "/account", "", "Accept", "text/html").text())
                .contains("connected, as whoever@example.org");
        same.form("/account/providers", "action", "disconnect", "provider", "idp");
        assertThat(signedIn(person("1", "ann")).status()).isEqualTo(403);
        assertThat(audit()).contains("login.connect").contains("login.disconnect");
    }

    @Test
    void connecting_begins_on_a_page_of_the_server_alone() {
        Client ann = server.member(root, "acme", "ann", "owner");
        Answer answer = ann.send("POST", "/account/providers", "", "Origin", "https://evil.example");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void the_only_way_in_is_not_taken_away_and_a_disabled_account_stays_out() {
        Client ann = session(signedIn(person("1", "ann")));
        ann.form("/account/providers", "action", "disconnect", "provider", "idp");
        session(signedIn(person("1", "ann")));
        assertThat(ann.send("GET", "/account", "", "Accept", "text/html").text())
                .doesNotContain("Change the password");

        root.post("/api/v1/accounts/ann/disable", "");
        assertThat(signedIn(person("1", "ann")).status()).isEqualTo(403);
        assertThat(ann.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void only_verified_mail_addresses_of_a_domain_sign_in_where_one_is_named() throws IOException {
        restart(true, Set.of("example.org"));
        assertThat(signedIn(person("1", "ann").andThen(claims -> claims.claim("email_verified", false)))
                        .status())
                .isEqualTo(403);
        assertThat(signedIn(person("1", "ann").andThen(claims -> claims.claim("email", "ann@example.org.evil.com")))
                        .status())
                .isEqualTo(403);
        issuer.userInfo = Optional.of("{\"sub\":\"1\"}");
        assertThat(signedIn(claims -> claims.subject("1")).status()).isEqualTo(403);
        session(signedIn(person("1", "ann").andThen(claims -> claims.claim("email", "Ann@EXAMPLE.org"))));
    }

    @Test
    void a_provider_that_is_down_or_answers_nonsense_signs_nobody_in_and_passwords_still_do() {
        for (String path : ScriptedIssuer.addresses()) {
            issuer.claims = person("1", "ann");
            issuer.changed.put(path, text -> "<html>busy</html>");
            assertFails(path + " with another type");
            issuer.changed.remove(path);
            issuer.instead.put(path, ScriptedIssuer.sending(200, 1_000_000));
            assertFails(path + " without an end");
            issuer.instead.put(
                    path,
                    ScriptedIssuer.sending(302, 0, "Location", issuer.address().resolve(path) + "?again"));
            assertFails(path + " elsewhere");
            issuer.instead.remove(path);
        }
        issuer.changed.put(
                "/.well-known/openid-configuration", text -> text.replace("\"issuer\":\"", "\"issuer\":\"https://x"));
        assertFails("another issuer");
        issuer.changed.put(
                "/.well-known/openid-configuration",
                text -> text.replace(issuer.address() + "/token", "http://idp.example.org/token"));
        assertFails("an address without TLS");
        issuer.changed.put("/.well-known/openid-configuration", text -> text.replace("\"RS256\",", ""));
        assertFails("only secrets that others know");
        issuer.changed.clear();
        server.clock.pass(Duration.ofHours(2));
        issuerClock.pass(Duration.ofHours(2));
        session(signedIn(person("1", "ann")));
    }

    private void assertFails(String what) {
        // what was fetched before is old
        server.clock.pass(Duration.ofHours(2));
        issuerClock.pass(Duration.ofHours(2));
        Answer begun = server.nobody().send("GET", "/sign-in/idp", "", "Accept", "text/html");
        Answer answer = begun.status() == 303
                ? back(begun.header("Set-Cookie").split(";", 2)[0], issuer.signIn(URI.create(begun.header("Location"))))
                : begun;
        assertThat(answer.status()).as(what).isIn(503, 429);
        assertThat(answer.text()).as(what).contains("<h1>").doesNotContain("busy");
    }

    // --- Jobs of CI services.

    private Answer exchange(String token) {
        return server.nobody()
                .form(
                        "/api/v1/oauth/token",
                        "grant_type",
                        EXCHANGE,
                        "subject_token_type",
                        ID_TOKEN,
                        "audience",
                        "acme/fast",
                        "subject_token",
                        token);
    }

    private Consumer<JWTClaimsSet.Builder> job(String repository, String ref) {
        return claims -> claims.audience(server.address().toString())
                .subject("repo:" + repository + ":ref:" + ref)
                .claim("repository", repository)
                .claim("ref", ref);
    }

    private Answer trust(String claims) {
        return root.post(RULES, "{\"issuer\":\"" + issuer.address() + "\",\"claims\":" + claims + ",\"minutes\":20}");
    }

    @Test
    void a_job_that_a_rule_trusts_gets_a_token_that_records_and_does_nothing_else_and_ends_soon() {
        assertThat(trust("{\"repository\":\"acme/parser\",\"ref\":\"refs/heads/*\"}")
                        .status())
                .isEqualTo(201);
        Answer answer = exchange(issuer.token(job("acme/parser", "refs/heads/main")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().get("expires_in").integer()).hasValue(1200);
        assertThat(answer.member("scope")).isEqualTo("recorder acme/fast");

        Client ci = server.withToken(answer.member("access_token"));
        assertThat(ci.get(FAST).text()).contains("\"record\"").doesNotContain("\"read\"");
        assertThat(ci.get(FAST + "/runs").status()).isEqualTo(403);
        assertThat(ci.post(FAST + "/tokens", "{\"name\":\"x\",\"role\":\"viewer\"}")
                        .status())
                .isEqualTo(403);
        assertThat(root.get(FAST + "/tokens").text()).contains("job of acme/parser, refs/heads/main");
        assertThat(audit()).contains("token.exchange");

        server.clock.pass(Duration.ofMinutes(20));
        assertThat(ci.get(FAST).status()).isEqualTo(401);
        assertThat(root.get(FAST + "/tokens").json().get("items").elements()).isEmpty();
    }

    @Test
    void jobs_of_others_get_nothing() {
        trust("{\"repository\":\"acme/parser\",\"ref\":\"refs/heads/main\"}");
        Map<String, Consumer<JWTClaimsSet.Builder>> wrong = new LinkedHashMap<>();
        wrong.put("repository", job("evil/parser", "refs/heads/main"));
        wrong.put("branch", job("acme/parser", "refs/heads/main2"));
        wrong.put("list", job("acme/parser", "x").andThen(claims -> claims.claim("ref", List.of("refs/heads/main"))));
        Consumer<JWTClaimsSet.Builder> right = job("acme/parser", "refs/heads/main");
        wrong.put("other server", right.andThen(claims -> claims.audience("https://other.example")));
        wrong.put(
                "several servers",
                right.andThen(
                        claims -> claims.audience(List.of(server.address().toString(), "https://other.example"))));
        wrong.put("expired", right.andThen(claims -> claims.expirationTime(at(-61))));
        wrong.put("issuer", right.andThen(claims -> claims.issuer("https://token.actions.githubusercontent.com")));
        wrong.forEach((what, claims) -> {
            Answer answer = exchange(issuer.token(claims));
            assertThat(answer.status()).as(what).isEqualTo(400);
            assertThat(answer.member("error")).as(what).isIn("invalid_grant", "invalid_target");
        });
        issuer.signature = Signature.FOREIGN_KEY_BY_ADDRESS;
        assertThat(exchange(issuer.token(right)).status()).isEqualTo(400);
        issuer.signature = Signature.NONE;
        assertThat(exchange(issuer.token(right)).status()).isEqualTo(400);
        assertThat(root.get(FAST + "/tokens").json().get("items").elements()).isEmpty();
        assertThat(audit()).contains("no rule trusts this job");
    }

    @Test
    void a_rule_ends_with_its_tokens_and_with_the_rights_of_who_made_it() {
        Client olga = server.member(root, "acme", "olga", "owner");
        Answer rule = olga.post(
                RULES, "{\"issuer\":\"" + issuer.address() + "\",\"claims\":{\"repository\":\"acme/parser\"}}");
        String token = issuer.token(job("acme/parser", "refs/heads/main"));
        Client ci = server.withToken(exchange(token).member("access_token"));
        root.send("PUT", "/api/v1/organisations/acme/members/olga", "{\"role\":\"viewer\"}");
        assertThat(ci.get(FAST).status()).isEqualTo(404);
        assertThat(exchange(token).member("error")).isEqualTo("invalid_target");

        root.send("PUT", "/api/v1/organisations/acme/members/olga", "{\"role\":\"owner\"}");
        assertThat(ci.get(FAST).status()).isEqualTo(200);
        assertThat(root.send("DELETE", RULES + "/" + rule.member("id"), "").status())
                .isEqualTo(204);
        assertThat(ci.get(FAST).status()).isEqualTo(401);
        assertThat(exchange(token).status()).isEqualTo(400);
        assertThat(root.get(RULES).json().get("items").elements()).isEmpty();
    }

    @Test
    void a_rule_says_whose_jobs_it_trusts() {
        for (String claims : List.of(
                "{}",
                "{\"ref\":\"refs/heads/main\"}",
                "{\"repository\":\"*\"}",
                "{\"repository\":\"acme*/parser\"}",
                "{\"repository\":\"*/parser\"}",
                "{\"repository\":7}",
                "{\"repo sitory\":\"acme/parser\"}",
                "{\"repository\":\"acme/parser\\n\"}")) {
            assertThat(trust(claims).status()).as(claims).isEqualTo(400);
        }
        assertThat(root.post(RULES, "{\"issuer\":\"https://evil.example\",\"claims\":{\"repository\":\"a/b\"}}")
                        .member("detail"))
                .contains(issuer.address().toString());
        assertThat(trust("{\"repository\":\"acme/*\"}").status()).isEqualTo(201);
        Client max = server.member(root, "acme", "max", "maintainer");
        assertThat(max.get(RULES).status()).isEqualTo(403);
        assertThat(server.nobody().get(RULES).status()).isEqualTo(401);
    }

    @Test
    void owners_make_rules_on_the_page_of_settings() {
        Answer made = root.form(
                "/p/acme/fast/settings",
                "action",
                "trust",
                "issuer",
                issuer.address().toString(),
                "claims",
                "repository: acme/parser\r\nenvironment: perf",
                "minutes",
                "15");
        assertThat(made.status()).as(made.text()).isEqualTo(303);
        String page = root.send("GET", "/p/acme/fast/settings", "", "Accept", "text/html")
                .text();
        assertThat(page).contains("environment: perf, repository: acme/parser");
        String id = page.replaceAll("(?s).*name=\"rule\" value=\"([a-z2-7]+)\".*", "$1");
        root.form("/p/acme/fast/settings", "action", "distrust", "rule", id);
        assertThat(root.get(RULES).json().get("items").elements()).isEmpty();
    }

    // --- Devices.

    private Answer poll(String deviceCode) {
        return server.nobody().form("/api/v1/oauth/token", "grant_type", DEVICE, "device_code", deviceCode);
    }

    @Test
    void a_device_gets_the_token_that_a_person_gives_it_once() {
        Client max = server.member(root, "acme", "max", "maintainer");
        Answer begun = server.nobody().form("/api/v1/oauth/device", "client_id", "plumb", "audience", "acme/fast");
        String code = begun.member("user_code");
        String secret = begun.member("device_code");
        assertThat(begun.member("verification_uri")).isEqualTo(server.address() + "/device");
        assertThat(poll(secret).member("error")).isEqualTo("authorization_pending");
        assertThat(poll(secret).member("error")).isEqualTo("slow_down");

        assertThat(server.nobody().get("/device?code=" + code).header("Location"))
                .startsWith("/sign-in?to=");
        assertThat(max.get("/device?code=" + code).text()).contains(code).contains("acme/fast");
        Answer tooMuch = allow(max, code, "owner");
        assertThat(tooMuch.status()).isEqualTo(400);
        assertThat(tooMuch.text()).contains("fewer rights");
        assertThat(allow(max, code.toLowerCase(Locale.ROOT).replace("-", " "), "contributor")
                        .status())
                .isEqualTo(200);
        assertThat(allow(max, code, "contributor").status()).isEqualTo(400);

        server.clock.pass(Duration.ofSeconds(5));
        Answer given = poll(secret);
        assertThat(given.member("scope")).isEqualTo("contributor acme/fast");
        Client device = server.withToken(given.member("access_token"));
        assertThat(device.get(FAST).text()).contains("\"record\"").doesNotContain("\"decide\"");
        assertThat(poll(secret).member("error")).isEqualTo("expired_token");
        assertThat(audit()).contains("device.allow").contains("token.issue");
    }

    private Answer allow(Client person, String code, String role) {
        return person.form(
                "/device", "action", "allow", "code", code, "project", "acme/fast", "role", role, "days", "30");
    }

    @Test
    void a_device_that_is_refused_or_waits_too_long_gets_nothing() {
        Answer begun = server.nobody().form("/api/v1/oauth/device", "client_id", "plumb");
        root.form("/device", "action", "refuse", "code", begun.member("user_code"));
        assertThat(poll(begun.member("device_code")).member("error")).isEqualTo("access_denied");

        Answer late = server.nobody().form("/api/v1/oauth/device", "client_id", "plumb");
        server.clock.pass(Duration.ofMinutes(10));
        assertThat(poll(late.member("device_code")).member("error")).isEqualTo("expired_token");
        assertThat(root.get("/device?code=" + late.member("user_code")).text()).contains("has expired");
    }

    @Test
    void what_a_person_gives_is_worth_what_they_may_when_it_is_fetched() {
        Client max = server.member(root, "acme", "max", "maintainer");
        Answer begun = server.nobody().form("/api/v1/oauth/device", "client_id", "plumb");
        assertThat(allow(max, begun.member("user_code"), "maintainer").status()).isEqualTo(200);
        root.send("PUT", "/api/v1/organisations/acme/members/max", "{\"role\":\"viewer\"}");
        assertThat(poll(begun.member("device_code")).member("error")).isEqualTo("access_denied");
    }

    @Test
    void codes_are_not_found_by_trying() {
        Client max = server.member(root, "acme", "max", "maintainer");
        int last = 0;
        for (int i = 0; i < 12; i++) {
            last = max.get("/device?code=BBBB-BBB" + "BCDFGHJKLMNP".charAt(i)).status();
        }
        assertThat(last).isEqualTo(429);
    }
}
