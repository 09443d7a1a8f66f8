package dev.plumbline.report.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1020; 998; ns; 0.998 µs",
                "998; 1020; ns; 1,020 ns",
                "1020; 0.5; ns; 500 ps",
                "0; 998; ns; 998 ns",
                "NaN; 998; ns; 998 ns"
            })
    void tells_a_value_in_the_unit_of_another_of_its_series(double other, double value, String unit, String expected) {
        assertThat(Quantity.like(other, value, Unit.of(unit), Double.NaN)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1.24; ms/op; 1.24 ms",
                "1240; us/op; 1.24 ms",
                "0.0005; ns; 0.500 ps",
                "999.4; ns; 999 ns",
                "999.6; ns; 1.00 µs",
                "59.9; s; 59.9 s",
                "90; s; 90.0 s",
                "150; s; 2.50 min",
                "2; h; 2.00 h",
                "100000; h; 100,000 h",
                "1e300; s; 2.78e296 h",
                "1e-300; s; 1.00e-288 ps",
                "-3; ms; -3.00 ms",
                "0; ns; 0 s",
                "-0.0; ms; 0 s",
                "5; ms/s; 5.00 ms/s"
            })
    void tells_durations_from_picoseconds_to_hours(double value, String unit, String expected) {
        assertThat(Quantity.of(value, Unit.of(unit))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "3100000; ops/s; 3.10 M ops/s",
                "3.1; ops/us; 3.10 M ops/s",
                "812; ops/s; 812 ops/s",
                "999999; ops/s; 1.00 M ops/s",
                "0.012; ops/s; 0.0120 ops/s",
                "5e15; requests/sec; 5,000 T requests/s",
                "2500; /s; 2.50 k/s",
                "12500; B; 12.5 kB",
                "512; MiB; 512 MiB",
                "2048; KiB; 2.00 MiB",
                "512; MB; 512 MB",
                "1500; MB/sec; 1.50 GB/s",
                "16; B/op; 16.0 B"
            })
    void tells_rates_and_sizes_with_prefixes(double value, String unit, String expected) {
        assertThat(Quantity.of(value, Unit.of(unit))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1234567; ''; 1,234,567",
                "0.5; ''; 0.500",
                "5.25; %; 5.25 %",
                "42; points; 42 points",
                "1e300; points; 1.00e300 points",
                "-1e-300; points; -1.00e-300 points",
                "123456.7; points; 123,457 points"
            })
    void leaves_bare_numbers_and_unknown_units_alone(double value, String unit, String expected) {
        assertThat(Quantity.of(value, Unit.of(unit))).isEqualTo(expected);
    }

    @Test
    void shows_as_many_digits_as_the_uncertainty_allows() {
        Unit unit = Unit.of("ms");
        assertThat(Quantity.of(1.23456789, unit, 0.3)).isEqualTo("1.2 ms");
        assertThat(Quantity.of(1.23456789, unit, 0.02)).isEqualTo("1.23 ms");
        assertThat(Quantity.of(1.23456789, unit, 0.002)).isEqualTo("1.235 ms");
        assertThat(Quantity.of(1.23456789, unit, 0)).isEqualTo("1.2346 ms");
        assertThat(Quantity.of(1.23456789, unit, 1e-9)).isEqualTo("1.2346 ms");
        assertThat(Quantity.of(1.23456789, unit, Double.POSITIVE_INFINITY)).isEqualTo("1.2 ms");
        assertThat(Quantity.of(1.23456789, unit, Double.NaN)).isEqualTo("1.23 ms");
    }

    @Test
    void never_fails_for_a_number_that_is_none() {
        for (String unit : new String[] {"ms", "ops/s", "B", "", "points"}) {
            assertThat(Quantity.of(Double.POSITIVE_INFINITY, Unit.of(unit))).startsWith("∞");
            assertThat(Quantity.of(Double.NEGATIVE_INFINITY, Unit.of(unit))).startsWith("-∞");
            assertThat(Quantity.of(Double.NaN, Unit.of(unit))).startsWith("?");
        }
    }

    @Test
    void stays_in_the_tools_unit_when_the_base_unit_would_overflow() {
        assertThat(Quantity.of(Double.MAX_VALUE, Unit.of("h"))).isEqualTo("1.80e308 h");
        assertThat(Quantity.of(Double.MIN_VALUE, Unit.of("ns"))).isEqualTo("4.94e-324 ns");
    }

    @Test
    void tells_both_levels_of_a_change_in_one_unit_if_that_is_readable() {
        Unit unit = Unit.of("us");
        // four digits of the larger one; three of the smaller one would be 1.00
        assertThat(Quantity.pair(999.7, 1251, unit, 0.001).before()).isEqualTo("0.9997");
        assertThat(Quantity.pair(996.9, 1251, unit, 0.001).before()).isEqualTo("0.997");
        assertThat(Quantity.pair(900, 1100, unit, 0.01)).isEqualTo(new Quantity.Pair("0.900", "1.10 ms", "0.900 ms"));
        assertThat(Quantity.pair(1, 5000, unit, 0.01)).isEqualTo(new Quantity.Pair("1.00 µs", "5.00 ms", "1.00 µs"));
        assertThat(Quantity.pair(0, 5000, unit, 0.01)).isEqualTo(new Quantity.Pair("0", "5.00 ms", "0 ms"));
        assertThat(Quantity.pair(5000, 0, unit, 0.01)).isEqualTo(new Quantity.Pair("5.00", "0 ms", "5.00 ms"));
        assertThat(Quantity.pair(1910.04, 37.8571, Unit.of("ns"), 0.00005))
                .as("no decimals that the larger one has not")
                .isEqualTo(new Quantity.Pair("1,910.0", "37.9 ns", "1,910.0 ns"));
        assertThat(Quantity.pair(37.8571, 1910.04, Unit.of("ns"), 0.0005))
                .as("three digits at least")
                .isEqualTo(new Quantity.Pair("0.0379", "1.9100 µs", "0.0379 µs"));
        assertThat(Quantity.pair(99.951, 102.312, Unit.of("ns"), 0.0005))
                .isEqualTo(new Quantity.Pair("99.95", "102.31 ns", "99.95 ns"));
        assertThat(Quantity.pair(87.84, 116.2, Unit.of("ns"), 0.04))
                .as("three digits stay three")
                .isEqualTo(new Quantity.Pair("87.8", "116 ns", "87.8 ns"));
        assertThat(Quantity.pair(0, 0, unit, 0)).isEqualTo(new Quantity.Pair("0", "0 s", "0 s"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.241, +24.1 %",
        "-0.03, -3.0 %",
        "0, 0.0 %",
        "0.0001, 0.0 %",
        "-0.0001, 0.0 %",
        "1, +100.0 %",
        "9.99, +999.0 %",
        "11, ×12",
        "11.5, ×12.5",
        "1e300, ×1.00e300",
        "Infinity, +∞",
        "-Infinity, -∞"
    })
    void tells_a_change_with_its_sign(double change, String expected) {
        assertThat(Quantity.change(change)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.42, 0.42", "0.0345, 0.035", "1, 1", "0, 0", "0.00012, 0.00012", "0.00001, < 0.0001"})
    void tells_a_probability_with_two_digits(double probability, String expected) {
        assertThat(Quantity.probability(probability)).isEqualTo(expected);
    }
}
