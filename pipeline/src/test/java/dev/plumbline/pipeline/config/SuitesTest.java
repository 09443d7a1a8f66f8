package dev.plumbline.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.Roles;
import dev.plumbline.ingest.Format;
import dev.plumbline.measure.Precision;
import dev.plumbline.measure.count.Count;
import dev.plumbline.measure.count.Counting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Suites of the configuration, and what options and defaults make of them. */
class SuitesTest {
    @TempDir
    private Path folder;

    private ConfigFile file;

    @BeforeEach
    void aFile() {
        file = new ConfigFile(folder);
    }

    private MeasuringSettings suite(String keys) throws IOException {
        return file.read("suites:\n  s:\n" + keys.indent(4)).suites().get(0).settings();
    }

    private List<String> mistakes(String keys) {
        return file.mistakes("suites:\n  s:\n" + keys.indent(4));
    }

    @Test
    void every_key_of_a_suite_is_read() throws IOException {
        Configuration read = file.read("""
                suites:
                  commands:
                    tags: [quick, cpu]
                    shell: ["./a {n}", "./b {mode}"]
                    name: [one, two]
                    parameters: {n: [1, 10], mode: fast}
                    prepare: rm -f cache
                    cleanup: "true"
                    ignore-failure: true
                    build: make -s
                    artifact: [bin/a, lib]
                    precision: 0.5 %
                    min-runs: 3
                    max-runs: 30
                    min-time: 2 s
                    warmup: 0
                    budget: 2 min
                    limit: 30 s
                    seed: 0
                  sorting:
                    tags: cpu
                    jmh: target/benchmarks.jar
                    options: -wi 3  -i 5
                    benchmark: [Sort, Search]
                  forks:
                    java: target/classes
                    trials: 30
                    warmup-trials: 0
                    batch: 100
                    runs: 7
                  file:
                    command: [./measure, "with blank"]
                    result: out.json
                    format: jmh-json
                """);

        assertThat(read.suites())
                .extracting(ConfiguredSuite::name)
                .containsExactly("commands", "sorting", "forks", "file");
        ConfiguredSuite commands = read.suites().get(0);
        assertThat(commands.tags()).containsExactly("quick", "cpu");
        assertThat(commands.folder()).isEqualTo(folder);
        MeasuringSettings.What what = commands.settings().what();
        assertThat(what.lines()).containsExactly("./a {n}", "./b {mode}");
        assertThat(what.names()).containsExactly("one", "two");
        assertThat(what.words()).isEmpty();
        assertThat(what.reported()).isEqualTo("./a {n}; ./b {mode}");
        MeasuringSettings.Around around = commands.settings().around();
        assertThat(around.parameters()).isEqualTo(Map.of("n", List.of("1", "10"), "mode", List.of("fast")));
        assertThat(around.prepare()).contains("rm -f cache");
        assertThat(around.cleanUp()).contains("true");
        assertThat(around.anyExitCode()).contains(true);
        assertThat(around.build().line()).contains("make -s");
        assertThat(around.build().artifacts()).containsExactly("bin/a", "lib");
        MeasuringSettings.Length length = commands.settings().length();
        assertThat(length.precision()).contains(0.005);
        assertThat(length.fewest()).contains(3);
        assertThat(length.most()).contains(30);
        assertThat(length.shortest()).contains(Duration.ofSeconds(2));
        assertThat(length.warmUps()).contains(0);
        assertThat(length.budget()).contains(Duration.ofMinutes(2));
        assertThat(length.limit()).contains(Duration.ofSeconds(30));
        assertThat(length.seed()).contains(0L);

        MeasuringSettings sorting = read.suites().get(1).settings();
        assertThat(sorting.what().jar()).contains("target/benchmarks.jar");
        assertThat(sorting.what().words()).as("cut at blanks").containsExactly("-wi", "3", "-i", "5");
        assertThat(sorting.what().include()).containsExactly("Sort", "Search");
        assertThat(sorting.what().reported()).isEqualTo("JMH: target/benchmarks.jar");
        MeasuringSettings forks = read.suites().get(2).settings();
        assertThat(forks.what().classPath()).contains("target/classes");
        assertThat(forks.length().trials()).contains(30);
        assertThat(forks.length().warmUpTrials()).contains(0);
        assertThat(forks.length().batch()).contains(100);
        assertThat(forks.length().runs()).contains(7);
        MeasuringSettings result = read.suites().get(3).settings();
        assertThat(result.what().words()).containsExactly("./measure", "with blank");
        assertThat(result.what().result()).contains("out.json");
        assertThat(result.what().format()).contains(Format.withId("jmh-json").orElseThrow());
    }

