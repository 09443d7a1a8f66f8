package dev.plumbline.gradle;

import java.util.ArrayList;
import java.util.List;
import org.gradle.api.provider.Property;
import org.gradle.api.tasks.Input;
import org.gradle.api.tasks.Optional;
import org.gradle.api.tasks.TaskAction;
import org.gradle.api.tasks.options.Option;
import org.gradle.work.DisableCachingByDefault;

/** Accepts an intended regression. */
@DisableCachingByDefault(because = "it writes to the history")
public abstract class PlumbAccept extends PlumbTask {
    /** The first characters of a finding's id, or the name of a benchmark. */
    @Input
    @Optional
    @Option(option = "finding", description = "The id of the finding, as plumbCheck shows it.")
    public abstract Property<String> getFinding();

    /** The reason why it is intended. */
    @Input
    @Optional
    @Option(option = "reason", description = "Why the regression is intended.")
    public abstract Property<String> getReason();

    /** Accepts. */
    @TaskAction
    public void accept() {
        if (!getFinding().isPresent()) {
            throw PlumbGate.missing("finding", "3f2a9c01d4e7");
        }
        if (!getReason().isPresent()) {
            throw PlumbGate.missing("reason", "'stricter checks, agreed'");
        }
        List<String> words = new ArrayList<>(
                List.of("accept", getFinding().get(), "--reason", getReason().get()));
        words.addAll(options());
        show(words);
    }
}
