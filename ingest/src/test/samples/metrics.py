from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, Summary
from prometheus_client import generate_latest
from prometheus_client.openmetrics.exposition import generate_latest as generate_openmetrics
import sys

registry = CollectorRegistry()
latency = Histogram("request_latency_seconds", "Latency of requests", ["path"], registry=registry, buckets=[0.001, 0.01, 0.1, 1])
for index in range(1, 200):
    latency.labels("/").observe(index / 10000)
    latency.labels('/a "quoted"\\path\nbroken').observe(index / 1000, exemplar={"trace_id": "abc"})
size = Summary("response_size_bytes", "Size of responses", registry=registry)
for index in range(100):
    size.observe(1000 + index)
Counter("requests", "Requests served", ["code"], registry=registry).labels("200").inc(199)
Gauge("memory_bytes", "Memory in use", registry=registry).set(float("nan"))
Gauge("temperature_celsius", "", ["zone"], registry=registry).labels("größe").set(-1.5e-3)
Info("build", "What was built", registry=registry).info({"revision": "0d6e07e"})
sys.stdout.buffer.write(generate_openmetrics(registry) if sys.argv[1:] == ["openmetrics"] else generate_latest(registry))
