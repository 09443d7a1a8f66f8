package dev.plumbline.pipeline.measuring;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.name.BenchmarkName;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.ingest.Format;
import dev.plumbline.measure.count.Count;
import dev.plumbline.measure.count.CountedForks;
import dev.plumbline.measure.count.CountedSubject;
import dev.plumbline.measure.count.Counting;
import dev.plumbline.measure.process.Command;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.subject.CommandSubject;
import dev.plumbline.measure.subject.JavaClassPath;
import dev.plumbline.measure.subject.JmhBenchmark;
import dev.plumbline.measure.subject.JmhJar;
import dev.plumbline.measure.subject.JmhSubject;
import dev.plumbline.measure.subject.ResultFileSubject;
import dev.plumbline.measure.subject.Subject;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.MeasuringSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A target of measuring. */
public sealed interface Target {
    /**
     * The target of settings.
     *
     * @throws WrongRequest if they name nothing to measure, or two things at once
     */
    static Target of(MeasuringSettings settings) throws WrongRequest {
        Target target = unbuilt(settings);
        List<Path> artifacts = new ArrayList<>();
        for (String artifact : settings.around().build().artifacts()) {
            Path path = path(artifact);
            if (path.isAbsolute() || path.startsWith("..") || path.toString().isEmpty()) {
                throw new WrongRequest("artifact " + artifact + ": not inside the checkout; give its path"
                        + " relative to the measured folder");
            }
            artifacts.add(path);
        }
        return artifacts.isEmpty() ? target : new Built(target, artifacts);
    }

    private static Path path(String artifact) throws WrongRequest {
        try {
            return Path.of(artifact).normalize();
        } catch (InvalidPathException e) {
            throw new WrongRequest("artifact " + artifact + ": not a path: " + e.getReason(), e);
        }
    }

    private static Target unbuilt(MeasuringSettings settings) throws WrongRequest {
        MeasuringSettings.What what = settings.what();
        if (what.kinds() == 0) {
            throw new WrongRequest(
                    "nothing to measure; give a command after --, or with -c, or a JMH jar with --jmh, or a class"
                            + " path with --java, or the name of a suite of plumbline.yaml");
        }
        if (what.kinds() > 1) {
            throw new WrongRequest("give either a command after --, or commands with -c, or --jmh, or --java");
        }
        Optional<String> mistake = settings.surplusName().or(settings::repetition);
        if (mistake.isPresent()) {
            throw new WrongRequest(mistake.get());
        }
        Optional<String> unplaced = settings.unplacedParameter();
        if (unplaced.isPresent()) {
            throw new WrongRequest("no command uses the parameter " + unplaced.get() + "; write "
                    + MeasuringSettings.place(unplaced.get()) + " where its value belongs");
        }
        boolean uncountable = what.classPath().isPresent() || what.result().isPresent();
        if (what.counting().isPresent() && uncountable) {
            throw new WrongRequest("--count is for commands and JMH jars; "
                    + (what.result().isPresent()
                            ? "a command with --result measures by itself"
                            : "put the Java program into a command: -- java -cp "
                                    + what.classPath().get()));
        }
        try {
            if (what.classPath().isPresent()) {
                return new Java(
                        what.classPath().get(),
                        what.include().stream().map(NamePattern::new).toList(),
                        settings.around().parameters(),
                        settings.fork(),
                        what.words());
            }
            if (what.jar().isPresent()) {
                return new Jmh(Path.of(what.jar().get()), what.include(), what.words(), what.counting());
            }
            return what.result().isPresent() ? ResultFile.of(what) : Commands.of(settings);
        } catch (IllegalArgumentException e) {
            throw new WrongRequest(e.getMessage(), e);
        }
    }

    /**
     * The subjects that can be measured one by one, in the order of the declaration.
     *
     * @throws IOException if that cannot be found out; the message says why
     */
    List<Subject> subjects(Site site) throws IOException, InterruptedException;

    /**
     * The same without what the text, a benchmark as tables show it, leaves out, where it names what only a measurement
     * shows: {@code Sort.quick {mode=avgt}} of a JMH jar.
     */
    default Target of(BenchmarkName name) {
        return this;
    }

    /** Whether all of it is measured fork by fork, as {@link PlanForks} plans. */
    default boolean isPlannedByForks() {
        return false;
    }

    /**
     * The files and folders that decide what is measured, relative to the directory that is measured; empty where that
     * is not known.
     */
    default Optional<List<Path>> artifacts() {
        return Optional.empty();
    }

