package dev.plumbline.measure.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PosixProcessRunnerTest extends ProcessRunnerContract {
    private ProcessRunner runner;

    @BeforeEach
    void on_linux_only() {
        assumeTrue(PosixProcessRunner.isSupported(), "posix_spawn with all it needs is there on 64-bit Linux");
        runner = new PosixProcessRunner();
    }

    @Override
    ProcessRunner runner() {
        return runner;
    }

    @Test
    void counts_the_processor_time_of_a_busy_program() throws Exception {
        Execution busy = run(shell("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"));
        Execution idle = run(command("sleep", "0.2"));

        assertThat(busy.usage().orElseThrow().userNanos()).isGreaterThan(20_000_000);
        assertThat(idle.usage().orElseThrow().userNanos()).isLessThan(20_000_000);
        assertThat(busy.usage().orElseThrow().userNanos()
                        + busy.usage().orElseThrow().systemNanos())
                .isLessThan((long) (busy.wallNanos() * 1.5));
        assertThat(idle.usage().orElseThrow().voluntarySwitches()).isPositive();
    }

    @Test
    void tells_the_peak_memory_of_a_program_larger_than_itself_and_none_of_a_smaller_one() throws Exception {
        // awk doubles a string up to 512 MiB, which this program never held
        Execution large =
                run(command("awk", "BEGIN { s = \"x\"; while (length(s) < 536870912) s = s s; print length(s) }"));
        Execution small = run(command("true"));

        assertThat(large.usage().orElseThrow().peakBytes().orElseThrow()).isGreaterThan(536_870_912L);
        assertThat(small.usage().orElseThrow().peakBytes()).isEmpty();
    }

    @Test
    void gives_programs_the_signals_as_a_shell_would() throws Exception {
        // a blocked or ignored SIGTERM or SIGPIPE would let these live on
        assertThat(run(shell("kill -PIPE $$; exit 0")).exitCode()).isEqualTo(128 + 13);
        assertThat(run(shell("kill -QUIT $$; exit 0")).exitCode()).isEqualTo(128 + 3);
    }
}
