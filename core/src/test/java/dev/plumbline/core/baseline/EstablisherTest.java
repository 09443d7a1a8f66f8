package dev.plumbline.core.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.annotation.AcceptedLevel;
import dev.plumbline.core.baseline.Establishment.Outcome;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EstablisherTest {
    private static final BaselineSettings SETTINGS =
            BaselineSettings.DEFAULT.withWindow(OptionalInt.of(3650), OptionalInt.empty());

    private static Establishment establish(Series series, Optional<EstablishedBaseline> previous) {
        return establish(series, previous, Optional.empty(), SETTINGS);
    }

    private static Establishment establish(
            Series series,
            Optional<EstablishedBaseline> previous,
            Optional<String> acceptedAt,
            BaselineSettings settings) {
        int version =
                previous.map(baseline -> baseline.provenance().version() + 1).orElse(1);
        return new Establisher(settings, Histories.provenance(version))
                .fromHistory(series, previous, acceptedAt.map(run -> new AcceptedLevel(run, Histories.START)));
    }

    private static Histories.Maker healthy() {
        return new Histories.Maker(1, 0.005).runs(40, 100);
    }

    private static EstablishedBaseline first() {
        return establish(healthy().series(), Optional.empty()).baseline().orElseThrow();
    }

    @Test
    void stands_on_the_runs_since_the_last_step() {
        Series series =
                new Histories.Maker(2, 0.005).runs(30, 100).runs(20, 110).series();
        Establishment made = establish(series, Optional.empty());

        assertThat(made.outcome()).isEqualTo(Outcome.NEW);
        EstablishedBaseline baseline = made.baseline().orElseThrow();
        assertThat(baseline.first().id()).isEqualTo("run30");
        assertThat(baseline.statistics().median()).isEqualTo(110, within(1.0));
        assertThat(baseline.anchor()).isEqualTo(baseline.statistics().median());
        assertThat(made.leftOut()).containsExactly(new LeftOut(LeftOut.Why.BEFORE_STEP, 30));
    }

    @Test
    void takes_only_runs_in_the_window() {
        BaselineSettings tenDays = SETTINGS.withWindow(OptionalInt.of(10), OptionalInt.empty());
        BaselineSettings fiveRuns = SETTINGS.withWindow(OptionalInt.of(10), OptionalInt.of(5));

        assertThat(establish(healthy().series(), Optional.empty(), Optional.empty(), tenDays)
                        .baseline()
                        .orElseThrow()
                        .runs())
                .hasSize(21)
                .first()
                .matches(run -> run.id().equals("run19"));
        assertThat(establish(healthy().series(), Optional.empty(), Optional.empty(), fiveRuns)
                        .baseline()
                        .orElseThrow()
                        .runs())
                .hasSize(5);
    }

    @Test
    void a_spike_is_kept_as_an_anomaly_and_counts_for_nothing() {
        Series series = healthy().value(200).runs(20, 100).series();
        EstablishedBaseline baseline =
                establish(series, Optional.empty()).baseline().orElseThrow();

        assertThat(baseline.runs()).hasSize(61);
        assertThat(baseline.runs().get(40).anomaly()).isTrue();
        assertThat(baseline.statistics().runs()).isEqualTo(60);
        assertThat(baseline.statistics().quantiles().get(1.0)).isLessThan(103);
    }

    @Test
    void runs_judged_bad_are_left_out() {
        Establishment made = establish(healthy().runs(5, 120, true).series(), Optional.empty());

        assertThat(made.baseline().orElseThrow().last().id()).isEqualTo("run39");
        assertThat(made.leftOut()).containsExactly(new LeftOut(LeftOut.Why.JUDGED_BAD, 5));
    }

    @Test
    void runs_that_may_begin_a_new_level_are_left_out() {
        Establishment made = establish(healthy().runs(2, 115).series(), Optional.empty());

        assertThat(made.baseline().orElseThrow().last().id()).isEqualTo("run39");
    }

    @Test
    void newer_runs_at_the_same_level_renew_it_and_leave_the_anchor() {
        EstablishedBaseline before = first();
        Establishment made = establish(healthy().runs(20, 100).series(), Optional.of(before));

        assertThat(made.outcome()).isEqualTo(Outcome.RENEWED);
        assertThat(made.baseline().orElseThrow().runs()).hasSize(60);
        assertThat(made.baseline().orElseThrow().anchor()).isEqualTo(before.anchor());
        assertThat(made.baseline().orElseThrow().provenance().version()).isEqualTo(2);
    }

    @Test
    void nothing_new_keeps_it() {
        Establishment made = establish(healthy().series(), Optional.of(first()));

        assertThat(made.outcome()).isEqualTo(Outcome.KEPT);
        assertThat(made.reason()).isEqualTo(new Establishment.Reason.NothingNew(0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.025, 1.10, 3})
    void two_hundred_worse_runs_never_move_it(double factor) {
        EstablishedBaseline before = first();
        for (int runs = 1; runs <= 200; runs++) {
            Establishment made = establish(healthy().runs(runs, 100 * factor).series(), Optional.of(before));

            assertThat(made.baseline().orElseThrow().statistics().median())
                    .as("after %d runs: %s %s", runs, made.outcome(), made.reason())
                    .isLessThan(100 * (1 + (factor - 1) / 2));
            before = made.baseline().orElseThrow();
        }
    }

    @Test
    void a_chain_of_small_losses_does_not_wear_it_down() {
        Histories.Maker maker = new Histories.Maker(3, 0.002).runs(40, 100);
        EstablishedBaseline before =
                establish(maker.series(), Optional.empty()).baseline().orElseThrow();
        double level = 100;
        for (int loss = 0; loss < 10; loss++) {
            level *= 1.01;
            maker.runs(20, level);
            before = establish(maker.series(), Optional.of(before)).baseline().orElseThrow();

            assertThat(before.statistics().median()).as("level %s", level).isLessThan(102.1);
        }
        assertThat(establish(maker.series(), Optional.of(before)).reason())
                .isInstanceOf(Establishment.Reason.NotAccepted.class);
    }

    @Test
    void an_improvement_moves_it_once_it_has_held() {
        EstablishedBaseline before = first();
        Outcome[] outcomes = new Outcome[13];
        for (int runs = 1; runs <= 12; runs++) {
            outcomes[runs] = establish(healthy().runs(runs, 90).series(), Optional.of(before))
                    .outcome();
        }

        // a single one is an anomaly, the next three are the beginning of something
        assertThat(Arrays.copyOfRange(outcomes, 1, 6))
                .containsExactly(Outcome.RENEWED, Outcome.KEPT, Outcome.KEPT, Outcome.KEPT, Outcome.IMPROVED);
        assertThat(outcomes[12]).isEqualTo(Outcome.IMPROVED);
        EstablishedBaseline moved = establish(healthy().runs(12, 90).series(), Optional.of(before))
                .baseline()
                .orElseThrow();
        assertThat(moved.anchor()).isEqualTo(90, within(1.0));
    }

    @Test
    void which_way_is_better_decides_what_is_an_improvement() {
        List<Point> points = new ArrayList<>(healthy().runs(30, 90).series().points());
        Series throughput = Histories.series(Better.HIGHER, points);
        EstablishedBaseline before = establish(Histories.series(Better.HIGHER, points.subList(0, 40)), Optional.empty())
                .baseline()
                .orElseThrow();

        assertThat(establish(throughput, Optional.of(before)).outcome()).isEqualTo(Outcome.KEPT);
    }

    @Test
    void an_accepted_change_moves_it_at_once() {
        Series series = healthy().runs(3, 120).series();
        Establishment made = establish(series, Optional.of(first()), Optional.of("run40"), SETTINGS);

        assertThat(made.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(made.baseline().orElseThrow().runs()).hasSize(3);
        assertThat(made.baseline().orElseThrow().anchor()).isEqualTo(120, within(2.0));
        Establishment later =
                establish(healthy().runs(30, 120).series(), made.baseline(), Optional.of("run40"), SETTINGS);
        assertThat(later.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(later.baseline().orElseThrow().runs()).hasSize(30);
        assertThat(establish(healthy().runs(40, 120).series(), later.baseline(), Optional.of("run40"), SETTINGS)
                        .outcome())
                .isEqualTo(Outcome.RENEWED);
    }

    @Test
    void what_was_accepted_does_not_accept_what_comes_after() {
        EstablishedBaseline accepted = establish(
                        healthy().runs(20, 120).series(), Optional.of(first()), Optional.of("run40"), SETTINGS)
                .baseline()
                .orElseThrow();
        Establishment made = establish(
                healthy().runs(20, 120).runs(20, 140).series(), Optional.of(accepted), Optional.of("run40"), SETTINGS);

        assertThat(made.outcome()).isEqualTo(Outcome.KEPT);
    }

    @Test
    void what_was_accepted_longer_ago_than_the_window_does_not_accept_what_comes_after() {
        BaselineSettings twentyDays = SETTINGS.withWindow(OptionalInt.of(20), OptionalInt.empty());
        Histories.Maker maker = healthy().runs(3, 120);
        Optional<EstablishedBaseline> baseline = establish(
                        maker.series(), Optional.of(first()), Optional.of("run40"), twentyDays)
                .baseline();
        baseline = establish(maker.runs(67, 120).series(), baseline, Optional.of("run40"), twentyDays)
                .baseline();
        assertThat(baseline.orElseThrow().first().id()).isNotEqualTo("run40");

        Establishment made = establish(maker.runs(30, 125).series(), baseline, Optional.of("run40"), twentyDays);
        assertThat(made.reason()).isInstanceOf(Establishment.Reason.NotAccepted.class);
        assertThat(made.baseline()).isEqualTo(baseline);
    }

    @Test
    void an_accepted_step_that_the_baseline_stands_behind_already_changes_nothing() {
        BaselineSettings tenDays = SETTINGS.withWindow(OptionalInt.of(10), OptionalInt.empty());
        Series series = healthy().runs(30, 112).series();
        EstablishedBaseline before = establish(series, Optional.empty(), Optional.empty(), tenDays)
                .baseline()
                .orElseThrow();
        AcceptedLevel later = new AcceptedLevel("run40", Histories.START.plusSeconds(1));

        Establishment made = new Establisher(tenDays, Histories.provenance(2))
                .fromHistory(series, Optional.of(before), Optional.of(later));
        assertThat(made.outcome()).isEqualTo(Outcome.KEPT);
        assertThat(made.reason()).isEqualTo(new Establishment.Reason.NothingNew(0));
        assertThat(made.baseline()).contains(before);
    }

    @Test
    void the_first_run_of_an_accepted_level_does_not_settle_where_it_lies() {
        Histories.Maker maker = healthy().value(126);
        EstablishedBaseline one = establish(maker.series(), Optional.of(first()), Optional.of("run40"), SETTINGS)
                .baseline()
                .orElseThrow();
        assertThat(one.anchor()).isEqualTo(126);

        EstablishedBaseline more = establish(
                        maker.runs(8, 120).series(), Optional.of(one), Optional.of("run40"), SETTINGS)
                .baseline()
                .orElseThrow();
        assertThat(more.anchor()).isEqualTo(120, within(1.0));
        EstablishedBaseline renewed = establish(
                        maker.runs(8, 121).series(), Optional.of(more), Optional.of("run40"), SETTINGS)
                .baseline()
                .orElseThrow();
        assertThat(renewed.anchor()).isEqualTo(more.anchor());
    }

    @Test
    void a_series_without_points_has_none() {
        Establishment made = establish(Histories.series(Better.LOWER, List.of()), Optional.empty());

        assertThat(made.outcome()).isEqualTo(Outcome.NONE);
        assertThat(made.baseline()).isEmpty();
    }

    @Test
    void given_runs_are_taken_as_they_are() {
        Series series = healthy().runs(20, 130).series();
        Establishment made = new Establisher(SETTINGS, Histories.provenance(1))
                .fromPoints(series, series.points().subList(35, 45));

        assertThat(made.baseline().orElseThrow().runs()).hasSize(10);
    }

    @Test
    void gives_the_judge_a_series_with_the_same_key_and_values() {
        EstablishedBaseline baseline = first();
        Series series = baseline.series();

        assertThat(series.key()).isEqualTo(Histories.KEY);
        assertThat(series.values()).isEqualTo(healthy().series().values());
        assertThat(series.points().get(3).run().header().environment().key()).isEqualTo("lab");
    }

    @Test
    void each_series_has_its_own_margin() {
        Series series =
                new Histories.Maker(1, 0.002).runs(30, 100).runs(30, 105).series();
        Establisher ofMemory =
                new Establisher(SETTINGS, (key, unit) -> unit.equals(series.unit()) ? 0.10 : 0.02, provenance());
        Establishment before = ofMemory.fromHistory(
                series.withPoints(series.points().subList(0, 30)), Optional.empty(), Optional.empty());

        assertThat(ofMemory.fromHistory(series, Optional.empty(), Optional.empty())
                        .baseline()
                        .orElseThrow()
                        .runs())
                .hasSize(60);
        assertThat(ofMemory.fromHistory(series, before.baseline(), Optional.empty())
                        .outcome())
                .isEqualTo(Establishment.Outcome.RENEWED);
        assertThat(new Establisher(SETTINGS, provenance())
                        .fromHistory(series, before.baseline(), Optional.empty())
                        .outcome())
                .isEqualTo(Establishment.Outcome.KEPT);
    }

    private static Provenance provenance() {
        return Histories.provenance(1);
    }
}
