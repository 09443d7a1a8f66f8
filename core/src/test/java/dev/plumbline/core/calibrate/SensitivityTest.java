package dev.plumbline.core.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SensitivityTest {
    private static final SeriesKey KEY = new SeriesKey(Benchmark.of("sort"), "time", "lab", "main");

    private static Sensitivity sensitivity(Policy policy, OptionalDouble detectable, Sensitivity.Needed... needed) {
        return new Sensitivity(KEY, Unit.of("ms"), policy, 40, 0.01, 3, detectable, List.of(needed), Optional.empty());
    }

    private static Sensitivity.Needed needed(double size, int runs) {
        return new Sensitivity.Needed(size, OptionalInt.of(runs));
    }

    @Test
    void runs_are_told_for_the_sizes_that_were_asked_for_and_for_no_others() {
        Sensitivity sensitivity = sensitivity(
                Policy.DEFAULT,
                OptionalDouble.of(0.08),
                new Sensitivity.Needed(0.02, OptionalInt.empty()),
                needed(0.05, 4),
                needed(0.10, 1));

        assertThat(sensitivity.runsFor(0.05)).hasValue(4);
        assertThat(sensitivity.runsFor(0.10)).hasValue(1);
        assertThat(sensitivity.runsFor(0.02)).as("twenty are not enough").isEmpty();
        assertThat(sensitivity.runsFor(0.03)).as("not asked for").isEmpty();
    }

    private static HistoryEvidence.Sensitivity reported(
            double detectable, double asked, OptionalInt needed, double margin) {
        return new HistoryEvidence.Sensitivity(OptionalDouble.of(detectable), 1, asked, needed, 20, margin);
    }

    @Test
    void what_is_told_is_of_one_run_and_of_what_it_takes_to_see_a_major_change() {
        assertThat(sensitivity(Policy.DEFAULT, OptionalDouble.of(0.08), needed(0.02, 17), needed(0.05, 4))
                        .ofNextRun())
                .isEqualTo(reported(0.08, 0.05, OptionalInt.of(4), 0.02));
        assertThat(sensitivity(Policy.DEFAULT, OptionalDouble.empty()).ofNextRun())
                .isEqualTo(new HistoryEvidence.Sensitivity(
                        OptionalDouble.empty(), 1, 0.05, OptionalInt.empty(), 20, 0.02));
    }

    @Test
    void what_is_major_and_what_matters_follow_from_the_policy() {
        Policy rough = new Policy(0.02, new Severities(0.05, 0.2, 0.5), 0.95, 0.05, 5);

        assertThat(sensitivity(rough, OptionalDouble.of(0.3), needed(0.2, 3), needed(0.05, 9))
                        .ofNextRun())
                .isEqualTo(reported(0.3, 0.2, OptionalInt.of(3), 0.02));
        assertThat(sensitivity(rough.withMargin(0.25), OptionalDouble.of(0.3), needed(0.2, 3))
                        .ofNextRun())
                .isEqualTo(reported(0.3, 0.2, OptionalInt.of(3), 0.25));
    }

    @Test
    void what_was_found_does_not_change_with_the_lists_it_was_made_from() {
        List<Sensitivity.Needed> sizes = new ArrayList<>(List.of(needed(0.05, 4)));
        List<Calibration.Detection> detections =
                new ArrayList<>(List.of(new Calibration.Detection(0.05, List.of(), OptionalDouble.empty())));
        Proportion none = new Proportion(0, 10);
        Sensitivity.Replayed replayed =
                new Sensitivity.Replayed(none, none, detections, Optional.empty(), OptionalDouble.of(0.1));
        Sensitivity sensitivity = new Sensitivity(
                KEY, Unit.of("ms"), Policy.DEFAULT, 40, 0.01, 3, OptionalDouble.of(0.08), sizes, Optional.of(replayed));

        sizes.clear();
        detections.clear();

        assertThat(sensitivity.runsFor(0.05)).hasValue(4);
        assertThat(sensitivity.replay().orElseThrow().detections()).hasSize(1);
    }

    @Test
    void a_size_that_nothing_is_known_of_is_empty_and_not_missing() {
        assertThatNullPointerException()
                .isThrownBy(() -> sensitivity(Policy.DEFAULT, null))
                .withMessage("detectable");
        Proportion none = new Proportion(0, 10);
        assertThatNullPointerException()
                .isThrownBy(() -> new Sensitivity.Replayed(none, none, List.of(), Optional.empty(), null))
                .withMessage("found99");
    }
}
