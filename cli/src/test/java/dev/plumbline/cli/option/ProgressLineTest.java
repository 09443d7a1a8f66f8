package dev.plumbline.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long millis;

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }
    };

    @Test
    void estimates_the_time_that_is_left_once_something_is_known_of_it() {
        try (ProgressLine line = new ProgressLine(terminal(true))) {
            millis = 2_000;
            line.at("measuring a", 5, 100);
            assertThat(written()).contains("5/100 measuring a").doesNotContain("left");
            millis = 10_000;
            line.at("measuring a", 20, 100);
            assertThat(written()).contains("20/100 about 40 s left measuring a");
            millis = 60_000;
            line.at("measuring a", 25, 100);
            assertThat(written()).contains("25/100 about 3 min left measuring a");
        }
    }

    @Test
    void is_silent_where_nobody_looks() {
        try (ProgressLine line = new ProgressLine(terminal(false))) {
            millis = 60_000;
            line.at("measuring a", 25, 100);
        }

        assertThat(written()).isEmpty();
    }

    @Test
    void a_log_has_a_line_at_the_start_and_one_every_ten_seconds() {
        try (ProgressLine line = ProgressLine.ofMinutes(terminal(false), () -> {}, false)) {
            line.at("measuring a, warming up", 0, 100);
            millis = 9_900;
            line.at("measuring a, 1", 10, 100);
            millis = 10_100;
            line.at("measuring a\u001b, 2", 20, 100);
            millis = 12_000;
            line.at("measuring a, 3", 25, 100);
        }

        assertThat(written().lines())
                .containsExactly("plumb: measuring a, warming up", "plumb: 20 % about 40 s left measuring a␛, 2");
    }

    @Test
    void quiet_is_quiet_on_a_terminal_and_in_a_log() {
        for (boolean isTerminal : new boolean[] {true, false}) {
            try (ProgressLine line = ProgressLine.ofMinutes(terminal(isTerminal), () -> {}, true)) {
                millis += 60_000;
                line.at("measuring a", 25, 100);
            }
        }

        assertThat(written()).isEmpty();
    }

    @Test
    void what_is_told_first_is_told_once_and_not_before_anything_is_done() {
        AtomicInteger reported = new AtomicInteger();
        try (ProgressLine line = new ProgressLine(terminal(false), reported::incrementAndGet)) {
            assertThat(reported).hasValue(0);
            line.at("measuring a", 1, 100);
            line.at("measuring a", 2, 100);
        }

        assertThat(reported).hasValue(1);
    }

    private String written() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Terminal terminal(boolean isTerminal) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Terminal(
                InputStream.nullInputStream(),
                stream,
                stream,
                Path.of(""),
                Map.of(),
                clock,
                isTerminal,
                isTerminal,
                100);
    }
}
