package dev.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.server.RunningServer.Answer;
import dev.plumbline.server.RunningServer.Client;
import dev.plumbline.server.command.ConfinedCommand;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.naming.Aliases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages, with a command line that answers what a test needs. */
class PagesTest {
    private static final String FAST = "/p/acme/fast/";
    private static final String HOSTILE = "<script>alert(1)</script>\u202e\" onload='x'";
    private static final String INERT = "&lt;script&gt;alert(1)&lt;/script&gt;\\u202e&quot; onload=&#39;x&#39;";
    private static final String OWN_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'"
            + " data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final String DIGEST = "sha256-" + "A".repeat(43) + "=";

    @TempDir
    Path folder;

    private RunningServer server;
    private Client root;
    private final List<ConfinedCommand> commands = Collections.synchronizedList(new ArrayList<>());

    /** What the command line answers to {@code incidents --json}. */
    private volatile String incidents = incidents("Sort.quick");

    @BeforeEach
    void start() throws IOException {
        server = new RunningServer(folder, Optional.empty(), this::run);
        root = server.administrator();
        root.post("/api/v1/organisations", "{\"name\":\"acme\"}");
        root.post("/api/v1/organisations/acme/projects", "{\"name\":\"fast\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(ConfinedCommand command) {
        commands.add(command);
        List<String> words = command.arguments();
        switch (words.get(0)) {
            case "incidents" -> command.out().println(incidents);
            case "report" -> command.out().println("FAIL: 1 regression — " + HOSTILE + " got slower");
            case "dashboard" -> writeDashboard(command, words.get(words.indexOf("-o") + 1));
            case "accept" -> command.out().println("Accepted: " + HOSTILE + "\nand a table");
            case "triage" -> {
                if (words.contains("i0000000f")) {
                    command.err().println("plumb: there is no incident i0000000f");
                    return 2;
                }
                command.out().println("recorded");
            }
            default -> command.out().println("answer of " + words.get(0) + " " + HOSTILE);
        }
        return 0;
    }

    private static void writeDashboard(ConfinedCommand command, String output) {
        String page = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '" + DIGEST
                + "'; style-src '" + DIGEST + "'; img-src data: blob:; base-uri 'none'; form-action 'none'\">\n"
                + "<title>x</title>\n</head>\n<body>\n<div id=\"app\"></div>\n</body>\n</html>\n";
        Path target = command.caller().directory().resolve(output);
        try {
            if (output.endsWith(".html")) {
                Files.writeString(target, page);
            } else {
                Files.createDirectories(target);
                Files.writeString(target.resolve("index.html"), page);
                Files.writeString(target.resolve("summary.html"), page);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String incidents(String label) {
        return "{\"branch\":\"main\",\"runs\":20,\"incidents\":[{\"id\":\"i0000000a\",\"direction\":\"WORSE\","
                + "\"kind\":\"CODE\",\"state\":\"NEW\",\"statement\":null,\"time\":\"2026-05-30T10:00:00Z\","
                + "\"lastGood\":{\"commit\":\"aaaaaaaaaaaa\"},\"firstBad\":{\"commit\":\"bbbbbbbbbbbb\"},"
                + "\"changes\":[{\"series\":\"0123456789ab\",\"label\":" + quoted(label)
                + ",\"metric\":\"time\",\"unit\":\"ns/op\",\"before\":100,\"after\":130,\"relativeChange\":0.3}],"
                + "\"suspects\":[{\"environment\":false,\"probability\":0.9,\"commit\":\"bbbbbbbbbbbb\",\"author\":"
                + quoted(label) + ",\"subject\":" + quoted(label) + ",\"reasons\":[" + quoted(label) + "]}]}]}";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** Gives the project a history with one run of a benchmark with this name. */
    private String fill(String name) throws IOException {
        root.get("/api/v1/projects/acme/fast/incidents"); // the folder of the project is there then
        Path project;
        try (Stream<Path> all = Files.list(folder.resolve("projects"))) {
            project = all.findFirst().orElseThrow();
        }
        Run run = new Run(
                new RunHeader(
                        Revision.of("c".repeat(40), "main"),
                        Environment.of(Map.of("name", "ci")),
                        Optional.empty(),
                        Instant.parse("2026-06-01T10:00:00Z"),
                        new TreeMap<>()),
                List.of(new Measurement(
                        Benchmark.of(name),
                        new Metric("time", Unit.of("ns/op"), Better.LOWER),
                        Sample.Values.of(Sample.Center.MEAN, 1, 2, 3))));
        try (RunStore store = new StoreLocation.InFile(project.resolve("history.db")).open(Aliases.NONE, Reruns.POOL)) {
            store.record(run);
        }
        return run.id();
    }

    private Answer page(Client client, String path) {
        return client.send("GET", path, "", "Accept", "text/html");
    }

    private Answer submit(Optional<Client> client, String origin, String path, String... fields) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append(i == 0 ? "" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(server.address().resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "text/html")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        client.ifPresent(known -> request.header("Cookie", known.cookie()));
        if (!origin.isEmpty()) {
            request.header("Origin", origin);
        }
        return server.answer(request.build());
    }

    private Answer submit(Client client, String path, String... fields) {
        return submit(Optional.of(client), server.address().toString(), path, fields);
    }

    private Answer anonymous(String path, String... fields) {
        return submit(Optional.empty(), server.address().toString(), path, fields);
    }

    @Test
    void each_role_sees_its_pages_and_for_others_there_is_nothing() throws IOException {
        String run = fill("Sort.quick");
        root.post("/api/v1/organisations", "{\"name\":\"other\"}");
        Map<String, Client> readers = new LinkedHashMap<>();
        readers.put("nobody", server.nobody());
        readers.put("stranger", server.member(root, "other", "stan", "owner"));
        readers.put("recorder", server.member(root, "acme", "rita", "recorder"));
        readers.put("viewer", server.member(root, "acme", "vera", "viewer"));
        readers.put("owner", server.member(root, "acme", "olga", "owner"));

        Map<String, String> seen = new LinkedHashMap<>();
        readers.forEach((name, reader) -> {
            StringBuilder statuses = new StringBuilder();
            for (String path : List.of(
                    "/",
                    "/account",
                    FAST,
                    FAST + "summary.html",
                    FAST + "run.html",
                    FAST + "incidents",
                    FAST + "checks",
                    FAST + "checks/" + run,
                    FAST + "benchmarks",
                    FAST + "benchmarks/0123456789ab",
                    FAST + "settings",
                    "/p/acme/none/",
                    "/p/acme/fast/none")) {
                statuses.append(page(reader, path).status()).append(' ');
            }
            seen.put(name, statuses.toString().strip());
        });

        assertThat(seen)
                .containsEntry("nobody", "303 303 303 303 303 303 303 303 303 303 303 303 303")
                .containsEntry("stranger", "200 200 404 404 404 404 404 404 404 404 404 404 404")
                .containsEntry("recorder", "200 200 403 403 403 403 403 403 403 403 403 404 403")
                .containsEntry("viewer", "200 200 200 200 404 200 200 200 200 404 403 404 404")
                .containsEntry("owner", "200 200 200 200 404 200 200 200 200 404 200 404 404");
    }

    @Test
    void only_who_may_decide_sees_the_buttons_and_only_owners_the_settings() throws IOException {
        fill("Sort.quick");
        Client viewer = server.member(root, "acme", "vera", "viewer");
        Client reviewer = server.member(root, "acme", "rolf", "reviewer");

        assertThat(page(viewer, FAST + "incidents").text())
                .contains("1 open incident on main", "Sort.quick time +30.0 % (worse)")
                .doesNotContain("Accept it", "Acknowledge", ">Settings<");
        assertThat(page(reviewer, FAST + "incidents").text())
                .contains("Accept it", "Acknowledge", "Mute it", "Mark as a false alarm")
                .doesNotContain(">Settings<");
        assertThat(page(root, FAST + "incidents").text()).contains(">Settings<");
        assertThat(submit(viewer, FAST + "incidents", "action", "acknowledge", "id", "i0000000a")
                        .status())
                .isEqualTo(403);
        assertThat(submit(reviewer, FAST + "settings", "action", "visibility", "visibility", "public")
                        .status())
                .isEqualTo(403);
        assertThat(commands).extracting(command -> command.arguments().get(0)).doesNotContain("triage");
    }

    @Test
    void a_public_project_is_read_by_everybody_and_changed_by_nobody_else() throws IOException {
        fill("Sort.quick");
        assertThat(submit(root, FAST + "settings", "action", "visibility", "visibility", "public")
                        .status())
                .isEqualTo(303);

        assertThat(page(server.nobody(), FAST).status()).isEqualTo(200);
        assertThat(page(server.nobody(), FAST + "incidents").text())
                .contains("1 open incident", "href=\"/sign-in?to=%2Fp%2Facme%2Ffast%2Fincidents\"")
                .doesNotContain("<form");
        assertThat(page(server.nobody(), FAST + "settings").status()).isEqualTo(403);
        assertThat(anonymous(FAST + "incidents", "action", "acknowledge", "id", "i0000000a")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void names_and_words_from_outside_are_text_on_every_page() throws IOException {
        incidents = incidents(HOSTILE);
        String run = fill(HOSTILE);
        String benchmarks = page(root, FAST + "benchmarks?q=script").text();
        Matcher series = Pattern.compile("benchmarks/([0-9a-f]{12})\"").matcher(benchmarks);
        assertThat(series.find()).isTrue();
        page(root, "/"); // the verdict is known then

        for (String path : List.of(
                "/",
                FAST + "incidents",
                FAST + "benchmarks",
                FAST + "benchmarks?q=" + URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8),
                FAST + "benchmarks/" + series.group(1))) {
            assertThat(page(root, path).text())
                    .as(path)
                    .contains(INERT)
                    .doesNotContain("<script>", "\u202e", "onload='");
        }
        assertThat(page(root, FAST + "checks").text()).contains("recorded, not checked", FAST + "checks/" + run);
        assertThat(page(root, FAST + "checks/%3Cscript%3E").text()).doesNotContain("<script>");
    }

    @Test
    void pages_allow_their_own_style_and_script_and_nothing_else() throws IOException {
        fill("Sort.quick");
        for (String path : List.of("/", "/account", FAST + "incidents", FAST + "settings", "/nothing")) {
            Answer answer = page(root, path);
            assertThat(answer.header("Content-Security-Policy")).as(path).isEqualTo(OWN_POLICY);
            assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.text())
                    .doesNotContain("style=", "<style", "javascript:")
                    .contains("<html lang=\"en\">");
        }
    }

    @Test
    void the_dashboard_runs_its_own_script_by_its_digest_below_a_bar() throws IOException {
        fill("Sort.quick");
        Answer answer = page(root, FAST);

        assertThat(answer.header("Content-Security-Policy"))
                .matches("default-src 'none'; script-src '" + Pattern.quote(DIGEST) + "'; style-src '"
                        + Pattern.quote(DIGEST) + "' 'sha256-[A-Za-z0-9+/]{43}='; img-src data: blob:; base-uri"
                        + " 'none';"
                        + " form-action 'none'; frame-ancestors 'none'");
        assertThat(answer.text())
                .contains("<nav class=\"plumbline-bar\"", "All projects", "<div id=\"app\"></div>")
                .doesNotContain("http-equiv");
        assertThat(page(root, "/p/acme/fast").header("Location")).endsWith(FAST);
    }

    @Test
    void what_a_command_answers_is_kept_until_the_history_changes() throws IOException {
        fill("Sort.quick");
        page(root, FAST);
        page(root, FAST + "summary.html");
        assertThat(dashboards()).isEqualTo(1);

        fill("Sort.merge");
        page(root, FAST);
        assertThat(dashboards()).isEqualTo(2);

        submit(root, FAST + "incidents", "action", "acknowledge", "id", "i0000000a");
        page(root, FAST);
        assertThat(dashboards()).isEqualTo(3);

        server.clock.pass(Duration.ofMinutes(11));
        page(root, FAST);
        assertThat(dashboards()).isEqualTo(4);
    }

    private long dashboards() {
        return commands.stream()
                .filter(command -> command.arguments().get(0).equals("dashboard"))
                .count();
    }

    @Test
    void a_form_of_another_origin_does_nothing() throws IOException {
        fill("Sort.quick");
        int before = commands.size();
        for (String origin : List.of("https://evil.example", "null", "")) {
            for (String path : List.of("/", "/account", "/sign-out", FAST + "incidents", FAST + "settings")) {
                Answer answer = submit(Optional.of(root), origin, path, "action", "acknowledge", "id", "i0000000a");
                assertThat(answer.status()).as(path + " from " + origin).isEqualTo(403);
            }
            for (String path : List.of("/sign-in", "/invitation")) {
                Answer answer =
                        submit(Optional.empty(), origin, path, "account", "root", "password", RunningServer.PASSWORD);
                assertThat(answer.status()).as(path + " from " + origin).isEqualTo(403);
                assertThat(answer.header("Set-Cookie")).isEmpty();
            }
        }
        assertThat(commands).hasSize(before);
        assertThat(page(root, "/account").status()).isEqualTo(200);
    }

    @Test
    void who_signs_in_comes_back_to_the_page_and_never_to_another_server() {
        Answer asked = page(server.nobody(), "/p/acme/fast/incidents?all=1");
        assertThat(asked.header("Location")).isEqualTo("/sign-in?to=%2Fp%2Facme%2Ffast%2Fincidents%3Fall%3D1");

        Map<String, String> places = new LinkedHashMap<>();
        places.put("/p/acme/fast/incidents?all=1", "/p/acme/fast/incidents?all=1");
        places.put("https://evil.example/", "/");
        places.put("//evil.example/", "/");
        places.put("/\\evil.example/", "/");
        places.put("/\r\nSet-Cookie: a=b", "/");
        places.forEach((to, expected) -> {
            Answer answer = anonymous("/sign-in", "account", "root", "password", RunningServer.PASSWORD, "to", to);
            assertThat(answer.status()).isEqualTo(303);
            assertThat(URI.create(answer.header("Location")).getPath())
                    .as(to)
                    .isEqualTo(URI.create(expected).getPath());
            assertThat(answer.header("Location")).doesNotContain("evil");
            assertThat(answer.header("Set-Cookie")).contains("HttpOnly", "Secure", "SameSite=Lax");
        });
    }

    @Test
    void a_wrong_password_and_too_many_attempts_are_told_apart() {
        Answer wrong = anonymous("/sign-in", "account", "root", "password", "wrong");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.text()).contains("Wrong account or password.", "value=\"root\"", "role=\"alert\"");
        assertThat(wrong.text()).doesNotContain("value=\"wrong\"");

        Answer slowed = wrong;
        for (int i = 0; i < 12; i++) {
            slowed = anonymous("/sign-in", "account", "root", "password", "wrong");
        }
        assertThat(slowed.status()).isEqualTo(429);
        assertThat(slowed.text()).contains("Too many attempts; wait ");
        assertThat(slowed.header("Retry-After")).matches("[0-9]+");
    }

    @Test
    void an_invitation_from_the_settings_makes_an_account_once() {
        Answer invited = submit(root, FAST + "settings", "action", "invite", "role", "viewer");
        Matcher link = Pattern.compile("/invitation#(pli_[a-z2-7]{32})")
                .matcher(page(root, invited.header("Location")).text());
        assertThat(link.find()).isTrue();
        String secret = link.group(1);

        Answer simple = anonymous("/invitation", "invitation", secret, "account", "vera", "password", "short");
        assertThat(simple.status()).isEqualTo(400);
        assertThat(simple.text()).contains("A password has 12 to 200 characters.", "value=\"" + secret + "\"");
        Answer taken =
                anonymous("/invitation", "invitation", secret, "account", "root", "password", RunningServer.PASSWORD);
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.text()).contains("This name is taken");

        Answer made =
                anonymous("/invitation", "invitation", secret, "account", "vera", "password", RunningServer.PASSWORD);
        assertThat(made.status()).isEqualTo(303);
        Answer again =
                anonymous("/invitation", "invitation", secret, "account", "vic", "password", RunningServer.PASSWORD);
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.text()).contains("The invitation is unknown, was already used, or has expired");
    }

    @Test
    void a_decision_is_the_command_of_the_person() throws IOException {
        fill("Sort.quick");
        Client reviewer = server.member(root, "acme", "rolf", "reviewer");
        Answer answer = submit(
                reviewer, FAST + "incidents", "action", "accept", "id", "i0000000a", "reason", "--by=eve agreed");

        assertThat(answer.status()).isEqualTo(303);
        ConfinedCommand command = commands.get(commands.size() - 1);
        assertThat(command.arguments()).containsExactly("accept", "--reason=--by=eve agreed", "--", "i0000000a");
        assertThat(command.caller().name()).isEqualTo("rolf");
        assertThat(page(reviewer, FAST + "incidents").text()).contains("Accepted: " + INERT);
        assertThat(page(reviewer, FAST + "incidents").text()).doesNotContain("Accepted: ");

        submit(reviewer, FAST + "incidents", "action", "mute", "id", "i0000000a", "until", "2026-12-31");
        assertThat(commands.get(commands.size() - 1).arguments())
                .containsExactly("triage", "mute", "--until=2026-12-31", "--", "i0000000a");
        submit(reviewer, FAST + "incidents", "action", "false-alarm", "id", "i0000000a");
        assertThat(commands.get(commands.size() - 1).arguments())
                .containsExactly("triage", "false-alarm", "--", "i0000000a");
    }

    @Test
    void what_checks_detected_with_one_commit_is_decided_together() throws IOException {
        fill("Sort.quick");
        incidents = "{\"branch\":\"main\",\"runs\":20,\"incidents\":[],\"called\":["
                + called("Sort.quick", "aaaa-cccc", 0.1) + "," + called("Sort.merge", "bbbb-cccc", 0.2) + "]}";
        assertThat(page(root, FAST + "incidents").text())
                .contains("1 open incident on main", "Sort.merge time +20.0 % (worse) and 1 more", "by Ann Noun")
                .contains("value=\"aaaa-cccc,bbbb-cccc\"");

        commands.clear();
        submit(root, FAST + "incidents", "action", "accept", "id", "aaaa-cccc,bbbb-cccc", "reason", "agreed");
        assertThat(commands)
                .extracting(ConfinedCommand::arguments)
                .containsExactly(
                        List.of("accept", "--reason=agreed", "--", "aaaa-cccc"),
                        List.of("accept", "--reason=agreed", "--", "bbbb-cccc"));
        assertThat(page(root, FAST + "incidents").text()).contains("The same for 1 more series.");
        assertThat(submit(root, FAST + "incidents", "action", "acknowledge", "id", "a,".repeat(200) + "a")
                        .status())
                .isEqualTo(400);
    }

    private static String called(String label, String finding, double change) {
        return "{\"series\":\"0123456789ab\",\"label\":" + quoted(label) + ",\"metric\":\"time\",\"relativeChange\":"
                + change
                + ",\"since\":{\"commit\":\"cccccccccccc\"},\"began\":\"cccccccccc by Ann Noun\",\"finding\":\""
                + finding
                + "\",\"statement\":null}";
    }

    @Test
    void a_decision_that_cannot_be_recorded_says_why_beside_the_incidents() throws IOException {
        fill("Sort.quick");
        Map<Answer, String> wrong = new LinkedHashMap<>();
        wrong.put(
                submit(root, FAST + "incidents", "action", "accept", "id", "i0000000a", "reason", " "),
                "Give a reason for the acceptance");
        wrong.put(
                submit(root, FAST + "incidents", "action", "acknowledge", "id", "--store=x"),
                "The id of an incident is missing");
        wrong.put(
                submit(root, FAST + "incidents", "action", "mute", "id", "i0000000a", "until", "--by=x"),
                "Give the day until which it is muted");
        wrong.put(submit(root, FAST + "incidents", "action", "prune", "id", "i0000000a"), "No such decision");
        wrong.forEach((answer, words) -> {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains(words, "role=\"alert\"", "Sort.quick");
        });
        Answer unknown = submit(root, FAST + "incidents", "action", "acknowledge", "id", "i0000000f");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text()).contains("There is no incident i0000000f.");
    }

    @Test
    void the_projects_are_listed_worst_first_with_words() throws IOException {
        root.post("/api/v1/organisations/acme/projects", "{\"name\":\"empty\"}");
        fill("Sort.quick");
        String text = page(root, "/").text();

        assertThat(text).contains("FAIL", "1 regression", "1 open incident", "2 hours ago", "No results yet");
        assertThat(text.indexOf("acme/fast")).isLessThan(text.indexOf("acme/empty"));
        assertThat(page(root, "/p/acme/empty/").text())
                .contains("server: " + server.address(), "project: acme/empty", "PLUMBLINE_TOKEN");
    }

    @Test
    void who_is_new_reads_what_to_do_first() {
        Client viewer = server.member(root, "acme", "vera", "viewer");
        assertThat(page(viewer, "/").text()).contains("acme/fast").doesNotContain("New project", "New organisation");

        root.post("/api/v1/organisations", "{\"name\":\"other\"}");
        Client owner = server.member(root, "other", "olga", "owner");
        assertThat(page(owner, "/").text()).contains("No project yet", "New project");
        assertThat(submit(owner, "/", "action", "project", "organisation", "other", "name", "New Name")
                        .text())
                .contains("A name must have 1 to 39 lower-case letters");
        assertThat(submit(owner, "/", "action", "project", "organisation", "acme", "name", "mine")
                        .status())
                .isEqualTo(404);
        assertThat(submit(owner, "/", "action", "organisation", "name", "mine").status())
                .isEqualTo(404);
        assertThat(submit(owner, "/", "action", "project", "organisation", "other", "name", "mine")
                        .header("Location"))
                .endsWith("/p/other/mine/");
        assertThat(submit(owner, "/", "action", "project", "organisation", "other", "name", "mine")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void who_has_not_signed_in_sees_public_projects_and_is_asked_to_sign_in_where_there_are_none() {
        Client nobody = server.nobody();
        assertThat(page(nobody, "/").header("Location")).startsWith("/sign-in");

        submit(root, FAST + "settings", "action", "visibility", "visibility", "public");

        Answer first = page(nobody, "/");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.text()).contains("acme/fast", "Sign in").doesNotContain("New project", "Sign out");
    }

    @Test
    void an_open_invitation_is_listed_and_withdrawn() {
        submit(root, FAST + "settings", "action", "invite", "role", "reviewer");
        Matcher id = Pattern.compile("name=\"invitation\" value=\"([0-9a-f]{12})\"")
                .matcher(page(root, FAST + "settings").text());
        assertThat(id.find()).isTrue();
        submit(root, FAST + "settings", "action", "withdraw", "invitation", id.group(1));
        assertThat(page(root, FAST + "settings").text())
                .contains("The invitation is withdrawn", "invitation.withdraw")
                .doesNotContain("Open invitation");
        assertThat(submit(root, FAST + "settings", "action", "withdraw", "invitation", id.group(1))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_token_is_shown_once_and_can_be_revoked() {
        Answer made = submit(root, FAST + "settings", "action", "token", "name", " ", "role", "owner", "days", "7");
        assertThat(made.status()).isEqualTo(400);
        assertThat(made.text()).contains("The name of a token must have 1 to 100 printable characters");

        made = submit(root, FAST + "settings", "action", "token", "name", HOSTILE, "role", "recorder", "days", "7");
        assertThat(made.status()).isEqualTo(303);
        assertThat(made.text()).doesNotContain("plb_");
        String shown = page(root, made.header("Location")).text();
        Matcher secret = Pattern.compile("plb_[a-z2-7]{32}").matcher(shown);
        assertThat(secret.find()).isTrue();
        Answer again = page(root, made.header("Location"));
        assertThat(again.status()).isEqualTo(303);
        assertThat(again.header("Location")).isEqualTo(FAST + "settings");
        assertThat(root.get("/api/v1/projects/acme/fast/tokens")
                        .json()
                        .get("items")
                        .elements())
                .hasSize(1);
        String settings = page(root, FAST + "settings").text();
        assertThat(settings).contains(INERT, "valid until 2026-06-08").doesNotContain(secret.group());

        Matcher id = Pattern.compile("name=\"token\" value=\"([a-z2-7]{12})\"").matcher(settings);
        assertThat(id.find()).isTrue();
        submit(root, FAST + "settings", "action", "revoke", "token", id.group(1));
        assertThat(page(root, FAST + "settings").text())
                .contains("The token is revoked", "revoked just now", "token.revoke");
        assertThat(server.withToken(secret.group()).get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void members_get_and_lose_roles_and_the_only_owner_stays() {
        server.member(root, "acme", "vera", "viewer");
        submit(
                root,
                FAST + "settings",
                "action",
                "member",
                "account",
                "vera",
                "role",
                "maintainer",
                "where",
                "project");
        assertThat(page(root, FAST + "settings").text()).contains("vera is maintainer of fast now.");
        submit(root, FAST + "settings", "action", "remove", "account", "vera", "where", "organisation");
        assertThat(page(root, FAST + "settings").text()).contains("vera no longer has that role.");

        for (String action : List.of("remove", "member")) {
            Answer only = submit(
                    root,
                    FAST + "settings",
                    "action",
                    action,
                    "account",
                    "root",
                    "role",
                    "viewer",
                    "where",
                    "organisation");
            assertThat(only.status()).isEqualTo(400);
            assertThat(only.text()).contains("Root is the only owner of acme");
        }
        assertThat(submit(root, FAST + "settings", "action", "member", "account", "nobody", "role", "viewer")
                        .text())
                .contains("No such account");
    }

    @Test
    void a_password_is_changed_and_all_sessions_end() {
        Client other = server.signedIn("root", RunningServer.PASSWORD);
        assertThat(submit(root, "/account", "action", "password", "password", "x", "newPassword", "a new long one")
                        .text())
                .contains("The current password is wrong.");
        assertThat(submit(
                                root,
                                "/account",
                                "action",
                                "password",
                                "password",
                                RunningServer.PASSWORD,
                                "newPassword",
                                "short")
                        .text())
                .contains("A password has 12 to 200 characters.");
        Answer changed = submit(
                root,
                "/account",
                "action",
                "password",
                "password",
                RunningServer.PASSWORD,
                "newPassword",
                "a new long one");
        assertThat(changed.status()).isEqualTo(303);
        assertThat(page(other, "/account").status()).isEqualTo(303);

        Client first = server.signedIn("root", "a new long one");
        Client second = server.signedIn("root", "a new long one");
        assertThat(submit(first, "/account", "action", "sign-out-everywhere").header("Location"))
                .endsWith("/sign-in");
        assertThat(page(second, "/account").status()).isEqualTo(303);
    }

    @Test
    void who_signs_out_is_signed_out() {
        Answer out = submit(root, "/sign-out");
        assertThat(out.status()).isEqualTo(303);
        assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
        assertThat(page(root, "/").header("Location")).isEqualTo("/sign-in?to=%2F");
    }

    @Test
    void style_and_script_are_kept_by_browsers_for_good() {
        String text = page(server.nobody(), "/sign-in").text();
        for (String type : List.of("css", "js")) {
            Matcher name =
                    Pattern.compile("/assets/server-[0-9a-f]{16}\\." + type).matcher(text);
            assertThat(name.find()).isTrue();
            Answer asset = server.nobody().get(name.group());
            assertThat(asset.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(asset.header("Content-Type")).startsWith(type.equals("css") ? "text/css" : "text/javascript");
            assertThat(asset.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
        assertThat(server.nobody().get("/assets/server-0000000000000000.js").status())
                .isEqualTo(404);
    }

    @Test
    void a_person_gets_a_page_and_a_program_an_object_where_nothing_is() {
        assertThat(page(root, "/nothing").text()).contains("<h1>Not found</h1>");
        assertThat(root.get("/nothing").header("Content-Type")).startsWith("application/problem+json");
        assertThat(page(root, "/api/v1/nothing").header("Content-Type")).startsWith("application/problem+json");
    }
}
