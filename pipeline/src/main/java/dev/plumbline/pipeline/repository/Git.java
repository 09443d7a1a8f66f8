package dev.plumbline.pipeline.repository;

import dev.plumbline.core.incident.Commit;
import dev.plumbline.core.model.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Queries a working copy with the user's {@code git}.
 *
 * <p>Every answer may be empty: there may be no git, no repository, no commit. Arguments never pass a shell, and what
 * the repository's configuration names is not run; see {@link GitCall}.
 */
public final class Git {
    private static final String HEADS = "refs/heads/";
    private static final String TAGS = "refs/tags/";
    private static final String REMOTES = "refs/remotes/";
    private static final String ORIGIN = REMOTES + "origin/";

    /** The usual names of main branches, the likeliest first. */
    public static final List<String> USUAL_MAIN_BRANCHES = List.of(Revision.DEFAULT_BRANCH, "master", "trunk");

    private static final Pattern ID = Pattern.compile("[0-9a-f]{7,64}");

    private static final int WHOLE_ID = 40;

    /** A command line has room for these everywhere. */
    private static final int COMMITS_OF_A_CALL = 200;

    private final Path directory;

    public Git(Path directory) {
        this.directory = directory;
    }

    /** The working copy's state in one look; empty outside a repository or before the first commit. */
    Optional<Head> head() {
        // two processes instead of five: starting one costs more than all it does
        Optional<String> log = run("log", "-1", "--no-show-signature", "--format=%H%n%ct");
        Optional<String> where = run("rev-parse", "--is-shallow-repository", "--symbolic-full-name", "HEAD");
        if (log.isEmpty() || where.isEmpty()) {
            return Optional.empty();
        }
        List<String> commit = log.get().lines().toList();
        List<String> place = where.get().lines().toList();
        if (commit.size() < 2 || place.size() < 2) {
            return Optional.empty();
        }
        boolean shallow = place.get(0).equals("true");
        // the full name, because the short one of a branch with a tag's name is heads/NAME
        Optional<String> branch = Optional.of(place.get(1))
                .filter(name -> name.startsWith(HEADS))
                .map(name -> name.substring(HEADS.length()));
        return Optional.of(new Head(commit.get(0), Long.parseLong(commit.get(1)), branch, shallow));
    }

    /**
     * The commit that is checked out.
     *
     * @param commit the full id
     * @param commitSecond committer time in seconds of the epoch
     * @param branch empty when the head is detached, as it is in most CI jobs
     * @param shallow whether the history is cut off, so that commits cannot be counted
     */
    record Head(String commit, long commitSecond, Optional<String> branch, boolean shallow) {}

    /** Whether the history is cut off, as that of a clone with a depth is. */
    public boolean isShallow() {
        return run("rev-parse", "--is-shallow-repository")
                .map(String::strip)
                .filter("true"::equals)
                .isPresent();
    }

    /** The number of first parents up to the commit, itself included. */
    public Optional<Long> position(String commit) {
        return run("rev-list", "--count", "--first-parent", "--end-of-options", commit)
                .map(count -> Long.parseLong(count.strip()));
    }

