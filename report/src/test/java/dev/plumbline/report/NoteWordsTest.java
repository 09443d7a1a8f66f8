package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.history.EarlyLoss;
import dev.plumbline.core.judge.Note;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.shape.feature.Seasonality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What else a reader should know, one sentence for each kind of note, with the number of series it holds for. */
class NoteWordsTest {
    private static final SeriesKey SORT = Examples.key("Sort.quick", "time");
    private static final SeriesKey CSV = Examples.key("Csv.parse", "time");
    private static final RunInfo SINCE = Examples.run(5, "3f2a1c9d00aabbcc");
    private static final RunInfo BACK = Examples.run(12, "4e2b1c9d00aabbcc");

    private static List<String> words(Note... notes) {
        return NoteWords.of(List.of(notes), List.of(), "main", "v1.0");
    }

    @Test
    void nothing_to_note_is_no_sentence() {
        assertThat(words()).isEmpty();
    }

    @Test
    void series_without_a_usable_baseline_are_counted_with_what_judges_them_instead() {
        assertThat(words(new Note.NoBaseline(SORT)))
                .containsExactly("1 series has no baseline and is judged by the history");
        assertThat(words(new Note.NoBaseline(SORT), new Note.NoBaseline(CSV)))
                .containsExactly("2 series have no baseline and are judged by the history");
        assertThat(words(new Note.SupersededBaseline(SORT)))
                .singleElement()
                .asString()
                .startsWith("1 series is");
        assertThat(words(new Note.ThinBaseline(SORT)))
                .containsExactly("the baseline of 1 series has too few runs to judge against; record more runs, then"
                        + " re-establish: plumb baseline establish");
        assertThat(words(new Note.ThinBaseline(SORT), new Note.ThinBaseline(CSV)))
                .singleElement()
                .asString()
                .startsWith("the baselines of 2 series have too few runs");
        assertThat(words(new Note.BaselineAfterFork(SORT)))
                .containsExactly("the baseline of 1 series is newer than this branch; judged by the history of main up"
                        + " to the fork");
        assertThat(words(new Note.ShortBeforeFork(SORT), new Note.ShortBeforeFork(CSV)))
                .containsExactly("main has too few runs up to where this branch forked; 2 series are judged with"
                        + " its later runs too, as long as their level stayed");
        assertThat(words(new Note.ShortBeforeMilestone(SORT)))
                .containsExactly("1 series has too few runs up to v1.0 to add up small regressions since then");
    }

    @Test
    void a_first_run_in_another_unit_is_left_out_and_either_may_be_wrong() {
        Note.OtherUnitBefore sort = new Note.OtherUnitBefore(SORT, Unit.of("B/op"), Unit.of("ns/op"));

        assertThat(words(sort, new Note.OtherUnitBefore(CSV, Unit.of("B/op"), Unit.of("ns/op"))))
                .containsExactly(
                        "the only earlier run of 2 series is in B/op, not in ns/op, and is left out; if ns/op is"
                                + " wrong, correct these results");
        assertThat(words(new Note.OtherUnitBefore(SORT, Unit.of("ns/op"), Unit.of(""))))
                .containsExactly(
                        "the only earlier run of 1 series is in ns/op; these results have no unit, so it is left"
                                + " out; if a unit is missing, correct them");
    }

    @Test
    void what_outgrew_its_triage_is_said_with_both_sizes() {
        Annotation known = Annotation.of(
                Annotation.Kind.ACKNOWLEDGED,
                new Annotation.Origin("9bb8", "Ada", Instant.parse("2026-11-30T12:00:00Z"), "ticket 12"),
                Optional.empty(),
                "");

        assertThat(words(new Note.OutgrownChange(SORT, new Annotations.Outgrown(known, 0.248), 0.48)))
                .containsExactly("Sort.quick time was +24.8 % when it was triaged (acknowledged by Ada on 2026-11-30"
                        + " (9bb8): ticket 12); it is +48.0 % now, and counts again");
    }

    @Test
    void what_was_accepted_or_is_known_is_counted() {
        assertThat(words(new Note.AcceptedChange(SORT)))
                .containsExactly("1 change is accepted and does not affect the gate");
        assertThat(words(new Note.KnownChange(SORT), new Note.KnownChange(CSV)))
                .containsExactly("2 changes are triaged and do not affect the gate");
    }

    @Test
    void the_largest_loss_is_named_and_the_others_are_counted() {
        assertThat(words(new Note.UnacceptedLoss(SORT, 0.1, SINCE)))
                .containsExactly("1 series is worse than before and not accepted: Sort.quick time +10.0 % since"
                        + " commit 3f2a1c9d00; it is judged against the earlier level; see plumb history");
        assertThat(words(new Note.UnacceptedLoss(SORT, 0.1, SINCE), new Note.UnacceptedLoss(CSV, -0.4, SINCE)))
                .containsExactly(
                        "2 series are worse than before and not accepted: Csv.parse time -40.0 % since"
                                + " commit 3f2a1c9d00, and 1 more; they are judged against the earlier level; see plumb history");
    }

