package dev.plumbline.report;

import dev.plumbline.core.incident.Case;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.report.answer.BisectReport;
import dev.plumbline.report.answer.HistoryText;
import dev.plumbline.report.answer.IncidentsReport;
import dev.plumbline.report.answer.MachineReport;
import dev.plumbline.report.ci.JUnitReport;
import dev.plumbline.report.ci.SarifReport;
import dev.plumbline.report.content.AnalyzedSeries;
import dev.plumbline.report.html.DetailedReport;
import dev.plumbline.report.html.HtmlPagesTest;
import dev.plumbline.report.html.HtmlPeriodReport;
import dev.plumbline.report.html.HtmlReport;
import dev.plumbline.report.html.PageFrame;
import dev.plumbline.report.json.HistoryJson;
import dev.plumbline.report.json.JsonReport;
import dev.plumbline.report.json.RunJson;
import dev.plumbline.report.period.CsvPeriodReport;
import dev.plumbline.report.period.JsonPeriodReport;
import dev.plumbline.report.period.MarkdownPeriodReport;
import dev.plumbline.report.period.PeriodReport;
import dev.plumbline.report.period.TextPeriodReport;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.report.text.CiSummary;
import dev.plumbline.report.text.CsvReport;
import dev.plumbline.report.text.Explanation;
import dev.plumbline.report.text.MarkdownReport;
import dev.plumbline.report.text.TextReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every form of output, in places where letters, numbers and days are others. */
class GoldenFilesTest {
    private Locale locale = Locale.ROOT;
    private TimeZone zone = TimeZone.getTimeZone("UTC");

    @BeforeEach
    void remembers_the_place() {
        locale = Locale.getDefault();
        zone = TimeZone.getDefault();
    }

    @AfterEach
    void returns_to_the_place() {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }

    private static void goTo(String language, String timeZone) {
        Locale.setDefault(Locale.forLanguageTag(language));
        TimeZone.setDefault(TimeZone.getTimeZone(timeZone));
    }

    @ParameterizedTest
    @CsvSource({"tr-TR, Pacific/Auckland", "de-DE, America/Los_Angeles", "ar-EG-u-nu-arab, Asia/Kathmandu"})
    void text_is_the_same_everywhere(String language, String timeZone) throws IOException {
        goTo(language, timeZone);
        TextStyle style = TextStyle.DEFAULT;
        Golden.assertMatches("everything-80.txt", TextReport.of(Examples.everything(), style));
        Golden.assertMatches(
                "everything-140-colour-verbose.txt",
                TextReport.of(
                        Examples.everything(),
                        style.withWidth(140).withColour(true).withVerbose(true)));
        Golden.assertMatches(
                "everything-60-ascii.txt",
                TextReport.of(Examples.everything(), style.withWidth(60).withUnicode(false)));
        Golden.assertMatches("healthy-80.txt", TextReport.of(Examples.healthy(), style));
        Golden.assertMatches("empty-80.txt", TextReport.of(Examples.empty(), style));
        Golden.assertMatches("hostile-100.txt", TextReport.of(Examples.hostile(), style.withWidth(100)));
        Golden.assertMatches("several-80.txt", TextReport.of(Examples.severalMetrics(), style));
        Golden.assertMatches(
                "several-140-verbose.txt",
                TextReport.of(Examples.severalMetrics(), style.withWidth(140).withVerbose(true)));
    }

