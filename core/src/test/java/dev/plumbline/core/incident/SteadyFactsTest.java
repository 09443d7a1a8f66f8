package dev.plumbline.core.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SteadyFactsTest {
    private static RunInfo run(Map<String, String> facts) {
        return new RunInfo(
                "1",
                new RunHeader(
                        Revision.of("c", "main"),
                        Environment.of(facts).named("ci"),
                        Optional.empty(),
                        Instant.EPOCH,
                        Collections.emptySortedMap()));
    }

    @Test
    void the_first_flag_of_a_jvm_is_a_change_and_so_is_the_last() {
        RunInfo plain = run(Map.of("jvm", "17"));
        RunInfo tuned = run(Map.of("jvm", "17", "jvm.flags", "-XX:+UseZGC"));

        assertThat(SteadyFacts.changes(List.of(plain, plain), List.of(tuned)))
                .containsExactly(new SteadyFacts.Change("jvm.flags", "none", "-XX:+UseZGC"));
        assertThat(SteadyFacts.changes(List.of(tuned, tuned), List.of(plain)))
                .containsExactly(new SteadyFacts.Change("jvm.flags", "-XX:+UseZGC", "none"));
    }

    @Test
    void of_results_that_tell_no_jvm_no_flag_is_new() {
        assertThat(SteadyFacts.changes(
                        List.of(run(Map.of("cpu", "one"))), List.of(run(Map.of("cpu", "one", "jvm.flags", "-Xmx1g")))))
                .isEmpty();
    }

    @Test
    void a_fact_that_was_not_steady_or_is_told_no_more_is_no_change() {
        assertThat(SteadyFacts.changes(
                        List.of(run(Map.of("load", "1", "cpu", "one")), run(Map.of("load", "2", "cpu", "one"))),
                        List.of(run(Map.of("load", "3")))))
                .isEmpty();
    }
}