    /**
     * The commits that lead to the newest of a branch by first parents, the newest first; empty when there is no such
     * branch, neither here nor on the remote {@code origin}.
     *
     * @param counted whether their positions are known, because none is missing
     */
    List<FirstParents.Commit> firstParents(String branch, boolean counted) {
        List<FirstParents.Commit> found = commitOf(HEADS + branch)
                .or(() -> commitOf(ORIGIN + branch))
                .map(this::firstParents)
                .orElse(List.of());
        if (!counted) {
            return found;
        }
        List<FirstParents.Commit> commits = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            commits.add(
                    new FirstParents.Commit(found.get(i).id(), found.get(i).time(), OptionalLong.of(found.size() - i)));
        }
        return commits;
    }

    /**
     * The commit that leads to another by first parents and is nearest to a time: the last one that was made by then,
     * else the one made soonest after. Their own times decide: a head with an old date is not the newest.
     */
    Optional<FirstParents.Commit> nearest(String tip, Instant time) {
        List<FirstParents.Commit> all = firstParents(tip);
        return all.stream()
                .filter(commit -> !commit.time().isAfter(time))
                .reduce((newer, older) -> older.time().isAfter(newer.time()) ? older : newer)
                .or(() -> all.stream().reduce((newer, older) -> newer.time().isBefore(older.time()) ? newer : older));
    }

    private List<FirstParents.Commit> firstParents(String tip) {
        return run("rev-list", "--first-parent", "--timestamp", "--end-of-options", tip).stream()
                .flatMap(String::lines)
                .map(line -> line.split(" ", 2))
                .map(parts -> new FirstParents.Commit(
                        parts[1], Instant.ofEpochSecond(Long.parseLong(parts[0])), OptionalLong.empty()))
                .toList();
    }

    /** The user name of commits here. */
    Optional<String> userName() {
        return GitCall.in(directory)
                .run("config", "--get", "user.name")
                .map(String::strip)
                .filter(name -> !name.isEmpty());
    }

    /** Whether tracked files differ from the commit. */
    boolean isDirty() {
        // diff-index is quicker, but takes a file for changed whose time alone differs from the index
        return runWithFiles(differing("--quiet")).isEmpty();
    }

    /**
     * The differences of two commits, by file: the lines of one of them alone, anywhere in the file. Empty when that is
     * unknown; what is behind 64 MiB is left out.
     */
    public Optional<Map<String, String>> patch(String before, String after) {
        return run(
                        "diff",
                        "--unified=0",
                        "--full-index",
                        "--no-color",
                        "--no-prefix",
                        "--no-ext-diff",
                        "--no-textconv",
                        "--ignore-submodules=dirty",
                        "--submodule=short",
                        "--no-renames",
                        "--end-of-options",
                        before,
                        after)
                .map(Git::byFile);
    }

    /**
     * The changes by file: the changed lines of text, as ids of whole files would include changes of others; the ids of
     * binary files.
     */
    private static Map<String, String> byFile(String diff) {
        Map<String, String> files = new LinkedHashMap<>();
        for (String file : diff.split("(?m)^diff --git ")) {
            StringBuilder lines = new StringBuilder();
            String index = "";
            List<String> all = file.lines().toList();
            for (String line : all) {
                if (line.startsWith("index ")) {
                    index = line;
                } else if (!line.startsWith("@@ ")) {
                    lines.append(line.startsWith("Binary files ") ? index : line)
                            .append('\n');
                }
            }
            if (!all.isEmpty()) {
                String name = all.get(0);
                // without prefixes and renames it is the same name twice
                files.put(name.substring(0, name.length() / 2), lines.toString());
            }
        }
        return files;
    }

    /** The commits by first parents that lead to one and not to another, the newest last, with what they touched. */
    public List<Commit> changesBehind(String other, String upTo, int most) {
        return log(List.of("--first-parent", "-m", "--max-count=" + most), List.of(upTo, "^" + other))
                .map(CommitLog::parse)
                .orElse(List.of());
    }

    /** The commit with which the histories of two part. */
    public Optional<String> forkOf(String one, String other) {
        return run("merge-base", "--end-of-options", one, other)
                .map(String::strip)
                .filter(base -> !base.isEmpty());
    }

    /**
     * A file of a commit.
     *
     * @param path from this directory on, with slashes
     */
    public Optional<String> fileOf(String commit, String path) {
        return run("cat-file", "blob", commit + ":./" + path);
    }

    /** Everything in which tracked files differ from the commit. */
    public Optional<String> changes() {
        return runWithFiles(differing("--binary"));
    }

    /**
     * The arguments of git for differing files, with the commit of a submodule: for changes inside it git would start
     * itself there, out of our hands.
     */
    private static String[] differing(String how) {
        return new String[] {
            "diff",
            how,
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules=dirty",
            "--submodule=short",
            "HEAD",
            "--"
        };
    }

    /** The commit that a name (a tag, a branch, an abbreviated id) refers to. */
    public Optional<String> commitOf(String name) {
        return run("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}")
                .map(String::strip)
                // older versions of git answer with the option itself
                .map(answer -> answer.lines().reduce("", (first, last) -> last))
                // ^NAME means all but a commit, which is none
                .filter(id -> ID.matcher(id).matches());
    }

    /** The branch, local or of a remote, that a name refers to; empty for tags, commits and {@code HEAD}. */
    Optional<String> branchOf(String name) {
        if (name.equals("HEAD") || name.equals("@")) {
            return Optional.empty();
        }
        return run("rev-parse", "--verify", "--quiet", "--symbolic-full-name", "--end-of-options", name)
                // older versions of git answer with the option itself
                .map(answer -> answer.lines().reduce("", (first, last) -> last))
                .map(Git::branchName)
                .filter(branch -> !branch.isEmpty() && !branch.equals("HEAD"));
    }

    /** Whether a commit is one of a branch's own, here or on the remote {@code origin}: none that a merge brought. */
    boolean isOnBranch(String commit, String branch) {
        return Stream.of(HEADS + branch, ORIGIN + branch)
                .flatMap(name -> commitOf(name).stream())
                .distinct()
                .filter(tip -> isAncestor(commit, tip))
                .anyMatch(tip -> run("rev-list", "--first-parent", "--end-of-options", tip, "^" + commit + "^@")
                        .filter(text -> text.lines().anyMatch(commit::equals))
                        .isPresent());
    }

    /**
     * The branches, local or of a remote, whose newest commit is this one; where there are none, all that hold it.
     *
     * @param commit the full id
     */
    List<String> branchesOf(String commit) {
        List<String> ending = branches("--points-at=" + commit);
        return ending.isEmpty() ? branches("--contains=" + commit) : ending;
    }

    private List<String> branches(String which) {
        return run("for-each-ref", "--format=%(refname)", which, HEADS, REMOTES)
                .map(text -> text.lines()
                        .map(Git::branchName)
                        .filter(name -> !name.isEmpty() && !name.equals("HEAD"))
                        .distinct()
                        .toList())
                .orElse(List.of());
    }

    /** Without folder and remote; empty for what is no branch. */
    private static String branchName(String full) {
        if (full.startsWith(HEADS)) {
            return full.substring(HEADS.length());
        }
        return full.startsWith(REMOTES) ? full.substring(full.indexOf('/', REMOTES.length()) + 1) : "";
    }

    /** The newest commits of those branches, local or of remotes, that have one of these names, by their name. */
    public Map<String, String> tips(Set<String> names) {
        Map<String, String> tips = tips("--sort=refname");
        tips.keySet().removeIf(name -> !names.contains(branchName(name)));
        return named(tips);
    }

    /** The newest commits of the branches, local or of remotes, that hold a commit, by their name. */
    public Map<String, String> tipsWith(String commit) {
        return named(tips("--contains=" + commit));
    }

    /** By the full name. */
    private Map<String, String> tips(String which) {
        Map<String, String> tips = new LinkedHashMap<>();
        run("for-each-ref", "--format=%(objectname) %(refname)", which, HEADS, REMOTES)
                .ifPresent(text -> text.lines()
                        .map(line -> line.split(" ", 2))
                        .filter(parts -> !branchName(parts[1]).equals("HEAD"))
                        .forEach(parts -> tips.put(parts[1], parts[0])));
        return tips;
    }

    /** By the name without folder and remote; of several by the first of them, as long as all are at one commit. */
    private static Map<String, String> named(Map<String, String> tips) {
        Map<String, String> named = new LinkedHashMap<>();
        tips.forEach((full, tip) -> {
            String name = branchName(full);
            named.merge(name, tip, (one, other) -> one);
            if (!named.get(name).equals(tip)) {
                named.put(full, tip);
            }
        });
        return named;
    }

    /** The branches, local or of a remote, and the tags. */
    List<String> names() {
        return run("for-each-ref", "--format=%(refname)", HEADS, REMOTES, TAGS)
                .map(text -> text.lines()
                        .map(name -> name.startsWith(TAGS) ? name.substring(TAGS.length()) : branchName(name))
                        .filter(name -> !name.isEmpty() && !name.equals("HEAD"))
                        .distinct()
                        .toList())
                .orElse(List.of());
    }

    /** Commits of all branches and tags, the newest 20,000. */
    public List<String> someCommits() {
        return run("rev-list", "--all", "--max-count=20000")
                .map(text -> text.lines().toList())
                .orElse(List.of());
    }

    /** The newest tag that the commits before this one have. */
    public Optional<String> newestTagBefore(String commit) {
        return run("describe", "--tags", "--abbrev=0", commit + "^").map(String::strip);
    }

    /** Committer time of a commit, in seconds of the epoch. */
    public Optional<Long> second(String commit) {
        return run("log", "-1", "--no-show-signature", "--format=%ct", "--end-of-options", commit)
                .map(String::strip)
                // of a file or a folder git prints no time
                .filter(line -> !line.isEmpty())
                .map(Long::parseLong);
    }

    /** Whether a commit is another one or lies before it. */
    public boolean isAncestor(String commit, String of) {
        return run("merge-base", "--is-ancestor", "--end-of-options", commit, of)
                .isPresent();
    }

    /** The commits behind one up to another, oldest first, along first parents. */
    public List<String> between(String after, String upTo) {
        return run("rev-list", "--reverse", "--first-parent", "--end-of-options", upTo, "^" + after)
                .map(text -> text.lines().toList())
                .orElse(List.of());
    }

    /** The files that differ between two commits, relative to the root; empty when that is unknown. */
    public Optional<List<String>> changedFiles(String before, String after) {
        return run(namesOfDifferences(before, after)).map(text -> Stream.of(text.split("\0"))
                .filter(name -> !name.isEmpty())
                .toList());
    }

    /**
     * The files of the working copy that differ from a commit, new ones that git does not ignore among them, relative
     * to the root; empty when that is unknown.
     */
    public Optional<List<String>> filesChangedSince(String commit) {
        Optional<Git> root = root().map(Git::new);
        Optional<String> tracked = root.flatMap(git -> git.runWithFiles(namesOfDifferences(commit)));
        Optional<String> added =
                root.flatMap(git -> git.runWithFiles("ls-files", "--others", "--exclude-standard", "-z"));
        return tracked.map(text -> Stream.of((text + "\0" + added.orElse("")).split("\0"))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList());
    }

    /** @param commits two that are compared, or one with which the working copy is */
    private static String[] namesOfDifferences(String... commits) {
        return Stream.concat(
                        Stream.of(
                                "diff",
                                "--name-only",
                                "-z",
                                "--no-ext-diff",
                                "--no-textconv",
                                "--ignore-submodules=dirty",
                                "--no-renames",
                                "--end-of-options"),
                        Stream.of(commits))
                .toArray(String[]::new);
    }

    /** The first parent of a commit; empty for the first commit, and where the history is cut off. */
    public Optional<String> parent(String commit) {
        return commitOf(commit + "^1");
    }

    /** Author and first line of a commit. */
    public Optional<Title> title(String commit) {
        return run("log", "-1", "--no-show-signature", "--format=%an%n%s", "--end-of-options", commit)
                .map(text -> text.lines().toList())
                .filter(lines -> !lines.isEmpty())
                .map(lines -> new Title(lines.get(0), lines.size() > 1 ? lines.get(1) : ""));
    }

    /**
     * Authors and first lines of commits.
     *
     * @param commits ids as they were given to us; what is none, and what git does not know, is not in the answer
     */
    Map<String, Title> titles(Collection<String> commits) {
        List<String> ids =
                commits.stream().filter(commit -> ID.matcher(commit).matches()).toList();
        Map<String, Title> titles = new HashMap<>();
        for (int from = 0; from < ids.size(); from += COMMITS_OF_A_CALL) {
            List<String> command = new ArrayList<>(List.of(
                    "log",
                    "--no-walk=unsorted",
                    "--ignore-missing",
                    "--no-show-signature",
                    "--no-color",
                    "-z",
                    "--format=%H%x00%an%x00%s"));
            command.addAll(ids.subList(from, Math.min(ids.size(), from + COMMITS_OF_A_CALL)));
            String[] parts = run(command.toArray(String[]::new))
                    .map(text -> text.split("\0", -1))
                    .orElse(new String[0]);
            for (int i = 0; i + 2 < parts.length; i += 3) {
                titles.put(parts[i], new Title(parts[i + 1], parts[i + 2]));
            }
        }
        Map<String, Title> asked = new HashMap<>();
        for (String id : ids) {
            Title title = titles.get(id);
            if (title == null && id.length() < WHOLE_ID) {
                title = titles.entrySet().stream()
                        .filter(known -> known.getKey().startsWith(id))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null);
            }
            if (title != null) {
                asked.put(id, title);
            }
        }
        return asked;
    }

    /** The author of a commit, and the first line of its message. */
    public record Title(String author, String subject) {}

    /** Checks a commit out into a new folder; returns whether that worked. */
    public boolean addWorktree(Path folder, String commit) {
        return runWithFiles(
                        "worktree",
                        "add",
                        "--quiet",
                        "--detach",
                        "--force",
                        "--end-of-options",
                        folder.toString(),
                        commit)
                .isPresent();
    }

    /** Unregisters a folder made by {@link #addWorktree}, and deletes it. */
    public void removeWorktree(Path folder) {
        runWithFiles("worktree", "remove", "--force", "--force", "--end-of-options", folder.toString());
    }

    /**
     * The merge base of a commit and a branch; the branch as it is on the remote {@code origin} if it is known there.
     */
    public Optional<String> mergeBase(String commit, String branch) {
        return commitOf(ORIGIN + branch)
                .or(() -> commitOf(HEADS + branch))
                .flatMap(base -> run("merge-base", "--end-of-options", commit, base))
                .map(String::strip)
                .filter(base -> !base.isEmpty());
    }

    /** The commit and those before it, at most the newest 20,000; empty when the commit is not known here. */
    public Optional<Set<String>> ancestors(String commit) {
        return run("rev-list", "--max-count=20000", "--end-of-options", commit)
                .map(text -> Set.copyOf(text.lines().toList()));
    }

    /**
     * Those of some commits that git has and that lead to none of some others.
     *
     * @param commits full ids
     * @param others full ids that git has
     * @param before what descends from this commit is left out of the answer; none where it is empty
     */
    public Set<String> notLeadingTo(Collection<String> commits, Collection<String> others, String before) {
        Set<String> found = new HashSet<>();
        Set<String> later = new HashSet<>();
        for (List<String> some : calls(commits)) {
            List<String> command = new ArrayList<>(List.of("rev-list", "--ignore-missing"));
            command.addAll(some);
            others.forEach(other -> command.add("^" + other));
            run(command.toArray(String[]::new)).ifPresent(text -> text.lines().forEach(found::add));
            if (!before.isEmpty()) {
                List<String> descending = new ArrayList<>(List.of("rev-list", "--ancestry-path", "--ignore-missing"));
                descending.addAll(some);
                descending.add("^" + before);
                run(descending.toArray(String[]::new))
                        .ifPresent(text -> text.lines().forEach(later::add));
            }
        }
        found.retainAll(Set.copyOf(commits));
        found.removeAll(later);
        return found;
    }

    /**
     * Those of some commits that git does not have.
     *
     * @param commits full ids
     */
    public Set<String> unknown(Collection<String> commits) {
        Set<String> unknown = new HashSet<>();
        for (List<String> some : calls(commits)) {
            List<String> command = new ArrayList<>(List.of("rev-list", "--no-walk=unsorted", "--ignore-missing"));
            command.addAll(some);
            run(command.toArray(String[]::new)).ifPresent(text -> {
                unknown.addAll(some);
                text.lines().forEach(unknown::remove);
            });
        }
        return unknown;
    }

    private static List<List<String>> calls(Collection<String> commits) {
        List<String> all = List.copyOf(commits);
        List<List<String>> calls = new ArrayList<>();
        for (int from = 0; from < all.size(); from += COMMITS_OF_A_CALL) {
            calls.add(all.subList(from, Math.min(all.size(), from + COMMITS_OF_A_CALL)));
        }
        return calls;
    }

    /** The commits that hold one and lead to another, which is among them; empty when that is unknown. */
    public Set<String> holding(String commit, String upTo) {
        return run("rev-list", "--ancestry-path", "--end-of-options", upTo, "^" + commit)
                .map(text -> Set.copyOf(text.lines().toList()))
                .orElse(Set.of());
    }

    /** The address of the remote {@code origin}, or of the only remote there is. */
    Optional<String> remote() {
        return run("remote", "get-url", "origin")
                .or(() -> run("remote")
                        .map(names -> names.lines().toList())
                        .filter(names -> names.size() == 1 && !names.get(0).startsWith("-"))
                        .flatMap(names -> run("remote", "get-url", names.get(0))))
                .map(String::strip)
                .filter(address -> !address.isEmpty());
    }

    /** The main branch of the remote {@code origin}, else one with a usual name. */
    public Optional<String> mainBranch() {
        return symbolic(ORIGIN + "HEAD", ORIGIN)
                .or(() -> USUAL_MAIN_BRANCHES.stream().filter(this::hasBranch).findFirst());
    }

    /** The branch that is checked out, before its first commit too; empty when the head is detached. */
    public Optional<String> checkedOut() {
        return symbolic("HEAD", HEADS);
    }

    private Optional<String> symbolic(String reference, String folder) {
        return run("symbolic-ref", "--quiet", reference)
                .map(String::strip)
                .filter(name -> name.startsWith(folder))
                .map(name -> name.substring(folder.length()));
    }

    /** Whether there is a branch of this name, here or on the remote {@code origin}. */
    public boolean hasBranch(String name) {
        return commitOf(HEADS + name).or(() -> commitOf(ORIGIN + name)).isPresent();
    }

    /** The tracked files, from the root of the working copy on, with slashes; at most 100,000 of them. */
    public List<String> files() {
        return root().flatMap(root -> new Git(root).run("ls-files", "-z"))
                .map(text -> text.split("\u0000"))
                .map(names -> Arrays.stream(names)
                        .filter(name -> !name.isEmpty())
                        .limit(100_000)
                        .toList())
                .orElse(List.of());
    }

    /**
     * The commits that lead to one by first parents, the newest first, and the files that each touched, as {@link
     * CommitLog#parse} reads them; those of merges as the branch that was merged into saw them.
     *
     * @param most the largest number of them; of a longer answer than 64 MiB the beginning
     */
    Optional<String> log(String commit, int most) {
        return log(List.of("--first-parent", "-m", "--max-count=" + most), List.of(commit));
    }

    /**
     * The same of the commits that a merge brought to the branch that was merged into, without merges among them.
     *
     * @param most the largest number of them
     */
    Optional<String> merged(String merge, int most) {
        return log(List.of("--no-merges", "--max-count=" + most), List.of(merge, "^" + merge + "^1"));
    }

    /** The merges among the newest commits that lead to one by first parents; none where nothing is known of it. */
    Set<String> merges(String commit, int most) {
        return run("rev-list", "--first-parent", "--min-parents=2", "--max-count=" + most, "--end-of-options", commit)
                .map(text -> Set.copyOf(text.lines().toList()))
                .orElse(Set.of());
    }

    private Optional<String> log(List<String> which, List<String> commits) {
        List<String> arguments = new ArrayList<>(List.of("log", "-z"));
        arguments.addAll(which);
        arguments.addAll(List.of(
                "--no-renames",
                "--name-only",
                "--no-ext-diff",
                "--no-textconv",
                "--ignore-submodules=dirty",
                "--no-show-signature",
                "--no-color",
                "--format=%x00%H%x00%an%x00%ct%x00%s%x00",
                "--end-of-options"));
        arguments.addAll(commits);
        return run(arguments.toArray(String[]::new));
    }

    /** The root of the working copy. */
    public Optional<Path> root() {
        return run("rev-parse", "--show-toplevel").map(line -> Path.of(line.stripTrailing()));
    }

    /** The output of a git command that succeeded. */
    private Optional<String> run(String... arguments) {
        return hasRepository() ? GitCall.in(directory).run(arguments) : Optional.empty();
    }

    /** The same of a command that reads or writes files of the working copy. */
    private Optional<String> runWithFiles(String... arguments) {
        return hasRepository() ? GitCall.withFiles(directory).flatMap(call -> call.run(arguments)) : Optional.empty();
    }

    /**
     * Whether git could find a repository: a command outside of one makes a dozen queries, and a process for each would
     * take longer than the command itself.
     */
    private boolean hasRepository() {
        if (System.getenv("GIT_DIR") != null) {
            return true;
        }
        try {
            for (Path folder = directory.toRealPath(); folder != null; folder = folder.getParent()) {
                // a working copy, a worktree or a submodule; or a bare repository, which may be a worktree's .git, too
                if (Files.exists(folder.resolve(".git"))
                        || Files.exists(folder.resolve("HEAD"), LinkOption.NOFOLLOW_LINKS)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return true; // git knows more of it
        }
    }
}
