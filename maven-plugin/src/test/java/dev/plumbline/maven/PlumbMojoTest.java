package dev.plumbline.maven;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.buildtool.PlumbCall;
import dev.plumbline.cli.option.ExitCode;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;

class PlumbMojoTest {
    private static PlumbCall.Answer answer(int code, String... err) {
        return new PlumbCall.Answer(code, List.of(), List.of(err));
    }

    @Test
    void a_gate_that_passes_lets_the_build_go_on() {
        assertThatCode(() -> PlumbMojo.settle(answer(ExitCode.OPEN), "")).doesNotThrowAnyException();
    }

    @Test
    void wrong_use_is_an_error_of_the_build_in_the_words_of_the_command_line() {
        assertThatThrownBy(() -> PlumbMojo.settle(answer(ExitCode.WRONG, "missing.json: no such file"), "fails"))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("missing.json: no such file");
    }

    @Test
    void a_gate_that_fails_or_holds_fails_the_build() {
        for (int code : List.of(ExitCode.CLOSED, ExitCode.UNDECIDED)) {
            assertThatThrownBy(() -> PlumbMojo.settle(answer(code), "1 regression"))
                    .isInstanceOf(MojoFailureException.class)
                    .hasMessage("1 regression");
        }
    }
}
