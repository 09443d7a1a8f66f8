package dev.plumbline.pipeline.repository;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.WrongRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Commits of other machines, with the names of their files but never the contents. */
public final class CommitStore {
    /** Ids of one question. */
    public static final int MOST_ASKED = 20_000;

    private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /** The branches and tags of what was fetched last. */
    private static final String FETCHED = "fetched-refs";

    /** Marks a pack whose missing objects git would fetch. */
    private static final String PROMISES = ".promisor";

    private final Path folder;

    /** @param folder where they are kept; it need not exist */
    public CommitStore(Path folder) {
        this.folder = requireNonNull(folder, "folder").toAbsolutePath();
    }

    /**
     * The known ones among some commits and tags.
     *
     * @param commits those that are here
     * @param complete those of them whose names of files are here too
     */
    public record Known(Set<String> commits, Set<String> complete) {
        /** No known commits. */
        public static final Known NOTHING = new Known(Set.of(), Set.of());

        public Known {
            commits = Set.copyOf(commits);
            complete = Set.copyOf(complete);
        }
    }

    Path objects() {
        return folder.resolve("objects");
    }

    /** The commits and tags that exist here; a text that is no id does not. */
    public Known known(Collection<String> asked) throws IOException {
        List<String> ids = asked.stream()
                .filter(id -> OBJECT.matcher(id).matches())
                .distinct()
                .limit(MOST_ASKED)
                .toList();
        if (ids.isEmpty() || !Files.isDirectory(objects())) {
            return Known.NOTHING;
        }
        try (Scratch scratch = Scratch.create()) {
            Path questions = scratch.folder().resolve("questions");
            Path answers = scratch.folder().resolve("answers");
            Files.write(
                    questions,
                    ids.stream().flatMap(id -> Stream.of(id, id + "^{tree}")).toList());
            if (!GitCall.in(folder).run(questions, answers, "cat-file", "--batch-check=%(objecttype)")) {
                return Known.NOTHING;
            }
            List<String> types = Files.readAllLines(answers, StandardCharsets.UTF_8);
            Set<String> commits = new HashSet<>();
            Set<String> complete = new HashSet<>();
            for (int i = 0; i < ids.size() && 2 * i + 1 < types.size(); i++) {
                if (Set.of("commit", "tag").contains(types.get(2 * i))) {
                    commits.add(ids.get(i));
                    if (types.get(2 * i + 1).equals("tree")) {
                        complete.add(ids.get(i));
                    }
                }
            }
            return new Known(commits, complete);
        }
    }

