package dev.plumbline.gradle;

import dev.plumbline.buildtool.ClassPath;
import dev.plumbline.buildtool.JmhRun;
import dev.plumbline.buildtool.OwnBenchmarks;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.gradle.api.GradleException;
import org.gradle.api.file.ConfigurableFileCollection;
import org.gradle.api.file.DirectoryProperty;
import org.gradle.api.file.RegularFileProperty;
import org.gradle.api.provider.ListProperty;
import org.gradle.api.provider.Property;
import org.gradle.api.tasks.Classpath;
import org.gradle.api.tasks.Input;
import org.gradle.api.tasks.InputFile;
import org.gradle.api.tasks.InputFiles;
import org.gradle.api.tasks.Internal;
import org.gradle.api.tasks.Nested;
import org.gradle.api.tasks.OutputFile;
import org.gradle.api.tasks.PathSensitive;
import org.gradle.api.tasks.PathSensitivity;
import org.gradle.api.tasks.TaskAction;
import org.gradle.jvm.toolchain.JavaLauncher;
import org.gradle.work.DisableCachingByDefault;

/**
 * Measures the JMH benchmarks of the project, or takes what the task <code>jmh</code> of another plugin measured.
 * Never up to date and never from a cache: a measurement belongs to its moment and its machine.
 */
@DisableCachingByDefault(because = "a measurement belongs to its moment and its machine")
public abstract class PlumbRun extends PlumbTask {
    /** Runs the benchmarks. */
    @InputFile
    @org.gradle.api.tasks.Optional
    @PathSensitive(PathSensitivity.NONE)
    public abstract RegularFileProperty getJar();

    /** The class path of the benchmarks. */
    @Classpath
    public abstract ConfigurableFileCollection getClassPath();

    /** The folders of the project's own classes. */
    @Classpath
    public abstract ConfigurableFileCollection getClasses();

    /** Results of the task <code>jmh</code> of another plugin; JMH is not run where there are some. */
    @InputFiles
    @PathSensitive(PathSensitivity.NONE)
    public abstract ConfigurableFileCollection getMeasured();

    /** Names, patterns or regular expressions of benchmarks. */
    @Input
    public abstract ListProperty<String> getBenchmarks();

    /** Options of JMH. */
    @Input
    public abstract ListProperty<String> getJmhArgs();

    /** Whether a project without benchmarks fails. */
    @Input
    public abstract Property<Boolean> getFailIfNoBenchmarks();

    /** The Java that measures; by default the one that runs Gradle. */
    @Nested
    @org.gradle.api.tasks.Optional
    public abstract Property<JavaLauncher> getJavaLauncher();

    /** The folder in which the benchmarks run. */
    @Internal
    public abstract DirectoryProperty getWorkingFolder();

    /** The results; no file where there is nothing to measure. */
    @OutputFile
    public abstract RegularFileProperty getResult();

    /** Measures. */
    @TaskAction
    public void measure() throws IOException, InterruptedException {
        JmhRun.reserved(getJmhArgs().get()).ifPresent(word -> {
            throw new GradleException("plumbline.jmhArgs: JMH's option " + word
                    + " cannot be given, since the plugin collects the results; leave it out");
        });
        Path result = getResult().get().getAsFile().toPath();
        Path folder = writable(result.getParent());
        delete(result);
        if (!getMeasured().isEmpty()) {
            Path file = getMeasured().getSingleFile().toPath();
            if (!Files.isRegularFile(file)) {
                none("the task jmh left no " + file);
                return;
            }
            Files.copy(file, result, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        Optional<List<String>> include = include();
        if (include.isEmpty()) {
            return;
        }
        List<String> words = new ArrayList<>(include.get());
        words.addAll(getJmhArgs().get());
        Path written = new JmhRun(
                        java(), folder, getWorkingFolder().get().getAsFile().toPath(), new Lines())
                .measure(getJar().get().getAsFile().toPath(), words);
        if (!written.equals(result)) {
            Files.move(written, result, StandardCopyOption.REPLACE_EXISTING);
        }
        JmhRun.table(folder).forEach(getLogger()::lifecycle);
    }

    private Optional<List<String>> include() throws IOException {
        List<Path> elements =
                getClassPath().getFiles().stream().map(File::toPath).toList();
        List<Path> own = getClasses().getFiles().stream().map(File::toPath).toList();
        List<Path> processed = own.stream().filter(ClassPath::isProcessed).toList();
        if (processed.isEmpty()) {
            List<String> annotated = new ArrayList<>();
            for (Path folder : own) {
                annotated.addAll(ClassPath.annotatedClasses(folder));
            }
            if (annotated.isEmpty()) {
                none(
                        new ClassPath(elements).jmh().isEmpty()
                                ? "JMH is not on their class path; add to the dependencies\n"
                                        + "  testImplementation(\"org.openjdk.jmh:jmh-core:1.37\")"
                                : "no method of the compiled classes has @Benchmark");
                return Optional.empty();
            }
            throw new GradleException("JMH's annotation processor did not run for " + String.join(", ", annotated)
                    + "; add to the dependencies, with the version of your jmh-core,\n"
                    + "  testAnnotationProcessor(\"org.openjdk.jmh:jmh-generator-annprocess:VERSION\")\n"
                    + "or apply the plugin me.champeau.jmh");
        }
        try {
            return Optional.of(
                    OwnBenchmarks.of(processed).include(getBenchmarks().get(), elements));
        } catch (PatternSyntaxException e) {
            throw new GradleException("plumbline.benchmarks: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new GradleException(e.getMessage(), e);
        }
    }

    private void none(String why) {
        String message = getPath() + ": there are no JMH benchmarks: " + why;
        if (getFailIfNoBenchmarks().get()) {
            throw new GradleException(message);
        }
        getLogger().warn(message);
    }

    private Path java() {
        if (getJavaLauncher().isPresent()) {
            return getJavaLauncher().get().getExecutablePath().getAsFile().toPath();
        }
        boolean isWindows = File.separatorChar == '\\';
        return Path.of(System.getProperty("java.home"), "bin", isWindows ? "java.exe" : "java");
    }

    /** Writes JMH's lines to Gradle's log. */
    private final class Lines implements JmhRun.Log {
        @Override
        public void info(String line) {
            getLogger().lifecycle(line);
        }

        @Override
        public void debug(String line) {
            getLogger().debug(line);
        }
    }
}
