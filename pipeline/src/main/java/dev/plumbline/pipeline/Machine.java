package dev.plumbline.pipeline;

import dev.plumbline.core.model.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads the facts of a machine that measurements depend on; what cannot be read is left out.
 *
 * @param root where the system's own files lie: {@code /} but for tests
 * @param os the operating system's name
 * @param kernel its version
 * @param arch the processor's architecture
 * @param cores how many processors may be used
 */
record Machine(Path root, String os, String kernel, String arch, int cores) {

    /** The machine this program runs on. */
    static Machine here() {
        return new Machine(
                Path.of("/"),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * CPU, cores, memory, operating system and container limits as facts that split histories; kernel, governor and
     * host as {@code info.} facts that do not.
     */
    Environment environment() {
        TreeMap<String, String> facts = new TreeMap<>();
        put(facts, "os", Optional.of(os.toLowerCase(Locale.ROOT)));
        put(facts, "arch", Optional.of(arch));
        put(facts, "cores", Optional.of(Integer.toString(cores)));
        put(facts, "cpu", valueOf("proc/cpuinfo", "model name", "Hardware", "Model"));
        put(facts, "memory", valueOf("proc/meminfo", "MemTotal").flatMap(Machine::wholeGibibytes));
        put(facts, "cpu-limit", line("sys/fs/cgroup/cpu.max").filter(limit -> !limit.startsWith("max")));
        put(facts, "memory-limit", line("sys/fs/cgroup/memory.max").filter(limit -> !limit.equals("max")));
        put(facts, "info.kernel", Optional.of(kernel));
        put(facts, "info.host", line("proc/sys/kernel/hostname"));
        put(facts, "info.microcode", valueOf("proc/cpuinfo", "microcode"));
        put(facts, "info.governor", line("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
        return new Environment(facts);
    }

    private static void put(Map<String, String> facts, String name, Optional<String> value) {
        value.filter(text -> !text.isBlank() && text.length() <= 200).ifPresent(text -> facts.put(name, text));
    }

    /** "16384256 kB" as "16 GiB": the last digits differ from boot to boot. */
    private static Optional<String> wholeGibibytes(String kilobytes) {
        String digits = kilobytes.replaceAll("[^0-9]", "");
        return digits.isEmpty() || digits.length() > 15
                ? Optional.empty()
                : Optional.of(Math.round(Long.parseLong(digits) / 1048576.0) + " GiB");
    }

    private Optional<String> valueOf(String file, String... names) {
        try (Stream<String> lines = Files.lines(root.resolve(file))) {
            return lines.map(line -> line.split(":", 2))
                    .filter(parts -> parts.length == 2 && Stream.of(names).anyMatch(parts[0].strip()::equals))
                    .map(parts -> parts[1].strip().replaceAll("\\s+", " "))
                    .findFirst();
        } catch (IOException | java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> line(String file) {
        try {
            return Optional.of(Files.readString(root.resolve(file)).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
