package dev.plumbline.core.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A loss that came on another one, which checks tell together, and the history too late. */
class FurtherLossTest {
    private static final int FIRST = 30;

    /** A loss of 10 % that checks have called, and a further one in the newest runs. */
    private static Optional<CalledRegression> called(long seed, int runs, int newest, double noise, double further) {
        Histories histories = new Histories(seed)
                .with(
                        "a",
                        "ci",
                        runs,
                        1,
                        noise,
                        i -> i < FIRST ? 100 : i < runs - newest ? 110 : 110 * (1 + further),
                        Histories.still());
        Track track = histories.tracks().get(0);
        List<Point> points = new ArrayList<>();
        for (Point point : track.series().points()) {
            points.add(new Point(
                    point.run(),
                    point.value(),
                    1,
                    0,
                    points.size() >= track.shifts().get(0).change().index()));
        }
        Series series = track.series().withPoints(points);
        return Track.of(SegmentedSeries.of(series, 0.02), histories.timeline()).called().stream()
                .reduce((earlier, later) -> later);
    }

    @Test
    void one_run_of_it_is_enough() {
        int found = 0;
        for (long seed = 0; seed < 100; seed++) {
            Optional<CalledRegression> called = called(seed, 50, 1, 0.01, 0.08);
            found += called.filter(one -> one.isFurther() && one.index() == 49).isPresent() ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(95);
    }

    @Test
    void chance_makes_hardly_any() {
        int found = 0;
        for (long seed = 0; seed < 300; seed++) {
            found += called(seed, 50, 0, 0.02, 0).isPresent() ? 1 : 0;
        }
        assertThat(found).isLessThanOrEqualTo(3);
    }
}
