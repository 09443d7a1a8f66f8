package dev.plumbline.pipeline.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileTimeTest {
    @ParameterizedTest
    @CsvSource({
        "jmh-2026-01-31.json, 2026-01-31T00:00:00Z, PT24H",
        "20260131.csv, 2026-01-31T00:00:00Z, PT24H",
        "bench_2026_01_31_run.txt, 2026-01-31T00:00:00Z, PT24H",
        "2026-01-31T0559.json, 2026-01-31T05:59:00Z, PT1M",
        "2026-01-31_05-59.json, 2026-01-31T05:59:00Z, PT1M",
        "20260131T055930Z.json, 2026-01-31T05:59:30Z, PT1S",
        "results-20260131-055930.json, 2026-01-31T05:59:30Z, PT1S",
        "2026-01-31-7.json, 2026-01-31T00:00:00Z, PT24H"
    })
    void the_date_in_a_name_is_read_in_every_usual_spelling(String name, Instant time, Duration span) {
        assertThat(FileTime.of(Path.of("some/2001-01-01", name))).contains(new FileTime(time, span));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jmh.json",
                "2026-13-01.json",
                "2026-02-30.json",
                "120260131.json",
                "1.20.2026.json",
                "v2026-01.json"
            })
    void a_name_without_a_day_tells_no_time(String name) {
        assertThat(FileTime.of(Path.of(name))).isEmpty();
    }

    @Test
    void mixed_separators_are_no_date() {
        assertThat(FileTime.of(Path.of("2026-01_31.json"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "jmh-2026-02-30.json, 2026-02-30",
        "2026-13-01.json, 2026-13-01",
        "20251131.json, 20251131",
        "run_2026_01_31_25_00.json, 2026_01_31_25_00",
        "jmh-2026-01-31.json,",
        "build-20341278.json,",
        "build-20345678.json,",
        "jmh.json,"
    })
    void what_is_written_like_a_date_and_is_none_is_known(String name, String date) {
        assertThat(FileTime.impossible(Path.of("2026-02-30", name))).isEqualTo(Optional.ofNullable(date));
    }
}
