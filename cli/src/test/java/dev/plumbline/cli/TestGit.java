package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls of git in tests, without the settings of whoever runs them; one that fails, fails the test. */
public final class TestGit {
    private TestGit() {}

    /** What git prints, without white space around it. */
    public static String run(Path folder, String... arguments) throws IOException, InterruptedException {
        return run(folder, Optional.empty(), arguments);
    }

    /** The same at a time, which commits get. */
    public static String at(Instant time, Path folder, String... arguments) throws IOException, InterruptedException {
        return run(folder, Optional.of(time), arguments);
    }

    private static String run(Path folder, Optional<Instant> time, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null"));
        time.map(Instant::getEpochSecond).map(second -> second + " +0000").ifPresent(date -> {
            builder.environment().put("GIT_AUTHOR_DATE", date);
            builder.environment().put("GIT_COMMITTER_DATE", date);
        });
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
        return output.strip();
    }
}
