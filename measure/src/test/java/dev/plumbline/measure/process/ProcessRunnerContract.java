package dev.plumbline.measure.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every runner promises. */
abstract class ProcessRunnerContract {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    abstract ProcessRunner runner();

    @Test
    void takes_the_wall_time_of_a_command() throws Exception {
        assertThat(run(command("sleep", "0.2")).wallNanos())
                .isBetween(TimeUnit.MILLISECONDS.toNanos(195), TimeUnit.SECONDS.toNanos(20));
    }

    @Test
    void tells_the_exit_code() throws Exception {
        assertThat(run(shell("exit 7")).exitCode()).isEqualTo(7);
        assertThat(run(shell("exit 7")).succeeded()).isFalse();
        assertThat(run(command("true")).succeeded()).isTrue();
    }

    @Test
    void tells_a_death_by_signal_as_shells_do() throws Exception {
        assertThat(run(shell("kill -TERM $$")).exitCode()).isEqualTo(128 + 15);
    }

    @Test
    void passes_words_on_without_a_shell() throws Exception {
        run(command("printf", "%s|", "two words", "$HOME", "`id`", "ü", ""));

        assertThat(output()).isEqualTo("two words|$HOME|`id`|ü||");
    }

    @Test
    void keeps_both_output_streams_and_gives_an_empty_input() throws Exception {
        run(shell("echo out; echo err >&2; cat; echo end"));

        assertThat(output()).isEqualTo("out\nerr\nend\n");
    }

    @Test
    void empties_the_output_file_first() throws Exception {
        run(shell("echo a long line"));
        run(shell("echo b"));

        assertThat(output()).isEqualTo("b\n");
    }

    @Test
    void runs_in_the_given_folder_with_exactly_the_given_variables() throws Exception {
        runner().run(
                        new Command(
                                List.of(
                                        "/bin/sh",
                                        "-c",
                                        "pwd -P; /usr/bin/env | grep -v -e '^PWD=' -e '^_=' -e '^SHLVL='"),
                                folder.toRealPath(),
                                Map.of("PLUMB_A", "1 2")),
                        out(),
                        LIMIT);

        assertThat(output()).isEqualTo(folder.toRealPath() + "\nPLUMB_A=1 2\n");
    }

    @Test
    void says_when_a_program_does_not_exist() {
        assertThatThrownBy(() -> run(command("no-such-program-anywhere")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("no-such-program-anywhere")
                .hasMessageContaining("cannot be started");
    }

    @Test
    void kills_a_command_and_what_it_started_at_its_limit() throws Exception {
        Path alive = folder.resolve("alive");
        Command command = shell("(sleep 3; touch '" + alive + "') & sleep 60");

        assertThatThrownBy(() -> runner().run(command, out(), Duration.ofMillis(300)))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("(sleep 3; touch '" + alive + "') & sleep 60: was killed after 0.3 s, its time limit");

        TimeUnit.MILLISECONDS.sleep(3_500);
        assertThat(alive).doesNotExist();
    }

    @Test
    void a_limit_shorter_than_the_one_before_holds_too_and_none_is_left_over() throws Exception {
        ProcessRunner runner = runner();
        runner.run(command("true"), out(), Duration.ofHours(1));
        assertThatThrownBy(() -> runner.run(command("sleep", "20"), out(), Duration.ofMillis(200)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("was killed after 0.2 s");

        // the time at which the first of these would be killed falls into the second
        assertThat(runner.run(command("sleep", "0.2"), out(), Duration.ofMillis(800))
                        .succeeded())
                .isTrue();
        assertThat(runner.run(command("sleep", "1"), out(), Duration.ofSeconds(30))
                        .succeeded())
                .isTrue();
        assertThatThrownBy(() -> runner.run(command("sleep", "20"), out(), Duration.ofMillis(200)))
                .isInstanceOf(CommandFailure.class);
    }

    @Test
    void the_same_command_runs_again_as_the_first_time() throws Exception {
        Command count = shell("echo $A; ls | wc -l; touch \"$(ls | wc -l)\"");
        for (int i = 0; i < 3; i++) {
            run(new Command(count.words(), folder, Map.of("PATH", System.getenv("PATH"), "A", "a" + i % 2)));

            assertThat(output()).matches("a" + i % 2 + "\\s+" + (i + 1) + "\n");
        }
    }

    @Test
    void cancelling_ends_what_runs_and_lets_nothing_more_start() throws Exception {
        ProcessRunner runner = runner();
        Thread canceller = new Thread(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(300);
            } catch (InterruptedException e) {
                return;
            }
            runner.cancel();
        });
        canceller.start();

        assertThatThrownBy(() -> runner.run(command("sleep", "60"), out(), Duration.ofSeconds(70)))
                .isInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> runner.run(command("true"), out(), LIMIT)).isInstanceOf(InterruptedException.class);
        canceller.join();
    }

    final Execution run(Command command) throws IOException, InterruptedException {
        return runner().run(command, out(), LIMIT);
    }

    final Command command(String... words) {
        return new Command(List.of(words), folder, Map.of("PATH", System.getenv("PATH"), "LC_ALL", "C.UTF-8"));
    }

    final Command shell(String line) {
        return Command.shell(line, folder, Map.of("PATH", System.getenv("PATH")));
    }

    private Path out() {
        return folder.resolve("out.txt");
    }

    private String output() throws IOException {
        return Files.readString(out());
    }
}
