package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.report.Report.Group;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every form of a report tells the same story, whatever the report. */
class SameStoryTest {
    private static final Pattern COUNT = Pattern.compile("([0-9,]+) .*");

    private static Stream<Integer> seeds() {
        return RandomReports.seeds();
    }

    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }

    private static JsonNode ci(Report report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            CiSummary.write(report, out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return json(out.toString(StandardCharsets.UTF_8));
    }

    private static List<String> texts(JsonNode list, String member) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(node -> node.path(member).asString())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_counts_of_the_headline_are_those_of_the_json_and_add_up(int seed) {
        Report report = RandomReports.of(seed);
        JsonNode benchmarks = json(JsonReport.of(report)).path("benchmarks");

        int sum = 0;
        for (Group group : Group.values()) {
            int count = benchmarks.path(group.name()).asInt();
            sum += count;
            assertThat(count)
                    .as(group.name())
                    .isEqualTo(report.benchmarks(group).size());
        }
        assertThat(sum).isEqualTo(report.benchmarks().size());
        assertThat(ci(report).path("benchmarks")).isEqualTo(benchmarks);
        assertThat(ci(report).path("counts"))
                .isEqualTo(json(JsonReport.of(report)).path("counts"));

        int headline = 0;
        for (String part : Headline.counts(report).split(" · ")) {
            Matcher count = COUNT.matcher(part);
            boolean isApart = part.contains("beyond a limit") || part.contains("of them muted");
            headline += count.matches() && !isApart ? Integer.parseInt(count.group(1)) : 0;
        }
        assertThat(headline).as(Headline.counts(report)).isEqualTo(sum);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_gate_is_the_same_everywhere(int seed) {
        Report report = RandomReports.of(seed);
        GateDecision.State state = report.gate().state();
        JsonNode json = json(JsonReport.of(report));

        assertThat(json.path("gate").path("state").asString()).isEqualTo(state.name());
        assertThat(json.path("gate").path("reasons").isEmpty()).isEqualTo(state == GateDecision.State.OPEN);
        assertThat(ci(report).path("verdict").asString()).isEqualTo(state.name());
        assertThat(ci(report).path("blocking").asBoolean()).isEqualTo(state == GateDecision.State.CLOSED);
        assertThat(ci(report).path("why")).isEqualTo(json.path("gate").path("reasons"));
        JsonNode sarif = json(SarifReport.of(report)).path("runs").path(0);
        assertThat(sarif.path("properties").path("gate").asString()).isEqualTo(state.name());
        assertThat(sarif.path("properties").path("summary").asString())
                .isEqualTo(json.path("summary").asString());
        assertThat(FirstScreen.of(report, TextStyle.DEFAULT)).startsWith(Headline.status(report.gate()));
        assertThat(MarkdownReport.of(report)).startsWith("### ").contains("**" + Headline.status(report.gate()) + "**");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ids_are_the_same_everywhere(int seed) {
        Report report = RandomReports.of(seed);
        JsonNode json = json(JsonReport.of(report));
        List<String> found = report.findings().stream().map(Finding::id).toList();
        List<String> missing = report.missing().stream().map(Missing::id).toList();

        assertThat(texts(json.path("findings"), "id")).isEqualTo(found);
        assertThat(texts(json.path("missing"), "id")).isEqualTo(missing);
        List<String> csv = records(CsvReport.of(report)).stream()
                .skip(1)
                .map(record -> record.get(21))
                .toList();
        assertThat(csv.subList(0, found.size())).isEqualTo(found);
        List<String> sarif = StreamSupport.stream(
                        json(SarifReport.of(report))
                                .path("runs")
                                .path(0)
                                .path("results")
                                .spliterator(),
                        false)
                .map(result -> result.path("partialFingerprints")
                        .path("plumblineFinding/v1")
                        .asString())
                .toList();
        assertThat(texts(json(CodeQualityReport.of(report)), "fingerprint")).isEqualTo(sarif);
        assertThat(sarif).doesNotHaveDuplicates();
        assertThat(found).containsAll(texts(ci(report).path("worst"), "id"));
        assertThat(sarif).containsAll(texts(ci(report).path("worst"), "id"));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_number_is_the_same_in_json_and_csv(int seed) {
        Report report = RandomReports.of(seed);
        JsonNode findings = json(JsonReport.of(report)).path("findings");
        List<List<String>> records = records(CsvReport.of(report));

        for (int i = 0; i < findings.size(); i++) {
            List<String> record = records.get(1 + i);
            JsonNode one = findings.path(i);
            assertThat(record.get(0)).isEqualTo(one.path("verdict").asString());
            assertThat(record.get(1)).isEqualTo(one.path("severity").asString());
            assertSame(record.get(7), one.path("effect"), "before");
            assertSame(record.get(8), one.path("effect"), "after");
            assertSame(record.get(9), one.path("effect"), "relativeChange");
            assertSame(record.get(10), one.path("effect").path("interval"), "low");
            assertSame(record.get(11), one.path("effect").path("interval"), "high");
            assertSame(record.get(13), one, "pValue");
            assertSame(record.get(14), one, "detectableChange");
            assertSame(record.get(16), one.path("baseline"), "deviation");
            assertThat(record.get(25)).isEqualTo(one.path("role").asString());
            String state = one.has("statement")
                    ? one.path("statement").path("state").asString()
                    : one.has("alreadyOpen") ? "ALREADY_OPEN" : "";
            assertThat(record.get(24)).isEqualTo(state);
        }
    }

    private static void assertSame(String cell, JsonNode object, String member) {
        String is = object.path(member + "Is").asString("");
        if (is.equals("infinite") || is.equals("-infinite")) {
            assertThat(cell).isEqualTo(is.startsWith("-") ? "-inf" : "inf");
        } else if (object.path(member).isNumber()) {
            assertThat(Double.parseDouble(cell)).isEqualTo(object.path(member).asDouble());
        } else {
            assertThat(cell).isEmpty();
        }
    }

    private static List<List<String>> records(String csv) {
        List<List<String>> records = new ArrayList<>();
        for (String line : csv.split("\r\n")) {
            List<String> cells = new ArrayList<>();
            Matcher cell =
                    Pattern.compile("(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))").matcher(line);
            while (cell.find()) {
                cells.add(cell.group(1) == null ? cell.group(2) : cell.group(1).replace("\"\"", "\""));
            }
            records.add(cells);
        }
        return records;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void test_reports_have_a_case_for_each_benchmark_that_fails_where_the_gate_has_something_against_it(int seed) {
        Report report = RandomReports.of(seed);
        String xml = JUnitReport.of(report);
        int against = (int) report.benchmarks().stream()
                .filter(answer -> !report.against().of(answer).isEmpty())
                .count();
        boolean closed = report.gate().state() == GateDecision.State.CLOSED;

        assertThat(occurrences(xml, "<testcase ")).isEqualTo(report.benchmarks().size() + 1);
        assertThat(occurrences(xml, "<failure ")).isEqualTo(closed ? against + 1 : 0);
    }

    private static int occurrences(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_document_is_valid_also_with_hostile_names(int seed) {
        for (Report report : List.of(RandomReports.of(seed), RandomReports.hostile(seed))) {
            Schemas.assertValid("report-schema.json", JsonReport.of(report));
            Schemas.assertValid("ci-schema.json", ci(report).toString());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_report_that_was_stored_reads_the_same_in_every_form(int seed) throws IOException {
        Report report = RandomReports.of(seed);
        Report again =
                StoredReport.read(new ByteArrayInputStream(JsonReport.of(report).getBytes(StandardCharsets.UTF_8)));
        TextStyle style = TextStyle.DEFAULT.withWidth(140).withVerbose(true);

        assertThat(JsonReport.of(again)).isEqualTo(JsonReport.of(report));
        assertThat(Headline.of(again)).isEqualTo(Headline.of(report));
        assertThat(CsvReport.of(again)).isEqualTo(CsvReport.of(report));
        assertThat(SarifReport.of(again)).isEqualTo(SarifReport.of(report));
        assertThat(CodeQualityReport.of(again)).isEqualTo(CodeQualityReport.of(report));
        assertThat(TextReport.of(again, style)).isEqualTo(TextReport.of(report, style));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_verbose_report_names_every_benchmark_and_every_change_for_the_worse(int seed) {
        Report report = RandomReports.of(seed);
        String text = TextReport.of(report, TextStyle.DEFAULT.withWidth(400).withVerbose(true));

        for (BenchmarkAnswer answer : report.benchmarks()) {
            String name = answer.place().benchmark().name();
            assertThat(text).contains(name.substring(name.lastIndexOf('.') + 1));
        }
        report.in(Group.REGRESSED).forEach(finding -> assertThat(text)
                .contains(Words.verdict(finding), finding.key().metric()));
        report.problems().forEach(problem -> assertThat(text).contains(problem.what()));
        report.notes().forEach(note -> assertThat(text).contains(note));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothing_hostile_gets_through_at_any_width(int seed) {
        Report report = RandomReports.hostile(seed);
        for (TextStyle style : Harmless.STYLES) {
            assertThat(FirstScreen.of(report, style).lines().count()).isLessThanOrEqualTo(12);
            for (String text : List.of(
                    FirstScreen.of(report, style), TextReport.of(report, style), CiSummary.text(report, style))) {
                Harmless.assertHarmless(text, style);
            }
        }
        for (String text : List.of(MarkdownReport.of(report), CiSummary.markdown(report), CsvReport.of(report))) {
            assertThat(text.replace("\r\n", "\n").codePoints()).noneMatch(Harmless::isDangerous);
        }
        // in a code span nobody looks for anything
        assertThat(MarkdownReport.of(report).replaceAll("`[^`|\n]*`", ""))
                .doesNotContain("<script", "](", "![", "@everyone", "://");
        assertThat(MarkdownReport.of(report).length()).isLessThanOrEqualTo(MarkdownReport.MAX_LENGTH);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void colours_change_no_word(int seed) {
        Report report = RandomReports.of(seed);
        for (int width : new int[] {48, 80, 400}) {
            TextStyle plain = TextStyle.DEFAULT.withWidth(width);
            TextStyle colourful = plain.withColour(true);
            assertThat(uncoloured(FirstScreen.of(report, colourful))).isEqualTo(FirstScreen.of(report, plain));
            assertThat(uncoloured(TextReport.of(report, colourful))).isEqualTo(TextReport.of(report, plain));
            assertThat(uncoloured(CiSummary.text(report, colourful))).isEqualTo(CiSummary.text(report, plain));
        }
    }

    private static String uncoloured(String text) {
        return text.replaceAll("\u001b\\[[0-9;]*m", "");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_row_of_markdown_has_the_cells_of_its_table(int seed) {
        for (Report report : List.of(RandomReports.of(seed), RandomReports.hostile(seed))) {
            int cells = 0;
            for (String line : MarkdownReport.of(report).lines().toList()) {
                if (line.startsWith("|---")) {
                    cells = occurrences(line, "|");
                } else if (line.startsWith("| ") && cells > 0 && !line.startsWith("| | Benchmark")) {
                    assertThat(occurrences(line, "|")).as(line).isEqualTo(cells);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_order_of_findings_is_the_documented_one(int seed) {
        List<Finding> findings = RandomReports.of(seed).findings();
        IntStream.range(1, findings.size()).forEach(i -> {
            Finding before = findings.get(i - 1);
            Finding after = findings.get(i);
            assertThat(Group.of(before)).isLessThanOrEqualTo(Group.of(after));
            if (Group.of(before) == Group.REGRESSED && Group.of(after) == Group.REGRESSED) {
                assertThat(before.severity()).isGreaterThanOrEqualTo(after.severity());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void no_line_of_a_table_is_wider_than_the_terminal(int seed) {
        for (Report report : List.of(RandomReports.of(seed), RandomReports.hostile(seed))) {
            for (int width : new int[] {48, 80, 120, 400}) {
                TextStyle style = TextStyle.DEFAULT.withWidth(width);
                assertThat(TextReport.of(report, style).lines())
                        .filteredOn(line -> !line.contains("plumb "))
                        .allMatch(line -> TerminalText.width(line) <= width);
            }
        }
    }
}
