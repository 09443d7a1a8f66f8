package dev.plumbline.ingest.gobench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoBenchReaderTest {
    @Test
    void the_known_units_have_names_and_directions_and_others_are_metrics_of_their_own() throws IOException {
        Gathered gathered = Gathered.of("bench.txt", """
                goos: linux
                goarch: amd64
                pkg: example.org/sort
                cpu: Example CPU
                BenchmarkQuick-8  \t 100\t 12.5 ns/op\t 80 MB/s\t 64 B/op\t 2 allocs/op\t 0.9 hits/op\t 3 misses/op
                PASS
                ok  \texample.org/sort\t1.2s
                """);

        String quick = "example.org/sort.BenchmarkQuick {procs=8} | ";
        assertThat(gathered.rows())
                .containsExactly(
                        quick + "time | ns/op | lower | 12.5",
                        quick + "throughput | MB/s | higher | 80",
                        quick + "allocated | B/op | lower | 64",
                        quick + "allocations | allocs/op | lower | 2",
                        quick + "hits/op | hits/op | higher | 0.9",
                        quick + "misses/op | misses/op | lower | 3");
        assertThat(gathered.header().environment().facts())
                .containsEntry("os", "linux")
                .containsEntry("arch", "amd64")
                .containsEntry("cpu", "Example CPU");
    }

    @ParameterizedTest
    @CsvSource({
        "BenchmarkA, BenchmarkA",
        "BenchmarkA-16, BenchmarkA {procs=16}",
        "BenchmarkA/size=10-2, 'BenchmarkA {procs=2, size=10}'",
        "BenchmarkA/size=10/kind=x=y, 'BenchmarkA {kind=x=y, size=10}'",
        "BenchmarkA/sub/size=10, BenchmarkA/sub {size=10}",
        "BenchmarkA/procs=3-2, BenchmarkA/procs=3 {procs=2}",
        "BenchmarkA/a=1/a=2, BenchmarkA/a=2 {a=1}",
        "BenchmarkA-0, BenchmarkA-0",
        "BenchmarkA/=x, BenchmarkA/=x"
    })
    void parts_of_the_name_are_parameters(String name, String label) throws IOException {
        assertThat(Gathered.of("bench.txt", name + " 1 5 ns/op\n").rows())
                .containsExactly(label + " | time | ns/op | lower | 5");
    }

    @Test
    void repetitions_are_one_sample_and_another_package_is_another_benchmark() throws IOException {
        Gathered gathered = Gathered.of("bench.txt", """
                pkg: a
                BenchmarkX 1 1 ns/op
                BenchmarkX 1 3 ns/op
                pkg: b
                BenchmarkX 1 10 ns/op
                """);

        assertThat(gathered.groups("a.BenchmarkX", "time")).containsExactly(List.of(1.0, 3.0));
        assertThat(gathered.groups("b.BenchmarkX", "time")).containsExactly(List.of(10.0));
    }

    @Test
    void commit_and_branch_may_stand_above() throws IOException {
        Gathered gathered = Gathered.of("bench.txt", "commit: c0ffee\nbranch: topic\nnote: x\nBenchmarkX 1 1 ns/op\n");

        assertThat(gathered.header().revision().commit()).isEqualTo("c0ffee");
        assertThat(gathered.header().revision().branch()).isEqualTo("topic");
        assertThat(gathered.header().context()).containsEntry("note", "x");
    }

    @Test
    void bad_lines_are_reported_with_their_number_and_the_others_are_read() throws IOException {
        Gathered gathered = Gathered.of("bench.txt", """
                BenchmarkX 1 1 ns/op
                BenchmarkY 1 fast ns/op
                BenchmarkZ 1 5
                --- FAIL: BenchmarkF
                --- SKIP: BenchmarkS
                BenchmarkW 1 -4 ns/op
                """);

        assertThat(gathered.rows()).containsExactly("BenchmarkX | time | ns/op | lower | 1");
        assertThat(gathered.problems())
                .containsExactly(
                        "bench.txt:2: benchmark \"BenchmarkY\", metric \"ns/op\": \"fast\" is no number; it is skipped",
                        "bench.txt:3: benchmark \"BenchmarkZ\": the line breaks off after a number without unit; it is"
                                + " skipped",
                        "bench.txt:4: benchmark \"BenchmarkF\" failed or was skipped",
                        "bench.txt:5: benchmark \"BenchmarkS\" failed or was skipped",
                        "bench.txt:6: benchmark \"BenchmarkW\", metric \"time\": a duration of -4.0 ns/op is not"
                                + " possible; this metric is skipped");
    }

    @Test
    void events_of_two_packages_may_be_interleaved_in_pieces() throws IOException {
        Gathered gathered = Gathered.of("events.json", """
                {"Action":"output","Package":"a","Output":"BenchmarkX \\t"}
                {"Action":"output","Package":"b","Output":"BenchmarkY \\t 1\\t"}
                {"Action":"output","Package":"a","Output":" 1\\t 5 ns/op\\n"}
                {"Action":"output","Package":"b","Output":" 7 ns/op\\n"}
                {"Action":"pass","Package":"a"}
                """);

        assertThat(gathered.rows())
                .containsExactly("BenchmarkX | time | ns/op | lower | 5", "BenchmarkY | time | ns/op | lower | 7");
    }

    @Test
    void with_v_the_numbers_stand_in_the_line_behind_the_name() throws IOException {
        assertThat(Gathered.of(
                                "bench.txt",
                                "BenchmarkX\nBenchmarkX-4 \nsome log\n  100\t 5 ns/op\nBenchmarkY 1 2 ns/op\n")
                        .rows())
                .containsExactly(
                        "BenchmarkX {procs=4} | time | ns/op | lower | 5", "BenchmarkY | time | ns/op | lower | 2");
    }

    @Test
    void a_log_of_events_that_breaks_off_is_refused() {
        assertThatThrownBy(
                        () -> Gathered.of(
                                "events.json",
                                "{\"Action\":\"output\",\"Package\":\"a\",\"Output\":\"BenchmarkX 1 5 ns/op\\n\"}\n{\"Action\":\"out"))
                .hasMessageMatching("events\\.json:2:\\d+: ends in the middle of a value.*");
    }
}
