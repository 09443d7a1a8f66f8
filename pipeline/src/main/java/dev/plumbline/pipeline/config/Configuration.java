package dev.plumbline.pipeline.config;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.RoleRule;
import dev.plumbline.core.role.Roles;
import dev.plumbline.core.threshold.ThresholdRule;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.ingest.MetricRoles;
import dev.plumbline.ingest.mapping.Mapping;
import dev.plumbline.ingest.mapping.Mappings;
import dev.plumbline.measure.count.Count;
import dev.plumbline.pipeline.config.yaml.Mistake;
import dev.plumbline.pipeline.config.yaml.Mistakes;
import dev.plumbline.pipeline.config.yaml.Node;
import dev.plumbline.pipeline.config.yaml.Position;
import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import dev.plumbline.pipeline.config.yaml.Yaml;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.naming.Aliases;
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
import java.util.stream.Stream;

/**
 * The settings of a repository: those of {@code plumbline.yaml}, and the defaults of all others.
 *
 * @param file the file they were read from; empty when there is none
 * @param branch the main branch, which others are judged against unless an option or a CI service names another
 * @param environment the name of the environment of results that name none
 * @param store the history's file, relative to the configuration's folder, or the address of its server
 * @param project which of the histories on a server, where its address does not say
 * @param server where commands are sent to, if they are
 * @param policy what counts as a change
 * @param thresholds the rules for some series, in the order of the file
 * @param metrics the roles of some metrics, in the order of the file; see {@link #roles}
 * @param tuned what {@code plumb threshold tune} wrote, which the rules of the file win over
 * @param gate what fails the gate, as the file has it; see {@link #gateInForce}
 * @param baseline what baselines are made of
 * @param history how long runs are kept
 * @param mappings how files of no known format are read
 * @param aliases names that have changed
 * @param cumulative since when losses are added up
 * @param reruns what several runs of one commit are to a series
 * @param suites what can be measured by name, in the order of the file
 */
