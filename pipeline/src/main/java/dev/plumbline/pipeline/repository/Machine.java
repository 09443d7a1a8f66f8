package dev.plumbline.pipeline.repository;

import dev.plumbline.core.model.Digest;
import dev.plumbline.core.model.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
 * @param jvm the Java machine that measures
 */
public record Machine(Path root, String os, String kernel, String arch, int cores, String jvm) {

    /** The machine this program runs on. */
    public static Machine here() {
        return new Machine(
                Path.of("/"),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    }

    /**
     * CPU, cores, memory, operating system and container limits as facts that split histories; kernel, governor and
     * host as {@code info.} facts that do not. Among the latter is a digest of all of them: where two runs of one key
     * differ in it, something about the machine has changed that is not in the key.
     */
    public Environment environment() {
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
        put(facts, "info.turbo", turbo().map(on -> on ? "on" : "off"));
        put(
                facts,
                "info.smt",
                line("sys/devices/system/cpu/smt/active").map(active -> active.equals("1") ? "on" : "off"));
        put(facts, "info.swap", valueOf("proc/meminfo", "SwapTotal").flatMap(Machine::wholeGibibytes));
        put(facts, "info.huge-pages", chosen("sys/kernel/mm/transparent_hugepage/enabled"));
        put(facts, "info.clock", line("sys/devices/system/clocksource/clocksource0/current_clocksource"));
        put(facts, "info.container", container());
        put(facts, "info.gpu", gpu());
        put(facts, "info.jvm", Optional.of(jvm));
        put(facts, "info.fingerprint", Optional.of(fingerprint(facts)));
        return new Environment(facts);
    }

    /** Facts of one run alone: the load when it began. */
    public Map<String, String> moment() {
        TreeMap<String, String> facts = new TreeMap<>();
        put(facts, "load", line("proc/loadavg").map(text -> text.split(" ")[0]));
        return facts;
    }

    /** Whether the processor may run faster than its base clock; empty where that is unknown. */
    public Optional<Boolean> turbo() {
        return line("sys/devices/system/cpu/intel_pstate/no_turbo")
                .map(off -> off.equals("0"))
                .or(() -> line("sys/devices/system/cpu/cpufreq/boost").map(on -> on.equals("1")));
    }

    /** The container that this runs in, and its image where that is known. */
    public Optional<String> container() {
        Path podman = root.resolve("run/.containerenv");
        if (Files.exists(podman)) {
            return assigned("run/.containerenv", "image")
                    .map(image -> "podman " + image)
                    .or(() -> Optional.of("podman"));
        }
        if (Files.exists(root.resolve("var/run/secrets/kubernetes.io"))) {
            return Optional.of("kubernetes");
        }
        return Files.exists(root.resolve(".dockerenv")) ? Optional.of("docker") : Optional.empty();
    }

    private Optional<String> gpu() {
        try (Stream<Path> all = Files.list(root.resolve("proc/driver/nvidia/gpus"))) {
            List<String> models = all.sorted()
                    .map(gpu ->
                            valueOf(root.relativize(gpu).resolve("information").toString(), "Model"))
                    .flatMap(Optional::stream)
                    .toList();
            return models.isEmpty() ? Optional.empty() : Optional.of(models.size() + " × " + models.get(0));
        } catch (IOException | java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static String fingerprint(Map<String, String> facts) {
        Digest digest = new Digest();
        facts.forEach((name, value) -> digest.text(name).text(value));
        return digest.hex(6);
    }

    /** The word in brackets: {@code always [madvise] never}. */
    public Optional<String> chosen(String file) {
        return line(file)
                .filter(text -> text.contains("[") && text.indexOf(']') > text.indexOf('['))
                .map(text -> text.substring(text.indexOf('[') + 1, text.indexOf(']')));
    }

    /** The value behind {@code name=}, without its quotes. */
    private Optional<String> assigned(String file, String name) {
        try (Stream<String> lines = Files.lines(root.resolve(file))) {
            return lines.filter(line -> line.startsWith(name + "="))
                    .map(line ->
                            line.substring(name.length() + 1).replace("\"", "").strip())
                    .findFirst();
        } catch (IOException | java.io.UncheckedIOException e) {
            return Optional.empty();
        }
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

    /** The value behind the first of these names and a colon. */
    public Optional<String> valueOf(String file, String... names) {
        try (Stream<String> lines = Files.lines(root.resolve(file))) {
            return lines.map(line -> line.split(":", 2))
                    .filter(parts -> parts.length == 2 && Stream.of(names).anyMatch(parts[0].strip()::equals))
                    .map(parts -> parts[1].strip().replaceAll("\\s+", " "))
                    .findFirst();
        } catch (IOException | java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** The whole of a small file. */
    public Optional<String> line(String file) {
        try {
            return Optional.of(Files.readString(root.resolve(file)).strip());
        } catch (IOException | java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
