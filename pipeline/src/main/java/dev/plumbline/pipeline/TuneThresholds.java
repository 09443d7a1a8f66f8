package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.detect.Replay;
import dev.plumbline.core.detect.ThresholdRule;
import dev.plumbline.core.detect.Thresholds;
import dev.plumbline.core.detect.Tuning;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.PolicySection;
import dev.plumbline.pipeline.config.Position;
import dev.plumbline.pipeline.config.SettingsDocument;
import dev.plumbline.pipeline.config.ThresholdSection;
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

/** Proposes thresholds with which a suite's false alarms meet their target, and writes them if that is wanted. */
public final class TuneThresholds {
    private final Workspace workspace;
    private final PolicySection policy;
    private final Replay.Settings settings;
    private final double target;
    private final Progress progress;

    /**
     * @param policy with what options say
     * @param target how many healthy runs may have a regression called, above 0 and below 1
     */
    public TuneThresholds(
            Workspace workspace, PolicySection policy, Replay.Settings settings, double target, Progress progress) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policy = requireNonNull(policy, "policy");
        this.settings = requireNonNull(settings, "settings");
        this.target = Tuning.checked(target);
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * What was proposed.
     *
     * @param tuning what the search came to
     * @param overruled series for which another rule wins over the proposal, and where that stands
     * @param file where tuned rules are kept
     * @param written whether they were written there
     */
    public record Outcome(Tuning.Outcome tuning, Map<SeriesKey, String> overruled, Path file, boolean written) {
        public Outcome {
            requireNonNull(tuning, "tuning");
            overruled = Map.copyOf(overruled);
            requireNonNull(file, "file");
        }
    }

    /**
     * Searches, and writes.
     *
     * @param environment which one; when empty the configured one, else that of the newest run
     * @param branch which one; when empty, the main branch if it has runs, else that of the newest run
     */
    public Outcome tune(Optional<String> environment, Optional<String> branch, boolean write) throws IOException {
        StoredSuite stored = StoredSuite.of(workspace, environment, branch);
        List<Series> suite = stored.series();
        Configuration configuration = workspace.configuration();
        List<ThresholdSection> kept = configuration.tuned().stream()
                .filter(section -> suite.stream()
                        .noneMatch(series -> section.rule().scope().covers(series.key(), series.unit())))
                .toList();
        Tuning tuning = new Tuning(rules -> inForce(configuration, kept, rules), settings, target);
        Tuning.Outcome outcome = tuning.tune(suite, progress::at);
        List<ThresholdRule> rules =
                outcome.proposals().stream().map(Tuning.Proposal::rule).toList();
        Path file = configuration
                .file()
                .map(path -> path.toAbsolutePath().getParent())
                .orElse(workspace.root())
                .resolve(Configuration.TUNED);
        boolean written = write && write(file, kept, outcome);
        return new Outcome(outcome, overruled(suite, outcome, inForce(configuration, kept, rules)), file, written);
    }

    private Thresholds inForce(Configuration configuration, List<ThresholdSection> kept, List<ThresholdRule> rules) {
        List<ThresholdSection> tuned = new ArrayList<>(kept);
        rules.forEach(rule -> tuned.add(new ThresholdSection(rule, new Position(Configuration.TUNED, 1, 1))));
        return configuration.withTuned(tuned).thresholds(policy);
    }

    private static Map<SeriesKey, String> overruled(List<Series> suite, Tuning.Outcome outcome, Thresholds thresholds) {
        Map<SeriesKey, Unit> units = new HashMap<>();
        suite.forEach(series -> units.put(series.key(), series.unit()));
        Map<SeriesKey, String> overruled = new HashMap<>();
        for (Tuning.Proposal proposal : outcome.proposals()) {
            thresholds.resolve(proposal.key(), units.get(proposal.key())).decisions().stream()
                    .filter(decision -> decision.property() == Thresholds.Property.MARGIN)
                    .flatMap(decision -> decision.winner().stream())
                    .map(said -> said.rule())
                    .filter(rule -> !rule.equals(proposal.rule()))
                    .forEach(rule -> overruled.put(proposal.key(), rule.name()));
        }
        return overruled;
    }

    /** Rules of other environments and branches stay; a file without any rule left is deleted. */
    private boolean write(Path file, List<ThresholdSection> kept, Tuning.Outcome outcome) throws IOException {
        List<ThresholdRule> rules = new ArrayList<>();
        kept.forEach(section -> rules.add(section.rule()));
        outcome.proposals().forEach(proposal -> rules.add(proposal.rule()));
        if (rules.isEmpty()) {
            return Files.deleteIfExists(file);
        }
        String head = "# Written by plumb threshold tune on "
                + LocalDate.ofInstant(workspace.clock().instant(), ZoneOffset.UTC)
                + "; run it again to renew. Rules in plumbline.yaml win over these.\n";
        Map<String, Object> document =
                Map.of("thresholds", rules.stream().map(SettingsDocument::rule).toList());
        AtomicFile.write(file, (head + SettingsDocument.yaml(document)).getBytes(StandardCharsets.UTF_8));
        return true;
    }
}
