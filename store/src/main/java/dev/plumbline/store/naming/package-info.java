/** What benchmarks and metrics were called before and are called now. */
package dev.plumbline.store.naming;
