package dev.plumbline.server.command;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Environment;
import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.repository.Checkout;
import dev.plumbline.pipeline.repository.CiVariables;
import dev.plumbline.pipeline.repository.CommitStore;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.Place;
import dev.plumbline.pipeline.workspace.Caller;
import dev.plumbline.pipeline.workspace.RecordedFile;
import dev.plumbline.pipeline.workspace.StoreLocation;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A command of another machine, run here on the history of a project. It has a separate folder that represents that
 * machine and is deleted when this is closed.
 */
public final class CommandExecution implements Closeable {
    /** Results that waited longer to be sent count as measured this long ago. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(30);

    /** A command was used wrongly, or could not be done. */
    private static final int WRONG = 2;

    /** The most bytes of standard output, and of the error stream. */
    private static final long MOST_OUTPUT = 512L << 20;

    /** Options that open a connection or choose another history; each is refused where it is read, too. */
    private static final Set<String> REFUSED = Set.of("--store", "--publish", "--publish-name");

    /** Names that belong to this program and to git, and are no answer. */
    private static final Set<String> OWN = Set.of(".git", ".plumbline");

    /** The longest argument in the audit log. */
    private static final int LONGEST_WORD = 200;

    /** Columns of what is not written for a terminal. */
    private static final int WIDTH = 120;

    private final Path folder;
    private final CommandAnswer answer;
    private final NamesOfCaller names;
    private final List<String> arguments;

    /** The exit code as the program gave it. */
    private final int ended;

    private CommandExecution(
            Path folder, CommandAnswer answer, NamesOfCaller names, List<String> arguments, int ended) {
        this.ended = ended;
        this.folder = folder;
        this.arguments = List.copyOf(arguments);
        this.answer = answer;
        this.names = names;
    }

    /**
     * The project that commands run on.
     *
     * @param history where its history is
     * @param replica where a command that only reads may find it; not asked for others
     * @param commits the commits that its repositories have
     * @param copy represents the working copy from which results were last added
     */
    public record Project(
            StoreLocation history, Supplier<Optional<HistoryReplica>> replica, CommitStore commits, WorkingCopy copy) {
        public Project {
            requireNonNull(history, "history");
            requireNonNull(replica, "replica");
            requireNonNull(commits, "commits");
            requireNonNull(copy, "copy");
        }

        /** One whose history is at one place. */
        public Project(StoreLocation history, CommitStore commits, WorkingCopy copy) {
            this(history, Optional::empty, commits, copy);
        }

        private Optional<HistoryReplica> replicaFor(List<String> arguments) {
            return CommandRights.of(arguments).equals(Optional.of(Right.READ)) ? replica.get() : Optional.empty();
        }
    }

    /**
     * The caller.
     *
     * @param name of the account: the author of what it decides
     * @param rights what it may do in the project
     */
    public record Member(String name, Set<Right> rights) {
        public Member {
            requireNonNull(name, "name");
            rights = Set.copyOf(rights);
        }
    }

    /**
     * The settings for running commands.
     *
     * @param program the command line
     * @param scratch the folder of their folders; no repository may be around it
     * @param clock the time
     * @param mostBytes of a call, unpacked
     * @param keeper keeps the recorded result files, if given
     */
    public record Settings(
            ConfinedCommand.Program program,
            Path scratch,
            Clock clock,
            long mostBytes,
            Optional<RecordedFile.Keeper> keeper) {
        public Settings {
            requireNonNull(keeper, "keeper");
            requireNonNull(program, "program");
            requireNonNull(scratch, "scratch");
            requireNonNull(clock, "clock");
        }
    }

