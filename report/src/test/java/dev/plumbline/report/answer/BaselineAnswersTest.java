package dev.plumbline.report.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.baseline.BaselineChange;
import dev.plumbline.core.baseline.BaselineDifference;
import dev.plumbline.core.baseline.BaselineRun;
import dev.plumbline.core.baseline.BaselineStatistics;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Establishment;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.report.Examples;
import dev.plumbline.report.Harmless;
import dev.plumbline.report.Schemas;
import dev.plumbline.report.json.BaselineFiles;
import dev.plumbline.report.json.BaselineJson;
import dev.plumbline.report.terminal.TextStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Established baselines for people, for programs and as files. */
class BaselineAnswersTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private static Stream<String> hostile() {
        return Examples.HOSTILE.stream();
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(100, text.length()));
    }

    private static Provenance provenance(String text, String margin) {
        SortedMap<String, String> settings = new TreeMap<>(Map.of("margin", margin, "runs", "5"));
        return new Provenance(3, NOW, cut(text), text, text, "0.1.0", settings);
    }

    private static EstablishedBaseline baseline(String name, int runs, double level, String margin) {
        List<BaselineRun> all = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            all.add(new BaselineRun(
                    "%032x".formatted(i),
                    "c%07x".formatted(i),
                    NOW.plusSeconds(i),
                    level * (1 + 0.01 * (i % 3)),
                    2,
                    0.01,
                    false));
        }
        all.add(new BaselineRun("f".repeat(32), "", NOW.plusSeconds(runs), 10 * level + 1, 1, 0, true));
        return new EstablishedBaseline(
                Examples.key(name, Map.of("n", "1"), "time"),
                Examples.MILLISECONDS,
                Better.LOWER,
                all,
                BaselineStatistics.of(all),
                level,
                provenance(name, margin));
    }

    private static BaselineVersion version(String text, EstablishedBaseline... baselines) {
        return BaselineVersion.of("default", BaselineChange.values()[0], provenance(text, "0.02"), List.of(baselines));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void nothing_from_outside_gets_through_any_form(String text) {
        EstablishedBaseline one = baseline(text, 6, 100, "0.02");
        BaselineVersion version = version(text, one, baseline("other", 1, 3, "0.02"));
        VersionInfo info = version.info();
        List<Establishment> establishments = List.of(
                new Establishment(
                        one.key(),
                        Establishment.Outcome.NEW,
                        Optional.of(one),
                        new Establishment.Reason.First(6),
                        List.of()),
                new Establishment(
                        Examples.key(text, "other"),
                        Establishment.Outcome.NONE,
                        Optional.empty(),
                        new Establishment.Reason.NoStableRun(true),
                        List.of()));
        for (TextStyle plain : Harmless.STYLES) {
            for (TextStyle style : List.of(plain, plain.withVerbose(true))) {
                Harmless.assertHarmless(BaselineText.versions(List.of(info), style), style);
                Harmless.assertHarmless(BaselineText.version(version, style), style);
                Harmless.assertHarmless(BaselineText.baseline(one, Optional.of(NOW), style), style);
                Harmless.assertHarmless(BaselineText.establishments(info, true, establishments, style), style);
                Harmless.assertHarmless(
                        BaselineText.differences(info, info, BaselineDifference.between(version, version(text)), style),
                        style);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.02, margin=2 %", "0.005, margin=0.5 %", "NaN, margin=NaN", "'', 'margin=,'", "two, margin=two"})
    void a_margin_of_a_file_from_elsewhere_is_shown_whatever_it_is(String margin, String words) {
        assertThat(BaselineText.baseline(baseline("Sort.quick", 6, 100, margin), Optional.empty(), TextStyle.DEFAULT))
                .contains(words, "validated  never\n");
    }

    @Test
    void a_baseline_says_what_it_stands_on_in_its_unit() {
        String text =
                BaselineText.baseline(baseline("Sort.quick", 6, 100, "0.02"), Optional.empty(), TextStyle.DEFAULT);

        assertThat(text)
                .contains("Sort.quick {n=1} · time\n", "lower is better, branch main, environment 0a1b2c3d4e5f, id ")
                .contains("runs       6 runs of 12 groups, and 1 anomaly left out\n")
                .contains("median     101.0 ms, mean 101.0 ms\n", "anchor     100.0 ms, +1.0 % since\n")
                .containsIgnoringWhitespaces(
                        "from commit c0000000 (2026-11-29 12:00 UTC) to an unknown commit (2026-11-29 12:00 UTC)");
        assertThat(BaselineText.baseline(baseline("Sort.quick", 1, 100, "0.02"), Optional.empty(), TextStyle.DEFAULT))
                .contains("interval   unknown from a single run\n", "1 run of 2 groups");
    }

    @Test
    void a_baseline_of_zeros_has_no_number_that_is_none() {
        EstablishedBaseline zeros = baseline("Sort.quick", 6, 0, "0.02");
        for (String text : List.of(
                BaselineText.baseline(zeros, Optional.empty(), TextStyle.DEFAULT),
                BaselineText.version(version("x", zeros), TextStyle.DEFAULT))) {
            assertThat(text).doesNotContain("NaN", "Infinity", "-0");
        }
    }

    @Test
    void no_baselines_say_how_to_make_some() {
        assertThat(BaselineText.versions(List.of(), TextStyle.DEFAULT))
                .isEqualTo("no baselines; create them with plumb baseline establish\n");
        assertThat(BaselineText.version(version("x"), TextStyle.DEFAULT))
                .startsWith("baselines default, version 3: 0 series\n");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void files_follow_their_schema_and_have_names_for_every_file_system(String text) {
        BaselineVersion version =
                version(text, baseline(text, 6, 100, "0.02"), baseline(".." + cut(text), 2, 3, "0.02"));
        Map<String, byte[]> files =
                BaselineFiles.of(version, List.of(Environment.of(Map.of("os", "linux", "info.x", "y"))));

        assertThat(files.keySet()).first().isEqualTo("registry.json");
        assertThat(files).hasSize(3);
        files.forEach((name, content) -> {
            assertThat(name).matches("registry\\.json|models/[A-Za-z0-9][A-Za-z0-9._]*-[0-9a-f]+\\.json");
            assertThat(name.length()).isLessThan(120);
            String json = new String(content, StandardCharsets.US_ASCII);
            assertThat(json).endsWith("}\n");
            Schemas.assertValid("baseline-schema.json", json);
        });
        assertThat(BaselineFiles.of(version, List.of())).containsOnlyKeys(files.keySet());
    }

    @Test
    void names_that_read_alike_are_files_apart_also_where_letters_have_no_case() {
        Set<String> names = new HashSet<>();
        for (String name : List.of(
                "Sort.quick", "sort.quick", "Sort quick", "Sort_quick", "Sort.quick.", "Sort/quick", "Sort:quick")) {
            BaselineFiles.of(version("x", baseline(name, 2, 1, "0.02")), List.of()).keySet().stream()
                    .skip(1)
                    .map(file -> file.toLowerCase(java.util.Locale.ROOT))
                    .forEach(names::add);
        }
        assertThat(names).hasSize(7);
    }

    @Test
    void equal_versions_are_equal_bytes_and_every_run_is_a_line() {
        EstablishedBaseline one = baseline("Sort.quick", 6, 100, "0.02");
        EstablishedBaseline other = baseline("Sort.merge", 2, 3, "0.02");
        Map<String, byte[]> files = BaselineFiles.of(version("x", one, other), List.of());
        Map<String, byte[]> again = BaselineFiles.of(version("x", other, one), List.of());

        assertThat(again.keySet()).isEqualTo(files.keySet());
        files.forEach((name, content) -> assertThat(again.get(name)).isEqualTo(content));
        String model = files.entrySet().stream()
                .filter(file -> file.getKey().contains("quick"))
                .map(file -> new String(file.getValue(), StandardCharsets.US_ASCII))
                .findFirst()
                .orElseThrow();
        assertThat(model.lines().filter(line -> line.contains("\"run\":"))).hasSize(7);
        assertThat(model).contains("\"anomaly\":true");
    }

    @Test
    void differences_are_counted_and_have_their_kind_for_programs() throws IOException {
        EstablishedBaseline before = baseline("Sort.quick", 6, 100, "0.02");
        EstablishedBaseline after = baseline("Sort.quick", 6, 125, "0.02");
        List<BaselineDifference> all = BaselineDifference.between(
                version("x", before, baseline("gone", 2, 1, "0.02"), baseline("same", 2, 1, "0.02")),
                version("x", after, baseline("new", 2, 1, "0.02"), baseline("same", 2, 1, "0.02")));
        VersionInfo info = version("x").info();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BaselineJson.differences(info, info, all, out);
        JsonNode series =
                JsonMapper.builder().build().readTree(out.toByteArray()).path("series");

        assertThat(series.valueStream()
                        .map(one -> one.path("benchmark").asString() + " "
                                + one.path("kind").asString()))
                .containsExactly("Sort.quick CHANGED", "gone REMOVED", "new ADDED", "same SAME");
        assertThat(series.path(0).path("relativeChange").asDouble()).isBetween(0.2499, 0.2501);
        assertThat(series.path(1).path("relativeChange").isNull()).isTrue();
        assertThat(series.path(1).path("after").isNull()).isTrue();
        String text = BaselineText.differences(info, info, all, TextStyle.DEFAULT);
        assertThat(text).contains("Sort.quick", "+25.0 %", "gone", "new").doesNotContain("same {");
    }

    @Test
    void a_version_for_programs_has_its_runs_and_nulls_for_what_is_unknown() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BaselineJson.version(version("x").info(), List.of(baseline("Sort.quick", 1, 100, "0.02")), out);
        JsonNode baseline = JsonMapper.builder()
                .build()
                .readTree(out.toByteArray())
                .path("baselines")
                .path(0);

        assertThat(baseline.path("statistics").path("interval").path("low").isNull())
                .isTrue();
        assertThat(baseline.path("statistics").path("interval").path("lowIs").asString())
                .isEqualTo("-infinite");
        assertThat(baseline.path("runs").size()).isEqualTo(2);
        assertThat(baseline.path("unit").asString()).isEqualTo("ms/op");
        assertThat(Benchmark.of("Sort.quick", Map.of("n", "1")).label()).isEqualTo("Sort.quick {n=1}");
    }
}
