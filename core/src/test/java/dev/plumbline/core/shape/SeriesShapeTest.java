package dev.plumbline.core.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.shape.feature.Anomaly;
import dev.plumbline.core.shape.feature.DriftWindow;
import dev.plumbline.core.shape.feature.Excursion;
import dev.plumbline.core.shape.feature.Modes;
import dev.plumbline.core.shape.feature.NoiseChange;
import dev.plumbline.core.shape.feature.Seasonality;
import dev.plumbline.core.shape.feature.Segment;
import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.core.shape.feature.Shape.Word;
import dev.plumbline.core.shape.feature.Trend;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Steps;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Series made so that their shape is known. */
class SeriesShapeTest {
    private static final double MARGIN = 0.02;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void a_shape_has_no_slope_where_a_first_look_finds_none(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int slopes = 0;
        for (int i = 0; i < 30; i++) {
            int n = 4 + random.nextInt(160);
            int at = random.nextInt(n);
            double step = random.nextInt(2) * 0.1 * random.nextDouble();
            double climb = random.nextInt(2) * 0.3 * random.nextDouble();
            double[] values = new double[n];
            for (int j = 0; j < n; j++) {
                double behind = Math.max(0, j - at);
                values[j] = 100 * (1 + (behind > 0 ? step : 0) + climb * behind / n + 0.01 * random.nextDouble(-1, 1));
            }
            double[] days = {};
            Steps steps = StepScan.analyze(values, new StepScan.Settings(0.02));
            boolean hasSlope = SeriesShape.withoutSwing(values, days, steps, 0.02).segments().stream()
                    .anyMatch(segment -> !segment.isLevel());

            assertThat(!hasSlope || SeriesShape.maySlope(values, days, steps, 0.02))
                    .as("seed %d, series %d", seed, i)
                    .isTrue();
            slopes += hasSlope ? 1 : 0;
        }
        assertThat(slopes).isPositive();
        assertThat(SeriesShape.maySlope(
                        new double[40],
                        new double[0],
                        StepScan.analyze(new double[40], new StepScan.Settings(0.02)),
                        0.02))
                .isFalse();
    }

    @Test
    void a_series_without_a_value_has_no_segment_and_is_unknown() {
        SeriesShape shape = shape(new double[0]);

        assertThat(shape.segments()).isEmpty();
        assertThat(shape.shapes()).containsExactly(new Shape.Unknown(0, 10));
    }

    @Test
    void a_few_values_are_unknown_and_have_one_segment() {
        SeriesShape shape = shape(new double[] {3, Double.NaN, 4});

        assertThat(shape.main()).isEqualTo(new Shape.Unknown(2, 10));
        assertThat(shape.segments()).hasSize(1);
        assertThat(shape.segments().get(0).startLevel()).isEqualTo(3.5);
    }

    @Test
    void one_value_over_and_over_is_constant() {
        double[] values = new double[40];
        Arrays.fill(values, 7.5);

        SeriesShape shape = shape(values);

        assertThat(shape.main()).isEqualTo(new Shape.Constant());
        assertThat(shape.segments()).containsExactly(new Segment(0, 40, 7.5, 7.5, 0));
    }

    @ParameterizedTest
    @CsvSource({"12, 1.5, 0.003", "12, 1.2, 0.01", "9, 1.3, 0.005", "16, 1.5, 0.003", "12, 0.6, 0.003"})
    void of_a_suspected_level_neither_side_is_odd(int before, double factor, double noise) {
        int suspected = 0;
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] values = new double[before + 2];
            Arrays.setAll(values, i -> (i < before ? 100 : 100 * factor) * (1 + noise * random.nextGaussian()));

            SeriesShape shape = shape(values);

