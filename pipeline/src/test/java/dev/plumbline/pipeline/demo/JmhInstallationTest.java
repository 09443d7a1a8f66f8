package dev.plumbline.pipeline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.measure.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhInstallationTest {
    private static final String CORE = "org/openjdk/jmh/jmh-core/1.37/jmh-core-1.37.jar";
    private static final String OPTIONS = "net/sf/jopt-simple/jopt-simple/5.0.4/jopt-simple-5.0.4.jar";
    private static final String MATHS = "org/apache/commons/commons-math3/3.6.1/commons-math3-3.6.1.jar";

    @TempDir
    private Path home;

    private static void fill(Path repository) throws IOException {
        for (String file : new String[] {CORE, OPTIONS, MATHS}) {
            Files.createDirectories(repository.resolve(file).getParent());
            Files.writeString(repository.resolve(file), "");
        }
    }

    private Map<String, String> variables() {
        return Map.of("HOME", home.toString(), "PATH", "");
    }

    @Test
    void is_found_in_the_repository_of_maven_with_all_that_it_needs() throws IOException {
        fill(home.resolve(".m2/repository"));

        Optional<JmhInstallation> found = JmhInstallation.find(variables());

        assertThat(found.orElseThrow().jars())
                .extracting(jar -> jar.getFileName().toString())
                .containsExactly("jmh-core-1.37.jar", "jopt-simple-5.0.4.jar", "commons-math3-3.6.1.jar");
        assertThat(found.get().folder()).isEqualTo(home.resolve(".m2/repository"));
    }

    @Test
    void is_not_found_where_a_part_is_missing_or_nothing_is_there() throws IOException {
        assertThat(JmhInstallation.find(variables())).isEmpty();
        fill(home.resolve(".m2/repository"));
        Files.delete(home.resolve(".m2/repository").resolve(MATHS));

        assertThat(JmhInstallation.find(variables())).isEmpty();
        assertThat(JmhInstallation.canFetch(variables())).isFalse();
    }

    @Test
    void is_looked_for_where_the_options_or_the_settings_of_maven_say() throws IOException {
        Path moved = home.resolve("moved");
        fill(moved);
        Map<String, String> options = Map.of("HOME", home.toString(), "MAVEN_ARGS", "-B -Dmaven.repo.local=" + moved);

        assertThat(JmhInstallation.find(options)).isPresent();
        assertThat(JmhInstallation.find(variables())).isEmpty();
        Files.createDirectories(home.resolve(".m2"));
        Files.writeString(
                home.resolve(".m2/settings.xml"),
                "<settings>\n  <localRepository> " + moved + " </localRepository>\n</settings>\n");
        assertThat(JmhInstallation.find(variables())).isPresent();
    }

    @Test
    void is_found_in_the_cache_of_gradle() throws IOException {
        Path cache = home.resolve(".gradle/caches/modules-2/files-2.1");
        for (String file : new String[] {
            "org.openjdk.jmh/jmh-core/1.37/0d1/jmh-core-1.37.jar",
            "net.sf.jopt-simple/jopt-simple/5.0.4/4fd/jopt-simple-5.0.4.jar",
            "org.apache.commons/commons-math3/3.6.1/e4b/commons-math3-3.6.1.jar"
        }) {
            Files.createDirectories(cache.resolve(file).getParent());
            Files.writeString(cache.resolve(file), "");
        }

        assertThat(JmhInstallation.find(variables()).orElseThrow().folder()).isEqualTo(cache);
    }

    @Test
    void maven_is_asked_to_bring_it() throws IOException, InterruptedException {
        Path bin = Files.createDirectories(home.resolve("bin"));
        Path prepared = home.resolve("prepared");
        fill(prepared);
        Path mvn = Files.writeString(
                bin.resolve("mvn"),
                "#!/bin/sh\necho \"$@\" > '" + home.resolve("asked") + "'\nmkdir -p '" + home.resolve(".m2")
                        + "'\ncp -r '" + prepared + "' '" + home.resolve(".m2/repository") + "'\n");
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, String> variables = Map.of("HOME", home.toString(), "PATH", bin + ":/usr/bin:/bin");

        Optional<JmhInstallation> fetched =
                JmhInstallation.fetch(variables, ProcessRunner.forThisMachine(), home, home.resolve("output.txt"));

        assertThat(fetched).isPresent();
        assertThat(home.resolve("asked")).content().contains("dependency:get -Dartifact=org.openjdk.jmh:jmh-core:1.37");
    }

    @Test
    void a_maven_that_fails_brings_nothing() throws IOException, InterruptedException {
        Path bin = Files.createDirectories(home.resolve("bin"));
        Path mvn = Files.writeString(bin.resolve("mvn"), "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(JmhInstallation.fetch(
                        Map.of("HOME", home.toString(), "PATH", bin.toString()),
                        ProcessRunner.forThisMachine(),
                        home,
                        home.resolve("output.txt")))
                .isEmpty();
    }
}
