package dev.plumbline.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a line may be broken and where it may not. */
class LineUnitsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plumb",
                "plumb check",
                "plumb triage mute d660dc3f8f4f-6837bfdd --until 2026-01-31",
                "plumb accept org.acme.Sort.quick --reason 'the new parser' --scope env",
                "plumb explain 'Sort quick {n=10, mode=avgt}'",
                "plumb record results/jmh.json --commit 3f2a1c9d00",
                "plumb series rename OLD NEW"
            })
    void a_command_is_one_unit_wherever_it_stands(String command) {
        assertThat(LineUnits.of(command)).containsExactly(command);
        assertThat(LineUnits.of("or " + command + "; then see")).contains(command + ";", "or", "then", "see");
        assertThat(LineUnits.isCommand(command + " ")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "use plumb check. And look | use,plumb check.,And,look",
                "(as plumb check) does | (as,plumb check),does",
                "plumb check; plumb explain | plumb check;,plumb explain",
                "with plumb check: it tells | with,plumb check:,it,tells",
                "the plumbing is fine | the,plumbing,is,fine",
            })
    void the_words_around_a_command_are_units_of_their_own(String text, String units) {
        assertThat(LineUnits.of(text)).containsExactly(units.split(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a", "a  b", " a ", "plumb", "plumb check 'open", "plumb '", "plumb -x", "' plumb"})
    void joined_by_spaces_they_are_the_text(String text) {
        assertThat(String.join(" ", LineUnits.of(text))).isEqualTo(text);
    }

    @Test
    void a_quote_that_is_never_closed_takes_the_rest() {
        assertThat(LineUnits.of("plumb explain 'a b c")).isEqualTo(List.of("plumb explain 'a b c"));
    }
}
