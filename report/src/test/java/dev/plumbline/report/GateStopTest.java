package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.EnvironmentDifference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateStopTest {
    private static List<GateStop> stops(Report report) {
        return GateStop.of(report.gate().deciding(), report);
    }

    private static GateReason incomparable(HistoryEvidence.OtherEnvironment why) {
        return new GateReason(GatePolicy.Effect.HOLD, GateReason.Kind.NOTHING, "", "", new Cause.Incomparable(why));
    }

    private static Report held(GateReason... reasons) {
        Report plain = Examples.report(List.of(Situation.unchanged("Sort.quick")), List.of(), List.of());
        return new Report(
                plain.version(),
                plain.kind(),
                plain.candidates(),
                "the history of main",
                plain.findings(),
                plain.missing(),
                new GateDecision(GateDecision.State.UNDECIDED, List.of(reasons)),
                List.of(),
                List.of(),
                plain.policy());
    }

    @Test
    void metrics_of_one_benchmark_stand_in_one_line_with_one_command() {
        Report report = Examples.report(
                List.of(
                        Situation.worse("Sort.quick", "time", 0.3),
                        Situation.worse("Sort.quick", "cpu", 0.2),
                        Situation.worse("Sort.merge", "time", 0.25)),
                List.of(),
                List.of());

        assertThat(stops(report))
                .satisfiesExactly(
                        quick -> {
                            assertThat(quick.kind()).isEqualTo(GateReason.Kind.REGRESSION);
                            assertThat(quick.fails()).isTrue();
                            assertThat(quick.words())
                                    .isEqualTo("org.tally.Sort.quick time regressed by +30.0 % (critical), and cpu"
                                            + " regressed by +20.0 % (critical)");
                            assertThat(quick.next())
                                    .startsWith("plumb explain ")
                                    .endsWith("-cccccccc");
                        },
                        merge -> assertThat(merge.words()).startsWith("org.tally.Sort.merge time regressed"));
    }

    @Test
    void a_missing_benchmark_says_how_to_accept_that_it_is_gone() {
        Missing gone = Missing.benchmark(Examples.key("Gone", "time"));

        assertThat(stops(Examples.report(List.of(Situation.unchanged("Sort")), List.of(gone), List.of()))
                        .get(0)
                        .next())
                .isEqualTo("removed on purpose: plumb accept " + gone.id() + " --reason WHY");
    }

    @Test
    void benchmarks_that_were_renamed_alike_stand_in_one_line_with_the_command_that_joins_them() {
        List<Missing> renamed = List.of("1", "2").stream()
                .map(n -> new Missing(
                        Examples.key("Old", Map.of("n", n), "time"),
                        true,
                        Optional.of(new Missing.Renamed(Benchmark.of("it's new", Map.of("n", n)), "Old", "it's new"))))
                .toList();

        assertThat(stops(Examples.report(List.of(Situation.unchanged("Sort")), renamed, List.of())))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.words()).isEqualTo("Old looks renamed to it's new (2 benchmarks)");
                    assertThat(one.next())
                            .startsWith("plumb series rename Old 'it'\\''s new' · removed on purpose: plumb accept ")
                            .endsWith(" --reason WHY (accepts 1 of the 2)");
                });
    }

    @Test
    void a_suspect_holds_and_its_words_say_what_settles_it() {
        assertThat(stops(Situation.HOLD.report())).singleElement().satisfies(one -> {
            assertThat(one.fails()).isFalse();
            assertThat(one.words()).contains("may be 24.0 % slower", "one more run decides");
            assertThat(one.next()).isEmpty();
        });
    }

    @Test
    void what_is_too_good_is_mended_accepted_or_in_a_comparison_let_pass() {
        Report check = Situation.TOO_GOOD.report();
        GateReason reason = check.gate().deciding().get(0);

        assertThat(GateStop.tooGood(reason, check))
                .startsWith("Fix the benchmark, for ")
                .endsWith("; if it is real, plumb accept " + reason.id() + " --reason WHY");
        assertThat(GateStop.tooGood(reason, Situation.compared(check)))
                .endsWith("; if it is real, compare with --on-too-good pass");
    }

    @Test
    void copied_results_are_measured_again_or_let_pass() {
        assertThat(GateStop.copied(Situation.COPIED.report(), " --store 'my history'"))
                .containsExactly(
                        "measure commit cccccccccc, then plumb check RESULT --store 'my history'",
                        "reused on purpose: plumb check RESULT --on-copied pass --store 'my history'");
        assertThat(GateStop.copied(Examples.report(List.of(), List.of(), List.of()), ""))
                .as("without a commit")
                .first()
                .isEqualTo("measure again, then plumb check RESULT");
    }

    @Test
    void another_environment_leaves_three_ways_and_says_first_what_changed() {
        HistoryEvidence.OtherEnvironment other = new HistoryEvidence.OtherEnvironment(
                "lab", List.of("old lab"), List.of(new EnvironmentDifference("cores", "4", "8")));

        assertThat(GateStop.ways(held(incomparable(other))))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("Cores 4 → 8: "),
                        second -> assertThat(second).contains("until they can be judged"),
                        third -> assertThat(third)
                                .isEqualTo("If the difference does not matter, give both environments one name:"
                                        + " --environment 'old lab'"));
    }

    @Test
    void what_is_known_of_no_environment_gives_no_advice() {
        assertThat(GateStop.ways(Situation.FAIL.report())).isEmpty();
        assertThat(GateStop.incomparable(List.of())).isEmpty();
        assertThat(GateStop.young(Situation.PASS.report().gate())).isEmpty();
    }

    @Test
    void another_unit_is_corrected_or_begins_a_new_series() {
        assertThat(GateStop.ways(Situation.ANOTHER_UNIT.report()))
                .singleElement()
                .asString()
                .startsWith("If intended: rename the metric or the benchmark")
                .contains("If not: correct the unit in the results")
                .endsWith("plumb prune --run COMMIT");
    }
}