    @Test
    void the_same_losses_in_another_order_are_the_same_sentence() {
        Note one = new Note.UnacceptedLoss(SORT, 0.1, SINCE);
        Note other = new Note.UnacceptedLoss(CSV, -0.1, SINCE);

        assertThat(words(one, other)).isEqualTo(words(other, one));
    }

    @Test
    void what_is_back_is_named_with_how_long_it_was_away() {
        Unit unit = Unit.of("ms");
        assertThat(words(new Note.Recovered(SORT, SINCE, 7, 0.25, BACK, 10.1, unit)))
                .containsExactly("recovered: Sort.quick time back at 10.1 ms since 4e2b1c9d00 (this commit), after 7"
                        + " runs at +25.0 % from commit 3f2a1c9d00");
        assertThat(words(
                        new Note.Recovered(SORT, SINCE, 7, 0.25, BACK, 10.1, unit),
                        new Note.Recovered(CSV, SINCE, 2, 0.05, BACK, 3, unit)))
                .singleElement()
                .asString()
                .endsWith(", and 1 more series");
    }

    @Test
    void what_a_branch_repairs_is_named_with_what_its_base_has() {
        Unit unit = Unit.of("ms");
        assertThat(words(
                        new Note.Repaired(CSV, SINCE, 0.05, "main", 3, unit),
                        new Note.Repaired(SORT, SINCE, 0.25, "main", 10.1, unit)))
                .containsExactly("recovered: Sort.quick time back at 10.1 ms with this change; +25.0 % on main since"
                        + " commit 3f2a1c9d00, and 1 more series");
    }

    @Test
    void the_largest_swing_is_named_with_half_its_height() {
        assertThat(words(
                        new Note.SwingTakenOut(SORT, Seasonality.Period.DAILY, 0.03),
                        new Note.SwingTakenOut(CSV, Seasonality.Period.WEEKLY, 0.05)))
                .containsExactly("adjusted for the weekly swing of Csv.parse time (± 5.0 %) and those of 1 more series:"
                        + " recurring changes at the same hour or day of the week are not regressions");
        // two periods of one series are one series
        assertThat(words(
                        new Note.SwingTakenOut(SORT, Seasonality.Period.DAILY, 0.03),
                        new Note.SwingTakenOut(SORT, Seasonality.Period.WEEKLY, 0.01)))
                .singleElement()
                .asString()
                .contains("the daily swing of Sort.quick time (± 3.0 %): recurring");
    }

    @Test
    void an_early_loss_has_its_levels_its_commit_and_both_ways_on() {
        EarlyLoss loss = new EarlyLoss(SORT, Examples.MILLISECONDS, 3, 6, 100, 125, SINCE);

        assertThat(words(new Note.Early(loss)))
                .containsExactly("Sort.quick time: possible regression, not certain: the first 3 runs were at 100 ms,"
                        + " the 6 since at 125 ms: +25.0 % with commit 3f2a1c9d00 on main; 3 runs are few: run the"
                        + " commit before it again, or accept the newer level: plumb accept Sort.quick --reason WHY");
        assertThat(words(
                        new Note.Early(loss),
                        new Note.Early(new EarlyLoss(CSV, Examples.MILLISECONDS, 3, 6, 100, 110, SINCE))))
                .singleElement()
                .asString()
                .startsWith("Sort.quick time:")
                .endsWith("; and so 1 more series, plumb incidents lists them");
    }

    @Test
    void runs_that_are_judged_together_are_counted() {
        assertThat(words(new Note.JudgedTogether("3f2a1c9d00", 3, List.of())))
                .containsExactly("3 runs of commit 3f2a1c9d00 are judged together, including those before this check;"
                        + " where they disagree, the majority decides");
        assertThat(words(new Note.JudgedTogether("3f2a1c9d00", 3, List.of("f", "g"))))
                .singleElement()
                .asString()
                .contains("including those before this check and those of branches f, g;");
    }

    @Test
    void at_most_three_context_metrics_are_named_and_the_note_is_a_detail() {
        assertThat(words(new Note.ContextMetrics(List.of("gc.count"))))
                .containsExactly("kept but not judged: gc.count, a context metric");
        List<String> many = words(new Note.ContextMetrics(List.of("a", "b", "c", "d", "e")));
        assertThat(many).containsExactly("kept but not judged: a, b, c and 2 more, context metrics");
        assertThat(many).allMatch(NoteWords::isDetail);
        assertThat(words(new Note.NoBaseline(SORT))).noneMatch(NoteWords::isDetail);
    }

    @Test
    void a_secondary_metric_that_was_not_measured_is_no_missing_benchmark() {
        assertThat(words(new Note.NotMeasured("p99", 1200)))
                .containsExactly("p99, a secondary metric, was not measured for 1,200 benchmarks that had it; this does"
                        + " not count as missing");
    }

