package dev.plumbline.pipeline.workspace;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.workspace.FoundBenchmarks.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Searches a repository for benchmarks, and for how to run them. It reads build files and a few sources, follows no
 * link, and runs nothing.
 */
public final class FindBenchmarks {
    private static final int DEEPEST = 5;
    private static final int MOST_FILES = 20_000;
    private static final int MOST_BYTES = 256 * 1024;
    private static final Set<String> SKIPPED = Set.of("node_modules", "target", "build", "vendor", "venv", "dist");

    private static final Pattern JAR_NAME = Pattern.compile("<finalName>\\s*([A-Za-z0-9._-]+)\\s*</finalName>");
    private static final Pattern OWN_GRADLE_PLUGIN = Pattern.compile("['\"]dev[.]plumbline['\"]");
    private static final Pattern GO_BENCHMARK = Pattern.compile("(?m)^func Benchmark\\w*\\(");
    private static final Pattern LINKED =
            Pattern.compile("target_link_libraries\\s*\\(\\s*([A-Za-z0-9._-]+)[^)]*benchmark::", Pattern.DOTALL);
    private static final Pattern K6 = Pattern.compile("from\\s+['\"]k6(/[a-z]+)?['\"]");
    private static final Pattern EXPORT = Pattern.compile("hyperfine\\b.*--export-json[ =]([A-Za-z0-9._/-]+)");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/-]+");

    private final Path root;

    public FindBenchmarks(Workspace workspace) {
        this.root = requireNonNull(workspace, "workspace").root();
    }

    /**
     * The benchmarks found.
     *
     * @param benchmarks at most one for each tool, the surest first; files with odd characters in their path are passed
     *     over, since their names go into a shell's command line
     * @param unreadable folders and files that were skipped since they cannot be read, from the root of the repository
     *     on
     * @param withoutPlugin the first Gradle script that names JMH and no plugin that runs its benchmarks; empty where
     *     Gradle's benchmarks were found
     */
    public record Search(List<FoundBenchmarks> benchmarks, List<String> unreadable, Optional<String> withoutPlugin) {
        public Search {
            benchmarks = List.copyOf(benchmarks);
            unreadable = List.copyOf(unreadable);
            requireNonNull(withoutPlugin, "withoutPlugin");
        }
    }

    /**
     * Finds them.
     *
     * @throws IOException if the root cannot be read
     */
    public Search find() throws IOException {
        Walk walk = new Walk(root);
        List<Path> files = walk.files();
        List<FoundBenchmarks> found = new ArrayList<>();
        for (Tool tool : Tool.values()) {
            files.stream()
                    .flatMap(file -> found(tool, file).stream())
                    .findFirst()
                    .ifPresent(found::add);
        }
        if (found.stream().anyMatch(one -> one.tool() == Tool.MAVEN_JMH)) {
            found.removeIf(one -> one.tool() == Tool.MAVEN_PLUGIN);
        }
        boolean isGradleFound =
                found.stream().anyMatch(one -> one.tool() == Tool.GRADLE_JMH || one.tool() == Tool.GRADLE_PLUGIN);
        Optional<String> withoutPlugin = files.stream()
                .filter(file ->
                        !isGradleFound && isGradleScript(file) && text(file).contains("jmh-core"))
                .findFirst()
                .map(this::relative);
        return new Search(found, walk.unreadable, withoutPlugin);
    }

    /** The files worth reading, and what cannot be looked into. */
    static final class Walk extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Path> files = new ArrayList<>();
        private final List<String> unreadable = new ArrayList<>();
        private int seen;

        Walk(Path root) {
            this.root = root;
        }

        /** The files, those near the root first. */
        List<Path> files() throws IOException {
            Files.walkFileTree(root, Set.of(), DEEPEST, this);
            files.sort(Comparator.<Path>comparingInt(Path::getNameCount).thenComparing(Comparator.naturalOrder()));
            return files;
        }

        List<String> unreadable() {
            return List.copyOf(unreadable);
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean isSkipped = !folder.equals(root) && (name.startsWith(".") || SKIPPED.contains(name));
            return isSkipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()
                    && PLAIN.matcher(relative(root, file)).matches()) {
                files.add(file);
            }
            return ++seen < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException why) throws IOException {
            if (path.equals(root)) {
                throw why;
            }
            String name = String.valueOf(path.getFileName());
            if (!name.startsWith(".") && !SKIPPED.contains(name)) {
                unreadable.add(relative(root, path));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException why) {
            if (why != null) {
                unreadable.add(relative(root, folder));
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private Optional<FoundBenchmarks> found(Tool tool, Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return switch (tool) {
            case MAVEN_JMH -> name.equals("pom.xml") ? mavenJar(file) : Optional.empty();
            case MAVEN_PLUGIN -> name.equals("pom.xml") ? mavenPlugin(file) : Optional.empty();
            case GRADLE_JMH -> isGradleScript(file) ? gradle(file) : Optional.empty();
            case GRADLE_PLUGIN -> isGradleScript(file) ? gradlePlugin(file) : Optional.empty();
            case PYTEST_BENCHMARK -> isPythonProject(name) ? pytest(file) : Optional.empty();
            case CRITERION ->
                name.equals("cargo.toml") && text(file).contains("criterion")
                        ? found(tool, file, in(file) + "cargo bench", below(file) + "target/criterion", true)
                        : Optional.empty();
            case GO -> name.endsWith("_test.go") ? go(file) : Optional.empty();
            case GOOGLE_BENCHMARK -> name.equals("cmakelists.txt") ? cmake(file) : Optional.empty();
            // it measures a system that runs elsewhere, which is the same one for both revisions
            case K6 ->
                name.endsWith(".js") && K6.matcher(text(file)).find()
                        ? found(tool, file, "k6 run --summary-export=k6.json " + relative(file), "k6.json", false)
                        : Optional.empty();
            case HYPERFINE -> name.endsWith(".sh") ? hyperfine(file) : Optional.empty();
        };
    }

    private Optional<FoundBenchmarks> mavenJar(Path file) {
        String text = text(file);
        if (!text.contains("jmh-core") || !text.contains("maven-shade-plugin")) {
            return Optional.empty();
        }
        Matcher named = JAR_NAME.matcher(text);
        String jar = below(file) + "target/" + (named.find() ? named.group(1) : "benchmarks") + ".jar";
        String module = module(file);
        String build = maven() + " -q -DskipTests " + (module.isEmpty() ? "" : "-pl " + module + " -am ") + "package";
        return Optional.of(new FoundBenchmarks(
                Tool.MAVEN_JMH,
                relative(file),
                build + "\njava -jar " + jar + " -rf json -rff jmh-result.json",
                "jmh-result.json",
                Optional.of("--build '" + build + "' --jmh " + jar)));
    }

    private Optional<FoundBenchmarks> mavenPlugin(Path file) {
        if (!text(file).contains("jmh-core")) {
            return Optional.empty();
        }
        String module = module(file);
        String at = module.isEmpty() ? "" : " -pl " + module + " -am";
        String goals = maven() + " -q test-compile dev.plumbline:plumbline-maven-plugin:" + Version.TEXT;
        return Optional.of(new FoundBenchmarks(
                Tool.MAVEN_PLUGIN,
                relative(file),
                goals + ":run" + at,
                below(file) + "target/plumbline",
                Optional.of("--build '" + goals + ":jar" + at + "' --jmh " + below(file)
                        + "target/plumbline/benchmarks.jar")));
    }

    private Optional<FoundBenchmarks> gradle(Path file) {
        String text = text(file);
        if (!text.contains("me.champeau.jmh")) {
            return Optional.empty();
        }
        String form = text.matches("(?s).*resultFormat.{0,20}['\"]JSON['\"].*") ? "json" : "txt";
        return found(
                Tool.GRADLE_JMH,
                file,
                gradleTask(file, "jmh"),
                below(file) + "build/results/jmh/results." + form,
                true);
    }

    private Optional<FoundBenchmarks> gradlePlugin(Path file) {
        String text = text(file);
        if (!OWN_GRADLE_PLUGIN.matcher(text).find() || text.contains("me.champeau.jmh")) {
            return Optional.empty();
        }
        String output = below(file) + "build/plumbline";
        return Optional.of(new FoundBenchmarks(
                Tool.GRADLE_PLUGIN,
                relative(file),
                gradleTask(file, "plumbRun"),
                output,
                Optional.of("--build '" + gradleTask(file, "plumbJar") + "' --jmh " + output + "/benchmarks.jar")));
    }

    private static boolean isGradleScript(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).startsWith("build.gradle");
    }

    private String gradleTask(Path file, String task) {
        String module = module(file);
        String gradle = Files.isRegularFile(root.resolve("gradlew")) ? "./gradlew" : "gradle";
        return gradle + " --console=plain " + (module.isEmpty() ? "" : ":" + module.replace('/', ':') + ":") + task;
    }

    private static boolean isPythonProject(String name) {
        return name.equals("pyproject.toml")
                || name.equals("setup.cfg")
                || name.equals("setup.py")
                || name.equals("tox.ini")
                || name.startsWith("requirements") && name.endsWith(".txt");
    }

    private Optional<FoundBenchmarks> pytest(Path file) {
        if (!text(file).contains("pytest-benchmark")) {
            return Optional.empty();
        }
        String name = file.getFileName().toString();
        // of its own in each checkout: one revision must not import what the other one installed
        String install = "python3 -m venv .venv && .venv/bin/python -m pip install -q "
                + (name.startsWith("requirements")
                        ? "-r " + relative(file)
                        : (below(file).isEmpty() ? "." : below(file)) + " pytest-benchmark");
        String measure = ".venv/bin/python -m pytest --benchmark-only --benchmark-json=benchmark.json";
        return Optional.of(new FoundBenchmarks(
                Tool.PYTEST_BENCHMARK,
                relative(file),
                install + "\n" + measure,
                "benchmark.json",
                Optional.of("--build '" + install + "' --result benchmark.json -c '" + measure + "'")));
    }

    private Optional<FoundBenchmarks> go(Path file) {
        if (!GO_BENCHMARK.matcher(text(file)).find()) {
            return Optional.empty();
        }
        // of the nearest module above
        Path folder = file.getParent();
        while (!folder.equals(root) && !Files.isRegularFile(folder.resolve("go.mod"))) {
            folder = folder.getParent();
        }
        Path module = folder.resolve("go.mod");
        return Files.isRegularFile(module)
                ? found(
                        Tool.GO,
                        module,
                        in(module) + "go test -run '^$' -bench . -benchmem -count 5 ./... > bench.txt",
                        below(module) + "bench.txt",
                        true)
                : Optional.empty();
    }

    private Optional<FoundBenchmarks> cmake(Path file) {
        Matcher linked = LINKED.matcher(text(file));
        if (!linked.find()) {
            return Optional.empty();
        }
        String source = below(file).isEmpty() ? "." : below(file);
        String build = "cmake -S " + source + " -B build -DCMAKE_BUILD_TYPE=Release && cmake --build build";
        String measure = "build/" + linked.group(1) + " --benchmark_repetitions=5 --benchmark_out=benchmark.json"
                + " --benchmark_out_format=json";
        return Optional.of(new FoundBenchmarks(
                Tool.GOOGLE_BENCHMARK,
                relative(file),
                build + "\n" + measure,
                "benchmark.json",
                Optional.of("--build '" + build + "' --result benchmark.json -c '" + measure + "'")));
    }

    private Optional<FoundBenchmarks> hyperfine(Path file) {
        Matcher export = EXPORT.matcher(text(file));
        return export.find()
                ? found(Tool.HYPERFINE, file, "sh " + relative(file), export.group(1), true)
                : Optional.empty();
    }

    /** One whose command also measures one of two revisions. */
    private Optional<FoundBenchmarks> found(Tool tool, Path file, String command, String results, boolean isPaired) {
        Optional<String> pair = Optional.of("--result " + results + " -c '" + command.replace("'", "'\\''") + "'")
                .filter(line -> isPaired);
        return Optional.of(new FoundBenchmarks(tool, relative(file), command, results, pair));
    }

    private String maven() {
        return Files.isRegularFile(root.resolve("mvnw")) ? "./mvnw" : "mvn";
    }

    private String in(Path file) {
        return module(file).isEmpty() ? "" : "cd " + module(file) + " && ";
    }

    /** The folder of a file with a slash behind it; nothing at the root. */
    private String below(Path file) {
        return module(file).isEmpty() ? "" : module(file) + "/";
    }

    private String module(Path file) {
        return relative(file.getParent());
    }

    private String relative(Path path) {
        return relative(root, path);
    }

    private static String relative(Path root, Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    /** The beginning of a file; nothing of one that cannot be read. */
    private static String text(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }
}
