package dev.plumbline.maven;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Compiles and measures the JMH benchmarks of the module. The result is <code>target/plumbline/jmh.json</code>;
 * <code>plumb:check</code> in the same build adds it to the history and judges it.
 */
@Mojo(name = "run", requiresDependencyResolution = ResolutionScope.TEST, threadSafe = true)
@Execute(phase = LifecyclePhase.TEST_COMPILE)
public final class RunMojo extends BenchmarkMojo {
    @Override
    void work() throws MojoExecutionException, MojoFailureException {
        Optional<Path> result = measure();
        if (result.isPresent()) {
            build().putResult(project(), result.get());
            JmhRun.table(output()).forEach(getLog()::info);
            getLog().info("measured: " + result.get());
        }
    }
}
