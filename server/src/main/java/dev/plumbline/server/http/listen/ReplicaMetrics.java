package dev.plumbline.server.http.listen;

import dev.plumbline.server.data.ReadReplica;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** The figures of the read replica, as they are when they are asked for. */
final class ReplicaMetrics {
    private ReplicaMetrics() {}

    static void add(ReadReplica replica, PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("plumbline_replica_in_use")
                .help("Whether reads of histories go to the replica: 1, or 0 while it is left out.")
                .callback(gauge -> gauge.call(replica.status().isInUse() ? 1 : 0))
                .register(registry);
        GaugeWithCallback.builder()
                .name("plumbline_replica_lag_seconds")
                .help("The age of what the replica shows, at most; absent while it is not known.")
                .callback(gauge -> replica.status().lag().ifPresent(lag -> gauge.call(lag.toMillis() / 1e3)))
                .register(registry);
        CounterWithCallback.builder()
                .name("plumbline_history_reads_total")
                .help("Reads of histories, by the database that they went to.")
                .labelNames("database")
                .callback(counter -> {
                    counter.call((double) replica.readsFromReplica(), "replica");
                    counter.call((double) replica.readsFromPrimary(), "primary");
                })
                .register(registry);
        CounterWithCallback.builder()
                .name("plumbline_replica_failures_total")
                .help("Reads that got no answer from the replica, and were repeated on the primary.")
                .callback(counter -> counter.call((double) replica.failures()))
                .register(registry);
    }
}
