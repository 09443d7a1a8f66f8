package dev.plumbline.gradle;

import dev.plumbline.buildtool.Findings;
import dev.plumbline.buildtool.PlumbCall;
import dev.plumbline.buildtool.SourceLines;
import dev.plumbline.cli.option.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradle.api.GradleException;
import org.gradle.api.file.ConfigurableFileCollection;
import org.gradle.api.tasks.Internal;
import org.gradle.work.DisableCachingByDefault;

/** A task that judges benchmarks and fails the build as the gate asks for. */
@DisableCachingByDefault(because = "the answer depends on the history, which grows with every check")
public abstract class PlumbGate extends PlumbTask {
    private static final String SARIF = "report.sarif";
    private static final String JSON = "report.json";

    /** Folders of sources, to show a finding at its line. */
    @Internal
    public abstract ConfigurableFileCollection getSources();

    /**
     * Runs a command with a gate. Its reports go to the output folder.
     *
     * @param words the command and its arguments
     * @param last what follows all options
     */
    final void gate(List<String> words, List<String> last) throws IOException {
        Path sarif = output().resolve(SARIF);
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("-o", shortened(sarif), "-o", shortened(output().resolve(JSON)), "-o", "-"));
        all.addAll(options());
        all.addAll(last);
        delete(sarif);
        PlumbCall.Answer answer = plumb(all);
        List<Findings.Finding> findings = List.of();
        if (answer.exitCode() != ExitCode.WRONG && Files.exists(sarif)) {
            findings = Findings.of(sarif);
        }
        findings.forEach(this::show);
        if (answer.exitCode() == ExitCode.OPEN) {
            answer.out().forEach(getLogger()::lifecycle);
        }
        settle(answer, failure(answer, findings));
    }

    private void show(Findings.Finding finding) {
        List<Path> roots = getSources().getFiles().stream().map(File::toPath).toList();
        String line = new SourceLines(roots).message(finding);
        if (finding.isError()) {
            getLogger().error(line);
        } else {
            getLogger().warn(line);
        }
    }

    private String failure(PlumbCall.Answer answer, List<Findings.Finding> findings) {
        List<String> lines = Findings.failure(answer, findings, "plumbline { confirm.set(true) }");
        if (this instanceof PlumbCheck) {
            Findings.acceptable(findings)
                    .ifPresent(finding -> lines.add("intended: gradle " + sibling("plumbAccept") + " --finding="
                            + finding.id() + " --reason=WHY"));
        }
        return String.join("\n", lines);
    }

    private String sibling(String name) {
        return getPath().substring(0, getPath().lastIndexOf(':') + 1) + name;
    }

    static GradleException missing(String option, String example) {
        return new GradleException(option + " is not given; give it as --" + option + "=" + example);
    }
}