    /** Whether anything of it is timed, and so depends on what else the machine does. */
    default boolean isTimed() {
        return true;
    }

    /** The explicitly requested counts. */
    default List<Count> counts() {
        return List.of();
    }

    /**
     * A command as a person gives it.
     *
     * @param name of the benchmark
     * @param words the program and its arguments; a single line for the shell when {@code shell} is set
     */
    record Line(String name, List<String> words, boolean shell) {
        public Line {
            requireNonNull(name, "name");
            words = List.copyOf(words);
        }

        /** A line for the shell, which is also its name. */
        public static Line shell(String line) {
            return new Line(line, List.of(line), true);
        }

        Command command(Site site, Map<String, String> parameters) {
            List<String> filled =
                    words.stream().map(word -> filled(word, parameters)).toList();
            return shell
                    ? Command.shell(filled.get(0), site.directory(), site.variables())
                    : new Command(filled, site.directory(), site.variables());
        }

        /** The text with {@code {name}} replaced by each parameter's value, in which names are text. */
        static String filled(String text, Map<String, String> parameters) {
            StringBuilder filled = new StringBuilder();
            int at = 0;
            while (at < text.length()) {
                Optional<Map.Entry<String, String>> parameter = parameterAt(text, at, parameters);
                filled.append(parameter.map(Map.Entry::getValue).orElse(text.substring(at, at + 1)));
                at += parameter.map(one -> one.getKey().length() + 2).orElse(1);
            }
            return filled.toString();
        }

        private static Optional<Map.Entry<String, String>> parameterAt(
                String text, int at, Map<String, String> parameters) {
            return text.charAt(at) == '{'
                    ? parameters.entrySet().stream()
                            .filter(one -> text.startsWith(one.getKey() + "}", at + 1))
                            .findFirst()
                    : Optional.empty();
        }
    }

    /**
     * Commands whose executions are timed.
     *
     * @param lines at least one
     * @param parameters values by name; each command is measured for each combination, {@code {name}} replaced
     * @param prepare a line for the shell before each execution, unmeasured
     * @param cleanUp a line for the shell after each execution
     * @param anyExitCode whether every exit code is a success
     * @param counting what is counted; executions are timed when empty
     */
    record Commands(
            List<Line> lines,
            SortedMap<String, List<String>> parameters,
            Optional<String> prepare,
            Optional<String> cleanUp,
            boolean anyExitCode,
            Optional<Counting> counting)
            implements Target {
        private static final Set<Integer> ALL_EXIT_CODES =
                IntStream.range(0, 256).boxed().collect(Collectors.toUnmodifiableSet());

        public Commands {
            lines = List.copyOf(lines);
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
            requireNonNull(counting, "counting");
            if (lines.isEmpty()) {
                throw new IllegalArgumentException("no command to measure");
            }
        }

        private static Commands of(MeasuringSettings settings) {
            MeasuringSettings.What what = settings.what();
            List<Line> lines = new ArrayList<>();
            if (what.lines().isEmpty()) {
                lines.add(new Line(name(what, 0, String.join(" ", what.words())), what.words(), false));
            }
            for (String line : what.lines()) {
                lines.add(new Line(name(what, lines.size(), line), List.of(line), true));
            }
            MeasuringSettings.Around around = settings.around();
            return new Commands(
                    lines,
                    around.parameters(),
                    around.prepare(),
                    around.cleanUp(),
                    around.anyExitCode().orElse(false),
                    what.counting());
        }

        private static String name(MeasuringSettings.What what, int index, String otherwise) {
            return index < what.names().size() ? what.names().get(index) : otherwise;
        }

        @Override
        public List<Subject> subjects(Site site) throws IOException, InterruptedException {
            CommandSubject.Conditions conditions = new CommandSubject.Conditions(
                    site.runner(),
                    site.header(),
                    site.scratch().resolve("output.txt"),
                    site.limit(),
                    anyExitCode ? ALL_EXIT_CODES : Set.of(0));
            List<Subject> subjects = new ArrayList<>();
            for (Line line : lines) {
                for (Map<String, String> values : combinations(parameters)) {
                    subjects.add(subject(line, values, site, conditions));
                }
            }
            return subjects;
        }

        @Override
        public boolean isTimed() {
            return counting.isEmpty();
        }

        @Override
        public List<Count> counts() {
            return counting.map(Counting::counts).orElse(List.of());
        }

        private Subject subject(Line line, Map<String, String> values, Site site, CommandSubject.Conditions conditions)
                throws IOException, InterruptedException {
            Benchmark benchmark = Benchmark.of(line.name(), values);
            Command command = line.command(site, values);
            CommandSubject.Surround surround =
                    new CommandSubject.Surround(around(prepare, site, values), around(cleanUp, site, values));
            return counting.isPresent()
                    ? new CountedSubject(benchmark, command, surround, conditions, counting.get(), site.counters())
                    : new CommandSubject(benchmark, command, surround, conditions);
        }

        private static Optional<Command> around(Optional<String> line, Site site, Map<String, String> values) {
            return line.map(text -> Line.shell(text).command(site, values));
        }
    }

