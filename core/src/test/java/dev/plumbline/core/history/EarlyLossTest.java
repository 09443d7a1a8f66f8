package dev.plumbline.core.history;

import static dev.plumbline.core.judge.trial.Trials.DURATION;
import static dev.plumbline.core.judge.trial.Trials.THROUGHPUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.CommitOrder;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.shape.feature.Health;
import dev.plumbline.core.shape.feature.Segment;
import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.core.stats.steps.StepScan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EarlyLossTest {
    private static final double MARGIN = 0.02;

    private static final Annotations NOTHING_SAID =
            new Annotations(new Annotations.Facts(List.of(), List.of(), List.of()), Instant.EPOCH, CommitOrder.UNKNOWN);

    private static double[] values(int count, double later) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> (i < 3 ? 100 : later) + i % 3 - 1);
        return values;
    }

    private static Series series(int count, double later) {
        return DURATION.series(Trials.points(values(count, later)));
    }

    @Test
    void tells_both_levels_and_the_first_run_behind_it() {
        EarlyLoss loss = EarlyLoss.of(series(9, 125), MARGIN).orElseThrow();

        assertThat(loss.before()).isEqualTo(3);
        assertThat(loss.after()).isEqualTo(6);
        assertThat(loss.first()).isEqualTo(100);
        assertThat(loss.later()).isEqualTo(125);
        assertThat(loss.relativeChange()).isEqualTo(0.25, within(1e-12));
        assertThat(loss.since()).isEqualTo(Trials.run(3));
    }

    @Test
    void the_first_runs_are_neither_outliers_nor_a_part_of_one_stable_level() {
        for (int count = 6; count <= 16; count++) {
            Series series = series(count, 125);
            EarlyLoss loss = SegmentedSeries.early(series, MARGIN, NOTHING_SAID).orElseThrow();

            SeriesAnalysis analysis = SeriesAnalysis.of(series, new ChangeMethod.BySteps(new StepScan.Settings(MARGIN)))
                    .with(loss, SeriesAnalysis.days(series))
                    .with(OptionalDouble.empty());

            assertThat(analysis.early()).as("%d values", count).contains(loss);
            assertThat(analysis.shape().main()).isEqualTo(new Shape.SuspectedEarly(3, loss.first(), loss.later()));
            assertThat(analysis.shape().shapes()).extracting(Shape::word).doesNotContain(Shape.Word.STABLE);
            assertThat(analysis.shape().anomalies()).isEmpty();
            assertThat(analysis.shape().segments()).extracting(Segment::first).containsExactly(0, 3);
            assertThat(analysis.shape().segments().get(1).startLevel()).isEqualTo(125, within(0.6));
            assertThat(analysis.summary().health()).isEqualTo(Health.WATCH);
            assertThat(analysis.warnings()).doesNotHaveAnyElementsOfTypes(AnalysisWarning.TooFewToShow.class);
        }
    }

    @Test
    void what_is_better_or_too_small_is_none() {
        assertThat(EarlyLoss.of(series(9, 80), MARGIN)).isEmpty();
        assertThat(EarlyLoss.of(series(9, 125), 0.3)).isEmpty();
        assertThat(EarlyLoss.of(THROUGHPUT.series(Trials.points(values(9, 80))), MARGIN))
                .isPresent();
    }

    @Test
    void it_is_told_while_it_lasts_and_the_series_is_young() {
        double[] back = values(14, 125);
        Arrays.setAll(back, i -> i < 8 ? back[i] : 100 + i % 2);

        assertThat(EarlyLoss.of(DURATION.series(Trials.points(back)), MARGIN)).isEmpty();
        assertThat(EarlyLoss.of(series(36, 125), MARGIN)).isPresent();
        assertThat(EarlyLoss.of(series(37, 125), MARGIN)).isEmpty();
    }

    @Test
    void what_a_check_called_is_told_as_that() {
        List<Point> points = new ArrayList<>(Trials.points(values(9, 125)));
        assertThat(SegmentedSeries.early(DURATION.series(points), MARGIN, NOTHING_SAID))
                .isPresent();
        points.set(3, points.get(3).asJudgedBad());

        assertThat(SegmentedSeries.early(DURATION.series(points), MARGIN, NOTHING_SAID))
                .isEmpty();
    }
}
