package dev.plumbline.core.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.judge.NextRun;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Proportion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a replay counts, on the smallest suites that show it. */
class ReplayNumbersTest {
    /** All that is called of so little noise was put in, and all that is put in above the margin is called. */
    private static final double QUIET = 0.0005;

    /** Of so much noise nothing is called. */
    private static final double LOUD = 0.3;

    /** Nine healthy runs in ten may have a regression called, of any size. */
    private static final Policy EAGER = new Policy(0, Severities.DEFAULT, 0.95, 0.9, 5);

    private static List<Series> suite(int length, double... noises) {
        List<Series> suite = new ArrayList<>();
        for (int i = 0; i < noises.length; i++) {
            double[] values = Trials.noisy(40 + i, length, 100, noises[i]);
            suite.add(Trials.DURATION.called("b" + i).series(Trials.points(Trials.mapped(values, Math::abs))));
        }
        return suite;
    }

    private static double[] noises(int quiet, int loud) {
        double[] noises = new double[quiet + loud];
        Arrays.fill(noises, QUIET);
        Arrays.fill(noises, quiet, noises.length, LOUD);
        return noises;
    }

    private static GatePolicy gate(Severity blockAt, double tooGood) {
        return new GatePolicy(
                blockAt,
                GatePolicy.Effect.PASS,
                GatePolicy.Effect.PASS,
                GatePolicy.Effect.PASS,
                GatePolicy.Effect.PASS,
                tooGood);
    }

    private static Calibration injected(int injections, List<Series> suite) {
        return new Replay(Policy.DEFAULT, GatePolicy.DEFAULT, new Replay.Settings(1, injections, 100, 20, 1))
                .measure(suite, done -> {});
    }

