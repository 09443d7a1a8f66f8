package dev.plumbline.server.http.listen;

import dev.plumbline.server.people.Project;
import dev.plumbline.server.upkeep.ExpectedRuns;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/** Counts the expected runs that did not come, of all projects: their names are private. */
final class MissingRunsMetric {
    private final Gauge missing;

    MissingRunsMetric(PrometheusRegistry registry) {
        missing = Gauge.builder()
                .name("plumbline_missing_runs")
                .help("Expected runs that are missing, over all projects.")
                .register(registry);
    }

    void count(List<Project> projects, ExpectedRuns expected) {
        missing.set(projects.stream()
                .mapToInt(project -> expected.missing(project).size())
                .sum());
    }
}
