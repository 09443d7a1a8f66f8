package dev.plumbline.report.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.incident.SteadyFacts.Change;
import dev.plumbline.core.model.EnvironmentDifference;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactNotesTest {
    private static final List<EnvironmentDifference> JVM =
            List.of(new EnvironmentDifference("jvm", "17.0.9", "21.0.2"));

    private static List<Change> facts(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Change("f" + i, "a" + i, "b" + i))
                .toList();
    }

    private static String changed(String before, String after) {
        return FactNotes.changed(List.of(), List.of(new Change("kernel", before, after)), Optional.empty());
    }

    @Test
    void nothing_that_changed_is_no_words() {
        assertThat(FactNotes.changed(List.of(), List.of(), Optional.empty())).isEmpty();
        assertThat(FactNotes.changed(List.of(), List.of(), Optional.of("main"))).isEmpty();
    }

    @ParameterizedTest(name = "{0} facts")
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | f1 changed with this run from a1 to b1",
                "2 | f1 changed with this run from a1 to b1, f2 from a2 to b2",
                "3 | f1 changed with this run from a1 to b1, f2 from a2 to b2, f3 from a3 to b3",
                "4 | f1 changed with this run from a1 to b1, f2 from a2 to b2, f3 from a3 to b3, and 1 more",
                "13 | f1 changed with this run from a1 to b1, f2 from a2 to b2, f3 from a3 to b3, and 10 more",
            })
    void of_other_facts_three_are_listed(int count, String words) {
        assertThat(FactNotes.changed(List.of(), facts(count), Optional.empty())).isEqualTo(words);
    }

    @Test
    void the_jvm_comes_first_and_names_the_branch_that_has_another() {
        assertThat(FactNotes.changed(JVM, List.of(), Optional.empty()))
                .isEqualTo("changed with this run: JVM 17.0.9 → 21.0.2");
        assertThat(FactNotes.changed(JVM, List.of(), Optional.of("main")))
                .isEqualTo("this run differs from main: JVM 17.0.9 → 21.0.2");
        assertThat(FactNotes.changed(JVM, facts(1), Optional.empty()))
                .isEqualTo("changed with this run: JVM 17.0.9 → 21.0.2; f1 changed with this run from a1 to b1");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"x", "漢", "🚀", "\u202e"})
    void a_value_is_cut_after_a_hundred_characters_and_never_inside_one(String character) {
        String fits = character.repeat(100);

        assertThat(changed(fits, "6.1")).isEqualTo("kernel changed with this run from " + fits + " to 6.1");
        assertThat(changed("6.1", character.repeat(101)))
                .isEqualTo("kernel changed with this run from 6.1 to " + fits + "…");
        assertThat(changed(character.repeat(4_000), character.repeat(1_000)))
                .isEqualTo("kernel changed with this run from " + fits + "… to " + fits + "…");
    }
}
