package dev.plumbline.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.Examples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AcceptLineTest {
    private static Finding regressed(SeriesKey key, double before, double after) {
        return Examples.finding(
                key, Examples.MILLISECONDS, Better.LOWER, new Verdict.Regressed(Examples.effect(before, after, 0.01)));
    }

    @Test
    void a_plain_name_makes_a_line_that_needs_neither_history_nor_report() {
        Optional<String> line = AcceptLine.of(regressed(Examples.key("Sort", Map.of("n", "10"), "time"), 100, 112.34));

        assertThat(line.orElseThrow())
                .startsWith("plumb accept 'Sort {n=10}' --metric time --environment ")
                .endsWith(" --change=12.4% --reason WHY");
    }

    @Test
    void a_change_is_rounded_away_from_zero_so_that_it_is_covered() {
        assertThat(AcceptLine.of(regressed(Examples.key("Sort", "time"), 100, 200.01))
                        .orElseThrow())
                .contains("--change=101%");
    }

    @Test
    void a_name_that_a_shell_or_a_comment_would_change_is_accepted_by_its_id() {
        for (String name : List.of(
                "it's", "-rf", "a`id`", "a$(id)", "a\nb", "a\\b", "é", "see http://x.y", "@ann", "a|b", "a {n=1, m}")) {
            Finding finding = regressed(
                    name.equals("a {n=1, m}")
                            ? Examples.key("a", Map.of("n", "1, m"), "time")
                            : Examples.key(name, "time"),
                    100,
                    120);

            assertThat(AcceptLine.of(finding))
                    .as(name)
                    .contains("plumb accept " + finding.id() + " --report report.json --reason WHY");
        }
    }

    @Test
    void what_is_missing_has_a_line_of_its_own() {
        SeriesKey plain = Examples.key("Sort", Map.of("n", "10"), "time");
        SeriesKey hostile = Examples.key("it's", "time");

        assertThat(AcceptLine.of(Missing.benchmark(plain)))
                .startsWith("plumb accept 'Sort {n=10}' --environment ")
                .endsWith(" --missing --reason WHY");
        assertThat(AcceptLine.of(Missing.metric(plain))).contains(" --metric time --environment ");
        assertThat(AcceptLine.of(Missing.benchmark(hostile)))
                .isEqualTo("plumb accept " + hostile.findingId() + "-missing --report report.json --reason WHY");
    }

    @Test
    void nothing_but_a_regression_has_a_line() {
        assertThat(Examples.everyVerdict().stream()
                        .filter(finding -> AcceptLine.of(finding).isPresent()))
                .isNotEmpty()
                .allMatch(finding -> finding.verdict() instanceof Verdict.Regressed);
    }
}