public record Configuration(
        Optional<Path> file,
        Setting<Optional<String>> branch,
        Setting<Optional<String>> environment,
        Setting<Optional<String>> store,
        Setting<Optional<String>> project,
        ServerSection server,
        PolicySection policy,
        List<ThresholdSection> thresholds,
        List<RoleRule> metrics,
        Tuned tuned,
        GateSection gate,
        BaselineSection baseline,
        HistorySection history,
        Mappings mappings,
        Aliases aliases,
        Setting<Optional<String>> cumulative,
        Setting<Reruns> reruns,
        List<ConfiguredSuite> suites) {
    /** The file's name at the root of a repository. */
    public static final String FILE = "plumbline.yaml";

    /** The file of tuned rules, from the folder of the configuration on. */
    public static final String TUNED = "plumbline/tuned.yaml";

    /** Nothing is configured. */
    public static final Configuration DEFAULT = defaults();

    public Configuration {
        requireNonNull(file, "file");
        requireNonNull(branch, "branch");
        requireNonNull(environment, "environment");
        requireNonNull(store, "store");
        requireNonNull(project, "project");
        requireNonNull(server, "server");
        requireNonNull(policy, "policy");
        thresholds = List.copyOf(thresholds);
        metrics = List.copyOf(metrics);
        requireNonNull(tuned, "tuned");
        requireNonNull(gate, "gate");
        requireNonNull(baseline, "baseline");
        requireNonNull(history, "history");
        requireNonNull(mappings, "mappings");
        requireNonNull(aliases, "aliases");
        requireNonNull(cumulative, "cumulative");
        requireNonNull(reruns, "reruns");
        suites = List.copyOf(suites);
    }

    private static Configuration defaults() {
        Node nothing = new Node.Entries(new Position(FILE, 1, 1), List.of(), 1);
        return read(Optional.empty(), Tuned.NONE, Section.root(nothing, new Mistakes()));
    }

    /**
     * The configuration of a repository; the defaults when it has none.
     *
     * @param root the repository's folder
     * @param directory where messages' file names start from
     * @throws WrongConfiguration if the file has a mistake
     */
    public static Configuration find(Path root, Path directory) throws IOException {
        Path file = root.resolve(FILE);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) { // a link to nothing is an error, not a missing file
            return read(file, directory);
        }
        Path other = root.resolve("plumbline.yml");
        if (Files.exists(other)) {
            throw new FileSystemException(other.toString(), null, "is not read under this name; name it " + FILE);
        }
        return DEFAULT.withTuned(tuned(root, directory));
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
        Configuration read = read(Optional.of(file), Tuned.NONE, root);
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
        Configuration read = read(Optional.of(file), Tuned.NONE, root);
        if (read.gate.confirming().command().origin() instanceof Origin.File place) {
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

    private static Configuration read(Optional<Path> file, Tuned tuned, Section root) {
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
                tuned,
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
        return all.isEmpty() ? Mappings.NONE : new Mappings(all, folder(file), Optional.empty());
    }

    private static List<ConfiguredSuite> suites(Optional<Path> file, Section root) {
        List<ConfiguredSuite> all = new ArrayList<>();
        root.sections("suites").forEach((name, section) -> SuiteSection.read(name, section, folder(file))
                .ifPresent(all::add));
        return all;
    }

    private static Path folder(Optional<Path> file) {
        return file.map(Path::toAbsolutePath).map(Path::getParent).orElse(Path.of(""));
    }

    /** The same with other mappings. */
    public Configuration withMappings(Mappings other) {
        return new Configuration(
                file,
                branch,
                environment,
                store,
                project,
                server,
                policy,
                thresholds,
                metrics,
                tuned,
                gate,
                baseline,
                history,
                other,
                aliases,
                cumulative,
                reruns,
                suites);
    }

    /** The same with losses added up since a reference. */
    public Configuration withCumulative(String since) {
        Setting<Optional<String>> stated = cumulative.unless(Optional.of(Optional.of(since)), "--cumulative");
        return new Configuration(
                file,
                branch,
                environment,
                store,
                project,
                server,
                policy,
                thresholds,
                metrics,
                tuned,
                gate,
                baseline,
                history,
                mappings,
                aliases,
                stated,
                reruns,
                suites);
    }

    /** The same with other tuned rules. */
    public Configuration withTuned(Tuned other) {
        // part by part: the comparison of a record is put together at run time, which takes a start a few milliseconds
        if (other.thresholds().equals(tuned.thresholds()) && other.weights().equals(tuned.weights())) {
            return this;
        }
        return new Configuration(
                file,
                branch,
                environment,
                store,
                project,
                server,
                policy,
                thresholds,
                metrics,
                other,
                gate,
                baseline,
                history,
                mappings,
                aliases,
                cumulative,
                reruns,
                suites);
    }

    /** The rules of {@link #thresholds} beside the policy: the {@linkplain Thresholds#defaults defaults}, {@link
     * #rules}, and options. */
    public List<ThresholdRule> rulesInForce() {
        List<ThresholdRule> rules = new ArrayList<>();
        rules.addAll(Thresholds.defaults());
        rules.addAll(rules());
        rules.addAll(policy.rules(true));
        return rules;
    }

    /** What fails the gate: the file's settings, which win over the weights that were tuned. */
    public GateSection gateInForce() {
        return gate.above(tuned.weights());
    }

    /** The rules for some series in rising order of precedence: those that were tuned, and those of the file. */
    public List<ThresholdRule> rules() {
        return Stream.concat(tuned.thresholds().stream(), thresholds.stream())
                .map(ThresholdSection::rule)
                .toList();
    }

    /**
     * What differs between the settings in force and others.
     *
     * @param key the setting's path; {@code thresholds} for the rules as a whole
     * @param before what is in force, in words
     * @param after what would be
     */
    public record Difference(String key, String before, String after) {
        public Difference {
            requireNonNull(key, "key");
            requireNonNull(before, "before");
            requireNonNull(after, "after");
        }
    }

    /** The settings of another configuration's file that differ from these. */
    public List<Difference> differences(Configuration other) {
        List<Difference> differences = new ArrayList<>();
        List<Setting<?>> mine = settings();
        List<Setting<?>> theirs = other.settings();
        for (int i = 0; i < mine.size(); i++) {
            if (isSaid(theirs.get(i))
                    && !theirs.get(i).shown().equals(mine.get(i).shown())) {
                differences.add(new Difference(
                        mine.get(i).key(), mine.get(i).shown(), theirs.get(i).shown()));
            }
        }
        if (!other.rules().isEmpty() && !asMaps(other.rules()).equals(asMaps(rules()))) {
            differences.add(new Difference(SettingsDocument.THRESHOLDS, words(rules()), words(other.rules())));
        }
        List<Map<String, Object>> theirMetrics = roleMaps(other.metrics);
        if (!theirMetrics.isEmpty() && !theirMetrics.equals(roleMaps(metrics))) {
            differences.add(
                    new Difference(SettingsDocument.METRICS, entries(metrics.size()), entries(theirMetrics.size())));
        }
        difference(
                        SettingsDocument.RULES,
                        gateInForce().rules().stream()
                                .map(SettingsDocument::weight)
                                .toList(),
                        other.gate.rules().stream()
                                .map(SettingsDocument::weight)
                                .toList())
                .ifPresent(differences::add);
        difference(
                        SettingsDocument.BUDGETS,
                        gate.budgets().stream().map(SettingsDocument::budget).toList(),
                        other.gate.budgets().stream()
                                .map(SettingsDocument::budget)
                                .toList())
                .ifPresent(differences::add);
        return differences;
    }

    /** How a list of the gate differs. */
    private static Optional<Difference> difference(String list, List<?> mine, List<?> theirs) {
        return theirs.isEmpty() || theirs.equals(mine)
                ? Optional.empty()
                : Optional.of(new Difference(
                        SettingsDocument.GATE + "." + list, entries(mine.size()), entries(theirs.size())));
    }

    private static String entries(int count) {
        return count == 1 ? "1 entry" : (count == 0 ? "no" : count) + " entries";
    }

    private static boolean isSaid(Setting<?> setting) {
        return setting.origin() instanceof Origin.File;
    }

    private static List<Map<String, Object>> asMaps(List<ThresholdRule> rules) {
        return rules.stream().map(SettingsDocument::rule).toList();
    }

    private static List<Map<String, Object>> roleMaps(List<RoleRule> rules) {
        return rules.stream().map(SettingsDocument::role).toList();
    }

    private static String words(List<ThresholdRule> rules) {
        return rules.isEmpty() ? "no rule" : rules.size() == 1 ? "1 rule" : rules.size() + " rules";
    }

    /**
     * The text of this configuration's file with the settings in which another one differs; other sections stay
     * to the letter.
     *
     * @param text of the file as it is; empty when there is none
     * @param name of the file, for messages
     * @throws WrongConfiguration if the text is not of a form that can be changed, or contradicts itself then
     */
    public String textWith(Configuration other, String text, String name) throws WrongConfiguration {
        Map<String, Object> mine = SettingsDocument.settings(this, Configuration::isSaid);
        SettingsDocument.putLists(gate, mine);
        Map<String, Object> theirs = SettingsDocument.settings(other, Configuration::isSaid);
        SettingsDocument.putLists(other.gate, theirs);
        Map<String, Object> sections = new LinkedHashMap<>();
        for (Difference difference : differences(other)) {
            String key = difference.key().split("\\.")[0];
            if (key.equals(SettingsDocument.THRESHOLDS)) {
                sections.put(key, asMaps(other.rules()));
            } else if (key.equals(SettingsDocument.METRICS)) {
                sections.put(key, roleMaps(other.metrics));
            } else {
                sections.put(key, merged(mine.get(key), theirs.get(key)));
            }
        }
        String next = SettingsDocument.replace(text, name, sections);
        Mistakes mistakes = new Mistakes();
        Configuration read =
                read(Optional.empty(), Tuned.NONE, Section.root(Yaml.parse(next, name, mistakes), mistakes));
        mistakes.throwIfAny();
        if (!read.differences(other).isEmpty()) {
            throw new IllegalStateException("the rewritten file would not match: " + read.differences(other));
        }
        return next;
    }

    /** The settings of both, the second one's where they differ, in the first one's order. */
    private static Object merged(Object first, Object second) {
        if (!(first instanceof Map<?, ?> mine) || !(second instanceof Map<?, ?> theirs)) {
            return second;
        }
        Map<Object, Object> all = new LinkedHashMap<>(mine);
        theirs.forEach((key, value) -> all.put(key, merged(all.get(key), value)));
        return all;
    }

    /**
     * What each series is judged with.
     *
     * @param inForce the policy with the options applied
     * @throws IllegalArgumentException if an option is out of range
     */
    public Thresholds thresholds(PolicySection inForce) {
        List<ThresholdRule> rules = new ArrayList<>(inForce.rules(false));
        rules.addAll(Thresholds.defaults());
        rules.addAll(rules());
        rules.addAll(inForce.rules(true));
        return new Thresholds(inForce.policy(), rules, roles());
    }

    /** The roles of metrics: the readers' defaults, then the file; budgets, weights and counted suites that name a
     * metric ask of it. */
    public Roles roles() {
        List<RoleRule> rules = new ArrayList<>(MetricRoles.DEFAULTS);
        rules.addAll(metrics);
        List<RoleRule> asked = new ArrayList<>();
        gateInForce().budgets().forEach(budget -> budget.metric()
                .ifPresent(metric -> asked.add(asked(budget.name(), budget.benchmark(), metric, Role.SECONDARY))));
        gateInForce().rules().forEach(rule -> rule.metric()
                .ifPresent(metric -> asked.add(asked(rule.name(), rule.benchmark(), metric, roleOf(rule.weight())))));
        suites.forEach(suite -> suite.settings()
                .what()
                .counting()
                .ifPresent(counting -> asked.addAll(counted("suites." + suite.name(), counting.counts()))));
        return new Roles(rules, asked);
    }

    /**
     * The rules by which counts are primary that somebody asks for by name.
     *
     * @param name of who asks
     */
    public static List<RoleRule> counted(String name, List<Count> counts) {
        return counts.stream()
                .map(count -> asked(name, Optional.empty(), new NamePattern(count.metric()), Role.PRIMARY))
                .toList();
    }

    private static RoleRule asked(String name, Optional<NamePattern> benchmark, NamePattern metric, Role role) {
        return new RoleRule(name, benchmark, metric, role, true);
    }

    private static Role roleOf(GateRule.Weight weight) {
        return switch (weight) {
            case CRITICAL, NORMAL, CONFIRMED -> Role.PRIMARY;
            case ADVISORY -> Role.SECONDARY;
            case MUTED -> Role.CONTEXT;
        };
    }

    /** The address of the history, if the configuration names a server. */
    public Optional<String> storeAddress() {
        return store.value().filter(PostgresAddress::isAddress);
    }

    /**
     * The history's file, if the configuration names one. Whoever checks out a repository does not expect its
     * configuration to write elsewhere, so that the file lies in the configuration's folder, links followed.
     *
     * @throws WrongConfiguration if it lies outside
     */
    public Optional<Path> storeFile() throws IOException {
        Optional<String> name = store.value();
        if (name.isEmpty() || storeAddress().isPresent()) {
            return Optional.empty();
        }
        Path folder = folder(file);
        Path named = folder.resolve(name.get());
        if (!isInside(folder, named) && store.origin() instanceof Origin.File place) {
            throw new WrongConfiguration(List.of(new Mistake(
                    place.position(),
                    "store: \"" + name.get() + "\" lies outside the folder of this file; name a file inside, or"
                            + " use --store FILE")));
        }
        return Optional.of(named);
    }

    private static boolean isInside(Path folder, Path file) throws IOException {
        Path existing = file;
        while (existing.getParent() != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        if (!Files.exists(existing)) {
            return false; // a link to nothing, which would be made where it points
        }
        Path real = existing.toRealPath().resolve(existing.relativize(file)).normalize();
        return real.startsWith(folder.toRealPath());
    }

    /** All settings, in the order of the documentation. */
    public List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(List.of(branch, environment, store, project));
        all.addAll(server.settings());
        all.addAll(policy.settings());
        all.addAll(gate.settings());
        all.addAll(baseline.settings());
        all.addAll(history.settings());
        all.add(cumulative);
        all.add(reruns);
        return all;
    }
}
