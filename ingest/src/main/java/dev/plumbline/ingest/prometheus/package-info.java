/** Snapshots of metrics in the text formats of Prometheus and OpenMetrics. */
package dev.plumbline.ingest.prometheus;
