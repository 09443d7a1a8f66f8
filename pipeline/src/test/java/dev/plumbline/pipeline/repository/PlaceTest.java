package dev.plumbline.pipeline.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceTest {
    private static final Instant SECOND_COMMIT = Instant.parse("2026-01-02T00:00:00Z");

    @TempDir
    private Path folder;

    private Place.Facts facts() {
        return new Place.Facts(machine().environment(), Optional.empty());
    }

    private Machine machine() {
        return new Machine(folder.resolve("no-such-root"), "Linux", "6.1", "amd64", 4, "VM 17");
    }

    @BeforeAll
    static void git_is_here() throws IOException, InterruptedException {
        boolean here;
        try {
            here = new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            here = false;
        }
        assumeTrue(here, "git is not installed");
    }

    private static String git(Path directory, String day, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "user.name=T", "-c", "user.email=t@example.org", "-c"));
        command.add("commit.gpgsign=false");
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_COMMITTER_DATE", day + "T00:00:00Z");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        assertThat(process.exitValue()).as(output).isZero();
        return output.strip();
    }

    /** Two commits on a branch. */
    private Path repository() throws IOException {
        Path repository = Files.createDirectory(folder.resolve("repository"));
        git(repository, "2026-01-01", "init", "-q", "-b", "trunk");
        for (String day : List.of("2026-01-01", "2026-01-02")) {
            Files.writeString(repository.resolve("file"), day);
            git(repository, day, "add", "file");
            git(repository, day, "commit", "-q", "-m", day);
        }
        return repository;
    }

    private static String head(Path repository) throws IOException {
        return git(repository, "2026-01-01", "rev-parse", "HEAD");
    }

    private Revision revision(Path directory, Map<String, String> variables) {
        return Place.of(directory, variables, facts(), () -> "main").revision();
    }

    @Test
    void a_branch_tells_commit_time_and_position() throws IOException {
        Path repository = repository();
        Path below = Files.createDirectories(repository.resolve("a/b"));

        Revision expected = new Revision(head(repository), "trunk", Optional.of(SECOND_COMMIT), OptionalLong.of(2));
        assertThat(revision(repository, Map.of())).isEqualTo(expected);
        assertThat(revision(below, Map.of())).isEqualTo(expected);
    }

    @Test
    void a_tag_with_the_branchs_name_does_not_change_it() throws IOException {
        Path repository = repository();
        git(repository, "2026-01-01", "tag", "trunk");

        assertThat(revision(repository, Map.of()).branch()).isEqualTo("trunk");
    }

    @Test
    void a_detached_head_has_the_branch_that_the_service_tells() throws IOException {
        Path repository = repository();
        git(repository, "2026-01-01", "checkout", "-q", "--detach", "HEAD~1");
        Map<String, String> variables =
                Map.of("GITHUB_ACTIONS", "true", "GITHUB_HEAD_REF", "feature", "GITHUB_BASE_REF", "trunk");

        Place place = Place.of(repository, variables, facts(), () -> "main");
        assertThat(place.revision().branch()).isEqualTo("feature");
        assertThat(place.revision().position()).hasValue(1);
        assertThat(place.baseBranch()).contains("trunk");
    }

    @Test
    void outside_of_a_repository_the_branch_is_the_main_branch() throws IOException {
        Path nowhere = Files.createDirectory(folder.resolve("nowhere"));

        assertThat(branch(nowhere, "develop")).isEqualTo("develop");
    }

    @Test
    void a_commit_checked_out_by_itself_is_of_the_main_branch_only_if_that_has_it() throws IOException {
        Path repository = repository();
        git(repository, "2026-01-01", "checkout", "-q", "--detach", "HEAD~1");
        assertThat(branch(repository, "trunk")).isEqualTo("trunk");

        git(repository, "2026-03-01", "commit", "-q", "--allow-empty", "-m", "beside");
        String own = "detached-" + head(repository).substring(0, 10);
        assertThat(branch(repository, "trunk")).isEqualTo(own);
        assertThat(Place.isDetached(own)).isTrue();

        git(repository, "2026-01-01", "branch", "topic");
        assertThat(branch(repository, "trunk")).isEqualTo("topic");
        git(repository, "2026-01-01", "update-ref", "refs/remotes/origin/topic", "HEAD");
        assertThat(branch(repository, "trunk")).isEqualTo("topic");
        git(repository, "2026-01-01", "branch", "other");
        assertThat(branch(repository, "trunk")).as("two branches end here").isEqualTo(own);
    }

    @Test
    void a_commit_that_a_merge_brought_is_not_one_of_the_main_branch() throws IOException {
        Path repository = repository();
        git(repository, "2026-01-01", "checkout", "-q", "-b", "topic");
        git(repository, "2026-03-01", "commit", "-q", "--allow-empty", "-m", "beside");
        String beside = head(repository);
        git(repository, "2026-01-01", "checkout", "-q", "trunk");
        git(repository, "2026-03-02", "merge", "-q", "--no-ff", "-m", "merge", "topic");
        git(repository, "2026-01-01", "checkout", "-q", "--detach", beside);

        assertThat(branch(repository, "trunk")).isEqualTo("topic");
    }

    private String branch(Path directory, String mainBranch) {
        return Place.of(directory, Map.of(), facts(), () -> mainBranch)
                .revision()
                .branch();
    }

    @Test
    void variables_that_speak_of_another_repository_do_not_name_the_branch() throws IOException {
        Map<String, String> variables =
                Map.of("GITHUB_ACTIONS", "true", "GITHUB_SHA", "0123", "GITHUB_REF_NAME", "other");

        assertThat(revision(repository(), variables).branch()).isEqualTo("trunk");
    }

    @Test
    void in_a_shallow_clone_commits_cannot_be_counted() throws IOException {
        Path origin = repository();
        git(folder, "2026-01-01", "clone", "-q", "--depth", "1", origin.toUri().toString(), "shallow");

        Revision revision = revision(folder.resolve("shallow"), Map.of());
        assertThat(revision.commit()).isEqualTo(head(origin));
        assertThat(revision.position()).isEmpty();
    }

    @Test
    void uncommitted_changes_make_another_revision_and_other_files_do_not() throws IOException {
        Path repository = repository();
        String commit = head(repository);
        Files.writeString(repository.resolve("untracked"), "x");
        assertThat(revision(repository, Map.of()).commit()).isEqualTo(commit);

        Files.writeString(repository.resolve("file"), "changed");
        assertThat(revision(repository, Map.of()).commit()).isEqualTo(commit + "-dirty");
    }

    @Test
    void a_file_that_was_only_touched_is_no_change() throws IOException {
        Path repository = repository();
        Files.setLastModifiedTime(repository.resolve("file"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

        assertThat(revision(repository, Map.of()).commit()).isEqualTo(head(repository));
    }

    @Test
    void without_git_the_service_tells_and_without_both_nothing_is_known() throws IOException {
        Path bare = Files.createDirectory(folder.resolve("bare"));
        Map<String, String> variables =
                Map.of("GITHUB_ACTIONS", "true", "GITHUB_SHA", "0123", "GITHUB_REF_NAME", "feature");

        assertThat(revision(bare, variables)).isEqualTo(Revision.of("0123", "feature"));
        assertThat(revision(bare, Map.of())).isEqualTo(Revision.unknown());
    }

    @Test
    void a_repository_without_a_commit_tells_nothing() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        git(empty, "2026-01-01", "init", "-q");

        assertThat(revision(empty, Map.of())).isEqualTo(Revision.unknown());
    }

    @Test
    void a_name_that_looks_like_an_option_is_no_option() throws IOException {
        Git git = new Git(repository());

        assertThat(git.commitOf("--all")).isEmpty();
        assertThat(git.commitOf("no-such-name")).isEmpty();
        assertThat(git.commitOf("trunk")).contains(head(folder.resolve("repository")));
    }

    @Test
    void the_machine_tells_what_moves_measurements() throws IOException {
        Path root = folder.resolve("root");
        write(root, "proc/cpuinfo", "processor : 0\nmodel name\t: Fast   CPU @ 3 GHz\nmicrocode : 0x1\n");
        write(root, "proc/meminfo", "MemTotal:       16384256 kB\n");
        write(root, "sys/fs/cgroup/cpu.max", "200000 100000\n");
        write(root, "sys/fs/cgroup/memory.max", "max\n");
        write(root, "proc/sys/kernel/hostname", "builder-7\n");
        write(root, "sys/devices/system/cpu/intel_pstate/no_turbo", "0\n");
        write(root, "sys/devices/system/cpu/smt/active", "1\n");
        write(root, "sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
        write(root, "run/.containerenv", "engine=\"podman-4\"\nimage=\"docker.io/library/debian:12\"\n");
        write(root, "proc/driver/nvidia/gpus/0000:01/information", "Model: \t Some GPU\nIRQ: 3\n");
        Environment environment = new Machine(root, "Linux", "6.1", "amd64", 4, "VM 17").environment();

        assertThat(environment.facts())
                .containsAllEntriesOf(Map.of(
                        "os", "linux",
                        "arch", "amd64",
                        "cores", "4",
                        "cpu", "Fast CPU @ 3 GHz",
                        "memory", "16 GiB",
                        "cpu-limit", "200000 100000",
                        "info.kernel", "6.1",
                        "info.host", "builder-7",
                        "info.microcode", "0x1"))
                .containsAllEntriesOf(Map.of(
                        "info.turbo", "on",
                        "info.smt", "on",
                        "info.huge-pages", "madvise",
                        "info.container", "podman docker.io/library/debian:12",
                        "info.gpu", "1 × Some GPU",
                        "info.jvm", "VM 17"))
                .containsKey("info.fingerprint")
                .hasSize(16);
        assertThat(environment.key())
                .isEqualTo(new Machine(root, "Linux", "6.2", "amd64", 4, "VM 17")
                        .environment()
                        .key());
        assertThat(environment.key())
                .isNotEqualTo(new Machine(root, "Linux", "6.1", "amd64", 8, "VM 17")
                        .environment()
                        .key());
    }

    /** Histories would lose their baselines if another version of Plumbline made another key of the same machine. */
    @Test
    void the_key_of_a_machine_is_what_it_has_always_been() throws IOException {
        Path root = folder.resolve("root");
        write(root, "proc/cpuinfo", "model name\t: Fast   CPU @ 3 GHz\nmicrocode : 0x1\n");
        write(root, "proc/meminfo", "MemTotal:       16384256 kB\nSwapTotal: 4096000 kB\n");
        write(root, "sys/devices/system/cpu/smt/active", "1\n");

        assertThat(new Machine(root, "Linux", "6.1", "amd64", 4, "VM 17")
                        .environment()
                        .key())
                .isEqualTo(Environment.of(Map.of(
                                "os", "linux",
                                "arch", "amd64",
                                "cores", "4",
                                "cpu", "Fast CPU @ 3 GHz",
                                "memory", "16 GiB"))
                        .key())
                .isEqualTo("68c33f98d1c0");
    }

    @Test
    void a_changed_setting_changes_the_fingerprint_and_not_the_key() throws IOException {
        Path root = folder.resolve("root");
        write(root, "sys/devices/system/cpu/smt/active", "1\n");
        write(root, "proc/loadavg", "3.50 1.00 1.00 1/100 1\n");
        Machine machine = new Machine(root, "Linux", "6.1", "amd64", 4, "VM 17");
        Environment before = machine.environment();
        write(root, "proc/loadavg", "9.50 1.00 1.00 1/100 1\n");
        assertThat(machine.environment()).as("load is no part of it").isEqualTo(before);
        assertThat(machine.moment()).containsEntry("load", "9.50");

        write(root, "sys/devices/system/cpu/smt/active", "0\n");

        assertThat(machine.environment().key()).isEqualTo(before.key());
        assertThat(machine.environment().facts().get("info.fingerprint"))
                .isNotEqualTo(before.facts().get("info.fingerprint"));
    }

    @Test
    void facts_that_cannot_be_read_are_left_out() throws IOException {
        Path root = folder.resolve("root");
        Files.createDirectories(root.resolve("proc/meminfo"));
        Files.write(root.resolve("proc/cpuinfo"), new byte[] {'m', ':', (byte) 0xff, (byte) 0xfe});

        assertThat(new Machine(root, "Linux", "6.1", "amd64", 4, "VM 17")
                        .environment()
                        .facts())
                .containsOnlyKeys("os", "arch", "cores", "info.kernel", "info.jvm", "info.fingerprint");
    }

    private static void write(Path root, String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    @Test
    void the_history_lies_at_the_root_of_the_repository_unless_told_otherwise() throws IOException {
        Path repository = repository();
        Path below = Files.createDirectories(repository.resolve("a/b"));
        Clock clock = Clock.systemUTC();

        assertThat(Workspace.of(below, Map.of(), clock, Optional.empty()).store())
                .isEqualTo(new StoreLocation.InFile(repository.resolve(".plumbline/history.db")));
        assertThat(Workspace.of(below, Map.of(), clock, Optional.of(Path.of("x.db")))
                        .store())
                .isEqualTo(new StoreLocation.InFile(below.resolve("x.db")));
    }

    @Test
    void a_revision_has_the_branch_it_is_named_by_then_that_of_ci_then_the_one_checked_out_and_else_its_own()
            throws IOException {
        Path repository = repository();
        Git git = new Git(repository);
        String head = head(repository);
        String first = git(repository, "2026-01-01", "rev-parse", "HEAD~1");
        git(repository, "2026-01-01", "branch", "slow", "HEAD~1");
        git(repository, "2026-01-01", "update-ref", "refs/remotes/origin/far/away", "HEAD~1");
        git(repository, "2026-01-01", "tag", "v1", "HEAD~1");
        String own = "detached-" + first.substring(0, 10);
        Map<String, String> ci = Map.of("GITHUB_ACTIONS", "true", "GITHUB_SHA", first, "GITHUB_REF_NAME", "theirs");

        assertThat(Place.branchOf(git, "slow", first, Map.of())).isEqualTo("slow");
        assertThat(Place.branchOf(git, "slow", first, ci)).isEqualTo("slow");
        assertThat(Place.branchOf(git, "origin/far/away", first, Map.of())).isEqualTo("far/away");
        assertThat(Place.branchOf(git, "v1", first, ci)).isEqualTo("theirs");
        assertThat(Place.branchOf(git, "v1", first, Map.of())).isEqualTo(own);
        assertThat(Place.branchOf(git, "HEAD", head, ci)).isEqualTo("trunk");
        assertThat(Place.branchOf(git, head, head, Map.of())).isEqualTo("trunk");
        assertThat(Place.isDetached(own)).isTrue();
        assertThat(Place.isDetached("slow")).isFalse();

        git(repository, "2026-01-01", "checkout", "-q", "--detach");
        assertThat(Place.branchOf(git, "HEAD", head, Map.of())).isEqualTo("detached-" + head.substring(0, 10));
    }
}
