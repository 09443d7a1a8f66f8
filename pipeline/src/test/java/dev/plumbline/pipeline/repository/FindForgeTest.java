package dev.plumbline.pipeline.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.report.html.Forge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks a real git. */
class FindForgeTest {
    @TempDir
    private Path folder;

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
    }

    private Optional<String> found(Map<String, String> variables) {
        return new FindForge(folder, variables).find().map(Forge::commits);
    }

    @Test
    void the_remote_tells_where_commits_can_be_looked_at() throws Exception {
        git("init", "--quiet");
        assertThat(found(Map.of())).isEmpty();
        git("remote", "add", "upstream", "git@gitlab.com:group/name.git");
        assertThat(found(Map.of())).contains("https://gitlab.com/group/name/-/commit/");
        git("remote", "add", "origin", "https://user:secret@github.com/owner/name.git");
        assertThat(found(Map.of())).contains("https://github.com/owner/name/commit/");
    }

    @Test
    void a_job_tells_the_address_of_a_forge_whose_name_says_nothing() throws Exception {
        git("init", "--quiet");
        git("remote", "add", "origin", "https://git.example.org/group/name.git");
        assertThat(found(Map.of())).isEmpty();
        assertThat(found(Map.of("CI_PROJECT_URL", "https://git.example.org/group/name")))
                .contains("https://git.example.org/group/name/-/commit/");
        assertThat(found(Map.of("GITHUB_SERVER_URL", "https://git.example.org", "GITHUB_REPOSITORY", "owner/name")))
                .contains("https://git.example.org/owner/name/commit/");
        assertThat(found(Map.of("CI_PROJECT_URL", "javascript:alert(1)"))).isEmpty();
        assertThat(found(Map.of("CI_PROJECT_URL", "https://user:secret@git.example.org/group/name")))
                .isEmpty();
    }

    @Test
    void outside_a_repository_nothing_is_known() {
        assertThat(found(Map.of())).isEmpty();
    }
}
