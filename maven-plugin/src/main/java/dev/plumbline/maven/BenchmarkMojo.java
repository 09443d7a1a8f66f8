package dev.plumbline.maven;

import dev.plumbline.buildtool.BenchmarksJar;
import dev.plumbline.buildtool.ClassPath;
import dev.plumbline.buildtool.Findings;
import dev.plumbline.buildtool.JmhRun;
import dev.plumbline.buildtool.OwnBenchmarks;
import dev.plumbline.buildtool.PlumbCall;
import dev.plumbline.buildtool.SourceLines;
import dev.plumbline.buildtool.Words;
import dev.plumbline.cli.option.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/** The common part of goals for the benchmarks of one module. */
abstract class BenchmarkMojo extends PlumbMojo {
    private static final String SARIF = "report.sarif";
    private static final String JSON = "report.json";
    private static final String GROUP = "org.openjdk.jmh";

    /** The folder of the module's results, reports and JMH log. */
    @Parameter(property = "plumb.output", defaultValue = "${project.build.directory}/plumbline")
    private File output;

    /**
     * Measures only these benchmarks, divided by blanks: <code>StringBench.concat</code>, a class, a pattern with
     * <code>*</code> and <code>?</code>, or a regular expression.
     */
    @Parameter(property = "plumb.benchmarks")
    private String benchmarks;

    /** Options of JMH, as {@code -f 3 -wi 5 -i 5 -r 1s}; they win over the annotations of the benchmarks. */
    @Parameter(property = "plumb.jmh")
    private String jmh;

    /** Whether a module without benchmarks fails the build. */
    @Parameter(property = "plumb.failIfNoBenchmarks", defaultValue = "false")
    private boolean failIfNoBenchmarks;

    /** A jar that runs the benchmarks, used where the class path of the tests has none. */
    @Parameter(property = "plumb.jar", defaultValue = "${project.build.directory}/benchmarks.jar")
    private File jar;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Inject
    private ToolchainManager toolchains;

    @Inject
    private RepositorySystem repositories;

    /**
     * The benchmarks of the module, ready to run.
     *
     * @param jar runs them
     * @param include regular expressions of names; empty for all of the jar
     */
    record Launch(Path jar, List<String> include) {}

    final MavenProject project() {
        return project;
    }

    final Build build() {
        return new Build(session());
    }

    /** The folder for what the goal writes. */
    final Path output() throws MojoExecutionException {
        return writable(output.toPath().toAbsolutePath());
    }

