package dev.plumbline.cli;

import dev.plumbline.core.model.NamePattern;
import dev.plumbline.ingest.Format;
import dev.plumbline.measure.JavaClassPath;
import dev.plumbline.pipeline.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What to measure, and for how long. */
final class TargetOptions {
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
            description = "A line for the shell; several are measured in turn.")
    private List<String> lines = List.of();

    @Option(
            names = {"-n", "--name"},
            paramLabel = "NAME",
            description = "The benchmark's name, for each command in turn. Default: the command itself.")
    private List<String> names = List.of();

    @Option(
            names = {"-P", "--parameter"},
            paramLabel = "NAME=A,B,C",
            description = "Measure once for each value; {NAME} in the commands is replaced by it.")
    private List<String> parameters = List.of();

    @Option(
            names = {"-p", "--prepare"},
            paramLabel = "LINE",
            description = "A line for the shell before each execution, not measured.")
    private String prepare;

    @Option(
            names = "--cleanup",
            paramLabel = "LINE",
            description = "A line for the shell after each execution, not measured.")
    private String cleanUp;

    @Option(
            names = {"-i", "--ignore-failure"},
            description = "Take executions that end with an exit code other than 0 too.")
    private boolean anyExitCode;

    @Option(
            names = "--jmh",
            paramLabel = "JAR",
            description = "Measure the benchmarks of this JMH jar, one fork at a time.")
    private Path jar;

    @Option(
            names = "--java",
            paramLabel = "CLASSPATH",
            description = "Measure the implementations on this class path, in fresh Java processes;"
                    + " the Java machine's options after --. docs/measuring.md tells what an implementation is.")
    private String classPath;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Of each Java process. Default: as many as are worth their time, seen from the first ones.")
    private Integer trials;

    @Option(
            names = "--warmup-trials",
            paramLabel = "N",
            defaultValue = "10",
            description = "Of each Java process, before the first that counts. Default: ${DEFAULT-VALUE}")
    private int warmUpTrials;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "Operations of a trial, timed together. Default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(
            names = "--benchmark",
            paramLabel = "NAME",
            description = "Only the benchmarks whose name matches: a regular expression for a jar of JMH, a pattern"
                    + " with * and ? for --java; may be given several times.")
    private List<String> include = List.of();

    @Option(
            names = "--result",
            paramLabel = "FILE",
            description = "The command measures by itself and writes this result file.")
    private Path result;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            defaultValue = "5m",
            converter = DurationConverter.class,
            description = "The time for all of it, as 90s, 5m, 1h. Default: ${DEFAULT-VALUE}")
    private Duration budget;

    @Option(
            names = "--limit",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = DurationConverter.class,
            description = "After which one execution is killed. Default: ${DEFAULT-VALUE}")
    private Duration limit;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the random order. Default: ${DEFAULT-VALUE}")
    private long seed;

    /** Whether a measurement is a whole process that warms up by itself. */
    boolean isForked() {
        return jar != null || classPath != null;
    }

    Duration budget() {
        return budget;
    }

    Duration limit() {
        return limit;
    }

    long seed() {
        return seed;
    }

    /** The first of the words, where a command takes one before those that tell what to measure. */
    String firstWord(String otherwise) {
        if (words.isEmpty()) {
            throw wrong(otherwise);
        }
        return words.get(0);
    }

    Target targetAfterFirstWord(Optional<Format> format) {
        return target(format, words.subList(1, words.size()));
    }

    Target target(Optional<Format> format) {
        return target(format, words);
    }

    private Target target(Optional<Format> format, List<String> words) {
        int kinds = (jar != null ? 1 : 0)
                + (classPath != null ? 1 : 0)
                + (!lines.isEmpty() ? 1 : 0)
                + (!isForked() && !words.isEmpty() ? 1 : 0);
        if (kinds == 0) {
            throw wrong("nothing to measure; give a command after --, or with -c, or a JMH jar with --jmh, or a class"
                    + " path with --java");
        }
        if (kinds > 1) {
            throw wrong("give either a command after --, or commands with -c, or --jmh, or --java");
        }
        if (classPath != null) {
            return java(words);
        }
        if (jar != null) {
            return new Target.Jmh(jar, include, words);
        }
        if (result != null) {
            if (lines.size() > 1) {
                throw wrong("--result takes one command that writes the file, not " + lines.size());
            }
            String line = lines.isEmpty() ? String.join(" ", words) : lines.get(0);
            return new Target.ResultFile(line, result, format);
        }
        List<Target.Line> commands = new ArrayList<>();
        if (lines.isEmpty()) {
            commands.add(new Target.Line(name(0, String.join(" ", words)), words, false));
        }
        for (String line : lines) {
            commands.add(new Target.Line(name(commands.size(), line), List.of(line), true));
        }
        return new Target.Commands(
                commands,
                parametersOf(commands),
                Optional.ofNullable(prepare),
                Optional.ofNullable(cleanUp),
                anyExitCode);
    }

    /** A parameter that no command has a place for would measure the same thing several times. */
    private TreeMap<String, List<String>> parametersOf(List<Target.Line> commands) {
        TreeMap<String, List<String>> all = parameters();
        for (String parameter : all.keySet()) {
            String place = "{" + parameter + "}";
            if (commands.stream().flatMap(line -> line.words().stream()).noneMatch(word -> word.contains(place))) {
                throw wrong("no command has a place for parameter " + parameter + "; write " + place
                        + " where its values go");
            }
        }
        return all;
    }

    private Target java(List<String> options) {
        try {
            return new Target.Java(
                    classPath,
                    include.stream().map(NamePattern::new).toList(),
                    parameters(),
                    new JavaClassPath.Length(
                            warmUpTrials, trials == null ? OptionalInt.empty() : OptionalInt.of(trials), batch),
                    options);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private String name(int index, String otherwise) {
        return index < names.size() ? names.get(index) : otherwise;
    }

    private TreeMap<String, List<String>> parameters() {
        TreeMap<String, List<String>> all = new TreeMap<>();
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

    /** Durations as people write them. */
    static final class DurationConverter implements ITypeConverter<Duration> {
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
