package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.report.ci.CodeQualityReport;
import dev.plumbline.report.ci.SarifReport;
import dev.plumbline.report.json.JsonReport;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.report.text.CiSummary;
import dev.plumbline.report.text.CsvReport;
import dev.plumbline.report.text.FirstScreen;
import dev.plumbline.report.text.MarkdownReport;
import dev.plumbline.report.text.TextReport;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reports of nothing, of one finding and of ten thousand. */
class SizesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10_000})
    void forms_for_people_stay_short_and_count_what_they_leave_out(int size) {
        Report report = Examples.large(size);
        for (int width : new int[] {40, 80, 400}) {
            TextStyle style = TextStyle.DEFAULT.withWidth(width);

            assertThat(FirstScreen.of(report, style).lines().count()).isBetween(2L, 12L);
            String text = TextReport.of(report, style);
            assertThat(text.lines().count()).isLessThan(400);
            assertThat(text.lines())
                    .filteredOn(line -> !line.contains("plumb "))
                    .allMatch(line -> TerminalText.width(line) <= style.width());
            assertThat(CiSummary.text(report, style).lines().count()).isLessThan(150);
        }
        assertThat(MarkdownReport.of(report).length()).isLessThanOrEqualTo(MarkdownReport.MAX_LENGTH);
        assertThat(CiSummary.markdown(report).length()).isLessThan(10_000);
        assertThat(TextReport.summary(report)).doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10_000})
    void forms_for_programs_have_every_finding(int size) {
        Report report = Examples.large(size);
        JsonNode json = JsonMapper.builder().build().readTree(JsonReport.of(report));
        JsonNode sarif =
                JsonMapper.builder().build().readTree(SarifReport.of(report)).at("/runs/0/results");

        assertThat(json.path("findings").size()).isEqualTo(size);
        assertThat(CsvReport.of(report).lines().count()).isEqualTo(size + 1);
        assertThat(sarif.size()).isEqualTo(report.wanting().size());
        assertThat(JsonMapper.builder()
                        .build()
                        .readTree(CodeQualityReport.of(report))
                        .size())
                .isEqualTo(report.wanting().size());
        int counted =
                json.path("benchmarks").valueStream().mapToInt(JsonNode::asInt).sum();
        assertThat(counted).isEqualTo(size);
    }

    @Test
    void the_verbose_report_of_ten_thousand_leaves_nothing_out() {
        Report report = Examples.large(10_000);
        String text = TextReport.of(report, TextStyle.DEFAULT.withWidth(160).withVerbose(true));

        assertThat(text).doesNotContain("list them with --verbose");
        long rows = report.findings().stream()
                .filter(finding -> finding.verdict().effect().isPresent())
                .count();
        assertThat(text.lines().filter(line -> line.contains("  time  ")).count())
                .isGreaterThanOrEqualTo(rows);
    }

    @Test
    void the_numbers_that_are_left_out_of_markdown_add_up() {
        Report report = Examples.large(10_000);
        String markdown = MarkdownReport.of(report);
        long changed = report.benchmarks().stream()
                .filter(answer -> answer.group().isBySize())
                .count();
        String table =
                markdown.substring(markdown.indexOf("|---"), markdown.indexOf("more\n", markdown.indexOf("|---")));
        long written = table.lines().filter(line -> line.startsWith("| ")).count();
        String left =
                table.substring(table.lastIndexOf("… and ") + "… and ".length()).strip();

        assertThat(written + Long.parseLong(left.replace(",", ""))).isEqualTo(changed);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 10_000})
    void what_is_missing_is_named_or_counted_on_the_first_screen(int count) {
        List<Missing> missing = IntStream.range(0, count)
                .mapToObj(i -> Missing.benchmark(Examples.key("Gone.run" + i, "time")))
                .toList();
        List<Finding> findings = List.of(Situation.unchanged("Sort.quick"));
        String screen = FirstScreen.of(Examples.report(findings, missing, List.of()), TextStyle.DEFAULT);

        assertThat(screen.lines().count()).isLessThanOrEqualTo(12);
        assertThat(screen).contains("≠ Gone.run0 is missing from this run\n");
        assertThat(screen.lines()
                        .filter(line -> line.contains("is missing from this run"))
                        .count())
                .isEqualTo(Math.min(3, count));
        if (count > 3) {
            assertThat(screen).contains("and " + (count == 4 ? "1" : "9,997") + " more missing\n");
        }
    }

    @Test
    void a_name_of_a_thousand_characters_takes_no_more_than_its_place() {
        String name = "org.tally.A" + "b".repeat(1_000) + "Z";
        Report report = Examples.report(
                List.of(Examples.finding(
                        Examples.key(name, "time"),
                        Examples.MILLISECONDS,
                        dev.plumbline.core.model.Better.LOWER,
                        Situation.worse("x", 0.24).verdict())),
                List.of(),
                List.of());
        for (int width : new int[] {48, 80, 400}) {
            TextStyle style = TextStyle.DEFAULT.withWidth(width);
            List<String> screen = FirstScreen.of(report, style).lines().toList();

            assertThat(screen).hasSizeLessThanOrEqualTo(12);
            assertThat(screen)
                    .filteredOn(line -> !line.contains("plumb "))
                    .allMatch(line -> TerminalText.width(line) <= width);
            // the id stands for a name that is too long to type
            assertThat(String.join("\n", screen))
                    .contains("next: plumb explain " + report.findings().get(0).id());
        }
    }
}
