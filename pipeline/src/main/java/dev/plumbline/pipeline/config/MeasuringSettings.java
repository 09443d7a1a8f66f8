package dev.plumbline.pipeline.config;

import static java.util.Objects.requireNonNull;

import dev.plumbline.ingest.Format;
import dev.plumbline.measure.Precision;
import dev.plumbline.measure.Rounds;
import dev.plumbline.measure.count.Counting;
import dev.plumbline.measure.subject.JavaClassPath;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The commands to measure and their settings, as far as a suite of the configuration or options specify them. All
 * defaults are set here and nowhere else.
 *
 * @param what is measured
 * @param around how it is run
 * @param length how long it is measured
 */
public record MeasuringSettings(What what, Around around, Length length) {
    /** No settings. */
    public static final MeasuringSettings NOTHING = new MeasuringSettings(
            new What(
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of()),
            new Around(new TreeMap<>(), Optional.empty(), Optional.empty(), Optional.empty(), Build.NONE),
            new Length(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));

    private static final double PRECISION = 0.01;
    private static final double CONFIDENCE = 0.95;
    private static final int FEWEST_EXECUTIONS = 10;
    private static final int FEWEST_FORKS = 3;
    /** A second one shows whether a program does the same work each time. */
    private static final int FEWEST_COUNTS = 2;

    private static final Duration SHORTEST = Duration.ofSeconds(3);
    private static final int MOST = 1_000;
    private static final int WARM_UP_TRIALS = 10;
    private static final Duration BUDGET = Duration.ofMinutes(5);
    private static final Duration LIMIT = Duration.ofMinutes(10);

    public MeasuringSettings {
        requireNonNull(what, "what");
        requireNonNull(around, "around");
        requireNonNull(length, "length");
    }

    /**
     * The target of measuring.
     *
     * @param words a program and its arguments, started without a shell; beside a jar or a class path, the options of
     *     JMH or of the Java machine
     * @param lines for the shell
     * @param names of the benchmarks that the commands are
     * @param jar of JMH, relative to the directory that is measured
     * @param classPath with implementations
     * @param result the file that the command writes
     * @param format of that file
     * @param include which benchmarks of a jar or a class path; all when empty
     * @param counting what is counted; times are taken when empty
     */
    public record What(
            List<String> words,
            List<String> lines,
            List<String> names,
            Optional<String> jar,
            Optional<String> classPath,
            Optional<String> result,
            Optional<Format> format,
            List<String> include,
            Optional<Counting> counting) {
        public What {
            words = List.copyOf(words);
            lines = List.copyOf(lines);
            names = List.copyOf(names);
            requireNonNull(jar, "jar");
            requireNonNull(classPath, "classPath");
            requireNonNull(result, "result");
            requireNonNull(format, "format");
            include = List.copyOf(include);
            requireNonNull(counting, "counting");
        }

        /** A timed target. */
        public What(
                List<String> words,
                List<String> lines,
                List<String> names,
                Optional<String> jar,
                Optional<String> classPath,
                Optional<String> result,
                Optional<Format> format,
                List<String> include) {
            this(words, lines, names, jar, classPath, result, format, include, Optional.empty());
        }

        /** The same, counted. */
        public What counted(Optional<Counting> how) {
            return new What(words, lines, names, jar, classPath, result, format, include, how);
        }

        /** Whether a measurement is a whole process that warms up by itself. */
        public boolean isForked() {
            return jar.isPresent() || classPath.isPresent();
        }

        /** The number of kinds of targets that are named; it has to be one. */
        public int kinds() {
            return (jar.isPresent() ? 1 : 0)
                    + (classPath.isPresent() ? 1 : 0)
                    + (lines.isEmpty() ? 0 : 1)
                    + (isForked() || words.isEmpty() ? 0 : 1);
        }

        /** The target in few words: {@code ./solve {n}}, {@code JMH: target/benchmarks.jar}. */
        public String reported() {
            return jar.map(file -> "JMH: " + file)
                    .or(() -> classPath.map(path -> "Java: " + path))
                    .orElseGet(() -> lines.isEmpty() ? String.join(" ", words) : String.join("; ", lines));
        }

        private What over(What other) {
            if (jar.isPresent() || classPath.isPresent() || result.isPresent() || !lines.isEmpty()) {
                throw new IllegalArgumentException("a suite defines what to measure; leave out --command, --jmh,"
                        + " --java and --result, or the suite");
            }
            if (!words.isEmpty() && !other.isForked()) {
                throw new IllegalArgumentException(
                        "a suite defines its command; after --, give only options for" + " JMH or Java");
            }
            return new What(
                    words.isEmpty() ? other.words : words,
                    other.lines,
                    names.isEmpty() ? other.names : names,
                    other.jar,
                    other.classPath,
                    other.result,
                    format.or(() -> other.format),
                    include.isEmpty() ? other.include : include,
                    counting.or(() -> other.counting));
        }
    }

