package dev.plumbline.gradle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradle.api.file.DirectoryProperty;
import org.gradle.api.tasks.OutputDirectory;
import org.gradle.api.tasks.TaskAction;
import org.gradle.work.DisableCachingByDefault;

/** Writes pages about the whole history. */
@DisableCachingByDefault(because = "the page shows the history, which grows with every check")
public abstract class PlumbDashboard extends PlumbTask {
    /** The folder of the pages. */
    @OutputDirectory
    public abstract DirectoryProperty getFolder();

    /** Writes it. */
    @TaskAction
    public void write() {
        Path place = getFolder().get().getAsFile().toPath();
        writable(place.getParent());
        List<String> words = new ArrayList<>(List.of("dashboard", "-o", shortened(place)));
        words.addAll(options());
        show(words);
    }
}
