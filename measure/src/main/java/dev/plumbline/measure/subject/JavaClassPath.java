package dev.plumbline.measure.subject;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.measure.api.Fork;
import dev.plumbline.measure.process.Command;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.process.Execution;
import dev.plumbline.measure.process.ProcessRunner;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A class path with {@link dev.plumbline.measure.api.Implementation}s, each measured fork by fork. */
public final class JavaClassPath {
    /** The parameter with the name of the benchmark's implementation. */
    public static final String IMPLEMENTATION = "implementation";

    private final Path java;
    private final List<String> options;
    private final String classPath;
    private final Conditions conditions;
    private final Command template;

    /**
     * The conditions of forks.
     *
     * @param runner starts them
     * @param header of the run that they belong to
     * @param folder takes what they write and print
     * @param limit after which one is killed
     */
    public record Conditions(ProcessRunner runner, RunHeader header, Path folder, Duration limit) {
        Path output() {
            return folder.resolve("output.txt");
        }
    }

    /**
     * The measuring time of a fork.
     *
     * @param warmUps trials that do not count
     * @param trials of a fork; when empty, ten at first, then as many as the variances ask for
     * @param batch operations that are timed together, at least 1
     */
    public record Length(int warmUps, OptionalInt trials, int batch) {
        static final int FIRST_TRIALS = 10;

        public Length {
            if (warmUps < 0 || trials.orElse(1) < 1 || batch < 1) {
                throw new IllegalArgumentException(
                        warmUps + " warm-ups, " + trials.orElse(1) + " trials, batches of " + batch);
            }
        }

        /** The same for every fork, where {@code length} asks for that. */
        public Length in(ForkLength length) {
            return length == ForkLength.SAME
                    ? new Length(warmUps, OptionalInt.of(trials.orElse(FIRST_TRIALS)), batch)
                    : this;
        }
    }

    /**
     * @param java the program that runs it
     * @param options of the Java machine
     * @param classPath as the user's own programs have it; relative names are relative to the template's folder
     * @param template where it runs, and with which variables; its words are not used
     */
    public JavaClassPath(Path java, List<String> options, String classPath, Command template, Conditions conditions) {
        this.java = requireNonNull(java, "java");
        this.options = List.copyOf(options);
        this.classPath = requireNonNull(classPath, "classPath") + File.pathSeparator + own();
        this.template = requireNonNull(template, "template");
        this.conditions = requireNonNull(conditions, "conditions");
    }

    /** The jar of this program, with the interface and the fork. */
    private static Path own() {
        try {
            return Path.of(Fork.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot locate this program's own classes", e);
        }
    }

    /**
     * Every implementation of every benchmark, with each combination of the parameters.
     *
     * @param include patterns of benchmarks' names; empty for all
     * @param combinations of parameters; one empty map for none
     * @throws CommandFailure if there is none
     */
    public List<Subject> subjects(List<NamePattern> include, List<Map<String, String>> combinations, Length length)
            throws IOException, InterruptedException {
        Path file = conditions.folder().resolve("implementations.txt");
        Command list = command(file, "list", List.of());
        Execution execution = conditions.runner().run(list, conditions.output(), conditions.limit());
        if (!execution.succeeded()) {
            throw new CommandFailure("the class path's implementations cannot be listed; exit code "
                    + execution.exitCode() + OutputTail.of(conditions.output()));
        }
        List<Subject> subjects = new ArrayList<>();
        String benchmark = "";
        for (String line : Files.readAllLines(file)) {
            int space = line.indexOf(' ');
            String value = line.substring(space + 1);
            if (line.startsWith("benchmark ")) {
                benchmark = value;
            } else if (line.startsWith("implementation ") && isWanted(benchmark, include)) {
                for (Map<String, String> parameters : combinations) {
                    subjects.add(subject(benchmark, value, parameters, length, subjects.size()));
                }
            }
        }
        if (subjects.isEmpty()) {
            throw new CommandFailure(
                    "the class path has no implementation" + (include.isEmpty() ? "" : " of a matching benchmark")
                            + "; META-INF/services/dev.plumbline.measure.api.Implementation lists them");
        }
        return subjects;
    }

    private static boolean isWanted(String benchmark, List<NamePattern> include) {
        return include.isEmpty() || include.stream().anyMatch(pattern -> pattern.matches(benchmark));
    }

    private Subject subject(
            String benchmark, String implementation, Map<String, String> parameters, Length length, int number) {
        Map<String, String> identity = new java.util.TreeMap<>(parameters);
        identity.put(IMPLEMENTATION, implementation);
        Path file = conditions.folder().resolve("fork-" + number + ".txt");
        return new JavaSubject(Benchmark.of(benchmark, identity), file, length, conditions, trials -> {
            List<String> words = new ArrayList<>(List.of(
                    benchmark,
                    implementation,
                    Integer.toString(length.warmUps()),
                    Integer.toString(trials),
                    Integer.toString(length.batch())));
            parameters.forEach((name, value) -> words.add(name + "=" + value));
            return command(file, "run", words);
        });
    }

    private Command command(Path file, String verb, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(java.toString()));
        words.addAll(options);
        words.addAll(List.of(
                "-cp",
                classPath,
                Fork.class.getName(),
                verb,
                file.toAbsolutePath().toString()));
        words.addAll(arguments);
        return template.withWords(words);
    }
}
