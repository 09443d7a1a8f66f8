package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that came from anywhere: nothing that its own git configuration names is run, whatever the command. */
class ForeignRepositoryTest {
    private static final List<String> FILTERS = List.of("clean", "smudge", "odd");

    private static final List<String> HOOKS =
            List.of("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc");

    @TempDir
    private Path folder;

    /** Every program that ran leaves a file with its name here. */
    private Path ran;

    private Path repository;

    @BeforeEach
    void a_repository_whose_configuration_names_programs() throws Exception {
        ran = Files.createDirectory(folder.resolve("ran"));
        repository = Files.createDirectory(folder.resolve("repository"));
        git("init", "-q", "-b", "main", ".");
        Files.writeString(repository.resolve(".gitattributes"), "data.txt filter=own diff=own\n");
        for (int i = 1; i <= 4; i++) {
            Files.writeString(repository.resolve("data.txt"), "content " + i + "\n");
            git("add", "-A");
            git("-c", "user.name=Ann", "-c", "user.email=a@example.org", "commit", "-q", "-m", "commit " + i);
        }
        for (String hook : HOOKS) {
            Files.copy(Path.of(program("hook-" + hook)), repository.resolve(".git/hooks/" + hook));
        }
        configure("core.fsmonitor", program("fsmonitor"));
        configure("core.pager", program("pager"));
        configure("pager.log", program("pager"));
        configure("core.sshCommand", program("ssh"));
        configure("core.askPass", program("askpass"));
        configure("credential.helper", program("credential"));
        configure("gpg.program", program("gpg"));
        configure("log.showSignature", "true");
        configure("diff.external", program("external"));
        configure("diff.own.command", program("differ"));
        configure("diff.own.textconv", program("textconv"));
        configure("filter.own.clean", program("clean"));
        configure("filter.own.smudge", program("smudge"));
        configure("filter.own.required", "true");
        configure("hook.own.command", program("hook-configured"));
        configure("hook.own.event", "post-checkout");
        configure("remote.origin.url", "ext::" + program("transport"));
        configure("remote.origin.promisor", "true");
        configure("remote.origin.partialclonefilter", "blob:none");
        configure("protocol.ext.allow", "always");
        // the same content with another time: git reads it again, through the filter
        Files.setLastModifiedTime(repository.resolve("data.txt"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    }

    @Test
    void git_itself_would_run_them() throws Exception {
        attempt("status");
        attempt("diff", "HEAD~1");
        attempt("log", "-1", "0123456789012345678901234567890123456789");
        attempt("worktree", "add", "--detach", folder.resolve("other").toString(), "HEAD~1");

        assertThat(whatRan()).contains("fsmonitor", "clean", "smudge", "differ", "transport", "hook-post-checkout");
    }

    @Test
    void no_command_runs_any_of_them() throws Exception {
        String history = file("history.csv", table(0, 30));
        String result = file("new.csv", table(30, 1));
        String bare = file("bare.csv", "benchmark,metric,unit,better,value\nwork,time,ms,lower,1300\n");
        String unknown = "0123456789012345678901234567890123456789";
        for (String[] arguments : new String[][] {
            {"init"},
            {"record", history},
            {"record", bare},
            {"record", bare, "--commit", unknown},
            {"check", result, "--commit", "HEAD"},
            {"check", bare, "--cumulative", "release"},
            {"compare", "HEAD~1", result},
            {"history"},
            {"history", "--from", "HEAD~2"},
            {"incidents"},
            {"explain", "work"},
            {"report"},
            {"report", "--kind", "executive", "--since", "2026-01-01", "--until", "2026-02-01"},
            {"report", "--kind", "history"},
            {"dashboard", "-o", "dashboard.html"},
            {"triage", "list"},
            {"accept", "work", "--reason", "known"},
            {"baseline", "establish", "--revision", "HEAD"},
            {"baseline", "show"},
            {"threshold", "show", "work"},
            {"calibrate", "--replays", "1"},
            {"series", "list"},
            {"prune"},
            {"config"},
            {"run", "--runs", "2", "--min-time", "1ms", "-c", "true"},
            {"pr", "--base", "HEAD~1", "--budget", "2s", "-c", "cat data.txt"},
            {
                "bisect",
                "work",
                "--good",
                "HEAD~2",
                "--bad",
                "HEAD",
                "--max-runs",
                "6",
                "--result",
                "out.csv",
                "-c",
                "cp '" + bare + "' out.csv"
            },
        }) {
            CapturedRun run = CapturedRun.of(repository, arguments);

            assertThat(whatRan()).as(String.join(" ", arguments)).isEmpty();
            assertThat(run.err())
                    .as(String.join(" ", arguments))
                    .doesNotContain("Usage", "Unknown option", "Try: ", "git could not check it out");
        }
        assertThat(repository.resolve("dashboard.html")).exists();
    }

    @Test
    void a_working_copy_is_checked_out_and_looked_at_without_the_filters_of_the_repository() throws Exception {
        String made = folder.resolve("made").toString();

        CapturedRun run = CapturedRun.of(
                repository, "pr", "--base", "HEAD~1", "--budget", "2s", "-c", "cat data.txt >>'" + made + "'");

        assertThat(Files.readString(Path.of(made))).as(run.err()).contains("content 3\n", "content 4\n");
        assertThat(whatRan()).isEmpty();
        assertThat(CapturedRun.of(repository, "record", file("bare.csv", "benchmark,value,unit\nwork,1,ms\n"))
                        .exitCode())
                .isZero();
        assertThat(CapturedRun.of(repository, "history", "--points").out())
                .as("the file has another time and the same content")
                .doesNotContain("-dirty");
    }

    @Test
    void a_filter_that_cannot_be_switched_off_is_not_run_either() throws Exception {
        Files.writeString(repository.resolve(".gitattributes"), "data.txt filter=a=b\n");
        Files.writeString(
                repository.resolve(".git/config"),
                "[filter \"a=b\"]\n\tclean = " + program("odd") + "\n\tsmudge = " + program("odd") + "\n",
                java.nio.file.StandardOpenOption.APPEND);

        CapturedRun recorded =
                CapturedRun.of(repository, "record", file("bare.csv", "benchmark,value,unit\nwork,1,ms\n"));
        CapturedRun pr = CapturedRun.of(repository, "pr", "--base", "HEAD~1", "--budget", "2s", "-c", "true");

        assertThat(recorded.exitCode()).as(recorded.err()).isZero();
        assertThat(pr.err()).contains("git could not check it out");
        assertThat(whatRan()).isEmpty();
    }

    private static String table(int first, int count) {
        StringBuilder table = new StringBuilder("benchmark,metric,unit,better,value,commit,branch,commit_time\n");
        for (int i = first; i < first + count; i++) {
            table.append("work,time,ms,lower,")
                    .append((i >= 20 ? 1300 : 1000) + i * 7 % 5)
                    .append(String.format(",%08x,main,2026-01-%02dT00:00:00Z%n", i + 1, 1 + i));
        }
        return table.toString();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    /** A program that says that it ran; a filter hands on what it is given. */
    private String program(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(
                file, "#!/bin/sh\n: >'" + ran.resolve(name) + "'\n" + (FILTERS.contains(name) ? "exec cat\n" : ""));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    private List<String> whatRan() throws IOException {
        try (Stream<Path> files = Files.list(ran)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void configure(String key, String value) throws Exception {
        git("config", key, value);
    }

    private void git(String... arguments) throws Exception {
        Process process = start(arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    /** The same of a command that may fail. */
    private void attempt(String... arguments) throws Exception {
        Process process = start(arguments);
        process.getInputStream().readAllBytes();
        process.waitFor();
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true);
        builder.environment().putAll(Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null"));
        return builder.start();
    }
}
