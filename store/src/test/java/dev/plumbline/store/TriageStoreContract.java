package dev.plumbline.store;

import static dev.plumbline.store.Fixtures.NOON;
import static dev.plumbline.store.Fixtures.run;
import static dev.plumbline.store.Fixtures.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.incident.KnownIncident;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.store.naming.Renaming;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store keeps of incidents and of what people recorded. */
public abstract class TriageStoreContract {
    private static final String HOSTILE = "a\u0000b\u0010c\ud800'; DROP TABLE run; --\n";

    private RunStore store;

    protected abstract RunStore emptyStore() throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = emptyStore();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static SeriesKey key(String benchmark) {
        return new SeriesKey(Benchmark.of(benchmark, Map.of("odd", HOSTILE)), "time", "lab " + HOSTILE, "main");
    }

    private static KnownIncident incident(String id) {
        return new KnownIncident(id, "main", true, key("Sort"), "c1" + HOSTILE, "", NOON.plusNanos(5));
    }

    private static Triage triage(String id, Triage.Decision decision) {
        return new Triage(
                id,
                decision,
                decision == Triage.Decision.MUTED
                        ? Optional.of(NOON.plusSeconds(60).plusNanos(1))
                        : Optional.empty(),
                decision == Triage.Decision.FIXED ? "c0ffee" : "",
                "ann " + HOSTILE,
                NOON.plusNanos(7),
                "why " + HOSTILE,
                List.of(
                        new Triage.Subject(key("Sort"), "c1", "c2", "c3", 0.125),
                        new Triage.Subject(key("Other"), "", "", "", Double.POSITIVE_INFINITY)));
    }

    @Test
    void gives_back_what_was_added_in_its_order() {
        assertThat(store.triage().all()).isEmpty();
        assertThat(store.triage().incidents()).isEmpty();
        store.triage().remember(List.of());
        for (Triage.Decision decision : Triage.Decision.values()) {
            store.triage().add(triage("i00000001", decision));
        }
        store.triage().remember(List.of(incident("i00000002"), incident("i00000001")));
        KnownIncident again =
                new KnownIncident("i00000001", "other", false, key("Else"), "x", "y", NOON.plusSeconds(9));
        store.triage().remember(List.of(again));

        assertThat(store.triage().all()).extracting(Triage::decision).containsExactly(Triage.Decision.values());
        assertThat(store.triage().all().get(1)).isEqualTo(triage("i00000001", Triage.Decision.MUTED));
        assertThat(store.triage().incidents()).containsExactly(incident("i00000002"), incident("i00000001"));
    }

    @Test
    void a_new_name_of_a_benchmark_holds_here_too() {
        store.record(run(1, time("Sort", 1)));
        store.triage().add(triage("i00000001", Triage.Decision.ACKNOWLEDGED));
        store.triage().remember(List.of(incident("i00000001")));
        store.rename(new Renaming.OfName("Sort", "Order"), "ann", "", NOON);

        assertThat(store.triage().all().get(0).subjects().get(0).series()).isEqualTo(key("Order"));
        assertThat(store.triage().incidents().get(0).anchor()).isEqualTo(key("Order"));
    }
}
