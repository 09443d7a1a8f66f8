package dev.plumbline.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
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
        Chronicle chronicle = HtmlPagesTest.chronicle(5, 40);
        out.reset();
        ChronicleSummary.write(chronicle, out);
        Golden.assertMatches("chronicle.json", out.toString(StandardCharsets.UTF_8));
        Golden.assertMatches("chronicle.csv", CsvChronicle.of(chronicle));
        Golden.assertMatches("chronicle.md", ChronicleSummary.markdown(chronicle, true));
        Golden.assertMatches(
                "chronicle-100.txt", ChronicleSummary.text(chronicle, true, TextStyle.DEFAULT.withWidth(100)));
    }

    @ParameterizedTest
    @CsvSource({"tr-TR, Pacific/Auckland", "de-DE, America/Los_Angeles", "ar-EG-u-nu-arab, Asia/Kathmandu"})
    void the_data_of_pages_are_the_same_everywhere(String language, String timeZone) throws IOException {
        goTo(language, timeZone);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HtmlReport.write(Dossier.bare(Examples.everything()), HtmlReport.View.REPORT, PageFrame.NONE, out);
        Golden.assertMatches("page.json", data(out));
        out.reset();
        HtmlChronicle.write(HtmlPagesTest.chronicle(3, 12), HtmlChronicle.View.DASHBOARD, PageFrame.NONE, out);
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
                .append(Explanation.of(finding, verbose))
                .append('\n'));
        Golden.assertMatches("explanations.txt", explanations.toString());
        Golden.assertMatches("history-list-80.txt", HistoryText.list(histories(), TextStyle.DEFAULT));
        Golden.assertMatches("history-list-140.txt", HistoryText.list(histories(), TextStyle.DEFAULT.withWidth(140)));
        Golden.assertMatches(
                "history-points-100.txt", HistoryText.points(histories().get(0), TextStyle.DEFAULT.withWidth(100)));
    }

    private static List<AnalyzedSeries> histories() {
        return List.of(
                Examples.analyzed("org.example.A.one", 20),
                Examples.analyzed("org.example.B.two", 1),
                Examples.analyzed("org.example.B.none", 0),
                Examples.analyzed("org.example.漢字ベンチマーク", 12));
    }
}
