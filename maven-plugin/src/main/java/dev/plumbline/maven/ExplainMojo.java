package dev.plumbline.maven;

import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Shows how the verdict on a benchmark came about, as <code>plumb explain</code> does. */
@Mojo(name = "explain", aggregator = true, requiresProject = false, threadSafe = true)
public final class ExplainMojo extends CommandMojo {
    /** The name of the benchmark, a part of it, a pattern with * and ?, or the id of a finding. */
    @Parameter(property = "plumb.benchmark")
    private String benchmark;

    @Override
    List<String> command() throws MojoExecutionException {
        return List.of("explain", required("plumb.benchmark", benchmark, "SortBenchmark"));
    }
}
