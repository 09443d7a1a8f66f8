package dev.plumbline.maven;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Accepts an intended regression, as <code>plumb accept</code> does: it no longer fails the gate. */
@Mojo(name = "accept", aggregator = true, requiresProject = false, threadSafe = true)
public final class AcceptMojo extends CommandMojo {
    /** The first characters of a finding's id, or the name of a benchmark. */
    @Parameter(property = "plumb.finding")
    private String finding;

    /** The reason why the regression is intended. */
    @Parameter(property = "plumb.reason")
    private String reason;

    /** Whether the acceptance is also written to plumbline/acceptances.yaml, for code review. */
    @Parameter(property = "plumb.write", defaultValue = "false")
    private boolean write;

    @Override
    List<String> command() throws MojoExecutionException {
        List<String> words = new ArrayList<>(List.of(
                "accept",
                required("plumb.finding", finding, "3f2a9c01d4e7"),
                "--reason",
                required("plumb.reason", reason, "stricter checks, agreed")));
        if (write) {
            words.add("--write");
        }
        return words;
    }
}
