package dev.plumbline.pipeline.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.ConfigurationFile;
import dev.plumbline.pipeline.config.ConfiguredSuite;
import dev.plumbline.pipeline.config.MeasuringSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several suites measured as one. */
class JointTaskTest {
    @TempDir
    private Path folder;

    private List<ConfiguredSuite> suites(String text) throws IOException {
        return ConfigurationFile.read(
                        Files.writeString(folder.resolve("plumbline.yaml"), "suites:\n" + text.indent(2)), folder)
                .suites();
    }

    private JointTask joint(String text) throws IOException {
        return JointTask.of(MeasuringSettings.NOTHING, suites(text));
    }

    private MeasuringSettings options(String text) throws IOException {
        return suites("options: {command: x, " + text + "}").get(0).settings();
    }

    /** The length and surroundings of options, without a command. */
    private static MeasuringSettings withoutCommand(MeasuringSettings options) {
        return new MeasuringSettings(MeasuringSettings.NOTHING.what(), options.around(), options.length());
    }

    @Test
    void budgets_add_up_and_the_longest_limit_holds_for_all() throws IOException {
        JointTask task = joint("""
                a: {command: ./a, budget: 2 min, limit: 30 s}
                b: {command: ./b, budget: 90 s, limit: 3 min}
                c: {command: ./c}
                """);

        assertThat(task.budget())
                .as("5 min for the suite that says nothing")
                .isEqualTo(Duration.ofSeconds(120 + 90 + 300));
        assertThat(task.limit()).isEqualTo(Duration.ofMinutes(10));
        assertThat(task.target()).isInstanceOf(Target.Several.class);
    }

    @Test
    void an_option_sets_the_budget_of_all_together() throws IOException {
        JointTask task = JointTask.of(
                withoutCommand(options("budget: 1 min, limit: 5 s")),
                suites("a: {command: ./a, budget: 2 min}\nb: {command: ./b, limit: 9 min}\n"));

        assertThat(task.budget()).isEqualTo(Duration.ofMinutes(1));
        assertThat(task.limit()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void one_suite_is_its_own_target() throws IOException {
        assertThat(joint("a: {command: ./a}").target()).isNotInstanceOf(Target.Several.class);
    }

    @Test
    void the_same_build_of_several_suites_is_made_once_and_different_ones_are_refused() throws IOException {
        assertThat(joint("a: {command: ./a, build: make}\nb: {command: ./b, build: make}\nc: {command: ./c}\n")
                        .build())
                .contains("make");
        assertThatThrownBy(() -> joint("a: {command: ./a, build: make}\nb: {command: ./b, build: make b}\n"))
                .isInstanceOf(WrongRequest.class)
                .hasMessage("the suites have different build commands; give one for all of them with --build");
        assertThat(JointTask.of(
                                withoutCommand(options("build: make all")),
                                suites("a: {command: ./a, build: make}\nb: {command: ./b, build: make b}\n"))
                        .build())
                .contains("make all");
    }

    @Test
    void without_suites_the_options_say_what_to_measure() throws IOException {
        JointTask task = JointTask.of(options("build: make, budget: 7 min"), List.of());

        assertThat(task.build()).contains("make");
        assertThat(task.budget()).isEqualTo(Duration.ofMinutes(7));
        assertThat(task.seed()).isEqualTo(1);
    }

    @Test
    void without_suites_and_options_there_is_nothing_to_measure() {
        assertThatThrownBy(() -> JointTask.of(MeasuringSettings.NOTHING, List.of()))
                .isInstanceOf(WrongRequest.class);
    }

    @Test
    void a_suite_and_an_option_that_contradict_each_other_are_told_with_the_suite() throws IOException {
        assertThatThrownBy(() -> JointTask.of(options("runs: 3"), suites("a: {command: ./a}")))
                .isInstanceOf(WrongRequest.class)
                .hasMessageStartingWith("suite a: ");
    }
}
