package dev.plumbline.report.answer;

import dev.plumbline.report.answer.MachineReport.Level;
import dev.plumbline.report.answer.MachineReport.Remark;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The conditions that disturb measurements on a machine, each with a way to change it. */
public final class MachineRemarks {
    private static final String ALTERNATELY = "measure two revisions alternately (plumb pr)";

    private MachineRemarks() {}

    /** @param load programs that compete for the processors, on average over a minute */
    public static Remark load(double load, int cores) {
        return warning(
                "load",
                String.format(
                        Locale.ROOT,
                        "%.1f programs compete for the %s",
                        load,
                        cores == 1 ? "only processor" : cores + " processors"),
                "stop other programs, or " + ALTERNATELY + ", which affects both equally");
    }

    public static Remark battery(String supply) {
        return warning("battery", "the machine runs on " + supply, "plug it in: processors slow down on battery power");
    }

    public static Remark throttled(long times) {
        return warning(
                "processor limit",
                "this container was held back " + times(times) + " because it used up its CPU quota",
                "raise its limit (cpu.max), or measure with fewer threads than it allows");
    }

    public static Remark heat(long times) {
        return warning(
                "heat",
                "processors slowed down " + times(times) + " due to heat",
                "improve cooling, or cap the clock frequency");
    }

    /** @param processors whose time a container may use, in whole or in part */
    public static Remark limited(double processors) {
        return note(
                "processor limit",
                String.format(Locale.ROOT, "this container may use %.1f processors' time", processors),
                "dedicated processors (cpuset) are steadier than a CPU quota");
    }

    /** @param free share of the memory */
    public static Remark memory(double free) {
        return warning(
                "memory",
                String.format(Locale.ROOT, "only %.0f %% of it is free", 100 * free),
                "free some memory: a machine that runs short drops caches and swaps");
    }

    public static Remark swapped(double gibibytes) {
        return warning(
                "swap",
                String.format(Locale.ROOT, "%.1f GiB are swapped out", gibibytes),
                "free memory, then swapoff -a && swapon -a");
    }

    public static Remark governor(List<String> governors) {
        return warning(
                "governor",
                "the clock frequency follows the load (" + String.join(", ", governors) + ")",
                "cpupower frequency-set -g performance");
    }

    public static Remark turbo() {
        return note(
                "turbo",
                "the clock frequency boosts while the processor is cool",
                "echo 1 >/sys/devices/system/cpu/intel_pstate/no_turbo"
                        + ", or echo 0 >/sys/devices/system/cpu/cpufreq/boost");
    }

    public static Remark slowClock(String source) {
        return warning(
                "clock", "the clock source is " + source + ", which is slow to read", "use tsc, if it is stable");
    }

    public static Remark coarseClock(long nanos) {
        return warning(
                "clock",
                "the clock advances in steps of " + nanos + " ns",
                "measure work that takes at least a thousand times as long");
    }

    public static Remark sharedCores() {
        return note(
                "SMT",
                "two threads share each core",
                "echo off >/sys/devices/system/cpu/smt/control, or keep the sibling idle (taskset)");
    }

    public static Remark hugePages() {
        return note(
                "huge pages",
                "huge pages are used whenever available",
                "echo madvise >/sys/kernel/mm/transparent_hugepage/enabled");
    }

    /** @param kind such as {@code docker} */
    public static Remark container(String kind) {
        return note("container", "this is " + kind, "");
    }

    public static Remark virtualMachine() {
        return note(
                "virtual machine",
                "other virtual machines may share the processor",
                "measure base and candidate alternately (plumb pr), or use a dedicated host");
    }

    /** @param stolen share of the processors' time while this machine measured */
    public static Remark neighbours(double stolen) {
        return warning(
                "neighbours",
                String.format(Locale.ROOT, "other virtual machines used %.0f %% of the CPU time", 100 * stolen),
                ALTERNATELY + ", or use a dedicated host");
    }

    /**
     * The available counters of instructions.
     *
     * @param closed why the processor's counters cannot be read; empty when they can
     * @param valgrind its version; empty where there is none
     */
    public static Remark counters(Optional<String> closed, Optional<String> valgrind) {
        if (closed.isEmpty()) {
            return note("counters", "perf events are open: plumb run --count counts with them", "");
        }
        String seen = "perf events are not open (" + closed.get() + ")";
        return valgrind.isPresent()
                ? note("counters", seen + "; plumb run --count uses " + valgrind.get(), "")
                : note(
                        "counters",
                        seen + ", and there is no Valgrind",
                        "to count instructions (plumb run --count), " + "install Valgrind: apt-get install valgrind");
    }

    private static String times(long count) {
        return count == 1 ? "once" : String.format(Locale.ROOT, "%,d times", count);
    }

    private static Remark warning(String subject, String seen, String advice) {
        return new Remark(Level.WARNING, subject, seen, advice);
    }

    private static Remark note(String subject, String seen, String advice) {
        return new Remark(Level.NOTE, subject, seen, advice);
    }
}
