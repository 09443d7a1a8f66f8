package dev.plumbline.pipeline.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.WrongRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder with the branches of another machine's working copy answers as git answers there. */
class CommitStoreTest {
    private static final long MOST_BYTES = 10 << 20;

    @TempDir
    private Path folder;

    private Path original;
    private CommitStore store;
    private int commits;

    @BeforeEach
    void make_a_repository() throws Exception {
        folder = folder.toRealPath();
        store = new CommitStore(folder.resolve("store"));
        original = Files.createDirectory(folder.resolve("original"));
        git(original, "init", "-q", "--template=", "-b", "main", ".");
        git(original, "remote", "add", "origin", "https://ann:secret@example.com/acme/parser.git");
        for (int i = 0; i < 6; i++) {
            commit("src/Sort.java");
        }
        git(original, "tag", "-a", "-m", "first", "v1.0");
        git(original, "tag", "light");
        commit("docs/read me.md");
        git(original, "checkout", "-q", "-b", "feature/fast");
        commit("src/Sort.java");
        commit("src/Fast.java");
        git(original, "checkout", "-q", "main");
        commit("src/Hash.java");
        git(original, "merge", "-q", "--no-ff", "-m", "merge", "feature/fast");
        commit("src/Sort.java");
    }

    private String git(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "git", "-c", "user.name=Ann", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        String date = (1_700_000_000L + 1_000L * commits) + " +0000";
        builder.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_NOSYSTEM",
                        "1",
                        "GIT_CONFIG_GLOBAL",
                        "/dev/null",
                        "GIT_AUTHOR_DATE",
                        date,
                        "GIT_COMMITTER_DATE",
                        date));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
        return output.strip();
    }

    private void commit(String file) throws Exception {
        commits++;
        Path path = original.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "line " + commits + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        git(original, "add", "-A", ".");
        git(original, "commit", "-q", "-m", "change " + commits);
    }

    /** Sends what the store lacks of a working copy, and gives a folder that stands for it. */
    private Path mirror(Path directory) throws IOException {
        Checkout checkout = Checkout.of(directory).orElseThrow();
        send(directory, checkout);
        Path root = Files.createTempDirectory(folder, "mirror");
        assertThat(checkout.writeTo(root, store)).isTrue();
        return root;
    }

    private long send(Path directory, Checkout checkout) throws IOException {
        CommitPack pack = new CommitPack(directory, checkout);
        CommitStore.Known known = store.known(pack.asked());
        if (pack.isNothing(known)) {
            return 0;
        }
        Path file = Files.createTempFile(folder, "sent", ".pack");
        assertThat(pack.write(known, file)).isTrue();
        try (InputStream in = Files.newInputStream(file)) {
            store.add(in, MOST_BYTES);
        }
        return Files.size(file);
    }

    /** What commands ask of a repository. */
    private static List<Object> answers(Path directory, List<String> known) throws IOException {
        Git git = new Git(directory);
        List<Object> answers = new ArrayList<>(List.of(
                git.head(),
                git.isShallow(),
                git.names(),
                git.mainBranch(),
                git.checkedOut(),
                git.someCommits(),
                git.titles(known),
                git.root().isPresent(),
                git.firstParents("main", true),
                git.hasBranch("feature/fast"),
                git.mergeBase("HEAD", "main"),
                git.commitOf("v1.0"),
                git.commitOf("light~2"),
                git.nearest("HEAD", Instant.ofEpochSecond(1_700_005_500L))));
        for (String commit : known) {
            answers.add(git.position(commit));
            answers.add(git.second(commit));
            answers.add(git.title(commit));
            answers.add(git.parent(commit));
            answers.add(git.branchesOf(commit));
            answers.add(git.ancestors(commit));
            answers.add(git.newestTagBefore(commit));
            answers.add(git.isOnBranch(commit, "main"));
            answers.add(git.log(commit, 10));
            answers.add(git.merged(commit, 10));
            answers.add(git.merges(commit, 10));
            answers.add(git.changedFiles(known.get(0), commit));
            answers.add(git.between(commit, "HEAD"));
            answers.add(git.holding(commit, "HEAD"));
        }
        return answers;
    }

    private void compare(Path directory) throws Exception {
        List<String> known = git(directory, "rev-list", "--all").lines().toList();
        assertThat(known).isNotEmpty();
        assertThat(answers(mirror(directory), known)).isEqualTo(answers(directory, known));
    }

    @Test
    void it_answers_as_the_original() throws Exception {
        compare(original);
        git(original, "checkout", "-q", "feature/fast");
        compare(original);
        git(original, "checkout", "-q", "--detach", "main~2");
        compare(original);
    }

    @Test
    void a_clone_without_its_beginning_has_none_there_either() throws Exception {
        mirror(original); // the store knows more than the clone
        Path shallow = folder.resolve("shallow");
        git(folder, "clone", "-q", "--depth", "3", "file://" + original, "shallow");

        compare(shallow);
        assertThat(new Git(mirror(shallow)).isShallow()).isTrue();
    }

    @Test
    void branches_of_a_remote_are_those_of_a_clone() throws Exception {
        git(folder, "clone", "-q", original.toString(), "clone");
        Path clone = folder.resolve("clone");

        compare(clone);
        assertThat(new Git(mirror(clone)).mainBranch()).contains("main");
    }

    @Test
    void only_what_is_new_is_sent_again() throws Exception {
        long first = send(original, Checkout.of(original).orElseThrow());
        assertThat(send(original, Checkout.of(original).orElseThrow())).isZero();
        commit("src/Sort.java");

        long second = send(original, Checkout.of(original).orElseThrow());

        assertThat(second).isPositive().isLessThan(first / 4);
        compare(original);
    }

    @Test
    void no_content_of_a_file_leaves_the_machine() throws Exception {
        mirror(original);

        String blobs = git(folder.resolve("store"), "cat-file", "--batch-all-objects", "--batch-check=%(objecttype)");

        assertThat(blobs.lines()).contains("commit", "tree", "tag").doesNotContain("blob");
    }

    @Test
    void contents_of_files_are_not_taken() throws Exception {
        Path ids = Files.writeString(
                folder.resolve("ids"), git(original, "rev-list", "--objects", "--no-object-names", "--all") + "\n");
        Path pack = folder.resolve("whole.pack");
        ProcessBuilder builder = new ProcessBuilder("git", "pack-objects", "--stdout", "-q")
                .directory(original.toFile())
                .redirectInput(ids.toFile())
                .redirectOutput(pack.toFile());
        assertThat(builder.start().waitFor()).isZero();

        assertThatThrownBy(() -> store.add(Files.newInputStream(pack), MOST_BYTES))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("contents of files");
        assertThat(folder.resolve("store")).doesNotExist();
    }

    @Test
    void what_is_no_pack_and_what_is_too_large_is_not_taken() throws Exception {
        for (String wrong : List.of("", "PACK", "PACK\0\0\0\2\0\0\0\1x", "<html>")) {
            assertThatThrownBy(() -> store.add(
                            new ByteArrayInputStream(wrong.getBytes(StandardCharsets.ISO_8859_1)), MOST_BYTES))
                    .as(wrong)
                    .isInstanceOf(WrongRequest.class);
        }
        assertThatThrownBy(() -> store.add(new ByteArrayInputStream(new byte[2_000]), 1_000))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("more than 1000 bytes");
        assertThat(folder.resolve("store")).doesNotExist();
        assertThat(store.known(List.of("0".repeat(40), "--all", "HEAD\n")).commits())
                .isEmpty();
    }

    @Test
    void a_pack_that_unpacks_to_more_than_anything_has_is_not_taken() throws Exception {
        int size = 300 << 20;
        ByteArrayOutputStream pack = new ByteArrayOutputStream();
        pack.write("PACK\0\0\0\2\0\0\0\1".getBytes(StandardCharsets.ISO_8859_1));
        int rest = size >> 4;
        pack.write(0x80 | 2 << 4 | size & 15); // a tree, and how large it is
        for (; rest > 127; rest >>= 7) {
            pack.write(0x80 | rest & 127);
        }
        pack.write(rest);
        DeflaterOutputStream zeros = new DeflaterOutputStream(pack);
        for (int i = 0; i < size / (1 << 20); i++) {
            zeros.write(new byte[1 << 20]);
        }
        zeros.finish();
        pack.write(MessageDigest.getInstance("SHA-1").digest(pack.toByteArray()));

        assertThat(pack.size()).isLessThan(1 << 20);
        assertThatThrownBy(() -> store.add(new ByteArrayInputStream(pack.toByteArray()), MOST_BYTES))
                .isInstanceOf(WrongRequest.class);
    }

    @Test
    void a_working_copy_whose_commits_are_not_here_is_none() throws Exception {
        Checkout checkout = Checkout.of(original).orElseThrow();
        Path root = Files.createDirectory(folder.resolve("root"));

        assertThat(checkout.writeTo(root, store)).isFalse();
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files).isEmpty();
        }
        assertThat(Checkout.of(folder)).isEmpty();
        git(folder, "init", "-q", "--template=", "empty");
        assertThat(Checkout.of(folder.resolve("empty")))
                .as("before the first commit")
                .isEmpty();
    }

    @Test
    void the_remote_has_neither_user_nor_password() throws Exception {
        assertThat(Checkout.of(original).orElseThrow().remote())
                .isEqualTo(Optional.of("https://example.com/acme/parser.git"));
        assertThat(new Git(mirror(original)).remote()).contains("https://example.com/acme/parser.git");
    }

    @Test
    void changes_to_tracked_files_are_told() throws Exception {
        assertThat(Checkout.of(original).orElseThrow().isDirty()).isFalse();
        Files.writeString(original.resolve("src/Sort.java"), "changed\n");
        assertThat(Checkout.of(original).orElseThrow().isDirty()).isTrue();
    }
}
