package dev.plumbline.report.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Unit;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every number that people read, over seeded ones. */
class QuantityLawTest {
    private static final Pattern NUMBER = Pattern.compile("(-?[0-9,]+(?:\\.[0-9]+)?(?:e-?[0-9]+)?) ?(.*)");

    private static double random(Random random) {
        return Math.exp(20 * random.nextGaussian()) * (random.nextBoolean() ? 1 : -1);
    }

    private static double factor(String symbol) {
        return switch (symbol) {
            case "ps" -> 1e-12;
            case "ns" -> 1e-9;
            case "µs" -> 1e-6;
            case "ms" -> 1e-3;
            case "s" -> 1;
            case "min" -> 60;
            case "h" -> 3600;
            default -> throw new AssertionError(symbol);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"ns", "us", "ms", "s", "min"})
    void a_duration_reads_back_to_its_value_within_its_digits(String symbol) {
        Random random = new Random(symbol.hashCode());
        Unit unit = Unit.of(symbol);
        for (int i = 0; i < 2_000; i++) {
            double value = random(random);
            Matcher text = NUMBER.matcher(Quantity.of(value, unit));
            assertThat(text.matches()).isTrue();
            double back = Double.parseDouble(text.group(1).replace(",", "")) * factor(text.group(2));
            double truth = value * unit.factor();
            // three significant digits; below a picosecond even fewer are shown as they are
            assertThat(back)
                    .as("%s %s", value, symbol)
                    .isCloseTo(truth, org.assertj.core.data.Offset.offset(0.0051 * Math.abs(truth)));
        }
    }

    @Test
    void no_unit_is_chosen_whose_number_rounds_up_to_a_thousand() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            double value = Math.pow(10, 18 * random.nextDouble() - 12) * (1 - 0.001 * random.nextDouble());
            for (Unit unit : List.of(Unit.of("s"), Unit.of("ops/s"), Unit.of("B"))) {
                String text = Quantity.of(value, unit);
                assertThat(text)
                        .as("%s %s", value, unit)
                        .doesNotMatch("1,?000 (ps|ns|µs|ms|k|M|G|B|kB|MB|GB)( .*|/.*|)");
            }
        }
    }

    @Test
    void a_smaller_duration_never_reads_larger() {
        Random random = new Random(5);
        for (int i = 0; i < 5_000; i++) {
            double value = Math.exp(15 * random.nextGaussian());
            double larger = value * (1 + random.nextDouble());
            assertThat(seconds(Quantity.of(value, Unit.of("s"))))
                    .isLessThanOrEqualTo(seconds(Quantity.of(larger, Unit.of("s"))));
        }
    }

    private static double seconds(String text) {
        Matcher parts = NUMBER.matcher(text);
        assertThat(parts.matches()).as(text).isTrue();
        return Double.parseDouble(parts.group(1).replace(",", "")) * factor(parts.group(2));
    }

    @Test
    void the_sign_is_that_of_the_number_and_zero_has_none() {
        Random random = new Random(9);
        for (int i = 0; i < 2_000; i++) {
            double value = Math.abs(random(random));
            for (Unit unit : List.of(Unit.of("ms"), Unit.of("B/op"), Unit.of("ops/s"), Unit.of("frames"))) {
                assertThat(Quantity.of(-value, unit)).isEqualTo("-" + Quantity.of(value, unit));
            }
        }
        for (String symbol : List.of("ms", "B/op", "ops/s", "frames", "")) {
            assertThat(Quantity.of(-0.0, Unit.of(symbol)))
                    .isEqualTo(Quantity.of(0.0, Unit.of(symbol)))
                    .startsWith("0");
        }
    }

    @Test
    void shares_read_the_same_wherever_they_are_written() {
        Random random = new Random(13);
        for (int i = 0; i < 20_000; i++) {
            double share = 2 * random.nextGaussian();
            assertThat(Percent.of(share)).as("%s", share).isEqualTo(Percent.of(share));
            assertThat(Percent.change(share)).as("%s", share).isEqualTo(Quantity.change(share));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.24149 | +24.1 %",
                "11.04 | ×12.0",
                "-0.03 | -3.0 %",
                "0.0005 | +0.1 %",
                "0.00049 | 0.0 %",
                "-0.00049 | 0.0 %",
                "9.9 | +990.0 %",
                "9.9996 | +1,000 %",
                "-9.9996 | -1,000 %",
                "10 | ×11",
                "99 | ×100",
                "1e6 | ×1,000,001",
                "-12.5 | -1,250 %",
                "-1 | -100.0 %",
            })
    void a_change_of_any_size_is_readable(double change, String expected) {
        assertThat(Quantity.change(change)).isEqualTo(expected);
    }

    @Test
    void both_levels_of_a_change_read_in_the_unit_that_stands_behind_the_second() {
        Random random = new Random(21);
        for (int i = 0; i < 5_000; i++) {
            double before = Math.exp(10 * random.nextGaussian());
            double after = before * Math.exp(0.5 * random.nextGaussian());
            Quantity.Pair pair = Quantity.pair(before, after, Unit.of("ms"), Double.NaN);
            String symbol = pair.after().substring(pair.after().indexOf(' ') + 1);
            assertThat(pair.alone()).isEqualTo(pair.before() + " " + symbol);
            assertThat(seconds(pair.alone()))
                    .isCloseTo(before * 1e-3, org.assertj.core.data.Offset.offset(0.006 * before * 1e-3));
        }
    }
}
