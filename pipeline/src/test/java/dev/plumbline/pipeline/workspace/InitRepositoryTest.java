package dev.plumbline.pipeline.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.GitFolder;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a repository is given to begin with. */
class InitRepositoryTest {
    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void aRepository() throws IOException {
        new GitFolder(folder).git("checkout", "-q", "-b", "trunk");
        files = new ResultFiles(folder);
    }

    private static InitRepository.Plan plan(String command, String results, Optional<String> branch, boolean force) {
        return new InitRepository.Plan(
                true,
                branch,
                command,
                results,
                Optional.empty(),
                "hosted",
                Optional.empty(),
                Optional.empty(),
                InitRepository.History.CACHE,
                false,
                force,
                false);
    }

    private long init(InitRepository.Plan plan) throws IOException {
        return new InitRepository(files.workspace(), plan)
                .init().stream().filter(InitRepository.Outcome::written).count();
    }

    @Test
    void what_is_there_is_left_unless_forced() throws IOException {
        assertThat(init(plan("make bench", "out", Optional.empty(), false))).isEqualTo(4);
        Path settings = folder.resolve(Configuration.FILE);
        Files.writeString(settings, "branch: mine\n");

        assertThat(init(plan("make bench", "out", Optional.empty(), false))).isZero();
        assertThat(settings).hasContent("branch: mine");

        assertThat(init(plan("make bench", "out", Optional.empty(), true))).isEqualTo(4);
        assertThat(Files.readString(settings)).doesNotContain("mine");
    }

    @Test
    void a_link_is_not_followed_even_when_forced() throws IOException {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "precious");
        Files.createSymbolicLink(folder.resolve(Configuration.FILE), elsewhere);

        init(plan("make bench", "out", Optional.empty(), true));

        assertThat(elsewhere).hasContent("precious");
        assertThat(folder.resolve(Configuration.FILE)).isSymbolicLink();
    }

    @Test
    void a_link_to_nothing_is_there_already() throws IOException {
        Files.createSymbolicLink(folder.resolve(Configuration.FILE), folder.resolve("nowhere"));

        init(plan("make bench", "out", Optional.empty(), false));

        assertThat(Files.isSymbolicLink(folder.resolve(Configuration.FILE))).isTrue();
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trunk", "release/1.0", "a\"b", "a'b", "a\\b", "#x", "@RESULTS@", "ümläut", "a: b"})
    void the_configuration_that_is_written_can_be_read_and_says_the_branch(String branch) throws IOException {
        init(plan("make bench", "out/@BRANCH@", Optional.of(branch), false));

        Configuration read = Workspace.configurationAround(folder);

        assertThat(read.branch().value()).hasValue(branch);
    }

    @Test
    void commands_stand_in_the_workflow_as_they_were_given() throws IOException {
        String command = "echo \"$HOME\" '@URL@' ${{ x }} \\\n\n  second: line # no comment";
        init(plan(command, "out", Optional.empty(), false));

        String workflow = Files.readString(folder.resolve(".github/workflows/plumbline.yml"));

        assertThat(workflow)
                .contains("          echo \"$HOME\" '@URL@' ${{ x }} \\\n")
                .contains("            second: line # no comment\n")
                .doesNotContain("@COMMAND@", "@BRANCH@", "#?");
    }

    @Test
    void what_a_workflow_cannot_hold_is_refused() {
        assertThatThrownBy(() -> plan(" ", "out", Optional.empty(), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plan("a\u0007", "out", Optional.empty(), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plan("make", "o\nut", Optional.empty(), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plan("make", "out", Optional.of("a\nb"), false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
