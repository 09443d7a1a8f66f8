package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

/**
 * One quantity that a benchmark reports.
 *
 * @param name the metric's name inside its benchmark: {@code time}, {@code throughput}, {@code gc.alloc.rate.norm} …
 * @param unit the unit of the values as they are kept
 * @param better which way is better
 */
public record Metric(String name, Unit unit, Better better) {
    public Metric {
        Names.check("metric", name);
        requireNonNull(unit, "unit");
        requireNonNull(better, "better");
    }
}
