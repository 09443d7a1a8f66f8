package dev.plumbline.maven;

import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Writes <code>target/plumbline/benchmarks.jar</code>, which runs the benchmarks of the module with the class path of
 * its tests: <code>java -jar target/plumbline/benchmarks.jar</code>.
 */
@Mojo(name = "jar", requiresDependencyResolution = ResolutionScope.TEST, threadSafe = true)
public final class JarMojo extends BenchmarkMojo {
    @Override
    void work() throws MojoExecutionException, MojoFailureException {
        Optional<Launch> found = prepare();
        if (found.isPresent()) {
            getLog().info("wrote " + found.get().jar());
        }
    }
}
