package dev.plumbline.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.model.Benchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptanceFileTest {
    private static final String REST = "benchmark: Sort\nreason: agreed\nby: ann\nat: 2026-01-31\n";

    @TempDir
    private Path folder;

    private Acceptance read(String text) throws IOException {
        return AcceptanceFile.read(Files.writeString(folder.resolve("a.yaml"), text), "a.yaml");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Acceptance.MISSING, 0.125, -0.5})
    void what_is_written_is_read_alike(double change) throws IOException {
        Acceptance acceptance = Acceptance.of(
                Optional.empty(),
                Benchmark.of("a \"quoted\"\nname", Map.of("n", "1: 2")),
                Optional.of("time"),
                Optional.of("box"),
                "c0ffee",
                change,
                "why \u001b[31m",
                "ann",
                Instant.parse("2026-01-31T12:00:00Z"),
                Optional.of(Instant.parse("2026-12-31T00:00:00Z")));

        assertThat(read(AcceptanceFile.write(acceptance))).isEqualTo(acceptance);
    }

    @Test
    void what_is_missing_has_no_change() throws IOException {
        assertThat(read(REST + "missing: true\n").isOfMissing()).isTrue();
        assertThat(read(REST + "change: 12.5 %\n").isOfMissing()).isFalse();
        assertThatThrownBy(() -> read(REST + "missing: true\nchange: 12.5 %\n"))
                .isInstanceOf(WrongConfiguration.class)
                .hasMessageContaining("one of the two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "change: 0\n", "missing: false\n", "missing: maybe\n"})
    void one_of_the_two_is_there(String line) {
        assertThatThrownBy(() -> read(REST + line)).isInstanceOf(WrongConfiguration.class);
    }
}
