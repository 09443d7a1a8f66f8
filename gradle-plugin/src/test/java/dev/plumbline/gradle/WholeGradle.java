package dev.plumbline.gradle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gradle itself, for whole builds in a process of its own.
 *
 * <p>No distribution of it is in a registry for Java, but the jar of its API has the classes of nearly all its modules
 * and what describes them. From these a folder is made in which Gradle finds itself: a small jar for each module, the
 * classes in one of them, and empty jars for libraries that the API has inside. What lacks is the command line, the
 * script language Kotlin, and the part of the Java compiler that runs inside Gradle: builds call <code>javac</code>.
 */
final class WholeGradle {
    private static final Pattern API = Pattern.compile("gradle-api-(.+)[.]jar");
    private static final Pattern MODULE = Pattern.compile("(gradle-[^/]+)-classpath[.]properties");
    private static final String CLASSES = "gradle-core-api";

    /** What Gradle's own start script opens, too. */
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.net",
            "java.base/java.nio.charset",
            "java.base/java.time",
            "java.base/java.util",
            "java.base/java.util.concurrent.atomic",
            "java.prefs/java.util.prefs",
            "java.xml/javax.xml.namespace");

    private final Path libraries;
    private final Path home;

    private WholeGradle(Path libraries, Path home) {
        this.libraries = libraries;
        this.home = home;
    }

    /** Makes it in an empty folder. */
    static WholeGradle in(Path folder) throws IOException {
        Path api = classPath().stream()
                .filter(element -> API.matcher(name(element)).matches())
                .findFirst()
                .orElseThrow();
        Matcher version = API.matcher(name(api));
        assertThat(version.matches()).isTrue();
        Path libraries = Files.createDirectories(folder.resolve("gradle-" + version.group(1) + "/lib"));
        try (JarFile jar = new JarFile(api.toFile())) {
            Map<String, Properties> modules = modules(jar);
            for (Map.Entry<String, Properties> module : modules.entrySet()) {
                if (!module.getKey().equals(CLASSES)) {
                    describe(libraries, module.getKey(), version.group(1), module.getValue());
                }
                for (String needed : words(module.getValue(), "projects")) {
                    if (!modules.containsKey(needed)) {
                        describe(libraries, needed, version.group(1), new Properties());
                    }
                }
                for (String library : words(module.getValue(), "runtime")) {
                    library(libraries.resolve(library));
                }
            }
        }
        Files.createSymbolicLink(libraries.resolve(CLASSES + "-" + version.group(1) + ".jar"), api);
        return new WholeGradle(libraries, Files.createDirectories(folder.resolve("home")));
    }

    /**
     * Runs builds one after the other in one process, as a daemon would, each with the configuration cache.
     *
     * @param builds for each build its tasks and their options
     */
    Answer run(Path project, String... builds) throws IOException, InterruptedException {
        Path program = home.resolveSibling("RunGradle.java");
        try (InputStream source = WholeGradle.class.getResourceAsStream("RunGradle.java")) {
            Files.write(program, source.readAllBytes());
        }
        List<String> words = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx768m"));
        words.addAll(List.of("-Dfile.encoding=UTF-8", "-Duser.language=en"));
        OPENED.forEach(each -> words.add("--add-opens=" + each + "=ALL-UNNAMED"));
        words.addAll(List.of("-cp", libraries + "/*", program.toString(), home.toString()));
        words.addAll(List.of(builds));
        Path log = home.resolveSibling("log.txt");
        Process process = new ProcessBuilder(words)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        String told = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(ended).as(told).isTrue();
        return new Answer(process.exitValue(), told);
    }

    /** What the plugin under test needs, in the words of a build script. */
    static String pluginClassPath() {
        return quoted(classPath().stream()
                .filter(element -> !element.endsWith("test-classes"))
                .filter(element -> !name(element).matches("(gradle-api|groovy|ant|kotlin|slf4j|junit|jmh)-.*")));
    }

    /** The jars of JMH, in the words of a build script. */
    static String jmh() {
        return quoted(classPath().stream().filter(element -> name(element)
                .matches("(jmh-core|jmh-generator-annprocess|jopt-simple|commons-math3)-.*[.]jar")));
    }

    private static String quoted(Stream<Path> elements) {
        return "files("
                + String.join(", ", elements.map(each -> "'" + each + "'").toList()) + ")";
    }

    private static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .distinct()
                .toList();
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static Map<String, Properties> modules(JarFile jar) throws IOException {
        Map<String, Properties> modules = new TreeMap<>();
        for (JarEntry entry : jar.stream().toList()) {
            Matcher module = MODULE.matcher(entry.getName());
            if (module.matches()) {
                Properties properties = new Properties();
                try (InputStream in = jar.getInputStream(entry)) {
                    properties.load(in);
                }
                modules.put(module.group(1), properties);
            }
        }
        return modules;
    }

    private static List<String> words(Properties properties, String key) {
        return Stream.of(properties.getProperty(key, "").split(","))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static void describe(Path libraries, String module, String version, Properties properties)
            throws IOException {
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(libraries.resolve(module + "-" + version + ".jar")))) {
            jar.putNextEntry(new JarEntry(module + "-classpath.properties"));
            properties.store(jar, null);
        }
    }

    /** The library of this name where the tests have it, else an empty one: its classes are in the API. */
    private static void library(Path place) throws IOException {
        if (Files.exists(place)) {
            return;
        }
        for (Path element : classPath()) {
            if (name(element).equals(name(place))) {
                Files.createSymbolicLink(place, element);
                return;
            }
        }
        try (OutputStream out = Files.newOutputStream(place);
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(new JarEntry("empty"));
        }
    }

    /** How the last of the builds ended, and what all of them printed. */
    record Answer(int exitCode, String told) {}
}
