package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.Terminal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class CommandTreeTest {
    @TempDir
    private Path folder;

    private CommandLine called(String... arguments) {
        return Plumb.commandLine(Terminal.ofProcess(), arguments);
    }

    /** Every command with all that leads to it, as one types it. */
    private static List<List<String>> paths(CommandLine line) {
        List<List<String>> paths = new ArrayList<>();
        line.getSubcommands().forEach((name, below) -> {
            paths.add(List.of(name));
            for (List<String> rest : paths(below)) {
                List<String> path = new ArrayList<>(List.of(name));
                path.addAll(rest);
                paths.add(path);
            }
        });
        return paths;
    }

    private static CommandSpec find(CommandLine root, List<String> path) {
        CommandLine line = root;
        for (String name : path) {
            line = line.getSubcommands().get(name);
        }
        return line.getCommandSpec();
    }

    @Test
    void every_command_that_is_called_is_the_same_as_in_the_whole_tree() {
        CommandLine whole = CommandTree.whole(new Plumb(Terminal.ofProcess()));
        List<List<String>> paths = paths(whole);

        whole.setHelpFactory(new WholeWordsHelp.Factory()).setUsageHelpWidth(called().getUsageHelpWidth());
        assertThat(paths).hasSizeGreaterThan(30).contains(List.of("check"), List.of("baseline", "show"));
        for (List<String> path : paths) {
            CommandSpec called = find(called(path.toArray(String[]::new)), path);
            assertThat(called.commandLine().getUsageMessage())
                    .as(String.join(" ", path))
                    .isEqualTo(find(whole, path).commandLine().getUsageMessage());
            assertThat(called.userObject()).isInstanceOf(Command.class);
        }
    }

    @Test
    void a_call_builds_no_neighbour_of_what_it_names() {
        assertThat(paths(called("baseline", "show", "--json")))
                .containsExactly(List.of("baseline"), List.of("baseline", "show"));
        assertThat(paths(called("-V", "check", "record"))).containsExactly(List.of("check"));
    }

    @Test
    void help_on_a_command_that_is_not_there_is_wrong_use() {
        for (String help : List.of("--help", "-h")) {
            CapturedRun run = CapturedRun.wide(folder, "chek", help);
            assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
            assertThat(run.err())
                    .startsWith("plumb: unknown command: 'chek'\nDid you mean: plumb check?\nTry: plumb --help");
            assertThat(run.out()).isEmpty();

            CapturedRun below = CapturedRun.wide(folder, "baseline", "shw", help);
            assertThat(below.exitCode()).isEqualTo(ExitCode.WRONG);
            assertThat(below.err()).startsWith("plumb: unknown command: 'shw'\nDid you mean: baseline show");
        }
        assertThat(CapturedRun.wide(folder, "--help", "check").exitCode()).isZero();
        assertThat(CapturedRun.wide(folder, "check", "chek", "--help").exitCode())
                .isZero();
        assertThat(CapturedRun.wide(folder, "baseline", "show", "--help").exitCode())
                .isZero();
    }

    @Test
    void help_and_misspelt_names_know_all_commands() {
        List<String> all = List.copyOf(CommandTree.whole(new Plumb(Terminal.ofProcess()))
                .getSubcommands()
                .keySet());

        assertThat(called().getSubcommands()).containsOnlyKeys(all);
        assertThat(called("--help").getSubcommands()).containsOnlyKeys(all);
        assertThat(called("chek", "x").getSubcommands()).containsOnlyKeys(all);
        assertThat(CapturedRun.wide(folder, "chek").err()).contains("Did you mean: plumb check?");
        assertThat(CapturedRun.wide(folder, "baseline", "shw").err()).contains("Did you mean: baseline show");
    }

    /** Their answers are plain lines: nothing to colour, nothing to shorten. */
    private static final Set<String> PLAIN = Set.of(
            "connection remove",
            "connection secret",
            "connection set",
            "connection show",
            "connection test",
            "dashboard",
            "formats",
            "init",
            "originals get",
            "originals reread",
            "prune",
            "publish",
            "server backup",
            "server restore",
            "store copy",
            "store export",
            "store import",
            "sync",
            "threshold export",
            "threshold import",
            "trust add",
            "trust remove");

    @Test
    void every_command_that_prints_more_than_plain_lines_has_the_same_options_for_it() {
        CommandLine whole = CommandTree.whole(new Plumb(Terminal.ofProcess()));
        Set<String> plain = new TreeSet<>();
        for (List<String> path : paths(whole)) {
            Map<String, ?> options = find(whole, path).optionsMap();
            String name = String.join(" ", path);
            if (options.containsKey("--color")) {
                assertThat(options).as(name).containsKeys("-v", "--verbose");
            } else if (options.containsKey("--json")) {
                plain.add(name);
            }
        }

        assertThat(plain).isEqualTo(new TreeSet<>(PLAIN));
        assertThat(find(whole, List.of("explain")).optionsMap()).containsKeys("--color", "--verbose");
    }

    @Test
    void an_argument_file_may_name_any_command() {
        assertThat(paths(called("@arguments"))).contains(List.of("check"), List.of("baseline", "show"));
    }

    @Test
    void commands_are_listed_in_one_place() {
        List<List<String>> paths = paths(CommandTree.whole(new Plumb(Terminal.ofProcess())));
        CommandLine whole = CommandTree.whole(new Plumb(Terminal.ofProcess()));

        for (List<String> path : paths) {
            CommandLine.Command annotation =
                    find(whole, path).userObject().getClass().getAnnotation(CommandLine.Command.class);
            assertThat(annotation.name()).isEqualTo(path.get(path.size() - 1));
            assertThat(annotation.subcommands())
                    .as("%s: name them in @Subcommands, so that only what is called is built", path)
                    .isEmpty();
        }
    }
}
