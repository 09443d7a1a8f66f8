package dev.plumbline.cli.remote;

import dev.plumbline.cli.option.Terminal;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.ConfigurationFile;
import dev.plumbline.pipeline.repository.FilesBelow;
import dev.plumbline.pipeline.repository.Glob;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The files that go with a command: those that its arguments and the configuration name to be read, the configuration
 * itself and the list of acceptances. Nothing else of a repository leaves this machine.
 */
final class CallContents {
    private static final String STANDARD_INPUT = "-";
    private static final String ACCEPTANCES = "plumbline/acceptances.yaml";

    /** The folder in which earlier versions wrote acceptances. */
    private static final String ACCEPTANCE_FOLDER = "plumbline/acceptances";

    private final Terminal terminal;
    private final CommandSpec command;
    private final Configuration configuration;
    private final Path scratch;
    private final SortedMap<String, Path> files = new TreeMap<>();
    private final SortedSet<String> folders = new TreeSet<>();
    private final Set<Path> outputs = new HashSet<>();
    private Optional<Path> standardInput = Optional.empty();

    private CallContents(Terminal terminal, CommandSpec command, Configuration configuration, Path scratch) {
        this.terminal = terminal;
        this.command = command;
        this.configuration = configuration;
        this.scratch = scratch;
    }

    /**
     * Finds them.
     *
     * @param command as it was read from the command line
     * @param root the folder of the repository, or the working directory
     * @param scratch a folder for what is no file of its own
     */
    static CallContents of(Terminal terminal, CommandSpec command, Configuration configuration, Path root, Path scratch)
            throws IOException {
        CallContents contents = new CallContents(terminal, command, configuration, scratch);
        for (ArgSpec argument : command.args()) {
            contents.add(argument);
        }
        contents.addConfiguration(root);
        return contents;
    }

    SortedMap<String, Path> files() {
        return files;
    }

    SortedSet<String> folders() {
        return folders;
    }

    Optional<Path> standardInput() {
        return standardInput;
    }

    /** Whether the command line names a file as one to be written, or a folder that it is in. */
    boolean isOutput(Path file) {
        return outputs.stream().anyMatch(file::startsWith);
    }

    /** The name that a file has in a call. */
    static String name(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.getRoot().relativize(absolute).toString().replace('\\', '/');
    }

    private void add(ArgSpec argument) throws IOException {
        Object value = argument.getValue();
        Collection<?> all =
                value instanceof Collection<?> several ? several : value == null ? List.of() : List.of(value);
        for (Object one : all) {
            if (one instanceof Path path) {
                if (isOutput(argument)) {
                    addOutput(path);
                } else {
                    addInput(path);
                }
            } else if (one instanceof String text && mayBeFile(argument) && isThere(text)) {
                addInput(Path.of(text));
            }
        }
    }

    private boolean isOutput(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName().equals("--output")
                : command.name().equals("export");
    }

    /** Whether a text may be the name of a file or folder; most are names of benchmarks and branches. */
    private boolean mayBeFile(ArgSpec argument) {
        return List.of(argument.paramLabel().split("\\|")).contains("DIR")
                || command.name().equals("compare") && argument.isPositional();
    }

    private boolean isThere(String text) {
        try {
            return text.equals(STANDARD_INPUT)
                    || !text.isBlank() && Files.exists(terminal.directory().resolve(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private void addInput(Path typed) throws IOException {
        if (typed.toString().equals(STANDARD_INPUT)) {
            Path kept = scratch.resolve("stdin");
            if (standardInput.isEmpty()) {
                Files.copy(terminal.in(), kept);
                standardInput = Optional.of(kept);
            }
            return;
        }
        Path path = terminal.directory().resolve(typed);
        if (Files.isDirectory(path)) {
            folders.add(name(path));
            for (Path file : FilesBelow.of(path)) {
                if (!isHidden(path.relativize(file))) {
                    addFile(file);
                }
            }
        } else if (Files.exists(path)) {
            addFile(path);
        } else if (Glob.isOne(path)) {
            addMatches(path);
        }
    }

    private void addMatches(Path pattern) {
        try {
            Glob.expand(pattern).forEach(file -> files.put(name(file), file));
        } catch (IOException e) {
            // the command itself reports this
        }
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    /** A pipe can be read only once, and is kept for that. */
    private void addFile(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            files.put(name(file), file);
            return;
        }
        Path kept = scratch.resolve("pipe-" + files.size());
        Files.copy(file, kept);
        files.put(name(file), kept);
    }

    /** Adds an output path, whose folder determines how it is written. */
    private void addOutput(Path typed) throws IOException {
        if (typed.toString().equals(STANDARD_INPUT)) {
            return;
        }
        Path path = terminal.directory().resolve(typed).toAbsolutePath().normalize();
        outputs.add(path);
        if (Files.isDirectory(path)) {
            folders.add(name(path));
            addForeign(path);
        }
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            if (Files.isDirectory(above)) {
                if (above.getNameCount() > 0) {
                    folders.add(name(above));
                }
                return;
            }
        }
    }

    /** Some commands replace what is in their folder, or refuse it: they need its names. */
    private void addForeign(Path folder) throws IOException {
        if (command.name().equals("export")) {
            addInput(folder);
            return;
        }
        Path empty = scratch.resolve("empty");
        if (!Files.exists(empty)) {
            Files.createFile(empty);
        }
        try (Stream<Path> pages = Files.list(folder)) {
            pages.filter(file -> file.toString().endsWith(".html") && Files.isRegularFile(file))
                    .forEach(file -> files.put(name(file), empty));
        }
    }

    private void addConfiguration(Path root) throws IOException {
        Path file = configuration.file().orElse(root.resolve(Configuration.FILE));
        Path folder = configuration
                .file()
                .map(Path::toAbsolutePath)
                .map(Path::getParent)
                .orElse(root);
        Path tuned = folder.resolve(ConfigurationFile.TUNED);
        Path acceptances = root.resolve(ACCEPTANCES);
        for (Path one : List.of(file, tuned, acceptances)) {
            if (Files.isRegularFile(one)) {
                files.put(name(one), one);
            }
        }
        Path former = root.resolve(ACCEPTANCE_FOLDER);
        if (Files.isDirectory(former)) {
            addInput(former);
        }
        Optional<String> baselines = configuration.baseline().use().value();
        if (baselines.filter(this::isThere).isPresent()) {
            addInput(Path.of(baselines.get()));
        }
        written(file, tuned, acceptances)
                .map(Path::toAbsolutePath)
                .map(Path::normalize)
                .ifPresent(outputs::add);
    }

    /** The file of the configuration that the command may write. */
    private Optional<Path> written(Path file, Path tuned, Path acceptances) {
        return switch (command.qualifiedName(" ")) {
            case "plumb accept" -> Optional.of(acceptances);
            case "plumb threshold tune" -> Optional.of(tuned);
            case "plumb threshold import" -> Optional.of(file);
            default -> Optional.empty();
        };
    }

    /** The configuration that a command line names. */
    static Configuration configuration(Terminal terminal, CommandSpec command) throws IOException {
        OptionSpec option = command.findOption("--config");
        Path named = option == null ? null : option.getValue();
        return named == null
                ? Workspace.configurationAround(terminal.directory())
                : ConfigurationFile.read(terminal.directory().resolve(named), terminal.directory());
    }
}
