package dev.plumbline.report.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Unit;
import dev.plumbline.report.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitHintTest {
    private static Finding moved(String unit, double factor) {
        return Examples.finding(
                Examples.key("Sort.quick", "size"),
                Unit.of(unit),
                Better.LOWER,
                factor > 1
                        ? new Verdict.Regressed(Examples.effect(100, 100 * factor, 0.01))
                        : new Verdict.Improved(Examples.effect(100, 100 * factor, 0.01)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ms | 1000 | 1,000 times what it was, the factor between ms and µs",
                "ms | 1100 | 1,000 times what it was, the factor between ms and µs",
                "ms | 0.001 | 1/1,000 of what it was, the factor between ms and s",
                "ns | 1e-6 | 1/1,000,000 of what it was, the factor between ns and ms",
                "s | 60 | 60 times what it was, the factor between two units",
                "s | 0.0166667 | 1/60 of what it was, the factor between s and min",
                "MiB | 1024 | 1,024 times what it was, the factor between MiB and KiB",
                "MB | 1000 | 1,000 times what it was, the factor between MB and kB",
                "ops/s | 1000 | 1,000 times what it was, the factor between two units",
                "widgets | 1000 | 1,000 times what it was, the factor between two units"
            })
    void a_change_by_the_factor_between_two_units_of_its_kind_names_them(String unit, double factor, String words) {
        assertThat(UnitHint.of(List.of(moved(unit, factor))))
                .hasValue("Sort.quick size is about " + words + ": check its unit; the verdict stays as it is");
    }

    @ParameterizedTest
    @CsvSource({"ms, 1.47", "ms, 12", "ms, 700", "ms, 1300", "ms, 55", "widgets, 60", "MB, 60", "ms, 0.5"})
    void any_other_change_is_no_question_of_units(String unit, double factor) {
        assertThat(UnitHint.of(List.of(moved(unit, factor)))).isEmpty();
    }

    @Test
    void others_are_counted_and_a_change_out_of_zero_is_none() {
        Finding zero = Examples.finding(
                Examples.key("Sort.zero", "size"),
                Unit.of("ms"),
                Better.LOWER,
                new Verdict.Regressed(Examples.effect(0, 24, 0)));

        assertThat(UnitHint.of(List.of(zero, moved("ms", 1000), moved("ms", 1e6))))
                .hasValueSatisfying(hint -> assertThat(hint)
                        .startsWith("Sort.quick size is about 1,000")
                        .endsWith("; and so 1 more series"));
        assertThat(UnitHint.of(List.of(zero))).isEmpty();
        assertThat(UnitHint.of(List.of())).isEmpty();
    }
}
