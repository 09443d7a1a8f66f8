package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.NamePattern;
import dev.plumbline.ingest.Format;
import dev.plumbline.measure.CommandSubject;
import dev.plumbline.measure.JavaClassPath;
import dev.plumbline.measure.JmhJar;
import dev.plumbline.measure.ResultFileSubject;
import dev.plumbline.measure.Subject;
import dev.plumbline.measure.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is to be measured. */
public sealed interface Target {
    /**
     * What can be measured one by one, in the order of the declaration.
     *
     * @throws IOException if that cannot be found out; the message says why
     */
    List<Subject> subjects(Site site) throws IOException, InterruptedException;

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

        /** The text with {@code {name}} replaced by each parameter's value. */
        static String filled(String text, Map<String, String> parameters) {
            String result = text;
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                result = result.replace("{" + parameter.getKey() + "}", parameter.getValue());
            }
            return result;
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
     */
    record Commands(
            List<Line> lines,
            SortedMap<String, List<String>> parameters,
            Optional<String> prepare,
            Optional<String> cleanUp,
            boolean anyExitCode)
            implements Target {
        private static final Set<Integer> ALL_EXIT_CODES =
                IntStream.range(0, 256).boxed().collect(Collectors.toUnmodifiableSet());

        public Commands {
            lines = List.copyOf(lines);
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
            if (lines.isEmpty()) {
                throw new IllegalArgumentException("there is no command to measure");
            }
        }

        @Override
        public List<Subject> subjects(Site site) {
            CommandSubject.Conditions conditions = new CommandSubject.Conditions(
                    site.runner(),
                    site.header(),
                    site.scratch().resolve("output.txt"),
                    site.limit(),
                    anyExitCode ? ALL_EXIT_CODES : Set.of(0));
            List<Subject> subjects = new ArrayList<>();
            for (Line line : lines) {
                for (Map<String, String> values : combinations(parameters)) {
                    subjects.add(new CommandSubject(
                            Benchmark.of(line.name(), values),
                            line.command(site, values),
                            new CommandSubject.Surround(around(prepare, site, values), around(cleanUp, site, values)),
                            conditions));
                }
            }
            return subjects;
        }

        private static Optional<Command> around(Optional<String> line, Site site, Map<String, String> values) {
            return line.map(text -> Line.shell(text).command(site, values));
        }
    }

    /**
     * The benchmarks of a JMH jar, each measured one fork at a time.
     *
     * @param jar relative to the directory that is measured
     * @param include regular expressions of names; empty for all
     * @param options passed on to JMH
     */
    record Jmh(Path jar, List<String> include, List<String> options) implements Target {
        public Jmh {
            requireNonNull(jar, "jar");
            include = List.copyOf(include);
            options = List.copyOf(options);
        }

        @Override
        public List<Subject> subjects(Site site) throws IOException, InterruptedException {
            Path file = site.directory().resolve(jar);
            if (!Files.isRegularFile(file)) {
                throw new IOException(jar + ": there is no such file in " + site.directory()
                        + "; build it first, or say how with --build");
            }
            return new JmhJar(
                            java(site.variables()),
                            file,
                            options,
                            new Command(List.of("java"), site.directory(), site.variables()),
                            new ResultFileSubject.Conditions(
                                    site.runner(), site.scratch().resolve("output.txt"), site.limit()))
                    .subjects(include, site.scratch(), site.results());
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

        @Override
        public List<Subject> subjects(Site site) throws IOException, InterruptedException {
            return new JavaClassPath(
                            java(site.variables()),
                            options,
                            classPath,
                            new Command(List.of("java"), site.directory(), site.variables()),
                            new JavaClassPath.Conditions(site.runner(), site.header(), site.scratch(), site.limit()))
                    .subjects(include, combinations(parameters), length);
        }
    }

    /** The {@code java} that the user's own builds would take. */
    private static Path java(Map<String, String> variables) {
        return Optional.ofNullable(variables.get("JAVA_HOME"))
                .map(home -> Path.of(home, "bin", "java"))
                .filter(Files::isExecutable)
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
