package dev.plumbline.core.history;

import static dev.plumbline.core.judge.trial.Trials.DURATION;
import static dev.plumbline.core.judge.trial.Trials.THROUGHPUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.steps.KnownLevels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalledRegressionTest {
    private static final double MARGIN = 0.02;

    /** Values one below and one above a middle, in turn. */
    private static double[] level(int count, double middle) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> i % 2 == 0 ? middle - 1 : middle + 1);
        return values;
    }

    private static double[] joined(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(DoubleStream::of).toArray();
    }

    /** Checks called every run from a place on. */
    private static List<Point> called(int from, double... values) {
        List<Point> points = new ArrayList<>(Trials.points(values));
        points.subList(from, points.size()).replaceAll(Point::asJudgedBad);
        return points;
    }

    private static SeriesChange change(int index, double size) {
        return SeriesChange.between(index, 100, 100 * (1 + size));
    }

    /** The newest of what is told. */
    private static Optional<CalledRegression> of(Series series, SeriesChange... confirmed) {
        return newest(CalledRegression.of(series, List.of(confirmed), MARGIN, KnownLevels.NONE));
    }

    private static Optional<CalledRegression> newest(List<CalledRegression> called) {
        return called.stream().reduce((earlier, later) -> later);
    }

    @Test
    void what_checks_have_called_and_no_step_confirms_is_told_with_both_levels() {
        Series series = DURATION.series(called(12, joined(level(12, 100), new double[] {110, 112})));

        CalledRegression called = of(series).orElseThrow();

        assertThat(called)
                .isEqualTo(new CalledRegression(
                        series.key(), 12, Trials.run(12), 100, 111, Trials.run(12), Annotated.NONE));
        assertThat(called.relativeChange()).isEqualTo(0.11, within(1e-12));
        assertThat(called.isFurther()).isFalse();
        assertThat(called.isOpen()).isTrue();
        assertThat(called.findingId()).isEqualTo(series.key().id() + "-c12");
    }

    @Test
    void the_level_before_is_that_of_the_ten_newest_runs_that_were_not_called() {
        assertThat(of(DURATION.series(called(16, joined(level(6, 50), level(10, 100), new double[] {110}))))
                        .orElseThrow()
                        .before())
                .isEqualTo(100);

        List<Point> points = called(14, joined(level(12, 100), level(2, 160), new double[] {110}));
        points.set(3, new Point(Trials.run(3), 160, 1, 0, true));
        points.set(12, points.get(12).asJudgedBad());
        points.set(13, new Point(Trials.run(13), 102, 1, 0, false));
        // 101, 99, ... 101 of the runs 4 to 11 and 2, and 102
        assertThat(of(DURATION.series(points)).orElseThrow().before()).isEqualTo(100);
        assertThat(of(DURATION.series(called(1, 100, 110))).orElseThrow().before())
                .isEqualTo(100);
    }

    @Test
    void after_an_improvement_the_level_before_is_the_better_one() {
        Series series = DURATION.series(called(25, joined(level(20, 120), level(5, 100), level(3, 108))));

        CalledRegression called = of(series, change(20, -0.17)).orElseThrow();

        assertThat(called.before()).isBetween(99.0, 101.0);
        assertThat(called.relativeChange()).isBetween(0.06, 0.1);
    }

    @Test
    void nothing_is_called_unless_the_newest_run_is_and_one_before_is_not() {
        assertThat(of(DURATION.series(List.of()))).isEmpty();
        assertThat(of(DURATION.series(called(12, level(12, 100))))).isEmpty();
        assertThat(of(DURATION.series(called(0, level(12, 100))))).isEmpty();
        List<Point> over = called(10, joined(level(10, 100), new double[] {120, 120}));
        over.add(new Point(Trials.run(12), 120, 1, 0, false));
        assertThat(of(DURATION.series(over))).isEmpty();
    }

    @Test
    void what_is_no_worse_than_before_is_no_regression() {
        double[] down = joined(level(12, 100), new double[] {90});

        assertThat(of(DURATION.series(called(12, down)))).isEmpty();
        assertThat(of(DURATION.series(called(12, joined(level(12, 100), new double[] {100})))))
                .isEmpty();
        assertThat(of(THROUGHPUT.series(called(12, down))).orElseThrow().relativeChange())
                .isEqualTo(-0.1, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "12, 0.1, true",
        "7, 0.1, true",
        "6, 0.1, false",
        "12, 0.02, true",
        "12, 0.0199, false",
        "12, -0.1, false"
    })
    void a_step_for_the_worse_confirms_what_was_called_up_to_five_runs_after_it(
            int index, double size, boolean confirms) {
        Series series = DURATION.series(called(12, joined(level(12, 100), level(4, 110))));

        assertThat(of(series, change(index, size)).isEmpty()).isEqualTo(confirms);
    }

    @Test
    void of_several_steps_the_newest_confirms() {
        Series series = DURATION.series(called(12, joined(level(12, 100), level(4, 110))));

        assertThat(of(series, change(8, 0.1), change(12, -0.1))).isPresent();
        assertThat(of(series, change(8, -0.1), change(12, 0.1))).isEmpty();
        assertThat(of(series, change(8, 0.1), change(12, -0.01)))
                .as("one below the margin is none")
                .isEmpty();
    }

    @Test
    void the_level_before_is_the_accepted_one() {
        double[] values = joined(level(10, 100), level(6, 120), new double[] {130});
        Series series = DURATION.series(called(16, values));
        KnownLevels known = CalledRegression.known(series, Set.of("run10"), MARGIN);

        assertThat(newest(CalledRegression.of(series, List.of(), MARGIN, known))
                        .orElseThrow()
                        .before())
                .isEqualTo(120);
        assertThat(of(series).orElseThrow().before()).isEqualTo(119);
        KnownLevels old = new KnownLevels(List.of(10), OptionalInt.empty());
        assertThat(newest(CalledRegression.of(series, List.of(), MARGIN, old))
                        .orElseThrow()
                        .before())
                .as("what nobody calls worse than the accepted level")
                .isEqualTo(119);
        KnownLevels same = new KnownLevels(List.of(16), OptionalInt.of(16));
        assertThat(CalledRegression.of(series, List.of(), MARGIN, same)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"12, false", "13, false", "14, true", "16, true"})
    void a_step_to_the_accepted_level_confirms_nothing_of_what_came_on_it(int index, boolean confirms) {
        Series series = DURATION.series(called(16, joined(level(10, 100), level(6, 120), new double[] {130})));
        KnownLevels known = CalledRegression.known(series, Set.of("run10"), MARGIN);

        assertThat(CalledRegression.of(series, List.of(change(index, 0.1)), MARGIN, known)
                        .isEmpty())
                .isEqualTo(confirms);
    }

    @ParameterizedTest
    @CsvSource({"40, 10, true", "41, 10, false", "11, 10, true", "10, 10, false", "9, 10, false", "60, 10, false"})
    void what_was_called_on_an_accepted_level_counts_while_that_is_young(int from, int accepted, boolean counts) {
        Series series = DURATION.series(called(from, level(60, 100)));

        KnownLevels known = CalledRegression.known(series, Set.of("run" + accepted), MARGIN);

        // a level whose run is still judged bad was over when it was accepted
        assertThat(known.accepted()).isEqualTo(from > accepted ? List.of(accepted) : List.of());
        assertThat(known.called()).isEqualTo(counts ? OptionalInt.of(from) : OptionalInt.empty());
    }

    @Test
    void the_newest_accepted_level_counts_and_the_first_run_of_all_begins_none() {
        Series series = DURATION.series(called(45, level(60, 100)));

        KnownLevels known = CalledRegression.known(series, Set.of("run0", "run1", "run20"), MARGIN);
        assertThat(known.accepted()).containsExactly(1, 20);
        assertThat(known.called()).hasValue(45);
        KnownLevels none = CalledRegression.known(series, Set.of("run0", "run99"), MARGIN);
        assertThat(none.accepted()).isEmpty();
        assertThat(none.called()).isEmpty();
    }

    /** A loss from 100 to 110 that was called and confirmed, and what came on it. */
    private static Optional<CalledRegression> further(int runs, double... newest) {
        return of(DURATION.series(called(12, joined(level(12, 100), level(runs, 110), newest))), change(12, 0.1));
    }

    @Test
    void a_further_loss_is_told_by_itself() {
        CalledRegression further = further(8, 130).orElseThrow();

        assertThat(further.index()).isEqualTo(20);
        assertThat(further.since()).isEqualTo(Trials.run(20));
        assertThat(further.begun()).isEqualTo(Trials.run(12));
        assertThat(further.before()).isEqualTo(110);
        assertThat(further.after()).isEqualTo(130);
        assertThat(further.isFurther()).isTrue();
        assertThat(further.findingId()).endsWith("-c20");
    }

    @Test
    void where_less_is_worse_a_further_loss_is_less_still() {
        double[] values = joined(level(12, 100), level(8, 90), new double[] {70, 72});

        CalledRegression further =
                of(THROUGHPUT.series(called(12, values)), change(12, -0.1)).orElseThrow();

        assertThat(further.index()).isEqualTo(20);
        assertThat(further.before()).isEqualTo(90);
        assertThat(further.after()).isEqualTo(71);
        assertThat(of(
                        THROUGHPUT.series(called(12, joined(level(12, 100), level(8, 90), new double[] {110}))),
                        change(12, -0.1)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 6, 7})
    void a_loss_of_few_runs_has_the_noise_of_the_level_before(int runs) {
        assertThat(further(runs, 130).orElseThrow().index()).isEqualTo(12 + runs);
        assertThat(further(runs, 130).orElseThrow().before()).isBetween(109.0, 111.0);
    }

    @Test
    void where_neither_level_has_enough_runs_no_further_loss_is_told() {
        Series series = DURATION.series(called(3, joined(level(3, 100), level(2, 110), new double[] {130})));

        assertThat(of(series, change(3, 0.1))).isEmpty();
    }

    @Test
    void what_the_history_confirms_of_two_losses_is_not_told_again() {
        Series series = DURATION.series(called(12, joined(level(12, 100), level(8, 110), level(6, 130))));

        assertThat(CalledRegression.of(series, List.of(), MARGIN, KnownLevels.NONE))
                .extracting(CalledRegression::index)
                .containsExactly(12, 20);
        assertThat(CalledRegression.of(series, List.of(change(12, 0.1)), MARGIN, KnownLevels.NONE))
                .extracting(CalledRegression::index)
                .containsExactly(20);
        assertThat(CalledRegression.of(series, List.of(change(19, 0.3)), MARGIN, KnownLevels.NONE))
                .extracting(CalledRegression::index)
                .containsExactly(12);
        assertThat(CalledRegression.of(series, List.of(change(12, 0.1), change(20, 0.18)), MARGIN, KnownLevels.NONE))
                .isEmpty();
    }

    @Test
    void steps_near_a_further_loss_are_that_loss() {
        Series series = DURATION.series(called(12, joined(level(12, 100), level(5, 110), level(3, 130))));

        KnownLevels known = CalledRegression.known(series, Set.of(), MARGIN);

        assertThat(known.places()).contains(new KnownLevels.Place(List.of(15, 16, 18), List.of(), List.of(17), true));
    }

    @Test
    void levels_that_checks_called_one_on_the_other_are_known_to_be_apart() {
        Series series = DURATION.series(called(12, joined(level(12, 100), level(2, 110), level(2, 130))));

        KnownLevels known = CalledRegression.known(series, Set.of(), MARGIN);

        assertThat(known.below()).containsExactly(12);
        assertThat(known.called()).hasValue(14);
    }

    @Test
    void a_further_loss_begins_where_it_is_clearest() {
        assertThat(further(8, 130, 131, 132).orElseThrow().index()).isEqualTo(20);
        assertThat(further(8, 130, 131, 132).orElseThrow().after()).isEqualTo(131);
        assertThat(further(20, 112, 130).orElseThrow().index())
                .as("a run that is only just worse than all before begins nothing")
                .isEqualTo(33);
    }

    @Test
    void what_is_no_worse_than_every_run_before_or_no_more_than_chance_is_no_further_loss() {
        assertThat(further(8, 130, 110, 130)).isEmpty();
        assertThat(further(8, 111)).isEmpty();
        assertThat(further(8, 112)).as("1.8 deviations").isEmpty();
        assertThat(CalledRegression.of(
                        DURATION.series(called(12, joined(level(12, 100), level(8, 110), new double[] {130}))),
                        List.of(change(12, 0.5)),
                        0.19,
                        KnownLevels.NONE))
                .as("18 % are less than the margin")
                .isEmpty();
    }

    @Test
    void a_further_loss_that_was_there_stays_until_values_speak_against_it() {
        assertThat(further(8, 113.5, 113.5)).as("never certain").isEmpty();
        assertThat(further(8, 115.5)).isPresent();
        assertThat(further(8, 115.5, 111.5).orElseThrow().index())
                .as("113.5 as a median, too")
                .isEqualTo(20);
        assertThat(further(8, 115.5, 110)).as("a run that is back").isEmpty();
        assertThat(further(8, 115.5, 111, 111, 111)).as("hardly worse any more").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 115.42, false",
        "1, 115.43, true",
        "2, 114.04, false",
        "2, 114.05, true",
        "4, 113.13, false",
        "4, 113.14, true"
    })
    void chance_makes_a_further_loss_once_in_a_thousand_times(int runs, double value, boolean isOne) {
        double[] newest = new double[runs];
        Arrays.fill(newest, value);

        // 110 + scipy.stats.t.isf(0.001, 7) * np.std([109, 111] * 4, ddof=1) * (1 / 8 + 1 / runs)**.5
        assertThat(further(8, newest).isPresent()).isEqualTo(isOne);
    }

    @Test
    void the_twenty_runs_before_are_what_a_further_loss_is_held_against() {
        double[] values = joined(level(12, 100), level(10, 140), level(20, 110), new double[] {130});

        CalledRegression further =
                of(DURATION.series(called(12, values)), change(12, 0.4)).orElseThrow();

        assertThat(further.index()).isEqualTo(42);
        assertThat(further.before()).isEqualTo(110);
    }

    @Test
    void it_takes_the_numbers_of_a_check_and_what_people_said() {
        CalledRegression called = of(DURATION.series(called(12, joined(level(12, 100), new double[] {110}))))
                .orElseThrow();
        Annotation statement = Annotation.of(
                Annotation.Kind.ACKNOWLEDGED,
                new Annotation.Origin("id", "Ann", Instant.EPOCH, "known"),
                Optional.empty(),
                "");
        Annotated stated = Annotated.NONE.then(statement);

        CalledRegression reported = called.with(new Effect(99, 111, 0.12, Interval.unbounded(0.95)));
        CalledRegression known = reported.with(stated);

        assertThat(reported)
                .isEqualTo(new CalledRegression(
                        called.key(), 12, called.since(), 99, 111, called.begun(), Annotated.NONE));
        assertThat(known)
                .isEqualTo(new CalledRegression(called.key(), 12, called.since(), 99, 111, called.begun(), stated));
        assertThat(known.stated()).contains(statement);
        assertThat(known.isOpen()).isFalse();
    }

    @Test
    void without_a_commit_its_id_is_that_of_the_series() {
        RunInfo run = new RunInfo(
                "run",
                new RunHeader(
                        Revision.unknown(), Environment.unknown(), Optional.empty(), Instant.EPOCH, new TreeMap<>()));
        List<Point> points = Trials.points(level(12, 100));
        points.add(new Point(run, 110, 1, 0, true));
        Series series = DURATION.series(points);

        assertThat(of(series).orElseThrow().findingId()).isEqualTo(series.key().id());
    }
}
