package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.ci.CodeQualityReport;
import dev.plumbline.report.ci.JUnitReport;
import dev.plumbline.report.ci.SarifReport;
import dev.plumbline.report.text.CsvReport;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** CSV, JUnit XML and SARIF as other programs read them. */
class MachineFormatsTest {
    private static final List<Report> ALL = List.of(
            Examples.everything(), Examples.healthy(), Examples.empty(), Examples.hostile(), Examples.large(200));

    /** The cells of each record, read as RFC 4180 says. */
    private static List<List<String>> records(String csv, char separator) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char character = csv.charAt(i);
            if (character == '"') {
                if (quoted && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (character == separator && !quoted) {
                record.add(cell.toString());
                cell.setLength(0);
            } else if (character == '\r' && !quoted) {
                record.add(cell.toString());
                cell.setLength(0);
                records.add(record);
                record = new ArrayList<>();
                i++;
            } else {
                cell.append(character);
            }
        }
        assertThat(quoted).isFalse();
        assertThat(record).isEmpty();
        return records;
    }

    @Test
    void a_table_has_a_record_for_each_finding_and_each_missing_series() {
        for (Report report : ALL) {
            List<List<String>> records = records(CsvReport.of(report), ',');

            assertThat(records)
                    .hasSize(1 + report.findings().size() + report.missing().size());
            assertThat(records).allSatisfy(record -> assertThat(record).hasSize(26));
        }
    }

    @Test
    void a_table_tells_in_a_column_what_was_said_of_a_change() {
        Report reported = Examples.everything();
        Finding first = reported.findings()
                .get(0)
                .with(Annotation.of(
                        Annotation.Kind.ACKNOWLEDGED,
                        new Annotation.Origin("i1", "Ada", Instant.EPOCH, "on it"),
                        Optional.empty(),
                        ""));
        Report report = new Report(
                reported.version(),
                reported.kind(),
                reported.candidates(),
                reported.base(),
                List.of(first, reported.findings().get(1)),
                List.of(),
                reported.gate(),
                List.of(),
                List.of(),
                reported.policy());

        List<List<String>> records = records(CsvReport.of(report), ',');

        assertThat(records.get(0).get(24)).isEqualTo("state");
        assertThat(records.subList(1, 3))
                .extracting(record -> record.get(24))
                .containsExactlyInAnyOrder("ACKNOWLEDGED", "");
    }

    @Test
    void numbers_of_a_table_read_back_to_the_same_bits() {
        Report report = Examples.everything();
        List<String> record = records(CsvReport.of(report), ',').get(2);

        assertThat(report.findings().get(1).verdict().effect().orElseThrow()).satisfies(effect -> {
            assertThat(Double.parseDouble(record.get(7))).isEqualTo(effect.before());
            assertThat(Double.parseDouble(record.get(8))).isEqualTo(effect.after());
            assertThat(Double.parseDouble(record.get(9))).isEqualTo(effect.relativeChange());
        });
    }

    @ParameterizedTest
    @CsvSource({"','", "';'"})
    void no_cell_of_a_table_is_a_formula_whatever_the_spreadsheet_takes_for_a_separator(char separator) {
        for (String attack : List.of(
                "=cmd()|'/C calc'!A1",
                "+1+1",
                "-2+3",
                "@SUM(A1)",
                "\t=1+1",
                "\r=1+1",
                "  =1+1",
                "a;=1+1",
                "a,=1+1",
                "\";=1+1",
                "\",=1+1",
                "＝1+1")) {
            Report report = Examples.report(
                    List.of(Examples.finding(
                            Examples.key(attack, attack),
                            Examples.MILLISECONDS,
                            Better.LOWER,
                            Examples.everything().findings().get(0).verdict())),
                    List.of(),
                    List.of());
            for (String cell : CsvReport.of(report).split("[\r\n" + separator + "]")) {
                String shown = cell.replace("\"", "").strip();
                boolean number = shown.matches("-?[0-9.]+(e-?[0-9]+)?|-inf");
                assertThat(number || !shown.matches("[=+\\-@＝＋－＠].*"))
                        .as("%s in the table of %s", shown, attack)
                        .isTrue();
            }
        }
    }

