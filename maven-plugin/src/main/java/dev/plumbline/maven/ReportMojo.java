package dev.plumbline.maven;

import java.io.File;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Writes a report of the last run of the branch, as <code>plumb report</code> does. */
@Mojo(name = "report", aggregator = true, requiresProject = false, threadSafe = true)
public final class ReportMojo extends CommandMojo {
    /** The file to write; its extension selects the format: html, md, json, csv, xml, sarif or txt. */
    @Parameter(property = "plumb.report", defaultValue = "${project.build.directory}/plumbline-report.html")
    private File report;

    @Override
    List<String> command() {
        return List.of("report", "-o", report.getPath(), "-o", "-");
    }
}
