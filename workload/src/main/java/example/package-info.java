/**
 * A small realistic library and its benchmarks, measured by {@code plumb demo --real-benchmarks}. Which implementation
 * of an interface is used stands in {@code META-INF/services} of the version's jar.
 */
package example;
