package dev.plumbline.cli.option;

import dev.plumbline.ingest.Format;
import dev.plumbline.measure.count.Count;
import dev.plumbline.measure.count.Counting;
import dev.plumbline.pipeline.config.MeasuringSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.Stack;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The target of measuring, and its duration. */
public final class TargetOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "COMMAND",
            description = "After --: the program and its arguments, started without a shell; or JMH's options.")
    private List<String> words = List.of();

    @Option(
            names = {"-c", "--command"},
            paramLabel = "LINE",
            description = "Shell command; several are measured in turn.")
    private List<String> lines = List.of();

    @Option(
            names = {"-n", "--name"},
            paramLabel = "NAME",
            description = "Benchmark name, one for each command. Default: the command itself.")
    private List<String> names = List.of();

    @Option(
            names = {"-P", "--parameter"},
            paramLabel = "NAME=A,B,C",
            description = "Measure once for each value; it replaces {NAME} in the commands.")
    private List<String> parameters = List.of();

    @Option(
            names = {"-p", "--prepare"},
            paramLabel = "LINE",
            description = "Shell command to run before each execution, not measured.")
    private String prepare;

    @Option(
            names = "--cleanup",
            paramLabel = "LINE",
            description = "Shell command to run after each execution, not measured.")
    private String cleanUp;

    @Option(
            names = {"-i", "--ignore-failure"},
            description = "Accept executions that exit with a code other than 0.")
    private Boolean anyExitCode;

    @Option(
            names = "--jmh",
            paramLabel = "JAR",
            description = "Measure the benchmarks of this JMH jar, one fork at a time.")
    private String jar;

    @Option(
            names = "--prof",
            paramLabel = "NAME",
            description = "Measure with this profiler of JMH, such as gc (allocation) or perfnorm; with --jmh. May be"
                    + " repeated.")
    private List<String> profilers = List.of();

    @Option(
            names = "--java",
            paramLabel = "CLASSPATH",
            description = "Measure the implementations on this class path, in fresh Java processes; JVM options"
                    + " go after --. docs/measuring.md explains implementations.")
    private String classPath;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Trials per Java process. Default: chosen from the first processes.")
    private Integer trials;

    @Option(names = "--warmup-trials", paramLabel = "N", description = "Warm-up trials per Java process. Default: 10")
    private Integer warmUpTrials;

    @Option(names = "--batch", paramLabel = "N", description = "Operations per trial, timed together. Default: 1")
    private Integer batch;

    @Option(
            names = "--benchmark",
            paramLabel = "NAME",
            description = "Only these benchmarks: of a JMH jar StringBench.concat, a class, a pattern with * and ?, or"
                    + " a regular expression; for --java a pattern. May be repeated.")
    private List<String> include = List.of();

    @Option(
            names = "--result",
            paramLabel = "FILE",
            description = "The command is itself a benchmark harness and writes this result file, or files in this"
                    + " folder.")
    private String result;

    @Option(
            names = "--count",
            paramLabel = "COUNT",
            arity = "0..1",
            split = ",",
            fallbackValue = "instructions",
            converter = CountConverter.class,
            preprocessor = CountWords.class,
            description = "Count instead of time: instructions, branches, cycles, cache-misses, allocations,"
                    + " system-calls; several separated by commas. Default: instructions")
    private List<Count> counts = List.of();

    @Option(
            names = "--counter",
            paramLabel = "NAME",
            converter = CounterConverter.class,
            description = "Count with perf or valgrind. Default: perf where its events are open")
    private Counting.Counter counter;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Total time limit, such as 90s, 5m or 1h; per suite if you name suites. Default: 5m")
    private Duration budget;

    @Option(
            names = "--limit",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time limit of one execution. Default: 10m")
    private Duration limit;

    @Option(names = "--seed", paramLabel = "N", description = "Random seed for the order. Default: 1")
    private Long seed;

    /** The duration of measuring, as far as a command has options for it. */
    public record Length(
            Double precision, Integer runs, Integer fewest, Integer most, Duration shortest, Integer warmUps) {
        public static final Length NOTHING = new Length(null, null, null, null, null, null);
    }

    /** The settings from the options alone. */
    public MeasuringSettings settings(Optional<Format> format, MeasuringSettings.Build build, Length stated) {
        return settings(wordsAfterDashes(), format, build, stated);
    }

    /** The same, where one word before the options' end is no target. */
    public MeasuringSettings settingsAfterFirstWord(Optional<Format> format, MeasuringSettings.Build build) {
        return settings(words.subList(1, words.size()), format, build, Length.NOTHING);
    }

    private MeasuringSettings settings(
            List<String> target, Optional<Format> format, MeasuringSettings.Build build, Length stated) {
        if (!profilers.isEmpty() && jar == null) {
            throw wrong("--prof needs --jmh JAR: profilers are JMH's");
        }
        List<String> all = new ArrayList<>(target);
        profilers.forEach(name -> all.addAll(List.of("-prof", name)));
        return new MeasuringSettings(
                new MeasuringSettings.What(
                        all,
                        lines,
                        names,
                        Optional.ofNullable(jar),
                        Optional.ofNullable(classPath),
                        Optional.ofNullable(result),
                        format,
                        include,
                        counting()),
                new MeasuringSettings.Around(
                        parameters(),
                        Optional.ofNullable(prepare),
                        Optional.ofNullable(cleanUp),
                        Optional.ofNullable(anyExitCode),
                        build),
                new MeasuringSettings.Length(
                        Optional.ofNullable(stated.precision),
                        Optional.ofNullable(stated.runs),
                        Optional.ofNullable(stated.fewest),
                        Optional.ofNullable(stated.most),
                        Optional.ofNullable(stated.shortest),
                        Optional.ofNullable(stated.warmUps),
                        Optional.ofNullable(trials),
                        Optional.ofNullable(warmUpTrials),
                        Optional.ofNullable(batch),
                        Optional.ofNullable(budget),
                        Optional.ofNullable(limit),
                        Optional.ofNullable(seed)));
    }

    private Optional<Counting> counting() {
        if (counts.isEmpty()) {
            if (counter != null) {
                throw wrong("--counter has no effect without --count");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(new Counting(counts, Optional.ofNullable(counter)));
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    /** The first of the words, where a command takes one before those of the target. */
    public String firstWord(String otherwise) {
        if (words.isEmpty()) {
            throw wrong(otherwise);
        }
        return words.get(0);
    }

    /** The words before {@code --}: the names of suites, where a command takes some. */
    public List<String> wordsBeforeDashes() {
        return words.subList(0, words.size() - afterDashes());
    }

    private List<String> wordsAfterDashes() {
        return words.subList(words.size() - afterDashes(), words.size());
    }

    private int afterDashes() {
        List<String> all = spec.commandLine().getParseResult().originalArgs();
        int dashes = all.indexOf("--");
        return dashes < 0 ? 0 : Math.min(words.size(), all.size() - dashes - 1);
    }

    private SortedMap<String, List<String>> parameters() {
        SortedMap<String, List<String>> all = new TreeMap<>();
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            if (equals < 1 || equals == parameter.length() - 1) {
                throw wrong("not a parameter: '" + parameter + "'; write it as n=1,10,100");
            }
            all.put(
                    parameter.substring(0, equals),
                    List.of(parameter.substring(equals + 1).split(",", -1)));
        }
        return all;
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    /** Counts by their words. */
    public static final class CountConverter implements ITypeConverter<Count> {
        @Override
        public Count convert(String text) {
            return Count.withWord(text.strip())
                    .orElseThrow(() -> new TypeConversionException("unknown count '" + text + "'; there are "
                            + Arrays.stream(Count.values()).map(Count::word).collect(Collectors.joining(", "))));
        }
    }

    /** Leaves a word that is no count to what follows the option: in {@code --count parse} a suite. */
    static final class CountWords implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> details) {
            boolean isAttached = details.get("separator") != null;
            boolean areCounts = !arguments.isEmpty()
                    && Arrays.stream(arguments.peek().split(","))
                            .allMatch(word -> Count.withWord(word.strip()).isPresent());
            if (!isAttached && !areCounts) {
                arguments.push(Count.INSTRUCTIONS.word());
            }
            return false;
        }
    }

    /** Counters by their words. */
    public static final class CounterConverter implements ITypeConverter<Counting.Counter> {
        @Override
        public Counting.Counter convert(String text) {
            return Counting.Counter.withWord(text.strip())
                    .orElseThrow(
                            () -> new TypeConversionException("unknown counter '" + text + "'; use perf or valgrind"));
        }
    }

    /** Durations as people write them. */
    public static final class DurationConverter implements ITypeConverter<Duration> {
        private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(ms|s|m|min|h)?");

        @Override
        public Duration convert(String text) {
            Matcher matcher = DURATION.matcher(text.strip());
            if (!matcher.matches() || matcher.group(1).length() > 9) {
                throw new TypeConversionException("not a time: '" + text + "'; write it as 90s, 5m or 1h");
            }
            double seconds = Double.parseDouble(matcher.group(1))
                    * switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
                        case "ms" -> 0.001;
                        case "m", "min" -> 60;
                        case "h" -> 3_600;
                        default -> 1;
                    };
            return Duration.ofMillis(Math.round(1_000 * seconds));
        }
    }
}
