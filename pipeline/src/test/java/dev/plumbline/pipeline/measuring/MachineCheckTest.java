package dev.plumbline.pipeline.measuring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.measure.subject.BuiltInWork;
import dev.plumbline.pipeline.repository.Machine;
import dev.plumbline.report.answer.MachineReport;
import dev.plumbline.report.answer.MachineReport.Remark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineCheckTest {
    @TempDir
    private Path root;

    @BeforeEach
    void a_quiet_machine() throws IOException {
        write("proc/loadavg", "0.30 0.10 0.00 1/100 1\n");
        write("proc/meminfo", memory(12_000_000, 100));
        write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n");
        write("sys/devices/system/cpu/intel_pstate/no_turbo", "1\n");
        write("sys/devices/system/cpu/smt/active", "0\n");
        write("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n");
        write("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
        write("sys/fs/cgroup/cpu.max", "max 100000\n");
    }

    @Test
    void nothing_is_said_of_a_quiet_machine_or_of_one_that_tells_nothing() throws IOException {
        assertThat(remarks()).isEmpty();
        assertThat(new MachineCheck(new Machine(root.resolve("nowhere"), "Linux", "6", "amd64", 4, "VM")).remarks())
                .isEmpty();
    }

    @Test
    void everything_that_disturbs_is_told_with_what_to_change() throws IOException {
        write("proc/loadavg", "6.00 0.10 0.00 1/100 1\n");
        write("proc/meminfo", memory(900_000, 8_000_000));
        write("proc/cpuinfo", "flags\t: fpu hypervisor sse\n");
        write("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "powersave\n");
        write("sys/devices/system/cpu/cpu1/thermal_throttle/core_throttle_count", "17\n");
        write("sys/devices/system/cpu/intel_pstate/no_turbo", "0\n");
        write("sys/devices/system/cpu/smt/active", "1\n");
        write("sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet\n");
        write("sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never\n");
        write("sys/class/power_supply/BAT0/status", "Discharging\n");
        write("sys/fs/cgroup/cpu.max", "150000 100000\n");
        write("sys/fs/cgroup/cpu.stat", "usage_usec 5\nnr_throttled 42\n");
        write(".dockerenv", "");

        List<Remark> remarks = remarks();

        assertThat(remarks)
                .extracting(Remark::subject)
                .containsExactly(
                        "load",
                        "battery",
                        "processor limit",
                        "heat",
                        "memory",
                        "swap",
                        "governor",
                        "clock",
                        "processor limit",
                        "turbo",
                        "SMT",
                        "huge pages",
                        "container",
                        "virtual machine");
        assertThat(remarks).extracting(Remark::level).isSorted();
        assertThat(remarks.get(0).seen()).isEqualTo("6.0 programs compete for the 4 processors");
        assertThat(remarks.get(2).seen()).contains("42 times");
        assertThat(remarks.get(8).seen()).contains("1.5 processors");
        assertThat(remarks.get(6).advice()).contains("cpupower");
    }

    @Test
    void the_only_processor_is_one() throws IOException {
        write("proc/loadavg", "3.00 0.10 0.00 1/100 1\n");

        assertThat(new MachineCheck(new Machine(root, "Linux", "6.1", "amd64", 1, "VM")).remarks())
                .extracting(Remark::seen)
                .containsExactly("3.0 programs compete for the only processor");
    }

    @Test
    void the_noise_that_is_told_is_that_of_the_pairs() {
        SplittableRandom random = new SplittableRandom(5);
        double[] first = new double[4_000];
        double[] second = new double[4_000];
        for (int i = 0; i < first.length; i++) {
            first[i] = 1e7 * Math.exp(0.01 * random.nextGaussian());
            second[i] = 1e7 * Math.exp(0.01 * random.nextGaussian());
        }

        MachineReport.Noise noise =
                DiagnoseMachine.noise(new BuiltInWork.Pairs(BuiltInWork.Kind.PROCESSOR, first, second), 0.02);

        assertThat(noise.level()).isBetween(0.0099, 0.0101);
        assertThat(noise.deviation()).isBetween(0.0095, 0.0105);
        assertThat(noise.excludesZero()).isFalse();
        // pairs deviate by 1.41 %: between 10 and 20 of them find 2 %
        assertThat(noise.pairsNeeded().orElseThrow()).isBetween(8, 25);
        assertThat(noise.detectable()).isBetween(0.02, 0.05);
    }

    private List<Remark> remarks() {
        return new MachineCheck(new Machine(root, "Linux", "6.1", "amd64", 4, "VM")).remarks();
    }

    private static String memory(int available, int swap) {
        return "MemTotal: 16384000 kB\nMemAvailable: " + available + " kB\nSwapTotal: " + swap
                + " kB\nSwapFree: 100 kB\n";
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }
}
