package dev.plumbline.store.naming;

import static dev.plumbline.store.Fixtures.run;
import static dev.plumbline.store.Fixtures.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.SeriesQuery;
import dev.plumbline.store.sqlite.SqliteRunStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AliasTest {
    @Test
    void a_name_without_stars_is_compared_whole() {
        Alias alias = new Alias("Old", "New");
        assertThat(alias.apply("Old")).contains("New");
        assertThat(alias.apply("Older")).isEmpty();
        assertThat(alias.apply("old")).isEmpty();
    }

    @Test
    void stars_stand_for_the_same_text_in_the_new_name() {
        Alias alias = new Alias("com.old.*.bench*", "org.*.b*");
        assertThat(alias.apply("com.old.Sort.benchQuick")).contains("org.Sort.bQuick");
        assertThat(alias.apply("com.old.Sort")).isEmpty();
        assertThat(new Alias("a*a", "x*").apply("a")).isEmpty();
        assertThat(new Alias("a*a", "x*").apply("aa")).contains("x");
    }

    @Test
    void a_pattern_may_gather_many_names_under_one() {
        assertThat(new Alias("Sort-v*", "Sort").apply("Sort-v12")).contains("Sort");
    }

    @Test
    void refuses_stars_that_do_not_fit_and_new_names_that_are_old_again() {
        assertThatThrownBy(() -> new Alias("a*", "b*c*")).hasMessageContaining("2 stars and the old one 1");
        assertThatThrownBy(() -> new Alias("a*", "aa*")).hasMessageContaining("itself an old name");
        assertThatThrownBy(() -> new Aliases(List.of(new Alias("a", "b"), new Alias("b", "c")), List.of()))
                .hasMessageContaining("b is itself an old name");
    }

    @Test
    void a_history_is_read_under_the_aliases_and_what_people_stated_leads_on_from_them() {
        Aliases aliases = new Aliases(List.of(new Alias("old.*", "new.*")), List.of(new Alias("time", "latency")));
        try (SqliteRunStore store = SqliteRunStore.inMemory(aliases, Reruns.POOL)) {
            store.record(run(1, time("old.Sort", 10)));
            store.rename(new Renaming.OfName("new.Sort", "newest"), "ann", "", Instant.EPOCH);
            assertThat(store.keys(SeriesQuery.all()))
                    .extracting(key -> key.benchmark().name() + " " + key.metric())
                    .containsExactly("newest latency");
            store.rename(new Renaming.OfName("plain", "old.Heap"), "ann", "", Instant.EPOCH);
            store.record(run(2, time("plain", 10)));
            assertThat(store.keys(SeriesQuery.all()))
                    .extracting(key -> key.benchmark())
                    .contains(Benchmark.of("new.Heap"));
        }
    }
}
