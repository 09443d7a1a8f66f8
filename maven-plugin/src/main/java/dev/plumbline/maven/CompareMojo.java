package dev.plumbline.maven;

import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Judges one set of results against another, as <code>plumb compare</code> does; stores nothing. */
@Mojo(name = "compare", aggregator = true, requiresProject = false, threadSafe = true)
public final class CompareMojo extends CommandMojo {
    /** The reference: a result file, a folder of them, or a commit, tag, branch or run in the history. */
    @Parameter(property = "plumb.base")
    private String base;

    /** The judged result, named in the same way. */
    @Parameter(property = "plumb.candidate")
    private String candidate;

    @Override
    List<String> command() throws MojoExecutionException {
        return List.of(
                "compare",
                required("plumb.base", base, "before.json"),
                required("plumb.candidate", candidate, "after.json"));
    }
}
