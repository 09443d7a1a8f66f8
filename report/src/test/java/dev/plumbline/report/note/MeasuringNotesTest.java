package dev.plumbline.report.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.report.note.MeasuringNotes.End;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuringNotesTest {
    @ParameterizedTest(name = "{0} benchmarks, {1} to {2} pairs, {3} s")
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1 | 1 | 1 | measured 1 pair of the benchmark in 1 second",
                "1 | 8 | 8 | 90 | measured 8 pairs of the benchmark in 90 seconds",
                "2 | 3 | 3 | 0 | measured 3 pairs of each benchmark in 0 seconds",
                "9 | 1 | 2 | 3600 | measured 1 to 2 pairs of each benchmark in 3,600 seconds",
                "9 | 0 | 1 | 12 | measured 0 to 1 pairs of each benchmark in 12 seconds",
            })
    void pairs_benchmarks_and_seconds_are_counted(int benchmarks, int fewest, int most, long seconds, String words) {
        assertThat(MeasuringNotes.pairs(benchmarks, fewest, most, seconds, End.DECIDED))
                .isEqualTo(words + "; every benchmark is decided");
    }

    @Test
    void each_end_of_measuring_has_words_of_its_own() {
        List<String> ends = Arrays.stream(End.values())
                .map(end ->
                        MeasuringNotes.pairs(2, 4, 4, 10, end).replace("measured 4 pairs of each benchmark in ", ""))
                .toList();

        assertThat(ends).doesNotHaveDuplicates().allMatch(words -> words.matches("10 seconds; [a-z].*[a-z]"));
        assertThat(MeasuringNotes.pairs(2, 4, 4, 10, End.STOPPED)).endsWith("; " + MeasuringNotes.STOPPED);
    }

    @ParameterizedTest(name = "{0} metrics")
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1 metric",
                "2 | 2 metrics",
                "40 | 40 metrics",
            })
    void two_copies_of_the_base_differ_in_the_median_and_at_most(int metrics, String counted) {
        assertThat(MeasuringNotes.copies(0.004, metrics, 0.0316, "Sort.quick time", List.of()))
                .isEqualTo("two copies of the base were measured with the head: they differ by 0.4 % in the median of "
                        + counted + " and by 3.2 % at most (Sort.quick time); within noise");
    }

    @Test
    void metrics_whose_copies_differ_by_more_than_noise_are_named_with_what_follows() {
        assertThat(MeasuringNotes.copies(0, 3, 0.5, "Sort.quick time", List.of("Sort.quick time", "Sort.merge time")))
                .contains("differ by 0.0 % in the median of 3 metrics and by 50.0 % at most (Sort.quick time)")
                .endsWith("; beyond noise for Sort.quick time, Sort.merge time: there, a change of the head is reported"
                        + " only if it is many times larger");
    }

    @Test
    void a_name_with_a_percent_sign_is_no_format() {
        assertThat(MeasuringNotes.copies(0.01, 2, 0.02, "load %d %n %s", List.of("100%")))
                .contains("(load %d %n %s)", "beyond noise for 100%:");
    }

    @ParameterizedTest(name = "{0} changes")
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | n1",
                "2 | n1; n2",
                "3 | n1; n2; n3",
                "4 | n1; n2; n3; …",
                "40 | n1; n2; n3; …",
            })
    void of_the_changes_that_make_earlier_measurements_useless_three_are_named(int changes, String list) {
        assertThat(MeasuringNotes.discarded(NoteExamples.names(changes)))
                .isEqualTo("earlier measurements are discarded because of changes since then (" + list
                        + "); starting from the beginning");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | continuing after 1 execution measured earlier",
                "2 | continuing after 2 executions measured earlier",
                "1000 | continuing after 1,000 executions measured earlier",
            })
    void executions_measured_earlier_are_counted(int executions, String words) {
        assertThat(MeasuringNotes.continued(executions)).isEqualTo(words);
    }

    @Test
    void equal_builds_are_named() {
        assertThat(MeasuringNotes.sameBuild(List.of("a.jar")))
                .isEqualTo("base and head build the same a.jar: no change is possible");
        assertThat(MeasuringNotes.sameBuild(List.of("a.jar", "b.jar"))).contains(" the same a.jar, b.jar: ");
    }

    @Test
    void a_head_that_is_measured_alone_has_the_reason_and_what_it_is_judged_against() {
        assertThat(MeasuringNotes.headAlone("exit code 1"))
                .startsWith("the base could not be measured (exit code 1): only the head was measured; ")
                .contains("judged against it");
    }

    @Test
    void a_file_that_is_in_the_way_comes_first() {
        assertThat(MeasuringNotes.undeletable("a b.json")).startsWith("a b.json: cannot be deleted; ");
        assertThat(MeasuringNotes.locked("a b.lock", "no space left"))
                .isEqualTo("a b.lock: its lock cannot be released: no space left");
        assertThat(MeasuringNotes.notResumable("no space left"))
                .startsWith("--resume")
                .endsWith(": no space left");
        assertThat(MeasuringNotes.notInBase("Sort.quick")).isEqualTo("Sort.quick is new: not in the base");
    }
}
