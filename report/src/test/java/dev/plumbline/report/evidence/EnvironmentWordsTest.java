package dev.plumbline.report.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.EnvironmentDifference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentWordsTest {
    private static String words(String fact, String there, String here) {
        return EnvironmentWords.of(List.of(new EnvironmentDifference(fact, there, here)));
    }

    @ParameterizedTest
    @CsvSource({
        "'-Xmx1g', '-Xmx1g -XX:+UseZGC', '-XX:+UseZGC is new'",
        "'-Xmx1g -ea', '-Xmx1g', '-ea is gone'",
        "'-Xmx1g -ea', '-Xmx2g -ea', '-Xmx1g → -Xmx2g'",
        "'', '-Xmx2g -ea', '-Xmx2g is new, -ea is new'",
        "'-a -b', '-b -a', 'flags in another order'",
    })
    void a_flag_is_told_by_itself(String there, String here, String words) {
        assertThat(words("jvm.flags", there, here)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "jvm, OpenJDK 64-Bit Server VM 17.0.9, OpenJDK 64-Bit Server VM 21.0.2, JVM 17.0.9 → 21.0.2",
        "jvm, OpenJDK, OpenJDK 21, JVM OpenJDK → OpenJDK 21",
        "cores, 4, 8, cores 4 → 8",
        "cpu, '', AMD EPYC, CPU AMD EPYC (not known there)",
        "memory, 16 GiB, '', memory not known here (16 GiB there)",
    })
    void a_fact_is_told_without_what_is_the_same(String fact, String there, String here, String words) {
        assertThat(words(fact, there, here)).isEqualTo(words);
    }

    @Test
    void flags_come_first_and_many_facts_are_counted() {
        Environment there = Environment.of(Map.of("a", "1", "b", "1", "c", "1", "d", "1", "jvm.flags", "-x"));
        Environment here = Environment.of(
                Map.of("a", "2", "b", "2", "c", "2", "d", "2", "jvm.flags", "-x -y", "info.host", "z", "name", "n"));

        assertThat(EnvironmentWords.of(EnvironmentDifference.between(here, there)))
                .isEqualTo("-y is new, a 1 → 2, b 1 → 2, c 1 → 2 and 1 more");
    }

    @Test
    void a_long_value_is_cut() {
        assertThat(words("cpu", "x", "y".repeat(500))).hasSizeLessThan(100).endsWith("…");
    }
}
