package dev.plumbline.pipeline.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.GitFolder;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.repository.Git;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commit that a person names, in a real repository. */
class OverridesTest {
    @TempDir
    private Path folder;

    private GitFolder repository;
    private String first;

    @BeforeEach
    void twoCommits() throws IOException {
        repository = new GitFolder(folder.resolve("repository"));
        first = repository.commit("file", "1");
        repository.git("tag", "v1");
        repository.commit("file", "2");
    }

    private static Overrides of(String commit) {
        return new Overrides(Optional.of(commit), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void whatever_git_understands_becomes_the_whole_commit_with_its_time() throws WrongRequest {
        for (String name : new String[] {"v1", "HEAD~1", "main^", first.substring(0, 9), first}) {
            Overrides resolved = of(name).resolved(repository.folder());
            assertThat(resolved.commit()).as(name).hasValue(first);
            assertThat(resolved.time()).as(name).hasValue(GitFolder.time(0));
        }
    }

    @Test
    void a_time_that_a_person_gave_stays() throws WrongRequest {
        Instant given = Instant.parse("2020-02-02T02:02:02Z");
        Overrides resolved = new Overrides(Optional.of("v1"), Optional.empty(), Optional.of(given), Optional.empty())
                .resolved(repository.folder());

        assertThat(resolved.commit()).hasValue(first);
        assertThat(resolved.time()).hasValue(given);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456",
                "0123456789abcdef",
                "ABCDEF0123",
                "0123456789-dirty",
                "0123456789012345678901234567890123456789012345678901234567890123"
            })
    void an_id_that_the_repository_lacks_stays_as_it_is(String id) throws WrongRequest {
        assertThat(of(id).resolved(repository.folder())).isEqualTo(of(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"412", "r1234", "nosuchref", "abcdef", "xyz-dirty", "-dirty", "feature/x"})
    void words_of_other_version_controls_are_taken_where_there_is_no_repository_and_refused_in_one(String word)
            throws WrongRequest {
        assertThat(of(word).resolved(folder)).isEqualTo(of(word));
        assertThatThrownBy(() -> of(word).resolved(repository.folder()))
                .isInstanceOf(WrongRequest.class)
                .hasMessage("--commit " + word
                        + ": unknown git revision; give a branch, a tag or at least 7 digits of a commit id");
    }

    @Test
    void a_word_of_a_repository_without_commits_is_refused_too() throws IOException {
        GitFolder young = new GitFolder(folder.resolve("young"));

        assertThatThrownBy(() -> of("nosuchref").resolved(young.folder()))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("unknown git revision");
    }

    @Test
    void no_commit_is_no_question() throws WrongRequest {
        assertThat(Overrides.NONE.resolved(repository.folder())).isEqualTo(Overrides.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"^v1", "HEAD~99", "nowhere^", "a..b", "@{u}", "two words", "v1:file"})
    void what_only_git_could_know_and_does_not_is_refused(String name) {
        assertThatThrownBy(() -> of(name).resolved(repository.folder()))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("--commit " + name)
                .hasMessageContaining("unknown git revision");
        assertThatThrownBy(() -> of(name).resolved(folder))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("not a git repository");
    }

    @Test
    void the_id_of_a_file_has_no_time() throws IOException {
        String file = repository.git("rev-parse", "HEAD:file");

        assertThat(of(file).dated(new Git(repository.folder()))).isEqualTo(of(file));
    }
}
