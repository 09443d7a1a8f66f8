package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.baseline.QualityCheck;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QualityWordsTest {
    private static final Instant TIME = Instant.parse("2026-01-16T23:00:00Z");

    private static QualityCheck steps(int count, double change, String commit) {
        return new QualityCheck.Steps(count, Optional.of(new QualityCheck.Steps.Newest(change, commit, TIME)));
    }

    static Stream<Arguments> checks() {
        return Stream.of(
                Arguments.of(new QualityCheck.Runs(12, 0, 10, true), "12 runs", ""),
                Arguments.of(
                        new QualityCheck.Runs(7, 0, 10, true),
                        "7 runs, at least 10 are needed",
                        "measure 3 more runs, or widen the window"),
                Arguments.of(
                        new QualityCheck.Runs(9, 1, 10, false),
                        "9 runs, 1 more lies too far from the others to count; at least 10 are" + " needed",
                        "measure 1 more run"),
                Arguments.of(
                        new QualityCheck.MeanInterval(0.012, 0.05, OptionalDouble.empty()),
                        "the 95 % interval of the mean is 1.2 % wide",
                        ""),
                Arguments.of(
                        new QualityCheck.MeanInterval(0.12, 0.05, OptionalDouble.of(80)),
                        "the 95 % interval of the mean is 12.0 % wide, less than 5.0 % is needed",
                        "about 80 runs at this noise, or quieter hardware"),
                Arguments.of(
                        new QualityCheck.MeanInterval(Double.POSITIVE_INFINITY, 0.05, OptionalDouble.empty()),
                        "the relative precision of the mean is unknown",
                        "more runs, or quieter hardware"),
                Arguments.of(new QualityCheck.Steps(0, Optional.empty()), "no change of level within the runs", ""),
                Arguments.of(
                        steps(1, 0.077, "0123456789abcdef"),
                        "1 change of level within the runs, the newest +7.7 % with commit 0123456789 of"
                                + " 2026-01-16",
                        "establish it from the history (it starts after the last change) or from newer runs"),
                Arguments.of(
                        steps(2, Double.POSITIVE_INFINITY, ""),
                        "2 changes of level within the runs, the newest out of zero with the run of 2026-01-16",
                        "establish it from the history (it starts after the last change) or from newer runs"),
                Arguments.of(
                        new QualityCheck.Drift(false, OptionalDouble.empty(), 0.05),
                        "too few runs to detect a" + " trend",
                        ""),
                Arguments.of(new QualityCheck.Drift(true, OptionalDouble.empty(), 0.05), "no trend", ""),
                Arguments.of(
                        new QualityCheck.Drift(true, OptionalDouble.of(-0.021), 0.05),
                        "a trend of 2.1 % over all runs, below the margin",
                        ""),
                Arguments.of(
                        new QualityCheck.Drift(true, OptionalDouble.of(-0.1), 0.05),
                        "its runs fall by 10.0 % from first to last",
                        "find out what drifts, or establish it from fewer runs"),
                Arguments.of(new QualityCheck.Age(1, 90), "its newest run is 1 day old", ""),
                Arguments.of(
                        new QualityCheck.Age(91, 90),
                        "its newest run is 91 days old, more than 90",
                        "measure again and re-establish it"),
                Arguments.of(
                        new QualityCheck.Revisions(201, 200),
                        "201 revisions measured since, more than 200",
                        "re-establish it; the output shows what prevents an update"),
                Arguments.of(
                        new QualityCheck.EnvironmentAge("ci", 91, 90),
                        "environment ci last measured 91 days ago, more than 90",
                        "measure on that machine again, or reset the baseline if it is gone"));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void a_check_tells_what_was_found_and_a_failed_one_what_mends_it(QualityCheck check, String found, String remedy) {
        assertThat(QualityWords.found(check)).isEqualTo(found);
        assertThat(QualityWords.remedy(check)).isEqualTo(remedy);
        assertThat(check.passed()).isEqualTo(remedy.isEmpty());
    }
}
