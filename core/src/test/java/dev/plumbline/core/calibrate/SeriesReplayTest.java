package dev.plumbline.core.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.judge.NextRun;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesReplayTest {
    private static final Replay.Settings SETTINGS = new Replay.Settings(100, 100, 300, 60, 1);
    private static final Series QUIET = series("quiet", 0.004);
    private static final Series LOUD = series("loud", 0.05);

    @Test
    void tells_what_one_run_finds_in_a_quiet_series() {
        Sensitivity quiet = replay(QUIET).get(0);

        assertThat(quiet.detectable().orElseThrow()).isBetween(0.02, 0.05);
        assertThat(quiet.replay().orElseThrow().atDetectable().orElseThrow().share())
                .isBetween(0.95, 1.0);
        assertThat(quiet.replay().orElseThrow().falseAlarms().share()).isLessThanOrEqualTo(0.05);
        assertThat(quiet.replay().orElseThrow().detections())
                .extracting(Calibration.Detection::size)
                .containsExactly(0.01, 0.03, 0.05, 0.10, 0.15);
        assertThat(quiet.replay().orElseThrow().found99().orElseThrow()).isBetween(0.02, 0.06);
        assertThat(found(quiet, 3)).isEqualTo(1);
        assertThat(found(quiet, 0)).isLessThan(0.1); // below the margin
    }

    @Test
    void a_loud_series_tells_how_many_runs_it_takes_to_see_five_per_cent() {
        Sensitivity loud = replay(LOUD).get(0);

        assertThat(loud.detectable().orElseThrow()).isGreaterThan(0.15);
        assertThat(found(loud, 2)).isLessThan(0.8);
        assertThat(loud.runsFor(0.01)).isEmpty();
        loud.runsFor(0.15).ifPresent(runs -> assertThat(runs).isGreaterThan(1));
    }

    @Test
    void the_rest_of_the_suite_is_told() {
        Series other = Trials.DURATION.called("other").series(Trials.points(Trials.noisy(8, 60, 100, 0.005)));
        List<Series> suite = List.of(other, LOUD);

        List<Sensitivity> both =
                new SeriesReplay(SETTINGS).outlook(NextRun.after(suite, Policy.DEFAULT), key -> key.equals(LOUD.key()));

        assertThat(both).hasSize(1);
        assertThat(both.get(0).suiteSize()).isEqualTo(2);
        assertThat(both.get(0).replay()).isEmpty();
        assertThat(both.get(0).detectable().orElseThrow()).isBetween(0.2, 0.6);
    }

    @Test
    void a_series_that_is_too_short_is_left_out() {
        Series few = QUIET.withPoints(QUIET.points().subList(0, 4));

        assertThat(replay(few)).isEmpty();
    }

    @Test
    void the_same_seed_gives_the_same_answer() {
        assertThat(replay(LOUD)).isEqualTo(replay(LOUD));
    }

    private static double found(Sensitivity known, int size) {
        return known.replay()
                .orElseThrow()
                .detections()
                .get(size)
                .within()
                .get(4)
                .found()
                .share();
    }

    private static List<Sensitivity> replay(Series series) {
        return new SeriesReplay(SETTINGS)
                .replay(NextRun.after(List.of(series), Policy.DEFAULT), key -> true, done -> {});
    }

    private static Series series(String name, double noise) {
        return Trials.DURATION.called(name).series(Trials.points(Trials.noisy(7, 60, 100, noise)));
    }
}
