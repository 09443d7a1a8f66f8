package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarkPatternTest {
    private static final Benchmark SORT = Benchmark.of("org.example.Sort.quick", Map.of("n", "1000", "mode", "avgt"));

    private static boolean matches(String pattern) {
        return new BenchmarkPattern(pattern).matches(SORT);
    }

    @Test
    void a_heading_with_a_metric_means_that_metric_of_the_benchmark() {
        SeriesKey time = new SeriesKey(SORT, "time", "lab", "main");

        assertThat(new BenchmarkPattern("Sort.quick {n=1000} · time").matches(time))
                .isTrue();
        assertThat(new BenchmarkPattern("Sort.quick · time").matches(time)).isTrue();
        assertThat(new BenchmarkPattern("Sort.quick · memory").matches(time)).isFalse();
        assertThat(new BenchmarkPattern("Sort.slow · time").matches(time)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sort",
                "SORT.quick",
                "quick {",
                "n=1000",
                "Sort.quick {n=1000}",
                "quick {mode=avgt}",
                "example.sort.quick {mode=avgt, n=1000}",
                "*",
                "*.quick",
                "org.*.quick",
                "*n=1000}",
                "*sort*",
                "org.example.Sort.qui?k",
                "org.example.\u200bSort.quick {\u200bmode=avgt"
            })
    void finds(String pattern) {
        assertThat(matches(pattern)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sorts",
                "*.Sort",
                "Sort.*",
                "?",
                "quick?",
                "org.example.Sort.quick.*",
                "[s]ort",
                "n=2*",
                "quick {n=100}",
                "ick {n=1000}",
                "quick {n=1000, mode=avgt}",
                "quick {n=1000, x=1}",
                "merge {n=1000}"
            })
    void does_not_find(String pattern) {
        assertThat(matches(pattern)).isFalse();
    }

    @Test
    void agrees_with_a_regular_expression() {
        for (int seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String name = random(random, "abA", 8) + "a";
            String glob = random(random, "ab*?", 6) + "*".repeat(random.nextInt(2));
            if (glob.indexOf('*') < 0 && glob.indexOf('?') < 0) {
                continue;
            }
            Pattern regex = Pattern.compile(
                    glob.replace("*", ".*").replace("?", "."), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

            assertThat(new BenchmarkPattern(glob).matches(Benchmark.of(name)))
                    .as("%s in %s", glob, name)
                    .isEqualTo(regex.matcher(name).matches());
        }
    }

    private static String random(SplittableRandom random, String alphabet, int maxLength) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(maxLength); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @Test
    void the_id_of_a_series_or_of_a_finding_about_it_means_the_series() {
        SeriesKey key = new SeriesKey(Benchmark.of("Sort.quick"), "time", "box", "main");

        for (String text : new String[] {key.id(), key.id().substring(0, 6), key.id() + "-5f6a7b8c", "quick"}) {
            assertThat(new BenchmarkPattern(text).matches(key)).as(text).isTrue();
        }
        for (String text : new String[] {key.id().substring(0, 5), key.id().substring(1), "f00dfeed"}) {
            assertThat(new BenchmarkPattern(text).matches(key)).as(text).isFalse();
        }
    }

    @Test
    void a_hostile_pattern_takes_no_long_time() {
        Benchmark benchmark = Benchmark.of("a".repeat(4096));
        BenchmarkPattern pattern = new BenchmarkPattern("*a".repeat(2000) + "b");

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThat(pattern.matches(benchmark))
                .isFalse());
    }
}
