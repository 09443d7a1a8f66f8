package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MissingWordsTest {
    private static final String NOWHERE = " (no result of this run has it: measure with the option that records it)";

    private static final Missing GONE = Missing.benchmark(Examples.key("Sort.merge", "time"));
    private static final Missing METRIC = Missing.metric(Examples.key("Sort.quick", "p99"));

    private static Missing renamed(String benchmark, String to, String from, String into) {
        return new Missing(
                Examples.key(benchmark, "time"), true, Optional.of(new Missing.Renamed(Benchmark.of(to), from, into)));
    }

    private static Missing renamed(String from, String to) {
        return renamed(from, to, from, to);
    }

    private static Missing inMode(String benchmark, String before, String now) {
        return Missing.benchmark(Examples.key(benchmark, "time"))
                .measured(Optional.of(new Missing.OtherMode(Benchmark.of(benchmark), before, now)));
    }

    private static Report check(Missing... missing) {
        return Situation.with(GatePolicy.DEFAULT, List.of(Situation.unchanged("Other")), List.of(missing));
    }

    private static Report comparison(Missing... missing) {
        return Situation.compared(check(missing));
    }

    private static List<String> words(Report report) {
        return MissingWords.of(report).stream().map(MissingWords.Line::words).toList();
    }

    @Test
    void where_nothing_is_missing_there_is_nothing_to_do() {
        assertThat(MissingWords.of(check())).isEmpty();
        assertThat(MissingWords.lines(check())).isEmpty();
        assertThat(MissingWords.steps(check())).isEmpty();
        assertThat(MissingWords.count(check())).isEmpty();
    }

    @Test
    void a_benchmark_that_is_gone_is_its_name() {
        MissingWords.Line line = MissingWords.of(check(GONE)).get(0);

        assertThat(line).isEqualTo(new MissingWords.Line("Sort.merge", List.of(), Optional.empty(), true, ""));
        assertThat(MissingWords.of(GONE, check(GONE)))
                .isEqualTo("Sort.merge is missing: earlier runs measured it, this run did not");
    }

    @Test
    void a_benchmark_that_is_gone_in_two_environments_is_one() {
        Report one = check(GONE, Missing.benchmark(in("lab", GONE.key())));
        Report both = new Report(
                one.version(),
                one.kind(),
                List.of(one.candidates().get(0), inLab(one.candidates().get(0))),
                one.base(),
                one.findings(),
                one.missing(),
                one.gate(),
                one.problems(),
                one.notes(),
                one.policy(),
                one.odd(),
                one.context(),
                one.authors());

        assertThat(words(both)).containsExactly("Sort.merge in " + GONE.key().environment() + " and lab");
        assertThat(MissingWords.count(both)).isEqualTo("1 benchmark is missing");
        assertThat(Headline.of(both)).contains("1 missing");
    }

    private static SeriesKey in(String environment, SeriesKey key) {
        return new SeriesKey(key.benchmark(), key.metric(), environment, key.branch());
    }

    private static RunInfo inLab(RunInfo run) {
        RunHeader header = run.header();
        return new RunInfo(
                "2".repeat(64), header.withEnvironment(header.environment().named("lab")));
    }

    @Test
    void a_metric_is_one_line_with_all_benchmarks_that_lack_it() {
        Missing other = Missing.metric(Examples.key("Sort.heap", "p99"));
        Missing another = Missing.metric(Examples.key("Sort.heap", "p50"));

        assertThat(MissingWords.lines(check(METRIC)))
                .containsExactly("p99 is missing from 1 benchmark" + NOWHERE + ": Sort.quick");
        assertThat(MissingWords.lines(check(METRIC, other, another)))
                .containsExactly(
                        "p50 is missing from 1 benchmark" + NOWHERE + ": Sort.heap",
                        "p99 is missing from 2 benchmarks" + NOWHERE + ": Sort.heap, Sort.quick");
        assertThat(MissingWords.of(METRIC, check(METRIC))).startsWith("p99 of Sort.quick is missing: ");
    }

    @Test
    void a_benchmark_that_looks_renamed_has_its_new_name_and_the_command_that_joins_them() {
        Missing one = renamed("Sort.quick", "Sort.fast");

        assertThat(MissingWords.lines(check(one)))
                .containsExactly(
                        "Sort.quick looks renamed to Sort.fast; to join the two: plumb series rename Sort.quick"
                                + " Sort.fast");
        assertThat(MissingWords.why(one, check(one)))
                .isEqualTo("earlier runs measured it, this run did not; it looks renamed to Sort.fast: plumb series"
                        + " rename Sort.quick Sort.fast");
    }

    @Test
    void of_a_benchmark_that_looks_renamed_and_has_another_level_the_difference_is_told() {
        Missing slower = moved("Sort.quick", 0.309, "time", "ms", Better.LOWER);
        Missing slowest = moved("Sort.quick", 0.4, "time", "ms", Better.LOWER);
        Missing larger = moved("Sort.quick", -0.2, "memory", "B", Better.LOWER);

        assertThat(words(check(slower)))
                .containsExactly("Sort.quick looks renamed to Sort.quickSort, and 30.9 % slower");
        assertThat(MissingWords.why(larger, check(larger)))
                .contains("it looks renamed to Sort.quickSort, and memory 20.0 % smaller: plumb series rename");
        assertThat(MissingWords.moved(List.of(slower, slowest))).isEqualTo(", one 40.0 % slower");
        assertThat(MissingWords.moved(List.of(renamed("Sort.quick", "Sort.quickSort"))))
                .isEmpty();
    }

    private static Missing moved(String from, double change, String metric, String unit, Better better) {
        return new Missing(
                Examples.key(from, "time"),
                true,
                Optional.of(new Missing.Renamed(
                        Benchmark.of(from + "Sort"),
                        from,
                        from + "Sort",
                        Optional.of(new Missing.Moved(metric, change, Unit.of(unit), better)))));
    }

    @Test
    void names_that_a_shell_would_read_are_quoted_in_the_command() {
        assertThat(MissingWords.lines(check(renamed("it's $HOME", "-rf *"))))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("it's $HOME looks renamed to -rf *; to join the two: plumb series rename -- ")
                        .endsWith("'it'\\''s $HOME' '-rf *'"));
    }

    @Test
    void a_comparison_has_no_history_in_which_to_join_names() {
        Missing one = renamed("Sort.quick", "Sort.fast");

        assertThat(MissingWords.lines(comparison(one))).containsExactly("Sort.quick looks renamed to Sort.fast");
        assertThat(MissingWords.why(one, comparison(one))).endsWith("; it looks renamed to Sort.fast");
        assertThat(MissingWords.steps(comparison(one)))
                .containsExactly("If it was renamed: give it the same name on both sides, or compare with --on-missing"
                        + " pass.");
    }

    @Test
    void benchmarks_renamed_alike_are_one_line_by_their_common_names() {
        List<Missing> some = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            some.add(renamed("Sort.quick" + i, "Order.quick" + i, "Sort", "Order"));
        }

        assertThat(MissingWords.lines(check(some.toArray(Missing[]::new))))
                .containsExactly("Sort looks renamed to Order (3 benchmarks); to join the two: plumb series rename Sort"
                        + " Order");
    }

    @Test
    void a_benchmark_in_another_mode_has_both_modes() {
        Missing one = inMode("Sort.quick", "avgt", "thrpt");

        assertThat(words(check(one)))
                .containsExactly("Sort.quick changed its mode, avgt → thrpt: another quantity, which is not compared");
        assertThat(MissingWords.of(one, check(one)))
                .isEqualTo(
                        "Sort.quick is missing: earlier runs measured it, this run did not; it changed its mode, avgt"
                                + " → thrpt: another quantity, which is not compared");
        assertThat(MissingWords.steps(check(one)))
                .containsExactly(
                        "To compare, measure Sort.quick in mode avgt; if the new mode is intended: plumb accept "
                                + one.id() + " --reason WHY.");
    }

    @Test
    void renamed_ones_come_first_then_benchmarks_then_metrics() {
        assertThat(words(check(METRIC, GONE, inMode("B", "avgt", "ss"), renamed("A", "Z"))))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("A looks renamed to Z"),
                        second -> assertThat(second).startsWith("B changed its mode"),
                        third -> assertThat(third).isEqualTo("Sort.merge"),
                        fourth -> assertThat(fourth).isEqualTo("p99 is missing from 1 benchmark" + NOWHERE));
    }

    @ParameterizedTest(name = "{0} benchmarks, {1} metrics")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 | ''",
                "1 | 0 | 1 benchmark is missing",
                "2 | 0 | 2 benchmarks are missing",
                "0 | 1 | 1 primary metric was not measured",
                "0 | 2 | 2 primary metrics were not measured",
                "1 | 1 | 1 benchmark is missing, and 1 primary metric was not measured",
                "1200 | 3 | 1,200 benchmarks are missing, and 3 primary metrics were not measured",
            })
    void benchmarks_and_metrics_are_counted_apart(int benchmarks, int metrics, String words) {
        List<Missing> missing = new ArrayList<>();
        for (int i = 0; i < benchmarks; i++) {
            missing.add(Missing.benchmark(Examples.key("b" + i, "time")));
        }
        for (int i = 0; i < metrics; i++) {
            missing.add(Missing.metric(Examples.key("m" + i, "p99")));
        }

        assertThat(MissingWords.count(check(missing.toArray(Missing[]::new)))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ms | MB/s | true | Sort.merge: unit changed from ms to MB/s (direction turned round), p99 is now rate",
                "ms | B | false | Sort.merge: unit changed from ms to B, p99 is now rate",
                "'' | ms | false | Sort.merge: unit changed from a bare number to ms, p99 is now rate",
                "ms | ms | true | Sort.merge: direction turned round, p99 is now rate",
            })
    void a_metric_in_another_unit_is_told_with_both_units_and_the_way_to_say_it_is_meant(
            String before, String now, boolean isTurned, String words) {
        Missing one = Missing.metric(Examples.key("Sort.merge", "p99"))
                .inUnit(new Missing.OtherUnit("rate", Unit.of(before), Unit.of(now), isTurned));

        assertThat(MissingWords.lines(check(one))).containsExactly(words);
        assertThat(MissingWords.accept(one, "", 1))
                .isEqualTo("new unit intended: plumb accept " + one.id() + " --reason WHY");
        assertThat(MissingWords.steps(check(one)))
                .containsExactly("To compare, measure Sort.merge in " + (before.isEmpty() ? "a bare number" : before)
                        + " as before; if the new unit is intended: plumb accept " + one.id() + " --reason WHY.");
    }

    @Test
    void a_metric_that_changed_its_unit_and_kept_its_name_is_not_said_to_have_another_one() {
        Missing one = Missing.metric(Examples.key("Sort.merge", "p99"))
                .inUnit(new Missing.OtherUnit("p99", Unit.of("ms"), Unit.of("B"), false));

        assertThat(MissingWords.lines(check(one))).containsExactly("Sort.merge: unit changed from ms to B");
    }

    @Test
    void what_is_gone_is_measured_again_or_accepted() {
        assertThat(MissingWords.steps(check(GONE, METRIC)))
                .containsExactly(
                        "1 benchmark is missing, and 1 primary metric was not measured: run the missing benchmarks and"
                                + " check again.",
                        "If it was removed on purpose: plumb accept " + GONE.id()
                                + " --reason WHY (accepts 1 of the 2);"
                                + " otherwise it is no longer expected once most of the newest 5 commits before it lack it.");
        assertThat(MissingWords.steps(comparison(GONE)))
                .containsExactly("1 benchmark is missing: run the missing benchmarks and compare again.");
    }

    @Test
    void what_was_renamed_is_joined_in_the_history_or_in_the_configuration() {
        assertThat(MissingWords.steps(check(renamed("Sort.quick", "Sort.fast"))))
                .containsExactly(
                        "If it was renamed: plumb series rename Sort.quick Sort.fast where the history is kept, then"
                                + " check again.",
                        "Or share the renaming in plumbline.yaml: aliases: {benchmarks: {\"Sort.quick\":"
                                + " \"Sort.fast\"}}.");
    }

    @Test
    void of_something_gone_and_something_renamed_the_id_is_of_what_is_gone() {
        Missing one = renamed("Sort.quick", "Sort.fast");

        assertThat(MissingWords.steps(check(one, GONE))).hasSize(4).last().satisfies(step -> assertThat(step)
                .startsWith("If it was removed on purpose: plumb accept " + GONE.id() + " --reason")
                .doesNotContain(one.id()));
    }

    @ParameterizedTest(name = "{0} renamings")
    @CsvSource({"1, 1", "2, 2", "3, 3", "4, 3", "40, 3"})
    void a_step_has_three_commands_at_the_most(int renamings, int commands) {
        Missing[] missing = Stream.iterate(0, i -> i + 1)
                .limit(renamings)
                .map(i -> renamed("a" + i, "b" + i))
                .toArray(Missing[]::new);

        assertThat(MissingWords.steps(check(missing)).get(0).split("plumb series rename", -1))
                .hasSize(commands + 1);
    }

    @Test
    void benchmarks_renamed_alike_are_one_command() {
        assertThat(MissingWords.steps(check(
                                renamed("Sort.a", "Order.a", "Sort", "Order"),
                                renamed("Sort.b", "Order.b", "Sort", "Order")))
                        .get(0))
                .isEqualTo("If it was renamed: plumb series rename Sort Order where the history is kept, then check"
                        + " again.");
    }

    @Test
    void a_command_that_would_be_cut_is_left_out_and_the_next_one_is_not() {
        Missing huge = renamed("a".repeat(300), "b".repeat(300));
        Missing small = renamed("Sort.quick", "Sort.fast");

        assertThat(MissingWords.steps(check(huge))).noneMatch(step -> step.contains("aaa"));
        assertThat(MissingWords.steps(check(huge, small)).get(0))
                .startsWith("If it was renamed: plumb series rename Sort.quick Sort.fast where");
    }

    @Test
    void where_runs_are_of_several_environments_a_name_has_its_own() {
        Report one = check(GONE);
        Report several = new Report(
                one.version(),
                one.kind(),
                List.of(
                        Examples.run(31, "cccccccccccc"),
                        new RunInfo(
                                "ffeeddccbbaa99887766554433221100",
                                new RunHeader(
                                        Examples.run(31, "cccccccccccc")
                                                .header()
                                                .revision(),
                                        Environment.unknown().named("fast-lab"),
                                        Optional.empty(),
                                        Instant.EPOCH,
                                        Collections.emptySortedMap()))),
                "the history of main (30 runs)",
                one.findings(),
                List.of(GONE, METRIC),
                one.gate(),
                one.problems(),
                one.notes(),
                one.policy());

        assertThat(MissingWords.lines(several))
                .containsExactly(
                        "Sort.merge in " + Examples.ENVIRONMENT,
                        "p99 is missing from 1 benchmark" + NOWHERE + ": Sort.quick in " + Examples.ENVIRONMENT);
    }

    private static Stream<String> hostile() {
        return Examples.HOSTILE.stream().map(name -> name.substring(0, Math.min(4_000, name.length())));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void names_are_in_the_words_as_they_came_and_harmless_in_the_commands(String name) {
        SeriesKey key = Examples.key(name, "time");
        Missing one =
                new Missing(key, true, Optional.of(new Missing.Renamed(Benchmark.of("n" + name), name, "n" + name)));
        Report report = check(one);

        assertThat(words(report)).containsExactly(name + " looks renamed to n" + name);
        String command = MissingWords.of(report).get(0).command().orElseThrow();
        assertThat(command).startsWith("plumb series rename ");
        assertThat(command.codePoints()).noneMatch(Harmless::isDangerous).doesNotContain((int) '\n');
        MissingWords.steps(report).forEach(step -> assertThat(step.codePoints()).noneMatch(Harmless::isDangerous));
    }
}
