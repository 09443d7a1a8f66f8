package dev.plumbline.cli.option;

import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.core.role.RoleRule;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.measure.count.Count;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.GateSection;
import dev.plumbline.pipeline.config.GateSetting;
import dev.plumbline.pipeline.config.Kind;
import dev.plumbline.pipeline.config.PolicySection;
import dev.plumbline.pipeline.snapshot.RuleNames;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The thresholds of a change, and the rules of the gate. */
public final class PolicyOptions {
    private CommandSpec spec;

    private List<RoleRule> asked = List.of();

    @Mixin
    private JudgingOptions judging = new JudgingOptions();

    @Option(
            names = "--critical",
            paramLabel = "PATTERN",
            description =
                    "Any regression of these benchmarks fails the gate; a possible one holds it. May be repeated.")
    private List<String> critical = List.of();

    @Option(
            names = "--advisory",
            paramLabel = "PATTERN",
            description = "Report findings for these benchmarks but never fail the gate. May be repeated.")
    private List<String> advisory = List.of();

    @Option(
            names = "--muted",
            paramLabel = "PATTERN",
            description = "The gate ignores these benchmarks. May be repeated.")
    private List<String> muted = List.of();

    /** Adds an option for each setting of the gate that has one. */
    @Spec(Spec.Target.MIXEE)
    void addTo(CommandSpec command) {
        spec = command;
        for (GateSetting<?> one : GateSetting.OPTIONS) {
            command.addOption(OptionSpec.builder(one.option())
                    .paramLabel(one.placeholder())
                    .type(String.class)
                    .converters(new Checked(one.kind()))
                    .description(one.description().replace("%", "%%"))
                    .build());
        }
    }

    /** Makes counts that are measured on request primary, unless the file sets another role. */
    public void ask(List<Count> counts) {
        asked = Configuration.counted("--count", counts);
    }

    /** The thresholds from options, and from the configuration where those are not set. */
    public Thresholds policies(Configuration configuration) {
        return judging.policies(configuration).asking(asked);
    }

    /**
     * The gate from options, and from the configuration where those are not set; benchmarks that options name by the
     * short names of tables have their whole names, where the history has them.
     *
     * @throws IOException if a short name means several benchmarks
     */
    public GatePolicy gatePolicy(Workspace workspace) throws IOException {
        Configuration configuration = workspace.configuration();
        return RuleNames.resolved(gateSection(configuration).policy(policies(configuration)), workspace);
    }

    public PolicySection policySection(Configuration configuration) {
        return judging.policySection(configuration);
    }

    /** A gate with the changes from options. */
    public GatePolicy gatePolicy(GateSection gate, Configuration configuration) {
        return unless(gate).policy(policies(configuration));
    }

    public GateSection gateSection(Configuration configuration) {
        return unless(configuration.gateInForce());
    }

    private GateSection unless(GateSection gate) {
        List<GateRule> rules = new ArrayList<>();
        critical.forEach(pattern -> rules.add(rule("--critical", pattern, GateRule.Weight.CRITICAL)));
        advisory.forEach(pattern -> rules.add(rule("--advisory", pattern, GateRule.Weight.ADVISORY)));
        muted.forEach(pattern -> rules.add(rule("--muted", pattern, GateRule.Weight.MUTED)));
        Map<String, String> given = new HashMap<>();
        for (GateSetting<?> one : GateSetting.OPTIONS) {
            String text = spec.findOption(one.option()).getValue();
            if (text != null) {
                given.put(one.option(), text);
            }
        }
        return gate.unless(given, rules);
    }

    private static GateRule rule(String option, String pattern, GateRule.Weight weight) {
        return new GateRule(option, Optional.of(new NamePattern(pattern)), Optional.empty(), weight);
    }

    /** A text that a setting can be read from. A lambda would keep picocli's interface out of the class archive. */
    private record Checked(Kind<?> kind) implements CommandLine.ITypeConverter<String> {
        @Override
        public String convert(String text) {
            JudgingOptions.read(kind, text);
            return text;
        }
    }
}
