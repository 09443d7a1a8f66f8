package dev.plumbline.maven;

import dev.plumbline.buildtool.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Measures the JMH benchmarks of the module, unless <code>plumb:run</code> did so in this build, adds the results to
 * the history, judges them, and fails the build if the gate of <code>plumbline.yaml</code> fails.
 */
@Mojo(
        name = "check",
        defaultPhase = LifecyclePhase.VERIFY,
        requiresDependencyResolution = ResolutionScope.TEST,
        threadSafe = true)
public final class CheckMojo extends BenchmarkMojo {
    /** Measures possible regressions again at once, in a few more runs, to settle them. */
    @Parameter(property = "plumb.confirm", defaultValue = "false")
    private boolean confirm;

    @Override
    void work() throws MojoExecutionException, MojoFailureException {
        Optional<Path> result = build().takeResult(project());
        if (result.isEmpty()) {
            result = measure();
        }
        if (result.isPresent()) {
            check(result.get());
        }
    }

    private void check(Path result) throws MojoExecutionException, MojoFailureException {
        List<String> words = new ArrayList<>(List.of("check", shortened(result)));
        if (confirm) {
            words.addAll(List.of("--confirm", again()));
        }
        gate(words, List.of());
    }

    private String again() throws MojoExecutionException {
        List<String> words = new ArrayList<>(
                Stream.of(tool("java").toString(), "-jar", measuredJar().toString())
                        .map(Words::quoted)
                        .toList());
        words.add("{benchmarks}");
        jmhOptions().stream().map(Words::quoted).forEach(words::add);
        words.addAll(List.of("-foe", "true", "-rf", "json", "-rff", "{output}"));
        return String.join(" ", words);
    }
}
