package dev.plumbline.report.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.calibrate.Calibration;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.report.Examples;
import dev.plumbline.report.Harmless;
import dev.plumbline.report.content.SuiteOrigin;
import dev.plumbline.report.json.CalibrationJson;
import dev.plumbline.report.terminal.TextStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a calibration says, with the numbers of one that was made up. */
class CalibrationTextTest {
    private static final Optional<SuiteOrigin> ORIGIN = Optional.of(new SuiteOrigin("0a1b2c3d4e5f", "main"));
    private static final TextStyle WIDE = TextStyle.DEFAULT.withWidth(160);

    private static Calibration calibration(int series, int leftOut, int healthy, int detectables, Severity strictest) {
        List<Calibration.Detectable> detectable = new ArrayList<>();
        for (int i = 0; i < detectables; i++) {
            detectable.add(new Calibration.Detectable(
                    Examples.key("Sort.run" + i, "time"),
                    i == 0 ? OptionalDouble.empty() : OptionalDouble.of(0.01 * i),
                    0.005 * i));
        }
        return new Calibration(
                series,
                leftOut,
                healthy,
                new Proportion(Math.min(1, healthy), healthy),
                new Proportion(Math.min(2, healthy), healthy),
                new Proportion(0, healthy),
                new Proportion(Math.min(3, healthy), healthy),
                strictest == Severity.NONE
                        ? List.of(new Calibration.Alarms(Severity.NONE, new Proportion(0, 100)))
                        : List.of(
                                new Calibration.Alarms(Severity.NONE, new Proportion(50, 100)),
                                new Calibration.Alarms(strictest, new Proportion(0, 100))),
                List.of(
                        new Calibration.Detection(
                                0.05,
                                List.of(
                                        new Calibration.Within(1, new Proportion(40, 100)),
                                        new Calibration.Within(5, new Proportion(95, 100))),
                                OptionalDouble.of(1.75)),
                        new Calibration.Detection(
                                0.1,
                                List.of(
                                        new Calibration.Within(1, new Proportion(100, 100)),
                                        new Calibration.Within(5, new Proportion(100, 100))),
                                OptionalDouble.empty())),
                detectable,
                List.of(
                        new Calibration.Confirming(0.05, new Proportion(8, 10), OptionalInt.of(3)),
                        new Calibration.Confirming(0.1, new Proportion(10, 10), OptionalInt.of(1)),
                        new Calibration.Confirming(0.02, new Proportion(0, 10), OptionalInt.empty())),
                42);
    }

    @Test
    void false_alarms_have_their_share_and_its_interval() {
        String text = CalibrationText.of(calibration(12, 1, 100, 3, Severity.MAJOR), ORIGIN, Policy.DEFAULT, WIDE);

        assertThat(text)
                .startsWith("12 series replayed, 1 left out, branch main, environment 0a1b2c3d4e5f\n")
                .contains("Of 100 healthy runs\n  1.0 % (0.2 to 5.4 %) failed the gate\n")
                .contains("  0.0 % (0.0 to 3.7 %) reported a result too good to be true\n");
    }

    @Test
    void detections_have_a_row_for_each_size_and_a_column_for_each_number_of_runs() {
        String text = CalibrationText.of(calibration(12, 0, 100, 3, Severity.MAJOR), ORIGIN, Policy.DEFAULT, WIDE);

        assertThat(text.lines().map(line -> line.strip().replaceAll(" {2,}", "|")))
                .contains("size|1 run|5 runs|mean delay|± at most", "5 %|40 %|95 %|1.8|9 %", "10 %|100 %|100 %|2 %");
        assertThat(text)
                .contains("To detect 5 % in nine of ten series: run each commit 3 times (one run detects it in 80 % of"
                        + " the series)\n")
                .contains("To detect 10 % in nine of ten series: one run is enough (one run detects it in 100 % of the"
                        + " series)\n")
                .contains("To detect 2 % in nine of ten series: not even twenty runs per commit are enough");
    }

    @ParameterizedTest
    @CsvSource({"MAJOR, --block-at major is the strictest", "NONE, --block-at any is the strictest"})
    void the_strictest_gate_that_keeps_the_rate_is_named(Severity strictest, String words) {
        assertThat(CalibrationText.of(calibration(12, 0, 100, 1, strictest), ORIGIN, Policy.DEFAULT, WIDE))
                .contains("of healthy runs: " + words + " setting that achieves it here\n");
    }

    @Test
    void the_series_that_see_least_come_first_and_twenty_are_listed_unless_all_are_asked_for() {
        Calibration many = calibration(30, 0, 100, 25, Severity.MAJOR);
        String text = CalibrationText.of(many, ORIGIN, Policy.DEFAULT, WIDE);

        assertThat(text.lines().filter(line -> line.startsWith("Sort.run"))).hasSize(20);
        assertThat(text.lines().filter(line -> line.startsWith("Sort.run")).findFirst())
                .hasValueSatisfying(
                        line -> assertThat(line).contains("Sort.run0 ").endsWith("none"));
        assertThat(text).contains("\n… and 5 more, all better; list them with --verbose\n");
        assertThat(CalibrationText.of(many, ORIGIN, Policy.DEFAULT, WIDE.withVerbose(true))
                        .lines()
                        .filter(line -> line.startsWith("Sort.run")))
                .hasSize(25);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | no series is long enough to replay, branch main, environment 0a1b2c3d4e5f",
                "1 | no series is long enough to replay, branch main, environment 0a1b2c3d4e5f; 1 is too short: it needs"
                        + " 5 runs that were not judged regressions",
                "3 | no series is long enough to replay, branch main, environment 0a1b2c3d4e5f; 3 are too short: each"
                        + " needs 5 runs that were not judged regressions",
            })
    void nothing_to_replay_says_what_a_series_needs(int leftOut, String words) {
        assertThat(CalibrationText.of(
                        calibration(0, leftOut, 0, 0, Severity.NONE),
                        ORIGIN,
                        Policy.DEFAULT,
                        TextStyle.DEFAULT.withWidth(400)))
                .isEqualTo(words + "\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100})
    void no_share_of_nothing_is_a_number(int healthy) throws IOException {
        Calibration calibration = calibration(1, 0, healthy, 1, Severity.MAJOR);
        for (TextStyle style : Harmless.STYLES) {
            String text = CalibrationText.of(calibration, ORIGIN, Policy.DEFAULT, style);
            Harmless.assertFits(text, style);
            assertThat(text).doesNotContain("NaN", "Infinity");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CalibrationJson.write(calibration, Optional.empty(), out);
        JsonNode json = JsonMapper.builder().build().readTree(out.toByteArray());
        assertThat(json.path("environment").isNull()).isTrue();
        assertThat(json.path("closed").path("count").asInt()).isEqualTo(healthy);
        assertThat(json.path("closed").path("share").isNull()).isEqualTo(healthy == 0);
        assertThat(json.path("detectable").path(0).path("change").isNull()).isTrue();
        assertThat(json.path("confirming").path(2).path("runs").isNull()).isTrue();
        assertThat(json.path("seed").asInt()).isEqualTo(42);
    }
}
