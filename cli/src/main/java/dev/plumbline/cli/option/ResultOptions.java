package dev.plumbline.cli.option;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.pipeline.record.Overrides;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The facts about results that the user specifies instead of having them detected. */
public final class ResultOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--commit",
            paramLabel = "ID",
            description = "The measured commit: an id, or a git revision such as main~2. Default: from git or CI.")
    private String commit;

    @Option(names = "--branch", paramLabel = "NAME", description = "The branch. Default: from git or CI.")
    private String branch;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = DateConverter.class,
            description = "Time of the commit: 2026-01-31T12:00:00Z, or 2026-01-31 for the start of that day in"
                    + " UTC. Default: from git or the results.")
    private Instant time;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "Name of the environment; only runs of the same environment are compared. Default: derived"
                    + " from the machine.")
    private String environment;

    /** The options about the results, checked before any of them is read. */
    public Overrides overrides() {
        try {
            Revision.of(
                    Optional.ofNullable(commit).orElse(""),
                    Optional.ofNullable(branch).orElse(Revision.DEFAULT_BRANCH));
            Optional.ofNullable(environment).ifPresent(name -> Environment.of(Map.of(Environment.NAME, name))
                    .named(name));
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return new Overrides(
                Optional.ofNullable(commit),
                Optional.ofNullable(branch),
                Optional.ofNullable(time),
                Optional.ofNullable(environment));
    }

    /**
     * The same with the commit that git knows by what was given; a warning where it knows none.
     *
     * @throws IOException if it is no id, and git knows no such revision
     */
    public Overrides overrides(Workspace workspace, Terminal terminal) throws IOException {
        Overrides resolved = overrides().resolved(workspace.directory());
        resolved.doubt(workspace.directory())
                .ifPresent(doubt -> terminal.err().println("plumb: warning: " + TerminalText.escape(doubt)));
        return resolved;
    }
}
