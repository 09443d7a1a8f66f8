package dev.plumbline.cli.option;

import dev.plumbline.core.history.ChangeMethod;
import dev.plumbline.core.history.ChangeMethod.Name;
import dev.plumbline.core.stats.classic.EDivisive;
import dev.plumbline.core.stats.classic.OnlineCusum;
import dev.plumbline.core.stats.classic.Partition;
import dev.plumbline.core.stats.classic.WindowedEDivisive;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.pipeline.config.Configuration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * The method of searching for change points. An option that the chosen method does not know is an error, never ignored.
 */
public final class MethodOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            converter = NameConverter.class,
            defaultValue = "steps",
            description = "Change point detection method: steps, e-divisive, windowed-e-divisive, pelt,"
                    + " optimal-partitioning or online-cusum. Default: ${DEFAULT-VALUE}, recommended.")
    private Name name;

    @Option(
            names = "--margin",
            paramLabel = "PERCENT",
            converter = JudgingOptions.ShareConverter.class,
            description = "Smallest relevant change; with steps (default 2%%) and windowed-e-divisive (0%%).")
    private Double margin;

    @Option(
            names = "--significance",
            paramLabel = "P",
            converter = JudgingOptions.ShareConverter.class,
            description = "Largest p-value of a change point; with e-divisive (default 5%%) and"
                    + " windowed-e-divisive (0.1%%).")
    private Double significance;

    @Option(
            names = "--permutations",
            paramLabel = "N",
            description = "Permutations per test; with e-divisive. Default: 199")
    private Integer permutations;

    @Option(names = "--seed", paramLabel = "N", description = "Random seed; with e-divisive. Default: 0")
    private Long seed;

    @Option(names = "--window", paramLabel = "N", description = "Window size; with windowed-e-divisive. Default: 50")
    private Integer window;

    @Option(
            names = "--penalty",
            paramLabel = "FACTOR",
            description = "Penalty per change point, as a multiple of ln n times the noise variance; with pelt"
                    + " and optimal-partitioning. Default: 3")
    private Double penalty;

    @Option(
            names = "--minimum-segment",
            paramLabel = "N",
            description = "Minimum number of values between two change points; with e-divisive (default 2), pelt"
                    + " and optimal-partitioning (1).")
    private Integer minimumSegment;

    @Option(
            names = "--false-alarms",
            paramLabel = "PERCENT",
            converter = JudgingOptions.ShareConverter.class,
            description = "False-positive rate per series, 1%% to 10%%; with online-cusum. Default: 1%%")
    private Double falseAlarms;

    /**
     * The method with its settings.
     *
     * @param configuration gives the smallest change of the steps where no option does
     */
    public ChangeMethod method(Configuration configuration) {
        only("--margin", margin, EnumSet.of(Name.STEPS, Name.WINDOWED_E_DIVISIVE));
        only("--significance", significance, EnumSet.of(Name.E_DIVISIVE, Name.WINDOWED_E_DIVISIVE));
        only("--permutations", permutations, EnumSet.of(Name.E_DIVISIVE));
        only("--seed", seed, EnumSet.of(Name.E_DIVISIVE));
        only("--window", window, EnumSet.of(Name.WINDOWED_E_DIVISIVE));
        only("--penalty", penalty, EnumSet.of(Name.PELT, Name.OPTIMAL_PARTITIONING));
        only("--minimum-segment", minimumSegment, EnumSet.of(Name.E_DIVISIVE, Name.PELT, Name.OPTIMAL_PARTITIONING));
        only("--false-alarms", falseAlarms, EnumSet.of(Name.ONLINE_CUSUM));
        try {
            return switch (name) {
                case STEPS ->
                    new ChangeMethod.BySteps(new StepScan.Settings(
                            or(margin, configuration.policy().margin().value())));
                case E_DIVISIVE ->
                    new ChangeMethod.ByEDivisive(new EDivisive.Settings(
                            or(permutations, EDivisive.Settings.DEFAULT.permutations()),
                            or(significance, EDivisive.Settings.DEFAULT.significance()),
                            or(minimumSegment, EDivisive.Settings.DEFAULT.minimumSegment()),
                            or(seed, EDivisive.Settings.DEFAULT.seed())));
                case WINDOWED_E_DIVISIVE ->
                    new ChangeMethod.ByWindowedEDivisive(new WindowedEDivisive.Settings(
                            or(window, WindowedEDivisive.Settings.DEFAULT.window()),
                            or(significance, WindowedEDivisive.Settings.DEFAULT.significance()),
                            or(margin, WindowedEDivisive.Settings.DEFAULT.minimumMagnitude()),
                            WindowedEDivisive.Settings.DEFAULT.retest()));
                case PELT -> new ChangeMethod.ByPelt(partition());
                case OPTIMAL_PARTITIONING -> new ChangeMethod.ByOptimalPartitioning(partition());
                case ONLINE_CUSUM ->
                    new ChangeMethod.ByOnlineCusum(
                            new OnlineCusum.Settings(or(falseAlarms, OnlineCusum.Settings.DEFAULT.falseAlarms())));
            };
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--method " + name.text() + ": " + e.getMessage(), e);
        }
    }

    private Partition.Settings partition() {
        return new Partition.Settings(
                or(penalty, Partition.Settings.DEFAULT.penalty()),
                or(minimumSegment, Partition.Settings.DEFAULT.minimumSegment()));
    }

    private static <T> T or(T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    private void only(String option, Object given, Set<Name> methods) {
        if (given != null && !methods.contains(name)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    option + " has no effect with --method " + name.text() + "; it belongs to "
                            + methods.stream().map(Name::text).collect(Collectors.joining(" and ")));
        }
    }

    /** Methods by name. */
    static final class NameConverter implements ITypeConverter<Name> {
        @Override
        public Name convert(String text) {
            return Name.of(text)
                    .orElseThrow(
                            () -> new TypeConversionException("no method '" + text + "'; known are " + Name.all()));
        }
    }
}