    /**
     * Runs a command.
     *
     * @param in the call, as {@link CommandCall#write} writes it
     * @throws MalformedPacket if it is none, or too large
     * @throws CommandRefused if the command is not run for others, or not for this one
     * @throws IOException if it cannot be run here
     */
    public static CommandExecution run(InputStream in, Member member, Project project, Settings settings)
            throws IOException, CommandRefused {
        Path folder = Files.createTempDirectory(settings.scratch(), "plumb-").toRealPath();
        boolean isDone = false;
        try {
            checkAlone(folder);
            CommandCall call = CommandCall.read(in, folder, settings.mostBytes());
            check(call.arguments(), member);
            CommandExecution execution = run(call, member, project, settings, folder);
            isDone = true;
            return execution;
        } finally {
            if (!isDone) {
                Scratch.delete(folder);
            }
        }
    }

    /**
     * Runs a command for a page or a request, in the copy of the working copy from which results were last added.
     *
     * @param files what it needs, by names in that folder
     * @throws CommandRefused if the command is not run for others, or not for this one
     * @throws IOException if it cannot be run here
     */
    public static CommandExecution run(
            List<String> arguments, SortedMap<String, Path> files, Member member, Project project, Settings settings)
            throws IOException, CommandRefused {
        check(arguments, member);
        Path folder = Files.createTempDirectory(settings.scratch(), "plumb-").toRealPath();
        boolean isDone = false;
        try {
            checkAlone(folder);
            Path root = Files.createDirectories(folder.resolve(Packet.FILES));
            project.copy().copyTo(root);
            for (Map.Entry<String, Path> file : files.entrySet()) {
                Packet.checkName(file.getKey());
                Path target = root.resolve(file.getKey());
                Files.createDirectories(target.getParent());
                Files.copy(file.getValue(), target);
            }
            CommandExecution execution = run(
                    folder,
                    history -> new Caller(
                            member.name(),
                            history,
                            new Place.Facts(Environment.unknown(), Optional.of(false)),
                            root,
                            root,
                            true,
                            Optional.empty(),
                            settings.keeper()),
                    new Line(arguments, Map.of(), settings.clock(), false, WIDTH),
                    project,
                    settings.program());
            isDone = true;
            return execution;
        } finally {
            if (!isDone) {
                Scratch.delete(folder);
            }
        }
    }