    /**
     * The surroundings of each execution.
     *
     * @param parameters values by name
     * @param prepare a line for the shell before each execution
     * @param cleanUp a line for the shell after each
     * @param anyExitCode whether every exit code is a success
     * @param build how a checkout is built
     */
    public record Around(
            SortedMap<String, List<String>> parameters,
            Optional<String> prepare,
            Optional<String> cleanUp,
            Optional<Boolean> anyExitCode,
            Build build) {
        public Around {
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
            requireNonNull(prepare, "prepare");
            requireNonNull(cleanUp, "cleanUp");
            requireNonNull(anyExitCode, "anyExitCode");
            requireNonNull(build, "build");
        }

        private Around over(Around other) {
            SortedMap<String, List<String>> all = new TreeMap<>(other.parameters);
            all.putAll(parameters);
            return new Around(
                    all,
                    prepare.or(() -> other.prepare),
                    cleanUp.or(() -> other.cleanUp),
                    anyExitCode.or(() -> other.anyExitCode),
                    build.over(other.build));
        }
    }

    /**
     * The build of a checkout.
     *
     * @param line for the shell; empty when nothing is to be built
     * @param artifacts the files and folders that decide what is measured, where specified
     */
    public record Build(Optional<String> line, List<String> artifacts) {
        /** Not specified. */
        public static final Build NONE = new Build(Optional.empty(), List.of());

        public Build {
            requireNonNull(line, "line");
            artifacts = List.copyOf(artifacts);
        }

        private Build over(Build other) {
            return new Build(line.or(() -> other.line), artifacts.isEmpty() ? other.artifacts : artifacts);
        }
    }

    /**
     * The duration of measuring.
     *
     * @param precision half the width of the interval that is asked for, relative to the level
     * @param runs the exact number of executions or forks
     * @param fewest executions or forks
     * @param most executions or forks
     * @param shortest time that the executions or forks take together
     * @param warmUps executions or forks before the first that counts
     * @param trials of each Java process
     * @param warmUpTrials of each Java process
     * @param batch operations of a trial
     * @param budget the time for all of it
     * @param limit after which one execution is killed
     * @param seed of the random order
     */
    public record Length(
            Optional<Double> precision,
            Optional<Integer> runs,
            Optional<Integer> fewest,
            Optional<Integer> most,
            Optional<Duration> shortest,
            Optional<Integer> warmUps,
            Optional<Integer> trials,
            Optional<Integer> warmUpTrials,
            Optional<Integer> batch,
            Optional<Duration> budget,
            Optional<Duration> limit,
            Optional<Long> seed) {
        /** Whether only the budget ends measuring. */
        public boolean isOpen() {
            return precision.isEmpty() && runs.isEmpty() && fewest.isEmpty() && most.isEmpty() && shortest.isEmpty();
        }

        private Length over(Length other) {
            boolean open = precision.isPresent() || fewest.isPresent() || most.isPresent() || shortest.isPresent();
            return new Length(
                    precision.or(() -> other.precision),
                    runs.or(() -> open ? Optional.empty() : other.runs),
                    fewest.or(() -> other.fewest),
                    most.or(() -> other.most),
                    shortest.or(() -> other.shortest),
                    warmUps.or(() -> other.warmUps),
                    trials.or(() -> other.trials),
                    warmUpTrials.or(() -> other.warmUpTrials),
                    batch.or(() -> other.batch),
                    budget.or(() -> other.budget),
                    limit.or(() -> other.limit),
                    seed.or(() -> other.seed));
        }
    }

