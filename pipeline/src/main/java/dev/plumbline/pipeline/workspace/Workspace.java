package dev.plumbline.pipeline.workspace;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.mapping.Mappings;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.ConfigurationFile;
import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import dev.plumbline.pipeline.repository.CiVariables;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.HistoryBranches;
import dev.plumbline.pipeline.repository.Place;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.sqlite.SqliteRunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;

/**
 * The surroundings of a command: its directory, its history, its configuration, and the facts that can be found there.
 *
 * @param directory the working directory
 * @param variables the process's environment variables
 * @param clock the time
 * @param store where the history is
 * @param configuration the settings that the repository's configuration file gives
 * @param standardInput the file that keeps what came from standard input, where that is read
 * @param caller whose command this is, where it was typed on another machine
 */
public record Workspace(
        Path directory,
        Map<String, String> variables,
        Clock clock,
        StoreLocation store,
        Configuration configuration,
        Optional<Path> standardInput,
        Optional<Caller> caller) {
    /** The path that names standard input in place of a result file. */
    public static final Path STANDARD_INPUT = Path.of("-");

    /** The name of standard input in messages and reports. */
    public static final String STANDARD_INPUT_NAME = "standard input";

    /** The default file of the history. */
    public static final String DEFAULT_STORE = ".plumbline/history.db";

    private static final String FOLDER = ".plumbline";

    public Workspace {
        requireNonNull(directory, "directory");
        requireNonNull(clock, "clock");
        requireNonNull(store, "store");
        requireNonNull(configuration, "configuration");
        requireNonNull(standardInput, "standardInput");
        requireNonNull(caller, "caller");
        variables = Map.copyOf(variables);
    }

    /**
     * The workspace of a directory; a configuration file there is not read.
     *
     * @param store the history's file; when it is not given, {@code .plumbline/history.db} at the root of the
     *     repository around the directory, or in the directory itself
     */
    public static Workspace of(Path directory, Map<String, String> variables, Clock clock, Optional<Path> store) {
        Path file = store.map(directory::resolve)
                .orElseGet(() -> repositoryAround(directory).resolve(DEFAULT_STORE));
        return new Workspace(
                directory,
                variables,
                clock,
                new StoreLocation.InFile(file),
                Configuration.DEFAULT,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The workspace of a directory.
     *
     * @param store where the history is, as {@code --store} takes it; when it is not given, what the configuration
     *     names, else {@code .plumbline/history.db} at the root of the repository around the directory, or in the
     *     directory itself
     * @throws WrongConfiguration if the configuration is asked, and names a file outside of its folder
     * @throws StoreException if it is the address of a server, with a mistake, or nothing names it and a link leads
     *     out of the repository
     */
    public static Workspace of(
            Path directory,
            Map<String, String> variables,
            Clock clock,
            Optional<String> store,
            Configuration configuration)
            throws IOException {
        StoreLocation location;
        Optional<String> project = configuration.project().value();
        if (store.isPresent()) {
            location = StoreLocation.of(store.get(), directory, variables, project);
        } else if (configuration.storeAddress().isPresent()) {
            location = StoreLocation.of(configuration.storeAddress().get(), directory, variables, project);
        } else {
            location = new StoreLocation.InFile(configuration.storeFile().orElseGet(() -> defaultStore(directory)));
        }
        return new Workspace(directory, variables, clock, location, configuration, Optional.empty(), Optional.empty());
    }

    /**
     * The workspace of a command that was typed on another machine. Where its configuration has the history counts for
     * nothing.
     */
    public static Workspace of(Caller caller, Map<String, String> variables, Clock clock, Configuration configuration) {
        return new Workspace(
                caller.directory(),
                variables,
                clock,
                caller.store(),
                configuration,
                Optional.empty(),
                Optional.of(caller));
    }

    /** Inside the repository, for a link that was committed would have the history written anywhere. */
    private static Path defaultStore(Path directory) {
        Path root = repositoryAround(directory);
        Path store = root.resolve(DEFAULT_STORE);
        try {
            if (!Configuration.isInside(root, store)) {
                throw new StoreException(
                        store + ": a link leads out of the repository; delete the link, or use --store FILE");
            }
        } catch (IOException e) {
            throw new StoreException("looking where " + store + " lies", e);
        }
        return store;
    }

    /** The smallest change that matters in each series, as a check without options has it. */
    public ToDoubleBiFunction<SeriesKey, Unit> margins() {
        Thresholds thresholds = configuration.thresholds(configuration.policy());
        return (key, unit) -> thresholds.of(key, unit).margin();
    }

    /** The same history and configuration, seen from another directory. */
    public Workspace in(Path other) {
        return new Workspace(other, variables, clock, store, configuration, standardInput, caller);
    }

    /** The same place, where losses are added up since a reference. */
    public Workspace withCumulative(Optional<String> since) {
        return since.isEmpty()
                ? this
                : new Workspace(
                        directory,
                        variables,
                        clock,
                        store,
                        configuration.withCumulative(since.get()),
                        standardInput,
                        caller);
    }

    /** The same place, where files are read with these mappings. */
    public Workspace withMappings(Mappings mappings) {
        return new Workspace(
                directory, variables, clock, store, configuration.withMappings(mappings), standardInput, caller);
    }

    /** The same place, where {@code -} is a file that keeps what came from standard input. */
    public Workspace withStandardInput(Path kept) {
        return new Workspace(directory, variables, clock, store, configuration, Optional.of(kept), caller);
    }

    /**
     * The configuration of the repository around a directory, or of the directory itself; the defaults when it has
     * none.
     *
     * @throws WrongConfiguration if its file has a mistake
     */
    public static Configuration configurationAround(Path directory) throws IOException {
        return ConfigurationFile.find(repositoryAround(directory), directory);
    }

    /**
     * The nearest folder upwards that holds a {@code .git}; asked of the file system because starting git takes longer.
     */
    private static Path repositoryAround(Path directory) {
        Path folder = directory.toAbsolutePath().normalize();
        while (folder != null) {
            if (Files.exists(folder.resolve(".git"))) {
                return folder;
            }
            folder = folder.getParent();
        }
        return directory;
    }

    /**
     * The file that a path means which was written in the working directory; as it was written where the process works
     * there too, since messages show it so.
     */
    public Path resolve(Path path) {
        if (path.equals(STANDARD_INPUT) && standardInput.isPresent()) {
            return standardInput.get();
        }
        if (caller.isPresent()) {
            return caller.get().asTyped(path);
        }
        return directory.equals(Path.of("").toAbsolutePath()) ? path : directory.resolve(path);
    }

    /**
     * The file or folder that a text means which was written in the working directory.
     *
     * @throws WrongRequest if it leads out of the files that were sent
     */
    public Path file(String text) throws WrongRequest {
        Path path = Path.of(text);
        return directory.resolve(
                caller.isEmpty()
                        ? path
                        : caller.get()
                                .inside(path)
                                .orElseThrow(() -> new WrongRequest(text + ": lies outside of what was sent")));
    }

    public RunStore open() {
        if (store.folder().isPresent() && caller.isEmpty()) {
            keepOutOfGit();
        }
        return store.open(configuration.aliases(), configuration.reruns().value());
    }

    /** Whether there is a history. */
    public boolean hasHistory() {
        return store.hasHistory();
    }

    /** The folder of the files that are kept beside a history, wherever that is. */
    public Path folder() {
        return store.folder()
                .filter(folder -> caller.isEmpty())
                .orElseGet(() -> repositoryAround(directory).resolve(FOLDER).toAbsolutePath());
    }

    /** Makes a new {@code .plumbline} ignore itself, so that a history is not committed by accident. */
    public void keepOutOfGit() {
        Path folder = folder();
        if (!folder.endsWith(FOLDER) || Files.exists(folder)) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(".gitignore"), "*\n");
        } catch (IOException e) {
            // the store, which needs the folder, reports the obstacle
        }
    }

    /** A history that ends with the command. */
    public RunStore inMemory() {
        return SqliteRunStore.inMemory(
                configuration.aliases(), configuration.reruns().value());
    }

    /** A history that ends with the command and begins with what the workspace's holds, which is not changed. */
    public RunStore openCopy() {
        return hasHistory()
                ? store.openTrial(
                        configuration.aliases(), configuration.reruns().value())
                : inMemory();
    }

    /** The root of the repository around the directory, or the directory itself. */
    public Path root() {
        return repositoryAround(directory);
    }

    /**
     * The history that is there already.
     *
     * @throws NothingFound if there is none
     */
    public RunStore openExisting() throws NothingFound {
        requireHistory();
        return open();
    }

    /** @throws NothingFound if there is no history */
    public void requireHistory() throws NothingFound {
        requireHistory("create one with plumb record RESULT");
    }

    /**
     * The same for who has to do something else.
     *
     * @param advice what to do where there is none
     * @throws NothingFound if there is no history
     */
    public void requireHistory(String advice) throws NothingFound {
        if (!hasHistory()) {
            // where a server keeps it is nothing to those who use it
            throw new NothingFound("there is no history " + (caller.isEmpty() ? store + " yet; " : "yet; ") + advice);
        }
    }

    public Place place() {
        return Place.of(
                directory, variables, caller.map(Caller::machine).orElseGet(Place.Facts::here), this::mainBranch);
    }

    /** Reads results, those too that the configuration has a mapping for. */
    public Results results(ImportContext importContext) {
        Results plain = Results.with(importContext).withMappings(configuration.mappings());
        Results results = caller.map(one -> plain.withNames(one::shown)).orElse(plain);
        return standardInput
                .map(kept -> results.withName(kept, STANDARD_INPUT_NAME))
                .orElse(results);
    }

    /** Keeps the recorded result files, if given. */
    public Optional<RecordedFile.Keeper> keeper() {
        return caller.flatMap(Caller::keeper);
    }

    /** The caller's name of a file that was read. */
    public String shown(Path file) {
        return standardInput.filter(file::equals).isPresent()
                ? STANDARD_INPUT_NAME
                : caller.map(one -> one.shown(file)).orElseGet(file::toString);
    }

    public ImportContext importContext(Place place) {
        return ImportContext.of(place.revision(), place.environment(), clock.instant());
    }

    /** The header in the environment that the configuration names, unless the results name one themselves. */
    public RunHeader inConfiguredEnvironment(RunHeader header) {
        return configuration
                .environment()
                .value()
                .filter(name -> !header.environment().facts().containsKey(Environment.NAME))
                .map(name -> header.withEnvironment(header.environment().named(name)))
                .orElse(header);
    }

    /**
     * The branch that other branches are judged against when none is named: the pull request's target, else the
     * {@link #mainBranch}.
     */
    public String baseBranch() {
        return targetBranch().orElseGet(this::mainBranch);
    }

    /** The same with the open history. */
    public String baseBranch(RunStore history) {
        return targetBranch().orElseGet(() -> mainBranch(HistoryBranches.of(history)));
    }

    private Optional<String> targetBranch() {
        return CiVariables.of(variables).flatMap(CiVariables::baseBranch);
    }

    /**
     * The main branch: the configured one; else {@code main} where the history or the repository has it; else the
     * repository's, by {@link Git#mainBranch}; else {@code master} or {@code trunk} where the history has it;
     * else the one that is checked out where the history has it; else the one with the most runs.
     */
    public String mainBranch() {
        if (configuration.branch().value().isPresent() || !hasHistory()) {
            return mainBranch(HistoryBranches.none());
        }
        try (RunStore history = open()) {
            return mainBranch(HistoryBranches.of(history));
        }
    }

    private String mainBranch(HistoryBranches branches) {
        Optional<String> configured = configuration.branch().value();
        if (configured.isPresent()) {
            return configured.get();
        }
        Git git = new Git(directory);
        if (branches.has(Revision.DEFAULT_BRANCH) || git.hasBranch(Revision.DEFAULT_BRANCH)) {
            return Revision.DEFAULT_BRANCH;
        }
        return git.mainBranch()
                .or(() -> Git.USUAL_MAIN_BRANCHES.stream().filter(branches::has).findFirst())
                .or(() -> git.checkedOut().filter(branches::has))
                .or(branches::longest)
                .orElse(Revision.DEFAULT_BRANCH);
    }
}
