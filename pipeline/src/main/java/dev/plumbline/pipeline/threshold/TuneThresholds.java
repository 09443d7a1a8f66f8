package dev.plumbline.pipeline.threshold;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.core.calibrate.Tuning;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.threshold.ThresholdRule;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.ConfigurationFile;
import dev.plumbline.pipeline.config.GateSection;
import dev.plumbline.pipeline.config.PolicySection;
import dev.plumbline.pipeline.config.SettingsDocument;
import dev.plumbline.pipeline.config.ThresholdSection;
import dev.plumbline.pipeline.config.Tuned;
import dev.plumbline.pipeline.config.yaml.Position;
import dev.plumbline.pipeline.snapshot.StoredSuite;
import dev.plumbline.pipeline.workspace.AtomicFile;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.content.EnvironmentChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Proposes thresholds with which a suite's false alarms meet their target, and writes them on request. */
public final class TuneThresholds {
    private final Workspace workspace;
    private final PolicySection policy;
    private final Function<GateSection, GatePolicy> gate;
    private final Replay.Settings settings;
    private final double target;
    private final Progress progress;

    /**
     * @param policy with the options applied
     * @param gate what options make of the configuration's gate
     * @param target how many healthy runs may have a regression called, above 0 and below 1
     */
    public TuneThresholds(
            Workspace workspace,
            PolicySection policy,
            Function<GateSection, GatePolicy> gate,
            Replay.Settings settings,
            double target,
            Progress progress) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policy = requireNonNull(policy, "policy");
        this.gate = requireNonNull(gate, "gate");
        this.settings = requireNonNull(settings, "settings");
        this.target = Tuning.checked(target);
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * The proposed thresholds.
     *
     * @param tuning what the search came to
     * @param overruled series for which another rule overrides the proposal, with the position of that rule
     * @param weightOverruled series for which another rule wins over the proposed weight
     * @param file where tuned rules are kept
     * @param written whether they were written there
     * @param choice how the environment was chosen; empty if it was given
     */
    public record Outcome(
            Tuning.Outcome tuning,
            Map<SeriesKey, String> overruled,
            Set<SeriesKey> weightOverruled,
            Path file,
            boolean written,
            Optional<EnvironmentChoice> choice) {
        public Outcome {
            requireNonNull(tuning, "tuning");
            overruled = Map.copyOf(overruled);
            weightOverruled = Set.copyOf(weightOverruled);
            requireNonNull(file, "file");
            requireNonNull(choice, "choice");
        }
    }

    /**
     * Searches, and writes.
     *
     * @param environment which one; when empty the default one
     * @param branch which one; when empty, the main branch if it has runs, else that of the newest run
     */
    public Outcome tune(Optional<String> environment, Optional<String> branch, boolean write) throws IOException {
        StoredSuite stored = StoredSuite.of(workspace, environment, branch);
        List<Series> suite = stored.series();
        Configuration configuration = workspace.configuration();
        Tuned kept = new Tuned(
                configuration.tuned().thresholds().stream()
                        .filter(section -> suite.stream()
                                .noneMatch(series -> section.rule().scope().covers(series.key(), series.unit())))
                        .toList(),
                configuration.tuned().weights().stream()
                        .filter(rule -> suite.stream().noneMatch(series -> rule.covers(series.key())))
                        .toList());
        Tuning tuning = new Tuning(
                rules -> inForce(configuration, kept, rules),
                weights -> gate(configuration, kept, weights),
                settings,
                target);
        Tuning.Outcome outcome =
                tuning.tune(suite, stored.next()::with, (work, done, total) -> progress.at(words(work), done, total));
        List<ThresholdRule> rules =
                outcome.proposals().stream().map(Tuning.Proposal::rule).toList();
        Path file = configuration
                .file()
                .map(path -> path.toAbsolutePath().getParent())
                .orElse(workspace.root())
                .resolve(ConfigurationFile.TUNED);
        boolean written = write && write(file, kept, outcome);
        GatePolicy weighed = gate(configuration, kept, outcome.weights());
        Set<SeriesKey> overruled = outcome.tooNoisy().stream()
                .filter(one -> one.rule().isPresent())
                .map(Tuning.TooNoisy::key)
                .filter(key -> weighed.weightOf(key) != GateRule.Weight.CONFIRMED)
                .collect(Collectors.toSet());
        return new Outcome(
                outcome,
                overruled(suite, outcome, inForce(configuration, kept, rules)),
                overruled,
                file,
                written,
                stored.choice());
    }

    private Thresholds inForce(Configuration configuration, Tuned kept, List<ThresholdRule> rules) {
        List<ThresholdSection> tuned = new ArrayList<>(kept.thresholds());
        rules.forEach(rule -> tuned.add(new ThresholdSection(rule, new Position(ConfigurationFile.TUNED, 1, 1))));
        return configuration.withTuned(new Tuned(tuned, List.of())).thresholds(policy);
    }

    private GatePolicy gate(Configuration configuration, Tuned kept, List<GateRule> weights) {
        List<GateRule> tuned = new ArrayList<>(kept.weights());
        tuned.addAll(weights);
        return gate.apply(configuration.withTuned(new Tuned(List.of(), tuned)).gateInForce());
    }

    private static Map<SeriesKey, String> overruled(List<Series> suite, Tuning.Outcome outcome, Thresholds thresholds) {
        Map<SeriesKey, Unit> units = new HashMap<>();
        suite.forEach(series -> units.put(series.key(), series.unit()));
        Map<SeriesKey, String> overruled = new HashMap<>();
        for (Tuning.Proposal proposal : outcome.proposals()) {
            thresholds.resolve(proposal.key(), units.get(proposal.key())).decisions().stream()
                    .filter(decision -> decision.property() == Thresholds.Property.MARGIN)
                    .flatMap(decision -> decision.winner().stream())
                    .map(stated -> stated.rule())
                    .filter(rule -> !rule.equals(proposal.rule()))
                    .forEach(rule -> overruled.put(proposal.key(), rule.name()));
        }
        return overruled;
    }

    /** Rules of other environments and branches stay; a file without any rule left is deleted. */
    private boolean write(Path file, Tuned kept, Tuning.Outcome outcome) throws IOException {
        List<ThresholdRule> rules = new ArrayList<>();
        kept.thresholds().forEach(section -> rules.add(section.rule()));
        outcome.proposals().forEach(proposal -> rules.add(proposal.rule()));
        List<GateRule> weights = new ArrayList<>(kept.weights());
        weights.addAll(outcome.weights());
        if (rules.isEmpty() && weights.isEmpty()) {
            return Files.deleteIfExists(file);
        }
        String head = "# Written by plumb threshold tune on "
                + LocalDate.ofInstant(workspace.clock().instant(), ZoneOffset.UTC)
                + "; run it again to update. Rules in plumbline.yaml take precedence.\n";
        Map<String, Object> document = SettingsDocument.tuned(rules, weights);
        AtomicFile.write(file, (head + SettingsDocument.yaml(document)).getBytes(StandardCharsets.UTF_8));
        return true;
    }

    private static String words(Tuning.Work work) {
        return switch (work) {
            case MARGINS -> "looking for margins";
            case REPLAYS_BEFORE -> "measuring before";
            case REPLAYS_AFTER -> "measuring after";
            case NEWEST_BEFORE -> "judging the newest runs with the current settings";
            case NEWEST_AFTER -> "judging the newest runs with the proposed settings";
            case DETECTABLE -> "computing minimum detectable changes";
        };
    }
}
