package dev.plumbline.pipeline.config;

import dev.plumbline.ingest.mapping.Mapping;
import dev.plumbline.ingest.mapping.Mappings;
import dev.plumbline.pipeline.config.yaml.Mistakes;
import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import dev.plumbline.pipeline.config.yaml.Yaml;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.postgres.PostgresAddress;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the settings of a repository from its files. */
public final class ConfigurationFile {
    /** The file of tuned rules, from the folder of the configuration on. */
    public static final String TUNED = "plumbline/tuned.yaml";

    private ConfigurationFile() {}

    /**
     * The configuration of a repository; the defaults when it has none.
     *
     * @param root the repository's folder
     * @param directory where messages' file names start from
     * @throws WrongConfiguration if the file has a mistake
     */
    public static Configuration find(Path root, Path directory) throws IOException {
        Path file = root.resolve(Configuration.FILE);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) { // a link to nothing is an error, not a missing file
            return read(file, directory);
        }
        Path other = root.resolve("plumbline.yml");
        if (Files.exists(other)) {
            throw new FileSystemException(
                    other.toString(), null, "is not read under this name; name it " + Configuration.FILE);
        }
        return Configuration.DEFAULT.withTuned(tuned(root, directory));
    }

    /**
     * Reads a file.
     *
     * @param directory where messages' file names start from
     * @throws WrongConfiguration if the file has a mistake
     * @throws NoSuchFileException if there is no such file
     */
    public static Configuration read(Path file, Path directory) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        Mistakes mistakes = new Mistakes();
        Section root = Section.root(Yaml.read(file, name(file, directory), mistakes), mistakes);
        Configuration read = of(Optional.of(file), root);
        mistakes.throwIfAny();
        return read.withTuned(tuned(file.toAbsolutePath().getParent(), directory));
    }

    /**
     * Reads a document of settings, which has no mappings and aliases.
     *
     * @param directory where messages' file names start from
     * @throws WrongConfiguration if it has a mistake
     * @throws NoSuchFileException if there is no such file
     */
    public static Configuration document(Path file, Path directory) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        Mistakes mistakes = new Mistakes();
        Section root = Section.root(Yaml.read(file, name(file, directory), mistakes), mistakes);
        for (String key : List.of(
                "branch",
                "environment",
                "store",
                "project",
                "server",
                "on-unreachable",
                "mappings",
                "aliases",
                "suites")) {
            if (root.has(key)) {
                root.mistakeAt(key, "\"" + key + "\" is not a judging setting and cannot be imported; remove it");
            }
        }
        Configuration read = of(Optional.of(file), root);
        if (read.gate().confirming().command().origin() instanceof Origin.File place) {
            // whoever imports numbers does not expect to run a stranger's command with the next check
            mistakes.add(
                    place.position(),
                    "\"" + SettingsDocument.CONFIRM + "\" is a command and cannot be imported; remove it");
        }
        mistakes.throwIfAny();
        return read;
    }

    /** The rules of the file that {@code plumb threshold tune} writes; none when there is none. */
    private static Tuned tuned(Path root, Path directory) throws IOException {
        Path file = root.resolve(TUNED);
        if (!Files.exists(file)) {
            return Tuned.NONE;
        }
        Mistakes mistakes = new Mistakes();
        Tuned tuned = Tuned.read(Section.root(Yaml.read(file, name(file, directory), mistakes), mistakes));
        mistakes.throwIfAny();
        return tuned;
    }

    private static String name(Path file, Path directory) {
        Path absolute = file.toAbsolutePath().normalize();
        Path from = directory.toAbsolutePath().normalize();
        return absolute.startsWith(from) ? from.relativize(absolute).toString() : absolute.toString();
    }

    /** The configuration of a document, without the tuned rules beside its file. */
    static Configuration of(Optional<Path> file, Section root) {
        Configuration read = new Configuration(
                file,
                root.setting("branch", Kind.optional(Kind.text(), "detected"), Optional.empty()),
                root.setting("environment", Kind.optional(Kind.text(), "derived from the machine"), Optional.empty()),
                root.setting("store", Kind.optional(new StoreKind(), ".plumbline/history.db"), Optional.empty()),
                root.setting(
                        "project",
                        Kind.optional(
                                Kind.parsed(ServerSection::checkedProject, name -> name),
                                PostgresAddress.DEFAULT_PROJECT),
                        Optional.empty()),
                ServerSection.read(root),
                PolicySection.read(root.section("policy")),
                ThresholdSection.read(root),
                MetricSection.read(root),
                Tuned.NONE,
                GateSection.read(root.section("gate")),
                BaselineSection.read(root.section("baseline")),
                HistorySection.read(root.section("history")),
                mappings(file, root),
                AliasSection.read(root.section("aliases")),
                root.setting("cumulative", Kind.optional(Kind.text(), "none"), Optional.empty()),
                root.setting("reruns", Kind.choice(rerunWords()), Reruns.POOL),
                suites(file, root));
        root.done();
        return read;
    }

    private static Map<String, Reruns> rerunWords() {
        Map<String, Reruns> words = new LinkedHashMap<>();
        for (Reruns one : Reruns.values()) {
            words.put(one.name().toLowerCase(Locale.ROOT), one);
        }
        return words;
    }

    private static Mappings mappings(Optional<Path> file, Section root) {
        List<Mapping> all = new ArrayList<>();
        root.sections("mappings")
                .forEach((name, section) -> MappingSection.read(name, section).ifPresent(all::add));
        return all.isEmpty() ? Mappings.NONE : new Mappings(all, Configuration.folder(file), Optional.empty());
    }

    private static List<ConfiguredSuite> suites(Optional<Path> file, Section root) {
        List<ConfiguredSuite> all = new ArrayList<>();
        root.sections("suites").forEach((name, section) -> SuiteSection.read(name, section, Configuration.folder(file))
                .ifPresent(all::add));
        return all;
    }
}
