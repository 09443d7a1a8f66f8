package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is missing, of what, against which runs, and what looks renamed. */
class MissingBenchmarksTest {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final int RUNS = 8;

    @TempDir
    private Path folder;

    private int day;

    /** A benchmark with its level; items are its parameter, if there are any. */
    private record Bench(String name, String items, double level) {
        static Bench of(String name, double level) {
            return new Bench(name, "", level);
        }
    }

    private static final List<Bench> SUITE = List.of(
            new Bench("Codec.parse", "20", 100),
            new Bench("Codec.parse", "200", 1000),
            Bench.of("Codec.format", 50),
            Bench.of("Sort.quick", 7));

    private static List<Bench> with(List<Bench> suite, Bench... more) {
        return Stream.concat(suite.stream(), Stream.of(more)).toList();
    }

    private static List<Bench> without(String name) {
        return SUITE.stream().filter(one -> !one.name.equals(name)).toList();
    }

    /** A file of the next run of a commit; each benchmark has a time, and a memory where that is asked for. */
    private String file(String commit, String branch, List<Bench> suite, String... metrics) throws IOException {
        StringBuilder table = new StringBuilder(
                "benchmark,param:items,metric,unit,better,value,commit,branch,commit_time,environment\n");
        Random random = new Random(day);
        for (Bench one : suite) {
            for (String metric : metrics.length == 0 ? new String[] {"time"} : metrics) {
                table.append(String.format(
                        Locale.ROOT,
                        "\"%s\",%s,%s,%s,lower,%.5f,%s,%s,%s,box%n",
                        one.name.replace("\"", "\"\""),
                        one.items,
                        metric,
                        metric.equals("time") ? "ms" : "B",
                        one.level * (1 + 0.005 * random.nextGaussian()),
                        commit,
                        branch,
                        FIRST.plusSeconds(86_400L * day)));
            }
        }
        return Files.writeString(folder.resolve("run.csv"), table.toString()).toString();
    }

    private String commit() {
        day++;
        return String.format(Locale.ROOT, "%08x", 0xabc0000L + day);
    }

    private void history(List<Bench> suite, String... metrics) throws IOException {
        for (int run = 0; run < RUNS; run++) {
            assertThat(CapturedRun.of(folder, "record", file(commit(), "main", suite, metrics))
                            .exitCode())
                    .isZero();
        }
    }

    private JsonNode check(List<Bench> suite, String... metrics) throws IOException {
        return PlantedSuite.json(CapturedRun.of(folder, "check", "--json", file(commit(), "main", suite, metrics)));
    }

    /** However often a commit is checked, a benchmark that it lacks is missing; further commits without it end that. */
    @Test
    void a_commit_does_not_pass_by_being_checked_again() throws IOException {
        history(SUITE, "time", "memory");
        String commit = commit();
        for (int rerun = 0; rerun < 7; rerun++) {
            assertThat(gate(checked(commit, without("Sort.quick"), "time", "memory")))
                    .as("rerun %d", rerun)
                    .isEqualTo("CLOSED");
        }
        for (int further = 0; further < 2; further++) {
            assertThat(gate(checked(commit(), without("Sort.quick"), "time", "memory")))
                    .as("commit %d", further)
                    .isEqualTo("CLOSED");
        }
        assertThat(gate(checked(commit(), without("Sort.quick"), "time", "memory")))
                .isEqualTo("OPEN");
        String other = commit();
        for (int rerun = 0; rerun < 7; rerun++) {
            assertThat(gate(checked(other, without("Sort.quick"), "time")))
                    .as("without a metric, rerun %d", rerun)
                    .isEqualTo("UNDECIDED");
        }
    }

    /** One class with a JVM option of its own is a second environment in the same results. */
    @Test
    void what_the_same_results_have_in_a_new_environment_is_not_comparable_and_not_missing() throws IOException {
        history(SUITE);
        JsonNode moved = elsewhere("Sort.quick");

        assertThat(missing(moved)).isEmpty();
        assertThat(gate(moved)).isEqualTo("UNDECIDED");
        assertThat(moved.path("summary").asString()).startsWith("HOLD: 1 not comparable in environment other");
        for (int further = 0; further < RUNS - 1; further++) {
            assertThat(missing(elsewhere("Sort.quick")))
                    .as("run %d there", further + 2)
                    .isEmpty();
        }
    }

