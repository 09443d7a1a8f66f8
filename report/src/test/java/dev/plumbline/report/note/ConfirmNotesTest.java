package dev.plumbline.report.note;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfirmNotesTest {
    @ParameterizedTest(name = "{0} confirmed, {1} cleared, {2} left")
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 0 | 0 | confirmed n1",
                "0 | 1 | 0 | not confirmed n1",
                "0 | 0 | 1 | no new result for n1",
                "2 | 1 | 0 | confirmed n1, n2; not confirmed n1",
                "0 | 2 | 1 | not confirmed n1, n2; no new result for n1",
                "1 | 0 | 1 | confirmed n1; no new result for n1",
                "1 | 1 | 1 | confirmed n1; not confirmed n1; no new result for n1",
                "5 | 0 | 0 | confirmed n1, n2, n3, n4, n5",
                "6 | 7 | 8 | confirmed n1, n2, n3, n4, n5 and 1 more; not confirmed n1, n2, n3, n4, n5 and 2 more; no"
                        + " new result for n1, n2, n3, n4, n5 and 3 more",
            })
    void possible_regressions_are_listed_by_how_they_ended(int confirmed, int cleared, int left, String words) {
        assertThat(ConfirmNotes.checkedAgain(
                        3, NoteExamples.names(confirmed), NoteExamples.names(cleared), NoteExamples.names(left)))
                .isEqualTo("checked again in 3 more runs: " + words);
    }

    @Test
    void one_more_run_is_no_plural() {
        assertThat(ConfirmNotes.checkedAgain(1, List.of("Sort.quick"), List.of(), List.of()))
                .isEqualTo("checked again in 1 more run: confirmed Sort.quick");
    }

    @ParameterizedTest
    @CsvSource({
        "0, there is no possible regression",
        "1, the regression is beyond noise already",
        "2, the regressions are beyond noise already"
    })
    void nothing_measured_again_has_its_reason(int certain, String why) {
        assertThat(ConfirmNotes.nothingMeasured(certain)).isEqualTo("--confirm measured nothing again: " + why);
    }

    @ParameterizedTest(name = "{0} left")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | ''",
                "1 | ; no new result for n1",
                "6 | ; no new result for n1, n2, n3, n4, n5 and 1 more",
            })
    void a_command_that_failed_has_the_reason_and_what_is_open(int left, String words) {
        assertThat(ConfirmNotes.failed("reached its time limit of 60 s", NoteExamples.names(left)))
                .isEqualTo("the --confirm command reached its time limit of 60 s" + words);
    }
}
