package dev.plumbline.pipeline.measuring;

import dev.plumbline.measure.classfile.CallGraph;
import dev.plumbline.measure.classfile.JarPath;
import dev.plumbline.measure.classfile.JmhList;
import dev.plumbline.measure.subject.JmhSubject;
import dev.plumbline.measure.subject.Subject;
import dev.plumbline.report.answer.ChangedFirst;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the benchmarks that a change can reach. JMH benchmarks reach what they can call according to their class files;
 * others count as reached if they are named like a changed file.
 */
final class FindReached {
    /** Shorter names of files are in too many names of benchmarks. */
    private static final int SHORTEST_STEM = 3;

    private final Path root;
    private final List<String> changed;
    private final Map<Path, Program> programs = new HashMap<>();

    /**
     * @param root of the checkout; jars outside of it are libraries, which no change touches
     * @param changed files relative to the root, with slashes
     */
    FindReached(Path root, List<String> changed) {
        this.root = real(root);
        this.changed = List.copyOf(changed);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    /**
     * The reached benchmarks.
     *
     * @param names of the subjects that are reached
     * @param answer the same for people
     */
    record Outcome(Set<String> names, ChangedFirst answer) {
        /** Whether there are others that can wait. */
        boolean isUseful() {
            return !names.isEmpty() && names.size() < answer.benchmarks();
        }
    }

    /** The classes of a jar, and which of them the change touches. */
    private record Program(CallGraph graph, Set<String> touched, Map<String, JmhList.Annotated> benchmarks) {}

    /**
     * Finds them.
     *
     * @param since what people call the revision that the change is counted from
     * @throws IOException if a jar cannot be read; the message says which class of it is damaged
     */
    Outcome among(List<Subject> subjects, String since) throws IOException {
        Set<String> names = new HashSet<>();
        List<ChangedFirst.Reached> reached = new ArrayList<>();
        Map<String, Optional<CallGraph.Reached>> known = new HashMap<>();
        for (Subject subject : subjects) {
            Optional<ChangedFirst.Reached> found;
            if (subject instanceof JmhSubject jmh) {
                Program program = program(jmh.identity().jar());
                String benchmark = jmh.identity().benchmark().name();
                if (!known.containsKey(benchmark)) {
                    known.put(benchmark, reached(program, benchmark));
                }
                found = known.get(benchmark).map(code -> new ChangedFirst.Reached(PlanForks.shown(jmh), shown(code)));
            } else {
                found = isNamedLike(subject.name(), changed)
                        ? Optional.of(new ChangedFirst.Reached(subject.name(), ""))
                        : Optional.empty();
            }
            if (found.isPresent()) {
                names.add(subject.name());
                reached.add(found.get());
            }
        }
        int touched = programs.values().stream()
                .mapToInt(program -> program.touched.size())
                .sum();
        return new Outcome(names, new ChangedFirst(since, touched, subjects.size(), reached));
    }

    private Program program(Path jar) throws IOException {
        Program program = programs.get(jar);
        if (program == null) {
            JarPath path = JarPath.of(jar);
            CallGraph graph = CallGraph.of(
                    path.where(entry -> entry.equals(jar) || real(entry).startsWith(root)));
            Set<String> touched = new HashSet<>();
            for (CallGraph.Type type : graph.types()) {
                if (changed.stream().anyMatch(file -> isFrom(type, file))) {
                    touched.add(type.name());
                }
            }
            program = new Program(graph, touched, JmhList.read(path));
            programs.put(jar, program);
        }
        return program;
    }

    private static Optional<CallGraph.Reached> reached(Program program, String benchmark) {
        String type = benchmark.substring(0, benchmark.lastIndexOf('.'));
        List<String> roots = new ArrayList<>();
        JmhList.Annotated annotated = program.benchmarks.get(benchmark);
        roots.add((annotated == null ? type : annotated.generated()).replace('.', '/'));
        return program.graph.nearest(roots, program.touched::contains);
    }

    /**
     * Whether a class is made from a source file: their names match, and the folder of the file ends with the package.
     * Kotlin, Scala and Groovy may leave out the beginning of the package, and have files in any folder.
     */
    static boolean isFrom(CallGraph.Type type, String file) {
        int slash = file.lastIndexOf('/');
        String folder = slash < 0 ? "" : file.substring(0, slash);
        String name = file.substring(slash + 1);
        int dot = name.lastIndexOf('.');
        if (dot <= 0) {
            return false;
        }
        String ending = name.substring(dot + 1);
        boolean isJava = ending.equals("java");
        if (!isJava && !Set.of("kt", "kts", "scala", "groovy", "clj").contains(ending)) {
            return false;
        }
        int end = type.name().lastIndexOf('/');
        String packageFolder = end < 0 ? "" : type.name().substring(0, end);
        boolean isThere =
                packageFolder.isEmpty() || folder.equals(packageFolder) || folder.endsWith("/" + packageFolder);
        String simple = type.name().substring(end + 1);
        String outer = simple.indexOf('$') > 0 ? simple.substring(0, simple.indexOf('$')) : simple;
        String stem = name.substring(0, dot);
        boolean isNamed =
                type.source().map(name::equals).orElse(outer.equals(stem) || !isJava && outer.equals(stem + "Kt"));
        return isNamed && (isThere || !isJava);
    }

    /** {@code Text.join}; {@code Text} where it is the class. */
    private static String shown(CallGraph.Reached code) {
        String simple = code.type().substring(code.type().lastIndexOf('/') + 1).replace('$', '.');
        return code.method().isEmpty() || code.method().startsWith("lambda$") ? simple : simple + "." + code.method();
    }

    /** Whether a benchmark's name holds the name of a changed file without its ending: RunLength of RunLength.java. */
    static boolean isNamedLike(String benchmark, List<String> changedFiles) {
        String name = benchmark.toLowerCase(Locale.ROOT);
        return changedFiles.stream()
                .map(file -> file.substring(file.lastIndexOf('/') + 1))
                .map(file -> file.contains(".") ? file.substring(0, file.indexOf('.')) : file)
                .map(stem -> stem.toLowerCase(Locale.ROOT).replaceFirst("(benchmark|bench|test)$", ""))
                .anyMatch(stem -> stem.length() >= SHORTEST_STEM && name.contains(stem));
    }
}
