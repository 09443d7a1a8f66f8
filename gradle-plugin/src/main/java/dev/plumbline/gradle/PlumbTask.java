package dev.plumbline.gradle;

import dev.plumbline.buildtool.PlumbCall;
import dev.plumbline.buildtool.Words;
import dev.plumbline.cli.option.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradle.api.DefaultTask;
import org.gradle.api.GradleException;
import org.gradle.api.Task;
import org.gradle.api.file.DirectoryProperty;
import org.gradle.api.provider.ListProperty;
import org.gradle.api.provider.Property;
import org.gradle.api.tasks.Input;
import org.gradle.api.tasks.Internal;
import org.gradle.api.tasks.Optional;
import org.gradle.work.DisableCachingByDefault;

/** The common part of tasks that run the command line. */
@DisableCachingByDefault(because = "the answer depends on the history, which grows with every check")
public abstract class PlumbTask extends DefaultTask {
    /** Such a task always runs: what it reads changes without Gradle. */
    protected PlumbTask() {
        setGroup("performance");
        // the class declares a type of its own for it, the interface does not
        ((Task) this).getOutputs().upToDateWhen(new Never());
    }

    /** The folder in which the command line runs. */
    @Internal
    public abstract DirectoryProperty getRoot();

    /** The folder of results and reports. */
    @Internal
    public abstract DirectoryProperty getOutput();

    /** The name of the environment. */
    @Input
    @Optional
    public abstract Property<String> getEnvironment();

    /** Further options of the command line. */
    @Input
    public abstract ListProperty<String> getArgs();

    /** Options that the build script and the settings of the build add to a command on a history. */
    final List<String> options() {
        List<String> words = new ArrayList<>();
        if (getEnvironment().isPresent()) {
            words.addAll(List.of("--environment", getEnvironment().get()));
        }
        words.addAll(getArgs().get());
        return words;
    }

    final Path root() {
        return getRoot().get().getAsFile().toPath();
    }

    /** The folder for what the task writes. */
    final Path output() {
        return writable(getOutput().get().getAsFile().toPath());
    }

    static Path writable(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "write", ".part"));
            return folder;
        } catch (IOException e) {
            throw new GradleException(
                    "cannot write to " + folder + " (" + e + "); make it writable, or choose another folder with"
                            + " plumbline { output.set(file(\"FOLDER\")) }",
                    e);
        }
    }

    /** As it is found from the folder of the whole build, which is what a person looks at. */
    final String shortened(Path file) {
        return file.startsWith(root()) ? root().relativize(file).toString() : file.toString();
    }

    /** Runs a command whose warnings become Gradle's. */
    final PlumbCall.Answer plumb(List<String> words) {
        getLogger()
                .info(
                        "plumb {}",
                        String.join(" ", words.stream().map(Words::quoted).toList()));
        return PlumbCall.in(root(), "plumbline { args.add(\"-v\") }").run(words, line -> {
            if (line.startsWith("wrote ")) {
                getLogger().lifecycle(line);
            } else {
                getLogger().warn(line);
            }
        });
    }

    /** Runs a command that has no gate of its own, and shows its answer. */
    final void show(List<String> words) {
        PlumbCall.Answer answer = plumb(words);
        answer.out().forEach(getLogger()::lifecycle);
        settle(answer, answer.out().isEmpty() ? "the gate fails" : answer.out().get(0));
    }

    /**
     * Fails the build as the exit code asks for.
     *
     * @param failure the build's message if the gate fails or holds
     */
    static void settle(PlumbCall.Answer answer, String failure) {
        switch (answer.exitCode()) {
            case ExitCode.OPEN -> {}
            case ExitCode.CLOSED, ExitCode.UNDECIDED -> throw new GradleException(failure);
            default ->
                throw new GradleException(String.join("\n", answer.err().isEmpty() ? answer.out() : answer.err()));
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
