package dev.plumbline.maven;

import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;

/** Measures false alarms and detection rates of the gate on your history. */
@Mojo(name = "calibrate", aggregator = true, requiresProject = false, threadSafe = true)
public final class CalibrateMojo extends CommandMojo {
    @Override
    List<String> command() {
        return List.of("calibrate");
    }
}
