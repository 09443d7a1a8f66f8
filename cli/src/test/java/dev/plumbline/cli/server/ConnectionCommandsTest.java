package dev.plumbline.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.AnswerSchema;
import dev.plumbline.cli.CapturedRun;
import dev.plumbline.cli.TestGit;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plumb connection}, with a forge on this machine. */
class ConnectionCommandsTest extends ServedProject {
    private static final String CONNECTION = FAST + "/forge";

    @TempDir
    private Path work;

    private FakeForge forge;
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void startForge() throws Exception {
        Path repositories = Files.createDirectory(work.resolve("repositories"));
        forge = new FakeForge(repositories, Optional.empty());
        TestGit.run(repositories, "init", "--quiet", "--bare", "-b", "main", "octo/demo.git");
        TestGit.run(repositories.resolve("octo/demo.git"), "config", "uploadpack.allowFilter", "true");
        variables.put("PLUMBLINE_SERVER", server.address().toString());
        variables.put("PLUMBLINE_PROJECT", "acme/fast");
        variables.put("XDG_CONFIG_HOME", work.resolve("config").toString());
        Files.writeString(work.resolve("token.txt"), FakeForge.PERSONAL + "\n");
    }

    @AfterEach
    void stopForge() {
        forge.close();
    }

    /** Runs a command as the administrator, whose password is typed. */
    private CapturedRun asRoot(String... arguments) {
        List<String> all = new ArrayList<>(List.of("connection"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--account", "root", "--password-stdin"));
        return CapturedRun.reading(RunningServer.PASSWORD + "\n", work, variables, all.toArray(String[]::new));
    }

    private CapturedRun connected() {
        CapturedRun run = asRoot("set", forge.repository(), "--forge", "github", "--token-file", "token.txt");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private static void assertWrong(CapturedRun run, String words) {
        assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.WRONG);
        assertThat(run.err().lines()).as(run.err()).hasSize(1);
        assertThat(run.err()).contains(words);
    }

    private JsonValue stored() {
        return root.get(CONNECTION).json();
    }

    @Test
    void a_project_is_connected_shown_changed_and_disconnected() throws Exception {
        CapturedRun set = connected();
        assertThat(set.out())
                .contains("connected to " + forge.repository(), server.address() + CONNECTION + "/events")
                .contains("its secret, shown only now: ")
                .doesNotContain(FakeForge.PERSONAL);

        CapturedRun show = asRoot("show");
        assertThat(show.exitCode()).as(show.err()).isZero();
        assertThat(show.out())
                .contains("github " + forge.repository() + ", with a token, connected by root on 2026-06-01")
                .contains("check and comment: Plumbline; a pending check until results come");

        // what is not given stays
        CapturedRun named = asRoot("set", "--name", "Fast path", "--no-pending-check");
        assertThat(named.exitCode()).as(named.err()).isZero();
        assertThat(named.out()).doesNotContain("secret");
        assertThat(stored().get("name").text()).contains("Fast path");
        assertThat(stored().get("awaitsResults").isTrue()).isFalse();
        variables.put("FORGE_TOKEN", "ghp_another");
        String changed =
                asRoot("set", "--token-variable", "FORGE_TOKEN", "--json").out();
        AnswerSchema.assertFits(changed);
        assertThat(changed)
                .contains("\"schema\": \"plumbline-connection/1\"", "\"name\": \"Fast path\"", "\"secret\": null")
                .doesNotContain("ghp_another");
        assertThat(stored().get("awaitsResults").isTrue()).isFalse();

        AnswerSchema.assertFits(asRoot("secret", "--json").out());
        String secret = asRoot("secret").out();
        assertThat(secret).startsWith("the new secret, shown only now: ");

        CapturedRun removed = asRoot("remove");
        assertThat(removed.exitCode()).as(removed.err()).isZero();
        assertThat(removed.out()).isEqualTo("disconnected from " + forge.repository() + "\n");
        assertWrong(asRoot("show"), "the project is not connected to a repository");
        assertWrong(asRoot("remove"), "the project is not connected to a repository");
    }

    @Test
    void a_test_reads_the_commits_and_says_what_comes_of_it() {
        connected();

        CapturedRun works = asRoot("test", "--wait", "60");
        assertThat(works.exitCode()).as(works.err()).isZero();
        assertThat(works.out()).startsWith("the connection works: read the commits of ");
        assertThat(asRoot("show").out()).contains("commits.changed: delivered, read the commits of ");

        variables.put(
                "PLUMBLINE_TOKEN", server.token(root, "acme/fast", "reviewer").token());
        CapturedRun ofToken = CapturedRun.of(work, variables, "connection", "test", "--wait", "60", "--json");
        assertThat(ofToken.exitCode()).as(ofToken.err()).isZero();
        assertThat(ofToken.out()).contains("\"schema\": \"plumbline-connection/1\"", "\"state\": \"delivered\"");
        AnswerSchema.assertFits(ofToken.out());
        AnswerSchema.assertFits(asRoot("show", "--json").out());

        forge.broken = 401;
        assertWrong(asRoot("test", "--wait", "60"), "the server cannot read the repository: ");
    }

    @Test
    void secrets_are_no_arguments_and_mistakes_are_errors_of_one_line() throws Exception {
        assertWrong(asRoot("set", "--name", "x"), "the project is not connected yet: name the address");
        assertWrong(asRoot("set", forge.repository(), "--forge", "github"), "a new connection needs a token");
        assertWrong(asRoot("set", forge.repository(), "--token-file", "token.txt"), "give --forge github or --forge");
        assertWrong(asRoot("set", "x", "--token-file", "none.txt"), "none.txt: there is no such file");
        assertWrong(asRoot("set", "x", "--token-variable", "NOT_SET"), "the variable NOT_SET is not set");
        variables.put("EMPTY", " ");
        assertWrong(asRoot("set", "x", "--token-variable", "EMPTY"), "the variable EMPTY is empty");
        Files.writeString(work.resolve("large"), "x".repeat(100_000));
        assertWrong(asRoot("set", "x", "--token-file", "large"), "no more than 64 KiB");
        assertWrong(
                asRoot("set", "x", "--token-file", "token.txt", "--token-variable", "EMPTY"),
                "give --token-file or --token-variable, and not both");
        assertWrong(asRoot("set", "x", "--app", "12"), "an app needs --app ID and its private key");
        assertWrong(
                asRoot("set", "x", "--app", "12", "--key-file", "token.txt", "--token-file", "token.txt"),
                "give a token, or an app with its key, and not both");
        assertWrong(
                asRoot("set", "https://github.com/acme/x", "--app", "12", "--key-file", "token.txt"), "private key");
        assertThat(asRoot("set", "x", "--token", "ghp_typed").exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(root.get(CONNECTION).status()).isEqualTo(404);
    }

    @Test
    void only_a_person_changes_a_connection() {
        connected();
        variables.put(
                "PLUMBLINE_TOKEN", server.token(root, "acme/fast", "owner").token());
        for (List<String> line : List.of(
                List.of("connection", "set", "--name", "x"),
                List.of("connection", "secret"),
                List.of("connection", "remove"))) {
            CapturedRun run = CapturedRun.of(work, variables, line.toArray(String[]::new));
            assertWrong(run, "give --account NAME");
            assertThat(run.err()).contains(server.address() + "/p/acme/fast/repository");
        }
        assertThat(stored().get("name").text()).contains("Plumbline");
    }
}
