package dev.plumbline.report.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ForkPlanTest {
    private static final ForkPlan.Forks FIVE =
            new ForkPlan.Forks(5, 3, OptionalDouble.of(0.03), OptionalDouble.of(58.2));
    private static final ForkPlan.Forks THREE =
            new ForkPlan.Forks(3, 3, OptionalDouble.of(0.065), OptionalDouble.of(40));

    @Test
    void a_line_says_what_forks_detect_and_how_long_they_take() {
        assertThat(lines(new ForkPlan.FromHistory("StringBench.concat", FIVE, 0.03, true, 0.01, FIVE)))
                .containsExactly("StringBench.concat: 5 forks × 3 iterations detect 3.0 % (58 s)");
    }

    @Test
    void a_line_says_what_less_time_detects() {
        assertThat(lines(new ForkPlan.FromHistory("StringBench.concat", FIVE, 0.03, true, 0.01, THREE)))
                .containsExactly(
                        "StringBench.concat: 5 forks × 3 iterations detect 3.0 % (58 s); in 40 s, 3 forks: 6.5 %");
    }

    @Test
    void what_is_out_of_reach_says_why() {
        assertThat(lines(
                        new ForkPlan.FromHistory("a.b", FIVE, 0.02, false, 0.015, FIVE),
                        new ForkPlan.FromHistory("a.c", FIVE, 0.02, false, 0, FIVE)))
                .containsExactly(
                        "a.b: 5 forks × 3 iterations detect 3.0 % (58 s); 2 % is out of reach: runs differ by 1.5 %"
                                + " however many forks they have",
                        "a.c: 5 forks × 3 iterations detect 3.0 % (58 s); 2 % is out of reach");
    }

    @Test
    void what_nobody_knows_is_left_out() {
        ForkPlan.Forks one = new ForkPlan.Forks(1, 1, OptionalDouble.empty(), OptionalDouble.empty());

        assertThat(lines(new ForkPlan.FromHistory("a.b", one, 0.05, true, 0, one)))
                .containsExactly("a.b: 1 fork × 1 iteration detects no change, however large");
    }

    @Test
    void without_a_history_a_benchmark_starts_as_annotated() {
        assertThat(lines(
                        annotated(ForkPlan.Unknown.NO_HISTORY, 0, OptionalDouble.of(4.4)),
                        annotated(ForkPlan.Unknown.YOUNG, 1, OptionalDouble.of(0.2)),
                        annotated(ForkPlan.Unknown.NOTHING_DETECTABLE, 9, OptionalDouble.of(500)),
                        annotated(ForkPlan.Unknown.OPTION, 9, OptionalDouble.empty())))
                .containsExactly(
                        "a.b: no history on this machine; starts as annotated, 2 forks × 3 iterations after 1 to warm"
                                + " up (4 s)",
                        "a.b: only 1 earlier run; starts as annotated, 2 forks × 3 iterations after 1 to warm up (1 s)",
                        "a.b: its history does not show what can be detected; starts as annotated, 2 forks × 3"
                                + " iterations after 1 to warm up (8 min)",
                        "a.b: as the options ask, 2 forks × 3 iterations after 1 to warm up");
    }

    @Test
    void pairs_of_forks_have_a_line_too() {
        ForkPlan.Pairs wanted = new ForkPlan.Pairs(14, 3, OptionalDouble.of(0.02), OptionalDouble.of(58));
        ForkPlan.Pairs few = new ForkPlan.Pairs(2, 3, OptionalDouble.empty(), OptionalDouble.of(8));

        assertThat(lines(new ForkPlan.FromPairs("a.b", wanted, wanted), new ForkPlan.FromPairs("a.b", wanted, few)))
                .containsExactly(
                        "a.b: 14 pairs of forks × 3 iterations detect 2.0 % (58 s)",
                        "a.b: 14 pairs of forks × 3 iterations detect 2.0 % (58 s); in 8 s, 2 pairs: no change,"
                                + " however large");
    }

    @Test
    void many_benchmarks_are_summed_up() {
        List<ForkPlan.Row> rows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            rows.add(new ForkPlan.FromHistory("a.b" + i, FIVE, 0.03, true, 0, i == 0 ? THREE : FIVE));
            rows.add(annotated(ForkPlan.Unknown.NO_HISTORY, 0, OptionalDouble.of(4)));
        }

        assertThat(new ForkPlan(rows).shortened())
                .containsExactly(
                        "6 benchmarks planned from the history: 3 to 5 forks detect 3.0 % to 6.5 % (6 min); --dry-run"
                                + " lists them",
                        "6 benchmarks start as annotated (24 s)");
        assertThat(new ForkPlan(rows).lines()).hasSize(12);
        assertThat(new ForkPlan(rows.subList(0, 10)).shortened()).hasSize(10);
        assertThat(new ForkPlan(List.of()).shortened()).isEmpty();
    }

    @Test
    void the_range_of_forks_is_by_number() {
        List<ForkPlan.Row> rows = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ForkPlan.Forks forks =
                    new ForkPlan.Forks(i == 0 ? 10 : 9, 3, OptionalDouble.of(0.03), OptionalDouble.of(1));
            rows.add(new ForkPlan.FromHistory("a.b" + i, forks, 0.03, true, 0, forks));
        }

        assertThat(new ForkPlan(rows).shortened().get(0)).contains("9 to 10 forks detect 3.0 % (12 s)");
    }

    private static ForkPlan.Row annotated(ForkPlan.Unknown why, int runs, OptionalDouble seconds) {
        return new ForkPlan.FromAnnotations("a.b", why, runs, 2, 1, 3, seconds);
    }

    private static List<String> lines(ForkPlan.Row... rows) {
        return new ForkPlan(List.of(rows)).lines();
    }
}
