package dev.plumbline.gradle;

import dev.plumbline.buildtool.BenchmarksJar;
import dev.plumbline.buildtool.ClassPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gradle.api.DefaultTask;
import org.gradle.api.GradleException;
import org.gradle.api.file.ConfigurableFileCollection;
import org.gradle.api.file.DirectoryProperty;
import org.gradle.api.file.RegularFileProperty;
import org.gradle.api.tasks.Classpath;
import org.gradle.api.tasks.Internal;
import org.gradle.api.tasks.OutputFile;
import org.gradle.api.tasks.TaskAction;
import org.gradle.work.DisableCachingByDefault;

/** Writes a small jar that runs the benchmarks of a source set in place; nothing is shaded. */
@DisableCachingByDefault(because = "the jar names files of this machine, and takes no time to write")
public abstract class PlumbJar extends DefaultTask {
    /** The class path of the benchmarks. */
    @Classpath
    public abstract ConfigurableFileCollection getClassPath();

    /** The class path of the annotation processors that generated JMH's code for the benchmarks. */
    @Classpath
    public abstract ConfigurableFileCollection getProcessors();

    /** Files below it are named relative to the jar, so that they are found in another checkout. */
    @Internal
    public abstract DirectoryProperty getRoot();

    /** The jar. */
    @OutputFile
    public abstract RegularFileProperty getJar();

    /** Writes the jar. */
    @TaskAction
    public void write() throws IOException {
        Path jar = getJar().get().getAsFile().toPath();
        PlumbTask.writable(jar.getParent());
        List<Path> elements =
                getClassPath().getFiles().stream().map(File::toPath).toList();
        List<Path> places = new ClassPath(elements).jmh();
        if (places.size() > 1) {
            throw new GradleException("JMH is on the class path of the benchmarks " + places.size()
                    + " times, and which one measures is left to chance; keep one of "
                    + String.join(", ", places.stream().map(Path::toString).toList())
                    + " (gradle dependencies shows where they come from)");
        }
        checkVersions(places);
        BenchmarksJar.write(jar, elements, getRoot().get().getAsFile().toPath());
    }

    /** Code that the processor of another version generated may fail while it measures, or measure wrongly. */
    private void checkVersions(List<Path> measuring) throws IOException {
        List<Path> generating = new ClassPath(
                        getProcessors().getFiles().stream().map(File::toPath).toList())
                .jmh();
        for (Path core : measuring) {
            Optional<String> version = ClassPath.versionOf(core);
            for (Path other : generating) {
                Optional<String> otherVersion = ClassPath.versionOf(other);
                if (version.isPresent() && otherVersion.isPresent() && !version.equals(otherVersion)) {
                    throw new GradleException("two versions of JMH: jmh-core " + version.get()
                            + ", but the annotation processor is of " + otherVersion.get()
                            + "; give jmh-core and jmh-generator-annprocess the same version");
                }
            }
        }
    }
}
