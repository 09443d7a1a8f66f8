package dev.plumbline.core.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.stats.distribution.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static final Proportion NONE = new Proportion(0, 20);

    private static Calibration calibration(List<Calibration.Alarms> alarms) {
        return new Calibration(3, 0, 20, NONE, NONE, NONE, NONE, alarms, List.of(), List.of(), List.of(), 1);
    }

    private static Calibration.Alarms alarms(Severity blockAt, int hits, int count) {
        return new Calibration.Alarms(blockAt, new Proportion(hits, count));
    }

    @Test
    void the_gate_can_close_at_the_least_severity_that_healthy_runs_seldom_reach() {
        Calibration calibration = calibration(List.of(
                alarms(Severity.NONE, 6, 20),
                alarms(Severity.MINOR, 3, 20),
                alarms(Severity.MAJOR, 1, 20),
                alarms(Severity.CRITICAL, 0, 20)));

        assertThat(calibration.severityFor(0.30)).contains(Severity.NONE);
        assertThat(calibration.severityFor(0.29)).contains(Severity.MINOR);
        assertThat(calibration.severityFor(0.05)).contains(Severity.MAJOR);
        assertThat(calibration.severityFor(0.04)).contains(Severity.CRITICAL);
    }

    @Test
    void no_severity_is_told_where_all_are_reached_too_often_or_nothing_was_tried() {
        assertThat(calibration(List.of(alarms(Severity.MAJOR, 6, 20), alarms(Severity.CRITICAL, 2, 20)))
                        .severityFor(0.05))
                .isEmpty();
        assertThat(calibration(List.of(alarms(Severity.CRITICAL, 0, 0))).severityFor(0.05))
                .isEmpty();
    }

    @Test
    void a_calibration_does_not_change_with_the_lists_it_was_made_from() {
        List<Calibration.Alarms> alarms = new ArrayList<>(List.of(alarms(Severity.MAJOR, 0, 20)));
        List<Calibration.Within> within = new ArrayList<>(List.of(new Calibration.Within(1, NONE)));
        Calibration calibration = calibration(alarms);
        Calibration.Detection detection = new Calibration.Detection(0.05, within, OptionalDouble.empty());

        alarms.clear();
        within.clear();

        assertThat(calibration.alarms()).hasSize(1);
        assertThat(detection.within()).hasSize(1);
    }
}
