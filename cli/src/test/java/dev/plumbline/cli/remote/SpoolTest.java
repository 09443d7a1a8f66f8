package dev.plumbline.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.cli.CapturedRun;
import dev.plumbline.cli.option.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server does not take now is not lost, and counts once. */
class SpoolTest {
    @TempDir
    private Path folder;

    private Path work;

    @BeforeEach
    void make_a_place() throws IOException {
        work = Files.createDirectory(folder.resolve("work"));
        Files.writeString(work.resolve("run.csv"), results(10));
    }

    private static String results(double value) {
        return "benchmark,metric,unit,better,value\nsort,time,ms,lower," + value + "\n";
    }

    /** The variables of somebody whose server is at a port where nobody listens. */
    private Map<String, String> nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return at("http://127.0.0.1:" + socket.getLocalPort());
        }
    }

    private static Map<String, String> at(String address) {
        return Map.of(
                "PLUMBLINE_SERVER",
                address,
                "PLUMBLINE_PROJECT",
                "acme/parser",
                "PLUMBLINE_TOKEN",
                LoopbackServer.TOKEN);
    }

    private CapturedRun plumb(Map<String, String> variables, String... arguments) {
        return CapturedRun.of(work, variables, arguments);
    }

    private List<String> spool() throws IOException {
        Path spool = work.resolve(".plumbline/spool");
        if (!Files.isDirectory(spool)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(spool)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"hold,3,the gate is undecided", "pass,0,the gate passes although", "fail,1,the gate fails"})
    void a_check_without_its_server_keeps_the_results(String effect, int exitCode, String words) throws IOException {
        Files.writeString(work.resolve("plumbline.yaml"), "on-unreachable: " + effect + "\n");

        CapturedRun run = plumb(nobody(), "check", "run.csv");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains(
                        "cannot be reached",
                        "the results are not lost",
                        "plumb sync",
                        words,
                        "on-unreachable: " + effect);
        assertThat(spool()).hasSize(1).allMatch(name -> name.endsWith(".zip"));
        assertThat(work.resolve(".plumbline/.gitignore")).hasContent("*");
    }

    @Test
    void recording_keeps_them_too_and_a_dry_run_keeps_nothing() throws IOException {
        assertThat(plumb(nobody(), "record", "run.csv").exitCode()).isZero();
        assertThat(spool()).hasSize(1);
        CapturedRun dry = plumb(nobody(), "check", "run.csv", "--dry-run");
        assertThat(dry.exitCode()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(dry.err()).contains("nothing is kept (dry run)");
        assertThat(spool()).hasSize(1);
    }

    @Test
    void a_link_out_of_the_repository_keeps_nothing() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createDirectory(work.resolve(".plumbline"));
        Files.createSymbolicLink(work.resolve(".plumbline/spool"), elsewhere);

        CapturedRun run = plumb(nobody(), "record", "run.csv");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.WRONG);
        assertThat(run.err()).contains("a link leads out of the repository; delete the link");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void other_commands_say_that_they_cannot() throws IOException {
        for (String command : List.of("history", "report", "accept --list", "compare run.csv run.csv")) {
            CapturedRun run = plumb(nobody(), command.split(" "));
            assertThat(run.exitCode()).as(command).isEqualTo(ExitCode.WRONG);
            assertThat(run.err())
                    .as(command)
                    .startsWith("plumb: http://127.0.0.1:")
                    .contains("cannot be reached");
        }
        assertThat(spool()).isEmpty();
    }

    @Test
    void what_waits_is_sent_when_the_server_is_back_and_counts_once() throws IOException {
        Map<String, String> down = nobody();
        for (double value : new double[] {10, 11, 12}) {
            Files.writeString(work.resolve("run.csv"), results(value));
            assertThat(plumb(down, "record", "run.csv").exitCode()).isZero();
        }
        assertThat(plumb(down, "sync").err()).contains("cannot be reached");
        assertThat(spool()).hasSize(3);
        int port = Integer.parseInt(down.get("PLUMBLINE_SERVER").replaceAll(".*:", ""));
        try (LoopbackServer server = new LoopbackServer(folder.resolve("server"), port)) {
            CapturedRun history = plumb(down, "check", "run.csv", "--dry-run");
            assertThat(history.err()).contains("the results of 3 earlier calls are waiting", "plumb sync");

            server.fallSilent(true);
            assertThat(plumb(down, "sync").exitCode()).isEqualTo(ExitCode.WRONG);
            assertThat(spool()).as("the first was recorded, and nobody knows").hasSize(3);
            server.fallSilent(false);
            CapturedRun sync = plumb(down, "sync");

            assertThat(sync.exitCode()).as(sync.err()).isZero();
            assertThat(sync.out()).contains("sending 1 of 3", "sending 3 of 3");
            assertThat(spool()).isEmpty();
            assertThat(plumb(down, "history", "sort", "--json").out().split("\"value\"", -1))
                    .as("points of the series")
                    .hasSize(4);
            assertThat(plumb(down, "sync").out()).isEqualTo("nothing is waiting to be sent\n");
        }
    }

    @Test
    void a_check_that_is_sent_again_counts_once() throws IOException {
        try (LoopbackServer server = new LoopbackServer(folder.resolve("server"))) {
            server.fallSilent(true);
            CapturedRun lost = plumb(server.variables(), "check", "run.csv");
            assertThat(lost.exitCode()).as(lost.err()).isEqualTo(ExitCode.UNDECIDED);
            server.fallSilent(false);

            CapturedRun sync = plumb(server.variables(), "sync");

            assertThat(sync.out()).contains("sent; exit code 0");
            assertThat(server.calls.get()).isEqualTo(2);
            assertThat(plumb(server.variables(), "history", "sort", "--json")
                            .out()
                            .split("\"value\"", -1))
                    .hasSize(2);
        }
    }

    @Test
    void an_answer_that_breaks_off_is_none() throws IOException {
        try (LoopbackServer server = new LoopbackServer(folder.resolve("server"))) {
            server.breakOff(true);
            CapturedRun lost = plumb(server.variables(), "check", "run.csv");
            assertThat(lost.exitCode()).as(lost.err()).isEqualTo(ExitCode.UNDECIDED);
            assertThat(lost.err()).contains("cut off", "not lost");
            assertThat(lost.out()).isEmpty();
            server.breakOff(false);

            assertThat(plumb(server.variables(), "sync").out()).contains("sent; exit code 0");
            assertThat(plumb(server.variables(), "history", "sort", "--json")
                            .out()
                            .split("\"value\"", -1))
                    .hasSize(2);
        }
    }

    @Test
    void what_the_server_rejects_for_good_is_set_aside_and_the_rest_is_sent() throws IOException {
        Map<String, String> down = nobody();
        plumb(down, "record", "run.csv");
        plumb(down, "record", "run.csv");
        Path broken = work.resolve(".plumbline/spool").resolve(spool().get(0));
        Files.writeString(broken, "cut off by a full disk");
        int port = Integer.parseInt(down.get("PLUMBLINE_SERVER").replaceAll(".*:", ""));
        try (LoopbackServer server = new LoopbackServer(folder.resolve("server"), port)) {
            assertThat(server.variables()).containsEntry("PLUMBLINE_SERVER", down.get("PLUMBLINE_SERVER"));
            CapturedRun sync = plumb(down, "sync");

            assertThat(sync.exitCode()).isEqualTo(ExitCode.WRONG);
            assertThat(sync.err()).contains("rejected: ", "set aside: ");
            assertThat(sync.out()).contains("sending 2 of 2", "sent; exit code 0");
            assertThat(spool()).containsExactly("rejected");
            assertThat(work.resolve(".plumbline/spool/rejected").resolve(broken.getFileName() + ".txt"))
                    .content()
                    .contains("is not a ZIP archive");
            assertThat(plumb(down, "history").out()).contains("sort");
        }
    }

    @Test
    void a_half_written_file_of_a_killed_process_is_not_sent() throws IOException {
        Map<String, String> down = nobody();
        plumb(down, "record", "run.csv");
        Files.writeString(work.resolve(".plumbline/spool/20260101T000000.000-killed-in-the-middle.zip.part"), "PK");
        int port = Integer.parseInt(down.get("PLUMBLINE_SERVER").replaceAll(".*:", ""));
        try (LoopbackServer server = new LoopbackServer(folder.resolve("server"), port)) {
            assertThat(server.variables()).containsEntry("PLUMBLINE_SERVER", down.get("PLUMBLINE_SERVER"));
            CapturedRun sync = plumb(down, "sync");
            assertThat(sync.out()).contains("sending 1 of 1");
            assertThat(sync.exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | does not know the token",
                "403 | the database is being moved",
                "404 | there is no project acme/parser",
                "413 | larger than",
                "418 | HTTP 418",
                "302 | HTTP 302"
            })
    void a_refusal_is_told_in_words_and_nothing_is_kept(int status, String words) throws IOException {
        try (LoopbackServer server = new LoopbackServer(folder.resolve("server"))) {
            server.answerWith(status, "");

            CapturedRun run = plumb(server.variables(), "check", "run.csv");

            assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
            assertThat(run.err()).contains(words).doesNotContain(LoopbackServer.TOKEN, "internal error");
            assertThat(spool()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503", "504"})
    void a_server_that_cannot_work_now_is_as_one_that_is_down(int status) throws IOException {
        try (LoopbackServer server = new LoopbackServer(folder.resolve("server"))) {
            server.answerWith(status, "");
            assertThat(plumb(server.variables(), "check", "run.csv").err())
                    .contains("cannot work now (HTTP " + status + "): the database is being moved", "not lost");
            assertThat(spool()).hasSize(1);
        }
    }

    @Test
    void a_busy_server_is_waited_for_as_it_asks() throws IOException {
        try (LoopbackServer server = new LoopbackServer(folder.resolve("server"))) {
            server.answerWith(429, "120");
            assertThat(plumb(server.variables(), "check", "run.csv").err())
                    .contains("is at its limit now; try again in 120 s");
            server.answerWith(429, "1");
            long start = System.nanoTime();
            assertThat(plumb(server.variables(), "history").exitCode()).isEqualTo(ExitCode.WRONG);
            assertThat(System.nanoTime() - start).isGreaterThan(2_900_000_000L);
        }
    }

    @Test
    void the_token_is_kept_in_a_file_that_only_its_owner_can_read() throws IOException {
        try (LoopbackServer server = new LoopbackServer(folder.resolve("server"))) {
            Map<String, String> variables = new HashMap<>(server.variables());
            variables.remove("PLUMBLINE_TOKEN");
            variables.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
            assertThat(plumb(variables, "history").err())
                    .contains("there is no token for", "plumb login", "PLUMBLINE_TOKEN");

            Path file = folder.resolve("config/plumbline/credentials");
            assertThat(login(variables, "wrong token\n").err()).contains("a token must have");
            assertThat(file).doesNotExist();
            CapturedRun refused = login(variables, "token-of-bob\n");
            assertThat(refused.exitCode()).isEqualTo(ExitCode.WRONG);
            assertThat(refused.err()).contains("does not know the token");
            assertThat(file).doesNotExist();
            CapturedRun login = login(variables, LoopbackServer.TOKEN + "\n");
            assertThat(login.exitCode()).as(login.err()).isZero();
            assertThat(login.out()).contains("is kept in").doesNotContain(LoopbackServer.TOKEN);

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(plumb(variables, "record", "run.csv").exitCode()).isZero();
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(plumb(variables, "history").err()).contains("others can read this file of tokens");
        }
    }

    @Test
    void an_address_of_something_else_is_no_server() throws IOException {
        HttpServer page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, 13);
            exchange.getResponseBody().write("<p>Hello.</p>".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        page.start();
        try {
            Map<String, String> variables =
                    at("http://127.0.0.1:" + page.getAddress().getPort());
            for (CapturedRun run : List.of(login(variables, "token-of-ann\n"), plumb(variables, "record", "run.csv"))) {
                assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
                assertThat(run.err()).contains("is not a Plumbline server: it answers with text/html");
            }
        } finally {
            page.stop(0);
        }
    }

    @Test
    void what_is_sent_and_fails_fails_the_command() throws IOException {
        Map<String, String> down = nobody();
        int port = Integer.parseInt(down.get("PLUMBLINE_SERVER").replaceAll(".*:", ""));
        try (LoopbackServer server = new LoopbackServer(folder.resolve("server"), port)) {
            for (int i = 0; i < 12; i++) {
                Files.writeString(work.resolve("run.csv"), results(100 + 0.1 * i % 0.7));
                String time = "2026-01-%02dT12:00:00Z".formatted(i + 1);
                assertThat(plumb(server.variables(), "record", "run.csv", "--time", time)
                                .exitCode())
                        .isZero();
            }
        }
        Files.writeString(work.resolve("run.csv"), results(200));
        assertThat(plumb(down, "check", "run.csv").exitCode()).isEqualTo(ExitCode.UNDECIDED);
        try (LoopbackServer server = new LoopbackServer(folder.resolve("server"), port)) {
            CapturedRun sync = plumb(server.variables(), "sync");
            assertThat(sync.out()).contains("FAIL", "sent; exit code 1");
            assertThat(sync.exitCode()).isEqualTo(ExitCode.CLOSED);
            assertThat(spool()).isEmpty();
        }
    }

    private CapturedRun login(Map<String, String> variables, String input) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        java.io.ByteArrayOutputStream err = new java.io.ByteArrayOutputStream();
        int exitCode = dev.plumbline.cli.Plumb.answer(
                new dev.plumbline.cli.option.Terminal(
                        new java.io.ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new java.io.PrintStream(out, false, StandardCharsets.UTF_8),
                        new java.io.PrintStream(err, false, StandardCharsets.UTF_8),
                        work,
                        variables,
                        java.time.Clock.systemUTC(),
                        false,
                        false,
                        80),
                "login",
                "--token-stdin");
        return new CapturedRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void a_token_is_not_sent_where_others_can_read_it() throws IOException {
        CapturedRun run = plumb(at("http://perf.example.com"), "history");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(run.err()).contains("is not encrypted", "https://");
        assertThat(plumb(at("https://ann:secret@perf.example.com"), "history").err())
                .contains("must be the address of a server")
                .doesNotContain("secret");
    }

    @Test
    void a_history_that_an_option_names_stays_here() throws IOException {
        Map<String, String> down = nobody();

        assertThat(plumb(down, "record", "run.csv", "--store", "own.db").exitCode())
                .isZero();
        assertThat(plumb(down, "history", "--store", "own.db").out()).contains("sort");
        assertThat(plumb(down, "history", "--help").out()).contains("Usage: plumb history");
        assertThat(plumb(down, "history", "--wrong").err()).contains("unknown option");
    }

    @Test
    void a_server_writes_no_file_that_the_command_does_not_name() throws IOException {
        try (LoopbackServer server = new LoopbackServer(folder.resolve("server"))) {
            plumb(server.variables(), "record", "run.csv");
            server.alsoWrite(work.resolve("Makefile"), "all: ; rm -rf /");

            CapturedRun run = plumb(server.variables(), "report", "-o", "report.json");

            assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
            assertThat(run.err()).contains("wants to write", "Makefile");
            assertThat(work.resolve("Makefile")).doesNotExist();
            assertThat(work.resolve("report.json")).doesNotExist();
        }
    }

    @Test
    void settings_that_cannot_be_followed_there_are_told() throws IOException {
        try (LoopbackServer server = new LoopbackServer(folder.resolve("server"))) {
            assertThat(plumb(server.variables(), "check", "run.csv", "--confirm", "true")
                            .err())
                    .contains("--confirm measures on this machine");
            Files.writeString(work.resolve("plumbline.yaml"), "gate:\n  confirm: 'true {output}'\n");
            CapturedRun warned = plumb(server.variables(), "check", "run.csv");
            assertThat(warned.exitCode()).isZero();
            assertThat(warned.err()).contains("warning: gate.confirm is not run");
            assertThat(plumb(server.variables(), "check", "run.csv", "--confirm", "none")
                            .err())
                    .isEmpty();
            Files.writeString(work.resolve("plumbline.yaml"), "store: a.db\nserver: https://perf.example.com\n");
            assertThat(plumb(Map.of(), "history").err()).contains("\"server\" and \"store\" exclude each other");
            Files.writeString(work.resolve("plumbline.yaml"), "store: postgresql://ann:secret@db/perf\n");
            assertThat(plumb(server.variables(), "history").err())
                    .contains("names the database postgresql://ann@db/perf too")
                    .doesNotContain("secret");
        }
    }

    @Test
    void a_report_is_published_from_here() throws IOException {
        try (LoopbackServer server = new LoopbackServer(folder.resolve("server"))) {
            Map<String, String> variables = new HashMap<>(server.variables());
            variables.put("GITHUB_ACTIONS", "true");
            variables.put(
                    "GITHUB_STEP_SUMMARY",
                    Files.createFile(folder.resolve("summary.md")).toString());
            variables.put("GITHUB_REPOSITORY", "acme/parser");

            CapturedRun run = plumb(variables, "check", "run.csv", "--publish", "github-summary");

            assertThat(run.err()).contains("github-summary: ");
            assertThat(folder.resolve("summary.md")).content().contains("sort");
            assertThat(plumb(variables, "check", "run.csv", "--publish=nowhere").err())
                    .contains("unknown channel");
        }
    }
}
