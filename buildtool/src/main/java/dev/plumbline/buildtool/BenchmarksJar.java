package dev.plumbline.buildtool;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * A jar that runs the benchmarks of a module and holds none of them: its manifest names JMH's main class and the
 * class path. So nothing is shaded, no command line is too long, and JMH's forks get the same class path.
 *
 * <p>It also lists what is on the class path with a digest of each file, so that two of these jars are equal exactly
 * where they would measure the same code.
 */
public final class BenchmarksJar {
    /** The file name of such a jar. */
    public static final String NAME = "benchmarks.jar";

    private static final String CONTENTS = "META-INF/plumbline/class-path.txt";

    /** The time of all entries: the jar depends on what it lists, not on when it was written. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private BenchmarksJar() {}

    /**
     * Writes the jar beside its place and moves it there.
     *
     * @param root elements below it are named relative to the jar, so that they are found in another checkout too
     */
    public static void write(Path jar, List<Path> elements, Path root) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "org.openjdk.jmh.Main");
        attributes.put(
                Attributes.Name.CLASS_PATH,
                String.join(
                        " ",
                        elements.stream()
                                .filter(Files::exists)
                                .map(element -> address(element, jar.getParent(), root))
                                .toList()));
        Path part = jar.resolveSibling(NAME + ".part");
        try (OutputStream file = Files.newOutputStream(part);
                JarOutputStream out = new JarOutputStream(file)) {
            // The constructor that takes a manifest stamps it with the time of day.
            out.putNextEntry(entry(JarFile.MANIFEST_NAME));
            manifest.write(out);
            out.putNextEntry(entry(CONTENTS));
            out.write(contents(elements).getBytes(StandardCharsets.UTF_8));
        }
        Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        return entry;
    }

    private static String address(Path element, Path folder, Path root) {
        if (!element.startsWith(root) || !folder.startsWith(root)) {
            return element.toUri().toString();
        }
        String path = folder.relativize(element).toString().replace('\\', '/');
        return String.join(
                        "/",
                        Stream.of(path.split("/"))
                                .map(name -> name.equals("..") ? name : encoded(name))
                                .toList())
                + (Files.isDirectory(element) ? "/" : "");
    }

    private static String encoded(String name) {
        return Path.of("/").resolve(name).toUri().getRawPath().substring(1).replace("/", "");
    }

    private static String contents(List<Path> elements) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Path element : elements) {
            if (Files.isRegularFile(element)) {
                lines.append(element.getFileName())
                        .append(' ')
                        .append(digest(element))
                        .append('\n');
            } else if (Files.isDirectory(element)) {
                try (Stream<Path> all = Files.walk(element)) {
                    for (Path file :
                            (Iterable<Path>) all.filter(Files::isRegularFile).sorted()::iterator) {
                        lines.append(element.relativize(file).toString().replace('\\', '/'))
                                .append(' ')
                                .append(digest(file))
                                .append('\n');
                    }
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            }
        }
        return lines.toString();
    }

    private static String digest(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
