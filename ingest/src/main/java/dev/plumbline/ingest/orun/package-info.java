/** Results of orun, the runner of Sandmark, the benchmarks of OCaml. */
package dev.plumbline.ingest.orun;
