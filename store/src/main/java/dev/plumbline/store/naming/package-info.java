/** The earlier and present names of benchmarks and metrics. */
package dev.plumbline.store.naming;
