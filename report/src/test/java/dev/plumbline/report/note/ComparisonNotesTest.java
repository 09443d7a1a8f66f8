package dev.plumbline.report.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.model.EnvironmentDifference;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonNotesTest {
    @ParameterizedTest(name = "{0} new")
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1 new benchmark: n1",
                "2 | 2 new benchmarks: n1, n2",
                "5 | 5 new benchmarks: n1, n2, n3, n4, n5",
                "6 | 6 new benchmarks: n1, n2, n3, n4, n5 and 1 more",
                "90 | 90 new benchmarks: n1, n2, n3, n4, n5 and 85 more",
            })
    void of_what_is_new_five_are_named(int names, String words) {
        assertThat(ComparisonNotes.added("new benchmark", NoteExamples.names(names)))
                .hasValue(words);
    }

    @Test
    void nothing_new_is_no_note() {
        assertThat(ComparisonNotes.added("new metric", List.of())).isEmpty();
    }

    @Test
    void sides_of_other_environments_without_known_facts_may_differ_in_the_machine() {
        assertThat(ComparisonNotes.otherSide(new Cause.OtherSide("0a1b2c", "3d4e5f", List.of())))
                .isEqualTo("the two sides were measured in different environments (0a1b2c and 3d4e5f): what differs may"
                        + " be the machine");
    }

    @Test
    void sides_that_differ_in_known_facts_have_them_from_the_base_to_the_candidate() {
        List<EnvironmentDifference> differences = List.of(
                new EnvironmentDifference("cpu", "Ryzen 7", "Ryzen 9"),
                new EnvironmentDifference("jvm", "17.0.9", "21.0.2"),
                new EnvironmentDifference("jvm.flags", "", "-XX:+UseZGC"));

        assertThat(ComparisonNotes.otherSide(new Cause.OtherSide("there", "here", differences)))
                .isEqualTo("besides the code, the two sides differ: -XX:+UseZGC is new, JVM 17.0.9 → 21.0.2, CPU 7 → 9"
                        + " (environments there and here). What got slower or faster may come from that");
    }
}
