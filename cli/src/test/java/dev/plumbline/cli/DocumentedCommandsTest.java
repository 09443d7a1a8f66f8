package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.plumbline.cli.option.Terminal;
import dev.plumbline.report.html.HtmlReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the documents tell to type works, and prints what they show. */
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String DEMO_CHECK = "check candidate.json";
    private static final int RUNS = 40;
    private static final String HEADER = "benchmark,param:n,metric,value,unit,better,commit,branch,time,env:name\n";

    /** A command in a sentence. */
    private static final Pattern MENTION = Pattern.compile("`(?:\\./)?plumb ([^`]+)`");

    /** A line that stands for any number of lines. */
    private static final String LEFT_OUT = "…";

    @TempDir
    private Path folder;

    @BeforeEach
    void writes_results() throws IOException {
        StringBuilder history = new StringBuilder(HEADER);
        for (int run = 0; run < RUNS; run++) {
            history.append(rows(run, 1));
        }
        write("old-results/history.csv", history.toString());
        write("build/jmh-result.json", HEADER + rows(RUNS, 1.12));
        // a file is known by its content, whatever it is called
        write("new.json", HEADER + rows(RUNS, 1.12));
        write("before.json", HEADER + rows(RUNS, 1));
        write("after.json", HEADER + rows(RUNS, 1));
        StringBuilder series = new StringBuilder("{\"id\": \"Sort.quick\", \"unit\": \"ms\", \"values\": [");
        for (int i = 0; i < 60; i++) {
            series.append(String.format(
                    Locale.ROOT, "%s%.2f", i == 0 ? "" : ", ", (i < 40 ? 100 : 110) * (1 + 0.008 * noise(i, 0))));
        }
        write("series.jsonl", series.append("]}\n").toString());
    }

    @Test
    void commands_of_the_readme_run_in_their_order() throws IOException {
        List<ShellBlocks.Step> steps = ShellBlocks.of(ROOT.resolve("README.md"));

        assertThat(steps).hasSizeGreaterThan(15);
        run("README.md", steps, Set.of("check build/jmh-result.json", "check --dry-run build/jmh-result.json"));
        run("docs/reports.md", ShellBlocks.of(ROOT.resolve("docs/reports.md")), Set.of());
    }

    @Test
    void demo_prints_what_the_readme_shows_and_a_command_that_prints_it_again() throws IOException {
        ShellBlocks.Step shown = ShellBlocks.of(ROOT.resolve("README.md")).stream()
                .filter(step -> String.join(" ", step.arguments()).startsWith(DEMO_CHECK))
                .findFirst()
                .orElseThrow();

        CapturedRun demo = CapturedRun.wide(folder, "demo", "--into", "there");

        assertThat(demo.exitCode()).isZero();
        String command = "$ plumb " + String.join(" ", shown.arguments()) + "\n";
        String answer = demo.out().substring(demo.out().indexOf(command));
        String report = answer.substring(answer.indexOf('\n') + 1, answer.indexOf("\nIn CI "));
        assertThat(agrees(shown.shown(), report)).as(report).isTrue();

        CapturedRun again =
                CapturedRun.wide(folder.resolve("there"), shown.arguments().toArray(String[]::new));

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(agrees(shown.shown(), again.out())).as(again.out()).isTrue();
    }

    @Test
    void baselines_behave_as_their_walk_through_shows() throws IOException {
        List<ShellBlocks.Step> steps = ShellBlocks.of(ROOT.resolve("docs/baselines.md"));

        assertThat(steps).hasSizeGreaterThan(8);
        run("docs/baselines.md", steps, Set.of("check new.json --baseline default", "baseline validate"));
    }

    @Test
    void histories_and_analyses_print_what_their_pages_show() throws IOException {
        StringBuilder away = new StringBuilder("benchmark,metric,value,unit,better,commit,branch,time,env:name\n");
        for (int run = 0; run < 100; run++) {
            double noise = (noise(run, 0) + noise(run, 1) + noise(run, 2)) / 3;
            away.append(String.format(
                    Locale.ROOT,
                    "Sort.quick,time,%.4f,ms,lower,%s,main,%s,box%n",
                    (run >= 60 && run < 84 ? 114 : 100) * (1 + 0.02 * noise),
                    commit(run),
                    time(run)));
        }
        write("away.csv", away.toString());
        assertThat(CapturedRun.wide(folder, "record", "away.csv").exitCode()).isZero();

        for (String page : List.of("docs/history.md", "docs/analyze.md")) {
            List<ShellBlocks.Step> steps = ShellBlocks.of(ROOT.resolve(page));
            assertThat(steps).as(page).isNotEmpty();
            run(page, steps, Set.of());
        }
    }

    @Test
    void every_command_and_option_that_a_document_mentions_is_there() throws IOException {
        CommandLine whole = CommandTree.whole(new Plumb(Terminal.ofProcess()));
        List<String> complaints = new ArrayList<>();
        int mentioned = 0;
        for (Path document : documents()) {
            Matcher mention = MENTION.matcher(Files.readString(document));
            while (mention.find()) {
                mentioned++;
                complaint(whole, List.of(mention.group(1).strip().split("\\s+")))
                        .ifPresent(wrong -> complaints.add(
                                ROOT.relativize(document) + ": " + mention.group() + ": there is no " + wrong));
            }
        }

        assertThat(mentioned).isGreaterThan(100);
        assertThat(complaints).isEmpty();
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CHANGELOG.md")),
                            docs.filter(file -> file.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }

    /** The first word that names no command or no option of the command; words in capitals stand for others. */
    private static Optional<String> complaint(CommandLine whole, List<String> words) {
        CommandLine line = whole;
        boolean named = false;
        for (String word : words) {
            String bare = word.replaceAll("[=,;:.|\\])\"'…].*$", "");
            if (bare.equals("--")) {
                break;
            }
            if (bare.startsWith("--")) {
                if (line.getCommandSpec().findOption(bare) == null) {
                    return Optional.of("option " + bare + " of " + line.getCommandName());
                }
                named = true;
            } else if (!named && !line.getSubcommands().isEmpty() && bare.matches("[a-z]+")) {
                CommandLine below = line.getSubcommands().get(bare);
                if (below == null) {
                    return Optional.of("command " + bare);
                }
                line = below;
            } else {
                named = true;
            }
        }
        return Optional.empty();
    }

    /** @param closing the commands that end with exit code 1 */
    private void run(String document, List<ShellBlocks.Step> steps, Set<String> closing) {
        List<String> complaints = new ArrayList<>();
        for (ShellBlocks.Step step : steps) {
            String command = String.join(" ", step.arguments());
            if (command.equals("demo") || command.startsWith(DEMO_CHECK)) {
                continue; // has a test of its own
            }
            if (Set.of("run", "pr", "bisect", "serve").contains(step.arguments().get(0))) {
                parses(document, step); // measures programs and builds that are not here, or runs until it is stopped
                continue;
            }
            CapturedRun run = CapturedRun.wide(folder, step.arguments().toArray(String[]::new));
            int expected = closing.contains(command) ? 1 : 0;
            if (!HtmlReport.isAvailable() && command.contains(".html")) {
                expected = 2;
            }
            String where = document + ":" + step.line() + ": plumb " + command;
            if (run.exitCode() != expected) {
                complaints.add(
                        where + "\nended with " + run.exitCode() + ", not " + expected + "\n" + run.out() + run.err());
            } else if (!step.shown().isEmpty() && !agrees(step.shown(), run.out())) {
                complaints.add(where + "\nprints\n" + run.out() + "and not\n" + String.join("\n", step.shown()));
            }
        }
        assertThat(complaints).as(String.join("\n\n", complaints)).isEmpty();
    }

    private static void parses(String document, ShellBlocks.Step step) {
        String[] arguments = step.arguments().toArray(String[]::new);
        CommandLine commandLine = Plumb.commandLine(Terminal.ofProcess(), arguments);
        assertThatCode(() -> commandLine.parseArgs(arguments))
                .as("%s:%d: plumb %s", document, step.line(), String.join(" ", step.arguments()))
                .doesNotThrowAnyException();
    }

    /** Whether an output is what a document shows, line for line except where it leaves some out. */
    private static boolean agrees(List<String> shown, String out) {
        List<String> expected = normalised(shown);
        List<String> actual = normalised(out.lines().toList());
        int at = 0;
        boolean free = false;
        for (String line : expected) {
            if (line.equals(LEFT_OUT)) {
                free = true;
                continue;
            }
            int found = actual.subList(at, actual.size()).indexOf(line);
            if (found < 0 || !free && found > 0) {
                return false;
            }
            at += found + 1;
            free = false;
        }
        return free || at == actual.size();
    }

    /** Without blank ends, and without what differs from machine to machine: ids, times, the version, the person. */
    private static List<String> normalised(List<String> lines) {
        return withoutBlankEnd(lines.stream()
                .map(line -> line.replaceAll("\\b[0-9a-f]{12}-[0-9a-f]{8}\\b", "ID")
                        .replaceAll("^a[0-9a-f]{8}\\b", "ID")
                        .replaceAll("\\brun [0-9a-f]{10}\\b", "run ID")
                        .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC", "TIME")
                        .replaceAll("with Plumbline \\S+:", "with Plumbline VERSION:")
                        .replaceAll(" by [^,]+, from", " by SOMEBODY, from")
                        .stripTrailing())
                .dropWhile(String::isBlank)
                .toList());
    }

    private static List<String> withoutBlankEnd(List<String> lines) {
        int end = lines.size();
        while (end > 0 && lines.get(end - 1).isBlank()) {
            end--;
        }
        return List.copyOf(lines.subList(0, end));
    }

    /** One run of four benchmarks in the environment lab, twelve hours after the run before. */
    private static String rows(int run, double decode) {
        Instant time = time(run);
        String commit = commit(run);
        StringBuilder rows = new StringBuilder();
        String[] names = {"decode,", "encode,", "Sort.quick,1000", "noisy,"};
        double[] levels = {100 * decode, 20, 3.2, 5};
        double[] spreads = {0.008, 0.01, 0.006, 0.4};
        for (int i = 0; i < names.length; i++) {
            rows.append(String.format(
                    Locale.ROOT,
                    "%s,time,%.4f,ms,lower,%s,main,%s,lab%n",
                    names[i],
                    levels[i] * (1 + spreads[i] * noise(run, i)),
                    commit,
                    time));
        }
        return rows.toString();
    }

    private static Instant time(int run) {
        return Instant.parse("2026-01-10T12:00:00Z").plus(12L * run, ChronoUnit.HOURS);
    }

    private static String commit(int run) {
        return String.format(Locale.ROOT, "%010x", 0x5f3a91c27bL * (run + 3) % (1L << 40));
    }

    /** Between -1 and 1, without a pattern that a scan would find. */
    private static double noise(int run, int series) {
        return (run * 7919 + series * 104_729 + run * run * 31) % 101 / 50.0 - 1;
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