    @Test
    void a_counted_suite_needs_two_executions_and_what_it_names_is_primary() throws IOException {
        Configuration read = file.read("""
                suites:
                  s: {command: ./solve, count: [instructions, cycles], counter: valgrind}
                """);
        MeasuringSettings counted = read.suites().get(0).settings();
        SeriesKey cycles = new SeriesKey(Benchmark.of("a"), "modelled-cycles", "e", "main");
        SeriesKey branches = new SeriesKey(Benchmark.of("a"), "branch-instructions", "e", "main");
        SeriesKey instructions = new SeriesKey(Benchmark.of("a"), "instructions", "e", "main");

        assertThat(counted.what().counting())
                .contains(new Counting(
                        List.of(Count.INSTRUCTIONS, Count.CYCLES), Optional.of(Counting.Counter.VALGRIND)));
        assertThat(counted.rounds().precision().fewest()).isEqualTo(2);
        assertThat(counted.rounds().precision().shortest()).isZero();
        assertThat(counted.rounds().warmUps()).isZero();
        assertThat(suite("command: a").rounds().precision().fewest()).isEqualTo(10);
        Map<SeriesKey, Roles.Decision> roles = read.roles().among(List.of(cycles, branches, instructions));
        assertThat(roles.get(cycles).role()).isEqualTo(Role.PRIMARY);
        assertThat(roles.get(branches).role()).isEqualTo(Role.SECONDARY);
        assertThat(roles.get(instructions).role()).isEqualTo(Role.PRIMARY);
        assertThat(MeasuringSettings.NOTHING.over(counted).what().counting())
                .isEqualTo(counted.what().counting());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        tags: a                                        | 3:5: suites.s needs one of the keys command, shell, jmh, java
        command: a;shell: b                            | suites.s needs one of the keys command, shell, jmh, java, \
        not command and shell
        jmh: a.jar;java: b                             | not jmh and java
        command: a;options: -x                         | 4:5: suites.s.options are for JMH or Java; put a command's \
        options
        shell: [a, b];result: r.json                   | 4:5: suites.s.result needs one command that writes the file
        jmh: a.jar;result: r.json                      | 4:5: suites.s.result needs one command
        command: run;parameters: {n: 1}                | 4:5: suites.s.parameters: no command uses n; write {n} \
        where its
        command: run;runs: 3;precision: 1 %            | 4:5: suites.s has either runs or a precision, not both
        command: run;runs: 0                           | 4:11: suites.s.runs: "0" is not a whole number from 1 to \
        1000000
        command: run;warmup: -1                        | 4:13: suites.s.warmup: "-1" is not a whole number from 0 to
        command: run;ignore-failure: maybe             | suites.s.ignore-failure: "maybe" must be one of true, false
        command: run;format: jmh-jsn                   | unknown format; list the formats with plumb formats
        command: run;wramup: 3                         | 4:5: unknown key "wramup" in suites.s; did you mean "warmup"?
        command: run;budget: 5                         | 4:13: suites.s.budget: "5" is not a duration
        command: run;precision: 0                      | is not between 0 % and 100 %
        command: run;batch: 1000000000                 | is not a whole number from 1 to 999999999
        command: run;count: loops                      | suites.s.count: "loops" must be one of instructions, branches
        command: run;counter: perf                     | 4:5: suites.s.counter has no effect without count
        command: run;count: cycles;counter: perf       | 5:5: suites.s.counter: cycles are modelled by Valgrind
        java: a;count: instructions                    | 4:5: suites.s.count is for commands and JMH jars
        command: run;result: r;count: instructions     | suites.s.count is for commands and JMH jars
        command: ""                                    | 3:14: suites.s.command: the text is blank
        shell: {a: b}                                  | 3:12: suites.s.shell must be a single value, not a map
        command: [run, [x]]                            | suites.s.command must be a single value, not a list
        """)
    void a_mistake_in_a_suite_is_reported_with_its_place(String keys, String message) {
        assertThat(mistakes(keys.replace(';', '\n')))
                .anySatisfy(mistake -> assertThat(mistake).contains(message));
    }

    @Test
    void a_suite_is_a_map_and_so_are_all_of_them() {
        assertThat(file.mistakes("suites: [a]\n")).containsExactly("1:9: suites must be a map of keys, not a list");
        assertThat(file.mistakes("suites:\n  s: run\n")).contains("2:6: suites.s must be a map of keys, not one value");
    }

    // ---- options over a suite

    @Test
    void options_win_over_a_suite_and_what_they_do_not_give_is_the_suites() throws IOException {
        MeasuringSettings options = suite("command: x {n} {m}\nparameters: {n: 5, m: 1}\nwarmup: 2\nseed: 9");
        options = new MeasuringSettings(MeasuringSettings.NOTHING.what(), options.around(), options.length());

        MeasuringSettings both = options.over(suite(
                "command: ./solve {n} {o}\nparameters: {n: [1, 2], o: 7}\nwarmup: 8\nprecision: 2 %\nlimit: 9 s"));

        assertThat(both.what().words()).containsExactly("./solve", "{n}", "{o}");
        assertThat(both.around().parameters())
                .isEqualTo(Map.of("n", List.of("5"), "m", List.of("1"), "o", List.of("7")));
        assertThat(both.length().warmUps()).contains(2);
        assertThat(both.length().precision()).contains(0.02);
        assertThat(both.limit()).isEqualTo(Duration.ofSeconds(9));
        assertThat(both.seed()).isEqualTo(9);
    }

    @Test
    void a_precision_of_an_option_takes_back_the_number_of_runs_of_a_suite() throws IOException {
        MeasuringSettings suite = suite("command: run\nruns: 20");
        MeasuringSettings precise = new MeasuringSettings(
                MeasuringSettings.NOTHING.what(),
                MeasuringSettings.NOTHING.around(),
                suite("command: run\nprecision: 1 %").length());

        assertThat(precise.over(suite).length().runs()).isEmpty();
        assertThat(MeasuringSettings.NOTHING.over(suite).length().runs()).contains(20);
    }

    @Test
    void what_is_measured_is_named_once() throws IOException {
        MeasuringSettings command = suite("command: run");
        MeasuringSettings jmh = suite("jmh: a.jar\noptions: -f 1");

        for (MeasuringSettings other : List.of(suite("shell: b"), suite("jmh: b.jar"), suite("java: b"))) {
            assertThatThrownBy(() -> other.over(command))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a suite defines what to measure");
        }
        assertThatThrownBy(() -> command.over(command))
                .hasMessageContaining("a suite defines its command; after --, give only options for JMH or Java");
        assertThat(command.over(jmh).what().words()).as("options of the tool").containsExactly("run");
        assertThat(MeasuringSettings.NOTHING.over(jmh)).isEqualTo(jmh);
    }

    // ---- defaults

    @Test
    void a_command_runs_ten_times_and_three_seconds_at_least_and_warms_up_once() throws IOException {
        MeasuringSettings settings = suite("command: run");

        assertThat(settings.rounds().precision()).isEqualTo(new Precision(0.01, 0.95, 10, 1000, Duration.ofSeconds(3)));
        assertThat(settings.rounds().warmUps()).isEqualTo(1);
        assertThat(settings.budget()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.limit()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.seed()).isEqualTo(1);
    }

    @Test
    void a_fork_runs_three_times_at_least_and_warms_up_by_itself() throws IOException {
        MeasuringSettings settings = suite("java: target/classes");

        assertThat(settings.rounds().precision()).isEqualTo(new Precision(0.01, 0.95, 3, 1000, Duration.ZERO));
        assertThat(settings.rounds().warmUps()).isZero();
        assertThat(settings.fork().trials()).isEmpty();
    }

    @Test
    void a_command_that_measures_by_itself_needs_no_shortest_time() throws IOException {
        assertThat(suite("command: run\nresult: r.json").rounds().precision().shortest())
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void the_fewest_runs_are_never_more_than_the_most_and_a_number_of_runs_is_exact() throws IOException {
        assertThat(suite("command: run\nmax-runs: 4").rounds().precision().fewest())
                .isEqualTo(4);
        assertThat(suite("command: run\nmin-runs: 5000").rounds().precision().most())
                .isEqualTo(5000);
        assertThat(suite("command: run\nruns: 7").rounds().precision()).isEqualTo(Precision.exactly(7));
        assertThatThrownBy(() -> suite("command: run\nmin-runs: 9\nmax-runs: 4").rounds())
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ---- names and values

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        shell: [a, b];name: [x]           | ''
        shell: [a, b];name: [x, y]        | ''
        shell: [a, b];name: [x, y, z]     | no command is named z; there are 2 commands and 3 names
        command: a;name: [x, y]           | no command is named y; there is 1 command and 2 names
        jmh: a.jar;name: x                | no command is named x; the results contain the benchmark names
        command: a;result: r;name: x      | no command is named x; the results contain the benchmark names
        """)
    void a_name_that_no_command_has_is_found(String keys, String message) throws IOException {
        assertThat(suite(keys.replace(';', '\n')).surplusName())
                .isEqualTo(message.isEmpty() ? Optional.empty() : Optional.of(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        shell: [a, b]                     | ''
        shell: [a, a]                     | two commands are named a; give each its own name with --name
        shell: [a, a];name: [x]           | ''
        shell: [a, b];name: [x, x]        | two commands are named x; give each its own name with --name
        command: a {n};parameters: {n: [1, 2, 1]} | parameter n has the value 1 twice
        """)
    void what_would_be_measured_twice_under_one_name_is_found(String keys, String message) throws IOException {
        assertThat(suite(keys.replace(';', '\n')).repetition())
                .isEqualTo(message.isEmpty() ? Optional.empty() : Optional.of(message));
    }

    @Test
    void a_parameter_has_its_place_in_any_word_and_forks_have_theirs_themselves() throws IOException {
        assertThat(suite("command: [run, \"--n={n}\"]\nparameters: {n: 1}").unplacedParameter())
                .isEmpty();
        assertThat(suite("jmh: a.jar\nparameters: {n: 1}").unplacedParameter()).isEmpty();
    }
}