    @Test
    void what_another_environment_always_had_is_missing_where_it_vanished() throws IOException {
        history(SUITE);
        day -= RUNS;
        for (int run = 0; run < RUNS; run++) {
            String file = file(commit(), "main", SUITE);
            Files.writeString(Path.of(file), Files.readString(Path.of(file)).replace(",box", ",other"));
            CapturedRun.of(folder, "record", file);
        }
        JsonNode gone = elsewhere("Sort.quick");

        assertThat(missing(gone)).contains("Sort.quick");
        assertThat(gate(gone)).isEqualTo("CLOSED");
    }

    /** A check of which one benchmark is of another environment. */
    private JsonNode elsewhere(String name) throws IOException {
        Path file = Path.of(file(commit(), "main", SUITE));
        String lines = Files.readString(file)
                .lines()
                .map(line -> line.contains(name) ? line.replace(",box", ",other") : line)
                .collect(Collectors.joining("\n", "", "\n"));
        return PlantedSuite.json(CapturedRun.of(
                folder, "check", "--json", Files.writeString(file, lines).toString()));
    }

    private int measured;

    /** A check of a commit, with values that no earlier run of it has. */
    private JsonNode checked(String commit, List<Bench> suite, String... metrics) throws IOException {
        double factor = 1 + 1e-4 * ++measured;
        List<Bench> anew = suite.stream()
                .map(one -> new Bench(one.name, one.items, one.level * factor))
                .toList();
        return PlantedSuite.json(CapturedRun.of(folder, "check", "--json", file(commit, "main", anew, metrics)));
    }

    private static String gate(JsonNode report) {
        return report.path("gate").path("state").asString();
    }

    private static List<String> missing(JsonNode report) {
        List<String> missing = new ArrayList<>();
        report.path("missing")
                .forEach(one -> missing.add(
                        one.path("what").asString().equals("METRIC")
                                ? one.path("label").asString() + " "
                                        + one.path("metric").asString()
                                : one.path("label").asString()));
        return missing;
    }