            if (shape.main() instanceof Shape.Suspected found && found.index() == before) {
                suspected++;
                assertThat(shape.anomalies()).as("seed %d", seed).isEmpty();
                assertThat(shape.segments()).hasSize(1);
                assertThat(shape.segments().get(0).startLevel()).isBetween(98.0, 102.0);
            }
        }
        assertThat(suspected).isGreaterThan(10);
    }

    @Test
    void zeros_are_constant_too() {
        assertThat(shape(new double[30]).main()).isEqualTo(new Shape.Constant());
    }

    @Test
    void a_level_that_moves_by_less_than_the_margin_is_stable_and_has_a_segment_on_each_side() {
        for (long seed = 1; seed <= 20; seed++) {
            double[] values = quiet(seed, 100, 0.0015);
            for (int i = 75; i < 100; i++) {
                values[i] *= 0.985;
            }
            SeriesShape shape = shape(values);

            assertThat(shape.main()).as("seed %d", seed).isEqualTo(new Shape.Stable());
            assertThat(shape.segments()).as("seed %d", seed).hasSize(2);
            assertThat(shape.segments().get(1).startLevel()).as("seed %d", seed).isCloseTo(98.5, within(0.2));
            assertThat(shape.anomalies()).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void a_slope_with_a_step_behind_it_is_a_slope_and_a_step() {
        for (long seed = 1; seed <= 20; seed++) {
            double[] values = quiet(seed, 100, 0.008);
            for (int i = 30; i < 100; i++) {
                values[i] *= (1 + 0.12 * Math.min(55, i - 30) / 55) * (i < 85 ? 1 : 1.05);
            }
            SeriesShape shape = shape(values);

            assertThat(shape.find(Shape.Trending.class)).as("seed %d", seed).isPresent();
            assertThat(shape.segments().stream().filter(segment -> !segment.isLevel() && segment.end() > 60))
                    .as("seed %d", seed)
                    .isNotEmpty();
        }
    }

    private static double[] quiet(long seed, int size, double noise) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[size];
        Arrays.setAll(values, i -> 100 * Math.exp(noise * random.nextGaussian()));
        return values;
    }

    @Test
    void noise_around_one_level_is_stable() {
        SeriesShape shape = shape(noise(1, 100));

        assertThat(shape.shapes()).containsExactly(new Shape.Stable());
        assertThat(shape.segments()).hasSize(1);
        assertThat(shape.segments().get(0).noise()).isCloseTo(0.02, within(0.004));
        assertThat(shape.trend()).isPresent();
    }

    @Test
    void a_step_is_stepped_and_no_slope() {
        double[] values = noise(2, 100);
        multiply(values, 60, 100, 1.1);

        SeriesShape shape = shape(values);

        assertThat(shape.shapes()).containsExactly(new Shape.Stepped(1, 60));
        assertThat(shape.segments()).extracting(Segment::first).containsExactly(0, 60);
    }

    @Test
    void a_slow_climb_is_a_trend_and_no_steps() {
        double[] values = noise(3, 120);
        for (int i = 0; i < values.length; i++) {
            values[i] *= 1 + 0.1 * i / 119;
        }

        SeriesShape shape = shape(values);

        assertThat(shape.main().word()).isEqualTo(Word.TRENDING);
        Trend trend = ((Shape.Trending) shape.main()).trend();
        assertThat(trend.total()).isCloseTo(0.1, within(0.03));
        assertThat(trend.totalInterval().low()).isGreaterThan(0.05);
        assertThat(trend.slope()).isCloseTo(0.1 / 119, within(2e-4));
        assertThat(trend.robustSlope()).isCloseTo(trend.slope(), within(2e-4));
        assertThat(trend.determination()).isGreaterThan(0.5);
        assertThat(trend.slopePerDay()).isEmpty();
        assertThat(shape.find(Shape.Stepped.class)).isEmpty();
    }

    @Test
    void a_climb_between_two_levels_is_one_segment_of_three() {
        double[] values = noise(4, 160);
        for (int i = 0; i < values.length; i++) {
            values[i] *= 1 + 0.2 * Math.min(1, Math.max(0, (i - 50) / 60.0));
        }

        SeriesShape shape = shape(values);

        assertThat(shape.main().word()).isEqualTo(Word.TRENDING);
        assertThat(shape.segments()).hasSize(3);
        assertThat(shape.segments().get(1).isLevel()).isFalse();
        assertThat(shape.segments().get(1).first()).isCloseTo(50, within(15));
    }

    @Test
    void the_slope_for_each_day_needs_times() {
        double[] values = noise(5, 100);
        double[] days = new double[100];
        for (int i = 0; i < values.length; i++) {
            values[i] *= 1 + 0.2 * i / 99;
            days[i] = 18_000 + 2.0 * i;
        }

        Trend trend = SeriesShape.of(values, days, MARGIN).trend().orElseThrow();

        assertThat(trend.slopePerDay().orElseThrow()).isCloseTo(trend.slope() / 2, within(1e-5));
    }

    @Test
    void a_change_that_comes_back_is_recovered_and_no_step_stands() {
        double[] values = noise(6, 100);
        multiply(values, 40, 60, 1.1);

        SeriesShape shape = shape(values);

        assertThat(shape.main().word()).isEqualTo(Word.RECOVERED);
        Excursion excursion = shape.excursions().get(0);
        assertThat(excursion.first()).isEqualTo(40);
        assertThat(excursion.end()).isEqualTo(60);
        assertThat(excursion.relativeChange()).isCloseTo(0.1, within(0.03));
        assertThat(shape.find(Shape.Stepped.class)).isEmpty();
    }

    @Test
    void one_point_far_off_is_a_spike_and_nothing_else() {
        double[] values = noise(7, 80);
        values[30] *= 1.5;
        values[50] *= 0.6;

        SeriesShape shape = shape(values);

        assertThat(shape.main().word()).isEqualTo(Word.SPIKED);
        assertThat(shape.anomalies()).extracting(Anomaly::kind).containsExactly(Anomaly.Kind.SPIKE, Anomaly.Kind.DROP);
        assertThat(shape.anomalies()).extracting(Anomaly::first).containsExactly(30, 50);
        assertThat(shape.anomalies().get(0).expected()).isCloseTo(100, within(1.5));
        assertThat(shape.anomalies().get(0).severity()).isBetween(0.5, 1.0);
        assertThat(shape.segments()).hasSize(1);
    }

    @Test
    void values_off_to_both_sides_in_turn_are_an_oscillation() {
        double[] values = noise(8, 200);
        for (int i = 100; i < 106; i++) {
            values[i] *= i % 2 == 0 ? 1.12 : 0.88;
        }

        List<Anomaly> anomalies = shape(values).anomalies();

        assertThat(anomalies).extracting(Anomaly::kind).contains(Anomaly.Kind.OSCILLATION);
    }

    @Test
    void a_short_stretch_off_the_level_is_one_anomaly() {
        double[] deviations = new double[50];
        deviations[20] = 3.5;
        deviations[21] = 5;
        deviations[22] = 3.2;
        deviations[40] = -3.9;

        List<AnomalySearch.Found> found = AnomalySearch.find(deviations);

        assertThat(found).hasSize(1);
        assertThat(found.get(0).kind()).isEqualTo(Anomaly.Kind.PLATEAU);
        assertThat(found.get(0).from()).isEqualTo(20);
        assertThat(found.get(0).to()).isEqualTo(23);
        assertThat(found.get(0).peak()).isEqualTo(21);
    }

    @Test
    void a_weekly_swing_needs_times() {
        double[] values = noise(9, 100);
        double[] days = new double[100];
        for (int i = 0; i < values.length; i++) {
            days[i] = 19_000.4 + i;
            values[i] *= 1 + (i % 7 < 2 ? 0.15 : 0);
        }

        SeriesShape with = SeriesShape.of(values, days, MARGIN);

        Seasonality season = with.find(Shape.Seasonal.class).orElseThrow().seasonality();
        assertThat(season.period()).isEqualTo(Seasonality.Period.WEEKLY);
        assertThat(season.strength()).isGreaterThan(0.8);
        assertThat(season.amplitude()).isCloseTo(0.07, within(0.01));
        // 8 January 2022, a Saturday, is day 19,000
        assertThat(season.phases().get(5)).isGreaterThan(0.05);
        assertThat(season.phases().get(6)).isGreaterThan(0.05);
        assertThat(season.phases().get(0)).isLessThan(0);
        assertThat(with.segments()).hasSize(1);
        assertThat(shape(values).find(Shape.Seasonal.class)).isEmpty();
    }

    @Test
    void two_weeks_are_no_season() {
        double[] values = noise(10, 14);
        double[] days = new double[14];
        for (int i = 0; i < values.length; i++) {
            days[i] = i;
            values[i] *= i % 7 == 0 ? 1.5 : 1;
        }

        assertThat(SeriesShape.of(values, days, MARGIN).find(Shape.Seasonal.class))
                .isEmpty();
    }

    /** A commit measured eight times on one day is not what its weekday is like. */
    @Test
    void reruns_on_one_day_are_no_season() {
        for (long seed = 20; seed < 40; seed++) {
            double[] values = noise(seed, 48);
            double[] days = new double[48];
            for (int i = 0; i < values.length; i++) {
                days[i] = i < 40 ? i : 40 + (i - 40) / 1440.0;
                values[i] *= i < 40 ? 1 : 0.88;
            }

            SeriesShape shape = SeriesShape.of(values, days, MARGIN);

            assertThat(shape.find(Shape.Seasonal.class)).as("seed %d", seed).isEmpty();
            assertThat(shape.find(Shape.Stepped.class)).as("seed %d", seed).isPresent();
        }
    }

    @Test
    void noise_that_grows_threefold_is_volatile_and_no_step() {
        double[] values = noise(11, 120);
        for (int i = 70; i < 120; i++) {
            values[i] = 100 * Math.pow(values[i] / 100, 3);
        }

        SeriesShape shape = shape(values);

        assertThat(shape.main().word()).isEqualTo(Word.VOLATILE);
        NoiseChange change = ((Shape.Volatile) shape.main()).change();
        assertThat(change.index()).isCloseTo(70, within(10));
        assertThat(change.ratio()).isBetween(2.0, 4.5);
        assertThat(shape.find(Shape.Stepped.class)).isEmpty();
    }

    @Test
    void two_levels_at_once_are_modes_with_weights() {
        double[] values = noise(12, 200);
        SplittableRandom random = new SplittableRandom(99);
        for (int i = 0; i < values.length; i++) {
            values[i] *= random.nextDouble() < 0.3 ? 1.12 : 1;
        }

        SeriesShape shape = shape(values);

        Modes modes = shape.find(Shape.Multimodal.class).orElseThrow().modes();
        assertThat(modes.change()).isEqualTo(Modes.Change.NONE);
        assertThat(modes.modes()).hasSize(2);
        assertThat(modes.modes().get(0).level()).isCloseTo(100, within(2.0));
        assertThat(modes.modes().get(1).level()).isCloseTo(112, within(2.5));
        assertThat(modes.modes().get(1).weight()).isCloseTo(0.3, within(0.1));
    }

    @Test
    void a_mode_that_comes_up_is_no_step() {
        double[] values = noise(13, 200);
        SplittableRandom random = new SplittableRandom(98);
        for (int i = 100; i < values.length; i++) {
            values[i] *= random.nextDouble() < 0.4 ? 1.12 : 1;
        }

        SeriesShape shape = shape(values);

        Modes modes = shape.find(Shape.Multimodal.class).orElseThrow().modes();
        assertThat(modes.change()).isEqualTo(Modes.Change.APPEARED);
        assertThat(modes.index().orElseThrow()).isCloseTo(100, within(20));
        assertThat(shape.find(Shape.Stepped.class)).isEmpty();
    }

    @Test
    void modes_whose_shares_moved_are_told_with_both_shares() {
        double[] values = noise(17, 240);
        SplittableRandom random = new SplittableRandom(97);
        for (int i = 0; i < values.length; i++) {
            values[i] *= random.nextDouble() < (i < 120 ? 0.2 : 0.6) ? 1.15 : 1;
        }

        Modes modes = shape(values).find(Shape.Multimodal.class).orElseThrow().modes();

        assertThat(modes.change()).isEqualTo(Modes.Change.WEIGHT_MOVED);
        assertThat(modes.index().orElseThrow()).isCloseTo(120, within(25));
        assertThat(modes.modes().get(1).weightBefore()).isCloseTo(0.2, within(0.1));
        assertThat(modes.modes().get(1).weight()).isCloseTo(0.6, within(0.12));
    }

    /** By 6 %, where the mixture joins the two levels, and by 12 %, where they are two of three. */
    @ParameterizedTest
    @CsvSource({"18, 0.06", "19, 0.06", "20, 0.12", "21, 0.12"})
    void a_mode_whose_level_moved_is_told_with_both_levels(long seed, double size) {
        double[] values = noise(seed, 200);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < values.length; i++) {
            values[i] *= random.nextDouble() < 0.4 ? 1.12 + (i < 100 ? 0 : size) : 1;
        }

        Modes modes = shape(values).find(Shape.Multimodal.class).orElseThrow().modes();

        assertThat(modes.change()).isEqualTo(Modes.Change.LEVEL_MOVED);
        assertThat(modes.index().orElseThrow()).isCloseTo(100, within(12));
        assertThat(modes.modes()).hasSize(2);
        assertThat(modes.modes().get(0).level()).isEqualTo(modes.modes().get(0).levelBefore());
        assertThat(modes.modes().get(1).levelBefore()).isCloseTo(112, within(2.5));
        assertThat(modes.modes().get(1).level()).isCloseTo(112 + 100 * size, within(2.5));
        assertThat(modes.modes().get(1).weight()).isCloseTo(0.4, within(0.15));
    }

    @Test
    void few_distinct_values_are_quantised() {
        double[] values = noise(14, 100);
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * Math.rint(values[i] / 2);
        }

        Shape.Quantised quantised = shape(values).find(Shape.Quantised.class).orElseThrow();

        assertThat(quantised.tick()).isEqualTo(2);
    }

    @Test
    void missing_values_keep_their_place() {
        double[] values = noise(15, 100);
        multiply(values, 60, 100, 1.1);
        double[] gaps = new double[120];
        Arrays.fill(gaps, Double.NaN);
        for (int i = 0; i < 100; i++) {
            gaps[i + i / 5] = values[i];
        }

        SeriesShape shape = shape(gaps);

        assertThat(shape.shapes()).containsExactly(new Shape.Stepped(1, 72));
        assertThat(shape.size()).isEqualTo(120);
        assertThat(shape.finite()).isEqualTo(100);
    }

    @Test
    void scaling_changes_no_word() {
        for (long seed = 1; seed <= 40; seed++) {
            double[] values = noise(100 + seed, 80);
            if (seed % 4 == 1) {
                multiply(values, 40, 80, 1.08);
            } else if (seed % 4 == 2) {
                multiply(values, 30, 45, 1.08);
            } else if (seed % 4 == 3) {
                values[20] *= 2;
            }
            double[] scaled = Arrays.stream(values).map(value -> value * 4096).toArray();

            assertThat(words(scaled)).as("seed %d", seed).isEqualTo(words(values));
        }
    }

    @Test
    void the_widest_numbers_break_nothing() {
        double[] values = new double[60];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 3 == 0 ? Double.MAX_VALUE : i % 3 == 1 ? -Double.MAX_VALUE : Double.MIN_VALUE;
        }
        double[] tiny = new double[60];
        for (int i = 0; i < tiny.length; i++) {
            tiny[i] = Double.MIN_VALUE * (1 + i % 3);
        }

        assertThat(shape(values).shapes()).isNotEmpty();
        assertThat(shape(tiny).shapes()).isNotEmpty();
        assertThat(shape(new double[] {1, Double.POSITIVE_INFINITY, 2, 0, -1, 5, 2, 1, 0, 3, 2, 2})
                        .finite())
                .isEqualTo(11);
    }

    @Test
    void every_series_of_random_numbers_has_a_shape() {
        for (long seed = 1; seed <= 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] values = new double[random.nextInt(150)];
            double[] days = new double[random.nextBoolean() ? values.length : 0];
            for (int i = 0; i < values.length; i++) {
                values[i] = switch (random.nextInt(6)) {
                    case 0 -> Double.NaN;
                    case 1 -> 0;
                    case 2 -> -random.nextDouble();
                    default -> Math.rint(random.nextGaussian() * 3) + (random.nextInt(20) == 0 ? 1e9 : 0);
                };
                if (days.length > 0) {
                    days[i] = i * random.nextDouble();
                }
            }

            SeriesShape shape = SeriesShape.of(values, days, MARGIN);

            assertThat(shape.shapes()).as("seed %d", seed).isNotEmpty();
        }
    }

    @Test
    void the_newest_runs_are_compared_with_those_before() {
        double[] values = noise(16, 100);

        List<DriftWindow> drift = shape(values).drift();

        assertThat(drift).extracting(DriftWindow::length).containsExactly(7, 30);
        assertThat(drift).allSatisfy(window -> assertThat(window.inDays()).isFalse());
    }

    @Test
    void wrong_numbers_of_times_are_refused() {
        assertThatThrownBy(() -> SeriesShape.of(new double[3], new double[2], MARGIN))
                .hasMessage("2 times for 3 values");
    }

    @Test
    void a_ramp_by_sums_is_the_ramp_by_least_squares() {
        SplittableRandom random = new SplittableRandom(5);
        double[] scores = random.doubles(50).toArray();
        Ramps ramps = new Ramps(scores, 0.5);

        Ramps.Ramp ramp = ramps.ramp(5, 45, 12, 31);

        // ordinary least squares on the regressor, written out
        double[] regressor = new double[40];
        for (int i = 5; i < 45; i++) {
            regressor[i - 5] = i <= 12 ? 0 : i >= 31 ? 1 : (i - 12) / 19.0;
        }
        double meanX = Arrays.stream(regressor).average().orElseThrow();
        double meanY = Arrays.stream(scores, 5, 45).average().orElseThrow();
        double products = 0;
        double squares = 0;
        for (int i = 0; i < 40; i++) {
            products += (regressor[i] - meanX) * (scores[i + 5] - meanY);
            squares += (regressor[i] - meanX) * (regressor[i] - meanX);
        }
        double height = products / squares;
        double residual = 0;
        for (int i = 0; i < 40; i++) {
            double off = scores[i + 5] - meanY - height * (regressor[i] - meanX);
            residual += off * off;
        }
        assertThat(ramp.after() - ramp.before()).isCloseTo(height, within(1e-12));
        assertThat(ramp.residual()).isCloseTo(residual, within(1e-12));
        assertThat(ramp.before()).isCloseTo(meanY - height * meanX, within(1e-12));
    }

    @Test
    void nothing_is_called_nothing() {
        int stable = 0;
        for (long seed = 1000; seed < 1300; seed++) {
            stable += shape(noise(seed, 60)).main().word() == Word.STABLE ? 1 : 0;
        }

        assertThat(stable).isGreaterThanOrEqualTo(291);
    }

    private static SeriesShape shape(double[] values) {
        return SeriesShape.of(values, SeriesShape.NO_DAYS, MARGIN);
    }

    private static List<Word> words(double[] values) {
        return shape(values).shapes().stream().map(Shape::word).toList();
    }

    private static double[] noise(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed * 7919).split();
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = 100 * Math.exp(0.02 * random.nextGaussian());
        }
        return values;
    }

    private static void multiply(double[] values, int from, int to, double factor) {
        for (int i = from; i < to; i++) {
            values[i] *= factor;
        }
    }
}
