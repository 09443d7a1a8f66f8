package dev.plumbline.ingest.libtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibtestReaderTest {
    private static String suite(String lines, int measured) {
        return "\nrunning 2 tests\n" + lines + "\ntest result: ok. 0 passed; 0 failed; 0 ignored; " + measured
                + " measured; 0 filtered out; finished in 1.00s\n\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "test a::b ... bench:       1,234 ns/iter (+/- 56) | a::b | ns/iter | 1234",
                "test a    ... bench:    1,234.56 ns/iter (+/- 5.60) | a | ns/iter | 1234.56",
                "test größe ... bench: 0.50 ns/iter (+/- 0.01) | größe | ns/iter | 0.5",
                "test a b c ... bench: 7 ns/iter (+/- 0) | a b c | ns/iter | 7"
            })
    void digits_are_grouped_with_commas_in_every_country(String line, String name, String unit, String value)
            throws IOException {
        assertThat(Gathered.of("bench.txt", suite(line + "\n", 1)).rows())
                .containsExactly(name + " | time | " + unit + " | lower | " + value);
    }

    @Test
    void a_rate_is_throughput_and_the_distance_of_the_extremes_is_not_kept() throws IOException {
        Gathered gathered = Gathered.of("bench.txt", suite("test a ... bench: 100 ns/iter (+/- 5) = 1,024 MB/s\n", 1));

        assertThat(gathered.rows())
                .containsExactly("a | time | ns/iter | lower | 100", "a | throughput | MB/s | higher | 1024");
        assertThat(gathered.summary("a", "time").standardDeviation()).isEmpty();
        assertThat(gathered.summary("a", "time").interval()).isEmpty();
    }

    @Test
    void failures_and_missing_benchmarks_are_reported_with_their_line() throws IOException {
        Gathered gathered = Gathered.of(
                "bench.txt",
                suite(
                        "test a ... FAILED\ntest b ... bench: 1.2.3 ns/iter (+/- 5)\ntest c ... bench: 1 ns/iter (+/- 5)\n",
                        4));

        assertThat(gathered.rows()).containsExactly("c | time | ns/iter | lower | 1");
        assertThat(gathered.problems())
                .containsExactly(
                        "bench.txt:3: benchmark \"a\" failed",
                        "bench.txt:4: benchmark \"b\", metric \"time\": \"1.2.3\" is no number; it is skipped",
                        "bench.txt:7: 4 benchmarks were measured, 2 of them are here");
    }

    @Test
    void two_programs_have_two_totals_and_the_second_without_its_own_is_refused() throws IOException {
        String first = suite("test a ... bench: 1 ns/iter (+/- 0)\n", 1);
        String second = suite("test b ... bench: 2 ns/iter (+/- 0)\n", 1);

        assertThat(Gathered.of("bench.txt", first + second).rows()).hasSize(2);
        assertThat(Gathered.of("bench.txt", first + second).problems()).isEmpty();
        assertThatThrownBy(() -> Gathered.of("bench.txt", first + second.substring(0, second.indexOf("\ntest result"))))
                .hasMessage(
                        "bench.txt:8: no \"test result\" follows; the run broke off or the file was cut off: make it"
                                + " again");
    }

    @Test
    void tests_that_ran_instead_of_benchmarks_are_told_apart_from_none() throws IOException {
        assertThat(Gathered.of("bench.txt", suite("test a ... ok\ntest b ... ok\n", 0))
                        .problems())
                .startsWith("bench.txt:2: no benchmark ran, but 2 tests; cargo bench runs functions with #[bench] that"
                        + " match its filter");
    }

    @Test
    void events_are_the_same_and_one_without_a_median_is_reported() throws IOException {
        Gathered gathered = Gathered.of("events.json", """
                { "type": "suite", "event": "started", "test_count": 3 }
                { "type": "bench", "name": "a", "median": 100.5, "deviation": 5, "mib_per_second": 12 }
                { "type": "bench", "name": "b", "median": null, "deviation": 5 }
                { "type": "bench", "name": "c", "median": 1, "deviation": 5, "mib_per_second": NaN }
                { "type": "test", "event": "failed", "name": "d" }
                { "type": "suite", "event": "ok", "passed": 0, "failed": 1, "measured": 3 }
                """);

        assertThat(gathered.rows())
                .containsExactly(
                        "a | time | ns/iter | lower | 100.5",
                        "a | throughput | MB/s | higher | 12",
                        "c | time | ns/iter | lower | 1");
        assertThat(gathered.problems())
                .containsExactly(
                        "events.json:3:1: benchmark \"b\", metric \"time\": has no median; it is skipped",
                        "events.json:4:80: \"mib_per_second\" is NaN, no finite number; it is left out",
                        "events.json:5:1: benchmark \"d\" failed");
    }
}
