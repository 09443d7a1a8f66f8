package dev.plumbline.report.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.report.Examples;
import dev.plumbline.report.Report;
import dev.plumbline.report.evidence.Quotation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

public class JsonReportTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static Schema schema(String name) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("..", "docs", name)), InputFormat.JSON);
    }

    /** What a schema of the documentation has against a text. */
    public static List<String> complaints(String name, String json) throws IOException {
        return schema(name).validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static void assertValid(String json) throws IOException {
        assertThat(schema("report-schema.json").validate(json, InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void every_report_is_valid() throws IOException {
        for (Report report : List.of(
                Examples.everything(),
                Examples.healthy(),
                Examples.empty(),
                Examples.hostile(),
                Examples.large(1000))) {
            assertValid(JsonReport.of(report));
        }
    }

    @Test
    void every_history_is_valid() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HistoryJson.writePoints(List.of(Examples.analyzed("a", 20), Examples.analyzed("b", 0)), List.of(), out);
        assertThat(schema("history-schema.json").validate(out.toString(StandardCharsets.UTF_8), InputFormat.JSON))
                .isEmpty();
        out.reset();
        HistoryJson.writeList(List.of(), List.of(), out);
        assertThat(schema("history-schema.json").validate(out.toString(StandardCharsets.UTF_8), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void the_schema_refuses_what_is_wrong() throws IOException {
        String json = JsonReport.of(Examples.everything());
        Schema schema = schema("report-schema.json");
        for (String[] mistake : new String[][] {
            {"\"verdict\": \"REGRESSED\"", "\"verdict\": \"WORSE\""},
            {"\"severity\": \"NONE\"", "\"severity\": \"MAJOR\""},
            {"\"relativeChangeIs\": \"infinite\",", ""},
            {"\"suspect\": true", "\"suspect\": \"yes\""},
            {"\"runs\": 30", "\"runs\": 0"},
            {"\"better\":", "\"direction\":"}
        }) {
            assertThat(json).contains(mistake[0]);
            assertThat(schema.validate(json.replace(mistake[0], mistake[1]), InputFormat.JSON))
                    .as(mistake[1])
                    .isNotEmpty();
        }
    }

    @Test
    void numbers_that_are_not_finite_are_null_and_a_word() throws IOException {
        Interval all = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0.95);
        Finding finding = Examples.finding(
                Examples.key("a", "time"),
                Examples.MILLISECONDS,
                Better.LOWER,
                new Verdict.Inconclusive(
                        Quotation.of("anything is possible"),
                        false,
                        OptionalInt.empty(),
                        java.util.Optional.of(new Effect(0, -1, Double.NEGATIVE_INFINITY, all))));
        String json = JsonReport.of(Examples.report(List.of(finding), List.of(), List.of()));

        assertValid(json);
        JsonNode effect = MAPPER.readTree(json).path("findings").get(0).path("effect");
        assertThat(effect.path("relativeChange").isNull()).isTrue();
        assertThat(effect.path("relativeChangeIs").asString()).isEqualTo("-infinite");
        assertThat(effect.path("interval").path("low").isNull()).isTrue();
        assertThat(effect.path("interval").path("lowIs").asString()).isEqualTo("-infinite");
        assertThat(effect.path("interval").path("highIs").asString()).isEqualTo("infinite");
        assertThat(json).doesNotContain("Infinity", "NaN");
    }

    @Test
    void numbers_read_back_to_the_same_bits() {
        double[] numbers = {
            0.1,
            1.0 / 3,
            Double.parseDouble("2e23"),
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            -0.0,
            1e21,
            123456789.123,
            2.2250738585072014E-308
        };
        for (double number : numbers) {
            Finding finding = Examples.finding(
                    Examples.key("a", "time"),
                    Examples.MILLISECONDS,
                    Better.LOWER,
                    new Verdict.Unchanged(new Effect(number, 1, 0, new Interval(-0.01, 0.01, 0.95))));
            String json = JsonReport.of(Examples.report(List.of(finding), List.of(), List.of()));
            String text = json.replaceAll("(?s).*\"before\": ([^,]*),.*", "$1");
            assertThat(Double.doubleToLongBits(Double.parseDouble(text)))
                    .as(text)
                    .isEqualTo(Double.doubleToLongBits(number));
        }
    }

    @Test
    void hostile_strings_come_back_as_they_were_and_the_text_is_ascii() {
        Report report = Examples.hostile();
        String json = JsonReport.of(report);
        assertThat(json).matches("[\n -~]*");

        JsonNode tree = MAPPER.readTree(json);
        for (int i = 0; i < Examples.HOSTILE.size(); i++) {
            String expected = mended(Examples.HOSTILE.get(i));
            assertThat(tree.path("notes").get(i).asString()).isEqualTo(expected);
            assertThat(tree.path("problems").get(i).path("what").asString()).isEqualTo(expected);
        }
    }

    /** Half a surrogate pair is no character: it becomes the replacement character. */
    private static String mended(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text)
                ? text
                : text.replace('\uD800', '\uFFFD');
    }

    @Test
    void keeps_the_ladder_in_its_order() {
        JsonNode trace = MAPPER.readTree(JsonReport.of(Examples.everything()))
                .path("findings")
                .get(0)
                .path("ladder");
        assertThat(trace.get(0).path("name").asString()).isEqualTo("enough-history");
        assertThat(trace.get(1).path("outcome").asString()).isEqualTo(Rung.Outcome.DECIDED.name());
        assertThat(trace.get(1).path("numbers").get(0).path("name").asString()).isEqualTo("low");
        assertThat(trace.get(1).path("numbers").get(1).path("valueIs").asString())
                .isEqualTo("infinite");
    }

    @Test
    void a_broken_stream_is_told_as_such_and_stays_open_otherwise() throws IOException {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left");
            }
        };
        assertThatThrownBy(() -> JsonReport.write(Examples.large(100), broken))
                .isInstanceOf(IOException.class)
                .hasMessage("no space left");

        boolean[] closed = {false};
        OutputStream open = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        JsonReport.write(Examples.empty(), open);
        assertThat(closed[0]).isFalse();
        assertThat(open.toString()).endsWith("}\n");
    }

    @Test
    void counts_say_what_the_findings_say() {
        JsonNode tree = MAPPER.readTree(JsonReport.of(Examples.everything()));
        Map<Verdict.Kind, Integer> counts = Examples.everything().counts();
        counts.forEach((kind, count) ->
                assertThat(tree.path("counts").path(kind.name()).asInt()).isEqualTo(count));
        assertThat(tree.path("counts").path("SUSPECT").asInt()).isEqualTo(1);
        assertThat(tree.path("counts").path("MISSING").asInt()).isEqualTo(1);
    }
}
