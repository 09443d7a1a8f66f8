package dev.plumbline.cli.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.CapturedRun;
import dev.plumbline.cli.option.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Names that change as a shell sees them. */
class SeriesCommandTest {
    @TempDir
    private Path folder;

    private CapturedRun plumb(String... arguments) {
        CapturedRun run = CapturedRun.of(folder, arguments);
        assertThat(run.err()).doesNotContain("\tat ", "internal error");
        assertThat(run.out()).doesNotContain("\u001b");
        return run;
    }

    private JsonNode json(String... arguments) {
        CapturedRun run = plumb(arguments);
        assertThat(run.err()).isEmpty();
        return JsonMapper.builder().build().readTree(run.out());
    }

    private String results(String benchmark, String unit, int from, int to, double factor) throws IOException {
        StringBuilder text = new StringBuilder("benchmark,metric,value,unit,commit,commit_time,environment\n");
        for (int i = from; i < to; i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s,time,%s,%s,c%d,2026-01-%02dT00:00:00Z,lab%n",
                    benchmark,
                    factor * (100 + 0.1 * (i * 7 % 11)),
                    unit,
                    i,
                    i + 1));
        }
        return Files.writeString(folder.resolve(benchmark + from + ".csv"), text.toString())
                .toString();
    }

    @BeforeEach
    void twelveRunsUnderTheOldName() throws IOException {
        plumb("record", results("old", "ms", 0, 12, 1));
    }

    private int points(String benchmark) {
        JsonNode series = json("history", benchmark, "--json").get("series");
        assertThat(series.size()).isEqualTo(1);
        return series.get(0).get("points").size();
    }

    @Test
    void a_regression_is_found_across_a_renaming_and_not_without_it() throws IOException {
        CapturedRun apart = plumb("check", results("new", "ms", 12, 13, 1.5));
        assertThat(apart.out()).contains("old is missing from this run").doesNotContain("regression");
        assertThat(plumb("series", "rename", "old", "new", "--by", "ann", "--reason", "clearer")
                        .out())
                .isEqualTo(
                        "renamed benchmark old -> new; 1 series has the name new; undo it with plumb series undo 1\n");
        assertThat(points("new")).isEqualTo(13);
        assertThat(points("old")).isEqualTo(13);
        CapturedRun check = plumb("check", results("new", "ms", 12, 13, 1.51));
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out()).contains("new");
        assertThat(points("old")).isEqualTo(14);
    }

    @Test
    void the_name_that_tables_show_means_the_benchmark_to_every_command_on_series() throws IOException {
        String table = """
                benchmark,param:n,param:mode,metric,unit,value,commit
                org.B.read,1,avgt,time,ms,5,abcdef01
                org.B.read,2,avgt,time,ms,6,abcdef01
                """;
        plumb("record", Files.writeString(folder.resolve("table.csv"), table).toString());

        assertThat(plumb("history", "B.read {n=2}").out()).contains("org.B.read {mode=avgt, n=2} · time");
        assertThat(plumb("series", "rename", "B.read {n=2}", "B.get").out())
                .isEqualTo("renamed benchmark org.B.read {mode=avgt, n=2} -> org.B.get {mode=avgt, n=2};"
                        + " 1 series has the name org.B.get {mode=avgt, n=2}; undo it with plumb series undo 1\n");
        assertThat(plumb("series", "merge", "B.get {n=2}", "B.read").out())
                .contains("merged benchmark org.B.get {mode=avgt, n=2} -> org.B.read {mode=avgt, n=1}");
        plumb("series", "undo");
        plumb("series", "undo");
        assertThat(plumb("series", "rename", "*.read", "org.B.fetch").out())
                .contains("renamed benchmark org.B.read -> org.B.fetch", "2 series have the name org.B.fetch");
        assertThat(plumb("series", "rename", "B.fetch", "net.C.fetch").out()).contains("org.B.fetch -> net.C.fetch");
        CapturedRun several = plumb("series", "rename", "C.fetch {mode=avgt}", "C.get");
        assertThat(several.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(several.err())
                .contains("C.fetch {mode=avgt} is 2 benchmarks: net.C.fetch {mode=avgt, n=1}, net.C.fetch {mode=avgt,"
                        + " n=2}; name one of them");
    }

    private String renamed(String old, String name) {
        CapturedRun run = plumb("series", "rename", old, name);
        assertThat(run.err()).isEmpty();
        plumb("series", "undo");
        return run.out().replaceAll("renamed benchmark |; 1 series.*\n", "");
    }

    @Test
    void a_benchmark_is_renamed_by_any_name_that_the_output_shows() throws IOException {
        String table = """
                benchmark,param:items,param:list,param:size,metric,unit,value,commit,environment
                org.x.Bench.parse,200,"[a, b=c]",1,time,ms,5,abcdef01,lab
                org.x.Bench.parse,400,"[a, b=c]",1,time,ms,6,abcdef01,lab
                org.x.Bench.print,400,"[a, b=c]",1,time,ms,6,abcdef01,lab
                org.x.Bench.plain,,,,time,ms,6,abcdef01,lab
                """;
        plumb("record", Files.writeString(folder.resolve("labels.csv"), table).toString());
        String rest = "items=200, list=[a, b=c], size=1}";
        String parse = "org.x.Bench.parse {" + rest;

        assertThat(renamed("Bench.parse {items=200}", "Bench.scan {items=200}"))
                .isEqualTo(parse + " -> org.x.Bench.scan {" + rest);
        assertThat(renamed("parse {items=200}", "scan")).isEqualTo(parse + " -> org.x.Bench.scan {" + rest);
        assertThat(renamed(parse, "net.Scan.all {" + rest)).isEqualTo(parse + " -> net.Scan.all {" + rest);
        assertThat(renamed("parse {items=200} · time", "scan {n=200} · time"))
                .isEqualTo(parse + " -> org.x.Bench.scan {list=[a, b=c], n=200, size=1}");
        assertThat(renamed("…parse {items=200}", "org.x.Bench.scan {items=200}"))
                .isEqualTo(parse + " -> org.x.Bench.scan {" + rest);
        assertThat(renamed("parse {items=200}", "print {items=400}"))
                .isEqualTo(parse + " -> org.x.Bench.print {items=400, list=[a, b=c], size=1}");
        assertThat(renamed("parse {items=200}", "…print")).isEqualTo(parse + " -> org.x.Bench.print {" + rest);
        assertThat(renamed("Bench.print", "Bench.show {items=500}"))
                .isEqualTo("org.x.Bench.print {items=400, list=[a, b=c], size=1} -> org.x.Bench.show {items=500,"
                        + " list=[a, b=c], size=1}");
        assertThat(renamed("Bench.plain", "Bench.fancy {n=1}"))
                .isEqualTo("org.x.Bench.plain -> org.x.Bench.fancy {n=1}");
        String id = json("history", "parse {items=200}", "--json")
                .get("series")
                .get(0)
                .get("series")
                .asString();
        assertThat(renamed(id, "org.x.Bench.scan")).isEqualTo(parse + " -> org.x.Bench.scan {" + rest);
        assertThat(plumb("series", "merge", id, "print {items=400} · time").out())
                .contains("merged benchmark " + parse + " -> org.x.Bench.print {items=400, ");
    }

    @Test
    void a_new_name_that_would_be_read_as_a_part_of_a_name_is_refused() throws IOException {
        String table = """
                benchmark,param:items,metric,unit,value,commit,environment
                org.x.Bench.parse,200,time,ms,5,abcdef01,lab
                org.x.Bench.parse,400,time,ms,6,abcdef01,lab
                """;
        plumb("record", Files.writeString(folder.resolve("labels.csv"), table).toString());

        CapturedRun several = plumb("series", "rename", "Bench.parse", "Bench.scan {items=200}");
        assertThat(several.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(several.err()).contains("Bench.parse is 2 benchmarks", "give the old name with its parameters");
        CapturedRun unreadable = plumb("series", "rename", "Bench.parse {items=200}", "Bench.scan {200}");
        assertThat(unreadable.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(unreadable.err()).contains("not of the form {name=value, …}");
        CapturedRun cut = plumb("series", "rename", "Bench.parse {items=200}", "…Bench.scan {items=200}");
        assertThat(cut.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(cut.err()).contains("give it in full");
        assertThat(plumb("series", "list").out()).isEqualTo("no renamings\n");
    }

    @Test
    void an_established_baseline_is_used_under_the_new_name() throws IOException {
        plumb("baseline", "establish", "--by", "ann");
        plumb("series", "rename", "old", "new");
        assertThat(json("baseline", "show", "--json").toString())
                .contains("\"new\"")
                .doesNotContain("\"old\"");
        CapturedRun check = plumb("check", "--baseline", "default", results("new", "ms", 12, 13, 1.5));
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out()).doesNotContain("no baseline");
    }

    @Test
    void a_renaming_is_listed_and_undone() throws IOException {
        plumb("series", "rename", "old", "new", "--by", "ann", "--reason", "clearer");
        assertThat(plumb("series", "list").out()).contains("old", "new", "ann", "clearer");
        JsonNode row = json("series", "list", "--json").get("renamings").get(0);
        assertThat(row.get("from").asString()).isEqualTo("old");
        assertThat(row.get("source").asString()).isEqualTo("history");
        assertThat(plumb("series", "undo", "1").out()).contains("undid", "1 series has the name old");
        assertThat(plumb("series", "list").out()).isEqualTo("no renamings\n");
        assertThat(plumb("series", "undo").err()).contains("nothing to undo");
    }

    @Test
    void a_merge_needs_benchmarks_that_are_known_and_units_that_can_be_compared() throws IOException {
        plumb("record", results("bytes", "MB", 12, 14, 1));
        plumb("record", results("slow", "s", 14, 16, 0.001));
        assertThat(plumb("series", "merge", "old", "never").err()).contains("no benchmark never");
        CapturedRun refused = plumb("series", "merge", "old", "bytes");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("in ms", "in MB", "nothing was merged");
        assertThat(plumb("series", "merge", "old", "slow").exitCode()).isZero();
        assertThat(points("slow")).isEqualTo(14);
    }

    @Test
    void what_the_history_does_not_know_is_not_renamed_and_what_was_meant_is_told() throws IOException {
        plumb("record", results("org.example.Sort.quick", "ms", 12, 14, 1));

        for (String[] names : new String[][] {
            {"ol", "the history has no benchmark ol; did you mean old?"},
            {"Sort.qui", "the history has no benchmark Sort.qui; did you mean org.example.Sort.quick?"},
            {"*.quicker", "the history has no benchmark *.quicker"},
            {"Sort.quikc", "the history has no benchmark Sort.quikc; did you mean org.example.Sort.quick?"},
            {"zzzzzz", "the history has no benchmark zzzzzz; list them with plumb history"}
        }) {
            CapturedRun refused = plumb("series", "rename", names[0], "new");
            assertThat(refused.exitCode()).as(names[0]).isEqualTo(ExitCode.WRONG);
            assertThat(refused.err()).contains(names[1]);
        }
        CapturedRun metric = plumb("series", "rename", "tiem", "latency", "--metric");
        assertThat(metric.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(metric.err()).contains("the history has no metric tiem; did you mean \"time\"?");
        assertThat(plumb("series", "list").out()).isEqualTo("no renamings\n");
    }

    @Test
    void a_metric_is_renamed_for_every_benchmark() {
        String metric = json("history", "old", "--json")
                .get("series")
                .get(0)
                .get("metric")
                .asString();
        assertThat(plumb("series", "rename", metric, "latency", "--metric").out())
                .contains("renamed metric " + metric + " -> latency");
        assertThat(json("history", "old", "--json")
                        .get("series")
                        .get(0)
                        .get("metric")
                        .asString())
                .isEqualTo("latency");
    }

    @Test
    void aliases_of_the_configuration_hold_like_renamings() throws IOException {
        Files.writeString(
                folder.resolve("plumbline.yaml"), "aliases:\n  benchmarks:\n    \"ol*\": \"com.example.ol*\"\n");
        assertThat(points("com.example.old")).isEqualTo(12);
        assertThat(plumb("series", "list").out()).contains("ol*", "com.example.ol*", "plumbline.yaml");
        Files.writeString(folder.resolve("plumbline.yaml"), "aliases:\n  benchmarks:\n    \"ol*\": \"olo*\"\n");
        CapturedRun wrong = plumb("series", "list");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("plumbline.yaml:3:5", "itself an old name");
    }

    @Test
    void hostile_names_are_shown_escaped() {
        assertThat(plumb("series", "rename", "a\u001b[31m", "b").err()).contains("no benchmark a␛[31m");
        assertThat(plumb("series", "rename", "old", "b\u001b[32m").out()).contains("renamed");
        assertThat(plumb("series", "list").out()).contains("b␛[32m");
        assertThat(plumb("series", "rename", "", "x").exitCode()).isEqualTo(2);
    }

    @Test
    void a_check_judges_the_run_that_stands_for_its_commit() throws IOException {
        plumb("check", results("old", "ms", 12, 13, 1));
        String slower = results("old", "ms", 12, 13, 1.5);
        Files.writeString(folder.resolve("plumbline.yaml"), "reruns: best\n");
        CapturedRun best = plumb("check", slower);
        assertThat(best.exitCode()).isZero();
        assertThat(best.out()).doesNotContain("not comparable");
        assertThat(points("old")).isEqualTo(13);
        Files.writeString(folder.resolve("plumbline.yaml"), "reruns: latest\n");
        assertThat(plumb("check", slower).exitCode()).isEqualTo(1);
        Files.writeString(folder.resolve("plumbline.yaml"), "reruns: pool\n");
        assertThat(points("old")).isEqualTo(14);
    }
}
