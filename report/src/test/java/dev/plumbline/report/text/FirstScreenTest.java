package dev.plumbline.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Problem;
import dev.plumbline.report.Examples;
import dev.plumbline.report.Golden;
import dev.plumbline.report.Report;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstScreenTest {
    private static final TextStyle WIDE = TextStyle.DEFAULT.withWidth(120);

    @Test
    void says_what_happened_how_bad_since_when_and_what_to_type_next() {
        Finding slower = finding("CsvLine.split", 133, 196);
        Report report = Examples.report(List.of(slower), List.of(), List.of());

        assertThat(FirstScreen.of(report, WIDE).lines().toList())
                .contains("FAIL  1 regression in this change")
                .contains("  ✗ critical  CsvLine.split  time  133 → 196 ms  +47.4 %  (+45.4 % to +49.4 %)")
                .endsWith("next: plumb explain CsvLine.split · all details: -v");
    }

    @Test
    void what_no_command_does_stands_before_the_commands_as_a_sentence() {
        Finding suspect = Examples.everything().findings().stream()
                .filter(Finding::isSuspect)
                .findFirst()
                .orElseThrow();
        Report once = Examples.report(List.of(suspect), List.of(), List.of());
        Report disturbed = new Report(
                once.version(),
                once.kind(),
                once.candidates(),
                once.base(),
                List.of(finding("CsvLine.split", 133, 196)),
                List.of(),
                once.gate(),
                List.of(),
                List.of(),
                once.policy(),
                Optional.of("much of the suite is off at once"),
                List.of());

        assertThat(FirstScreen.of(once, WIDE))
                .endsWith(
                        "\nMeasure this commit again, or give --confirm 'COMMAND' · next: plumb explain dev.example.tally.Cache.hit"
                                + " · all details: -v\n");
        assertThat(FirstScreen.of(disturbed, WIDE))
                .endsWith("\nMeasure this commit again, on an idle machine · all details: -v\n");
    }

    @Test
    void commands_are_given_the_history_that_they_would_not_find_and_are_left_out_without_one() {
        Report report = Examples.report(List.of(finding("CsvLine.split", 133, 196)), List.of(), List.of());

        assertThat(FirstScreen.ofHistory("my demo/history.db", report, WIDE))
                .endsWith("\nnext: plumb explain CsvLine.split --store 'my demo/history.db' · all details: -v\n");
        assertThat(FirstScreen.withoutHistory(report, WIDE)).endsWith(")\nall details: -v\n");
    }

    @Test
    void what_main_had_before_is_told_by_its_commit_and_fails_nothing() {
        Finding open =
                finding("Crc.update", 100, 108).with(new AlreadyOpen("main", "d93df76a00", Optional.of("i4f2a")));
        Report none = Examples.healthy();
        Report report = new Report(
                none.version(),
                none.kind(),
                none.candidates(),
                none.base(),
                List.of(open),
                List.of(),
                none.gate(),
                List.of(),
                List.of(),
                none.policy());

        assertThat(FirstScreen.of(report, WIDE))
                .startsWith("PASS  no new regression · 1 already open on main\n")
                .contains("  already open on main since d93df76a00 (i4f2a): Crc.update +8.0 %\n");
    }

    @Test
    void what_is_missing_and_what_was_odd_in_the_input_is_never_left_out() {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            findings.add(finding("Sort.b" + i, 100, 120 + i));
        }
        Report report = Examples.report(
                findings,
                List.of(Missing.benchmark(Examples.key("Sort.gone", "time"))),
                List.of(new Problem("a.json", "score is NaN"), new Problem("b.json", "cut off")));

        assertThat(FirstScreen.of(report, WIDE))
                .startsWith("FAIL  40 regressions in this change · 1 missing\n")
                .contains("and 35 more worse", "Sort.gone is missing from this run", "problem: a.json: score is NaN")
                .contains("next: plumb explain b39 · all details: -v");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 48, 60, 80, 120, 200, 400})
    void never_takes_more_than_twelve_lines_nor_a_line_more_than_the_width(int width) {
        for (boolean unicode : new boolean[] {true, false}) {
            TextStyle style = new TextStyle(width, false, unicode, false, false);
            for (Report report : List.of(
                    Examples.everything(),
                    Examples.hostile(),
                    Examples.severalMetrics(),
                    Examples.healthy(),
                    Examples.empty(),
                    Examples.large(10_000))) {
                List<String> lines = FirstScreen.of(report, style).lines().toList();
                assertThat(lines).hasSizeLessThanOrEqualTo(FirstScreen.LINES);
                assertThat(lines.subList(0, lines.size() - 1))
                        .as("all but the commands, which are there to be copied")
                        .allMatch(line -> TerminalText.width(line) <= style.width());
                assertThat(lines.get(0)).matches("(PASS|FAIL|HOLD)  .+");
                if (!unicode) {
                    assertThat(String.join("", lines)).matches("\\p{ASCII}*");
                }
            }
        }
    }

    @Test
    void colours_say_nothing_that_the_words_do_not() {
        for (Report report : List.of(Examples.everything(), Examples.hostile())) {
            assertThat(FirstScreen.of(report, WIDE.withColour(true)).replaceAll("\u001b\\[[0-9;]*m", ""))
                    .isEqualTo(FirstScreen.of(report, WIDE));
        }
    }

    @Test
    void looks_like_this() throws IOException {
        Golden.assertMatches("first-80.txt", FirstScreen.of(Examples.everything(), TextStyle.DEFAULT));
        Golden.assertMatches("first-120.txt", FirstScreen.of(Examples.everything(), WIDE));
        Golden.assertMatches("first-several-120.txt", FirstScreen.of(Examples.severalMetrics(), WIDE));
        Golden.assertMatches(
                "first-hostile-100.txt", FirstScreen.of(Examples.hostile(), TextStyle.DEFAULT.withWidth(100)));
    }

    private static Finding finding(String name, double before, double after) {
        return Examples.finding(
                Examples.key(name, "time"),
                Examples.MILLISECONDS,
                Better.LOWER,
                new Verdict.Regressed(Examples.effect(before, after, 0.02)));
    }
}