    private static Document xml(String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
        } catch (Exception e) {
            throw new AssertionError("not well-formed: " + e.getMessage(), e);
        }
    }

    @Test
    void every_test_report_is_well_formed_and_counts_right() {
        for (Report report : ALL) {
            Element suite = (Element) xml(JUnitReport.of(report))
                    .getElementsByTagName("testsuite")
                    .item(0);
            assertThat(suite.getAttribute("tests"))
                    .isEqualTo("" + suite.getElementsByTagName("testcase").getLength());
            assertThat(suite.getAttribute("failures"))
                    .isEqualTo("" + suite.getElementsByTagName("failure").getLength());
            assertThat(suite.getAttribute("skipped"))
                    .isEqualTo("" + suite.getElementsByTagName("skipped").getLength());
            assertThat(suite.getElementsByTagName("failure").getLength() > 0)
                    .as("a failure exactly when the gate is closed")
                    .isEqualTo(report.gate().state() == GateDecision.State.CLOSED);
        }
    }

    @Test
    void a_benchmark_is_one_test_case_and_one_result_whatever_it_has_of_metrics() {
        for (Report report : ALL) {
            Element suite = (Element) xml(JUnitReport.of(report))
                    .getElementsByTagName("testsuite")
                    .item(0);
            assertThat(suite.getAttribute("tests"))
                    .isEqualTo("" + (report.benchmarks().size() + 1));
            long wanting = report.benchmarks().stream()
                    .filter(answer -> report.wanting().contains(answer))
                    .count();
            assertThat(JsonMapper.builder()
                            .build()
                            .readTree(SarifReport.of(report))
                            .path("runs")
                            .path(0)
                            .path("results")
                            .size())
                    .isEqualTo((int) wanting);
            assertThat(JsonMapper.builder()
                            .build()
                            .readTree(CodeQualityReport.of(report))
                            .size())
                    .isEqualTo((int) wanting);
        }
    }

    @Test
    void a_regression_below_the_gate_is_no_failure() {
        Element suite = (Element) xml(JUnitReport.of(Examples.everything()))
                .getElementsByTagName("testsuite")
                .item(0);
        Set<String> failed = new HashSet<>();
        for (int i = 0; i < suite.getElementsByTagName("failure").getLength(); i++) {
            Element testCase =
                    (Element) suite.getElementsByTagName("failure").item(i).getParentNode();
            failed.add(testCase.getAttribute("classname") + " " + testCase.getAttribute("name"));
        }

        assertThat(failed)
                .contains("dev.example.tally.Sort merge", "dev.example.tally.Gone away", "plumbline gate")
                .doesNotContain("dev.example.tally.Sort quick");
    }

    @Test
    void the_gate_holds_its_reason_against_the_series_it_means_and_no_other() {
        SeriesKey one = Examples.key("a", "time");
        SeriesKey other = Examples.key("a time", "size");
        Report report = Examples.report(List.of(), List.of(Missing.benchmark(other)), List.of());

        assertThat(report.against().of(other)).isPresent();
        assertThat(report.against().of(one)).isEmpty();
    }

    /** The schema as OASIS publishes it, in the package that the build of the pages installs. */
    private static Schema sarif() throws IOException {
        Path schema = Path.of("..", "web", "node_modules", "@microsoft", "jest-sarif", "lib", "schemas")
                .resolve("sarif-2.1.0-rtm.5.json");
        assumeThat(schema)
                .as("the schema of SARIF; the pages were not built here")
                .exists();
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                .getSchema(Files.readString(schema), InputFormat.JSON);
    }

    @Test
    void every_scan_report_is_valid() throws IOException {
        for (Report report : ALL) {
            assertThat(sarif().validate(SarifReport.of(report), InputFormat.JSON))
                    .isEmpty();
        }
    }

    @Test
    void the_schema_of_scan_reports_refuses_what_is_wrong() throws IOException {
        String json = SarifReport.of(Examples.everything());
        for (String[] mistake : new String[][] {
            {"\"level\": \"error\"", "\"level\": \"fatal\""},
            {"\"version\": \"2.1.0\"", "\"version\": \"2.0.0\""},
            {"\"ruleIndex\": 0", "\"ruleIndex\": -2"},
            {"\"partialFingerprints\"", "\"fingerprint\""},
            {"\"startLine\": 1", "\"startLine\": 0"},
            {"\"executionSuccessful\": true", "\"executionSuccessful\": 1"}
        }) {
            assertThat(json).contains(mistake[0]);
            assertThat(sarif().validate(json.replace(mistake[0], mistake[1]), InputFormat.JSON))
                    .as(mistake[1])
                    .isNotEmpty();
        }
    }

    @Test
    void a_scan_report_names_its_rules_and_stays_inside_its_folder() {
        JsonNode run = JsonMapper.builder()
                .build()
                .readTree(SarifReport.of(Examples.hostile()))
                .path("runs")
                .get(0);
        JsonNode rules = run.path("tool").path("driver").path("rules");

        assertThat(run.path("results").size()).isGreaterThan(10);
        for (JsonNode result : run.path("results")) {
            assertThat(rules.get(result.path("ruleIndex").asInt()).path("id").asString())
                    .isEqualTo(result.path("ruleId").asString());
            assertThat(result.path("message").path("text").asString()).doesNotContain("{", "}", "[", "]", "\n");
            assertThat(result.path("locations")
                            .get(0)
                            .path("physicalLocation")
                            .path("artifactLocation")
                            .path("uri")
                            .asString())
                    .matches("benchmarks/[A-Za-z0-9%*_-][A-Za-z0-9%*._-]*");
        }
    }

    /** As GitLab documents its Code Quality report format. */
    @Test
    void code_quality_is_as_gitlab_wants_it() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema("""
                    {"type": "array", "items": {"type": "object",
                    "required": ["description", "check_name", "fingerprint", "severity", "location"],
                    "properties": {"description": {"type": "string"}, "check_name": {"type": "string"},
                    "fingerprint": {"type": "string"},
                    "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                    "location": {"type": "object", "required": ["path", "lines"], "properties": {
                    "path": {"type": "string", "pattern": "^[^./][^/]*/[^/]+$"},
                    "lines": {"type": "object", "required": ["begin"]}}}}}}
                    """, InputFormat.JSON);
        for (Report report : Examples.reports()) {
            assertThat(schema.validate(CodeQualityReport.of(report), InputFormat.JSON))
                    .isEmpty();
        }
        assertThat(CodeQualityReport.of(Examples.healthy())).isEqualTo("[ ]\n");
        assertThat(CodeQualityReport.of(Examples.everything())).contains("\"blocker\"", "\"minor\"", "\"info\"");
    }

    /** The same benchmark is the same kind of thing in both. */
    @ParameterizedTest
    @EnumSource
    void scans_and_code_quality_agree_on_what_is_a_regression(Situation situation) {
        Report report = situation.report();
        JsonNode results = JsonMapper.builder()
                .build()
                .readTree(SarifReport.of(report))
                .path("runs")
                .path(0)
                .path("results");
        JsonNode issues = JsonMapper.builder().build().readTree(CodeQualityReport.of(report));

        assertThat(issues.size()).isEqualTo(results.size());
        for (int i = 0; i < results.size(); i++) {
            String rule = results.path(i).path("ruleId").asString();
            String check = issues.path(i).path("check_name").asString();
            assertThat(check)
                    .isEqualTo(
                            switch (rule) {
                                case "performance-regression" -> "plumbline-regression";
                                case "missing-benchmark" -> "plumbline-missing";
                                default -> "plumbline-doubt";
                            });
            assertThat(results.path(i).path("level").asString().equals("error"))
                    .isEqualTo(issues.path(i).path("severity").asString().equals("blocker"));
            assertThat(results.path(i).path("ruleIndex").asInt())
                    .isEqualTo(List.of(
                                    "performance-regression",
                                    "possible-regression",
                                    "missing-benchmark",
                                    "no-verdict",
                                    "too-good")
                            .indexOf(rule));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FAIL, performance-regression",
        "A_SMALL_REGRESSION, performance-regression",
        "HOLD, possible-regression",
        "MISSING_BENCHMARK, missing-benchmark",
        "MISSING_METRIC, missing-benchmark",
        "TOO_GOOD, too-good",
        "ANOTHER_UNIT, no-verdict",
        "TOO_YOUNG_HELD, no-verdict",
        "OVER_BUDGET, performance-regression",
        "OVER_A_FIXED_LIMIT, performance-regression",
    })
    void each_result_of_a_scan_has_the_rule_of_what_happened(Situation situation, String rule) {
        assertThat(SarifReport.of(situation.report())).contains("\"ruleId\": \"" + rule + "\"");
    }

    @Test
    void a_secondary_metric_that_is_missing_is_not_called_too_good() {
        List<Finding> findings = List.of(Situation.unchanged("Sort.quick"));
        Report report = Situation.with(
                GatePolicy.DEFAULT.withRoles(Situation.secondary("p1.00")),
                findings,
                List.of(Missing.metric(Examples.key(Situation.PACK + "Sort.quick", "p1.00"))));

        assertThat(SarifReport.of(report))
                .contains("\"ruleId\": \"missing-benchmark\"")
                .doesNotContain("\"ruleId\": \"too");
        assertThat(CodeQualityReport.of(report)).contains("plumbline-missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "...", "../../etc/passwd", "a/../b", "%2e%2e", "\\..\\", "a b", "?x#y", "漢字"})
    void a_place_stays_in_its_folder_however_its_address_is_read(String name) {
        Report report = Examples.report(
                List.of(Examples.finding(
                        Examples.key(name, "time"),
                        Examples.MILLISECONDS,
                        Better.LOWER,
                        new Verdict.Regressed(Examples.effect(100, 150, 0.02)))),
                List.of(),
                List.of());
        String uri = JsonMapper.builder()
                .build()
                .readTree(SarifReport.of(report))
                .at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri")
                .asString();

        assertThat(uri).startsWith("benchmarks/").matches("[A-Za-z0-9_.*%/-]+");
        assertThat(uri.substring("benchmarks/".length())).doesNotContain("/");
        // browsers read encoded dots as dots
        assertThat(uri.replace("%2E", ".").replace("%2e", ".")).doesNotMatch("benchmarks/\\.{1,2}");
        assertThat(URI.create(uri).normalize().toString()).startsWith("benchmarks/");
    }
}
