package dev.plumbline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.Roles;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of roles in docs/formats.md. */
class MetricRolesTest {
    private static final Roles DEFAULTS = new Roles(MetricRoles.DEFAULTS, List.of());

    private static SeriesKey key(String metric) {
        return new SeriesKey(Benchmark.of("b"), metric, Environment.unknown().key(), Revision.DEFAULT_BRANCH);
    }

    /** Beside the time, which is primary, so that no metric takes its place. */
    private static Role role(String metric) {
        return DEFAULTS.among(List.of(key("time"), key(metric)))
                .get(key(metric))
                .role();
    }

    @ParameterizedTest
    @CsvSource({
        "time, PRIMARY",
        "throughput, PRIMARY",
        "memory, PRIMARY",
        "gc.alloc.rate, CONTEXT",
        "gc.alloc.rate.norm, PRIMARY",
        "gc.count, CONTEXT",
        "safepoints.pause, CONTEXT",
        "pauses.avg, CONTEXT",
        "mempool.total, CONTEXT",
        "threads.alive, CONTEXT",
        "class.load, CONTEXT",
        "compiler.time.total, CONTEXT",
        "p0.00, SECONDARY",
        "p0.50, PRIMARY",
        "p0.90, SECONDARY",
        "p0.95, PRIMARY",
        "p0.99, PRIMARY",
        "p0.999, SECONDARY",
        "p0.9999, SECONDARY",
        "p1.00, SECONDARY",
        "quick:p0.90, SECONDARY",
        "quick:p0.99, PRIMARY",
        "user, SECONDARY",
        "system, SECONDARY",
        "sys, SECONDARY",
        "user-max, SECONDARY",
        "cpu_time, SECONDARY",
        "real_time, PRIMARY",
        "context-switches, CONTEXT",
        "exit-code, CONTEXT",
        "p50, PRIMARY",
        "p75, SECONDARY",
        "p90, SECONDARY",
        "p95, PRIMARY",
        "p99, PRIMARY",
        "p99.9, SECONDARY",
        "p100, SECONDARY",
        "connect, SECONDARY",
        "first_byte, SECONDARY",
        "time_per_request, SECONDARY",
        "transfer, SECONDARY",
        "throughput.thread, SECONDARY",
        "response_times, SECONDARY",
        "header_savings, SECONDARY",
        "http_reqs.count, CONTEXT",
        "p99.seconds, CONTEXT",
        "http_req_waiting, SECONDARY",
        "http_req_duration, PRIMARY",
        "http_req_duration.p90, SECONDARY",
        "http_req_duration.p95, PRIMARY",
        "http_req_duration.p99, PRIMARY",
        "http_req_duration.p99.9, SECONDARY",
        "http_req_blocked.p95, SECONDARY",
        "iteration_duration.p90, SECONDARY",
        "iteration_duration.p95, SECONDARY",
        "connect.p50, SECONDARY",
        "processing.p99, SECONDARY",
        "waiting.p95, SECONDARY",
        "lookup, SECONDARY",
        "uncorrected.time, SECONDARY",
        "uncorrected.p99, SECONDARY",
        "latency.p90, PRIMARY",
        "first_token_latency.p99.9, SECONDARY",
        "vus, CONTEXT",
        "iterations, CONTEXT",
        "data_sent, CONTEXT",
        "failures, PRIMARY",
        "userland, PRIMARY"
    })
    void a_metric_has_the_role_of_the_table(String metric, Role role) {
        assertThat(role(metric)).isEqualTo(role);
    }

    @Test
    void what_is_the_only_metric_of_its_benchmark_is_its_result_whatever_it_is_called() {
        assertThat(DEFAULTS.among(List.of(key("gc.count"))).get(key("gc.count")).role())
                .isEqualTo(Role.PRIMARY);
    }

    @Test
    void every_default_can_be_overruled_and_says_what_it_is_for() {
        assertThat(MetricRoles.DEFAULTS).allSatisfy(rule -> {
            assertThat(rule.isDefault()).isTrue();
            assertThat(rule.name()).isNotBlank();
        });
    }
}
