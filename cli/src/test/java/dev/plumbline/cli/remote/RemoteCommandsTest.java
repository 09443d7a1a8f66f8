package dev.plumbline.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.CapturedRun;
import dev.plumbline.cli.TestGit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server runs commands as this process does, to the byte. */
class RemoteCommandsTest {
    private static final Instant FIRST = Instant.parse("2026-01-01T09:00:00Z");
    private static final List<String> BENCHMARKS = List.of("Sort.quick", "Sort.merge", "Codec.parse", "Hash.get");

    @TempDir
    private Path folder;

    /** A repository in which a command is typed at each step, and what was answered. */
    private static final class Story {
        private final Path repository;
        private final Map<String, String> variables;
        private final List<String> answers = new ArrayList<>();
        private int commits;

        Story(Path repository, Map<String, String> variables) throws IOException, InterruptedException {
            this.repository = Files.createDirectories(repository);
            this.variables = variables;
            git("init", "-q", "--template=", "-b", "main", ".");
            git("remote", "add", "origin", "https://ann:secret@github.com/acme/parser.git");
            Files.writeString(repository.resolve(".gitignore"), ".plumbline/\n*.csv\n*.html\n*.json\nout/\n");
            Files.writeString(repository.resolve("plumbline.yaml"), "policy:\n  margin: 2 %\n");
        }

        void git(String... arguments) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(
                    List.of("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "merge.ff=true"));
            command.addAll(List.of(arguments));
            TestGit.at(FIRST.plusSeconds(36_000L * commits), repository, command.toArray(String[]::new));
        }

        void commit(String subject) throws IOException, InterruptedException {
            commits++;
            Files.writeString(
                    repository.resolve("Sort.java"),
                    subject + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            git("add", "-A", ".");
            git("commit", "-q", "-m", subject);
        }

        void results(String name, double sort) throws IOException {
            Random random = new Random(commits);
            StringBuilder table = new StringBuilder("benchmark,metric,unit,better,value\n");
            for (int i = 0; i < BENCHMARKS.size(); i++) {
                for (int value = 0; value < 5; value++) {
                    table.append(String.format(
                            Locale.ROOT,
                            "%s,time,ms,lower,%.4f%n",
                            BENCHMARKS.get(i),
                            100 * (i + 1) * (i == 0 ? sort : 1) * (1 + 0.006 * random.nextGaussian())));
                }
            }
            Path file = repository.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, table.toString());
        }

        CapturedRun plumb(String command) {
            return plumb(repository, command);
        }

        CapturedRun plumb(Path directory, String command) {
            CapturedRun run = CapturedRun.of(directory, variables, command.split(" ", -1));
            answers.add(command + " → " + run.exitCode() + "\n" + run.out() + "--- err\n" + run.err());
            return run;
        }

        /** What every command answered, and every file that lies there in the end, without where that is. */
        List<String> everything() throws IOException {
            List<String> all = new ArrayList<>(answers);
            try (Stream<Path> files = Files.walk(repository)) {
                TreeMap<String, String> contents = new TreeMap<>();
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = repository.relativize(file).toString();
                    if (!name.startsWith(".git/") && !name.startsWith(".plumbline")) {
                        contents.put(name, Files.readString(file, StandardCharsets.UTF_8));
                    }
                }
                contents.forEach((name, content) -> all.add(name + "\n" + content));
            }
            return all.stream()
                    .map(text -> text.replace(repository.toString(), "REPOSITORY"))
                    .toList();
        }
    }

