package dev.plumbline.cli;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.workspace.FindBenchmarks;
import dev.plumbline.pipeline.workspace.FoundBenchmarks;
import dev.plumbline.pipeline.workspace.InitRepository;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
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
            "Finds the benchmarks of Maven, Gradle, JMH, pytest-benchmark, Criterion, Go, Google Benchmark, hyperfine and"
                    + " k6, and runs none of them.",
            "",
            "Examples:",
            "  plumb init --dry-run",
            "  plumb init --command 'make bench' --results bench.json"
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
            names = "--tool",
            paramLabel = "NAME",
            converter = ToolName.class,
            description =
                    "Which of the benchmarks found to run: maven-jmh, maven-plugin, gradle-jmh, gradle-plugin,"
                            + " pytest-benchmark, criterion, go, google-benchmark, k6 or hyperfine. Default: the first one found.")
    private FoundBenchmarks.Tool tool;

    @Option(
            names = "--command",
            paramLabel = "LINE",
            description = "Shell command that runs the benchmarks. Default: that of the benchmarks found.")
    private String command;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Result file, or folder of result files, that the command writes. Default: that of the"
                    + " benchmarks found.")
    private String results;

    @Option(
            names = "--pr",
            paramLabel = "ARGUMENTS",
            description = "Arguments of plumb pr that build and measure one revision; pull requests are measured beside"
                    + " their base then. Default: those of the benchmarks found; with --command, pull requests are judged"
                    + " against the history.")
    private String pair;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            defaultValue = "github-ubuntu-24.04",
            description = "Name of the machines that the workflow runs on, which keeps one history for all of them."
                    + " Default: ${DEFAULT-VALUE}")
    private String environment;

    @Option(
            names = "--distribution",
            paramLabel = "URL",
            description = "URL from which the workflows download plumbline-VERSION.tar.gz. Default: the release that is"
                    + " installed here.")
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

    @Option(names = "--dry-run", description = "Print what would be written, and write nothing.")
    private boolean rehearsal;

    @Option(names = "--force", description = "Overwrite existing files.")
    private boolean force;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private StoreOption storeOption = new StoreOption();

    /** For which the workflows are. */
    enum Service {
        GITHUB,
        NONE
    }

    /** Names as users write them. */
    static final class ToolName implements CommandLine.ITypeConverter<FoundBenchmarks.Tool> {
        @Override
        public FoundBenchmarks.Tool convert(String text) {
            for (FoundBenchmarks.Tool one : FoundBenchmarks.Tool.values()) {
                if (name(one).equals(text)) {
                    return one;
                }
            }
            throw new CommandLine.TypeConversionException("'" + text + "' is no tool; name one of "
                    + Arrays.stream(FoundBenchmarks.Tool.values())
                            .map(InitCommand::name)
                            .collect(Collectors.joining(", ")));
        }
    }

    private static String name(FoundBenchmarks.Tool one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Integer call() throws IOException {
        Workspace workspace = storeOption.workspace(terminal());
        Optional<FindBenchmarks.Search> search = command == null ? Optional.of(search(workspace)) : Optional.empty();
        List<FoundBenchmarks> all =
                search.map(FindBenchmarks.Search::benchmarks).orElse(List.of());
        Optional<FoundBenchmarks> found =
                all.stream().filter(one -> tool == null || one.tool() == tool).findFirst();
        if (command == null && tool != null && found.isEmpty()) {
            throw wrongUse(
                    "no benchmarks of " + name(tool) + " were found" + (all.isEmpty() ? "" : "; found: " + list(all)));
        }
        if (!json) {
            found.ifPresent(one -> print(one, all));
        }
        Optional<InstalledRelease> release =
                distribution == null && digest == null ? InstalledRelease.here() : Optional.empty();
        InitRepository.Plan plan;
        try {
            plan = new InitRepository.Plan(
                    service == Service.GITHUB,
                    Optional.ofNullable(branch),
                    Optional.ofNullable(command)
                            .or(() -> found.map(FoundBenchmarks::command))
                            .orElse("./run-benchmarks"),
                    Optional.ofNullable(results)
                            .or(() -> found.map(FoundBenchmarks::results))
                            .orElse("results"),
                    Optional.ofNullable(pair).or(() -> found.flatMap(FoundBenchmarks::pair)),
                    environment,
                    Optional.ofNullable(distribution).or(() -> release.map(InstalledRelease::url)),
                    Optional.ofNullable(digest).or(() -> release.map(InstalledRelease::sha256)),
                    history,
                    slack,
                    force,
                    rehearsal);
        } catch (IllegalArgumentException e) {
            throw wrongUse(e.getMessage());
        }
        List<InitRepository.Outcome> outcomes = new InitRepository(workspace, plan).init();
        List<String> next = service == Service.GITHUB
                ? next(plan, found.isPresent() || command != null, search.flatMap(FindBenchmarks.Search::withoutPlugin))
                : List.of();
        if (json) {
            write(all, found, outcomes, next);
        } else {
            print(outcomes);
            next.forEach(step -> line("Next: " + step));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    /** The benchmarks of the repository. */
    private FindBenchmarks.Search search(Workspace workspace) throws IOException {
        FindBenchmarks.Search search = new FindBenchmarks(workspace).find();
        if (!search.unreadable().isEmpty()) {
            terminal()
                    .err()
                    .println("plumb: skipped, since it cannot be read: "
                            + search.unreadable().stream()
                                    .limit(3)
                                    .map(TerminalText::escape)
                                    .collect(Collectors.joining(", "))
                            + (search.unreadable().size() > 3
                                    ? ", and " + (search.unreadable().size() - 3) + " more"
                                    : ""));
        }
        return search;
    }

    private void print(FoundBenchmarks chosen, List<FoundBenchmarks> all) {
        line("found  " + name(chosen.tool()) + " (" + chosen.file() + "), results in " + chosen.results());
        List<FoundBenchmarks> others =
                all.stream().filter(other -> other != chosen).toList();
        if (!others.isEmpty()) {
            line("       also found: " + list(others) + "; choose with --tool");
        }
    }

    private void write(
            List<FoundBenchmarks> all,
            Optional<FoundBenchmarks> chosen,
            List<InitRepository.Outcome> outcomes,
            List<String> next)
            throws IOException {
        JsonText.write(
                terminal().out(),
                out -> out.object(() -> {
                    out.text("schema", "plumbline-init/1");
                    out.truth("dryRun", rehearsal);
                    out.array(
                            "benchmarks",
                            all,
                            one -> out.object(() -> {
                                out.text("tool", name(one.tool()));
                                out.text("file", one.file());
                                out.text("results", one.results());
                                out.truth("chosen", chosen.filter(one::equals).isPresent());
                            }));
                    out.array(
                            "files",
                            outcomes,
                            outcome -> out.object(() -> {
                                out.text("file", outcome.file());
                                out.truth("written", outcome.written());
                                out.text(
                                        "text",
                                        Optional.of(outcome.text()).filter(text -> rehearsal && outcome.written()));
                            }));
                    out.array("next", next, out::text);
                }));
    }

    private static String list(List<FoundBenchmarks> all) {
        return all.stream()
                .map(one -> name(one.tool()) + " (" + one.file() + ")")
                .collect(Collectors.joining(", "));
    }

    private void print(List<InitRepository.Outcome> outcomes) {
        for (InitRepository.Outcome outcome : outcomes) {
            String did = rehearsal ? "would write  " : "wrote  ";
            line((outcome.written() ? did : "kept   ")
                    + TerminalText.escape(outcome.file())
                    + (outcome.written() ? "" : "  (exists; --force overwrites it)"));
            if (rehearsal && outcome.written()) {
                outcome.text().lines().forEach(text -> line("    " + TerminalText.escape(text)));
            }
        }
        if (hasOptions() && outcomes.stream().noneMatch(InitRepository.Outcome::written)) {
            terminal().err().println("plumb: all files exist already; nothing was written");
        }
    }

    /** The steps that are left, in words. */
    private List<String> next(InitRepository.Plan plan, boolean isCommandKnown, Optional<String> withoutPlugin) {
        List<String> steps = new ArrayList<>();
        withoutPlugin.ifPresent(script -> steps.add(script + " names JMH, but no plugin that runs its benchmarks: add"
                + " id(\"dev.plumbline\") version \"" + Version.TEXT + "\" to its plugins, then run plumb init --force."
                + " See Plumbline's docs/gradle.md."));
        if (!isCommandKnown && withoutPlugin.isEmpty()) {
            steps.add("no benchmarks were found here; give their command with --command LINE --results FILE --force.");
        }
        if (plan.distribution().isEmpty()) {
            steps.add("fill in PLUMBLINE_URL and PLUMBLINE_SHA256 at the top of both workflows, since this program was"
                    + " built from its sources and is no release. See Plumbline's docs/ci.md.");
        } else if (isCommandKnown && !rehearsal) {
            steps.add("commit these files and push. The first run on the main branch begins the history; pull requests"
                    + (plan.pair().isPresent() ? " are measured beside their base." : " are judged against it."));
        }
        return steps;
    }

    private void line(String text) {
        terminal().out().println(text);
    }
}
