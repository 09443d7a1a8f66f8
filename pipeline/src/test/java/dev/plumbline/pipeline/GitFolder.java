package dev.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real git repository in a folder; each commit an hour after the one before. */
public final class GitFolder {
    private final Path folder;
    private int commits;

    /** Makes it, with the branch {@code main} and no commit. */
    public GitFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        git("init", "-q", "--template=", "-b", "main");
    }

    private GitFolder(Path folder, int commits) {
        this.folder = folder;
        this.commits = commits;
    }

    /** The same repository once more, with all files in its folder; quicker than to make it again. */
    public GitFolder copyTo(Path other) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path from : below.toList()) {
                Path to = other.resolve(folder.relativize(from).toString());
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(from, to);
                }
            }
        }
        return new GitFolder(other, commits);
    }

    public Path folder() {
        return folder;
    }

    /** When the commit with this number, from 0 on, was made. */
    public static Instant time(int commit) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(3600L * commit);
    }

    /** Writes a file and commits it; the full id. */
    public String commit(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", file + ": " + text);
        commits++;
        return head();
    }

    public String head() throws IOException {
        return git("rev-parse", "HEAD");
    }

    public String git(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "user.name=Ann", "-c", "user.email=ann@example.org"));
        command.addAll(List.of("-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_AUTHOR_DATE", time(commits).toString());
        builder.environment().put("GIT_COMMITTER_DATE", time(commits).toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return output.strip();
    }
}
