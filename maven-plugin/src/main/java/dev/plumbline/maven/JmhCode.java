package dev.plumbline.maven;

import dev.plumbline.buildtool.ClassPath;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The code that JMH needs around benchmarks, made from compiled classes by its own annotation processor: for modules
 * whose compiler did not run it, as from JDK 23 on unless it is configured.
 */
final class JmhCode {
    private static final String PROCESSOR = "org.openjdk.jmh.generators.BenchmarkProcessor";

    private final Path javac;
    private final Path folder;

    /** @param folder takes the code; what lies there is removed first */
    JmhCode(Path javac, Path folder) {
        this.javac = javac;
        this.folder = folder;
    }

    /**
     * Generates and compiles it.
     *
     * @param processor jars of the annotation processor
     * @throws IOException with what the compiler printed where it fails
     */
    void generate(List<String> classes, List<Path> classPath, List<Path> processor)
            throws IOException, InterruptedException {
        clear();
        Files.createDirectories(folder);
        List<String> words = new ArrayList<>(List.of(
                "-nowarn",
                "-implicit:none",
                "-encoding",
                "UTF-8",
                "-processor",
                PROCESSOR,
                "-processorpath",
                joined(processor),
                "-classpath",
                joined(classPath),
                "-d",
                folder.toString(),
                "-s",
                folder.toString()));
        words.addAll(classes);
        // not in the folder, which is on the class path and the same in every checkout
        Path arguments = folder.resolveSibling(folder.getFileName() + ".arguments");
        Files.write(arguments, words.stream().map(JmhCode::quoted).toList(), StandardCharsets.UTF_8);
        Process process = new ProcessBuilder(javac.toString(), "@" + arguments)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0 || !ClassPath.isProcessed(folder)) {
            clear();
            throw new IOException("JMH's code for " + String.join(", ", classes) + " cannot be generated; " + javac
                    + " printed:\n" + output.strip());
        }
    }

    private void clear() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String joined(List<Path> paths) {
        return String.join(
                File.pathSeparator, paths.stream().map(Path::toString).toList());
    }

    /** In a file of arguments a backslash escapes. */
    private static String quoted(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
