package dev.plumbline.junit;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The class path that the tests of this JVM see, however the build tool has handed it over. */
final class ClassPathOfTests {
    private ClassPathOfTests() {}

    /** @param test whose folder or jar belongs to it in any case */
    static List<Path> of(Class<?> test) {
        Set<Path> all = new LinkedHashSet<>();
        // Surefire starts its JVM with one jar that lists the rest, and writes the rest down here
        String surefire = System.getProperty("surefire.test.class.path", "");
        String whole = surefire.isEmpty() ? System.getProperty("java.class.path", "") : surefire;
        add(whole, all);
        add(System.getProperty("jdk.module.path", ""), all);
        source(test, all);
        return List.copyOf(all);
    }

    private static void add(String classPath, Set<Path> all) {
        for (String entry : classPath.split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                Path path = Path.of(entry).toAbsolutePath().normalize();
                if (all.add(path)) {
                    listed(path).forEach(all::add);
                }
            }
        }
    }

    private static void source(Class<?> test, Set<Path> all) {
        try {
            all.add(Path.of(
                    test.getProtectionDomain().getCodeSource().getLocation().toURI()));
        } catch (URISyntaxException | RuntimeException e) {
            // a class that was made at run time has no place; it is found through the rest, or not at all
        }
    }

    /** The entries in the manifest of a jar without classes of its own, as development environments write it. */
    private static List<Path> listed(Path jar) {
        List<Path> listed = new ArrayList<>();
        if (!jar.toString().endsWith(".jar") || !Files.isRegularFile(jar)) {
            return listed;
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String classPath =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (classPath != null) {
                URI base = jar.toUri();
                for (String entry : classPath.strip().split("\\s+")) {
                    Path path = Path.of(base.resolve(entry)).normalize();
                    if (Files.exists(path)) {
                        listed.add(path);
                    }
                }
            }
        } catch (IOException | IllegalArgumentException | FileSystemNotFoundException e) {
            // it is no jar, or lists what is no file; Java does not find anything there either
        }
        return listed;
    }
}
