package dev.plumbline.cli;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.pipeline.workspace.InitRepository;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Begins. */
@CommandLine.Command(
        name = "init",
        description = "Write a starter plumbline.yaml, and two workflows for GitHub: one measures and gates without"
                + " write permission, the other publishes without running the code under test.",
        footer = {
            "",
            "Existing files are kept unless you give --force.",
            "docs/ci.md explains the workflows and has snippets for GitLab, Jenkins, Bitbucket and Azure.",
            "",
            "Example: plumb init --command 'mvn -q verify' --results target/jmh-result.json"
        })
final class InitCommand extends Command {
    @Option(
            names = "--service",
            paramLabel = "NAME",
            defaultValue = "github",
            description = "github, or none to write only the configuration. Default: ${DEFAULT-VALUE}")
    private Service service;

    @Option(names = "--branch", paramLabel = "BRANCH", description = "The main branch. Default: from git.")
    private String branch;

    @Option(
            names = "--command",
            paramLabel = "LINE",
            defaultValue = "./run-benchmarks",
            description = "Shell command that runs the benchmarks. Default: ${DEFAULT-VALUE}")
    private String command;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            defaultValue = "results",
            description =
                    "Result file, or folder of result files, that the command writes. Default:" + " ${DEFAULT-VALUE}")
    private String results;

    @Option(
            names = "--distribution",
            paramLabel = "URL",
            description = "URL from which the workflows download plumbline-VERSION.tar.gz. Without it, fill it in at"
                    + " the top of the workflows.")
    private String distribution;

    @Option(
            names = "--sha256",
            paramLabel = "HEX",
            description = "SHA-256 of the distribution; get it with" + " sha256sum.")
    private String digest;

    @Option(
            names = "--history",
            paramLabel = "PLACE",
            defaultValue = "cache",
            description = "Where the history is kept between runs: cache, or branch (a dedicated branch; never"
                    + " evicted). Default: ${DEFAULT-VALUE}")
    private InitRepository.History history;

    @Option(
            names = "--slack",
            description = "Notify Slack about the main branch; needs the secret" + " SLACK_WEBHOOK_URL.")
    private boolean slack;

    @Option(names = "--force", description = "Overwrite existing files.")
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
                            + (outcome.written() ? "" : "  (exists; --force overwrites it)"));
        }
        if (hasOptions() && outcomes.stream().noneMatch(InitRepository.Outcome::written)) {
            terminal().err().println("plumb: all files exist already; nothing was written");
        }
        if (service == Service.GITHUB && distribution == null) {
            terminal()
                    .out()
                    .println("Next: fill in PLUMBLINE_URL and PLUMBLINE_SHA256 at the top of both workflows, and"
                            + " the command that runs your benchmarks unless you gave it. See"
                            + " Plumbline's docs/ci.md.");
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
