package dev.plumbline.store;

import static dev.plumbline.store.Fixtures.LAPTOP;
import static dev.plumbline.store.Fixtures.NOON;
import static dev.plumbline.store.Fixtures.header;
import static dev.plumbline.store.Fixtures.metric;
import static dev.plumbline.store.Fixtures.number;
import static dev.plumbline.store.Fixtures.run;
import static dev.plumbline.store.Fixtures.withRevision;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.store.naming.Aliases;
import dev.plumbline.store.sqlite.SqliteRunStore;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RerunsTest {
    private static RunHeader of(String commit, int hour, int position) {
        return withRevision(
                header(hour).withMeasuredAt(NOON.plusSeconds(3600L * hour)),
                commit,
                Optional.empty(),
                OptionalLong.of(position));
    }

    private static double[] values(Reruns reruns, Better better, double... valuesOfOneCommit) {
        try (SqliteRunStore store = SqliteRunStore.inMemory(Aliases.NONE, reruns)) {
            store.record(run(of("before", 0, 1), number("Sort", metric("ns/op", better), 50)));
            for (int i = 0; i < valuesOfOneCommit.length; i++) {
                Measurement one = number("Sort", metric("ns/op", better), valuesOfOneCommit[i]);
                store.record(run(of("same", 1 + i, 2), one));
            }
            store.record(run(of("after", 9, 3), number("Sort", metric("ns/op", better), 60)));
            return store.series(SeriesQuery.all().inEnvironment(LAPTOP.key()))
                    .get(0)
                    .values();
        }
    }

    @Test
    void pool_keeps_every_run_of_a_commit() {
        assertThat(values(Reruns.POOL, Better.LOWER, 10, 8, 9)).containsExactly(50, 10, 8, 9, 60);
    }

    @Test
    void latest_keeps_the_last_run_of_each_commit() {
        assertThat(values(Reruns.LATEST, Better.LOWER, 10, 8, 9)).containsExactly(50, 9, 60);
    }

    @Test
    void best_keeps_the_least_or_the_most_by_the_direction() {
        assertThat(values(Reruns.BEST, Better.LOWER, 10, 8, 9)).containsExactly(50, 8, 60);
        assertThat(values(Reruns.BEST, Better.HIGHER, 10, 8, 9)).containsExactly(50, 10, 60);
    }

    @Test
    void best_compares_in_one_unit_and_prefers_what_can_be_compared() {
        try (SqliteRunStore store = SqliteRunStore.inMemory(Aliases.NONE, Reruns.BEST)) {
            store.record(run(of("same", 0, 1), number("Sort", metric("us/op", Better.LOWER), 2)));
            store.record(run(of("same", 1, 1), number("Sort", metric("MB", Better.LOWER), 1)));
            store.record(run(of("same", 2, 1), number("Sort", metric("ns/op", Better.LOWER), 2500)));
            store.record(run(of("next", 3, 2), number("Sort", metric("ns/op", Better.LOWER), 7)));
            assertThat(store.series(SeriesQuery.all()).get(0).values()).containsExactly(2000, 7);
        }
    }

    @Test
    void runs_of_unknown_commits_and_of_working_copies_all_stay() {
        try (SqliteRunStore store = SqliteRunStore.inMemory(Aliases.NONE, Reruns.LATEST)) {
            for (int i = 0; i < 2; i++) {
                store.record(run(of("", i, 1), number("Sort", metric("ns/op", Better.LOWER), i + 1)));
                store.record(run(of("c-dirty", 2 + i, 2), number("Sort", metric("ns/op", Better.LOWER), i + 3)));
            }
            assertThat(store.series(SeriesQuery.all()).get(0).values()).containsExactly(1, 2, 3, 4);
        }
    }
}
