package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.store.postgres.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** A history in PostgreSQL answers whatever one in a file answers, to the byte. */
class SharedHistoryTest {
    private static final String PROJECT = "command-line";
    private static final int RUNS = 26;

    /** A suite in which the second benchmark gets slower with the last two runs. */
    private static final PlantedSuite SUITE = new PlantedSuite(7, 6).plant(1, RUNS - 2, 1.2);

    @TempDir
    private Path folder;

    @AfterEach
    void forget() throws SQLException {
        TestServer.forget(PROJECT);
    }

    private Path place(String name, String store) throws IOException {
        Path place = Files.createDirectory(folder.resolve(name));
        Files.writeString(place.resolve("plumbline.yaml"), "store: " + store + "\n");
        SUITE.file(place, 0, RUNS - 2);
        SUITE.file(place, RUNS - 2, RUNS - 1);
        SUITE.file(place, RUNS - 1, RUNS);
        return place;
    }

    /** What every one of these commands answers. */
    private static List<String> answers(Path place, String... commands) {
        List<String> answers = new ArrayList<>();
        for (String command : commands) {
            CapturedRun run = CapturedRun.of(place, command.split(" ", -1));
            answers.add(command + " → " + run.exitCode() + "\n" + run.out() + run.err());
        }
        return answers;
    }

    @Test
    void every_command_answers_as_with_a_file() throws IOException {
        String[] commands = {
            "history",
            "record runs-0-24.csv",
            "check --dry-run runs-24-25.csv",
            "check runs-24-25.csv",
            "baseline establish",
            "check runs-25-26.csv --json",
            "check runs-25-26.csv --baseline default",
            "history",
            "history b1 --json",
            "incidents",
            "explain b1",
            "report --json",
            "threshold show",
            "calibrate --seed 1 --replays 20",
            "accept b1 --reason meant",
            "accept --list",
            "series rename b2 c2",
            "baseline show --json",
            "history --json",
            "report",
            "prune --days 10 --keep-runs 3 --yes --json",
            "history c2"
        };
        List<String> inFile = answers(place("file", ".plumbline/history.db"), commands);
        List<String> onServer =
                answers(place("server", TestServer.project(PROJECT).toString()), commands);

        for (int i = 0; i < commands.length; i++) {
            assertThat(withoutSizes(onServer.get(i))).as(commands[i]).isEqualTo(withoutSizes(inFile.get(i)));
        }
        assertThat(onServer.get(1)).contains("recorded 144 measurements in 24 runs");
        assertThat(onServer.get(5)).contains("REGRESSION", "→ 1");
        assertThat(onServer).noneMatch(answer -> answer.contains("internal error"));
    }

    /** Two databases do not need the same room, and a history that is not there yet has a name. */
    private static String withoutSizes(String answer) {
        return answer.replaceAll("\"bytes(Before|After)\": \\d+", "")
                .replaceAll("there is no history \\S+ yet", "there is no history yet");
    }

    @Test
    void a_copy_answers_as_the_original_and_so_does_the_copy_of_it() throws IOException {
        Path place = place("file", "h.db");
        answers(place, "record runs-0-24.csv", "check runs-24-25.csv", "baseline establish", "series rename b2 c2");
        answers(place, "accept b1 --reason meant", "check runs-25-26.csv");
        String server = TestServer.project(PROJECT).toString();

        CapturedRun there = CapturedRun.of(place, "store", "copy", "h.db", server);
        CapturedRun back = CapturedRun.of(place, "store", "copy", server, "back.db", "--json");

        assertThat(there.exitCode()).as(there.err()).isEqualTo(ExitCode.OPEN);
        assertThat(back.exitCode()).as(back.err()).isEqualTo(ExitCode.OPEN);
        var json = JsonMapper.builder().build().readTree(back.out());
        assertThat(json.path("runs").asInt()).isEqualTo(RUNS);
        assertThat(there.out())
                .contains(
                        "copied 26 runs, with 156 measurements",
                        json.path("digest").asString());
        String[] commands = {"history --json", "report --json", "incidents --json", "accept --list", "baseline show"};
        List<String> original = answers(place, commands);
        for (String copy : List.of(server, "back.db")) {
            Files.writeString(place.resolve("plumbline.yaml"), "store: " + copy + "\n");
            assertThat(answers(place, commands)).as(copy).isEqualTo(original);
        }
        assertThat(CapturedRun.of(place, "check", "runs-25-26.csv").exitCode())
                .as("a copy takes further runs")
                .isIn(ExitCode.OPEN, ExitCode.CLOSED);
    }

    @Test
    void a_copy_goes_only_to_where_nothing_is() throws IOException {
        Path place = place("file", "h.db");
        answers(place, "record runs-0-24.csv");
        String server = TestServer.project(PROJECT).toString();
        CapturedRun.of(place, "record", "runs-24-25.csv", "--store", server);
        List<String> before = answers(place, "history --json --store " + server);

        CapturedRun run = CapturedRun.of(place, "store", "copy", "h.db", server);

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(run.err()).contains("is not empty and was left unchanged");
        assertThat(answers(place, "history --json --store " + server)).isEqualTo(before);
        assertThat(CapturedRun.of(place, "store", "copy", "none.db", server).err())
                .contains("there is no history", "none.db to copy");
        assertThat(place.resolve("none.db")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://ann:kept-secret@localhost:1/perf, cannot be reached",
        "postgresql://ann:kept-secret@localhost:none/perf, must be a number",
        "postgresql://ann:kept-secret@localhost, names no database",
        "postgresql://ann:kept-secret@localhost/perf?projekt=a, unknown setting",
        "postgresql://ann:kept-secret@localhost/perf?project=A, must have 1 to 50 characters",
        "postgresql:ann:kept-secret, must have the form",
    })
    void an_address_without_a_server_is_an_error_that_does_not_show_the_password(String address, String words)
            throws IOException {
        Path place = place("place", "h.db");
        for (String command : List.of("history", "record runs-0-24.csv", "check --dry-run runs-0-24.csv")) {
            CapturedRun option = CapturedRun.of(place, (command + " --store " + address).split(" ", -1));
            assertThat(option.exitCode()).isEqualTo(ExitCode.WRONG);
            assertThat(option.err()).contains(words).doesNotContain("kept-secret", "internal error");
            assertThat(option.out()).isEmpty();
        }
        Files.writeString(place.resolve("plumbline.yaml"), "store: " + address + "\n");
        CapturedRun file = CapturedRun.of(place, "history");
        assertThat(file.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(file.err()).contains(words).doesNotContain("kept-secret", "internal error");
    }

    @Test
    void the_configuration_is_shown_without_the_password() throws IOException {
        Path place = place("place", "postgresql://ann:kept-secret@db.example.com/perf?project=parser");

        for (String command : List.of("config", "config --json")) {
            CapturedRun run = CapturedRun.of(place, Map.of("PGPASSWORD", "other-secret"), command.split(" ", -1));
            assertThat(run.out())
                    .contains("postgresql://ann@db.example.com/perf?project=parser")
                    .doesNotContain("secret");
        }
    }
}
