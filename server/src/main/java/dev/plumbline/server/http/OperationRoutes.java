package dev.plumbline.server.http;

import dev.plumbline.pipeline.Version;
import dev.plumbline.server.data.ReadReplica;
import dev.plumbline.server.data.Unavailable;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Endpoints for operators: liveness, readiness and metrics. */
public final class OperationRoutes implements Routes {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Services services;
    private final PrometheusRegistry registry;
    private final boolean showsMetrics;
    private final BooleanSupplier isReady;

    /** @param isReady whether the server has read what is asked for first */
    public OperationRoutes(
            Services services, PrometheusRegistry registry, boolean showsMetrics, BooleanSupplier isReady) {
        this.isReady = isReady;
        this.services = services;
        this.registry = registry;
        this.showsMetrics = showsMetrics;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/healthz", context -> context.contentType("text/plain").result("alive\n"));
        routes.get("/readyz", this::ready);
        if (showsMetrics) {
            routes.get("/metrics", this::metrics);
        }
        routes.get(API + "/openapi.yaml", OperationRoutes::specification);
        routes.get(
                API,
                context -> Answers.object(context, 200, json -> {
                    json.text("product", "plumbline");
                    json.text("version", Version.TEXT);
                }));
    }

    private static void specification(Context context) throws IOException {
        try (InputStream text = OperationRoutes.class.getResourceAsStream("/openapi.yaml")) {
            context.contentType("application/yaml").result(text.readAllBytes());
        }
    }

    private void ready(Context context) {
        if (!isReady.getAsBoolean()) {
            throw Problem.unavailable("the server starts; try again", Duration.ofSeconds(1));
        }
        try {
            services.database().read(rows -> rows.first("SELECT 1 AS one", row -> row.number("one")));
        } catch (Unavailable e) {
            throw Problem.unavailable("the database does not answer", SOON);
        }
        context.contentType("text/plain")
                .result("ready\n"
                        + services.histories()
                                .replica()
                                .map(OperationRoutes::words)
                                .orElse(""));
    }

    /** Whether the replica is in use; whoever asks needs no right, and learns of no name or address. */
    private static String words(ReadReplica replica) {
        ReadReplica.Status status = replica.status();
        return "read replica: "
                + status.reason()
                        .map(reason -> "left out, reads go to the primary: " + reason)
                        .orElseGet(() -> "in use, at most "
                                + status.lag().map(ReadReplica::seconds).orElse("0 s") + " behind")
                + "\n";
    }

    private void metrics(Context context) {
        PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.builder()
                .setIncludeCreatedTimestamps(false)
                .build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        context.contentType(writer.getContentType()).result(out.toByteArray());
    }
}
