package dev.plumbline.pipeline.measuring;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.repository.Machine;
import dev.plumbline.report.answer.MachineRemarks;
import dev.plumbline.report.answer.MachineReport.Level;
import dev.plumbline.report.answer.MachineReport.Remark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

    /** The reasons to doubt measurements now, in a line each. */
    List<String> warnings() {
        return remarks().stream()
                .filter(remark -> remark.level() == Level.WARNING)
                .map(remark -> remark.subject() + ": " + remark.seen())
                .toList();
    }

    private void load() {
        double load = machine.line("proc/loadavg")
                .map(text -> number(text.split(" ")[0]))
                .orElse(0.0);
        if (load > BUSY * machine.cores()) {
            remarks.add(MachineRemarks.load(load, machine.cores()));
        }
    }

    private void battery() {
        for (String supply : names("sys/class/power_supply")) {
            machine.line("sys/class/power_supply/" + supply + "/status")
                    .filter("Discharging"::equals)
                    .ifPresent(status -> remarks.add(MachineRemarks.battery(supply)));
        }
    }

    private void throttling() {
        counter("sys/fs/cgroup/cpu.stat", "nr_throttled")
                .filter(count -> count > 0)
                .ifPresent(count -> remarks.add(MachineRemarks.throttled(count)));
        long hot = 0;
        for (String cpu : names("sys/devices/system/cpu")) {
            hot += machine.line("sys/devices/system/cpu/" + cpu + "/thermal_throttle/core_throttle_count")
                    .map(MachineCheck::number)
                    .orElse(0.0)
                    .longValue();
        }
        if (hot > 0) {
            remarks.add(MachineRemarks.heat(hot));
        }
        machine.line("sys/fs/cgroup/cpu.max")
                .filter(limit -> !limit.startsWith("max"))
                .ifPresent(limit -> remarks.add(MachineRemarks.limited(processors(limit))));
    }

    private static double processors(String limit) {
        String[] parts = limit.split(" ");
        return parts.length == 2 ? number(parts[0]) / Math.max(1, number(parts[1])) : 0;
    }

    private void memory() {
        double total = kilobytes("MemTotal");
        double available = kilobytes("MemAvailable");
        if (total > 0 && available > 0 && available < LITTLE_MEMORY * total) {
            remarks.add(MachineRemarks.memory(available / total));
        }
        double swapped = kilobytes("SwapTotal") - kilobytes("SwapFree");
        if (total > 0 && swapped > 0.02 * total) {
            remarks.add(MachineRemarks.swapped(swapped / 1_048_576));
        }
    }

    private void frequency() {
        List<String> governors = names("sys/devices/system/cpu").stream()
                .map(cpu -> machine.line("sys/devices/system/cpu/" + cpu + "/cpufreq/scaling_governor"))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        if (!governors.isEmpty() && !governors.equals(List.of("performance"))) {
            remarks.add(MachineRemarks.governor(governors));
        }
        if (machine.turbo().orElse(false)) {
            remarks.add(MachineRemarks.turbo());
        }
    }

    private void clock() {
        machine.line("sys/devices/system/clocksource/clocksource0/current_clocksource")
                .filter(source -> source.equals("hpet") || source.equals("acpi_pm") || source.equals("jiffies"))
                .ifPresent(source -> remarks.add(MachineRemarks.slowClock(source)));
    }

    private void settings() {
        machine.line("sys/devices/system/cpu/smt/active")
                .filter("1"::equals)
                .ifPresent(active -> remarks.add(MachineRemarks.sharedCores()));
        machine.chosen("sys/kernel/mm/transparent_hugepage/enabled")
                .filter("always"::equals)
                .ifPresent(always -> remarks.add(MachineRemarks.hugePages()));
        machine.container().map(MachineRemarks::container).ifPresent(remarks::add);
        machine.valueOf("proc/cpuinfo", "flags")
                .filter(flags -> (" " + flags + " ").contains(" hypervisor "))
                .ifPresent(flags -> remarks.add(MachineRemarks.virtualMachine()));
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
