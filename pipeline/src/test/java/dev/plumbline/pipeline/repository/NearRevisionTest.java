package dev.plumbline.pipeline.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.GitFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearRevisionTest {
    @TempDir
    private Path folder;

    private GitFolder repository;
    private Git git;
    private String commit;

    @BeforeEach
    void namesAndACommit() throws IOException {
        repository = new GitFolder(folder.resolve("repository"));
        commit = repository.commit("a", "1");
        repository.git("tag", "release-1.2");
        repository.git("tag", "V2.0-RC1");
        repository.git("branch", "feature/parser");
        git = new Git(repository.folder());
    }

    @ParameterizedTest
    @CsvSource({
        "mian,main",
        "release-1.3,release-1.2",
        "relase-1.2,release-1.2",
        "V2.0-RC2,V2.0-RC1",
        "v2.0-rc1,V2.0-RC1",
        "feature/praser,feature/parser",
    })
    void a_name_with_a_slip_is_answered_with_the_nearest_branch_or_tag(String typed, String near) {
        assertThat(NearRevision.hint(typed, git)).isEqualTo("; did you mean \"" + near + "\"?");
        assertThat(NearRevision.isUnknown(typed, git)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"main", "release-1.2", "nothing-like-it", "''", "' '"})
    void what_is_a_name_already_or_near_to_none_is_answered_with_nothing(String typed) {
        assertThat(NearRevision.hint(typed, git)).isEmpty();
    }

    @Test
    void an_id_with_one_wrong_character_is_answered_with_the_beginning_of_the_right_one() {
        String beginning = commit.substring(0, 8);
        String wrong = beginning.substring(0, 5) + (beginning.charAt(5) == 'f' ? '0' : 'f') + beginning.substring(6);

        assertThat(NearRevision.hint(wrong, git)).isEqualTo("; did you mean \"" + beginning + "\"?");
        assertThat(NearRevision.hint(commit.substring(1, 9), git))
                .as("the first character was lost")
                .isEqualTo("; did you mean \"" + commit.substring(0, 8) + "\"?");
    }

    @Test
    void ids_of_the_history_that_git_does_not_have_count_too() {
        assertThat(NearRevision.hint("abcdef0", git, List.of("abcdef1234567890")))
                .isEqualTo("; did you mean \"abcdef1\"?");
        assertThat(NearRevision.hint("1234567", git, List.of("abcdef1234567890")))
                .isEmpty();
    }

    @Test
    void outside_of_a_repository_nothing_is_unknown_and_only_the_history_is_near() throws IOException {
        Git none = new Git(Files.createDirectory(folder.resolve("none")));

        assertThat(NearRevision.isUnknown("mian", none)).isFalse();
        assertThat(NearRevision.hint("mian", none)).isEmpty();
        assertThat(NearRevision.hint("abcdef0", none, List.of("abcdef1234567890")))
                .isNotEmpty();
    }
}
