package dev.plumbline.maven;

import java.io.File;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Writes pages with the course of every benchmark, as <code>plumb dashboard</code> does; they open offline. */
@Mojo(name = "dashboard", aggregator = true, requiresProject = false, threadSafe = true)
public final class DashboardMojo extends CommandMojo {
    /** The folder for the pages, or one file that ends in .html. */
    @Parameter(property = "plumb.dashboard", defaultValue = "${project.build.directory}/plumbline-dashboard")
    private File dashboard;

    @Override
    List<String> command() {
        return List.of("dashboard", "-o", dashboard.getPath());
    }
}
