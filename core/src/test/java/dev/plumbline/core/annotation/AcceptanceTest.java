package dev.plumbline.core.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.annotation.Acceptance.Scope;
import dev.plumbline.core.baseline.Histories;
import dev.plumbline.core.baseline.NearestEnvironment;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.EnvironmentDifference;
import dev.plumbline.core.model.SeriesKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AcceptanceTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static Acceptance acceptance(Scope scope, Optional<Instant> until) {
        return Acceptance.of(Histories.KEY, scope, "c0ffee11", 0.12, "agreed", "ann", NOON, until);
    }

    private static SeriesKey key(String metric, String environment) {
        return new SeriesKey(Histories.KEY.benchmark(), metric, environment, "feature");
    }

    @Test
    void its_scope_says_which_series_it_speaks_of() {
        Acceptance env = acceptance(Scope.ENV, Optional.empty());
        Acceptance metric = acceptance(Scope.METRIC, Optional.empty());
        Acceptance benchmark = acceptance(Scope.BENCHMARK, Optional.empty());

        assertThat(List.of(env, metric, benchmark))
                .extracting(Acceptance::scope)
                .containsExactly(Scope.ENV, Scope.METRIC, Scope.BENCHMARK);
        assertThat(env.speaksOf(key("time", "lab"))).isTrue();
        assertThat(env.speaksOf(key("time", "laptop"))).isFalse();
        assertThat(metric.speaksOf(key("time", "laptop"))).isTrue();
        assertThat(metric.speaksOf(key("memory", "lab"))).isFalse();
        assertThat(benchmark.speaksOf(key("memory", "laptop"))).isTrue();
        assertThat(benchmark.speaksOf(new SeriesKey(Benchmark.of("Sort"), "time", "lab", "main")))
                .as("the same name with other parameters")
                .isFalse();
    }

    @Test
    void it_ends_when_it_says() {
        Acceptance acceptance = acceptance(Scope.ENV, Optional.of(NOON.plusSeconds(60)));

        assertThat(acceptance.holdsAt(NOON.plusSeconds(59))).isTrue();
        assertThat(acceptance.holdsAt(NOON.plusSeconds(60))).isFalse();
        assertThat(acceptance(Scope.ENV, Optional.empty()).holdsAt(Instant.MAX)).isTrue();
        assertThatThrownBy(() -> acceptance(Scope.ENV, Optional.of(NOON))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void it_covers_changes_up_to_its_size_in_its_direction() {
        Acceptance acceptance = acceptance(Scope.ENV, Optional.empty());

        assertThat(acceptance.reaches(0.12, 0)).isTrue();
        assertThat(acceptance.reaches(0.05, 0)).isTrue();
        assertThat(acceptance.reaches(0.13, 0.005)).isFalse();
        assertThat(acceptance.reaches(0.13, 0.02)).isTrue();
        assertThat(acceptance.reaches(-0.05, 1)).isFalse();
    }

    @Test
    void it_knows_its_commit_by_the_beginning() {
        Acceptance acceptance = acceptance(Scope.ENV, Optional.empty());

        assertThat(acceptance.isSince("c0ffee1122334455")).isTrue();
        assertThat(acceptance.isSince("c0ff")).isTrue();
        assertThat(acceptance.isSince("c0")).isFalse();
        assertThat(acceptance.isSince("")).isFalse();
    }

    @Test
    void its_id_is_short_and_made_of_its_content() {
        String id = acceptance(Scope.ENV, Optional.empty()).id();

        assertThat(id)
                .matches("a[0-9a-f]{8}")
                .isEqualTo(acceptance(Scope.ENV, Optional.empty()).id());
        assertThat(acceptance(Scope.METRIC, Optional.empty()).id()).isNotEqualTo(id);
    }

    @Test
    void it_needs_a_reason() {
        assertThatThrownBy(() ->
                        Acceptance.of(Histories.KEY, Scope.ENV, "c0ffee", 0.1, " ", "ann", NOON, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reason");
    }

    @Test
    void the_nearest_environment_is_the_one_that_differs_least() {
        Environment here = Environment.of(Map.of("cpu", "A", "cores", "8", "os", "linux", "info.host", "x"));
        Environment near = Environment.of(Map.of("cpu", "A", "cores", "4", "os", "linux", "info.host", "y"));
        Environment far = Environment.of(Map.of("cpu", "B", "cores", "4"));

        NearestEnvironment nearest =
                NearestEnvironment.of(here, List.of(far, near)).orElseThrow();
        assertThat(nearest.environment()).isEqualTo(near);
        assertThat(nearest.differences()).containsExactly(new EnvironmentDifference("cores", "4", "8"));
        assertThat(NearestEnvironment.of(here, List.of())).isEmpty();
    }
}
