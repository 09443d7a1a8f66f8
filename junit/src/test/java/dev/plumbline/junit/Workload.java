package dev.plumbline.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** Compiles a test class whose operation does a given amount of work: the same test in two versions. */
final class Workload {
    static final TestName TEST = new TestName("work.WorkTest", "works");

    /** What a unit of work stresses. */
    enum Kind {
        /** Arithmetic in registers. */
        ARITHMETIC(
                "private final long seed = System.nanoTime();",
                "long x = seed; for (int i = 0; i < UNITS * 400; i++) { x ^= x << 13; x ^= x >>> 7; x ^= x << 17; }"
                        + " return x;"),
        /** Short-lived objects. */
        ALLOCATION(
                "private final int seed = (int) System.nanoTime() & 15;",
                "int n = 0; for (int i = 0; i < UNITS * 2; i++) { StringBuilder text = new StringBuilder();"
                        + " for (int j = 0; j < 20; j++) { text.append(seed + j).append(','); }"
                        + " n += text.toString().split(\",\").length; } return n;"),
        /** Look-ups in a map that does not fit the first caches. */
        MAP(
                "private final java.util.HashMap<Integer, Integer> map = new java.util.HashMap<>();"
                        + " { for (int i = 0; i < 20_000; i++) { map.put(i * 31, i); } }",
                "int n = 0; for (int i = 0; i < UNITS * 60; i++) { n += map.get((i * 7919 % 20_000) * 31); } return n;");

        private final String fields;
        private final String body;

        Kind(String fields, String body) {
            this.fields = fields;
            this.body = body;
        }
    }

    private Workload() {}

    /**
     * @param units of work in a call
     * @param version makes another class file of it
     * @param folder takes the class
     */
    static Path compile(Kind kind, int units, String version, Path folder) {
        return compile("""
                package work;
                class WorkTest {
                    static final int UNITS = %d;
                    static final String VERSION = "%s";
                    %s
                    private Object operation() { %s }
                    @dev.plumbline.junit.PerformanceTest
                    void works(dev.plumbline.junit.Measured m) { m.run(() -> operation()); }
                }
                """.formatted(units, version, kind.fields, kind.body), "WorkTest", folder);
    }

    /** Compiles one class with the class path of this JVM. */
    static Path compile(String source, String type, Path folder) {
        try {
            Files.createDirectories(folder);
            Path file = Files.createTempDirectory("workload").resolve(type + ".java");
            Files.writeString(file, source);
            int code = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "-proc:none",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "-d",
                            folder.toString(),
                            file.toString());
            Files.delete(file);
            Files.delete(file.getParent());
            if (code != 0) {
                throw new IllegalArgumentException("does not compile: " + source);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class path of this JVM and the workload's folder before it. */
    static List<Path> classPath(Path folder) {
        List<Path> all = new ArrayList<>(List.of(folder));
        all.addAll(ClassPathOfTests.of(Workload.class));
        return all;
    }
}
