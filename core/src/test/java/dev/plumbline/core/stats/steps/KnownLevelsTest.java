package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class KnownLevelsTest {
    private static KnownLevels accepted(Integer... places) {
        return new KnownLevels(List.of(places), OptionalInt.empty());
    }

    @Test
    void a_step_stands_for_a_place_at_most_three_values_away() {
        assertThat(accepted(20).missing(new int[] {17})).isEmpty();
        assertThat(accepted(20).missing(new int[] {23})).isEmpty();
        assertThat(accepted(20).missing(new int[] {16})).containsExactly(20);
        assertThat(accepted(20).missing(new int[] {24})).containsExactly(20);
        assertThat(accepted(20).missing(new int[0])).containsExactly(20);
        assertThat(KnownLevels.NONE.missing(new int[] {4})).isEmpty();
    }

    @Test
    void a_step_stands_for_the_nearest_place_and_for_no_other() {
        assertThat(accepted(20, 22).missing(new int[] {22})).containsExactly(20);
        assertThat(accepted(20, 22).missing(new int[] {20})).containsExactly(22);
        assertThat(accepted(20, 22).missing(new int[] {19, 24})).isEmpty();
        assertThat(accepted(10, 22).missing(new int[] {40})).containsExactly(10, 22);
    }

    @Test
    void what_was_called_is_a_place_among_the_accepted_ones() {
        KnownLevels known = new KnownLevels(List.of(10, 40), OptionalInt.of(30));

        assertThat(known.missing(new int[0])).containsExactly(10, 30, 40);
        assertThat(known.missing(new int[] {31})).containsExactly(10, 40);
        assertThat(known.newest()).hasValue(40);
        assertThat(KnownLevels.NONE.newest()).isEmpty();
    }

    @Test
    void what_is_known_does_not_change_with_the_list_it_was_made_from() {
        List<Integer> places = new ArrayList<>(List.of(3));
        KnownLevels known = new KnownLevels(places, OptionalInt.empty());
        places.add(9);

        assertThat(known.accepted()).containsExactly(3);
        assertThatNullPointerException()
                .isThrownBy(() -> new KnownLevels(List.of(), null))
                .withMessage("called");
    }

    /** A level of 100 with noise of half a percent, two values of 106, and 112 from there on. */
    private static double[] twoSteps() {
        double[] values = level(82, 100);
        values[40] = 106;
        values[41] = 106.3;
        System.arraycopy(level(40, 112), 0, values, 42, 40);
        return values;
    }

    private static double[] level(int count, double level) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> level * (1 + 0.005 * Math.sin(7 * i * i)));
        return values;
    }

    private static List<Integer> places(Steps steps) {
        return steps.steps().stream().map(Step::index).toList();
    }

    private static Steps scan(double[] values, KnownLevels known) {
        return StepScan.analyze(values, StepScan.Settings.DEFAULT, known);
    }

    @Test
    void two_levels_that_the_values_alone_would_join_are_kept_apart_where_both_are_known() {
        double[] values = twoSteps();

        List<Integer> alone = places(StepScan.analyze(values));
        assertThat(alone).hasSize(1);
        assertThat(alone.get(0)).isBetween(40, 42);
        Steps steps = scan(values, accepted(40, 42));
        assertThat(places(steps)).containsExactly(40, 42);
        assertThat(steps.regime().orElseThrow().start()).isEqualTo(42);
        assertThat(steps.suspect()).isEmpty();
    }

    @Test
    void a_known_place_in_the_middle_of_a_level_begins_none() {
        double[] values = twoSteps();

        assertThat(places(scan(values, accepted(20)))).isEqualTo(places(StepScan.analyze(values)));
        assertThat(scan(values, accepted(0))).isEqualTo(StepScan.analyze(values));
        // nor does it undo another one
        assertThat(places(scan(values, accepted(20, 40, 42, 65)))).containsExactly(40, 42);
    }

    @Test
    void an_accepted_level_of_one_value_is_a_regime_and_a_longer_one_a_step() {
        double[] values = level(60, 100);
        assertThat(scan(values, accepted(59))).isEqualTo(StepScan.analyze(values));
        values[57] = 103;
        values[58] = 103.2;
        values[59] = 103.1;

        double[] one = Arrays.copyOf(values, 58);
        assertThat(places(scan(one, accepted(57)))).isEmpty();
        assertThat(scan(one, accepted(57)).regime().orElseThrow().start()).isEqualTo(57);
        assertThat(places(scan(values, accepted(57)))).containsExactly(57);
        // what is over is confirmed, however short it was
        values[58] = 100;
        values[59] = 100.1;
        KnownLevels over =
                new KnownLevels(List.of(57), OptionalInt.empty(), List.of(), List.of(), List.of(), List.of(58));
        assertThat(places(scan(values, over))).containsExactly(57, 58);
    }

    @Test
    void places_are_counted_with_the_values_that_are_missing() {
        double[] values = twoSteps();
        double[] gaps = new double[values.length + 3];
        Arrays.fill(gaps, Double.NaN);
        System.arraycopy(values, 0, gaps, 3, values.length);

        assertThat(places(scan(gaps, accepted(43, 45)))).containsExactly(43, 45);
        assertThat(scan(gaps, accepted(2))).as("of a missing value").isEqualTo(StepScan.analyze(gaps));
    }

    @Test
    void a_level_that_only_checks_called_is_suspected() {
        double[] values = Arrays.copyOf(twoSteps(), 83);
        values[82] = 116;
        KnownLevels called = new KnownLevels(List.of(), OptionalInt.of(82));

        assertThat(places(StepScan.analyze(values))).doesNotContain(82);
        Steps steps = scan(values, called);
        assertThat(places(steps)).isEqualTo(places(StepScan.analyze(values)));
        Step suspect = steps.suspect().orElseThrow();
        assertThat(suspect.index()).isEqualTo(82);
        assertThat(suspect.firstIndex()).isEqualTo(82);
        assertThat(suspect.lastIndex()).isEqualTo(82);
        assertThat(suspect.tier()).isEqualTo(Tier.SUSPECT);
        assertThat(steps.regime().orElseThrow().start()).isEqualTo(82);
    }

    @Test
    void a_level_that_the_values_show_is_confirmed_whether_or_not_it_was_called() {
        double[] values = Arrays.copyOf(twoSteps(), 92);
        System.arraycopy(level(10, 106), 0, values, 82, 10);
        KnownLevels called = new KnownLevels(List.of(), OptionalInt.of(82));

        assertThat(places(StepScan.analyze(values))).contains(82);
        assertThat(scan(values, called)).isEqualTo(StepScan.analyze(values));
    }

    /** Twenty values of about 100, three of about 120, and one of 100: to the values alone, one level of 119. */
    private static double[] shortlyUp() {
        double[] values = new double[24];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i >= 20 && i < 23 ? 120 : 100) + 0.7 * Math.sin(3 * i);
        }
        return values;
    }

    @Test
    void a_step_begins_where_checks_tell_and_what_is_no_such_step_stays() {
        double[] values = shortlyUp();
        Steps alone = StepScan.analyze(values, StepScan.Settings.DEFAULT);
        assertThat(alone.steps()).extracting(Step::index).containsExactly(20);
        KnownLevels.Place place = new KnownLevels.Place(List.of(19, 20), List.of(24), List.of(20, 23), true);

        Steps reported = StepScan.analyze(
                values, StepScan.Settings.DEFAULT, new KnownLevels(List.of(), OptionalInt.empty(), List.of(place)));

        assertThat(reported.steps()).extracting(Step::index).containsExactly(20, 23);
        assertThat(reported.steps().get(0).relativeChange()).isBetween(0.19, 0.21);
        assertThat(reported.regime().orElseThrow().start()).isEqualTo(23);
        for (KnownLevels.Place other : List.of(
                new KnownLevels.Place(List.of(18, 19), List.of(20), List.of(20, 23), true),
                new KnownLevels.Place(List.of(19, 20), List.of(), List.of(20, 23), false),
                new KnownLevels.Place(List.of(19, 20), List.of(), List.of(20, 30), true))) {
            assertThat(StepScan.analyze(
                            values,
                            StepScan.Settings.DEFAULT,
                            new KnownLevels(List.of(), OptionalInt.empty(), List.of(other))))
                    .as("%s", other)
                    .isEqualTo(alone);
        }
    }
}
