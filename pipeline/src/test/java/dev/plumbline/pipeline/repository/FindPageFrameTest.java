package dev.plumbline.pipeline.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.CommitTitle;
import dev.plumbline.report.html.PageFrame;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks a real git. */
class FindPageFrameTest {
    @TempDir
    private Path folder;

    private String git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "git",
                "-c",
                "user.name=Ada Lovelace",
                "-c",
                "user.email=ada@example.org",
                "-c",
                "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }

    private String commit(String message) throws Exception {
        Files.writeString(folder.resolve("a"), message);
        git("add", "a");
        git("commit", "--quiet", "-m", message);
        return git("rev-parse", "HEAD");
    }

    private static RunInfo run(String commit) {
        return new RunInfo(
                commit + "run",
                new RunHeader(
                        Revision.of(commit, "main"),
                        Environment.unknown(),
                        Optional.empty(),
                        Instant.EPOCH,
                        Collections.emptySortedMap()));
    }

    private PageFrame around(String... commits) {
        return new FindPageFrame(folder, Map.of())
                .around(Stream.of(commits).map(FindPageFrameTest::run).toList());
    }

    @Test
    void commits_have_their_messages_and_authors_and_those_that_git_does_not_know_have_none() throws Exception {
        git("init", "--quiet");
        String first = commit("Tidy up\n\nand more");
        String second = commit("Read twice");
        String unknown = "0".repeat(39) + "1";

        Map<String, CommitTitle> titles = around(
                        first, second + Revision.DIRTY, unknown, "", "--output=x", "not a commit")
                .titles();

        assertThat(titles)
                .containsOnly(
                        Map.entry(first, new CommitTitle("Ada Lovelace", "Tidy up")),
                        Map.entry(second, new CommitTitle("Ada Lovelace", "Read twice")));
        assertThat(around(first.substring(0, 10)).titles())
                .containsEntry(first.substring(0, 10), new CommitTitle("Ada Lovelace", "Tidy up"));
        assertThat(around(unknown).titles()).isEmpty();
    }

    @Test
    void authors_are_those_of_git_else_those_of_the_results() throws Exception {
        git("init", "--quiet");
        String known = commit("Tidy up");
        RunInfo foreign = run("0".repeat(39) + "1");
        RunHeader header = foreign.header();
        RunInfo reported = new RunInfo(
                foreign.id(),
                new RunHeader(
                        header.revision(),
                        header.environment(),
                        header.measuredAt(),
                        header.addedAt(),
                        new TreeMap<>(Map.of("commit.author", "Grace Hopper"))));

        CommitAuthors authors =
                FindAuthors.of(folder, Stream.of(known, "", "--output=x"), List.of(reported, run(known)));

        assertThat(authors.by(known)).isEqualTo(" by Ada Lovelace");
        assertThat(authors.by(header.revision().commit())).isEqualTo(" by Grace Hopper");
        assertThat(FindAuthors.of(folder, Stream.of(""), List.of(reported))).isEqualTo(CommitAuthors.UNKNOWN);
    }

    @Test
    void hundreds_of_commits_are_asked_for_in_several_calls() throws Exception {
        git("init", "--quiet");
        String first = commit("First");
        String[] commits = new String[450];
        for (int i = 0; i < commits.length; i++) {
            commits[i] = "%040x".formatted(i + 1);
        }
        commits[449] = first;

        assertThat(around(commits).titles()).containsOnlyKeys(first);
    }

    @Test
    void runs_of_another_repository_are_not_named_after_this_one() throws Exception {
        git("init", "--quiet");
        String here = commit("First");

        assertThat(around("0".repeat(39) + "1").project()).isEmpty();
        assertThat(around(here, "0".repeat(39) + "1").project()).isNotEmpty();
    }

    @Test
    void the_project_is_named_after_its_remote_or_its_folder() throws Exception {
        assertThat(around().project()).isEmpty();
        git("init", "--quiet");
        assertThat(around().project())
                .isEqualTo(folder.toRealPath().getFileName().toString());
        git("remote", "add", "origin", "https://user:secret@git.example.org/group/tally.git");
        assertThat(around().project()).isEqualTo("tally");
        assertThat(new FindPageFrame(folder, Map.of("GITHUB_REPOSITORY", "owner/other"))
                        .around(List.of())
                        .project())
                .isEqualTo("other");
    }
}
