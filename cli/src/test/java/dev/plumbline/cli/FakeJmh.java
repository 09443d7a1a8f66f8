package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A project with benchmarks in a jar that answers as JMH's would, at once and with the numbers that a file says. */
final class FakeJmh {
    static final String JAR = "bench.jar";

    private static final String MAIN = """
        package fake;

        import java.nio.file.Files;
        import java.nio.file.Path;
        import java.nio.file.StandardOpenOption;
        import java.util.List;
        import java.util.StringJoiner;

        public class Main {
            public static void main(String[] args) throws Exception {
                List<String> words = List.of(args);
                if (words.contains("-lp")) {
                    System.out.println("Benchmarks: \\ndemo.NumberBench.sum\\ndemo.StringBench.concat\\ndemo.StringBench.plain");
                    return;
                }
                String name = args[0].replaceAll("[\\\\\\\\^$]", "");
                int iterations = words.contains("-i") ? Integer.parseInt(words.get(words.indexOf("-i") + 1)) : 3;
                Path log = Path.of("forks.txt");
                Files.writeString(log, name + " " + iterations + "\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                StringJoiner values = new StringJoiner(",", "[[", "]]");
                for (int i = 0; i < iterations; i++) {
                    values.add(Double.toString(100 + Math.random()));
                }
                Files.writeString(Path.of(words.get(words.indexOf("-rff") + 1)),
                    "[{\\"jmhVersion\\":\\"1.37\\",\\"benchmark\\":\\"" + name + "\\",\\"mode\\":\\"avgt\\",\\"threads\\":1,\\"forks\\":1,"
                    + "\\"primaryMetric\\":{\\"score\\":100,\\"scoreUnit\\":\\"ns/op\\",\\"rawData\\":" + values + "},"
                    + "\\"secondaryMetrics\\":{}}]");
            }
        }
        """;

    private static final Map<String, String> SOURCES = new TreeMap<>(Map.of(
            "demo/Text.java", "package demo; class Text { static String join(String a, String b) { return a + b; } }",
            "demo/Numbers.java", "package demo; class Numbers { static int sum(int n) { return n * n; } }",
            "demo/StringBench.java", """
            package demo;
            public class StringBench {
                public String concat() { return Text.join("a", "b"); }
                public String plain() { return "a"; }
            }
            """,
            "demo/NumberBench.java",
                    "package demo; public class NumberBench { public int sum() { return Numbers.sum(3); } }",
            "demo/gen/Concat.java",
                    "package demo.gen; class Concat { void run() { new demo.StringBench().concat(); } }",
            "demo/gen/Plain.java", "package demo.gen; class Plain { void run() { new demo.StringBench().plain(); } }",
            "demo/gen/Sum.java", "package demo.gen; class Sum { void run() { new demo.NumberBench().sum(); } }",
            "fake/Main.java", MAIN));

    private static final String ANNOTATED = "S 11 AverageTime E A 1 1 1 E I 1 2 T 5 10 ms E I 1 3 T 5 10 ms E ";

    private static final String LIST = """
        JMH S 16 demo.NumberBench S 12 demo.gen.Sum S 3 sum %1$sE
        JMH S 16 demo.StringBench S 15 demo.gen.Concat S 6 concat %1$sI 1 4
        JMH S 16 demo.StringBench S 14 demo.gen.Plain S 5 plain %1$sE
        """.formatted(ANNOTATED);

    private FakeJmh() {}

    /** Writes the sources into a folder, and the jar beside them. */
    static void in(Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : SOURCES.entrySet()) {
            Path file = folder.resolve("src").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source.getValue()));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of("-proc:none", "-Xlint:none", "-g", "-d", classes.toString());
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            assertThat(compiler.getTask(
                                    null,
                                    manager,
                                    null,
                                    options,
                                    null,
                                    manager.getJavaFileObjects(files.toArray(Path[]::new)))
                            .call())
                    .isTrue();
        }
        Files.createDirectories(classes.resolve("META-INF"));
        Files.writeString(classes.resolve("META-INF/BenchmarkList"), LIST);
        pack(folder);
    }

    /** Makes the jar of what the folder's classes are now. */
    static void pack(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "fake.Main");
        Path classes = folder.resolve("classes");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(folder.resolve(JAR)), manifest);
                Stream<Path> all = Files.walk(classes)) {
            for (Path each : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(each).toString().replace('\\', '/')));
                Files.copy(each, out);
            }
        }
    }

    /** The forks that were measured since this was last asked, each a name and its number of iterations. */
    static List<String> forks(Path folder) throws IOException {
        Path log = folder.resolve("forks.txt");
        List<String> forks = Files.exists(log) ? Files.readAllLines(log) : List.of();
        Files.deleteIfExists(log);
        return forks;
    }
}
