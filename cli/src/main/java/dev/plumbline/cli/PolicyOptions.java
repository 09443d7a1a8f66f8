package dev.plumbline.cli;

import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.model.NamePattern;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.GateSection;
import dev.plumbline.pipeline.config.Kind;
import dev.plumbline.pipeline.config.PolicySection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What counts as a change, and what closes the gate. */
final class PolicyOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--margin",
            paramLabel = "PERCENT",
            converter = ShareConverter.class,
            description =
                    "The smallest change worth your time. Default: 2%%, or what plumbline.yaml says, as for all of"
                            + " these.")
    private Double margin;

    @Option(
            names = "--confidence",
            paramLabel = "PERCENT",
            converter = ShareConverter.class,
            description = "Confidence of the intervals. Default: 95%%")
    private Double confidence;

    @Option(
            names = "--min-runs",
            paramLabel = "N",
            description = "Earlier runs that are needed before anything is judged. Default: 5")
    private Integer minimumRuns;

    @Option(
            names = "--block-at",
            paramLabel = "SEVERITY",
            converter = SeverityConverter.class,
            description =
                    "The least severity that closes the gate: any, minor (2 per cent), major (5) or critical (10)."
                            + " Default: major")
    private Severity blockAt;

    @Option(
            names = "--on-suspect",
            paramLabel = "EFFECT",
            description = "What a suspected, unconfirmed regression does: pass, hold (exit code 3) or close. Default:"
                    + " hold if it seems critical, else pass")
    private GatePolicy.Effect onSuspect;

    @Option(
            names = "--on-inconclusive",
            paramLabel = "EFFECT",
            description = "What a benchmark does of which nothing can be said: pass, hold or close." + " Default: pass")
    private GatePolicy.Effect onInconclusive;

    @Option(
            names = "--on-missing",
            paramLabel = "EFFECT",
            description = "What a benchmark does that earlier runs had and this one has not: pass, hold or close."
                    + " Default: close")
    private GatePolicy.Effect onMissing;

    @Option(
            names = "--on-new",
            paramLabel = "EFFECT",
            description = "What a benchmark does whose history is too short to judge it: pass, hold or close."
                    + " Default: pass")
    private GatePolicy.Effect onNew;

    @Option(
            names = "--on-incomparable",
            paramLabel = "EFFECT",
            description = "What happens if nothing can be compared with its history, or a benchmark has another"
                    + " unit or direction: pass, hold or close. Default: hold")
    private GatePolicy.Effect onIncomparable;

    @Option(
            names = "--on-too-good",
            paramLabel = "EFFECT",
            description = "What a result does that is too good to be true: pass, hold or close. Default: close")
    private GatePolicy.Effect onTooGood;

    @Option(
            names = "--grace",
            paramLabel = "N",
            description = "A benchmark with fewer earlier runs is reported but does not fail the gate. Default: 0")
    private Integer grace;

    @Option(
            names = "--critical",
            paramLabel = "PATTERN",
            description =
                    "Any regression of these benchmarks closes the gate, a suspected one holds it. May be repeated.")
    private List<String> critical = List.of();

    @Option(
            names = "--advisory",
            paramLabel = "PATTERN",
            description = "These benchmarks are reported but do not fail the gate. May be repeated.")
    private List<String> advisory = List.of();

    @Option(
            names = "--muted",
            paramLabel = "PATTERN",
            description = "The gate ignores these benchmarks. May be repeated.")
    private List<String> muted = List.of();

    /** What options say, and the configuration where they say nothing. */
    Thresholds policies(Configuration configuration) {
        try {
            return configuration.thresholds(policySection(configuration));
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** What options say, and the configuration where they say nothing. */
    GatePolicy gatePolicy(Configuration configuration) {
        return gateSection(configuration).policy(policies(configuration));
    }

    PolicySection policySection(Configuration configuration) {
        return configuration
                .policy()
                .unless(Optional.ofNullable(margin), Optional.ofNullable(confidence), Optional.ofNullable(minimumRuns));
    }

    /** What options make of a gate. */
    GatePolicy gatePolicy(GateSection gate, Configuration configuration) {
        return unless(gate).policy(policies(configuration));
    }

    GateSection gateSection(Configuration configuration) {
        return unless(configuration.gateInForce());
    }

    private GateSection unless(GateSection gate) {
        if (grace != null && grace < 0) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--grace is a number of runs, not " + grace);
        }
        List<GateRule> rules = new ArrayList<>();
        critical.forEach(pattern -> rules.add(rule("--critical", pattern, GateRule.Weight.CRITICAL)));
        advisory.forEach(pattern -> rules.add(rule("--advisory", pattern, GateRule.Weight.ADVISORY)));
        muted.forEach(pattern -> rules.add(rule("--muted", pattern, GateRule.Weight.MUTED)));
        return gate.unless(new GateSection.Said(
                Optional.ofNullable(blockAt),
                Optional.ofNullable(onSuspect),
                Optional.ofNullable(onInconclusive),
                Optional.ofNullable(onNew),
                Optional.ofNullable(onIncomparable),
                Optional.ofNullable(onMissing),
                Optional.ofNullable(onTooGood),
                Optional.ofNullable(grace),
                rules));
    }

    private static GateRule rule(String option, String pattern, GateRule.Weight weight) {
        return new GateRule(option, Optional.of(new NamePattern(pattern)), Optional.empty(), weight);
    }

    /** Shares as 2%, 2 % or 0.02. */
    static final class ShareConverter implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return read(Kind.share(), text);
        }
    }

    /** Severities by name, and {@code any} for every regression. */
    static final class SeverityConverter implements ITypeConverter<Severity> {
        @Override
        public Severity convert(String text) {
            return read(GateSection.SEVERITY, text);
        }
    }

    private static <T> T read(Kind<T> kind, String text) {
        try {
            return kind.read(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
