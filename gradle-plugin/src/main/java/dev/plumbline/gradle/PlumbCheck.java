package dev.plumbline.gradle;

import dev.plumbline.buildtool.Words;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gradle.api.file.ConfigurableFileCollection;
import org.gradle.api.provider.ListProperty;
import org.gradle.api.provider.Property;
import org.gradle.api.tasks.Input;
import org.gradle.api.tasks.InputFiles;
import org.gradle.api.tasks.Internal;
import org.gradle.api.tasks.Optional;
import org.gradle.api.tasks.PathSensitive;
import org.gradle.api.tasks.PathSensitivity;
import org.gradle.api.tasks.TaskAction;
import org.gradle.api.tasks.options.Option;
import org.gradle.work.DisableCachingByDefault;

/** Adds the results to the history, judges them, and fails the build if the gate fails. */
@DisableCachingByDefault(because = "the answer depends on the history, which grows with every check")
public abstract class PlumbCheck extends PlumbGate {
    /** The results to judge: files, or folders of them. */
    @InputFiles
    @PathSensitive(PathSensitivity.NONE)
    public abstract ConfigurableFileCollection getResults();

    /** Whether possible regressions are measured again at once. */
    @Input
    @Optional
    @Option(option = "confirm", description = "Measures possible regressions again at once.")
    public abstract Property<Boolean> getConfirm();

    /** Options of JMH, for measuring again. */
    @Input
    public abstract ListProperty<String> getJmhArgs();

    /** The command that runs the benchmarks again, without options; nothing where results come from elsewhere. */
    @Internal
    public abstract ListProperty<String> getCommand();

    /** Judges. */
    @TaskAction
    public void check() throws IOException {
        List<Path> files = getResults().getFiles().stream()
                .filter(File::exists)
                .map(File::toPath)
                .toList();
        if (files.isEmpty()) {
            getLogger().warn("{}: nothing was measured, so no regression can be detected", getPath());
            return;
        }
        List<String> words = new ArrayList<>(List.of("check"));
        files.forEach(file -> words.add(shortened(file)));
        if (getConfirm().getOrElse(false) && !getCommand().get().isEmpty()) {
            words.addAll(List.of("--confirm", again()));
        }
        gate(words, List.of());
    }

    private String again() {
        Stream<String> before = getCommand().get().stream();
        Stream<String> after = getJmhArgs().get().stream();
        return String.join(
                " ",
                Stream.of(
                                before.map(Words::quoted),
                                Stream.of("{benchmarks}"),
                                after.map(Words::quoted),
                                Stream.of("-foe", "true", "-rf", "json", "-rff", "{output}"))
                        .flatMap(each -> each)
                        .toList());
    }
}
