package dev.plumbline.server.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicaLagTest {
    private static final long SECOND = 1_000_000_000;

    private final ReplicaLag lag = new ReplicaLag();

    private Optional<Duration> at(long second) {
        return lag.at(second * SECOND);
    }

    @Test
    void nothing_is_known_before_the_replica_had_all_that_the_primary_once_had() {
        lag.looked(0, 100, 90);

        assertThat(at(1)).isEmpty();

        lag.looked(SECOND, 120, 100);

        assertThat(at(1)).contains(Duration.ofSeconds(1));
    }

    @Test
    void a_primary_that_writes_nothing_for_an_hour_makes_no_replica_old() {
        lag.looked(0, 100, 100);
        lag.looked(3600 * SECOND, 100, 100);

        assertThat(at(3600)).contains(Duration.ZERO);

        lag.looked(3601 * SECOND, 101, 100);

        assertThat(at(3601)).contains(Duration.ofSeconds(1));
    }

    @Test
    void a_replica_that_applies_nothing_gets_older() {
        for (int second = 0; second <= 20; second++) {
            lag.looked(second * SECOND, 100 + second, Math.min(105, 100 + second));
        }

        assertThat(at(20)).contains(Duration.ofSeconds(15));
        assertThat(lag.applied()).isEqualTo(105);
    }

    @Test
    void a_replica_that_catches_up_is_as_old_as_the_last_position_that_it_has_reached() {
        lag.looked(0, 100, 100);
        lag.looked(SECOND, 200, 100);
        lag.looked(2 * SECOND, 300, 100);
        lag.looked(3 * SECOND, 400, 250);

        assertThat(at(3)).contains(Duration.ofSeconds(2));

        lag.looked(4 * SECOND, 400, 400);

        assertThat(at(4)).contains(Duration.ZERO);
    }

    @Test
    void the_age_is_right_after_more_looks_than_are_remembered() {
        lag.looked(0, 0, 0);
        for (int second = 1; second <= 5_000; second++) {
            lag.looked(second * SECOND, second, 0);
        }

        assertThat(at(5_000)).contains(Duration.ofSeconds(5_000));

        lag.looked(5_001 * SECOND, 5_001, 4_990);

        assertThat(at(5_001)).contains(Duration.ofSeconds(11));
    }
}
