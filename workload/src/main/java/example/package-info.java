/**
 * A small realistic library and its benchmarks, measured by {@code plumb demo --real-benchmarks}. The implementation of
 * each interface is named in {@code META-INF/services} of the version's jar.
 */
package example;
