package dev.plumbline.cli.option;

import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.Kind;
import dev.plumbline.pipeline.config.PolicySection;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The thresholds of a change: for commands that judge and have no gate. */
public final class JudgingOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--margin",
            paramLabel = "PERCENT",
            converter = ShareConverter.class,
            description = "Margin: the smallest relevant change. Default: 2%%. Can be set in plumbline.yaml.")
    private Double margin;

    @Option(
            names = "--confidence",
            paramLabel = "PERCENT",
            converter = ShareConverter.class,
            description = "Confidence level of the intervals. Default: 95%%")
    private Double confidence;

    @Option(
            names = "--min-runs",
            paramLabel = "N",
            description = "Earlier runs needed before a benchmark is judged. Default: 5")
    private Integer minimumRuns;

    /** The thresholds from options, and from the configuration where those are not set. */
    public Thresholds policies(Configuration configuration) {
        try {
            return configuration.thresholds(policySection(configuration));
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    PolicySection policySection(Configuration configuration) {
        return configuration
                .policy()
                .unless(Optional.ofNullable(margin), Optional.ofNullable(confidence), Optional.ofNullable(minimumRuns));
    }

    /** Shares as 2%, 2 % or 0.02. */
    public static final class ShareConverter implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return read(Kind.share(), text);
        }
    }

    static <T> T read(Kind<T> kind, String text) {
        try {
            return kind.read(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
