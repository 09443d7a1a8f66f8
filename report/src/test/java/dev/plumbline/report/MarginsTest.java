package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.threshold.ThresholdRule;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.report.content.SeriesCourse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarginsTest {
    private static final Policies DEFAULTS = new Thresholds(Policy.DEFAULT, List.of(Thresholds.ofMemory()));

    private static SeriesCourse course(String benchmark, String metric, String unit) {
        Series series = new Series(
                new SeriesKey(Benchmark.of(benchmark, Map.of()), metric, "lab", "main"),
                Unit.of(unit),
                Better.LOWER,
                List.of(),
                List.of());
        return new SeriesCourse(series, StepScan.analyze(series.values()));
    }

    private static String words(Policies policies, SeriesCourse... courses) {
        return new Margins(policies.general().margin())
                .withCourses(List.of(courses), course -> policies.of(
                                course.series().key(), course.series().unit())
                        .margin())
                .words("±");
    }

    @Test
    void one_margin_of_all_is_told_once() {
        assertThat(words(DEFAULTS)).isEqualTo("±2 %");
        assertThat(words(DEFAULTS, course("sort", "time", "ms"))).isEqualTo("±2 %");
        assertThat(words(DEFAULTS, course("sort", "max-rss", "B"))).isEqualTo("±10 %");
    }

    @Test
    void the_wider_one_of_memory_is_told_beside_the_others() {
        assertThat(words(DEFAULTS, course("sort", "time", "ms"), course("sort", "max-rss", "B")))
                .isEqualTo("±2 % (memory: ±10 %)");
    }

    @Test
    void where_rules_make_several_the_ends_are_told() {
        List<ThresholdRule> rules = new ArrayList<>(List.of(Thresholds.ofMemory()));
        rules.add(ThresholdRule.ofMargin(
                "a rule",
                new ThresholdRule.Scope(
                        Optional.of(new NamePattern("wild")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                0.125));

        assertThat(words(
                        new Thresholds(Policy.DEFAULT, rules),
                        course("sort", "time", "ms"),
                        course("wild", "time", "ms"),
                        course("sort", "max-rss", "B")))
                .isEqualTo("±2 % to ±12.5 % (the margin of each)");
    }
}
