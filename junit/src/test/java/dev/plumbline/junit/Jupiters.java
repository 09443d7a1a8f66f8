package dev.plumbline.junit;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Launches test classes in a JVM of its own, with a JUnit of any version. */
final class Jupiters {
    private static final Path JARS = Path.of(System.getProperty("jupiters", "target/jupiter"));

    private Jupiters() {}

    /**
     * @param jupiter a folder of {@code target/jupiter}
     * @param classes folder of the test classes
     * @param options of the JVM
     * @return what {@link LaunchProgram} printed, a line for each event
     */
    static List<String> launch(String jupiter, Path classes, List<String> options, String... names)
            throws IOException, InterruptedException {
        List<String> classPath = new ArrayList<>();
        classPath.add(classes.toString());
        try (Stream<Path> jars = Files.list(JARS.resolve(jupiter))) {
            jars.map(Path::toAbsolutePath).map(Path::toString).sorted().forEach(classPath::add);
        }
        classPath.addAll(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Stream.of("junit-jupiter", "junit-platform", "opentest4j", "apiguardian", "junit-4")
                        .noneMatch(new File(entry).getName()::startsWith))
                .toList());
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(options);
        words.add("-cp");
        words.add(classPath.stream().collect(Collectors.joining(File.pathSeparator)));
        words.add(LaunchProgram.class.getName());
        words.addAll(List.of(names));
        Path output = Files.createTempFile("launch", ".txt");
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                throw new IOException("did not end: " + Files.readString(output));
            }
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new IOException("ended with " + process.exitValue() + ": " + printed);
            }
            return printed.lines().filter(line -> line.startsWith("| ")).toList();
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
