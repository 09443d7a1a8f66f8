package dev.plumbline.core.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.judge.NextRun;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.distribution.Proportion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a replay of single series counts, on the shortest histories that show it. */
class SeriesReplayNumbersTest {
    private static final Replay.Settings SETTINGS = new Replay.Settings(20, 30, 100, 20, 1);

    /** Nine healthy runs in ten may have a regression called, of any size. */
    private static final Policy EAGER = new Policy(0, Severities.DEFAULT, 0.95, 0.9, 5);

    /** Of forty values ten are drawn as a history: what comes next is often farther out than all of them. */
    private static final Replay.Settings SHORT = new Replay.Settings(60, 1, 100, 10, 1);

    private static Series series(String name, int length, double noise) {
        double[] values = Trials.noisy(7, length, 100, noise);
        return Trials.DURATION.called(name).series(Trials.points(Trials.mapped(values, Math::abs)));
    }

    /** With a wide tail, so that healthy runs are called. */
    private static List<Series> tenOf(double noise) {
        return IntStream.range(0, 10)
                .mapToObj(i -> {
                    Random random = new Random(70 + i);
                    double[] values = new double[40];
                    for (int j = 0; j < values.length; j++) {
                        values[j] = 100 * (1 + noise * Math.pow(random.nextGaussian(), 3));
                    }
                    return Trials.DURATION.called("b" + i).series(Trials.points(values));
                })
                .toList();
    }

    private static Series constant() {
        double[] values = new double[20];
        Arrays.fill(values, 7);
        return Trials.COUNTER.called("constant").series(Trials.points(values));
    }

    private static Sensitivity replayed(double noise) {
        return new SeriesReplay(SETTINGS)
                .replay(NextRun.after(List.of(series("a", 20, noise)), Policy.DEFAULT), key -> true, done -> {})
                .get(0);
    }

    private static Sensitivity.Replayed replayed(Policy policy, List<Series> suite) {
        return new SeriesReplay(SHORT)
                .replay(NextRun.after(suite, policy), suite.get(0).key()::equals, done -> {})
                .get(0)
                .replay()
                .orElseThrow();
    }

    private static Sensitivity outlook(Policy policy, Series series) {
        return new SeriesReplay(SETTINGS)
                .outlook(NextRun.after(List.of(series), policy), key -> true)
                .get(0);
    }

    private static Policy withMajor(double major) {
        return new Policy(0.02, new Severities(0.001, major, 100), 0.95, 0.05, 5);
    }

    private static int hits(Calibration.Detection detection, int runs) {
        return detection.within().get(runs).found().hits();
    }

    @Test
    void of_a_quiet_series_all_that_reaches_the_margin_is_found_at_once_and_nothing_below_it_ever() {
        Sensitivity.Replayed quiet = replayed(0.0005).replay().orElseThrow();

        for (Calibration.Detection detection : quiet.detections()) {
            boolean isFound = detection.size() >= Policy.DEFAULT.margin();
            assertThat(detection.within()).extracting(Calibration.Within::runs).containsExactly(1, 2, 3, 5, 10);
            assertThat(detection.within())
                    .extracting(Calibration.Within::found)
                    .containsOnly(new Proportion(isFound ? 30 : 0, 30));
            assertThat(detection.meanDelay().isPresent()).isEqualTo(isFound);
            assertThat(detection.meanDelay().orElse(1)).isEqualTo(1);
        }
        assertThat(quiet.falseAlarms()).isEqualTo(new Proportion(0, 20));
        assertThat(quiet.suspected()).isEqualTo(new Proportion(0, 20));
        assertThat(quiet.atDetectable()).contains(new Proportion(30, 30));
        // the margin, and halvings down to a fifth of a per cent
        assertThat(quiet.found99().orElseThrow()).isBetween(0.02, 0.023);
    }

    @Test
    void in_noise_as_large_as_the_values_nothing_is_found() {
        Sensitivity loud = replayed(0.6);

        assertThat(loud.detectable()).isEmpty();
        assertThat(loud.needed()).extracting(Sensitivity.Needed::runs).containsOnly(OptionalInt.empty());
        assertThat(loud.replay().orElseThrow().atDetectable()).isEmpty();
        assertThat(loud.replay().orElseThrow().found99()).isEmpty();
    }

    @Test
    void the_mean_delay_is_that_of_what_was_found() {
        List<Calibration.Detection> detections =
                replayed(0.02).replay().orElseThrow().detections();

        assertThat(detections)
                .anyMatch(detection -> hits(detection, 0) < hits(detection, 3) && hits(detection, 4) < 30);
        for (Calibration.Detection detection : detections) {
            int one = hits(detection, 0);
            int two = hits(detection, 1) - one;
            int three = hits(detection, 2) - hits(detection, 1);
            int four = hits(detection, 3) - hits(detection, 2);
            int six = hits(detection, 4) - hits(detection, 3);
            if (hits(detection, 4) > 0) {
                // four or five runs, and six to ten, are told together
                double least = (double) (one + 2 * two + 3 * three + 4 * four + 6 * six) / hits(detection, 4);
                double most = (double) (one + 2 * two + 3 * three + 5 * four + 10 * six) / hits(detection, 4);
                assertThat(detection.meanDelay().orElseThrow()).isBetween(least, most);
            }
        }
    }

