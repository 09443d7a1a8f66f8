/** Results of MLPerf: training logs, the load generator of inference, and the runner of tiny. */
package dev.plumbline.ingest.mlperf;