    private String git(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("-c", "user.name=someone", "-c", "user.email=someone@example.org"));
        command.addAll(List.of(arguments));
        return TestGit.at(FIRST.plusSeconds(86_400L * day), folder, command.toArray(String[]::new));
    }

    private String committed(String message) throws Exception {
        day++;
        git("commit", "-q", "--allow-empty", "-m", message);
        return git("rev-parse", "HEAD");
    }

    @Test
    void what_came_to_main_later_is_not_missing_from_an_older_branch() throws Exception {
        git("init", "-q", "-b", "main", ".");
        for (int run = 0; run < RUNS; run++) {
            CapturedRun.of(folder, "record", file(committed("m" + run), "main", SUITE));
        }
        git("branch", "topic");
        for (int run = 0; run < RUNS; run++) {
            CapturedRun.of(
                    folder, "record", file(committed("n" + run), "main", with(SUITE, Bench.of("Sort.radix", 5))));
        }
        git("checkout", "-q", "topic");

        JsonNode whole =
                PlantedSuite.json(CapturedRun.of(folder, "check", "--json", file(committed("t1"), "topic", SUITE)));
        JsonNode part = PlantedSuite.json(
                CapturedRun.of(folder, "check", "--json", file(committed("t2"), "topic", without("Sort.quick"))));

        assertThat(missing(whole)).isEmpty();
        assertThat(gate(whole)).isEqualTo("OPEN");
        assertThat(missing(part)).containsExactly("Sort.quick");
        assertThat(gate(part)).isEqualTo("CLOSED");
    }

    @Test
    void what_a_branch_got_with_a_merge_is_not_missing_since_an_earlier_commit_of_it() throws Exception {
        git("init", "-q", "-b", "main", ".");
        for (int run = 0; run < RUNS; run++) {
            CapturedRun.of(folder, "record", file(committed("m" + run), "main", SUITE));
        }
        git("checkout", "-q", "-b", "topic");
        String first = committed("t1");
        git("checkout", "-q", "main");
        for (int run = 0; run < RUNS; run++) {
            CapturedRun.of(
                    folder, "record", file(committed("n" + run), "main", with(SUITE, Bench.of("Sort.radix", 5))));
        }
        git("checkout", "-q", "topic");
        // measured when the main branch had the benchmark already, and without it
        JsonNode before = PlantedSuite.json(CapturedRun.of(folder, "check", "--json", file(first, "topic", SUITE)));
        day++;
        git("merge", "-q", "--no-ff", "-m", "merged", "main");
        String merged = git("rev-parse", "HEAD");

        JsonNode lacking = PlantedSuite.json(CapturedRun.of(folder, "check", "--json", file(merged, "topic", SUITE)));
        JsonNode still =
                PlantedSuite.json(CapturedRun.of(folder, "check", "--json", file(committed("t2"), "topic", SUITE)));

        assertThat(missing(before)).isEmpty();
        assertThat(missing(lacking)).containsExactly("Sort.radix");
        assertThat(since(lacking)).isEqualTo(merged);
        assertThat(missing(still)).containsExactly("Sort.radix");
        assertThat(since(still)).isEqualTo(merged);
    }

    private static String since(JsonNode report) {
        return report.path("missing").get(0).path("since").asString();
    }

    /** A branch of a main branch whose newest run measured this. */
    private JsonNode onTopOf(List<Bench> newest, List<Bench> ofBranch) throws Exception {
        git("init", "-q", "-b", "main", ".");
        for (int run = 0; run < RUNS; run++) {
            CapturedRun.of(folder, "record", file(committed("m" + run), "main", SUITE));
        }
        assertThat(CapturedRun.of(folder, "check", file(committed("less"), "main", newest))
                        .exitCode())
                .isEqualTo(1);
        git("checkout", "-q", "-b", "topic");
        return PlantedSuite.json(CapturedRun.of(folder, "check", "--json", file(committed("t"), "topic", ofBranch)));
    }

    @Test
    void a_branch_does_not_answer_for_what_its_base_lost_before_it_left() throws Exception {
        JsonNode report = onTopOf(without("Sort.quick"), without("Sort.quick"));

        assertThat(missing(report)).isEmpty();
        assertThat(gate(report)).isEqualTo("OPEN");
        assertThat(report.path("notes").toString())
                .contains("Sort.quick is already missing on main since "
                        + git("rev-parse", "main").substring(0, 10) + "; it does not affect the gate");
    }

    @Test
    void a_branch_answers_for_what_it_lost_on_top_of_that() throws Exception {
        List<Bench> less = without("Sort.quick").stream()
                .filter(one -> !one.name.equals("Codec.format"))
                .toList();

        JsonNode report = onTopOf(without("Sort.quick"), less);

        assertThat(missing(report)).containsExactly("Codec.format");
        assertThat(gate(report)).isEqualTo("CLOSED");
    }

    @Test
    void a_base_run_of_a_small_part_of_the_suite_excuses_nothing() throws Exception {
        JsonNode report = onTopOf(List.of(Bench.of("Codec.format", 50)), without("Sort.quick"));

        assertThat(missing(report)).containsExactly("Sort.quick");
        assertThat(gate(report)).isEqualTo("CLOSED");
    }

    @Test
    void an_older_run_does_not_miss_what_came_after_it() throws Exception {
        history(SUITE);
        String commit = commit();
        assertThat(CapturedRun.of(folder, "record", file(commit, "main", SUITE)).exitCode())
                .isZero();
        history(with(SUITE, Bench.of("Sort.radix", 5)));

        JsonNode report = PlantedSuite.json(CapturedRun.of(folder, "report", "--json", "--run", commit));

        assertThat(missing(report)).isEmpty();
    }

    @Test
    void a_benchmark_is_missing_once_however_many_metrics_it_had_and_no_hint_disarms_the_gate() throws Exception {
        history(SUITE, "time", "memory");

        JsonNode report = check(without("Sort.quick"), "time", "memory");

        assertThat(missing(report)).containsExactly("Sort.quick");
        assertThat(report.toString()).doesNotContain("on-missing").contains("no longer expected");
        CapturedRun text = CapturedRun.of(folder, "check", "run.csv");
        assertThat(text.exitCode()).isEqualTo(1);
        assertThat(text.out()).startsWith("FAIL  1 missing").contains("Sort.quick is missing from this run");
    }

    @Test
    void a_primary_metric_is_told_of_all_benchmarks_together_and_a_secondary_one_is_a_note() throws Exception {
        Files.writeString(folder.resolve("plumbline.yaml"), "metrics:\n  - metric: rss\n    role: secondary\n");
        history(SUITE, "time", "memory", "rss");

        JsonNode withoutRss = check(SUITE, "time", "memory");
        JsonNode onlyTime = check(SUITE, "time");

        assertThat(missing(withoutRss)).isEmpty();
        assertThat(gate(withoutRss)).isEqualTo("OPEN");
        assertThat(withoutRss.path("notes").toString())
                .contains("rss, a secondary metric, was not measured for 4 benchmarks that had it");
        assertThat(missing(onlyTime))
                .containsExactly(
                        "Codec.format memory",
                        "Codec.parse {items=200} memory",
                        "Codec.parse {items=20} memory",
                        "Sort.quick memory");
        assertThat(onlyTime.path("gate").path("reasons").toString())
                .isEqualTo("[\"memory of 4 benchmarks is missing from this run\"]");
        assertThat(CapturedRun.of(folder, "check", "run.csv").out()).contains("memory is missing from 4 benchmarks");
    }

    @Test
    void what_looks_renamed_is_joined_by_the_line_that_is_told() throws Exception {
        String hostile = "it's `$(x)` \"y\" \\ 1";
        history(with(SUITE, Bench.of(hostile, 3)));
        List<Bench> renamed = with(
                without("Codec.parse"),
                new Bench("Codec.read", "20", 100),
                new Bench("Codec.read", "200", 1000),
                Bench.of(hostile + "2", 3));

        JsonNode report = check(renamed);

        assertThat(missing(report)).containsExactly("Codec.parse {items=200}", "Codec.parse {items=20}", hostile);
        assertThat(gate(report)).isEqualTo("CLOSED");
        assertThat(report.path("gate").path("reasons").get(0).asString())
                .isEqualTo("Codec.parse (2 benchmarks) is missing from this run; it looks renamed to Codec.read;"
                        + " join them with plumb series rename");
        List<String> commands = new ArrayList<>();
        report.path("missing")
                .forEach(one -> commands.add(one.path("renamed").path("command").asString()));
        assertThat(commands)
                .containsExactly(
                        "plumb series rename Codec.parse Codec.read",
                        "plumb series rename Codec.parse Codec.read",
                        "plumb series rename 'it'\\''s `$(x)` \"y\" \\ 1' 'it'\\''s `$(x)` \"y\" \\ 12'");
        CapturedRun text = CapturedRun.of(folder, "check", "run.csv", "--as", "text");
        for (String command : commands.stream().distinct().toList()) {
            assertThat(text.out()).contains("\n    " + command + "\n");
            List<String> words = words(command);
            assertThat(CapturedRun.of(folder, words.subList(1, words.size()).toArray(String[]::new))
                            .exitCode())
                    .isZero();
        }

        JsonNode again = PlantedSuite.json(CapturedRun.of(folder, "check", "--json", "run.csv"));
        assertThat(missing(again)).isEmpty();
        assertThat(gate(again)).isEqualTo("OPEN");
        assertThat(again.path("counts").path("UNCHANGED").asInt()).isEqualTo(5);
    }

    @Test
    void what_was_renamed_and_got_slower_says_so_and_is_judged_once_the_names_are_joined() throws Exception {
        history(SUITE);
        List<Bench> slower = with(without("Sort.quick"), Bench.of("Sort.quickSort", 9.1), Bench.of("Hash.get", 8));

        JsonNode report = check(slower);
        String text = CapturedRun.wide(folder, "check", "run.csv").out();
        String comment = CapturedRun.wide(folder, "report", "--markdown").out();

        assertThat(gate(report)).isEqualTo("CLOSED");
        JsonNode renamed = report.path("missing").get(0).path("renamed");
        assertThat(renamed.path("moved").path("relativeChange").asDouble()).isBetween(0.28, 0.32);
        assertThat(text)
                .containsPattern("Sort.quick looks renamed to Sort.quickSort, and (29|30|31)\\.\\d % slower")
                .contains("next: plumb series rename Sort.quick Sort.quickSort");
        assertThat(comment).contains("% slower").doesNotContain("plumb accept");
        assertThat(CapturedRun.wide(folder, "incidents").out().replaceAll("\\s+", " "))
                .contains("% slower: plumb series rename Sort.quick Sort.quickSort");
        assertThat(CapturedRun.wide(folder, "explain", "Sort.quick").out().replaceAll("\\s+", " "))
                .containsPattern("it looks renamed to Sort.quickSort, and \\S+ % slower");

        assertThat(CapturedRun.of(folder, "series", "rename", "Sort.quick", "Sort.quickSort")
                        .exitCode())
                .isZero();
        JsonNode judged = check(slower);
        assertThat(missing(judged)).isEmpty();
        assertThat(judged.path("findings").get(0).path("verdict").asString()).isEqualTo("REGRESSED");
    }

    @Test
    void a_benchmark_that_came_in_another_unit_says_what_there_is_instead() throws Exception {
        history(SUITE);
        Path table = Path.of(file(commit(), "main", SUITE));
        String rows = Files.readString(table);
        Files.writeString(
                table, rows.replaceAll("\"Sort.quick\",,time,ms,lower,", "\"Sort.quick\",,throughput,MB/s,higher,"));

        CapturedRun check = CapturedRun.wide(folder, "check", "run.csv");
        JsonNode missing = PlantedSuite.json(CapturedRun.of(folder, "report", "--json"))
                .path("missing")
                .get(0);

        assertThat(check.exitCode()).as("it is there and cannot be compared").isEqualTo(3);
        assertThat(check.out())
                .startsWith("HOLD  1 changed its unit · 3 unchanged\n")
                .contains("Sort.quick: unit changed from ms to MB/s (direction turned round), time is now throughput")
                .contains(
                        "new unit intended: plumb accept " + missing.path("id").asString() + " --reason WHY");
        assertThat(missing.path("unit").toString())
                .isEqualTo("{\"metric\":\"throughput\",\"before\":\"ms\",\"now\":\"MB/s\",\"turned\":true}");

        Files.writeString(table, rows.replaceAll("\"Sort.quick\",,time,ms,", "\"Sort.quick\",,wall,us,"));
        assertThat(CapturedRun.wide(folder, "check", "--dry-run", "--commit", commit(), "run.csv")
                        .out())
                .as("another name alone is no other unit")
                .contains("time is missing from 1 benchmark, since commit ", ": Sort.quick\n")
                .doesNotContain("unit changed");
    }

    @Test
    void a_renaming_that_nobody_joined_is_remembered_beside_a_later_deletion() throws Exception {
        history(SUITE);
        check(with(without("Sort.quick"), Bench.of("Sort.fast", 7)));
        List<Bench> later = List.of(
                new Bench("Codec.parse", "20", 100),
                new Bench("Codec.parse", "200", 1000),
                Bench.of("Sort.fast", 9)); // slower than it was when it came

        JsonNode report = check(later);
        String text = CapturedRun.wide(folder, "check", "run.csv").out();
        String ci = CapturedRun.wide(folder, "report", "--kind", "ci").out();
        String incidents = CapturedRun.wide(folder, "incidents").out().replaceAll("\\s+", " ");

        assertThat(missing(report)).containsExactly("Codec.format", "Sort.quick");
        assertThat(report.path("missing").get(1).path("renamed").path("command").asString())
                .isEqualTo("plumb series rename Sort.quick Sort.fast");
        assertThat(text)
                .startsWith("FAIL  1 missing · 1 looks renamed · ")
                .contains("Sort.quick looks renamed to Sort.fast", "Codec.format is missing from this run")
                .containsPattern("next: plumb series rename Sort.quick Sort.fast · removed on purpose:"
                        + " plumb accept [0-9a-f]{12}-missing --reason WHY · all");
        assertThat(ci).contains("1 benchmark is missing: run the missing benchmarks");
        assertThat(incidents)
                .contains("it looks renamed to Sort.fast: plumb series rename Sort.quick Sort.fast, or if removed");
    }

    @Test
    void what_is_missing_is_explained_as_missing_and_its_hint_can_be_copied() throws Exception {
        history(SUITE);
        check(without("Codec.parse"));

        CapturedRun text = CapturedRun.wide(folder, "check", "--dry-run", "run.csv");
        CapturedRun explained = CapturedRun.wide(folder, "explain", "Codec.parse {items=20}");
        CapturedRun listed = CapturedRun.wide(folder, "explain");
        CapturedRun before = CapturedRun.wide(folder, "explain", "Codec.format");

        assertThat(text.out().replaceAll("\\s+", " ")).contains("≠ Codec.parse {items=200} is missing from this run");
        assertThat(explained.exitCode()).as(explained.err()).isZero();
        assertThat(explained.out())
                .startsWith("Codec.parse {items=20}\nMissing: earlier runs measured it, this run did not\n")
                .contains("gate      fails: Codec.parse {items=20} is missing from this run")
                .containsPattern("If it was removed on purpose: plumb accept [0-9a-f]{12}-missing --reason WHY")
                .doesNotContain("Unchanged");
        assertThat(listed.out()).containsPattern("missing +Codec.parse");
        assertThat(before.out()).startsWith("Codec.format · time\n").doesNotContain("Missing");
        String id = explained.out().replaceAll("(?s).*plumb accept ([0-9a-f]{12}-missing) .*", "$1");
        assertThat(CapturedRun.of(folder, "accept", id, "--reason", "gone").exitCode())
                .isZero();
        assertThat(CapturedRun.of(folder, "check", "run.csv").exitCode())
                .as("the other one")
                .isEqualTo(1);
        assertThat(CapturedRun.of(folder, "accept", "Codec.parse {items=200}", "--reason", "gone")
                        .exitCode())
                .isZero();
        assertThat(CapturedRun.of(folder, "check", "run.csv").exitCode()).isZero();
    }

    @Test
    void a_renaming_without_a_history_names_where_it_can_be_said() throws Exception {
        CapturedRun renamed = CapturedRun.of(folder, "series", "rename", "Codec.parse", "Codec.read");

        assertThat(renamed.exitCode()).isEqualTo(2);
        String line = "aliases: {benchmarks: {\"Codec.parse\": \"Codec.read\"}}";
        assertThat(renamed.err().replaceAll("\\s+", " "))
                .contains("record a renaming where the history is kept", "or share it in plumbline.yaml: " + line)
                .doesNotContain("plumb record");
        history(SUITE);
        List<Bench> now =
                with(without("Codec.parse"), new Bench("Codec.read", "20", 100), new Bench("Codec.read", "200", 1000));
        assertThat(gate(check(now))).isEqualTo("CLOSED");
        Files.writeString(folder.resolve("plumbline.yaml"), line + "\n");
        assertThat(gate(PlantedSuite.json(CapturedRun.of(folder, "check", "--json", "run.csv"))))
                .isEqualTo("OPEN");
    }

    /** What a shell makes of the line. */
    private List<String> words(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "printf '%s\\n' " + command)
                .directory(folder.toFile())
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    @Test
    void a_deletion_beside_a_new_benchmark_of_another_level_is_no_renaming() throws Exception {
        history(SUITE);

        JsonNode report = check(with(without("Sort.quick"), Bench.of("Sort.radix", 21)));

        assertThat(missing(report)).containsExactly("Sort.quick");
        assertThat(report.path("missing").get(0).has("renamed")).isFalse();
    }

    @Test
    void a_run_that_measured_other_things_alone_misses_all_until_most_recent_runs_are_like_it() throws Exception {
        history(SUITE);
        List<Bench> other = List.of(Bench.of("Net.get", 1), Bench.of("Net.put", 2));

        for (int run = 0; run < 3; run++) {
            JsonNode report = check(other);
            assertThat(missing(report)).as("run %d", run).hasSize(4);
            assertThat(gate(report)).isEqualTo("CLOSED");
        }
        assertThat(missing(check(other))).isEmpty();
    }

    @Test
    void a_commit_with_a_clock_that_is_behind_misses_what_vanished_as_any_other() throws Exception {
        git("init", "-q", "-b", "main", ".");
        for (int run = 0; run < RUNS; run++) {
            CapturedRun.of(folder, "record", file(committed("m" + run), "main", SUITE));
        }
        day -= RUNS + 2;
        String commit = committed("written on a machine whose clock is behind");
        List<Bench> renamed = with(without("Sort.quick"), Bench.of("Sort.fastest", 7));

        JsonNode others = PlantedSuite.json(CapturedRun.of(
                folder, "check", "--dry-run", "--json", file(commit, "main", List.of(Bench.of("Net.get", 1)))));
        JsonNode report = PlantedSuite.json(CapturedRun.of(folder, "check", "--json", file(commit, "main", renamed)));

        assertThat(missing(others)).hasSize(4);
        assertThat(gate(others)).isEqualTo("CLOSED");
        assertThat(missing(report)).hasSize(1);
        assertThat(report.path("missing").get(0).has("renamed")).isTrue();
    }

    @Test
    void a_second_suite_in_turn_with_the_first_misses_nothing() throws Exception {
        history(SUITE);
        List<Bench> other = List.of(Bench.of("Net.get", 1), Bench.of("Net.put", 2));

        for (int run = 0; run < 2; run++) {
            String commit = commit();
            for (List<Bench> suite : List.of(SUITE, other)) {
                JsonNode report =
                        PlantedSuite.json(CapturedRun.of(folder, "check", "--json", file(commit, "main", suite)));
                assertThat(missing(report)).isEmpty();
                assertThat(gate(report)).isEqualTo("OPEN");
            }
        }
    }
}
