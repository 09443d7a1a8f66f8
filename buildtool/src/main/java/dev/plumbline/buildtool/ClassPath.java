package dev.plumbline.buildtool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The class path of a module's tests, and what JMH left on it.
 *
 * @param elements jars and folders, in order; some may not exist
 */
public record ClassPath(List<Path> elements) {
    /** The file in which JMH's annotation processor lists the benchmarks that it generated code for. */
    public static final String LIST = "META-INF/BenchmarkList";

    private static final String JMH_CLASS = "org/openjdk/jmh/runner/Runner.class";
    private static final String JMH_PROPERTIES = "META-INF/maven/org.openjdk.jmh/jmh-core/pom.properties";

    /** The name of the benchmark annotation in class files. */
    private static final byte[] ANNOTATION =
            "Lorg/openjdk/jmh/annotations/Benchmark;".getBytes(StandardCharsets.US_ASCII);

    public ClassPath {
        elements = List.copyOf(elements);
    }

    /** The elements that have JMH's own classes: one is right. */
    public List<Path> jmh() throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path element : elements) {
            if (Files.isDirectory(element)) {
                if (Files.exists(element.resolve(JMH_CLASS))) {
                    all.add(element);
                }
            } else if (isJar(element)) {
                try (JarFile jar = new JarFile(element.toFile())) {
                    if (jar.getEntry(JMH_CLASS) != null) {
                        all.add(element);
                    }
                }
            }
        }
        return all;
    }

    private static boolean isJar(Path element) {
        return Files.isRegularFile(element) && element.toString().endsWith(".jar");
    }

    /** The version that a jar with JMH's classes carries; empty if they were packed without it. */
    public static Optional<String> versionOf(Path jmh) throws IOException {
        if (!isJar(jmh)) {
            return Optional.empty();
        }
        try (JarFile jar = new JarFile(jmh.toFile())) {
            if (jar.getEntry(JMH_PROPERTIES) == null) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            properties.load(jar.getInputStream(jar.getEntry(JMH_PROPERTIES)));
            return Optional.ofNullable(properties.getProperty("version"));
        }
    }

    /** Whether JMH's annotation processor wrote its list into a folder of classes. */
    public static boolean isProcessed(Path folder) {
        return Files.isRegularFile(folder.resolve(LIST));
    }

    /**
     * The benchmarks that a list names, as {@code package.Class.method}.
     *
     * @param list lines as JMH writes them: {@code JMH S 13 example.Sorts S …}, the length of each text before it
     */
    public static List<String> benchmarks(Path list) throws IOException {
        List<String> names = new ArrayList<>();
        for (String line : Files.readAllLines(list)) {
            List<String> texts = new ArrayList<>();
            String rest = line.startsWith("JMH ") ? line.substring(4) : "";
            while (rest.startsWith("S ") && texts.size() < 3) {
                int blank = rest.indexOf(' ', 2);
                int end = blank < 0 ? -1 : blank + 1 + Integer.parseInt(rest.substring(2, blank));
                if (end < 0 || end > rest.length()) {
                    break;
                }
                texts.add(rest.substring(blank + 1, end));
                rest = rest.substring(end).stripLeading();
            }
            if (texts.size() == 3) {
                names.add(texts.get(0) + "." + texts.get(2));
            }
        }
        return names.stream().distinct().toList();
    }

    /** The classes of a folder, and of those below it, that have a method with JMH's annotation. */
    public static List<String> annotatedClasses(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".class"))
                    .filter(ClassPath::isAnnotated)
                    .map(file -> name(folder.relativize(file)))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isAnnotated(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            for (int i = 0; i + ANNOTATION.length <= bytes.length; i++) {
                if (bytes[i] == ANNOTATION[0]
                        && Arrays.equals(bytes, i, i + ANNOTATION.length, ANNOTATION, 0, ANNOTATION.length)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path classFile) {
        String path = classFile.toString().replace('\\', '/');
        return path.substring(0, path.length() - ".class".length())
                .replace('/', '.')
                .replace('$', '.');
    }
}
