package dev.plumbline.pipeline.measuring;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.repository.Machine;
import dev.plumbline.report.answer.MachineReport.Level;
import dev.plumbline.report.answer.MachineReport.Remark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for what disturbs measurements on a machine; what the system does not show is left out. */
final class MachineCheck {
    private static final double BUSY = 0.5;
    private static final double LITTLE_MEMORY = 0.1;

    private final Machine machine;
    private final List<Remark> remarks = new ArrayList<>();

    MachineCheck(Machine machine) {
        this.machine = requireNonNull(machine, "machine");
    }

    /** Everything, worst first. */
    List<Remark> remarks() {
        remarks.clear();
        load();
        battery();
        throttling();
        memory();
        frequency();
        clock();
        settings();
        remarks.sort(Comparator.comparing(Remark::level));
        return List.copyOf(remarks);
    }

    /** What makes measurements doubtful now, in a line each. */
    List<String> warnings() {
        return remarks().stream()
                .filter(remark -> remark.level() == Level.WARNING)
                .map(remark -> remark.subject() + ": " + remark.seen())
                .toList();
    }

    private void warn(String subject, String seen, String advice) {
        remarks.add(new Remark(Level.WARNING, subject, seen, advice));
    }

    private void note(String subject, String seen, String advice) {
        remarks.add(new Remark(Level.NOTE, subject, seen, advice));
    }

    private void load() {
        double load = machine.line("proc/loadavg")
                .map(text -> number(text.split(" ")[0]))
                .orElse(0.0);
        if (load > BUSY * machine.cores()) {
            warn(
                    "load",
                    String.format(
                            Locale.ROOT,
                            "%.1f programs compete for the %s",
                            load,
                            machine.cores() == 1 ? "only processor" : machine.cores() + " processors"),
                    "stop other programs, or measure two revisions alternately (plumb pr), which affects both"
                            + " equally");
        }
    }

    private void battery() {
        for (String supply : names("sys/class/power_supply")) {
            Optional<String> status = machine.line("sys/class/power_supply/" + supply + "/status");
            if (status.filter("Discharging"::equals).isPresent()) {
                warn(
                        "battery",
                        "the machine runs on " + supply,
                        "plug it in: processors slow down on battery" + " power");
            }
        }
    }

    private void throttling() {
        counter("sys/fs/cgroup/cpu.stat", "nr_throttled")
                .filter(count -> count > 0)
                .ifPresent(count -> warn(
                        "processor limit",
                        "this container was held back " + count + " times because it used up its CPU quota",
                        "raise its limit (cpu.max), or measure with fewer threads than it allows"));
        long hot = 0;
        for (String cpu : names("sys/devices/system/cpu")) {
            hot += machine.line("sys/devices/system/cpu/" + cpu + "/thermal_throttle/core_throttle_count")
                    .map(MachineCheck::number)
                    .orElse(0.0)
                    .longValue();
        }
        if (hot > 0) {
            warn(
                    "heat",
                    "processors slowed down " + hot + " times due to heat",
                    "improve cooling, or cap the clock frequency");
        }
        machine.line("sys/fs/cgroup/cpu.max")
                .filter(limit -> !limit.startsWith("max"))
                .ifPresent(limit -> note(
                        "processor limit",
                        "this container may use " + processors(limit) + " processors' time",
                        "dedicated processors (cpuset) are steadier than a CPU quota"));
    }

    private static String processors(String limit) {
        String[] parts = limit.split(" ");
        double share = parts.length == 2 ? number(parts[0]) / Math.max(1, number(parts[1])) : 0;
        return String.format(Locale.ROOT, "%.1f", share);
    }

    private void memory() {
        double total = kilobytes("MemTotal");
        double available = kilobytes("MemAvailable");
        if (total > 0 && available > 0 && available < LITTLE_MEMORY * total) {
            warn(
                    "memory",
                    String.format(Locale.ROOT, "only %.0f %% of it is free", 100 * available / total),
                    "free some memory: a machine that runs short drops caches and swaps");
        }
        double swapped = kilobytes("SwapTotal") - kilobytes("SwapFree");
        if (total > 0 && swapped > 0.02 * total) {
            warn(
                    "swap",
                    String.format(Locale.ROOT, "%.1f GiB are swapped out", swapped / 1_048_576),
                    "free memory, then swapoff -a && swapon -a");
        }
    }

    private void frequency() {
        List<String> governors = names("sys/devices/system/cpu").stream()
                .map(cpu -> machine.line("sys/devices/system/cpu/" + cpu + "/cpufreq/scaling_governor"))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        if (!governors.isEmpty() && !governors.equals(List.of("performance"))) {
            warn(
                    "governor",
                    "the clock frequency follows the load (" + String.join(", ", governors) + ")",
                    "cpupower frequency-set -g performance");
        }
        if (machine.turbo().orElse(false)) {
            note(
                    "turbo",
                    "the clock frequency boosts while the processor is cool",
                    "echo 1 >/sys/devices/system/cpu/intel_pstate/no_turbo"
                            + ", or echo 0 >/sys/devices/system/cpu/cpufreq/boost");
        }
    }

    private void clock() {
        machine.line("sys/devices/system/clocksource/clocksource0/current_clocksource")
                .filter(source -> source.equals("hpet") || source.equals("acpi_pm") || source.equals("jiffies"))
                .ifPresent(source -> warn(
                        "clock",
                        "the clock source is " + source + ", which is slow to read",
                        "use tsc, if it is stable"));
    }

    private void settings() {
        machine.line("sys/devices/system/cpu/smt/active")
                .filter("1"::equals)
                .ifPresent(active -> note(
                        "SMT",
                        "two threads share each core",
                        "echo off >/sys/devices/system/cpu/smt/control, or keep the sibling idle (taskset)"));
        machine.chosen("sys/kernel/mm/transparent_hugepage/enabled")
                .filter("always"::equals)
                .ifPresent(always -> note(
                        "huge pages",
                        "huge pages are used whenever available",
                        "echo madvise >/sys/kernel/mm/transparent_hugepage/enabled"));
        machine.container().ifPresent(container -> note("container", "this is " + container, ""));
        machine.valueOf("proc/cpuinfo", "flags")
                .filter(flags -> (" " + flags + " ").contains(" hypervisor "))
                .ifPresent(flags -> note(
                        "virtual machine",
                        "other virtual machines may share the processor",
                        "measure base and candidate alternately (plumb pr), or use a dedicated host"));
    }

    private double kilobytes(String name) {
        return machine.valueOf("proc/meminfo", name)
                .map(text -> number(text.replace(" kB", "")))
                .orElse(0.0);
    }

    private Optional<Long> counter(String file, String name) {
        return machine.line(file).flatMap(text -> text.lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> (long) number(line.substring(name.length() + 1)))
                .findFirst());
    }

    /** The names in a folder, sorted; of processors too, which is why there may be many. */
    private List<String> names(String folder) {
        Path path = machine.root().resolve(folder);
        try (Stream<Path> all = Files.list(path)) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }

    /** Zero for what is no number. */
    private static double number(String text) {
        return text.strip().matches("[0-9]{1,15}([.][0-9]{1,9})?") ? Double.parseDouble(text.strip()) : 0;
    }
}
