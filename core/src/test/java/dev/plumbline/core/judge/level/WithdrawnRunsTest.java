package dev.plumbline.core.judge.level;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.CommitOrder;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WithdrawnRunsTest {
    private static final int RUNS = 20;
    private static final String SLOW = Trials.run(RUNS).id();
    private static final String JUDGED = Trials.run(RUNS + 1).id();
    private static final Annotations NONE =
            new Annotations(new Annotations.Facts(List.of(), List.of(), List.of()), Instant.EPOCH, CommitOrder.UNKNOWN);

    /** Good runs at 100, a called one and the judged one. */
    private static Series series(int index, String metric, double called, double judged) {
        List<Point> points = new ArrayList<>(Trials.points(Trials.noisy(index, RUNS, 100, 0.01)));
        Point slow = new Point(Trials.run(RUNS), called, 1, 0, false);
        points.add(called > 105 ? slow.asJudgedBad() : slow);
        points.add(new Point(Trials.run(RUNS + 1), judged, 1, 0, false));
        Series one = Trials.DURATION.called("b" + index).series(points);
        SeriesKey key = one.key();
        return new Series(
                new SeriesKey(key.benchmark(), metric, key.environment(), key.branch()),
                one.unit(),
                one.better(),
                points,
                List.of());
    }

    private static List<Series> suite() {
        List<Series> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(series(i, "time", 110, i == 0 ? 108 : 100));
            all.add(series(i, "alloc", 100, 100));
            all.add(series(i, "count", 100, 100));
        }
        return all;
    }

    @Test
    void what_was_called_in_a_slow_run_is_withdrawn_and_counted_by_the_metric_that_shows_it() {
        WithdrawnRuns withdrawn = WithdrawnRuns.of(suite(), Set.of(JUDGED), NONE, series -> 0.02);

        assertThat(withdrawn.points())
                .hasSize(6)
                .allSatisfy(point -> assertThat(point.metric()).isEqualTo("time"))
                .extracting(PointKey::runId)
                .containsOnly(SLOW);
        assertThat(withdrawn.annotations().offRuns()).containsExactly(SLOW);
        assertThat(withdrawn.series())
                .allSatisfy(series -> assertThat(series.points()).noneMatch(Point::judgedBad));
        assertThat(withdrawn.before()).singleElement().satisfies(run -> {
            assertThat(run.run().id()).isEqualTo(SLOW);
            assertThat(run.worse()).isEqualTo(6);
            assertThat(run.series()).isEqualTo(6);
            assertThat(run.change()).isCloseTo(0.1, within(0.02));
        });
    }

    @Test
    void it_is_decided_once() {
        WithdrawnRuns first = WithdrawnRuns.of(suite(), Set.of(JUDGED), NONE, series -> 0.02);

        WithdrawnRuns again = WithdrawnRuns.of(first.series(), Set.of(JUDGED), first.annotations(), series -> 0.02);

        assertThat(again.points()).isEmpty();
        assertThat(again.before()).isEqualTo(first.before());
    }

    @Test
    void runs_that_no_series_has_withdraw_nothing() {
        WithdrawnRuns none = WithdrawnRuns.of(suite(), Set.of("another"), NONE, series -> 0.02);

        assertThat(none.points()).isEmpty();
        assertThat(none.annotations()).isSameAs(NONE);
        assertThat(none.before()).isEmpty();
    }
}
