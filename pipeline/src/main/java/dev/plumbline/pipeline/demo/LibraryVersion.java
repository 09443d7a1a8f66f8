package dev.plumbline.pipeline.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A version of the small library that the demo measures: which class sorts, and which writes words in a line.
 *
 * @param sorter the class's name
 * @param joiner the class's name
 */
record LibraryVersion(String sorter, String joiner) {
    /** Sorts by merging and adds strings to each other. */
    static final LibraryVersion FIRST = new LibraryVersion("MergeSort", "ConcatenatedLine");

    /** Sorts by insertion, which is shorter and slower, and builds its lines in a buffer. */
    static final LibraryVersion CHANGED = new LibraryVersion("InsertionSort", "BuiltLine");

    private static final String PACKAGE = "example.";

    /** A class file of the library, by which it is found wherever it is. */
    private static final String FOUND_BY = "example/Sorter.class";

    private static final List<String> MEASURED = List.of("Sort", "Join", "Parse", "Hash", "Count");

    /**
     * Writes the jar that runs this version's benchmarks. It holds what is this version's own and names where the rest
     * lies, as jars in a build folder do.
     *
     * @param jmh to run them with; without it the jar goes on the class path of {@code plumb run --java}
     */
    void write(Path file, Optional<JmhInstallation> jmh) throws IOException {
        List<Path> others = new ArrayList<>(List.of(library()));
        jmh.ifPresent(installation -> others.addAll(installation.jars()));
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(
                Attributes.Name.CLASS_PATH,
                String.join(
                        " ",
                        others.stream()
                                .map(path -> path.toAbsolutePath().toUri().toString())
                                .toList()));
        if (jmh.isPresent()) {
            main.put(Attributes.Name.MAIN_CLASS, PACKAGE + "BenchmarkMain");
        }
        Map<String, String> services = new TreeMap<>(Map.of(
                PACKAGE + "Sorter", PACKAGE + sorter + "\n",
                PACKAGE + "Joiner", PACKAGE + joiner + "\n"));
        if (jmh.isEmpty()) {
            services.put(
                    "dev.plumbline.measure.api.Implementation",
                    String.join(
                            "",
                            MEASURED.stream()
                                    .map(name -> PACKAGE + "Measured$" + name + "\n")
                                    .toList()));
        }
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, String> service : services.entrySet()) {
                jar.putNextEntry(new JarEntry("META-INF/services/" + service.getKey()));
                jar.write(service.getValue().getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        }
    }

    /** The jar or the folder of the library's classes. */
    private static Path library() throws IOException {
        URL found = LibraryVersion.class.getResource("/" + FOUND_BY);
        if (found == null) {
            throw new IOException("the library that the demo measures is not part of this build; build it with"
                    + " ./mvnw -DskipTests package");
        }
        String place = found.toString();
        place = place.substring(0, place.length() - FOUND_BY.length());
        if (place.startsWith("jar:") && place.endsWith("!/")) {
            place = place.substring("jar:".length(), place.length() - "!/".length());
        }
        return Path.of(URI.create(place));
    }
}
