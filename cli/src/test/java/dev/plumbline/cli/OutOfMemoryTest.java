package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.option.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A heap that is too small is wrong use, never a gate that is open or closed. */
class OutOfMemoryTest {
    private static final int SERIES = 4000;

    @TempDir
    private Path folder;

    @Test
    void reading_results_that_do_not_fit_ends_in_one_sentence_and_exit_code_2() throws Exception {
        Files.writeString(
                folder.resolve("results.json"),
                "{\"plumbline\": 1, \"runs\": [{\"measurements\": [{\"benchmark\": \"Sort\", \"metric\": \"time\","
                        + " \"unit\": \"ns\", \"better\": \"lower\", \"center\": \"mean\", \"values\": [["
                        + "1,".repeat(4_000_000) + "1]]}]}]}");

        assertThatItTellsSo(plumb("24m", "record", "results.json"));
        assertThat(plumb("512m", "record", "results.json").code()).isZero();
    }

    @Test
    void judging_series_that_do_not_fit_ends_in_one_sentence_and_exit_code_2() throws Exception {
        StringBuilder results = new StringBuilder("benchmark,value,unit,commit,time\n");
        for (int run = 0; run < 12; run++) {
            for (int series = 0; series < SERIES; series++) {
                results.append(String.format(
                        Locale.ROOT,
                        "b%d,%d,ns,c%d,2026-01-%02dT00:00:00Z%n",
                        series,
                        900 + series + run % 3,
                        run,
                        run + 1));
            }
        }
        Files.writeString(folder.resolve("results.csv"), results);
        assertThat(plumb("512m", "record", "results.csv").code()).isZero();

        assertThatItTellsSo(plumb("14m", "history"));
        assertThat(plumb("512m", "history").code()).isZero();
    }

    @Test
    void an_error_behind_another_one_is_found() {
        assertThat(OutOfMemory.isBehind(new OutOfMemoryError())).isTrue();
        assertThat(OutOfMemory.isBehind(
                        new UncheckedIOException(new IOException(new IllegalStateException(new OutOfMemoryError())))))
                .isTrue();
        Exception one = new Exception();
        Exception other = new Exception(one);
        one.initCause(other);
        assertThat(OutOfMemory.isBehind(other)).isFalse();
        assertThat(OutOfMemory.isBehind(new StackOverflowError())).isFalse();
    }

    private static void assertThatItTellsSo(Answer answer) {
        assertThat(answer.code()).as(answer.errors()).isEqualTo(ExitCode.WRONG);
        // a library of the tests complains of a logger that the program has not
        assertThat(answer.errors().lines().filter(line -> !line.startsWith("SLF4J")))
                .singleElement()
                .asString()
                .matches("plumb: this needs more memory than the \\d+ MB it may use; if the machine has more,"
                        + " set PLUMB_JAVA_OPTS=-Xmx\\d+m to .*");
    }

    private record Answer(int code, String errors) {}

    private Answer plumb(String heap, String... arguments) throws Exception {
        Path errors = folder.resolve("errors.txt");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + heap,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.plumbline.cli.Plumb")));
        builder.command().addAll(List.of(arguments));
        Process process = builder.directory(folder.toFile())
                .redirectOutput(folder.resolve("output.txt").toFile())
                .redirectError(errors.toFile())
                .start();
        int code = process.waitFor();
        return new Answer(code, Files.readString(errors, StandardCharsets.UTF_8));
    }
}
