/** The earlier and current names of benchmarks and metrics. */
package dev.plumbline.store.naming;
