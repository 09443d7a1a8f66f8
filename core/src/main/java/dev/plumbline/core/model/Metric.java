package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

/**
 * One quantity that a benchmark reports.
 *
 * @param name the metric's name inside its benchmark: {@code time}, {@code throughput}, {@code gc.alloc.rate.norm} …
 * @param unit the unit of the stored values
 * @param better which way is better
 */
public record Metric(String name, Unit unit, Better better) {
    public Metric {
        Names.check("metric", name);
        requireNonNull(unit, "unit");
        requireNonNull(better, "better");
    }

    // equals and hashCode are written out because what the compiler makes for records is linked when first called,
    // which
    // takes a cold process long, and these are called for every measurement.
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Metric that
                        && name.equals(that.name)
                        && unit.equals(that.unit)
                        && better == that.better;
    }

    @Override
    public int hashCode() {
        return (31 * name.hashCode() + unit.hashCode()) * 31 + better.ordinal();
    }
}
