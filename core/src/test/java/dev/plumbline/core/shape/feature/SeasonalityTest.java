package dev.plumbline.core.shape.feature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** In which part of a day or a week a time lies. */
class SeasonalityTest {
    @Test
    void midnight_belongs_to_the_day_that_begins() {
        for (int day = 19_000; day < 24_000; day++) {
            // the epoch was a Thursday, a week begins on Monday
            assertThat(Seasonality.Period.WEEKLY.phase(day, 7)).as("%d", day).isEqualTo((day + 3) % 7);
        }
    }

    @Test
    void a_full_hour_belongs_to_the_hour_that_begins_and_the_second_before_it_to_the_one_that_ends() {
        double second = 1 / 86_400.0;
        for (int hour = 0; hour < 24 * 300; hour++) {
            double day = 20_000 + hour / 24.0;
            assertThat(Seasonality.Period.DAILY.phase(day, 24)).as("%d", hour).isEqualTo(hour % 24);
            assertThat(Seasonality.Period.DAILY.phase(day - second, 24))
                    .as("before %d", hour)
                    .isEqualTo((hour + 23) % 24);
            assertThat(Seasonality.Period.DAILY.phase(day, 8)).as("%d", hour).isEqualTo(hour % 24 / 3);
        }
    }

    @Test
    void times_before_the_epoch_have_their_days_too() {
        assertThat(Seasonality.Period.WEEKLY.phase(-3, 7)).isZero();
        assertThat(Seasonality.Period.WEEKLY.phase(-4, 7)).isEqualTo(6);
        assertThat(Seasonality.Period.DAILY.phase(-0.25, 24)).isEqualTo(18);
    }
}
