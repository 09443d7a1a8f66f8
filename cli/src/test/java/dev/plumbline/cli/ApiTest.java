package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What other people's code stands on: the packages and classes of the table in docs/library.md. The file api.txt has
 * every class and member of them. On a mismatch the actual list lies beside the file, named {@code .actual}.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ApiTest {
    private static final Path PAGE = Path.of("..", "docs", "library.md");
    private static final Path LIST = Path.of("src", "test", "resources", "dev", "plumbline", "cli", "api.txt");
    private static final Pattern ROW = Pattern.compile(
            "^\\| `plumbline-([a-z]+)` \\| `[a-z.]+` \\| (`[A-Za-z.]+`(?:, `[A-Za-z.]+`)*)[^|`]*\\|",
            Pattern.MULTILINE);

    /** The API packages and classes of each module, as the table says. */
    private static Map<String, Set<String>> table() throws IOException {
        Map<String, Set<String>> table = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(PAGE));
        while (row.find()) {
            table.put(
                    row.group(1),
                    new TreeSet<>(List.of(row.group(2).replace("`", "").split(", "))));
        }
        assertThat(table).hasSizeGreaterThanOrEqualTo(4);
        return table;
    }

    @Test
    void nothing_of_the_api_goes_or_changes_unseen() throws Exception {
        StringBuilder actual = new StringBuilder();
        for (Class<?> type : api()) {
            Signatures.of(type).forEach(line -> actual.append(line).append('\n'));
        }
        String expected = Files.exists(LIST) ? Files.readString(LIST) : "";
        Path beside = LIST.resolveSibling("api.txt.actual");
        if (expected.contentEquals(actual)) {
            Files.deleteIfExists(beside);
        } else {
            Files.writeString(beside, actual);
        }
        Set<String> gone = new TreeSet<>(expected.lines().toList());
        gone.removeAll(actual.toString().lines().toList());
        assertThat(gone)
                .as(
                        "lines that users' code may depend on, and that are gone; if intended, CHANGELOG.md says how "
                                + "users change their code, and %s takes the place of %s",
                        beside, LIST)
                .isEmpty();
        assertThat(actual.toString())
                .as("additions become permanent API; if intended, replace %2$s with %1$s", beside, LIST)
                .isEqualTo(expected);
    }

    @Test
    void the_api_names_no_class_that_is_not_api() throws Exception {
        Set<Class<?>> api = Set.copyOf(api());
        Set<String> strangers = new TreeSet<>();
        for (Class<?> type : api) {
            for (Class<?> named : Signatures.namedBy(type)) {
                if (named.getName().startsWith("dev.plumbline.") && !api.contains(named)) {
                    strangers.add(type.getName() + " names " + named.getName());
                }
            }
        }
        assertThat(strangers).isEmpty();
    }

    /** Javadoc publishes them, the manifest names them, and japicmp compares them. */
    @Test
    void the_build_publishes_what_the_table_has_and_nothing_else() throws IOException {
        Map<String, Set<String>> built = new TreeMap<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path pom : modules.map(module -> module.resolve("pom.xml"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                String text = Files.readString(pom);
                Set<String> names = property(text, "api.packages");
                if (!names.isEmpty()) {
                    built.put(pom.getParent().getFileName().toString(), names);
                    assertThat(property(text, "api.sources"))
                            .as("%s: api.sources", pom)
                            .isEqualTo(names.stream()
                                    .map(name -> name.replace('.', '/') + (isClass(name) ? ".java" : "/*.java"))
                                    .collect(Collectors.toCollection(TreeSet::new)));
                }
            }
        }
        assertThat(built).isEqualTo(table());
    }

    private static Set<String> property(String pom, String name) {
        Matcher found = Pattern.compile("<" + name + ">([^<]*)</").matcher(pom);
        return found.find() ? new TreeSet<>(List.of(found.group(1).split(","))) : new TreeSet<>();
    }

    private static boolean isClass(String name) {
        return Character.isUpperCase(name.charAt(name.lastIndexOf('.') + 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            public class A { public int size() { return 0; } } | public class A { }
            public class A { public int size() { return 0; } } | public class A { public long size() { return 0; } }
            public class A { public void a() { } } | public class A { void a() { } }
            public class A { public void a() { } } | public class A { public void a() throws Exception { } }
            public class A { public void a(int... a) { } } | public class A { public void a(int[] a) { } }
            public class A { protected A() { } } | public class A { A() { } }
            public class A { } | public final class A { }
            public class A { } | class A { }
            public class A extends Thread { } | public class A { }
            public class A { public static final int B = 1; } | public class A { }
            public class A { public Class<String> a; } | public class A { public Class<Integer> a; }
            public class A<T> { public T a; } | public class A<T extends Number> { public T a; }
            public record A(int b, int c) { } | public record A(int c, int b) { }
            public enum A { B, C } | public enum A { B }
            public interface A { default void a() { } } | public interface A { void a(); }
            public interface A extends Runnable { } | public interface A { }
            public @interface A { int a() default 1; } | public @interface A { int a(); }
            public class A { public static class B { } } | public class A { static class B { } }
            """)
    void a_change_that_breaks_users_takes_a_line_away(String before, String after, @TempDir Path folder)
            throws Exception {
        assertThat(signatures(folder.resolve("before"), before))
                .as("%s and %s", before, after)
                .isNotEmpty()
                .anySatisfy(line ->
                        assertThat(signatures(folder.resolve("after"), after)).doesNotContain(line));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            public class A { public void a() { } } | public class A { public synchronized void a() { } }
            public class A { private int a; } | public class A { private String b; int c; }
            public class A { void a() { } } | public class A { public String toString() { return ""; } }
            public class A { public void a(int b) { } } | public class A { public void a(int c) { } }
            """)
    void what_users_cannot_see_changes_no_line(String before, String after, @TempDir Path folder) throws Exception {
        assertThat(signatures(folder.resolve("before"), before)).isEqualTo(signatures(folder.resolve("after"), after));
    }

    private static List<String> signatures(Path folder, String code) throws Exception {
        Files.createDirectories(folder);
        Path file = Files.writeString(folder.resolve("A.java"), code);
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(null, errors, errors, "-proc:none", "-d", folder.toString(), file.toString());
        assertThat(exit).as(errors.toString(StandardCharsets.UTF_8)).isZero();
        List<String> lines = new ArrayList<>();
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
                Stream<Path> classes = Files.list(folder)) {
            for (String name : classes.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".class"))
                    .sorted()
                    .toList()) {
                lines.addAll(Signatures.of(loader.loadClass(name.substring(0, name.length() - ".class".length()))));
            }
        }
        return lines;
    }

    /** Every class of the API packages, sorted by its name. */
    private static List<Class<?>> api() throws Exception {
        List<Class<?>> types = new ArrayList<>();
        for (Map.Entry<String, Set<String>> module : table().entrySet()) {
            for (String name : module.getValue()) {
                List<String> found = isClass(name) ? List.of(name) : classes(name);
                assertThat(found).as(name).isNotEmpty();
                for (String one : found) {
                    types.add(Class.forName(one, false, ApiTest.class.getClassLoader()));
                }
            }
        }
        return types;
    }

    private static List<String> classes(String name) throws IOException, URISyntaxException {
        String folder = name.replace('.', '/');
        URI delivered = Collections.list(ApiTest.class.getClassLoader().getResources(folder)).stream()
                .filter(url -> !url.getPath().matches(".*/test(-classes)?/.*"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not on the class path"))
                .toURI();
        if (!delivered.getScheme().equals("jar")) {
            return classesIn(Path.of(delivered), name);
        }
        try (FileSystem jar = FileSystems.newFileSystem(delivered, Map.of())) {
            return classesIn(jar.getPath(folder), name);
        }
    }

    private static List<String> classesIn(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
                    .map(file -> name + "." + file.substring(0, file.length() - ".class".length()))
                    .sorted()
                    .toList();
        }
    }
}
