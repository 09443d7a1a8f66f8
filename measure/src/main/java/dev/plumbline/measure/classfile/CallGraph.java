package dev.plumbline.measure.classfile;

import dev.plumbline.measure.classfile.ClassFile.Call;
import dev.plumbline.measure.classfile.ClassFile.Code;
import dev.plumbline.measure.classfile.ClassFile.Signature;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * The call graph of class files, computed without running any code.
 *
 * <p>Where a method of a type is called, it may be that of any subtype (class hierarchy analysis; Dean, Grove and
 * Chambers 1995). Where an object is made, those of its methods may run that code outside of the graph calls back:
 * {@code compare}, {@code run}, {@code toString}. So code that is not reached here is not reached by the program,
 * unless it is called by name: reflection and service loaders are not followed.
 */
public final class CallGraph {
    private static final String OBJECT = "java/lang/Object";

    /** Code that no change of a project touches. */
    private static final List<String> FOREIGN = List.of(
            "java/",
            "javax/",
            "jdk/",
            "sun/",
            "com/sun/",
            "kotlin/",
            "kotlinx/",
            "scala/",
            "groovy/",
            "org/openjdk/jmh/",
            "org/apache/commons/math3/",
            "joptsimple/");

    private final Map<String, ClassFile> classes = new LinkedHashMap<>();
    private final Map<String, List<String>> subtypes = new HashMap<>();
    private final Map<String, Map<Signature, Code>> methods = new HashMap<>();

    private CallGraph() {}

    /**
     * Reads the classes of a jar and of what it runs with.
     *
     * @throws IOException if the jar cannot be read, or a class of it is damaged; the message says which
     */
    public static CallGraph of(JarPath jar) throws IOException {
        CallGraph graph = new CallGraph();
        jar.forEachClass(name -> FOREIGN.stream().noneMatch(name::startsWith), (file, bytes) -> {
            try {
                graph.add(ClassFile.read(bytes));
            } catch (ZipException e) {
                throw new IOException(jar.entries().get(0) + ": " + file + ": " + e.getMessage(), e);
            }
        });
        return graph;
    }

    private void add(ClassFile file) {
        if (classes.putIfAbsent(file.name(), file) == null) {
            Map<Signature, Code> own = new LinkedHashMap<>();
            file.methods().forEach(code -> own.put(code.signature(), code));
            methods.put(file.name(), own);
            file.supertypes().forEach(type -> subtypes.computeIfAbsent(type, each -> new ArrayList<>())
                    .add(file.name()));
        }
    }

    /**
     * A class of the graph.
     *
     * @param name with slashes
     * @param source the file that it was compiled from, without its folder; empty where the compiler left it out
     */
    public record Type(String name, Optional<String> source) {}

    /** All classes. */
    public List<Type> types() {
        return classes.values().stream()
                .map(file -> new Type(file.name(), file.source()))
                .toList();
    }

    /**
     * A reached class that meets a condition.
     *
     * @param type with slashes
     * @param method empty where the class itself is used: created, cast to, or a field of it
     */
    public record Reached(String type, String method) {}

    private record Method(String type, Code code) {}

    /**
     * The nearest code of certain classes that some others reach.
     *
     * @param roots names of the classes to begin with, with slashes; all their methods count
     * @param sought which classes are searched for
     * @return empty where none is reached, and where the roots are not in the graph
     */
    public Optional<Reached> nearest(Collection<String> roots, Predicate<String> sought) {
        return new Search(sought).from(roots);
    }

    /** One walk, nearest first. */
    private final class Search {
        private final Predicate<String> sought;
        private final Deque<Method> open = new ArrayDeque<>();
        private final Set<Method> seen = new HashSet<>();
        private final Set<Call> called = new HashSet<>();
        private final Set<String> used = new HashSet<>();
        private final Set<String> created = new HashSet<>();
        private Optional<Reached> found = Optional.empty();

        Search(Predicate<String> sought) {
            this.sought = sought;
        }

        Optional<Reached> from(Collection<String> roots) {
            roots.forEach(root -> {
                used.add(root);
                methods.getOrDefault(root, Map.of()).values().forEach(code -> open(root, code));
            });
            while (found.isEmpty() && !open.isEmpty()) {
                Method method = open.removeFirst();
                method.code.calls().forEach(this::call);
                method.code.types().forEach(this::use);
                method.code.created().forEach(this::create);
            }
            return found;
        }

        private void open(String type, Code code) {
            if (seen.add(new Method(type, code))) {
                if (found.isEmpty() && sought.test(type)) {
                    found = Optional.of(new Reached(
                            type,
                            code.signature().isSpecial() ? "" : code.signature().name()));
                }
                use(type);
                open.addLast(new Method(type, code));
            }
        }

        private void call(Call call) {
            if (!called.add(call)) {
                return;
            }
            declared(call.owner(), call.method()).ifPresent(method -> open(method.type, method.code));
            if (call.isVirtual()) {
                below(call.owner())
                        .forEach(type -> Optional.ofNullable(methods.get(type).get(call.method()))
                                .ifPresent(code -> open(type, code)));
            }
            use(call.owner());
        }

        /** A class that is used is initialized, and those above it. */
        private void use(String type) {
            ClassFile file = classes.get(type);
            if (file == null || !used.add(type)) {
                return;
            }
            if (found.isEmpty() && sought.test(type)) {
                found = Optional.of(new Reached(type, ""));
            }
            methods.get(type).values().stream()
                    .filter(code -> code.signature().name().equals("<clinit>"))
                    .forEach(code -> open(type, code));
            file.supertypes().forEach(this::use);
        }

        /** Adds an object that foreign code may use: by the methods of its own types. */
        private void create(String type) {
            if (!created.add(type) || !classes.containsKey(type)) {
                return;
            }
            boolean hasForeignType = above(type).stream()
                    .flatMap(name -> classes.get(name).supertypes().stream())
                    .anyMatch(name -> !classes.containsKey(name) && !name.equals(OBJECT));
            above(type).forEach(name -> methods.get(name).values().stream()
                    .filter(Code::isOverridable)
                    .filter(code -> hasForeignType || isOfObject(code.signature()))
                    .forEach(code -> open(name, code)));
        }
    }

    private static boolean isOfObject(Signature method) {
        return switch (method.name() + method.descriptor()) {
            case "toString()Ljava/lang/String;", "hashCode()I", "equals(Ljava/lang/Object;)Z" -> true;
            default -> false;
        };
    }

    /** The declaration of a method that is invoked on a type: on itself, or above it. */
    private Optional<Method> declared(String type, Signature method) {
        return above(type).stream()
                .flatMap(
                        name -> Stream.ofNullable(methods.get(name).get(method)).map(code -> new Method(name, code)))
                .findFirst();
    }

    /** A type of the graph and those above it, the nearest first. */
    private Set<String> above(String type) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(type));
        while (!open.isEmpty()) {
            String one = open.removeFirst();
            ClassFile file = classes.get(one);
            if (file != null && all.add(one)) {
                open.addAll(file.supertypes());
            }
        }
        return all;
    }

    /** The types of the graph below one, which may be foreign. */
    private Set<String> below(String type) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(subtypes.getOrDefault(type, List.of()));
        while (!open.isEmpty()) {
            String one = open.removeFirst();
            if (all.add(one)) {
                open.addAll(subtypes.getOrDefault(one, List.of()));
            }
        }
        return all;
    }
}