    /** Histories of ten values of forty with a wide tail: what comes next is often farther out than all of them. */
    private static Calibration healthy(Policy policy, GatePolicy gate) {
        List<Series> suite = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            double noise = i == 0 ? 0.001 : 0.01;
            double[] values = new double[40];
            Random random = new Random(60 + i);
            for (int j = 0; j < values.length; j++) {
                values[j] = 100 * (1 + noise * Math.pow(random.nextGaussian(), 3));
            }
            suite.add(Trials.DURATION.called("b" + i).series(Trials.points(values)));
        }
        return new Replay(policy, gate, new Replay.Settings(60, 1, 100, 10, 1)).measure(suite, done -> {});
    }

    @Test
    void of_quiet_series_all_that_reaches_the_margin_is_found_at_once_and_nothing_below_it_ever() {
        Calibration calibration = injected(3, suite(20, QUIET, QUIET));

        for (Calibration.Detection detection : calibration.detections()) {
            boolean isFound = detection.size() >= Policy.DEFAULT.margin();
            assertThat(detection.within()).extracting(Calibration.Within::runs).containsExactly(1, 2, 3, 5, 10);
            assertThat(detection.within())
                    .extracting(Calibration.Within::found)
                    .containsOnly(new Proportion(isFound ? 3 : 0, 3));
            if (isFound) {
                assertThat(detection.meanDelay()).hasValue(1);
            } else {
                assertThat(detection.meanDelay()).isEmpty();
            }
        }
    }

    /** One in ten: of eleven the first and the last in the first round, the second in the second. */
    @Test
    void regressions_are_put_into_one_series_in_ten_at_a_time_and_into_each_in_turn() {
        double[] noises = noises(11, 0);
        noises[0] = LOUD;
        noises[10] = LOUD;
        Replay.Settings settings = new Replay.Settings(1, 3, 100, 20, 1);
        Replay replay = new Replay(Policy.DEFAULT, GatePolicy.DEFAULT, settings);

        Calibration calibration = replay.measure(suite(20, noises), done -> {});

        assertThat(calibration.detections().get(2).within().get(4).found()).isEqualTo(new Proportion(1, 3));
        // one healthy run, and two rounds of five sizes
        assertThat(replay.steps(suite(20, noises))).isEqualTo(1 + 2 * 5);
        // of two series each is one in ten: two of four rounds are the quiet one's
        assertThat(injected(4, suite(20, QUIET, LOUD))
                        .detections()
                        .get(2)
                        .within()
                        .get(4)
                        .found())
                .isEqualTo(new Proportion(2, 4));
    }

    @Test
    void the_mean_delay_is_that_of_what_was_found() {
        Calibration calibration = injected(30, suite(20, 0.02));

        assertThat(calibration.detections())
                .anyMatch(detection -> hits(detection, 0) < hits(detection, 3) && hits(detection, 4) < 30);
        for (Calibration.Detection detection : calibration.detections()) {
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

    private static int hits(Calibration.Detection detection, int runs) {
        return detection.within().get(runs).found().hits();
    }

    @ParameterizedTest
    @EnumSource(Severity.class)
    void the_alarms_of_a_severity_are_the_runs_that_close_the_gate_which_blocks_at_it(Severity blockAt) {
        Calibration calibration = healthy(EAGER, gate(blockAt, 5));

        assertThat(calibration.healthyRuns()).isEqualTo(60);
        assertThat(calibration.called().count()).isEqualTo(60);
        assertThat(calibration.alarms()).extracting(Calibration.Alarms::blockAt).containsExactly(Severity.values());
        Calibration.Alarms alarms = calibration.alarms().get(blockAt.ordinal());
        assertThat(calibration.closed()).isEqualTo(alarms.runs());
        assertThat(calibration.alarms().get(0).runs()).isEqualTo(calibration.called());
        assertThat(calibration.alarms().get(1).runs().hits())
                .isPositive()
                .isLessThan(calibration.called().hits());
    }

    @Test
    void results_that_are_too_good_are_counted_by_runs() {
        Calibration strict = healthy(EAGER, gate(Severity.MAJOR, 1.05));

        assertThat(strict.tooGood().count()).isEqualTo(60);
        assertThat(strict.tooGood().hits()).isBetween(1, 30);
        assertThat(healthy(EAGER, gate(Severity.MAJOR, 5)).tooGood()).isEqualTo(new Proportion(0, 60));
    }

    /** What is seen in up to twice as many healthy runs as may be called is suspected. */
    @Test
    void suspects_are_counted_by_series() {
        Policy bold = new Policy(0, Severities.DEFAULT, 0.95, 0.3, 5);
        Calibration calibration = healthy(bold, gate(Severity.MAJOR, 5));

        assertThat(calibration.suspected().count()).isEqualTo(2 * 60);
        assertThat(calibration.suspected().hits()).isBetween(1, 30);
    }

    @Test
    void the_first_series_with_enough_runs_that_were_not_judged_bad_are_replayed() {
        List<Series> suite = new ArrayList<>(suite(20, QUIET, QUIET, QUIET, QUIET));
        // minimum runs are five
        suite.set(0, suite.get(0).withPoints(bad(suite.get(0).points().subList(0, 6), 2)));
        suite.set(1, suite.get(1).withPoints(bad(suite.get(1).points().subList(0, 6), 1)));
        Replay.Settings settings = new Replay.Settings(1, 1, 2, 20, 1);

        Calibration calibration = new Replay(Policy.DEFAULT, GatePolicy.DEFAULT, settings).measure(suite, done -> {});

        assertThat(calibration.series()).isEqualTo(2);
        assertThat(calibration.leftOut()).isEqualTo(2);
        assertThat(calibration.detectable())
                .extracting(Calibration.Detectable::key)
                .containsExactly(suite.get(1).key(), suite.get(2).key());
        assertThat(calibration.seed()).isEqualTo(1);
    }

    private static List<Point> bad(List<Point> points, int count) {
        List<Point> marked = new ArrayList<>(points);
        for (int i = 0; i < count; i++) {
            marked.set(i, points.get(i).asJudgedBad());
        }
        return marked;
    }

    @Test
    void what_can_be_found_in_a_series_follows_from_its_noise_and_from_how_many_there_are() {
        List<Series> suite = new ArrayList<>(suite(20, 0.02, 0.01));
        double[] constant = new double[20];
        Arrays.fill(constant, 7);
        suite.add(Trials.COUNTER.called("constant").series(Trials.points(constant)));

        List<Calibration.Detectable> reported = injected(1, suite).detectable();

        NextRun next = NextRun.after(suite, Policy.DEFAULT);
        for (int i = 0; i < 3; i++) {
            assertThat(reported.get(i).change())
                    .isEqualTo(next.detectable(suite.get(i).key(), 1));
        }
        assertThat(reported.get(0).noise()).isBetween(0.01, 0.03);
        assertThat(reported.get(1).noise()).isBetween(0.005, 0.015);
        assertThat(reported.get(2).noise()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"9, 1, true", "8, 1, false", "1, 0, true"})
    void the_runs_that_confirm_are_those_that_show_a_size_in_nine_series_of_ten(int quiet, int loud, boolean isShown) {
        Calibration calibration = injected(1, suite(20, noises(quiet, loud)));

        for (Calibration.Confirming confirming : calibration.confirming()) {
            boolean isAboveMargin = confirming.size() >= Policy.DEFAULT.margin();
            assertThat(confirming.reached()).isEqualTo(new Proportion(isAboveMargin ? quiet : 0, quiet + loud));
            assertThat(confirming.runs()).isEqualTo(isAboveMargin && isShown ? OptionalInt.of(1) : OptionalInt.empty());
        }
    }

    @Test
    void as_many_runs_confirm_as_it_takes() {
        List<Series> suite = suite(20, 0.02);

        List<Calibration.Confirming> reported = injected(1, suite).confirming();

        NextRun next = NextRun.after(suite, Policy.DEFAULT);
        SeriesKey key = suite.get(0).key();
        Calibration.Confirming five = reported.get(2);
        int runs = five.runs().orElseThrow();
        assertThat(five.size()).isEqualTo(0.05);
        assertThat(runs).isGreaterThan(1);
        assertThat(next.detectable(key, runs).orElseThrow()).isLessThanOrEqualTo(0.05);
        assertThat(next.detectable(key, runs - 1).orElseThrow()).isGreaterThan(0.05);
    }

    @Test
    void every_step_is_told_and_no_other() {
        List<Series> suite = suite(20, QUIET, QUIET);
        Replay replay = new Replay(Policy.DEFAULT, GatePolicy.DEFAULT, new Replay.Settings(2, 3, 100, 20, 1));
        List<Integer> heard = new ArrayList<>();

        replay.measure(suite, heard::add);

        // two healthy runs, and three rounds of five sizes
        assertThat(heard).isEqualTo(IntStream.rangeClosed(1, 2 + 3 * 5).boxed().toList());
        assertThat(replay.steps(suite)).isEqualTo(2 + 3 * 5);
    }

    @Test
    void nothing_is_told_of_no_series() {
        Replay replay = new Replay(Policy.DEFAULT, GatePolicy.DEFAULT, new Replay.Settings(7, 3, 100, 20, 1));

        Calibration calibration = replay.measure(List.of(), done -> {});

        assertThat(calibration.healthyRuns()).isZero();
        assertThat(calibration.alarms()).extracting(Calibration.Alarms::runs).containsOnly(new Proportion(0, 0));
        assertThat(calibration.detections()).isEmpty();
        assertThat(calibration.confirming())
                .extracting(Calibration.Confirming::runs)
                .containsOnly(OptionalInt.empty());
        // the healthy runs that were asked for, and no rounds
        assertThat(replay.steps(List.of())).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 10",
        "100000, 100000, 100000, 10000",
    })
    void settings_have_these_bounds(int replays, int injections, int series, int history) {
        assertThat(new Replay.Settings(replays, injections, series, history, 1).replays())
                .isEqualTo(replays);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 10, replays", "100001, 1, 1, 10, replays",
        "1, 0, 1, 10, injections", "1, 100001, 1, 10, injections",
        "1, 1, 0, 10, series", "1, 1, 100001, 10, series",
        "1, 1, 1, 9, history", "1, 1, 1, 10001, history",
    })
    void settings_outside_their_bounds_are_refused(int replays, int injections, int series, int history, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Replay.Settings(replays, injections, series, history, 1))
                .withMessageContaining(named);
    }
}
