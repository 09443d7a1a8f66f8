package dev.plumbline.maven;

import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;

/** Measures on your history how often the gate fails by mistake, and what it detects. */
@Mojo(name = "calibrate", aggregator = true, requiresProject = false, threadSafe = true)
public final class CalibrateMojo extends CommandMojo {
    @Override
    List<String> command() {
        return List.of("calibrate");
    }
}
