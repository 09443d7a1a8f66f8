package dev.plumbline.report.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.history.ChangeMethod;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.report.answer.AnalysisText;
import dev.plumbline.report.answer.HistoryText;
import dev.plumbline.report.content.AnalyzedSeries;
import dev.plumbline.report.json.AnalysisJson;
import dev.plumbline.report.json.HistoryJson;
import dev.plumbline.report.json.JsonReportTest;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A series of every shape, as text and as JSON. */
class ShapeWordsTest {
    private static final ChangeMethod STEPS = new ChangeMethod.BySteps(StepScan.Settings.DEFAULT);
    private static final Environment ENVIRONMENT = Environment.of(Map.of("cpu", "x"));
    private static final String HOSTILE = "evil\u001b[2J\u202e|<b>\n";

    private static final List<AnalyzedSeries> ALL = List.of(
            series("stable", 100, i -> 1),
            series("stepped", 100, i -> i < 60 ? 1 : 1.12),
            series("trending", 100, i -> 1 + 0.15 * i / 99),
            series("multimodal", 200, i -> i * 7919 % 10 < 3 ? 1.12 : 1),
            series("volatile", 120, i -> 1 + (i < 60 ? 0 : 0.1 * ((i * 7919 % 100) / 50.0 - 1))),
            series("seasonal", 100, i -> i % 7 < 2 ? 1.15 : 1),
            series("recovered", 100, i -> i < 40 || i >= 60 ? 1 : 1.12),
            series("spiked", 100, i -> i == 40 ? 1.6 : 1),
            series("constant", 30, i -> -1),
            series("unknown", 4, i -> 1),
            series("none", 0, i -> 1),
            series(HOSTILE, 100, i -> i < 60 ? 1 : 1.12));

    @Test
    void every_shape_is_told_by_its_own_word() {
        for (AnalyzedSeries one : ALL.subList(0, 10)) {
            String name = one.series().key().benchmark().name();
            assertThat(ShapeWords.sentences(one.analysis()))
                    .as(name)
                    .first()
                    .asString()
                    .startsWith(name + ": ");
        }
    }

    @Test
    void sentences_have_their_numbers() {
        assertThat(ShapeWords.sentences(ALL.get(1).analysis()))
                .first()
                .asString()
                .matches("stepped: the level changed once and stayed, with commit c60: .* → .* ms, \\+1.\\.. %"
                        + " \\(worse\\)");
        assertThat(ShapeWords.sentences(ALL.get(2).analysis()))
                .first()
                .asString()
                .contains("per run or ", "per day", "R² 0.", "p < 0.0001", "confidence 99.9 %", "robust slope");
        assertThat(ShapeWords.sentences(ALL.get(5).analysis()))
                .first()
                .asString()
                .contains("weekly", "strength 0.");
        assertThat(ShapeWords.advice(ALL.get(1).analysis())).first().asString().contains("worse than the best level");
    }

