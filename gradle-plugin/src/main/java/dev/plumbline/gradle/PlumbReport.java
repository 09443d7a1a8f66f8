package dev.plumbline.gradle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradle.api.file.RegularFileProperty;
import org.gradle.api.tasks.OutputFile;
import org.gradle.api.tasks.TaskAction;
import org.gradle.work.DisableCachingByDefault;

/** Writes a page about the last run of the branch. */
@DisableCachingByDefault(because = "the page shows the history, which grows with every check")
public abstract class PlumbReport extends PlumbTask {
    /** The page; its extension chooses the format. */
    @OutputFile
    public abstract RegularFileProperty getFile();

    /** Writes it. */
    @TaskAction
    public void write() {
        Path place = getFile().get().getAsFile().toPath();
        writable(place.getParent());
        List<String> words = new ArrayList<>(List.of("report", "-o", shortened(place), "-o", "-"));
        words.addAll(options());
        show(words);
    }
}
