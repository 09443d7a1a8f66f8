package dev.plumbline.pipeline.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.GitFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under which name somebody acts. */
class AuthorTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void aRepositoryOfGit() throws IOException {
        new GitFolder(folder).git("config", "user.name", "Gitta");
    }

    private String name(Optional<String> given, Map<String, String> variables) {
        return Author.of(given, folder, variables, "because").name();
    }

    private String name(Map<String, String> variables) {
        return name(Optional.empty(), variables);
    }

    @Test
    void the_name_that_was_given_wins_over_all_others() {
        assertThat(name(Optional.of("Ann"), Map.of("GITHUB_ACTOR", "octo", "USER", "ann")))
                .isEqualTo("Ann");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GITHUB_ACTOR", "GITLAB_USER_LOGIN", "BUILD_USER_ID", "BUILDKITE_BUILD_CREATOR"})
    void whoever_started_a_ci_build_comes_before_the_user_of_its_machine(String variable) {
        assertThat(name(Map.of("USER", "runner", "USERNAME", "runner", variable, "octo")))
                .isEqualTo("octo");
    }

    @Test
    void the_user_of_the_machine_comes_before_the_name_that_git_has() {
        assertThat(name(Map.of("USER", "ann"))).isEqualTo("ann");
        assertThat(name(Map.of("USERNAME", "ann"))).isEqualTo("ann");
        assertThat(name(Map.of("USER", "ann", "USERNAME", "other"))).isEqualTo("ann");
        assertThat(name(Map.of())).isEqualTo("Gitta");
    }

    @Test
    void the_author_that_git_would_take_from_the_environment_comes_before_the_user_and_the_name_that_git_has() {
        assertThat(name(Map.of("GIT_AUTHOR_NAME", "Ann", "USER", "root"))).isEqualTo("Ann");
        assertThat(name(Map.of("GIT_AUTHOR_NAME", "Ann"))).isEqualTo("Ann");
        assertThat(name(Map.of("GIT_AUTHOR_NAME", "bot", "GITHUB_ACTOR", "octo")))
                .isEqualTo("octo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void a_blank_variable_names_nobody(String blank) {
        assertThat(name(Map.of("GITHUB_ACTOR", blank, "USER", "ann"))).isEqualTo("ann");
        assertThat(name(Map.of("GITHUB_ACTOR", blank, "USER", blank))).isEqualTo("Gitta");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void a_blank_name_that_was_given_is_refused_rather_than_replaced(String blank) {
        assertThatThrownBy(() -> name(Optional.of(blank), Map.of("USER", "ann")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("your name is unknown; give one");
    }

    @Test
    void the_reason_is_kept_as_it_was_written() {
        assertThat(Author.of(Optional.of("Ann"), folder, Map.of(), " a\nb ").reason())
                .isEqualTo(" a\nb ");
    }
}
