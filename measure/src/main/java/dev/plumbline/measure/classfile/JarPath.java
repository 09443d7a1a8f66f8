package dev.plumbline.measure.classfile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The class path of a jar: itself, and the jars and folders that its manifest names.
 *
 * @param entries in the order in which classes are looked up; each is a jar or a folder that exists
 */
public record JarPath(List<Path> entries) {
    private static final String CLASS = ".class";

    public JarPath {
        entries = List.copyOf(entries);
    }

    /** @throws IOException if the file is no jar */
    public static JarPath of(Path jar) throws IOException {
        List<Path> entries = new ArrayList<>(List.of(jar));
        try (JarFile file = new JarFile(jar.toFile())) {
            String named = file.getManifest() == null
                    ? null
                    : file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (named != null) {
                URI here = jar.toAbsolutePath().toUri();
                Stream.of(named.strip().split("\\s+"))
                        .flatMap(name -> path(here, name).stream())
                        .filter(Files::exists)
                        .forEach(entries::add);
            }
        }
        return new JarPath(entries);
    }

    private static Optional<Path> path(URI jar, String name) {
        try {
            return Optional.of(Path.of(jar.resolve(new URI(name))));
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return Optional.empty(); // the JVM ignores it, too
        }
    }

    /** The entries that match a condition. */
    public JarPath where(Predicate<Path> holds) {
        return new JarPath(entries.stream().filter(holds).toList());
    }

    /** Takes what one file of an entry holds. */
    interface FileConsumer {
        void accept(String name, byte[] bytes) throws IOException;
    }

    /** Every class of every entry; of a name that several entries have, the first. */
    void forEachClass(Predicate<String> wanted, FileConsumer consumer) throws IOException {
        for (Path entry : entries) {
            if (Files.isDirectory(entry)) {
                ofFolder(entry, wanted, consumer);
            } else {
                ofJar(entry, wanted, consumer);
            }
        }
    }

    private static void ofFolder(Path folder, Predicate<String> wanted, FileConsumer consumer) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : files) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            if (isClass(name, wanted)) {
                consumer.accept(name, Files.readAllBytes(file));
            }
        }
    }

    private static void ofJar(Path file, Predicate<String> wanted, FileConsumer consumer) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Enumeration<? extends ZipEntry> all = jar.entries();
            while (all.hasMoreElements()) {
                ZipEntry entry = all.nextElement();
                if (isClass(entry.getName(), wanted)) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        consumer.accept(entry.getName(), in.readAllBytes());
                    }
                }
            }
        }
    }

    /** Versions of a class for newer JVMs are left out: they come from the same source. */
    private static boolean isClass(String name, Predicate<String> wanted) {
        return name.endsWith(CLASS)
                && !name.startsWith("META-INF/")
                && !name.endsWith("module-info.class")
                && wanted.test(name.substring(0, name.length() - CLASS.length()));
    }

    /** The lines of a text file, of all entries that have it. */
    List<String> lines(String name) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path entry : entries) {
            if (Files.isDirectory(entry)) {
                Path file = entry.resolve(name);
                if (Files.isRegularFile(file)) {
                    lines.addAll(Files.readAllLines(file));
                }
                continue;
            }
            try (JarFile jar = new JarFile(entry.toFile())) {
                ZipEntry found = jar.getEntry(name);
                if (found != null) {
                    try (InputStream in = jar.getInputStream(found)) {
                        new String(in.readAllBytes(), StandardCharsets.UTF_8)
                                .lines()
                                .forEach(lines::add);
                    }
                }
            }
        }
        return lines;
    }
}
