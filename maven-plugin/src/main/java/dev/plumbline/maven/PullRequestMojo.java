package dev.plumbline.maven;

import dev.plumbline.buildtool.JmhRun;
import dev.plumbline.buildtool.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Measures two commits of the module in turn on this machine and judges the change, as <code>plumb pr</code> does:
 * without a history, and independent of the state of the machine. Each commit is checked out beside the working copy
 * and compiled by this Maven.
 */
@Mojo(name = "pr", requiresDependencyResolution = ResolutionScope.TEST, threadSafe = true)
@Execute(phase = LifecyclePhase.TEST_COMPILE)
public final class PullRequestMojo extends BenchmarkMojo {
    /** The commit, tag or branch to judge against; by default where the branch left the main branch. */
    @Parameter(property = "plumb.base")
    private String base;

    /** The commit to judge. */
    @Parameter(property = "plumb.head", defaultValue = "HEAD")
    private String head;

    /** The time for all of it, as 90s, 5m or 1h; 5m by default. */
    @Parameter(property = "plumb.budget")
    private String budget;

    @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
    private PluginDescriptor plugin;

    @Override
    void work() throws MojoExecutionException, MojoFailureException {
        List<String> options = JmhRun.withoutForks(jmhOptions());
        Optional<Launch> found = prepare();
        if (found.isEmpty()) {
            return;
        }
        Path jar = found.get().jar();
        if (!jar.startsWith(root())) {
            throw new MojoExecutionException(jar + " is not in the checkout " + root()
                    + "; plumb:pr needs -Dplumb.output, if it is set, in the folder of the module");
        }
        List<String> words = new ArrayList<>(List.of(
                "pr",
                "--head",
                head,
                "--build",
                build(root()),
                "--jmh",
                root().relativize(jar).toString()));
        if (base != null) {
            words.addAll(List.of("--base", base));
        }
        if (budget != null) {
            words.addAll(List.of("--budget", budget));
        }
        for (String pattern : found.get().include()) {
            words.addAll(List.of("--benchmark", pattern));
        }
        getLog().info("compiling and measuring both commits of " + project().getName() + ", for "
                + (budget == null ? "5m" : budget) + " at most");
        List<String> last = new ArrayList<>();
        if (!options.isEmpty()) {
            last.add("--");
            last.addAll(options);
        }
        gate(words, last);
    }

    /** The line for the shell that compiles a checkout and writes the jar that runs its benchmarks. */
    private String build(Path root) {
        MavenExecutionRequest request = session().getRequest();
        List<String> words = new ArrayList<>(
                List.of(Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(), "-q", "-B"));
        if (session().isOffline()) {
            words.add("-o");
        }
        if (request.getUserSettingsFile() != null
                && request.getUserSettingsFile().isFile()) {
            words.addAll(List.of("-s", request.getUserSettingsFile().getAbsolutePath()));
        }
        words.add("-Dmaven.repo.local=" + session().getLocalRepository().getBasedir());
        session().getUserProperties().forEach((name, value) -> {
            if (!name.toString().startsWith("plumb.") && !name.equals("maven.repo.local")) {
                words.add("-D" + name + "=" + value);
            }
        });
        if (!request.getActiveProfiles().isEmpty()) {
            words.addAll(List.of("-P", String.join(",", request.getActiveProfiles())));
        }
        Path module = root.relativize(project().getBasedir().toPath().toAbsolutePath());
        if (!module.toString().isEmpty()) {
            words.addAll(List.of("-pl", module.toString(), "-am"));
        }
        words.add("test-compile");
        words.add(plugin.getGroupId() + ":" + plugin.getArtifactId() + ":" + plugin.getVersion() + ":jar");
        return String.join(" ", words.stream().map(Words::quoted).toList());
    }
}