    @ParameterizedTest
    @CsvSource({"tr-TR, Pacific/Auckland", "de-DE, America/Los_Angeles", "ar-EG-u-nu-arab, Asia/Kathmandu"})
    void json_is_the_same_everywhere(String language, String timeZone) throws IOException {
        goTo(language, timeZone);
        Golden.assertMatches("everything.json", JsonReport.of(Examples.everything()));
        Golden.assertMatches("empty.json", JsonReport.of(Examples.empty()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HistoryJson.writePoints(List.of(Examples.analyzed("org.example.A.one", 10)), List.of(), out);
        Golden.assertMatches("history-points.json", out.toString(StandardCharsets.UTF_8));
        out.reset();
        HistoryJson.writeList(histories(), List.of(), out);
        Golden.assertMatches("history-list.json", out.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"tr-TR, Pacific/Auckland", "de-DE, America/Los_Angeles", "ar-EG-u-nu-arab, Asia/Kathmandu"})
    void markdown_is_the_same_everywhere(String language, String timeZone) throws IOException {
        goTo(language, timeZone);
        Golden.assertMatches("everything.md", MarkdownReport.of(Examples.everything()));
        Golden.assertMatches("empty.md", MarkdownReport.of(Examples.empty()));
        Golden.assertMatches("several.md", MarkdownReport.of(Examples.severalMetrics()));
        Golden.assertMatches("hostile.md", MarkdownReport.of(Examples.hostile()));
    }

    @ParameterizedTest
    @CsvSource({"tr-TR, Pacific/Auckland", "de-DE, America/Los_Angeles", "ar-EG-u-nu-arab, Asia/Kathmandu"})
    void machine_formats_are_the_same_everywhere(String language, String timeZone) throws IOException {
        goTo(language, timeZone);
        Golden.assertMatches("everything.csv", CsvReport.of(Examples.everything()));
        Golden.assertMatches("hostile.csv", CsvReport.of(Examples.hostile()));
        Golden.assertMatches("everything.junit.xml", JUnitReport.of(Examples.everything()));
        Golden.assertMatches("hostile.junit.xml", JUnitReport.of(Examples.hostile()));
        Golden.assertMatches("everything.sarif", SarifReport.of(Examples.everything()));
        Golden.assertMatches("hostile.sarif", SarifReport.of(Examples.hostile()));
    }

    @ParameterizedTest
    @CsvSource({"tr-TR, Pacific/Auckland", "de-DE, America/Los_Angeles", "ar-EG-u-nu-arab, Asia/Kathmandu"})
    void summaries_are_the_same_everywhere(String language, String timeZone) throws IOException {
        goTo(language, timeZone);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CiSummary.write(Examples.everything(), out);
        Golden.assertMatches("ci.json", out.toString(StandardCharsets.UTF_8));
        Golden.assertMatches("ci.md", CiSummary.markdown(Examples.everything()));
        Golden.assertMatches("ci-80.txt", CiSummary.text(Examples.everything(), TextStyle.DEFAULT));
        PeriodReport periodReport = HtmlPagesTest.periodReport(5, 40);
        out.reset();
        JsonPeriodReport.write(periodReport, out);
        Golden.assertMatches("chronicle.json", out.toString(StandardCharsets.UTF_8));
        Golden.assertMatches("chronicle.csv", CsvPeriodReport.of(periodReport));
        Golden.assertMatches("chronicle.md", MarkdownPeriodReport.of(periodReport, true));
        Golden.assertMatches(
                "chronicle-100.txt", TextPeriodReport.of(periodReport, true, TextStyle.DEFAULT.withWidth(100)));
    }

    @ParameterizedTest
    @CsvSource({"tr-TR, Pacific/Auckland", "de-DE, America/Los_Angeles", "ar-EG-u-nu-arab, Asia/Kathmandu"})
    void the_data_of_pages_are_the_same_everywhere(String language, String timeZone) throws IOException {
        goTo(language, timeZone);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HtmlReport.write(DetailedReport.bare(Examples.everything()), HtmlReport.View.REPORT, PageFrame.NONE, out);
        Golden.assertMatches("page.json", data(out));
        out.reset();
        HtmlPeriodReport.write(HtmlPagesTest.periodReport(3, 12), HtmlPeriodReport.View.DASHBOARD, PageFrame.NONE, out);
        Golden.assertMatches("dashboard.json", data(out));
    }

    /** What a page tells its script, a member on a line. */
    private static String data(ByteArrayOutputStream page) {
        String text = page.toString(StandardCharsets.UTF_8);
        String start = "id=\"data\">";
        int begin = text.indexOf(start) + start.length();
        return text.substring(begin, text.indexOf("</script>", begin)).replace(",\"", ",\n\"") + "\n";
    }

    @ParameterizedTest
    @CsvSource({"tr-TR, Pacific/Auckland", "de-DE, America/Los_Angeles", "ar-EG-u-nu-arab, Asia/Kathmandu"})
    void explanations_and_histories_are_the_same_everywhere(String language, String timeZone) throws IOException {
        goTo(language, timeZone);
        TextStyle verbose = TextStyle.DEFAULT.withVerbose(true);
        StringBuilder explanations = new StringBuilder();
        Examples.everything().findings().forEach(finding -> explanations
                .append(Explanation.of(finding, finding.key().branch(), verbose))
                .append('\n'));
        Golden.assertMatches("explanations.txt", explanations.toString());
        Golden.assertMatches("history-list-80.txt", HistoryText.list(histories(), TextStyle.DEFAULT));
        Golden.assertMatches("history-list-140.txt", HistoryText.list(histories(), TextStyle.DEFAULT.withWidth(140)));
        Golden.assertMatches(
                "history-points-100.txt", HistoryText.points(histories().get(0), TextStyle.DEFAULT.withWidth(100)));
    }

    @ParameterizedTest
    @CsvSource({"tr-TR, Pacific/Auckland", "de-DE, America/Los_Angeles", "ar-EG-u-nu-arab, Asia/Kathmandu"})
    void what_was_measured_here_is_the_same_everywhere(String language, String timeZone) throws IOException {
        goTo(language, timeZone);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MachineReport machine = new MachineReport(
                Examples.run(1, "abc").header().environment(),
                List.of(new MachineReport.Remark(MachineReport.Level.WARNING, "load", "3.5 on 2 cores", "wait")),
                List.of(new MachineReport.Noise("sort", 0.0123, 0.004, -0.0001, false, 0.018, OptionalInt.of(12))),
                30,
                0.02);
        machine.writeJson(out);
        Golden.assertMatches("machine.json", out.toString(StandardCharsets.UTF_8));
        Golden.assertMatches("machine-80.txt", machine.text(TextStyle.DEFAULT));
        out.reset();
        BisectReport bisect = new BisectReport(
                BisectReport.End.FOUND,
                "İ.sort",
                Optional.of(new Metric("time", Unit.of("ms"), Better.LOWER)),
                List.of(
                        new BisectReport.Commit("aaaaaaaaaaaa", "Ada", "begin", List.of(1234.5, 1235.5), "", 0, 0.01),
                        new BisectReport.Commit("bbbbbbbbbbbb", "Ada", "<b>", List.of(1500.25), "", 0.97, 0.99),
                        new BisectReport.Commit("cccccccccccc", "Ada", "end", List.of(1500.5), "", 0.03, 1)),
                List.of(1),
                List.of(1),
                Optional.of(1235.0),
                Optional.of(1500.25),
                Optional.of(0.01),
                2);
        bisect.writeJson(out);
        Golden.assertMatches("bisect.json", out.toString(StandardCharsets.UTF_8));
        Golden.assertMatches("bisect-80.txt", bisect.text(TextStyle.DEFAULT));
        out.reset();
        RunJson.write(
                List.of(new Run(
                        Examples.run(1, "abc").header(),
                        List.of(new Measurement(
                                Benchmark.of("İ.sort"),
                                new Metric("time", Unit.of("ms"), Better.LOWER),
                                Sample.Values.of(
                                        Sample.Center.MEDIAN, List.of(new double[] {1234.5, 0.1, 1e-7, 1e20})))))),
                out);
        Golden.assertMatches("runs.json", out.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"tr-TR, Pacific/Auckland", "de-DE, America/Los_Angeles", "ar-EG-u-nu-arab, Asia/Kathmandu"})
    void incidents_are_the_same_everywhere(String language, String timeZone) throws IOException {
        goTo(language, timeZone);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PeriodReport periodReport = HtmlPagesTest.withIncidents(HtmlPagesTest.periodReport(5, 40));
        Case accepted = SummariesTest.standing(periodReport.cases().get(0), Case.State.ACCEPTED);
        IncidentsReport incidents = new IncidentsReport(
                "0.1.0", "main", periodReport.cases(), List.of(accepted), Instant.parse("2027-01-30T00:00:00Z"));
        incidents.write(out);
        Golden.assertMatches("incidents.json", out.toString(StandardCharsets.UTF_8));
        Golden.assertMatches("incidents-100.txt", incidents.list(TextStyle.DEFAULT.withWidth(100)));
        Golden.assertMatches("incidents-details-100.txt", incidents.details(TextStyle.DEFAULT.withWidth(100)));
        out.reset();
        JsonPeriodReport.write(periodReport, out);
        Golden.assertMatches("executive.json", out.toString(StandardCharsets.UTF_8));
        out.reset();
        HtmlPeriodReport.write(periodReport, HtmlPeriodReport.View.EXECUTIVE, PageFrame.NONE, out);
        Golden.assertMatches("executive-page.json", data(out));
    }

    private static List<AnalyzedSeries> histories() {
        return List.of(
                Examples.analyzed("org.example.A.one", 20),
                Examples.analyzed("org.example.B.two", 1),
                Examples.analyzed("org.example.B.none", 0),
                Examples.analyzed("org.example.漢字ベンチマーク", 12));
    }
}
