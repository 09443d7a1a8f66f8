package dev.plumbline.gradle;

import java.util.ArrayList;
import java.util.List;
import org.gradle.api.provider.Property;
import org.gradle.api.tasks.Input;
import org.gradle.api.tasks.Optional;
import org.gradle.api.tasks.TaskAction;
import org.gradle.api.tasks.options.Option;
import org.gradle.work.DisableCachingByDefault;

/** Judges one set of results against another. */
@DisableCachingByDefault(because = "what it reads may change without Gradle")
public abstract class PlumbCompare extends PlumbTask {
    /** The reference: a result file, a folder of them, or a commit. */
    @Input
    @Optional
    @Option(option = "base", description = "The reference: a result file, a folder of them, or a commit.")
    public abstract Property<String> getBase();

    /** The judged result, named in the same way. */
    @Input
    @Optional
    @Option(option = "candidate", description = "What is judged: a result file, a folder of them, or a commit.")
    public abstract Property<String> getCandidate();

    /** Compares. */
    @TaskAction
    public void compare() {
        if (!getBase().isPresent()) {
            throw PlumbGate.missing("base", "before.json");
        }
        if (!getCandidate().isPresent()) {
            throw PlumbGate.missing("candidate", "after.json");
        }
        List<String> words = new ArrayList<>(
                List.of("compare", getBase().get(), getCandidate().get()));
        words.addAll(getArgs().get());
        show(words);
    }
}
