package dev.plumbline.ingest.luau;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LuauBenchReaderTest {
    @Test
    void the_virtual_machine_is_a_parameter_and_the_percentage_half_of_the_interval() throws IOException {
        Gathered gathered = Gathered.of("out.txt", """
                SUCCESS: base64           :  10.000ms +/-  5.000% on luau --codegen
                SUCCESS: base64           :  20.000ms +/-  0.000% on luau (+1.2%, p=0.5)
                FAILED:  'chess' on 'luau --codegen'
                base64 | 10.000ms
                """);

        assertThat(gathered.rows())
                .containsExactly(
                        "base64 {vm=luau --codegen} | time | ms | lower | 10",
                        "base64 {vm=luau} | time | ms | lower | 20");
        assertThat(gathered.summary("base64 {vm=luau --codegen}", "time").interval())
                .contains(new Interval(9.5, 10.5, 0.95));
        assertThat(gathered.summary("base64 {vm=luau}", "time").interval()).isEmpty();
        assertThat(gathered.problems()).containsExactly("out.txt:3: benchmark \"chess\" failed on \"luau --codegen\"");
    }

    @Test
    void without_scipy_the_percentage_is_the_deviation() throws IOException {
        var time = Gathered.of(
                        "out.txt",
                        "Warning: scipy package is not installed, so\nSUCCESS: a : 10.000ms +/- 5.000% on luau\n")
                .summary("a {vm=luau}", "time");

        assertThat(time.standardDeviation()).hasValue(0.5);
        assertThat(time.interval()).isEmpty();
    }
}
