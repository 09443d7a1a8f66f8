package dev.plumbline.pipeline.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.NothingFound;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranges of a history whose first, third and fifth commit were measured; the second one has the tag v1. */
class RevisionRangeTest {
    @TempDir
    private Path folder;

    private final List<String> measured = new ArrayList<>();
    private Git git;

    @BeforeEach
    void fiveCommits() throws IOException, InterruptedException {
        git("init", "-q", "-b", "main");
        for (int i = 1; i <= 5; i++) {
            git("commit", "-q", "--allow-empty", "-m", "commit " + i);
            if (i == 2) {
                git("tag", "v1");
            }
            if (i % 2 == 1) {
                measured.add(new Git(folder).commitOf("HEAD").orElseThrow());
            }
        }
        git = new Git(folder);
    }

    private List<String> within(String from, String to) throws NothingFound {
        RevisionRange range = new RevisionRange(from, to).resolved(measured, git);
        return measured.subList(range.first(measured), range.end(measured));
    }

    @Test
    void names_that_git_knows_stand_for_their_commits() throws NothingFound {
        assertThat(within("HEAD~2", "")).isEqualTo(measured.subList(1, 3));
        assertThat(within("", "HEAD~2")).isEqualTo(measured.subList(0, 2));
        assertThat(within("HEAD~2", "HEAD~1")).isEqualTo(measured.subList(1, 2));
        assertThat(within("", "main")).isEqualTo(measured);
        assertThat(within(measured.get(1).substring(0, 12), "main")).isEqualTo(measured.subList(1, 3));
    }

    @Test
    void a_commit_that_was_not_measured_lies_between_those_that_were() throws NothingFound {
        assertThat(within("v1", "")).isEqualTo(measured.subList(1, 3));
        assertThat(within("", "v1")).isEqualTo(measured.subList(0, 1));
        assertThat(within("v1", "v1")).isEmpty();
    }

    @Test
    void a_name_that_nothing_knows_is_told() {
        assertThatThrownBy(() -> within("v9", ""))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("--from v9 is not the start");
        assertThatThrownBy(() -> within("", "--all"))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("--to --all is not the start");
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "user.name=Ann", "-c", "user.email=ann@example.org"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
