package dev.plumbline.report.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plumbline.report.answer.MachineReport.Level;
import dev.plumbline.report.answer.MachineReport.Remark;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MachineRemarksTest {
    private static Stream<Arguments> problems() {
        return Stream.of(
                arguments("load", MachineRemarks.load(3.25, 8)),
                arguments("battery", MachineRemarks.battery("battery power")),
                arguments("processor limit", MachineRemarks.throttled(12)),
                arguments("heat", MachineRemarks.heat(12)),
                arguments("memory", MachineRemarks.memory(0.04)),
                arguments("swap", MachineRemarks.swapped(1.5)),
                arguments("governor", MachineRemarks.governor(List.of("powersave"))),
                arguments("clock", MachineRemarks.slowClock("hpet")),
                arguments("clock", MachineRemarks.coarseClock(1_000)),
                arguments("neighbours", MachineRemarks.neighbours(0.12)));
    }

    private static Stream<Arguments> sourcesOfNoise() {
        return Stream.of(
                arguments("processor limit", MachineRemarks.limited(1.5)),
                arguments("turbo", MachineRemarks.turbo()),
                arguments("SMT", MachineRemarks.sharedCores()),
                arguments("huge pages", MachineRemarks.hugePages()),
                arguments("virtual machine", MachineRemarks.virtualMachine()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void what_makes_measurements_unreliable_is_a_warning_with_what_to_change(String subject, Remark remark) {
        assertThat(remark.level()).isEqualTo(Level.WARNING);
        assertThat(remark.subject()).isEqualTo(subject);
        assertThat(remark.advice()).isNotBlank().doesNotEndWith(".");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sourcesOfNoise")
    void what_adds_noise_is_a_note_with_what_to_change(String subject, Remark remark) {
        assertThat(remark.level()).isEqualTo(Level.NOTE);
        assertThat(remark.subject()).isEqualTo(subject);
        assertThat(remark.advice()).isNotBlank().doesNotEndWith(".");
    }

    @Test
    void what_counts_here_is_noted_and_what_to_install_where_nothing_does() {
        Optional<String> closed = Optional.of("perf: cannot be started");

        assertThat(MachineRemarks.counters(Optional.empty(), Optional.empty()).seen())
                .contains("perf events are open");
        assertThat(MachineRemarks.counters(closed, Optional.of("valgrind-3.24.0")))
                .isEqualTo(new Remark(
                        Level.NOTE,
                        "counters",
                        "perf events are not open (perf: cannot be started); plumb run --count uses valgrind-3.24.0",
                        ""));
        assertThat(MachineRemarks.counters(closed, Optional.empty()).advice()).contains("apt-get install valgrind");
    }

    @Test
    void a_container_is_noted_and_nothing_is_to_be_changed() {
        assertThat(MachineRemarks.container("docker"))
                .isEqualTo(new Remark(Level.NOTE, "container", "this is docker", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.04 | 1 | 1.0 programs compete for the only processor",
                "1.96 | 1 | 2.0 programs compete for the only processor",
                "12.5 | 2 | 12.5 programs compete for the 2 processors",
                "0 | 64 | 0.0 programs compete for the 64 processors",
            })
    void programs_compete_for_the_processors_that_there_are(double load, int cores, String words) {
        assertThat(MachineRemarks.load(load, cores).seen()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"1, once", "2, 2 times", "3, 3 times", "1200, '1,200 times'", "3000000000, '3,000,000,000 times'"})
    void how_often_processors_were_slowed_down_is_counted(long times, String counted) {
        assertThat(MachineRemarks.throttled(times).seen())
                .isEqualTo("this container was held back " + counted + " because it used up its CPU quota");
        assertThat(MachineRemarks.heat(times).seen()).isEqualTo("processors slowed down " + counted + " due to heat");
    }

    @ParameterizedTest
    @CsvSource({"0.04, 4", "0.0449, 4", "0, 0", "1, 100"})
    void free_memory_and_stolen_time_are_whole_per_cents(double share, int percent) {
        assertThat(MachineRemarks.memory(share).seen()).isEqualTo("only " + percent + " % of it is free");
        assertThat(MachineRemarks.neighbours(share).seen())
                .isEqualTo("other virtual machines used " + percent + " % of the CPU time");
    }

    @Test
    void sizes_and_shares_have_one_decimal() {
        assertThat(MachineRemarks.swapped(0.26).seen()).isEqualTo("0.3 GiB are swapped out");
        assertThat(MachineRemarks.limited(1.5).seen()).isEqualTo("this container may use 1.5 processors' time");
        assertThat(MachineRemarks.limited(12).seen()).isEqualTo("this container may use 12.0 processors' time");
    }

    @Test
    void every_governor_is_named() {
        assertThat(MachineRemarks.governor(List.of("powersave")).seen())
                .isEqualTo("the clock frequency follows the load (powersave)");
        assertThat(MachineRemarks.governor(List.of("ondemand", "powersave")).seen())
                .isEqualTo("the clock frequency follows the load (ondemand, powersave)");
    }

    @Test
    void a_clock_has_its_source_or_its_step() {
        assertThat(MachineRemarks.slowClock("hpet").seen())
                .isEqualTo("the clock source is hpet, which is slow to read");
        assertThat(MachineRemarks.coarseClock(15_600_000).seen())
                .isEqualTo("the clock advances in steps of 15600000 ns");
        assertThat(MachineRemarks.battery("battery power").seen()).isEqualTo("the machine runs on battery power");
    }
}