    static Path writable(Path folder) throws MojoExecutionException {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "write", ".part"));
            return folder;
        } catch (IOException e) {
            throw new MojoExecutionException(
                    "cannot write to " + folder + " (" + e + "); make it writable, or choose another folder with"
                            + " -Dplumb.output=FOLDER",
                    e);
        }
    }

    final List<String> jmhOptions() throws MojoExecutionException {
        return allowed(words("plumb.jmh", jmh));
    }

    static List<String> allowed(List<String> words) throws MojoExecutionException {
        Optional<String> reserved = JmhRun.reserved(words);
        if (reserved.isPresent()) {
            throw new MojoExecutionException("plumb.jmh: JMH's option " + reserved.get()
                    + " cannot be given, since the plugin collects the results; leave it out");
        }
        return words;
    }

    /** The jar that ran the benchmarks last. */
    final Path measuredJar() throws MojoExecutionException {
        Path made = output().resolve(BenchmarksJar.NAME);
        return Files.exists(made) ? made : jar.toPath().toAbsolutePath();
    }

    /** Measures the module; empty where it has no benchmarks. */
    final Optional<Path> measure() throws MojoExecutionException, MojoFailureException {
        List<String> options = jmhOptions();
        Optional<Launch> found = prepare();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>(found.get().include());
        words.addAll(options);
        ReentrantLock measuring = build().measuring();
        if (!measuring.tryLock()) {
            getLog().info("another module is measured; waiting for its end");
            measuring.lock();
        }
        try {
            // of an earlier run, and not of these results
            Files.deleteIfExists(output().resolve(SARIF));
            Files.deleteIfExists(output().resolve(JSON));
            Path results = new JmhRun(
                            tool("java"), output(), project.getBasedir().toPath(), measuringLog())
                    .measure(found.get().jar(), words);
            return Optional.of(results);
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("measuring was interrupted", e);
        } finally {
            measuring.unlock();
        }
    }

    private JmhRun.Log measuringLog() {
        return new JmhRun.Log() {
            @Override
            public void info(String line) {
                getLog().info(line);
            }

            @Override
            public void debug(String line) {
                getLog().debug(line);
            }
        };
    }

    /** Finds the benchmarks of the module; empty, with a message, where it has none. */
    final Optional<Launch> prepare() throws MojoExecutionException, MojoFailureException {
        if (project.getPackaging().equals("pom")) {
            return none("a module of packaging pom has none");
        }
        try {
            return launch();
        } catch (IOException | DependencyResolutionRequiredException e) {
            throw new MojoExecutionException("looking for benchmarks: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("looking for benchmarks was interrupted", e);
        }
    }

    private Optional<Launch> launch()
            throws IOException, InterruptedException, DependencyResolutionRequiredException, MojoExecutionException,
                    MojoFailureException {
        ClassPath classPath = new ClassPath(
                project.getTestClasspathElements().stream().map(Path::of).toList());
        List<Path> own = Stream.of(
                        project.getBuild().getTestOutputDirectory(),
                        project.getBuild().getOutputDirectory())
                .map(Path::of)
                .toList();
        List<Path> jmhs = classPath.jmh();
        List<Path> processed = new ArrayList<>();
        List<String> unprocessed = new ArrayList<>();
        for (Path folder : own) {
            if (ClassPath.isProcessed(folder)) {
                processed.add(folder);
            } else if (!jmhs.isEmpty()) {
                unprocessed.addAll(ClassPath.annotatedClasses(folder));
            }
        }
        if (processed.isEmpty() && unprocessed.isEmpty()) {
            if (jar.isFile()) {
                build().noteBenchmarks();
                return Optional.of(new Launch(jar.toPath().toAbsolutePath(), patterns()));
            }
            return none(
                    jmhs.isEmpty()
                            ? "JMH is not on the class path of its tests; " + JmhOnPath.DEPENDENCY
                            : own.stream().noneMatch(Files::exists)
                                    ? "it has no compiled classes; put benchmarks into " + sources()
                                            + " and compile them before this goal, as mvn verify or mvn"
                                            + " test-compile does"
                                    : "no method of its classes has @Benchmark");
        }
        build().noteBenchmarks();
        new JmhOnPath(jmhs, processorArtifact().map(artifact -> artifact.getVersion())).check();
        List<Path> elements = new ArrayList<>(classPath.elements());
        if (!unprocessed.isEmpty()) {
            Path generated = generated(unprocessed, own, classPath, jmhs.get(0));
            elements.add(0, generated);
            processed.add(generated);
        }
        Path made = output().resolve(BenchmarksJar.NAME);
        BenchmarksJar.write(made, elements, root());
        return Optional.of(new Launch(made, include(processed, elements)));
    }

    private Path sources() {
        Path sources = Path.of(project.getBuild().getTestSourceDirectory());
        Path module = project.getBasedir().toPath();
        return sources.startsWith(module) ? module.relativize(sources) : sources;
    }

    private Optional<Launch> none(String why) throws MojoFailureException {
        String message = project.getName() + " has no JMH benchmarks: " + why;
        if (failIfNoBenchmarks) {
            throw new MojoFailureException(message);
        }
        boolean isLast = project.getBasedir()
                .equals(session()
                        .getProjects()
                        .get(session().getProjects().size() - 1)
                        .getBasedir());
        if (isLast && !build().hadBenchmarks()) {
            getLog().warn(message);
            getLog().warn("nothing was measured, so no regression can be detected");
        } else {
            getLog().debug(message);
        }
        return Optional.empty();
    }

    private Path generated(List<String> classes, List<Path> own, ClassPath classPath, Path jmhJar)
            throws IOException, InterruptedException, MojoExecutionException {
        Path folder = output().resolve("jmh-classes");
        Path stamp = output().resolve("jmh-classes.stamp");
        String state = Fingerprint.of(own) + "\n" + jmhJar + "\n" + tool("javac") + "\n" + String.join("\n", classes);
        if (ClassPath.isProcessed(folder)
                && Files.exists(stamp)
                && Files.readString(stamp).equals(state)) {
            return folder;
        }
        Files.deleteIfExists(stamp);
        List<Path> processor = new ArrayList<>(classPath.elements());
        processor.add(0, processorJar(jmhJar));
        getLog().info("JMH's annotation processor did not run in this module; generating its code for " + classes.size()
                + (classes.size() == 1 ? " class" : " classes"));
        new JmhCode(tool("javac"), folder).generate(classes, classPath.elements(), processor);
        Files.writeString(stamp, state);
        return folder;
    }

    private Optional<Artifact> processorArtifact() {
        return project.getArtifacts().stream()
                .filter(artifact -> artifact.getGroupId().equals(GROUP)
                        && artifact.getArtifactId().equals(JmhOnPath.PROCESSOR))
                .findFirst();
    }

    /** From the class path, else from the repositories. */
    private Path processorJar(Path jmhJar) throws IOException, MojoExecutionException {
        Optional<Artifact> artifact = processorArtifact();
        if (artifact.isPresent()) {
            return artifact.get().getFile().toPath();
        }
        String version = ClassPath.versionOf(jmhJar)
                .orElseThrow(() -> new MojoExecutionException(jmhJar + " has no version of JMH in it; add " + GROUP
                        + ":" + JmhOnPath.PROCESSOR + " to the annotation processor path of maven-compiler-plugin"));
        try {
            return repositories
                    .resolveArtifact(
                            session().getRepositorySession(),
                            new ArtifactRequest(
                                    new DefaultArtifact(GROUP, JmhOnPath.PROCESSOR, "jar", version),
                                    project.getRemoteProjectRepositories(),
                                    "plumbline"))
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (ArtifactResolutionException e) {
            throw new MojoExecutionException(
                    "JMH's annotation processor did not run in this module, and " + GROUP + ":" + JmhOnPath.PROCESSOR
                            + ":"
                            + version + " cannot be had" + (session().isOffline() ? " offline" : "") + "; build once"
                            + " online, or add it to the POM as a dependency of scope test: " + e.getMessage(),
                    e);
        }
    }

    /** The benchmarks on the class path to measure: those of this module. */
    private List<String> include(List<Path> processed, List<Path> elements) throws IOException, MojoFailureException {
        try {
            return OwnBenchmarks.of(processed).include(patterns(), elements);
        } catch (IllegalArgumentException e) {
            throw new MojoFailureException(project.getName() + ": " + e.getMessage(), e);
        }
    }

    private List<String> patterns() throws MojoFailureException {
        try {
            return Words.of(benchmarks);
        } catch (IllegalArgumentException e) {
            throw new MojoFailureException("plumb.benchmarks: " + e.getMessage(), e);
        }
    }

    /** A program of the JDK that the build's toolchain names, else of the one that runs Maven. */
    final Path tool(String name) throws MojoExecutionException {
        Toolchain toolchain = toolchains.getToolchainFromBuildContext("jdk", session());
        String found = toolchain == null ? null : toolchain.findTool(name);
        if (found != null) {
            return Path.of(found);
        }
        boolean isWindows = File.separatorChar == '\\';
        Path tool = Path.of(System.getProperty("java.home"), "bin", isWindows ? name + ".exe" : name);
        if (!Files.isExecutable(tool)) {
            throw new MojoExecutionException(tool + " is missing; run Maven on a JDK (set JAVA_HOME to one)");
        }
        return tool;
    }

    /**
     * Runs a command that judges benchmarks of this module, shows what it found beside their sources, and fails the
     * build as the gate asks for. Its reports go to the output folder.
     *
     * @param words the command and its arguments
     * @param last what follows all options
     */
    final void gate(List<String> words, List<String> last) throws MojoExecutionException, MojoFailureException {
        Path sarif = output().resolve(SARIF);
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("-o", shortened(sarif), "-o", shortened(output().resolve(JSON)), "-o", "-"));
        all.addAll(arguments());
        all.addAll(last);
        PlumbCall.Answer answer;
        List<Findings.Finding> findings = List.of();
        // the command may measure, too
        ReentrantLock measuring = build().measuring();
        measuring.lock();
        try {
            Files.deleteIfExists(sarif);
            answer = plumb(all);
            if (answer.exitCode() != ExitCode.WRONG && Files.exists(sarif)) {
                findings = Findings.of(sarif);
            }
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        } finally {
            measuring.unlock();
        }
        findings.forEach(this::show);
        boolean isOpen = answer.exitCode() == ExitCode.OPEN;
        if (isOpen) {
            answer.out().forEach(getLog()::info);
        }
        settle(answer, isOpen ? "" : failure(answer, findings, words.get(0).equals("check")));
    }

    /** As it is found from the folder of the whole build, which is what a person looks at. */
    final String shortened(Path file) {
        return file.startsWith(root()) ? root().relativize(file).toString() : file.toString();
    }

    private void show(Findings.Finding finding) {
        List<Path> roots = Stream.of(
                        project().getTestCompileSourceRoots(), project().getCompileSourceRoots())
                .flatMap(List::stream)
                .map(Path::of)
                .toList();
        String line = new SourceLines(roots).message(finding);
        if (finding.isError()) {
            getLog().error(line);
        } else {
            getLog().warn(line);
        }
    }

    private static String failure(PlumbCall.Answer answer, List<Findings.Finding> findings, boolean isInHistory) {
        List<String> lines = Findings.failure(answer, findings, "-Dplumb.confirm=true");
        Optional<Findings.Finding> first = isInHistory ? Findings.acceptable(findings) : Optional.empty();
        first.ifPresent(finding -> lines.add("with Maven: mvn plumb:explain -Dplumb.benchmark="
                + Words.quoted(finding.benchmark()) + " · intended: mvn plumb:accept -Dplumb.finding=" + finding.id()
                + " -Dplumb.reason=WHY"));
        return String.join("\n", lines);
    }
}