    @Test
    void the_series_that_stand_by_make_alarms_rarer() {
        List<Series> suite = tenOf(0.005);
        List<Series> alone = suite.subList(0, 1);

        Proportion inSuite = replayed(EAGER, suite).falseAlarms();

        assertThat(inSuite.count()).isEqualTo(60);
        assertThat(inSuite.hits())
                .isLessThan(replayed(EAGER, alone).falseAlarms().hits());
    }

    /** What is seen in up to twice as many healthy runs as may be called is suspected. */
    @Test
    void suspects_are_no_alarms() {
        Policy cautious = new Policy(0, Severities.DEFAULT, 0.95, 0.3, 5);

        Sensitivity.Replayed replayed = replayed(cautious, tenOf(0.005).subList(0, 1));

        assertThat(replayed.suspected().count()).isEqualTo(60);
        assertThat(replayed.suspected().hits()).isLessThanOrEqualTo(30);
        assertThat(replayed.suspected().hits() + replayed.falseAlarms().hits()).isLessThanOrEqualTo(60);
    }

    @Test
    void so_many_runs_are_needed_that_the_smallest_detectable_change_is_the_size_or_less() {
        Series series = series("a", 20, 0.005);
        NextRun next = NextRun.after(List.of(series), Policy.DEFAULT);

        for (int runs : new int[] {1, 2, 19, 20}) {
            double size = next.detectable(series.key(), runs).orElseThrow();
            assertThat(outlook(withMajor(size), series).runsFor(size))
                    .as("%d runs", runs)
                    .hasValue(runs);
        }
        double least = Math.nextDown(next.detectable(series.key(), 20).orElseThrow());
        assertThat(outlook(withMajor(least), series).runsFor(least)).isEmpty();
    }

    @Test
    void sizes_are_told_in_their_order_with_the_one_at_which_major_changes_begin() {
        assertThat(outlook(Policy.DEFAULT, series("a", 20, 0.02)).needed())
                .extracting(Sensitivity.Needed::size)
                .containsExactly(0.01, 0.03, 0.05, 0.10, 0.15);
        assertThat(outlook(withMajor(0.07), series("a", 20, 0.02)).needed())
                .extracting(Sensitivity.Needed::size)
                .containsExactly(0.01, 0.03, 0.05, 0.07, 0.10, 0.15);
    }

    @Test
    void a_series_that_never_moved_has_no_noise() {
        assertThat(outlook(Policy.DEFAULT, constant()).noise()).isZero();
        assertThat(outlook(Policy.DEFAULT, series("a", 20, 0.02)).noise()).isBetween(0.01, 0.03);
    }

    @Test
    void a_series_of_zeros_is_left_out_for_no_share_can_be_put_in() {
        Series zeros = constant().withPoints(Trials.points(new double[20]));

        assertThat(new SeriesReplay(SETTINGS)
                        .replay(NextRun.after(List.of(zeros, constant()), Policy.DEFAULT), key -> true, done -> {}))
                .hasSize(1)
                .allSatisfy(reported -> assertThat(reported.suiteSize()).isEqualTo(1));
    }

    @Test
    void the_series_that_are_wanted_are_told_one_by_one_in_the_order_of_the_suite() {
        List<Series> suite =
                List.of(series("c", 20, 0.01), series("b", 20, 0.01), series("a", 20, 0.01), series("d", 4, 0.01));
        NextRun next = NextRun.after(suite, Policy.DEFAULT);
        List<Integer> heard = new ArrayList<>();

        List<Sensitivity> reported = new SeriesReplay(SETTINGS)
                .outlook(next, key -> !key.equals(suite.get(1).key()), heard::add);

        assertThat(reported)
                .extracting(Sensitivity::key)
                .containsExactly(suite.get(0).key(), suite.get(2).key());
        assertThat(reported)
                .extracting(Sensitivity::suiteSize)
                .containsOnly(4); // one that is too young is part of the suite
        assertThat(reported).extracting(Sensitivity::replay).containsOnly(Optional.empty());
        assertThat(heard).containsExactly(1, 2);
        assertThat(new SeriesReplay(SETTINGS)
                        .outlook(next, key -> !key.equals(suite.get(1).key())))
                .isEqualTo(reported);
        heard.clear();
        new SeriesReplay(new Replay.Settings(1, 1, 1, 10, 1)).replay(next, key -> true, heard::add);
        assertThat(heard).containsExactly(1, 2, 3);
    }

    @Test
    void runs_that_were_judged_bad_do_not_count() {
        List<Point> points = new ArrayList<>(series("a", 6, 0.01).points());
        points.set(2, points.get(2).asJudgedBad());
        Series five = constant().withPoints(points);
        points.set(4, points.get(4).asJudgedBad());
        Series four = constant().withPoints(points);

        // at least five are asked for
        assertThat(outlook(Policy.DEFAULT, five).runs()).isEqualTo(5);
        assertThat(new SeriesReplay(SETTINGS).outlook(NextRun.after(List.of(four), Policy.DEFAULT), key -> true))
                .isEmpty();
    }
}
