package dev.plumbline.pipeline.repository;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The state of a working copy beside its commits, with which another machine that has the commits answers as git
 * answers here: its branches and tags, the commit that is checked out, and the place where its history is cut off.
 *
 * @param head the commit that is checked out, or the full name of its branch
 * @param references the commits or tags of branches and tags, by their full names
 * @param mainOfOrigin the full name of the branch that the remote {@code origin} calls its main one
 * @param shallow the commits at which the history is cut off
 * @param remote the address of the remote, without user and password
 * @param isDirty whether tracked files differ from the commit that is checked out
 */
public record Checkout(
        String head,
        Map<String, String> references,
        Optional<String> mainOfOrigin,
        List<String> shallow,
        Optional<String> remote,
        boolean isDirty) {
    /** The branches and tags beyond this number that were committed to last are left out. */
    static final int MOST_REFERENCES = 5_000;

    private static final int MOST_SHALLOW = 10_000;
    private static final int LONGEST_NAME = 250;
    private static final int LONGEST_ADDRESS = 500;

    private static final String MAIN_OF_ORIGIN = "refs/remotes/origin/HEAD";

    private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /** The form of a name that git allows, and that is safe for a file system. */
    private static final Pattern NAME =
            Pattern.compile("refs/(heads|remotes|tags)(/[^\\x00-\\x20\\x7f~^:?*\\[\\\\/]+)+");

    private static final Pattern NO_NAME = Pattern.compile("/\\.|\\.\\.|\\.(/|$)|\\.lock(/|$)|@\\{");

    private static final Pattern USER = Pattern.compile("^([a-z][a-z0-9+.-]*://)[^/]*@");

    /** @throws IllegalArgumentException for what git could take for anything else than what it is called here */
    public Checkout {
        requireNonNull(head, "head");
        references = Map.copyOf(references);
        shallow = List.copyOf(shallow);
        requireNonNull(remote, "remote");
        requireNonNull(mainOfOrigin, "mainOfOrigin");
        if (references.size() > MOST_REFERENCES || shallow.size() > MOST_SHALLOW) {
            throw new IllegalArgumentException("more branches, tags or ends of the history than are taken");
        }
        if (!OBJECT.matcher(head).matches()) {
            checkName(head);
        }
        references.forEach((name, object) -> {
            checkName(name);
            checkObject(object);
        });
        mainOfOrigin.ifPresent(Checkout::checkName);
        shallow.forEach(Checkout::checkObject);
        if (!remote.map(Checkout::isAddress).orElse(true)) {
            throw new IllegalArgumentException("not the address of a remote");
        }
    }

    private static boolean isName(String name) {
        return name.length() <= LONGEST_NAME
                && NAME.matcher(name).matches()
                && !NO_NAME.matcher(name).find();
    }

    private static void checkName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("not the name of a branch or tag: '" + name + "'");
        }
    }

    private static void checkObject(String object) {
        if (!OBJECT.matcher(object).matches()) {
            throw new IllegalArgumentException("not the id of a commit: '" + object + "'");
        }
    }

    /** The working copy around a folder; empty outside of one, without git, and before the first commit. */
    public static Optional<Checkout> of(Path directory) {
        GitCall git = GitCall.in(directory);
        Optional<String> head =
                git.run("rev-parse", "--verify", "--quiet", "HEAD").map(String::strip);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> references = new LinkedHashMap<>();
        git
                .run(
                        "for-each-ref",
                        "--sort=-creatordate",
                        "--format=%(objectname) %(objecttype) %(*objecttype) %(symref) %(refname)",
                        "refs/heads",
                        "refs/remotes",
                        "refs/tags")
                .stream()
                .flatMap(String::lines)
                .map(line -> line.split(" ", 5))
                .filter(parts -> parts.length == 5
                        && parts[3].isEmpty()
                        && (parts[1].equals("commit") || parts[2].equals("commit"))
                        && isName(parts[4]))
                .limit(MOST_REFERENCES)
                .forEach(parts -> references.put(parts[4], parts[0]));
        Optional<String> branch = git.run("symbolic-ref", "--quiet", "HEAD").map(String::strip);
        return Optional.of(new Checkout(
                branch.filter(references::containsKey).orElse(head.get()),
                references,
                git.run("symbolic-ref", "--quiet", MAIN_OF_ORIGIN)
                        .map(String::strip)
                        .filter(Checkout::isName),
                ends(git, directory),
                new Git(directory).remote().map(Checkout::withoutUser).filter(Checkout::isAddress),
                new Git(directory).isDirty()));
    }

    /**
     * A working copy of a repository on another machine, as a clone of it would be.
     *
     * @param references its branches and tags, by their full names; the first ones, where there are too many
     * @param main the short name of its main branch
     * @param address without user and password
     */
    public static Checkout ofRemote(Map<String, String> references, String main, URI address) {
        Map<String, String> own = new LinkedHashMap<>();
        String head = "refs/heads/" + main;
        if (isName(head) && references.containsKey(head)) {
            own.put(head, references.get(head));
            own.put("refs/remotes/origin/" + main, references.get(head));
        }
        references.forEach((name, object) -> {
            String here = name.replaceFirst("^refs/heads/", "refs/remotes/origin/");
            if (own.size() < MOST_REFERENCES && isName(here)) {
                own.put(here, object);
            }
        });
        return new Checkout(
                isName(head) ? head : "refs/heads/main",
                own,
                Optional.of("refs/remotes/origin/" + main).filter(own::containsKey),
                List.of(),
                Optional.of(address.toString()).filter(Checkout::isAddress),
                false);
    }

    private static List<String> ends(GitCall git, Path directory) {
        Optional<Path> file =
                git.run("rev-parse", "--git-path", "shallow").map(line -> directory.resolve(line.stripTrailing()));
        if (file.isEmpty() || !Files.isRegularFile(file.get())) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file.get(), StandardCharsets.UTF_8)) {
            return lines.map(String::strip)
                    .filter(line -> OBJECT.matcher(line).matches())
                    .limit(MOST_SHALLOW)
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }

    private static String withoutUser(String address) {
        return USER.matcher(address).replaceFirst("$1");
    }

    private static boolean isAddress(String address) {
        return address.length() <= LONGEST_ADDRESS
                && !address.startsWith("-")
                && address.chars().noneMatch(c -> c <= ' ' || c == 0x7f);
    }

    /** Every commit and tag that a reference names, each once. */
    public Set<String> tips() {
        Set<String> tips = new java.util.LinkedHashSet<>();
        if (OBJECT.matcher(head).matches()) {
            tips.add(head);
        }
        tips.addAll(new TreeMap<>(references).values());
        return tips;
    }

    /**
     * Makes a folder the root of a working copy without files that has these branches and tags, as far as their commits
     * are known.
     *
     * @param root an existing folder without a repository
     * @param commits where the commits are kept
     * @return whether it could be made; git then answers as it does in the original
     */
    public boolean writeTo(Path root, CommitStore commits) throws IOException {
        Set<String> known = commits.known(tips()).commits();
        Optional<String> checkedOut = Optional.ofNullable(references.get(head));
        if (checkedOut.isEmpty() && !OBJECT.matcher(head).matches() || !known.contains(checkedOut.orElse(head))) {
            return false;
        }
        Path git = Files.createDirectories(root.resolve(".git"));
        Files.createDirectories(git.resolve("refs"));
        Files.createDirectories(git.resolve("objects/info"));
        line(git.resolve("objects/info/alternates"), List.of(commits.objects().toString()));
        line(git.resolve("HEAD"), List.of(checkedOut.isPresent() ? "ref: " + head : head));
        List<String> packed = new ArrayList<>();
        new TreeMap<>(references).forEach((name, object) -> {
            if (known.contains(object)) {
                packed.add(object + " " + name);
            }
        });
        line(git.resolve("packed-refs"), packed);
        if (mainOfOrigin.isPresent()) {
            Path file = git.resolve(MAIN_OF_ORIGIN);
            Files.createDirectories(file.getParent());
            line(file, List.of("ref: " + mainOfOrigin.get()));
        }
        if (!shallow.isEmpty()) {
            line(git.resolve("shallow"), shallow);
        }
        boolean isSha256 = checkedOut.orElse(head).length() == 64;
        line(
                git.resolve("config"),
                isSha256
                        ? List.of(
                                "[core]",
                                "repositoryformatversion = 1",
                                "bare = false",
                                "[extensions]",
                                "objectformat = sha256")
                        : List.of("[core]", "repositoryformatversion = 0", "bare = false"));
        return remote.isEmpty()
                || GitCall.in(root)
                        .run("config", "--file", git.resolve("config").toString(), "remote.origin.url", remote.get())
                        .isPresent();
    }

    private static void line(Path file, List<String> lines) throws IOException {
        Files.write(file, lines, StandardCharsets.UTF_8);
    }
}