    /** A command would take a repository around its folder for the caller's. */
    private static void checkAlone(Path folder) throws IOException {
        for (Path above = folder; above != null; above = above.getParent()) {
            if (Files.exists(above.resolve(".git"), LinkOption.NOFOLLOW_LINKS)
                    || Files.exists(above.resolve("HEAD"), LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("the folder for commands lies in the repository " + above
                        + "; start the server with a folder outside it");
            }
        }
    }

    private static void check(List<String> arguments, Member member) throws CommandRefused {
        Right needed = CommandRights.of(arguments)
                .orElseThrow(() -> new CommandRefused("a server cannot run plumb " + named(arguments)));
        if (!member.rights().contains(needed)) {
            throw new CommandRefused("plumb " + named(arguments) + " needs the right to "
                    + switch (needed) {
                        case READ -> "read";
                        case RECORD -> "record";
                        case DECIDE -> "decide";
                        case ADMINISTER -> "administer";
                    }
                    + " in this project, which " + member.name() + " does not have");
        }
        for (String argument : arguments) {
            String option = argument.split("=", 2)[0];
            if (REFUSED.contains(option)) {
                throw new CommandRefused("a server does not accept the option " + option);
            }
        }
    }

    private static String named(List<String> arguments) {
        String name = arguments.get(0);
        return name.matches("[a-z-]{1,30}") ? name : "with these arguments";
    }

    private static CommandExecution run(
            CommandCall call, Member member, Project project, Settings settings, Path folder) throws IOException {
        Path root = Files.createDirectories(folder.resolve(Packet.FILES));
        Path directory = Files.createDirectories(root.resolve(call.directory()));
        Optional<Path> repository = call.root().map(root::resolve);
        boolean isRepository = false;
        if (repository.isPresent()) {
            // the root is known by this folder even where git knows nothing
            Files.createDirectories(repository.get().resolve(".git"));
            isRepository =
                    call.checkout().isPresent() && call.checkout().get().writeTo(repository.get(), project.commits());
        }
        if (isRepository && (isOfMainBranch(call) || project.copy().state().isEmpty())) {
            project.copy().keep(repository.get());
        }
        return run(
                folder,
                history -> new Caller(
                        member.name(),
                        history,
                        new Place.Facts(call.environment(), call.checkout().map(Checkout::isDirty)),
                        root,
                        directory,
                        call.isShort(),
                        call.wantsReport() ? Optional.of(folder.resolve("report")) : Optional.empty(),
                        settings.keeper()),
                new Line(
                        call.arguments(),
                        call.variables(),
                        clock(call, settings.clock()),
                        call.outIsTerminal(),
                        call.width()),
                project,
                settings.program());
    }

    /** Whether the call adds results of the main branch: what is proposed elsewhere is not in force. */
    private static boolean isOfMainBranch(CommandCall call) {
        Optional<CiVariables> ci = CiVariables.of(call.variables());
        if (!CommandRights.of(call.arguments()).equals(Optional.of(Right.RECORD))
                || call.arguments().contains("--dry-run")
                || ci.flatMap(CiVariables::baseBranch).isPresent()) {
            return false;
        }
        Checkout checkout = call.checkout().orElseThrow();
        String branch = ci.flatMap(CiVariables::branch).orElseGet(() -> nameOf(checkout.head()));
        return checkout.mainOfOrigin()
                .map(CommandExecution::nameOf)
                .map(branch::equals)
                .orElseGet(() -> Git.USUAL_MAIN_BRANCHES.contains(branch));
    }

    private static String nameOf(String reference) {
        return reference.replaceFirst("^refs/(heads|remotes/[^/]+)/", "");
    }

    /** A command line and the terminal that its answer is for. */
    private record Line(
            List<String> arguments, Map<String, String> variables, Clock clock, boolean outIsTerminal, int width) {}

    /** Runs a command that only reads on the replica, and where that gives no answer once more on the history. */
    private static CommandExecution run(
            Path folder,
            Function<StoreLocation, Caller> caller,
            Line line,
            Project project,
            ConfinedCommand.Program program)
            throws IOException {
        Optional<HistoryReplica> replica = project.replicaFor(line.arguments());
        if (replica.isPresent()) {
            CommandExecution first = run(folder, caller.apply(replica.get().history()), line, program);
            if (!first.isUnanswered()) {
                return first;
            }
            replica.get().failed().accept(new IOException(first.errors().strip()));
        }
        return run(folder, caller.apply(project.history()), line, program);
    }

    private static CommandExecution run(Path folder, Caller caller, Line line, ConfinedCommand.Program program)
            throws IOException {
        Path root = caller.root();
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        Path in = folder.resolve(CommandCall.STANDARD_INPUT);
        Map<Path, State> before = states(root);
        int exitCode;
        try (InputStream input = Files.exists(in) ? Files.newInputStream(in) : InputStream.nullInputStream();
                BoundedOutput bounded = new BoundedOutput(Files.newOutputStream(out), MOST_OUTPUT);
                PrintStream output = stream(bounded);
                PrintStream errors = stream(new BoundedOutput(Files.newOutputStream(err), MOST_OUTPUT))) {
            exitCode = program.run(new ConfinedCommand(
                    line.arguments(),
                    input,
                    output,
                    errors,
                    line.variables(),
                    line.clock(),
                    line.outIsTerminal(),
                    line.width(),
                    caller));
            output.flush();
            if (bounded.isPassed()) {
                errors.println("plumb: the answer has more than " + (MOST_OUTPUT >> 20)
                        + " MiB, the limit of a server; ask for less of the history");
                exitCode = WRONG;
            }
        }
        boolean isOwnCode = exitCode == ConfinedCommand.NOTHING_FOUND || exitCode == ConfinedCommand.NO_ANSWER;
        SortedMap<String, Path> written = new TreeMap<>();
        Map<Path, State> after = states(root);
        after.forEach((file, state) -> {
            if (!state.equals(before.get(file))) {
                written.put(name(root, file), file);
            }
        });
        SortedSet<String> removed = before.keySet().stream()
                .filter(file -> !after.containsKey(file))
                .map(file -> name(root, file))
                .collect(Collectors.toCollection(TreeSet::new));
        return new CommandExecution(
                folder,
                new CommandAnswer(
                        isOwnCode ? WRONG : exitCode,
                        out,
                        err,
                        written,
                        removed,
                        caller.report().filter(Files::exists)),
                new NamesOfCaller(caller),
                line.arguments(),
                exitCode);
    }

    /**
     * Results that name no time were measured when the command was typed, however long they waited to be sent and
     * however often they are. Everything else is done now.
     */
    private static Clock clock(CommandCall call, Clock clock) {
        if (!CommandRights.of(call.arguments()).equals(Optional.of(Right.RECORD))) {
            return clock;
        }
        Instant now = clock.instant();
        Instant oldest = now.minus(LONGEST_WAIT);
        Instant typed = call.time();
        return Clock.fixed(typed.isAfter(now) ? now : typed.isBefore(oldest) ? oldest : typed, clock.getZone());
    }

    private static String name(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private static PrintStream stream(OutputStream out) {
        return new PrintStream(new BufferedOutputStream(out), false, StandardCharsets.UTF_8);
    }

    /** The identity of a file; one that is written again is another. */
    private record State(long size, long modifiedNanos, String key) {}

    private static Map<Path, State> states(Path root) throws IOException {
        Map<Path, State> states = new HashMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                return OWN.contains(visited.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    states.put(
                            file,
                            new State(
                                    attributes.size(),
                                    attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS),
                                    String.valueOf(attributes.fileKey())));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return states;
    }

    /** The command line, where it changes more than to add results. */
    public Optional<String> decision() {
        return CommandRights.of(arguments)
                .filter(right -> right == Right.DECIDE || right == Right.ADMINISTER)
                .map(right -> arguments.stream()
                        .map(word -> word.length() > LONGEST_WORD ? word.substring(0, LONGEST_WORD) + "…" : word)
                        .collect(Collectors.joining(" ")));
    }

    /** Whether the history is another one now: results were added, or something was decided. */
    public boolean isChange() {
        return exitCode() != WRONG
                && !arguments.contains("--dry-run")
                && CommandRights.of(arguments)
                        .filter(right -> right != Right.READ)
                        .isPresent();
    }

    /** Whether the history may be another one now, even where the command failed. */
    public boolean mayHaveWritten() {
        return !arguments.contains("--dry-run") && !CommandRights.of(arguments).equals(Optional.of(Right.READ));
    }

    /** Whether something that the command line names is not there. */
    public boolean isNothingFound() {
        return ended == ConfinedCommand.NOTHING_FOUND;
    }

    /** Whether the database of the history gave no answer, so that the same may succeed later. */
    public boolean isUnanswered() {
        return ended == ConfinedCommand.NO_ANSWER;
    }

    /** The exit code of the command. */
    public int exitCode() {
        return answer.exitCode();
    }

    /** Writes what the command wrote to standard output; the stream stays open. */
    public void writeOutTo(OutputStream out) throws IOException {
        names.copy(answer.out(), out);
    }

    /** The error output of the command. */
    public String errors() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        names.copy(answer.err(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /**
     * Writes a file that the command wrote; the stream stays open.
     *
     * @throws java.nio.file.NoSuchFileException if it wrote none of that name
     */
    public void writeFileTo(String name, OutputStream out) throws IOException {
        Path file = answer.files().get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        names.copy(file, out);
    }

    /** Writes the answer, as {@link CommandAnswer#read} reads it; the stream stays open. */
    public void writeTo(OutputStream out) throws IOException {
        answer.write(out, names);
    }

    @Override
    public void close() throws IOException {
        Scratch.delete(folder);
    }
}
