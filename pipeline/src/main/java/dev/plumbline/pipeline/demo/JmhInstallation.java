package dev.plumbline.pipeline.demo;

import static java.util.Objects.requireNonNull;

import dev.plumbline.measure.process.Command;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.process.Execution;
import dev.plumbline.measure.process.ProcessRunner;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * JMH as it lies on this machine. It is not shipped: its licence (GPL 2 with the Classpath Exception) would come with
 * it, and it depends on a library of 2 MiB.
 *
 * @param jars JMH itself and what it needs
 * @param folder where they were found: the repository of Maven or the cache of Gradle
 */
record JmhInstallation(List<Path> jars, Path folder) {
    /** The version whose annotation processor made the benchmarks; another one may not be able to run them. */
    static final String VERSION = "1.37";

    private static final List<Artifact> NEEDED = List.of(
            new Artifact("org.openjdk.jmh", "jmh-core", VERSION),
            new Artifact("net.sf.jopt-simple", "jopt-simple", "5.0.4"),
            new Artifact("org.apache.commons", "commons-math3", "3.6.1"));

    private static final Pattern REPOSITORY_OPTION = Pattern.compile("-Dmaven\\.repo\\.local=(\\S+)");
    private static final Pattern REPOSITORY_SETTING =
            Pattern.compile("<localRepository>\\s*([^<$]+?)\\s*</localRepository>");
    private static final Duration LONGEST_FETCH = Duration.ofMinutes(1);

    JmhInstallation {
        jars = List.copyOf(jars);
        requireNonNull(folder, "folder");
    }

    private record Artifact(String group, String name, String version) {
        String file() {
            return name + "-" + version + ".jar";
        }

        Optional<Path> inMaven(Path repository) {
            return Optional.of(repository
                            .resolve(group.replace('.', '/'))
                            .resolve(name)
                            .resolve(version)
                            .resolve(file()))
                    .filter(Files::isRegularFile);
        }

        /** Gradle puts each file into a folder that its digest names. */
        Optional<Path> inGradle(Path cache) {
            Path folder = cache.resolve(group).resolve(name).resolve(version);
            if (!Files.isDirectory(folder)) {
                return Optional.empty();
            }
            try (Stream<Path> digests = Files.list(folder)) {
                return digests.map(digest -> digest.resolve(file()))
                        .filter(Files::isRegularFile)
                        .sorted()
                        .findFirst();
            } catch (IOException e) {
                return Optional.empty(); // a cache that cannot be read holds nothing
            }
        }
    }

    /** The installation that Maven or Gradle downloaded earlier. */
    static Optional<JmhInstallation> find(Map<String, String> variables) {
        Path repository = repository(variables);
        Path gradle = folder(variables.get("GRADLE_USER_HOME"))
                .orElseGet(() -> home(variables).resolve(".gradle"))
                .resolve("caches/modules-2/files-2.1");
        List<Path> maven = new ArrayList<>();
        List<Path> cached = new ArrayList<>();
        for (Artifact artifact : NEEDED) {
            artifact.inMaven(repository).ifPresent(maven::add);
            artifact.inGradle(gradle).ifPresent(cached::add);
        }
        if (maven.size() == NEEDED.size()) {
            return Optional.of(new JmhInstallation(maven, repository));
        }
        return cached.size() == NEEDED.size() ? Optional.of(new JmhInstallation(cached, gradle)) : Optional.empty();
    }

    /**
     * The installation that Maven downloads now, if it can: it knows the proxies and mirrors of this machine.
     *
     * @param folder where it works
     * @param output takes what it prints
     */
    static Optional<JmhInstallation> fetch(
            Map<String, String> variables, ProcessRunner runner, Path folder, Path output)
            throws IOException, InterruptedException {
        Optional<Path> maven = maven(variables);
        if (maven.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = List.of(
                maven.get().toString(), "-q", "-B", "dependency:get", "-Dartifact=org.openjdk.jmh:jmh-core:" + VERSION);
        try {
            Execution execution = runner.run(new Command(words, folder, variables), output, LONGEST_FETCH);
            return execution.succeeded() ? find(variables) : Optional.empty();
        } catch (CommandFailure e) {
            return Optional.empty(); // too slow, or no program after all
        }
    }

    /** Whether there is a Maven to fetch it with. */
    static boolean canFetch(Map<String, String> variables) {
        return maven(variables).isPresent();
    }

    private static Optional<Path> maven(Map<String, String> variables) {
        return Stream.of(variables.getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator)))
                .flatMap(entry -> folder(entry).stream())
                .flatMap(entry -> Stream.of(entry.resolve("mvn"), entry.resolve("mvn.cmd")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The local repository of Maven: from its options, else its settings, else below the home folder. */
    static Path repository(Map<String, String> variables) {
        for (String name : List.of("MAVEN_ARGS", "MAVEN_OPTS")) {
            Matcher option = REPOSITORY_OPTION.matcher(variables.getOrDefault(name, ""));
            if (option.find()) {
                return Path.of(option.group(1));
            }
        }
        Path own = home(variables).resolve(".m2");
        Path settings = own.resolve("settings.xml");
        if (Files.isRegularFile(settings)) {
            try {
                Matcher setting = REPOSITORY_SETTING.matcher(Files.readString(settings));
                if (setting.find()) {
                    return Path.of(setting.group(1));
                }
            } catch (IOException | InvalidPathException e) {
                // settings that cannot be read move nothing
            }
        }
        return own.resolve("repository");
    }

    private static Path home(Map<String, String> variables) {
        return folder(variables.get("HOME"))
                .or(() -> folder(variables.get("USERPROFILE")))
                .orElse(Path.of(""));
    }

    private static Optional<Path> folder(String name) {
        try {
            return name == null || name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
