package dev.plumbline.pipeline.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.ConfigurationFile;
import dev.plumbline.pipeline.config.ConfiguredSuite;
import dev.plumbline.pipeline.config.MeasuringSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PickSuitesTest {
    @TempDir
    private Path folder;

    private Configuration configuration;

    @BeforeEach
    void threeSuites() throws IOException {
        configuration = ConfigurationFile.read(Files.writeString(folder.resolve("plumbline.yaml"), """
                        suites:
                          startup: {command: ./a, tags: [quick, cpu], runs: 3}
                          memory: {command: ./b, tags: memory}
                          sorting: {jmh: a.jar, tags: [cpu]}
                        """), folder);
    }

    private List<String> picked(List<String> names, List<String> tags) throws WrongRequest {
        return new PickSuites(configuration)
                .pick(names, tags).stream().map(ConfiguredSuite::name).toList();
    }

    @Test
    void names_come_in_their_order_then_those_with_a_tag_in_the_order_of_the_file_each_once() throws WrongRequest {
        assertThat(picked(List.of("sorting", "startup"), List.of())).containsExactly("sorting", "startup");
        assertThat(picked(List.of(), List.of("cpu"))).containsExactly("startup", "sorting");
        assertThat(picked(List.of("memory", "memory"), List.of("cpu", "quick", "memory")))
                .containsExactly("memory", "startup", "sorting");
        assertThat(picked(List.of(), List.of())).isEmpty();
    }

    @Test
    void a_name_or_tag_that_is_not_there_is_answered_with_those_that_are() throws IOException {
        assertThatThrownBy(() -> picked(List.of("strtup"), List.of()))
                .isInstanceOf(WrongRequest.class)
                .hasMessage("unknown suite 'strtup'; the configuration has startup, memory, sorting; did you mean"
                        + " \"startup\"? Put a command to measure after --");
        assertThatThrownBy(() -> picked(List.of(), List.of("qick")))
                .isInstanceOf(WrongRequest.class)
                .hasMessage("no suite in the configuration has the tag 'qick'; the tags are quick, cpu, memory; did"
                        + " you mean \"quick\"?");
        configuration = Configuration.DEFAULT;
        assertThatThrownBy(() -> picked(List.of("x"), List.of()))
                .hasMessageStartingWith("unknown suite 'x'; the configuration has none");
        assertThatThrownBy(() -> picked(List.of(), List.of("x"))).hasMessageEndingWith("the tags are none");
    }

    @Test
    void what_both_an_option_and_a_suite_say_of_what_to_measure_is_refused_with_the_suite() throws IOException {
        ConfiguredSuite suite = configuration.suites().get(0);

        assertThat(PickSuites.over(MeasuringSettings.NOTHING, suite)).isEqualTo(suite.settings());
        assertThatThrownBy(() -> PickSuites.over(suite.settings(), suite))
                .isInstanceOf(WrongRequest.class)
                .hasMessageStartingWith("suite startup: a suite defines its command");
    }
}
