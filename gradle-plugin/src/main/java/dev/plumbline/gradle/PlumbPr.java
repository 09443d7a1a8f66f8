package dev.plumbline.gradle;

import dev.plumbline.buildtool.ClassPath;
import dev.plumbline.buildtool.JmhRun;
import dev.plumbline.buildtool.OwnBenchmarks;
import dev.plumbline.buildtool.Words;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradle.api.GradleException;
import org.gradle.api.file.ConfigurableFileCollection;
import org.gradle.api.file.RegularFileProperty;
import org.gradle.api.provider.ListProperty;
import org.gradle.api.provider.Property;
import org.gradle.api.tasks.Classpath;
import org.gradle.api.tasks.Input;
import org.gradle.api.tasks.Internal;
import org.gradle.api.tasks.Optional;
import org.gradle.api.tasks.TaskAction;
import org.gradle.api.tasks.options.Option;
import org.gradle.work.DisableCachingByDefault;

/**
 * Measures two commits in turn on this machine and judges the change, without a history. Each commit is checked out
 * beside the working copy and compiled by a Gradle of its own.
 */
@DisableCachingByDefault(because = "a measurement belongs to its moment and its machine")
public abstract class PlumbPr extends PlumbGate {
    /** The commit, tag or branch to judge against; by default where the branch left the main branch. */
    @Input
    @Optional
    @Option(option = "base", description = "The commit, tag or branch to judge against.")
    public abstract Property<String> getBase();

    /** The commit to judge. */
    @Input
    @Option(option = "head", description = "The commit to judge.")
    public abstract Property<String> getHead();

    /** The time for all of it, as 90s, 5m or 1h; 5m by default. */
    @Input
    @Optional
    @Option(option = "budget", description = "The time for all of it, such as 90s, 5m or 1h.")
    public abstract Property<String> getBudget();

    /** Options of JMH. */
    @Input
    public abstract ListProperty<String> getJmhArgs();

    /** Names, patterns or regular expressions of benchmarks. */
    @Input
    public abstract ListProperty<String> getBenchmarks();

    /** The class path of the benchmarks; empty where the jar has them all. */
    @Classpath
    public abstract ConfigurableFileCollection getClassPath();

    /** The folders of the project's own classes. */
    @Classpath
    public abstract ConfigurableFileCollection getClasses();

    /** The jar that runs the benchmarks, as the build of a commit writes it. */
    @Internal
    public abstract RegularFileProperty getJar();

    /** The words of the command that builds the jar in a checkout. */
    @Input
    public abstract ListProperty<String> getBuild();

    /** Measures both commits. */
    @TaskAction
    public void judge() throws IOException {
        Path jar = getJar().get().getAsFile().toPath();
        if (!jar.startsWith(root())) {
            throw new GradleException(jar + " is not in the checkout " + root()
                    + "; plumbPr needs the build folder of the project in the checkout");
        }
        JmhRun.reserved(getJmhArgs().get()).ifPresent(word -> {
            throw new GradleException("plumbline.jmhArgs: JMH's option " + word
                    + " cannot be given, since the plugin collects the results; leave it out");
        });
        List<String> words = new ArrayList<>(List.of(
                "pr",
                "--head",
                getHead().get(),
                "--build",
                String.join(" ", getBuild().get().stream().map(Words::quoted).toList()),
                "--jmh",
                root().relativize(jar).toString()));
        if (getBase().isPresent()) {
            words.addAll(List.of("--base", getBase().get()));
        }
        if (getBudget().isPresent()) {
            words.addAll(List.of("--budget", getBudget().get()));
        }
        for (String pattern : patterns()) {
            words.addAll(List.of("--benchmark", pattern));
        }
        getLogger()
                .lifecycle(
                        "compiling and measuring both commits, for {} at most",
                        getBudget().getOrElse("5m"));
        List<String> last = new ArrayList<>();
        List<String> options = JmhRun.withoutForks(getJmhArgs().get());
        if (!options.isEmpty()) {
            last.add("--");
            last.addAll(options);
        }
        gate(words, last);
    }

    private List<String> patterns() throws IOException {
        List<Path> processed = getClasses().getFiles().stream()
                .map(File::toPath)
                .filter(ClassPath::isProcessed)
                .toList();
        if (processed.isEmpty()) {
            return getBenchmarks().get();
        }
        try {
            return OwnBenchmarks.of(processed)
                    .include(
                            getBenchmarks().get(),
                            getClassPath().getFiles().stream().map(File::toPath).toList());
        } catch (IllegalArgumentException e) {
            throw new GradleException("plumbline.benchmarks: " + e.getMessage(), e);
        }
    }
}
