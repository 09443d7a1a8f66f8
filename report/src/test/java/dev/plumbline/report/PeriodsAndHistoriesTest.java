package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.report.answer.AnalysisText;
import dev.plumbline.report.answer.HistoryText;
import dev.plumbline.report.answer.IncidentWords;
import dev.plumbline.report.answer.IncidentsReport;
import dev.plumbline.report.content.AnalyzedSeries;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.html.HtmlPagesTest;
import dev.plumbline.report.json.HistoryJson;
import dev.plumbline.report.period.CsvPeriodReport;
import dev.plumbline.report.period.JsonPeriodReport;
import dev.plumbline.report.period.MarkdownPeriodReport;
import dev.plumbline.report.period.PeriodHeadline;
import dev.plumbline.report.period.PeriodReport;
import dev.plumbline.report.period.PeriodReport.Standing;
import dev.plumbline.report.period.PeriodSummary;
import dev.plumbline.report.period.TextPeriodReport;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.report.text.Explanation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Periods, incidents, histories and explanations: what every one of their forms keeps. */
class PeriodsAndHistoriesTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant END = Instant.parse("2027-01-30T00:00:00Z");

    private static Stream<String> hostile() {
        return Examples.HOSTILE.stream();
    }

    /** Some series, each with a step for the worse in its middle, of which the name is from outside. */
    private static PeriodReport period(String name, int series, int points) {
        List<SeriesCourse> courses = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            Series one = Examples.series(cut(name) + i, points);
            courses.add(new SeriesCourse(one, StepScan.analyze(one.values())));
        }
        return new PeriodReport("0.1.0", name, BEGIN, END, courses, Policy.DEFAULT);
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(4_000, name.length()));
    }

    private static JsonNode json(PeriodReport period) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            JsonPeriodReport.write(period, out);
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        String text = out.toString(StandardCharsets.UTF_8);
        Schemas.assertValid("chronicle-schema.json", text);
        return JsonMapper.builder().build().readTree(text);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void nothing_hostile_gets_through_any_form_of_a_period(String name) {
        PeriodReport period = HtmlPagesTest.withIncidents(period(name, 12, 40));
        for (TextStyle style : Harmless.STYLES) {
            Harmless.assertFits(TextPeriodReport.of(period, true, style), style);
            Harmless.assertFits(TextPeriodReport.of(period, false, style), style);
        }
        for (String text : List.of(
                MarkdownPeriodReport.of(period, true),
                MarkdownPeriodReport.of(period, false),
                CsvPeriodReport.of(period).replace("\r\n", "\n"),
                PeriodSummary.line(period) + "\n")) {
            assertThat(text.codePoints()).noneMatch(Harmless::isDangerous);
        }
        assertThat(MarkdownPeriodReport.of(period, true).replaceAll("`[^`|\\n]*`", ""))
                .doesNotContain("<script", "](", "![", "@everyone", "://");
        assertThat(json(period).path("series").size()).isEqualTo(12);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void nothing_hostile_gets_through_a_list_of_incidents(String name) throws IOException {
        PeriodReport period = HtmlPagesTest.withIncidents(period(name, 3, 40));
        IncidentsReport incidents = new IncidentsReport("0.1.0", name, period.cases(), List.of(), END);
        assertThat(period.cases()).isNotEmpty();
        for (TextStyle style : Harmless.STYLES) {
            Harmless.assertHarmless(incidents.list(style), style);
            Harmless.assertHarmless(incidents.details(style), style);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        incidents.write(out);
        Schemas.assertValid("incidents-schema.json", out.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void nothing_hostile_gets_through_a_history(String name) throws IOException {
        List<AnalyzedSeries> all = List.of(
                Examples.analyzed(cut(name), 40), Examples.analyzed(cut(name) + "2", 1), Examples.analyzed("other", 0));
        for (TextStyle style : Harmless.STYLES) {
            Harmless.assertHarmless(HistoryText.list(all, style), style);
            Harmless.assertHarmless(HistoryText.points(all.get(0), style), style);
            Harmless.assertHarmless(AnalysisText.of(all.get(0).analysis(), style), style);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HistoryJson.writePoints(all, List.of(), out);
        Schemas.assertValid("history-schema.json", out.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void nothing_hostile_gets_through_an_explanation(String name) {
        Report report = Examples.hostile();
        report.findings().stream()
                .filter(finding -> finding.key().benchmark().name().equals(name))
                .forEach(finding -> {
                    for (TextStyle style : Harmless.STYLES) {
                        Harmless.assertHarmless(Explanation.of(finding, name, style.withVerbose(true)), style);
                        Harmless.assertHarmless(Explanation.list(List.of(finding), report.missing(), style), style);
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "1, 5", "3, 40", "12, 60"})
    void a_period_counts_the_same_in_every_form(int series, int points) {
        PeriodReport period = HtmlPagesTest.periodReport(series, points);
        JsonNode json = json(period);

        int all = 0;
        for (Standing standing : Standing.values()) {
            int count = PeriodSummary.counts(period).get(standing);
            assertThat(json.path("benchmarks").path(standing.name()).asInt()).isEqualTo(count);
            all += count;
        }
        assertThat(all).isEqualTo(period.benchmarks().size());
        assertThat(json.path("series").size()).isEqualTo(series);
        assertThat(json.path("events").size()).isEqualTo(period.events().size());
        assertThat(CsvPeriodReport.of(period).split("\r\n")).hasSize(series + 1);
        String text = TextPeriodReport.of(period, true, TextStyle.DEFAULT.withWidth(200));
        assertThat(text)
                .contains(PeriodSummary.line(period).substring(period.title().length() + 2) + "\n");
        if (series > 0) {
            assertThat(text).contains("Every series (" + series + ")\n");
            PeriodSummary.facts(period).forEach(fact -> assertThat(text).containsIgnoringWhitespaces(fact));
        } else {
            assertThat(text).contains("nothing was measured in this period\n");
        }
    }

    @Test
    void the_standings_of_a_table_and_of_the_json_are_the_same_with_the_same_numbers() {
        PeriodReport period = HtmlPagesTest.periodReport(8, 60);
        JsonNode series = json(period).path("series");
        String[] records = CsvPeriodReport.of(period).split("\r\n");

        assertThat(records[0]).startsWith("standing,benchmark,parameters,metric,unit,better,level,");
        for (int i = 0; i < series.size(); i++) {
            String[] cells = records[1 + i].split(",", -1);
            JsonNode one = series.path(i);
            assertThat(cells).hasSize(24);
            assertThat(cells[0]).isEqualTo(one.path("standing").asString());
            assertThat(Double.parseDouble(cells[6])).isEqualTo(one.path("level").asDouble());
            assertThat(Double.parseDouble(cells[9]))
                    .isEqualTo(one.path("relativeChange").asDouble());
            assertThat(cells[18]).isEqualTo(one.path("steps").asString());
            assertThat(cells[22]).isEqualTo(one.path("series").asString());
            assertThat(cells[10].isEmpty()).isEqualTo(one.path("changeInterval").isNull());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 9})
    void a_young_history_says_how_many_runs_its_verdicts_need(int runs) {
        PeriodHeadline headline = PeriodHeadline.of(HtmlPagesTest.periodReport(runs == 0 ? 0 : 2, runs));

        assertThat(headline.tone()).isEqualTo(PeriodHeadline.Tone.UNDECIDED);
        assertThat(headline.words())
                .isEqualTo(
                        switch (runs) {
                            case 0 -> "Nothing was measured in this period";
                            case 1 -> "First run recorded; verdicts need 5 more";
                            case 2 -> "2 runs recorded; verdicts need 4 more";
                            default -> "9 runs recorded";
                        });
        assertThat(headline.next()).isEqualTo(runs == 0 ? "plumb check RESULT" : "");
    }

    @Test
    void in_ascii_what_is_left_out_of_a_period_is_counted_in_ascii() {
        PeriodReport period = period("org.tally.Sort.run", 14, 40);
        TextStyle ascii = TextStyle.DEFAULT.withUnicode(false);

        assertThat(TextPeriodReport.of(period, false, ascii))
                .contains("... and 4 more\n")
                .doesNotContain("\\u");
        assertThat(TextPeriodReport.of(period, false, TextStyle.DEFAULT)).contains("… and 4 more\n");
    }

    @Test
    void incidents_of_nothing_are_a_sentence_and_a_document() throws IOException {
        IncidentsReport none = new IncidentsReport("0.1.0", "main", List.of(), List.of(), END);
        for (TextStyle style : Harmless.STYLES) {
            Harmless.assertFits(none.list(style), style);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        none.write(out);
        Schemas.assertValid("incidents-schema.json", out.toString(StandardCharsets.UTF_8));
        assertThat(JsonMapper.builder()
                        .build()
                        .readTree(out.toByteArray())
                        .path("incidents")
                        .size())
                .isZero();
    }

    @Test
    void an_incident_is_the_same_in_the_list_in_its_details_and_in_the_document() throws IOException {
        PeriodReport period = HtmlPagesTest.withIncidents(HtmlPagesTest.periodReport(5, 40));
        IncidentsReport incidents = new IncidentsReport("0.1.0", "main", period.cases(), List.of(), END);
        String list = incidents.list(TextStyle.DEFAULT.withWidth(200));
        String details = incidents.details(TextStyle.DEFAULT.withWidth(200));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        incidents.write(out);
        JsonNode documents =
                JsonMapper.builder().build().readTree(out.toByteArray()).path("incidents");

        assertThat(documents.size()).isEqualTo(period.cases().size());
        for (int i = 0; i < documents.size(); i++) {
            Case one = period.cases().get(i);
            String id = one.incident().id();
            assertThat(documents.path(i).path("id").asString()).isEqualTo(id);
            assertThat(list).contains(id);
            assertThat(details).contains(id);
            assertThat(documents.path(i).path("state").asString())
                    .isEqualTo(one.state().name());
            String size = IncidentWords.size(one);
            assertThat(list).contains(size);
            assertThat(details).contains(size);
        }
    }

    @Test
    void a_series_that_is_always_zero_has_no_number_that_is_none() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            points.add(new Point(Examples.run(i, "c%07x".formatted(i)), 0, 1, 0, false));
        }
        Series zeros = new Series(
                Examples.key("org.tally.Zero.count", "gc.count"),
                Examples.MILLISECONDS,
                Better.LOWER,
                points,
                List.of());
        PeriodReport period = new PeriodReport(
                "0.1.0",
                "zeros",
                BEGIN,
                END,
                List.of(new SeriesCourse(zeros, StepScan.analyze(zeros.values()))),
                Policy.DEFAULT);

        for (String text : List.of(
                TextPeriodReport.of(period, true, TextStyle.DEFAULT.withWidth(200)),
                MarkdownPeriodReport.of(period, true),
                CsvPeriodReport.of(period))) {
            assertThat(text).doesNotContain("NaN", "Infinity", "-0.0", "?");
        }
        json(period);
    }
}
