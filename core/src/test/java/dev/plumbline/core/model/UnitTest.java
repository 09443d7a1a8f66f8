package dev.plumbline.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTest {
    @ParameterizedTest
    @CsvSource({
        "ns/op, s, 1e-9",
        "us/op, s, 1e-6",
        "us, s, 1e-6",
        "usecs, s, 1e-6",
        "msecs, s, 1e-3",
        "µs, s, 1e-6",
        "μs, s, 1e-6",
        "ms/iter, s, 1e-3",
        "ms / iteration, s, 1e-3",
        "Seconds, s, 1",
        "min, s, 60",
        "ops/ms, ops/s, 1e3",
        "ops/s, ops/s, 1",
        "ops/min, ops/s, 0.016666666666666666",
        "requests/sec, requests/s, 1",
        "MB/sec, B/s, 1e6",
        "MiB/s, B/s, 1048576",
        "B/op, B, 1",
        "KiB, B, 1024",
        "bytes, B, 1",
        "%, %, 1",
        "cache-misses/op, cache-misses, 1",
        "widgets, widgets, 1",
        "b, b, 1",
        "B/element, B/element, 1"
    })
    void reads_units_as_tools_write_them(String symbol, String base, double factor) {
        Unit unit = Unit.of(symbol);

        assertThat(unit.symbol()).isEqualTo(symbol);
        assertThat(unit.base()).isEqualTo(base);
        assertThat(unit.factor()).isCloseTo(factor, within(1e-15 * factor));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\t\n"})
    void no_symbol_is_a_bare_number(String symbol) {
        assertThat(Unit.of(symbol)).isEqualTo(new Unit("", "1", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/s", "s/", "//", "a/b/c", "/ op", "é/ns", "\u0000", "ns/op/thread"})
    void odd_symbols_are_units_of_their_own(String symbol) {
        Unit unit = Unit.of(symbol);

        assertThat(unit.factor()).isPositive().isFinite();
        assertThat(unit.isComparableWith(Unit.of(symbol))).isTrue();
        assertThat(unit.isDuration()).isFalse();
    }

    @Test
    void space_around_a_symbol_does_not_matter() {
        assertThat(Unit.of("  ns/op ")).isEqualTo(Unit.of("ns/op"));
    }

    @Test
    void a_symbol_of_the_greatest_length_is_read_and_a_longer_one_refused() {
        assertThat(Unit.of("x".repeat(Unit.MAX_LENGTH)).factor()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Unit.of("x".repeat(Unit.MAX_LENGTH + 1)))
                .withMessageContaining("129");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void a_factor_is_positive_and_finite(double factor) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Unit("x", "x", factor));
    }

    @Test
    void units_are_comparable_when_they_have_one_base() {
        assertThat(Unit.of("ns/op").isComparableWith(Unit.of("seconds"))).isTrue();
        assertThat(Unit.of("MB/sec").isComparableWith(Unit.of("KiB/min"))).isTrue();
        assertThat(Unit.of("ms").isComparableWith(Unit.of("MB"))).isFalse();
        assertThat(Unit.of("ops/s").isComparableWith(Unit.of("ms"))).isFalse();
        assertThat(Unit.of("widgets").isComparableWith(Unit.of("gadgets"))).isFalse();
    }

    @Test
    void speeds_are_durations_and_operations_per_time() {
        assertThat(Unit.of("ns/op").isSpeed()).isTrue();
        assertThat(Unit.of("ops/us").isSpeed()).isTrue();
        assertThat(Unit.of("MB").isSpeed()).isFalse();
        assertThat(Unit.of("").isSpeed()).isFalse();
    }

    @Test
    void the_usual_direction_follows_the_kind_of_unit() {
        assertThat(Unit.of("ns/op").usualDirection()).contains(Better.LOWER);
        assertThat(Unit.of("B/op").usualDirection()).contains(Better.LOWER);
        assertThat(Unit.of("MB/sec").usualDirection()).contains(Better.HIGHER);
        assertThat(Unit.of("ops/ms").usualDirection()).contains(Better.HIGHER);
        assertThat(Unit.of("%").usualDirection()).isEqualTo(Optional.empty());
        assertThat(Unit.of("").usualDirection()).isEqualTo(Optional.empty());
    }

    @Test
    void reading_does_not_depend_on_the_language_of_the_machine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(Unit.of("MIN")).isEqualTo(new Unit("MIN", "s", 60));
            assertThat(Unit.of("MIB").base()).isEqualTo("B");
        } finally {
            Locale.setDefault(before);
        }
    }
}