    /**
     * These settings, and those of a suite where these are not set.
     *
     * @throws IllegalArgumentException if both name what to measure
     */
    public MeasuringSettings over(MeasuringSettings suite) {
        return new MeasuringSettings(what.over(suite.what), around.over(suite.around), length.over(suite.length));
    }

    /** A parameter that no command has a place for, which would measure the same thing several times. */
    public Optional<String> unplacedParameter() {
        return what.isForked()
                ? Optional.empty()
                : around.parameters.keySet().stream()
                        .filter(parameter -> what.words.stream().noneMatch(word -> word.contains(place(parameter)))
                                && what.lines.stream().noneMatch(line -> line.contains(place(parameter))))
                        .findFirst();
    }

    /** The error about names without a command; empty when there is none. */
    public Optional<String> surplusName() {
        int commands = what.isForked() || what.result.isPresent() ? 0 : Math.max(1, what.lines.size());
        return what.names.size() <= commands
                ? Optional.empty()
                : Optional.of("no command is named " + what.names.get(commands)
                        + (commands == 0
                                ? "; the results contain the benchmark names"
                                : "; there " + (commands == 1 ? "is 1 command" : "are " + commands + " commands")
                                        + " and " + what.names.size() + " names"));
    }

    /** The error about targets that would be measured twice and mixed up as one; empty when there is none. */
    public Optional<String> repetition() {
        Set<String> named = new HashSet<>();
        for (int i = 0; i < what.lines.size(); i++) {
            String name = i < what.names.size() ? what.names.get(i) : what.lines.get(i);
            if (what.result.isEmpty() && !named.add(name)) {
                return Optional.of("two commands are named " + name + "; give each its own name with --name");
            }
        }
        for (Map.Entry<String, List<String>> parameter : around.parameters.entrySet()) {
            Set<String> values = new HashSet<>();
            for (String value : parameter.getValue()) {
                if (!values.add(value)) {
                    return Optional.of("parameter " + parameter.getKey() + " has the value " + value + " twice");
                }
            }
        }
        return Optional.empty();
    }

    /** The placeholder of a parameter's value: {@code {n}}. */
    public static String place(String parameter) {
        return "{" + parameter + "}";
    }

    /** @throws IllegalArgumentException if a number is out of range; the message says which */
    public Rounds.Settings rounds() {
        boolean forked = what.isForked();
        boolean counted = !forked && what.counting.isPresent();
        int most = length.most.orElseGet(() -> Math.max(MOST, length.fewest.orElse(0)));
        int enough = counted ? FEWEST_COUNTS : forked ? FEWEST_FORKS : FEWEST_EXECUTIONS;
        int fewest = length.fewest.orElse(Math.min(enough, most));
        // a process of its own, and what measures by itself, takes its time; counts do not depend on when they are made
        Duration shortest =
                length.shortest.orElse(forked || counted || what.result.isPresent() ? Duration.ZERO : SHORTEST);
        Precision asked = length.runs
                .map(Precision::exactly)
                .orElseGet(() -> new Precision(length.precision.orElse(PRECISION), CONFIDENCE, fewest, most, shortest));
        return new Rounds.Settings(asked, length.warmUps.orElse(forked || counted ? 0 : 1), budget(), seed());
    }

    /** @throws IllegalArgumentException if a number is out of range */
    public JavaClassPath.Length fork() {
        return new JavaClassPath.Length(
                length.warmUpTrials.orElse(WARM_UP_TRIALS),
                length.trials.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                length.batch.orElse(1));
    }

    public Duration budget() {
        return length.budget.orElse(BUDGET);
    }

    public Duration limit() {
        return length.limit.orElse(LIMIT);
    }

    public long seed() {
        return length.seed.orElse(1L);
    }
}
