package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.report.ci.CodeQualityReport;
import dev.plumbline.report.ci.JUnitReport;
import dev.plumbline.report.ci.SarifReport;
import dev.plumbline.report.json.JsonReport;
import dev.plumbline.report.json.StoredReport;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.report.text.CiSummary;
import dev.plumbline.report.text.CsvReport;
import dev.plumbline.report.text.FirstScreen;
import dev.plumbline.report.text.MarkdownReport;
import dev.plumbline.report.text.TextReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happened, how bad it is, whose it is and what to do next, in whatever situation and form. */
class SituationsTest {
    private static final TextStyle WIDE = TextStyle.DEFAULT.withWidth(400);

    @ParameterizedTest
    @EnumSource
    void every_form_begins_with_the_same_word_and_the_same_counts(Situation situation) {
        Report report = situation.report();
        String counts = situation.counts;

        assertThat(Headline.of(report)).isEqualTo(situation.word + "  " + counts);
        assertThat(FirstScreen.of(report, WIDE)).startsWith(situation.word + "  " + counts + "\n");
        assertThat(TextReport.of(report, WIDE)).startsWith(situation.word + "  " + counts + "\n");
        assertThat(TextReport.summary(report)).startsWith(situation.word + ": " + counts);
        assertThat(MarkdownReport.of(report)).contains("**" + situation.word + "**: " + counts);
        assertThat(CiSummary.text(report, WIDE))
                .startsWith("verdict   " + situation.word)
                .contains("\ncounts    " + counts);
        assertThat(CiSummary.markdown(report)).contains(" — " + situation.word + ": " + counts + "\n");
        assertThat(JsonReport.of(report)).contains("\"summary\": \"" + situation.word + ": ");
        assertThat(SarifReport.of(report)).contains("\"summary\": \"" + situation.word + ": ");
        assertThat(JUnitReport.of(report)).contains("<property name=\"summary\" value=\"" + situation.word + ": ");
    }