    @Test
    void what_is_missing_and_accepted_is_named_with_who_accepted_it() {
        Note one = accepted("Gone.away");
        assertThat(words(one))
                .containsExactly("Gone.away is missing from this run and accepted by Ann on 2026-01-31 (a1): removed");
        Note[] five = IntStream.range(0, 5).mapToObj(i -> accepted("Gone" + i)).toArray(Note[]::new);
        assertThat(words(five))
                .containsExactly("5 that are missing from this run are accepted: Gone0, Gone1, Gone2 and 2 more");
    }

    private static Note accepted(String name) {
        return new Note.AcceptedMissing(
                Missing.benchmark(Examples.key(name, "time")),
                new Acceptance(
                        "a1",
                        Benchmark.of(name),
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        Acceptance.MISSING,
                        "removed",
                        "Ann",
                        Instant.parse("2026-01-31T12:00:00Z"),
                        Optional.empty()));
    }

    @Test
    void what_the_base_branch_lacks_too_is_named_with_the_commit_where_it_is_known() {
        Missing metric = Missing.metric(Examples.key("Sort.quick", "p99"));
        assertThat(words(new Note.AlreadyMissing(metric, "main", "3f2a1c9d00aabbcc")))
                .containsExactly(
                        "Sort.quick p99 is already missing on main since 3f2a1c9d00; it does not affect the gate");
        assertThat(words(new Note.AlreadyMissing(metric, "main", "")))
                .containsExactly("Sort.quick p99 is already missing on main; it does not affect the gate");
        List<Note> many = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            many.add(new Note.AlreadyMissing(Missing.benchmark(Examples.key("Gone" + i, "time")), "main", ""));
        }
        assertThat(words(many.toArray(Note[]::new)))
                .containsExactly("4 that are missing from this run are already missing on main and do not affect the"
                        + " gate: Gone0, Gone1, Gone2 and 1 more");
    }

    @Test
    void how_to_accept_names_the_worst_and_where_the_ids_of_the_others_are() {
        Finding worst = Situation.worse("Sort.quick", 0.3);
        Finding other = Situation.worse("Sort.merge", 0.1);

        assertThat(NoteWords.howToAccept(List.of())).isEmpty();
        assertThat(NoteWords.howToAccept(List.of(worst)))
                .hasValue("if a regression is intended: plumb accept " + worst.id() + " --reason WHY");
        assertThat(NoteWords.howToAccept(List.of(worst, other)).orElseThrow())
                .contains(worst.id())
                .endsWith("; plumb explain '*' has the ids of the others");
        assertThat(NoteWords.howToAccept(List.of(worst)).filter(NoteWords::isHowToAcceptChange))
                .isPresent();
    }

    @Test
    void what_is_removed_on_purpose_is_accepted_by_what_does_not_look_renamed() {
        Missing gone = Missing.benchmark(SORT);
        Missing renamed = new Missing(
                CSV, true, Optional.of(new Missing.Renamed(Benchmark.of("Csv.read"), "Csv.parse", "Csv.read")));

        assertThat(NoteWords.howToAcceptMissing(List.of(), 5)).isEmpty();
        String one = NoteWords.howToAcceptMissing(List.of(gone), 5).orElseThrow();
        assertThat(one)
                .isEqualTo(
                        "if what is missing was removed on purpose: plumb accept " + gone.id()
                                + " --reason WHY; otherwise it is no longer expected once most of the newest 5 commits before it lack it");
        assertThat(NoteWords.howToAcceptMissing(List.of(renamed, gone), 5).orElseThrow())
                .contains(gone.id())
                .doesNotContain(renamed.id(), "the first of", "'Sort.*'");
        assertThat(NoteWords.howToAcceptMissing(
                                List.of(renamed, gone, Missing.benchmark(Examples.key("Sort.merge", "time"))), 5)
                        .orElseThrow())
                .contains("(accepts 1 of the 2)", "'Sort.*'");
        Missing inUnit =
                Missing.metric(SORT).inUnit(new Missing.OtherUnit("throughput", Unit.of("ms"), Unit.of("MB/s"), true));
        String unit = NoteWords.howToAcceptMissing(List.of(inUnit), 5).orElseThrow();
        assertThat(unit)
                .as("no number of commits makes another unit expected")
                .isEqualTo("if the new unit is intended: plumb accept " + inUnit.id()
                        + " --reason WHY; the gate holds until then");
        assertThat(NoteWords.isHowToAccept(unit)).isTrue();
        assertThat(NoteWords.howToAcceptMissing(List.of(inUnit, gone), 5).orElseThrow())
                .contains(gone.id());
        assertThat(NoteWords.isHowToAccept(one)).isTrue();
        assertThat(NoteWords.isHowToAcceptChange(one)).isFalse();
    }
}
