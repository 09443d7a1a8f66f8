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
import dev.plumbline.ingest.mapping.Mappings;
import dev.plumbline.measure.count.Count;
import dev.plumbline.pipeline.config.yaml.Mistake;
import dev.plumbline.pipeline.config.yaml.Mistakes;
import dev.plumbline.pipeline.config.yaml.Node;
import dev.plumbline.pipeline.config.yaml.Position;
import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.naming.Aliases;
import dev.plumbline.store.postgres.PostgresAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of a repository: those of {@code plumbline.yaml}, and the defaults of all others.
 *
 * @param file the file they were read from; empty when there is none
 * @param branch the main branch, which others are judged against unless an option or a CI service names another
 * @param environment the name of the environment of results that name none
 * @param store the history's file, relative to the configuration's folder, or the address of its server
 * @param project the history on a server, if its address has no project
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

    /** The defaults, without a configuration. */
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
        return ConfigurationFile.of(Optional.empty(), Section.root(nothing, new Mistakes()));
    }

    static Path folder(Optional<Path> file) {
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
        // part by part: the comparison of a record is generated at run time, which adds a few milliseconds to the start
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

    /** The gate settings in force: the file's settings, which win over the weights that were tuned. */
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
     * The thresholds of each series.
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
     * The rules that make explicitly requested counts primary.
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

    /** Whether a file lies in a folder, or would lie there if it were written, links followed. */
    public static boolean isInside(Path folder, Path file) throws IOException {
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