    @ParameterizedTest
    @EnumSource
    void the_steps_say_what_to_do_next_in_whole_sentences(Situation situation) {
        List<String> steps = CiSummary.nextSteps(situation.report());

        assertThat(steps).anyMatch(step -> step.contains(situation.next)).allMatch(step -> step.endsWith("."));
        assertThat(steps).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void a_gate_that_does_not_pass_says_why_in_every_form_and_one_that_passes_gives_no_reason(Situation situation) {
        Report report = situation.report();
        List<String> reasons = GateWords.reasons(report);

        assertThat(reasons.isEmpty()).isEqualTo(situation.word.equals("PASS"));
        for (String reason : reasons) {
            assertThat(CiSummary.text(report, WIDE)).contains(reason.substring(0, Math.min(80, reason.length())));
        }
        assertThat(Words.gateReason(report).isPresent()).isEqualTo(!reasons.isEmpty());
        Words.gateReason(report)
                .ifPresent(reason -> assertThat(TextReport.of(report, WIDE)).contains("\n" + reason + "\n"));
    }

    @ParameterizedTest
    @EnumSource
    void the_first_screen_names_what_stands_against_the_change(Situation situation) {
        Report report = situation.report();
        String screen = FirstScreen.of(report, WIDE);

        for (BenchmarkAnswer answer : report.benchmarks()) {
            boolean matters = !report.against().of(answer).isEmpty() || answer.group() == Report.Group.REGRESSED;
            if (matters) {
                String name = answer.place().benchmark().name();
                assertThat(screen).contains(name.substring(name.lastIndexOf('.') + 1));
            }
        }
        assertThat(screen.lines().count()).isLessThanOrEqualTo(12);
        assertThat(screen.lines().reduce((first, last) -> last).orElseThrow()).endsWith("all details: -v");
    }

    @ParameterizedTest
    @EnumSource
    void no_form_lets_a_number_out_that_is_none(Situation situation) {
        Report report = situation.report();
        for (String text : List.of(
                FirstScreen.of(report, WIDE),
                TextReport.of(report, WIDE.withVerbose(true)),
                MarkdownReport.of(report),
                CiSummary.text(report, WIDE),
                CiSummary.markdown(report),
                JUnitReport.of(report),
                JsonReport.of(report).replace("\"infinite\"", ""),
                CsvReport.of(report))) {
            assertThat(text).doesNotContain("Infinity", "NaN", "-0.0 %", "-0 %", "null %", "Optional", "  ·  ");
            assertThat(text).doesNotContain("{@", "dev.plumbline", "Evidence[", "Fact[");
        }
    }

    /** A terminal of ASCII has a readable sign for every sign of ours: nothing here has a name beyond ASCII. */
    @ParameterizedTest
    @EnumSource
    void in_ascii_no_sign_of_ours_becomes_an_escape(Situation situation) {
        Report report = situation.report();
        TextStyle ascii = TextStyle.DEFAULT.withUnicode(false);
        for (String text : List.of(
                FirstScreen.of(report, ascii),
                FirstScreen.of(report, ascii.withWidth(400)),
                TextReport.of(report, ascii.withVerbose(true)),
                TextReport.of(report, ascii.withWidth(400)),
                CiSummary.text(report, ascii))) {
            assertThat(text.chars()).allMatch(character -> character < 0x7f);
            assertThat(text).doesNotContain("\\u");
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_width_shows_whole_lines_and_no_more_than_twelve_of_them_first(Situation situation) {
        Report report = situation.report();
        for (int width : new int[] {1, 40, 48, 80, 120, 400}) {
            TextStyle style = TextStyle.DEFAULT.withWidth(width);
            List<String> screen = FirstScreen.of(report, style).lines().toList();

            assertThat(screen).hasSizeLessThanOrEqualTo(12);
            assertThat(screen)
                    .as("all but the commands, which are whole")
                    .filteredOn(line -> !line.contains("plumb "))
                    .allMatch(line -> Harmless.fits(line, style))
                    .allMatch(line -> line.equals(line.stripTrailing()));
            assertThat(TextReport.of(report, style).lines())
                    .filteredOn(line -> !line.contains("plumb "))
                    .allMatch(line -> TerminalText.width(line) <= style.width())
                    .allMatch(line -> line.equals(line.stripTrailing()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_report_that_was_stored_tells_people_the_same(Situation situation) throws IOException {
        Report report = situation.report();
        Report again =
                StoredReport.read(new ByteArrayInputStream(JsonReport.of(report).getBytes(StandardCharsets.UTF_8)));

        assertThat(Headline.of(again)).isEqualTo(Headline.of(report));
        assertThat(JsonReport.of(again)).isEqualTo(JsonReport.of(report));
        assertThat(MarkdownReport.of(again)).isEqualTo(MarkdownReport.of(report));
        assertThat(CiSummary.markdown(again)).isEqualTo(CiSummary.markdown(report));
        assertThat(SarifReport.of(again)).isEqualTo(SarifReport.of(report));
    }

    @ParameterizedTest
    @EnumSource
    void what_blocks_in_one_form_blocks_in_all(Situation situation) {
        Report report = situation.report();
        boolean fails = situation.word.equals("FAIL");

        assertThat(CiSummary.text(report, WIDE))
                .contains("blocking  " + (fails ? "yes" : situation.word.equals("PASS") ? "no" : "not decided"));
        assertThat(JUnitReport.of(report).contains("<failure ")).isEqualTo(fails);
        assertThat(JUnitReport.of(report).contains("type=\"gate\"")).isEqualTo(fails);
        boolean names = report.benchmarks().stream()
                .anyMatch(answer -> fails && !report.against().of(answer).isEmpty());
        assertThat(SarifReport.of(report).contains("\"level\": \"error\"")).isEqualTo(names);
        assertThat(CodeQualityReport.of(report).contains("\"severity\": \"blocker\""))
                .isEqualTo(names);
    }
}
