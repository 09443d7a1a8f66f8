/**
 * Performance tests for JUnit Jupiter. {@link dev.plumbline.junit.PerformanceTest} compares a method with the code of a
 * stored baseline, {@link dev.plumbline.junit.PerformanceAssertions} two pieces of code against each other.
 */
package dev.plumbline.junit;
