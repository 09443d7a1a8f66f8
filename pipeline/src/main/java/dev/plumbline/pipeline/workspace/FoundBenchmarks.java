package dev.plumbline.pipeline.workspace;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Benchmarks of a repository that a build or a tool can run.
 *
 * @param tool which
 * @param file the file that shows it, from the root of the repository on
 * @param command lines for the shell that build and run all of them, from the root on
 * @param results the file or folder that these write
 * @param pair arguments of {@code plumb pr} that build and measure one revision; empty where two revisions cannot be
 *     measured side by side
 */
public record FoundBenchmarks(Tool tool, String file, String command, String results, Optional<String> pair) {
    /** The tools that run benchmarks. */
    public enum Tool {
        /** A jar of JMH benchmarks that Maven's shade plugin makes. */
        MAVEN_JMH,
        /** JMH benchmarks in a Maven module without such a jar. */
        MAVEN_PLUGIN,
        /** The Gradle plugin {@code me.champeau.jmh}. */
        GRADLE_JMH,
        /** The Gradle plugin {@code dev.plumbline} without the other one. */
        GRADLE_PLUGIN,
        /** pytest-benchmark. */
        PYTEST_BENCHMARK,
        /** Criterion of Rust. */
        CRITERION,
        /** Benchmarks of Go's testing package. */
        GO,
        /** Google Benchmark, built by CMake. */
        GOOGLE_BENCHMARK,
        /** A k6 script. */
        K6,
        /** A script that runs hyperfine. */
        HYPERFINE
    }

    /** Checks that nothing is null. */
    public FoundBenchmarks {
        requireNonNull(tool, "tool");
        requireNonNull(file, "file");
        requireNonNull(command, "command");
        requireNonNull(results, "results");
        requireNonNull(pair, "pair");
    }
}