    private static void tell(Story story) throws IOException, InterruptedException {
        story.plumb("history");
        for (int i = 0; i < 12; i++) {
            story.commit("work " + i);
            story.results("run.csv", 1);
            story.plumb(i < 3 ? "record run.csv" : "check run.csv");
        }
        story.plumb("baseline establish --reason nightly");
        story.git("checkout", "-q", "-b", "feature");
        story.commit("sort in place");
        story.results("results/one.csv", 1.3);
        Files.writeString(story.repository.resolve("results/notes.txt"), "no results\n");
        story.plumb("check --dry-run results");
        story.plumb("check results --json");
        story.plumb("check results/one.csv -o out/report.html -o -");
        story.plumb("check results/one.csv --baseline default --markdown");
        Path inside = Files.createDirectories(story.repository.resolve("deep/down"));
        story.plumb(inside, "check ../../results/one.csv");
        story.plumb(inside, "explain Sort.quick");
        story.plumb("check " + story.repository.resolve("results/one.csv"));
        story.plumb("check none.csv");
        story.plumb("record " + story.repository.resolve("results/notes.txt"));
        story.plumb("history");
        story.plumb("history Sort --json");
        story.git("checkout", "-q", "main");
        story.commit("work 12");
        story.results("run.csv", 1.3);
        story.plumb("check run.csv");
        story.commit("work 13");
        story.results("run.csv", 1.3);
        Files.writeString(story.repository.resolve("Sort.java"), "not committed\n", StandardOpenOption.APPEND);
        story.plumb("check run.csv --branch main");
        story.git("checkout", "-q", "Sort.java");
        story.plumb("check run.csv");
        story.plumb("incidents");
        story.plumb("incidents --json");
        story.plumb("triage list");
        story.plumb("triage acknowledge Sort.quick --reason looking");
        story.plumb("report");
        story.plumb("report --json -o out/report.json");
        story.plumb("report --kind executive --days 40");
        story.plumb("report -o nowhere/below/report.html");
        story.plumb("report --against main~3");
        story.plumb("dashboard -o out");
        story.plumb("compare results/one.csv run.csv");
        story.plumb("compare main~5 main");
        story.plumb("compare none.csv run.csv");
        story.plumb("analyze run.csv");
        story.plumb("calibrate --seed 1 --replays 20");
        story.plumb("threshold show Sort");
        story.plumb("threshold export out/settings.yaml");
        story.plumb("threshold tune --replays 20 --write");
        story.plumb("threshold import out/settings.yaml --write");
        story.plumb("accept Sort.quick --reason meant --write");
        story.plumb("accept --list");
        story.plumb("baseline establish");
        story.plumb("baseline show --json");
        story.plumb("baseline diff");
        story.plumb("baseline export out/baselines");
        story.plumb("baseline export out/baselines");
        story.plumb("check run.csv --baseline out/baselines");
        story.plumb("baseline import out/baselines --as other");
        story.plumb("baseline versions");
        story.plumb("series rename Hash.get Hash.find");
        story.plumb("series list");
        story.plumb("report --as sarif");
        story.plumb("explain");
        story.plumb("prune --days 10 --keep-runs 3 --yes");
        story.plumb("history --wrong");
    }

    @Test
    void every_command_answers_as_with_a_history_in_a_file() throws Exception {
        Story local = new Story(folder.resolve("there"), Map.of("USER", "ann"));
        tell(local);
        Story remote;
        try (LoopbackServer server = new LoopbackServer(folder.resolve("server"))) {
            remote = new Story(folder.resolve("other"), server.variables());
            tell(remote);
            assertThat(server.calls.get()).isGreaterThan(50);
            assertThat(server.folder().resolve("scratch")).isEmptyDirectory();
        }

        List<String> expected = local.everything();
        List<String> actual = remote.everything();
        for (int i = 0; i < expected.size(); i++) {
            assertThat(comparable(actual.get(i))).isEqualTo(comparable(expected.get(i)));
        }
        assertThat(actual).hasSameSizeAs(expected);
        assertThat(actual).noneMatch(answer -> answer.contains("internal error") || answer.contains("/server/"));
        assertThat(actual).anyMatch(answer -> answer.contains("REGRESSION"));
        assertThat(remote.repository.resolve(".plumbline")).doesNotExist();
    }

    /** A history that is not there yet has another name, and two databases do not need the same room. */
    private static String comparable(String answer) {
        return answer.replaceAll("there is no history \\S+ yet", "there is no history yet")
                .replaceAll("[0-9.]+ [kM]?i?B", "BYTES");
    }

    /** A token that may only record decides nothing: what a branch proposes is reviewed before it is on main. */
    @Test
    void an_acceptance_of_a_branch_holds_for_its_check_alone_until_it_is_on_main() throws Exception {
        try (LoopbackServer server = new LoopbackServer(folder.resolve("server"))) {
            Story story = new Story(folder.resolve("work"), server.variables());
            for (int i = 0; i < 10; i++) {
                story.commit("change " + i);
                story.results("run.csv", 1);
                story.plumb("check run.csv");
            }
            story.git("checkout", "-q", "-b", "slow");
            story.commit("slower");
            story.results("run.csv", 1.4);
            assertThat(story.plumb("check run.csv").exitCode()).isEqualTo(1);
            Files.createDirectories(folder.resolve("work/plumbline"));
            Files.writeString(folder.resolve("work/plumbline/acceptances.yaml"), """
                    - id: "a9500b532"
                      benchmark: "Sort.quick"
                      metric: "time"
                      change: 0.4
                      reason: "agreed"
                      by: "rita"
                      at: "2026-01-02T00:00:00Z"
                    """);
            story.commit("accept it");
            story.results("run.csv", 1.4);
            assertThat(story.plumb("check run.csv").exitCode()).isZero();
            story.git("checkout", "-q", "main");
            assertThat(story.plumb("accept --list").out()).doesNotContain("rita");

            story.git("merge", "-q", "slow");
            story.results("run.csv", 1.4);
            assertThat(story.plumb("check run.csv").exitCode()).isZero();
            assertThat(story.plumb("accept --list").out()).contains("rita");
        }
    }
}