    /** Levels that fit best, and a step between them that no test confirms. */
    @Test
    void only_what_is_smaller_is_called_less_than_the_margin() {
        Pattern size = Pattern.compile("([+-][0-9.]+) % \\(\\w+\\), less than the margin of 2.0 %");
        int hidden = 0;
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            double shift = seed % 2 == 0 ? 0.18 : 0.015;
            double noise = seed % 2 == 0 ? 0.06 : 0.003;
            String sentence = ShapeWords.sentences(
                            series("s", 30, i -> (i < 15 ? 1 : 1 + shift) * Math.exp(noise * random.nextGaussian()))
                                    .analysis())
                    .get(0);
            Matcher small = size.matcher(sentence);
            if (small.find()) {
                assertThat(Math.abs(Double.parseDouble(small.group(1))))
                        .as(sentence)
                        .isLessThanOrEqualTo(2);
            }
            hidden += sentence.contains("the level may have moved") ? 1 : 0;
        }
        assertThat(hidden).isPositive();
    }

    @Test
    void all_fits_the_terminal_and_nothing_hostile_gets_through() {
        for (int width : new int[] {48, 80, 120, 200}) {
            for (boolean unicode : new boolean[] {true, false}) {
                TextStyle style = new TextStyle(width, false, unicode, false, false);
                for (AnalyzedSeries one : ALL) {
                    assertFits(AnalysisText.of(one.analysis(), style), style);
                    assertFits(HistoryText.points(one, style), style);
                }
                assertFits(HistoryText.list(ALL, style), style);
            }
        }
    }

    @Test
    void json_of_every_shape_is_one_line_and_follows_the_schema() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HistoryJson.writePoints(ALL, List.of(), out);

        assertThat(JsonReportTest.complaints("history-schema.json", out.toString(StandardCharsets.UTF_8)))
                .isEmpty();
        for (AnalyzedSeries one : ALL) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            AnalysisJson.write(one.analysis(), line);
            assertThat(line.toString(StandardCharsets.US_ASCII))
                    .startsWith("{\"id\":")
                    .contains("\"changePoints\":", "\"shape\":", "\"anomalies\":", "\"summary\":")
                    .endsWith("}\n");
        }
    }

    @Test
    void a_slope_is_not_reported_as_steps() {
        String text = AnalysisText.of(ALL.get(2).analysis(), TextStyle.DEFAULT);

        assertThat(text).doesNotContain("▲", "✗ regression", "see below").contains("trending: rising by ");
    }

    @Test
    void the_worst_come_first() {
        List<String> names = ALL.stream()
                .map(AnalyzedSeries::analysis)
                .sorted(AnalyzedSeries.ANALYSIS_WORST_FIRST)
                .map(analysis -> analysis.key().benchmark().name())
                .toList();

        assertThat(names.subList(0, 3)).containsExactlyInAnyOrder("trending", "stepped", HOSTILE);
        assertThat(names.get(0)).isEqualTo("trending");
    }

    @Test
    void every_word_of_the_examples_is_there() {
        Set<Shape.Word> words = EnumSet.noneOf(Shape.Word.class);
        ALL.forEach(one -> words.add(one.analysis().shape().main().word()));

        assertThat(words).hasSizeGreaterThanOrEqualTo(10);
    }

    private static void assertFits(String text, TextStyle style) {
        text.lines().forEach(line -> {
            assertThat(TerminalText.width(line)).as(line).isLessThanOrEqualTo(style.width());
            assertThat(TerminalText.escape(line)).isEqualTo(line);
            if (!style.unicode()) {
                assertThat(line).matches("[ -~]*");
            }
        });
    }

    private static AnalyzedSeries series(String name, int count, IntToDoubleFunction level) {
        SplittableRandom random = new SplittableRandom(name.hashCode()).split();
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant time = Instant.parse("2026-01-01T06:00:00Z").plus(i, ChronoUnit.DAYS);
            Revision revision = Revision.of("c" + i, "main");
            RunHeader header = new RunHeader(revision, ENVIRONMENT, Optional.of(time), time, new TreeMap<>());
            double noise = level.applyAsDouble(i) < 0 ? 1 : 1 + 0.02 * random.nextGaussian();
            points.add(new Point(
                    new RunInfo("r" + i, header), 100 * Math.abs(level.applyAsDouble(i)) * noise, 1, 0, false));
        }
        SeriesKey key = new SeriesKey(Benchmark.of(name), "time", "box", "main");
        return AnalyzedSeries.of(new Series(key, Unit.of("ms"), Better.LOWER, points, List.of()), STEPS);
    }

    @Test
    void other_methods_have_a_shape_too() {
        ChangeMethod pelt = new ChangeMethod.ByPelt(dev.plumbline.core.stats.classic.Partition.Settings.DEFAULT);
        SeriesAnalysis analysis = SeriesAnalysis.of(ALL.get(2).series(), pelt);

        assertThat(analysis.shape()).isEqualTo(ALL.get(2).analysis().shape());
        assertThat(AnalysisText.of(analysis, TextStyle.DEFAULT)).contains("by pelt", "trending");
    }

    @Test
    void what_climbs_without_a_step_is_not_called_unchanged() {
        SeriesAnalysis slope = series("slope", 100, i -> 1 + 0.003 * i).analysis();
        SeriesAnalysis level = series("level", 100, i -> 1).analysis();

        assertThat(slope.verdict()).isEqualTo(Verdict.Kind.UNCHANGED);
        assertThat(AnalysisText.of(slope, TextStyle.DEFAULT)).contains(" %: no change point, a trend\n");
        assertThat(AnalysisText.of(level, TextStyle.DEFAULT)).contains(" %: unchanged\n");
    }
}
