package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs every Java example of docs/library.md, against the API packages alone. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LibraryExamplesTest {
    private static final Path PAGE = Path.of("..", "docs", "library.md");
    private static final Pattern BLOCK = Pattern.compile("^```java\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String IMPORTS = Stream.of(
                    "dev.plumbline.core.api",
                    "dev.plumbline.core.model",
                    "dev.plumbline.ingest.api",
                    "dev.plumbline.store.api",
                    "java.nio.file",
                    "java.time",
                    "java.util")
            .map(name -> "import " + name + ".*;\n")
            .collect(Collectors.joining());
    private static final String HEAD = """
            %s

            public class Example%d {
                public static void run() throws Exception {
            %s
                }
            }
            """;
    private static final String JMH = """
            [{"benchmark": "a.Sort.quick", "mode": "avgt", "forks": 1, "jmhVersion": "1.37",
              "primaryMetric": {"score": 5.0, "scoreUnit": "ns/op", "rawData": [[5.0, 5.1, 4.9]]},
              "secondaryMetrics": {}}]
            """;

    @Test
    void every_example_compiles_and_says_what_the_page_says(@TempDir Path folder) throws Exception {
        List<String> blocks = blocks();
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(5);
        Files.writeString(folder.resolve("jmh-result.json"), JMH);
        compile(folder, blocks);
        List<String> printed = new ArrayList<>();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            for (int i = 0; i < blocks.size(); i++) {
                printed.add(output(loader.loadClass("Example" + i)));
            }
        }
        assertThat(printed.get(0)).startsWith("REGRESSED CRITICAL\n").contains(" % (+");
        assertThat(printed.get(1)).startsWith("slower; changes from ");
        assertThat(printed.get(2)).startsWith("from value 8: ");
        assertThat(printed.get(3)).startsWith("runs without a change in which a regression is reported: 0.");
        assertThat(printed.get(4)).isEqualTo("a.Sort.quick {mode=avgt}: 1 runs\n");
    }

    private static List<String> blocks() throws IOException {
        Matcher matcher = BLOCK.matcher(Files.readString(PAGE));
        List<String> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    private static void compile(Path folder, List<String> blocks) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"));
        for (int i = 0; i < blocks.size(); i++) {
            // files named in the examples lie in the test's folder
            String code = blocks.get(i).replace("Path.of(\"", "Path.of(\"" + folder + "/");
            Path file = folder.resolve("Example" + i + ".java");
            Files.writeString(file, HEAD.formatted(IMPORTS, i, code));
            arguments.add(file.toString());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int code = compiler.run(null, errors, errors, arguments.toArray(String[]::new));
        assertThat(code).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    }

    private static String output(Class<?> example) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            example.getMethod("run").invoke(null);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void the_page_names_every_api_package() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            List<String> packages = modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(LibraryExamplesTest::filesBelow)
                    .filter(path -> path.endsWith("api/package-info.java"))
                    .map(Path::toString)
                    .filter(path -> !path.contains("/measure/")) // of the demo, not of the library
                    .map(path -> path.replaceAll(".*src/main/java/(.*)/package-info.java", "$1")
                            .replace('/', '.'))
                    .toList();
            assertThat(packages).hasSizeGreaterThanOrEqualTo(3);
            String page = Files.readString(PAGE);
            assertThat(packages).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
        }
    }

    private static Stream<Path> filesBelow(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