    /**
     * The benchmarks of a JMH jar, each measured one fork at a time.
     *
     * @param jar relative to the directory that is measured
     * @param include names as {@link JmhNames} takes them; empty for all
     * @param options passed on to JMH
     * @param counting what is counted beside the times; nothing when empty
     */
    record Jmh(Path jar, List<String> include, List<String> options, Optional<Counting> counting) implements Target {
        public Jmh {
            requireNonNull(counting, "counting");
            requireNonNull(jar, "jar");
            include = List.copyOf(include);
            options = List.copyOf(options);
        }

        @Override
        public boolean isPlannedByForks() {
            return counting.isEmpty();
        }

        @Override
        public Target of(BenchmarkName name) {
            return include.isEmpty() && !name.hasWildcards() && name.text().endsWith("}")
                    ? new Jmh(jar, List.of(name.text()), options, counting)
                    : this;
        }

        @Override
        public Optional<List<Path>> artifacts() {
            return Optional.of(List.of(jar));
        }

        @Override
        public List<Subject> subjects(Site site) throws IOException, InterruptedException {
            Path file = site.directory().resolve(jar);
            if (!Files.isRegularFile(file)) {
                throw new IOException(jar + ": no such file in " + site.directory()
                        + "; build it first (plumb pr and plumb bisect build it with --build)");
            }
            if (counting.isEmpty()) {
                return subjects(file, site, options);
            }
            CountedForks counted = new CountedForks(counting.get(), site.counters());
            List<String> all = new ArrayList<>(options);
            all.addAll(counted.options());
            return subjects(file, site, all).stream().map(counted::leading).toList();
        }

        private List<Subject> subjects(Path file, Site site, List<String> all)
                throws IOException, InterruptedException {
            JmhJar opened = jar(file, site, all);
            List<JmhBenchmark> benchmarks = opened.benchmarks();
            if (benchmarks.isEmpty()) {
                throw new CommandFailure(jar + ": contains no benchmark");
            }
            try {
                return List.copyOf(opened.subjects(
                        JmhSelection.of(benchmarks, include), site.scratch(), site.results(), site.forks()));
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(jar + ": " + e.getMessage(), e);
            }
        }

        private static JmhJar jar(Path file, Site site, List<String> options) throws WrongRequest {
            try {
                return new JmhJar(
                        java(site.variables()),
                        file,
                        options,
                        new Command(List.of("java"), site.directory(), site.variables()),
                        new ResultFileSubject.Conditions(
                                site.runner(), site.scratch().resolve("output.txt"), site.limit()),
                        JmhSubject.Patience.of(site.limit(), site::waitsForJmh));
            } catch (IllegalArgumentException e) {
                throw new WrongRequest(e.getMessage(), e);
            }
        }
    }

    /**
     * A command that measures by itself and writes a result file.
     *
     * @param line for the shell
     * @param file that it writes, relative to the directory that is measured
     * @param format of the file; found out from its content when empty
     */
    record ResultFile(String line, Path file, Optional<Format> format) implements Target {
        public ResultFile {
            requireNonNull(line, "line");
            requireNonNull(file, "file");
            requireNonNull(format, "format");
        }

        private static ResultFile of(MeasuringSettings.What what) throws WrongRequest {
            if (what.lines().size() > 1) {
                throw new WrongRequest("--result needs exactly one command that writes the file, not "
                        + what.lines().size());
            }
            return new ResultFile(
                    what.lines().isEmpty()
                            ? String.join(" ", what.words())
                            : what.lines().get(0),
                    Path.of(what.result().orElseThrow()),
                    what.format());
        }

        @Override
        public List<Subject> subjects(Site site) {
            return List.of(new ResultFileSubject(
                    line,
                    Line.shell(line).command(site, Map.of()),
                    site.directory().resolve(file),
                    format,
                    site.results(),
                    new ResultFileSubject.Conditions(
                            site.runner(), site.scratch().resolve("output.txt"), site.limit())));
        }
    }

