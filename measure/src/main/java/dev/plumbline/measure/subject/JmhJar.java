package dev.plumbline.measure.subject;

import static java.util.Objects.requireNonNull;

import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Results;
import dev.plumbline.measure.classfile.JarPath;
import dev.plumbline.measure.classfile.JmhList;
import dev.plumbline.measure.process.Command;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.process.Execution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A jar of JMH benchmarks, each of which can be measured one fork at a time. */
public final class JmhJar {
    private static final double NANOS = 1e9;
    private static final Pattern PARAMETER = Pattern.compile("\\s+param \"(.*)\" = \\{(.*)\\}");
    /** Options of JMH that would take the measuring out of our hands, or show something else than results. */
    private static final List<String> OURS = List.of("-f", "-rf", "-rff", "-o", "-l", "-lp", "-lrf", "-lprof", "-h");
    /** JMH takes an option's value in the same word too: {@code -f2}, {@code -rf=json}. */
    private static final Pattern WITH_VALUE = Pattern.compile("(-f)\\d+|(-[a-z]+)=.*");

    private final Path java;
    private final Path jar;
    private final List<String> options;
    /** The values that an option asked for, by parameter. */
    private final Map<String, List<String>> chosen = new HashMap<>();

    private final Command template;
    private final ResultFileSubject.Conditions conditions;
    private final JmhSubject.Patience patience;
    /** The time for listing the benchmarks: about that of any JVM with JMH to start and end. */
    private double listingSeconds;

    /**
     * @param java the program that runs the jar
     * @param options of JMH, passed on: {@code -wi 5 -i 5 -r 1s -prof gc}
     * @param template where it runs, and with which variables; its words are not used
     * @param patience while another JMH measures on this machine
     * @throws IllegalArgumentException if an option is about forks or result files
     */
    public JmhJar(
            Path java,
            Path jar,
            List<String> options,
            Command template,
            ResultFileSubject.Conditions conditions,
            JmhSubject.Patience patience) {
        this.patience = requireNonNull(patience, "patience");
        this.java = requireNonNull(java, "java");
        this.jar = requireNonNull(jar, "jar");
        // every fork gets exactly one combination of parameters; JMH would add the option's values to it
        List<String> others = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            int equals = i + 1 < options.size() ? options.get(i + 1).indexOf('=') : -1;
            if (options.get(i).equals("-p") && equals > 0) {
                String given = options.get(++i);
                chosen.put(
                        given.substring(0, equals),
                        List.of(given.substring(equals + 1).split(",")));
            } else {
                others.add(options.get(i));
            }
        }
        this.options = List.copyOf(others);
        this.template = requireNonNull(template, "template");
        this.conditions = requireNonNull(conditions, "conditions");
        for (String option : options) {
            if (OURS.contains(plain(option))) {
                throw new IllegalArgumentException("JMH's option " + option + " cannot be passed on: plumb starts"
                        + " the forks one by one (number: --runs) and collects"
                        + " their results; of JMH's options, "
                        + String.join(", ", OURS) + " are reserved");
            }
        }
    }

    private static String plain(String option) {
        Matcher matcher = WITH_VALUE.matcher(option);
        if (!matcher.matches()) {
            return option;
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    /**
     * Every benchmark of the jar, in the order in which JMH lists them.
     *
     * @throws CommandFailure if the jar is no JMH jar
     */
    public List<JmhBenchmark> benchmarks() throws IOException, InterruptedException {
        Map<String, JmhList.Annotated> annotated = annotated();
        return list().stream()
                .map(one -> new JmhBenchmark(one.name, one.parameters, Optional.ofNullable(annotated.get(one.name))))
                .toList();
    }

    private Map<String, JmhList.Annotated> annotated() {
        try {
            return JmhList.read(JarPath.of(jar));
        } catch (IOException e) {
            return Map.of(); // JMH itself reports the problem with the jar
        }
    }

    /**
     * Each of these benchmarks with each of its parameters' combinations, in their order.
     *
     * @param folder takes the result files
     * @param results reads them
     * @param forks the length of forks if neither options nor a plan set it
     */
    public List<JmhSubject> subjects(List<JmhBenchmark> benchmarks, Path folder, Results results, ForkLength forks) {
        List<JmhSubject> subjects = new ArrayList<>();
        for (JmhBenchmark benchmark : benchmarks) {
            JmhLength length = JmhLength.of(benchmark.annotated(), options, listingSeconds);
            for (Map<String, String> parameters : benchmark.combinations()) {
                JmhSubject.Identity identity = new JmhSubject.Identity(jar, benchmark, parameters);
                Path file = folder.resolve("jmh-" + subjects.size() + ".json");
                subjects.add(new JmhSubject(
                        identity,
                        length,
                        forks,
                        conditions.output(),
                        patience,
                        iterations -> new ResultFileSubject(
                                identity.label(),
                                fork(benchmark.name(), parameters, iterations, file),
                                file,
                                Optional.of(Format.JMH_JSON),
                                results,
                                conditions)));
            }
        }
        return subjects;
    }

    private Command fork(String name, Map<String, String> parameters, OptionalInt iterations, Path file) {
        List<String> words = new ArrayList<>(List.of(java.toString(), "-jar", jar.toString()));
        words.add("^" + name.replaceAll("[.$]", "\\\\$0") + "$");
        words.addAll(options);
        if (iterations.isPresent()) {
            words.addAll(List.of("-i", Integer.toString(iterations.getAsInt())));
        }
        parameters.forEach((parameter, value) -> words.addAll(List.of("-p", parameter + "=" + value)));
        words.addAll(List.of(
                "-f",
                "1",
                "-foe",
                "true",
                "-rf",
                "json",
                "-rff",
                file.toAbsolutePath().toString()));
        return template.withWords(words);
    }

    private List<Listed> list() throws IOException, InterruptedException {
        List<String> words = List.of(java.toString(), "-jar", jar.toString(), "-lp");
        long begin = System.nanoTime();
        Execution execution =
                conditions.runner().run(template.withWords(words), conditions.output(), conditions.limit());
        if (!execution.succeeded()) {
            throw new CommandFailure(
                    jar + ": cannot list its benchmarks; is it a JMH jar?" + OutputTail.of(conditions.output()));
        }
        listingSeconds = (System.nanoTime() - begin) / NANOS;
        List<Listed> all = new ArrayList<>();
        boolean begun = false;
        try (Stream<String> lines = Files.lines(conditions.output())) {
            for (String line : (Iterable<String>) lines::iterator) {
                Matcher parameter = PARAMETER.matcher(line);
                if (parameter.matches() && !all.isEmpty()) {
                    all.get(all.size() - 1)
                            .parameters
                            .put(
                                    parameter.group(1),
                                    chosen.getOrDefault(
                                            parameter.group(1),
                                            List.of(parameter.group(2).split(", "))));
                } else if (begun && !line.isBlank() && !line.startsWith(" ")) {
                    all.add(new Listed(line.strip(), new LinkedHashMap<>()));
                }
                begun |= line.startsWith("Benchmarks:");
            }
        }
        return all;
    }

    private record Listed(String name, Map<String, List<String>> parameters) {}
}
