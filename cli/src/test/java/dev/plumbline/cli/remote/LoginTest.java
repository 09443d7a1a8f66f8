package dev.plumbline.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.cli.CapturedRun;
import dev.plumbline.cli.Plumb;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.Terminal;
import dev.plumbline.server.RunningServer;
import dev.plumbline.server.ScriptedIssuer;
import dev.plumbline.server.identity.IdentitySettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the command line comes to a token of a server that nobody copies. */
class LoginTest {
    private static final String TOKENS = "/api/v1/projects/acme/parser/tokens";

    @TempDir
    private Path folder;

    private Path work;
    private ScriptedIssuer issuer;
    private RunningServer server;
    private RunningServer.Client root;

    @BeforeEach
    void start() throws IOException {
        work = Files.createDirectories(folder.resolve("work"));
        Files.writeString(work.resolve("run.csv"), "benchmark,value,unit\nsort,100,ns\n");
        issuer = new ScriptedIssuer(new RunningServer.MovingClock());
        server = new RunningServer(
                folder.resolve("server"),
                Optional.empty(),
                new IdentitySettings(List.of(), Set.of(issuer.address().toString())),
                Plumb::answer);
        root = server.administrator();
        root.post("/api/v1/organisations", "{\"name\":\"acme\"}");
        root.post("/api/v1/organisations/acme/projects", "{\"name\":\"parser\"}");
    }

    @AfterEach
    void stop() {
        server.close();
        issuer.close();
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        variables.put("PLUMBLINE_SERVER", server.address().toString());
        variables.put("PLUMBLINE_PROJECT", "acme/parser");
        variables.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        return variables;
    }

    private CapturedRun record(Map<String, String> variables) {
        return CapturedRun.of(work, variables, "record", "run.csv", "--commit", "a".repeat(40), "--environment", "lab");
    }

    /** Somebody types the command, and answers on the page what a test says. */
    private CapturedRun login(String... answers) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CompletableFuture<Integer> login = CompletableFuture.supplyAsync(() -> Plumb.answer(
                new Terminal(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        work,
                        variables(),
                        Clock.systemUTC(),
                        false,
                        false,
                        80),
                "login"));
        Pattern address = Pattern.compile("open (\\S+/device)\\?code=([A-Z-]{9})\n");
        Matcher told = address.matcher("");
        for (int i = 0;
                i < 1_000 && !told.reset(out.toString(StandardCharsets.UTF_8)).find();
                i++) {
            Thread.sleep(20);
        }
        assertThat(told.reset(out.toString(StandardCharsets.UTF_8)).find())
                .as(err.toString(StandardCharsets.UTF_8))
                .isTrue();
        assertThat(told.group(1)).isEqualTo(server.address() + "/device");
        List<String> form = new ArrayList<>(List.of(answers));
        Collections.addAll(form, "code", told.group(2), "project", "acme/parser", "days", "30");
        assertThat(root.form("/device", form.toArray(String[]::new)).status()).isEqualTo(200);
        int exitCode = login.get(1, TimeUnit.MINUTES);
        return new CapturedRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void a_person_gives_a_token_on_the_page_and_it_is_kept_where_nobody_else_reads_it() throws Exception {
        CapturedRun login = login("action", "allow", "role", "contributor");

        assertThat(login.exitCode()).as(login.err()).isEqualTo(ExitCode.OPEN);
        assertThat(login.out())
                .contains("(contributor acme/parser) is kept in")
                .doesNotContain("plb_")
                .doesNotContain("pld_");
        Path file = folder.resolve("config/plumbline/credentials");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(record(variables()).exitCode()).isZero();
    }

    @Test
    void a_person_who_refuses_ends_the_command() throws Exception {
        CapturedRun login = login("action", "refuse");

        assertThat(login.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(login.err()).contains("someone refused the request on the page");
        assertThat(folder.resolve("config")).doesNotExist();
    }

    private void trust(String repository) {
        assertThat(root.post(
                                "/api/v1/projects/acme/parser/trust-rules",
                                "{\"issuer\":\"" + issuer.address() + "\",\"claims\":{\"repository\":\"" + repository
                                        + "\"}}")
                        .status())
                .isEqualTo(201);
    }

    private String idToken(String audience) {
        return issuer.token(claims -> claims.audience(audience).claim("repository", "acme/parser"));
    }

    /** What GitHub answers a job of its own. */
    private static HttpServer github(List<String> asked, String answer) throws IOException {
        HttpServer github = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        github.createContext("/", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8));
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        github.start();
        return github;
    }

    @Test
    void a_job_of_github_records_without_a_secret() throws IOException {
        trust("acme/parser");
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        HttpServer github =
                github(asked, "{\"value\":\"" + idToken(server.address().toString()) + "\"}");
        Map<String, String> variables = variables();
        variables.put(
                "ACTIONS_ID_TOKEN_REQUEST_URL",
                "http://127.0.0.1:" + github.getAddress().getPort() + "/token?api-version=2");
        variables.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "of-the-job");

        CapturedRun run = record(variables);
        github.stop(0);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(asked).containsExactly("Bearer of-the-job api-version=2&audience=" + server.address());
        assertThat(root.get(TOKENS).text()).contains("\"role\": \"recorder\"").contains("job of acme/parser");
    }

    @Test
    void a_job_of_gitlab_records_with_the_token_that_its_service_gave_it() {
        trust("acme/*");
        Map<String, String> variables = variables();
        variables.put("PLUMBLINE_ID_TOKEN", idToken(server.address().toString()));

        CapturedRun run = record(variables);

        assertThat(run.exitCode()).as(run.err()).isZero();
        variables.remove("XDG_CONFIG_HOME"); // a container without a home
        assertThat(record(variables).exitCode()).isZero();
    }

    @Test
    void a_job_that_no_rule_trusts_is_told_so_and_loses_nothing_that_waits() {
        trust("other/*");
        Map<String, String> variables = variables();
        variables.put("PLUMBLINE_ID_TOKEN", idToken(server.address().toString()));

        CapturedRun run = record(variables);

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(run.err()).contains("gives this job no token for acme/parser", "no rule", "job acme/parser");
    }

    @Test
    void results_of_a_job_are_kept_while_the_server_is_down_and_sent_later_with_another_token() {
        trust("acme/parser");
        Map<String, String> variables = variables();
        variables.put("PLUMBLINE_ID_TOKEN", idToken(server.address().toString()));
        variables.put("PLUMBLINE_SERVER", "http://127.0.0.1:1");

        CapturedRun down = record(variables);
        assertThat(down.err()).contains("cannot be reached", "not lost");
        assertThat(down.exitCode()).isZero();

        variables.put("PLUMBLINE_SERVER", server.address().toString());
        CapturedRun sent = CapturedRun.of(work, variables, "sync");
        assertThat(sent.exitCode()).as(sent.err()).isZero();
        assertThat(sent.out()).contains("sending 1 of 1");
    }

    @Test
    void a_token_that_is_set_wins_over_the_word_of_the_service() {
        Map<String, String> variables = variables();
        variables.put("PLUMBLINE_ID_TOKEN", "nonsense");
        variables.put(
                "PLUMBLINE_TOKEN",
                root.post(TOKENS, "{\"name\":\"ci\",\"role\":\"recorder\"}").member("token"));
        assertThat(record(variables).exitCode()).isZero();
    }
}
