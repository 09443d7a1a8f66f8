package dev.plumbline.ingest.callgrind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallgrindReaderTest {
    private static final String PROFILE = """
            # callgrind format
            version: 1
            creator: callgrind-3.24.0
            pid: 7
            cmd: ./sort 10
            part: 1
            desc: I1 cache: 32768 B, 64 B, 8-way associative
            desc: Trigger: Program termination
            positions: line
            events: Ir Dr
            fn=main
            16 101 40
            calls=1 0
            17 9000 9000
            18 20 5
            totals: 121 45
            """;

    @Test
    void the_totals_are_the_result_and_fewer_events_are_better() throws IOException {
        Gathered gathered = Gathered.of("callgrind.out.7", PROFILE);

        assertThat(gathered.rows())
                .containsExactly("./sort 10 | Ir |  | lower | 121", "./sort 10 | Dr |  | lower | 45");
        assertThat(gathered.problems()).isEmpty();
        assertThat(gathered.header().environment().facts())
                .containsEntry("simulated.I1", "32768 B, 64 B, 8-way associative");
        assertThat(gathered.header().context())
                .containsEntry("trigger", "Program termination")
                .containsEntry("tool", "Callgrind 3.24.0");
    }

    @Test
    void without_totals_the_summary_counts_and_without_both_the_lines_but_not_those_of_calls() throws IOException {
        String lines = PROFILE.replace("totals: 121 45\n", "");

        assertThat(Gathered.of("c.out", lines + "summary: 130 50\n").rows())
                .containsExactly("./sort 10 | Ir |  | lower | 130", "./sort 10 | Dr |  | lower | 50");
        Gathered added = Gathered.of("c.out", lines);
        assertThat(added.rows()).containsExactly("./sort 10 | Ir |  | lower | 121", "./sort 10 | Dr |  | lower | 45");
        assertThat(added.problems())
                .containsExactly("c.out:10: there are no totals; the counts of the file's own lines were added up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"totals: 400 45\n", "summary: 130 50\ntotals: 400 45\n"})
    void totals_that_are_not_the_sum_of_the_lines_are_a_problem(String stated) throws IOException {
        Gathered gathered = Gathered.of("c.out", PROFILE.replace("totals: 121 45\n", stated));

        assertThat(gathered.rows())
                .containsExactly("./sort 10 | Ir |  | lower | 400", "./sort 10 | Dr |  | lower | 45");
        assertThat(gathered.problems())
                .containsExactly("c.out:" + (15 + stated.lines().count())
                        + ": the total of Ir is 400, but the lines above it add up to 121; the total is used");
    }

    @Test
    void parts_of_a_file_are_added_up_and_another_command_is_another_benchmark() throws IOException {
        String second = PROFILE.substring(PROFILE.indexOf("pid:")).replace("part: 1", "part: 2");

        assertThat(Gathered.of("c.out", PROFILE + second).rows())
                .containsExactly("./sort 10 | Ir |  | lower | 242", "./sort 10 | Dr |  | lower | 90");
        assertThat(Gathered.of("c.out", PROFILE + second.replace("./sort 10", "./sort 20"))
                        .rows())
                .contains("./sort 10 | Ir |  | lower | 121", "./sort 20 | Ir |  | lower | 121");
    }

    @ParameterizedTest
    @CsvSource({
        "target/release/deps/bench-0123456789abcdef --bench, target/release/deps/bench --bench",
        "./deps/bench-0123456789abcde --bench, ./deps/bench-0123456789abcde --bench",
        "/usr/bin/ls-0123456789abcdef, /usr/bin/ls-0123456789abcdef"
    })
    void only_the_number_that_cargo_adds_is_no_part_of_the_command(String command, String benchmark)
            throws IOException {
        assertThat(Gathered.of("c.out", PROFILE.replace("./sort 10", command)).rows())
                .contains(benchmark + " | Ir |  | lower | 121");
    }

    @ParameterizedTest
    @CsvSource({
        "version: 1, version: 2, c.out:2: is version \"2\" of the Callgrind format; version 1 is read",
        "totals: 121 45, totals: 12x 45, c.out:16: \"12x\" is no count of events; make or copy the file again",
        "totals: 121 45, 'totals: -1 45', 'c.out:16: counts -1 events, which is not possible'",
        "totals: 121 45, totals: 99999999999999999999 45, c.out:16: \"99999999999999999999\" is no count of events"
    })
    void what_no_profile_can_hold_is_refused_with_its_line(String was, String is, String message) {
        assertThatThrownBy(() -> Gathered.of("c.out", PROFILE.replace(was, is))).hasMessageStartingWith(message);
    }

    @Test
    void a_count_with_more_digits_than_a_double_has_is_reported() throws IOException {
        Gathered gathered = Gathered.of(
                "c.out",
                PROFILE.replace("16 101", "16 9007199254740973").replace("totals: 121", "totals: 9007199254740993"));

        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .contains("the count 9007199254740993 has more digits than can be kept");
    }

    @Test
    void missing_counts_at_the_end_are_zero_and_hexadecimal_counts_are_read() throws IOException {
        assertThat(Gathered.of("c.out", PROFILE.replace("totals: 121 45", "totals: 0x79"))
                        .rows())
                .containsExactly("./sort 10 | Ir |  | lower | 121", "./sort 10 | Dr |  | lower | 0");
    }

    @Test
    void valgrind_s_messages_have_reads_and_writes_apart() throws IOException {
        Gathered gathered = Gathered.of("valgrind.txt", """
                ==7== Cachegrind, a high-precision tracing profiler
                ==7== Using Valgrind-3.24.0 and LibVEX
                ==7== Command: ./sort 10
                ==7==
                ==7== I   refs:      1,234,567
                ==7== I1  misses:        1,000
                ==7== LLi misses:          900
                ==7== D   refs:        500,000  (300,000 rd   + 200,000 wr)
                ==7== D1  misses:        5,000  (  3,000 rd   +   2,000 wr)
                ==7== LLd misses:        4,000  (  2,500 rd   +   1,500 wr)
                ==7== Branches:         10,000  (  9,000 cond +   1,000 ind)
                ==7== Mispredicts:         500  (    400 cond +     100 ind)
                """);

        assertThat(gathered.rows())
                .containsExactlyInAnyOrder(
                        "./sort 10 | Ir |  | lower | 1234567",
                        "./sort 10 | I1mr |  | lower | 1000",
                        "./sort 10 | ILmr |  | lower | 900",
                        "./sort 10 | Dr |  | lower | 300000",
                        "./sort 10 | Dw |  | lower | 200000",
                        "./sort 10 | D1mr |  | lower | 3000",
                        "./sort 10 | D1mw |  | lower | 2000",
                        "./sort 10 | DLmr |  | lower | 2500",
                        "./sort 10 | DLmw |  | lower | 1500",
                        "./sort 10 | Bc |  | lower | 9000",
                        "./sort 10 | Bi |  | lower | 1000",
                        "./sort 10 | Bcm |  | lower | 400",
                        "./sort 10 | Bim |  | lower | 100");
        assertThat(gathered.header().context()).containsEntry("tool", "Cachegrind 3.24.0");
    }

    @Test
    void counts_for_another_number_of_events_are_reported() throws IOException {
        Gathered gathered = Gathered.of("annotated.txt", """
                Profile data file 'callgrind.out.1' (creator: callgrind-3.24.0)
                Profiled target:  ./sort 10 (PID 1, part 1)
                Events shown:     Ir Dr
                12,000 (100.0%)  . (100.0%)  PROGRAM TOTALS
                1 (100.0%)  PROGRAM TOTALS
                """);

        assertThat(gathered.rows())
                .containsExactly("./sort 10 | Ir |  | lower | 12000", "./sort 10 | Dr |  | lower | 0");
        assertThat(gathered.problems())
                .containsExactly("annotated.txt:5: there are 1 counts for 2 events; the line is skipped");
    }
}
