/**
 * A small library, as somebody may have written it, and its benchmarks: what {@code plumb demo --real-benchmarks}
 * measures. Which implementation of an interface is used stands in {@code META-INF/services} of the version's jar.
 */
package example;
