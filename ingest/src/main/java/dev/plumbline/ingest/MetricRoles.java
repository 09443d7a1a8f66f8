package dev.plumbline.ingest;

import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.RoleRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The metrics of known tools that are not primary results. What is not named here is primary, or has the role
 * of the metric that it is a statistic of: {@code connect.p95} has that of {@code connect}.
 */
public final class MetricRoles {
    /** The rules, the more special ones last. */
    public static final List<RoleRule> DEFAULTS = defaults();

    private MetricRoles() {}

    private static List<RoleRule> defaults() {
        List<RoleRule> rules = new ArrayList<>();
        add(rules, "processor time", Role.SECONDARY, "user", "system", "sys", "user-*", "sys-*", "cpu_time");
        add(rules, "processes", Role.CONTEXT, "context-switches", "exit-code");
        add(rules, "counted work", Role.SECONDARY, "branch-instructions", "modelled-cycles", "heap-allocated");
        add(rules, "counted work", Role.CONTEXT, "last-level-misses", "first-level-misses", "mispredictions");
        add(rules, "load tests, percentiles", Role.SECONDARY, "p75", "p80", "p90", "p98", "p99.*", "p100");
        add(rules, "load tests, percentiles", Role.SECONDARY, "*.p75", "*.p80", "*.p90", "*.p98", "*.p99.*", "*.p100");
        // the result of a single stream
        add(rules, "MLPerf", Role.PRIMARY, "latency.p90");
        add(rules, "load tests, parts of a request", Role.SECONDARY, "connect", "processing", "waiting", "first_byte");
        add(rules, "load tests, parts of a request", Role.SECONDARY, "lookup");
        add(rules, "wrk2", Role.SECONDARY, "uncorrected.*");
        add(rules, "load tests", Role.SECONDARY, "time_per_request", "transfer", "throughput.*", "response_times");
        add(rules, "load tests", Role.SECONDARY, "received", "sent", "header_savings");
        add(rules, "load tests, counts", Role.CONTEXT, "*.count", "*.seconds");
        add(rules, "k6", Role.SECONDARY, "iteration_duration", "http_req_blocked", "http_req_connecting");
        add(rules, "k6", Role.SECONDARY, "http_req_tls_handshaking", "http_req_sending", "http_req_receiving");
        add(rules, "k6", Role.SECONDARY, "http_req_waiting");
        add(rules, "k6", Role.CONTEXT, "vus", "vus_max", "iterations", "data_received", "data_sent");
        // they rise with speed, or with the time that was measured
        add(rules, "JMH's profilers", Role.CONTEXT, "gc.*", "safepoints.*", "pauses", "pauses.*", "mempool.*");
        add(rules, "JMH's profilers", Role.CONTEXT, "threads.*", "class.*", "compiler.*", "comp.*", "stack");
        add(rules, "JMH's GC profiler", Role.PRIMARY, "gc.alloc.rate.norm");
        // the name of the method stands before them where JMH itself writes them; p0.50, p0.95 and p0.99 are primary
        for (String share : List.of("0.00", "0.90", "0.999*", "1.00")) {
            add(rules, "JMH's sample mode", Role.SECONDARY, "p" + share, "*:p" + share);
        }
        return List.copyOf(rules);
    }

    private static void add(List<RoleRule> rules, String name, Role role, String... metrics) {
        for (String metric : metrics) {
            rules.add(new RoleRule(name, Optional.empty(), new NamePattern(metric), role, true));
        }
    }
}
