package dev.plumbline.junit;

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

/** The facts besides the code that times depend on: those that {@code plumb} keeps of a machine, and the JVM. */
final class LocalMachine {
    private LocalMachine() {}

    /** @param options of the Java machine that measures */
    static Environment environment(List<String> options) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("os", System.getProperty("os.name").toLowerCase(Locale.ROOT));
        facts.put("arch", System.getProperty("os.arch"));
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        valueOf(Path.of("/proc/cpuinfo"), "model name").ifPresent(cpu -> facts.put("cpu", cpu));
        valueOf(Path.of("/proc/meminfo"), "MemTotal")
                .map(text -> text.replaceAll("[^0-9]", ""))
                .filter(digits -> !digits.isEmpty())
                .ifPresent(digits -> facts.put("memory", Math.round(Long.parseLong(digits) / 1048576.0) + " GiB"));
        facts.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        List<String> flags =
                options.stream().filter(option -> option.startsWith("-X")).toList();
        if (!flags.isEmpty()) {
            facts.put("jvm-flags", String.join(" ", flags));
        }
        return Environment.of(facts);
    }

    private static Optional<String> valueOf(Path file, String name) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.split(":", 2))
                    .filter(parts -> parts.length == 2 && parts[0].strip().equals(name))
                    .map(parts -> parts[1].strip().replaceAll("\\s+", " "))
                    .findFirst();
        } catch (IOException | RuntimeException e) { // not Linux, or not readable
            return Optional.empty();
        }
    }
}