    /**
     * Adds what {@link CommitPack} wrote.
     *
     * @param pack its bytes
     * @param mostBytes of the pack
     * @throws WrongRequest if it is no pack, is larger, or has other objects in it than commits, trees and tags
     * @throws IOException if it cannot be kept
     */
    public void add(InputStream pack, long mostBytes) throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Path file = scratch.folder().resolve("received");
            copy(pack, file, mostBytes);
            boolean isSha256 = isSha256();
            Path own = Files.createDirectory(scratch.folder().resolve("own"));
            init(own, isSha256);
            Path printed = scratch.folder().resolve("printed");
            if (!GitCall.in(own).run(file, printed, "index-pack", "--stdin", "--max-input-size=" + mostBytes)) {
                throw new WrongRequest("not a pack of git, or one that needs objects that it does not have");
            }
            keep(own, scratch, isSha256);
        }
    }

    /**
     * Fetches the commits and tags of another repository that are not here.
     *
     * @param mostBytes of what is fetched
     * @return its branches and tags, by their full names
     * @throws WrongRequest if it sends contents of files
     * @throws IOException if it cannot be read in this time
     */
    public Map<String, String> fetch(RemoteCommits remote, long mostBytes, Duration longest) throws IOException {
        try (Scratch scratch = Scratch.create()) {
            boolean isSha256 = isSha256();
            Path own = Files.createDirectory(scratch.folder().resolve("own"));
            init(own, isSha256);
            Path others = own.resolve("objects/info/alternates");
            if (Files.isDirectory(objects())) {
                Files.createDirectories(others.getParent());
                Files.writeString(others, objects() + "\n");
            }
            Path references = folder.resolve(FETCHED);
            if (Files.exists(references)) {
                Files.copy(references, own.resolve("packed-refs"));
            }
            if (!GitCall.in(own)
                    .fetch(
                            remote,
                            own.resolve("objects/pack"),
                            mostBytes,
                            longest,
                            "+refs/heads/*:refs/heads/*",
                            "+refs/tags/*:refs/tags/*")) {
                throw new IOException("git cannot fetch the commits of " + remote.address()
                        + ": the token may not read the repository, the address is another one, or it takes too long");
            }
            Map<String, String> all = new LinkedHashMap<>();
            GitCall.in(own)
                    .run("for-each-ref", "--format=%(objectname) %(refname)")
                    .orElse("")
                    .lines()
                    .forEach(line ->
                            all.put(line.substring(line.indexOf(' ') + 1), line.substring(0, line.indexOf(' '))));
            Files.deleteIfExists(others); // what is here was looked at before
            keep(own, scratch, isSha256);
            Path near = scratch.folder().resolve(FETCHED);
            Files.write(
                    near,
                    all.entrySet().stream()
                            .map(one -> one.getValue() + " " + one.getKey())
                            .toList());
            Files.copy(near, references, StandardCopyOption.REPLACE_EXISTING);
            return all;
        }
    }

    /** Keeps the packs of a repository, if they have nothing in them that is in a file. */
    private void keep(Path own, Scratch scratch, boolean isSha256) throws IOException {
        Path printed = scratch.folder().resolve("printed");
        if (!GitCall.in(own)
                .run(emptyFile(scratch), printed, "cat-file", "--batch-all-objects", "--batch-check=%(objecttype)")) {
            throw new WrongRequest("the pack cannot be read");
        }
        try (Stream<String> types = Files.lines(printed, StandardCharsets.UTF_8)) {
            if (types.anyMatch(type -> !Set.of("commit", "tree", "tag").contains(type))) {
                throw new WrongRequest("the pack has contents of files; only commits and names of files are kept");
            }
        }
        if (!Files.isDirectory(objects())) {
            Files.createDirectories(folder);
            init(folder, isSha256);
        }
        Path packs = own.resolve("objects/pack");
        if (Files.isDirectory(packs)) {
            move(packs, Files.createDirectories(objects().resolve("pack")));
        }
    }

    private boolean isSha256() {
        return Files.isDirectory(objects())
                && GitCall.in(folder)
                        .run("rev-parse", "--show-object-format")
                        .map(String::strip)
                        .filter("sha256"::equals)
                        .isPresent();
    }

    private static void init(Path folder, boolean isSha256) throws IOException {
        Optional<String> made = isSha256
                ? GitCall.in(folder).run("init", "--quiet", "--bare", "--template=", "--object-format=sha256", ".")
                : GitCall.in(folder).run("init", "--quiet", "--bare", "--template=", ".");
        if (made.isEmpty()) {
            throw new IOException("git cannot make a repository in " + folder);
        }
    }

    private static Path emptyFile(Scratch scratch) throws IOException {
        Path file = scratch.folder().resolve("empty");
        return Files.exists(file) ? file : Files.createFile(file);
    }

    private static void copy(InputStream from, Path file, long mostBytes) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            long total = 0;
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                total += read;
                if (total > mostBytes) {
                    throw new WrongRequest("the pack has more than " + mostBytes + " bytes");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    /** The index last: a pack counts as soon as its index is there. */
    private static void move(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(from)) {
            files = all.filter(file -> !file.toString().endsWith(PROMISES))
                    .sorted((a, b) -> Boolean.compare(isIndex(a), isIndex(b)))
                    .toList();
        }
        for (Path file : files) {
            Path target = to.resolve(file.getFileName().toString());
            Path near = to.resolve("tmp_" + ProcessHandle.current().pid() + "-"
                    + Thread.currentThread().getId() + "-" + file.getFileName());
            // another file system has its own room: copied beside, then put in place at once
            Files.copy(file, near, StandardCopyOption.REPLACE_EXISTING);
            Files.move(near, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static boolean isIndex(Path file) {
        return file.toString().endsWith(".idx");
    }
}
