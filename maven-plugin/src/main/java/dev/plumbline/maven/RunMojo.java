package dev.plumbline.maven;

import dev.plumbline.buildtool.JmhRun;
import java.io.IOException;
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
            try {
                JmhRun.table(output()).forEach(getLog()::info);
            } catch (IOException e) {
                throw new MojoExecutionException(e.getMessage(), e);
            }
            getLog().info("measured: " + result.get());
        }
    }
}
