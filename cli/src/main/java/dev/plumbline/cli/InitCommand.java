package dev.plumbline.cli;

import dev.plumbline.pipeline.InitRepository;
import dev.plumbline.report.TerminalText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Begins. */
@CommandLine.Command(
        name = "init",
        description =
                "Write a starting plumbline.yaml, and for GitHub two workflows: one that measures and gates without"
                        + " any right to write, one that publishes without running what was measured.",
        footer = {
            "",
            "Files that are there already stay as they are, unless --force is given.",
            "docs/ci.md explains the workflows, and has snippets for GitLab, Jenkins, Bitbucket and Azure.",
            "",
            "Example: plumb init --command 'mvn -q verify' --results target/jmh-result.json"
        })
final class InitCommand extends Command {
    @Option(
            names = "--service",
            paramLabel = "NAME",
            defaultValue = "github",
            description = "github, or none for the configuration alone. Default: ${DEFAULT-VALUE}")
    private Service service;

    @Option(names = "--branch", paramLabel = "BRANCH", description = "The main branch. Default: what git says.")
    private String branch;

    @Option(
            names = "--command",
            paramLabel = "LINE",
            defaultValue = "./run-benchmarks",
            description = "What runs the benchmarks, for the shell. Default: ${DEFAULT-VALUE}")
    private String command;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            defaultValue = "results",
            description = "The result file, or the folder of them, that the command writes. Default: ${DEFAULT-VALUE}")
    private String results;

    @Option(
            names = "--distribution",
            paramLabel = "URL",
            description =
                    "Where the workflows fetch plumbline-VERSION.tar.gz from. Without it, fill it in at their top.")
    private String distribution;

    @Option(names = "--sha256", paramLabel = "HEX", description = "The distribution's SHA-256; sha256sum tells it.")
    private String digest;

    @Option(
            names = "--history",
            paramLabel = "PLACE",
            defaultValue = "cache",
            description = "Where the history is kept between runs: cache, or branch (a branch of its own, which forgets"
                    + " nothing). Default: ${DEFAULT-VALUE}")
    private InitRepository.History history;

    @Option(names = "--slack", description = "Tell Slack of the main branch, by the secret SLACK_WEBHOOK_URL.")
    private boolean slack;

    @Option(names = "--force", description = "Write over files that are there.")
    private boolean force;

    @Mixin
    private StoreOption storeOption = new StoreOption();

    /** For which the workflows are. */
    enum Service {
        GITHUB,
        NONE
    }

    @Override
    public Integer call() throws IOException {
        InitRepository.Plan plan;
        try {
            plan = new InitRepository.Plan(
                    service == Service.GITHUB,
                    Optional.ofNullable(branch),
                    command,
                    results,
                    Optional.ofNullable(distribution),
                    Optional.ofNullable(digest),
                    history,
                    slack,
                    force);
        } catch (IllegalArgumentException e) {
            throw wrongUse(e.getMessage());
        }
        List<InitRepository.Outcome> outcomes = new InitRepository(storeOption.workspace(terminal()), plan).init();
        for (InitRepository.Outcome outcome : outcomes) {
            terminal()
                    .out()
                    .println((outcome.written() ? "wrote  " : "kept   ")
                            + TerminalText.escape(outcome.file())
                            + (outcome.written() ? "" : "  (it was there; --force writes over it)"));
        }
        if (hasOptions() && outcomes.stream().noneMatch(InitRepository.Outcome::written)) {
            terminal().err().println("plumb: nothing was written, so the options given changed nothing");
        }
        if (service == Service.GITHUB && distribution == null) {
            terminal()
                    .out()
                    .println(
                            "Next: fill in PLUMBLINE_URL and PLUMBLINE_SHA256 at the top of both workflows, and the"
                                    + " command that runs your benchmarks if you did not give it; Plumbline's docs/ci.md tells more.");
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
