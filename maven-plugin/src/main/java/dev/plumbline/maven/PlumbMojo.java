package dev.plumbline.maven;

import dev.plumbline.buildtool.PlumbCall;
import dev.plumbline.buildtool.Words;
import dev.plumbline.cli.option.ExitCode;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;

/** The common part of all goals. */
abstract class PlumbMojo extends AbstractMojo {
    /** Skips the goal. */
    @Parameter(property = "plumb.skip", defaultValue = "false")
    private boolean skip;

    /**
     * Further options of the command line, as {@code --block-at minor --branch main}. Quotes keep blanks together.
     * {@code plumb COMMAND --help} and docs/configuration.md list them.
     */
    @Parameter(property = "plumb.arguments")
    private String arguments;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("plumb.skip is set: nothing is measured or checked");
            return;
        }
        work();
    }

    /** Does what the goal is there for. */
    abstract void work() throws MojoExecutionException, MojoFailureException;

    final MavenSession session() {
        return session;
    }

    /**
     * The folder in which the command line runs: that of the whole build, with {@code .mvn} or the topmost POM, so that
     * all modules have one configuration and one history.
     */
    final Path root() {
        return session.getRequest().getMultiModuleProjectDirectory().toPath().toAbsolutePath();
    }

    final List<String> arguments() throws MojoExecutionException {
        return words("plumb.arguments", arguments);
    }

    static List<String> words(String name, String line) throws MojoExecutionException {
        try {
            return Words.of(line);
        } catch (IllegalArgumentException e) {
            throw new MojoExecutionException(name + ": " + e.getMessage(), e);
        }
    }

    /** Runs a command whose warnings become Maven's. */
    final PlumbCall.Answer plumb(List<String> words) {
        getLog().debug("plumb "
                + String.join(" ", words.stream().map(Words::quoted).toList()));
        return PlumbCall.in(root(), "-Dplumb.arguments=-v").run(words, line -> {
            if (line.startsWith("wrote ")) {
                getLog().info(line);
            } else {
                getLog().warn(line);
            }
        });
    }

    /**
     * Fails the build as the exit code asks for.
     *
     * @param failure the build's message if the gate fails or holds
     */
    static void settle(PlumbCall.Answer answer, String failure) throws MojoExecutionException, MojoFailureException {
        switch (answer.exitCode()) {
            case ExitCode.OPEN -> {}
            case ExitCode.CLOSED, ExitCode.UNDECIDED -> throw new MojoFailureException(failure);
            default ->
                throw new MojoExecutionException(
                        answer.err().isEmpty() ? String.join("\n", answer.out()) : String.join("\n", answer.err()));
        }
    }
}
