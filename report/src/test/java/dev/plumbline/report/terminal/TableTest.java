package dev.plumbline.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final TextStyle NARROW = TextStyle.DEFAULT.withWidth(60);
    private static final String LONG = "org.example.encoding.Base64TextBenchmark.encodeWithoutPadding";

    private static String table(TextStyle style, String name) {
        Table table = new Table(
                style,
                List.of(
                        new Column("benchmark", false, 0, 24, 8),
                        Column.whole("change", true, 0),
                        new Column("why", false, 3, 30, 20)));
        table.add(List.of(Cell.of(name), Cell.of("+12.3 %"), Cell.of("a reason that takes more than its room")));
        table.add(List.of(Cell.of("short"), Cell.of("-1.0 %"), Cell.of("")));
        StringBuilder out = new StringBuilder();
        table.appendTo(out);
        return out.toString();
    }

    @Test
    void names_are_cut_to_the_width_of_a_terminal() {
        assertThat(table(NARROW, LONG).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60));
        assertThat(table(NARROW, LONG)).contains("…").doesNotContain(LONG);
    }

    @Test
    void a_table_to_be_read_at_a_glance_bounds_what_is_otherwise_whole() {
        Table table = new Table(
                NARROW.withWhole(true), List.of(new Column("", false, 0, 24, 8), Column.whole("", true, 0)), 100);
        table.add(List.of(Cell.of(LONG + LONG), Cell.of("+1 %")));
        table.add(List.of(Cell.of(LONG), Cell.of("+2 %")));
        StringBuilder out = new StringBuilder();

        table.appendTo(out);

        assertThat(out.toString().lines())
                .allSatisfy(line -> assertThat(line).hasSize(100 + 6))
                .anyMatch(line -> line.startsWith(LONG + " "))
                .anyMatch(line -> line.contains("…"));
    }

    @Test
    void what_fits_no_line_goes_on_in_the_next_one() {
        Table table = new Table(
                TextStyle.DEFAULT.withWidth(40),
                List.of(Column.whole("id", false, 0), Column.whole("state", false, 0), Column.whole("size", true, 0)));
        table.add(List.of(Cell.of("d660dc3f8f4f-1a3de2fe"), Cell.of("acknowledged, ended"), Cell.of("+1 %")));
        table.add(List.of(Cell.of("d660dc3f8f4f-2b4ef3af"), Cell.of("muted"), Cell.of("+12 %")));
        StringBuilder out = new StringBuilder();

        table.appendTo(out);

        assertThat(out).hasToString("""
                id
                  state                 size
                d660dc3f8f4f-1a3de2fe
                  acknowledged, ended   +1 %
                d660dc3f8f4f-2b4ef3af
                  muted                +12 %
                """);
    }

    @Test
    void where_nothing_is_cut_the_same_columns_stand_with_whole_names() {
        assertThat(table(NARROW.withWhole(true), LONG))
                .contains(LONG + "  +12.3 %", "short" + " ".repeat(LONG.length() - 5) + "   -1.0 %")
                .doesNotContain("…");
        assertThat(table(NARROW.withWhole(true), LONG).contains("why"))
                .isEqualTo(table(NARROW, LONG).contains("why"));
    }

    @Test
    void no_name_from_outside_makes_every_line_as_long_as_it_is() {
        assertThat(table(NARROW.withWhole(true), "x".repeat(4096)).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(400));
    }

    @Test
    void a_word_is_longer_than_its_line_where_nothing_is_cut() {
        StringBuilder out = new StringBuilder();

        Paragraph.append("  ", "see " + LONG + LONG + " for more", Ansi.PLAIN, NARROW.withWhole(true), out);

        assertThat(out).hasToString("  see\n  " + LONG + LONG + "\n  for more\n");
    }
}
