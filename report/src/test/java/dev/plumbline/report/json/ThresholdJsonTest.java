package dev.plumbline.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.calibrate.Sensitivity;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.core.threshold.MetricKind;
import dev.plumbline.core.threshold.ThresholdRule;
import dev.plumbline.report.Examples;
import dev.plumbline.report.Schemas;
import dev.plumbline.report.Sensitivities;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ThresholdJsonTest {
    private static final SeriesKey SORT = Examples.key("Sort.quick", Map.of("n", "10"), "time");
    private static final ThresholdRule WIDE =
            ThresholdRule.ofMargin("plumbline.yaml:3:5", ThresholdRule.Scope.ALL, 0.1);
    private static final ThresholdRule OF_LATENCY =
            ThresholdRule.ofMargin("--margin", ThresholdRule.Scope.of(MetricKind.LATENCY), 0.035);

    /** A document that follows its schema. */
    private static JsonNode document(OptionalLong seed, ThresholdJson.Entry... entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ThresholdJson.write(List.of(entries), seed, out);
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        String text = out.toString(StandardCharsets.UTF_8);
        Schemas.assertValid("thresholds-schema.json", text);
        return JsonMapper.builder().build().readTree(text);
    }

    private static ThresholdJson.Entry entry(Sensitivity known, ThresholdRule... rules) {
        return new ThresholdJson.Entry(Sensitivities.resolved(known.key(), rules), 30, Optional.of(known));
    }

    private static JsonNode sensitivity(Sensitivity known) {
        return document(OptionalLong.empty(), entry(known))
                .path("series")
                .path(0)
                .path("sensitivity");
    }

    @Test
    void a_document_of_no_series_is_one() {
        JsonNode json = document(OptionalLong.empty());

        assertThat(json.path("schema").asString()).isEqualTo("plumbline-thresholds/1");
        assertThat(json.path("series").isArray()).isTrue();
        assertThat(json.path("series").size()).isZero();
        assertThat(json.has("seed")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0", "42", "9007199254740991"})
    void a_replay_has_its_seed(long seed) {
        assertThat(document(OptionalLong.of(seed)).path("seed").asLong()).isEqualTo(seed);
    }

    @Test
    void a_series_that_is_too_short_has_its_thresholds_and_no_sensitivity() {
        JsonNode one = document(
                        OptionalLong.empty(),
                        new ThresholdJson.Entry(Sensitivities.resolved(SORT), 2, Optional.empty()))
                .path("series")
                .path(0);

        assertThat(one.path("series").asString()).isEqualTo(SORT.id());
        assertThat(one.path("benchmark").asString()).isEqualTo("Sort.quick");
        assertThat(one.path("parameters").path("n").asString()).isEqualTo("10");
        assertThat(one.path("metric").asString()).isEqualTo("time");
        assertThat(one.path("kind").asString()).isEqualTo("latency");
        assertThat(one.path("runs").asInt()).isEqualTo(2);
        assertThat(one.path("sensitivity").isNull()).isTrue();
        assertThat(one.path("thresholds")
                        .valueStream()
                        .map(threshold -> threshold.path("threshold").asString()))
                .containsExactly("margin", "severities", "floor", "minimum-runs");
        assertThat(one.path("thresholds").valueStream()).allSatisfy(threshold -> {
            assertThat(threshold.path("from").asString()).isEqualTo("default");
            assertThat(threshold.path("over").size()).isZero();
        });
    }

    @Test
    void a_threshold_has_the_rule_that_won_and_those_it_beat() {
        JsonNode margin = document(
                        OptionalLong.empty(),
                        entry(Sensitivities.of(SORT, 0.01, OptionalDouble.of(0.05), 1), WIDE, OF_LATENCY))
                .path("series")
                .path(0)
                .path("thresholds")
                .path(0);

        assertThat(margin.path("value").asString()).isEqualTo("3.5 %");
        assertThat(margin.path("from").asString()).isEqualTo("--margin");
        assertThat(margin.path("scope").asString()).isEqualTo("kind latency");
        assertThat(margin.path("over").size()).isEqualTo(1);
        assertThat(margin.path("over").path(0).path("value").asString()).isEqualTo("10 %");
        assertThat(margin.path("over").path(0).path("from").asString()).isEqualTo("plumbline.yaml:3:5");
        assertThat(margin.path("over").path(0).path("scope").asString()).isEqualTo("every series");
    }

    @Test
    void what_can_be_detected_is_there_as_numbers_and_as_the_sentence_of_the_text() {
        JsonNode known = sensitivity(Sensitivities.of(SORT, 0.013, OptionalDouble.of(0.076), 3));

        assertThat(known.path("noise").asDouble()).isEqualTo(0.013);
        assertThat(known.path("suiteSize").asInt()).isEqualTo(12);
        assertThat(known.path("detectable").asDouble()).isEqualTo(0.076);
        assertThat(known.path("words").asString())
                .isEqualTo("minimum detectable change: 7.6 % with 1 run, 5 % with 3 runs per commit");
        assertThat(known.path("needed").path(0).path("size").asDouble()).isEqualTo(0.05);
        assertThat(known.path("needed").path(0).path("runs").asInt()).isEqualTo(3);
        assertThat(known.has("falseAlarms")).isFalse();
    }

    @Test
    void where_twenty_runs_are_not_enough_their_number_is_null() {
        JsonNode known = sensitivity(Sensitivities.of(SORT, 0.5, OptionalDouble.empty(), 0));

        assertThat(known.path("detectable").isNumber()).isFalse();
        assertThat(known.path("needed").path(0).has("runs")).isTrue();
        assertThat(known.path("needed").path(0).path("runs").isNull()).isTrue();
    }

    @Test
    void a_replay_has_each_proportion_with_its_interval() {
        JsonNode known = sensitivity(Sensitivities.replayed(
                Sensitivities.of(SORT, 0.013, OptionalDouble.of(0.05), 1),
                Sensitivities.replay(100, Optional.of(new Proportion(95, 100)), OptionalDouble.of(0.075))));

        assertThat(known.path("falseAlarms").path("hits").asInt()).isEqualTo(5);
        assertThat(known.path("falseAlarms").path("count").asInt()).isEqualTo(100);
        assertThat(known.path("falseAlarms").path("share").asDouble()).isEqualTo(0.05);
        assertThat(known.path("suspected").path("hits").asInt()).isZero();
        assertThat(known.path("found99").asDouble()).isEqualTo(0.075);
        assertThat(known.path("foundAtDetectable").path("hits").asInt()).isEqualTo(95);
        JsonNode detections = known.path("detections");
        assertThat(detections.size()).isEqualTo(2);
        assertThat(detections.path(0).path("meanDelay").isNumber()).isFalse();
        assertThat(detections.path(1).path("meanDelay").asDouble()).isEqualTo(1.25);
        assertThat(detections.path(1).path("within").path(1).path("runs").asInt())
                .isEqualTo(5);
    }

    @Test
    void a_replay_that_detects_nothing_is_a_document_too() {
        JsonNode known = sensitivity(Sensitivities.replayed(
                Sensitivities.of(SORT, 0, OptionalDouble.empty(), 0),
                Sensitivities.replay(100, Optional.empty(), OptionalDouble.empty())));

        assertThat(known.path("noise").asDouble()).isZero();
        assertThat(known.has("foundAtDetectable")).isFalse();
        assertThat(known.path("found99").isNumber()).isFalse();
    }

    private static Stream<String> hostile() {
        return Examples.HOSTILE.stream().map(name -> name.substring(0, Math.min(1_000, name.length())));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void every_name_and_place_makes_a_document(String name) {
        SeriesKey key = Examples.key(name, "m" + name);
        JsonNode json = document(
                OptionalLong.of(1),
                entry(
                        Sensitivities.of(key, 0.01, OptionalDouble.of(0.07), 2),
                        ThresholdRule.ofMargin("p" + name, ThresholdRule.Scope.ALL, 0.03)),
                entry(Sensitivities.of(SORT, 0.01, OptionalDouble.of(0.07), 2)));

        assertThat(json.path("series").size()).isEqualTo(2);
        assertThat(json.path("series").path(0).path("series").asString()).isEqualTo(key.id());
    }
}