    /**
     * Implementations on a class path, each measured in fresh Java processes.
     *
     * @param classPath relative names are relative to the directory that is measured
     * @param include patterns of benchmarks' names; empty for all
     * @param parameters values by name; everything is measured for each combination
     * @param length of a fork
     * @param options of the Java machine
     */
    record Java(
            String classPath,
            List<NamePattern> include,
            SortedMap<String, List<String>> parameters,
            JavaClassPath.Length length,
            List<String> options)
            implements Target {
        public Java {
            requireNonNull(classPath, "classPath");
            include = List.copyOf(include);
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
            requireNonNull(length, "length");
            options = List.copyOf(options);
        }

        /** The entries of the class path, unless one of them is a wildcard. */
        @Override
        public Optional<List<Path>> artifacts() {
            List<String> entries = List.of(classPath.split(Pattern.quote(File.pathSeparator), -1));
            return entries.stream().anyMatch(entry -> entry.isEmpty() || entry.endsWith("*"))
                    ? Optional.empty()
                    : Optional.of(entries.stream().map(Path::of).toList());
        }

        @Override
        public List<Subject> subjects(Site site) throws IOException, InterruptedException {
            return new JavaClassPath(
                            java(site.variables()),
                            options,
                            classPath,
                            new Command(List.of("java"), site.directory(), site.variables()),
                            new JavaClassPath.Conditions(site.runner(), site.header(), site.scratch(), site.limit()))
                    .subjects(include, combinations(parameters), length.in(site.forks()));
        }
    }

    /**
     * A target whose deciding files are configured.
     *
     * @param declared files and folders, relative to the directory that is measured
     */
    record Built(Target target, List<Path> declared) implements Target {
        public Built {
            requireNonNull(target, "target");
            declared = List.copyOf(declared);
        }

        @Override
        public boolean isPlannedByForks() {
            return target.isPlannedByForks();
        }

        @Override
        public Target of(BenchmarkName name) {
            return new Built(target.of(name), declared);
        }

        @Override
        public Optional<List<Path>> artifacts() {
            List<Path> all = new ArrayList<>(target.artifacts().orElse(List.of()));
            all.addAll(declared);
            return Optional.of(all);
        }

        @Override
        public boolean isTimed() {
            return target.isTimed();
        }

        @Override
        public List<Count> counts() {
            return target.counts();
        }

        @Override
        public List<Subject> subjects(Site site) throws IOException, InterruptedException {
            return target.subjects(site);
        }
    }

    /** Several targets, one after another. */
    record Several(List<Target> all) implements Target {
        public Several {
            all = List.copyOf(all);
        }

        @Override
        public Optional<List<Path>> artifacts() {
            List<Path> every = new ArrayList<>();
            for (Target target : all) {
                Optional<List<Path>> artifacts = target.artifacts();
                if (artifacts.isEmpty()) {
                    return artifacts;
                }
                every.addAll(artifacts.get());
            }
            return Optional.of(every);
        }

        @Override
        public Target of(BenchmarkName name) {
            return new Several(all.stream().map(target -> target.of(name)).toList());
        }

        @Override
        public boolean isTimed() {
            return all.stream().anyMatch(Target::isTimed);
        }

        @Override
        public List<Count> counts() {
            return all.stream()
                    .flatMap(target -> target.counts().stream())
                    .distinct()
                    .toList();
        }

        @Override
        public List<Subject> subjects(Site site) throws IOException, InterruptedException {
            List<Subject> subjects = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                subjects.addAll(all.get(i).subjects(site.within("target-" + i)));
            }
            return subjects;
        }
    }

    /** The {@code java} that the user names, else the one that this program runs on. */
    static Path java(Map<String, String> variables) {
        return Stream.of(
                        Optional.ofNullable(variables.get("JAVA_HOME")),
                        Optional.ofNullable(System.getProperty("java.home")))
                .flatMap(Optional::stream)
                .map(home -> Path.of(home, "bin", "java"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of("java"));
    }

    /** Every combination of the parameters' values; an empty one where there are no parameters. */
    private static List<Map<String, String>> combinations(SortedMap<String, List<String>> parameters) {
        List<Map<String, String>> all = List.of(Map.of());
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> shorter : all) {
                for (String value : parameter.getValue()) {
                    Map<String, String> one = new TreeMap<>(shorter);
                    one.put(parameter.getKey(), value);
                    longer.add(one);
                }
            }
            all = longer;
        }
        return all;
    }
}
