package dev.plumbline.server.http.listen;

import io.javalin.http.Context;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts requests and their time, by route and never by the address itself: names of projects are private. */
final class RequestMetrics {
    private final Counter requests;
    private final Histogram seconds;

    RequestMetrics(PrometheusRegistry registry) {
        requests = Counter.builder()
                .name("plumbline_http_requests_total")
                .help("Requests by method, route and status.")
                .labelNames("method", "route", "status")
                .register(registry);
        seconds = Histogram.builder()
                .name("plumbline_http_request_duration_seconds")
                .help("Time from the first byte of a request to the last of its answer.")
                .labelNames("method", "route")
                .classicOnly()
                .classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
                .register(registry);
    }

    void count(Context context, String route, double time) {
        String method = context.req().getMethod();
        String known = method.matches("[A-Z]{3,7}") ? method : "OTHER";
        requests.labelValues(known, route, Integer.toString(context.statusCode()))
                .inc();
        seconds.labelValues(known, route).observe(time);
    }
}
