package dev.plumbline.maven;

import dev.plumbline.cli.option.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
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
        Path sarif = output().resolve("report.sarif");
        List<String> words = new ArrayList<>(List.of("check", shortened(result)));
        words.addAll(List.of("-o", shortened(sarif), "-o", shortened(output().resolve("report.json")), "-o", "-"));
        if (confirm) {
            words.addAll(List.of("--confirm", again()));
        }
        words.addAll(arguments());
        PlumbCall.Answer answer;
        List<Findings.Finding> findings = List.of();
        // possible regressions may be measured again in it
        ReentrantLock measuring = build().measuring();
        measuring.lock();
        try {
            Files.deleteIfExists(sarif);
            answer = plumb(words);
            if (answer.exitCode() != ExitCode.WRONG && Files.exists(sarif)) {
                findings = Findings.of(sarif);
            }
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        } finally {
            measuring.unlock();
        }
        findings.forEach(this::show);
        boolean isOpen = answer.exitCode() == ExitCode.OPEN;
        if (isOpen) {
            answer.out().forEach(getLog()::info);
        }
        settle(answer, isOpen ? "" : failure(answer, findings));
    }

    /** As it is found from the folder of the whole build, which is what a person looks at. */
    private String shortened(Path file) {
        return file.startsWith(root()) ? root().relativize(file).toString() : file.toString();
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

    private void show(Findings.Finding finding) {
        List<Path> roots = Stream.of(
                        project().getTestCompileSourceRoots(), project().getCompileSourceRoots())
                .flatMap(List::stream)
                .map(Path::of)
                .toList();
        String line = new SourceLines(roots)
                        .of(finding.benchmark())
                        .map(place -> place + " ")
                        .orElse("")
                + finding.message();
        if (finding.isError()) {
            getLog().error(line);
        } else {
            getLog().warn(line);
        }
    }

    private static String failure(PlumbCall.Answer answer, List<Findings.Finding> findings) {
        List<String> lines = new ArrayList<>();
        if (answer.exitCode() == ExitCode.UNDECIDED) {
            lines.add("Undecided: this run alone neither passes nor fails the gate.");
        }
        lines.addAll(answer.out());
        Optional<Findings.Finding> first = findings.stream()
                .filter(finding -> finding.isError() && !finding.id().isEmpty())
                .findFirst();
        if (answer.exitCode() == ExitCode.UNDECIDED
                && findings.stream().anyMatch(finding -> finding.rule().equals("possible-regression"))) {
            lines.add("to decide: build again, which measures the commit once more; -Dplumb.confirm=true does so at"
                    + " once");
        }
        first.ifPresent(finding -> lines.add("with Maven: mvn plumb:explain -Dplumb.benchmark="
                + Words.quoted(finding.benchmark()) + " · intended: mvn plumb:accept -Dplumb.finding=" + finding.id()
                + " -Dplumb.reason=WHY"));
        return String.join("\n", lines);
    }
}
