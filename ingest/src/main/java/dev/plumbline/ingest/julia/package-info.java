/** Results of BenchmarkTools.jl. */
package dev.plumbline.ingest.julia;
