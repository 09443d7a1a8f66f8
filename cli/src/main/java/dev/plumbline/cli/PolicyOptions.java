package dev.plumbline.cli;

import dev.plumbline.core.detect.GatePolicy;
import dev.plumbline.core.detect.Policy;
import dev.plumbline.core.detect.Severities;
import dev.plumbline.core.detect.Severity;
import java.util.Locale;
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
            defaultValue = "2%",
            converter = ShareConverter.class,
            description = "The smallest change worth your time. Default: ${DEFAULT-VALUE}")
    private Double margin;

    @Option(
            names = "--confidence",
            paramLabel = "PERCENT",
            defaultValue = "95%",
            converter = ShareConverter.class,
            description = "Confidence of the intervals. Default: ${DEFAULT-VALUE}")
    private Double confidence;

    @Option(
            names = "--min-runs",
            paramLabel = "N",
            defaultValue = "5",
            description = "Earlier runs that are needed before anything is judged. Default: ${DEFAULT-VALUE}")
    private int minimumRuns;

    @Option(
            names = "--block-at",
            paramLabel = "SEVERITY",
            defaultValue = "major",
            converter = SeverityConverter.class,
            description =
                    "The least severity that closes the gate: any, minor (2 per cent), major (5) or critical (10)."
                            + " Default: ${DEFAULT-VALUE}")
    private Severity blockAt;

    @Option(
            names = "--on-suspect",
            paramLabel = "EFFECT",
            defaultValue = "pass",
            description = "What a suspected, unconfirmed regression does: pass, hold (exit code 3) or close."
                    + " Default: ${DEFAULT-VALUE}")
    private GatePolicy.Effect onSuspect;

    @Option(
            names = "--on-inconclusive",
            paramLabel = "EFFECT",
            defaultValue = "pass",
            description = "What a benchmark does of which nothing can be said: pass, hold or close."
                    + " Default: ${DEFAULT-VALUE}")
    private GatePolicy.Effect onInconclusive;

    @Option(
            names = "--on-missing",
            paramLabel = "EFFECT",
            defaultValue = "close",
            description = "What a benchmark does that earlier runs had and this one has not: pass, hold or close."
                    + " Default: ${DEFAULT-VALUE}")
    private GatePolicy.Effect onMissing;

    Policy policy() {
        try {
            return new Policy(margin, Severities.DEFAULT, confidence, Policy.DEFAULT.suiteErrorRate(), minimumRuns);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    GatePolicy gatePolicy() {
        return new GatePolicy(
                blockAt,
                onSuspect,
                onInconclusive,
                onMissing,
                GatePolicy.DEFAULT.onTooGood(),
                GatePolicy.DEFAULT.tooGood());
    }

    /** Shares as 2%, 2 % or 0.02. */
    static final class ShareConverter implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            String number = text.strip();
            boolean percent = number.endsWith("%");
            try {
                double value = Double.parseDouble(
                        percent ? number.substring(0, number.length() - 1).strip() : number);
                double share = percent ? value / 100 : value;
                if (share >= 0 && share < 1) {
                    return share;
                }
            } catch (NumberFormatException e) {
                // told below, together with numbers out of range
            }
            throw new TypeConversionException("'" + text + "' is not a share; write 2% or 0.02");
        }
    }

    /** Severities by name, and {@code any} for every regression. */
    static final class SeverityConverter implements ITypeConverter<Severity> {
        @Override
        public Severity convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "any" -> Severity.NONE;
                case "minor" -> Severity.MINOR;
                case "major" -> Severity.MAJOR;
                case "critical" -> Severity.CRITICAL;
                default ->
                    throw new TypeConversionException(
                            "no severity '" + text + "'; known are any, minor, major, critical");
            };
        }
    }
}
